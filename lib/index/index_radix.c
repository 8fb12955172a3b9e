/* SPDX-License-Identifier: MIT */
#include "index/index_radix.h"

#include <string.h>

#define DIGIT_BITS 11u
#define DIGITS     (1u << DIGIT_BITS)
#define FEW        48u /* below this every pass costs more than moving each to its place */

static void insert_each(uint64_t *keys, uint32_t *values, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        uint64_t key = keys[i];
        uint32_t value = values != NULL ? values[i] : 0;
        size_t at = i;
        for (; at > 0 && keys[at - 1] > key; at--) {
            keys[at] = keys[at - 1];
            if (values != NULL) {
                values[at] = values[at - 1];
            }
        }
        keys[at] = key;
        if (values != NULL) {
            values[at] = value;
        }
    }
}

/* In which bits any two keys differ; 0 also when they ascend already. */
static uint64_t survey(const uint64_t *keys, size_t count)
{
    uint64_t differ = 0;
    int ascend = 1;
    for (size_t i = 1; i < count; i++) {
        differ |= keys[i] ^ keys[i - 1];
        ascend &= keys[i] >= keys[i - 1];
    }
    return ascend ? 0 : differ;
}

typedef struct items {
    uint64_t *keys;
    uint32_t *values;
} items;

/* One stable pass by the digit at `shift`. */
static void distribute(stm_memory *memory, items from, items to, size_t count, unsigned shift)
{
    size_t starts[DIGITS] = {0};
    size_t next = 0;
    for (size_t i = 0; i < count; i++) {
        starts[from.keys[i] >> shift & (DIGITS - 1)]++;
    }
    for (unsigned digit = 0; digit < DIGITS; digit++) {
        size_t here = starts[digit];
        starts[digit] = next;
        next += here;
    }
    for (size_t i = 0; i < count; i++) {
        size_t at = starts[from.keys[i] >> shift & (DIGITS - 1)]++;
        to.keys[at] = from.keys[i];
        if (from.values != NULL) {
            to.values[at] = from.values[i];
        }
        stm_memory_step(memory, i);
    }
}

stemma_status stm_radix_sort(stm_memory *memory, uint64_t *keys, uint32_t *values, size_t count)
{
    if (count < FEW) {
        insert_each(keys, values, count);
        return STEMMA_OK;
    }
    uint64_t differ = survey(keys, count);
    if (differ == 0) {
        return STEMMA_OK;
    }
    items from = {keys, values};
    items to = {stm_memory_zeroed(memory, count, sizeof *keys),
                values != NULL ? stm_memory_zeroed(memory, count, sizeof *values) : NULL};
    const items spare = to;
    stemma_status status = to.keys != NULL && (values == NULL || to.values != NULL) ? STEMMA_OK : STEMMA_E_NO_MEMORY;
    while (differ != 0 && status == STEMMA_OK) {
        unsigned shift = (unsigned)__builtin_ctzll(differ);
        distribute(memory, from, to, count, shift);
        items swapped = from;
        from = to;
        to = swapped;
        differ &= shift + DIGIT_BITS < 64 ? ~UINT64_C(0) << (shift + DIGIT_BITS) : 0;
    }
    if (from.keys != keys) {
        memcpy(keys, from.keys, count * sizeof *keys);
        if (values != NULL) {
            memcpy(values, from.values, count * sizeof *values);
        }
    }
    stm_memory_free(spare.keys);
    stm_memory_free(spare.values);
    return status;
}
