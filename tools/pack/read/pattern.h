/* SPDX-License-Identifier: MIT */
/**
 * @file pattern.h
 * A tiny language of word patterns for lines that pages repeat, such as "Total views: 80".
 *
 * A pattern is words apart by single spaces, and must match all words of a line; punctuation is
 * not seen. `a|b` matches either word, a `?` at the end of an element makes it optional, `#` is one
 * or more words that begin with a digit, `*` any number of words. Case is ignored.
 */
#ifndef STEMMA_PACK_PATTERN_H
#define STEMMA_PACK_PATTERN_H

#include <stdbool.h>
#include <stdint.h>

#include "stemma/types.h"

#define STM_LINE_BYTES       4096u /* bytes of a line that may be furniture */
#define STM_LINE_WORDS       64u   /* words of a line that are looked at */
#define STM_PATTERN_ELEMENTS 31u   /* most elements of a pattern */

/** A line cut into words, with what its shape tells. Views into the text it was made from. */
typedef struct stm_line {
    stemma_text text; /**< Trimmed. */
    stemma_text words[STM_LINE_WORDS];
    uint32_t word_count; /**< Of `words`; the line may have more, see `long_line`. */
    uint32_t pipes;      /**< How many '|', and bullets between words. */
    bool long_line;      /**< More than STM_LINE_WORDS words or STM_LINE_BYTES bytes. */
    bool terminal;       /**< Ends as a sentence does: full stop, question or exclamation mark. */
    bool quoted;         /**< Holds a double quotation mark. */
} stm_line;

/** Fills `line` from `text`. Pure. */
void stm_line_read(stm_line *line, stemma_text text);

/** Whether `pattern` matches all words of `line`. Pure, time linear in words times elements. */
bool stm_pattern_matches(const char *pattern, const stm_line *line);

#endif
