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

/** What stm_feature_table_add() adds. Any thread. */
void stm_feature_rows_add(const struct stm_feature_rows *rows, const uint32_t *features,
                          uint32_t count, struct stm_class_scores *scores);

#endif
