/* SPDX-License-Identifier: MIT */
#include "event_time.h"

/* Whether row `row` of a block starts at `*seconds` or later, or nobody knows when. NULL: whether
   nobody knows. */
static bool row_is_from(const stm_event_block *block, uint32_t row, const int64_t *seconds)
{
    if ((stm_event_block_get(block, STM_EVENT_UNKNOWN, row) & 1) != 0) {
        return true;
    }
    return seconds != NULL &&
           stm_event_block_get(block, STM_EVENT_START_EARLIEST, row) >= *seconds;
}

/* The first event for which row_is_from() holds: a search for its block, then inside. */
static stemma_status first_event(stemma_snapshot *snapshot, const int64_t *seconds, uint32_t *event,
                                 stemma_error *error)
{
    const stm_event_block *block = NULL;
    uint32_t events = snapshot->file->bounds.events;
    uint32_t low = 0;
    uint32_t high = snapshot->file->cache->event_blocks;
    *event = 0;
    while (low < high) { /* the first block that begins late enough */
        uint32_t middle = low + (high - low) / 2;
        stemma_status status =
            stm_snapshot_event_block(snapshot, middle * STEMMA_EVENT_BLOCK, &block, error);
        if (status != STEMMA_OK) {
            return status;
        }
        if (row_is_from(block, 0, seconds)) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    if (low == 0) {
        return STEMMA_OK;
    }
    uint32_t first = (low - 1) * STEMMA_EVENT_BLOCK; /* it is in the block before, or begins `low` */
    stemma_status status = stm_snapshot_event_block(snapshot, first, &block, error);
    if (status != STEMMA_OK) {
        return status;
    }
    low = 1;
    high = events - first < block->rows ? events - first : block->rows;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (row_is_from(block, middle, seconds)) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    *event = first + low;
    return STEMMA_OK;
}

stemma_status stm_event_first_from(stemma_snapshot *snapshot, int64_t seconds, uint32_t *event,
                                   stemma_error *error)
{
    return first_event(snapshot, &seconds, event, error);
}

stemma_status stm_event_first_unknown(stemma_snapshot *snapshot, uint32_t *event,
                                      stemma_error *error)
{
    return first_event(snapshot, NULL, event, error);
}
