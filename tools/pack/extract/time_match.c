/* SPDX-License-Identifier: MIT */
/* Points of time: the longest match of a small grammar from a token. */
#include "pack/extract/time_match.h"

#include "pack/extract/lexicon.h"
#include "pack/extract/quantity_number.h"
#include "pack/extract/time_relative.h"

static struct stm_date day_of(const struct stm_time_scan *scan, uint32_t i, int year, int month,
                              int day)
{
    return year != 0 ? stm_date_civil(year, month, day)
                     : stm_date_bare_day(&scan->anchor, month, day, stm_time_direction(scan, i));
}

/** A second day of the same month: "13-14", "13 and 14". Returns tokens taken. */
static uint32_t second_day(const struct stm_time_scan *scan, uint32_t i, int *day)
{
    if ((stm_time_is_dash(scan, i) || stm_time_is_at(scan, i, "to") ||
         stm_time_is_at(scan, i, "and")) &&
        stm_time_day_at(scan, i + 1) != 0) {
        *day = stm_time_day_at(scan, i + 1);
        return 2;
    }
    *day = 0;
    return 0;
}

static void make_days(struct stm_time_match *match, struct stm_date from, struct stm_date to)
{
    match->date = from;
    if (from.kind == STM_DATE_DAY && to.kind == STM_DATE_DAY && to.day > from.day) {
        match->date.kind = STM_DATE_DAYS;
        match->date.last = to.day;
    }
}

/** "December 13, 2025", "Dec. 13-14", "13 December 2025", "13th of December", "December 2025". */
static struct stm_time_match match_calendar(const struct stm_time_scan *scan, uint32_t i)
{
    struct stm_time_match match = {0};
    int year = 0;
    int last = 0;
    uint32_t at = i;
    int month = stm_time_month_at(scan, i);
    if (month != 0) {
        int day = stm_time_day_at(scan, i + 1);
        at = i + 1;
        if (day != 0) {
            at++;
            at += second_day(scan, at, &last);
            at += stm_time_year_after(scan, at, &year);
            make_days(&match, day_of(scan, i, year, month, day),
                      last != 0 ? day_of(scan, i, year, month, last) : (struct stm_date){0});
        } else {
            at += stm_time_year_after(scan, at, &year);
            match.date =
                year != 0 ? stm_date_month(year, month)
                          : stm_date_bare_month(&scan->anchor, month, stm_time_direction(scan, i));
        }
        match.count = at - i;
        return match;
    }
    if (stm_time_is_at(scan, at, "the") && stm_time_day_at(scan, at + 1) != 0) {
        at++;
    }
    int day = stm_time_day_at(scan, at);
    if (day == 0) {
        return match;
    }
    at++;
    at += second_day(scan, at, &last);
    if (stm_time_is_at(scan, at, "of")) {
        at++;
    }
    month = stm_time_month_at(scan, at);
    if (month == 0) {
        return match;
    }
    at++;
    at += stm_time_year_after(scan, at, &year);
    make_days(&match, day_of(scan, i, year, month, day),
              last != 0 ? day_of(scan, i, year, month, last) : (struct stm_date){0});
    match.count = at - i;
    return match;
}

/** "Saturday", "Saturday morning", "Saturday, December 13, 2025". */
static struct stm_time_match match_weekday(const struct stm_time_scan *scan, uint32_t i)
{
    static const char *const parts[] = {"morning", "afternoon", "evening", "night"};
    struct stm_time_match match = {0};
    int weekday = stm_time_weekday_at(scan, i);
    if (weekday == 0) {
        return match;
    }
    uint32_t at = i + 1;
    uint32_t date_at = stm_time_is_at(scan, at, ",") ? at + 1 : at;
    struct stm_time_match calendar = {0};
    if (date_at < scan->end) {
        calendar = match_calendar(scan, date_at);
    }
    if (calendar.count != 0 && calendar.date.kind != STM_DATE_MONTH) {
        match.date = calendar.date;
        match.count = date_at + calendar.count - i;
        return match;
    }
    if (STM_TIME_IS_ANY(scan, at, parts)) {
        at++;
    }
    match.date = stm_date_weekday(&scan->anchor, weekday, stm_time_direction(scan, i));
    match.count = at - i;
    return match;
}

/** "2025-03-04", "13/12/2025" where the order of day and month leaves no doubt. */
static struct stm_time_match match_digits(const struct stm_time_scan *scan, uint32_t i)
{
    struct stm_time_match match = {0};
    stemma_text word = stm_time_token(scan, i)->lower;
    int numbers[3] = {0, 0, 0};
    int widths[3] = {0, 0, 0};
    int part = 0;
    char separator = '\0';
    for (size_t at = 0; at < word.size; at++) {
        char c = word.data[at];
        if (c >= '0' && c <= '9' && widths[part] < 4) {
            numbers[part] = numbers[part] * 10 + (c - '0');
            widths[part]++;
        } else if ((c == '-' || c == '/' || c == '.') && part < 2 &&
                   (separator == '\0' || separator == c)) {
            separator = c;
            part++;
        } else {
            return match;
        }
    }
    if (part != 2) {
        return match;
    }
    if (widths[0] == 4 && widths[1] == 2 && widths[2] == 2) {
        match.date = stm_date_civil(numbers[0], numbers[1], numbers[2]);
    } else if (widths[2] == 4 && widths[0] >= 1 && widths[0] <= 2 && widths[1] >= 1 &&
               widths[1] <= 2) {
        if (separator == '.' || numbers[0] > 12) {
            match.date = stm_date_civil(numbers[2], numbers[1], numbers[0]);
        } else if (numbers[1] > 12) {
            match.date = stm_date_civil(numbers[2], numbers[0], numbers[1]);
        } else {
            match.date = stm_date_year(numbers[2]);
        }
    } else {
        return match;
    }
    match.count = match.date.kind != STM_DATE_NONE ? 1 : 0;
    return match;
}

