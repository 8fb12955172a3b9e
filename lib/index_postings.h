/* SPDX-License-Identifier: MIT */
/* The posting tables of an index, as streams in the order in which they are stored. */
#ifndef STEMMA_LIB_INDEX_POSTINGS_H
#define STEMMA_LIB_INDEX_POSTINGS_H

#include "index_model.h"
#include "key.h"
#include "label_exact.h"
#include "tables.h"

/* Receives one posting; the list key lives until it returns. Anything but STEMMA_OK stops. */
typedef stemma_status stm_index_post(void *context, stemma_bytes list, uint32_t id,
                                     uint32_t payload);

/* Hands out every posting of one of the tables participation, type, place, membership, name, gram
   and term, ascending strictly by (list, id, payload). STEMMA_E_NO_MEMORY, STEMMA_E_MISUSE for
   another table, or what `post` returned. */
stemma_status stm_index_postings(const stm_index *index, stm_table table, stm_index_post *post,
                                 void *context);

/* The pairs of `label/exact`, ascending strictly; the caller frees `*pairs`. */
stemma_status stm_index_label_pairs(const stm_index *index, stm_label_pair **pairs,
                                    uint32_t *count);

/* Whether one finds an entity by this name of its: descriptions ("the president") count only when
   it has no proper name at all. */
int stm_index_name_counts(const stm_index *index, const stm_index_entity *entity,
                          const stm_index_entity_name *name);

/* Receives one gram of a token. */
typedef stemma_status stm_gram_emit(void *context, stemma_text gram);

/* The grams of a plain-folded token: each run of three code points of "^" token "$". */
stemma_status stm_grams(stemma_text token, stm_gram_emit *emit, void *context);

#endif
