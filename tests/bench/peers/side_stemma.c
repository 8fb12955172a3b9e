/* SPDX-License-Identifier: MIT */
/* Stemma's answers, by its public library alone. Every question ends with stemma_snapshot_reset(),
   as in a program that asks for long: that is part of the time. */
#include "stemma/events.h"
#include "stemma/find.h"

#include "side.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY   86400
#define BATCH 4096u

typedef struct state {
    stemma_file *file;
    stemma_snapshot *snapshot;
    stemma_counts counts;
    stemma_event *events; /* BATCH of them */
    number_set partners;
    event_counts counted;
    words found; /* event numbers */
    uint64_t *type_counts;
    uint8_t *is_patient, *is_event_type; /* by term */
    stemma_text *term_names;
} state;

static void must(stemma_status status)
{
    if (status < 0) {
        fprintf(stderr, "stemma: %s\n", stemma_status_name(status));
        exit(1);
    }
}

static void *open_with(const char *path, uint32_t flags)
{
    state *s = must_grow(NULL, sizeof *s);
    stemma_open_options options = STEMMA_OPEN_OPTIONS_INIT;
    memset(s, 0, sizeof *s);
    options.flags = flags;
    must(stemma_open(&s->file, path, &options, NULL));
    must(stemma_snapshot_begin(&s->snapshot, s->file, NULL));
    stemma_counts_get(s->file, &s->counts);
    return s;
}

/* Like SQLite and DuckDB, which do not look at the file's structure before they use it. */
static void *open_trusted(const char *path, const event_shape *shape)
{
    (void)shape;
    return open_with(path, STEMMA_OPEN_TRUSTED);
}

static void *open_checked(const char *path, const event_shape *shape)
{
    (void)shape;
    return open_with(path, 0);
}

static void close_stemma(void *opened)
{
    state *s = opened;
    stemma_snapshot_end(s->snapshot);
    stemma_close(s->file);
    free(s->events);
    free(s->partners.has);
    free(s->partners.all.at);
    free(s->counted.of);
    free(s->found.at);
    free(s->type_counts);
    free(s->is_patient);
    free(s->is_event_type);
    for (uint64_t i = 0; s->term_names != NULL && i < s->counts.vocabulary; i++) {
        free((void *)(uintptr_t)s->term_names[i].data);
    }
    free(s->term_names);
    free(s);
}

/* What the terms mean, once. */
static void read_terms(state *s)
{
    size_t count = (size_t)s->counts.vocabulary + 1u;
    if (s->term_names != NULL) {
        return;
    }
    s->is_patient = must_grow(NULL, count);
    s->is_event_type = must_grow(NULL, count);
    s->term_names = must_grow(NULL, count * sizeof *s->term_names);
    s->type_counts = must_grow(NULL, count * sizeof *s->type_counts);
    for (uint32_t i = 0; i < s->counts.vocabulary; i++) {
        stemma_term term;
        char *copy;
        must(stemma_term_get(s->snapshot, i, &term, NULL));
        s->is_event_type[i] = term.kind == STEMMA_TERM_EVENT_TYPE;
        s->is_patient[i] = term.kind == STEMMA_TERM_PREDICATE &&
                           stemma_text_equal(term.name, stemma_text_of("patient"));
        copy = must_grow(NULL, term.name.size + 1u);
        memcpy(copy, term.name.data, term.name.size);
        s->term_names[i].data = copy;
        s->term_names[i].size = term.name.size;
    }
}

static int32_t day_of(int64_t seconds)
{
    return (int32_t)((seconds - (seconds < 0 ? DAY - 1 : 0)) / DAY);
}

static void put_event(state *s, const stemma_event *event, words *out)
{
    (void)s;
    uint32_t count = event->participant_count < ACTORS ? event->participant_count : ACTORS;
    uint32_t *row = room_for(out, ROW_WORDS);
    row[0] = (uint32_t)day_of(event->bounds.start_earliest);
    row[1] = event->type_term;
    row[2] = event->place;
    row[3] = count;
    for (uint32_t i = 0; i < count; i++) {
        row[ROW_HEAD + 2u * i] = event->participants[i].role.data[0] == 'p';
        row[ROW_HEAD + 2u * i + 1u] = event->participants[i].entity;
    }
    out->count += ROW_HEAD + 2u * count;
}

