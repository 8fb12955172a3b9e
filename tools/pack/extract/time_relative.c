/* SPDX-License-Identifier: MIT */
/* Times reckoned from publication: "last week", "three days ago", "next summer". */
#include "pack/extract/time_relative.h"

#include "pack/extract/quantity_number.h"

/** "summer 2023", "the spring of 2021", "last summer". */
struct stm_time_match stm_match_season(const struct stm_time_scan *scan, uint32_t i, int relation)
{
    struct stm_time_match match = {0};
    int year = 0;
    int season = i < scan->end ? stm_season_of_word(stm_time_token(scan, i)->lower) : 0;
    if (season == 0 || stm_time_is_at(scan, i + 1, "'s")) {
        return match;
    }
    uint32_t taken = stm_time_year_after(scan, i + 1, &year);
    if (year == 0) {
        if (relation == 2 || !scan->anchor.has_month) {
            return match;
        }
        /* The season of the year; one that has not begun yet is last year's. */
        int starts = 3 + (season - 21) * 3;
        year = scan->anchor.year + (relation > 0 ? 1 : 0);
        if (relation < 0 && scan->anchor.month < starts + 3) {
            year--;
        }
    }
    match.date = stm_date_month(year, season);
    match.date.kind = STM_DATE_SEASON;
    match.count = 1 + taken;
    return match;
}

/** "yesterday", "this week", "last Thursday", "next month", "earlier this year", "the weekend". */
struct stm_time_match stm_match_relative(const struct stm_time_scan *scan, uint32_t i)
{
    static const char *const last_words[] = {"last", "previous", "past"};
    static const char *const next_words[] = {"next", "coming"};
    static const char *const soften[] = {"earlier", "later", "late", "early"};
    static const char *const dayparts[] = {"morning", "afternoon", "evening"};
    struct stm_time_match match = {0};
    uint32_t at = i;
    if (stm_time_is_at(scan, i, "today") || stm_time_is_at(scan, i, "tonight")) {
        match.date = stm_date_shift(&scan->anchor, STM_UNIT_DAY, 0);
        match.count = 1;
        return match;
    }
    if (stm_time_is_at(scan, i, "yesterday") || stm_time_is_at(scan, i, "tomorrow")) {
        match.date = stm_date_shift(&scan->anchor, STM_UNIT_DAY,
                                    stm_time_is_at(scan, i, "tomorrow") ? 1 : -1);
        match.count = 1;
        return match;
    }
    if (STM_TIME_IS_ANY(scan, at, soften) && at + 1 < scan->end &&
        !stm_time_is_at(scan, at + 1, "the")) {
        at++;
    }
    int relation = 2;
    if (STM_TIME_IS_ANY(scan, at, last_words)) {
        relation = -1;
    } else if (stm_time_is_at(scan, at, "this")) {
        relation = 0;
    } else if (STM_TIME_IS_ANY(scan, at, next_words)) {
        relation = 1;
    } else if (stm_time_is_at(scan, at, "the") &&
               (stm_time_is_at(scan, at + 1, "weekend") ||
                (at + 1 < scan->end &&
                 stm_season_of_word(stm_time_token(scan, at + 1)->lower) != 0))) {
        relation = 3;
    } else {
        return match;
    }
    at++;
    if (at >= scan->end) {
        return match;
    }
    enum stm_time_unit unit = stm_unit_of_word(stm_time_token(scan, at)->lower);
    int weekday = stm_time_weekday_at(scan, at);
    int month =
        stm_time_is_capitalised(scan, at) ? stm_month_of_word(stm_time_token(scan, at)->lower) : 0;
    if (relation == 3) {
        if (unit == STM_UNIT_WEEKEND) {
            match.date = stm_date_shift(&scan->anchor, unit, 0);
            match.count = at + 1 - i;
            return match;
        }
        struct stm_time_match season = stm_match_season(scan, at, 2);
        match.date = season.date;
        match.count = season.count != 0 ? at + season.count - i : 0;
        return match;
    }
    if (unit > STM_UNIT_HOUR && !stm_time_is_at(scan, at, "days") &&
        !stm_time_is_at(scan, at, "weeks") && !stm_time_is_at(scan, at, "months") &&
        !stm_time_is_at(scan, at, "years") && !stm_time_is_at(scan, at, "decades") &&
        unit != STM_UNIT_DAY) {
        match.date = stm_date_shift(&scan->anchor, unit, relation);
        at++;
    } else if (weekday != 0) {
        match.date = stm_date_weekday(&scan->anchor, weekday,
                                      relation < 0   ? -2
                                      : relation > 0 ? 1
                                                     : stm_time_direction(scan, at));
        at++;
    } else if (month != 0) {
        match.date = stm_date_bare_month(&scan->anchor, month, relation < 0 ? -2 : relation);
        at++;
    } else if (stm_season_of_word(stm_time_token(scan, at)->lower) != 0) {
        struct stm_time_match season = stm_match_season(scan, at, relation);
        if (season.count == 0) {
            return match;
        }
        match.date = season.date;
        at += season.count;
    } else if (relation == 0 && STM_TIME_IS_ANY(scan, at, dayparts)) {
        match.date = stm_date_shift(&scan->anchor, STM_UNIT_DAY, 0);
        at++;
    } else if (relation < 0 && stm_time_is_at(scan, at, "night")) {
        match.date = stm_date_shift(&scan->anchor, STM_UNIT_DAY, -1);
        at++;
    } else {
        return match;
    }
    match.count = at - i;
    return match;
}

