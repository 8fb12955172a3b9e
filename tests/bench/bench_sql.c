/* SPDX-License-Identifier: MIT */
/* Questions in SQL to a knowledge base, and to ordinary SQLite tables with covering indexes that were
 * copied from it: the answers must be the same, then the medians are compared.
 *
 *     bench_sql FILE [DATABASE]
 *
 * The database is made beside the file when it is not there yet. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "sql/late.h"
#include "sql/table.h"
#include "support/prng.h"

#define ASKED 60 /* times, each with other values */

struct question {
    const char *what;
    const char *here;  /* to the knowledge base: ?1, ?2 entities, ?3, ?4 days, ?5 an event, ?6 a name */
    const char *there; /* to ordinary tables; NULL: the same */
    unsigned asked;
};

static const struct question questions[] = {
    {"event by number", "SELECT type, earliest FROM event WHERE number = ?5", NULL, ASKED},
    {"entity by name", "SELECT number FROM entity WHERE name = ?6", NULL, ASKED},
    {"events of one in 30 days", "SELECT number, type, earliest FROM event WHERE who = ?1 AND earliest >= ?3 AND earliest < ?4",
     "SELECT e.number, e.type, e.earliest FROM participant p JOIN event e ON e.number = p.event WHERE p.entity = ?1 AND p.event >= "
     "(SELECT number FROM event WHERE earliest >= ?3 ORDER BY earliest, number LIMIT 1) AND p.event <= (SELECT number FROM event WHERE "
     "earliest < ?4 ORDER BY earliest DESC, number DESC LIMIT 1) GROUP BY e.number",
     ASKED},
    {"the same as a join", "SELECT DISTINCT e.number, e.type, e.earliest FROM participant p JOIN event e ON e.number = p.event "
     "WHERE p.entity = ?1 AND e.earliest >= ?3 AND e.earliest < ?4", NULL, ASKED},
    {"events of two", "SELECT number, type FROM event WHERE who = ?1 AND with_who = ?2",
     "SELECT number, type FROM event WHERE number IN (SELECT event FROM participant WHERE entity = ?1 INTERSECT SELECT event FROM "
     "participant WHERE entity = ?2)", ASKED},
    {"the same as a join", "SELECT DISTINCT a.event FROM participant a JOIN participant b ON b.event = a.event WHERE a.entity = ?1 "
     "AND b.entity = ?2", NULL, ASKED},
    {"types in 30 days", "SELECT type, count(*) FROM event WHERE earliest >= ?3 AND earliest < ?4 GROUP BY type", NULL, ASKED},
    {"types of all", "SELECT type, count(*) FROM event GROUP BY type", NULL, 3},
    {"last ten", "SELECT number, type, earliest FROM event ORDER BY earliest DESC, number DESC LIMIT 10", NULL, ASKED},
    {"a page far behind", "SELECT number, type FROM event ORDER BY earliest, number LIMIT 10 OFFSET 200000", NULL, 10},
    {"ten most mentioned", "SELECT number, name FROM entity ORDER BY mentions DESC, number LIMIT 10", NULL, ASKED},
    {"ten busiest, counted", "SELECT entity, count(*) FROM participant GROUP BY entity ORDER BY 2 DESC, 1 LIMIT 10", NULL, 3},
    {"count of all", "SELECT count(*) FROM event", NULL, 5},
};

static prng chance = {20311};

static double now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + (double)at.tv_nsec * 1e-9;
}

static void must(sqlite3 *db, int code, const char *what)
{
    if (code != SQLITE_OK) {
        fprintf(stderr, "%s: %s\n", what, sqlite3_errmsg(db));
        exit(1);
    }
}

static void run(sqlite3 *db, const char *words)
{
    must(db, sqlite3_exec(db, words, NULL, NULL, NULL), words);
}

static int64_t number_of(sqlite3 *db, const char *words)
{
    sqlite3_stmt *statement = NULL;
    int64_t number = 0;
    must(db, sqlite3_prepare_v2(db, words, -1, &statement, NULL), words);
    if (sqlite3_step(statement) == SQLITE_ROW) {
        number = sqlite3_column_int64(statement, 0);
    }
    sqlite3_finalize(statement);
    return number;
}

