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

/** The checks, in the order in which they are made. Their names do not change. */
typedef enum stemma_check_number {
    STEMMA_CHECK_PAGES,   /**< "pages": the structure of the file; nothing lies in its gaps. */
    STEMMA_CHECK_DIGESTS, /**< "digests": each table is what its digest says; keys have their form.
                           */
    STEMMA_CHECK_RECORDS, /**< "records": tables hold what their numbers promise; runs, judgements,
                               derivations decode, are in order, and refer to what is there. */
    STEMMA_CHECK_DOCUMENTS, /**< "documents": testimony and texts keep every rule; SHA-256 of texts.
                             */
    STEMMA_CHECK_ROWS,      /**< "rows": the rows of data sets keep every rule. */
    STEMMA_CHECK_EVIDENCE,  /**< "evidence": what is said reads in the text where it says so. */
    STEMMA_CHECK_INDEX, /**< "index": it is exactly what follows from the rest; asks for records,
                             documents and rows as well. */
    STEMMA_CHECK_COUNT
} stemma_check_number;

/** What a check is called, and a line for people about it. NULL beyond the last. */
STEMMA_API const char *stemma_check_name(unsigned number);
STEMMA_API const char *stemma_check_meaning(unsigned number);

/** One thing that is wrong. Views live until the callback returns. */
typedef struct stemma_problem {
    const char *check; /**< Name of the check; "open" when the file does not open, "check" when
                            checking itself failed. */
    const char *code;  /**< Registered problem code. */
    const char *where; /**< Table and key, page, or public id. */
    const char *message;
} stemma_problem;

/** Called once a problem, in an order that depends on nothing but the file. Return non-zero to stop
 *  checking. */
typedef int stemma_problem_callback(void *context, const stemma_problem *problem);

/** Called now and then: `done` of `total` of what a check looks at. Always by the calling thread.
 */
typedef void stemma_check_progress(void *context, const char *check, uint64_t done, uint64_t total);

typedef struct stemma_check_options {
    size_t size;           /**< sizeof(stemma_check_options); set by the initialiser. */
    uint32_t checks;       /**< 1 << STEMMA_CHECK_…, together; 0: all. */
    unsigned jobs;         /**< Threads; 0: one a processor. The answer is the same. */
    uint64_t memory_limit; /**< Bytes that one thread may hold decoded; 0: 4 GiB. */
    uint64_t max_problems; /**< Of one check that are told; the others are counted. 0: all. */
    stemma_check_progress *progress; /**< May be NULL. */
    void *progress_context;
} stemma_check_options;

#define STEMMA_CHECK_OPTIONS_INIT                                                                  \
    {                                                                                              \
        sizeof(stemma_check_options), 0, 0, 0, 0, NULL, NULL                                       \
    }

typedef enum stemma_check_state {
    STEMMA_CHECK_UNASKED, /**< Not among those asked for, or the work ended before. */
    STEMMA_CHECK_SOUND,   /**< Made, and nothing was wrong. */
    STEMMA_CHECK_FAILED,  /**< Made, and something was wrong. */
    STEMMA_CHECK_SKIPPED  /**< Could not be made: see `why`. */
} stemma_check_state;

/** What one check came to. */
typedef struct stemma_check_result {
    uint8_t state;   /**< stemma_check_state */
    uint64_t looked; /**< Pages, records, records, documents, rows, evidence, records. */
    uint64_t problems;
    char why[96]; /**< When it was skipped: a sentence without full stop. Else "". */
} stemma_check_result;

/** Whether a table can be relied on: filled in by the check of digests. */
typedef enum stemma_table_state {
    STEMMA_TABLE_UNASKED, /**< Its digest was not looked at. */
    STEMMA_TABLE_WHOLE,   /**< Its records have the digest that was stored. */
    STEMMA_TABLE_DAMAGED, /**< They have not, or some cannot be read. */
    STEMMA_TABLE_UNKNOWN  /**< There is no digest to compare with. */
} stemma_table_state;

typedef struct stemma_table_result {
    char name[32];
    uint8_t state;    /**< stemma_table_state */
    uint64_t records; /**< That can be read. */
    uint64_t stated;  /**< That its digest was made of; as `records` when that is not known. */
    uint64_t damaged_pages; /**< Broken rules met in its pages. */
} stemma_table_result;

/** Tables that a summary has room for: all of the format. */
#define STEMMA_CHECK_TABLES 32

typedef struct stemma_check_summary {
    uint64_t problems;
    uint64_t evidence_checked; /**< Evidence spans re-sliced from the stored text. */
    uint64_t records_checked;
    stemma_check_result checks[STEMMA_CHECK_COUNT];
    stemma_table_result tables[STEMMA_CHECK_TABLES]; /**< In order of name. */
    uint32_t table_count;                            /**< 0 when the digests were not looked at. */
} stemma_check_summary;

/** Runs every check on the file at `path`, on one thread: stemma_check_with() with no options. */
STEMMA_API stemma_status stemma_check(const char *path, stemma_problem_callback *callback,
                                      void *context, stemma_check_summary *summary,
                                      stemma_error *error);

/** Runs checks on the file at `path`. STEMMA_OK when they could be made on a file that opens: see
 *  `summary->problems`. Other statuses as stemma_open(), each also reported as a problem. A file
 *  that does not open because it is damaged is looked at all the same, without LMDB: each damaged
 *  page is a problem of "pages" with its table; tables that are whole are told, and the other
 * checks are made as far as all that they stand on is whole. The status is then STEMMA_E_DAMAGED.
 *  `options`, `callback`, `summary` and `error` may be NULL. Opens the file itself; any thread.
 *  Beside `memory_limit` for each thread, the index is derived in memory, as a writer does. */
STEMMA_API stemma_status stemma_check_with(const char *path, const stemma_check_options *options,
                                           stemma_problem_callback *callback, void *context,
                                           stemma_check_summary *summary, stemma_error *error);

/** Where the bytes of a file go: one row a table. */
typedef struct stemma_table_stats {
    char name[32];
    uint64_t entries;
    uint64_t pages;      /**< Pages of 4096 bytes, branch, leaf and overflow. */
    uint64_t bytes_used; /**< Of those pages' bytes, how many hold something. */
    uint32_t depth;
} stemma_table_stats;

/** Fills at most `capacity` rows; `*count` receives the number of tables. Looks at every
 *  branch and leaf page when the file was opened as trusted. STEMMA_E_NO_MEMORY, STEMMA_E_DAMAGED, STEMMA_E_SYSTEM. Any
 *  thread. */
STEMMA_API stemma_status stemma_table_stats_get(const stemma_file *file, stemma_table_stats *out,
                                                uint32_t capacity, uint32_t *count,
                                                stemma_error *error);

/** The same at once, however large the file: `bytes_used` of a table with more than 256 leaf pages is estimated from about
 *  so many, evenly spread. The same file gives the same estimate. */
STEMMA_API stemma_status stemma_table_stats_estimate(const stemma_file *file, stemma_table_stats *out,
                                                     uint32_t capacity, uint32_t *count,
                                                     stemma_error *error);

#ifdef __cplusplus
}
#endif
#endif
