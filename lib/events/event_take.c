/* SPDX-License-Identifier: MIT */
/* Events of a query, many at once: whole chunks of postings, stretches of columns, plain ranges. */
#include "base/error.h"
#include "event_amount.h"
#include "events/event_check.h"
#include "events/event_dated.h"
#include "events/event_query.h"

/* Postings that are taken at once: no more than a chunk, as the rest of a list may lie behind the
   time that is asked for. */
#define LIST_STEP 256u

/* The same of events that two lists share, which are not looked for behind that time. */
#define PAIR_STEP 4096u

/* Events whose columns are unpacked together. */
#define SCAN_STEP 512u

/* Candidates that are looked at one by one before some are handed out: few, so that the first come
   early. */
#define CHECK_STEP 32u

static uint32_t least_of(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

void stm_event_lists_return(stemma_event_cursor *self)
{
    for (uint32_t i = 0; i < self->list_count; i++) {
        stm_snapshot_source_return(&self->lists[i].cursor.source);
    }
    for (uint32_t i = 0; i < self->type_count; i++) {
        stm_snapshot_source_return(&self->types[i].cursor.source);
    }
}

/* Consecutive events, when only time is asked for. */
static uint32_t take_range(stemma_event_cursor *cursor, uint32_t *events, uint32_t capacity)
{
    uint32_t left = cursor->end - cursor->next;
    uint32_t count = left < capacity ? left : capacity;
    for (uint32_t i = 0; i < count; i++) {
        events[i] = cursor->next + i;
    }
    cursor->next += count;
    return count;
}

/* Unpacked columns of one stretch. */
typedef struct stretch {
    uint32_t types[SCAN_STEP];
    uint32_t factuality[SCAN_STEP];
    uint32_t unknown[SCAN_STEP];
    int64_t start[SCAN_STEP];
    int64_t span[SCAN_STEP];
    uint32_t amount[SCAN_STEP];
    uint32_t amount_above[SCAN_STEP];
    uint32_t contested[SCAN_STEP];
    uint32_t documents[SCAN_STEP];
    uint32_t first_document[SCAN_STEP];
} stretch;

static void unpack_u32(const stm_event_block *block, stm_event_column id, uint32_t row,
                       uint32_t step, uint32_t *out)
{
    stm_column column = stm_event_block_column(block, id);
    stm_column_unpack_u32(&column, row, step, out);
}

static void unpack_i64(const stm_event_block *block, stm_event_column id, uint32_t row,
                       uint32_t step, int64_t *out)
{
    stm_column column = stm_event_block_column(block, id);
    stm_column_unpack(&column, row, step, out);
}

static void unpack(const stm_event_columns_wanted *wanted, const stm_event_block *block,
                   uint32_t row, uint32_t step, stretch *out)
{
    if (wanted->type) {
        unpack_u32(block, STM_EVENT_TYPE, row, step, out->types);
    }
    if (wanted->factuality) {
        unpack_u32(block, STM_EVENT_FACTUALITY, row, step, out->factuality);
    }
    if (wanted->during) {
        unpack_u32(block, STM_EVENT_UNKNOWN, row, step, out->unknown);
        unpack_i64(block, STM_EVENT_START_EARLIEST, row, step, out->start);
        unpack_i64(block, STM_EVENT_END_LATEST, row, step, out->span);
    }
    if (wanted->amount) {
        unpack_u32(block, STM_EVENT_AMOUNT, row, step, out->amount);
        unpack_u32(block, STM_EVENT_AMOUNT_ABOVE, row, step, out->amount_above);
    }
    if (wanted->contested) {
        unpack_u32(block, STM_EVENT_CONTESTED, row, step, out->contested);
    }
    if (wanted->settled_until != 0) {
        unpack_u32(block, STM_EVENT_DOCUMENTS, row, step, out->documents);
        unpack_u32(block, STM_EVENT_FIRST_DOCUMENT, row, step, out->first_document);
    }
}

/* What is out of range may be anything: it is looked at again. */
static bool reaches(const stm_event_columns_wanted *wanted, const stretch *at, uint32_t i)
{
    stm_amount_reach reach;
    return !stm_amount_reach_read(at->amount[i], at->amount_above[i], &reach) ||
           (reach.least != 0 && wanted->amount_from <= reach.greatest &&
            wanted->amount_to >= reach.least);
}

static bool row_passes(const stm_event_columns_wanted *wanted, const stretch *at, uint32_t i)
{
    if (wanted->amount && !reaches(wanted, at, i)) {
        return false;
    }
    if ((wanted->contested && at->contested[i] == 0) ||
        (wanted->settled_until != 0 && (at->documents[i] > 1 ||
                                        at->first_document[i] >= wanted->settled_until))) {
        return false;
    }
    if ((wanted->type && !stm_type_wanted(wanted, at->types[i])) ||
        (wanted->factuality &&
         (at->factuality[i] > 255 || wanted->accepted[at->factuality[i]] == 0))) {
        return false;
    }
    if (!wanted->during) {
        return true;
    }
    stemma_time_bounds bounds = {0};
    bounds.start_earliest =
        (at->unknown[i] & 1) != 0 ? STEMMA_TIME_UNKNOWN_EARLY : at->start[i];
    bounds.end_latest = (at->unknown[i] & 8) != 0
                            ? STEMMA_TIME_UNKNOWN_LATE
                            : (int64_t)((uint64_t)at->start[i] + (uint64_t)at->span[i]);
    return stemma_time_fit(&bounds, wanted->from, wanted->to) != STEMMA_FIT_NO;
}

/* Whether all events of a block have 0 in a column. */
static bool is_zero(const stm_event_block *block, stm_event_column id)
{
    stm_column column = stm_event_block_column(block, id);
    return column.width == 0 && column.form == STM_COLUMN_PLAIN && column.minimum == 0;
}

/* Whether no event of a block can pass. */
static bool is_out(const stm_event_columns_wanted *wanted, const stm_event_block *block)
{
    return (wanted->amount && is_zero(block, STM_EVENT_AMOUNT)) ||
           (wanted->contested && is_zero(block, STM_EVENT_CONTESTED));
}

stemma_status stm_event_scan_columns(stemma_snapshot *snapshot,
                                     const stm_event_columns_wanted *wanted, uint32_t *next,
                                     uint32_t end, uint32_t *events, uint32_t capacity,
                                     uint32_t *count, stemma_error *error)
{
    stretch at;
    uint32_t most = least_of(capacity, SCAN_STEP); /* few are asked for: stretches begin short */
    *count = 0;
    while (*count < capacity && *next < end) {
        const stm_event_block *block = NULL;
        uint32_t row = *next % STEMMA_EVENT_BLOCK, i = 0;
        stemma_status status = stm_snapshot_event_block(snapshot, *next, &block, error);
        if (status != STEMMA_OK) {
            return status;
        }
        uint32_t step = least_of(end - *next, block->rows - row);
        if (is_out(wanted, block)) {
            *next += step;
            continue;
        }
        step = least_of(step, most);
        most = least_of(most * 2, SCAN_STEP);
        unpack(wanted, block, row, step, &at);
        for (; i < step && *count < capacity; i++) {
            bool passed = row_passes(wanted, &at, i);
            if (passed && wanted->amount) {
                status = stm_event_reaches(wanted, block, *next + i, &passed, error);
            }
            if (status != STEMMA_OK) {
                return status;
            }
            events[*count] = *next + i;
            *count += passed;
        }
        *next += i;
    }
    return STEMMA_OK;
}

/* Keeps of ascending ids those of one role, and each only once, as a list may hold an event more
   than once, in different roles. */
static uint32_t keep_distinct(const stemma_event_cursor *cursor, uint32_t *events,
                              const uint32_t *payloads, uint32_t count)
{
    uint32_t role = payloads != NULL ? cursor->lists[0].roles.role[0] : 0;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        bool wanted = (payloads == NULL || payloads[i] == role) &&
                      (kept == 0 || events[kept - 1] != events[i]);
        events[kept] = events[i];
        kept += wanted;
    }
    return kept;
}

