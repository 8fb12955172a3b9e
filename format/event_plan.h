/* SPDX-License-Identifier: MIT */
/* What the rows of an event block have in common, found once, so that reading a row looks only at
   the columns that tell rows apart. Most columns of a data set are constants. Pure; any thread. */
#ifndef STEMMA_FORMAT_EVENT_PLAN_H
#define STEMMA_FORMAT_EVENT_PLAN_H

#include "event_block.h"

#define STM_PLAN_COLUMNS 16u
#define STM_PLAN_FRAMES  6u
#define STM_PLAN_ROLES   16u

/* Points into the block's value. The arrays are as long as `columns` and the frames say. */
typedef struct stm_event_plan {
    stm_event_row row;      /* the first one */
    int64_t after_start[3]; /* start_latest, end_earliest, end_latest minus start_earliest */
    stm_column start;
    uint32_t frame; /* of the first row */
    uint32_t frames;
    uint32_t
        participants; /* about where those of the first event begin, and how many an event has: */
    uint32_t participants_each; /* for what is fetched early, where a guess does no harm */
    uint32_t columns;
    uint8_t frame_end[STM_PLAN_FRAMES];
    uint32_t role[STM_PLAN_ROLES]; /* of frame after frame */
    stm_column column[STM_PLAN_COLUMNS];
} stm_event_plan;

/* Finds what the rows of an open block have in common. 0 when that is too little for a plan, or the
   first row is damaged: then rows are read without. */
int stm_event_plan_make(const stm_event_block *block, stm_event_plan *out);

/* Bytes of a plan up to the last column that it has: the rest need not be kept. */
size_t stm_event_plan_size(const stm_event_plan *plan);

/* The same as stm_event_block_row(), of a block with a plan. STEMMA_E_DAMAGED. */
stemma_status stm_event_plan_row(const stm_event_block *block, uint32_t row, stm_event_row *out);

/* Has the processor fetch what reading that row will need. */
void stm_event_plan_prefetch(const stm_event_block *block, uint32_t row);

#endif
