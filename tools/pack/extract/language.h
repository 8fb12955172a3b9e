/* SPDX-License-Identifier: MIT */
/**
 * @file language.h
 * Which language a text is in: by its letters and its small words. Enough to tell English from what
 * a reader of English had better leave alone; no more is claimed.
 */
#ifndef STEMMA_EXTRACT_LANGUAGE_H
#define STEMMA_EXTRACT_LANGUAGE_H

#include <stdint.h>

#include "stemma/testimony.h"

struct stm_language {
    const char *code; /**< BCP 47: "de". */
    const char *name; /**< In English: "German". */
};

/** The language that the text of a document is in for its most part, from its first few hundred
    words outside of furniture. NULL when it cannot be told: too short, a table, code, English mixed
    with another. English has the code "en". Static storage. Pure; time bounded. */
const struct stm_language *stm_language_of(const stemma_document *document);

/* The tables, in a file of their own. English is the first language. */
struct stm_language_word {
    const char *word;
    uint32_t languages;
};
extern const struct stm_language stm_languages[];
extern const size_t stm_language_count;
extern const struct stm_language_word stm_language_words[];
extern const size_t stm_language_word_count;

#endif
