/* SPDX-License-Identifier: MIT */
/* SQLite's answers: see sqlite_schema.h. Every statement is prepared once and reused; a range of
   dates becomes a range of ids inside the statement; what C does better than SQL (counting in an
   array) is done in C. */
#include "side.h"
#include "sqlite_schema.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_EVENT(day)                                                                           \
    "ifnull((SELECT first FROM day WHERE time>=" day " ORDER BY time LIMIT 1),4294967296)"
#define IN_DAYS(column, from, to) column ">=" FIRST_EVENT(from) " AND " column "<" FIRST_EVENT(to)

enum {
    BY_ID,
    BY_NAME,
    RANGE,
    RANGE_ROWS,
    SHARED,
    OF_TYPE,
    SUMS,
    COUNTS,
    ROWS,
    EVENTS_OF,
    TYPE_OF,
    NAMES,
    TYPE_NAMES,
    WINDOW,
    STATEMENTS
};

typedef struct state {
    sqlite3 *db;
    sqlite3_stmt *statement[STATEMENTS];
    const event_shape *shape;
    number_set partners;
    event_counts counts;
} state;

static const char *const pairs_columns = "e.time,e.type,NULL,e.a0,e.a1";
static const char *const matches_columns = "e.time,e.type,e.place,e.a0,e.a1,e.a2,e.a3";

/* '@' stands for the columns of an event. */
static const char *const texts[STATEMENTS] = {
    [BY_ID] = "SELECT @ FROM event e WHERE e.id=?1",
    [BY_NAME] = "SELECT id FROM entity WHERE name=?1",
    [RANGE] = "SELECT event FROM part WHERE entity=?1 AND " IN_DAYS("event", "?2", "?3"),
    [RANGE_ROWS] =
        "SELECT @ FROM part p CROSS JOIN event e ON e.id=p.event WHERE p.entity=?1 AND " IN_DAYS(
            "p.event", "?2", "?3"),
    [SHARED] = "SELECT p.event FROM part p CROSS JOIN part q ON q.entity=?2 AND q.event=p.event "
               "WHERE p.entity=?1",
    [OF_TYPE] =
        "SELECT id FROM event INDEXED BY event_type WHERE type=?1 AND " IN_DAYS("id", "?2", "?3"),
    [SUMS] = "SELECT @ FROM event e",
    [COUNTS] = "SELECT type,count(*) FROM event GROUP BY type",
    [ROWS] = "SELECT @ FROM event e",
    [EVENTS_OF] = "SELECT events FROM entity WHERE id=?1",
    [TYPE_OF] = "SELECT id FROM type WHERE name=?1",
    [NAMES] = "SELECT id,name FROM entity",
    [TYPE_NAMES] = "SELECT id,name FROM type",
    [WINDOW] = "SELECT " FIRST_EVENT("?1"),
};

static void fail(const state *s)
{
    fprintf(stderr, "sqlite: %s\n", sqlite3_errmsg(s->db));
    exit(1);
}

/* Statements are prepared when first used, as a program that asks one thing would. */
static sqlite3_stmt *statement(state *s, int which)
{
    char sql[1024];
    if (s->statement[which] == NULL) {
        const char *columns = s->shape->place < 0 ? pairs_columns : matches_columns;
        const char *mark = strchr(texts[which], '@');
        snprintf(sql, sizeof sql, "%.*s%s%s", mark == NULL ? 0 : (int)(mark - texts[which]),
                 texts[which], mark == NULL ? "" : columns, mark == NULL ? texts[which] : mark + 1);
        if (sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &s->statement[which],
                               NULL) != SQLITE_OK) {
            fail(s);
        }
    }
    return s->statement[which];
}

static bool next(const state *s, sqlite3_stmt *at)
{
    int status = sqlite3_step(at);
    if (status == SQLITE_ROW) {
        return true;
    }
    if (status != SQLITE_DONE) {
        fail(s);
    }
    sqlite3_reset(at);
    return false;
}

