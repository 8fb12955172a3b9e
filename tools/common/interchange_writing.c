/* SPDX-License-Identifier: MIT */
/* Records of one kind as lines, one by one or by several threads: a slice of some at a time. */
#include "common/interchange_writing.h"
#include "base/error.h"
#include "base/parallel.h"
#include "file/snapshot.h"

struct records {
    struct stm_ordered ordered;
    const struct dump *dump; /* of the first thread */
    stemma_file *file;
    uint32_t first;
    uint32_t end;
    uint32_t slice;
    stm_write_one *one;
};

static stemma_status write_one_by_one(struct dump *dump, const struct records *records)
{
    stemma_status status = STEMMA_OK;
    for (uint32_t i = records->first; i < records->end && status == STEMMA_OK; i++) {
        status = records->one(dump, i);
        stemma_snapshot_reset(dump->snapshot);
    }
    return status;
}

/* ---- Several threads ------------------------------------------------------------------------- */

struct worker {
    struct stm_ordered_worker in_order; /* first: what is ordered is the worker */
    const struct records *records;
    stemma_snapshot *snapshot;
    struct stm_row_text text;
    stm_json json; /* scratch: a record's line */
};

/* Takes over what a record came to. */
static stemma_status keep_line(struct worker *worker, stemma_error *error)
{
    struct stm_row_text *text = &worker->text;
    if (stm_row_reserve(text, worker->json.size) && worker->json.size != 0) {
        memcpy(text->buffer + text->used, worker->json.data, worker->json.size);
        text->used += worker->json.size;
    }
    stm_json_reset(&worker->json);
    return stm_ordered_relieve(&worker->in_order, error);
}

static stemma_status put_slice(struct stm_ordered_worker *in_order, stemma_error *error)
{
    struct worker *worker = (struct worker *)(void *)in_order;
    const struct records *records = worker->records;
    const uint32_t first = records->first + in_order->slice * records->slice;
    const uint32_t end = records->end - first < records->slice ? records->end : first + records->slice;
    struct dump dump = {worker->snapshot, records->dump->options, &worker->json, error, in_order};
    stemma_status status = STEMMA_OK;
    for (uint32_t i = first; i < end && status == STEMMA_OK; i++) {
        status = records->one(&dump, i);
        stemma_snapshot_reset(worker->snapshot);
        if (status == STEMMA_OK) {
            status = keep_line(worker, error);
        }
    }
    return status;
}

/* Workers that cannot begin leave the records to the others; the first has to. */
static void work(void *context, size_t number)
{
    struct records *records = context;
    struct worker worker = {.in_order = {.ordered = &records->ordered, .put = put_slice},
                            .records = records,
                            .snapshot = number == 0 ? records->dump->snapshot : NULL};
    if (number != 0 && stemma_snapshot_begin(&worker.snapshot, records->file, NULL) != STEMMA_OK) {
        return;
    }
    stm_json_to_buffer(&worker.json, 0);
    if (stm_ordered_worker_begin(&worker.in_order, &worker.text)) {
        stm_ordered_work(&worker.in_order);
    } else if (number == 0) {
        stm_ordered_refuse(&records->ordered);
    }
    stm_ordered_worker_end(&worker.in_order);
    stm_json_free(&worker.json);
    if (number != 0) {
        stemma_snapshot_end(worker.snapshot);
    }
}

stemma_status stm_write_each(struct dump *dump, uint32_t first, uint32_t end, uint32_t slice, stm_write_one *one)
{
    struct records records = {.dump = dump,
                              .file = dump->snapshot->file,
                              .first = first,
                              .end = end,
                              .slice = slice,
                              .one = one};
    unsigned jobs = dump->options->jobs != 0 ? dump->options->jobs : stm_parallel_default();
    const uint32_t slices = first < end ? (end - first - 1) / slice + 1 : 0;
    jobs = jobs < STM_ORDERED_JOBS ? jobs : STM_ORDERED_JOBS;
    jobs = jobs < slices / 2 ? jobs : slices / 2; /* a thread for less is not worth it */
    if (jobs < 2) {
        return write_one_by_one(dump, &records);
    }
    stm_ordered_begin(&records.ordered, dump->json, slices, jobs);
    stm_parallel(jobs, jobs, work, &records);
    return stm_ordered_end(&records.ordered, dump->error);
}
