/* SPDX-License-Identifier: MIT */
/* Text to terms of the full-text index: words, casefolded, marks stripped, stemmed by the language
   of the document. The writer and the search share it. SPEC.md, "Terms". */
#ifndef STEMMA_LIB_TERM_H
#define STEMMA_LIB_TERM_H

#include "stemma/status.h"
#include "stemma/types.h"
#include "key.h"

/* A language's stemmer and its working memory. One thread at a time. */
typedef struct stm_word_maker stm_word_maker;

/* Makes one for a BCP 47 language tag (primary subtag decides; empty or unknown: no stemming).
   `*out` is owned by the caller: stm_word_maker_free(). STEMMA_E_NO_MEMORY. */
stemma_status stm_word_maker_new(stm_word_maker **out, stemma_text language);
void stm_word_maker_free(stm_word_maker *maker);

/* Whether two language tags stem alike, so that a maker can be used again. */
int stm_word_same_language(stemma_text a, stemma_text b);

/* One word of a text. */
typedef struct stm_word {
    stemma_span span; /* bytes of the text */
    uint32_t position; /* words before it */
    size_t size;
    char text[STM_TERM_LIMIT];
} stm_word;

/* Walks over the words of a text. Plain data; nothing to free. */
typedef struct stm_word_walk {
    stm_word_maker *maker;
    stemma_text text;
    size_t at;
    uint32_t position;
} stm_word_walk;

/* `text` is valid UTF-8 of at most STEMMA_LIMIT_TEXT bytes and outlives the walk. */
void stm_word_walk_begin(stm_word_walk *walk, stm_word_maker *maker, stemma_text text);

/* Next word that has a term. STEMMA_END; STEMMA_E_NO_MEMORY. */
stemma_status stm_word_walk_next(stm_word_walk *walk, stm_word *out);

#endif
