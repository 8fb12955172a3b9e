/* SPDX-License-Identifier: MIT */
/* Looking events up: intersecting posting lists, or scanning the columns when there is none.
 *
 * Events are numbered by their earliest start, so bounds in time are bounds on event numbers. Lists
 * are intersected by leaping: each in turn seeks the greatest number that another one has come to.
 * What has no list of its own (a type besides other conditions, the document bound) is looked at in
 * the event's columns, which are one load each. */
#include "error.h"
#include "event_time.h"
#include "key.h"
#include "snapshot.h"

/* A type prefix above this many terms is filtered by column instead of merged from lists. */
#define MERGE_MAX 32u

/* Events that are taken at once for those who ask one by one. */
#define READY 32u

/* Events whose columns are unpacked together. */
#define SCAN_STEP 512u

/* One posting list, and the event that it stands on. */
typedef struct leaper {
    stm_posting_cursor cursor;
    stm_table table;
    uint32_t current;
    bool started;
    bool ended;
} leaper;

struct stemma_event_cursor {
    stemma_snapshot *snapshot;
    leaper *lists; /* all must hold the event: entities, then the place */
    uint32_t list_count;
    leaper *types; /* one of them must */
    uint32_t type_count;
    uint32_t role;         /* that the entities have, or STEMMA_NONE */
    uint32_t entity_lists; /* how many of `lists` are entities' */
    uint32_t type_first;   /* terms [type_first, type_end) to be looked up in the column */
    uint32_t type_end;
    bool filter_type;
    uint32_t documents_until;
    bool in_chunks;  /* one list, or two without role, decide alone */
    uint32_t next; /* least event that may come */
    uint32_t end;
    uint32_t ready[READY]; /* taken but not given out yet: [ready_at, ready_end) */
    uint32_t ready_at;
    uint32_t ready_end;
};

