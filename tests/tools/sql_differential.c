/* SPDX-License-Identifier: MIT */
/* Random questions in SQL, to the tables of a knowledge base and to a copy of them in ordinary tables: the
 * answers must be the same, whatever way into a table was taken.
 *
 *     sql_differential FILE QUESTIONS [SEED [AS_OF]]
 *
 * The copy is made by whole scans, so what a scan gives is what the ways are compared with; what it gives
 * is compared with the other commands in test_sql.sh. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/format_buffer.h"
#include "sql/late.h"
#include "sql/table.h"
#include "support/prng.h"

#define PICKED 64 /* values of a column that questions are made of */

static sqlite3 *db;
static prng prng_state;
static unsigned failures;

static unsigned below(unsigned bound)
{
    return prng_below(&prng_state, bound);
}

static void die(const char *what)
{
    fprintf(stderr, "%s: %s\n", what, sqlite3_errmsg(db));
    exit(1);
}

/* ---- The tables and what is in them ---- */

struct column {
    char name[32];
    char *picked[PICKED]; /* as literals */
    unsigned count;
};

struct table {
    const char *name;
    struct column columns[32];
    unsigned count;
    const char *unique; /* by which rows are put in one order */
};

static struct table tables[] = {
    {.name = "document", .unique = "number"},
    {.name = "entity", .unique = "number"},
    {.name = "name", .unique = "entity, text"},
    {.name = "event", .unique = "number"},
    {.name = "participant", .unique = "event, role, entity"},
    {.name = "claim", .unique = "number"},
    {.name = "witness", .unique = "assertion"},
    {.name = "assertion", .unique = "number"},
    {.name = "evidence", .unique = NULL},
    {.name = "referent", .unique = "number"},
    {.name = "mention", .unique = NULL},
    {.name = "judgement", .unique = "number"},
    {.name = "derivation", .unique = NULL},
    {.name = "run", .unique = "number"},
    {.name = "term", .unique = "number"},
};
#define TABLES (sizeof tables / sizeof tables[0])

/* Columns that are worth joining. */
static const char *const joins[][4] = {
    {"participant", "event", "event", "number"},  {"participant", "entity", "entity", "number"},
    {"claim", "event", "event", "number"},        {"claim", "entity", "entity", "number"},
    {"claim", "object_entity", "entity", "number"}, {"witness", "claim", "claim", "number"},
    {"witness", "assertion", "assertion", "number"}, {"witness", "document", "document", "number"},
    {"assertion", "document", "document", "number"}, {"assertion", "claim", "claim", "number"},
    {"assertion", "subject", "referent", "number"}, {"assertion", "speaker", "entity", "number"},
    {"assertion", "run", "run", "number"},        {"evidence", "assertion", "assertion", "number"},
    {"evidence", "document", "document", "number"}, {"mention", "referent", "referent", "number"},
    {"mention", "document", "document", "number"}, {"referent", "entity", "entity", "number"},
    {"referent", "event", "event", "number"},     {"referent", "document", "document", "number"},
    {"name", "entity", "entity", "number"},       {"name", "text", "entity", "name"},
    {"judgement", "left_referent", "referent", "number"}, {"event", "place", "entity", "number"},
    {"event", "type", "term", "name"},            {"event", "earliest", "document", "earliest"},
    {"participant", "event", "participant", "event"}, {"derivation", "original", "document", "number"},
    {"witness", "document", "witness", "document"}, {"name", "documents", "event", "earliest"},
    {"event", "type", "event", "number"},
};

static void run(const char *format, ...) __attribute__((format(printf, 1, 2)));
static void run(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *words = sqlite3_vmprintf(format, arguments);
    va_end(arguments);
    if (words == NULL || sqlite3_exec(db, words, NULL, NULL, NULL) != SQLITE_OK) {
        die(words);
    }
    sqlite3_free(words);
}

