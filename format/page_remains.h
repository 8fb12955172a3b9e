/* SPDX-License-Identifier: MIT */
/**
 * @file page_remains.h
 * What can still be read of a file whose pages are not all sound.
 *
 * The preflight (page_check.h) ends at the first broken rule. Here the trees are walked all the
 * same, as far as their pages are sound: a page that breaks a rule is left out with all that hangs
 * below it, and sound leaf pages that no sound tree leads to are found by looking at every page.
 * Nothing here follows a number that it did not check.
 */
#ifndef STEMMA_FORMAT_PAGE_REMAINS_H
#define STEMMA_FORMAT_PAGE_REMAINS_H

#include "page_check.h"

/** One table's tree, walked as far as it goes. */
typedef struct stm_page_remnant {
    char name[STM_PAGE_TABLE_NAME + 1]; /**< NUL-terminated; "main" for the main table. */
    uint64_t problems;                  /**< Broken rules met in its tree. */
    bool whole;       /**< No problem, and its counts are those that its record states. */
    bool no_tree;     /**< Its record is damaged or not there: nothing was walked. */
    uint64_t leaves;  /**< Sound leaf pages. */
    uint64_t entries; /**< Records in them. */
} stm_page_remnant;

/** What the walk tells and asks. All may be NULL. Those that tell may return false to end it. */
typedef struct stm_page_listener {
    void *context;
    /** A rule that a page breaks. `place->table` is NULL outside trees. */
    bool (*problem)(void *context, stm_page_problem problem, const stm_page_place *place);
    /** A sound leaf page of a table, in the order of its keys. `table` is its name. */
    bool (*leaf)(void *context, const char *table, uint64_t page);
    /** A sound leaf page that no tree led to, in the order of pages, after all others. */
    bool (*stray)(void *context, uint64_t page);
    /** Where to look for those, as a file may have holes far longer than all that it holds: moves `*page` on to
     *  the next page from there that may be anything but zeros, and sets `*end`, beyond it, to the first one
     *  behind that need not be looked at. False when there is none. NULL: every page is looked at. */
    bool (*next_data)(void *context, uint64_t *page, uint64_t *end);
} stm_page_listener;

/**
 * Walks what is left of a file. A rest at the end that is no whole page is passed over.
 *
 * `claimed` is scratch of the caller as for stm_page_check(); afterwards it has a bit for each page
 * of a sound tree (not for overflow runs). `remnants` receives one entry a table that the main
 * table names, at most STM_PAGE_TABLES; `*count` their number; entry 0 is the main table.
 * False when the listener ended the walk. Allocates nothing. Any thread.
 */
bool stm_page_remains(stemma_bytes file, uint8_t *claimed, const stm_page_listener *listener,
                      stm_page_remnant remnants[STM_PAGE_TABLES + 1], uint32_t *count);

/** A node of a sound leaf page, which has `node` nodes at least. `*big` receives whether the value
 * lies in an overflow run, `*value` then has its size and no data. */
void stm_page_node(const uint8_t *page, unsigned node, stemma_bytes *key, stemma_bytes *value,
                   bool *big);

/** The value of a node in an overflow run: false when the run is not inside the file or its header
 *  is not that of such a run. */
bool stm_page_run_value(stemma_bytes file, const uint8_t *page, unsigned node, stemma_bytes *value);

/** Nodes of a sound branch or leaf page. */
unsigned stm_page_nodes(const uint8_t *page);

#endif
