/* SPDX-License-Identifier: MIT */
#include "pack/extract/quantity_number.h"

struct word_value {
    const char *word;
    uint32_t value;
};

static const struct word_value units[] = {
    {"zero", 0},     {"one", 1},      {"two", 2},        {"three", 3},     {"four", 4},
    {"five", 5},     {"six", 6},      {"seven", 7},      {"eight", 8},     {"nine", 9},
    {"ten", 10},     {"eleven", 11},  {"twelve", 12},    {"thirteen", 13}, {"fourteen", 14},
    {"fifteen", 15}, {"sixteen", 16}, {"seventeen", 17}, {"eighteen", 18}, {"nineteen", 19},
    {"twenty", 20},  {"thirty", 30},  {"forty", 40},     {"fifty", 50},    {"sixty", 60},
    {"seventy", 70}, {"eighty", 80},  {"ninety", 90},
};

static const struct word_value ordinals[] = {
    {"first", 1},        {"second", 2},      {"third", 3},       {"fourth", 4},
    {"fifth", 5},        {"sixth", 6},       {"seventh", 7},     {"eighth", 8},
    {"ninth", 9},        {"tenth", 10},      {"eleventh", 11},   {"twelfth", 12},
    {"thirteenth", 13},  {"fourteenth", 14}, {"fifteenth", 15},  {"sixteenth", 16},
    {"seventeenth", 17}, {"eighteenth", 18}, {"nineteenth", 19}, {"twentieth", 20},
    {"thirtieth", 30},
};

/* More digits than this are a telephone number, not an amount. */
enum { MOST_DIGITS = 12 };

#define COUNT_OF(table) (sizeof(table) / sizeof((table)[0]))

static int text_is(stemma_text text, const char *word)
{
    return stemma_text_equal(text, stemma_text_of(word));
}

static int look_up(const struct word_value *table, size_t count, stemma_text word, uint32_t *value)
{
    for (size_t i = 0; i < count && word.size != 0; i++) {
        if (word.data[0] == table[i].word[0] && text_is(word, table[i].word)) {
            *value = table[i].value;
            return 1;
        }
    }
    return 0;
}

/** "forty-one" by table `last` for the part behind the hyphen. */
static int compound(stemma_text word, const struct word_value *last, size_t last_count,
                    uint32_t *value)
{
    const char *hyphen = word.size != 0 ? memchr(word.data, '-', word.size) : NULL;
    uint32_t tens = 0;
    uint32_t ones = 0;
    if (hyphen == NULL) {
        return 0;
    }
    stemma_text left = {word.data, (size_t)(hyphen - word.data)};
    stemma_text right = {hyphen + 1, word.size - left.size - 1};
    if (!look_up(units, COUNT_OF(units), left, &tens) || tens < 20 ||
        !look_up(last, last_count, right, &ones) || ones < 1 || ones > 9) {
        return 0;
    }
    *value = tens + ones;
    return 1;
}

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/** Digits with optional thousands commas and decimals. Returns how many bytes were read. */
static size_t read_digits(stemma_text word, uint64_t *scaled, int *has_decimals)
{
    uint64_t whole = 0;
    uint64_t fraction = 0;
    size_t digits = 0;
    size_t at = 0;
    *has_decimals = 0;
    while (at < word.size) {
        char c = word.data[at];
        if (is_digit(c)) {
            if (++digits > MOST_DIGITS) {
                return 0;
            }
            whole = whole * 10 + (uint64_t)(c - '0');
            at++;
        } else if (c == ',' && digits > 0 && word.size - at >= 4 && is_digit(word.data[at + 1]) &&
                   is_digit(word.data[at + 2]) && is_digit(word.data[at + 3])) {
            at++;
        } else {
            break;
        }
    }
    if (digits == 0) {
        return 0;
    }
    if (at + 1 < word.size && word.data[at] == '.' && is_digit(word.data[at + 1])) {
        uint64_t place = STM_NUMBER_SCALE;
        at++;
        *has_decimals = 1;
        while (at < word.size && is_digit(word.data[at])) {
            place /= 10;
            fraction += place * (uint64_t)(word.data[at] - '0');
            at++;
        }
    }
    *scaled = whole * STM_NUMBER_SCALE + fraction;
    return at;
}

int stm_number_of_word(stemma_text word, uint32_t *value)
{
    uint64_t scaled = 0;
    int decimals = 0;
    if (word.size == 0) {
        return 0;
    }
    if (is_digit(word.data[0])) {
        if (read_digits(word, &scaled, &decimals) != word.size || decimals ||
            scaled / STM_NUMBER_SCALE > UINT32_MAX) {
            return 0;
        }
        *value = (uint32_t)(scaled / STM_NUMBER_SCALE);
        return 1;
    }
    return look_up(units, COUNT_OF(units), word, value) ||
           compound(word, units, COUNT_OF(units), value);
}

