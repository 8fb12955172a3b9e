/* SPDX-License-Identifier: MIT */
/**
 * @file event_whom.h
 * Whom a happening is done to, or said to, where neither an object nor a preposition of its frame tells.
 */
#ifndef STEMMA_EXTRACT_EVENT_WHOM_H
#define STEMMA_EXTRACT_EVENT_WHOM_H

#include "pack/extract/event_candidate.h"
#include "pack/extract/event_clause.h"

/** Adds them to what a verb tells; `noun` is the object that decided its sense, or STEMMA_NONE. */
STEMMA_NODISCARD stemma_status stm_add_whom(struct stm_events *events,
                                            struct stm_candidate *candidate,
                                            const struct stm_clause *clause, uint32_t noun);

/** Adds them, and who speaks, to what a noun tells: "threats from X against Y". */
STEMMA_NODISCARD stemma_status stm_add_whom_of_noun(struct stm_events *events,
                                                    struct stm_candidate *candidate);

/** Who is meant where the object is only what goes to them: of "offered its troops to X" X; none of "fired tear
    gas at X", whom a preposition names. `object` itself otherwise. */
uint32_t stm_whom_instead(const struct stm_annotation *ann, enum stm_event_kind kind,
                          const struct stm_clause *clause, uint32_t object);

#endif
