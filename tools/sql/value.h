/* SPDX-License-Identifier: MIT */
/**
 * @file value.h
 * Values of SQLite as bounds on what a table holds, and what a table holds as values of SQLite.
 */
#ifndef STEMMA_SQL_VALUE_H
#define STEMMA_SQL_VALUE_H

#include "common/enum_names.h"
#include <stdbool.h>
#include <stdio.h>

#include "sql/sqlite.h"
#include "stemma/stemma.h"

/** What a condition compares with. */
enum stm_sql_op {
    STM_SQL_EQ,   /**< = and IN */
    STM_SQL_LOW,  /**< >= and > */
    STM_SQL_HIGH, /**< <= and < */
    STM_SQL_LIKE, /**< LIKE and GLOB */
    STM_SQL_MATCH
};

/** Whole numbers [first, last]; none when first > last. */
struct stm_sql_numbers {
    int64_t first;
    int64_t last;
};

static inline bool stm_sql_none(const struct stm_sql_numbers *numbers)
{
    return numbers->first > numbers->last;
}

/** Narrows to the numbers that compare so with `value` as SQLite compares a column of integers:
 *  exactly. `strict`: > or < rather than >= or <=. */
void stm_sql_narrow(struct stm_sql_numbers *numbers, sqlite3_value *value, enum stm_sql_op op,
                    bool strict);

/** The same for seconds since 1970 whose text (below, earliest) compares so with `value`. Exact for a
 *  value that is text of ASCII; of any other too much may be left. */
void stm_sql_narrow_time(struct stm_sql_numbers *seconds, sqlite3_value *value, enum stm_sql_op op,
                         bool strict);

/** Whether a value makes stm_sql_narrow_time() exact. */
bool stm_sql_is_plain_text(sqlite3_value *value);

/** A value that is text. False, and `*out` empty, when it is none. */
bool stm_sql_value_text(sqlite3_value *value, stemma_text *out);

/** The letters that a pattern of LIKE or GLOB begins with, in lower case, at most `capacity`. */
size_t stm_sql_pattern_prefix(sqlite3_value *value, char *out, size_t capacity);

#define STM_SQL_TIME_SIZE 24

/** "2024-06-30", or with the time of day, "2024-06-30T14:30:00Z", when that is not the day's first
 *  second (of a latest moment: its last). "" when unknown. Later moments have greater texts, as far as they
 *  are earliest ones. */
void stm_sql_time_text(int64_t seconds, bool latest, char out[STM_SQL_TIME_SIZE]);

/* ---- Results. What is unknown, empty or none is NULL. ---- */

/** Copied. */
void stm_sql_text(sqlite3_context *context, stemma_text text);
/** Lives as long as the file is open. */
void stm_sql_lasting(sqlite3_context *context, stemma_text text);
void stm_sql_number(sqlite3_context *context, uint32_t number);
void stm_sql_time(sqlite3_context *context, int64_t seconds, bool latest);

/** The text of the earliest moment that was asked for last: events that follow each other often begin
    on one day, and one that is compared is often shown, too. {0} is empty. */
struct stm_sql_day {
    int64_t seconds;
    char text[STM_SQL_TIME_SIZE]; /**< "": none is held. */
};

/** As stm_sql_time() for an earliest moment. */
void stm_sql_earliest(sqlite3_context *context, struct stm_sql_day *day, int64_t seconds);
/** A decimal: an integer when it is one, else a real number; of more than 15 digits its text. */
void stm_sql_decimal(sqlite3_context *context, stemma_text decimal);
/** 0..1000 as 0.0..1.0. */
void stm_sql_score(sqlite3_context *context, uint16_t score);
/** The word for a value; `zero`: 0 has a word, too, and is not "unspecified". */
void stm_sql_word(sqlite3_context *context, enum stm_enum which, uint8_t value, bool zero);

#endif
