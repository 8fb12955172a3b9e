/* SPDX-License-Identifier: MIT */
/* What a full-text query asks for: words, each with the terms it has in every language that the
   documents are in, and phrases that must stand together. No file is touched here. */
#ifndef STEMMA_LIB_SEARCH_QUERY_H
#define STEMMA_LIB_SEARCH_QUERY_H

#include "search/search_cache.h"

#define STM_QUERY_WORDS   32u                /* words in a query; more is STEMMA_E_LIMIT */
#define STM_QUERY_PHRASES 8u                 /* phrases in a query */
#define STM_QUERY_TERMS   STM_LANGUAGE_COUNT /* different terms that one word may have */

/* A term that a word has in documents of some languages. */
typedef struct stm_query_term {
    uint32_t languages; /* bits */
    uint32_t size;
    char text[STM_TERM_LIMIT];
} stm_query_term;

typedef struct stm_query_word {
    uint32_t prefix_size; /* 0: a whole word; else any term that begins so stands for it too */
    char prefix[STM_TERM_LIMIT];
    uint32_t term_count; /* at least 1, but for a prefix */
    stm_query_term terms[STM_QUERY_TERMS];
} stm_query_word;

/* Words in double quotes: the text between the quotes, to be cut into words language by language.
 */
typedef struct stm_query {
    uint32_t word_count;
    stm_query_word words[STM_QUERY_WORDS]; /* distinct */
    uint8_t first_bytes[128]; /* 1 for ASCII letters and digits that begin a term, in either case */
    uint32_t phrase_count;
    stemma_text phrases[STM_QUERY_PHRASES]; /* views of the query text; each of two words or more */
    uint32_t looked_for;     /* bits of the words that texts are searched for: not those behind NOT */
    stm_search_cache *cache; /* of the stemmers; borrowed */
} stm_query;

/* An empty query. */
void stm_query_begin(stm_query *query, stm_search_cache *cache);

/* Adds the words of a text, and gives the bits of those among the query's words; with `prefix` the
   last one is only a beginning. `*count` is how many there were. STEMMA_E_LIMIT,
   STEMMA_E_NO_MEMORY. */
stemma_status stm_query_add(stm_query *query, stemma_text text, int prefix, uint32_t *words,
                            uint32_t *count);

/* Reads a query for documents in the cache's languages. `text` and `cache` outlive `query`, which
   is large (about 30 KB): keep it off the stack. Nothing to free. STEMMA_E_LIMIT,
   STEMMA_E_NO_MEMORY.
 */
stemma_status stm_query_read(stm_query *query, stm_search_cache *cache, stemma_text text);

/* Marks in a table for stm_word_walk_only() how words of this term begin. */
void stm_query_note_first(uint8_t first_bytes[128], const stm_word *term);

/* Bits of the words of the query that a term of a document in `language` stands for. */
uint32_t stm_query_match(const stm_query *query, uint32_t language, stemma_text term);

#endif
