/* SPDX-License-Identifier: MIT */
/* The words of a document and the passages that two documents have in common. */
#ifndef STEMMA_PACK_JUDGE_PASSAGE_H
#define STEMMA_PACK_JUDGE_PASSAGE_H

#include "common/arena.h"
#include "stemma/judgement.h"

#define STM_SHINGLE 5u /* words in a row that make a shingle */
#define STM_BRIDGE  3u /* words between two passages that count as an edit inside one */

/* The words of a text, furniture left out, case and punctuation folded away. */
struct stm_words {
    uint64_t *hash;
    stemma_span *span;
    uint32_t count;
};

/* Where in a text each shingle stands. */
struct stm_shingles {
    uint32_t *first; /* of each slot: the first position of a shingle and 1, or 0 */
    uint32_t *next;  /* of each position: the next one of its shingle and 1, or 0 */
    uint64_t *hash;  /* of the shingle there */
    uint32_t mask;
};

/* A passage in words. */
struct stm_passage {
    uint32_t from; /* its first word */
    uint32_t to;
    uint32_t count;
};

struct stm_passages {
    stemma_shared_range *ranges; /* ascending in `from` */
    struct stm_passage *runs;    /* the same ones in words */
    uint32_t range_count;
    uint32_t from_words; /* words of `from` found again, small edits between passages included */
    uint32_t to_words;
    uint32_t longest; /* words of the longest passage */
};

stemma_status stm_words_split(struct stm_arena *arena, const stemma_document *document,
                              struct stm_words *words);

/* The hash of the shingle that begins at word `position`, which has STM_SHINGLE words after it. */
uint64_t stm_words_shingle(const struct stm_words *words, uint32_t position);

stemma_status stm_shingles_index(struct stm_arena *arena, const struct stm_words *words,
                                 struct stm_shingles *index);

/* Finds in `to`, whose shingles `index` holds, the passages of `from`, of at least STM_SHINGLE
   words each. */
stemma_status stm_passages_find(struct stm_arena *arena, const struct stm_words *from,
                                const struct stm_words *to, const struct stm_shingles *index,
                                struct stm_passages *passages);

#endif
