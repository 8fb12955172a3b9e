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

#define STM_ACTION_SLOTS  8u
#define STM_ACTION_BUCKET 32u

struct stm_action_table {
    const uint8_t *buckets;
    uint32_t bucket_count; /* at least 1 */
};

/** Reads a table at the front of `*bytes` and moves them behind it: number of buckets (32 bits), 32 bits of
    zero, buckets. Returns 0 when it does not fit. */
int stm_action_table_open(struct stm_action_table *table, stemma_bytes *bytes);

/** The same table where no bucket lies in two lines of the cache. `*memory`, to be freed, owns it; NULL: no memory, and
    `*out` is `*table`. */
void stm_action_table_copy(struct stm_action_table *out, const struct stm_action_table *table,
                           void **memory);

/** The scores of the second and third action over that of the first. */
void stm_action_table_score(const struct stm_action_table *table, const uint32_t *features,
                            uint32_t count, int32_t scores[2]);

#endif