static void ask_event(void *opened, const question *q, words *out)
{
    state *s = opened;
    stemma_event event;
    must(stemma_event_get(s->snapshot, q->event, &event, NULL));
    put_event(s, &event, out);
    stemma_snapshot_reset(s->snapshot);
}

/* Names that differ in case or marks only are one name to the index: the label decides. */
static uint32_t entity_named(state *s, text name)
{
    stemma_text wanted = {name.data, name.size}, label;
    uint32_t found[16], count;
    must(stemma_entity_by_name(s->snapshot, wanted, found, 16, &count, NULL));
    for (uint32_t i = 0; i < count && i < 16 && count > 1; i++) {
        must(stemma_entity_label(s->snapshot, found[i], &label, NULL));
        if (stemma_text_equal(label, wanted)) {
            return found[i];
        }
    }
    return count == 0 ? NO_ENTITY : found[0];
}

static void ask_name(void *opened, const question *q, words *out)
{
    state *s = opened;
    put_word(out, entity_named(s, q->name));
    stemma_snapshot_reset(s->snapshot);
}

static void put_events(state *s, const stemma_event_query *query, words *out)
{
    stemma_event_cursor *cursor;
    uint32_t count;
    must(stemma_events(&cursor, s->snapshot, query, NULL));
    do {
        must(stemma_event_next_many(cursor, room_for(out, BATCH), BATCH, &count, NULL));
        out->count += count;
    } while (count > 0);
}

static stemma_event_query in_days(const uint32_t *entity, int32_t from, int32_t to)
{
    stemma_event_query query = STEMMA_EVENT_QUERY_INIT;
    query.entities = entity;
    query.entity_count = entity != NULL;
    query.from = (int64_t)from * DAY;
    query.to = (int64_t)to * DAY + DAY - 1;
    return query;
}

static void ask_range(void *opened, const question *q, words *out)
{
    state *s = opened;
    stemma_event_query query = in_days(&q->a, q->month_from, q->month_to);
    put_events(s, &query, out);
    stemma_snapshot_reset(s->snapshot);
}

/* Calls for every batch of the events that are found. */
static void read_found(state *s, words *out, void (*take)(state *, const stemma_event *, words *))
{
    if (s->events == NULL) {
        s->events = must_grow(NULL, BATCH * sizeof *s->events);
    }
    for (size_t at = 0; at < s->found.count; at += BATCH) {
        size_t left = s->found.count - at;
        uint32_t count = left < BATCH ? (uint32_t)left : BATCH;
        must(stemma_event_get_many(s->snapshot, s->found.at + at, count, s->events, NULL));
        for (uint32_t i = 0; i < count; i++) {
            take(s, &s->events[i], out);
        }
    }
}

static void ask_range_rows(void *opened, const question *q, words *out)
{
    state *s = opened;
    stemma_event_query query = in_days(&q->a, q->month_from, q->month_to);
    s->found.count = 0;
    put_events(s, &query, &s->found);
    read_found(s, out, put_event);
    stemma_snapshot_reset(s->snapshot);
}

static void ask_shared(void *opened, const question *q, words *out)
{
    state *s = opened;
    stemma_event_query query = STEMMA_EVENT_QUERY_INIT;
    uint32_t both[2] = {q->a, q->b};
    query.entities = both;
    query.entity_count = q->a == q->b ? 1 : 2;
    put_events(s, &query, out);
    stemma_snapshot_reset(s->snapshot);
}

static void add_partners(state *s, const stemma_event *event, words *out)
{
    (void)out;
    for (uint32_t i = 0; i < event->participant_count; i++) {
        set_add(&s->partners, event->participants[i].entity);
    }
}

/* Reading so many events of the window costs as much as asking for one partner's. */
#define EVENTS_A_PARTNER 800u

