/* SPDX-License-Identifier: MIT */
#include "pack/judge/verdicts.h"

int stm_referent_compare(stemma_referent_id a, stemma_referent_id b)
{
    if (a.document != b.document) {
        return a.document < b.document ? -1 : 1;
    }
    return (a.referent > b.referent) - (a.referent < b.referent);
}

stemma_status stm_verdicts_add(struct stm_verdicts *verdicts, stemma_referent_id a,
                               stemma_referent_id b, stemma_verdict verdict, uint32_t score,
                               const char *reason)
{
    stemma_status status =
        stm_arena_grow(verdicts->arena, &verdicts->judgements, verdicts->judgement_count,
                       &verdicts->judgement_capacity, sizeof *verdicts->judgements);
    if (status != STEMMA_OK) {
        return status;
    }
    int swap = stm_referent_compare(a, b) > 0;
    stemma_judgement *judgement = &verdicts->judgements[verdicts->judgement_count];
    memset(judgement, 0, sizeof *judgement);
    judgement->left = swap ? b : a;
    judgement->right = swap ? a : b;
    judgement->verdict = (uint8_t)verdict;
    judgement->score = (uint16_t)(score > 1000 ? 1000 : score);
    judgement->run = verdicts->run;
    judgement->reason = stm_arena_text(verdicts->arena, stemma_text_of(reason));
    if (judgement->reason.data == NULL && reason[0] != '\0') {
        return STEMMA_E_NO_MEMORY;
    }
    verdicts->judgement_count++;
    return STEMMA_OK;
}

stemma_status stm_verdicts_derive(struct stm_verdicts *verdicts,
                                  const stemma_derivation *derivation)
{
    stemma_status status =
        stm_arena_grow(verdicts->arena, &verdicts->derivations, verdicts->derivation_count,
                       &verdicts->derivation_capacity, sizeof *verdicts->derivations);
    if (status == STEMMA_OK) {
        verdicts->derivations[verdicts->derivation_count++] = *derivation;
    }
    return status;
}
