/* SPDX-License-Identifier: MIT */
#include "event_time.h"

/* Whether the start of row `row` of a block is unknown. */
static bool is_unknown(const stm_event_block *block, uint32_t row)
{
    return (stm_event_block_get(block, STM_EVENT_UNKNOWN, row) & 1) != 0;
}

/* Rows of a block that exist. */
static uint32_t rows_of(const stemma_snapshot *snapshot, const stm_event_block *block,
                        uint32_t first)
{
    uint32_t events = snapshot->file->bounds.events;
    return events - first < block->rows ? events - first : block->rows;
}

/* The last block whose first event starts before `seconds` (NULL: is known), and whether there is
   one. */
static stemma_status last_block(stemma_snapshot *snapshot, const int64_t *seconds, uint32_t *number,
                                bool *found, stemma_error *error)
{
    uint32_t low = 0;
    uint32_t high = snapshot->file->cache->event_blocks;
    while (low < high) {
        const stm_event_block *block = NULL;
        uint32_t middle = low + (high - low) / 2;
        stemma_status status =
            stm_snapshot_event_block(snapshot, middle * STEMMA_EVENT_BLOCK, &block, error);
        if (status != STEMMA_OK) {
            return status;
        }
        if (is_unknown(block, 0) ||
            (seconds != NULL &&
             stm_event_block_get(block, STM_EVENT_START_EARLIEST, 0) >= *seconds)) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    *found = low != 0;
    *number = low != 0 ? low - 1 : 0;
    return STEMMA_OK;
}

stemma_status stm_event_first_unknown(stemma_snapshot *snapshot, uint32_t *event,
                                      stemma_error *error)
{
    stm_cache *cache = snapshot->file->cache;
    const stm_event_block *block = NULL;
    uint32_t number = 0;
    bool found = false;
    *event = atomic_load_explicit(&cache->known, memory_order_relaxed);
    if (*event != STEMMA_NONE) {
        return STEMMA_OK;
    }
    *event = 0;
    stemma_status status = last_block(snapshot, NULL, &number, &found, error);
    if (status == STEMMA_OK && found) {
        uint32_t first = number * STEMMA_EVENT_BLOCK;
        status = stm_snapshot_event_block(snapshot, first, &block, error);
        if (status == STEMMA_OK) {
            uint32_t low = 1;
            uint32_t high = rows_of(snapshot, block, first);
            while (low < high) {
                uint32_t middle = low + (high - low) / 2;
                if (is_unknown(block, middle)) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            *event = first + low;
        }
    }
    if (status == STEMMA_OK) {
        atomic_store_explicit(&cache->known, *event, memory_order_relaxed);
    }
    return status;
}

stemma_status stm_event_first_from(stemma_snapshot *snapshot, int64_t seconds, uint32_t *event,
                                   stemma_error *error)
{
    const stm_event_block *block = NULL;
    uint32_t number = 0;
    uint32_t known = 0;
    bool found = false;
    stemma_status status = stm_event_first_unknown(snapshot, &known, error);
    if (status == STEMMA_OK) {
        status = last_block(snapshot, &seconds, &number, &found, error);
    }
    *event = 0;
    if (status == STEMMA_OK && found) {
        uint32_t first = number * STEMMA_EVENT_BLOCK;
        status = stm_snapshot_event_block(snapshot, first, &block, error);
        if (status == STEMMA_OK) {
            stm_column starts = stm_event_block_column(block, STM_EVENT_START_EARLIEST);
            *event = first + stm_column_lower_bound(&starts, rows_of(snapshot, block, first), seconds);
            *event = *event < known ? *event : known;
        }
    }
    return status;
}