/* Whether two different actors of an event are partners. */
static uint32_t has_two(const uint8_t *partner, const uint32_t *entity, uint32_t count)
{
    uint32_t known = 0;
    for (uint32_t k = 0; k < count; k++) {
        bool again = false;
        for (uint32_t before = 0; before < k; before++) {
            again = again || entity[before] == entity[k];
        }
        known += !again && partner[entity[k]];
    }
    return known > 1;
}

/* Goes through the whole window: few nanoseconds an event, however many partners there are. */
static void scan_triangles(state *s, uint32_t first, uint64_t events, words *out)
{
    const uint64_t end = first + events;
    const uint8_t *partner = s->partners.has;
    stemma_event_columns c;
    for (uint64_t at = first; at < end; at = (uint64_t)c.first + c.count) {
        must(stemma_event_scan(s->snapshot, (uint32_t)at, STEMMA_SCAN_PARTICIPANTS, &c, NULL));
        uint32_t count = c.count < end - at ? c.count : (uint32_t)(end - at);
        uint32_t *found = room_for(out, count);
        uint32_t hits = 0;
        for (uint32_t i = 0; i < count; i++) {
            const uint32_t *entity = c.entity + c.participant_first[i];
            uint32_t some = c.participant_first[i + 1] - c.participant_first[i];
            found[hits] = (uint32_t)at + i;
            hits += some == 2 ? partner[entity[0]] & partner[entity[1]] & (entity[0] != entity[1])
                              : has_two(partner, entity, some);
        }
        out->count += hits;
    }
}

/* Asks for the events of each partner, as SQLite does, and counts for each how many were in it. */
static void count_triangles(state *s, uint32_t first, stemma_event_query *query, words *out)
{
    s->counted.first = first;
    for (size_t i = 0; i < s->partners.all.count; i++) {
        uint32_t partner = s->partners.all.at[i];
        if (!s->partners.has[partner]) {
            continue;
        }
        query->entities = &partner;
        s->found.count = 0;
        put_events(s, query, &s->found);
        for (size_t e = 0; e < s->found.count; e++) {
            count_event(&s->counted, s->found.at[e]);
        }
    }
    put_counted(&s->counted, out);
}

static void ask_triangle(void *opened, const question *q, words *out)
{
    state *s = opened;
    stemma_event_query query = in_days(NULL, q->month_from, q->month_to);
    stemma_event_cursor *cursor;
    uint32_t first = 0;
    uint64_t events = 0;
    stemma_status any;
    must(stemma_events_count(s->snapshot, &query, &events, NULL));
    must(stemma_events(&cursor, s->snapshot, &query, NULL));
    must(any = stemma_event_next(cursor, &first, NULL));
    if (any == STEMMA_OK) {
        query = in_days(&q->a, q->month_from, q->month_to);
        s->found.count = 0;
        put_events(s, &query, &s->found);
        set_clear(&s->partners);
        set_size(&s->partners, (uint32_t)s->counts.entities);
        set_add(&s->partners, q->a);
        read_found(s, out, add_partners);
        s->partners.has[q->a] = 0;
        if (s->partners.all.count * EVENTS_A_PARTNER > events) {
            scan_triangles(s, first, events, out);
        } else {
            count_triangles(s, first, &query, out);
        }
    }
    stemma_snapshot_reset(s->snapshot);
}

static void ask_type(void *opened, const question *q, words *out)
{
    state *s = opened;
    stemma_event_query query = in_days(NULL, q->week_from, q->week_to);
    query.type = s->term_names[q->type];
    put_events(s, &query, out);
    stemma_snapshot_reset(s->snapshot);
}

static void put_sum(words *out, uint64_t sum)
{
    put_word(out, (uint32_t)sum);
    put_word(out, (uint32_t)(sum >> 32));
}

#define SCANNED                                                                                    \
    (STEMMA_SCAN_START | STEMMA_SCAN_TYPE | STEMMA_SCAN_PLACE | STEMMA_SCAN_PARTICIPANTS)

