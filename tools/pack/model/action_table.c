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
    table->laid_out = 0;
    bytes->data += size;
    bytes->size -= (size_t)size;
    return 1;
}

#ifdef __SSE2__

#define BIAS 128 /* of a weight that is laid out: it is never less than nothing */

/* The first slot of a feature is the one that counts: weights of others are as good as none. */
static void lay_out(uint8_t *bucket)
{
    uint8_t *weights = bucket + 2 * STM_ACTION_SLOTS;
    for (uint32_t slot = 0; slot < STM_ACTION_SLOTS; slot++) {
        int first = stm_find_check(bucket, stm_load_le16(bucket + 2 * slot)) == slot;
        uint8_t *own[2] = {weights + slot, weights + STM_ACTION_SLOTS + slot};
        for (uint32_t k = 0; k < 2; k++) {
            *own[k] = first ? (uint8_t)(*own[k] ^ BIAS) : BIAS;
        }
    }
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
        for (uint32_t i = 0; i < table->bucket_count; i++) {
            lay_out(bytes + (size_t)i * STM_ACTION_BUCKET);
        }
        out->buckets = bytes;
        out->laid_out = 1;
    }
}

#else

void stm_action_table_copy(struct stm_action_table *out, const struct stm_action_table *table,
                           void **memory)
{
    *out = *table;
    *memory = NULL;
}

#endif

static const uint8_t *bucket_of(const struct stm_action_table *table, uint32_t feature)
{
    return table->buckets +
           (size_t)((uint64_t)feature * table->bucket_count >> 32) * STM_ACTION_BUCKET;
}

void stm_action_table_prefetch(const struct stm_action_table *table, const uint32_t *features,
                               uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const uint8_t *bucket = bucket_of(table, features[i]);
        __builtin_prefetch(bucket);
        if (!table->laid_out) {
            __builtin_prefetch(bucket + STM_ACTION_BUCKET - 1); /* it may reach into the next line of the cache */
        }
    }
}

#ifdef __SSE2__

/* The sums of the weights of slots 0 ... 7 for both actions, of each feature, without a branch or an index: what is
   not the feature's is masked. Biases come off at the end, one for each slot that was a feature's. */
static void score_laid_out(const struct stm_action_table *table, const uint32_t *features,
                           uint32_t count, int32_t scores[2])
{
    const __m128i zero = _mm_setzero_si128();
    __m128i sums = zero;
    __m128i hits = zero; /* a byte for each slot */
    for (uint32_t i = 0; i < count; i++) {
        const __m128i *bucket = (const __m128i *)(const void *)bucket_of(table, features[i]);
        __m128i equal = _mm_cmpeq_epi16(_mm_load_si128(bucket),
                                        _mm_set1_epi16((short)(uint16_t)features[i]));
        __m128i both = _mm_packs_epi16(equal, equal); /* weights for the one action, then for the other */
        hits = _mm_sub_epi8(hits, both);
        sums = _mm_add_epi64(sums, _mm_sad_epu8(_mm_and_si128(both, _mm_load_si128(bucket + 1)), zero));
    }
    int32_t bias = BIAS * _mm_cvtsi128_si32(_mm_sad_epu8(hits, zero));
    scores[0] = _mm_cvtsi128_si32(sums) - bias;
    scores[1] = _mm_cvtsi128_si32(_mm_srli_si128(sums, 8)) - bias;
}

#endif

/* The same of a table as it is in its section. */
static void score_in_place(const struct stm_action_table *table, const uint32_t *features,
                           uint32_t count, int32_t scores[2])
{
    int32_t second = 0;
    int32_t third = 0;
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

void stm_action_table_score(const struct stm_action_table *table, const uint32_t *features,
                            uint32_t count, int32_t scores[2])
{
    count = count < STM_ACTION_FEATURES ? count : STM_ACTION_FEATURES;
#ifdef __SSE2__
    if (table->laid_out) {
        score_laid_out(table, features, count, scores);
        return;
    }
#endif
    score_in_place(table, features, count, scores);
}
