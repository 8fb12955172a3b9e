/* SPDX-License-Identifier: MIT */
/* What store_open.c and store_read.c share: they alone include it. */
#ifndef STEMMA_LIB_STORE_PARTS_H
#define STEMMA_LIB_STORE_PARTS_H

#include <lmdb.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/stat.h>

#include "file/remains.h"
#include "file/store.h"

struct stm_store {
    MDB_env *env;
    MDB_dbi tables[STM_TABLE_COUNT];
    uint64_t entries[STM_TABLE_COUNT];
    int absent[STM_TABLE_COUNT]; /* optional tables that the file does not have */
    pthread_mutex_t lock;        /* LMDB opens tables while no transaction begins */
    atomic_bool all_open;        /* tables have their handles; before, only those of stm_store_is_first() */
    struct stat seen;            /* of the file, when it was opened */
    const stm_remains *remains;  /* instead of the environment: of a damaged file */
};

struct stm_store_cursor {
    MDB_cursor *cursor;
    stm_remains_place place; /* instead of the cursor */
    stm_store_view *view;
    stm_table table;
    stm_store_cursor *next;     /* of those that are free for this table, or of those that are out */
    stm_store_cursor *before;   /* of those that are out */
    stm_store_cursor *next_all; /* of all of the view */
    int out;
};

struct stm_store_view {
    stm_store *store;
    MDB_txn *txn;
    bool knows_all; /* the transaction knows the handles of all tables */
    stm_store_cursor *free[STM_TABLE_COUNT];
    stm_store_cursor *out; /* a reset is about these alone, however many there ever were */
    stm_store_cursor *all;
};

/* Tables that the first answer needs. A handle costs some thousand instructions, as many as the answer: the other
   ones are opened when any of them is asked for. */
static inline bool stm_store_is_first(stm_table table)
{
    return table == STM_TABLE_META || table == STM_TABLE_EVENT || table == STM_TABLE_VOCABULARY;
}

/* Opens the handles that are missing. Transactions that have begun before do not know them. */
stemma_status stm_store_open_all(stm_store *store);

/* The only place where LMDB's codes become ours. `code` is not 0. */
stemma_status stm_store_failed(stemma_error *error, int code, const char *where);

#endif
