/* SPDX-License-Identifier: MIT */
/* The card of an event. */
#ifndef STEMMA_QUERY_SHOW_EVENT_H
#define STEMMA_QUERY_SHOW_EVENT_H

#include "query/query.h"

stemma_status stm_show_event(struct stm_query *query, uint32_t event);

#endif
