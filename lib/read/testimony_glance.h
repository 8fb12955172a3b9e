/* SPDX-License-Identifier: MIT */
/* One referent of a document, some five times quicker than all that the document says. */
#ifndef STEMMA_LIB_TESTIMONY_GLANCE_H
#define STEMMA_LIB_TESTIMONY_GLANCE_H

#include "file/snapshot.h"
#include "testimony_record.h"

/* Type, number of mentions and names of a referent that is no row. Names lie in the snapshot's memory; their texts, too,
   or as of a date where the document is kept, which the next glance may drop. STEMMA_NOT_FOUND for a document that is
   not known; STEMMA_E_DAMAGED when it has no such referent. */
stemma_status stm_testimony_glance_at(stemma_snapshot *snapshot, stemma_referent_id referent,
                                      stm_glance *glance, const stm_glance_name **names,
                                      stemma_error *error);

#endif
