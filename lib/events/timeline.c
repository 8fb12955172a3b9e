/* SPDX-License-Identifier: MIT */
/* Events put together by time. All that begin in one period are read, sorted by what is known of
 * their times, and handed out group by group. */
#include "stemma/timeline.h"

#include <stdlib.h>

#include "base/error.h"
#include "file/snapshot.h"

#define DAY 86400

/* Seconds before or after 1970 that no year from 1 to 9999 has. */
#define CALENDAR INT64_C(400000000000)

/* One event of the period at hand. */
typedef struct timed {
    uint8_t kind;
    uint8_t extent;
    uint8_t approximate;
    int64_t from;
    int64_t to;
    uint32_t event;
    uint32_t place; /* in the order in which events came */
} timed;

struct stemma_timeline {
    stemma_snapshot *snapshot;
    stemma_event_cursor *cursor;
    uint8_t step;
    bool ended;      /* the cursor has */
    bool held_known; /* the first event behind the period is read already ... */
    timed held;      /* ... and is this one */
    int64_t known_to; /* last second that an entry so far may reach */
    bool any;         /* there was an entry with a time */
    timed *timed;     /* of the period; entries from `at` on are not handed out */
    uint32_t count;
    uint32_t at;
    uint32_t room;
    uint32_t *events;
    uint32_t events_room;
    uint64_t *documents; /* sets of those seen in the entry at hand */
    uint64_t *groups;
    struct touched {
        uint32_t document;
        uint32_t group;
    } *touched; /* what was seen, to clear the sets by */
    uint32_t touched_room;
};

/* ---- Periods ---- */

static int64_t floor_days(int64_t seconds)
{
    return seconds >= 0 ? seconds / DAY : -((-(seconds + 1)) / DAY) - 1;
}

/* The day, month or year that holds a moment. */
static void period_of(uint8_t step, int64_t seconds, int64_t *from, int64_t *to)
{
    int64_t days = floor_days(seconds);
    int64_t end = days + 1;
    int year, month, day;
    if (seconds < -CALENDAR || seconds > CALENDAR) { /* a damaged file's: no year has it */
        *from = *to = seconds;
        return;
    }
    if (step != STEMMA_TIMELINE_DAY) {
        stemma_civil_from_days(days, &year, &month, &day);
        bool last = month == 12;
        month = step == STEMMA_TIMELINE_YEAR ? 1 : month;
        days = stemma_days_from_civil(year, month, 1);
        end = step == STEMMA_TIMELINE_YEAR || last ? stemma_days_from_civil(year + 1, 1, 1)
                                                   : stemma_days_from_civil(year, month + 1, 1);
    }
    *from = days * DAY;
    *to = end * DAY - 1;
}

static void set_time(uint8_t step, const stemma_time_bounds *bounds, timed *out)
{
    bool starts = bounds->start_earliest != STEMMA_TIME_UNKNOWN_EARLY;
    bool ends = bounds->end_latest != STEMMA_TIME_UNKNOWN_LATE;
    out->kind = starts || ends ? STEMMA_TIMELINE_RANGE : STEMMA_TIMELINE_UNKNOWN;
    out->from = bounds->start_earliest;
    out->to = bounds->end_latest;
    out->extent = out->kind == STEMMA_TIMELINE_RANGE && bounds->extent;
    out->approximate = out->kind == STEMMA_TIMELINE_RANGE && bounds->approximate;
    if (starts && ends && !bounds->approximate) {
        int64_t from = 0;
        int64_t to = 0;
        period_of(step, bounds->start_earliest, &from, &to);
        if (bounds->end_latest <= to) {
            *out = (timed){STEMMA_TIMELINE_PERIOD, 0, 0, from, to, out->event, out->place};
        }
    }
}

/* ---- Reading a period ---- */

static stemma_status next_event(stemma_timeline *self, timed *out, stemma_error *error)
{
    stemma_status status = stemma_event_next(self->cursor, &out->event, error);
    stemma_event event;
    stm_mark mark = stm_snapshot_mark(self->snapshot);
    if (status != STEMMA_OK) {
        return status;
    }
    status = stemma_event_get(self->snapshot, out->event, &event, error);
    if (status == STEMMA_OK) {
        set_time(self->step, &event.bounds, out);
    }
    stm_snapshot_rewind(self->snapshot, mark);
    return status;
}

