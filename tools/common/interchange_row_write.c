/* SPDX-License-Identifier: MIT */
/* The rows of a data set, put together by several threads and written in order. */
#include <stdlib.h>

#include "common/interchange_row.h"
#include "common/interchange_row_prepare.h"
#include "common/ordered.h"
#include "base/error.h"
#include "base/parallel.h"
#include "file/snapshot.h"

#define SLICE 1024u /* rows: what they come to stays in a processor's own cache */

struct shared {
    struct stm_ordered ordered;
    stemma_file *file;
    stemma_snapshot *snapshot; /* of the first worker */
    struct stm_row_actors actors;
    struct stm_row_preparation preparation;
    uint32_t document;
    uint32_t rows;
};

struct worker {
    struct stm_ordered_worker in_order; /* first: what is ordered is the worker */
    struct shared *shared;
    struct stm_row_text text;
    struct stm_row_pieces pieces;
};

/* Rows from `first` on below `end`, as many as one scan gives; `*next` is where to go on. */
static stemma_status put_some(struct worker *worker, uint32_t first, uint32_t end, uint32_t *next,
                              stemma_error *error)
{
    const struct shared *shared = worker->shared;
    stemma_snapshot *snapshot = worker->pieces.snapshot;
    stemma_row_columns columns;
    stemma_status status = stemma_row_scan(snapshot, shared->document, first, &columns, error);
    if (status == STEMMA_OK && (columns.count == 0 || columns.actor_count > shared->actors.count)) {
        stemma_row_view row;
        status = stemma_row_get(snapshot, shared->document, first, &row, error);
        if (status == STEMMA_OK) {
            stm_row_put(&worker->text, &row);
        }
        *next = first + 1;
        stemma_snapshot_reset(snapshot);
        return status;
    }
    columns.count = columns.count < end - first ? columns.count : end - first;
    for (uint32_t i = 0; i < columns.count && status == STEMMA_OK;) {
        size_t room = worker->text.used + STM_ORDERED_ENOUGH;
        status = stm_row_put_many(&worker->text, &worker->pieces, &columns, i, room, &i, error);
        if (status == STEMMA_OK) {
            status = stm_ordered_relieve(&worker->in_order, error);
        }
    }
    *next = first + columns.count;
    return status;
}

static stemma_status put_slice(struct stm_ordered_worker *in_order, stemma_error *error)
{
    struct worker *worker = (struct worker *)(void *)in_order;
    uint32_t first = in_order->slice * SLICE;
    uint32_t end = worker->shared->rows - first < SLICE ? worker->shared->rows : first + SLICE;
    stemma_status status = STEMMA_OK;
    for (uint32_t i = first; i < end && status == STEMMA_OK;) {
        status = put_some(worker, i, end, &i, error);
        if (status == STEMMA_OK) {
            status = stm_ordered_relieve(&worker->in_order, error);
        }
    }
    return status;
}

/* Workers that cannot begin leave the rows to the others; the first has to. */
static void put_rows(struct shared *shared, size_t number)
{
    struct worker worker = {.in_order = {.ordered = &shared->ordered, .put = put_slice}, .shared = shared};
    stemma_snapshot *snapshot = number == 0 ? shared->snapshot : NULL;
    if (number != 0 && stemma_snapshot_begin(&snapshot, shared->file, NULL) != STEMMA_OK) {
        return;
    }
    worker.text.actors = &shared->actors;
    stm_json_to_buffer(&worker.text.escape, 0);
    stm_row_pieces_init(&worker.pieces, snapshot);
    if (stm_ordered_worker_begin(&worker.in_order, &worker.text)) {
        stm_ordered_work(&worker.in_order);
    } else if (number == 0) {
        stm_ordered_refuse(&shared->ordered);
    }
    stm_ordered_worker_end(&worker.in_order);
    stm_json_free(&worker.text.escape);
    stm_row_pieces_free(&worker.pieces);
    if (number != 0) {
        stemma_snapshot_end(snapshot);
    }
}

static void work(void *context, size_t number)
{
    struct shared *shared = context;
    if (stm_row_preparation_help(&shared->preparation)) {
        put_rows(shared, number);
    }
}

stemma_status stm_interchange_rows(stemma_snapshot *snapshot, uint32_t number,
                                   const stemma_document *document, unsigned jobs,
                                   const struct stm_rows_before *before, stm_json *json,
                                   stemma_error *error)
{
    stemma_status status, first;
    bool built;
    struct shared shared = {.file = snapshot->file,
                            .snapshot = snapshot,
                            .document = number,
                            .rows = document->row_count};
    const uint32_t slices = (shared.rows - 1) / SLICE + 1;
    jobs = jobs != 0 ? jobs : stm_parallel_default();
    jobs = jobs < STM_ORDERED_JOBS ? jobs : STM_ORDERED_JOBS;
    jobs = jobs < slices ? jobs : slices;
    stm_row_preparation_begin(&shared.preparation, &shared.actors, document, before);
    stm_ordered_begin(&shared.ordered, json, slices, jobs);
    /* The document's own memory is no longer needed: what follows is rows alone. */
    stm_parallel(jobs, jobs, work, &shared);
    first = stm_row_preparation_end(&shared.preparation, &built);
    stm_row_actors_free(&shared.actors);
    if (first == STEMMA_OK && !built) {
        stm_ordered_refuse(&shared.ordered);
    }
    status = stm_ordered_end(&shared.ordered, first == STEMMA_OK ? error : NULL);
    return first != STEMMA_OK ? first : status;
}
