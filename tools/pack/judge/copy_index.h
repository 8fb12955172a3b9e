/* SPDX-License-Identifier: MIT */
/* Which documents have which shingles: the earlier documents that are worth comparing with one.
 *
 * A sample of the shingles is kept, chosen by their hash so that all documents keep the same ones
 * (Broder 1997, "On the resemblance and containment of documents"). */
#ifndef STEMMA_PACK_JUDGE_COPY_INDEX_H
#define STEMMA_PACK_JUDGE_COPY_INDEX_H

#include "pack/judge/judge.h"

#define STM_COPY_COMMON     8u  /* documents that have a passage from which on it is common */
#define STM_COPY_CANDIDATES 16u /* earlier documents that one document is compared with */

struct stm_copy_entry {
    uint64_t hash;
    uint32_t document;
};

struct stm_copy_index {
    struct stm_copy_entry *entries; /* by hash, then document; once per document */
    uint32_t count;
    uint32_t *entry_of; /* positions in `entries`, document by document */
    uint32_t *first;    /* of each document in `entry_of`, and the end */
    uint64_t step;      /* one shingle in so many is kept */
};

struct stm_copy_candidate {
    uint32_t document;
    uint32_t shared;
};

/* Everything lives in `arena`. */
stemma_status stm_copy_index_build(const struct stm_judge_input *input, struct stm_arena *arena,
                                   struct stm_copy_index *index);

/* The earlier documents that share most shingles with `document`, best first, into `touched`, which
   has room for all documents, as has `shared`, which is all zero before and after. Returns how
   many, at most STM_COPY_CANDIDATES. */
uint32_t stm_copy_candidates(stm_memory *memory, const struct stm_copy_index *index,
                             uint32_t document, uint32_t *shared,
                             struct stm_copy_candidate *touched);

/* How many documents have a shingle, counted up to STM_COPY_COMMON; 0 when it is not in the
   sample. */
uint32_t stm_copy_documents(const struct stm_copy_index *index, uint64_t hash);

#endif
