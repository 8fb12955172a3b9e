/* SPDX-License-Identifier: MIT */
/* The records of a damaged file that can still be reached or found: sound leaf pages by table.
 *
 * A store over them (stm_store_over) reads like one over LMDB, but for records that are not there.
 * The file is mapped and never handed to LMDB. Memory: about five bytes a page of the file. */
#ifndef STEMMA_LIB_REMAINS_H
#define STEMMA_LIB_REMAINS_H

#include <stdbool.h>

#include "page_remains.h"
#include "stemma/status.h"
#include "tables.h"

/* The leaf pages of one table, in the order of their keys. */
typedef struct stm_remains_table {
    uint32_t *pages;
    size_t count;
    size_t room;
    uint64_t entries; /* records whose values can be read, too */
    uint64_t lost;    /* records whose values cannot: their overflow runs are damaged */
    bool whole;       /* its tree is sound */
    bool named;       /* the main table leads to its tree */
} stm_remains_table;

typedef struct stm_remains {
    stemma_bytes file; /* whole pages */
    size_t size;       /* bytes of the file, also of a part of a page at its end */
    void *map;
    stm_remains_table tables[STM_TABLE_COUNT];
    uint64_t problems; /* broken rules met */
    uint64_t strays;   /* sound leaf pages that no tree led to ... */
    uint64_t unplaced; /* ... and of these those whose table could not be told */
} stm_remains;

/* Told of each broken rule. NULL: nobody is. Returns false to end the scan. */
typedef bool stm_remains_problem(void *context, stm_page_problem problem,
                                 const stm_page_place *place);

/* Maps the file and finds what is left. `*out` is the caller's. STEMMA_E_SYSTEM,
   STEMMA_E_NO_MEMORY, STEMMA_E_NOT_STEMMA (no regular file of two pages), STEMMA_END (the callback
   ended it). */
stemma_status stm_remains_open(stm_remains **out, const char *path, stm_remains_problem *problem,
                               void *context, stemma_error *error);

/* NULL is fine. */
void stm_remains_close(stm_remains *remains);

/* ---- Reading: any number of threads -------------------------------------------------------- */

/* A record of a table; leaf = count of its pages: behind the last one. */
typedef struct stm_remains_place {
    size_t leaf;
    unsigned node;
} stm_remains_place;

/* The first place whose key is not below `key`. */
stm_remains_place stm_remains_seek(const stm_remains *remains, stm_table table, stemma_bytes key);

/* The first or last place at or after (before) `*place` whose value can be read; false when there
   is none. */
bool stm_remains_forward(const stm_remains *remains, stm_table table, stm_remains_place *place,
                         stemma_bytes *key, stemma_bytes *value);
bool stm_remains_backward(const stm_remains *remains, stm_table table, stm_remains_place *place,
                          stemma_bytes *key, stemma_bytes *value);

/* One place on, or back: false at the end. */
bool stm_remains_next(const stm_remains *remains, stm_table table, stm_remains_place *place);
bool stm_remains_previous(const stm_remains *remains, stm_table table, stm_remains_place *place);

/* ---- remains_stray.c ----------------------------------------------------------------------- */

/* Sound leaf pages whose tables are not known, ascending, and the owners of pages that are: one more
   than a stm_table, or 0. */
typedef struct stm_strays {
    uint32_t *pages;
    size_t count;
    size_t room;
    uint8_t *owners; /* one a page of the file */
    uint64_t page_count;
} stm_strays;

/* The table of a page; STM_TABLE_COUNT when it is not known. */
static inline unsigned stm_strays_owner(const stm_strays *strays, uint64_t page)
{
    return strays->owners[page] == 0 ? STM_TABLE_COUNT : strays->owners[page] - 1u;
}

/* Tells the tables of strays: sets their owners. */
void stm_strays_place(const stm_remains *remains, stm_strays *strays);

/* The key of a page's first or last node. */
stemma_bytes stm_remains_key(const stm_remains *remains, uint32_t page, bool last);

#endif
