/* SPDX-License-Identifier: MIT */
/* Claims of the item. */
#ifndef STEMMA_QUERY_CLAIM_VIEW_H
#define STEMMA_QUERY_CLAIM_VIEW_H

#include "query/query.h"

struct stm_claim_view {
    stemma_claim claim;
};

/* One claim; STEMMA_NOT_FOUND when nobody known has said it yet. */
stemma_status stm_claim_load(struct stm_query *query, uint32_t number, struct stm_claim_view *out);

#endif
