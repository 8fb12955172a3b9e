/* SPDX-License-Identifier: MIT */
/* Events as of a date.
 *
 * What one document says does not change: an event of which one document speaks in the whole file,
 * and a known one, was then what it is now, so columns tell it and its number is its place in time.
 * An event of several documents may have had another time, type, place and cast. The times of those
 * that lists allow are worked out and sorted, and the two streams are merged; what else is asked of an
 * event is looked at when its turn comes. So a question costs the claims about time of the events of
 * several documents that the lists of its participants hold, or, without any, that the file holds. */
#include "events/event_dated.h"

#include <stdlib.h>

#include "base/error.h"
#include "events/event_check.h"
#include "read/event_time.h"
#include "read/known.h"

/* Candidates that are taken at once. */
#define STEP 512u

/* Settled events that are taken at once. */
#define AHEAD 64u

typedef struct moved {
    int64_t start; /* INT64_MAX: unknown, which comes last */
    uint32_t event;
    bool whole; /* it was as the file has it */
} moved;

typedef struct stm_event_dated {
    uint32_t *listed; /* candidates of lists; NULL: all events */
    uint32_t listed_count;
    uint32_t at;      /* next candidate that is to be looked at in columns ... */
    uint32_t end;     /* ... and where these end */
    moved *moved;     /* by start, then number */
    uint32_t moved_count;
    uint32_t moved_at;
    moved settled; /* the next one of the other stream */
    bool settled_known;
    uint32_t ahead[AHEAD]; /* settled ones of all events, which columns allow: [ahead_at, ahead_count) */
    uint32_t ahead_at;
    uint32_t ahead_count;
} stm_event_dated;

/* ---- Times ---- */

/* Works out when an event started as of then, and whether that fits; `*fitting` is true before. What all is known of
   is as the file has it, and its claims, which lie all over that, need not be read. */
static stemma_status look_at_time(stemma_event_cursor *cursor, uint32_t number, bool *fitting,
                                  moved *out, stemma_error *error)
{
    const stm_event_block *block = NULL;
    int64_t first, count, claims = cursor->snapshot->file->bounds.claims;
    stemma_time_bounds bounds;
    stemma_status status = stm_snapshot_event_block(cursor->snapshot, number, &block, error);
    if (status == STEMMA_OK && cursor->columns.amount) { /* which hold for any date */
        status = stm_event_reaches(&cursor->columns, block, number, fitting, error);
    }
    if (status != STEMMA_OK || !*fitting) {
        return status;
    }
    first = stm_event_block_get(block, STM_EVENT_CLAIM_FIRST, number % STEMMA_EVENT_BLOCK);
    count = stm_event_block_get(block, STM_EVENT_CLAIM_COUNT, number % STEMMA_EVENT_BLOCK);
    if (first < 0 || first > claims || count < 0 || count > claims - first) {
        return stm_damaged(error, STM_TABLE_EVENT, number, "NUMBER_OUT_OF_RANGE");
    }
    status = stm_known_event_settled(cursor->snapshot, number, &out->whole, error);
    if (status == STEMMA_OK && out->whole) {
        stm_event_row row;
        if (stm_event_block_row(block, number % STEMMA_EVENT_BLOCK, &row) != STEMMA_OK) {
            return stm_damaged(error, STM_TABLE_EVENT, number, "NUMBER_OUT_OF_RANGE");
        }
        bounds = row.bounds;
    } else if (status == STEMMA_OK) {
        status = stm_known_event_time(cursor->snapshot, (uint32_t)first, (uint32_t)count, &bounds,
                                      error);
    }
    *fitting = status == STEMMA_OK && stm_event_in_time(&cursor->wanted, &bounds);
    out->start = bounds.start_earliest != STEMMA_TIME_UNKNOWN_EARLY ? bounds.start_earliest
                                                                     : INT64_MAX;
    return status;
}

/* Whether more than time is asked of an event that may have moved. */
static bool asks_more(const stemma_event_cursor *cursor)
{
    return cursor->columns.type || cursor->columns.factuality ||
           cursor->wanted.place != STEMMA_NONE || cursor->wanted.member_count != 0;
}

/* ---- Candidates ---- */

static uint32_t candidate_count(const stemma_event_cursor *cursor)
{
    const stm_event_dated *dated = cursor->dated;
    return dated->listed != NULL ? dated->listed_count : cursor->snapshot->file->bounds.events;
}

static uint32_t candidate(const stemma_event_cursor *cursor, uint32_t at)
{
    return cursor->dated->listed != NULL ? cursor->dated->listed[at] : at;
}

