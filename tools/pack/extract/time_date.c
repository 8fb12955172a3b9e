/* SPDX-License-Identifier: MIT */
#include "pack/extract/time_date.h"

#include "stemma/edtf.h"

#define SECONDS_PER_DAY INT64_C(86400)

static int find_word(const char *const *table, size_t count, stemma_text word)
{
    if (word.size > 1 && word.data[word.size - 1] == '.') {
        word.size--;
    }
    for (size_t i = 0; i < count && word.size != 0; i++) {
        if (word.data[0] == table[i][0] && stemma_text_equal(word, stemma_text_of(table[i]))) {
            return (int)i;
        }
    }
    return -1;
}

int stm_month_of_word(stemma_text word)
{
    static const char *const names[] = {
        "january", "february", "march",    "april", "may", "june", "july", "august", "september",
        "october", "november", "december", "jan",   "feb", "mar",  "apr",  "may",    "jun",
        "jul",     "aug",      "sep",      "oct",   "nov", "dec",  "sept"};
    int found = find_word(names, sizeof names / sizeof names[0], word);
    if (found == 24) {
        return 9;
    }
    return found < 0 ? 0 : found % 12 + 1;
}

int stm_weekday_of_word(stemma_text word)
{
    static const char *const names[] = {"monday",   "tuesday", "wednesday", "thursday", "friday",
                                        "saturday", "sunday",  "mon",       "tue",      "wed",
                                        "thu",      "fri",     "sat",       "sun"};
    static const char *const variants[] = {"tues", "weds", "thur", "thurs"};
    static const int variant_days[] = {2, 3, 4, 4};
    int found = find_word(names, sizeof names / sizeof names[0], word);
    if (found >= 0) {
        return found % 7 + 1;
    }
    found = find_word(variants, sizeof variants / sizeof variants[0], word);
    return found < 0 ? 0 : variant_days[found];
}

int stm_season_of_word(stemma_text word)
{
    static const char *const names[] = {"spring", "summer", "autumn", "winter", "fall"};
    int found = find_word(names, sizeof names / sizeof names[0], word);
    return found < 0 ? 0 : found == 4 ? 23 : 21 + found;
}

enum stm_time_unit stm_unit_of_word(stemma_text word)
{
    static const struct {
        const char *word;
        enum stm_time_unit unit;
    } table[] = {
        {"second", STM_UNIT_HOUR},     {"minute", STM_UNIT_HOUR},     {"hour", STM_UNIT_HOUR},
        {"day", STM_UNIT_DAY},         {"weekend", STM_UNIT_WEEKEND}, {"week", STM_UNIT_WEEK},
        {"month", STM_UNIT_MONTH},     {"year", STM_UNIT_YEAR},       {"decade", STM_UNIT_DECADE},
        {"century", STM_UNIT_CENTURY},
    };
    if (stemma_text_equal(word, stemma_text_of("centuries"))) {
        return STM_UNIT_CENTURY;
    }
    if (word.size > 1 && word.data[word.size - 1] == 's') {
        word.size--;
    }
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (stemma_text_equal(word, stemma_text_of(table[i].word))) {
            return table[i].unit;
        }
    }
    return STM_UNIT_NONE;
}

int stm_weekday_of_day(int64_t day)
{
    /* 1970-01-01 was a Thursday. */
    int64_t shifted = (day + 3) % 7;
    return (int)(shifted < 0 ? shifted + 7 : shifted) + 1;
}

struct stm_anchor stm_anchor_of(stemma_text published)
{
    struct stm_anchor anchor = {0};
    stemma_time_bounds bounds;
    int month = 0;
    int day = 0;
    int year = 0;
    if (stemma_edtf_bounds(published, &bounds) != STEMMA_OK || bounds.extent ||
        bounds.precision < STEMMA_PRECISION_YEAR ||
        bounds.start_earliest == STEMMA_TIME_UNKNOWN_EARLY ||
        bounds.start_latest == STEMMA_TIME_UNKNOWN_LATE ||
        bounds.start_latest - bounds.start_earliest > 366 * SECONDS_PER_DAY) {
        return anchor;
    }
    int64_t days = bounds.start_earliest / SECONDS_PER_DAY;
    if (bounds.start_earliest % SECONDS_PER_DAY < 0) {
        days--;
    }
    stemma_civil_from_days(days, &year, &month, &day);
    anchor.year = year;
    anchor.has_year = 1;
    if (bounds.precision >= STEMMA_PRECISION_MONTH) {
        anchor.month = month;
        anchor.has_month = 1;
    }
    if (bounds.precision >= STEMMA_PRECISION_DAY &&
        bounds.start_latest - bounds.start_earliest < SECONDS_PER_DAY) {
        anchor.day = days;
        anchor.has_day = 1;
    }
    return anchor;
}

