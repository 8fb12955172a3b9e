/* SPDX-License-Identifier: MIT */
/* The posting lists of the words of a query, and walking through the documents that hold them all.
   A word's list is the union of those of its terms: a term counts for a document only when it is
   the word's stem in the document's own language. */
#ifndef STEMMA_LIB_SEARCH_LISTS_H
#define STEMMA_LIB_SEARCH_LISTS_H

#include "search/search_pairs.h"
#include "search/search_query.h"
#include "file/snapshot.h"

/* The list of one term of a word. */
typedef struct stm_term_list {
    stm_posting_source source;
    stm_table table;    /* term; of two words of a phrase also neighbour */
    uint32_t languages; /* in which documents the term stands for the word */
    uint32_t document;  /* where the list stands, STEMMA_NONE at its end */
    int fresh;          /* it stands nowhere yet */
    stm_posting_cursor cursor;
} stm_term_list;

typedef struct stm_word_lists {
    stm_term_list *lists[STM_QUERY_TERMS];
    uint32_t count;
    int every_language; /* one list, which stands for the word whatever a document's language */
    uint64_t documents; /* how many the lists hold in all; 0 unless they were counted */
} stm_word_lists;

/* The lists of a query. Lives in the snapshot's memory. */
typedef struct stm_search {
    stemma_snapshot *snapshot;
    stm_search_cache *cache;
    stm_query query;
    stm_word_lists words[STM_QUERY_WORDS];
    uint32_t word_count; /* 0: nothing can match */
    uint32_t opened;     /* words whose lists are open */
    stm_word_lists *pairs; /* what the words of phrases have next to each other; the rarest first */
    uint32_t pair_count;
    uint32_t told[STM_QUERY_PHRASES]; /* by phrase: languages whose documents need not be read for it */
    uint32_t documents;  /* in the file */
    uint32_t until;      /* only documents below this one, of which there are so many */
    double mean_size;    /* words of one of those, at least 1 */
} stm_search;

/* Reads the query and opens its lists; with `counted` it counts them too and puts the rarest word
   first, words of one count in the order of the query. stm_search_close() gives the lists' cursors
   back for later use (without it the snapshot's reset does). STEMMA_E_LIMIT for a query too long,
   STEMMA_E_DAMAGED, STEMMA_E_NO_MEMORY. */
stemma_status stm_search_open(stm_search **out, stemma_snapshot *snapshot, stemma_text query,
                              int counted, stemma_error *error);
void stm_search_close(stm_search *search);

/* The first document not below `from` that holds every word. Of phrases only the pairs that are
   indexed are looked at. What was
   passed is not found again. STEMMA_END; STEMMA_E_DAMAGED. */
stemma_status stm_search_next(stm_search *search, uint32_t from, uint32_t *document,
                              stemma_error *error);

/* How many documents stm_search_next() would give, of a search that was just opened; it is at its
   end then. STEMMA_E_DAMAGED. */
stemma_status stm_search_count(stm_search *search, uint64_t *count, stemma_error *error);

/* How often a word stands in the document, in `language`, that stm_search_next() gave last.
   STEMMA_E_DAMAGED. */
stemma_status stm_search_occurrences(const stm_word_lists *word, uint32_t document,
                                     uint32_t language, uint64_t *count, stemma_error *error);

#endif
