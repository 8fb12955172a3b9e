/* SPDX-License-Identifier: MIT */
/* Cells of rows, which are short: hashed and compared without a call. Pure; any thread. */
#ifndef STEMMA_PACK_ROWS_CELL_H
#define STEMMA_PACK_ROWS_CELL_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static inline uint64_t stm_cell_load(const char *data)
{
    uint64_t word;
    memcpy(&word, data, sizeof word);
    return word;
}

/* Up to eight bytes: which of them are looked at twice does not matter. */
static inline uint64_t stm_cell_few(const char *data, size_t size)
{
    uint32_t low;
    uint32_t high;
    if (size >= 4) {
        memcpy(&low, data, sizeof low);
        memcpy(&high, data + size - 4, sizeof high);
        return (uint64_t)high << 32 | low;
    }
    if (size == 0) {
        return 0;
    }
    return (uint64_t)(unsigned char)data[0] << 16 | (uint64_t)(unsigned char)data[size / 2] << 8 |
           (unsigned char)data[size - 1];
}

static inline uint64_t stm_cell_mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 32;
}

/* For the places of a cache in memory: it differs between machines of another byte order. */
static inline uint64_t stm_cell_hash(const char *data, size_t size)
{
    uint64_t hash = size;
    if (size <= 8) {
        return stm_cell_mix(stm_cell_mix(hash, stm_cell_few(data, size)), 0);
    }
    for (size_t i = 0; i + 8 < size; i += 8) {
        hash = stm_cell_mix(hash, stm_cell_load(data + i));
    }
    return stm_cell_mix(stm_cell_mix(hash, stm_cell_load(data + size - 8)), 0);
}

/* Whether two cells of one size are equal. */
static inline bool stm_cell_equal(const char *a, const char *b, size_t size)
{
    if (size < 8) {
        return stm_cell_few(a, size) == stm_cell_few(b, size);
    }
    uint64_t differ = stm_cell_load(a + size - 8) ^ stm_cell_load(b + size - 8);
    for (size_t i = 0; i + 8 < size; i += 8) {
        differ |= stm_cell_load(a + i) ^ stm_cell_load(b + i);
    }
    return differ == 0;
}

#endif
