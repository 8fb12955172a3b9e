/* SPDX-License-Identifier: MIT */
/* Ways to fill one table of the index, for those who write the tables. */
#ifndef STEMMA_LIB_WRITER_TABLE_H
#define STEMMA_LIB_WRITER_TABLE_H

#include "bytes.h"
#include "index/index_postings.h"
#include "tables.h"
#include "write/writer_stage.h"

/* A record of the present table under a number. */
stemma_status stm_writer_put_u32(stemma_writer *writer, uint32_t number, stemma_bytes value,
                                 stemma_error *error);

/* Encodes one row into `out`; is called again when that was too small. */
typedef stemma_status stm_writer_encode_row(stemma_writer *writer, uint32_t number, stm_buffer *out,
                                            stm_fault *fault);

/* The whole of a table of row blocks. */
stemma_status stm_writer_put_rows(stemma_writer *writer, stm_table table, uint32_t count,
                                  stm_writer_encode_row *encode, stemma_error *error);

/* The same for rows that come from anywhere. */
typedef stemma_status stm_writer_encode_row_of(const void *from, uint32_t number, stm_buffer *out,
                                               stm_fault *fault);
stemma_status stm_writer_put_rows_of(stemma_writer *writer, stm_table table, uint32_t count,
                                     stm_writer_encode_row_of *encode, const void *from,
                                     stemma_error *error);

/* Hands out the postings of a table, ascending strictly; returns what `post` did when that fails.
 */
typedef stemma_status stm_writer_produce(const void *from, stm_table table,
                                         stm_index_post_list *post, void *context);

/* The whole of a posting table. */
stemma_status stm_writer_put_postings_of(stemma_writer *writer, stm_table table,
                                         stm_writer_produce *produce, const void *from,
                                         stemma_error *error);

/* The whole of a posting table of stm_index_posting_lists(). */
stemma_status stm_writer_put_postings(stemma_writer *writer, stm_table table, stemma_error *error);

/* Whether a posting table has got a record. */
bool stm_writer_has_postings(const stemma_writer *writer);

#endif
