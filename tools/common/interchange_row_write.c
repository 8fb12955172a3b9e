/* SPDX-License-Identifier: MIT */
/* The rows of a data set, put together by several threads and written in order.
 *
 * Rows are taken in slices. Whoever has the slice whose turn it is writes as it goes; the others fill
 * buffers, leave them behind and go on with new ones, and who wrote a slice writes what was left behind
 * it. So the output is what one thread would have written, and memory is bounded by some slices. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "common/interchange_row.h"
#include "common/interchange_row_prepare.h"
#include "common/interchange_row_text.h"
#include "base/error.h"
#include "base/parallel.h"
#include "file/snapshot.h"

#define SLICE       1024u /* rows: what they come to stays in a processor's own cache */
#define BUFFER_SIZE ((size_t)1 << 18) /* a slice of rows of usual length fits: what grows is moved by the system */
#define ENOUGH      ((size_t)1 << 18) /* bytes that are written out, if it is their turn ... */
#define MOST        ((size_t)1 << 22) /* ... and those that wait for it */
#define MOST_JOBS   8u                /* beyond, writing is the bottleneck */
#define LEFT_FOR_JOB 8u               /* slices that wait for their turn, while an output is slow */
#define MOST_LEFT    (MOST_JOBS * LEFT_FOR_JOB)

#define BATCH        8u               /* slices that are written at once */

/* A slice that waits for its turn. */
struct left {
    bool there;
    char *buffer;
    size_t used;
    size_t capacity;
    stemma_status status;
    stemma_error error;
};

struct shared {
    stemma_file *file;
    stemma_snapshot *snapshot; /* of the first worker */
    stm_json *json;            /* of the worker whose turn it is */
    struct stm_row_actors actors;
    struct stm_row_preparation preparation;
    uint32_t document;
    uint32_t rows;
    uint32_t most_left; /* slices that wait */
    atomic_uint next;   /* slice that nobody has */
    pthread_mutex_t mutex;
    pthread_cond_t changed; /* the turn, to what somebody waits for */
    uint32_t awaited;       /* the first turn that somebody waits for, or UINT32_MAX */
    uint32_t turn; /* slice to be written; what follows is guarded, too */
    stemma_status status;
    stemma_error error;
    struct left left[MOST_LEFT]; /* slice n at n modulo most_left */
    struct left spare[MOST_LEFT]; /* buffers for others to use */
    uint32_t spares;
};

struct worker {
    struct shared *shared;
    struct stm_row_text text;
    struct stm_row_pieces pieces;
    uint32_t slice;
    bool has_turn;
};

/* Waits until it is the turn of a slice, or of a later one; the mutex is held. */
static void wait_until(struct shared *shared, uint32_t slice)
{
    while (shared->turn < slice) {
        shared->awaited = slice < shared->awaited ? slice : shared->awaited;
        pthread_cond_wait(&shared->changed, &shared->mutex);
    }
}

static void wait_for_turn(struct worker *worker)
{
    struct shared *shared = worker->shared;
    if (worker->has_turn) {
        return;
    }
    pthread_mutex_lock(&shared->mutex);
    wait_until(shared, worker->slice);
    pthread_mutex_unlock(&shared->mutex);
    worker->has_turn = true;
}

static bool is_turn(struct worker *worker)
{
    struct shared *shared = worker->shared;
    if (!worker->has_turn) {
        pthread_mutex_lock(&shared->mutex);
        worker->has_turn = shared->turn == worker->slice;
        pthread_mutex_unlock(&shared->mutex);
    }
    return worker->has_turn;
}

/* What the texts hold are whole lines, and it is their turn. */
static stemma_status put_lines(stm_json *json, const stemma_text *lines, size_t count, stemma_error *error)
{
    stemma_status status;
    stm_json_lines(json, lines, count);
    status = stm_json_status(json);
    return status == STEMMA_OK || status == STEMMA_E_SYSTEM
               ? status
               : stm_fail(error, status, stemma_status_name(status), "", "%s",
                          stemma_status_text(status));
}

static stemma_status no_memory(stemma_error *error)
{
    return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "Out of memory");
}

/* Writes what has come together if it is its turn, or waits for that when it is too much. */
static stemma_status relieve(struct worker *worker, stemma_error *error)
{
    stemma_text lines;
    stemma_status status;
    if (worker->text.no_memory) {
        return no_memory(error);
    }
    if (worker->text.used <= ENOUGH) {
        return STEMMA_OK;
    }
    if (worker->text.used > MOST) {
        wait_for_turn(worker);
    }
    if (!is_turn(worker)) {
        return STEMMA_OK;
    }
    lines = (stemma_text){worker->text.buffer, worker->text.used};
    status = put_lines(worker->shared->json, &lines, 1, error);
    worker->text.used = 0;
    return status;
}

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
        size_t room = worker->text.used + ENOUGH;
        status = stm_row_put_many(&worker->text, &worker->pieces, &columns, i, room, &i, error);
        if (status == STEMMA_OK) {
            status = relieve(worker, error);
        }
    }
    *next = first + columns.count;
    return status;
}