/* First place in ascending ids whose id is not below `id`. */
static uint32_t first_not_below(const uint32_t *ids, uint32_t count, uint32_t id)
{
    uint32_t low = 0;
    while (low < count) {
        uint32_t middle = low + (count - low) / 2;
        if (ids[middle] < id) {
            low = middle + 1;
        } else {
            count = middle;
        }
    }
    return low;
}

/* Keeps of `count` ids, which do not descend, those that the query asks for. Behind the last one
   the cursor ends. */
static uint32_t keep_asked(stemma_event_cursor *cursor, uint32_t *events, const uint32_t *payloads,
                           uint32_t count)
{
    uint32_t from = 0;
    uint32_t repeated = 0;
    bool past = count != 0 && events[count - 1] >= cursor->end;
    if (past) {
        count = first_not_below(events, count, cursor->end);
    }
    uint32_t last = count != 0 ? events[count - 1] : 0;
    while (from < count && events[from] < cursor->next) {
        from++; /* the last one that was given out, in another role */
    }
    if (from != 0) {
        count -= from;
        memmove(events, events + from, count * sizeof *events);
        payloads = payloads != NULL ? payloads + from : NULL;
    }
    for (uint32_t i = 1; i < count; i++) {
        repeated |= events[i - 1] == events[i];
    }
    if (repeated || payloads != NULL) {
        count = keep_distinct(cursor, events, payloads, count);
    }
    if (past) {
        cursor->next = cursor->end;
    } else if (last >= cursor->next && payloads == NULL) {
        cursor->next = last + 1;
    } else if (count != 0) {
        cursor->next =
            events[count - 1] + 1; /* a later posting of the last one may have the role */
    }
    return count;
}

