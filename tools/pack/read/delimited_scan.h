/* SPDX-License-Identifier: MIT */
/**
 * @file delimited_scan.h
 * What stands where in 64 bytes of a table: the same answers whatever the processor. Pure; any thread.
 */
#ifndef STEMMA_PACK_DELIMITED_SCAN_H
#define STEMMA_PACK_DELIMITED_SCAN_H

#include <stdint.h>
#include <string.h>

#include "wide.h"

#if STM_WIDE
#include <immintrin.h>
#endif

/** Bytes that are looked at together: as many may be read from any byte of a row. */
#define STM_DELIMITED_SCAN 64u

/** A bit for each byte, the first lowest. */
struct stm_delimited_marks {
    uint64_t feeds;
    uint64_t delimiters;
    uint64_t quotes;
    uint64_t odd; /**< NUL, or no ASCII. */
};

#if STM_WIDE

/* A bit for each of 64 bytes, of which each half comes in a word of a sign. */
static inline uint64_t stm_delimited_join(int low, int high)
{
    return (uint64_t)(uint32_t)high << 32 | (uint32_t)low;
}

/** The same for processors that have AVX2. */
STM_WIDE_CODE static inline void stm_delimited_scan_wide(const char *data, char delimiter,
                                                         struct stm_delimited_marks *out)
{
    const __m256i low = _mm256_loadu_si256((const __m256i *)(const void *)data);
    const __m256i high = _mm256_loadu_si256((const __m256i *)(const void *)(data + 32));
    const __m256i feed = _mm256_set1_epi8('\n');
    const __m256i cut = _mm256_set1_epi8(delimiter);
    const __m256i quote = _mm256_set1_epi8('"');
    const __m256i one = _mm256_set1_epi8(1);
    out->feeds = stm_delimited_join(_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, feed)),
                                    _mm256_movemask_epi8(_mm256_cmpeq_epi8(high, feed)));
    out->delimiters = stm_delimited_join(_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, cut)),
                                         _mm256_movemask_epi8(_mm256_cmpeq_epi8(high, cut)));
    out->quotes = stm_delimited_join(_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, quote)),
                                     _mm256_movemask_epi8(_mm256_cmpeq_epi8(high, quote)));
    /* As signed numbers, they are less than one. */
    out->odd = stm_delimited_join(_mm256_movemask_epi8(_mm256_cmpgt_epi8(one, low)),
                                  _mm256_movemask_epi8(_mm256_cmpgt_epi8(one, high)));
}

static inline void stm_delimited_scan(const char *data, char delimiter, struct stm_delimited_marks *out)
{
    const __m128i feed = _mm_set1_epi8('\n');
    const __m128i cut = _mm_set1_epi8(delimiter);
    const __m128i quote = _mm_set1_epi8('"');
    const __m128i one = _mm_set1_epi8(1);
    *out = (struct stm_delimited_marks){0, 0, 0, 0};
    for (unsigned i = 0; i < STM_DELIMITED_SCAN; i += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(data + i));
        out->feeds |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, feed)) << i;
        out->delimiters |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, cut)) << i;
        out->quotes |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, quote)) << i;
        /* As signed numbers, they are less than one. */
        out->odd |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmplt_epi8(bytes, one)) << i;
    }
}

#else

/* The top bit of each of eight bytes, as eight bits. */
static inline uint64_t stm_delimited_tops(uint64_t word)
{
    return ((word >> 7 & UINT64_C(0x0101010101010101)) * UINT64_C(0x0102040810204080)) >> 56;
}

/* Top bits where `word` has zero bytes. */
static inline uint64_t stm_delimited_zeros(uint64_t word)
{
    const uint64_t low = UINT64_C(0x7f7f7f7f7f7f7f7f);
    return ~(((word & low) + low) | word | low);
}

static inline void stm_delimited_scan(const char *data, char delimiter, struct stm_delimited_marks *out)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    *out = (struct stm_delimited_marks){0, 0, 0, 0};
    for (unsigned i = 0; i < STM_DELIMITED_SCAN; i += 8) {
        uint64_t word = 0;
        for (unsigned k = 0; k < 8; k++) {
            word |= (uint64_t)(unsigned char)data[i + k] << 8 * k;
        }
        out->feeds |= stm_delimited_tops(stm_delimited_zeros(word ^ ones * '\n')) << i;
        out->delimiters |=
            stm_delimited_tops(stm_delimited_zeros(word ^ ones * (unsigned char)delimiter)) << i;
        out->quotes |= stm_delimited_tops(stm_delimited_zeros(word ^ ones * '"')) << i;
        out->odd |= stm_delimited_tops(stm_delimited_zeros(word) | word) << i;
    }
}

#endif

#endif
