/* SPDX-License-Identifier: MIT */
/* Points of time: the longest match of a small grammar from a token. */
#include "pack/extract/time_match.h"

#include "pack/extract/lexicon.h"
#include "pack/extract/quantity_number.h"
#include "pack/extract/time_clock.h"
#include "pack/extract/time_part.h"
#include "pack/extract/time_relative.h"
#include "pack/extract/time_tense.h"

static struct stm_date day_of(const struct stm_time_scan *scan, uint32_t i, int year, int month,
                              int day)
{
    return year != 0 ? stm_date_civil(year, month, day)
                     : stm_date_bare_day(&scan->anchor, month, day, stm_time_direction(scan, i));
}

/** A second day of the same month: "13-14" in three tokens, "13 and 14". Returns tokens taken. */
static uint32_t second_day(const struct stm_time_scan *scan, uint32_t i, int *day)
{
    if ((stm_time_is_dash(scan, i) || stm_time_is_at(scan, i, "to") ||
         stm_time_is_at(scan, i, "and") || stm_time_is_at(scan, i, "or")) &&
        stm_time_day_at(scan, i + 1, NULL) != 0) {
        *day = stm_time_day_at(scan, i + 1, NULL);
        return 2;
    }
    return 0;
}

static void make_days(const struct stm_time_scan *scan, uint32_t i, int year, int month,
                      const int days[2], struct stm_time_match *match)
{
    match->date = day_of(scan, i, year, month, days[0]);
    if (days[1] == 0 || match->date.kind != STM_DATE_DAY) {
        return;
    }
    struct stm_anchor anchor = stm_anchor_at(&match->date);
    match->to = stm_date_civil(anchor.year, month, days[1]);
    match->ranged = match->to.kind == STM_DATE_DAY && match->to.day > match->date.day;
}

/** Whether a day of the month can begin at `i`: "13 and 14 December", never "1,300 and 14 May". */
static uint32_t month_after_day(const struct stm_time_scan *scan, uint32_t i, int days[2])
{
    uint32_t at = i;
    uint32_t ordinal = 0;
    days[0] = stm_time_day_at(scan, at, &days[1]);
    if (days[0] == 0 && stm_time_is_at(scan, at + 1, "of") && i > 0 &&
        stm_number_of_ordinal(stm_time_word(scan, at), &ordinal) && ordinal <= 31) {
        days[0] = (int)ordinal; /* "the fifth of May" */
    }
    if (days[0] == 0) {
        return 0;
    }
    at++;
    if (days[1] == 0) {
        at += second_day(scan, at, &days[1]);
    }
    if (stm_time_is_at(scan, at, "of")) {
        at++;
    }
    return stm_time_month_at(scan, at) != 0 ? at - i : 0;
}

/** "December 13, 2025", "Dec. 13-14", "13 December 2025", "13th of December", "December 2025". */
static struct stm_time_match match_calendar(const struct stm_time_scan *scan, uint32_t i)
{
    struct stm_time_match match = {0};
    int year = 0;
    int days[2] = {0, 0};
    uint32_t at = i;
    int month = stm_time_month_at(scan, i);
    if (month != 0) {
        at = i + 1;
        at += stm_time_is_at(scan, at, "the") && stm_time_day_at(scan, at + 1, NULL) != 0;
        days[0] = stm_time_day_at(scan, at, &days[1]);
        if (days[0] != 0 && stm_time_clock_at(scan, at, NULL) == 0) {
            at++;
            if (days[1] == 0) {
                at += second_day(scan, at, &days[1]);
            }
            at += stm_time_year_after(scan, at, &year);
            make_days(scan, i, year, month, days, &match);
        } else {
            at = i + 1;
            at += stm_time_year_after(scan, at, &year);
            match.date =
                year != 0 ? stm_date_month(year, month)
                          : stm_date_bare_month(&scan->anchor, month, stm_time_direction(scan, i));
        }
        match.count = at - i;
        return match;
    }
    uint32_t ordinal = 0;
    if (stm_time_is_at(scan, at, "the") &&
        (stm_time_day_at(scan, at + 1, NULL) != 0 ||
         (stm_time_is_at(scan, at + 2, "of") &&
          stm_number_of_ordinal(stm_time_word(scan, at + 1), &ordinal)))) {
        at++;
    }
    uint32_t taken = month_after_day(scan, at, days);
    if (taken == 0) {
        return match;
    }
    at += taken;
    month = stm_time_month_at(scan, at);
    at++;
    at += stm_time_year_after(scan, at, &year);
    make_days(scan, i, year, month, days, &match);
    match.count = at - i;
    return match;
}

