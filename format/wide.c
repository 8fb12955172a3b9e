/* SPDX-License-Identifier: MIT */
#include "wide.h"

#if STM_WIDE

#include <immintrin.h>
#if defined(__has_include)
#if __has_include(<sys/platform/x86.h>)
#include <sys/platform/x86.h>
#endif
#endif

#define AVX2 STM_WIDE_CODE

_Atomic(uint8_t) stm_wide_known = 0;

/* The C library knows. The compiler's own way asks the processor ten times before main(), and on a virtual machine
   each of them is a trip to its host. */
uint8_t stm_wide_find(void)
{
#ifdef CPU_FEATURE_ACTIVE
    const int here = CPU_FEATURE_ACTIVE(AVX2);
#else
    __builtin_cpu_init();
    const int here = __builtin_cpu_supports("avx2");
#endif
    const uint8_t known = here ? 1 : 2;
    atomic_store_explicit(&stm_wide_known, known, memory_order_relaxed);
    return known;
}

/* Where the eight elements lie in what was loaded: first bytes to lanes, then down by bits. */
typedef struct places {
    __m256i bytes; /* for each lane the four bytes that its element begins in */
    __m256i shift;
    __m256i mask;
} places;

AVX2 static inline places places_of(__m256i bits, unsigned width)
{
    const __m256i four = _mm256_set1_epi32(0x03020100);
    const __m256i first = _mm256_mullo_epi32(_mm256_srli_epi32(bits, 3), _mm256_set1_epi32(0x01010101));
    places out;
    out.bytes = _mm256_add_epi32(first, four);
    out.shift = _mm256_and_si256(bits, _mm256_set1_epi32(7));
    out.mask = _mm256_set1_epi32((int)((UINT32_C(1) << width) - 1u));
    return out;
}

AVX2 static inline __m256i taken(const places *at, __m256i loaded)
{
    const __m256i lanes = _mm256_shuffle_epi8(loaded, at->bytes);
    return _mm256_and_si256(_mm256_srlv_epi32(lanes, at->shift), at->mask);
}

AVX2 static inline void put(uint32_t *out, __m256i numbers)
{
    _mm256_storeu_si256((__m256i *)(void *)out, numbers);
}

/* Up to 8 bits: the eight lie in 8 bytes, which both halves are given. (A lane may be given bytes of the
   first elements again, behind its own bits, where the mask takes them away.) */
AVX2 static inline __m256i load_narrow(const uint8_t *data)
{
    return _mm256_broadcastq_epi64(_mm_loadl_epi64((const __m128i *)(const void *)data));
}

AVX2 static uint32_t unpack_narrow(const uint8_t *data, unsigned width, uint32_t count, uint32_t *out)
{
    const __m256i step = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    const places at = places_of(_mm256_mullo_epi32(step, _mm256_set1_epi32((int)width)), width);
    uint32_t done = 0;
    for (; done + 8 <= count; done += 8, data += width) {
        put(out + done, taken(&at, load_narrow(data)));
    }
    if (done < count) {
        const __m256i rest = _mm256_cmpgt_epi32(_mm256_set1_epi32((int)(count - done)), step);
        _mm256_maskstore_epi32((int *)(void *)(out + done), rest, taken(&at, load_narrow(data)));
    }
    return count;
}

/* Up to 25 bits: four of the eight lie in 13 bytes, the other four begin `width` / 2 bytes further. */
AVX2 static uint32_t unpack_middling(const uint8_t *data, size_t size, unsigned width, uint32_t count,
                                     uint32_t *out)
{
    const int wide = (int)width;
    const int odd = 4 * (wide & 1);
    const places at = places_of(_mm256_setr_epi32(0, wide, 2 * wide, 3 * wide, odd, odd + wide,
                                                  odd + 2 * wide, odd + 3 * wide),
                                width);
    const size_t half = width / 2;
    size_t from = 0;
    uint32_t done = 0;
    for (; done + 8 <= count && from + half + 16 <= size; done += 8, from += width) {
        const __m128i low = _mm_loadu_si128((const __m128i *)(const void *)(data + from));
        const __m128i high = _mm_loadu_si128((const __m128i *)(const void *)(data + from + half));
        put(out + done, taken(&at, _mm256_inserti128_si256(_mm256_castsi128_si256(low), high, 1)));
    }
    return done;
}

uint32_t stm_wide_unpack(const uint8_t *data, size_t size, unsigned width, uint32_t count,
                         uint32_t *out)
{
    return width <= 8 ? unpack_narrow(data, width, count, out)
                      : unpack_middling(data, size, width, count, out);
}

AVX2 uint32_t stm_wide_sum(uint32_t *numbers, uint32_t count)
{
    const __m256i fourth = _mm256_set1_epi32(3);
    const __m256i eighth = _mm256_set1_epi32(7);
    __m256i before = _mm256_setzero_si256();
    uint32_t done = 0;
    for (; done + 8 <= count; done += 8) {
        __m256i sum = _mm256_loadu_si256((const __m256i *)(const void *)(numbers + done));
        sum = _mm256_add_epi32(sum, _mm256_slli_si256(sum, 4)); /* within each half */
        sum = _mm256_add_epi32(sum, _mm256_slli_si256(sum, 8));
        const __m256i low = _mm256_permutevar8x32_epi32(sum, fourth);
        sum = _mm256_add_epi32(sum, _mm256_blend_epi32(_mm256_setzero_si256(), low, 0xF0));
        put(numbers + done, _mm256_add_epi32(sum, before));
        /* What the next eight wait for is one addition, not the whole of it. */
        before = _mm256_add_epi32(before, _mm256_permutevar8x32_epi32(sum, eighth));
    }
    return done;
}

#endif
