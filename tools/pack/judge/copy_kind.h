/* SPDX-License-Identifier: MIT */
/* What it means that two documents have passages in common: which was first, and what the other is
 * of it. */
#ifndef STEMMA_PACK_JUDGE_COPY_KIND_H
#define STEMMA_PACK_JUDGE_COPY_KIND_H

#include "pack/judge/copy_index.h"
#include "pack/judge/passage.h"

/* Two documents of which `from` may derive from `to`. */
struct stm_copy {
    const stemma_document *from;
    const stemma_document *to;
    const struct stm_words *from_words;
    const struct stm_words *to_words;
    int order;    /* of their publication: 0 when that cannot be told */
    int same_day; /* both were published on one day */
};

/* The order in which two documents were published: -1, 0 (not known, or overlapping), 1. */
int stm_copy_order(const stemma_document *a, const stemma_document *b, int *same_day);

/* Whether document `a` was there before `b`. `order`: of their publication, 0 when that cannot be
   told or was on one day. */
int stm_copy_was_first(const stemma_document *a, uint32_t a_words, const stemma_document *b,
                       uint32_t b_words, int order);

/* `*kind`: the stemma_derivation_kind, or 0 when what is common is too little, a notice that many
   pages carry, or what both quote somebody with. `*score`: how much of `from` was taken, 0..1000.
   Ranges of `passages` that are notices or stray phrases are left out, and its words hold no
   longer. STEMMA_OK or STEMMA_E_NO_MEMORY. */
stemma_status stm_copy_kind(const struct stm_copy_index *index, const struct stm_copy *copy,
                            struct stm_passages *passages, struct stm_arena *scratch, uint8_t *kind,
                            uint32_t *score);

#endif
