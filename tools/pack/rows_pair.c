/* SPDX-License-Identifier: MIT */
/* Two threads that fill rows: see rows_state.h. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "pack/rows_state.h"

#define SHARE_FIRST ((size_t)32 << 10) /* bytes: new types are many, and asked for in turn */
#define SHARE_MOST ((size_t)256 << 10) /* rows of usual length fill most of a batch */

/* A row that the second thread refused, until its line is known. */
struct refused {
    uint64_t line;
    uint64_t column;
    const char *code;
    char reason[160];
};

struct stm_rows_pair {
    pthread_mutex_t sink; /* held around everything that is asked of it */
    pthread_mutex_t lock; /* of the four flags */
    pthread_cond_t moved;
    bool working; /* the second thread has rows to fill */
    bool turn;    /* the rows before them are filled */
    bool stopped;
    bool started; /* there is a thread */
    size_t most;  /* bytes that it gets next */
    pthread_t thread;
    /* The second thread's while it works. */
    struct stm_delimited *table;
    struct stm_rows *state;
    struct stm_row_batch *spare; /* that it fills after the one that it fills */
    stemma_status status;
    struct refused *refused;
    size_t refused_count;
    size_t refused_capacity;
    uint64_t unlisted;
    /* What its state points to. */
    struct stm_rows_result result;
    stemma_error error;
};

/* ---- What is asked of the sink --------------------------------------------------------------- */

void stm_rows_ask(struct stm_rows *state)
{
    if (state->pair != NULL) {
        pthread_mutex_lock(&state->pair->sink);
    }
}

void stm_rows_ask_in_turn(struct stm_rows *state)
{
    struct stm_rows_pair *pair = state->pair;
    if (state->second) {
        pthread_mutex_lock(&pair->lock);
        while (!pair->turn && !pair->stopped) {
            pthread_cond_wait(&pair->moved, &pair->lock);
        }
        pthread_mutex_unlock(&pair->lock);
    }
    stm_rows_ask(state);
}

void stm_rows_answered(struct stm_rows *state)
{
    if (state->pair != NULL) {
        pthread_mutex_unlock(&state->pair->sink);
    }
}

/* ---- The second thread ----------------------------------------------------------------------- */

