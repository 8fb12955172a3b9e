/* SPDX-License-Identifier: MIT */
/* Repeatable random numbers for tests (splitmix64). */
#ifndef STEMMA_TESTS_PRNG_H
#define STEMMA_TESTS_PRNG_H

#include <stdint.h>

typedef struct prng {
    uint64_t state;
} prng;

static inline uint64_t prng_next(prng *random)
{
    uint64_t z = (random->state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* A number below `bound`, which is not 0. */
static inline uint32_t prng_below(prng *random, uint32_t bound)
{
    return (uint32_t)(prng_next(random) % bound);
}

#endif
