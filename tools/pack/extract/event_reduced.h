/* SPDX-License-Identifier: MIT */
/**
 * @file event_reduced.h
 * Participles without auxiliary, and the inverted and copular clauses that they stand in.
 */
#ifndef STEMMA_EXTRACT_EVENT_REDUCED_H
#define STEMMA_EXTRACT_EVENT_REDUCED_H

#include "pack/extract/event_candidate.h"

/** "the 30 freed on Monday", "Also released were A and B". */
STEMMA_NODISCARD stemma_status stm_read_reduced(struct stm_events *events,
                                                struct stm_candidate *candidate,
                                                const struct stm_verb_group *group,
                                                const struct stm_event_frame *frame,
                                                uint32_t after);

/** The subject of a BE that stands before "among those freed" or "the last prisoners freed".
    `phrase_first`: where "those" or "the" stands. 0 when there is none. */
int stm_copula_subject(const struct stm_annotation *ann, uint32_t phrase_first,
                       struct stm_chain *chain);

#endif