int stm_number_of_ordinal(stemma_text word, uint32_t *value)
{
    uint64_t scaled = 0;
    int decimals = 0;
    if (word.size > 2 && is_digit(word.data[0])) {
        size_t read = read_digits(word, &scaled, &decimals);
        stemma_text rest = {word.data + read, word.size - read};
        if (read == 0 || decimals || scaled / STM_NUMBER_SCALE > UINT32_MAX ||
            !(text_is(rest, "st") || text_is(rest, "nd") || text_is(rest, "rd") ||
              text_is(rest, "th"))) {
            return 0;
        }
        *value = (uint32_t)(scaled / STM_NUMBER_SCALE);
        return 1;
    }
    return look_up(ordinals, COUNT_OF(ordinals), word, value) ||
           compound(word, ordinals, COUNT_OF(ordinals), value);
}

/** "hundred", "m", "bn": the factor, or 0. */
static uint64_t magnitude(stemma_text word, int abbreviations)
{
    static const struct {
        const char *word;
        uint64_t factor;
        int abbreviation;
    } table[] = {
        {"hundred", 100, 0},
        {"thousand", 1000, 0},
        {"million", 1000000, 0},
        {"lakh", 100000, 0},
        {"lakhs", 100000, 0},
        {"crore", 10000000, 0},
        {"crores", 10000000, 0},
        {"billion", UINT64_C(1000000000), 0},
        {"trillion", UINT64_C(1000000000000), 0},
        {"k", 1000, 1},
        {"m", 1000000, 1},
        {"mn", 1000000, 1},
        {"bn", UINT64_C(1000000000), 1},
        {"tn", UINT64_C(1000000000000), 1},
        {"b", UINT64_C(1000000000), 1},
        {"tr", UINT64_C(1000000000000), 1},
        {"cr", 10000000, 1},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        if ((abbreviations || !table[i].abbreviation) && text_is(word, table[i].word)) {
            return table[i].factor;
        }
    }
    return 0;
}

uint64_t stm_number_magnitude(stemma_text word)
{
    return text_is(word, "dozen") ? 12 : magnitude(word, 0);
}

/** "dozens", "thousands": the least that the plural can mean, or 0. `*most`: the most that is meant
    by it where a greater word is at hand ("hundreds" for more than "dozens"); 0 when open. */
static uint64_t plural_magnitude(stemma_text word, uint64_t *most)
{
    static const struct {
        const char *word;
        uint64_t least;
        uint64_t most;
    } table[] = {
        {"dozens", 24, 99},       {"scores", 40, 0},
        {"hundreds", 200, 999},   {"thousands", 2000, 9999},
        {"millions", 2000000, 0}, {"billions", UINT64_C(2000000000), 0},
        {"tens", 20, 99},         {"lakhs", 200000, 0},
        {"crores", 20000000, 0},  {"trillions", UINT64_C(2000000000000), 0},
    };
    *most = 0;
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        if (text_is(word, table[i].word)) {
            *most = table[i].most;
            return table[i].least;
        }
    }
    return 0;
}

static int multiply(uint64_t *value, uint64_t factor)
{
    if (*value != 0 && factor > UINT64_MAX / *value) {
        return 0;
    }
    *value *= factor;
    return 1;
}

/** "dozens", "tens of thousands", "hundreds of millions". */
static uint32_t read_vague(const struct stm_token *tokens, uint32_t count,
                           struct stm_number *number)
{
    uint64_t most;
    uint64_t least = plural_magnitude(tokens[0].lower, &most);
    if (least == 0) {
        return 0;
    }
    number->vague = 1;
    number->scaled = least * STM_NUMBER_SCALE;
    number->most = most * STM_NUMBER_SCALE;
    if (count >= 3 && text_is(tokens[1].lower, "of")) {
        uint64_t open;
        uint64_t second = plural_magnitude(tokens[2].lower, &open);
        if (second >= 1000) {
            /* "tens of thousands": at least twenty thousand */
            number->scaled = least * (second / 2) * STM_NUMBER_SCALE;
            number->most = most == 0 ? 0 : ((most + 1) * (second / 2) - 1) * STM_NUMBER_SCALE;
            return 3;
        }
    }
    /* "tens" alone is not a number that people write, "scores" without "of" are goals. */
    if (text_is(tokens[0].lower, "tens")) {
        return 0;
    }
    if (text_is(tokens[0].lower, "scores") && !(count >= 2 && text_is(tokens[1].lower, "of"))) {
        return 0;
    }
    return 1;
}

/** "a dozen", "half a million", "a hundred": the words before the magnitude are no numbers. */
static uint32_t read_article(const struct stm_token *tokens, uint32_t count,
                             struct stm_number *number)
{
    uint32_t at = 0;
    uint64_t divide = 1;
    if (text_is(tokens[0].lower, "half")) {
        divide = 2;
        at = 1;
    }
    if (at < count && (text_is(tokens[at].lower, "a") || text_is(tokens[at].lower, "an"))) {
        at++;
    } else {
        return 0;
    }
    if (at >= count) {
        return 0;
    }
    uint64_t factor = text_is(tokens[at].lower, "dozen") ? 12 : magnitude(tokens[at].lower, 0);
    if (factor == 0 || factor > UINT64_C(1000000000000)) {
        return 0;
    }
    number->scaled = factor * STM_NUMBER_SCALE / divide;
    number->about = factor == 12 || divide != 1; /* "a million" is exact, "a dozen" is not */
    return at + 1;
}

