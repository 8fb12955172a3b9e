/* SPDX-License-Identifier: MIT */
/**
 * @file page_problem.h
 * What can be wrong with the pages of a file: one table of codes, from which the enumeration, the
 * names in error messages and the catalogue in SPEC.md are drawn or checked.
 */
#ifndef STEMMA_FORMAT_PAGE_PROBLEM_H
#define STEMMA_FORMAT_PAGE_PROBLEM_H

#include "stemma/status.h"

#include <stddef.h>
#include <stdint.h>

/* name, status, meaning: one English sentence, no full stop. Order is the order of the checks. */
#define STM_PAGE_PROBLEMS(X)                                                                       \
    X(FILE_MAGIC, STEMMA_E_NOT_STEMMA,                                                             \
      "The file does not begin as a 64-bit little-endian LMDB 0.9 environment does")               \
    X(META_VERSION, STEMMA_E_UNSUPPORTED, "A meta page states an LMDB data version other than 1")  \
    X(META_PAGE_SIZE, STEMMA_E_UNSUPPORTED, "A meta page states a page size other than 4096")      \
    X(FILE_SIZE, STEMMA_E_DAMAGED, "The file is not a whole number of pages, two at least")        \
    X(META_MAGIC, STEMMA_E_DAMAGED, "The second meta page does not carry the magic number")        \
    X(META_HEADER, STEMMA_E_DAMAGED,                                                               \
      "The header of a meta page does not state its number and kind alone")                        \
    X(META_ADDRESS, STEMMA_E_DAMAGED, "A meta page asks to be mapped at a fixed address")          \
    X(META_MAP_SIZE, STEMMA_E_DAMAGED,                                                             \
      "A meta page states a map size other than the size of the file")                             \
    X(META_FREE_FLAGS, STEMMA_E_DAMAGED,                                                           \
      "A meta page carries flags other than those of a sealed file")                               \
    X(META_FREE_LIST, STEMMA_E_DAMAGED, "A meta page has a free list that is not empty")           \
    X(META_LAST_PAGE, STEMMA_E_DAMAGED,                                                            \
      "A meta page states a last page that is not the one it must")                                \
    X(META_TXNID, STEMMA_E_DAMAGED, "The meta pages do not have transaction numbers 0 and 1")      \
    X(META_OLD_ROOT, STEMMA_E_DAMAGED, "The first meta page has a main table that is not empty")   \
    X(META_UNUSED, STEMMA_E_DAMAGED, "The unused rest of a meta page is not zero")                 \
    X(TABLE_FLAGS, STEMMA_E_DAMAGED, "A table has flags, which the format forbids")                \
    X(TABLE_EMPTY, STEMMA_E_DAMAGED, "A table without root states levels, pages or entries")       \
    X(TABLE_DEPTH, STEMMA_E_DAMAGED, "A table with a root states no levels, or more than 16")      \
    X(PAGE_RANGE, STEMMA_E_DAMAGED, "A page number points at a meta page or outside the file")     \
    X(PAGE_SHARED, STEMMA_E_DAMAGED, "A page is used in two places")                               \
    X(PAGE_NUMBER, STEMMA_E_DAMAGED, "A page does not carry its own number")                       \
    X(PAGE_KIND, STEMMA_E_DAMAGED,                                                                 \
      "A page is not exactly of the kind that its level of the tree asks for")                     \
    X(PAGE_BOUNDS, STEMMA_E_DAMAGED,                                                               \
      "The bounds of the node pointers and nodes of a page make no sense")                         \
    X(PAGE_COUNT, STEMMA_E_DAMAGED, "A leaf page has no node, or a branch page fewer than two")    \
    X(NODE_BOUNDS, STEMMA_E_DAMAGED,                                                               \
      "A node pointer is odd or points outside the nodes of its page")                             \
    X(NODE_KEY_SIZE, STEMMA_E_DAMAGED,                                                             \
      "A key is not 1 to 511 bytes, or the first key of a branch page is not empty")               \
    X(NODE_FLAGS, STEMMA_E_DAMAGED, "A node has flags that its place forbids")                     \
    X(NODE_VALUE_SIZE, STEMMA_E_DAMAGED, "A value is beyond the limit of a record")                \
    X(NODE_PLACEMENT, STEMMA_E_DAMAGED,                                                            \
      "A value that fits a leaf page is outside it, or one that does not is inside")               \
    X(NODE_PACKING, STEMMA_E_DAMAGED,                                                              \
      "The nodes of a page do not lie one after another from its end down")                        \
    X(NODE_ORDER, STEMMA_E_DAMAGED, "The keys of a page are not in strictly ascending order")      \
    X(NODE_SEPARATOR, STEMMA_E_DAMAGED,                                                            \
      "A page holds a key outside the range that the page above gives it")                         \
    X(OVERFLOW_HEADER, STEMMA_E_DAMAGED,                                                           \
      "An overflow run does not begin with the header of an overflow page")                        \
    X(OVERFLOW_RUN, STEMMA_E_DAMAGED, "An overflow run is not as many pages as its value needs")   \
    X(TABLE_RECORD, STEMMA_E_DAMAGED,                                                              \
      "The main table holds something other than the record of a table")                           \
    X(TABLE_NAME, STEMMA_E_DAMAGED, "A table's name is not 1 to 32 of a-z, 0-9 and underscore")    \
    X(TABLE_LIMIT, STEMMA_E_DAMAGED, "There are more than 64 tables")                              \
    X(TABLE_COUNTERS, STEMMA_E_DAMAGED,                                                            \
      "A table's counts of pages or entries differ from what its tree holds")                      \
    X(PAGE_UNUSED, STEMMA_E_DAMAGED, "A page belongs to no table")                                 \
    X(PAGE_SLACK, STEMMA_E_DAMAGED,                                                                \
      "The bytes that no record uses are not zero, or nodes are out of place")

/** A rule of the container that a file breaks; STM_PAGE_SOUND for none. */
typedef enum stm_page_problem {
    STM_PAGE_SOUND = 0,
#define STM_PAGE_PROBLEM_ENUM(name, status, meaning) STM_BAD_##name,
    STM_PAGE_PROBLEMS(STM_PAGE_PROBLEM_ENUM)
#undef STM_PAGE_PROBLEM_ENUM
        STM_PAGE_PROBLEM_COUNT /**< One more than the last. */
} stm_page_problem;

/** How a problem is reported. */
typedef struct stm_page_problem_text {
    const char *code;     /**< Registered problem code, e.g. "NODE_ORDER". */
    stemma_status status; /**< What a function that finds it returns. */
    const char *meaning;  /**< One English sentence without full stop. */
} stm_page_problem_text;

/** Every problem by its number. The entry of STM_PAGE_SOUND has an empty code. Any thread. */
extern const stm_page_problem_text stm_page_problem_texts[STM_PAGE_PROBLEM_COUNT];

/** Where a problem was seen; parts that say nothing are NULL or negative. */
typedef struct stm_page_place {
    const char *table; /**< Name of the table, NULL outside tables. */
    int64_t page;      /**< Page number, negative for the file as a whole. */
    int32_t node;      /**< Node of that page, negative for the page as a whole. */
    uint64_t offset;   /**< Byte of the file. */
} stm_page_place;

/**
 * Writes a problem into `error`, which may be NULL, and returns its status (STEMMA_OK for
 * STM_PAGE_SOUND, with `error` left alone). Any thread.
 */
stemma_status stm_page_fail(stm_page_problem problem, const stm_page_place *place,
                            stemma_error *error);

#endif
