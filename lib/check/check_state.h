/* SPDX-License-Identifier: MIT */
/* What the parts of stemma_check() share. Each part is one function that reports what is wrong and
   goes on; it returns anything but STEMMA_OK only when checking itself cannot go on (memory,
   system) or the caller has had enough (STEMMA_END). */
#ifndef STEMMA_LIB_CHECK_STATE_H
#define STEMMA_LIB_CHECK_STATE_H

#include "index/row_set.h"
#include "file/snapshot.h"
#include "stemma/check.h"

/* The rows of one data set, once they were read. */
typedef struct stm_checked_rows {
    struct stm_checked_rows *next;
    uint32_t document;
    stm_row_set set;
} stm_checked_rows;

typedef struct stm_check {
    stemma_problem_callback *callback; /* may be NULL */
    void *context;
    stemma_check_summary *summary;
    stemma_file *file;
    stemma_snapshot *snapshot;
    stemma_counts counts;   /* as the file states them */
    stemma_counts seen;     /* as they were found */
    stm_checked_rows *rows; /* of the data sets, in order */
    stm_checked_rows *last_rows;
} stm_check;

/* Reports a problem. STEMMA_OK, or STEMMA_END when the caller wants no more. */
stemma_status stm_check_report(stm_check *check, const char *part, const char *code,
                               const char *where, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* Reports a failed call when the file is to blame for it, and else hands the status through. */
stemma_status stm_check_failed(stm_check *check, const char *part, stemma_status status,
                               const stemma_error *error);

/* ---- The parts, in order ------------------------------------------------------------------- */

/* Tables of testimony and judgement hold the records that their numbers promise, no more. */
stemma_status stm_check_tables(stm_check *check, stemma_error *error);

/* Documents with their testimony and text: every rule of the format, identity, digests, and that
   evidence reads in the text what it is evidence for. */
stemma_status stm_check_documents(stm_check *check, stemma_error *error);

/* The rows of one document, whose actors are its referents; they are kept for deriving the index.
 */
stemma_status stm_check_rows(stm_check *check, uint32_t number, const stemma_document *document,
                             stemma_error *error);
void stm_check_rows_free(stm_check *check);

/* Runs, terms, judgements and derivations decode, are in order and refer to what is there. */
stemma_status stm_check_judgements(stm_check *check, stemma_error *error);

/* The index is exactly what follows from testimony and judgements. */
stemma_status stm_check_index(stm_check *check, stemma_error *error);

#endif
