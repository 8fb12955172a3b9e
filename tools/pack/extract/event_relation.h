/* SPDX-License-Identifier: MIT */
/**
 * @file event_relation.h
 * What a text says of how its happenings hang together: one came after another, because of it, in
 * exchange for it, or as a part of it.
 */
#ifndef STEMMA_EXTRACT_EVENT_RELATION_H
#define STEMMA_EXTRACT_EVENT_RELATION_H

#include "pack/extract/event_candidate.h"

/** Adds assertions from event to event. `event_of[i]` is the referent of the happening that
    candidate i leads, or STEMMA_NONE. */
STEMMA_NODISCARD stemma_status stm_emit_relations(struct stm_events *events,
                                                  const uint32_t *event_of);

#endif