static void pick_values(struct table *table, struct column *column)
{
    char *words = sqlite3_mprintf("SELECT DISTINCT quote(substr(%w, 1, 200)), typeof(%w), quote(%w) FROM "
                                  "c_%s ORDER BY 1 LIMIT 5000",
                                  column->name, column->name, column->name, table->name);
    sqlite3_stmt *statement = NULL;
    unsigned seen = 0;
    if (sqlite3_prepare_v2(db, words, -1, &statement, NULL) != SQLITE_OK) {
        die(words);
    }
    while (sqlite3_step(statement) == SQLITE_ROW) {
        bool text = strcmp((const char *)sqlite3_column_text(statement, 1), "text") == 0;
        const char *value = (const char *)sqlite3_column_text(statement, text ? 0 : 2);
        unsigned at = seen < PICKED ? seen : below(seen + 1);
        seen++;
        if (at < PICKED) {
            free(column->picked[at]);
            column->picked[at] = strdup(value);
            column->count = seen < PICKED ? seen : PICKED;
        }
    }
    sqlite3_finalize(statement);
    sqlite3_free(words);
}

static void copy(struct table *table, unsigned most)
{
    sqlite3_stmt *statement = NULL;
    char *words = sqlite3_mprintf("SELECT name FROM pragma_table_info('%q')", table->name);
    run("CREATE TEMP TABLE c_%s AS SELECT * FROM %s LIMIT %u", table->name, table->name, most);
    if (sqlite3_prepare_v2(db, words, -1, &statement, NULL) != SQLITE_OK) {
        die(words);
    }
    while (sqlite3_step(statement) == SQLITE_ROW) {
        snprintf(table->columns[table->count++].name, sizeof table->columns[0].name, "%s",
                 sqlite3_column_text(statement, 0));
    }
    sqlite3_finalize(statement);
    sqlite3_free(words);
    for (unsigned i = 0; i < table->count; i++) {
        pick_values(table, &table->columns[i]);
        run("CREATE INDEX temp.i_%s_%u ON c_%s(%s)", table->name, i, table->name,
            table->columns[i].name);
    }
}

/* ---- Questions ---- */

/* Literals that no column has. */
static const char *const odd[] = {
    "NULL", "''", "0", "-1", "1", "2.0", "2.5", "-0.5", "1e300", "-1e300", "9223372036854775807",
    "-9223372036854775808", "4294967296", "4294967295", "'2'", "' 3'", "'3x'", "x'00ff'", "'2024'",
    "'2023-12'", "'2023-12-02T'", "'9999-12-31'", "'0001-01-01'", "'~'", "'\xC3\xA9'", "20231202",
    "'2031-05-01'", "'1.0'", "'justice'", "'zzz'", "1.5",
};

static const char *pick(const struct column *column)
{
    if (column->count == 0 || below(6) == 0) {
        return odd[below(sizeof odd / sizeof odd[0])];
    }
    return column->picked[below(column->count)];
}

static const struct column *any_column(const struct table *table)
{
    return &table->columns[below(table->count)];
}

/* A condition on a column of the table called `name`. */
static void add_condition(struct stm_buffer *out, const char *name, const struct table *table)
{
    static const char *const ops[] = {"=", "=", "=", "<", "<=", ">", ">=", "<>", "IS", "IS NOT"};
    const struct column *column = below(3) == 0 ? &table->columns[0] : any_column(table);
    stm_buffer_add_string(out, name);
    stm_buffer_add_string(out, ".");
    stm_buffer_add_string(out, column->name);
    switch (below(8)) {
    case 0:
        stm_buffer_add_string(out, " IN (");
        for (unsigned i = 0, count = 1 + below(4); i < count; i++) {
            stm_buffer_add_string(out, i != 0 ? ", " : "");
            stm_buffer_add_string(out, pick(column));
        }
        stm_buffer_add_string(out, ")");
        break;
    case 1:
        stm_buffer_add_string(out, " BETWEEN ");
        stm_buffer_add_string(out, pick(column));
        stm_buffer_add_string(out, " AND ");
        stm_buffer_add_string(out, pick(column));
        break;
    case 2: {
        const char *value = pick(column);
        bool glob = below(2) == 0;
        size_t size = strlen(value);
        stm_buffer_add_string(out, glob ? " GLOB " : " LIKE ");
        if (value[0] == '\'' && size > 4 && memchr(value + 1, '\'', size - 2) == NULL) {
            unsigned cut = 1 + below(size > 12 ? 10 : (unsigned)size - 2);
            while (cut > 1 && ((unsigned char)value[cut] & 0xC0) == 0x80) {
                cut--;
            }
            stm_buffer_add(out, (stemma_text){value, cut});
            stm_buffer_add_string(out, glob ? "*'" : "%'");
        } else {
            stm_buffer_add_string(out, value);
        }
        break;
    }
    case 3:
        stm_buffer_add_string(out, below(2) ? " IS NULL" : " IS NOT NULL");
        break;
    default:
        stm_buffer_add_string(out, " ");
        stm_buffer_add_string(out, ops[below(sizeof ops / sizeof ops[0])]);
        stm_buffer_add_string(out, " ");
        stm_buffer_add_string(out, pick(column));
        break;
    }
}

