/* SPDX-License-Identifier: MIT */
/**
 * @file event_complement.h
 * What a verb's clause or second object says of a happening: topics, offices, prizes, penalties.
 */
#ifndef STEMMA_EXTRACT_EVENT_COMPLEMENT_H
#define STEMMA_EXTRACT_EVENT_COMPLEMENT_H

#include "pack/extract/event_candidate.h"
#include "pack/extract/event_clause.h"

/** The clause that says what is asked for, promised, refused, with those who are to do it; the
    office that somebody is given. */
STEMMA_NODISCARD stemma_status stm_add_complement(struct stm_events *events,
                                                  struct stm_candidate *candidate,
                                                  const struct stm_clause *clause);

/** Prizes and penalties: what is given. `noun`: the token that named it, or STEMMA_NONE. */
STEMMA_NODISCARD stemma_status stm_add_given(struct stm_events *events,
                                             struct stm_candidate *candidate,
                                             const struct stm_clause *clause, uint32_t noun);

#endif
