/* SPDX-License-Identifier: MIT */
/* Positions: claims that stand together, with what stands behind them. */
#ifndef STEMMA_QUERY_POSITION_LIST_H
#define STEMMA_QUERY_POSITION_LIST_H

#include "query/claim_list.h"

/* Members of the open object: documents, independent, speakers, first, last (dates of publication). */
stemma_status stm_standing_members(struct stm_query *query, const stemma_standing *standing);

/* A position as object: its standing and its claims, without witnesses, the head first. `updated_by`: the
   head of the position that it gave way to, or NULL. */
stemma_status stm_position_json(struct stm_query *query, const stemma_position *position,
                                const stemma_claim *updated_by);

/* A position as lines of a table of claims (stm_claim_table_begin()): the head with the counts of the
   position, below it what stands with it, indented. `note` stands behind the words of the head, or "". */
stemma_status stm_position_lines(struct stm_query *query, struct stm_table *table,
                                 const stemma_position *position, const char *note,
                                 bool witnesses);

/* A claim for those who show claims one by one. */
static inline struct stm_claim_view stm_view_of(const stemma_claim *claim)
{
    struct stm_claim_view view;
    memset(&view, 0, sizeof view);
    view.claim = *claim;
    return view;
}

#endif
