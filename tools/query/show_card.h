/* SPDX-License-Identifier: MIT */
/* What the cards that show prints have in common. */
#ifndef STEMMA_QUERY_SHOW_CARD_H
#define STEMMA_QUERY_SHOW_CARD_H

#include "query/query.h"

/* How many lines of each list a card has in text; 0: all. --limit says otherwise. */
uint64_t stm_show_most(const struct stm_query *query);

/* The first line of a card, in bold. */
void stm_show_title(struct stm_query *query, stemma_text title);

/* "name  value", unless the value is empty. */
void stm_show_field(struct stm_query *query, const char *name, stemma_text value);

#endif
