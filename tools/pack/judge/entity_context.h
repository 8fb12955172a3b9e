/* SPDX-License-Identifier: MIT */
/* What stands around a referent: the other people, organisations and places of its document. */
#ifndef STEMMA_PACK_JUDGE_ENTITY_CONTEXT_H
#define STEMMA_PACK_JUDGE_ENTITY_CONTEXT_H

#include "pack/judge/entity_node.h"

/* Weights of one shared neighbour. A rare neighbour counts whole, one of many documents less. */
#define STM_CONTEXT_PERSON       100u
#define STM_CONTEXT_ORGANIZATION 80u
#define STM_CONTEXT_PLACE        30u
#define STM_CONTEXT_ROLE         100u
#define STM_CONTEXT_COPY         200u
#define STM_CONTEXT_STORY        120u /* documents of one story */

struct stm_feature {
    uint64_t hash;
    uint32_t weight;
};

struct stm_contexts {
    struct stm_feature *features; /* ascending by hash inside each document */
    size_t count;
    size_t *first;    /* of each document, and the end */
    uint64_t *total;  /* weight of all features of each document */
    uint64_t *copies; /* pairs of documents of which one derives from the other, ascending */
    size_t copy_count;
};

stemma_status stm_contexts_collect(const struct stm_judge_input *input,
                                   const struct stm_entities *entities,
                                   const stemma_derivation *derivations, size_t derivation_count,
                                   struct stm_arena *arena, struct stm_contexts *contexts);

/* What the documents of two referents have in common apart from the two themselves, in weights. */
uint32_t stm_context_shared(const struct stm_contexts *contexts,
                            const struct stm_entities *entities, uint32_t a, uint32_t b);

/* How much of the company of two documents is the same: of the one that names less, 0..1000. 0 when
   they share less than two people or the like. */
uint32_t stm_context_documents(const struct stm_contexts *contexts, uint32_t a, uint32_t b);

/* How much context the document of a referent offers at all. */
uint32_t stm_context_size(const struct stm_contexts *contexts, const struct stm_entities *entities,
                          uint32_t node);

/* The sounds themselves, at most `capacity`. Returns their number. */
size_t stm_sounds(stemma_text plain, char *out, size_t capacity);

/* The last word of a plain key. */
stemma_text stm_last_word(stemma_text plain);

/* Whether two plain keys have the same words by sound, in the same order. */
int stm_sounds_equal(stemma_text a, stemma_text b);

#endif