static void *open_sqlite(const char *path, const event_shape *shape)
{
    state *s = must_grow(NULL, sizeof *s);
    memset(s, 0, sizeof *s);
    s->shape = shape;
    if (sqlite3_open_v2(path, &s->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) !=
            SQLITE_OK ||
        sqlite3_exec(s->db, SQLITE_ASKING, NULL, NULL, NULL) != SQLITE_OK) {
        fail(s);
    }
    return s;
}

static void close_sqlite(void *opened)
{
    state *s = opened;
    for (int i = 0; i < STATEMENTS; i++) {
        sqlite3_finalize(s->statement[i]);
    }
    sqlite3_close(s->db);
    free(s->partners.has);
    free(s->partners.all.at);
    free(s->counts.of);
    free(s);
}

static void put_sqlite_row(const state *s, sqlite3_stmt *at, words *out)
{
    uint32_t *row = room_for(out, ROW_WORDS), count = 0;
    row[0] = (uint32_t)sqlite3_column_int(at, 0);
    row[1] = (uint32_t)sqlite3_column_int64(at, 1);
    row[2] = s->shape->place < 0 || sqlite3_column_type(at, 2) == SQLITE_NULL
                 ? NO_ENTITY
                 : (uint32_t)sqlite3_column_int64(at, 2);
    for (int i = 0; i < s->shape->actor_count; i++) {
        sqlite3_int64 entity = sqlite3_column_int64(at, 3 + i); /* NULL is 0, which is nobody's */
        if (entity != 0) {
            row[ROW_HEAD + 2u * count] = s->shape->roles[i];
            row[ROW_HEAD + 2u * count++ + 1u] = (uint32_t)entity;
        }
    }
    row[3] = count;
    out->count += ROW_HEAD + 2u * count;
}

static void put_ids(const state *s, sqlite3_stmt *at, words *out)
{
    while (next(s, at)) {
        put_word(out, (uint32_t)sqlite3_column_int64(at, 0));
    }
}

static void put_rows(const state *s, sqlite3_stmt *at, words *out)
{
    while (next(s, at)) {
        put_sqlite_row(s, at, out);
    }
}

static sqlite3_stmt *in_days(state *s, int which, uint32_t of, int32_t from, int32_t to)
{
    sqlite3_stmt *at = statement(s, which);
    sqlite3_bind_int64(at, 1, of);
    sqlite3_bind_int(at, 2, from);
    sqlite3_bind_int(at, 3, to + 1);
    return at;
}

static void ask_event(void *opened, const question *q, words *out)
{
    sqlite3_stmt *at = statement(opened, BY_ID);
    sqlite3_bind_int64(at, 1, q->event);
    put_rows(opened, at, out);
}

static uint32_t number_of(state *s, int which, text name)
{
    sqlite3_stmt *at = statement(s, which);
    uint32_t found = NO_ENTITY;
    sqlite3_bind_text(at, 1, name.data, (int)name.size, SQLITE_STATIC);
    while (next(s, at)) {
        found = (uint32_t)sqlite3_column_int64(at, 0);
    }
    return found;
}

static void ask_name(void *opened, const question *q, words *out)
{
    put_word(out, number_of(opened, BY_NAME, q->name));
}

static void ask_range(void *opened, const question *q, words *out)
{
    put_ids(opened, in_days(opened, RANGE, q->a, q->month_from, q->month_to), out);
}

static void ask_range_rows(void *opened, const question *q, words *out)
{
    put_rows(opened, in_days(opened, RANGE_ROWS, q->a, q->month_from, q->month_to), out);
}

static sqlite3_int64 events_of(state *s, uint32_t entity)
{
    sqlite3_stmt *at = statement(s, EVENTS_OF);
    sqlite3_int64 count = 0;
    sqlite3_bind_int64(at, 1, entity);
    while (next(s, at)) {
        count = sqlite3_column_int64(at, 0);
    }
    return count;
}

/* The shorter list is read, the longer one looked into. */
static void ask_shared(void *opened, const question *q, words *out)
{
    state *s = opened;
    bool swap = events_of(s, q->a) > events_of(s, q->b);
    sqlite3_stmt *at = statement(s, SHARED);
    sqlite3_bind_int64(at, 1, swap ? q->b : q->a);
    sqlite3_bind_int64(at, 2, swap ? q->a : q->b);
    put_ids(s, at, out);
}

