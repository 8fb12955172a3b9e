/* SPDX-License-Identifier: MIT */
/**
 * @file feature_rows.h
 * A feature table (feature_table.h) laid out for speed: what many documents are read with.
 *
 * What costs is fetching lines of the cache that lie far away. So a bucket is one line: the low bits of
 * eight features, and for each its weights, as up to three pairs of class and weight, some of which may be
 * nothing. Features with more weights, which are few and come often, have a row with a byte for each
 * class, which is added as a whole. Adding takes no branch that depends on the feature.
 */
#ifndef STEMMA_MODEL_FEATURE_ROWS_H
#define STEMMA_MODEL_FEATURE_ROWS_H

#include "pack/model/feature_table.h"

struct stm_feature_rows;

/** Lays out a table, which is not needed any longer then. NULL when there is no memory, or when the table is
    none that the trainer writes: a feature names a class twice. Then the table itself has to do. */
struct stm_feature_rows *stm_feature_rows_new(const struct stm_feature_table *table);

/** NULL is allowed. */
void stm_feature_rows_free(struct stm_feature_rows *rows);

/** Asks memory for what features need that are added some work later. Any thread. */
void stm_feature_rows_prefetch(const struct stm_feature_rows *rows, const uint32_t *features,
                               uint32_t count);

/** Weights that were found; its owner reads nothing of it. Begins with both counts 0. */
struct stm_features_found {
    const int8_t *rows[STM_FEATURES_MOST + 1];
    const uint8_t *few[STM_FEATURES_MOST + 1];
    uint32_t row_count;
    uint32_t few_count;
};

/** Finds the weights of features, beside what was found before, of STM_FEATURES_MOST in all, and asks memory for them.
    Any thread. */
void stm_feature_rows_find(const struct stm_feature_rows *rows, const uint32_t *features,
                           uint32_t count, struct stm_features_found *found);

/** Adds what was found. Any thread. */
void stm_feature_rows_sum(const struct stm_features_found *found, struct stm_class_scores *scores);

/** What stm_feature_table_add() adds: all of the above at once. Any thread. */
void stm_feature_rows_add(const struct stm_feature_rows *rows, const uint32_t *features,
                          uint32_t count, struct stm_class_scores *scores);

#endif