/* Unknown, or of no use. */
enum kind { UNKNOWN, SETTLED, MOVED };

static stemma_status kind_of(stemma_event_cursor *cursor, uint32_t event, enum kind *kind,
                             stemma_error *error)
{
    const stm_event_block *block = NULL;
    uint32_t row = event % STEMMA_EVENT_BLOCK;
    stemma_status status = stm_snapshot_event_block(cursor->snapshot, event, &block, error);
    if (status != STEMMA_OK) {
        return status;
    }
    if (stm_event_block_get(block, STM_EVENT_FIRST_DOCUMENT, row) >= cursor->snapshot->until ||
        (cursor->columns.contested && stm_event_block_get(block, STM_EVENT_CONTESTED, row) == 0)) {
        *kind = UNKNOWN;
    } else {
        *kind = stm_event_block_get(block, STM_EVENT_DOCUMENTS, row) > 1 ? MOVED : SETTLED;
    }
    return STEMMA_OK;
}

/* All that lists allow. */
static stemma_status list_candidates(stemma_event_cursor *cursor, stemma_error *error)
{
    stm_event_dated *dated = cursor->dated;
    size_t capacity = 0;
    uint32_t events[STEP];
    stemma_status status = STEMMA_OK;
    while (status == STEMMA_OK && cursor->next < cursor->end) {
        uint32_t count = 0;
        status = stm_event_candidates(cursor, events, STEP, &count, error);
        if (status == STEMMA_OK && dated->listed_count + (size_t)count > capacity) {
            size_t larger = capacity != 0 ? capacity * 2 : STEP * 2;
            uint32_t *listed = stm_snapshot_array(cursor->snapshot, larger, sizeof *listed, error);
            if (listed == NULL) {
                return STEMMA_E_NO_MEMORY;
            }
            if (dated->listed_count != 0) {
                memcpy(listed, dated->listed, dated->listed_count * sizeof *listed);
            }
            dated->listed = listed;
            capacity = larger;
        }
        if (status == STEMMA_OK && count != 0) {
            memcpy(dated->listed + dated->listed_count, events, count * sizeof *events);
            dated->listed_count += count;
        }
    }
    if (status == STEMMA_OK && dated->listed == NULL) { /* nothing: not all */
        dated->listed = stm_snapshot_array(cursor->snapshot, 1, sizeof *dated->listed, error);
        status = dated->listed != NULL ? STEMMA_OK : STEMMA_E_NO_MEMORY;
    }
    return status;
}

/* ---- Those that may have moved ---- */

static int by_start(const void *left, const void *right)
{
    const moved *a = left;
    const moved *b = right;
    if (a->start != b->start) {
        return a->start < b->start ? -1 : 1;
    }
    return (a->event > b->event) - (a->event < b->event);
}

/* Whether a block holds no event of several documents. */
static bool is_settled(const stm_event_block *block)
{
    stm_column column = stm_event_block_column(block, STM_EVENT_DOCUMENTS);
    return column.width == 0 && column.form == STM_COLUMN_PLAIN && column.minimum <= 1;
}

/* Events that may have moved, while they are found. */
typedef struct moving {
    moved *list;
    uint32_t count;
    uint32_t capacity;
} moving;

/* Adds an event that may have moved when its time as of then fits. */
static stemma_status add_moved(stemma_event_cursor *cursor, uint32_t event, moving *to,
                               stemma_error *error)
{
    moved one = {0, event, false};
    bool fitting = true;
    stemma_status status = look_at_time(cursor, event, &fitting, &one, error);
    if (status != STEMMA_OK || !fitting) {
        return status;
    }
    if (to->count == to->capacity) {
        uint32_t larger = to->capacity != 0 ? to->capacity * 2 : STEP;
        moved *list = stm_snapshot_array(cursor->snapshot, larger, sizeof *list, error);
        if (list == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
        if (to->count != 0) {
            memcpy(list, to->list, to->count * sizeof *list);
        }
        to->list = list;
        to->capacity = larger;
    }
    to->list[to->count++] = one;
    return STEMMA_OK;
}

static stemma_status add_listed(stemma_event_cursor *cursor, moving *to, stemma_error *error)
{
    const stm_event_dated *dated = cursor->dated;
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < dated->listed_count && status == STEMMA_OK; i++) {
        enum kind kind = UNKNOWN;
        status = kind_of(cursor, dated->listed[i], &kind, error);
        if (status == STEMMA_OK && kind == MOVED) {
            status = add_moved(cursor, dated->listed[i], to, error);
        }
    }
    return status;
}

