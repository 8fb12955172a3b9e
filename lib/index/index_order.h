/* SPDX-License-Identifier: MIT */
/* One numbering of all events, folded rows and others: by earliest start, unknown last, then by
   first referent. */
#ifndef STEMMA_LIB_INDEX_ORDER_H
#define STEMMA_LIB_INDEX_ORDER_H

#include "index/index_model.h"

/* Numbers the events, which are ascending by (start, first referent), together with the folded rows
   of all sets; fills the numbers of their clusters. Linear but for the distinct starts. */
stemma_status stm_index_order(stm_index *index);

/* What an event is: a folded row, or (set NULL) another event. */
typedef struct stm_event_source {
    const stm_row_set *set;
    const stm_index_event *event;
    uint32_t row;
} stm_event_source;

stm_event_source stm_index_source(const stm_index *index, uint32_t event);

/* Number of the event that a folded row is. */
static inline uint32_t stm_row_number(const stm_row_set *set, uint32_t row)
{
    return set->numbers == NULL ? set->first_number + row : set->numbers[row];
}

#endif
