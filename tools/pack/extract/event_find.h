/* SPDX-License-Identifier: MIT */
/**
 * @file event_find.h
 * Happenings that verbs tell.
 */
#ifndef STEMMA_EXTRACT_EVENT_FIND_H
#define STEMMA_EXTRACT_EVENT_FIND_H

#include "pack/extract/event_candidate.h"

/** What the verb at a token tells, if it is one of the lexicon and its clause fits. */
STEMMA_NODISCARD stemma_status stm_find_verbal(struct stm_events *events, uint32_t token);

#endif
