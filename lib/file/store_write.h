/* SPDX-License-Identifier: MIT */
/* Writing tables into a private LMDB environment, sorted, and copying it out compact. The
   environment lies in a file without a name; nobody else ever sees it. One thread at a time. */
#ifndef STEMMA_LIB_STORE_WRITE_H
#define STEMMA_LIB_STORE_WRITE_H

#include "digest.h"
#include "base/memory.h"
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

/* Makes the environment in `folder`, with every table of tables.h, empty; those that are optional are
   made with their first record. What it holds at a time
   is a share of the budget of `memory`, which may be NULL. `*out` is owned by the caller.
   STEMMA_E_SYSTEM, STEMMA_E_NO_MEMORY. */
stemma_status stm_store_writer_new(stm_store_writer **out, const char *folder, stm_memory *memory,
                                   stemma_error *error);

/* Receives a record instead of a file. Anything but STEMMA_OK stops the writing. */
typedef stemma_status stm_store_observer(void *context, stm_table table, stemma_bytes key,
                                         stemma_bytes value);

/* A writer without an environment: what is put goes to `observer` and is forgotten. It can do all
   but stm_store_writer_copy(). `*out` is owned by the caller. STEMMA_E_NO_MEMORY. */
stemma_status stm_store_writer_observed(stm_store_writer **out, stm_store_observer *observer,
                                        void *context, stemma_error *error);

/* Says which table the next records go to. Each table is filled once. */
stemma_status stm_store_writer_table(stm_store_writer *writer, stm_table table,
                                     stemma_error *error);

/* Appends a record; keys ascend strictly. The first failure stays: later calls repeat it. */
stemma_status stm_store_writer_put(stm_store_writer *writer, stemma_bytes key, stemma_bytes value,
                                   stemma_error *error);

/* What a table that was filled holds. */
void stm_store_writer_summary(const stm_store_writer *writer, stm_table table,
                              stm_store_summary *out);

/* Commits and writes the compact copy to `file`, at its beginning. */
stemma_status stm_store_writer_copy(stm_store_writer *writer, int file, const char *name,
                                    stemma_error *error);

/* Frees the writer and gives its file back; NULL is fine. */
void stm_store_writer_free(stm_store_writer *writer);

#endif
