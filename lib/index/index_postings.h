/* SPDX-License-Identifier: MIT */
/* The posting tables of an index, as streams in the order in which they are stored. */
#ifndef STEMMA_LIB_INDEX_POSTINGS_H
#define STEMMA_LIB_INDEX_POSTINGS_H

#include "index/index_model.h"
#include "key.h"
#include "tables.h"

/* Receives one posting; the list key lives until it returns. Anything but STEMMA_OK stops. */
typedef stemma_status stm_index_post(void *context, stemma_bytes list, uint32_t id,
                                     uint32_t payload);

/* Hands out every posting of one of the tables participation, type, place, membership, speaker,
   term and pair, ascending strictly by (list, id, payload). STEMMA_E_NO_MEMORY, STEMMA_E_MISUSE for
   another table, or what `post` returned. */
stemma_status stm_index_postings(const stm_index *index, stm_table table, stm_index_post *post,
                                 void *context);

#define STM_INDEX_PIECE 256u /* postings that are handed out at once, at most: a chunk */

/* Receives some postings of a list, STM_INDEX_PIECE at most; `payloads` NULL: all 0. Key and arrays live until it returns. */
typedef stemma_status stm_index_post_list(void *context, stemma_bytes list, const uint32_t *ids,
                                          const uint32_t *payloads, uint32_t count);

/* The same postings in the same order, several at once where that is how they are made. */
stemma_status stm_index_posting_lists(const stm_index *index, stm_table table,
                                      stm_index_post_list *post, void *context);

#endif
