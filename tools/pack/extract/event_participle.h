/* SPDX-License-Identifier: MIT */
/**
 * @file event_participle.h
 * Participles that the tagger takes for adjectives or nouns, and clauses that stand upside down.
 */
#ifndef STEMMA_EXTRACT_EVENT_PARTICIPLE_H
#define STEMMA_EXTRACT_EVENT_PARTICIPLE_H

#include "pack/extract/event_candidate.h"

/** The senses of a participle that is tagged as an adjective or a noun: "were injured", "those
    freed". NULL and `*count` 0 when there are none. */
const struct stm_sense *stm_participle_senses(const struct stm_annotation *ann, uint32_t token,
                                              size_t *count);

/** Whether a word that is tagged otherwise stands where a participle does. */
int stm_is_hidden_participle(const struct stm_annotation *ann, uint32_t token);

/** Whether a participle stands behind "those" or a sentence begins with "also" or "among". */
int stm_is_inverted(const struct stm_annotation *ann, uint32_t token);

/** "Also released were A and B", "Among those freed last month was C", "D was among those freed":
    adds to a happening told elsewhere. 1 in `*inverted` when the clause is one of these. */
STEMMA_NODISCARD stemma_status stm_read_inverted(struct stm_events *events,
                                                 struct stm_candidate *candidate,
                                                 const struct stm_sense *sense, int *inverted);

#endif
