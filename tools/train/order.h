/* SPDX-License-Identifier: MIT */
/**
 * @file order.h
 * Chance that is the same every time.
 */
#ifndef STEMMA_TRAIN_ORDER_H
#define STEMMA_TRAIN_ORDER_H

#include <stdint.h>

/** The next number of splitmix64 (Steele, Lea and Flood 2014). */
static inline uint64_t stm_train_next(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

/** The numbers below `count` in an order that depends on `seed` only. */
static inline void stm_train_shuffle(uint32_t *order, uint32_t count, uint64_t seed)
{
    for (uint32_t i = 0; i < count; i++) {
        uint32_t k = (uint32_t)(stm_train_next(&seed) % (i + 1));
        order[i] = order[k];
        order[k] = i;
    }
}

#endif
