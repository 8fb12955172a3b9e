/* SPDX-License-Identifier: MIT */
/**
 * @file table.h
 * A table of a knowledge base as SQL sees it: its columns, the ways into it, and how rows are met.
 *
 * A *slot* is a condition that a table can use: a column and a kind of comparison. A *way* is a set of slots
 * that must be given and of such that may be. plan.c finds the cheapest way for a question, and hands its
 * values to the table's `filter`.
 */
#ifndef STEMMA_SQL_TABLE_H
#define STEMMA_SQL_TABLE_H

#include "sql/base.h"
#include "sql/value.h"

#define STM_SQL_SLOTS 12

/** What is held of the values of a slot. */
enum stm_sql_kind {
    STM_SQL_INTEGER, /**< Exactly what SQLite would compare: need not be compared again. */
    STM_SQL_TIME,    /**< The text of an earliest second: exact for plain text. */
    STM_SQL_TEXT,    /**< Too much may be found. */
    STM_SQL_INPUT    /**< A hidden column: an argument, that has no value otherwise. */
};

struct stm_sql_slot {
    int8_t column; /**< Of the table; 0 is the row's number, if the table has it. */
    uint8_t op;    /**< enum stm_sql_op */
    uint8_t kind;  /**< enum stm_sql_kind */
    const char *words; /**< For EXPLAIN QUERY PLAN. */
};

#define STM_SQL_SLOT(n) (1u << (n))

struct stm_sql_way {
    const char *words; /**< Instead of those of the slots, or NULL. */
    uint16_t need;     /**< Slots. */
    uint16_t may;
};

/** What is known of a question while it is planned. */
struct stm_sql_guess {
    struct stm_sql_base *base;
    unsigned way;
    uint16_t used;   /**< Slots. */
    uint16_t strict; /**< > or < rather than >= or <=. */
    sqlite3_value *value[STM_SQL_SLOTS]; /**< Literals; NULL: not known yet. */
    double rows;     /**< To be filled in. */
    double cost;     /**< Likewise: rows met, roughly. */
    bool unique;     /**< Likewise: one row at most. */
    unsigned order;  /**< That was promised, when limits are asked for. */
};

/** An order that is asked for, or that was promised. */
struct stm_sql_order {
    unsigned count;
    struct {
        int column;
        bool descending;
    } by[4];
};

/** What a cursor is to find. */
struct stm_sql_plan {
    unsigned way;
    uint16_t used;
    uint16_t strict;
    unsigned order; /**< As the table numbered it; 0: any. */
    sqlite3_value *value[STM_SQL_SLOTS];
    int64_t limit;  /**< INT64_MAX: none. */
    int64_t offset; /**< Already checked: not below 0. */
};

struct stm_sql_vtab;

/** What all cursors begin with. */
struct stm_sql_cursor {
    sqlite3_vtab_cursor sqlite; /**< First. */
    struct stm_sql_base *base;
    stemma_snapshot *list;     /**< What lives from one filter to the next. */
    stemma_snapshot *document; /**< The document at hand. */
    stemma_snapshot *item;     /**< The row at hand and some before it. */
    unsigned rows;             /**< Met since the item was emptied. */
    bool ended;
    stemma_error error;
};

struct stm_sql_table {
    const char *name;
    const char *columns; /**< "number INTEGER, ...": what CREATE TABLE has in brackets. */
    const struct stm_sql_slot *slots;
    unsigned slot_count;
    const struct stm_sql_way *ways;
    unsigned way_count;
    size_t cursor_size;
    bool numbered; /**< Column 0 is the rowid. */

    /** Fills in rows and cost. */
    stemma_status (*estimate)(struct stm_sql_guess *guess, stemma_error *error);

    /** The number of an order that the way can give, 0 when it cannot. May be NULL. */
    unsigned (*order)(const struct stm_sql_guess *guess, const struct stm_sql_order *order);

    /** Whether the way skips and stops as LIMIT and OFFSET tell. */
    bool (*limits)(const struct stm_sql_guess *guess);

    /** Begins. `next` is called then for the first row. STEMMA_END: there is none. */
    stemma_status (*filter)(struct stm_sql_cursor *cursor, const struct stm_sql_plan *plan);

    /** STEMMA_OK, STEMMA_END, or STEMMA_NOT_FOUND for a row to be passed over. */
    stemma_status (*next)(struct stm_sql_cursor *cursor);

    stemma_status (*column)(struct stm_sql_cursor *cursor, sqlite3_context *context, int column);
    int64_t (*rowid)(struct stm_sql_cursor *cursor);
    void (*close)(struct stm_sql_cursor *cursor); /**< May be NULL. */
};

/** All tables; NULL after the last. */
const struct stm_sql_table *stm_sql_table_at(unsigned index);

/** NULL when there is none of this name. */
const struct stm_sql_table *stm_sql_table_find(const char *name);

/** Makes sure that a snapshot of the cursor is there. */
stemma_status stm_sql_need(struct stm_sql_cursor *cursor, stemma_snapshot **snapshot);

/** Begins the next row: empties the item now and then. */
stemma_status stm_sql_next_item(struct stm_sql_cursor *cursor);

/** The public id of a thing. */
stemma_status stm_sql_id(struct stm_sql_cursor *cursor, sqlite3_context *context, uint8_t kind,
                         uint32_t number);

/** What an id in a slot names; STEMMA_END when it names nothing of the kind. */
stemma_status stm_sql_resolve(struct stm_sql_cursor *cursor, sqlite3_value *value, uint8_t kind,
                              uint32_t *number);

/** The numbers [0, count) that the slots `first` (=), `first + 1` (>=) and `first + 2` (<=) leave. */
struct stm_sql_numbers stm_sql_plan_numbers(const struct stm_sql_plan *plan, unsigned first,
                                            uint64_t count);

/** How many of `count` numbers those slots leave, as far as that is known. */
double stm_sql_guess_numbers(const struct stm_sql_guess *guess, unsigned first, uint64_t count);

extern const struct stm_sql_table stm_sql_document, stm_sql_entity, stm_sql_name, stm_sql_event,
    stm_sql_participant, stm_sql_claim, stm_sql_witness, stm_sql_assertion, stm_sql_evidence,
    stm_sql_referent, stm_sql_mention, stm_sql_judgement, stm_sql_derivation, stm_sql_run,
    stm_sql_term, stm_sql_find, stm_sql_search;

/* ---- Setting up ---- */

/** Makes the module "stemma" known to a connection. `given` is what tables without a file name are of, or
 *  NULL: then a table may open any file, but not from a view or trigger. Result codes of SQLite. */
int stm_sql_register(sqlite3 *db, stemma_file *given, const char *path, uint32_t until);

/** Makes all tables in the schema temp, their names after `prefix`. `message` is sqlite3_free()d. */
int stm_sql_attach(sqlite3 *db, const char *path, const char *prefix, const char *as_of,
                   char **message);

#endif
