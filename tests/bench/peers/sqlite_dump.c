/* SPDX-License-Identifier: MIT */
/* sqlite_dump SHAPE FILE.db: every event as a line of JSON with names written out, to standard
   output. The quickest way with SQLite: one statement over one table, names escaped once and kept
   in memory. */
#include "event_rows.h"
#include "sqlite_schema.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BUFFER  (1u << 20)
#define LONGEST 8192u

typedef struct dump {
    sqlite3 *db;
    const event_shape *shape;
    text_table entities, types; /* escaped, by number from 1; 0 is empty */
    char *buffer;
    size_t used;
} dump;

static sqlite3_stmt *prepared(const dump *d, const char *sql)
{
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(d->db, sql, -1, &statement, NULL) != SQLITE_OK) {
        fprintf(stderr, "sqlite_dump: %s\n", sqlite3_errmsg(d->db));
        exit(1);
    }
    return statement;
}

/* As inside quotation marks; `out` has room for six bytes a byte. */
static size_t escape(const char *from, size_t size, char *out)
{
    size_t used = 0;
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)from[i];
        if (c == '"' || c == '\\') {
            out[used++] = '\\';
            out[used++] = (char)c;
        } else if (c < 0x20) {
            used += (size_t)sprintf(out + used, "\\u%04x", c);
        } else {
            out[used++] = (char)c;
        }
    }
    return used;
}

static void read_names(const dump *d, text_table *into, const char *sql)
{
    sqlite3_stmt *at = prepared(d, sql);
    char escaped[LONGEST];
    text empty = {"", 0};
    text_table_add(into, empty);
    while (sqlite3_step(at) == SQLITE_ROW) {
        size_t size = (size_t)sqlite3_column_bytes(at, 1);
        text name = {escaped, 0};
        name.size = escape((const char *)sqlite3_column_text(at, 1),
                           size < LONGEST / 6u ? size : LONGEST / 6u, escaped);
        text_table_add(into, name);
    }
    sqlite3_finalize(at);
}

static void flush(dump *d, size_t room)
{
    if (BUFFER - d->used < room) {
        if (fwrite(d->buffer, 1, d->used, stdout) != d->used) {
            perror("sqlite_dump");
            exit(1);
        }
        d->used = 0;
    }
}

static void put(dump *d, const char *data, size_t size)
{
    memcpy(d->buffer + d->used, data, size);
    d->used += size;
}

#define PUT(d, literal) put(d, literal, sizeof(literal) - 1u)

static void put_number(dump *d, uint64_t number)
{
    char digits[20];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + number % 10u);
    } while ((number /= 10u) != 0);
    put(d, digits + at, sizeof digits - at);
}

static void put_name(dump *d, const text_table *names, sqlite3_int64 number)
{
    text name = text_table_get(names, (uint32_t)number);
    PUT(d, "\"");
    put(d, name.data, name.size);
    PUT(d, "\"");
}

static void put_text(dump *d, sqlite3_stmt *at, int column)
{
    PUT(d, "\"");
    d->used += escape((const char *)sqlite3_column_text(at, column),
                      (size_t)sqlite3_column_bytes(at, column), d->buffer + d->used);
    PUT(d, "\"");
}

static void put_role(dump *d, sqlite3_stmt *at, int role)
{
    uint32_t count = 0;
    for (int i = 0; i < d->shape->actor_count; i++) {
        sqlite3_int64 entity = sqlite3_column_int64(at, 3 + i);
        if (d->shape->roles[i] == role && entity != 0) {
            if (count++ > 0) {
                PUT(d, ",");
            }
            put_name(d, &d->entities, entity);
        }
    }
}

static void put_event(dump *d, sqlite3_stmt *at)
{
    static int32_t last_day = INT32_MIN;
    static char date[11];
    int32_t day = sqlite3_column_int(at, 1);
    flush(d, (size_t)LONGEST * 8u);
    if (day != last_day) {
        text_of_day(day, date);
        last_day = day;
    }
    PUT(d, "{\"record\":\"row\",\"row\":");
    put_number(d, (uint64_t)sqlite3_column_int64(at, 0) + 1u);
    PUT(d, ",\"type\":");
    put_name(d, &d->types, sqlite3_column_int64(at, 2));
    PUT(d, ",\"time\":\"");
    put(d, date, 10);
    PUT(d, "\",\"participants\":{\"agent\":[");
    put_role(d, at, 0);
    PUT(d, "],\"patient\":[");
    put_role(d, at, 1);
    PUT(d, "]}");
    if (d->shape->place >= 0) {
        PUT(d, ",\"place\":");
        put_name(d, &d->entities, sqlite3_column_int64(at, 7));
        PUT(d, ",\"external_id\":");
        put_text(d, at, 9);
        PUT(d, ",\"content\":");
        put_text(d, at, 8);
    }
    PUT(d, "}\n");
}

int main(int argc, char **argv)
{
    static dump d;
    sqlite3_stmt *at;
    int status;
    if (argc != 3 || (d.shape = event_shape_named(argv[1])) == NULL) {
        fprintf(stderr, "usage: sqlite_dump pairs|matches FILE.db\n");
        return 2;
    }
    d.buffer = must_grow(NULL, BUFFER);
    if (sqlite3_open_v2(argv[2], &d.db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) !=
            SQLITE_OK ||
        sqlite3_exec(d.db, SQLITE_ASKING, NULL, NULL, NULL) != SQLITE_OK) {
        fprintf(stderr, "sqlite_dump: %s\n", sqlite3_errmsg(d.db));
        return 1;
    }
    read_names(&d, &d.entities, "SELECT id,name FROM entity ORDER BY id");
    read_names(&d, &d.types, "SELECT id,name FROM type ORDER BY id");
    at = prepared(&d, "SELECT * FROM event ORDER BY id");
    while ((status = sqlite3_step(at)) == SQLITE_ROW) {
        put_event(&d, at);
    }
    flush(&d, BUFFER);
    sqlite3_finalize(at);
    sqlite3_close(d.db);
    text_table_free(&d.entities);
    text_table_free(&d.types);
    free(d.buffer);
    return status == SQLITE_DONE && fflush(stdout) == 0 ? 0 : 1;
}
