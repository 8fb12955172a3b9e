/* SPDX-License-Identifier: MIT */
/* Hash arrays: from the hash of a text to the numbers of what is called so (records `label/exact`
 * and `token/sound`).
 *
 * u32 count n · u8 bucket bits b · u8 number width w · u16 0 · directory · pairs · 8 zero bytes.
 * The directory is 2^b + 1 elements, as wide as n needs: how many pairs lie in the buckets before.
 * A pair is 8 + w bits: the 8 bits of the hash after the b that choose the bucket, then the number.
 * A hit must be verified, as hashes collide. Pure; any thread. */
#ifndef STEMMA_FORMAT_LABEL_HASH_H
#define STEMMA_FORMAT_LABEL_HASH_H

#include "bits.h"
#include "stemma/status.h"
#include "stemma/types.h"

#define STM_LABEL_BUCKET      8u  /* pairs to a bucket, at most on average ... */
#define STM_LABEL_BUCKET_BITS 24u /* ... unless there would be more than 2^24 buckets */

/* ---- Writing --------------------------------------------------------------------------------- */

typedef struct stm_label_pair {
    uint32_t hash;
    uint32_t number;
} stm_label_pair;

/* The low 32 bits of XXH3-64 (seed 0) of the text. */
uint32_t stm_label_hash(stemma_text text);

/* What of a hash is stored when there are `count` pairs: pairs are stored in ascending order of
   (prefix, number). */
uint32_t stm_label_hash_prefix(uint32_t hash, uint32_t count);

/* Bytes that surely hold `count` pairs. */
size_t stm_label_hash_bound(uint32_t count);

/* Writes pairs, which must be in order. STEMMA_E_NO_SPACE, STEMMA_E_LIMIT, STEMMA_E_MISUSE. */
stemma_status stm_label_hash_write(uint8_t *out, size_t capacity, size_t *size,
                                   const stm_label_pair *pairs, uint32_t count);

/* ---- Reading --------------------------------------------------------------------------------- */

typedef struct stm_label_index {
    const uint8_t *directory;
    const uint8_t *pairs;
    uint32_t count;
    uint8_t bucket_bits;
    uint8_t number_width;
    uint8_t directory_width;
} stm_label_index;

/* Checks the sizes. STEMMA_E_DAMAGED. */
stemma_status stm_label_hash_open(stemma_bytes value, stm_label_index *out);

/* The numbers under one hash, ascending. */
typedef struct stm_label_hits {
    const stm_label_index *index;
    uint32_t next, end; /* pairs of the bucket still to be looked at */
    uint8_t mark;       /* the 8 bits */
} stm_label_hits;

/* STEMMA_E_DAMAGED when the directory leads out of the pairs. */
stemma_status stm_label_hash_find(const stm_label_index *index, uint32_t hash, stm_label_hits *out);

/* The next number; 0 when there is none. Not checked against anything. */
static inline int stm_label_hits_next(stm_label_hits *hits, uint32_t *number)
{
    unsigned width = 8u + hits->index->number_width;
    while (hits->next < hits->end) {
        uint64_t pair = stm_bits_get(hits->index->pairs, hits->next++, width);
        if ((uint8_t)pair == hits->mark) {
            *number = (uint32_t)(pair >> 8);
            return 1;
        }
    }
    return 0;
}

/* The directory ascends over all pairs, pairs ascend inside their bucket, widths are the least.
   STEMMA_E_DAMAGED. */
stemma_status stm_label_hash_check(const stm_label_index *index);

#endif
