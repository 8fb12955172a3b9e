/* SPDX-License-Identifier: MIT */
/* What the parts of stemma_check() share. Each part is one function that reports what is wrong and
   goes on; it returns anything but STEMMA_OK only when checking itself cannot go on (memory,
   system) or the caller has had enough (STEMMA_END). */
#ifndef STEMMA_LIB_CHECK_STATE_H
#define STEMMA_LIB_CHECK_STATE_H

#include <stdbool.h>

#include "index/row_set.h"
#include "file/snapshot.h"
#include "stemma/check.h"

/* The rows of one data set, once they were read. */
typedef struct stm_checked_rows {
    struct stm_checked_rows *next;
    uint32_t document;
    stm_row_set set;
} stm_checked_rows;

/* Problems that wait to be told in their order: what one thread found. */
typedef struct stm_check_list {
    char *bytes; /* number of the check, then code, where and message, each ended by NUL */
    size_t used;
    size_t room;
    uint64_t kept[STEMMA_CHECK_COUNT + 1];    /* problems of each check in it ... */
    uint64_t counted[STEMMA_CHECK_COUNT + 1]; /* ... and of those left out */
} stm_check_list;

typedef struct stm_check {
    stemma_problem_callback *callback; /* may be NULL */
    void *context;
    const stemma_check_options *options;
    uint32_t wanted; /* bits of checks to be made */
    stemma_check_summary *summary;
    stemma_file *file;
    stemma_snapshot *snapshot;
    stm_check_list *list;                /* where problems go; NULL: to the caller at once */
    stemma_counts counts;                /* as the file states them */
    stemma_counts seen;                  /* as they were found */
    uint64_t looked[STEMMA_CHECK_COUNT]; /* of documents, rows and evidence */
    stm_checked_rows *rows;              /* of the data sets, in order */
    stm_checked_rows *last_rows;
    bool damaged; /* the file did not open: what is left of it is read */
} stm_check;

static inline bool stm_check_wants(const stm_check *check, stemma_check_number number)
{
    return (check->wanted >> number & 1) != 0;
}

/* Whether a table's records can be relied on: of a file that opens, all can be looked at. */
bool stm_check_table_sound(const stm_check *check, stm_table table);

unsigned stm_check_jobs(const stm_check *check);

void stm_check_tell_progress(const stm_check *check, stemma_check_number number, uint64_t done,
                             uint64_t total);

/* Reports a problem. STEMMA_OK, or STEMMA_END when the caller wants no more. */
stemma_status stm_check_report(stm_check *check, const char *part, const char *code,
                               const char *where, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* Tells what waits in `list`, and empties it. */
stemma_status stm_check_flush(stm_check *check, stm_check_list *list);
void stm_check_list_free(stm_check_list *list);

/* Reports a failed call when the file is to blame for it, and else hands the status through. */
stemma_status stm_check_failed(stm_check *check, const char *part, stemma_status status,
                               const stemma_error *error);

/* ---- The parts, in order ------------------------------------------------------------------- */

/* Pages hold nothing but their records: no bytes of other data in gaps. (That they are whole was
   checked when the file was opened.) */
stemma_status stm_check_seal(stm_check *check, stemma_error *error);

/* Every record's key has the form of its table; tables are what their digests say. */
stemma_status stm_check_digests(stm_check *check, stemma_error *error);

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
