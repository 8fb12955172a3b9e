/* SPDX-License-Identifier: MIT */
/**
 * @file action_table.h
 * Weights of many features for the three actions of the parser.
 *
 * Only differences count, so a feature has two weights, a byte each: how much more it speaks for each
 * of two actions than for the first. A bucket of 32 bytes has room for eight features: the low 16
 * bits of each, their weights for the second action, their weights for the third. Read in place.
 */
#ifndef STEMMA_MODEL_ACTION_TABLE_H
#define STEMMA_MODEL_ACTION_TABLE_H

#include "bytes.h"
#include "stemma/types.h"

#define STM_ACTION_SLOTS    8u
#define STM_ACTION_BUCKET   32u
#define STM_ACTION_FEATURES 128u /* scored at a time */

struct stm_action_table {
    const uint8_t *buckets;
    uint32_t bucket_count; /* at least 1 */
    int laid_out;          /* by stm_action_table_copy() */
};

/** Reads a table at the front of `*bytes` and moves them behind it: number of buckets (32 bits), 32 bits of
    zero, buckets. Returns 0 when it does not fit. */
int stm_action_table_open(struct stm_action_table *table, stemma_bytes *bytes);

/** The same table laid out for speed: no bucket lies in two lines of the cache, and weights are such that all eight
    slots are added at once. `*memory`, to be freed, owns it; NULL: no memory, or a processor without such steps, and
    `*out` is `*table`, which may not be laid out itself. */
void stm_action_table_copy(struct stm_action_table *out, const struct stm_action_table *table,
                           void **memory);

/** Asks memory for what features need that are scored some work later. */
void stm_action_table_prefetch(const struct stm_action_table *table, const uint32_t *features,
                               uint32_t count);

/** The scores of the second and third action over that of the first, by at most STM_ACTION_FEATURES features. */
void stm_action_table_score(const struct stm_action_table *table, const uint32_t *features,
                            uint32_t count, int32_t scores[2]);

#endif
