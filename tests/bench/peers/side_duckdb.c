/* SPDX-License-Identifier: MIT */
/* DuckDB's answers: see duckdb_schema.h. Parameters are bound with the exact type of their column:
   another integer type would cast the column and switch zone maps off. Small questions run on one
   thread (quicker), whole-table ones on as many as DuckDB takes by itself. First events of the days
   are kept by the program, which saves DuckDB a sub-query per question. */
#include "duckdb_api.h"
#include "side.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    BY_ID,
    BY_NAME,
    RANGE,
    RANGE_ROWS,
    SHARED,
    TRIANGLE,
    OF_TYPE,
    SUMS,
    COUNTS,
    ROWS,
    TYPE_OF,
    NAMES,
    TYPE_NAMES,
    DAYS,
    STATEMENTS
};

typedef struct state {
    duck_api api;
    void *database, *connection;
    void *statement[STATEMENTS];
    const event_shape *shape;
    int32_t *days;
    uint32_t *firsts;
    uint32_t day_count;
} state;

/* Pairs: both actors are in the event's own columns, so that one pass over the window answers what
   would need a join with `part`. */
static const char *const pairs_texts[STATEMENTS] = {
    [BY_ID] = "SELECT time,type,a0,a1 FROM event WHERE id=$1",
    [BY_NAME] = "SELECT id FROM entity WHERE name=$1",
    [RANGE] = "SELECT event FROM part WHERE entity=$1 AND event>=$2 AND event<$3",
    [RANGE_ROWS] = "SELECT time,type,a0,a1 FROM event WHERE id>=$2 AND id<$3 AND (a0=$1 OR a1=$1)",
    [SHARED] = "SELECT p.event FROM part p JOIN part q ON q.event=p.event WHERE p.entity=$1 AND "
               "q.entity=$2 ORDER BY 1",
    [TRIANGLE] =
        "WITH partner AS MATERIALIZED (SELECT DISTINCT CASE WHEN a0=$1 THEN a1 ELSE a0 END "
        "AS x FROM event WHERE id>=$2 AND id<$3 AND (a0=$1 OR a1=$1) AND a0<>a1) "
        "SELECT id FROM event WHERE id>=$2 AND id<$3 AND a0<>a1 AND "
        "a0 IN (SELECT x FROM partner) AND a1 IN (SELECT x FROM partner) ORDER BY 1",
    [OF_TYPE] = "SELECT id FROM event WHERE type=$1 AND id>=$2 AND id<$3",
    [SUMS] = "SELECT sum(time::BIGINT)::BIGINT,sum(type)::BIGINT,"
             "(sum(a0)+sum(a1))::BIGINT FROM event",
    [COUNTS] = "SELECT type,count(*) FROM event GROUP BY type",
    [ROWS] = "SELECT time,type,a0,a1 FROM event",
    [TYPE_OF] = "SELECT id FROM type WHERE name=$1",
    [NAMES] = "SELECT id,name FROM entity",
    [TYPE_NAMES] = "SELECT id,name FROM type",
    [DAYS] = "SELECT time,min(id) FROM event GROUP BY time ORDER BY time",
};

#define MATCH "time,type,a0,a1,a2,a3,place"
static const char *const matches_texts[STATEMENTS] = {
    [BY_ID] = "SELECT " MATCH " FROM event WHERE id=$1",
    [RANGE_ROWS] = "SELECT " MATCH " FROM event WHERE id>=$2 AND id<$3 AND "
                   "(a0=$1 OR a1=$1 OR a2=$1 OR a3=$1)",
    [TRIANGLE] =
        "WITH mine AS (SELECT event FROM part WHERE entity=$1 AND event>=$2 AND event<$3),"
        "partner AS MATERIALIZED (SELECT DISTINCT entity AS x FROM part JOIN mine USING "
        "(event) WHERE entity<>$1) SELECT event FROM part WHERE event>=$2 AND event<$3 AND "
        "entity IN (SELECT x FROM partner) GROUP BY event HAVING count(*)>=2 ORDER BY 1",
    [SUMS] = "SELECT sum(time::BIGINT)::BIGINT,sum(type)::BIGINT,(sum(a0)+sum(a1)+"
             "coalesce(sum(a2),0)+coalesce(sum(a3),0)+coalesce(sum(place),0))::BIGINT FROM event",
    [ROWS] = "SELECT " MATCH " FROM event",
};

static void fail(const char *what)
{
    fprintf(stderr, "duckdb: %s\n", what);
    exit(1);
}

static void *statement(state *s, int which)
{
    const char *sql = pairs_texts[which];
    if (s->statement[which] == NULL) {
        if (s->shape->place >= 0 && matches_texts[which] != NULL) {
            sql = matches_texts[which];
        }
        if (s->api.prepare(s->connection, sql, &s->statement[which]) != 0) {
            fail(s->api.prepare_error(s->statement[which]));
        }
    }
    return s->statement[which];
}