/** "the 14th", on its own: a day of this month or of the one beside it. */
static struct stm_time_match match_ordinal(const struct stm_time_scan *scan, uint32_t i)
{
    static const char *const before[] = {"on", "by", "until", "till", "since", "from", "before"};
    struct stm_time_match match = {0};
    int day = stm_time_is_at(scan, i, "the") ? stm_time_day_at(scan, i + 1, NULL) : 0;
    if (day == 0 || i == scan->first || !STM_TIME_IS_ANY(scan, i - 1, before) ||
        stm_time_token(scan, i + 1)->lower.size < 3) {
        return match;
    }
    if (stm_time_is_at(scan, i + 2, "of") && stm_time_is_at(scan, i + 4, "month") &&
        scan->anchor.has_month) {
        int shift = stm_time_is_at(scan, i + 3, "last")   ? -1
                    : stm_time_is_at(scan, i + 3, "next") ? 1
                    : stm_time_is_at(scan, i + 3, "this") ? 0
                                                          : 2;
        if (shift != 2) {
            struct stm_date month = stm_date_shift(&scan->anchor, STM_UNIT_MONTH, shift);
            match.date = stm_date_civil(month.year, month.month, day);
            match.count = 5; /* "the 12th of last month" */
            return match;
        }
    }
    uint8_t next = stm_time_tag(scan, i + 2);
    if (next == STM_TAG_NOUN || next == STM_TAG_PLURAL || next == STM_TAG_ADJECTIVE ||
        next == STM_TAG_PROPN || next == STM_TAG_GERUND || stm_time_is_at(scan, i + 2, "of")) {
        return match;
    }
    match.date = stm_date_bare_ordinal(&scan->anchor, day, stm_time_direction(scan, i));
    match.count = 2;
    return match;
}

/** "last", "next" or "this" week after a weekday: "on Tuesday last week". Tokens taken. */
static uint32_t week_after(const struct stm_time_scan *scan, uint32_t i, int *shift)
{
    uint32_t at = i + (stm_time_is_at(scan, i, "of") ? 1 : 0);
    if (!stm_time_is_at(scan, at + 1, "week") || !scan->anchor.has_day) {
        return 0;
    }
    if (stm_time_is_at(scan, at, "last")) {
        *shift = -1;
    } else if (stm_time_is_at(scan, at, "next")) {
        *shift = 1;
    } else if (stm_time_is_at(scan, at, "this")) {
        *shift = 0;
    } else {
        return 0;
    }
    return at + 2 - i;
}

