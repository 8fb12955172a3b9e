/* SPDX-License-Identifier: MIT */
#include "pack/model/feature_table.h"

#include "pack/model/hash_features.h"

int stm_feature_table_open(struct stm_feature_table *table, stemma_bytes *bytes)
{
    if (bytes->size < 8) {
        return 0;
    }
    uint64_t buckets = stm_load_le32(bytes->data);
    uint64_t pairs = stm_load_le32(bytes->data + 4);
    uint64_t size = 8 + (buckets * STM_BUCKET_SIZE + pairs * 2 + 3) / 4 * 4;
    if (buckets == 0 || size > bytes->size) {
        return 0;
    }
    table->buckets = bytes->data + 8;
    table->pairs = table->buckets + buckets * STM_BUCKET_SIZE;
    table->bucket_count = (uint32_t)buckets;
    table->pair_count = (uint32_t)pairs;
    bytes->data += size;
    bytes->size -= (size_t)size;
    return 1;
}

static const uint8_t *bucket_of(const struct stm_feature_table *table, uint32_t feature)
{
    return table->buckets +
           (size_t)((uint64_t)feature * table->bucket_count >> 32) * STM_BUCKET_SIZE;
}

void stm_feature_table_add(const struct stm_feature_table *table, const uint32_t *features,
                           uint32_t count, struct stm_class_scores *scores)
{
    const uint8_t *found[STM_FEATURES_MOST];
    uint8_t lengths[STM_FEATURES_MOST];
    uint32_t hits = 0;
    count = count < STM_FEATURES_MOST ? count : STM_FEATURES_MOST;
    /* In three passes, as memory answers many questions at a time. */
    for (uint32_t i = 0; i < count; i++) {
        const uint8_t *bucket = bucket_of(table, features[i]);
        __builtin_prefetch(bucket);
        __builtin_prefetch(bucket + STM_BUCKET_SIZE - 1); /* it may reach into the next line of the cache */
    }
    for (uint32_t i = 0; i < count; i++) {
        const uint8_t *bucket = bucket_of(table, features[i]);
        uint32_t slot = stm_find_check(bucket + 4, features[i]);
        uint32_t base = stm_load_le32(bucket);
        /* Where pairs begin is where those before them end. No branches: half of all features are not there. */
        uint64_t ends = stm_load_le64(bucket + 4 + 2 * STM_BUCKET_SLOTS);
        uint32_t at = (uint32_t)(ends << 8 >> slot % STM_BUCKET_SLOTS * 8) & 0xFFu;
        uint32_t end = (uint32_t)(ends >> slot % STM_BUCKET_SLOTS * 8) & 0xFFu;
        size_t there = (size_t)(slot < STM_BUCKET_SLOTS) & (size_t)(at < end) &
                       (size_t)((uint64_t)base + end <= table->pair_count);
        found[hits] = table->pairs + (((size_t)base + at) & -there) * 2;
        lengths[hits] = (uint8_t)(end - at);
        __builtin_prefetch(found[hits]);
        hits += (uint32_t)there;
    }
    for (uint32_t i = 0; i < hits; i++) {
        const uint8_t *pair = found[i];
        for (uint32_t left = lengths[i]; left != 0; left--, pair += 2) {
            stm_class_add(scores, pair[0], (int8_t)pair[1]);
        }
    }
}
