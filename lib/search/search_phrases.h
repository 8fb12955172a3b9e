/* SPDX-License-Identifier: MIT */
/* Phrases that no list tells of: the texts of what was found are read, on several threads where they are many. */
#ifndef STEMMA_LIB_SEARCH_PHRASES_H
#define STEMMA_LIB_SEARCH_PHRASES_H

#include "search/search_lists.h"
#include "search/search_rank.h"

/* Whether there are phrases of which lists of pairs do not tell all in every language. */
int stm_phrases_need_texts(const stm_search *search);

/* Whether the phrases of the query stand in a document that has all its words. STEMMA_E_DAMAGED,
   STEMMA_E_NO_MEMORY. */
stemma_status stm_phrases_stand(stm_search *search, uint32_t document, uint32_t language, int *stand,
                                stemma_error *error);

/* Drops from the sorted results those without the phrases, until `wanted` are left. Statuses as above, of the
   first document in order that gives one, however many threads there are. */
stemma_status stm_phrases_keep(stm_search *search, uint32_t wanted, stm_ranked *best, uint32_t *count,
                               stemma_error *error);

/* The text of a document; one of 0 bytes when it is withheld. Lives in the snapshot's memory. */
stemma_status stm_phrases_text(stemma_snapshot *snapshot, uint32_t document, stemma_text *text,
                               stemma_error *error);

#endif