/** "Saturday", "Saturday morning", "Saturday, December 13, 2025", "Tuesday last week". */
static struct stm_time_match match_weekday(const struct stm_time_scan *scan, uint32_t i)
{
    struct stm_time_match match = {0};
    int shift = 0;
    int weekday = stm_time_weekday_at(scan, i);
    if (weekday == 0 || (i > scan->first && (stm_time_is_at(scan, i - 1, "every") ||
                                             stm_time_is_at(scan, i - 1, "each")))) {
        return match; /* "every Friday" is no day */
    }
    uint32_t at = i + 1;
    uint32_t date_at = at;
    while (date_at < at + 2 &&
           (stm_time_is_at(scan, date_at, ",") || stm_time_is_at(scan, date_at, "the"))) {
        date_at++;
    }
    struct stm_time_match calendar = {0};
    if (date_at < scan->end) {
        calendar = match_calendar(scan, date_at);
    }
    if (calendar.count != 0 && calendar.date.kind != STM_DATE_MONTH) {
        match = calendar;
        match.count = date_at + calendar.count - i;
        return match;
    }
    uint32_t taken = week_after(scan, at, &shift);
    if (taken != 0) {
        match.date = stm_date_shift(&scan->anchor, STM_UNIT_WEEK, shift);
        match.date.day += weekday - 1;
        match.date.last = match.date.day;
        match.date.kind = STM_DATE_DAY;
        at += taken;
    } else {
        match.date = stm_date_weekday(&scan->anchor, weekday, stm_time_direction(scan, i));
    }
    match.count = at - i;
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
        "acres",  "inmates", "detainees", "calories",  "hours",      "days",       "pounds"};
    static const char *const fiscal[] = {"fiscal", "financial"};
    struct stm_time_match match = {0};
    int year = stm_time_year_at(scan, i);
    if (year < 1500 || STM_TIME_IS_ANY(scan, i + 1, amount_after) ||
        (i > 0 && STM_TIME_IS_ANY(scan, i - 1, amount_before))) {
        return match;
    }
    int framed = i > 0 && STM_TIME_IS_ANY(scan, i - 1, time_before);
    uint8_t next = stm_time_tag(scan, i + 1);
    if (!framed && stm_time_word(scan, i).size == stm_time_token(scan, i)->lower.size) {
        /* "2000 prisoners" opens a sentence; "2020 protests" stands inside one. */
        int noun_follows = next == STM_TAG_PLURAL || next == STM_TAG_ADJECTIVE;
        int starts = (stm_time_token(scan, i)->flags & STM_TOKEN_SENTENCE_START) != 0;
        uint8_t before = i > 0 ? stm_time_token(scan, i - 1)->tag : (uint8_t)STM_TAG_OTHER;
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
    match.count = 1;
    if (i > scan->first && (STM_TIME_IS_ANY(scan, i - 1, fiscal) ||
                            (i > scan->first + 1 && stm_time_is_at(scan, i - 1, "year") &&
                             STM_TIME_IS_ANY(scan, i - 2, fiscal)))) {
        return match; /* when a fiscal year begins, the text does not say */
    }
    match.date = stm_date_year(year);
    return match;
}

