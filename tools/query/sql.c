/* SPDX-License-Identifier: MIT */
/* sql: questions in the language of SQLite. */
#include <ctype.h>
#include <limits.h>
#include <stdlib.h>

#include "query/choose.h"
#include "query/sql_connection.h"
#include "sql/base.h"

#define STATEMENT_MOST (16u << 20) /* bytes read from standard input */

struct answer {
    struct stm_query *query;
    sqlite3_stmt *statement;
    unsigned count; /* columns */
    char **names;   /* distinct */
    struct stm_table_column columns[STM_TABLE_COLUMNS];
    struct stm_table table;
};

/* ---- Errors ---- */

static stemma_status fail(struct stm_query *query, sqlite3 *db, int code)
{
    int offset = db != NULL ? sqlite3_error_offset(db) : -1;
    const char *message = db != NULL ? sqlite3_errmsg(db) : sqlite3_errstr(code);
    switch (code == STM_SQL_REFUSED ? SQLITE_NOMEM : code & 0xff) {
    case SQLITE_INTERRUPT:
        stm_query_note("sql: interrupted");
        query->exit = STM_EXIT_SYSTEM;
        break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        query->exit = STM_EXIT_DAMAGED;
        break;
    case SQLITE_NOMEM:
    case SQLITE_INTERNAL:
        query->exit = STM_EXIT_INTERNAL;
        break;
    case SQLITE_IOERR:
    case SQLITE_FULL:
    case SQLITE_CANTOPEN:
        query->exit = STM_EXIT_SYSTEM;
        break;
    default:
        query->exit = STM_EXIT_USAGE;
        break;
    }
    if ((code & 0xff) == SQLITE_AUTH) {
        stm_query_note("sql: not allowed: a knowledge base is only read, and nothing else is opened");
    } else if ((code & 0xff) != SQLITE_INTERRUPT && offset >= 0) {
        stm_query_note("sql: at byte %d: %s", offset, message);
    } else if ((code & 0xff) != SQLITE_INTERRUPT) {
        stm_query_note("sql: %s", message);
    }
    return query->exit == STM_EXIT_DAMAGED ? STEMMA_E_DAMAGED : STEMMA_E_MISUSE;
}

/* ---- Columns ---- */

/* Names of columns, of which the second "type" becomes "type_2": keys of one object differ. */
static bool name_columns(struct answer *answer)
{
    struct stm_arena *arena = &answer->query->arena;
    answer->names = stm_arena_alloc(arena, answer->count, sizeof *answer->names);
    for (unsigned i = 0; i < answer->count && answer->names != NULL; i++) {
        const char *name = sqlite3_column_name(answer->statement, (int)i);
        size_t room = name != NULL ? strlen(name) + 16 : 0;
        char *out = room != 0 ? stm_arena_alloc(arena, room, 1) : NULL;
        if (out == NULL) {
            return false;
        }
        snprintf(out, room, "%s", name);
        for (unsigned again = 2, j = 0; j < i; j++) {
            if (strcmp(answer->names[j], out) == 0) {
                snprintf(out, room, "%s_%u", name, again++);
                j = UINT_MAX; /* from the beginning */
            }
        }
        answer->names[i] = out;
    }
    return answer->names != NULL;
}

static bool is_number(sqlite3_stmt *statement, unsigned column)
{
    int type = sqlite3_column_type(statement, (int)column);
    return type == SQLITE_INTEGER || type == SQLITE_FLOAT;
}

/* A name for the head of a table: it may be what a stranger's view or statement calls it. */
static const char *shown_name(struct answer *answer, const char *name)
{
    struct stm_buffer safe = {0};
    char *out;
    stm_buffer_add_safe(&safe, stemma_text_of(name));
    out = stm_arena_alloc(&answer->query->arena, safe.size + 1, 1);
    if (out != NULL && safe.size != 0) {
        memcpy(out, safe.data, safe.size);
    }
    stm_buffer_free(&safe);
    return out != NULL ? out : "";
}

static void begin(struct answer *answer)
{
    struct stm_output *output = &answer->query->output;
    if (stm_output_is_rows(output)) {
        for (unsigned i = 0; i < answer->count; i++) {
            stm_output_field_string(output, answer->names[i]);
        }
        stm_output_row_end(output);
    } else if (!stm_output_is_json(output)) {
        for (unsigned i = 0; i < answer->count; i++) {
            bool number = is_number(answer->statement, i);
            answer->columns[i] = (struct stm_table_column){
                shown_name(answer, answer->names[i]), number, !number, STM_STYLE_NONE};
        }
        stm_table_begin(&answer->table, &output->terminal, answer->columns, answer->count, 0, true);
    }
}