/* ---- The copy ---- */

static void make_copy(sqlite3 *kb, const char *path)
{
    char *attach = sqlite3_mprintf("ATTACH %Q AS copy", path);
    run(kb, attach);
    sqlite3_free(attach);
    run(kb, "PRAGMA copy.journal_mode = OFF");
    run(kb, "PRAGMA copy.synchronous = OFF");
    run(kb, "CREATE TABLE copy.event(number INTEGER PRIMARY KEY, type TEXT, earliest TEXT)");
    run(kb, "INSERT INTO copy.event SELECT number, type, earliest FROM event");
    run(kb, "CREATE TABLE copy.entity(number INTEGER PRIMARY KEY, name TEXT, mentions INTEGER)");
    run(kb, "INSERT INTO copy.entity SELECT number, name, mentions FROM entity");
    run(kb, "CREATE TABLE copy.participant(entity INTEGER, event INTEGER, role TEXT, PRIMARY KEY(entity, event, role)) WITHOUT ROWID");
    run(kb, "INSERT INTO copy.participant SELECT entity, event, role FROM participant ORDER BY 1, 2, 3");
    run(kb, "CREATE INDEX copy.event_earliest ON event(earliest, number, type)");
    run(kb, "CREATE INDEX copy.event_type ON event(type)");
    run(kb, "CREATE INDEX copy.participant_event ON participant(event, entity)");
    run(kb, "CREATE INDEX copy.entity_name ON entity(name)");
    run(kb, "CREATE INDEX copy.entity_mentions ON entity(mentions)");
    run(kb, "ANALYZE copy");
    run(kb, "DETACH copy");
}

/* ---- Asking ---- */

struct values {
    int64_t who, with_who, event;
    char from[11], to[11];
    char name[256];
};

static void pick(sqlite3 *db, struct values *out, int64_t entities, int64_t events)
{
    char words[128];
    sqlite3_stmt *statement = NULL;
    /* Half of them busy. */
    out->who = prng_below(&chance, prng_below(&chance, 2) != 0 ? 200 : (uint32_t)entities);
    out->with_who = prng_below(&chance, 200);
    out->event = prng_below(&chance, (uint32_t)events);
    snprintf(words, sizeof words, "SELECT earliest, date(earliest, '+30 days') FROM event WHERE number = %" PRId64,
             out->event);
    must(db, sqlite3_prepare_v2(db, words, -1, &statement, NULL), words);
    if (sqlite3_step(statement) == SQLITE_ROW && sqlite3_column_text(statement, 0) != NULL) {
        snprintf(out->from, sizeof out->from, "%.10s", (const char *)sqlite3_column_text(statement, 0));
        snprintf(out->to, sizeof out->to, "%.10s", (const char *)sqlite3_column_text(statement, 1));
    }
    sqlite3_finalize(statement);
    snprintf(words, sizeof words, "SELECT name FROM entity WHERE number = %" PRId64,
             (int64_t)prng_below(&chance, (uint32_t)entities));
    must(db, sqlite3_prepare_v2(db, words, -1, &statement, NULL), words);
    if (sqlite3_step(statement) == SQLITE_ROW && sqlite3_column_text(statement, 0) != NULL) {
        snprintf(out->name, sizeof out->name, "%s", (const char *)sqlite3_column_text(statement, 0));
    }
    sqlite3_finalize(statement);
}

static void bind(sqlite3_stmt *statement, const struct values *values)
{
    sqlite3_reset(statement);
    sqlite3_bind_int64(statement, 1, values->who);
    sqlite3_bind_int64(statement, 2, values->with_who);
    sqlite3_bind_text(statement, 3, values->from, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 4, values->to, -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 5, values->event);
    sqlite3_bind_text(statement, 6, values->name, -1, SQLITE_STATIC);
}

