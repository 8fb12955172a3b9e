/* SPDX-License-Identifier: MIT */
/**
 * @file time_date.h
 * Points of the calendar as news names them, reckoned from the day of publication.
 *
 * Pure functions; any thread, no allocation.
 */
#ifndef STEMMA_EXTRACT_TIME_DATE_H
#define STEMMA_EXTRACT_TIME_DATE_H

#include "stemma/types.h"

enum stm_date_kind {
    STM_DATE_NONE = 0, /**< Understood as a time, but not resolved. */
    STM_DATE_DAY,
    STM_DATE_DAYS, /**< One moment between `day` and `last`. */
    STM_DATE_MONTH,
    STM_DATE_SEASON, /**< `month` is 21..24. */
    STM_DATE_YEAR,
    STM_DATE_DECADE, /**< `year` is its first year. */
    STM_DATE_CENTURY /**< `year` is its first year: 1800. */
};

struct stm_date {
    uint8_t kind; /**< stm_date_kind */
    uint8_t about;
    uint16_t clock; /**< Of a day: 1 + minutes since midnight; 0 when no time of day is told. */
    int32_t year;
    int32_t month;
    int64_t day; /**< Days since 1970-01-01. */
    int64_t last;
};

/** The date from which others are reckoned: publication, or one told before. What is known of it.
 */
struct stm_anchor {
    int has_day;
    int has_month;
    int has_year;
    int64_t day;
    int32_t year;
    int32_t month;
};

enum stm_time_unit {
    STM_UNIT_NONE = 0,
    STM_UNIT_HOUR, /**< and shorter */
    STM_UNIT_DAY,
    STM_UNIT_WEEKEND,
    STM_UNIT_WEEK,
    STM_UNIT_MONTH,
    STM_UNIT_YEAR,
    STM_UNIT_DECADE,
    STM_UNIT_CENTURY
};

/** From EDTF; everything 0 when it cannot be read or spans more than a year. */
struct stm_anchor stm_anchor_of(stemma_text published);

/** A date told, as an anchor; everything 0 for what is wider than a year or not resolved. */
struct stm_anchor stm_anchor_at(const struct stm_date *date);

/** The date that an anchor is of, as far as it is known. */
struct stm_date stm_date_told(const struct stm_anchor *anchor);

/** 1..12 for "september", "sept", "sept."; 0 otherwise. Lower case. */
int stm_month_of_word(stemma_text word);

/** 1 (Monday)..7 for "saturday", "sat", "sat."; 0 otherwise. Lower case. */
int stm_weekday_of_word(stemma_text word);

/** 21 (spring)..24 (winter), 0 otherwise. */
int stm_season_of_word(stemma_text word);

/** "week", "weeks", "week-long" not. */
enum stm_time_unit stm_unit_of_word(stemma_text word);

/** 1 (Monday)..7 */
int stm_weekday_of_day(int64_t day);

/** STM_DATE_NONE when there is no such day. */
struct stm_date stm_date_civil(int year, int month, int day);
struct stm_date stm_date_month(int year, int month);
struct stm_date stm_date_year(int year);

/** A weekday: `direction` -1 the last one up to and with the anchor, -2 the last one before it,
    1 the next one after the anchor. NONE without a day of publication. */
struct stm_date stm_date_weekday(const struct stm_anchor *anchor, int weekday, int direction);

/** A month without a year: `direction` -1 latest begun, -2 latest past, 1 next or the present one,
    0 that of the year of publication. */
struct stm_date stm_date_bare_month(const struct stm_anchor *anchor, int month, int direction);

/** A day and month without year, past (-1) or to come (1). */
struct stm_date stm_date_bare_day(const struct stm_anchor *anchor, int month, int day,
                                  int direction);

/** "the 14th": that day of the month of publication or of the one before or after it. */
struct stm_date stm_date_bare_ordinal(const struct stm_anchor *anchor, int day, int direction);

/** "last week" (-1), "this week" (0), "next week" (1), "three weeks ago" (-3). */
struct stm_date stm_date_shift(const struct stm_anchor *anchor, enum stm_time_unit unit,
                               int64_t shift);

enum stm_date_frame {
    STM_FRAME_POINT = 0,
    STM_FRAME_SINCE, /**< A/.. */
    STM_FRAME_UNTIL, /**< ../A */
    STM_FRAME_RANGE, /**< A/B */
    STM_FRAME_BY     /**< [..A] */
};

#define STM_EDTF_TEXT 64

/** EDTF and a NUL; "" when a date is not resolved or leaves the years 1..9999. */
void stm_date_edtf(const struct stm_date *from, const struct stm_date *to,
                   enum stm_date_frame frame, char out[STM_EDTF_TEXT]);

#endif
