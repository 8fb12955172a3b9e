/* SPDX-License-Identifier: MIT */
/* What the table of pairs tells of a phrase: the documents in which two frequent words of it follow
   each other. SPEC.md, "Looking up". */
#ifndef STEMMA_LIB_SEARCH_PAIRS_H
#define STEMMA_LIB_SEARCH_PAIRS_H

#include "file/snapshot.h"
#include "search/search_query.h"

#define STM_SEARCH_PAIRS 16u /* of neighbouring words whose lists a query looks at */

/* A posting list, and the languages of the documents for which it tells something. */
typedef struct stm_pair_list {
    stm_table table; /* neighbour; or term, for languages in which no list is of the pair */
    stm_list_key key;
    uint32_t languages; /* bits */
    uint64_t documents;
} stm_pair_list;

/* Two neighbouring words of a phrase: whatever has the phrase is in a list of its language. Lists
   that are empty are left out. */
typedef struct stm_pair_lists {
    uint32_t count;
    stm_pair_list lists[STM_LANGUAGE_COUNT];
    uint32_t told; /* languages in which these are the whole phrase and a pair: the list has no others */
} stm_pair_lists;

/* The lists of words `position` and `position` + 1 of a phrase. STEMMA_NOT_FOUND when they tell no
   more than the lists of the words, STEMMA_END behind the last word; STEMMA_E_DAMAGED,
   STEMMA_E_NO_MEMORY. */
stemma_status stm_pair_lists_of(stemma_snapshot *snapshot, stm_search_cache *cache,
                                stemma_text phrase, uint32_t position, stm_pair_lists *out,
                                stemma_error *error);

#endif
