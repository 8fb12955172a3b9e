/* SPDX-License-Identifier: MIT */
/**
 * @file event_nominal.h
 * Happenings that nouns tell.
 */
#ifndef STEMMA_EXTRACT_EVENT_NOMINAL_H
#define STEMMA_EXTRACT_EVENT_NOMINAL_H

#include "pack/extract/event_candidate.h"

/** What nouns tell. */
STEMMA_NODISCARD stemma_status stm_find_nominal(struct stm_events *events, uint32_t token);

#endif