static stemma_status keep(stemma_timeline *self, const timed *one, stemma_error *error)
{
    if (self->count == self->room) {
        uint32_t room = self->room != 0 ? self->room * 2 : 64;
        timed *larger = stm_snapshot_array(self->snapshot, room, sizeof *larger, error);
        if (larger == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
        if (self->count != 0) {
            memcpy(larger, self->timed, self->count * sizeof *larger);
        }
        self->timed = larger;
        self->room = room;
    }
    self->timed[self->count] = *one;
    self->timed[self->count].place = self->count;
    self->count++;
    return STEMMA_OK;
}

static int compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int by_time(const void *left, const void *right)
{
    const timed *a = left;
    const timed *b = right;
    if (a->kind != b->kind) {
        return a->kind < b->kind ? -1 : 1;
    }
    int order = compare_numbers(a->from, b->from);
    order = order != 0 ? order : compare_numbers(a->to, b->to);
    order = order != 0 ? order : a->extent - b->extent;
    order = order != 0 ? order : a->approximate - b->approximate;
    return order != 0 ? order : (a->place > b->place) - (a->place < b->place);
}

static bool is_alike(const timed *a, const timed *b)
{
    return a->kind == b->kind && a->from == b->from && a->to == b->to && a->extent == b->extent &&
           a->approximate == b->approximate;
}

/* Whether the events of the period came in the order in which they are put together: most often they do. */
static bool is_in_order(const stemma_timeline *self)
{
    uint32_t i = 1;
    while (i < self->count && by_time(&self->timed[i - 1], &self->timed[i]) <= 0) {
        i++;
    }
    return i >= self->count;
}

/* Reads all events that begin in the next period; those without a known start are one. */
static stemma_status read_period(stemma_timeline *self, stemma_error *error)
{
    timed one = self->held;
    stemma_status status = self->held_known ? STEMMA_OK : next_event(self, &one, error);
    int64_t from = 0;
    int64_t to = 0;
    self->count = self->at = 0;
    self->held_known = false;
    if (status != STEMMA_OK) {
        self->ended = true;
        return status;
    }
    bool starts = one.from != STEMMA_TIME_UNKNOWN_EARLY;
    if (starts) {
        period_of(self->step, one.from, &from, &to);
    }
    while (status == STEMMA_OK) {
        bool belongs = starts ? one.from != STEMMA_TIME_UNKNOWN_EARLY && one.from <= to
                              : one.from == STEMMA_TIME_UNKNOWN_EARLY;
        if (!belongs) {
            self->held = one;
            self->held_known = true;
            break;
        }
        status = keep(self, &one, error);
        if (status == STEMMA_OK) {
            status = next_event(self, &one, error);
        }
    }
    if (status == STEMMA_END) {
        self->ended = true;
        status = STEMMA_OK;
    }
    if (status == STEMMA_OK && !is_in_order(self)) {
        qsort(self->timed, self->count, sizeof *self->timed, by_time);
    }
    return status;
}

/* ---- Documents ---- */

static bool put(uint64_t *set, uint32_t at)
{
    uint64_t bit = UINT64_C(1) << at % 64;
    bool is_new = (set[at / 64] & bit) == 0;
    set[at / 64] |= bit;
    return is_new;
}

static stemma_status touch(stemma_timeline *self, stemma_timeline_entry *entry, uint32_t document,
                           stemma_error *error)
{
    uint32_t group = 0;
    if (!put(self->documents, document)) {
        return STEMMA_OK;
    }
    if (entry->documents == self->touched_room) {
        uint32_t room = self->touched_room != 0 ? self->touched_room * 2 : 64;
        struct touched *larger = stm_snapshot_array(self->snapshot, room, sizeof *larger, error);
        if (larger == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
        if (entry->documents != 0) {
            memcpy(larger, self->touched, entry->documents * sizeof *larger);
        }
        self->touched = larger;
        self->touched_room = room;
    }
    stemma_status status = stemma_independence_group(self->snapshot, document, &group, error);
    if (status == STEMMA_OK && group >= self->snapshot->file->bounds.documents) {
        status = stm_damaged(error, STM_TABLE_GROUP, document, "NUMBER_OUT_OF_RANGE");
    }
    if (status == STEMMA_OK) {
        entry->independent += put(self->groups, group);
        self->touched[entry->documents++] = (struct touched){document, group};
    }
    return status;
}

/* The documents that speak of an event; they are copied out first, as noting them takes memory. Of most events there
   is one, which their columns tell. */
static stemma_status count_documents(stemma_timeline *self, stemma_timeline_entry *entry,
                                     uint32_t event, stemma_error *error)
{
    stemma_reference of = {STEMMA_REFERENCE_EVENT, event};
    const uint32_t row = event % STEMMA_EVENT_BLOCK;
    const stm_event_block *block = NULL;
    const stemma_referent_id *members = NULL;
    stemma_referent_id first = {STEMMA_NONE, 0};
    uint32_t count = 0;
    stm_mark mark = stm_snapshot_mark(self->snapshot);
    uint32_t room = self->touched_room;
    stemma_status status = stm_snapshot_event_block(self->snapshot, event, &block, error);
    if (status == STEMMA_OK && stm_event_block_get(block, STM_EVENT_DOCUMENTS, row) == 1) {
        int64_t document = stm_event_block_get(block, STM_EVENT_FIRST_DOCUMENT, row);
        first.document = document >= 0 && document < STEMMA_NONE ? (uint32_t)document : STEMMA_NONE;
        members = &first;
        count = 1;
    } else if (status == STEMMA_OK) {
        status = stemma_members(self->snapshot, of, &members, &count, error);
    }
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        if (members[i].document >= self->snapshot->file->bounds.documents) {
            return stm_damaged(error, STM_TABLE_EVENT, event, "NUMBER_OUT_OF_RANGE");
        }
        status = touch(self, entry, members[i].document, error);
    }
    if (room == self->touched_room) { /* nothing that is kept was taken since */
        stm_snapshot_rewind(self->snapshot, mark);
    }
    return status;
}

static void forget_documents(stemma_timeline *self, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        self->documents[self->touched[i].document / 64] = 0;
        self->groups[self->touched[i].group / 64] = 0;
    }
}

