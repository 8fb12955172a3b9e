/* SPDX-License-Identifier: MIT */
/* Looking events up: intersecting posting lists, or scanning the columns when there is none.
 *
 * Events are numbered by their earliest start, so bounds in time are bounds on event numbers. Lists
 * are intersected by leaping: each in turn seeks the greatest number that another one has come to.
 * What has no list of its own (a type besides other conditions, the document bound) is looked at in
 * the event's columns, which are one load each. */
#include "base/error.h"
#include "event_amount.h"
#include "events/event_check.h"
#include "events/event_dated.h"
#include "events/event_query.h"
#include "read/event_time.h"
#include "key.h"
#include "file/late.h"

/* A type prefix above this many terms is filtered by column instead of merged from lists. */
#define MERGE_MAX 32u

/* Conditions of one kind in a query: more is a mistake. */
#define CONDITIONS_MAX 100000u

/* ---- Lists ---- */

stemma_status stm_event_list_open(stemma_event_cursor *self, stm_leaper *list, stm_table table,
                                  uint32_t number, const stm_role_set *roles, stemma_error *error)
{
    stm_posting_source source;
    stm_list_key key;
    stemma_snapshot *snapshot = self->snapshot;
    stemma_status status = stm_snapshot_source(snapshot, table, &source, error);
    if (status != STEMMA_OK) {
        return status;
    }
    stm_list_key_u32(&key, number);
    list->bits = NULL;
    list->table = table;
    list->roles = *roles;
    list->started = false;
    list->ended = false;
    status = stm_posting_cursor_open_at(&list->cursor, &source, stm_list_key_bytes(&key),
                                        snapshot->file->bounds.events, self->next);
    return status == STEMMA_OK ? STEMMA_OK : stm_damaged(error, table, number, "POSTINGS");
}

/* Brings `list` to its first event that is not below `event`, in one of its roles. Sets list->ended
   when there is none. */
