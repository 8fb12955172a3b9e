/* SPDX-License-Identifier: MIT */
/* Entities as the whole file has them, however the snapshot is cut. */
#ifndef STEMMA_LIB_ENTITY_H
#define STEMMA_LIB_ENTITY_H

#include "file/snapshot.h"

/* As stemma_entity_get(); without names when they are not wanted. STEMMA_NOT_FOUND beyond the
   last. */
stemma_status stm_entity_whole(stemma_snapshot *snapshot, uint32_t entity, bool names,
                               stemma_entity *out, stemma_error *error);

/* The same when it is known to the snapshot, else STEMMA_NOT_FOUND: for its claims and first referent,
   which do not depend on what is known. Counts nothing anew. */
stemma_status stm_entity_here(stemma_snapshot *snapshot, uint32_t entity, stemma_entity *out,
                              stemma_error *error);

/* As stemma_entity_get(), but for `events`, which are not counted anew: for names and type. */
stemma_status stm_entity_uncounted(stemma_snapshot *snapshot, uint32_t entity, stemma_entity *out,
                                   stemma_error *error);

/* As stm_entity_here(), with type and shown name. */
stemma_status stm_entity_brief(stemma_snapshot *snapshot, uint32_t entity, stemma_entity *out,
                               stemma_error *error);

/* As stemma_entity_label(). */
stemma_status stm_entity_whole_label(stemma_snapshot *snapshot, uint32_t entity, stemma_text *out,
                                     stemma_error *error);

#endif
