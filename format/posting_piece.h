/* SPDX-License-Identifier: MIT */
/* The piece of a list that a cursor has unpacked, for who goes through whole pieces: posting_cursor.c
   and posting_intersect.c. Pure. */
#ifndef STEMMA_FORMAT_POSTING_PIECE_H
#define STEMMA_FORMAT_POSTING_PIECE_H

#include "posting_cursor.h"

/* Unpacks the next piece, when the one at hand is used up. STEMMA_END; STEMMA_E_DAMAGED. */
stemma_status stm_posting_next_piece(stm_posting_cursor *cursor);

/* Makes sure that there is a posting to give out whose id is not below `id`. STEMMA_END;
   STEMMA_E_DAMAGED. */
stemma_status stm_posting_reach(stm_posting_cursor *cursor, uint32_t id);

/* First place in [at, count) whose id is not below `id`: gallops, as the target is mostly near. */
static inline uint32_t stm_first_not_below(const uint32_t *ids, uint32_t at, uint32_t count,
                                           uint32_t id)
{
    uint32_t step = 1, low = at, high;
    while (step < count - at && ids[at + step - 1] < id) {
        low = at + step;
        step *= 2;
    }
    high = step < count - at ? at + step : count;
    /* Halves without a branch on which half: there is no telling. */
    for (uint32_t left = high - low; left != 0;) {
        uint32_t half = (left + 1) / 2;
        low += ids[low + half - 1] < id ? half : 0;
        left -= half;
    }
    return low;
}

#endif