static void add_where(struct stm_buffer *out, const struct table *const *from, unsigned count,
                      const char *joined)
{
    unsigned conditions = below(4);
    const char *before = " WHERE ";
    if (joined != NULL) {
        stm_buffer_add_string(out, before);
        stm_buffer_add_string(out, joined);
        before = " AND ";
    }
    for (unsigned i = 0; i < conditions; i++) {
        unsigned at = below(count);
        stm_buffer_add_string(out, before);
        add_condition(out, at == 0 ? "a" : "b", from[at]);
        before = below(6) == 0 && joined == NULL ? " OR " : " AND ";
    }
}

/* What is counted or listed, and in which order. `@` before a table's name stands for the kind of it. */
static void make_question(struct stm_buffer *out, unsigned *ordered)
{
    const struct table *from[2];
    char joined[160];
    unsigned count = 1;
    unsigned kind = below(4);
    *ordered = 0;
    from[0] = &tables[below(TABLES)];
    if (below(3) == 0) {
        const char *const *join = joins[below(sizeof joins / sizeof joins[0])];
        for (unsigned i = 0; i < TABLES; i++) {
            from[0] = strcmp(tables[i].name, join[0]) == 0 ? &tables[i] : from[0];
            from[1] = strcmp(tables[i].name, join[2]) == 0 ? &tables[i] : from[1];
        }
        snprintf(joined, sizeof joined, "a.%s = b.%s", join[1], join[3]);
        count = 2;
    }
    if (kind == 0) {
        const struct column *group = any_column(from[0]);
        char words[160];
        snprintf(words, sizeof words, "SELECT a.%s, count(*), min(a.%s), max(a.%s)", group->name,
                 any_column(from[0])->name, any_column(from[0])->name);
        stm_buffer_add_string(out, words);
        snprintf(words, sizeof words, " FROM @%s AS a", from[0]->name);
        stm_buffer_add_string(out, words);
        if (count == 2) {
            snprintf(words, sizeof words, ", @%s AS b", from[1]->name);
            stm_buffer_add_string(out, words);
        }
        add_where(out, from, count, count == 2 ? joined : NULL);
        snprintf(words, sizeof words, " GROUP BY a.%s", group->name);
        stm_buffer_add_string(out, words);
        return;
    }
    const struct column *first = below(3) == 0 ? any_column(from[0]) : &from[0]->columns[0];
    const struct column *second = any_column(from[0]);
    bool down = below(2) == 0;
    char words[400];
    snprintf(words, sizeof words, "SELECT a.%s, a.%s, a.%s, a.%s", first->name, second->name,
             any_column(from[0])->name, any_column(from[0])->name);
    stm_buffer_add_string(out, words);
    if (count == 2) {
        snprintf(words, sizeof words, ", b.%s, b.%s FROM @%s AS a %s @%s AS b", from[1]->columns[0].name,
                 any_column(from[1])->name, from[0]->name, below(2) == 0 ? "," : "CROSS JOIN",
                 from[1]->name);
    } else {
        snprintf(words, sizeof words, " FROM @%s AS a", from[0]->name);
    }
    stm_buffer_add_string(out, words);
    add_where(out, from, count, count == 2 ? joined : NULL);
    if (kind == 1) {
        return;
    }
    snprintf(words, sizeof words, " ORDER BY a.%s%s", first->name, down ? " DESC" : "");
    stm_buffer_add_string(out, words);
    *ordered = 1;
    if (below(2) == 0) {
        snprintf(words, sizeof words, ", a.%s%s", second->name, below(4) == 0 ? " DESC" : "");
        stm_buffer_add_string(out, words);
        *ordered = 2;
    }
    if (kind == 3 && count == 1 && from[0]->unique != NULL &&
        strchr(from[0]->unique, ',') == NULL && *ordered == 1) {
        snprintf(words, sizeof words, ", a.%s%s LIMIT %u OFFSET %u", from[0]->unique,
                 down && below(2) == 0 ? " DESC" : "", below(20), below(30));
        stm_buffer_add_string(out, words);
    }
}