static void ask_scan(void *opened, const question *q, words *out)
{
    state *s = opened;
    stemma_event_columns c;
    int64_t seconds = 0;
    uint64_t types = 0, entities = 0;
    (void)q;
    for (uint32_t at = 0; at < s->counts.events; at = c.first + c.count) {
        must(stemma_event_scan(s->snapshot, at, SCANNED, &c, NULL));
        for (uint32_t i = 0; i < c.count; i++) {
            seconds += c.start_earliest[i];
            types += c.type[i];
            entities += c.place[i] == NO_ENTITY ? 0 : c.place[i];
        }
        for (uint32_t i = c.participant_first[0]; i < c.participant_first[c.count]; i++) {
            entities += c.entity[i];
        }
    }
    put_sum(out, (uint64_t)(seconds / DAY));
    put_sum(out, types);
    put_sum(out, entities);
    stemma_snapshot_reset(s->snapshot);
}

static void ask_counts(void *opened, const question *q, words *out)
{
    state *s = opened;
    (void)q;
    must(stemma_type_counts(s->snapshot, s->type_counts, (uint32_t)s->counts.vocabulary, NULL));
    for (uint32_t i = 0; i < s->counts.vocabulary; i++) {
        if (s->is_event_type[i] && s->type_counts[i] != 0) {
            put_word(out, i);
            put_word(out, (uint32_t)s->type_counts[i]);
        }
    }
    stemma_snapshot_reset(s->snapshot);
}

static void scan_rows(void *opened, const question *q, words *out)
{
    state *s = opened;
    stemma_event_columns c;
    (void)q;
    for (uint32_t at = 0; at < s->counts.events; at = c.first + c.count) {
        must(stemma_event_scan(s->snapshot, at, SCANNED, &c, NULL));
        for (uint32_t i = 0; i < c.count; i++) {
            uint32_t begin = c.participant_first[i], count = c.participant_first[i + 1u] - begin;
            uint32_t *row = room_for(out, ROW_HEAD + 2u * (size_t)count);
            row[0] = (uint32_t)day_of(c.start_earliest[i]);
            row[1] = c.type[i];
            row[2] = c.place[i];
            row[3] = count;
            for (uint32_t p = 0; p < count; p++) {
                row[ROW_HEAD + 2u * p] = s->is_patient[c.role[begin + p]];
                row[ROW_HEAD + 2u * p + 1u] = c.entity[begin + p];
            }
            out->count += ROW_HEAD + 2u * count;
        }
    }
    stemma_snapshot_reset(s->snapshot);
}

static uint32_t entity_of(void *opened, text name)
{
    uint32_t found = entity_named(opened, name);
    stemma_snapshot_reset(((state *)opened)->snapshot);
    return found;
}

/* Labels of types are the words of the table. */
static uint32_t type_of(void *opened, text name)
{
    state *s = opened;
    stemma_text wanted = {name.data, name.size};
    read_terms(s);
    for (uint32_t i = 0; i < s->counts.vocabulary; i++) {
        stemma_term term;
        must(stemma_term_get(s->snapshot, i, &term, NULL));
        if (term.kind == STEMMA_TERM_EVENT_TYPE && stemma_text_equal(term.label, wanted)) {
            return i;
        }
    }
    return UINT32_MAX;
}

static void names(void *opened, bool types, take_name *take, void *context)
{
    state *s = opened;
    read_terms(s);
    for (uint32_t i = 0; i < (types ? s->counts.vocabulary : s->counts.entities); i++) {
        stemma_term term;
        stemma_text name;
        text t;
        if (types) {
            must(stemma_term_get(s->snapshot, i, &term, NULL));
            name = term.label;
        } else {
            must(stemma_entity_label(s->snapshot, i, &name, NULL));
        }
        t.data = name.data;
        t.size = name.size;
        take(context, i, t);
    }
    stemma_snapshot_reset(s->snapshot);
}

#define ANSWERS                                                                                    \
    close_stemma, NULL, {ask_event,    ask_name, ask_range, ask_range_rows, ask_shared,            \
                         ask_triangle, ask_type, ask_scan,  ask_counts},                           \
        scan_rows, entity_of, type_of, names

const side side_stemma = {"stemma", open_trusted, ANSWERS};
const side side_checked = {"stemma-checked", open_checked, ANSWERS};
