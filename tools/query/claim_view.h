/* SPDX-License-Identifier: MIT */
/* Claims as they were known at the date of --as-of. */
#ifndef STEMMA_QUERY_CLAIM_VIEW_H
#define STEMMA_QUERY_CLAIM_VIEW_H

#include "query/query.h"

/* A share of all witnesses: those in documents that are known. Counts are theirs. */
struct stm_claim_view {
    stemma_claim claim;
    bool cut; /* some witnesses are not known yet */
};

/* The claims first ... first + count - 1 that have a witness that is known. `*out` belongs to the
   item. */
stemma_status stm_claims_load(struct stm_query *query, uint32_t first, uint32_t count,
                              struct stm_claim_view **out, uint32_t *out_count);

/* One claim; STEMMA_NOT_FOUND when nobody known has said it yet. */
stemma_status stm_claim_load(struct stm_query *query, uint32_t number, struct stm_claim_view *out);

/* How many groups of documents that do not derive from each other the sorted `documents` make. */
stemma_status stm_count_independent(struct stm_query *query, const uint32_t *documents,
                                    uint32_t count, uint32_t *out);

#endif