/* ---- Values ---- */

/* A real number with as few digits as give it back. */
static void real_text(double number, char out[40])
{
    for (int digits = 15; digits <= 17; digits++) {
        sqlite3_snprintf(40, out, "%!.*g", digits, number);
        if (strtod(out, NULL) == number) {
            break;
        }
    }
}

/* A value as text; a blob as SQL writes it, x'0102'. */
static stemma_text value_text(struct answer *answer, unsigned column, struct stm_buffer *buffer)
{
    sqlite3_stmt *statement = answer->statement;
    int at = (int)column;
    char digits[40];
    stm_buffer_clear(buffer);
    switch (sqlite3_column_type(statement, at)) {
    case SQLITE_NULL:
        break;
    case SQLITE_FLOAT:
        real_text(sqlite3_column_double(statement, at), digits);
        stm_buffer_add_string(buffer, digits);
        break;
    case SQLITE_BLOB: {
        const uint8_t *bytes = sqlite3_column_blob(statement, at);
        int size = sqlite3_column_bytes(statement, at);
        stm_buffer_add_string(buffer, "x'");
        for (int i = 0; i < size; i++) {
            static const char digits_of[] = "0123456789abcdef";
            const char pair[2] = {digits_of[bytes[i] >> 4], digits_of[bytes[i] & 15]};
            stm_buffer_add(buffer, (stemma_text){pair, sizeof pair});
        }
        stm_buffer_add_string(buffer, "'");
        break;
    }
    default: {
        stemma_text text = {(const char *)sqlite3_column_text(statement, at), 0};
        text.size = text.data != NULL ? (size_t)sqlite3_column_bytes(statement, at) : 0;
        return text;
    }
    }
    return stm_buffer_text(buffer);
}

static void json_value(struct answer *answer, unsigned column, struct stm_buffer *buffer)
{
    stm_json *json = &answer->query->output.json;
    sqlite3_stmt *statement = answer->statement;
    int type = sqlite3_column_type(statement, (int)column);
    stemma_text text = value_text(answer, column, buffer);
    if (type == SQLITE_NULL) {
        stm_json_null(json);
    } else if (type == SQLITE_INTEGER) {
        stm_json_integer(json, sqlite3_column_int64(statement, (int)column));
    } else if (type != SQLITE_FLOAT) {
        stm_json_text(json, text);
    } else if (text.size != 0 && (isdigit((unsigned char)text.data[0]) || text.data[0] == '-') &&
               memchr(text.data, 'I', text.size) == NULL) {
        stm_json_raw(json, text);
    } else {
        stm_json_null(json); /* infinite */
    }
}

static stemma_status show_row(struct answer *answer, struct stm_buffer *buffer)
{
    struct stm_output *output = &answer->query->output;
    if (stm_output_is_json(output)) {
        stm_output_item_begin(output);
    }
    for (unsigned i = 0; i < answer->count; i++) {
        if (stm_output_is_json(output)) {
            stm_json_key(&output->json, answer->names[i]);
            json_value(answer, i, buffer);
        } else if (stm_output_is_rows(output)) {
            stm_output_field(output, value_text(answer, i, buffer));
        } else {
            stm_table_cell(&answer->table, value_text(answer, i, buffer));
        }
    }
    if (stm_output_is_json(output)) {
        stm_output_item_end(output);
    } else if (stm_output_is_rows(output)) {
        stm_output_row_end(output);
    }
    return buffer->failed ? STEMMA_E_NO_MEMORY : STEMMA_OK;
}

/* ---- Statements ---- */

/* Runs a statement. STEMMA_NOT_FOUND when it answers with no row. */
static stemma_status run(struct stm_query *query, sqlite3 *db, sqlite3_stmt *statement)
{
    struct answer answer = {.query = query, .statement = statement};
    struct stm_buffer buffer = {0};
    stemma_status status = STEMMA_OK;
    bool begun = false;
    bool any = false;
    int code;
    answer.count = (unsigned)sqlite3_column_count(statement);
    if (answer.count > STM_TABLE_COLUMNS && query->output.format == STM_FORMAT_TEXT) {
        query->exit = stm_usage_error(&stm_query_program,
                                      "sql: more than %d columns: choose another --format",
                                      STM_TABLE_COLUMNS);
        return STEMMA_E_MISUSE;
    }
    if (!name_columns(&answer)) {
        return STEMMA_E_NO_MEMORY;
    }
    while (status == STEMMA_OK && (code = sqlite3_step(statement)) == SQLITE_ROW) {
        if (!begun) {
            begin(&answer);
            begun = true;
        }
        if (stm_query_take(query)) {
            status = show_row(&answer, &buffer);
            any = true;
        }
        if (stm_query_done(query)) {
            break;
        }
    }
    if (code != SQLITE_ROW && code != SQLITE_DONE) {
        status = fail(query, db, code);
    }
    if (!begun && answer.count != 0 && stm_output_is_rows(&query->output)) {
        begin(&answer);
    }
    if (begun && query->output.format == STM_FORMAT_TEXT && !stm_table_end(&answer.table)) {
        status = STEMMA_E_NO_MEMORY;
    }
    stm_buffer_free(&buffer);
    return status == STEMMA_OK && !any && answer.count != 0 ? STEMMA_NOT_FOUND : status;
}

