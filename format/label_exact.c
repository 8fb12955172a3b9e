/* SPDX-License-Identifier: MIT */
#include "label_exact.h"

#include <xxhash.h>

#include "bytes.h"
#include "limits.h"

#define PAIR 8u

uint32_t stm_label_hash(stemma_text folded)
{
    return (uint32_t)XXH3_64bits(folded.size != 0 ? folded.data : "", folded.size);
}

int stm_label_pair_compare(const stm_label_pair *a, const stm_label_pair *b)
{
    if (a->hash != b->hash) {
        return a->hash < b->hash ? -1 : 1;
    }
    return (a->entity > b->entity) - (a->entity < b->entity);
}

size_t stm_label_exact_size(uint32_t count)
{
    return 4u + PAIR * (size_t)count;
}

stemma_status stm_label_exact_write(uint8_t *out, size_t capacity, size_t *size,
                                    const stm_label_pair *pairs, uint32_t count)
{
    if (capacity < stm_label_exact_size(count)) {
        return STEMMA_E_NO_SPACE;
    }
    stm_store_le32(out, count);
    for (uint32_t i = 0; i < count; i++) {
        uint8_t *at = out + 4 + PAIR * (size_t)i;
        if (i != 0 && stm_label_pair_compare(&pairs[i - 1], &pairs[i]) >= 0) {
            return STEMMA_E_MISUSE;
        }
        stm_store_le32(at, pairs[i].hash);
        stm_store_le32(at + 4, pairs[i].entity);
    }
    *size = stm_label_exact_size(count);
    return STEMMA_OK;
}

stemma_status stm_label_exact_open(stemma_bytes value, stm_label_exact *out)
{
    uint32_t count;
    if (value.size < 4) {
        return STEMMA_E_DAMAGED;
    }
    count = stm_load_le32(value.data);
    if (value.size != stm_label_exact_size(count)) {
        return STEMMA_E_DAMAGED;
    }
    out->pairs = value.data + 4;
    out->count = count;
    return STEMMA_OK;
}

static uint32_t hash_at(const stm_label_exact *exact, uint32_t index)
{
    return stm_load_le32(exact->pairs + PAIR * (size_t)index);
}

uint32_t stm_label_exact_find(const stm_label_exact *exact, uint32_t hash)
{
    /* Everything before `low` has a smaller hash, everything from `high` on has not. */
    uint32_t low = 0, high = exact->count;
    uint32_t low_hash = 0, high_hash = UINT32_MAX;
    for (unsigned step = 0; low < high; step++) {
        uint32_t span = high - low, middle = low + span / 2, found;
        if (step < 4 && high_hash > low_hash && hash >= low_hash && hash <= high_hash) {
            uint64_t guess = (uint64_t)(hash - low_hash) * span / (high_hash - low_hash);
            middle = low + (uint32_t)(guess >= span ? span - 1 : guess);
        }
        found = hash_at(exact, middle);
        if (found < hash) {
            low = middle + 1;
            low_hash = found;
        } else {
            high = middle;
            high_hash = found;
        }
    }
    return low;
}

stm_label_pair stm_label_exact_at(const stm_label_exact *exact, uint32_t index)
{
    const uint8_t *at = exact->pairs + PAIR * (size_t)index;
    stm_label_pair pair = {stm_load_le32(at), stm_load_le32(at + 4)};
    return pair;
}

stemma_status stm_label_exact_check(const stm_label_exact *exact)
{
    for (uint32_t i = 1; i < exact->count; i++) {
        stm_label_pair a = stm_label_exact_at(exact, i - 1), b = stm_label_exact_at(exact, i);
        if (stm_label_pair_compare(&a, &b) >= 0) {
            return STEMMA_E_DAMAGED;
        }
    }
    return STEMMA_OK;
}
