/* SPDX-License-Identifier: MIT */
/* The stages of stemma_writer_finish(), and what they share. */
#ifndef STEMMA_LIB_WRITER_STAGE_H
#define STEMMA_LIB_WRITER_STAGE_H

#include "write/writer.h"

/* Says how far finish() is. */
void stm_writer_progress(const stemma_writer *writer, const char *stage, uint64_t done,
                         uint64_t total);

/* Room of at least `size` bytes for encoding; NULL when memory is refused. */
uint8_t *stm_writer_scratch(stemma_writer *writer, size_t size);

/* Turns a codec's fault into an error about a record. */
stemma_status stm_writer_fault(stemma_error *error, stemma_status status, const stm_fault *fault,
                               const char *table, uint64_t number);

/* Takes document `number` of the file out of the spool, its runs numbered as in the file; see
   stm_spool_get(). */
stemma_status stm_writer_document_at(stemma_writer *writer, uint32_t number, int with_testimony,
                                     stm_document_arrays *arrays, stemma_document *document,
                                     stemma_error *error);

/* Trains the two dictionaries on a sample of documents, once those and what they refer to are numbered. Says nothing of
   progress: any thread. */
stemma_status stm_writer_train(stemma_writer *writer, stemma_error *error);

/* Which pages are kept at the front of the file, once the index is derived [C-19]. */
void stm_writer_front(const stemma_writer *writer, stm_store_front *front);

/* Writes the vocabulary. */
stemma_status stm_writer_put_vocabulary(stemma_writer *writer, stemma_error *error);

/* Write the other tables of testimony and judgement. */
stemma_status stm_writer_put_testimony(stemma_writer *writer, stemma_error *error);

/* Write the tables of the index but for `event` and `fence` (writer_event.h), those that `ahead` makes (writer_ahead.h; may be NULL) when it has made them. */
struct stm_ahead;
stemma_status stm_writer_put_index(stemma_writer *writer, struct stm_ahead *ahead, stemma_error *error);

/* Checks the new file of `size` bytes, whose tables are all written, and gives it its place; meanwhile the index is freed. */
stemma_status stm_writer_publish(stemma_writer *writer, uint64_t size, stemma_error *error);

#endif