/* ---- Entries ---- */

static stemma_status make_room(stemma_timeline *self, uint32_t count, stemma_error *error)
{
    if (count > self->events_room) {
        uint32_t room = self->room > count ? self->room : count;
        self->events = stm_snapshot_array(self->snapshot, room, sizeof *self->events, error);
        self->events_room = self->events != NULL ? room : 0;
    }
    return count <= self->events_room ? STEMMA_OK : STEMMA_E_NO_MEMORY;
}

static uint32_t gap_before(const stemma_timeline *self, int64_t from)
{
    if (!self->any || from == STEMMA_TIME_UNKNOWN_EARLY || self->known_to >= from) {
        return 0;
    }
    int64_t days = floor_days(from) - floor_days(self->known_to) - 1;
    return days <= 0 ? 0 : days < INT32_MAX ? (uint32_t)days : INT32_MAX;
}

static stemma_status fill(stemma_timeline *self, uint32_t end, stemma_timeline_entry *out,
                          stemma_error *error)
{
    const timed *first = &self->timed[self->at];
    uint32_t count = end - self->at;
    stemma_status status = make_room(self, count, error);
    memset(out, 0, sizeof *out);
    out->kind = first->kind;
    out->extent = first->extent;
    out->approximate = first->approximate;
    out->from = first->from;
    out->to = first->to;
    out->gap = gap_before(self, first->from);
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        self->events[i] = self->timed[self->at + i].event;
        status = count_documents(self, out, self->events[i], error);
    }
    forget_documents(self, out->documents);
    out->events = self->events;
    out->event_count = count;
    if (first->kind != STEMMA_TIMELINE_UNKNOWN) {
        self->known_to = !self->any || first->to > self->known_to ? first->to : self->known_to;
        self->any = true;
    }
    self->at = end;
    return status;
}

stemma_status stemma_timeline_next(stemma_timeline *timeline, stemma_timeline_entry *out,
                                   stemma_error *error)
{
    if (timeline->at == timeline->count) {
        if (timeline->ended && !timeline->held_known) {
            return STEMMA_END;
        }
        stemma_status status = read_period(timeline, error);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    uint32_t end = timeline->at + 1;
    while (end < timeline->count && is_alike(&timeline->timed[timeline->at], &timeline->timed[end])) {
        end++;
    }
    return fill(timeline, end, out, error);
}

stemma_status stemma_timeline_begin(stemma_timeline **out, stemma_snapshot *snapshot,
                                    const stemma_timeline_options *options, stemma_error *error)
{
    const stemma_timeline_options defaults = STEMMA_TIMELINE_OPTIONS_INIT;
    size_t size = ((size_t)snapshot->file->bounds.documents + 63) / 64;
    if (options == NULL) {
        options = &defaults;
    }
    if (options->size != sizeof *options || options->step > STEMMA_TIMELINE_YEAR) {
        return stm_fail(error, STEMMA_E_MISUSE, "OPTIONS", "", "The options are not initialised");
    }
    stemma_timeline *self = stm_snapshot_alloc(snapshot, sizeof *self, error);
    if (self == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    memset(self, 0, sizeof *self);
    self->snapshot = snapshot;
    self->step = options->step;
    self->documents = stm_snapshot_array(snapshot, size, sizeof *self->documents, error);
    self->groups = stm_snapshot_array(snapshot, size, sizeof *self->groups, error);
    if (self->documents == NULL || self->groups == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    memset(self->documents, 0, size * sizeof *self->documents);
    memset(self->groups, 0, size * sizeof *self->groups);
    *out = self;
    return stemma_events(&self->cursor, snapshot, options->query, error);
}
