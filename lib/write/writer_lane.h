/* SPDX-License-Identifier: MIT */
/* Event blocks, made by several threads at once: each makes the blocks of a lane, and the writer's
   own thread writes them in order. */
#ifndef STEMMA_LIB_WRITER_LANE_H
#define STEMMA_LIB_WRITER_LANE_H

#include "event_block.h"
#include "write/writer_folded.h"
#include "write/writer_stage.h"

#define STM_LANE_BLOCKS 4u /* that a lane makes before they are written */

/* What the fence has to know of a block. */
typedef struct stm_block_note {
    int64_t start;      /* of the first event */
    int64_t last_start; /* the last that is known in the block; UNKNOWN_EARLY: none */
    uint64_t claims;    /* before the block */
    uint64_t unstored;
    size_t end; /* of the block in `out` of the lane */
} stm_block_note;

/* Blocks in a row, made by one thread. */
typedef struct stm_event_lane {
    const stm_index *index;
    stm_folded folded; /* for blocks that are nothing but rows of one data set */
    stm_event_row rows[STEMMA_EVENT_BLOCK];
    stm_event_participant *participants;
    size_t participant_capacity;
    uint32_t participant_count;
    int64_t *scratch;
    size_t scratch_capacity;
    uint32_t first;    /* event */
    uint32_t count;    /* of events */
    uint64_t claims;   /* of the events before */
    uint64_t unstored; /* of the folded ones among them */
    uint8_t *out;      /* the blocks, one behind the other */
    size_t out_capacity;
    stm_block_note notes[STM_LANE_BLOCKS];
    stemma_status status;
} stm_event_lane;

/* Makes the blocks of lanes[item]: index, first, count, claims and unstored are set, the rest is
   {0} or what it was left as. Gives status, notes, out, and in claims and unstored what the events
   behind the lane begin with. For stm_parallel(). */
void stm_event_lane_make(void *lanes, size_t item);

void stm_event_lane_free(stm_event_lane *lane);

#endif