typedef void take_chunk(const state *s, void *chunk, uint64_t rows, words *out);

static void run(state *s, int which, take_chunk *take, words *out)
{
    duck_result result;
    void *chunk;
    if (s->api.execute_prepared(statement(s, which), &result) != 0) {
        fail(s->api.result_error(&result));
    }
    while ((chunk = s->api.fetch_chunk(result)) != NULL) {
        take(s, chunk, s->api.data_chunk_get_size(chunk), out);
        s->api.destroy_data_chunk(&chunk);
    }
    s->api.destroy_result(&result);
}

static const uint32_t *column(const state *s, void *chunk, uint64_t which)
{
    return s->api.vector_get_data(s->api.data_chunk_get_vector(chunk, which));
}

static void take_ids(const state *s, void *chunk, uint64_t rows, words *out)
{
    memcpy(room_for(out, rows), column(s, chunk, 0), rows * sizeof(uint32_t));
    out->count += rows;
}

static bool is_there(const uint64_t *validity, uint64_t row)
{
    return validity == NULL || (validity[row / 64u] >> (row % 64u) & 1u) != 0;
}

static void take_rows(const state *s, void *chunk, uint64_t rows, words *out)
{
    const uint32_t *data[3 + ACTORS];
    const uint64_t *valid[3 + ACTORS];
    int actors = s->shape->actor_count, columns = 2 + actors + (s->shape->place >= 0);
    for (int i = 0; i < columns; i++) {
        void *vector = s->api.data_chunk_get_vector(chunk, (uint64_t)i);
        data[i] = s->api.vector_get_data(vector);
        valid[i] = s->api.vector_get_validity(vector);
    }
    for (uint64_t r = 0; r < rows; r++) {
        uint32_t *row = room_for(out, ROW_WORDS), count = 0;
        row[0] = data[0][r];
        row[1] = data[1][r];
        row[2] = columns > 2 + actors && is_there(valid[2 + actors], r) ? data[2 + actors][r]
                                                                        : NO_ENTITY;
        for (int i = 0; i < actors; i++) {
            if (is_there(valid[2 + i], r)) {
                row[ROW_HEAD + 2u * count] = s->shape->roles[i];
                row[ROW_HEAD + 2u * count++ + 1u] = data[2 + i][r];
            }
        }
        row[3] = count;
        out->count += ROW_HEAD + 2u * count;
    }
}

static void take_longs(const state *s, void *chunk, uint64_t rows, words *out)
{
    for (uint64_t i = 0; i < 3 && rows == 1; i++) {
        const uint64_t *sum = s->api.vector_get_data(s->api.data_chunk_get_vector(chunk, i));
        put_word(out, (uint32_t)sum[0]);
        put_word(out, (uint32_t)(sum[0] >> 32));
    }
}

static void take_counts(const state *s, void *chunk, uint64_t rows, words *out)
{
    const uint32_t *type = column(s, chunk, 0);
    const uint64_t *count = s->api.vector_get_data(s->api.data_chunk_get_vector(chunk, 1));
    for (uint64_t i = 0; i < rows; i++) {
        put_word(out, type[i]);
        put_word(out, (uint32_t)count[i]);
    }
}

/* (day, first event) */
static void take_days(const state *s, void *chunk, uint64_t rows, words *out)
{
    const uint32_t *day = column(s, chunk, 0), *first = column(s, chunk, 1);
    for (uint64_t i = 0; i < rows; i++) {
        put_word(out, day[i]);
        put_word(out, first[i]);
    }
}

/* A DuckDB string (16 bytes) of up to 12 bytes is in the row, a longer one behind a pointer. */
static text text_of_string(const char *at)
{
    uint32_t size;
    text t = {at + 4, 0};
    memcpy(&size, at, sizeof size);
    if (size > 12) {
        memcpy(&t.data, at + 8, sizeof t.data);
    }
    t.size = size;
    return t;
}

static void *open_duckdb(const char *path, const event_shape *shape)
{
    state *s = must_grow(NULL, sizeof *s);
    const char *library = getenv("DUCKDB_LIBRARY");
    memset(s, 0, sizeof *s);
    s->shape = shape;
    if (library == NULL || !duck_load(&s->api, library)) {
        fail("$DUCKDB_LIBRARY does not name libduckdb.so");
    }
    if (s->api.open(path, &s->database) != 0 || s->api.connect(s->database, &s->connection) != 0) {
        fail("cannot be opened");
    }
    return s;
}

static void close_duckdb(void *opened)
{
    state *s = opened;
    for (int i = 0; i < STATEMENTS; i++) {
        if (s->statement[i] != NULL) {
            s->api.destroy_prepare(&s->statement[i]);
        }
    }
    s->api.disconnect(&s->connection);
    s->api.close(&s->database);
    free(s->days);
    free(s->firsts);
    free(s);
}

