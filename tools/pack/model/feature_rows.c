/* SPDX-License-Identifier: MIT */
#include "pack/model/feature_rows.h"

#include "pack/model/hash_features.h"

#include <stdlib.h>
#include <string.h>

#define LINE    64u   /* bytes of a line of the cache */
#define FEW     3u    /* pairs of a feature without a row */
#define HAS_ROW 0xFFu /* instead of the first class: the row's number follows, 32 bits behind a byte */

struct bucket {
    uint8_t checks[STM_BUCKET_SLOTS][2];        /* little-endian */
    uint8_t weights[STM_BUCKET_SLOTS][2 * FEW]; /* class, weight; a weight of zero: nothing */
};

_Static_assert(sizeof(struct bucket) == LINE, "a bucket is a line");

struct stm_feature_rows {
    void *memory;
    struct bucket *buckets;
    int8_t (*rows)[STM_CLASSES_MOST];
    uint32_t bucket_count;
};

/* A feature of a bucket of the table; of no pairs when it is not there. */
struct entry {
    const uint8_t *pairs;
    uint32_t count;
};

/* What is found in a slot of the table: nothing behind one with the same low bits. */
static struct entry entry_at(const struct stm_feature_table *table, uint32_t number, uint32_t slot)
{
    const uint8_t *bytes = table->buckets + (size_t)number * STM_BUCKET_SIZE;
    const uint8_t *ends = bytes + 4 + 2 * STM_BUCKET_SLOTS;
    uint64_t base = stm_load_le32(bytes);
    uint32_t at = slot == 0 ? 0 : ends[slot - 1];
    if (at >= ends[slot] || base + ends[slot] > table->pair_count ||
        stm_find_check(bytes + 4, stm_load_le16(bytes + 4 + 2 * slot)) != slot) {
        return (struct entry){NULL, 0};
    }
    return (struct entry){table->pairs + (base + at) * 2, ends[slot] - at};
}

static int names_twice(const struct entry *entry)
{
    uint64_t seen = 0;
    for (uint32_t i = 0; i < entry->count; i++) {
        uint64_t bit = UINT64_C(1) << entry->pairs[2 * i] % STM_CLASSES_MOST;
        if (seen & bit) {
            return 1;
        }
        seen |= bit;
    }
    return 0;
}

/* How many features have a row. Whether none names a class twice. */
static int count_rows(const struct stm_feature_table *table, size_t *rows)
{
    *rows = 0;
    for (uint32_t number = 0; number < table->bucket_count; number++) {
        for (uint32_t slot = 0; slot < STM_BUCKET_SLOTS; slot++) {
            struct entry entry = entry_at(table, number, slot);
            *rows += entry.count > FEW;
            if (names_twice(&entry)) {
                return 0;
            }
        }
    }
    return 1;
}

static void fill_bucket(struct stm_feature_rows *rows, const struct stm_feature_table *table,
                        uint32_t number, uint32_t *row)
{
    struct bucket *bucket = &rows->buckets[number];
    const uint8_t *bytes = table->buckets + (size_t)number * STM_BUCKET_SIZE;
    memcpy(bucket->checks, bytes + 4, sizeof bucket->checks);
    for (uint32_t slot = 0; slot < STM_BUCKET_SLOTS; slot++) {
        struct entry entry = entry_at(table, number, slot);
        for (uint32_t k = 0; k < entry.count; k++) {
            uint8_t class_number = entry.pairs[2 * k] % STM_CLASSES_MOST;
            uint8_t weight = entry.pairs[2 * k + 1];
            if (entry.count > FEW) {
                rows->rows[*row][class_number] = (int8_t)weight;
            } else {
                bucket->weights[slot][2 * k] = class_number;
                bucket->weights[slot][2 * k + 1] = weight;
            }
        }
        if (entry.count > FEW) {
            bucket->weights[slot][0] = HAS_ROW;
            stm_store_le32(&bucket->weights[slot][2], (*row)++);
        }
        /* Nothing is added to classes that differ: one sum need not wait for another. */
        for (uint32_t k = entry.count; k < FEW; k++) {
            bucket->weights[slot][2 * k] = (uint8_t)((slot * FEW + k) % STM_CLASSES_MOST);
        }
    }
}

