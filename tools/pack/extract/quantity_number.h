/* SPDX-License-Identifier: MIT */
/**
 * @file quantity_number.h
 * Numbers as English writes them: "2,318", "forty-one", "1.2 million", "dozens", "3.5m".
 *
 * Pure functions over lower-case words; any thread, no allocation.
 */
#ifndef STEMMA_EXTRACT_QUANTITY_NUMBER_H
#define STEMMA_EXTRACT_QUANTITY_NUMBER_H

#include "pack/extract/annotation.h"

/** Numbers are held in ten-thousandths: exact for every amount that news prints. */
#define STM_NUMBER_SCALE UINT64_C(10000)

/** Room for any number as decimal text, with its NUL. */
#define STM_NUMBER_TEXT 24

struct stm_number {
    uint64_t scaled; /**< Times STM_NUMBER_SCALE; the least that is meant when `vague`. */
    uint64_t most;   /**< When `vague`, the most that is meant, times STM_NUMBER_SCALE; 0: open. */
    uint8_t vague;   /**< "dozens", "hundreds of thousands": bounds, and no number. */
    uint8_t digits;  /**< Written in digits. */
    uint8_t about;   /**< A round figure of speech: "a dozen", "half a million". */
};

/** A whole number from a single word, digits or letters: "12", "2,318", "twelve", "forty-one".
    Returns 1 and sets `*value`, or 0 (ordinals, decimals and anything else). */
int stm_number_of_word(stemma_text word, uint32_t *value);

/** "first", "5th", "twenty-first": 1 and `*value`, or 0. */
int stm_number_of_ordinal(stemma_text word, uint32_t *value);

/** Whether an amount may begin with a word: most cannot. */
int stm_number_may_begin(stemma_text word);

/** Reads the number at `tokens[0]`, of which `count` may be looked at. Returns how many tokens it
    takes; 0 when there is none. */
uint32_t stm_number_read(const struct stm_token *tokens, uint32_t count, struct stm_number *number);

/** The factor that a word multiplies by, "dozen" to "trillion", "lakh", "crore"; 0: none. */
uint64_t stm_number_magnitude(stemma_text word);

/** The number as shortest decimal text and a NUL. */
void stm_number_text(uint64_t scaled, char out[STM_NUMBER_TEXT]);

#endif