/* Of all events: a block at once, as most events are told by one document. */
static stemma_status add_all(stemma_event_cursor *cursor, moving *to, stemma_error *error)
{
    stemma_snapshot *snapshot = cursor->snapshot;
    uint32_t events = snapshot->file->bounds.events;
    uint32_t *first = stm_snapshot_array(snapshot, STEMMA_EVENT_BLOCK, sizeof *first, error);
    uint32_t *documents = stm_snapshot_array(snapshot, STEMMA_EVENT_BLOCK, sizeof *first, error);
    stemma_status status = first != NULL && documents != NULL ? STEMMA_OK : STEMMA_E_NO_MEMORY;
    const bool contested = cursor->columns.contested;
    for (uint32_t at = 0; at < events && status == STEMMA_OK; at += STEMMA_EVENT_BLOCK) {
        const stm_event_block *block = NULL;
        status = stm_snapshot_event_block(snapshot, at, &block, error);
        if (status != STEMMA_OK || is_settled(block)) {
            continue;
        }
        stm_column column = stm_event_block_column(block, STM_EVENT_DOCUMENTS);
        stm_column_unpack_u32(&column, 0, block->rows, documents);
        column = stm_event_block_column(block, STM_EVENT_FIRST_DOCUMENT);
        stm_column_unpack_u32(&column, 0, block->rows, first);
        column = stm_event_block_column(block, STM_EVENT_CONTESTED);
        for (uint32_t i = 0; i < block->rows && status == STEMMA_OK; i++) {
            if (documents[i] > 1 && first[i] < snapshot->until &&
                (!contested || stm_column_get(&column, i) != 0)) {
                status = add_moved(cursor, at + i, to, error);
            }
        }
    }
    return status;
}

static stemma_status find_moved(stemma_event_cursor *cursor, stemma_error *error)
{
    stm_event_dated *dated = cursor->dated;
    moving found = {NULL, 0, 0};
    stemma_status status = dated->listed != NULL ? add_listed(cursor, &found, error)
                                                 : add_all(cursor, &found, error);
    if (found.count > 1) {
        qsort(found.list, found.count, sizeof *found.list, by_start);
    }
    dated->moved = found.list;
    dated->moved_count = found.count;
    return status;
}

/* ---- Those that have not ---- */

/* Whether columns alone tell a settled event: no condition is about places or casts. */
static bool columns_tell(const stemma_event_cursor *cursor)
{
    const stm_event_wanted *wanted = &cursor->wanted;
    for (uint32_t i = 0; i < wanted->member_count; i++) {
        if (wanted->members[i].or_there) {
            return false;
        }
    }
    return wanted->place == STEMMA_NONE;
}

