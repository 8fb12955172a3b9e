/* SPDX-License-Identifier: MIT */
/* The claims about one thing, grouped by predicate, the best supported first. */
#ifndef STEMMA_QUERY_CLAIM_LIST_H
#define STEMMA_QUERY_CLAIM_LIST_H

#include "query/claim_view.h"

/* Shows the claims first ... first + count - 1, which are about `subject`, in whatever format is asked for:
   in JSON as arrays under "claims" and "positions" of the open object. `most`: so many positions of each
   predicate in text (0: all). `witnesses`: name who says each. Ends the item at hand. */
stemma_status stm_claim_list_show(struct stm_query *query, stemma_reference subject, uint64_t most,
                                  bool witnesses);

/* How a claim stands in a table. */
struct stm_claim_line {
    const stemma_standing *standing; /* whose counts to show; NULL: the claim's own */
    const char *indent;
    const char *note; /* behind the words, or "" */
    bool witnesses;   /* name who says it */
};

/* One claim of a list: as object, as row (with the titles for rows), and as line of a table. `witnesses`
   as above. */
stemma_status stm_claim_list_json(struct stm_query *query, const struct stm_claim_view *view,
                                  bool witnesses);
void stm_claim_list_header(struct stm_output *output);
stemma_status stm_claim_list_row(struct stm_query *query, const struct stm_claim_view *view);
void stm_claim_table_begin(struct stm_table *table, const struct stm_query *query,
                           unsigned indent);
stemma_status stm_claim_list_line(struct stm_query *query, struct stm_table *table,
                                  const struct stm_claim_view *view,
                                  const struct stm_claim_line *line);

#endif
