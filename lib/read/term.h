/* SPDX-License-Identifier: MIT */
/* Text to terms of the full-text index: words, case folded, stemmed by the language of the
   document, marks stripped. The writer and the search share it. SPEC.md, "Terms". */
#ifndef STEMMA_LIB_TERM_H
#define STEMMA_LIB_TERM_H

#include "stemma/status.h"
#include "stemma/types.h"
#include "key.h"
#include "limits.h"

/* ---- Languages ----------------------------------------------------------------------------- */

/* Number of languages that have a stemmer; more than any index below. */
#define STM_WORD_LANGUAGES 12u

/* Index of the stemmer for a BCP 47 tag (its primary subtag decides), or STEMMA_NONE. */
uint32_t stm_word_language(stemma_text tag);

/* A tag that gives the index, which is below STM_WORD_LANGUAGES. Static storage. */
stemma_text stm_word_language_tag(uint32_t language);

/* A language's stemmer and its working memory. One thread at a time. */
typedef struct stm_word_maker stm_word_maker;

/* Makes one for a BCP 47 tag; without a stemmer for it (or an empty tag) words are folded but not
   stemmed. `*out` is owned by the caller: stm_word_maker_free(). STEMMA_E_NO_MEMORY; STEMMA_E_SYSTEM: there is no
   libstemmer, and stm_stemmer_explain() says why. */
stemma_status stm_word_maker_new(stm_word_maker **out, stemma_text language);

/* NULL is fine. */
void stm_word_maker_free(stm_word_maker *maker);

/* ---- Words --------------------------------------------------------------------------------- */

/* One word of a text. */
typedef struct stm_word {
    stemma_span span;  /* bytes of the text */
    uint32_t position; /* words before it */
    uint32_t size;     /* of the term: 1..STM_TERM_LIMIT */
    char text[STM_TERM_LIMIT];
} stm_word;

static inline stemma_text stm_word_text(const stm_word *word)
{
    stemma_text text = {word->text, word->size};
    return text;
}

/* Walks over the words of a text. Plain data; nothing to free. */
typedef struct stm_word_walk {
    stm_word_maker *maker;
    stemma_text text;
    size_t at;
    uint32_t position;
    const uint8_t *wanted; /* see stm_word_walk_only() */
} stm_word_walk;

/* `text` is valid UTF-8 of at most STEMMA_LIMIT_TEXT bytes and outlives the walk. (Invalid bytes
   separate words; nothing worse happens.) */
void stm_word_walk_begin(stm_word_walk *walk, stm_word_maker *maker, stemma_text text);

/* From now on words whose first byte `byte` is ASCII and has wanted[byte] == 0 are passed over (but
   counted): no stemmer changes the first letter, so for a search that needs no other terms this
   saves nearly all the work. `wanted` has 128 entries and outlives the walk. */
void stm_word_walk_only(stm_word_walk *walk, const uint8_t *wanted);

/* Next word that has a term. STEMMA_END; STEMMA_E_NO_MEMORY. */
stemma_status stm_word_walk_next(stm_word_walk *walk, stm_word *out);

/* Where the next word stands, whether it has a term or not: 0 at the end. Not to be mixed with
   stm_word_walk_next(). */
int stm_word_walk_span(stm_word_walk *walk, stemma_span *span);

/* Whether a word begins at byte `at` of a text, which is below its size and where a character begins: whether
   stm_word_walk_span() would give one that does. For who looks into the middle of a text. */
int stm_word_begins(const stm_word_maker *maker, stemma_text text, size_t at);

/* The term of one such word, a function of nothing but the maker's language and the word's bytes;
   only `size` (0: it has none) and `text` of `*out` are set. STEMMA_E_NO_MEMORY. */
stemma_status stm_word_term(stm_word_maker *maker, stemma_text word, stm_word *out);

/* ---- Pairs --------------------------------------------------------------------------------- */

/* How many documents are expected to have both terms of a pair at most, if it is not frequent, in a file of so
   many documents at a level of at most STEMMA_PAIR_LEVELS. */
static inline uint64_t stm_pair_bound(uint32_t documents, uint32_t level)
{
    uint64_t share = documents / STEMMA_PAIR_SHARE;
    uint64_t most = share > STEMMA_PAIR_LEAST ? share : STEMMA_PAIR_LEAST;
    most = (most * (16 + level % 16) / 16) << (level / 16);
    return most < documents ? most : documents; /* above that nothing is frequent */
}

/* Whether a pair of two terms is frequent that so many documents have each, of `documents` in all:
   whether, were terms independent, more than the bound would have both, too many for a phrase to be
   looked for in their texts; or whether half as many again have each. */
static inline int stm_pair_is_frequent(uint64_t bound, uint32_t documents, uint32_t first,
                                       uint32_t second)
{
    uint64_t each = bound + bound / 2;
    return (first > each && second > each) || (uint64_t)first * second > documents * bound;
}

#endif
