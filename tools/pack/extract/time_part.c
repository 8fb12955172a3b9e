/* SPDX-License-Identifier: MIT */
#include "pack/extract/time_part.h"

#include "pack/extract/quantity_number.h"
#include "pack/extract/time_tense.h"

/** Groups of digits in one token and what parts them; 0 groups when there is anything else. */
struct groups {
    int numbers[3];
    int widths[3];
    int count;
    char separator;
};

static struct groups groups_of(stemma_text word)
{
    struct groups none = {{0}, {0}, 0, 0};
    struct groups groups = {{0}, {0}, 1, 0};
    for (size_t at = 0; at < word.size; at++) {
        char c = word.data[at];
        int part = groups.count - 1;
        if (c >= '0' && c <= '9' && groups.widths[part] < 4) {
            groups.numbers[part] = groups.numbers[part] * 10 + (c - '0');
            groups.widths[part]++;
        } else if ((c == '-' || c == '/' || c == '.') && groups.widths[part] != 0 &&
                   groups.count < 3 && (groups.separator == '\0' || groups.separator == c)) {
            groups.separator = c;
            groups.count++;
        } else {
            return none;
        }
    }
    return groups.widths[groups.count - 1] != 0 ? groups : none;
}

static int is_year(int year)
{
    return year >= 1500 && year <= 2100;
}

/** "2019-2023", "2023/24", "2023-24", "2024-03". */
static struct stm_time_match match_two_groups(const struct stm_time_scan *scan, uint32_t i,
                                              const struct groups *groups)
{
    struct stm_time_match match = {0};
    int first = groups->numbers[0];
    int second = groups->numbers[1];
    if (groups->widths[0] != 4 || !is_year(first) || groups->separator == '.') {
        return match;
    }
    if (groups->widths[1] == 4 && is_year(second) && second > first) {
        match.to = stm_date_year(second);
    } else if (groups->widths[1] == 2 && second == (first + 1) % 100) {
        match.to = stm_date_year(first + 1);
    } else if (groups->widths[1] == 2 && second > first % 100 && second > 12) {
        match.to = stm_date_year(first - first % 100 + second);
    } else if (groups->widths[1] == 2 && second >= 1 && second <= 12 && groups->separator == '-') {
        match.date = stm_date_month(first, second);
        match.count = 1;
        return match;
    } else {
        return match;
    }
    match.count = 1;
    if (i + 1 < scan->end &&
        (stm_time_is_at(scan, i + 1, "fiscal") || stm_time_is_at(scan, i + 1, "financial"))) {
        return match; /* when a fiscal year begins, the text does not say */
    }
    match.date = stm_date_year(first);
    match.ranged = 1;
    return match;
}

struct stm_time_match stm_match_digits(const struct stm_time_scan *scan, uint32_t i)
{
    struct stm_time_match match = {0};
    struct groups groups = groups_of(stm_time_token(scan, i)->lower);
    if (groups.count == 2) {
        return match_two_groups(scan, i, &groups);
    }
    if (groups.count != 3) {
        return match;
    }
    const int *numbers = groups.numbers;
    const int *widths = groups.widths;
    if (widths[0] == 4 && widths[1] <= 2 && widths[2] <= 2) {
        match.date = stm_date_civil(numbers[0], numbers[1], numbers[2]);
    } else if (widths[2] == 4 && widths[0] <= 2 && widths[1] <= 2) {
        if (groups.separator == '.' || numbers[0] > 12 || numbers[0] == numbers[1]) {
            match.date = stm_date_civil(numbers[2], numbers[1], numbers[0]);
        } else if (numbers[1] > 12) {
            match.date = stm_date_civil(numbers[2], numbers[0], numbers[1]);
        } else if (numbers[0] >= 1 && numbers[1] >= 1) {
            match.date = stm_date_year(numbers[2]); /* which is the month, nobody can tell */
        }
    } else if (groups.separator == '.' && widths[0] == 2 && widths[1] == 2 && widths[2] == 2 &&
               scan->anchor.has_year && numbers[2] <= scan->anchor.year % 100 + 1) {
        match.date = stm_date_civil(scan->anchor.year / 100 * 100 + numbers[2], numbers[1],
                                    numbers[0]); /* "31.12.23" */
    }
    match.count = match.date.kind != STM_DATE_NONE ? 1 : 0;
    return match;
}

/** The decade that "nineties" means: 90; -1 when it is another word. */
static int decade_word(stemma_text word)
{
    static const char *const names[] = {"twenties", "thirties",  "forties",  "fifties",
                                        "sixties",  "seventies", "eighties", "nineties"};
    for (size_t n = 0; n < sizeof names / sizeof names[0]; n++) {
        if (stemma_text_equal(word, stemma_text_of(names[n]))) {
            return (int)(n + 2) * 10;
        }
    }
    return -1;
}