int stm_number_may_begin(stemma_text word)
{
    /* Sorted. */
    static const char *const openings[] = {
        "a",         "an",       "billions", "couple",    "crores",   "dozens",    "eight",
        "eighteen",  "eighty",   "eleven",   "few",       "fifteen",  "fifty",     "five",
        "forty",     "four",     "fourteen", "half",      "hundreds", "lakhs",     "many",
        "millions",  "nine",     "nineteen", "ninety",    "one",      "scores",    "seven",
        "seventeen", "seventy",  "several",  "six",       "sixteen",  "sixty",     "ten",
        "tens",      "thirteen", "thirty",   "thousands", "three",    "trillions", "twelve",
        "twenty",    "two",      "zero"};
    if (word.size == 0) {
        return 0;
    }
    if (is_digit(word.data[0])) {
        return 1;
    }
    size_t low = 0;
    size_t high = COUNT_OF(openings);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = stm_word_order(word, openings[middle]);
        if (order == 0) {
            return 1;
        }
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return memchr(word.data, '-', word.size) != NULL;
}

uint32_t stm_number_read(const struct stm_token *tokens, uint32_t count, struct stm_number *number)
{
    struct stm_number result = {0};
    uint32_t used = 0;
    uint32_t value = 0;
    int decimals = 0;
    if (count == 0 || tokens[0].lower.size == 0) {
        return 0;
    }
    stemma_text word = tokens[0].lower;
    if (is_digit(word.data[0])) {
        size_t read = read_digits(word, &result.scaled, &decimals);
        stemma_text rest = {word.data + read, word.size - read};
        if (rest.size > 1 && rest.data[0] == '-') {
            rest.data++; /* "5-million" */
            rest.size--;
        }
        uint64_t factor = rest.size != 0 ? magnitude(rest, 1) : 1;
        if (read == 0 || factor == 0 || !multiply(&result.scaled, factor)) {
            return 0;
        }
        result.digits = 1;
        used = 1;
    } else if (stm_number_of_word(word, &value)) {
        result.scaled = value * STM_NUMBER_SCALE;
        used = 1;
        if (value >= 20 && value % 10 == 0 && count > 1 &&
            (tokens[1].flags & STM_TOKEN_DIGIT) == 0 &&
            stm_number_of_word(tokens[1].lower, &value) && value >= 1 && value <= 9) {
            result.scaled += value * STM_NUMBER_SCALE; /* "fifty two" */
            used = 2;
        }
        if (used + 3 < count && text_is(tokens[used].lower, "and") &&
            text_is(tokens[used + 1].lower, "a") && text_is(tokens[used + 2].lower, "half") &&
            magnitude(tokens[used + 3].lower, 0) > 100) {
            result.scaled += STM_NUMBER_SCALE / 2; /* "two and a half million" */
            used += 3;
        }
        if (used < count && text_is(tokens[used].lower, "dozen")) {
            if (!multiply(&result.scaled, 12)) {
                return 0;
            }
            used++;
        }
    } else {
        used = read_vague(tokens, count, &result);
        if (used == 0) {
            used = read_article(tokens, count, &result);
        }
        if (used != 0) {
            *number = result;
        }
        return used;
    }
    /* "two hundred and fifty thousand": multiply, then add what is smaller. */
    while (used < count) {
        uint64_t factor = magnitude(tokens[used].lower, result.digits);
        uint32_t at = used + 1;
        if (factor == 0 || !multiply(&result.scaled, factor)) {
            break;
        }
        used = at;
        if (factor == 100 && at < count && text_is(tokens[at].lower, "and")) {
            at++;
        }
        if (!result.digits && at < count && (tokens[at].flags & STM_TOKEN_DIGIT) == 0 &&
            stm_number_of_word(tokens[at].lower, &value) && value > 0 && value < factor) {
            result.scaled += value * STM_NUMBER_SCALE;
            used = at + 1;
        }
    }
    *number = result;
    return used;
}

void stm_number_text(uint64_t scaled, char out[STM_NUMBER_TEXT])
{
    char reversed[STM_NUMBER_TEXT];
    size_t size = 0;
    size_t length = 0;
    uint64_t whole = scaled / STM_NUMBER_SCALE;
    uint64_t fraction = scaled % STM_NUMBER_SCALE;
    do {
        reversed[size++] = (char)('0' + whole % 10);
        whole /= 10;
    } while (whole != 0);
    while (size != 0) {
        out[length++] = reversed[--size];
    }
    if (fraction != 0) {
        out[length++] = '.';
        for (uint64_t rest = fraction * 10; rest != 0; rest = rest % STM_NUMBER_SCALE * 10) {
            out[length++] = (char)('0' + rest / STM_NUMBER_SCALE);
        }
    }
    out[length] = '\0';
}
