/* SPDX-License-Identifier: MIT */
/**
 * @file event_owner.h
 * Whom a happening is aimed at where the words only name a deed or thing of theirs: "denounced X's plan".
 */
#ifndef STEMMA_EXTRACT_EVENT_OWNER_H
#define STEMMA_EXTRACT_EVENT_OWNER_H

#include "pack/extract/event_candidate.h"

/** Adds those at whom a happening is aimed: behind an "against" that the tree hangs elsewhere, and of a judgement, a
    refusal or a protest those whose deed it is about. */
STEMMA_NODISCARD stemma_status stm_add_owners(struct stm_events *events,
                                              struct stm_candidate *candidate);

#endif
