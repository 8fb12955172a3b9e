/* SPDX-License-Identifier: MIT */
#include "sql/value.h"

#include <math.h>

static void make_empty(struct stm_sql_numbers *numbers)
{
    numbers->first = 1;
    numbers->last = 0;
}

static void at_least(struct stm_sql_numbers *numbers, int64_t bound)
{
    numbers->first = bound > numbers->first ? bound : numbers->first;
}

static void at_most(struct stm_sql_numbers *numbers, int64_t bound)
{
    numbers->last = bound < numbers->last ? bound : numbers->last;
}

/* ---- Numbers ---- */

static void narrow_integer(struct stm_sql_numbers *numbers, int64_t value, enum stm_sql_op op,
                           bool strict)
{
    if (op == STM_SQL_EQ) {
        at_least(numbers, value);
        at_most(numbers, value);
    } else if (op == STM_SQL_LOW) {
        if (strict && value == INT64_MAX) {
            make_empty(numbers);
        } else {
            at_least(numbers, value + strict);
        }
    } else if (strict && value == INT64_MIN) {
        make_empty(numbers);
    } else {
        at_most(numbers, value - strict);
    }
}

static void narrow_real(struct stm_sql_numbers *numbers, double value, enum stm_sql_op op,
                        bool strict)
{
    const double edge = 9223372036854775808.0; /* 2^63 */
    if (value >= edge || value < -edge) {
        bool above = value > 0;
        if (op == STM_SQL_EQ || (op == STM_SQL_LOW) == above) {
            make_empty(numbers);
        }
        return;
    }
    double whole = floor(value);
    if (whole == value) {
        narrow_integer(numbers, (int64_t)whole, op, strict);
    } else if (op == STM_SQL_EQ) {
        make_empty(numbers);
    } else {
        /* between two numbers: above the lower one, or up to it */
        narrow_integer(numbers, (int64_t)whole, op, op == STM_SQL_LOW);
    }
}

void stm_sql_narrow(struct stm_sql_numbers *numbers, sqlite3_value *value, enum stm_sql_op op,
                    bool strict)
{
    switch (sqlite3_value_numeric_type(value)) {
    case SQLITE_INTEGER:
        narrow_integer(numbers, sqlite3_value_int64(value), op, strict);
        break;
    case SQLITE_FLOAT:
        narrow_real(numbers, sqlite3_value_double(value), op, strict);
        break;
    case SQLITE_NULL:
        make_empty(numbers);
        break;
    default: /* texts and blobs are above all numbers */
        if (op != STM_SQL_HIGH) {
            make_empty(numbers);
        }
        break;
    }
}

/* ---- Times ---- */

#define FIRST_SECOND (-62135596800) /* 0001-01-01 */
#define LAST_SECOND  253402300799   /* the end of 9999-12-31 */

void stm_sql_time_text(int64_t seconds, bool latest, char out[STM_SQL_TIME_SIZE])
{
    char day[11];
    out[0] = '\0';
    if (seconds < FIRST_SECOND || seconds > LAST_SECOND) {
        return;
    }
    int64_t in_day = seconds % 86400;
    in_day = in_day < 0 ? in_day + 86400 : in_day;
    stemma_day_text(seconds, day);
    if (in_day == (latest ? 86399 : 0)) {
        memcpy(out, day, sizeof day);
    } else {
        snprintf(out, STM_SQL_TIME_SIZE, "%sT%02d:%02d:%02dZ", day, (int)(in_day / 3600),
                 (int)(in_day / 60 % 60), (int)(in_day % 60));
    }
}

