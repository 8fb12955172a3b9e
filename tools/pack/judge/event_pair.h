/* SPDX-License-Identifier: MIT */
/* Which accounts are worth comparing, and how much speaks for their being one.
 *
 * Accounts of one type (or told by one word) meet that share a participant, a number, a day, a name
 * beside them, or the story and the word. Of those that share something frequent only neighbours in
 * time meet: what one account is compared with is bounded, so the work grows with the corpus. */
#ifndef STEMMA_PACK_JUDGE_EVENT_PAIR_H
#define STEMMA_PACK_JUDGE_EVENT_PAIR_H

#include "pack/judge/entity_context.h"
#include "pack/judge/event_node.h"
#include "pack/judge/pairs.h"
#include "pack/judge/story.h"

struct stm_event_pair {
    uint32_t left; /* nodes; left < right */
    uint32_t right;
    int score; /* stm_event_score() */
};

/* What pairs are scored by. All borrowed. */
struct stm_event_pairing {
    const struct stm_judge_input *input;
    const struct stm_pairs *known;
    const struct stm_events *events;
    const struct stm_contexts *contexts;
    const struct stm_stories *stories;
    const struct stm_verdicts *verdicts; /* whose derivations tell which documents are copies */
};

/* The pairs of different documents that score at least STM_EVENT_UNSURE and are not settled, best
   first. They live in `arena`. The threads of the input share the work and change nothing else. */
stemma_status stm_event_pairs_find(const struct stm_event_pairing *pairing, struct stm_arena *arena,
                                   struct stm_event_pair **pairs, size_t *count);

/* Whether the pair came in judged, or both documents were judged together before. */
int stm_event_pair_settled(const struct stm_event_pairing *pairing, uint32_t left, uint32_t right);

#endif