struct stm_feature_rows *stm_feature_rows_new(const struct stm_feature_table *table)
{
    size_t count;
    if (!count_rows(table, &count)) {
        return NULL;
    }
    struct stm_feature_rows *rows = calloc(1, sizeof *rows);
    char *memory = calloc(table->bucket_count + count + 1, LINE);
    if (rows == NULL || memory == NULL) {
        free(rows);
        free(memory);
        return NULL;
    }
    char *start = memory + (LINE - (uintptr_t)memory % LINE) % LINE;
    rows->memory = memory;
    rows->buckets = (struct bucket *)(void *)start;
    rows->rows = (int8_t(*)[STM_CLASSES_MOST])(void *)(start + (size_t)table->bucket_count * LINE);
    rows->bucket_count = table->bucket_count;
    uint32_t row = 0;
    for (uint32_t number = 0; number < table->bucket_count; number++) {
        fill_bucket(rows, table, number, &row);
    }
    return rows;
}

void stm_feature_rows_free(struct stm_feature_rows *rows)
{
    if (rows != NULL) {
        free(rows->memory);
        free(rows);
    }
}

static const struct bucket *bucket_of(const struct stm_feature_rows *rows, uint32_t feature)
{
    return &rows->buckets[(uint64_t)feature * rows->bucket_count >> 32];
}

static void add_rows(const int8_t *const *rows, uint32_t count, struct stm_class_scores *scores)
{
#ifdef __SSE2__
    __m128i *lanes = (__m128i *)(void *)scores->of;
    for (uint32_t half = 0; half < 2; half++) { /* 32 classes at a time: so many registers there are */
        __m128i sums[4] = {lanes[4 * half], lanes[4 * half + 1], lanes[4 * half + 2],
                           lanes[4 * half + 3]};
        for (uint32_t i = 0; i < count; i++) {
            const __m128i *row = (const __m128i *)(const void *)rows[i] + 2 * half;
            for (uint32_t k = 0; k < 2; k++) {
                __m128i bytes = _mm_load_si128(row + k);
                /* each byte in the upper half of a lane, then down with its sign */
                __m128i low = _mm_srai_epi16(_mm_unpacklo_epi8(bytes, bytes), 8);
                __m128i high = _mm_srai_epi16(_mm_unpackhi_epi8(bytes, bytes), 8);
                sums[2 * k] = _mm_add_epi16(sums[2 * k], low);
                sums[2 * k + 1] = _mm_add_epi16(sums[2 * k + 1], high);
            }
        }
        for (uint32_t k = 0; k < 4; k++) {
            lanes[4 * half + k] = sums[k];
        }
    }
#else
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t k = 0; k < STM_CLASSES_MOST; k++) {
            scores->of[k] = (int16_t)(scores->of[k] + rows[i][k]);
        }
    }
#endif
}

void stm_feature_rows_prefetch(const struct stm_feature_rows *rows, const uint32_t *features,
                               uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        __builtin_prefetch(bucket_of(rows, features[i]));
    }
}

void stm_feature_rows_find(const struct stm_feature_rows *rows, const uint32_t *features,
                           uint32_t count, struct stm_features_found *found)
{
    uint32_t room = STM_FEATURES_MOST - found->row_count - found->few_count;
    uint32_t row_count = found->row_count;
    uint32_t few_count = found->few_count;
    count = count < room ? count : room;
    for (uint32_t i = 0; i < count; i++) {
        const struct bucket *bucket = bucket_of(rows, features[i]);
        uint32_t slot = stm_find_check(bucket->checks[0], features[i]);
        const uint8_t *weights = bucket->weights[slot % STM_BUCKET_SLOTS];
        uint32_t there = slot < STM_BUCKET_SLOTS;
        uint32_t has_row = there & (weights[0] == HAS_ROW);
        size_t row = stm_load_le32(weights + 2) & -(size_t)has_row;
        /* No branches: nobody can guess what features are there. What is not there is written over. */
        found->rows[row_count] = rows->rows[row];
        found->few[few_count] = weights;
        __builtin_prefetch(rows->rows[row]);
        row_count += has_row;
        few_count += there & !has_row;
    }
    found->row_count = row_count;
    found->few_count = few_count;
}

void stm_feature_rows_sum(const struct stm_features_found *found, struct stm_class_scores *scores)
{
    add_rows(found->rows, found->row_count, scores);
    for (uint32_t i = 0; i < found->few_count; i++) {
        const uint8_t *few = found->few[i];
        for (uint32_t k = 0; k < FEW; k++) {
            stm_class_add(scores, few[2 * k], (int8_t)few[2 * k + 1]);
        }
    }
}

void stm_feature_rows_add(const struct stm_feature_rows *rows, const uint32_t *features,
                          uint32_t count, struct stm_class_scores *scores)
{
    struct stm_features_found found;
    found.row_count = found.few_count = 0;
    count = count < STM_FEATURES_MOST ? count : STM_FEATURES_MOST;
    /* In three passes, as memory answers many questions at a time. */
    stm_feature_rows_prefetch(rows, features, count);
    stm_feature_rows_find(rows, features, count, &found);
    stm_feature_rows_sum(&found, scores);
}
