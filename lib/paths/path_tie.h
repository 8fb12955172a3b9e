/* SPDX-License-Identifier: MIT */
/* Inside path_graph.h: what ties one entity to others, by events (path_event.c) and by claims
   (path_claim.c). What does not fit is left out and marks the search as cut. */
#ifndef STEMMA_LIB_PATH_TIE_H
#define STEMMA_LIB_PATH_TIE_H

#include "paths/path_graph.h"

/* Ties `entity` to node `from`, which is one nearer to the end. */
stemma_status stm_path_tie_add(stm_path_search *search, stm_path_side *side, uint32_t from,
                               uint32_t entity, const stemma_path_edge *edge, stemma_error *error);

/* Ties to node `from` who is in the events of one query, at most `*left` of them, which counts down. */
stemma_status stm_path_tie_events(stm_path_search *search, stm_path_side *side, uint32_t from,
                                  const stemma_event_query *query, uint32_t *left,
                                  stemma_error *error);

/* The same for the known events of the node's list in `table`; in any order. */
stemma_status stm_path_tie_list(stm_path_search *search, stm_path_side *side, uint32_t from,
                                stm_table table, uint32_t *left, stemma_error *error);

/* Ties whom the claims about node `node` name. */
stemma_status stm_path_tie_claims(stm_path_search *search, stm_path_side *side, uint32_t node,
                                  stemma_error *error);

/* Ties to the end of a side those whose claims name it. */
stemma_status stm_path_tie_subjects(stm_path_search *search, stm_path_side *side,
                                    stemma_error *error);

/* Whether a document that is known speaks of an event. */
stemma_status stm_path_event_known(stemma_snapshot *snapshot, uint32_t event, int *known,
                                   stemma_error *error);

#endif
