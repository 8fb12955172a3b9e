/* SPDX-License-Identifier: MIT */
/**
 * @file event_circumstance.h
 * When and where it happened.
 */
#ifndef STEMMA_EXTRACT_EVENT_CIRCUMSTANCE_H
#define STEMMA_EXTRACT_EVENT_CIRCUMSTANCE_H

#include "pack/extract/event_candidate.h"

/** Time, place, origin and destination around the trigger; `after` is the token behind trigger and
    object. */
STEMMA_NODISCARD stemma_status stm_find_circumstance(struct stm_events *events,
                                                     struct stm_candidate *candidate,
                                                     uint32_t after);

#endif
