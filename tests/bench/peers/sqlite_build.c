/* SPDX-License-Identifier: MIT */
/* sqlite_build SHAPE EVENTS.tsv OUT.db: packs a table of events into SQLite as quickly as SQLite
   allows: no journal and no syncing while it runs, one transaction, prepared statements, names
   looked up in memory, every table fed in the order of its key, indexes made at the end, then one
   fsync. */
#include "participations.h"
#include "sqlite_schema.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct build {
    sqlite3 *db;
    sqlite3_stmt *event, *part, *day;
    const event_shape *shape;
    participations parts;
    uint32_t *events_of; /* by entity */
    int32_t last_day;
} build;

static void done(build *b, int status)
{
    if (status != SQLITE_OK && status != SQLITE_DONE) {
        fprintf(stderr, "sqlite_build: %s\n", sqlite3_errmsg(b->db));
        exit(1);
    }
}

static void run(build *b, const char *sql)
{
    done(b, sqlite3_exec(b->db, sql, NULL, NULL, NULL));
}

static sqlite3_stmt *prepared(build *b, const char *sql)
{
    sqlite3_stmt *statement;
    done(b, sqlite3_prepare_v3(b->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL));
    return statement;
}

static void step(build *b, sqlite3_stmt *statement)
{
    int status = sqlite3_step(statement);
    if (status != SQLITE_DONE) {
        done(b, status);
    }
    sqlite3_reset(statement);
}

static void bind_entity(sqlite3_stmt *statement, int at, uint32_t entity)
{
    if (entity == NO_ENTITY) {
        sqlite3_bind_null(statement, at);
    } else {
        sqlite3_bind_int64(statement, at, (sqlite3_int64)entity + 1);
    }
}

static void take_row(void *context, const event_row *row)
{
    build *b = context;
    int at = 4;
    sqlite3_bind_int64(b->event, 1, (sqlite3_int64)row->number);
    sqlite3_bind_int(b->event, 2, row->day);
    sqlite3_bind_int64(b->event, 3, (sqlite3_int64)row->type + 1);
    for (int i = 0; i < b->shape->actor_count; i++) {
        bind_entity(b->event, at++, row->actor[i]);
    }
    if (b->shape->place >= 0) {
        bind_entity(b->event, at++, row->place);
        sqlite3_bind_text(b->event, at++, row->content.data, (int)row->content.size, SQLITE_STATIC);
        sqlite3_bind_text(b->event, at, row->key.data, (int)row->key.size, SQLITE_STATIC);
    }
    step(b, b->event);
    if (row->day != b->last_day) {
        b->last_day = row->day;
        sqlite3_bind_int(b->day, 1, row->day);
        sqlite3_bind_int64(b->day, 2, (sqlite3_int64)row->number);
        step(b, b->day);
    }
    participations_add(&b->parts, b->shape, row);
}

static void take_participation(void *context, const participation *one)
{
    build *b = context;
    sqlite3_bind_int64(b->part, 1, (sqlite3_int64)one->entity + 1);
    sqlite3_bind_int64(b->part, 2, (sqlite3_int64)one->event);
    sqlite3_bind_int(b->part, 3, one->role);
    step(b, b->part);
    b->events_of[one->entity]++;
}

static void put_names(build *b, const text_table *names, const char *sql, const uint32_t *events_of)
{
    sqlite3_stmt *statement = prepared(b, sql);
    for (uint32_t i = 0; i < names->count; i++) {
        text name = text_table_get(names, i);
        sqlite3_bind_int64(statement, 1, (sqlite3_int64)i + 1);
        sqlite3_bind_text(statement, 2, name.data, (int)name.size, SQLITE_STATIC);
        if (events_of != NULL) {
            sqlite3_bind_int64(statement, 3, events_of[i]);
        }
        step(b, statement);
    }
    sqlite3_finalize(statement);
}

static void prepare(build *b)
{
    run(b, "PRAGMA page_size=4096;PRAGMA journal_mode=OFF;PRAGMA synchronous=OFF;"
           "PRAGMA locking_mode=EXCLUSIVE;PRAGMA cache_size=-65536;PRAGMA temp_store=MEMORY;"
           "PRAGMA threads=2;BEGIN;");
    run(b, b->shape->place < 0 ? SQLITE_TABLES_PAIRS : SQLITE_TABLES_MATCHES);
    run(b, SQLITE_TABLES);
    b->event = prepared(b, b->shape->place < 0 ? "INSERT INTO event VALUES(?,?,?,?,?)"
                                               : "INSERT INTO event VALUES(?,?,?,?,?,?,?,?,?,?)");
    b->part = prepared(b, "INSERT INTO part VALUES(?,?,?)");
    b->day = prepared(b, "INSERT INTO day VALUES(?,?)");
}

static void sync_file(const char *path)
{
    int fd = open(path, O_RDONLY);
    if (fd < 0 || fsync(fd) != 0) {
        fprintf(stderr, "%s: cannot be synced\n", path);
        exit(1);
    }
    close(fd);
}

int main(int argc, char **argv)
{
    build b = {0};
    event_names names = {0};
    uint32_t rows;
    if (argc != 4 || (b.shape = event_shape_named(argv[1])) == NULL) {
        fprintf(stderr, "usage: sqlite_build pairs|matches EVENTS.tsv OUT.db\n");
        return 2;
    }
    unlink(argv[3]);
    b.last_day = INT32_MIN;
    done(&b, sqlite3_open(argv[3], &b.db));
    prepare(&b);
    rows = event_rows_read(argv[2], b.shape, &names, take_row, &b);
    b.events_of = must_grow(NULL, (names.entities.count + (size_t)1) * sizeof *b.events_of);
    memset(b.events_of, 0, (names.entities.count + (size_t)1) * sizeof *b.events_of);
    participations_sorted(&b.parts, names.entities.count, take_participation, &b);
    participations_free(&b.parts);
    put_names(&b, &names.entities, "INSERT INTO entity VALUES(?,?,?)", b.events_of);
    put_names(&b, &names.types, "INSERT INTO type VALUES(?,?)", NULL);
    sqlite3_finalize(b.event);
    sqlite3_finalize(b.part);
    sqlite3_finalize(b.day);
    run(&b, SQLITE_INDEXES);
    if (b.shape->place >= 0) {
        run(&b, SQLITE_INDEXES_MATCHES);
    }
    run(&b, "COMMIT;PRAGMA analysis_limit=1000;ANALYZE;");
    done(&b, sqlite3_close(b.db));
    sync_file(argv[3]);
    printf("%u rows, %u names, %u types\n", rows, names.entities.count, names.types.count);
    free(b.events_of);
    text_table_free(&names.entities);
    text_table_free(&names.types);
    return 0;
}
