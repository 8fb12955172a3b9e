/* SPDX-License-Identifier: MIT */
/* Blocks of events that are folded rows of one data set. Such rows lie in columns already, so their block is made
   column by column; most columns are one number throughout, or grow by one step. One thread at a time. */
#ifndef STEMMA_LIB_WRITER_FOLDED_H
#define STEMMA_LIB_WRITER_FOLDED_H

#include "event_block.h"
#include "index/index_model.h"

/* Role sequences of a block that is made this way, at most. */
#define STM_FOLDED_FRAMES 64u

/* What was found of a shape in this block. */
typedef struct stm_folded_shape {
    uint32_t block; /* in which it was met last, as `blocks` counts */
    uint8_t frame;
    uint8_t repeats; /* a role occurs twice */
} stm_folded_shape;

/* A block being made. {0} to begin with; stm_folded_free(). */
typedef struct stm_folded {
    stm_event_numbers columns[STM_EVENT_COLUMNS + 1]; /* for stm_event_block_write_columns() */
    uint32_t participants;
    uint64_t says; /* claims of all its events */

    const stm_row_set *set;
    uint32_t count;
    uint32_t rows[STEMMA_EVENT_BLOCK];
    uint32_t times; /* runs of one time */
    uint16_t time_first[STEMMA_EVENT_BLOCK];
    const stemma_time_bounds *time_bounds[STEMMA_EVENT_BLOCK];
    uint32_t blocks;
    stm_folded_shape *shapes; /* of the set */
    size_t shape_capacity;
    uint32_t frames;
    const stm_row_shape *frame_shapes[STM_FOLDED_FRAMES];
    int64_t *room[STM_EVENT_COLUMNS + 1];
    size_t room_capacity[STM_EVENT_COLUMNS + 1];
    stm_event_participant *few;
    size_t few_capacity;
} stm_folded;

/* Takes events [first, first + count), at most STEMMA_EVENT_BLOCK of them; before them are so many claims, and so many of
   folded events. STEMMA_OK: columns, participants and says are filled, and live until the next call. STEMMA_NOT_FOUND: rows
   have to be made of them, as they are not of one set, or unusual (a time is unknown, say). STEMMA_E_NO_MEMORY. */
stemma_status stm_folded_take(stm_folded *block, const stm_index *index, uint32_t first, uint32_t count,
                              uint64_t claims, uint64_t unstored);

void stm_folded_free(stm_folded *block);

/* Columns amount and amount_above of a row. */
void stm_folded_amount(const stm_row_set *set, uint32_t row, uint32_t *amount, uint32_t *above);

#endif
