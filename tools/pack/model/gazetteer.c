/* SPDX-License-Identifier: MIT */
#include "pack/model/gazetteer.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#define STEP 64u /* entries: four lines of the cache */

/* Ten times as many bits as there are entries: 256 KB, which stay near. */
#define FILTER_BITS 21u

static uint32_t u32_at(const uint8_t *at)
{
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

int stm_gazetteer_open(struct stm_gazetteer *gazetteer, const void *section, size_t size)
{
    const uint8_t *bytes = section;
    if (bytes == NULL || size < 16 || memcmp(bytes, "STGZ", 4) != 0 ||
        u32_at(bytes + 4) != STM_GAZETTEER_VERSION) {
        return -1;
    }
    uint32_t entries = u32_at(bytes + 8);
    if ((uint64_t)entries * 5 + 16 != size) {
        return -1;
    }
    gazetteer->entries = entries;
    gazetteer->filter = NULL;
    gazetteer->hashes = bytes + 16;
    gazetteer->bits = bytes + 16 + (size_t)entries * 4;
    return 0;
}

uint64_t *stm_gazetteer_filter_new(const struct stm_gazetteer *gazetteer)
{
    uint64_t *filter = calloc((size_t)1 << FILTER_BITS >> 6, sizeof *filter);
    for (size_t i = 0; filter != NULL && i < gazetteer->entries; i++) {
        uint32_t bit = u32_at(gazetteer->hashes + i * 4) >> (32 - FILTER_BITS);
        filter[bit / 64] |= UINT64_C(1) << bit % 64;
    }
    return filter;
}

uint64_t stm_gazetteer_hash(uint64_t before, const char *word, size_t size)
{
    return XXH3_64bits_withSeed(word, size, before);
}

unsigned stm_gazetteer_find(const struct stm_gazetteer *gazetteer, uint64_t hash)
{
    /* Hashes are spread evenly: the place of one is near where its value says, seldom farther than 512 places.
       Steps from there, which grow, find two places that it lies between; then halves of that. */
    uint32_t key = (uint32_t)(hash >> 32);
    size_t low = 0;
    size_t high = gazetteer->entries;
    uint32_t bit = key >> (32 - FILTER_BITS);
    if (high == 0 ||
        (gazetteer->filter != NULL && (gazetteer->filter[bit / 64] >> bit % 64 & 1) == 0)) {
        return 0;
    }
    size_t at = (size_t)(((uint64_t)key * high) >> 32);
    size_t step = STEP;
    if (u32_at(gazetteer->hashes + at * 4) <= key) {
        for (low = at; high - low > step && u32_at(gazetteer->hashes + (low + step) * 4) <= key; step *= 2) {
            low += step;
        }
        high = high - low > step ? low + step : high;
    } else {
        for (high = at; high > step && u32_at(gazetteer->hashes + (high - step) * 4) > key; step *= 2) {
            high -= step;
        }
        low = high > step ? high - step : 0;
    }
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        uint32_t found = u32_at(gazetteer->hashes + middle * 4);
        if (found == key) {
            return gazetteer->bits[middle];
        }
        if (found < key) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return 0;
}

int stm_gazetteer_check(stemma_bytes section)
{
    struct stm_gazetteer gazetteer;
    return stm_gazetteer_open(&gazetteer, section.data, section.size) == 0;
}
