/* SPDX-License-Identifier: MIT */
/* Looking events up: intersecting posting lists, or scanning the columns when there is none.
 *
 * Events are numbered by their earliest start, so bounds in time are bounds on event numbers. Lists
 * are intersected by leaping: each in turn seeks the greatest number that another one has come to.
 * What has no list of its own (a type besides other conditions, the document bound) is looked at in
 * the event's columns, which are one load each. */
#include "error.h"
#include "event_query.h"
#include "event_time.h"
#include "key.h"
#include "late.h"

/* A type prefix above this many terms is filtered by column instead of merged from lists. */
#define MERGE_MAX 32u

/* ---- Lists ---- */

static stemma_status open_list(stemma_event_cursor *self, stm_leaper *list, stm_table table,
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
    status = stm_posting_cursor_open_at(&list->cursor, &source, stm_list_key_bytes(&key),
                                        snapshot->file->bounds.events, self->next);
    return status == STEMMA_OK ? STEMMA_OK : stm_damaged(error, table, number, "POSTINGS");
}

/* Brings `list` to its first event that is not below `event`, in role `role` unless that is
   STEMMA_NONE. Sets list->ended when there is none. */
static stemma_status leap(stm_leaper *list, uint32_t event, uint32_t role, stemma_error *error)
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

stemma_status stm_event_passes(stemma_event_cursor *self, uint32_t event, bool *result,
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
        *result = stm_event_block_get(block, STM_EVENT_FIRST_DOCUMENT, row) < self->documents_until;
    }
    return STEMMA_OK;
}

/* ---- Beginning ---- */

static stemma_status set_time(stemma_event_cursor *self, const stemma_event_query *query,
                              stemma_error *error)
{
    stemma_snapshot *snapshot = self->snapshot;
    stm_window *window = &snapshot->window;
    stemma_status status = STEMMA_OK;
    self->next = 0;
    self->end = snapshot->file->bounds.events;
    if (query->from == INT64_MIN && query->to == INT64_MAX) {
        return STEMMA_OK;
    }
    if (window->known && window->from == query->from && window->to == query->to) {
        self->next = window->first;
        self->end = window->end;
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
    if (status == STEMMA_OK) {
        *window = (stm_window){query->from, query->to, self->next, self->end, true};
    }
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
    stemma_status status = stm_late_need(snapshot, error);
    if (status != STEMMA_OK || !set_terms(self, query)) {
        return status; /* next == end: nothing is found */
    }
    status = set_time(self, query, error);
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
        stm_leaper *list = &self->lists[at];
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
        stm_leaper *list = &self->types[i];
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

stemma_status stm_event_step(stemma_event_cursor *cursor, uint32_t *event, stemma_error *error)
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
            status = stm_event_passes(cursor, at, &passed, error);
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