static stemma_status refuse(struct stm_rows_pair *pair, uint64_t line, uint64_t column,
                            const char *code, const char *reason)
{
    struct refused *list;
    if (pair->refused_count == STM_ROWS_LISTED) {
        pair->unlisted++;
        return STEMMA_OK;
    }
    list = stm_grow(pair->refused, &pair->refused_capacity, pair->refused_count + 1, sizeof *list);
    if (list == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    pair->refused = list;
    list += pair->refused_count++;
    list->line = line;
    list->column = column;
    list->code = code;
    memcpy(list->reason, reason, strnlen(reason, sizeof list->reason - 1));
    list->reason[strnlen(reason, sizeof list->reason - 1)] = '\0';
    return STEMMA_OK;
}

/* How many rows may be read together: none that this batch might not take. */
static size_t rows_together(const struct stm_rows *state)
{
    const struct stm_row_batch *batch = state->batch;
    size_t room = STM_ROWS_BATCH - batch->count;
    if (batch->columns == NULL && (room < 2 || batch->text_used > STM_ROWS_TEXT - 2 * STM_ROWS_TEXT_ROW)) {
        return 1;
    }
    return batch->columns == NULL ? 2 : room;
}

/* One batch at most. */
static stemma_status fill(struct stm_rows_pair *pair)
{
    struct stm_rows *state = pair->state;
    struct stm_row_refusal refusal;
    stemma_status status = STEMMA_OK;
    while (status == STEMMA_OK && !stm_rows_batch_full(state)) {
        const struct stm_row_ahead *next = stm_rows_next(state, pair->table, rows_together(state));
        if (next->status == STEMMA_END) {
            return STEMMA_OK;
        }
        if (next->status == STEMMA_E_INVALID) {
            const struct stm_delimited_fault *fault = &next->fault;
            status = refuse(pair, fault->line, fault->column, fault->code, fault->reason);
            continue;
        }
        status = stm_rows_fill(state, &next->row, &refusal);
        if (status == STEMMA_E_INVALID) {
            status = refuse(pair, next->row.line, stm_rows_column_of(&next->row, refusal.field),
                            refusal.code, refusal.reason);
        } else if (status == STEMMA_NOT_FOUND) {
            state->result->skipped++;
            status = STEMMA_OK;
        }
    }
    return status;
}

static void *run(void *argument)
{
    struct stm_rows_pair *pair = argument;
    pthread_mutex_lock(&pair->lock);
    for (;;) {
        while (!pair->working && !pair->stopped) {
            pthread_cond_wait(&pair->moved, &pair->lock);
        }
        if (pair->stopped) {
            break;
        }
        pthread_mutex_unlock(&pair->lock);
        pair->status = fill(pair);
        pthread_mutex_lock(&pair->lock);
        pair->working = false;
        pthread_cond_broadcast(&pair->moved);
    }
    pthread_mutex_unlock(&pair->lock);
    return NULL;
}

/* ---- Beginning and end ----------------------------------------------------------------------- */

/* The plan's numbers of entity types hold for both states. */
static bool copy_actor_types(struct stm_rows *to, const struct stm_rows *from)
{
    for (uint32_t i = 0; i < from->actor_type_count; i++) {
        if (stm_rows_actor_type(to, from->actor_types[i]) != i) {
            return false;
        }
    }
    return true;
}

static struct stm_rows *new_state(struct stm_rows_pair *pair, const struct stm_rows *first)
{
    struct stm_rows *state = calloc(1, sizeof *state);
    size_t handles =
        ((size_t)first->mapping->rename_count + 1) * ((size_t)first->plan.role_count + 1);
    if (state == NULL) {
        return NULL;
    }
    stm_arena_init(&state->arena, 0);
    state->input = first->input;
    state->sink = first->sink;
    state->mapping = first->mapping;
    state->plan = first->plan;
    state->pair = pair;
    state->second = true;
    state->result = &pair->result;
    state->error = &pair->error;
    state->batch = stm_row_batch_new(first->plan.columns);
    state->role_handles = stm_arena_alloc(&state->arena, handles, sizeof *state->role_handles);
    if (state->batch == NULL || state->role_handles == NULL || !stm_rows_types_open(state) ||
        !stm_rows_actors_open(state) || !copy_actor_types(state, first)) {
        stm_rows_actors_close(state);
        stm_rows_types_close(state);
        stm_row_batch_free(state->batch);
        stm_arena_free(&state->arena);
        free(state);
        return NULL;
    }
    memset(state->role_handles, 0xff, handles * sizeof *state->role_handles);
    return state;
}

static void free_pair(struct stm_rows_pair *pair)
{
    if (pair->state != NULL) {
        stm_rows_actors_close(pair->state);
        stm_rows_types_close(pair->state);
        stm_row_batch_free(pair->state->batch);
        stm_arena_free(&pair->state->arena);
        free(pair->state);
    }
    stm_row_batch_free(pair->spare);
    stm_delimited_close(pair->table);
    free(pair->refused);
    pthread_cond_destroy(&pair->moved);
    pthread_mutex_destroy(&pair->lock);
    pthread_mutex_destroy(&pair->sink);
    free(pair);
}

void stm_rows_pair_open(struct stm_rows *state)
{
    struct stm_rows_pair *pair;
    /* Whether a row is joined depends on the rows before it. */
    if (state->input->jobs < 2 || state->mapping->join_ids || state->mapping->joined_type) {
        return;
    }
    pair = calloc(1, sizeof *pair);
    if (pair == NULL) {
        return;
    }
    /* Default mutexes and conditions need nothing from the system. */
    pthread_mutex_init(&pair->sink, NULL);
    pthread_mutex_init(&pair->lock, NULL);
    pthread_cond_init(&pair->moved, NULL);
    pair->most = SHARE_FIRST;
    pair->table = stm_delimited_new_share();
    pair->state = new_state(pair, state);
    pair->spare = stm_row_batch_new(state->plan.columns);
    if (pair->table == NULL || pair->state == NULL || pair->spare == NULL) {
        free_pair(pair);
        return;
    }
    state->pair = pair;
}

void stm_rows_pair_close(struct stm_rows *state)
{
    struct stm_rows_pair *pair = state->pair;
    if (pair == NULL) {
        return;
    }
    if (pair->started) {
        pthread_mutex_lock(&pair->lock);
        pair->stopped = true;
        pthread_cond_broadcast(&pair->moved);
        pthread_mutex_unlock(&pair->lock);
        pthread_join(pair->thread, NULL);
    }
    state->pair = NULL;
    free_pair(pair);
}

/* ---- Sharing --------------------------------------------------------------------------------- */

bool stm_rows_pair_begin(struct stm_rows *state, struct stm_delimited *table)
{
    struct stm_rows_pair *pair = state->pair;
    if (pair == NULL || !stm_delimited_share(table, pair->table, pair->most)) {
        return false;
    }
    pair->most = 2 * pair->most < SHARE_MOST ? 2 * pair->most : SHARE_MOST;
    stm_rows_types_tell(state, pair->state);
    stm_rows_types_tell(pair->state, state);
    pair->status = STEMMA_OK;
    pair->refused_count = 0;
    pair->unlisted = 0;
    pair->result.skipped = 0;
    pthread_mutex_lock(&pair->lock);
    if (!pair->started) {
        pair->started = pthread_create(&pair->thread, NULL, run, pair) == 0;
    }
    /* Without a thread its batch stays empty, and the table goes on where it would have begun. */
    pair->working = pair->started;
    pair->turn = false;
    pthread_cond_broadcast(&pair->moved);
    pthread_mutex_unlock(&pair->lock);
    return true;
}

void stm_rows_pair_turn(struct stm_rows *state)
{
    struct stm_rows_pair *pair = state->pair;
    pthread_mutex_lock(&pair->lock);
    pair->turn = true;
    pthread_cond_broadcast(&pair->moved);
    pthread_mutex_unlock(&pair->lock);
}

stemma_status stm_rows_pair_end(struct stm_rows *state, struct stm_delimited *table,
                                stm_rows_report *report, struct stm_row_batch **second)
{
    struct stm_rows_pair *pair = state->pair;
    struct stm_rows *other = pair->state;
    uint32_t number = stm_delimited_number(table);
    uint64_t line = stm_delimited_line(table);
    pthread_mutex_lock(&pair->lock);
    while (pair->working) {
        pthread_cond_wait(&pair->moved, &pair->lock);
    }
    pthread_mutex_unlock(&pair->lock);
    stemma_status settled = stm_rows_actors_settle(other);
    pair->status = pair->status == STEMMA_OK ? settled : pair->status;
    for (size_t i = 0; i < other->batch->count; i++) {
        if (other->batch->columns != NULL) {
            other->batch->columns->numbers[i] += number;
        } else {
            other->batch->rows[i].number += number;
        }
        other->batch->lines[i] += line;
    }
    for (size_t i = 0; i < pair->refused_count; i++) {
        const struct refused *one = &pair->refused[i];
        report(state, one->line + line, one->column, one->code, one->reason);
    }
    state->result->refused += pair->unlisted;
    state->result->skipped += pair->result.skipped;
    stm_delimited_rejoin(table, pair->table);
    if (pair->status != STEMMA_OK) {
        *state->error = pair->error;
    }
    *second = other->batch;
    other->batch = pair->spare;
    pair->spare = *second;
    return pair->status;
}
