/* SPDX-License-Identifier: MIT */
#include "pack/model/action_table.h"

#include "pack/model/hash_features.h"

#include <stdlib.h>
#include <string.h>

int stm_action_table_open(struct stm_action_table *table, stemma_bytes *bytes)
{
    if (bytes->size < 8) {
        return 0;
    }
    uint64_t buckets = stm_load_le32(bytes->data);
    uint64_t size = 8 + buckets * STM_ACTION_BUCKET;
    if (buckets == 0 || size > bytes->size) {
        return 0;
    }
    table->buckets = bytes->data + 8;
    table->bucket_count = (uint32_t)buckets;
    bytes->data += size;
    bytes->size -= (size_t)size;
    return 1;
}

void stm_action_table_copy(struct stm_action_table *out, const struct stm_action_table *table,
                           void **memory)
{
    size_t size = (size_t)table->bucket_count * STM_ACTION_BUCKET;
    uint8_t *bytes = malloc(size + STM_ACTION_BUCKET);
    *out = *table;
    *memory = bytes;
    if (bytes != NULL) {
        bytes += (STM_ACTION_BUCKET - (uintptr_t)bytes % STM_ACTION_BUCKET) % STM_ACTION_BUCKET;
        memcpy(bytes, table->buckets, size);
        out->buckets = bytes;
    }
}

static const uint8_t *bucket_of(const struct stm_action_table *table, uint32_t feature)
{
    return table->buckets +
           (size_t)((uint64_t)feature * table->bucket_count >> 32) * STM_ACTION_BUCKET;
}

void stm_action_table_score(const struct stm_action_table *table, const uint32_t *features,
                            uint32_t count, int32_t scores[2])
{
    int32_t second = 0;
    int32_t third = 0;
    for (uint32_t i = 0; i < count; i++) {
        const uint8_t *bucket = bucket_of(table, features[i]);
        __builtin_prefetch(bucket);
        __builtin_prefetch(bucket + STM_ACTION_BUCKET - 1); /* it may reach into the next line of the cache */
    }
    for (uint32_t i = 0; i < count; i++) {
        const uint8_t *bucket = bucket_of(table, features[i]);
        uint32_t slot = stm_find_check(bucket, features[i]);
        int32_t hit = -(int32_t)(slot < STM_ACTION_SLOTS); /* all bits, or none: no branch to guess */
        const uint8_t *weights = bucket + 2 * STM_ACTION_SLOTS + slot % STM_ACTION_SLOTS;
        second += (int8_t)weights[0] & hit;
        third += (int8_t)weights[STM_ACTION_SLOTS] & hit;
    }
    scores[0] = second;
    scores[1] = third;
}
