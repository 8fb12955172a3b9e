/* SPDX-License-Identifier: MIT */
/* Rows of data sets in the index. A row that is alone in its event and whose participants are
   distinct entities in each role is folded: it stays in the columns of its row set and is an event
   as it stands there. Any other row is promoted: it becomes a referent ("node") with assertions
   like those of any document. Nodes of rows stand behind all other nodes. */
#ifndef STEMMA_LIB_INDEX_FOLD_H
#define STEMMA_LIB_INDEX_FOLD_H

#include "event_block.h"
#include "index/index_model.h"

/* Takes in the rows of the document that was added last. */
stemma_status stm_fold_add(stm_index *index, stm_row_set *set);

/* The node of a row that a judgement names. STEMMA_E_INVALID when there is no such row. */
stemma_status stm_fold_node(stm_index *index, uint32_t document, uint32_t row, uint32_t *node);

/* Makes nodes of the rows that judgements name. */
stemma_status stm_fold_nodes(stm_index *index);

/* After clustering: settles which rows are folded, gives the others a cluster and assertions. */
stemma_status stm_fold_promote(stm_index *index);

/* After entities are numbered: fills the entities and variants of every set's actors, and counts
   the events of entities that are folded rows. */
stemma_status stm_fold_entities(stm_index *index);

/* Whether a row is folded. */
static inline int stm_row_is_folded(const stm_row_set *set, uint32_t row)
{
    return set->promoted == NULL || (set->promoted[row / 64] >> (row % 64) & 1) == 0;
}

/* The participants of a folded row, ascending by (role, entity), into `out`, which has room for
   those of its shape; gives how many. */
uint32_t stm_fold_participants(const stm_row_set *set, uint32_t row, stm_event_participant *out);

/* ---- Of index.c: normalises an object whose referents are ordinals from node `base` on. ------ */
stemma_status stm_index_add_object(stm_index *index, const stemma_object *object, uint32_t base,
                                   stm_index_assertion *to);

#endif
