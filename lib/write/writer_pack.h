/* SPDX-License-Identifier: MIT */
/* A document as one run of bytes, in this process's own form, and back. One thread at a time. */
#ifndef STEMMA_LIB_WRITER_PACK_H
#define STEMMA_LIB_WRITER_PACK_H

#include "stemma/status.h"
#include "stemma/testimony.h"

/* Packed documents one after another. Begins as {0}; the owner frees `bytes`. */
typedef struct stm_packed {
    char *bytes;
    size_t size;
    size_t capacity;
} stm_packed;

/* Appends a document. Mentions are put in their canonical order: by first span, kind, referent,
   then all that is left. STEMMA_E_NO_MEMORY, `out->size` then being as before. */
stemma_status stm_document_pack(const stemma_document *document, stm_packed *out);

/* Memory of the arrays of one document at a time. Begins as {0}; the owner frees `memory`. */
typedef struct stm_document_arrays {
    void *memory;
    size_t capacity;
} stm_document_arrays;

/* Takes a document out of what stm_document_pack() wrote. Its texts are views into `packed`, its
   arrays live until the next call with the same `arrays`. Without testimony its counts are right
   but its arrays NULL. STEMMA_E_NO_MEMORY. */
stemma_status stm_document_unpack(const char *packed, int with_testimony,
                                  stm_document_arrays *arrays, stemma_document *document);

#endif
