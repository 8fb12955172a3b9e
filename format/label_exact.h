/* SPDX-License-Identifier: MIT */
/* Record `label/exact`: from the hash of a plain-folded name to entities: u32 count, then count
   times (u32 hash, u32 entity), ascending. A hit must be verified against the entity's names, as
   hashes collide. Pure; any thread. */
#ifndef STEMMA_FORMAT_LABEL_EXACT_H
#define STEMMA_FORMAT_LABEL_EXACT_H

#include "stemma/status.h"
#include "stemma/types.h"

typedef struct stm_label_pair {
    uint32_t hash;
    uint32_t entity;
} stm_label_pair;

/* The low 32 bits of XXH3-64 (seed 0) of the plain-folded name. */
uint32_t stm_label_hash(stemma_text folded);

/* Order of pairs, for sorting: <0, 0, >0. */
int stm_label_pair_compare(const stm_label_pair *a, const stm_label_pair *b);

size_t stm_label_exact_size(uint32_t count);

/* Writes pairs, which must ascend strictly. STEMMA_E_NO_SPACE, STEMMA_E_MISUSE. */
stemma_status stm_label_exact_write(uint8_t *out, size_t capacity, size_t *size,
                                    const stm_label_pair *pairs, uint32_t count);

typedef struct stm_label_exact {
    const uint8_t *pairs;
    uint32_t count;
} stm_label_exact;

/* Checks the size. STEMMA_E_DAMAGED. */
stemma_status stm_label_exact_open(stemma_bytes value, stm_label_exact *out);

/* First pair whose hash is not below `hash` (count when there is none). Interpolation search with
   a bound on steps: fast on hashes, safe on anything. */
uint32_t stm_label_exact_find(const stm_label_exact *exact, uint32_t hash);

/* Pair `index`, below count. */
stm_label_pair stm_label_exact_at(const stm_label_exact *exact, uint32_t index);

/* Pairs ascend strictly. STEMMA_E_DAMAGED. */
stemma_status stm_label_exact_check(const stm_label_exact *exact);

#endif