/* Whether there is nothing but white space, semicolons and comments. */
static bool is_blank(sqlite3 *db, const char *words)
{
    sqlite3_stmt *statement = NULL;
    const char *rest = words;
    bool blank = true;
    while (blank && *rest != '\0') {
        const char *before = rest;
        int code = sqlite3_prepare_v2(db, before, -1, &statement, &rest);
        blank = code == SQLITE_OK && statement == NULL;
        sqlite3_finalize(statement);
        if (rest == before) {
            break;
        }
    }
    return blank;
}

/* Statements in order; only the last may answer. */
static stemma_status run_all(struct stm_query *query, sqlite3 *db, const char *words)
{
    stemma_status status = STEMMA_OK;
    bool any = false;
    while (status == STEMMA_OK && *words != '\0') {
        sqlite3_stmt *statement = NULL;
        int code = sqlite3_prepare_v2(db, words, -1, &statement, &words);
        if (code != SQLITE_OK) {
            return fail(query, db, code);
        }
        if (statement == NULL) {
            continue; /* white space or a comment */
        }
        any = true;
        if (sqlite3_column_count(statement) != 0 && !is_blank(db, words)) {
            query->exit = stm_usage_error(&stm_query_program,
                                          "sql: only the last statement may answer with rows");
            status = STEMMA_E_MISUSE;
        } else {
            status = run(query, db, statement);
        }
        sqlite3_finalize(statement);
    }
    if (!any) {
        query->exit = stm_usage_error(&stm_query_program, "sql: no statement");
        return STEMMA_E_MISUSE;
    }
    return status;
}

/* ---- The command ---- */

static stemma_status read_input(struct stm_query *query, struct stm_buffer *out)
{
    char piece[4096];
    size_t size;
    while ((size = fread(piece, 1, sizeof piece, stdin)) != 0 && out->size < STATEMENT_MOST) {
        stm_buffer_add(out, (stemma_text){piece, size});
    }
    if (out->size != 0 && memchr(out->data, 0, out->size) != NULL) {
        query->exit = stm_usage_error(&stm_query_program, "sql: a statement holds no NUL");
        return STEMMA_E_MISUSE;
    }
    if (ferror(stdin) != 0 || out->size >= STATEMENT_MOST) {
        stm_query_note("sql: standard input %s",
                       ferror(stdin) != 0 ? "cannot be read" : "is too long for a statement");
        query->exit = STM_EXIT_SYSTEM;
        return STEMMA_E_SYSTEM;
    }
    return STEMMA_OK;
}

stemma_status stm_query_sql(struct stm_query *query)
{
    struct stm_buffer words = {0};
    sqlite3 *db = NULL;
    stemma_status status = STEMMA_OK;
    bool from_input = query->argument_count == 0 ||
                      (query->argument_count == 1 && strcmp(query->arguments[0], "-") == 0);
    if (from_input) {
        status = read_input(query, &words);
    }
    for (int i = 0; i < query->argument_count && !from_input; i++) {
        stm_buffer_add_string(&words, i != 0 ? " " : "");
        stm_buffer_add_string(&words, query->arguments[i]);
    }
    stm_buffer_add(&words, (stemma_text){"", 1}); /* the NUL */
    if (status == STEMMA_OK && words.failed) {
        status = STEMMA_E_NO_MEMORY;
    }
    if (status == STEMMA_OK) {
        int code = stm_sql_connect(&db, query->file, "knowledge base",
                                   stemma_snapshot_until(query->snapshot));
        stm_sql_interruptible(db);
        status = code == SQLITE_OK ? run_all(query, db, words.data) : fail(query, db, code);
        stm_sql_interruptible(NULL);
    }
    sqlite3_close(db);
    stm_buffer_free(&words);
    return status;
}