/* The same question to the tables (with "") or to the copies (with "c_"). */
static char *aim(const struct stm_buffer *question, const char *prefix)
{
    struct stm_buffer out = {0};
    for (size_t i = 0; i < question->size; i++) {
        if (question->data[i] == '@') {
            stm_buffer_add_string(&out, prefix);
        } else {
            stm_buffer_add(&out, (stemma_text){question->data + i, 1});
        }
    }
    stm_buffer_add(&out, (stemma_text){"", 1});
    return out.data;
}

/* ---- Answers ---- */

#define ROWS_MOST 100000

struct answer {
    int code;
    char **rows;
    char **keys; /* the columns it is ordered by */
    size_t count, room;
};

static void add_value(struct stm_buffer *out, sqlite3_stmt *statement, int column)
{
    static const char types[] = "?ifxbn";
    char head[24];
    int type = sqlite3_column_type(statement, column);
    snprintf(head, sizeof head, "|%c%d:", types[type == SQLITE_TEXT ? 3 : type],
             sqlite3_column_bytes(statement, column));
    stm_buffer_add_string(out, head);
    if (type != SQLITE_NULL) {
        const void *bytes = sqlite3_column_blob(statement, column);
        stm_buffer_add(out, (stemma_text){bytes, (size_t)sqlite3_column_bytes(statement, column)});
    }
}

