/* SPDX-License-Identifier: MIT */
/**
 * @file base.h
 * A knowledge base as one connection of SQLite has it open: one file, at one date, for all its tables.
 */
#ifndef STEMMA_SQL_BASE_H
#define STEMMA_SQL_BASE_H

#include <stdbool.h>
#include <stdio.h>

#include "sql/sqlite.h"
#include "stemma/stemma.h"

/** Snapshots that are kept for the next cursor. */
#define STM_SQL_IDLE 16u

struct stm_sql_base {
    char *path;  /**< As given; owned. */
    char *as_of; /**< As given, or NULL; owned. */
    stemma_file *file;
    bool borrowed;  /**< The file is the program's. */
    bool opened;    /**< Everything below is there. */
    uint32_t until; /**< Documents below this number are known; STEMMA_NONE: all. */
    uint32_t documents; /**< How many those are. */
    stemma_counts counts;
    stemma_snapshot *whole; /**< Never cut, never reset: terms live in it, numbers are asked of it. */
    stemma_term *terms;
    uint64_t *type_counts; /**< By term. */
    uint32_t term_count;
    uint32_t known_events; /**< Events below this number have a known start. */
    uint32_t dated_documents; /**< Documents below this number say when they were published. */
    stemma_snapshot *idle[STM_SQL_IDLE];
    unsigned idle_count;
    unsigned users; /**< Tables; the base ends with the last. */
    struct stm_sql_base *next;
};

/** All that are open on one connection; ends with it. */
struct stm_sql_bases {
    struct stm_sql_base *first;
    struct stm_sql_base *given; /**< What a table without a file name is of; NULL: none. */
};

/** The base of a file at a date, which may be NULL; not opened yet when nobody asked for it before.
 *  One use is counted. NULL without memory. */
struct stm_sql_base *stm_sql_base_take(struct stm_sql_bases *bases, const char *path,
                                       const char *as_of);

/** Ends one use. */
void stm_sql_base_give(struct stm_sql_bases *bases, struct stm_sql_base *base);

/** Opens the file, unless that is done. */
stemma_status stm_sql_base_open(struct stm_sql_base *base, stemma_error *error);

/** A snapshot, cut at the date of the base; give it back. */
stemma_status stm_sql_snapshot_take(struct stm_sql_base *base, stemma_snapshot **out,
                                    stemma_error *error);
void stm_sql_snapshot_give(struct stm_sql_base *base, stemma_snapshot *snapshot);

/** Whether numbers do not follow the time that is shown, and some of them are of nothing. */
static inline bool stm_sql_is_dated(const struct stm_sql_base *base)
{
    return base->until != STEMMA_NONE;
}

/** The first event that starts at `seconds` or later; those whose start is unknown come last. */
stemma_status stm_sql_event_from(struct stm_sql_base *base, int64_t seconds, uint32_t *event,
                                 stemma_error *error);

/** The terms of a kind whose names begin with `prefix`: [*first, *end). */
void stm_sql_terms_below(const struct stm_sql_base *base, uint8_t kind, stemma_text prefix,
                         uint32_t *first, uint32_t *end);

/** One line that says what went wrong; sqlite3_free() it. NULL without memory. */
char *stm_sql_complaint(const struct stm_sql_base *base, stemma_status status,
                        const stemma_error *error);

/** An extended SQLITE_ERROR: memory was refused, or a bound of memory reached; the message says which. */
#define STM_SQL_REFUSED (SQLITE_ERROR | (100 << 8))

/** The result code of SQLite for a status. */
int stm_sql_code(stemma_status status);

#endif
