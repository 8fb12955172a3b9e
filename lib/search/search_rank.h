/* SPDX-License-Identifier: MIT */
/* The best documents by BM25. SPEC.md, "Looking up". */
#ifndef STEMMA_LIB_SEARCH_RANK_H
#define STEMMA_LIB_SEARCH_RANK_H

#include "search/search_lists.h"

typedef struct stm_ranked {
    double score;
    uint32_t document;
    uint32_t language; /* its stemmer, or STEMMA_NONE */
} stm_ranked;

/* BM25: the weight of a word that `held` of so many documents have, and what so many occurrences of a
   word of weight 1 add in a document of so many words. */
double stm_bm25_weight(double documents, double held);
double stm_bm25_part(double occurrences, double size, double mean);

/* Finds the best `limit` documents of a search whose lists were counted; higher scores first, lower
   numbers first among equal ones. `*out` lives in the snapshot's memory. STEMMA_E_DAMAGED,
   STEMMA_E_NO_MEMORY. */
stemma_status stm_search_best(stm_search *search, uint32_t limit, stm_ranked **out, uint32_t *count,
                              stemma_error *error);

#endif
