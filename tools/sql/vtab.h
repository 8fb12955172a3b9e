/* SPDX-License-Identifier: MIT */
/**
 * @file vtab.h
 * What planning (plan.c) and going through rows (module.c) share of a virtual table.
 */
#ifndef STEMMA_SQL_VTAB_H
#define STEMMA_SQL_VTAB_H

#include "sql/table.h"

struct stm_sql_vtab {
    sqlite3_vtab sqlite; /* first */
    const struct stm_sql_table *table;
    struct stm_sql_bases *bases;
    struct stm_sql_base *base;
};

/* A plan as one number: way, order, slots, what bounds are strict. Limit and offset are told by how many
   values there are beyond the slots. */
#define WAY_BITS    3
#define ORDER_SHIFT WAY_BITS
#define ORDER_BITS  3
#define LIMIT_BIT   6
#define OFFSET_BIT  7
#define USED_SHIFT  8
#define STRICT_SHIFT (USED_SHIFT + STM_SQL_SLOTS)

_Static_assert(STRICT_SHIFT + STM_SQL_SLOTS <= 32, "a plan is one number");

/** SQLite's xBestIndex. */
int stm_sql_best_index(sqlite3_vtab *sqlite, sqlite3_index_info *info);

/** Says what went wrong with the file, and gives SQLite's code for it. */
int stm_sql_complain(struct stm_sql_vtab *vtab, stemma_status status, const stemma_error *error);

#endif