static struct stm_time_match match_point(const struct stm_time_scan *scan, uint32_t i)
{
    struct stm_time_match best = {0};
    static struct stm_time_match (*const rules[])(const struct stm_time_scan *, uint32_t) = {
        match_weekday,      match_calendar,     match_ordinal,      stm_match_digits,
        stm_match_age,      stm_match_part,     stm_match_holiday,  match_year,
        stm_match_relative, stm_match_distance, stm_match_narrated,
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

/** Adds the part of the day and the time of day that stand behind a day. */
static void read_clock_behind(const struct stm_time_scan *scan, uint32_t i,
                              struct stm_time_match *match)
{
    static const char *const parts[] = {"morning", "afternoon", "evening", "night", "lunchtime"};
    static const char *const soft[] = {"around",  "about",  "approximately", "just",
                                       "shortly", "before", "after"};
    if (match->date.kind != STM_DATE_DAY || match->ranged) {
        return;
    }
    uint32_t at = i + match->count;
    if (STM_TIME_IS_ANY(scan, at, parts)) {
        at++;
        match->count++;
    }
    at += stm_time_is_at(scan, at, ",");
    int stated = stm_time_is_at(scan, at, "at");
    at += stated;
    for (int k = 0; k < 2 && STM_TIME_IS_ANY(scan, at, soft); k++) {
        at++;
    }
    int minutes = 0;
    uint32_t taken = stm_time_clock_at(scan, at, &minutes);
    if (taken != 0) {
        match->date.clock = (uint16_t)(minutes + 1);
        match->count = at + taken - i;
    }
}

/** "10:30 a.m. on Tuesday", "midnight on 3 May", "the evening of June 4". */
static struct stm_time_match match_clock_first(const struct stm_time_scan *scan, uint32_t i)
{
    static const char *const parts[] = {"morning", "afternoon", "evening",  "night",
                                        "early",   "late",      "earlier",  "later",
                                        "day",     "eve",       "afternoon"};
    struct stm_time_match match = {0};
    int minutes = 0;
    uint32_t at = i;
    uint32_t taken = stm_time_clock_at(scan, i, &minutes);
    at += taken;
    if (taken == 0) {
        at += stm_time_is_at(scan, at, "the") && STM_TIME_IS_ANY(scan, at + 1, parts);
        if (!STM_TIME_IS_ANY(scan, at, parts)) {
            return match;
        }
        at++;
        if (!stm_time_is_at(scan, at, "of") && !stm_time_is_at(scan, at, "on")) {
            return match; /* "early Tuesday" is read with the day itself */
        }
    }
    at += stm_time_is_at(scan, at, ",");
    at += stm_time_is_at(scan, at, "on") || stm_time_is_at(scan, at, "of");
    if (at >= scan->end) {
        return match;
    }
    struct stm_time_match day = match_point(scan, at);
    if (day.count == 0 || day.date.kind != STM_DATE_DAY || day.ranged) {
        return match;
    }
    match = day;
    if (taken != 0) {
        match.date.clock = (uint16_t)(minutes + 1);
    }
    match.count = at + day.count - i;
    return match;
}

/** "early 2024", "mid-July", "the end of 2023": the words before a date that only narrow it. */
static uint32_t narrowing(const struct stm_time_scan *scan, uint32_t i)
{
    static const char *const words[] = {"early", "late", "mid", "earlier", "later"};
    static const char *const parts[] = {"end", "beginning", "start", "middle", "close"};
    if (STM_TIME_IS_ANY(scan, i, words)) {
        return stm_time_is_dash(scan, i + 1) || stm_time_is_at(scan, i + 1, "in") ||
                       stm_time_is_at(scan, i + 1, "on")
                   ? 2
                   : 1;
    }
    uint32_t the = stm_time_is_at(scan, i, "the") ? 1 : 0;
    if (STM_TIME_IS_ANY(scan, i + the, parts) && stm_time_is_at(scan, i + the + 1, "of")) {
        return the + 2;
    }
    return 0;
}

/** "the year", "the month" after "the end of": the present one. */
static struct stm_time_match match_present(const struct stm_time_scan *scan, uint32_t i)
{
    struct stm_time_match match = {0};
    enum stm_time_unit unit = stm_time_unit_at(scan, i + 1, 1);
    if (stm_time_is_at(scan, i, "the") && unit >= STM_UNIT_DAY) {
        match.date = stm_date_shift(&scan->anchor, unit, 0);
        match.count = 2;
    }
    return match;
}

struct stm_time_match stm_time_match_at(const struct stm_time_scan *scan, uint32_t i)
{
    uint32_t before = narrowing(scan, i);
    struct stm_time_match match = match_clock_first(scan, i);
    if (match.count != 0) {
        return match;
    }
    match = i + before < scan->end ? match_point(scan, i + before) : match;
    if (before >= 2 && match.count == 0 && i + before < scan->end &&
        stm_time_is_at(scan, i + before - 1, "of")) {
        match = match_present(scan, i + before);
    }
    if (before != 0 && match.count == 0) {
        before = 0;
        match = match_point(scan, i);
    }
    if (match.count == 0) {
        return match;
    }
    read_clock_behind(scan, i + before, &match);
    match.count += before;
    return match;
}
