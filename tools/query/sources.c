/* SPDX-License-Identifier: MIT */
#include "query/query.h"

stemma_status stm_query_sources(struct stm_query *query)
{
    (void)query;
    return STEMMA_NOT_FOUND;
}
