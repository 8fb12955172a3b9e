/* SPDX-License-Identifier: MIT */
/**
 * @file token.h
 * Characters and words of English news text.
 */
#ifndef STEMMA_EXTRACT_TOKEN_H
#define STEMMA_EXTRACT_TOKEN_H

#include "common/arena.h"
#include "stemma/types.h"

enum stm_char_class {
    STM_CHAR_SPACE = 0,
    STM_CHAR_UPPER,
    STM_CHAR_LOWER, /**< Letters without case, and marks, count as lower-case. */
    STM_CHAR_DIGIT,
    STM_CHAR_OTHER
};

/** Decodes one code point of valid UTF-8 at `at` (at < text.size) and gives its length in bytes. */
uint32_t stm_char_decode(stemma_text text, uint32_t at, uint32_t *length);

enum stm_char_class stm_char_class_of(uint32_t code);

/** The lower-case form of a word of valid UTF-8, with curly apostrophes made straight. Words that are
    ASCII and lower-case already borrow the text; others lie in the arena. STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_token_lower(struct stm_arena *arena, stemma_text word,
                                               stemma_text *lower);

#endif
