/* SPDX-License-Identifier: MIT */
#include "read/event_time.h"

#include <stdlib.h>

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

/* The last of the first `blocks` blocks whose first event starts before `seconds`, and whether
   there is one. */
static bool last_block(const stm_column *starts, uint32_t blocks, int64_t seconds, uint32_t *number)
{
    uint32_t low = stm_column_lower_bound(starts, blocks, seconds);
    *number = low != 0 ? low - 1 : 0;
    return low != 0;
}

stemma_status stm_event_first_unknown(stemma_snapshot *snapshot, uint32_t *event,
                                      stemma_error *error)
{
    stm_cache *cache = snapshot->file->cache;
    const stm_event_block *block = NULL;
    const stm_fence *fence = &snapshot->file->fence;
    uint32_t number = 0;
    *event = atomic_load_explicit(&cache->known, memory_order_relaxed);
    if (*event != STEMMA_NONE) {
        return STEMMA_OK;
    }
    *event = 0;
    stemma_status status = STEMMA_OK;
    if (last_block(&fence->unknown, fence->unknown.count, 1, &number)) {
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

/* Where the edge at `seconds` is kept; NULL: nowhere. Without memory edges are looked up each time. */
static stm_edge *edge_of(stemma_snapshot *snapshot, int64_t seconds)
{
    /* without the bits that no day has, days that follow each other spread evenly */
    const uint64_t mixed = ((uint64_t)seconds >> 7) * UINT64_C(0x9E3779B97F4A7C15);
    if (snapshot->edges == NULL && snapshot->edges_wanted) {
        snapshot->edges = calloc((size_t)1 << STM_EDGES_BITS, sizeof *snapshot->edges);
        snapshot->edges_wanted = false;
    }
    return snapshot->edges != NULL ? &snapshot->edges[mixed >> (64 - STM_EDGES_BITS)] : NULL;
}

/* The first event at `seconds` or later, looked up in the file. */
static stemma_status find_first_from(stemma_snapshot *snapshot, int64_t seconds, uint32_t *event,
                                     stemma_error *error)
{
    const stm_event_block *block = NULL;
    uint32_t number = 0;
    uint32_t known = 0;
    stemma_status status = stm_event_first_unknown(snapshot, &known, error);
    uint32_t blocks = (uint32_t)(((uint64_t)known + STEMMA_EVENT_BLOCK - 1) / STEMMA_EVENT_BLOCK);
    *event = 0;
    if (status == STEMMA_OK && last_block(&snapshot->file->fence.start, blocks, seconds, &number)) {
        uint32_t first = number * STEMMA_EVENT_BLOCK;
        status = stm_snapshot_event_block(snapshot, first, &block, error);
        if (status == STEMMA_OK) {
            stm_column starts = stm_event_block_column(block, STM_EVENT_START_EARLIEST);
            *event =
                first + stm_column_lower_bound(&starts, rows_of(snapshot, block, first), seconds);
            *event = *event < known ? *event : known;
        }
    }
    return status;
}

stemma_status stm_event_first_from(stemma_snapshot *snapshot, int64_t seconds, uint32_t *event,
                                   stemma_error *error)
{
    stm_edge *edge = edge_of(snapshot, seconds);
    if (edge != NULL && edge->found != 0 && edge->seconds == seconds) {
        *event = (uint32_t)(edge->found - 1);
        return STEMMA_OK;
    }
    stemma_status status = find_first_from(snapshot, seconds, event, error);
    if (status == STEMMA_OK && edge != NULL) {
        *edge = (stm_edge){seconds, (uint64_t)*event + 1};
    }
    return status;
}
