/* SPDX-License-Identifier: MIT */
/**
 * @file event_find.h
 * Happenings that verbs tell.
 */
#ifndef STEMMA_EXTRACT_EVENT_FIND_H
#define STEMMA_EXTRACT_EVENT_FIND_H

#include "pack/extract/event_candidate.h"

/** What verbs tell. `*taken`: tokens that the trigger covers, 0 when there is none. */
STEMMA_NODISCARD stemma_status stm_find_verbal(struct stm_events *events, uint32_t token,
                                               uint32_t *taken);

#endif
