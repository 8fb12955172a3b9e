/* SPDX-License-Identifier: MIT */
#include "common/ordered.h"

#include <errno.h>
#include <stdlib.h>

#include "base/error.h"

#define BUFFER_SIZE ((size_t)1 << 18) /* a slice of usual length fits: what grows is moved by the system */
#define MOST        ((size_t)1 << 20) /* bytes of a slice that waits for its turn, or is left */
#define LEFT_FOR_JOB (STM_ORDERED_LEFT / STM_ORDERED_JOBS)
#define BATCH        8u /* slices that are written at once */

/* Waits until it is the turn of a slice, or of a later one; the mutex is held. */
static void wait_until(struct stm_ordered *shared, uint32_t slice)
{
    while (shared->turn < slice) {
        shared->awaited = slice < shared->awaited ? slice : shared->awaited;
        pthread_cond_wait(&shared->changed, &shared->mutex);
    }
}

static void wait_for_turn(struct stm_ordered_worker *worker)
{
    struct stm_ordered *shared = worker->ordered;
    if (worker->has_turn) {
        return;
    }
    pthread_mutex_lock(&shared->mutex);
    wait_until(shared, worker->slice);
    pthread_mutex_unlock(&shared->mutex);
    worker->has_turn = true;
}

static bool is_turn(struct stm_ordered_worker *worker)
{
    struct stm_ordered *shared = worker->ordered;
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

/* Writes what there is of a slice whose turn it is, unless one before it failed: then nothing comes of it. */
static stemma_status write_text(struct stm_ordered_worker *worker, stemma_error *error)
{
    struct stm_ordered *shared = worker->ordered;
    const stemma_text lines = {worker->text->buffer, worker->text->used};
    bool going_on;
    pthread_mutex_lock(&shared->mutex);
    going_on = shared->status == STEMMA_OK;
    pthread_mutex_unlock(&shared->mutex);
    worker->text->used = 0;
    return going_on ? put_lines(shared->json, &lines, 1, error) : STEMMA_E_SYSTEM;
}

/* Writes what has come together if it is its turn, or waits for that when it is too much. */
stemma_status stm_ordered_relieve(struct stm_ordered_worker *worker, stemma_error *error)
{
    if (worker->text->no_memory) {
        return no_memory(error);
    }
    if (worker->text->used <= STM_ORDERED_ENOUGH) {
        return STEMMA_OK;
    }
    if (worker->text->used > MOST) {
        wait_for_turn(worker);
    }
    return is_turn(worker) ? write_text(worker, error) : STEMMA_OK;
}

/* Leaves a slice that was filled before its turn behind, and takes another buffer. False: it is its turn, now
   or after waiting because too many were left, or there is no memory for another. */
static bool leave(struct stm_ordered_worker *worker, stemma_status status, const stemma_error *error)
{
    struct stm_ordered *shared = worker->ordered;
    struct stm_ordered_left next = {.capacity = BUFFER_SIZE};
    bool gone;
    if (worker->has_turn || worker->text->used > MOST) {
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
            (struct stm_ordered_left){true, worker->text->buffer, worker->text->used, worker->text->capacity, status, *error};
        worker->text->buffer = next.buffer;
        worker->text->capacity = next.capacity;
        worker->text->used = 0;
    }
    pthread_mutex_unlock(&shared->mutex);
    return gone;
}

/* Writes slices whose turn it is, up to one that failed, unless one before them did. */
static void write_slices(struct stm_ordered *shared, const struct stm_ordered_left *slices, uint32_t count)
{
    stemma_text lines[BATCH];
    stemma_error error = {0};
    stemma_status status = STEMMA_OK;
    uint32_t good = 0, writes;
    bool going_on;
    while (good < count && slices[good].status == STEMMA_OK) {
        lines[good] = (stemma_text){slices[good].buffer, slices[good].used};
        good++;
    }
    writes = good;
    if (good < count && slices[good].status != STEMMA_E_NO_MEMORY) { /* whole lines, as far as it went */
        lines[writes++] = (stemma_text){slices[good].buffer, slices[good].used};
    }
    pthread_mutex_lock(&shared->mutex);
    going_on = shared->status == STEMMA_OK;
    pthread_mutex_unlock(&shared->mutex);
    if (going_on) {
        status = put_lines(shared->json, lines, writes, &error);
    }
    if (going_on && status == STEMMA_OK && good < count) {
        status = slices[good].status;
        error = slices[good].error;
    }
    if (going_on && status != STEMMA_OK) {
        int reason = errno;
        pthread_mutex_lock(&shared->mutex);
        shared->status = status;
        shared->error = error;
        shared->reason = reason;
        pthread_mutex_unlock(&shared->mutex);
    }
}

/* The slices from `first` on that were left behind, at most so many; the mutex is held. */
static uint32_t take_left(struct stm_ordered *shared, uint32_t first, struct stm_ordered_left *slices, uint32_t most)
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
static void write_turn(struct stm_ordered_worker *worker, const struct stm_ordered_left *own)
{
    struct stm_ordered *shared = worker->ordered;
    struct stm_ordered_left slices[BATCH] = {*own};
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
    worker->text->used = 0;
}

/* The slice is filled as far as it went, with the status of the last step. Whether to go on. */
static bool end_slice(struct stm_ordered_worker *worker, stemma_status status, const stemma_error *error)
{
    struct stm_ordered *shared = worker->ordered;
    const struct stm_ordered_left slice = {true, worker->text->buffer, worker->text->used, 0, status, *error};
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

/* The error of the first slice that has one is the one that is told, as if there were one thread. */
void stm_ordered_work(struct stm_ordered_worker *worker)
{
    struct stm_ordered *shared = worker->ordered;
    stemma_status status = STEMMA_OK;
    bool going_on = true;
    while (going_on && status == STEMMA_OK) {
        stemma_error error = {0};
        worker->slice = atomic_fetch_add(&shared->next, 1);
        worker->has_turn = false;
        if (worker->slice >= shared->slices) {
            return;
        }
        status = worker->put(worker, &error);
        going_on = end_slice(worker, status, &error);
    }
}

/* Slices are left only when one before them ended the work. */
static void free_buffers(const struct stm_ordered *shared)
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

void stm_ordered_begin(struct stm_ordered *ordered, stm_json *json, uint32_t slices, unsigned jobs)
{
    memset(ordered, 0, sizeof *ordered);
    ordered->json = json;
    ordered->slices = slices;
    ordered->most_left = jobs * LEFT_FOR_JOB;
    ordered->awaited = UINT32_MAX;
    atomic_init(&ordered->next, 0);
    pthread_mutex_init(&ordered->mutex, NULL);
    pthread_cond_init(&ordered->changed, NULL);
}

stemma_status stm_ordered_end(struct stm_ordered *ordered, stemma_error *error)
{
    free_buffers(ordered);
    pthread_cond_destroy(&ordered->changed);
    pthread_mutex_destroy(&ordered->mutex);
    if (ordered->status != STEMMA_OK && error != NULL) {
        *error = ordered->error;
    }
    if (ordered->status == STEMMA_E_SYSTEM) {
        errno = ordered->reason;
    }
    return ordered->status;
}

bool stm_ordered_worker_begin(struct stm_ordered_worker *worker, struct stm_row_text *text)
{
    worker->text = text;
    text->used = 0;
    text->no_memory = false;
    text->capacity = BUFFER_SIZE;
    text->buffer = malloc(BUFFER_SIZE + STM_ROW_SLACK);
    return text->buffer != NULL;
}

void stm_ordered_worker_end(struct stm_ordered_worker *worker)
{
    free(worker->text->buffer);
}

void stm_ordered_refuse(struct stm_ordered *ordered)
{
    pthread_mutex_lock(&ordered->mutex);
    if (ordered->status == STEMMA_OK) {
        ordered->status = no_memory(&ordered->error);
    }
    pthread_mutex_unlock(&ordered->mutex);
}

stemma_status stm_ordered_turn(struct stm_ordered_worker *worker, stemma_error *error)
{
    wait_for_turn(worker);
    return write_text(worker, error);
}