/** "1990s", "19th century". */
static struct stm_time_match match_age(const struct stm_time_scan *scan, uint32_t i)
{
    struct stm_time_match match = {0};
    stemma_text word = stm_time_token(scan, i)->lower;
    uint32_t value = 0;
    if (word.size == 5 && word.data[4] == 's') {
        stemma_text digits = {word.data, 4};
        if (stm_number_of_word(digits, &value) && value % 10 == 0 && value >= 1000 &&
            value <= 2100) {
            match.date.kind = STM_DATE_DECADE;
            match.date.year = (int32_t)value;
            match.count = 1;
        }
    } else if (stm_time_is_at(scan, i + 1, "century") && stm_number_of_ordinal(word, &value) &&
               value >= 2 && value <= 21) {
        match.date.kind = STM_DATE_CENTURY;
        match.date.year = (int32_t)(value - 1) * 100;
        match.count = 2;
    }
    return match;
}

/** A year by itself: only where the words around it leave no room for a count. */
static struct stm_time_match match_year(const struct stm_time_scan *scan, uint32_t i)
{
    static const char *const time_before[] = {
        "in",      "since", "until", "till", "of",       "before", "after", "during",
        "between", "by",    "early", "late", "mid",      "year",   "and",   "to",
        "through", "from",  "back",  "the",  "a",        "its",    "his",   "her",
        "their",   "'s",    "(",     "'",    "disputed", "-",      ",",     "contested"};
    static const char *const amount_before[] = {
        "about",  "some", "around", "than",          "least",   "over", "nearly",
        "almost", "most", "up",     "approximately", "roughly", "$"};
    static const char *const amount_after[] = {
        "people", "men",     "women",     "km",        "miles",      "metres",     "meters",
        "troops", "percent", "%",         "dollars",   "euros",      "feet",       "kg",
        "tonnes", "tons",    "soldiers",  "prisoners", "workers",    "civilians",  "children",
        "others", "years",   "homes",     "square",    "kilometres", "kilometers", "hectares",
        "acres",  "inmates", "detainees", "calories"};
    struct stm_time_match match = {0};
    int year = stm_time_year_at(scan, i);
    if (year < 1500 || STM_TIME_IS_ANY(scan, i + 1, amount_after) ||
        (i > 0 && STM_TIME_IS_ANY(scan, i - 1, amount_before))) {
        return match;
    }
    int framed = i > 0 && STM_TIME_IS_ANY(scan, i - 1, time_before);
    uint8_t next = i + 1 < scan->end ? stm_time_token(scan, i + 1)->tag : STM_TAG_PUNCTUATION;
    if (!framed) {
        /* "2000 prisoners" opens a sentence; "2020 protests" stands inside one. */
        int noun_follows = next == STM_TAG_PLURAL || next == STM_TAG_ADJECTIVE;
        int starts = (stm_time_token(scan, i)->flags & STM_TOKEN_SENTENCE_START) != 0;
        uint8_t before = i > 0 ? stm_time_token(scan, i - 1)->tag : STM_TAG_OTHER;
        int verb_before = before == STM_TAG_VERB || before == STM_TAG_VERB_S ||
                          before == STM_TAG_PAST || before == STM_TAG_PARTICIPLE ||
                          before == STM_TAG_GERUND;
        int person_follows =
            i + 1 < scan->end &&
            (stm_lexicon_has(STM_LEXICON_ROLE, stm_time_token(scan, i + 1)->lemma) ||
             stm_lexicon_has(STM_LEXICON_GROUP_NOUN, stm_time_token(scan, i + 1)->lower));
        int recent = year >= 1945 && year <= 2040;
        if (year < 1900 ||
            (noun_follows && (person_follows || !recent) && (starts || verb_before))) {
            return match;
        }
    }
    match.date = stm_date_year(year);
    match.count = 1;
    return match;
}

static struct stm_time_match match_point(const struct stm_time_scan *scan, uint32_t i)
{
    struct stm_time_match best = {0};
    static struct stm_time_match (*const rules[])(const struct stm_time_scan *, uint32_t) = {
        match_weekday, match_calendar,     match_digits,       match_age,
        match_year,    stm_match_relative, stm_match_distance,
    };
    for (size_t rule = 0; rule < sizeof rules / sizeof rules[0]; rule++) {
        struct stm_time_match match = rules[rule](scan, i);
        if (match.count > best.count) {
            best = match;
        }
    }
    struct stm_time_match season = stm_match_season(scan, i, 2);
    return season.count > best.count ? season : best;
}

/** "early 2024", "mid-July", "the end of 2023": the words before a date that only narrow it. */
static uint32_t narrowing(const struct stm_time_scan *scan, uint32_t i)
{
    static const char *const words[] = {"early", "late", "mid"};
    static const char *const parts[] = {"end", "beginning", "start", "middle"};
    if (STM_TIME_IS_ANY(scan, i, words)) {
        return stm_time_is_dash(scan, i + 1) ? 2 : 1;
    }
    if (stm_time_is_at(scan, i, "the") && STM_TIME_IS_ANY(scan, i + 1, parts) &&
        stm_time_is_at(scan, i + 2, "of")) {
        return 3;
    }
    return 0;
}

struct stm_time_match stm_time_match_at(const struct stm_time_scan *scan, uint32_t i)
{
    uint32_t before = narrowing(scan, i);
    struct stm_time_match match =
        i + before < scan->end ? match_point(scan, i + before) : (struct stm_time_match){0};
    if (before != 0) {
        if (match.count == 0) {
            return match_point(scan, i);
        }
        match.count += before;
    }
    return match;
}