/* Postings of the one list, or what the two lists have in common. */
static stemma_status take_step(stemma_event_cursor *cursor, stm_leaper *first, uint32_t *events,
                               uint32_t capacity, uint32_t *count)
{
    uint32_t payloads[LIST_STEP];
    bool by_role = cursor->list_count == 1 && first->roles.count != 0;
    uint32_t got = 0;
    stemma_status status =
        cursor->list_count == 2
            ? stm_posting_intersect(&first->cursor, &cursor->lists[1].cursor, cursor->end, events,
                                    capacity, &got)
            : stm_posting_cursor_next_until(&first->cursor, cursor->end, events,
                                            by_role ? payloads : NULL, capacity, &got);
    *count = status == STEMMA_OK ? keep_asked(cursor, events, by_role ? payloads : NULL, got) : 0;
    return status;
}

/* Whole chunks of the one list, or the two, that decide alone. */
static stemma_status take_chunks(stemma_event_cursor *cursor, uint32_t *events, uint32_t capacity,
                                 uint32_t *count, stemma_error *error)
{
    stm_leaper *first = cursor->list_count != 0 ? cursor->lists : cursor->types;
    uint32_t step = cursor->list_count == 2 ? PAIR_STEP : LIST_STEP;
    stemma_status status = STEMMA_OK;
    *count = 0;
    if (!first->started) {
        status = stm_posting_cursor_skip(&first->cursor, cursor->next);
        first->started = true;
        if (status == STEMMA_OK && cursor->list_count == 2) {
            status = stm_posting_cursor_skip(&cursor->lists[1].cursor, cursor->next);
        }
    }
    while (status == STEMMA_OK && *count < capacity && cursor->next < cursor->end) {
        uint32_t got = 0;
        status = take_step(cursor, first, events + *count, least_of(capacity - *count, step), &got);
        *count += got;
    }
    if (status == STEMMA_END) {
        cursor->next = cursor->end;
        return STEMMA_OK;
    }
    return status == STEMMA_OK ? STEMMA_OK
                               : stm_damaged(error, first->table, cursor->next, "POSTINGS");
}

/* Drops those that columns refuse. */
static stemma_status drop_refused(stemma_event_cursor *cursor, uint32_t *events, uint32_t *count,
                                  stemma_error *error)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < *count; i++) {
        bool passed = false;
        stemma_status status = stm_event_passes(cursor, events[i], &passed, error);
        if (status != STEMMA_OK) {
            return status;
        }
        events[kept] = events[i];
        kept += passed;
    }
    *count = kept;
    return STEMMA_OK;
}

stemma_status stm_event_candidates(stemma_event_cursor *cursor, uint32_t *events, uint32_t capacity,
                                   uint32_t *count, stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    if (cursor->list_count == 0 && cursor->type_count == 0) {
        if (cursor->filtered) {
            return stm_event_scan_columns(cursor->snapshot, &cursor->columns, &cursor->next,
                                          cursor->end, events, capacity, count, error);
        }
        *count = take_range(cursor, events, capacity);
        return STEMMA_OK;
    }
    if (cursor->in_chunks) {
        status = take_chunks(cursor, events, capacity, count, error);
        return status == STEMMA_OK && cursor->filtered
                   ? drop_refused(cursor, events, count, error)
                   : status;
    }
    *count = 0;
    while (*count < capacity && status == STEMMA_OK) {
        status = stm_event_step(cursor, &events[*count], error);
        *count += status == STEMMA_OK;
    }
    return status == STEMMA_END ? STEMMA_OK : status;
}

