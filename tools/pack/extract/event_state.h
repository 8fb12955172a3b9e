/* SPDX-License-Identifier: MIT */
/**
 * @file event_state.h
 * States with a count, as nouns and adjectives tell them: "reported 1,200 political prisoners",
 * "put the number of detainees at 90", "there are still 48 hostages", "twelve are missing".
 *
 * How many are held, or missing, is seldom told by a verb of its own: somebody gives a number of
 * those who are. What is told is the state with those counted, at the time of which it is said.
 */
#ifndef STEMMA_EXTRACT_EVENT_STATE_H
#define STEMMA_EXTRACT_EVENT_STATE_H

#include "pack/extract/event_candidate.h"

/** The state that a noun or adjective at a token tells with a count, if it does. */
STEMMA_NODISCARD stemma_status stm_find_state(struct stm_events *events, uint32_t token);

#endif
