/* SPDX-License-Identifier: MIT */
#include "pack/rows_cell.h"

#include "wide.h"

#if STM_WIDE
#include <immintrin.h>
#endif

#ifdef __SSE2__

#define EIGHT "\xff\xff\xff\xff\xff\xff\xff\xff"

/* What is behind the string is zero. */
const char stm_cell_masks[2 * STM_CELL_OPEN] = EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT;

const uint64_t stm_cell_keys[STM_CELL_OPEN / 8] = {
    UINT64_C(0x9e3779b97f4a7c15), UINT64_C(0xc2b2ae3d27d4eb4f), UINT64_C(0x165667b19e3779f9),
    UINT64_C(0xd6e8feb86659fd93), UINT64_C(0xbf58476d1ce4e5b9), UINT64_C(0x94d049bb133111eb),
    UINT64_C(0xff51afd7ed558ccd), UINT64_C(0xc4ceb9fe1a85ec53)};

#endif

#if STM_WIDE

/* Two lanes of stm_cell_hash() at a time: sums do not depend on the order. */
STM_WIDE_CODE static void hash_wide(struct stm_cell *const *cells, size_t count)
{
    const __m256i low_keys = _mm256_loadu_si256((const __m256i *)(const void *)stm_cell_keys);
    const __m256i high_keys = _mm256_loadu_si256((const __m256i *)(const void *)(stm_cell_keys + 4));
    for (size_t i = 0; i < count; i++) {
        struct stm_cell *cell = cells[i];
        const size_t size = cell->size;
        if (size > STM_CELL_OPEN) {
            cell->hash = stm_cell_hash_long(cell->data, size);
            continue;
        }
        const char *mask = stm_cell_masks + STM_CELL_OPEN - size;
        __m256i low = _mm256_and_si256(_mm256_loadu_si256((const __m256i *)(const void *)cell->data),
                                       _mm256_loadu_si256((const __m256i *)(const void *)mask));
        __m256i high = _mm256_and_si256(_mm256_loadu_si256((const __m256i *)(const void *)(cell->data + 32)),
                                        _mm256_loadu_si256((const __m256i *)(const void *)(mask + 32)));
        __m256i low_keyed = _mm256_xor_si256(low, low_keys);
        __m256i high_keyed = _mm256_xor_si256(high, high_keys);
        __m256i sum = _mm256_add_epi64(_mm256_mul_epu32(low_keyed, _mm256_shuffle_epi32(low_keyed, 0xf5)),
                                       _mm256_mul_epu32(high_keyed, _mm256_shuffle_epi32(high_keyed, 0xf5)));
        sum = _mm256_add_epi64(sum, _mm256_shuffle_epi32(_mm256_add_epi64(low, high), 0x4e));
        __m128i half = _mm_add_epi64(_mm256_castsi256_si128(sum), _mm256_extracti128_si256(sum, 1));
        cell->hash = stm_cell_fold((uint64_t)_mm_cvtsi128_si64(half),
                                   (uint64_t)_mm_cvtsi128_si64(_mm_unpackhi_epi64(half, half)) + size);
    }
}

#endif

void stm_cells_hash(struct stm_cell *const *cells, size_t count)
{
#if STM_WIDE
    if (stm_wide_here()) {
        hash_wide(cells, count);
        return;
    }
#endif
    for (size_t i = 0; i < count; i++) {
        cells[i]->hash = stm_cell_hash(cells[i]->data, cells[i]->size);
    }
}
