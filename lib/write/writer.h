/* SPDX-License-Identifier: MIT */
/* The state of a writer, shared by its sources: writer.c takes input, writer_finish.c orders it and
   writes the file, writer_testimony.c and writer_index.c encode the tables. */
#ifndef STEMMA_LIB_WRITER_H
#define STEMMA_LIB_WRITER_H

#include "bounds.h"
#include "base/dictionary.h"
#include "posting.h"
#include "index/index.h"
#include "file/publish.h"
#include "stemma/write.h"
#include "file/store_write.h"
#include "write/writer_spool.h"

/* What the writer keeps in memory of a document. */
typedef struct stm_writer_document {
    uint64_t id;
    uint64_t place; /* in the spool */
    int64_t published;
    uint8_t digest[STEMMA_DIGEST_SIZE];
    stemma_text uri;
    uint64_t text_size;
    uint32_t code_points;
    uint32_t referent_count;
    uint32_t number; /* in the file, once finish() has ordered them */
    struct stm_writer_rows *rows; /* of a data set, else NULL */
} stm_writer_document;

typedef struct stm_writer_run {
    stemma_run run;
    uint64_t hash; /* so that looking for an equal run is a scan of numbers */
    int used;
    uint32_t number; /* in the file */
} stm_writer_run;

/* Copies of input, freed all at once. */
typedef struct stm_keep {
    struct stm_keep *next;
    size_t used;
    size_t size;
    char bytes[];
} stm_keep;

struct stemma_writer {
    stm_memory *memory; /* of the arrays that grow with the corpus */
    unsigned jobs;
    uint32_t flags;
    stemma_progress *progress;
    void *progress_context;
    int finished;
    stemma_status lost; /* of a call that failed and may have left its work half done */
    stm_publication publication;
    stm_spool spool;
    stm_keep *kept;

    stemma_term *terms; /* ascending by (kind, name) */
    uint32_t term_count;
    size_t term_capacity;
    stm_writer_run *runs;
    uint32_t run_count;
    size_t run_capacity;
    stm_writer_document *documents;
    uint32_t document_count;
    size_t document_capacity;
    uint32_t *slots; /* document + 1 by hash of its id */
    uint32_t slot_count;
    uint64_t text_bytes;
    uint64_t row_count; /* referents, mentions and assertions of all documents */
    struct stm_writer_rows *open_rows; /* of the data set that is being added, or NULL */
    struct stm_writer_rows *all_rows;  /* of those that have ended */
    stemma_judgement *judgements;
    size_t judgement_count, judgement_capacity;
    stemma_derivation *derivations;
    size_t derivation_count, derivation_capacity;

    /* Of finish(). */
    uint32_t *order; /* documents by number in the file */
    stemma_run *file_runs;
    uint32_t file_run_count;
    stm_bounds bounds;
    stm_index index;
    stm_store_writer *store;
    stm_posting_form postings; /* that of today, but when a file of before is checked */
    stemma_bytes text_dictionary;
    stemma_bytes testimony_dictionary;
    struct stm_batch *compressed_ahead; /* writer_compress.c; NULL: nothing */
    uint8_t *scratch; /* of encoding */
    size_t scratch_size;
};

/* Copies a text to where it lives as long as the writer; 0 when memory is refused. */
int stm_writer_keep_text(stemma_writer *writer, stemma_text *text);

/* Takes a document that is sound into the writer; `*is_new` is 0 when it was there before.
   STEMMA_E_INVALID: ID_COLLISION; STEMMA_E_LIMIT, STEMMA_E_NO_MEMORY, STEMMA_E_SYSTEM. */
stemma_status stm_writer_enter(stemma_writer *writer, const stemma_document *document,
                               uint32_t *number, int *is_new, stemma_error *error);

#endif
