/* SPDX-License-Identifier: MIT */
/* Points of time reckoned from the date that was told last. */
#include "pack/extract/time_relative.h"

struct stm_time_match stm_match_narrated(const struct stm_time_scan *scan, uint32_t i)
{
    static const char *const same[] = {"same"};
    static const char *const next[] = {"following", "next", "ensuing", "subsequent"};
    static const char *const back[] = {"previous", "preceding"};
    struct stm_time_match match = {0};
    int shift = 2;
    uint32_t at = i;
    if (stm_time_is_at(scan, i, "that") || stm_time_is_at(scan, i, "same")) {
        shift = 0;
        at = i + 1;
        at += stm_time_is_at(scan, at, "same");
    } else if (stm_time_is_at(scan, i, "the")) {
        at = i + 2;
        shift = STM_TIME_IS_ANY(scan, i + 1, same)   ? 0
                : STM_TIME_IS_ANY(scan, i + 1, next) ? 1
                : STM_TIME_IS_ANY(scan, i + 1, back) ? -1
                                                     : 2;
        if (shift == 2 && stm_time_tag(scan, i + 3) == STM_TAG_PUNCTUATION &&
            stm_time_unit_at(scan, i + 1, 1) >= STM_UNIT_DAY) {
            at = i + 1; /* "the day before", "the year after" */
            shift = stm_time_is_at(scan, i + 2, "before")  ? -1
                    : stm_time_is_at(scan, i + 2, "after") ? 1
                                                           : 2;
            match.count = 1;
        }
    }
    if (shift == 2) {
        match.count = 0;
        return match;
    }
    enum stm_time_unit unit = stm_time_unit_at(scan, at, 1);
    int weekday = unit == STM_UNIT_NONE ? stm_time_weekday_at(scan, at) : 0;
    if (unit == STM_UNIT_NONE && stm_time_is_daypart(scan, at)) {
        unit = STM_UNIT_DAY;
    }
    int has_anchor = scan->narrated.has_year;
    int season = unit == STM_UNIT_NONE && weekday == 0 && at < scan->end
                     ? stm_season_of_word(stm_time_token(scan, at)->lower)
                     : 0;
    if (season != 0 && has_anchor) {
        /* "the following spring": the next to begin after the month told, or in the year after */
        int starts = 3 + (season - 21) * 3;
        int later = shift > 0 && (!scan->narrated.has_month || scan->narrated.month >= starts);
        match.date = stm_date_month(scan->narrated.year + (later ? 1 : shift < 0 ? -1 : 0), season);
        match.date.kind = STM_DATE_SEASON;
        match.count += at + 1 - i;
        match.anaphoric = 1;
        return match;
    }
    if (unit == STM_UNIT_NONE && shift == 0 && has_anchor && stm_time_is_at(scan, i, "that") &&
        stm_time_is_at(scan, at, "period") && !stm_time_is_at(scan, at + 1, "of")) {
        /* "during that period": as far as the date told last says */
        match.date = stm_date_shift(&scan->narrated,
                                    scan->narrated.has_month ? STM_UNIT_MONTH : STM_UNIT_YEAR, 0);
        match.count += at + 1 - i;
        match.anaphoric = 1;
        return match;
    }
    /* "that day" needs a day told; "the previous year" and "the following week" may count from
       publication. */
    if ((unit < STM_UNIT_DAY && weekday == 0) || (shift == 0 && !has_anchor)) {
        match.count = 0;
        return match;
    }
    int counted_back = shift < 0 && unit > STM_UNIT_DAY;
    const struct stm_anchor *anchor = has_anchor || !counted_back ? &scan->narrated : &scan->anchor;
    if (weekday != 0) {
        match.date = stm_date_weekday(anchor, weekday, shift < 0 ? -2 : shift > 0 ? 1 : -1);
    } else {
        match.date = stm_date_shift(anchor, unit, shift);
    }
    match.count += at + 1 - i;
    match.anaphoric = 1;
    return match;
}