static void before(void *opened, kind which)
{
    state *s = opened;
    bool whole = which == KIND_SCAN || which == KIND_COUNTS;
    duck_run(&s->api, s->connection, whole ? "RESET threads" : "SET threads=1");
}

static void read_days(state *s)
{
    words all = {0};
    run(s, DAYS, take_days, &all);
    s->day_count = (uint32_t)(all.count / 2u);
    s->days = must_grow(NULL, (s->day_count + (size_t)1) * sizeof *s->days);
    s->firsts = must_grow(NULL, (s->day_count + (size_t)1) * sizeof *s->firsts);
    for (uint32_t i = 0; i < s->day_count; i++) {
        s->days[i] = (int32_t)all.at[2u * i];
        s->firsts[i] = all.at[2u * i + 1u];
    }
    free(all.at);
}

static uint32_t first_event(state *s, int32_t day)
{
    uint32_t low = 0, high;
    if (s->days == NULL) {
        read_days(s);
    }
    for (high = s->day_count; low < high;) {
        uint32_t middle = low + (high - low) / 2u;
        if (s->days[middle] < day) {
            low = middle + 1u;
        } else {
            high = middle;
        }
    }
    return low == s->day_count ? UINT32_MAX : s->firsts[low];
}

static void bind(state *s, int which, uint64_t at, uint32_t value)
{
    if (s->api.bind_uint32(statement(s, which), at, value) != 0) {
        fail("bind");
    }
}

static void in_days(state *s, int which, uint32_t of, int32_t from, int32_t to)
{
    bind(s, which, 1, of);
    bind(s, which, 2, first_event(s, from));
    bind(s, which, 3, first_event(s, to + 1));
}

static void ask_event(void *opened, const question *q, words *out)
{
    bind(opened, BY_ID, 1, q->event);
    run(opened, BY_ID, take_rows, out);
}

static uint32_t number_of(state *s, int which, text name)
{
    uint32_t held[4];
    words found = {held, 0, 4};
    if (s->api.bind_varchar_length(statement(s, which), 1, name.data, name.size) != 0) {
        fail("bind");
    }
    run(s, which, take_ids, &found);
    return found.count == 0 ? NO_ENTITY : found.at[0];
}

static void ask_name(void *opened, const question *q, words *out)
{
    put_word(out, number_of(opened, BY_NAME, q->name));
}

static void ask_range(void *opened, const question *q, words *out)
{
    in_days(opened, RANGE, q->a, q->month_from, q->month_to);
    run(opened, RANGE, take_ids, out);
}

static void ask_range_rows(void *opened, const question *q, words *out)
{
    in_days(opened, RANGE_ROWS, q->a, q->month_from, q->month_to);
    run(opened, RANGE_ROWS, take_rows, out);
}

static void ask_shared(void *opened, const question *q, words *out)
{
    bind(opened, SHARED, 1, q->a);
    bind(opened, SHARED, 2, q->b);
    run(opened, SHARED, take_ids, out);
}

static void ask_triangle(void *opened, const question *q, words *out)
{
    in_days(opened, TRIANGLE, q->a, q->month_from, q->month_to);
    run(opened, TRIANGLE, take_ids, out);
}

static void ask_type(void *opened, const question *q, words *out)
{
    in_days(opened, OF_TYPE, q->type, q->week_from, q->week_to);
    run(opened, OF_TYPE, take_ids, out);
}

static void ask_scan(void *opened, const question *q, words *out)
{
    (void)q;
    run(opened, SUMS, take_longs, out);
}

static void ask_counts(void *opened, const question *q, words *out)
{
    (void)q;
    run(opened, COUNTS, take_counts, out);
}

static void scan_rows(void *opened, const question *q, words *out)
{
    (void)q;
    run(opened, ROWS, take_rows, out);
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
    duck_result result;
    void *chunk;
    if (s->api.execute_prepared(statement(s, types ? TYPE_NAMES : NAMES), &result) != 0) {
        fail(s->api.result_error(&result));
    }
    while ((chunk = s->api.fetch_chunk(result)) != NULL) {
        const uint32_t *number = column(s, chunk, 0);
        const char *at = s->api.vector_get_data(s->api.data_chunk_get_vector(chunk, 1));
        uint64_t rows = s->api.data_chunk_get_size(chunk);
        for (uint64_t i = 0; i < rows; i++) {
            take(context, number[i], text_of_string(at + 16u * i));
        }
        s->api.destroy_data_chunk(&chunk);
    }
    s->api.destroy_result(&result);
}

const side side_duckdb = {"duckdb",
                          open_duckdb,
                          close_duckdb,
                          before,
                          {ask_event, ask_name, ask_range, ask_range_rows, ask_shared, ask_triangle,
                           ask_type, ask_scan, ask_counts},
                          scan_rows,
                          entity_of,
                          type_of,
                          names};
