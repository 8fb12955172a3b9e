/* SPDX-License-Identifier: MIT */
/* How many documents, entities and events a snapshot knows. */
#include "base/error.h"
#include "file/snapshot.h"
#include "read/known.h"
#include "stemma/events.h"

/* Rows of a block; entities have as many to a block as events. */
#define ROWS STEMMA_EVENT_BLOCK

/* How many of the first `count` rows of a column are below `until`; `numbers` has room for ROWS. */
static uint32_t count_below(const stm_column *column, uint32_t count, uint32_t until,
                            uint32_t *numbers)
{
    uint32_t below = 0;
    stm_column_unpack_u32(column, 0, count, numbers);
    for (uint32_t row = 0; row < count; row++) {
        below += numbers[row] < until;
    }
    return below;
}

static uint32_t rows_of(uint32_t rows, uint32_t left)
{
    rows = rows < left ? rows : left;
    return rows < ROWS ? rows : ROWS;
}

/* Entities that a document before `until` speaks of. */
static stemma_status count_entities(stemma_snapshot *snapshot, uint32_t *numbers, uint32_t *out,
                                    stemma_error *error)
{
    uint32_t entities = snapshot->file->bounds.entities;
    *out = 0;
    for (uint32_t first = 0; first < entities; first += STM_ENTITY_BLOCK) {
        const stm_entity_block *block = NULL;
        stemma_status status = stm_snapshot_entity_block(snapshot, first, &block, error);
        if (status != STEMMA_OK) {
            return status;
        }
        *out += count_below(&block->column[STM_ENTITY_FIRST_DOCUMENT],
                            rows_of(block->rows, entities - first), snapshot->until, numbers);
    }
    return STEMMA_OK;
}

/* Likewise events: whatever else is said of one, it is known when its first document is. */
static stemma_status count_events(stemma_snapshot *snapshot, uint32_t *numbers, uint32_t *out,
                                  stemma_error *error)
{
    uint32_t events = snapshot->file->bounds.events;
    *out = 0;
    for (uint32_t first = 0; first < events; first += STEMMA_EVENT_BLOCK) {
        const stm_event_block *block = NULL;
        stemma_status status = stm_snapshot_event_block(snapshot, first, &block, error);
        if (status != STEMMA_OK) {
            return status;
        }
        stm_column column = stm_event_block_column(block, STM_EVENT_FIRST_DOCUMENT);
        *out += count_below(&column, rows_of(block->rows, events - first), snapshot->until,
                            numbers);
    }
    return STEMMA_OK;
}

stemma_status stemma_known_counts_get(stemma_snapshot *snapshot, stemma_known_counts *out,
                                      stemma_error *error)
{
    stemma_status status;
    uint32_t *numbers;
    stm_mark mark;
    if (snapshot == NULL || out == NULL) {
        return stm_fail(error, STEMMA_E_MISUSE, "NULL_ARGUMENT", "", "An argument is missing");
    }
    out->documents = stm_known_documents(snapshot);
    out->entities = snapshot->file->bounds.entities;
    out->events = snapshot->file->bounds.events;
    if (!stm_is_cut(snapshot)) {
        return STEMMA_OK;
    }
    mark = stm_snapshot_mark(snapshot);
    numbers = stm_snapshot_array(snapshot, ROWS, sizeof *numbers, error);
    status = numbers != NULL ? count_entities(snapshot, numbers, &out->entities, error)
                             : STEMMA_E_NO_MEMORY;
    if (status == STEMMA_OK) {
        status = count_events(snapshot, numbers, &out->events, error);
    }
    stm_snapshot_rewind(snapshot, mark);
    return status;
}