/* The first candidate that is not below an event. */
static uint32_t candidate_from(const stemma_event_cursor *cursor, uint32_t event)
{
    uint32_t low = 0;
    uint32_t high = candidate_count(cursor);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (candidate(cursor, middle) < event) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Which candidates may be settled and lie in the time that is asked for: their numbers ascend by it. */
static stemma_status bound_settled(stemma_event_cursor *cursor, stemma_error *error)
{
    const stm_event_wanted *wanted = &cursor->wanted;
    stemma_snapshot *snapshot = cursor->snapshot;
    uint32_t first = 0;
    uint32_t end = snapshot->file->bounds.events;
    stemma_status status = STEMMA_OK;
    if (!wanted->during && wanted->from != INT64_MIN) {
        status = stm_event_first_from(snapshot, wanted->from, &first, error);
    }
    if (status == STEMMA_OK && !wanted->during && wanted->to != INT64_MAX) {
        status = stm_event_first_from(snapshot, wanted->to + 1, &end, error);
    }
    cursor->dated->at = candidate_from(cursor, first);
    cursor->dated->end = candidate_from(cursor, end);
    return status;
}

static stemma_status look_settled(stemma_event_cursor *cursor, uint32_t event, bool *fitting,
                                  int64_t *start, stemma_error *error)
{
    const stm_event_wanted *wanted = &cursor->wanted;
    const stm_event_block *block = NULL;
    uint32_t row = event % STEMMA_EVENT_BLOCK;
    if (!columns_tell(cursor)) {
        return stm_event_look(cursor, event, true, fitting, start, error);
    }
    stemma_status status = stm_event_passes(cursor, event, fitting, error);
    if (status == STEMMA_OK && *fitting) {
        status = stm_snapshot_event_block(cursor->snapshot, event, &block, error);
    }
    if (status != STEMMA_OK || !*fitting) {
        return status;
    }
    bool unknown = (stm_event_block_get(block, STM_EVENT_UNKNOWN, row) & 1) != 0;
    *start = unknown ? INT64_MAX : stm_event_block_get(block, STM_EVENT_START_EARLIEST, row);
    if (!wanted->during && (wanted->from != INT64_MIN || wanted->to != INT64_MAX)) {
        *fitting = !unknown && *start >= wanted->from && *start <= wanted->to;
    }
    return STEMMA_OK;
}

/* The next candidate that is settled and that columns may allow; STEMMA_END when there is none. Of all events a
   stretch is looked at together. */
static stemma_status next_candidate(stemma_event_cursor *cursor, uint32_t *event,
                                    stemma_error *error)
{
    stm_event_dated *dated = cursor->dated;
    enum kind kind = UNKNOWN;
    stemma_status status = STEMMA_OK;
    if (dated->listed == NULL) {
        stm_event_columns_wanted wanted = cursor->columns;
        wanted.settled_until = stm_known_documents(cursor->snapshot);
        if (dated->ahead_at == dated->ahead_count && wanted.settled_until != 0) {
            dated->ahead_at = dated->ahead_count = 0;
            status = stm_event_scan_columns(cursor->snapshot, &wanted, &dated->at, dated->end,
                                            dated->ahead, AHEAD, &dated->ahead_count, error);
        }
        if (status != STEMMA_OK || dated->ahead_at == dated->ahead_count) {
            return status == STEMMA_OK ? STEMMA_END : status;
        }
        *event = dated->ahead[dated->ahead_at++];
        return STEMMA_OK;
    }
    while (status == STEMMA_OK && kind != SETTLED && dated->at < dated->end) {
        *event = dated->listed[dated->at++];
        status = kind_of(cursor, *event, &kind, error);
    }
    return status != STEMMA_OK ? status : kind == SETTLED ? STEMMA_OK : STEMMA_END;
}

static stemma_status next_settled(stemma_event_cursor *cursor, stemma_error *error)
{
    stm_event_dated *dated = cursor->dated;
    stemma_status status = STEMMA_OK;
    while (!dated->settled_known && status == STEMMA_OK) {
        bool fitting = false;
        status = next_candidate(cursor, &dated->settled.event, error);
        if (status == STEMMA_OK) {
            status = look_settled(cursor, dated->settled.event, &fitting, &dated->settled.start,
                                  error);
        }
        dated->settled_known = status == STEMMA_OK && fitting;
    }
    return status == STEMMA_END ? STEMMA_OK : status;
}

stemma_status stm_event_dated_next(stemma_event_cursor *cursor, uint32_t *events, uint32_t capacity,
                                   uint32_t *count, stemma_error *error)
{
    stm_event_dated *dated = cursor->dated;
    *count = 0;
    while (*count < capacity) {
        stemma_status status = next_settled(cursor, error);
        bool more = dated->moved_at < dated->moved_count;
        if (status != STEMMA_OK) {
            return status;
        }
        if (!more && !dated->settled_known) {
            cursor->next = cursor->end;
            return STEMMA_OK;
        }
        if (more && (!dated->settled_known ||
                     by_start(&dated->moved[dated->moved_at], &dated->settled) < 0)) {
            bool fitting = true;
            int64_t start = 0;
            const moved *one = &dated->moved[dated->moved_at++];
            events[*count] = one->event;
            if (asks_more(cursor)) {
                status = stm_event_look(cursor, one->event, one->whole, &fitting, &start, error);
            }
            if (status != STEMMA_OK) {
                return status;
            }
            *count += fitting;
        } else {
            events[(*count)++] = dated->settled.event;
            dated->settled_known = false;
        }
    }
    return STEMMA_OK;
}

stemma_status stm_event_dated_begin(stemma_event_cursor *cursor, stemma_error *error)
{
    uint32_t events = cursor->snapshot->file->bounds.events;
    stm_event_dated *dated = stm_snapshot_alloc(cursor->snapshot, sizeof *dated, error);
    if (dated == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    memset(dated, 0, sizeof *dated);
    cursor->dated = dated;
    cursor->next = 0;
    cursor->end = events;
    stemma_status status = stm_event_dated_lists(cursor, error);
    if (status == STEMMA_OK && cursor->list_count != 0) {
        status = list_candidates(cursor, error);
        stm_event_lists_return(cursor);
    }
    cursor->filtered = stm_event_asks_columns(&cursor->columns);
    if (status == STEMMA_OK) {
        status = bound_settled(cursor, error);
    }
    if (status == STEMMA_OK) {
        status = find_moved(cursor, error);
    }
    cursor->next = 0;
    cursor->end = 1; /* until both streams have ended */
    return status;
}
