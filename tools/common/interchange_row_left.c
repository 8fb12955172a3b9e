/* SPDX-License-Identifier: MIT */
/* The rows of a data set of a damaged file, one by one: some may be missing. */
#include <stdlib.h>

#include "base/error.h"
#include "common/interchange_row.h"
#include "common/interchange_row_text.h"
#include "file/snapshot.h"

static stemma_status no_memory(stemma_error *error)
{
    return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "Out of memory");
}

/* Writes one row; what it took of the snapshot's memory is given back. */
static stemma_status write_row(stemma_snapshot *snapshot, uint32_t number, uint32_t row,
                               struct stm_row_text *text, stm_json *json, stemma_error *error)
{
    stemma_row_view view;
    stm_mark mark = stm_snapshot_mark(snapshot);
    stemma_status status = stemma_row_get(snapshot, number, row, &view, error);
    if (status == STEMMA_OK) {
        stm_row_put(text, &view);
        status = text->no_memory ? no_memory(error) : STEMMA_OK;
    }
    stm_snapshot_rewind(snapshot, mark);
    if (status == STEMMA_OK) {
        stm_json_raw(json, (stemma_text){text->buffer, text->used - 1});
        stm_json_line(json);
        text->used = 0;
        status = stm_json_status(json);
    }
    return status;
}

stemma_status stm_interchange_rows_left(stemma_salvage *salvage, stemma_snapshot *snapshot,
                                        uint32_t number, const stemma_document *document,
                                        stm_json *json, stemma_error *error)
{
    struct stm_row_actors actors;
    struct stm_row_text text = {.actors = &actors, .capacity = 4096};
    stemma_status status = STEMMA_OK;
    uint32_t row = 0;
    text.buffer = malloc(text.capacity + STM_ROW_SLACK);
    if (!stm_row_actors_make(&actors, document) || text.buffer == NULL) {
        status = no_memory(error);
    }
    stm_json_to_buffer(&text.escape, 0);
    while (status == STEMMA_OK &&
           (status = stemma_salvage_row(salvage, snapshot, number, &row, error)) == STEMMA_OK) {
        status = write_row(snapshot, number, row, &text, json, error);
        row++;
    }
    stm_json_free(&text.escape);
    stm_row_actors_free(&actors);
    free(text.buffer);
    return status == STEMMA_END ? STEMMA_OK : status;
}