static stemma_status put_slice(struct worker *worker, stemma_error *error)
{
    uint32_t first = worker->slice * SLICE;
    uint32_t end = worker->shared->rows - first < SLICE ? worker->shared->rows : first + SLICE;
    stemma_status status = STEMMA_OK;
    for (uint32_t i = first; i < end && status == STEMMA_OK;) {
        status = put_some(worker, i, end, &i, error);
        if (status == STEMMA_OK) {
            status = relieve(worker, error);
        }
    }
    return status;
}

/* Leaves a slice that was filled before its turn behind, and takes another buffer. False: it is its turn, now
   or after waiting because too many were left, or there is no memory for another. */
static bool leave(struct worker *worker, stemma_status status, const stemma_error *error)
{
    struct shared *shared = worker->shared;
    struct left next = {.capacity = BUFFER_SIZE};
    bool gone;
    if (worker->has_turn) {
        return false;
    }
    pthread_mutex_lock(&shared->mutex);
    /* When there is no room, half of it is waited for: to go on with each slice that is written would have
       threads sleep and wake for each. */
    if (worker->slice - shared->turn >= shared->most_left) {
        wait_until(shared, worker->slice - shared->most_left / 2);
    }
    if (worker->slice != shared->turn) {
        if (shared->spares != 0) {
            next = shared->spare[--shared->spares];
        } else {
            next.buffer = malloc(BUFFER_SIZE + STM_ROW_SLACK);
        }
    }
    gone = next.buffer != NULL;
    if (gone) {
        shared->left[worker->slice % shared->most_left] =
            (struct left){true, worker->text.buffer, worker->text.used, worker->text.capacity, status, *error};
        worker->text.buffer = next.buffer;
        worker->text.capacity = next.capacity;
        worker->text.used = 0;
    }
    pthread_mutex_unlock(&shared->mutex);
    return gone;
}

/* Writes slices whose turn it is, up to one that failed, unless one before them did. */
static void write_slices(struct shared *shared, const struct left *slices, uint32_t count)
{
    stemma_text lines[BATCH];
    stemma_error error = {0};
    stemma_status status = STEMMA_OK;
    uint32_t good = 0;
    bool going_on;
    while (good < count && slices[good].status == STEMMA_OK) {
        lines[good] = (stemma_text){slices[good].buffer, slices[good].used};
        good++;
    }
    pthread_mutex_lock(&shared->mutex);
    going_on = shared->status == STEMMA_OK;
    pthread_mutex_unlock(&shared->mutex);
    if (going_on) {
        status = put_lines(shared->json, lines, good, &error);
    }
    if (going_on && status == STEMMA_OK && good < count) {
        status = slices[good].status;
        error = slices[good].error;
    }
    if (going_on && status != STEMMA_OK) {
        pthread_mutex_lock(&shared->mutex);
        shared->status = status;
        shared->error = error;
        pthread_mutex_unlock(&shared->mutex);
    }
}

/* The slices from `first` on that were left behind, at most so many; the mutex is held. */
static uint32_t take_left(struct shared *shared, uint32_t first, struct left *slices, uint32_t most)
{
    uint32_t count = 0;
    while (count < most && shared->left[(first + count) % shared->most_left].there) {
        slices[count] = shared->left[(first + count) % shared->most_left];
        shared->left[(first + count) % shared->most_left].there = false;
        count++;
    }
    return count;
}

/* Writes a slice whose turn it is, and what was left behind it, and passes the turn on. */
static void write_turn(struct worker *worker, const struct left *own)
{
    struct shared *shared = worker->shared;
    struct left slices[BATCH] = {*own};
    uint32_t spares_from = 1; /* the first is the worker's own, once */
    uint32_t count;
    pthread_mutex_lock(&shared->mutex);
    count = 1 + take_left(shared, shared->turn + 1, slices + 1, BATCH - 1);
    pthread_mutex_unlock(&shared->mutex);
    while (count != 0) {
        write_slices(shared, slices, count);
        pthread_mutex_lock(&shared->mutex);
        for (uint32_t i = spares_from; i < count; i++) {
            shared->spare[shared->spares++] = slices[i];
        }
        shared->turn += count;
        if (shared->turn >= shared->awaited) {
            shared->awaited = UINT32_MAX; /* who is woken too early says again what for */
            pthread_cond_broadcast(&shared->changed);
        }
        spares_from = 0;
        count = take_left(shared, shared->turn, slices, BATCH);
        pthread_mutex_unlock(&shared->mutex);
    }
    worker->text.used = 0;
}

