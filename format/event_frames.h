/* SPDX-License-Identifier: MIT */
/* Inside event blocks: the distinct role sequences of a block's events, in order of first use; and
   the bits of column STM_EVENT_UNKNOWN. Pure; any thread. */
#ifndef STEMMA_FORMAT_EVENT_FRAMES_H
#define STEMMA_FORMAT_EVENT_FRAMES_H

#include "event_block.h"

/* Bits of column STM_EVENT_UNKNOWN. */
enum {
    STM_NO_START_EARLIEST = 1,
    STM_NO_START_LATEST = 2,
    STM_NO_END_EARLIEST = 4,
    STM_NO_END_LATEST = 8
};

#define STM_EVENT_FRAME_SLOTS (2u * STEMMA_EVENT_BLOCK)

/* Every event has its frame, every frame the first event that has it. About 48 KB. */
typedef struct stm_event_frames {
    uint32_t count;
    uint16_t frame[STEMMA_EVENT_BLOCK];   /* of each event */
    uint16_t first[STEMMA_EVENT_BLOCK];   /* event that first has the frame */
    uint32_t hash[STEMMA_EVENT_BLOCK];    /* of each frame */
    uint16_t slot[STM_EVENT_FRAME_SLOTS]; /* hash table: frame + 1, 0 free */
} stm_event_frames;

void stm_event_frames_begin(stm_event_frames *frames);

/* Adds event `event`, the next one: its frame is frames->frame[event] afterwards. */
void stm_event_frames_add(stm_event_frames *frames, const stm_event_row *rows,
                          const stm_event_participant *participants, uint32_t event);

#endif
