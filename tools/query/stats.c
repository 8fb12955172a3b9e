/* SPDX-License-Identifier: MIT */
#include "query/query.h"

stemma_status stm_query_stats(struct stm_query *query)
{
    (void)query;
    return STEMMA_NOT_FOUND;
}
