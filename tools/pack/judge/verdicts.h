/* SPDX-License-Identifier: MIT */
/* Judgements and derivations as they are found, before they are put in order. */
#ifndef STEMMA_PACK_JUDGE_VERDICTS_H
#define STEMMA_PACK_JUDGE_VERDICTS_H

#include "pack/judge/judge.h"

struct stm_verdicts {
    struct stm_arena *arena; /* of the result */
    uint32_t run;
    stemma_judgement *judgements;
    size_t judgement_count;
    size_t judgement_capacity;
    stemma_derivation *derivations;
    size_t derivation_count;
    size_t derivation_capacity;
};

/* Adds a judgement of this run; the order of `a` and `b` does not matter. `reason` is copied. */
stemma_status stm_verdicts_add(struct stm_verdicts *verdicts, stemma_referent_id a,
                               stemma_referent_id b, stemma_verdict verdict, uint32_t score,
                               const char *reason);

/* Adds a derivation; its ranges must live as long as the arena of the result. */
stemma_status stm_verdicts_derive(struct stm_verdicts *verdicts,
                                  const stemma_derivation *derivation);

/* memcmp-like order of two referents. */
int stm_referent_compare(stemma_referent_id a, stemma_referent_id b);

#endif
