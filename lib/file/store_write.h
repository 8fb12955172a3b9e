/* SPDX-License-Identifier: MIT */
/* Writing tables, sorted, as the sealed pages of a new file. Memory: half a megabyte, whatever the
   file. One thread at a time. */
#ifndef STEMMA_LIB_STORE_WRITE_H
#define STEMMA_LIB_STORE_WRITE_H

#include "digest.h"
#include "page_build.h"
#include "stemma/status.h"
#include "stemma/types.h"
#include "tables.h"

typedef struct stm_store_writer stm_store_writer;

/* What a table has received. */
typedef struct stm_store_summary {
    uint64_t entries;
    uint64_t bytes; /* of keys and values */
    uint8_t digest[STM_DIGEST_SIZE];
} stm_store_summary;

/* The first pages of a file [C-19]: those of them whose contents are known beforehand. */
typedef struct stm_store_front {
    uint32_t end; /* one past the last of them: 3 or more */
    stm_page_front tables[STM_TABLE_COUNT];
} stm_store_front;

/* Begins to write into an empty file that is open for writing; `name` is what it is called in
   messages. File and name are the caller's and outlive the writer. Tables of `front` must receive
   records. `*out` is owned by the caller. STEMMA_E_NO_MEMORY. */
stemma_status stm_store_writer_new(stm_store_writer **out, int file, const char *name,
                                   const stm_store_front *front, stemma_error *error);

/* Receives a record instead of a file. Anything but STEMMA_OK stops the writing. */
typedef stemma_status stm_store_observer(void *context, stm_table table, stemma_bytes key,
                                         stemma_bytes value);

/* A writer without a file: what is put goes to `observer` and is forgotten. It can do all but
   stm_store_writer_finish(). `*out` is owned by the caller. STEMMA_E_NO_MEMORY. */
stemma_status stm_store_writer_observed(stm_store_writer **out, stm_store_observer *observer,
                                        void *context, stemma_error *error);

/* Says which table the next records go to. Each table is filled once, in the order of
   stm_table_place. */
stemma_status stm_store_writer_table(stm_store_writer *writer, stm_table table,
                                     stemma_error *error);

/* Appends a record; keys ascend strictly. The first failure stays: later calls repeat it. */
stemma_status stm_store_writer_put(stm_store_writer *writer, stemma_bytes key, stemma_bytes value,
                                   stemma_error *error);

/* What a table that was filled holds. */
void stm_store_writer_summary(const stm_store_writer *writer, stm_table table,
                              stm_store_summary *out);

/* Writes what is left: the file then has every table of tables.h, but optional ones without
   records, and is sealed, and `*size` its bytes. It is not synced. */
stemma_status stm_store_writer_finish(stm_store_writer *writer, uint64_t *size,
                                      stemma_error *error);

/* Frees; NULL is fine. */
void stm_store_writer_free(stm_store_writer *writer);

#endif
