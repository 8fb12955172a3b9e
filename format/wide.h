/* SPDX-License-Identifier: MIT */
/* What bits.c and posting_decode.c do one after the other, eight at a time, for processors that have
   AVX2: the answers are the same. Pure; any thread. */
#ifndef STEMMA_FORMAT_WIDE_H
#define STEMMA_FORMAT_WIDE_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__x86_64__) && defined(__GNUC__)
#define STM_WIDE 1
#else
#define STM_WIDE 0
#endif

/* Widest elements that stm_wide_unpack() knows. */
#define STM_WIDE_MOST 25u

#if STM_WIDE

#define STM_WIDE_CODE __attribute__((target("avx2")))

/* 1: this processor can; 2: it cannot; 0: nobody has asked yet. */
extern _Atomic(uint8_t) stm_wide_known;

/* Asks the system, and keeps what it says. */
uint8_t stm_wide_find(void);

/* Whether this processor can; else no STM_WIDE_CODE may be called. */
static inline int stm_wide_here(void)
{
    const uint8_t known = atomic_load_explicit(&stm_wide_known, memory_order_relaxed);
    return (known != 0 ? known : stm_wide_find()) == 1;
}

/* The first `count` elements of `width` bits, 1 to STM_WIDE_MOST; `size` bytes of data may be read, 8 at
   least behind the last element. How many were unpacked, which is all or a multiple of eight: behind the
   others lies too little. */
uint32_t stm_wide_unpack(const uint8_t *data, size_t size, unsigned width, uint32_t count,
                         uint32_t *out);

/* Makes sums of differences: each number becomes the sum of itself and all before it, modulo 2^32. How
   many were done: the last few, fewer than eight, are left. */
uint32_t stm_wide_sum(uint32_t *numbers, uint32_t count);

#endif
#endif
