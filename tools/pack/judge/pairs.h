/* SPDX-License-Identifier: MIT */
/* A set of pairs of referents (or of documents, with referent 0), to ask what is judged already. */
#ifndef STEMMA_PACK_JUDGE_PAIRS_H
#define STEMMA_PACK_JUDGE_PAIRS_H

#include "pack/judge/verdicts.h"

struct stm_pair {
    stemma_referent_id left;
    stemma_referent_id right;
};

struct stm_pairs {
    struct stm_pair *pairs; /* sorted by stm_pairs_sort() */
    size_t count;
    size_t capacity;
};

stemma_status stm_pairs_add(struct stm_pairs *pairs, struct stm_arena *arena, stemma_referent_id a,
                            stemma_referent_id b);
void stm_pairs_sort(struct stm_pairs *pairs, struct stm_arena *arena);

/* Whether the sorted set holds the pair, either way round. */
int stm_pairs_have(const struct stm_pairs *pairs, stemma_referent_id a, stemma_referent_id b);

#endif
