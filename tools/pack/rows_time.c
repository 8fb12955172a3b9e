/* SPDX-License-Identifier: MIT */
#include "pack/rows_time.h"

#include "pack/read/words.h"
#include "stemma/edtf.h"

enum part { YEAR, MONTH, DAY, HOUR, MINUTE, SECOND, PARTS };

static int part_of(char letter)
{
    switch (letter) {
    case 'Y':
        return YEAR;
    case 'M':
        return MONTH;
    case 'D':
        return DAY;
    case 'h':
        return HOUR;
    case 'm':
        return MINUTE;
    case 's':
        return SECOND;
    default:
        return -1;
    }
}

/* Reads the cell as the pattern says: several letters are as many digits, a single one is one digit
   or more. Parts that the pattern does not have stay -1. */
static bool match(stemma_text pattern, stemma_text cell, int32_t parts[PARTS])
{
    size_t at = 0;
    for (size_t i = 0; i < pattern.size;) {
        int part = part_of(pattern.data[i]);
        size_t letters = 1;
        size_t digits = 0;
        int32_t value = 0;
        if (part < 0) {
            if (at == cell.size || cell.data[at] != pattern.data[i]) {
                return false;
            }
            at++;
            i++;
            continue;
        }
        while (i + letters < pattern.size && pattern.data[i + letters] == pattern.data[i]) {
            letters++;
        }
        while (at < cell.size && stm_is_digit(cell.data[at]) &&
               digits < (letters > 1 ? letters : 4)) {
            value = value * 10 + (cell.data[at++] - '0');
            if (++digits == 9) {
                return false;
            }
        }
        if (digits == 0 || (letters > 1 && digits != letters)) {
            return false;
        }
        parts[part] = value;
        i += letters;
    }
    return at == cell.size;
}

static char *put(char *out, int32_t value, unsigned digits)
{
    for (unsigned i = digits; i-- > 0; value /= 10) {
        out[i] = (char)('0' + value % 10);
    }
    return out + digits;
}

static int32_t days_of(int32_t year, int32_t month)
{
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && leap ? 29 : days[month - 1];
}

/* The precision ends at the first part that is not there or is 0 of months and days. */
static size_t write(const int32_t parts[PARTS], bool utc, char *out)
{
    char *at = out;
    if (parts[YEAR] < 1 || parts[YEAR] > 9999 || parts[MONTH] > 12) {
        return 0;
    }
    at = put(at, parts[YEAR], 4);
    if (parts[MONTH] <= 0) {
        return parts[DAY] > 0 ? 0 : (size_t)(at - out);
    }
    *at++ = '-';
    at = put(at, parts[MONTH], 2);
    if (parts[DAY] > days_of(parts[YEAR], parts[MONTH])) {
        return 0;
    }
    if (parts[DAY] <= 0) {
        return (size_t)(at - out);
    }
    *at++ = '-';
    at = put(at, parts[DAY], 2);
    if (parts[HOUR] < 0 || parts[MINUTE] < 0) {
        return (size_t)(at - out);
    }
    if (parts[HOUR] > 23 || parts[MINUTE] > 59 || parts[SECOND] > 59) {
        return 0;
    }
    *at++ = 'T';
    at = put(at, parts[HOUR], 2);
    *at++ = ':';
    at = put(at, parts[MINUTE], 2);
    if (parts[SECOND] >= 0) {
        *at++ = ':';
        at = put(at, parts[SECOND], 2);
    }
    if (utc) {
        *at++ = 'Z';
    }
    return (size_t)(at - out);
}

/* "1546300800" or "-86400", perhaps with a fraction, which is dropped. */
static size_t from_epoch(stemma_text cell, char *out)
{
    bool negative = cell.size != 0 && cell.data[0] == '-';
    int64_t seconds = 0;
    int64_t days;
    int32_t parts[PARTS];
    int year;
    int month;
    int day;
    size_t i = negative;
    if (i == cell.size) {
        return 0;
    }
    for (; i < cell.size && cell.data[i] != '.'; i++) {
        if (!stm_is_digit(cell.data[i]) || seconds > INT64_C(1000000000000)) {
            return 0;
        }
        seconds = seconds * 10 + (cell.data[i] - '0');
    }
    for (size_t k = i + 1; k < cell.size; k++) {
        if (!stm_is_digit(cell.data[k])) {
            return 0;
        }
    }
    if (i + 1 == cell.size) {
        return 0;
    }
    seconds = negative ? -seconds : seconds;
    days = (seconds - (seconds < 0 ? 86399 : 0)) / 86400;
    if (days < -719162 || days > 2932896) {
        return 0; /* years 1 to 9999 */
    }
    stemma_civil_from_days(days, &year, &month, &day);
    seconds -= days * 86400;
    parts[YEAR] = year;
    parts[MONTH] = month;
    parts[DAY] = day;
    parts[HOUR] = (int32_t)(seconds / 3600);
    parts[MINUTE] = (int32_t)(seconds / 60 % 60);
    parts[SECOND] = (int32_t)(seconds % 60);
    return write(parts, true, out);
}

size_t stm_rows_time(const struct stm_mapping_column *column, stemma_text cell,
                     char out[STM_ROWS_TIME_SIZE])
{
    int32_t parts[PARTS] = {-1, -1, -1, -1, -1, -1};
    if (column->time_form == STM_TIME_EPOCH) {
        return from_epoch(cell, out);
    }
    return match(column->pattern, cell, parts) ? write(parts, false, out) : 0;
}
