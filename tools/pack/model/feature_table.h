/* SPDX-License-Identifier: MIT */
/**
 * @file feature_table.h
 * Weights of many features for many classes, most of which are zero.
 *
 * A bucket of 28 bytes has room for eight features: the number of its first pair (32 bits), the low 16 bits of each
 * feature, and for each where its pairs end, counted from the first. A pair is a class and a weight,
 * a byte each. Where a bucket is full, the builder leaves the weakest out. Read in place; bounded by
 * the checks of stm_feature_table_open() and by a comparison for each feature found.
 */
#ifndef STEMMA_MODEL_FEATURE_TABLE_H
#define STEMMA_MODEL_FEATURE_TABLE_H

#include "bytes.h"
#include "pack/model/class_scores.h"
#include "stemma/types.h"

#define STM_BUCKET_SLOTS 8u
#define STM_BUCKET_SIZE  28u
#define STM_FEATURES_MOST 64u /* looked up at a time */

struct stm_feature_table {
    const uint8_t *buckets;
    const uint8_t *pairs;
    uint32_t bucket_count; /* at least 1 */
    uint32_t pair_count;
};

/** Reads a table at the front of `*bytes` and moves them behind it: numbers of buckets and pairs (32
    bits each), buckets, pairs, zeroes up to a multiple of 4. Returns 0 when it does not fit. */
int stm_feature_table_open(struct stm_feature_table *table, stemma_bytes *bytes);

/** Adds the weights of at most STM_FEATURES_MOST features. Weights of classes beyond STM_CLASSES_MOST are not
    there: they are masked. */
void stm_feature_table_add(const struct stm_feature_table *table, const uint32_t *features,
                           uint32_t count, struct stm_class_scores *scores);

#endif
