/* SPDX-License-Identifier: MIT */
/**
 * @file check.h
 * Verify a whole file: its pages, digests, records, references, evidence and index.
 */
#ifndef STEMMA_CHECK_H
#define STEMMA_CHECK_H

#include "stemma/read.h"

#ifdef __cplusplus
extern "C" {
#endif

/** One thing that is wrong. Views live until the callback returns. */
typedef struct stemma_problem {
    const char *check; /**< Name of the check: "pages", "digests", "records", ... */
    const char *code;  /**< Registered problem code. */
    const char *where; /**< Table and key, or public id. */
    const char *message;
} stemma_problem;

/** Called once a problem. Return non-zero to stop checking. */
typedef int stemma_problem_callback(void *context, const stemma_problem *problem);

typedef struct stemma_check_summary {
    uint64_t problems;
    uint64_t evidence_checked; /**< Evidence spans re-sliced from the stored text. */
    uint64_t records_checked;
} stemma_check_summary;

/** Runs every check on the file at `path`. STEMMA_OK when the checks could run: see
 *  `summary->problems`. Other statuses as stemma_open(), each also reported as a problem.
 *  `callback`, `summary` and `error` may be NULL. Opens the file itself; any thread. */
STEMMA_API stemma_status stemma_check(const char *path, stemma_problem_callback *callback,
                                      void *context, stemma_check_summary *summary,
                                      stemma_error *error);

/** Where the bytes of a file go: one row a table. */
typedef struct stemma_table_stats {
    char name[32];
    uint64_t entries;
    uint64_t pages;       /**< Pages of 4096 bytes, branch, leaf and overflow. */
    uint64_t bytes_used;  /**< Of those pages' bytes, how many hold something. */
    uint32_t depth;
} stemma_table_stats;

/** Fills at most `capacity` rows; `*count` receives the number of tables. Reads all pages when the
 *  file was opened as trusted. STEMMA_E_NO_MEMORY, STEMMA_E_DAMAGED, STEMMA_E_SYSTEM. Any
 *  thread. */
STEMMA_API stemma_status stemma_table_stats_get(const stemma_file *file, stemma_table_stats *out,
                                                uint32_t capacity, uint32_t *count,
                                                stemma_error *error);

#ifdef __cplusplus
}
#endif
#endif
