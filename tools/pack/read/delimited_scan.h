/* SPDX-License-Identifier: MIT */
/**
 * @file delimited_scan.h
 * What stands where in 64 bytes of a table: the same answers with and without SSE2. Pure; any thread.
 */
#ifndef STEMMA_PACK_DELIMITED_SCAN_H
#define STEMMA_PACK_DELIMITED_SCAN_H

#include <stdint.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
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

#ifdef __SSE2__

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
