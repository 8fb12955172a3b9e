/* SPDX-License-Identifier: MIT */
/* Reading document records, for the modules that need more than the public getters give. */
#ifndef STEMMA_LIB_DOCUMENT_H
#define STEMMA_LIB_DOCUMENT_H

#include "document_record.h"
#include "file/snapshot.h"

/* Finds and decodes a document's record without its arrays; takes no memory. STEMMA_NOT_FOUND
   beyond the last; STEMMA_E_DAMAGED. */
stemma_status stm_document_find(stemma_snapshot *snapshot, uint32_t document, stemma_bytes *value,
                                stemma_document *out, stm_document_extra *extra,
                                stemma_error *error);

/* Only what makes it a source and when it was published; takes no memory. As stm_document_find(), but damage
   of its other fields is not seen. */
stemma_status stm_document_glance_get(stemma_snapshot *snapshot, uint32_t document,
                                      stm_document_glance *out, stemma_error *error);

/* A document's record with the arrays, in the snapshot's memory. */
stemma_status stm_document_load(stemma_snapshot *snapshot, uint32_t document, stemma_document *out,
                                stm_document_extra *extra, stemma_error *error);

#endif