static stemma_status leap(stm_leaper *list, uint32_t event, stemma_error *error)
{
    uint32_t payload = 0;
    if (list->ended || (list->started && list->current >= event)) {
        return STEMMA_OK;
    }
    if (list->bits != NULL) {
        list->current = stm_event_set_next(list, event);
        list->started = true;
        list->ended = list->current == STEMMA_NONE;
        return STEMMA_OK;
    }
    stemma_status status = stm_posting_cursor_seek(&list->cursor, event, &list->current, &payload);
    while (status == STEMMA_OK && list->roles.count != 0 &&
           !stm_role_wanted(&list->roles, payload)) {
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

/* Whether a row's time may reach into the range. */
static bool is_during(const stm_event_columns_wanted *wanted, const stm_event_block *block,
                      uint32_t row)
{
    int64_t unknown = stm_event_block_get(block, STM_EVENT_UNKNOWN, row);
    int64_t start = stm_event_block_get(block, STM_EVENT_START_EARLIEST, row);
    int64_t span = stm_event_block_get(block, STM_EVENT_END_LATEST, row);
    stemma_time_bounds bounds = {0};
    bounds.start_earliest = (unknown & 1) != 0 ? STEMMA_TIME_UNKNOWN_EARLY : start;
    bounds.end_latest = (unknown & 8) != 0 ? STEMMA_TIME_UNKNOWN_LATE
                                           : (int64_t)((uint64_t)start + (uint64_t)span);
    return stemma_time_fit(&bounds, wanted->from, wanted->to) != STEMMA_FIT_NO;
}

stemma_status stm_event_reaches(const stm_event_columns_wanted *wanted,
                                const stm_event_block *block, uint32_t event, bool *result,
                                stemma_error *error)
{
    uint32_t row = event % STEMMA_EVENT_BLOCK;
    stm_amount_reach reach;
    if (!stm_amount_reach_read(stm_event_block_get(block, STM_EVENT_AMOUNT, row),
                               stm_event_block_get(block, STM_EVENT_AMOUNT_ABOVE, row), &reach)) {
        return stm_damaged(error, STM_TABLE_EVENT, event, "NUMBER_OUT_OF_RANGE");
    }
    *result = reach.least != 0 && wanted->amount_from <= reach.greatest &&
              wanted->amount_to >= reach.least;
    return STEMMA_OK;
}

stemma_status stm_event_passes(stemma_event_cursor *self, uint32_t event, bool *result,
                               stemma_error *error)
{
    const stm_event_columns_wanted *wanted = &self->columns;
    const stm_event_block *block = NULL;
    uint32_t row = event % STEMMA_EVENT_BLOCK;
    *result = true;
    if (!self->filtered) {
        return STEMMA_OK;
    }
    stemma_status status = stm_snapshot_event_block(self->snapshot, event, &block, error);
    if (status != STEMMA_OK) {
        return status;
    }
    if (wanted->type) {
        int64_t type = stm_event_block_get(block, STM_EVENT_TYPE, row);
        *result = type >= 0 && type < (int64_t)STEMMA_NONE && stm_type_wanted(wanted, (uint32_t)type);
    }
    if (*result && wanted->factuality) {
        int64_t value = stm_event_block_get(block, STM_EVENT_FACTUALITY, row);
        *result = value >= 0 && value < 256 && wanted->accepted[value] != 0;
    }
    if (*result && wanted->during) {
        *result = is_during(wanted, block, row);
    }
    if (*result && wanted->contested) {
        *result = stm_event_block_get(block, STM_EVENT_CONTESTED, row) != 0;
    }
    if (*result && wanted->amount) {
        status = stm_event_reaches(wanted, block, event, result, error);
    }
    return status;
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
    if ((query->from == INT64_MIN && query->to == INT64_MAX) || self->wanted.during) {
        return STEMMA_OK; /* `during` is told by columns */
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
        snapshot->edges_wanted = window->known; /* who asks about a second time asks about more */
        *window = (stm_window){query->from, query->to, self->next, self->end, true};
    }
    return status;
}

/* The events of one who takes part, or that are at one of the places that are meant. */
static stemma_status open_or_there(stemma_event_cursor *self, stm_leaper *list,
                                   const stm_event_member *member, stemma_error *error)
{
    const stm_role_set any = {0, NULL};
    uint64_t *bits = stm_event_set_new(self->snapshot, self->next, self->end, error);
    if (bits == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    stemma_status status =
        stm_event_set_add(self->snapshot, bits, self->next, self->end, STM_TABLE_PARTICIPATION,
                          member->entity, &member->roles, error);
    for (uint32_t i = 0; i < member->inside_count && status == STEMMA_OK; i++) {
        status = stm_event_set_add(self->snapshot, bits, self->next, self->end, STM_TABLE_PLACE,
                                   member->inside[i], &any, error);
    }
    stm_event_set_list(list, bits, self->next, self->end);
    return status;
}

static stemma_status open_member(stemma_event_cursor *self, const stm_event_member *member,
                                 stemma_error *error)
{
    stm_leaper *list = &self->lists[self->list_count];
    if (member->entity == STEMMA_NONE) {
        return STEMMA_OK; /* looked at event by event */
    }
    self->list_count++;
    return member->or_there ? open_or_there(self, list, member, error)
                            : stm_event_list_open(self, list, STM_TABLE_PARTICIPATION,
                                                  member->entity, &member->roles, error);
}

static stemma_status open_place(stemma_event_cursor *self, stemma_error *error)
{
    const stm_role_set any = {0, NULL};
    const stm_event_wanted *wanted = &self->wanted;
    stm_leaper *list = &self->lists[self->list_count];
    stemma_status status = STEMMA_OK;
    if (wanted->place == STEMMA_NONE) {
        return STEMMA_OK;
    }
    self->list_count++;
    if (wanted->inside_count == 1) {
        return stm_event_list_open(self, list, STM_TABLE_PLACE, wanted->inside[0], &any, error);
    }
    uint64_t *bits = stm_event_set_new(self->snapshot, self->next, self->end, error);
    if (bits == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < wanted->inside_count && status == STEMMA_OK; i++) {
        status = stm_event_set_add(self->snapshot, bits, self->next, self->end, STM_TABLE_PLACE,
                                   wanted->inside[i], &any, error);
    }
    stm_event_set_list(list, bits, self->next, self->end);
    return status;
}

/* Lists of the types, when nothing else has a list and they are few; else columns tell them. */
static stemma_status open_types(stemma_event_cursor *self, stemma_error *error)
{
    const stm_role_set any = {0, NULL};
    stm_event_columns_wanted *columns = &self->columns;
    uint32_t terms = 0;
    stemma_status status = STEMMA_OK;
    for (uint32_t i = columns->type_first; columns->type && i < columns->type_end; i++) {
        terms += stm_type_wanted(columns, i);
    }
    if (self->list_count != 0 || terms > MERGE_MAX || columns->contested) {
        return STEMMA_OK; /* few are contested: that is looked at first */
    }
    self->types = stm_snapshot_array(self->snapshot, terms, sizeof *self->types, error);
    if (self->types == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = columns->type_first; status == STEMMA_OK && terms != 0 && i < columns->type_end;
         i++) {
        if (stm_type_wanted(columns, i)) {
            self->types[self->type_count].cursor.source.context = NULL;
            status = stm_event_list_open(self, &self->types[self->type_count++], STM_TABLE_TYPE, i,
                                         &any, error);
        }
    }
    columns->type = columns->type && terms == 0;
    return status;
}

/* Room for as many lists as there may be: each takes some thousand bytes. */
static stemma_status make_lists(stemma_event_cursor *self, stemma_error *error)
{
    uint64_t most = (uint64_t)self->wanted.member_count + (self->wanted.place != STEMMA_NONE) +
                    (self->checks != NULL ? STM_EVENT_CHECK_LISTS : 0);
    self->lists = stm_snapshot_array(self->snapshot, most, sizeof *self->lists, error);
    if (self->lists == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < most; i++) {
        self->lists[i].cursor.source.context = NULL; /* not taken yet */
    }
    return STEMMA_OK;
}

static stemma_status open_lists(stemma_event_cursor *self, stemma_error *error)
{
    const stm_event_wanted *wanted = &self->wanted;
    stemma_status status = make_lists(self, error);
    for (uint32_t i = 0; i < wanted->member_count && status == STEMMA_OK; i++) {
        status = open_member(self, &wanted->members[i], error);
    }
    if (status == STEMMA_OK) {
        status = open_place(self, error);
    }
    if (status == STEMMA_OK && self->checks != NULL) {
        status = stm_event_checks_lists(self, error);
    }
    return status == STEMMA_OK ? open_types(self, error) : status;
}

stemma_status stm_event_dated_lists(stemma_event_cursor *self, stemma_error *error)
{
    const stm_event_wanted *wanted = &self->wanted;
    stemma_status status = make_lists(self, error);
    for (uint32_t i = 0; i < wanted->member_count && status == STEMMA_OK; i++) {
        if (!wanted->members[i].or_there) {
            status = open_member(self, &wanted->members[i], error);
        }
    }
    if (status == STEMMA_OK && self->checks != NULL) {
        status = stm_event_checks_lists(self, error);
    }
    self->in_chunks = false;
    return status;
}

/* Whether whole chunks of postings can be taken as they are. */
static bool decides_in_chunks(const stemma_event_cursor *self)
{
    uint32_t sets = 0;
    uint32_t roles = 0;
    for (uint32_t i = 0; i < self->list_count; i++) {
        sets += self->lists[i].bits != NULL;
        roles += self->lists[i].roles.count;
    }
    return sets == 0 && ((self->list_count + self->type_count == 1 && roles <= 1) ||
                         (self->list_count == 2 && roles == 0));
}

static bool is_initialised(const stemma_event_query *query)
{
    return query->size == sizeof *query && (query->entity_count == 0 || query->entities != NULL) &&
           (query->part_count == 0 || query->parts != NULL) &&
           (query->type_count == 0 || query->types != NULL) &&
           query->entity_count < CONDITIONS_MAX &&
           query->part_count < CONDITIONS_MAX &&
           query->type_count < CONDITIONS_MAX &&
           (query->flags & ~(STEMMA_EVENTS_WITHIN | STEMMA_EVENTS_DURING)) == 0;
}

static stemma_status begin(stemma_event_cursor *self, const stemma_event_query *query,
                           stemma_error *error)
{
    stemma_status status = stm_late_need(self->snapshot, error);
    if (status == STEMMA_OK) {
        status = stm_event_wanted_read(self, query, error);
    }
    if (status == STEMMA_OK) {
        status = stm_event_checks_read(self, query, error);
    }
    if (status != STEMMA_OK || self->wanted.nothing) {
        return status; /* next == end: nothing is found */
    }
    self->asked = self->columns;
    self->loose = self->columns.contested && self->snapshot->until != STEMMA_NONE;
    if (self->snapshot->until != STEMMA_NONE) {
        return self->loose ? stm_event_loose_begin(self, error) : stm_event_dated_begin(self, error);
    }
    status = set_time(self, query, error);
    if (status == STEMMA_OK) {
        status = open_lists(self, error);
    }
    self->filtered = stm_event_asks_columns(&self->columns);
    self->in_chunks = decides_in_chunks(self);
    return status;
}

static stemma_status begin_query(stemma_event_cursor **out, stemma_snapshot *snapshot,
                                 const stemma_event_query *query, bool contested,
                                 stemma_error *error)
{
    const stemma_event_query everything = STEMMA_EVENT_QUERY_INIT;
    if (query == NULL) {
        query = &everything;
    }
    if (!is_initialised(query)) {
        return stm_fail(error, STEMMA_E_MISUSE, "OPTIONS", "", "The query is not initialised");
    }
    stemma_event_cursor *self = stm_snapshot_alloc(snapshot, sizeof *self, error);
    if (self == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    memset(self, 0, sizeof *self);
    self->snapshot = snapshot;
    self->columns.contested = contested;
    *out = self;
    return begin(self, query, error);
}

stemma_status stemma_events(stemma_event_cursor **out, stemma_snapshot *snapshot,
                            const stemma_event_query *query, stemma_error *error)
{
    return begin_query(out, snapshot, query, false, error);
}

stemma_status stm_events_contested(stemma_event_cursor **out, stemma_snapshot *snapshot,
                                   const stemma_event_query *query, stemma_error *error)
{
    return begin_query(out, snapshot, query, true, error);
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
        stemma_status status = leap(list, *event, error);
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
        stemma_status status = leap(list, *event, error);
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