/* Some of the next events; may give none before the last. */
static stemma_status take_many(stemma_event_cursor *cursor, uint32_t *events, uint32_t capacity,
                               uint32_t *count, stemma_error *error)
{
    if (cursor->loose) {
        return stm_event_candidates(cursor, events, capacity, count, error);
    }
    if (cursor->checks != NULL) {
        capacity = least_of(capacity, CHECK_STEP);
    }
    stemma_status status = cursor->dated != NULL
                               ? stm_event_dated_next(cursor, events, capacity, count, error)
                               : stm_event_candidates(cursor, events, capacity, count, error);
    return status == STEMMA_OK && cursor->checks != NULL
               ? stm_event_checks_keep(cursor, events, count, error)
               : status;
}

/* Hands out what stemma_event_next() took too early. */
static uint32_t take_ready(stemma_event_cursor *cursor, uint32_t *events, uint32_t capacity)
{
    uint32_t count = least_of(cursor->ready_end - cursor->ready_at, capacity);
    memcpy(events, cursor->ready + cursor->ready_at, count * sizeof *events);
    cursor->ready_at += count;
    return count;
}

stemma_status stemma_event_next(stemma_event_cursor *cursor, uint32_t *event, stemma_error *error)
{
    while (cursor->ready_at == cursor->ready_end) {
        if (cursor->next >= cursor->end) {
            return STEMMA_END;
        }
        cursor->ready_at = cursor->ready_end = 0;
        stemma_status status =
            take_many(cursor, cursor->ready, STM_EVENTS_READY, &cursor->ready_end, error);
        if (status != STEMMA_OK) {
            cursor->ready_end = 0;
            return status;
        }
    }
    *event = cursor->ready[cursor->ready_at++];
    return STEMMA_OK;
}

stemma_status stemma_event_next_many(stemma_event_cursor *cursor, uint32_t *events,
                                     uint32_t capacity, uint32_t *count, stemma_error *error)
{
    *count = take_ready(cursor, events, capacity);
    while (*count == 0 && cursor->next < cursor->end) {
        stemma_status status = take_many(cursor, events, capacity, count, error);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    return *count != 0 ? STEMMA_OK : STEMMA_END;
}

/* Whether the postings of one list are the events, each once, so that they need not be unpacked. */
static bool counts_alone(const stemma_event_cursor *cursor)
{
    return cursor->in_chunks && cursor->list_count < 2 && cursor->wanted.member_count == 0 &&
           !cursor->filtered && cursor->checks == NULL && cursor->next < cursor->end;
}

stemma_status stemma_events_count(stemma_snapshot *snapshot, const stemma_event_query *query,
                                  uint64_t *count, stemma_error *error)
{
    stm_mark mark = stm_snapshot_mark(snapshot);
    stemma_event_cursor *cursor = NULL;
    uint32_t events[PAIR_STEP];
    uint32_t found = 0;
    uint64_t total = 0;
    stemma_status status = stemma_events(&cursor, snapshot, query, error);
    if (status == STEMMA_OK && cursor->list_count == 0 && cursor->type_count == 0 &&
        !cursor->filtered && cursor->checks == NULL && cursor->dated == NULL) {
        total = cursor->end - cursor->next;
        cursor->next = cursor->end;
    }
    if (status == STEMMA_OK && counts_alone(cursor)) {
        stm_leaper *list = cursor->list_count != 0 ? cursor->lists : cursor->types;
        stm_list_key key = list->cursor.list;
        if (stm_posting_count_range(&list->cursor.source, stm_list_key_bytes(&key), cursor->next,
                                    cursor->end, &total) != STEMMA_OK) {
            status = stm_damaged(error, list->table, cursor->next, "POSTINGS");
        }
        cursor->next = cursor->end;
    }
    while (status == STEMMA_OK) {
        status = stemma_event_next_many(cursor, events, PAIR_STEP, &found, error);
        total += status == STEMMA_OK ? found : 0;
    }
    if (cursor != NULL) {
        stm_event_lists_return(cursor);
    }
    stm_snapshot_rewind(snapshot, mark);
    if (status == STEMMA_END) {
        *count = total;
        return STEMMA_OK;
    }
    return status;
}