static void keep_partners(state *s, sqlite3_stmt *at, uint32_t of)
{
    set_clear(&s->partners);
    while (next(s, at)) {
        for (int i = 0; i < s->shape->actor_count; i++) {
            uint32_t entity = (uint32_t)sqlite3_column_int64(at, 3 + i);
            if (entity != 0 && entity != of) {
                set_size(&s->partners, entity + 1u);
                set_add(&s->partners, entity);
            }
        }
    }
}

/* Counts, for every event of the window, the partners in it: cheaper than a third join. */
static void ask_triangle(void *opened, const question *q, words *out)
{
    state *s = opened;
    sqlite3_stmt *window = statement(s, WINDOW);
    keep_partners(s, in_days(s, RANGE_ROWS, q->a, q->month_from, q->month_to), q->a);
    sqlite3_bind_int(window, 1, q->month_from);
    next(s, window);
    s->counts.first = (uint32_t)sqlite3_column_int64(window, 0);
    sqlite3_reset(window);
    for (size_t i = 0; i < s->partners.all.count; i++) {
        sqlite3_stmt *at = in_days(s, RANGE, s->partners.all.at[i], q->month_from, q->month_to);
        while (next(s, at)) {
            count_event(&s->counts, (uint32_t)sqlite3_column_int64(at, 0));
        }
    }
    put_counted(&s->counts, out);
}

static void ask_type(void *opened, const question *q, words *out)
{
    put_ids(opened, in_days(opened, OF_TYPE, q->type, q->week_from, q->week_to), out);
}

static void put_sum(words *out, uint64_t sum)
{
    put_word(out, (uint32_t)sum);
    put_word(out, (uint32_t)(sum >> 32));
}

/* Reading the columns in C is quicker than sum() in SQL. */
static void ask_scan(void *opened, const question *q, words *out)
{
    state *s = opened;
    sqlite3_stmt *at = statement(s, SUMS);
    uint64_t days = 0, types = 0, entities = 0;
    (void)q;
    while (next(s, at)) {
        days += (uint64_t)sqlite3_column_int64(at, 0);
        types += (uint64_t)sqlite3_column_int64(at, 1);
        entities += s->shape->place < 0 ? 0 : (uint64_t)sqlite3_column_int64(at, 2);
        for (int i = 0; i < s->shape->actor_count; i++) {
            entities += (uint64_t)sqlite3_column_int64(at, 3 + i);
        }
    }
    put_sum(out, days);
    put_sum(out, types);
    put_sum(out, entities);
}

static void ask_counts(void *opened, const question *q, words *out)
{
    sqlite3_stmt *at = statement(opened, COUNTS);
    (void)q;
    while (next(opened, at)) {
        put_word(out, (uint32_t)sqlite3_column_int64(at, 0));
        put_word(out, (uint32_t)sqlite3_column_int64(at, 1));
    }
}

static void scan_rows(void *opened, const question *q, words *out)
{
    (void)q;
    put_rows(opened, statement(opened, ROWS), out);
}

static uint32_t entity_of(void *opened, text name)
{
    return number_of(opened, BY_NAME, name);
}

static uint32_t type_of(void *opened, text name)
{
    return number_of(opened, TYPE_OF, name);
}

static void names(void *opened, bool types, take_name *take, void *context)
{
    state *s = opened;
    sqlite3_stmt *at = statement(s, types ? TYPE_NAMES : NAMES);
    while (next(s, at)) {
        text name = {(const char *)sqlite3_column_text(at, 1), (size_t)sqlite3_column_bytes(at, 1)};
        take(context, (uint32_t)sqlite3_column_int64(at, 0), name);
    }
}

const side side_sqlite = {"sqlite",
                          open_sqlite,
                          close_sqlite,
                          NULL,
                          {ask_event, ask_name, ask_range, ask_range_rows, ask_shared, ask_triangle,
                           ask_type, ask_scan, ask_counts},
                          scan_rows,
                          entity_of,
                          type_of,
                          names};