/** "three days ago", "a year earlier", "two years later", "in recent weeks". */
struct stm_time_match stm_match_distance(const struct stm_time_scan *scan, uint32_t i)
{
    static const char *const unresolved[] = {"later", "earlier", "before", "after", "afterwards"};
    struct stm_time_match match = {0};
    struct stm_number number = {0};
    uint32_t at = i;
    uint64_t amount = 1;
    if (stm_time_is_at(scan, i, "recent") && i + 1 < scan->end &&
        stm_unit_of_word(stm_time_token(scan, i + 1)->lower) > STM_UNIT_HOUR) {
        match.count = 2;
        return match;
    }
    if ((stm_time_is_at(scan, i, "a") || stm_time_is_at(scan, i, "an")) && i + 1 < scan->end &&
        stm_unit_of_word(stm_time_token(scan, i + 1)->lower) != STM_UNIT_NONE) {
        at++;
    } else {
        uint32_t taken = stm_number_read(&scan->ann->tokens[i], scan->end - i, &number);
        if (taken == 0 || number.scaled % STM_NUMBER_SCALE != 0) {
            return match;
        }
        amount = number.scaled / STM_NUMBER_SCALE;
        at += taken;
    }
    if (at >= scan->end) {
        return match;
    }
    enum stm_time_unit unit = stm_unit_of_word(stm_time_token(scan, at)->lower);
    if (unit == STM_UNIT_NONE || amount > 10000) {
        return match;
    }
    at++;
    if (stm_time_is_at(scan, at, "ago")) {
        match.count = at + 1 - i;
        if (!number.vague) {
            match.date = stm_date_shift(&scan->anchor, unit, -(int64_t)amount);
            if (unit == STM_UNIT_DECADE && scan->anchor.has_year) {
                match.date = stm_date_year(scan->anchor.year - (int)amount * 10);
                match.date.about = 1;
            }
        }
        return match;
    }
    /* Counted from another time of the text: recognised, not resolved. */
    if (STM_TIME_IS_ANY(scan, at, unresolved)) {
        int needs_end = stm_time_is_at(scan, at, "before") || stm_time_is_at(scan, at, "after");
        uint8_t next = at + 1 < scan->end ? stm_time_token(scan, at + 1)->tag : STM_TAG_PUNCTUATION;
        if (!needs_end || next == STM_TAG_PUNCTUATION) {
            match.count = at + 1 - i;
        }
    }
    return match;
}
