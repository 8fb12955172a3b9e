/* SPDX-License-Identifier: MIT */
/**
 * @file hash_features.h
 * Features of the linear models as 32-bit mixes of small numbers, and the numbers of a word.
 *
 * Everything about the letters of a word is hashed once, when it is first seen; models then mix
 * numbers only. The mixes are part of the weights files: another mix needs other weights.
 */
#ifndef STEMMA_MODEL_HASH_FEATURES_H
#define STEMMA_MODEL_HASH_FEATURES_H

#include "bytes.h"
#include "stemma/types.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/** A feature: the number of its template mixed with up to three values. Spread over all bits. */
static inline uint32_t stm_mix(uint32_t template_number, uint32_t a, uint32_t b, uint32_t c)
{
    uint64_t x = (uint64_t)(a + 1) * UINT64_C(0x9E3779B97F4A7C15) +
                 (uint64_t)(b + 1) * UINT64_C(0xC2B2AE3D27D4EB4F) +
                 (uint64_t)(c + 1) * UINT64_C(0x165667B19E3779F9) +
                 (uint64_t)template_number * UINT64_C(0xD6E8FEB86659FD93);
    x ^= x >> 32;
    x *= UINT64_C(0xBF58476D1CE4E5B9);
    return (uint32_t)(x >> 32);
}

/** Which of eight 16-bit numbers at `checks` is the low half of `feature`: the first such; 8 when none is. */
static inline uint32_t stm_find_check(const uint8_t *checks, uint32_t feature)
{
#ifdef __SSE2__
    /* Two bits for each lane that is equal, and one behind the last. */
    __m128i lanes = _mm_loadu_si128((const __m128i *)(const void *)checks);
    __m128i equal = _mm_cmpeq_epi16(lanes, _mm_set1_epi16((short)(uint16_t)feature));
    return (uint32_t)__builtin_ctz((uint32_t)_mm_movemask_epi8(equal) | 0x10000u) / 2;
#else
    /* In a word of four lanes, the lowest lane that is zero is the lowest whose top bit is set here. */
    const uint64_t ones = UINT64_C(0x0001000100010001);
    const uint64_t tops = UINT64_C(0x8000800080008000);
    uint64_t wanted = (feature & 0xFFFFu) * ones;
    uint64_t low = stm_load_le64(checks) ^ wanted;
    uint64_t high = stm_load_le64(checks + 8) ^ wanted;
    low = (low - ones) & ~low & tops;
    high = (high - ones) & ~high & tops;
    if (low != 0) {
        return (uint32_t)__builtin_ctzll(low) / 16;
    }
    return high != 0 ? 4 + (uint32_t)__builtin_ctzll(high) / 16 : 8;
#endif
}

#define STM_WORD_AFFIXES 4u

enum stm_word_flag {
    STM_WORD_CAPITAL = 1u << 0, /**< Begins with a capital. */
    STM_WORD_CAPITALS = 1u << 1, /**< Has capitals, and no small letter. */
    STM_WORD_DIGIT = 1u << 2,   /**< Has a digit. */
    STM_WORD_HYPHEN = 1u << 3,  /**< Has a hyphen within. */
    STM_WORD_LETTER = 1u << 4   /**< Has a letter. */
};

/** What models know of the letters of a word. */
struct stm_word {
    uint32_t hash;                     /**< Of the lower-case form, digits alike. */
    uint32_t suffix[STM_WORD_AFFIXES]; /**< Hashes of its last 1 ... 4 bytes; of shorter words, the word. */
    uint32_t prefix[STM_WORD_AFFIXES]; /**< Of its first 1 ... 4 bytes. */
    uint32_t shape;                    /**< Hash of its shape: "Xxx", "0,0", runs cut to two. */
    uint32_t id;    /**< Number in the vocabulary, or of the class of unknown words it is of. */
    uint8_t flags;  /**< stm_word_flag */
    uint8_t known;  /**< It is in the vocabulary. */
    uint8_t likely; /**< Its most frequent part of speech in training; 0 when unknown. */
    uint8_t second; /**< Another frequent one; or 0. */
};

/** Fills all but `id` and what follows from it. `text` as written, `lower` in lower case; both valid
    UTF-8 of at least one byte. */
void stm_word_hash(stemma_text text, stemma_text lower, struct stm_word *word);

#endif
