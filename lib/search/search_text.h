/* SPDX-License-Identifier: MIT */
/* Looking into a document's text for the words of a query: whether a phrase stands there, and which
   passage to show. */
#ifndef STEMMA_LIB_SEARCH_TEXT_H
#define STEMMA_LIB_SEARCH_TEXT_H

#include "search/search_query.h"

#define STM_SNIPPET_SIZE  200u /* bytes that a passage aims at */
#define STM_SNIPPET_WORDS 64u  /* words marked in one passage */

/* Whether all phrases of the query stand in `text`, a document whose stemmer is `language`.
   `*found` is 0 or 1. STEMMA_E_NO_MEMORY. */
stemma_status stm_text_has_phrases(const stm_query *query, uint32_t language, stemma_text text,
                                   int *found);

/* The same of one phrase. */
stemma_status stm_text_has_phrase(const stm_query *query, uint32_t number, uint32_t language,
                                  stemma_text text, int *found);

/* The same of a phrase as text, by a cache that may be another snapshot's. */
stemma_status stm_text_holds(stm_search_cache *cache, uint32_t language, stemma_text text,
                             stemma_text wanted, int *found);

/* The terms of a phrase in documents of a stemmer index or STEMMA_NONE, in order, of which a text must
   have each directly behind the one before. They live until the next call of a function of this file
   with the same cache. STEMMA_E_NO_MEMORY. */
stemma_status stm_text_phrase(stm_search_cache *cache, uint32_t language, stemma_text phrase,
                              const stm_word **words, uint32_t *count);

/* The passage to show. */
typedef struct stm_snippet {
    stemma_span span;
    uint32_t word_count;
    stemma_span words[STM_SNIPPET_WORDS];
} stm_snippet;

/* Chooses the passage with most different words of the query, then most words, then the first. The
   beginning of the text when none is found. STEMMA_E_NO_MEMORY. */
stemma_status stm_text_snippet(const stm_query *query, uint32_t language, stemma_text text,
                               stm_snippet *out);

#endif
