/* SPDX-License-Identifier: MIT */
/* What few events have: table `detail`. */
#ifndef STEMMA_LIB_ROW_DETAIL_H
#define STEMMA_LIB_ROW_DETAIL_H

#include "row_record.h"
#include "file/snapshot.h"

/* The detail of a folded event; its texts are in the snapshot's memory or in the file. Nothing is
   there for most events. STEMMA_E_DAMAGED. */
stemma_status stm_detail_find(stemma_snapshot *snapshot, uint32_t event, stm_row_rare *out,
                              stemma_error *error);

/* The details of `count` events from `first` on, all of one part, in views that live until details
   of another part are asked for; `*there` is false, and nothing is written, when the part has none.
   STEMMA_E_DAMAGED. */
stemma_status stm_detail_part(stemma_snapshot *snapshot, uint32_t first, uint32_t count,
                              stm_row_rare *out, bool *there, stemma_error *error);

/* The details of event `first` and those behind it in its part, which live until those of another part are asked
   for; NULL when it has none. STEMMA_E_DAMAGED. */
stemma_status stm_detail_view(stemma_snapshot *snapshot, uint32_t first, const stm_row_rare **out,
                              stemma_error *error);

void stm_detail_free(stm_detail *detail);

#endif
