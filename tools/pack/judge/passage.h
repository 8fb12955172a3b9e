/* SPDX-License-Identifier: MIT */
/* The words of a document and the passages that two documents have in common. */
#ifndef STEMMA_PACK_JUDGE_PASSAGE_H
#define STEMMA_PACK_JUDGE_PASSAGE_H

#include "common/arena.h"
#include "stemma/judgement.h"

#define STM_SHINGLE 5u /* words in a row that make a shingle */

/* The words of a text, furniture left out, case and punctuation folded away. */
struct stm_words {
    uint64_t *hash;
    stemma_span *span;
    uint32_t count;
};

struct stm_passages {
    stemma_shared_range *ranges; /* ascending in `from` */
    uint32_t range_count;
    uint32_t from_words; /* words of `from` found again, small edits between passages included */
    uint32_t to_words;
    uint32_t longest; /* words of the longest passage */
};

stemma_status stm_words_split(struct stm_arena *arena, const stemma_document *document,
                              struct stm_words *words);

/* The hash of the shingle that begins at word `position`, which has STM_SHINGLE words after it. */
uint64_t stm_words_shingle(const struct stm_words *words, uint32_t position);

/* Finds in `to` the passages of `from`, of at least STM_SHINGLE words each. */
stemma_status stm_passages_find(struct stm_arena *arena, const struct stm_words *from,
                                const struct stm_words *to, struct stm_passages *passages);

#endif
