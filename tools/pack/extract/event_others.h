/* SPDX-License-Identifier: MIT */
/**
 * @file event_others.h
 * Counts of others beside those who are named.
 */
#ifndef STEMMA_EXTRACT_EVENT_OTHERS_H
#define STEMMA_EXTRACT_EVENT_OTHERS_H

#include "pack/extract/event_candidate.h"

/** "X was freed with 84 others": gives the candidate that X was freed in the count of all, 85. The
    quantity keeps its words. STEMMA_OK or STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_add_others(struct stm_events *events,
                                              struct stm_candidate *candidate);

#endif