struct stm_anchor stm_anchor_at(const struct stm_date *date)
{
    struct stm_anchor anchor = {0};
    int day = 0;
    int year = date->year;
    int month = date->month;
    if (date->kind == STM_DATE_DAY || date->kind == STM_DATE_DAYS) {
        stemma_civil_from_days(date->day, &year, &month, &day);
        anchor.has_day = date->kind == STM_DATE_DAY;
        anchor.day = anchor.has_day ? date->day : 0;
        anchor.has_month = 1;
    } else if (date->kind == STM_DATE_MONTH) {
        anchor.has_month = 1;
    } else if (date->kind != STM_DATE_YEAR && date->kind != STM_DATE_SEASON) {
        return anchor;
    }
    anchor.has_year = 1;
    anchor.year = year;
    anchor.month = anchor.has_month ? month : 0;
    return anchor;
}

static struct stm_date date_of_day(int64_t day)
{
    struct stm_date date = {.kind = STM_DATE_DAY, .day = day, .last = day};
    return date;
}

struct stm_date stm_date_told(const struct stm_anchor *anchor)
{
    struct stm_date none = {0};
    return anchor->has_day     ? date_of_day(anchor->day)
           : anchor->has_month ? stm_date_month(anchor->year, anchor->month)
           : anchor->has_year  ? stm_date_year(anchor->year)
                               : none;
}

struct stm_date stm_date_civil(int year, int month, int day)
{
    static const uint8_t lengths[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    struct stm_date none = {0};
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) {
        return none;
    }
    int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if (day > lengths[month - 1] + (month == 2 && leap ? 1 : 0)) {
        return none;
    }
    return date_of_day(stemma_days_from_civil(year, month, day));
}

struct stm_date stm_date_month(int year, int month)
{
    struct stm_date date = {.kind = STM_DATE_MONTH, .year = year, .month = month};
    return date;
}

struct stm_date stm_date_year(int year)
{
    struct stm_date date = {.kind = STM_DATE_YEAR, .year = year};
    return date;
}

struct stm_date stm_date_weekday(const struct stm_anchor *anchor, int weekday, int direction)
{
    struct stm_date none = {0};
    if (!anchor->has_day) {
        return none;
    }
    int today = stm_weekday_of_day(anchor->day);
    int back = (today - weekday + 7) % 7;
    if (direction > 0) {
        return date_of_day(anchor->day + (back == 0 ? 7 : 7 - back));
    }
    if (direction == -2 && back == 0) {
        back = 7;
    }
    return date_of_day(anchor->day - back);
}

struct stm_date stm_date_bare_month(const struct stm_anchor *anchor, int month, int direction)
{
    struct stm_date none = {0};
    if (!anchor->has_year || (direction != 0 && !anchor->has_month)) {
        return none;
    }
    int year = anchor->year;
    if ((direction == -1 && month > anchor->month) || (direction == -2 && month >= anchor->month)) {
        year--;
    } else if (direction > 0 && month < anchor->month) {
        year++;
    }
    return stm_date_month(year, month);
}

struct stm_date stm_date_bare_day(const struct stm_anchor *anchor, int month, int day,
                                  int direction)
{
    struct stm_date none = {0};
    if (!anchor->has_day) {
        return none;
    }
    struct stm_date date = stm_date_civil(anchor->year, month, day);
    if (date.kind == STM_DATE_NONE) {
        return date;
    }
    if (direction < 0 && date.day > anchor->day) {
        return stm_date_civil(anchor->year - 1, month, day);
    }
    if (direction > 0 && date.day < anchor->day) {
        return stm_date_civil(anchor->year + 1, month, day);
    }
    return date;
}

struct stm_date stm_date_bare_ordinal(const struct stm_anchor *anchor, int day, int direction)
{
    struct stm_date date = {0};
    if (!anchor->has_day) {
        return date;
    }
    date = stm_date_civil(anchor->year, anchor->month, day);
    if (direction < 0 && (date.kind == STM_DATE_NONE || date.day > anchor->day)) {
        return anchor->month == 1 ? stm_date_civil(anchor->year - 1, 12, day)
                                  : stm_date_civil(anchor->year, anchor->month - 1, day);
    }
    if (direction > 0 && (date.kind == STM_DATE_NONE || date.day < anchor->day)) {
        return anchor->month == 12 ? stm_date_civil(anchor->year + 1, 1, day)
                                   : stm_date_civil(anchor->year, anchor->month + 1, day);
    }
    return date;
}

static struct stm_date shift_days(const struct stm_anchor *anchor, enum stm_time_unit unit,
                                  int64_t shift)
{
    struct stm_date date = {0};
    if (!anchor->has_day) {
        return date;
    }
    int64_t monday = anchor->day - (stm_weekday_of_day(anchor->day) - 1);
    if (unit == STM_UNIT_HOUR) {
        date = date_of_day(anchor->day + shift / 24);
        date.about = 1;
    } else if (unit == STM_UNIT_DAY) {
        date = date_of_day(anchor->day + shift);
    } else if (unit == STM_UNIT_WEEKEND) {
        /* The weekend that has begun, or else the one before. */
        int64_t saturday = monday + 5 + shift * 7;
        if (shift == 0 && saturday > anchor->day) {
            saturday -= 7;
        }
        date.kind = STM_DATE_DAYS;
        date.day = saturday;
        date.last = saturday + 1;
    } else {
        date.kind = STM_DATE_DAYS;
        date.day = monday + shift * 7;
        date.last = date.day + 6;
    }
    return date;
}

