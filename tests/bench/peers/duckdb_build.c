/* SPDX-License-Identifier: MIT */
/* duckdb_build LIBRARY SHAPE EVENTS.tsv OUT.duckdb: packs a table of events into DuckDB by its
   appender, whole vectors at a time, which is quicker than read_csv and joins; then a checkpoint
   and an fsync. Same reader and same dictionary in memory as SQLite's side. */
#include "duckdb_api.h"
#include "duckdb_schema.h"
#include "participations.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define COLUMNS 10

/* One table being appended to, a vector of rows at a time. */
typedef struct table {
    const duck_api *api;
    void *appender, *chunk;
    void *vectors[COLUMNS];
    void *data[COLUMNS];
    uint64_t rows, room;
} table;

typedef struct build {
    duck_api api;
    void *connection;
    const event_shape *shape;
    participations parts;
    table event, part;
} build;

static void fail(const char *what)
{
    fprintf(stderr, "duckdb_build: %s\n", what);
    exit(1);
}

static void refresh(table *t, int columns)
{
    for (int i = 0; i < columns; i++) {
        t->vectors[i] = t->api->data_chunk_get_vector(t->chunk, (uint64_t)i);
        t->data[i] = t->api->vector_get_data(t->vectors[i]);
    }
}

static void begin(table *t, const build *b, const char *name, const int *types, int columns)
{
    void *made[COLUMNS];
    t->api = &b->api;
    t->room = b->api.vector_size();
    if (b->api.appender_create(b->connection, NULL, name, &t->appender) != 0) {
        fail("appender_create");
    }
    for (int i = 0; i < columns; i++) {
        made[i] = b->api.create_logical_type(types[i]);
    }
    t->chunk = b->api.create_data_chunk(made, (uint64_t)columns);
    for (int i = 0; i < columns; i++) {
        b->api.destroy_logical_type(&made[i]);
    }
    refresh(t, columns);
}

static void flush(table *t, int columns)
{
    t->api->data_chunk_set_size(t->chunk, t->rows);
    if (t->rows > 0 && t->api->append_data_chunk(t->appender, t->chunk) != 0) {
        fail("append_data_chunk");
    }
    t->api->data_chunk_reset(t->chunk);
    refresh(t, columns);
    t->rows = 0;
}

static void end(table *t, int columns)
{
    flush(t, columns);
    if (t->api->appender_destroy(&t->appender) != 0) {
        fail("appender_destroy");
    }
    t->api->destroy_data_chunk(&t->chunk);
}

static void put(table *t, int column, uint32_t value)
{
    ((uint32_t *)t->data[column])[t->rows] = value;
}

static void put_entity(table *t, int column, uint32_t entity)
{
    if (entity != NO_ENTITY) {
        put(t, column, entity);
        return;
    }
    t->api->vector_ensure_validity_writable(t->vectors[column]);
    t->api->vector_get_validity(t->vectors[column])[t->rows / 64u] &=
        ~(UINT64_C(1) << (t->rows % 64u));
}

static void take_row(void *context, const event_row *row)
{
    build *b = context;
    table *t = &b->event;
    int at = 3;
    put(t, 0, row->number);
    put(t, 1, (uint32_t)row->day);
    put(t, 2, row->type);
    for (int i = 0; i < b->shape->actor_count; i++) {
        put_entity(t, at++, row->actor[i]);
    }
    if (b->shape->place >= 0) {
        put_entity(t, at++, row->place);
        b->api.vector_assign_string_element_len(t->vectors[at++], t->rows, row->content.data,
                                                row->content.size);
        b->api.vector_assign_string_element_len(t->vectors[at++], t->rows, row->key.data,
                                                row->key.size);
    }
    if (++t->rows == t->room) {
        flush(t, at);
    }
    participations_add(&b->parts, b->shape, row);
}

static void take_participation(void *context, const participation *one)
{
    build *b = context;
    put(&b->part, 0, one->entity);
    put(&b->part, 1, one->event);
    ((uint8_t *)b->part.data[2])[b->part.rows] = one->role;
    if (++b->part.rows == b->part.room) {
        flush(&b->part, 3);
    }
}

static const text_table *sorting;

static int by_name(const void *left, const void *right)
{
    text a = text_table_get(sorting, *(const uint32_t *)left);
    text b = text_table_get(sorting, *(const uint32_t *)right);
    int order = memcmp(a.data, b.data, a.size < b.size ? a.size : b.size);
    return order != 0 ? order : (a.size > b.size) - (a.size < b.size);
}

static void put_names(const build *b, const char *name, const text_table *names)
{
    static const int types[] = {DUCK_VARCHAR, DUCK_UINTEGER};
    uint32_t *order = must_grow(NULL, (names->count + (size_t)1) * sizeof *order);
    table t = {0};
    for (uint32_t i = 0; i < names->count; i++) {
        order[i] = i;
    }
    sorting = names;
    qsort(order, names->count, sizeof *order, by_name);
    begin(&t, b, name, types, 2);
    for (uint32_t i = 0; i < names->count; i++) {
        text one = text_table_get(names, order[i]);
        b->api.vector_assign_string_element_len(t.vectors[0], t.rows, one.data, one.size);
        put(&t, 1, order[i]);
        if (++t.rows == t.room) {
            flush(&t, 2);
        }
    }
    end(&t, 2);
    free(order);
}

int main(int argc, char **argv)
{
    static const int event_types[] = {DUCK_UINTEGER, DUCK_INTEGER,  DUCK_UINTEGER, DUCK_UINTEGER,
                                      DUCK_UINTEGER, DUCK_UINTEGER, DUCK_UINTEGER, DUCK_UINTEGER,
                                      DUCK_VARCHAR,  DUCK_VARCHAR};
    static const int part_types[] = {DUCK_UINTEGER, DUCK_UINTEGER, DUCK_UTINYINT};
    static build b;
    event_names names = {0};
    void *database;
    uint32_t rows;
    int columns, fd;
    if (argc != 5 || (b.shape = event_shape_named(argv[2])) == NULL) {
        fprintf(stderr, "usage: duckdb_build LIBRARY pairs|matches EVENTS.tsv OUT.duckdb\n");
        return 2;
    }
    unlink(argv[4]);
    columns = b.shape->place < 0 ? 5 : COLUMNS;
    if (!duck_load(&b.api, argv[1]) || b.api.open(argv[4], &database) != 0 ||
        b.api.connect(database, &b.connection) != 0) {
        fail("cannot be opened");
    }
    duck_run(&b.api, b.connection,
             b.shape->place < 0 ? DUCKDB_TABLES_PAIRS : DUCKDB_TABLES_MATCHES);
    duck_run(&b.api, b.connection, DUCKDB_TABLES);
    begin(&b.event, &b, "event", event_types, columns);
    rows = event_rows_read(argv[3], b.shape, &names, take_row, &b);
    end(&b.event, columns);
    begin(&b.part, &b, "part", part_types, 3);
    participations_sorted(&b.parts, names.entities.count, take_participation, &b);
    end(&b.part, 3);
    put_names(&b, "entity", &names.entities);
    put_names(&b, "type", &names.types);
    duck_run(&b.api, b.connection, "CHECKPOINT");
    b.api.disconnect(&b.connection);
    b.api.close(&database);
    fd = open(argv[4], O_RDONLY);
    if (fd < 0 || fsync(fd) != 0) {
        fail("cannot be synced");
    }
    close(fd);
    printf("%u rows, %u names, %u types\n", rows, names.entities.count, names.types.count);
    participations_free(&b.parts);
    text_table_free(&names.entities);
    text_table_free(&names.types);
    return 0;
}
