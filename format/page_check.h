/* SPDX-License-Identifier: MIT */
/**
 * @file page_check.h
 * The preflight: proves that the pages of a file are sound before LMDB is let near them.
 *
 * LMDB trusts its file: a wrong offset or page number in it is a wild read. The preflight walks
 * every tree of the file once and accepts only what keeps each of LMDB's reads inside the file and
 * each of its walks finite. It reads every branch and leaf page and the header of every overflow
 * run, and nothing of the bodies of overflow runs. Damage inside keys and values that leaves the
 * structure whole is not its business: see digest.h.
 */
#ifndef STEMMA_FORMAT_PAGE_CHECK_H
#define STEMMA_FORMAT_PAGE_CHECK_H

#include "limits.h"
#include <stdbool.h>

#include "page_problem.h"
#include "stemma/types.h"

/** Most named tables in a file, and most bytes of a table's name. */
#define STM_PAGE_TABLES     64u
#define STM_PAGE_TABLE_NAME 32u

/** What a table holds. */
typedef struct stm_page_table {
    char name[STM_PAGE_TABLE_NAME + 1]; /**< NUL-terminated; "main" for the main table. */
    uint32_t depth;                     /**< Levels of its tree; 0 when it is empty. */
    uint64_t entries;
    uint64_t branch_pages;
    uint64_t leaf_pages;
    uint64_t overflow_pages;
    uint64_t bytes_used; /**< Of its pages: headers, pointers, nodes and values, without slack. */
} stm_page_table;

/** What a file holds. Plain data, owned by the caller, no pointers. */
typedef struct stm_page_report {
    uint64_t pages;                         /**< Pages of the file, the two metas among them. */
    stm_page_table main;                    /**< The table of tables. */
    uint32_t table_count;                   /**< Used entries of `tables`. */
    stm_page_table tables[STM_PAGE_TABLES]; /**< In memcmp order of their names. */
} stm_page_report;

/** Bytes of the scratch bitmap that a file of `file_size` bytes needs: one bit a page. */
static inline size_t stm_page_bitmap_size(size_t file_size)
{
    return file_size / (STEMMA_PAGE_SIZE * 8u) + 1;
}

/**
 * Checks the pages of a whole sealed file.
 *
 * `file` are all its bytes, usually mapped; nobody may change them during the call.
 * `claimed` is scratch of the caller, at least stm_page_bitmap_size(file.size) bytes, any contents.
 * `report` may be NULL; it is complete on STEMMA_OK and unspecified otherwise. `error` may be NULL.
 * Allocates nothing, recurses nowhere, and takes time proportional to the file at most.
 *
 * STEMMA_OK, or the status of the first problem found (see page_problem.h), or STEMMA_E_NO_SPACE
 * when `claimed_size` is too small. Any thread.
 */
STEMMA_NODISCARD stemma_status stm_page_check(stemma_bytes file, uint8_t *claimed,
                                              size_t claimed_size, stm_page_report *report,
                                              stemma_error *error);

/**
 * The report of a file whose pages passed before, or whose maker is trusted: the same, in less time, as no key
 * is looked at and no overflow run. What is damaged may pass, but nothing outside the file is read, and
 * a report that is given is that of trees which hold what their records say. Everything else as
 * stm_page_check().
 */
STEMMA_NODISCARD stemma_status stm_page_measure(stemma_bytes file, uint8_t *claimed,
                                                size_t claimed_size, stm_page_report *report,
                                                stemma_error *error);

/**
 * The same, but that of a table with more than `leaves` leaf pages (1 or more) about so many are looked at, evenly spread,
 * and bytes_used is estimated from them: a table's other numbers are those of its record. The same file, the same estimate.
 */
STEMMA_NODISCARD stemma_status stm_page_estimate(stemma_bytes file, uint64_t leaves,
                                                 uint8_t *claimed, size_t claimed_size,
                                                 stm_page_report *report, stemma_error *error);

/* ---- In shares, for several threads -------------------------------------------------------- */

/** One share of the same check: `part` of `parts` (2 or more) of every tree, with a bitmap and a
 *  report of its own. Shares may be checked at the same time. STEMMA_OK says nothing about the file
 *  before all shares are joined; anything else is a problem, though not the first one of the file:
 *  for that, use stm_page_check(). */
STEMMA_NODISCARD stemma_status stm_page_check_share(stemma_bytes file, uint32_t part,
                                                    uint32_t parts, uint8_t *claimed,
                                                    size_t claimed_size, stm_page_report *report);

/** Adds what a sound share claimed and counted to that of another. False when they claim the same
 *  page: the file is not sound. */
bool stm_page_check_join(stemma_bytes file, uint8_t *claimed, stm_page_report *report,
                         const uint8_t *other_claimed, const stm_page_report *other);

/** Whether all shares, joined, make a sound file: every page claimed, every table's counts right.
 *  Overwrites `claimed`. */
bool stm_page_check_whole(stemma_bytes file, uint8_t *claimed, stm_page_report *report);

/** The same of stm_page_measure(): one share, and whether all of them, joined by stm_page_check_join(), counted what
 *  the tables' records say. */
STEMMA_NODISCARD stemma_status stm_page_measure_share(stemma_bytes file, uint32_t part,
                                                      uint32_t parts, uint8_t *claimed,
                                                      size_t claimed_size, stm_page_report *report);
bool stm_page_measure_whole(stemma_bytes file, uint8_t *claimed, stm_page_report *report);

#endif