/* The slice is filled as far as it went, with the status of the last step. Whether to go on. */
static bool end_slice(struct worker *worker, stemma_status status, const stemma_error *error)
{
    struct shared *shared = worker->shared;
    const struct left slice = {true, worker->text.buffer, worker->text.used, 0, status, *error};
    bool going_on;
    if (!leave(worker, status, error)) {
        wait_for_turn(worker);
        write_turn(worker, &slice);
    }
    pthread_mutex_lock(&shared->mutex);
    going_on = shared->status == STEMMA_OK;
    pthread_mutex_unlock(&shared->mutex);
    return going_on;
}

/* Slices until there is none, or one before them failed. The error of the first slice that has one
   is the one that is told, as if there were one thread. */
static void put_slices(struct worker *worker)
{
    struct shared *shared = worker->shared;
    uint32_t slices = (shared->rows - 1) / SLICE + 1;
    stemma_status status = STEMMA_OK;
    bool going_on = true;
    while (going_on && status == STEMMA_OK) {
        stemma_error error = {0};
        worker->slice = atomic_fetch_add(&shared->next, 1);
        worker->has_turn = false;
        if (worker->slice >= slices) {
            return;
        }
        status = put_slice(worker, &error);
        going_on = end_slice(worker, status, &error);
    }
}

/* Workers that cannot begin leave the rows to the others; the first has to. */
static void put_rows(struct shared *shared, size_t number)
{
    struct worker worker = {.shared = shared, .text.capacity = BUFFER_SIZE};
    stemma_snapshot *snapshot = number == 0 ? shared->snapshot : NULL;
    if (number != 0 && stemma_snapshot_begin(&snapshot, shared->file, NULL) != STEMMA_OK) {
        return;
    }
    worker.text.actors = &shared->actors;
    worker.text.buffer = malloc(BUFFER_SIZE + STM_ROW_SLACK);
    stm_json_to_buffer(&worker.text.escape, 0);
    stm_row_pieces_init(&worker.pieces, snapshot);
    if (worker.text.buffer != NULL) {
        put_slices(&worker);
    } else if (number == 0) {
        pthread_mutex_lock(&shared->mutex);
        if (shared->status == STEMMA_OK) {
            shared->status = no_memory(&shared->error);
        }
        pthread_mutex_unlock(&shared->mutex);
    }
    stm_json_free(&worker.text.escape);
    stm_row_pieces_free(&worker.pieces);
    free(worker.text.buffer);
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

/* Slices are left only when one before them ended the work. */
static void free_buffers(struct shared *shared)
{
    for (uint32_t i = 0; i < shared->spares; i++) {
        free(shared->spare[i].buffer);
    }
    for (uint32_t i = 0; i < shared->most_left; i++) {
        if (shared->left[i].there) {
            free(shared->left[i].buffer);
        }
    }
}

stemma_status stm_interchange_rows(stemma_snapshot *snapshot, uint32_t number,
                                   const stemma_document *document, unsigned jobs,
                                   const struct stm_rows_before *before, stm_json *json,
                                   stemma_error *error)
{
    stemma_status status;
    bool built;
    struct shared shared = {.file = snapshot->file,
                            .snapshot = snapshot,
                            .json = json,
                            .awaited = UINT32_MAX,
                            .document = number,
                            .rows = document->row_count};
    jobs = jobs != 0 ? jobs : stm_parallel_default();
    jobs = jobs < MOST_JOBS ? jobs : MOST_JOBS;
    if (jobs > (shared.rows + SLICE - 1) / SLICE) {
        jobs = (shared.rows + SLICE - 1) / SLICE;
    }
    stm_row_preparation_begin(&shared.preparation, &shared.actors, document, before);
    shared.most_left = jobs * LEFT_FOR_JOB;
    pthread_mutex_init(&shared.mutex, NULL);
    pthread_cond_init(&shared.changed, NULL);
    /* The document's own memory is no longer needed: what follows is rows alone. */
    stm_parallel(jobs, jobs, work, &shared);
    status = stm_row_preparation_end(&shared.preparation, &built);
    free_buffers(&shared);
    pthread_cond_destroy(&shared.changed);
    pthread_mutex_destroy(&shared.mutex);
    stm_row_actors_free(&shared.actors);
    if (status != STEMMA_OK || !built) {
        return status != STEMMA_OK ? status : no_memory(error);
    }
    if (shared.status != STEMMA_OK && error != NULL) {
        *error = shared.error;
    }
    return shared.status;
}