struct stm_date stm_date_shift(const struct stm_anchor *anchor, enum stm_time_unit unit,
                               int64_t shift)
{
    struct stm_date date = {0};
    if (unit == STM_UNIT_NONE || shift < -20000 || shift > 20000) {
        return date;
    }
    if (unit <= STM_UNIT_WEEK) {
        return shift_days(anchor, unit, shift);
    }
    if (unit == STM_UNIT_MONTH) {
        if (!anchor->has_month) {
            return date;
        }
        int64_t months = (int64_t)anchor->year * 12 + anchor->month - 1 + shift;
        return months < 12 ? date : stm_date_month((int)(months / 12), (int)(months % 12) + 1);
    }
    if (!anchor->has_year) {
        return date;
    }
    if (unit == STM_UNIT_YEAR) {
        return stm_date_year((int)(anchor->year + shift));
    }
    int64_t width = unit == STM_UNIT_DECADE ? 10 : 100;
    int64_t first = (anchor->year / width + shift) * width;
    if (first < 0 || first > 9999) {
        return date;
    }
    date.kind = unit == STM_UNIT_DECADE ? STM_DATE_DECADE : STM_DATE_CENTURY;
    date.year = (int32_t)first;
    return date;
}

static size_t put(char *out, size_t at, const char *text)
{
    while (*text != '\0') {
        out[at++] = *text++;
    }
    return at;
}

static size_t put_number(char *out, size_t at, int value, int width)
{
    for (int i = width - 1; i >= 0; i--) {
        out[at + (size_t)i] = (char)('0' + value % 10);
        value /= 10;
    }
    return at + (size_t)width;
}

/** One date, as a point or as the end of an interval. 0 when it cannot be written. */
static size_t put_date(char *out, size_t at, const struct stm_date *date, int last_day)
{
    char day[11];
    if (date->kind == STM_DATE_DAY || date->kind == STM_DATE_DAYS) {
        stemma_day_text((last_day ? date->last : date->day) * SECONDS_PER_DAY, day);
        if (day[0] == '\0') {
            return 0;
        }
        at = put(out, at, day);
        if (date->clock != 0) {
            at = put_number(out, put(out, at, "T"), (date->clock - 1) / 60, 2);
            at = put_number(out, put(out, at, ":"), (date->clock - 1) % 60, 2);
            return at;
        }
    } else if (date->kind == STM_DATE_NONE || date->year < 1 || date->year > 9999) {
        return 0;
    } else if (date->kind == STM_DATE_DECADE) {
        at = put(out, put_number(out, at, date->year / 10, 3), "X");
    } else if (date->kind == STM_DATE_CENTURY) {
        at = put(out, put_number(out, at, date->year / 100, 2), "XX");
    } else {
        at = put_number(out, at, date->year, 4);
        if (date->kind != STM_DATE_YEAR) {
            at = put_number(out, put(out, at, "-"), date->month, 2);
        }
    }
    return date->about ? put(out, at, "~") : at;
}

void stm_date_edtf(const struct stm_date *from, const struct stm_date *to,
                   enum stm_date_frame frame, char out[STM_EDTF_TEXT])
{
    size_t at = 0;
    out[0] = '\0';
    if (frame == STM_FRAME_SINCE || frame == STM_FRAME_RANGE) {
        at = put_date(out, 0, from, 0);
        if (at == 0) {
            out[0] = '\0';
            return;
        }
        at = put(out, at, "/");
        if (frame == STM_FRAME_SINCE) {
            at = put(out, at, "..");
        } else {
            at = put_date(out, at, to, 1);
        }
    } else if (frame == STM_FRAME_UNTIL || frame == STM_FRAME_BY) {
        at = put(out, 0, frame == STM_FRAME_UNTIL ? "../" : "[..");
        at = put_date(out, at, from, 1);
        if (at != 0 && frame == STM_FRAME_BY) {
            at = put(out, at, "]");
        }
    } else if (from->kind == STM_DATE_DAYS) {
        at = put_date(out, put(out, 0, "["), from, 0);
        if (at != 0) {
            at = put_date(out, put(out, at, ".."), from, 1);
        }
        if (at != 0) {
            at = put(out, at, "]");
        }
    } else {
        at = put_date(out, 0, from, 0);
    }
    out[at] = '\0';
    stemma_time_bounds check;
    if (at == 0 || stemma_edtf_bounds(stemma_text_of(out), &check) != STEMMA_OK) {
        out[0] = '\0'; /* such as a range that runs backwards */
    }
}
