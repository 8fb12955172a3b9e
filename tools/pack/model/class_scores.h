/* SPDX-License-Identifier: MIT */
/**
 * @file class_scores.h
 * Scores of up to 64 classes: sums of weights of a byte each, in 16 bits. Sums wrap around where no trained
 * model comes to, so that their order never matters.
 */
#ifndef STEMMA_MODEL_CLASS_SCORES_H
#define STEMMA_MODEL_CLASS_SCORES_H

#include <stdint.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define STM_CLASSES_MOST 64u

struct stm_class_scores {
    _Alignas(16) int16_t of[STM_CLASSES_MOST];
};

static inline void stm_class_add(struct stm_class_scores *scores, uint32_t class_number, int8_t weight)
{
    int16_t *score = &scores->of[class_number % STM_CLASSES_MOST];
    *score = (int16_t)(*score + weight);
}

/** The class with the highest score of those from `first` below `end`, the lowest of several. Forgets the
    scores of all others. */
static inline uint32_t stm_class_best(struct stm_class_scores *scores, uint32_t first, uint32_t end)
{
    for (uint32_t i = 0; i < first; i++) {
        scores->of[i] = INT16_MIN;
    }
    for (uint32_t i = end; i < STM_CLASSES_MOST; i++) {
        scores->of[i] = INT16_MIN;
    }
#ifdef __SSE2__
    const __m128i *lanes = (const __m128i *)(const void *)scores->of;
    __m128i most = lanes[0];
    for (uint32_t i = 1; i < STM_CLASSES_MOST / 8; i++) {
        most = _mm_max_epi16(most, lanes[i]);
    }
    most = _mm_max_epi16(most, _mm_shuffle_epi32(most, 0x4E));
    most = _mm_max_epi16(most, _mm_shuffle_epi32(most, 0xB1));
    most = _mm_max_epi16(most, _mm_srli_epi32(most, 16));
    most = _mm_shuffle_epi32(_mm_shufflelo_epi16(most, 0), 0);
    for (uint32_t i = 0; i < STM_CLASSES_MOST / 8; i++) {
        uint32_t equal = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi16(lanes[i], most));
        if (equal != 0) {
            uint32_t found = i * 8 + (uint32_t)__builtin_ctz(equal) / 2;
            return found < first ? first : found;
        }
    }
    return first;
#else
    uint32_t best = first;
    for (uint32_t i = first + 1; i < end; i++) {
        best = scores->of[i] > scores->of[best] ? i : best;
    }
    return best;
#endif
}

#endif
