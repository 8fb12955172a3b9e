/* SPDX-License-Identifier: MIT */
#include "query/claim_view.h"

stemma_status stm_claim_load(struct stm_query *query, uint32_t number, struct stm_claim_view *out)
{
    return stemma_claim_get(query->item, number, &out->claim, &query->error);
}
