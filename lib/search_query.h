/* SPDX-License-Identifier: MIT */
/* What a full-text query asks for: words, each with the terms it has in every language, and phrases
   that must stand together. No file is touched here. */
#ifndef STEMMA_LIB_SEARCH_QUERY_H
#define STEMMA_LIB_SEARCH_QUERY_H

#include "term.h"

#define STM_QUERY_WORDS   32u                       /* words in a query; more is STEMMA_E_LIMIT */
#define STM_QUERY_PHRASES 8u                        /* phrases in a query */
#define STM_QUERY_TERMS   (STM_WORD_LANGUAGES + 1u) /* different terms that one word may have */

/* Languages are bits: bit i for stemmer i, the last bit for documents without a stemmer. */
#define STM_QUERY_NO_STEMMER (UINT32_C(1) << STM_WORD_LANGUAGES)

static inline uint32_t stm_query_language_bit(uint32_t language)
{
    return language < STM_WORD_LANGUAGES ? UINT32_C(1) << language : STM_QUERY_NO_STEMMER;
}

/* A term that a word has in documents of some languages. */
typedef struct stm_query_term {
    uint32_t languages; /* bits */
    uint32_t size;
    char text[STM_TERM_LIMIT];
} stm_query_term;

typedef struct stm_query_word {
    uint32_t term_count; /* at least 1 */
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
    stm_word_maker *makers[STM_WORD_LANGUAGES + 1]; /* by language index; the last stems nothing */
} stm_query;

/* Reads a query. `text` outlives `query`, which is large (about 30 KB): keep it off the stack.
   Free it with stm_query_clear(), also after a failure. STEMMA_E_LIMIT, STEMMA_E_NO_MEMORY. */
stemma_status stm_query_read(stm_query *query, stemma_text text);

void stm_query_clear(stm_query *query);

/* Marks in a table for stm_word_walk_only() how words of this term begin. */
void stm_query_note_first(uint8_t first_bytes[128], const stm_word *term);

/* The maker for documents of a stemmer index or STEMMA_NONE; belongs to the query. */
stm_word_maker *stm_query_maker(const stm_query *query, uint32_t language);

/* Bits of the words of the query that a term of a document in `language` stands for. */
uint32_t stm_query_match(const stm_query *query, uint32_t language, stemma_text term);

#endif
