/* SPDX-License-Identifier: MIT */
/* What a snapshot keeps from one search to the next: stemmers, which cost more to make than a
   search, and where the sizes and languages of documents stand. */
#ifndef STEMMA_LIB_SEARCH_CACHE_H
#define STEMMA_LIB_SEARCH_CACHE_H

#include "column.h"
#include "limits.h"
#include "stemma/read.h"
#include "read/term.h"

/* Languages are bits: bit i for stemmer i, the last bit for documents without a stemmer. */
#define STM_LANGUAGE_COUNT (STM_WORD_LANGUAGES + 1u)
#define STM_NO_STEMMER     (UINT32_C(1) << STM_WORD_LANGUAGES)

static inline uint32_t stm_language_bit(uint32_t language)
{
    return language < STM_WORD_LANGUAGES ? UINT32_C(1) << language : STM_NO_STEMMER;
}

/* Columns of one block of table `group`. */
typedef struct stm_document_block {
    stm_column sizes;
    stm_column languages;
} stm_document_block;

/* Words whose terms were made lately: in many texts the same ones come again and again. */
#define STM_MEMO_WORDS 2048u
#define STM_MEMO_BYTES 24u

typedef struct stm_memo {
    uint8_t language; /* + 1; 0: empty */
    uint8_t size;     /* of the word */
    uint8_t term_size;
    char word[STM_MEMO_BYTES];
    char term[STM_MEMO_BYTES];
} stm_memo;

/* A phrase made ready for the texts of one language; see search_text.c. */
struct stm_phrase;

typedef struct stm_search_cache {
    uint32_t present; /* bits of the languages of documents that have indexed words */
    uint32_t block_count;
    stm_document_block *blocks;
    double mean_size;                           /* words of a document, at least 1 */
    uint32_t mean_until;                        /* 0: none; documents below this one have ... */
    double mean_of_those;                       /* ... so many words each */
    stm_word_maker *makers[STM_LANGUAGE_COUNT]; /* by language; NULL until needed */
    stm_memo *memo;                             /* STM_MEMO_WORDS; NULL until needed */
    struct stm_phrase *phrase; /* the one that was looked for last; NULL until needed */
    uint64_t pair_bound; /* stm_pair_bound() of the table of neighbours; 0 until needed */
} stm_search_cache;

/* The snapshot's cache, made when first needed. It lives as long as the snapshot. STEMMA_E_DAMAGED,
   STEMMA_E_NO_MEMORY. */
stemma_status stm_search_cache_get(stemma_snapshot *snapshot, stm_search_cache **out,
                                   stemma_error *error);

/* NULL is fine. */
void stm_search_cache_free(stm_search_cache *cache);

/* The maker for documents of a stemmer index, or STEMMA_NONE. NULL: no memory. */
stm_word_maker *stm_search_maker(stm_search_cache *cache, uint32_t language);

/* The term of a word as stm_word_term() gives it, in documents of a stemmer index or STEMMA_NONE;
   quick for words that came lately. STEMMA_E_NO_MEMORY. */
stemma_status stm_search_term(stm_search_cache *cache, uint32_t language, stemma_text word,
                              stm_word *out);

/* Number of indexed words of a document, which is below 4096 * block_count: as it stands in the
   file, for a first look. */
static inline uint32_t stm_search_size(const stm_search_cache *cache, uint32_t document)
{
    return (uint32_t)stm_column_get(&cache->blocks[document / STEMMA_EVENT_BLOCK].sizes,
                                    document % STEMMA_EVENT_BLOCK);
}

/* Words of a document of those below `until`, of `documents` in all; at least 1. */
double stm_search_mean(stm_search_cache *cache, uint32_t until, uint32_t documents);

/* Number of indexed words of a document, which is below 4096 * block_count, and its stemmer or
   STEMMA_NONE. STEMMA_E_DAMAGED. */
stemma_status stm_search_document(const stm_search_cache *cache, uint32_t document, uint32_t *size,
                                  uint32_t *language, stemma_error *error);

#endif