/* Reads all values; a digest in which the order of rows does not count. */
static uint64_t ask(sqlite3_stmt *statement, unsigned *rows)
{
    uint64_t digest = 0;
    *rows = 0;
    while (sqlite3_step(statement) == SQLITE_ROW) {
        uint64_t row = 1469598103934665603u;
        for (int i = 0; i < sqlite3_column_count(statement); i++) {
            const unsigned char *text = sqlite3_column_text(statement, i);
            int size = sqlite3_column_bytes(statement, i);
            for (int j = 0; j < size; j++) {
                row = (row ^ text[j]) * 1099511628211u;
            }
            row = (row ^ 0xff) * 1099511628211u;
        }
        digest += row;
        ++*rows;
    }
    sqlite3_reset(statement);
    return digest;
}

static int by_number(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *times, unsigned count)
{
    qsort(times, count, sizeof *times, by_number);
    return times[count / 2];
}

static void print_time(double seconds)
{
    printf(seconds < 1e-3 ? "%9.1f us" : "%9.2f ms", seconds < 1e-3 ? seconds * 1e6 : seconds * 1e3);
}

int main(int argc, char **argv)
{
    sqlite3 *kb = NULL;
    sqlite3 *plain = NULL;
    char path[4096];
    char *message = NULL;
    const char *why = NULL;
    int failures = 0;
    if (argc < 2) {
        return 2;
    }
    if (!stm_sqlite_load(&why)) {
        fprintf(stderr, "SQLite: %s\n", why);
        return 3;
    }
    snprintf(path, sizeof path, "%s%s", argc > 2 ? argv[2] : argv[1], argc > 2 ? "" : ".sqlite");
    must(kb, sqlite3_open(":memory:", &kb), "open");
    must(kb, stm_sql_register(kb, NULL, NULL, STEMMA_NONE), "register");
    if (stm_sql_attach(kb, argv[1], NULL, NULL, &message) != SQLITE_OK) {
        fprintf(stderr, "%s\n", message);
        return 1;
    }
    if (access(path, R_OK) != 0) {
        make_copy(kb, path);
    }
    must(plain, sqlite3_open_v2(path, &plain, SQLITE_OPEN_READONLY, NULL), path);
    run(plain, "PRAGMA mmap_size = 4000000000");
    run(plain, "PRAGMA cache_size = -262144");
    int64_t entities = number_of(kb, "SELECT count(*) FROM entity");
    int64_t events = number_of(kb, "SELECT count(*) FROM event");
    printf("%" PRId64 " events, %" PRId64 " entities\n%-26s %12s %12s %8s %8s\n", events, entities, "", "stemma",
           "tables", "ratio", "rows");
    for (size_t q = 0; q < sizeof questions / sizeof questions[0]; q++) {
        const struct question *question = &questions[q];
        const char *there = question->there != NULL ? question->there : question->here;
        sqlite3_stmt *a = NULL;
        sqlite3_stmt *b = NULL;
        double here_times[ASKED];
        double there_times[ASKED];
        unsigned rows = 0;
        unsigned other = 0;
        double all = 0;
        must(kb, sqlite3_prepare_v2(kb, question->here, -1, &a, NULL), question->here);
        must(plain, sqlite3_prepare_v2(plain, there, -1, &b, NULL), there);
        for (unsigned i = 0; i < question->asked; i++) {
            struct values values = {0};
            pick(kb, &values, entities, events);
            bind(a, &values);
            bind(b, &values);
            if (ask(a, &rows) != ask(b, &other) || rows != other) {
                printf("FAILED: %s: %u rows, the tables %u\n", question->what, rows, other);
                failures++;
            }
            bind(a, &values);
            double begun = now();
            (void)ask(a, &rows);
            double done = now();
            bind(b, &values);
            double again = now();
            (void)ask(b, &other);
            there_times[i] = now() - again;
            here_times[i] = done - begun;
            all += rows;
        }
        double mine = median(here_times, question->asked);
        double theirs = median(there_times, question->asked);
        printf("%-26s ", question->what);
        print_time(mine);
        printf(" ");
        print_time(theirs);
        printf(" %8.2f %8.0f\n", theirs / mine, all / question->asked);
        sqlite3_finalize(a);
        sqlite3_finalize(b);
    }
    sqlite3_close(kb);
    sqlite3_close(plain);
    return failures != 0;
}
