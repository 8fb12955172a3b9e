/* SPDX-License-Identifier: MIT */
/* How entities are found by name: tokens, hashes and postings of the names of an index. */
#ifndef STEMMA_LIB_INDEX_NAMES_H
#define STEMMA_LIB_INDEX_NAMES_H

#include "index/index_model.h"
#include "index/index_postings.h"
#include "label_hash.h"

/* Whether one finds an entity by this name of its: descriptions ("the president") count only when
   it has no proper name at all. */
int stm_index_name_counts(const stm_index *index, const stm_index_entity *entity,
                          const stm_index_entity_name *name);

/* Receives one gram of a token. Anything but STEMMA_OK stops. */
typedef stemma_status stm_gram_emit(void *context, stemma_text gram);

/* The grams of a plain-folded token: each run of three code points of "^" token "$". */
stemma_status stm_grams(stemma_text token, stm_gram_emit *emit, void *context);

/* The next word of `key`, whose words are joined by single spaces, from `*at` on; 0 when there is
   none. */
int stm_key_word(stemma_text key, size_t *at, stemma_text *word);

/* What the tables label, token, name and gram hold. Numbers of tokens are their places in memcmp
   order. */
typedef struct stm_name_index {
    stm_memory *memory;    /* of all arrays */
    stm_strings tokens;    /* in the order in which they came */
    uint32_t *token_text;  /* of each token number its string */
    uint64_t token_bytes;  /* of all tokens */
    size_t *starts;        /* of each token number where its entities begin; one more: their end */
    uint32_t *entities;    /* ascending, may repeat */
    stm_label_pair *exact; /* plain folds of names: entities; in stored order */
    uint32_t exact_count;
    stm_label_pair *sounds; /* folding keys of tokens: tokens; in stored order */
    uint32_t sound_count;
} stm_name_index;

/* Derives it; stm_name_index_free() in any case. STEMMA_E_NO_MEMORY, STEMMA_E_LIMIT. */
stemma_status stm_name_index_build(stm_name_index *names, const stm_index *index);
void stm_name_index_free(stm_name_index *names);

/* Text of a token number. */
stemma_text stm_name_index_token(const stm_name_index *names, uint32_t number);

/* Every posting of the table `name` or `gram`, ascending strictly by (list, id). */
stemma_status stm_name_index_post(const stm_name_index *names, stm_table table,
                                  stm_index_post_list *post, void *context);

#endif
