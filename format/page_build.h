/* SPDX-License-Identifier: MIT */
/**
 * @file page_build.h
 * Makes the pages of a file from records in ascending order of keys, each page once and in its
 * sealed form [C-1] to [C-19]: what LMDB would make of the same records with MDB_APPEND, without a
 * second look at a page.
 *
 * Pages go out as soon as they are full, numbered one after another from the first page behind the
 * front: of a table the overflow runs of a leaf page, then the leaf page, and a branch page behind
 * what is below it. The front are pages 2 and on of which it is known beforehand what will be in
 * them: the root of the main table in page 2, and roots and first leaf pages of tables as the
 * caller chooses. Leaf pages are filled as LMDB fills them; branch pages are filled, too, and
 * their keys are as short as they may be.
 *
 * The builder has a fixed size, allocates nothing and keeps no page but those that it fills.
 */
#ifndef STEMMA_FORMAT_PAGE_BUILD_H
#define STEMMA_FORMAT_PAGE_BUILD_H

#include <stdbool.h>

#include "limits.h"
#include "page_check.h"
#include "page_layout.h"
#include "stemma/status.h"
#include "stemma/types.h"

/** The page of the main table's root: the first one of the front. */
#define STM_PAGE_MAIN_ROOT STM_META_PAGES

/** One past the last page that a front may have: what a system maps at once of a file that it has
 *  in memory is 16 pages. */
#define STM_PAGE_FRONT_MAX 16u

/** Where pages go. Anything but STEMMA_OK ends the building, with that status. */
typedef struct stm_page_sink {
    void *context;
    /** The next bytes of the file from the end of the front on; all in all whole pages. */
    stemma_status (*append)(void *context, const uint8_t *bytes, size_t size);
    /** A page of the front, or (last of all) meta page 0 or 1. */
    stemma_status (*place)(void *context, uint64_t number, const uint8_t *page);
} stm_page_sink;

/** Pages of the front that a table is to fill. */
typedef struct stm_page_front {
    uint32_t root;       /**< Page of its root; 0: none is kept for it, nor any for leaf pages. */
    uint32_t first_leaf; /**< The first of `leaves` pages for its first leaf pages, ... */
    uint32_t leaves;     /**< ... of which it then has so many at least, and a root above them. */
} stm_page_front;

/** A page that is being filled. */
typedef struct stm_page_filling {
    uint8_t bytes[STEMMA_PAGE_SIZE]; /* set from `upper` on, and node pointers */
    uint32_t nodes;
    uint32_t upper;
    uint32_t key_size; /* of the key under which the page above has it */
    uint8_t key[STEMMA_LIMIT_KEY];
} stm_page_filling;

/** One level of branch pages: the one that is being filled, and a full one before it, which waits
 *  until the other has two nodes. */
typedef struct stm_page_level {
    stm_page_filling pages[2];
    unsigned current;
    bool full_before;
} stm_page_level;

/** A table that was begun, and its record once it has ended. */
typedef struct stm_page_ended {
    char name[STM_PAGE_TABLE_NAME];
    uint32_t name_size;
    uint8_t record[STM_TABLE_RECORD];
} stm_page_ended;

/** The state of a file that is being built. The members are nobody else's business. */
typedef struct stm_page_builder {
    const stm_page_sink *sink;
    uint64_t front;       /* one past the last page of the front */
    uint32_t front_taken; /* a bit for each page of it that is placed */
    uint64_t next;        /* number of the next page behind it */
    stemma_status status; /* latched */
    /* The table that is being filled. */
    bool open;
    bool is_main;
    stm_page_front kept;
    uint32_t levels; /* of branch pages that have a node */
    uint64_t branch_pages, leaf_pages, overflow_pages, entries;
    uint32_t last_size;
    uint8_t last[STEMMA_LIMIT_KEY]; /* the key before */
    stm_page_filling leaf;
    /* All that were begun, in memcmp order of their names. */
    uint32_t present; /* which of them is being filled */
    uint32_t ended_count;
    stm_page_ended ended[STM_PAGE_TABLES];
    stm_page_level level[STEMMA_LIMIT_DEPTH - 1];
} stm_page_builder;

/**
 * Begins a file whose front ends before page `front`, which is 3 to STM_PAGE_FRONT_MAX: the caller
 * sees to it that tables fill all its pages but that of the main table. `sink` outlives the building.
 */
void stm_page_build_begin(stm_page_builder *builder, const stm_page_sink *sink, uint64_t front);

/**
 * Ends the table before and begins another one, of a name that no other has. `front` may be NULL.
 * STEMMA_E_MISUSE (a name that is none or was there before, a front that is none), STEMMA_E_LIMIT
 * (too many tables), or what the sink says.
 */
STEMMA_NODISCARD stemma_status stm_page_build_table(stm_page_builder *builder, const char *name,
                                                    const stm_page_front *front);

/**
 * Adds a record to the table; its bytes are copied or written at once. STEMMA_E_MISUSE (no table,
 * or a key that is not behind the one before), STEMMA_E_LIMIT (the size of key or value), or what
 * the sink says. The first failure stays: later calls repeat it.
 */
STEMMA_NODISCARD stemma_status stm_page_build_add(stm_page_builder *builder, stemma_bytes key,
                                                  stemma_bytes value);

/**
 * Ends the last table and makes the main table and both meta pages. A file has one table at least.
 * STEMMA_E_MISUSE: none, or a page of the front was not filled. `*pages` receives how many pages
 * the file has.
 */
STEMMA_NODISCARD stemma_status stm_page_build_end(stm_page_builder *builder, uint64_t *pages);

/** The sealed form of a meta page, 4096 bytes; `main_record` is NULL for an empty main table. */
void stm_page_put_meta(uint8_t *page, uint64_t number, uint64_t file_size,
                       const uint8_t *main_record);

#endif