static char *row_text(sqlite3_stmt *statement, int columns)
{
    struct stm_buffer out = {0};
    for (int i = 0; i < columns; i++) {
        add_value(&out, statement, i);
    }
    stm_buffer_add(&out, (stemma_text){"", 1});
    return out.data;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void ask(const char *words, unsigned ordered, struct answer *out)
{
    sqlite3_stmt *statement = NULL;
    memset(out, 0, sizeof *out);
    out->code = sqlite3_prepare_v2(db, words, -1, &statement, NULL);
    while (out->code == SQLITE_OK && (out->code = sqlite3_step(statement)) == SQLITE_ROW) {
        if (out->count == out->room) {
            out->room = out->room * 2 + 64;
            out->rows = realloc(out->rows, out->room * sizeof *out->rows);
            out->keys = realloc(out->keys, out->room * sizeof *out->keys);
        }
        out->rows[out->count] = row_text(statement, sqlite3_column_count(statement));
        out->keys[out->count++] = row_text(statement, (int)ordered);
        out->code = out->count < ROWS_MOST ? SQLITE_OK : SQLITE_FULL; /* too long to be compared */
    }
    sqlite3_finalize(statement);
    if (out->count != 0) {
        qsort(out->rows, out->count, sizeof *out->rows, by_text);
    }
}

static void free_answer(struct answer *answer)
{
    for (size_t i = 0; i < answer->count; i++) {
        free(answer->rows[i]);
        free(answer->keys[i]);
    }
    free(answer->rows);
    free(answer->keys);
}

static void compare(const struct stm_buffer *question, unsigned ordered)
{
    char *there = aim(question, "");
    char *here = aim(question, "c_");
    struct answer a;
    struct answer b;
    bool same;
    ask(there, ordered, &a);
    if (a.code != SQLITE_DONE && a.code != SQLITE_FULL) {
        printf("FAILED: %s\n  %s\n", there, sqlite3_errmsg(db));
    }
    ask(here, ordered, &b);
    same = a.code == b.code && a.count == b.count && (a.code == SQLITE_DONE || a.code == SQLITE_FULL);
    for (size_t i = 0; same && i < a.count && a.code == SQLITE_DONE; i++) {
        same = strcmp(a.rows[i], b.rows[i]) == 0 && strcmp(a.keys[i], b.keys[i]) == 0;
    }
    if (!same) {
        printf("FAILED: %s\n  %zu rows, the copy %zu\n", there, a.count, b.count);
        failures++;
    }
    free_answer(&a);
    free_answer(&b);
    free(there);
    free(here);
}

/* Those who take part: a hidden column of the tables, a condition of the copies. */
static void compare_who(void)
{
    unsigned first = below(40);
    unsigned second = below(3) == 0 ? below(10) : STEMMA_NONE;
    struct answer a;
    struct answer b;
    char bounds[160] = "";
    if (below(2) == 0) {
        const struct column *column = &tables[3].columns[4];
        snprintf(bounds, sizeof bounds, " AND earliest >= %s AND earliest < %s", pick(column),
                 pick(column));
    }
    char *there = sqlite3_mprintf("SELECT number, type FROM event WHERE who = %u%s ORDER BY number", first,
                                  bounds);
    char *here = sqlite3_mprintf("SELECT number, type FROM c_event WHERE number IN (SELECT event FROM "
                                 "c_participant WHERE entity = %u)%s ORDER BY number",
                                 first, bounds);
    if (second != STEMMA_NONE) {
        sqlite3_free(there);
        sqlite3_free(here);
        there = sqlite3_mprintf("SELECT number, type FROM event WHERE who = %u AND with_who = %u%s", first,
                                second, bounds);
        here = sqlite3_mprintf("SELECT number, type FROM c_event WHERE number IN (SELECT event FROM "
                               "c_participant WHERE entity = %u INTERSECT SELECT event FROM "
                               "c_participant WHERE entity = %u)%s",
                               first, second, bounds);
    }
    ask(there, 0, &a);
    ask(here, 0, &b);
    bool same = a.code == b.code && a.count == b.count && a.code == SQLITE_DONE;
    for (size_t i = 0; same && i < a.count; i++) {
        same = strcmp(a.rows[i], b.rows[i]) == 0;
    }
    if (!same) {
        printf("FAILED: %s\n  %zu rows, the copy %zu\n", there, a.count, b.count);
        failures++;
    }
    free_answer(&a);
    free_answer(&b);
    sqlite3_free(there);
    sqlite3_free(here);
}

int main(int argc, char **argv)
{
    char *message = NULL;
    const char *why = NULL;
    unsigned long questions = argc > 2 ? strtoul(argv[2], NULL, 10) : 0;
    if (argc < 3) {
        return 2;
    }
    if (!stm_sqlite_load(&why)) {
        fprintf(stderr, "SQLite: %s\n", why);
        return 3;
    }
    prng_state.state = argc > 3 ? strtoull(argv[3], NULL, 10) : 1;
    if (sqlite3_open(":memory:", &db) != SQLITE_OK ||
        stm_sql_register(db, NULL, NULL, STEMMA_NONE) != SQLITE_OK ||
        stm_sql_attach(db, argv[1], NULL, argc > 4 ? argv[4] : NULL, &message) != SQLITE_OK) {
        fprintf(stderr, "%s\n", message != NULL ? message : sqlite3_errmsg(db));
        return 1;
    }
    for (unsigned i = 0; i < TABLES; i++) {
        copy(&tables[i], 1000000);
    }
    for (unsigned long i = 0; i < questions; i++) {
        struct stm_buffer question = {0};
        unsigned ordered = 0;
        make_question(&question, &ordered);
        compare(&question, ordered);
        if (i % 10 == 0) {
            compare_who();
        }
        stm_buffer_free(&question);
    }
    for (unsigned i = 0; i < TABLES; i++) {
        for (unsigned j = 0; j < tables[i].count; j++) {
            for (unsigned k = 0; k < tables[i].columns[j].count; k++) {
                free(tables[i].columns[j].picked[k]);
            }
        }
    }
    sqlite3_close(db);
    printf("%lu questions, %u failures\n", questions, failures);
    return failures != 0;
}
