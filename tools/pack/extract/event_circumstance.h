/* SPDX-License-Identifier: MIT */
/**
 * @file event_circumstance.h
 * When and where it happened.
 */
#ifndef STEMMA_EXTRACT_EVENT_CIRCUMSTANCE_H
#define STEMMA_EXTRACT_EVENT_CIRCUMSTANCE_H

#include "pack/extract/event_candidate.h"

/** Time and place of the candidate, from its own clause. `verb` is the light verb that its noun is
    told with, or STEMMA_NONE. */
void stm_find_circumstance(struct stm_events *events, struct stm_candidate *candidate,
                           uint32_t verb);

#endif