/* The first second whose text is not below `text`, or, `behind`, above it. */
static int64_t second_of(stemma_text text, bool behind)
{
    int64_t low = FIRST_SECOND;
    int64_t high = LAST_SECOND + 1;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        char words[STM_SQL_TIME_SIZE];
        stm_sql_time_text(middle, false, words);
        int order = stemma_text_compare(stemma_text_of(words), text);
        if (order < 0 || (behind && order == 0)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

bool stm_sql_is_plain_text(sqlite3_value *value)
{
    stemma_text text;
    if (!stm_sql_value_text(value, &text)) {
        return false;
    }
    for (size_t i = 0; i < text.size; i++) {
        if ((text.data[i] & 0x80) != 0) {
            return false;
        }
    }
    return true;
}

void stm_sql_narrow_time(struct stm_sql_numbers *seconds, sqlite3_value *value, enum stm_sql_op op,
                         bool strict)
{
    stemma_text text;
    if (sqlite3_value_type(value) == SQLITE_NULL) {
        make_empty(seconds);
        return;
    }
    if (!stm_sql_is_plain_text(value) || !stm_sql_value_text(value, &text)) {
        return;
    }
    if (op == STM_SQL_EQ || op == STM_SQL_LOW) {
        at_least(seconds, second_of(text, op == STM_SQL_LOW && strict));
    }
    if (op == STM_SQL_EQ || op == STM_SQL_HIGH) {
        at_most(seconds, second_of(text, op == STM_SQL_EQ || !strict) - 1);
    }
}

/* ---- Texts ---- */

bool stm_sql_value_text(sqlite3_value *value, stemma_text *out)
{
    *out = (stemma_text){NULL, 0};
    if (sqlite3_value_type(value) != SQLITE_TEXT) {
        return false;
    }
    out->data = (const char *)sqlite3_value_text(value);
    out->size = out->data != NULL ? (size_t)sqlite3_value_bytes(value) : 0;
    return out->data != NULL;
}

size_t stm_sql_pattern_prefix(sqlite3_value *value, char *out, size_t capacity)
{
    stemma_text text;
    size_t size = 0;
    if (!stm_sql_value_text(value, &text)) {
        return 0;
    }
    while (size < text.size && size < capacity && text.data[size] > 0 &&
           strchr("%_*?[", text.data[size]) == NULL) {
        char letter = text.data[size];
        out[size++] = letter >= 'A' && letter <= 'Z' ? (char)(letter - 'A' + 'a') : letter;
    }
    return size;
}

/* ---- Results ---- */

void stm_sql_text(sqlite3_context *context, stemma_text text)
{
    if (text.size != 0) {
        sqlite3_result_text64(context, text.data, text.size, SQLITE_TRANSIENT, SQLITE_UTF8);
    }
}

void stm_sql_lasting(sqlite3_context *context, stemma_text text)
{
    if (text.size != 0) {
        sqlite3_result_text64(context, text.data, text.size, SQLITE_STATIC, SQLITE_UTF8);
    }
}

void stm_sql_number(sqlite3_context *context, uint32_t number)
{
    if (number != STEMMA_NONE) {
        sqlite3_result_int64(context, number);
    }
}

void stm_sql_time(sqlite3_context *context, int64_t seconds, bool latest)
{
    char text[STM_SQL_TIME_SIZE];
    stm_sql_time_text(seconds, latest, text);
    stm_sql_text(context, stemma_text_of(text));
}

void stm_sql_earliest(sqlite3_context *context, struct stm_sql_day *day, int64_t seconds)
{
    if (day->text[0] == '\0' || day->seconds != seconds) {
        stm_sql_time_text(seconds, false, day->text);
        day->seconds = seconds;
    }
    stm_sql_text(context, stemma_text_of(day->text));
}

/* Digits that a real number and an integer both hold exactly. */
#define EXACT_DIGITS 15u

void stm_sql_decimal(sqlite3_context *context, stemma_text decimal)
{
    bool negative = decimal.size != 0 && decimal.data[0] == '-';
    int64_t digits = 0;
    double divisor = 0; /* 0: no point yet */
    if (decimal.size == 0 || decimal.size > EXACT_DIGITS + 1) {
        stm_sql_text(context, decimal);
        return;
    }
    for (size_t i = negative ? 1 : 0; i < decimal.size; i++) {
        char letter = decimal.data[i];
        if (letter == '.' && divisor == 0) {
            divisor = 1;
        } else if (letter >= '0' && letter <= '9') {
            digits = digits * 10 + (letter - '0');
            divisor *= 10;
        } else {
            stm_sql_text(context, decimal);
            return;
        }
    }
    digits = negative ? -digits : digits;
    if (divisor == 0) {
        sqlite3_result_int64(context, digits);
    } else {
        sqlite3_result_double(context, (double)digits / divisor); /* rounded once */
    }
}

void stm_sql_score(sqlite3_context *context, uint16_t score)
{
    if (score != STEMMA_NO_CONFIDENCE) {
        sqlite3_result_double(context, score / 1000.0);
    }
}

void stm_sql_word(sqlite3_context *context, enum stm_enum which, uint8_t value, bool zero)
{
    if (value != 0 || zero) {
        stm_sql_lasting(context, stemma_text_of(stm_enum_name(which, value)));
    }
}
