/* SPDX-License-Identifier: MIT */
#include "query/claim_view.h"

stemma_status stm_claim_load(struct stm_query *query, uint32_t number, struct stm_claim_view *out)
{
    return stemma_claim_get(query->item, number, &out->claim, &query->error);
}

stemma_status stm_claims_load(struct stm_query *query, uint32_t first, uint32_t count,
                              struct stm_claim_view **out, uint32_t *out_count)
{
    struct stm_claim_view *views = NULL;
    size_t capacity = 0;
    *out_count = 0;
    for (uint32_t i = 0; i < count; i++) {
        stemma_status status =
            stm_arena_grow(&query->arena, &views, *out_count, &capacity, sizeof *views);
        if (status == STEMMA_OK) {
            status = stm_claim_load(query, first + i, &views[*out_count]);
        }
        if (status == STEMMA_NOT_FOUND) { /* nobody has said it yet */
            continue;
        }
        if (status != STEMMA_OK) {
            return status;
        }
        (*out_count)++;
    }
    *out = views;
    return STEMMA_OK;
}
