/* SPDX-License-Identifier: MIT */
/* Compressing texts and testimony on several threads, and putting them into their tables in order.
 */
#ifndef STEMMA_LIB_WRITER_COMPRESS_H
#define STEMMA_LIB_WRITER_COMPRESS_H

#include "testimony_record.h"
#include "write/writer.h"

/* Memory that records are encoded in. Begins as {0}; the owner frees `bytes`. */
typedef struct stm_scratch {
    uint8_t *bytes;
    size_t size;
} stm_scratch;

/* Encodes the next part of a document's testimony into `scratch`. Any thread. */
stemma_status stm_writer_encode_part(const stemma_writer *writer, stm_scratch *scratch,
                                     const stemma_document *document,
                                     stm_testimony_position *position, stemma_bytes *raw,
                                     stm_fault *fault);

/* Fills the table `text` or `testimony`. */
stemma_status stm_writer_put_compressed(stemma_writer *writer, stm_table table, const char *stage,
                                        stemma_bytes dictionary, stemma_error *error);

/* Compresses the testimony of the first documents, as many as are ever in memory, and keeps it for the call that fills the
   table. For a thread that has nothing else to do, once the dictionaries are there; with one job nothing is done.
   STEMMA_E_NO_MEMORY. */
stemma_status stm_writer_compress_ahead(stemma_writer *writer, stemma_error *error);

/* Frees what was compressed ahead and not put. */
void stm_writer_compress_drop(stemma_writer *writer);

#endif
