/* SPDX-License-Identifier: MIT */
/* The passages that documents share. */
#ifndef STEMMA_QUERY_SOURCE_PASSAGES_H
#define STEMMA_QUERY_SOURCE_PASSAGES_H

#include "query/query.h"

/* The header, where results are rows. */
void stm_source_passages_begin(struct stm_query *query);

/* A result for each derivation of these documents, of any that is known, in the order of the tree:
   both documents and their passages, what differs marked. Counts in `*shown`. */
stemma_status stm_source_passages(struct stm_query *query, stemma_sources *sources, uint64_t *shown);

/* A result for each document that is alike `document`, or for each pair of the file (STEMMA_NONE), of
   which none derives from the other: their passages, what is common marked. */
stemma_status stm_source_alike(struct stm_query *query, uint32_t document, uint64_t *shown);

/* How two documents stand to each other: the derivation, and without one, or when it tells no passages,
   what their texts have in common. STEMMA_NOT_FOUND when that is nothing. */
stemma_status stm_source_between(struct stm_query *query, uint32_t from, uint32_t to);

#endif
