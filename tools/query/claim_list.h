/* SPDX-License-Identifier: MIT */
/* The claims about one thing, grouped by predicate, the best supported first. */
#ifndef STEMMA_QUERY_CLAIM_LIST_H
#define STEMMA_QUERY_CLAIM_LIST_H

#include "query/claim_view.h"

/* Shows the claims first ... first + count - 1 in whatever format is asked for: in JSON as array under
   "claims" of the open object. `most`: so many of each predicate in text (0: all). `witnesses`: name
   who says each. Ends the item at hand. */
stemma_status stm_claim_list_show(struct stm_query *query, uint32_t first, uint32_t count,
                                  uint64_t most, bool witnesses);

/* One claim of a list: as object, as row (with the titles for rows), and as line of a table. `witnesses`
   as above. */
stemma_status stm_claim_list_json(struct stm_query *query, const struct stm_claim_view *view,
                                  bool witnesses);
void stm_claim_list_header(struct stm_output *output);
stemma_status stm_claim_list_row(struct stm_query *query, const struct stm_claim_view *view);
void stm_claim_table_begin(struct stm_table *table, const struct stm_query *query,
                           unsigned indent);
stemma_status stm_claim_list_line(struct stm_query *query, struct stm_table *table,
                                  const struct stm_claim_view *view, bool witnesses);

#endif
