/* SPDX-License-Identifier: MIT */
/**
 * @file event_merge.h
 * Which candidates of a document tell of the same happening.
 */
#ifndef STEMMA_EXTRACT_EVENT_MERGE_H
#define STEMMA_EXTRACT_EVENT_MERGE_H

#include "pack/extract/event_candidate.h"

/** Sentences behind the headlines in which a story sums up what it tells. */
#define STM_LEAD_SENTENCES 4u

/** Sets `cluster` of every candidate. */
STEMMA_NODISCARD stemma_status stm_merge_candidates(struct stm_events *events);

#endif
