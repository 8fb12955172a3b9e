/* SPDX-License-Identifier: MIT */
/* How many documents, entities and events a snapshot knows. */
#include "base/error.h"
#include "file/snapshot.h"
#include "read/known.h"
#include "stemma/events.h"

#define AT_ONCE 1024u /* events */

/* Entities that a document before `until` speaks of. */
static stemma_status count_entities(stemma_snapshot *snapshot, uint32_t until, uint32_t *out,
                                    stemma_error *error)
{
    uint32_t entities = snapshot->file->bounds.entities;
    *out = 0;
    for (uint32_t first = 0; first < entities; first += STM_ENTITY_BLOCK) {
        const stm_entity_block *block = NULL;
        uint32_t left = entities - first;
        stemma_status status = stm_snapshot_entity_block(snapshot, first, &block, error);
        if (status != STEMMA_OK) {
            return status;
        }
        for (uint32_t row = 0; row < block->rows && row < left; row++) {
            int64_t document = stm_column_get(&block->column[STM_ENTITY_FIRST_DOCUMENT], row);
            *out += document < (int64_t)until;
        }
    }
    return STEMMA_OK;
}

static stemma_status count_events(stemma_snapshot *snapshot, uint32_t *out, stemma_error *error)
{
    const stemma_event_query all = STEMMA_EVENT_QUERY_INIT;
    stemma_event_cursor *cursor = NULL;
    stm_mark mark = stm_snapshot_mark(snapshot);
    uint32_t *events = stm_snapshot_array(snapshot, AT_ONCE, sizeof *events, error);
    stemma_status status = events != NULL ? stemma_events(&cursor, snapshot, &all, error)
                                          : STEMMA_E_NO_MEMORY;
    *out = 0;
    while (status == STEMMA_OK) {
        uint32_t count = 0;
        status = stemma_event_next_many(cursor, events, AT_ONCE, &count, error);
        *out += count;
    }
    stm_snapshot_rewind(snapshot, mark);
    return status == STEMMA_END ? STEMMA_OK : status;
}

stemma_status stemma_known_counts_get(stemma_snapshot *snapshot, stemma_known_counts *out,
                                      stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    if (snapshot == NULL || out == NULL) {
        return stm_fail(error, STEMMA_E_MISUSE, "NULL_ARGUMENT", "", "An argument is missing");
    }
    out->documents = stm_known_documents(snapshot);
    out->entities = snapshot->file->bounds.entities;
    out->events = snapshot->file->bounds.events;
    if (stm_is_cut(snapshot)) {
        status = count_entities(snapshot, snapshot->until, &out->entities, error);
        status = status == STEMMA_OK ? count_events(snapshot, &out->events, error) : status;
    }
    return status;
}
