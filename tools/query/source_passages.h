/* SPDX-License-Identifier: MIT */
/* The passages that documents share. */
#ifndef STEMMA_QUERY_SOURCE_PASSAGES_H
#define STEMMA_QUERY_SOURCE_PASSAGES_H

#include "query/query.h"

/* A result for each derivation of these documents, of any that is known, in the order of the tree:
   both documents and their passages, what differs marked. STEMMA_NOT_FOUND when there is none. */
stemma_status stm_source_passages(struct stm_query *query, stemma_sources *sources);

#endif
