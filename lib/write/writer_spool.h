/* SPDX-License-Identifier: MIT */
/* Where documents wait until the writer knows all of them: a private file without a name, so that
   memory stays small whatever the corpus and nothing is left behind when the process dies. Its
   contents are in this process's own form and never leave it. One thread at a time. */
#ifndef STEMMA_LIB_WRITER_SPOOL_H
#define STEMMA_LIB_WRITER_SPOOL_H

#include "base/memory.h"
#include "stemma/status.h"
#include "stemma/testimony.h"
#include "write/writer_pack.h"

typedef struct stm_spool {
    stm_memory *memory;
    int file;           /* -1 when there is none */
    stm_packed waiting; /* not yet in the file */
    uint64_t size;      /* of all documents, in the file and in the buffer */
    const char *map;    /* the whole, once reading has begun */
    int lost; /* 1: the file could not take what was added; nothing more is taken or read */
} stm_spool;

/* Begins a spool in the folder `folder`; its buffer is a share of the budget of `memory`, whose
   guard watches over what is read. STEMMA_E_SYSTEM when the folder cannot be written to. */
stemma_status stm_spool_begin(stm_spool *spool, const char *folder, stm_memory *memory,
                              stemma_error *error);

/* Puts a document away and gives its place. Mentions are put in their canonical order: by first
   span, kind, referent, then all that is left. */
stemma_status stm_spool_add(stm_spool *spool, const stemma_document *document, uint64_t *place,
                            stemma_error *error);

/* Ends adding, begins reading. */
stemma_status stm_spool_read(stm_spool *spool, stemma_error *error);

/* Takes a document out. Its texts live as long as the spool, its arrays until the next call with
   the same `arrays`, which the caller frees. Without testimony its counts are right but its arrays
   NULL. STEMMA_E_NO_MEMORY. */
stemma_status stm_spool_get(const stm_spool *spool, uint64_t place, int with_testimony,
                            stm_document_arrays *arrays, stemma_document *document);

void stm_spool_end(stm_spool *spool);

#endif
