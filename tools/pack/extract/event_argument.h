/* SPDX-License-Identifier: MIT */
/**
 * @file event_argument.h
 * Participants that stand behind a verb in frames of their own: penalties, targets of sanctions,
 * partners in talks, agents of passives, members named behind "including".
 *
 * `after` is the token behind the trigger. Each adds fillers to the candidate being built.
 */
#ifndef STEMMA_EXTRACT_EVENT_ARGUMENT_H
#define STEMMA_EXTRACT_EVENT_ARGUMENT_H

#include "pack/extract/event_candidate.h"

/** "sentenced to six years in a labour camp", "convicted of fraud", "on charges of fraud". */
STEMMA_NODISCARD stemma_status stm_find_penalty(struct stm_events *events,
                                                struct stm_candidate *candidate, uint32_t after);

/** The targets of sanctions: "sanctions on X", from where the sanctions are named. */
STEMMA_NODISCARD stemma_status stm_find_sanction_target(struct stm_events *events,
                                                        struct stm_candidate *candidate);

/** "with X", "between X and Y", "to X" behind a verb of meeting or agreeing. */
STEMMA_NODISCARD stemma_status stm_find_partners(struct stm_events *events,
                                                 struct stm_candidate *candidate, uint32_t after);

/** "by X" behind a passive. */
STEMMA_NODISCARD stemma_status stm_find_by_agent(struct stm_events *events,
                                                 struct stm_candidate *candidate, const char *role,
                                                 uint32_t after);

/** What is attacked need not be anybody: "a camp", "the power lines". Its words then. */
STEMMA_NODISCARD stemma_status stm_add_thing(struct stm_events *events,
                                             struct stm_candidate *candidate,
                                             const struct stm_event_frame *frame,
                                             const struct stm_chain *chain);

/** "20 inmates were released in May, including X": the members named behind the verb. */
STEMMA_NODISCARD stemma_status stm_find_included(struct stm_events *events,
                                                 struct stm_candidate *candidate,
                                                 const struct stm_event_frame *frame,
                                                 uint32_t after);

#endif