struct stm_time_match stm_match_age(const struct stm_time_scan *scan, uint32_t i)
{
    static const char *const owners[] = {"his", "her", "their", "my", "your", "our"};
    struct stm_time_match match = {0};
    uint32_t at = i + (stm_time_is_at(scan, i, "the") ? 1 : 0);
    stemma_text word = stm_time_word(scan, at);
    uint32_t value = 0;
    if (at != i && (stm_time_is_at(scan, at, "'") || stm_time_is_at(scan, at, "\xE2\x80\x99") ||
                    stm_time_is_at(scan, at, "\xE2\x80\x98"))) {
        word = stm_time_word(scan, ++at);
    }
    int century = word.size == 5 ? 0 : 1900;
    if ((word.size == 5 || (word.size == 3 && at != i)) && word.data[word.size - 1] == 's') {
        stemma_text digits = {word.data, word.size - 1};
        if (stm_number_of_word(digits, &value) && value % 10 == 0 &&
            (century != 0 || (value >= 1000 && value <= 2100))) {
            match.date.kind = STM_DATE_DECADE;
            match.date.year = (int32_t)value + century;
        }
    } else if (at == i + 1 && decade_word(word) > 0) {
        match.date.kind = STM_DATE_DECADE;
        match.date.year = 1900 + decade_word(word);
    } else if (stm_time_is_at(scan, at + 1, "century") && stm_number_of_ordinal(word, &value) &&
               value >= 2 && value <= 21) {
        match.date.kind = STM_DATE_CENTURY;
        match.date.year = (int32_t)(value - 1) * 100;
        at++;
    }
    if (match.date.kind == STM_DATE_NONE ||
        (i > scan->first && STM_TIME_IS_ANY(scan, i - 1, owners))) {
        match.date.kind = STM_DATE_NONE;
        return match; /* "in her 60s": an age */
    }
    match.count = at + 1 - i;
    return match;
}

/** The months [first, first + width) of a year, or with year 0 of the year that is meant. */
static void set_months(const struct stm_time_scan *scan, uint32_t i, int year, int first, int width,
                       struct stm_time_match *match)
{
    if (year == 0) {
        if (!scan->anchor.has_year) {
            return;
        }
        year = scan->anchor.year;
        if (scan->anchor.has_month && first > scan->anchor.month &&
            stm_time_direction(scan, i) < 0) {
            year--;
        }
    }
    match->date = stm_date_month(year, first);
    match->to = stm_date_month(year, first + width - 1);
    match->ranged = 1;
}

/** "of 2024", "2024", "of the year", "of last year", "this year" after a part of a year. */
static uint32_t year_of_part(const struct stm_time_scan *scan, uint32_t i, int *year)
{
    uint32_t taken = stm_time_is_at(scan, i, ",") ? 0 : stm_time_year_after(scan, i, year);
    if (taken == 0 && stm_time_is_at(scan, i, "of") && stm_time_is_at(scan, i + 1, "the") &&
        stm_time_is_at(scan, i + 2, "year")) {
        *year = 0;
        return 3;
    }
    return taken;
}

/** "first" 1 .. "fourth" 4, "last" -1; 0 otherwise. */
static int rank_at(const struct stm_time_scan *scan, uint32_t i)
{
    uint32_t value = 0;
    if (stm_time_is_at(scan, i, "last") || stm_time_is_at(scan, i, "final")) {
        return -1;
    }
    return i < scan->end && stm_number_of_ordinal(stm_time_token(scan, i)->lower, &value) &&
                   value >= 1 && value <= 4
               ? (int)value
               : 0;
}

/** "Q3": 3; "H2": 6 months, 12. */
static int quarter_of_word(stemma_text word, int *width)
{
    *width = 3;
    if (word.size == 2 && word.data[0] == 'h' && (word.data[1] == '1' || word.data[1] == '2')) {
        *width = 6;
        return word.data[1] - '0';
    }
    return word.size == 2 && word.data[0] == 'q' && word.data[1] >= '1' && word.data[1] <= '4'
               ? word.data[1] - '0'
               : 0;
}

