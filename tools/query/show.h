/* SPDX-License-Identifier: MIT */
/* The cards that show prints, one kind of thing a file. */
#ifndef STEMMA_QUERY_SHOW_H
#define STEMMA_QUERY_SHOW_H

#include "query/query.h"

stemma_status stm_show_entity(struct stm_query *query, uint32_t entity);
stemma_status stm_show_event(struct stm_query *query, uint32_t event);
stemma_status stm_show_document(struct stm_query *query, uint32_t document);

/* How many lines of each list a card has in text; 0: all. --limit says otherwise. */
uint64_t stm_show_most(const struct stm_query *query);

/* The first line of a card, in bold. */
void stm_show_title(struct stm_query *query, stemma_text title);

/* "name  value", unless the value is empty. */
void stm_show_field(struct stm_query *query, const char *name, stemma_text value);

#endif
