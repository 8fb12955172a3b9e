/* SPDX-License-Identifier: MIT */
/* Cells of rows, which are short: hashed and compared without a call, and without a branch that depends on what they
   are, where the processor can. STM_CELL_OPEN bytes may be read from where a cell begins, however short it is: what
   lies behind it does not matter. Pure; any thread. */
#ifndef STEMMA_PACK_ROWS_CELL_H
#define STEMMA_PACK_ROWS_CELL_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define STM_CELL_OPEN 64u

static inline uint64_t stm_cell_load(const char *data)
{
    uint64_t word;
    memcpy(&word, data, sizeof word);
    return word;
}

static inline uint64_t stm_cell_mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 32;
}

/* As many of the lowest bytes of a word, fewer than eight. */
static inline uint64_t stm_cell_bytes(const char *data, size_t size)
{
    uint64_t word = 0;
    for (size_t i = 0; i < size; i++) {
        word |= (uint64_t)(unsigned char)data[i] << 8 * i;
    }
    return word;
}

static inline uint64_t stm_cell_hash_long(const char *data, size_t size)
{
    uint64_t hash = size;
    size_t i = 0;
    for (; i + 8 <= size; i += 8) {
        hash = stm_cell_mix(hash, stm_cell_load(data + i));
    }
    return stm_cell_mix(stm_cell_mix(hash, stm_cell_bytes(data + i, size - i)), 0);
}

#ifdef __SSE2__

static inline __m128i stm_cell_lane(const char *data)
{
    return _mm_loadu_si128((const __m128i *)(const void *)data);
}

/* 64 bytes at [STM_CELL_OPEN - size] keep `size` bytes and clear the others. */
extern const char stm_cell_masks[2 * STM_CELL_OPEN];
/* What each eight bytes of a cell are mixed with. */
extern const uint64_t stm_cell_keys[STM_CELL_OPEN / 8];

static inline uint64_t stm_cell_fold(uint64_t even, uint64_t odd)
{
    return stm_cell_mix(stm_cell_mix(even, 0), odd);
}

/* For places in a cache in memory: it is another one elsewhere. */
static inline uint64_t stm_cell_hash(const char *data, size_t size)
{
    if (size > STM_CELL_OPEN) {
        return stm_cell_hash_long(data, size);
    }
    const char *mask = stm_cell_masks + STM_CELL_OPEN - size;
    __m128i sum = _mm_set_epi64x((long long)size, 0);
    for (unsigned i = 0; i < STM_CELL_OPEN / 16; i++) {
        __m128i lane = _mm_and_si128(stm_cell_lane(data + 16 * i), stm_cell_lane(mask + 16 * i));
        __m128i keyed = _mm_xor_si128(lane, stm_cell_lane((const char *)(stm_cell_keys + 2 * i)));
        sum = _mm_add_epi64(sum, _mm_mul_epu32(keyed, _mm_shuffle_epi32(keyed, 0xf5)));
        sum = _mm_add_epi64(sum, _mm_shuffle_epi32(lane, 0x4e));
    }
    uint64_t halves[2];
    _mm_storeu_si128((__m128i *)(void *)halves, sum);
    return stm_cell_fold(halves[0], halves[1]);
}

/* Whether two cells of one size are equal. */
static inline bool stm_cell_equal(const char *a, const char *b, size_t size)
{
    uint64_t equal = 0;
    if (size > STM_CELL_OPEN) {
        return memcmp(a, b, size) == 0;
    }
    for (unsigned i = 0; i < STM_CELL_OPEN; i += 16) {
        __m128i lanes = _mm_cmpeq_epi8(stm_cell_lane(a + i), stm_cell_lane(b + i));
        equal |= (uint64_t)(uint32_t)_mm_movemask_epi8(lanes) << i;
    }
    return size == 0 || (~equal << (STM_CELL_OPEN - size)) == 0;
}

#else

static inline uint64_t stm_cell_hash(const char *data, size_t size)
{
    return stm_cell_hash_long(data, size);
}

static inline bool stm_cell_equal(const char *a, const char *b, size_t size)
{
    return size == 0 || memcmp(a, b, size) == 0;
}

#endif

/* A cell and its hash. */
struct stm_cell {
    const char *data; /* NULL: none */
    size_t size;
    uint64_t hash;
    uint32_t slot; /* of a cache where it was when its row was read; STEMMA_NONE: nowhere */
};

/* The hashes of several cells, as stm_cell_hash() gives them. */
void stm_cells_hash(struct stm_cell *const *cells, size_t count);

#endif