struct stm_time_match stm_match_part(const struct stm_time_scan *scan, uint32_t i)
{
    static const char *const fiscal[] = {"fiscal", "financial"};
    struct stm_time_match match = {0};
    struct stm_number number = {0};
    int year = 0;
    uint32_t at = i;
    int part = 3;
    int quarter = quarter_of_word(stm_time_token(scan, i)->lower, &part);
    if (quarter != 0) {
        at = i + 1;
        at += year_of_part(scan, at, &year);
        if (part == 6 && year == 0) {
            return match; /* H1 and H2 are names of much else */
        }
        set_months(scan, i, year, quarter * part - part + 1, part, &match);
        match.count = at - i;
        return match;
    }
    at += stm_time_is_at(scan, i, "the");
    int rank = rank_at(scan, at);
    if (rank == 0) {
        return match;
    }
    at++;
    int of_fiscal = STM_TIME_IS_ANY(scan, at, fiscal);
    at += of_fiscal;
    int width = 0;
    if (stm_time_is_at(scan, at, "day") && stm_time_is_at(scan, at + 1, "of") &&
        stm_time_month_at(scan, at + 2) != 0 && (rank == 1 || rank == -1)) {
        int month = stm_time_month_at(scan, at + 2);
        uint32_t with_year = stm_time_year_after(scan, at + 3, &year);
        struct stm_date whole =
            year != 0 ? stm_date_month(year, month)
                      : stm_date_bare_month(&scan->anchor, month, stm_time_direction(scan, i));
        for (int day = rank == 1 ? 1 : 31;
             whole.kind == STM_DATE_MONTH && day > 0 && match.date.kind == STM_DATE_NONE; day--) {
            match.date = stm_date_civil(whole.year, month, day);
        }
        match.count = at + 3 + with_year - i;
        return match;
    }
    if (stm_time_is_at(scan, at, "quarter") && rank != -1) {
        width = 3;
    } else if (stm_time_is_at(scan, at, "half") && rank <= 2 && rank != -1) {
        width = 6;
    } else {
        uint32_t taken =
            at < scan->end ? stm_number_read(&scan->ann->tokens[at], scan->end - at, &number) : 0;
        if (taken == 0 || (rank != 1 && rank != -1) ||
            stm_time_unit_at(scan, at + taken, 2) != STM_UNIT_MONTH || number.vague ||
            number.scaled > 12 * STM_NUMBER_SCALE) {
            return match;
        }
        width = (int)(number.scaled / STM_NUMBER_SCALE);
        at += taken;
        rank = rank == 1 ? 1 : -1;
    }
    at++;
    if (width == 6 && stm_time_is_at(scan, at, "of") && at + 1 < scan->end) {
        struct stm_time_match decade = stm_match_age(scan, at + 1);
        if (decade.count != 0 && decade.date.kind == STM_DATE_DECADE) {
            match.date = stm_date_year(decade.date.year + (rank - 1) * 5);
            match.to = stm_date_year(decade.date.year + (rank - 1) * 5 + 4);
            match.ranged = 1;
            match.count = at + 1 + decade.count - i;
            return match;
        }
    }
    uint32_t taken = year_of_part(scan, at, &year);
    int bare = taken == 0;
    if (bare && (number.scaled != 0 || width == 6 || stm_time_is_at(scan, at, "of") ||
                 i == scan->first || stm_time_tag(scan, i - 1) != STM_TAG_PREPOSITION)) {
        return match; /* "the second half" of a match, "the last three months", "the fourth quarter"
                       */
    }
    match.count = at + taken - i;
    if (of_fiscal) {
        return match;
    }
    if (rank == -1) {
        set_months(scan, i, year, 13 - width, width, &match);
    } else {
        set_months(scan, i, year, number.scaled != 0 ? 1 : (rank - 1) * width + 1, width, &match);
    }
    return match;
}

struct stm_time_match stm_match_holiday(const struct stm_time_scan *scan, uint32_t i)
{
    static const struct {
        const char *words[5];
        uint8_t month;
        uint8_t day;
    } table[] = {
        {{"new", "year", "'s", "eve"}, 12, 31},
        {{"new", "year", "'s", "day"}, 1, 1},
        {{"orthodox", "christmas"}, 1, 7},
        {{"christmas", "eve"}, 12, 24},
        {{"christmas", "day"}, 12, 25},
        {{"christmas"}, 12, 25},
        {{"boxing", "day"}, 12, 26},
        {{"valentine", "'s", "day"}, 2, 14},
        {{"international", "women", "'s", "day"}, 3, 8},
        {{"may", "day"}, 5, 1},
        {{"april", "fools", "'", "day"}, 4, 1},
        {{"world", "press", "freedom", "day"}, 5, 3},
        {{"bastille", "day"}, 7, 14},
        {{"halloween"}, 10, 31},
        {{"all", "saints", "'", "day"}, 11, 1},
        {{"armistice", "day"}, 11, 11},
        {{"human", "rights", "day"}, 12, 10},
    };
    struct stm_time_match match = {0};
    if (!stm_time_is_capitalised(scan, i)) {
        return match;
    }
    for (size_t h = 0; h < sizeof table / sizeof table[0]; h++) {
        uint32_t length = 0;
        while (length < 5 && table[h].words[length] != NULL &&
               stm_time_is_at(scan, i + length, table[h].words[length])) {
            length++;
        }
        if (length < 5 && table[h].words[length] != NULL) {
            continue;
        }
        int year = 0;
        uint32_t taken = stm_time_year_after(scan, i + length, &year);
        uint8_t next = stm_time_tag(scan, i + length);
        if (length == 1 && taken == 0 &&
            (next == STM_TAG_NOUN || next == STM_TAG_PLURAL || next == STM_TAG_PROPN)) {
            return match; /* "Christmas trees" */
        }
        match.date = year != 0 ? stm_date_civil(year, table[h].month, table[h].day)
                               : stm_date_bare_day(&scan->anchor, table[h].month, table[h].day,
                                                   stm_time_direction(scan, i));
        match.count = length + taken;
        return match;
    }
    return match;
}
