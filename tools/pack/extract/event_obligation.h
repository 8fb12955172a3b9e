/* SPDX-License-Identifier: MIT */
/**
 * @file event_obligation.h
 * Demands that no verb names: "said that X must leave".
 */
#ifndef STEMMA_EXTRACT_EVENT_OBLIGATION_H
#define STEMMA_EXTRACT_EVENT_OBLIGATION_H

#include "pack/extract/event_candidate.h"

/** What the "must" at a token tells, when somebody says so of somebody else who is named. */
STEMMA_NODISCARD stemma_status stm_find_obligation(struct stm_events *events, uint32_t token);

#endif