static uint32_t least_of(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* ---- Lists ---- */

static stemma_status open_list(stemma_event_cursor *self, leaper *list, stm_table table,
                               uint32_t number, stemma_error *error)
{
    stm_posting_source source;
    stm_list_key key;
    stemma_snapshot *snapshot = self->snapshot;
    stemma_status status = stm_snapshot_source(snapshot, table, &source, error);
    if (status != STEMMA_OK) {
        return status;
    }
    stm_list_key_u32(&key, number);
    list->table = table;
    list->started = false;
    list->ended = false;
    status = stm_posting_cursor_open(&list->cursor, &source, stm_list_key_bytes(&key),
                                     snapshot->file->bounds.events);
    return status == STEMMA_OK ? STEMMA_OK : stm_damaged(error, table, number, "POSTINGS");
}

/* The cursors on tables that a finished query needs no more. */
static void give_lists_back(stemma_event_cursor *self)
{
    for (uint32_t i = 0; i < self->list_count; i++) {
        stm_snapshot_source_return(&self->lists[i].cursor.source);
    }
    for (uint32_t i = 0; i < self->type_count; i++) {
        stm_snapshot_source_return(&self->types[i].cursor.source);
    }
}

/* Brings `list` to its first event that is not below `event`, in role `role` unless that is
   STEMMA_NONE. Sets list->ended when there is none. */
static stemma_status leap(leaper *list, uint32_t event, uint32_t role, stemma_error *error)
{
    uint32_t payload = 0;
    if (list->ended || (list->started && list->current >= event)) {
        return STEMMA_OK;
    }
    stemma_status status = stm_posting_cursor_seek(&list->cursor, event, &list->current, &payload);
    while (status == STEMMA_OK && role != STEMMA_NONE && payload != role) {
        status = stm_posting_cursor_next(&list->cursor, &list->current, &payload);
    }
    list->started = true;
    if (status == STEMMA_END) {
        list->ended = true;
        return STEMMA_OK;
    }
    return status == STEMMA_OK ? STEMMA_OK : stm_damaged(error, list->table, event, "POSTINGS");
}

/* ---- Columns ---- */

static stemma_status passes(stemma_event_cursor *self, uint32_t event, bool *result,
                            stemma_error *error)
{
    const stm_event_block *block = NULL;
    uint32_t row = event % STEMMA_EVENT_BLOCK;
    *result = true;
    if (!self->filter_type && self->documents_until == STEMMA_NONE) {
        return STEMMA_OK;
    }
    stemma_status status = stm_snapshot_event_block(self->snapshot, event, &block, error);
    if (status != STEMMA_OK) {
        return status;
    }
    if (self->filter_type) {
        int64_t type = stm_event_block_get(block, STM_EVENT_TYPE, row);
        *result = type >= self->type_first && type < self->type_end;
    }
    if (*result && self->documents_until != STEMMA_NONE) {
        *result =
            stm_event_block_get(block, STM_EVENT_FIRST_DOCUMENT, row) < self->documents_until;
    }
    return STEMMA_OK;
}

/* ---- Beginning ---- */

static stemma_status set_time(stemma_event_cursor *self, const stemma_event_query *query,
                              stemma_error *error)
{
    stemma_snapshot *snapshot = self->snapshot;
    stemma_status status = STEMMA_OK;
    self->next = 0;
    self->end = snapshot->file->bounds.events;
    if (query->from == INT64_MIN && query->to == INT64_MAX) {
        return STEMMA_OK;
    }
    if (query->from != INT64_MIN) {
        status = stm_event_first_from(snapshot, query->from, &self->next, error);
    }
    if (status == STEMMA_OK) {
        /* an event without a known start lies in no range */
        status = query->to != INT64_MAX
                     ? stm_event_first_from(snapshot, query->to + 1, &self->end, error)
                     : stm_event_first_unknown(snapshot, &self->end, error);
    }
    self->end = self->end < self->next ? self->next : self->end;
    return status;
}

/* Whether some condition names what the file does not know: then nothing is found. */
static bool set_terms(stemma_event_cursor *self, const stemma_event_query *query)
{
    const stm_bounds *bounds = &self->snapshot->file->bounds;
    self->role = STEMMA_NONE;
    if (query->role.size != 0 && !stm_vocabulary_find(&bounds->vocabulary, STEMMA_TERM_PREDICATE,
                                                      query->role, &self->role)) {
        return false;
    }
    if (query->type.size != 0) {
        stm_vocabulary_below(&bounds->vocabulary, STEMMA_TERM_EVENT_TYPE, query->type,
                             &self->type_first, &self->type_end);
        if (self->type_first == self->type_end) {
            return false;
        }
    }
    for (uint32_t i = 0; i < query->entity_count; i++) {
        if (query->entities[i] >= bounds->entities) {
            return false;
        }
    }
    return query->place == STEMMA_NONE || query->place < bounds->entities;
}

static stemma_status open_lists(stemma_event_cursor *self, const stemma_event_query *query,
                                stemma_error *error)
{
    bool placed = query->place != STEMMA_NONE;
    uint32_t terms = query->type.size != 0 ? self->type_end - self->type_first : 0;
    stemma_status status = STEMMA_OK;
    self->list_count = query->entity_count + (placed ? 1 : 0);
    self->entity_lists = query->entity_count;
    self->type_count = self->list_count == 0 && terms <= MERGE_MAX ? terms : 0;
    self->filter_type = terms != 0 && self->type_count == 0;
    self->lists = stm_snapshot_array(self->snapshot, self->list_count, sizeof *self->lists, error);
    self->types = stm_snapshot_array(self->snapshot, self->type_count, sizeof *self->types, error);
    if (self->lists == NULL || self->types == NULL) {
        self->list_count = self->type_count = 0;
        return STEMMA_E_NO_MEMORY;
    }
    self->in_chunks = self->list_count + self->type_count == 1 ||
                      (self->list_count == 2 && self->role == STEMMA_NONE);
    for (uint32_t i = 0; i < self->list_count; i++) {
        self->lists[i].cursor.source.context = NULL; /* not taken yet */
    }
    for (uint32_t i = 0; i < self->type_count; i++) {
        self->types[i].cursor.source.context = NULL;
    }
    for (uint32_t i = 0; i < query->entity_count && status == STEMMA_OK; i++) {
        status =
            open_list(self, &self->lists[i], STM_TABLE_PARTICIPATION, query->entities[i], error);
    }
    if (placed && status == STEMMA_OK) {
        status = open_list(self, &self->lists[query->entity_count], STM_TABLE_PLACE, query->place,
                           error);
    }
    for (uint32_t i = 0; i < self->type_count && status == STEMMA_OK; i++) {
        status = open_list(self, &self->types[i], STM_TABLE_TYPE, self->type_first + i, error);
    }
    return status;
}

stemma_status stemma_events(stemma_event_cursor **out, stemma_snapshot *snapshot,
                            const stemma_event_query *query, stemma_error *error)
{
    const stemma_event_query everything = STEMMA_EVENT_QUERY_INIT;
    if (query == NULL) {
        query = &everything;
    }
    if (query->size != sizeof *query || (query->entity_count != 0 && query->entities == NULL) ||
        query->entity_count >= UINT32_MAX - 1) {
        return stm_fail(error, STEMMA_E_MISUSE, "OPTIONS", "", "The query is not initialised");
    }
    stemma_event_cursor *self = stm_snapshot_alloc(snapshot, sizeof *self, error);
    if (self == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    memset(self, 0, sizeof *self);
    self->snapshot = snapshot;
    self->documents_until = query->documents_until;
    *out = self;
    if (!set_terms(self, query)) {
        return STEMMA_OK; /* next == end: nothing is found */
    }
    stemma_status status = set_time(self, query, error);
    return status == STEMMA_OK ? open_lists(self, query, error) : status;
}

/* ---- Going on ---- */

/* Brings every list to one event, the least that is not below `*event`; false when one has ended.
 */
static stemma_status agree(stemma_event_cursor *self, uint32_t *event, bool *found,
                           stemma_error *error)
{
    uint32_t agreed = 0;
    uint32_t at = 0;
    *found = true;
    while (agreed < self->list_count) {
        leaper *list = &self->lists[at];
        uint32_t role = at < self->entity_lists ? self->role : STEMMA_NONE;
        stemma_status status = leap(list, *event, role, error);
        if (status != STEMMA_OK) {
            return status;
        }
        if (list->ended || list->current >= self->end) {
            *found = false;
            return STEMMA_OK;
        }
        agreed = list->current == *event ? agreed + 1 : 1;
        *event = list->current;
        at = at + 1 < self->list_count ? at + 1 : 0;
    }
    return STEMMA_OK;
}

/* The least event of the types' lists that is not below `*event`. */
static stemma_status merge(stemma_event_cursor *self, uint32_t *event, bool *found,
                           stemma_error *error)
{
    uint32_t least = self->end;
    for (uint32_t i = 0; i < self->type_count; i++) {
        leaper *list = &self->types[i];
        stemma_status status = leap(list, *event, STEMMA_NONE, error);
        if (status != STEMMA_OK) {
            return status;
        }
        if (!list->ended && list->current < least) {
            least = list->current;
        }
    }
    *event = least;
    *found = least < self->end;
    return STEMMA_OK;
}

/* The next event that lists and columns agree on, one by one. */
static stemma_status next_one(stemma_event_cursor *cursor, uint32_t *event, stemma_error *error)
{
    while (cursor->next < cursor->end) {
        uint32_t at = cursor->next;
        bool found = true;
        bool passed = false;
        stemma_status status = STEMMA_OK;
        if (cursor->list_count != 0) {
            status = agree(cursor, &at, &found, error);
        } else if (cursor->type_count != 0) {
            status = merge(cursor, &at, &found, error);
        }
        if (status == STEMMA_OK && found) {
            status = passes(cursor, at, &passed, error);
        }
        if (status != STEMMA_OK) {
            return status;
        }
        if (!found) {
            cursor->next = cursor->end;
            break;
        }
        cursor->next = at + 1;
        if (passed) {
            *event = at;
            return STEMMA_OK;
        }
    }
    return STEMMA_END;
}

/* ---- Many at once ---- */

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

/* What columns alone decide: those events of one stretch of a block that pass. */
static stemma_status take_filtered(stemma_event_cursor *cursor, uint32_t *events, uint32_t capacity,
                                   uint32_t *count, stemma_error *error)
{
    uint32_t types[SCAN_STEP];
    uint32_t documents[SCAN_STEP];
    *count = 0;
    while (*count < capacity && cursor->next < cursor->end) {
        const stm_event_block *block = NULL;
        uint32_t row = cursor->next % STEMMA_EVENT_BLOCK;
        stemma_status status = stm_snapshot_event_block(cursor->snapshot, cursor->next, &block, error);
        if (status != STEMMA_OK) {
            return status;
        }
        uint32_t step = least_of(cursor->end - cursor->next, block->rows - row);
        step = least_of(least_of(step, SCAN_STEP), capacity - *count);
        if (cursor->filter_type) {
            stm_column column = stm_event_block_column(block, STM_EVENT_TYPE);
            stm_column_unpack_u32(&column, row, step, types);
        }
        if (cursor->documents_until != STEMMA_NONE) {
            stm_column column = stm_event_block_column(block, STM_EVENT_FIRST_DOCUMENT);
            stm_column_unpack_u32(&column, row, step, documents);
        }
        for (uint32_t i = 0; i < step; i++) {
            bool passed = (!cursor->filter_type ||
                           (types[i] >= cursor->type_first && types[i] < cursor->type_end)) &&
                          (cursor->documents_until == STEMMA_NONE ||
                           documents[i] < cursor->documents_until);
            events[*count] = cursor->next + i;
            *count += passed;
        }
        cursor->next += step;
    }
    return STEMMA_OK;
}

/* Keeps of `count` ids those that the query asks for, each once: a list may hold an event more than
   once, in different roles. Past the last one, the cursor ends. */
static uint32_t keep_asked(stemma_event_cursor *cursor, uint32_t *events, const uint32_t *payloads,
                           uint32_t count)
{
    uint32_t kept = 0;
    uint32_t least = cursor->next;
    bool past = count != 0 && events[count - 1] >= cursor->end;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t event = events[i];
        bool asked = event >= least && event < cursor->end &&
                     (payloads == NULL || payloads[i] == cursor->role);
        events[kept] = event;
        kept += asked;
        least = asked ? event + 1 : least;
    }
    cursor->next = past ? cursor->end : least;
    return kept;
}

/* Postings of one list. */
static stemma_status take_list(stemma_event_cursor *cursor, leaper *list, uint32_t *events,
                               uint32_t capacity, uint32_t *count)
{
    uint32_t payloads[SCAN_STEP];
    bool by_role = cursor->entity_lists != 0 && cursor->role != STEMMA_NONE;
    uint32_t got = 0;
    capacity = by_role ? least_of(capacity, SCAN_STEP) : capacity;
    stemma_status status = stm_posting_cursor_next_many(
        &list->cursor, events, by_role ? payloads : NULL, capacity, &got);
    *count = status == STEMMA_OK ? keep_asked(cursor, events, by_role ? payloads : NULL, got) : 0;
    return status;
}

/* What two lists have in common. */
static stemma_status take_pair(stemma_event_cursor *cursor, uint32_t *events, uint32_t capacity,
                               uint32_t *count)
{
    uint32_t got = 0;
    stemma_status status = stm_posting_intersect(&cursor->lists[0].cursor,
                                                 &cursor->lists[1].cursor, events, capacity, &got);
    *count = status == STEMMA_OK ? keep_asked(cursor, events, NULL, got) : 0;
    return status;
}

/* Whole chunks of the one list, or the two, that decide alone. */
static stemma_status take_chunks(stemma_event_cursor *cursor, uint32_t *events, uint32_t capacity,
                                 uint32_t *count, stemma_error *error)
{
    leaper *first = cursor->list_count != 0 ? cursor->lists : cursor->types;
    stemma_status status = STEMMA_OK;
    *count = 0;
    if (!first->started) {
        status = stm_posting_cursor_skip(&first->cursor, cursor->next);
        first->started = true;
        if (status == STEMMA_OK && cursor->list_count == 2) {
            status = stm_posting_cursor_skip(&cursor->lists[1].cursor, cursor->next);
        }
    }
    if (status == STEMMA_OK) {
        status = cursor->list_count == 2 ? take_pair(cursor, events, capacity, count)
                                         : take_list(cursor, first, events, capacity, count);
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
        stemma_status status = passes(cursor, events[i], &passed, error);
        if (status != STEMMA_OK) {
            return status;
        }
        events[kept] = events[i];
        kept += passed;
    }
    *count = kept;
    return STEMMA_OK;
}

static stemma_status take_many(stemma_event_cursor *cursor, uint32_t *events, uint32_t capacity,
                               uint32_t *count, stemma_error *error)
{
    bool filtered = cursor->filter_type || cursor->documents_until != STEMMA_NONE;
    stemma_status status = STEMMA_OK;
    if (cursor->list_count == 0 && cursor->type_count == 0) {
        if (filtered) {
            return take_filtered(cursor, events, capacity, count, error);
        }
        *count = take_range(cursor, events, capacity);
        return STEMMA_OK;
    }
    if (cursor->in_chunks) {
        status = take_chunks(cursor, events, capacity, count, error);
        return status == STEMMA_OK && filtered ? drop_refused(cursor, events, count, error) : status;
    }
    *count = 0;
    while (*count < capacity && status == STEMMA_OK) {
        status = next_one(cursor, &events[*count], error);
        *count += status == STEMMA_OK;
    }
    return status == STEMMA_END ? STEMMA_OK : status;
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
            take_many(cursor, cursor->ready, READY, &cursor->ready_end, error);
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
    return cursor->in_chunks && cursor->list_count < 2 && cursor->entity_lists == 0 &&
           !cursor->filter_type && cursor->documents_until == STEMMA_NONE &&
           cursor->next < cursor->end;
}

stemma_status stemma_events_count(stemma_snapshot *snapshot, const stemma_event_query *query,
                                  uint64_t *count, stemma_error *error)
{
    stm_mark mark = stm_snapshot_mark(snapshot);
    stemma_event_cursor *cursor = NULL;
    uint32_t events[SCAN_STEP];
    uint32_t found = 0;
    uint64_t total = 0;
    stemma_status status = stemma_events(&cursor, snapshot, query, error);
    if (status == STEMMA_OK && cursor->list_count == 0 && cursor->type_count == 0 &&
        !cursor->filter_type && cursor->documents_until == STEMMA_NONE) {
        total = cursor->end - cursor->next;
        cursor->next = cursor->end;
    }
    if (status == STEMMA_OK && counts_alone(cursor)) {
        leaper *list = cursor->list_count != 0 ? cursor->lists : cursor->types;
        stm_list_key key = list->cursor.list;
        if (stm_posting_count_range(&list->cursor.source, stm_list_key_bytes(&key), cursor->next,
                                    cursor->end, &total) != STEMMA_OK) {
            status = stm_damaged(error, list->table, cursor->next, "POSTINGS");
        }
        cursor->next = cursor->end;
    }
    while (status == STEMMA_OK) {
        status = stemma_event_next_many(cursor, events, SCAN_STEP, &found, error);
        total += status == STEMMA_OK ? found : 0;
    }
    if (cursor != NULL) {
        give_lists_back(cursor);
    }
    stm_snapshot_rewind(snapshot, mark);
    if (status == STEMMA_END) {
        *count = total;
        return STEMMA_OK;
    }
    return status;
}
