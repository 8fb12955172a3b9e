/* SPDX-License-Identifier: MIT */
/* The card of a person, organisation, place, group or thing. */
#ifndef STEMMA_QUERY_SHOW_ENTITY_H
#define STEMMA_QUERY_SHOW_ENTITY_H

#include "query/query.h"

stemma_status stm_show_entity(struct stm_query *query, uint32_t entity);

#endif
