/* SPDX-License-Identifier: MIT */
/* The virtual tables: what SQLite calls. */
#include "sql/vtab.h"

#include <stdlib.h>

/* ---- Connecting ---- */

/* An argument as it stands in CREATE VIRTUAL TABLE: without quotes and white space around it. */
static char *unquote(const char *argument)
{
    size_t size = strlen(argument);
    while (size != 0 && strchr(" \t\r\n", argument[0]) != NULL) {
        argument++;
        size--;
    }
    while (size != 0 && strchr(" \t\r\n", argument[size - 1]) != NULL) {
        size--;
    }
    char *out = sqlite3_malloc64(size + 1);
    if (out == NULL) {
        return NULL;
    }
    char quote = size >= 2 && (argument[0] == '\'' || argument[0] == '"') ? argument[0] : '\0';
    if (quote == '\0' || argument[size - 1] != quote) {
        memcpy(out, argument, size);
        out[size] = '\0';
        return out;
    }
    size_t length = 0;
    for (size_t i = 1; i + 1 < size; i++) {
        out[length++] = argument[i];
        i += argument[i] == quote && argument[i + 1] == quote && i + 2 < size;
    }
    out[length] = '\0';
    return out;
}

struct arguments {
    char *path;
    char *table;
    char *as_of;
};

static void free_arguments(struct arguments *arguments)
{
    sqlite3_free(arguments->path);
    sqlite3_free(arguments->table);
    sqlite3_free(arguments->as_of);
}

/* 'news.stemma', 'event', as_of=2024-05-01: the first two by their places. */
static int read_arguments(struct arguments *out, int count, const char *const *words,
                          char **message)
{
    int place = 0;
    for (int i = 3; i < count; i++) {
        const char *word = words[i] + strspn(words[i], " \t\r\n");
        size_t name = strcspn(word, " \t\r\n=");
        const char *equals = word + name + strspn(word + name, " \t\r\n");
        bool dated = name == strlen("as_of") && sqlite3_strnicmp(word, "as_of", (int)name) == 0 &&
                     *equals == '=';
        char **to = dated        ? &out->as_of
                    : place == 0 ? &out->path
                    : place == 1 ? &out->table
                                 : NULL;
        if (to == NULL || *to != NULL) {
            *message = sqlite3_mprintf("stemma: '%s' is too much: ('file', 'table', as_of=DATE)",
                                       words[i]);
            return SQLITE_ERROR;
        }
        place += !dated;
        *to = unquote(dated ? equals + 1 : word);
        if (*to == NULL) {
            return SQLITE_NOMEM;
        }
    }
    return SQLITE_OK;
}

static int declare(sqlite3 *db, const struct stm_sql_table *table)
{
    char *statement = sqlite3_mprintf("CREATE TABLE x(%s)", table->columns);
    int code = statement != NULL ? sqlite3_declare_vtab(db, statement) : SQLITE_NOMEM;
    sqlite3_free(statement);
    return code;
}

static int make(sqlite3 *db, struct stm_sql_bases *bases, const struct arguments *arguments,
                const char *name, sqlite3_vtab **out, char **message)
{
    const char *wanted = arguments->table != NULL ? arguments->table : name;
    const struct stm_sql_table *table = stm_sql_table_find(wanted);
    int code;
    if (table == NULL) {
        *message = sqlite3_mprintf("stemma: there is no table '%s'; name one: USING "
                                   "stemma('file', 'event')",
                                   wanted);
        return SQLITE_ERROR;
    }
    if (arguments->path == NULL && bases->given == NULL) {
        *message = sqlite3_mprintf("stemma: no file is named: USING stemma('news.stemma')");
        return SQLITE_ERROR;
    }
    if (arguments->path != NULL && bases->given != NULL) {
        *message = sqlite3_mprintf("stemma: only the file that was named first is open here");
        return SQLITE_AUTH;
    }
    code = declare(db, table);
    if (code == SQLITE_OK && bases->given == NULL) {
        /* Who opens a stranger's database must not have its views and triggers open files. */
        code = sqlite3_vtab_config(db, SQLITE_VTAB_DIRECTONLY);
    }
    if (code != SQLITE_OK) {
        return code;
    }
    struct stm_sql_vtab *vtab = sqlite3_malloc64(sizeof *vtab);
    if (vtab == NULL) {
        return SQLITE_NOMEM;
    }
    memset(vtab, 0, sizeof *vtab);
    vtab->table = table;
    vtab->bases = bases;
    vtab->base = bases->given;
    if (vtab->base != NULL) {
        vtab->base->users++;
    } else {
        vtab->base = stm_sql_base_take(bases, arguments->path, arguments->as_of);
    }
    if (vtab->base == NULL) {
        sqlite3_free(vtab);
        return SQLITE_NOMEM;
    }
    *out = &vtab->sqlite;
    return SQLITE_OK;
}

static int disconnect(sqlite3_vtab *sqlite)
{
    struct stm_sql_vtab *vtab = (struct stm_sql_vtab *)sqlite;
    stm_sql_base_give(vtab->bases, vtab->base);
    sqlite3_free(vtab);
    return SQLITE_OK;
}

/* A table of a schema that is read: the file is opened when it is first asked, for a schema may be
   a stranger's. */
static int connect(sqlite3 *db, void *context, int count, const char *const *words,
                   sqlite3_vtab **out, char **message)
{
    struct arguments arguments = {NULL, NULL, NULL};
    int code = read_arguments(&arguments, count, words, message);
    if (code == SQLITE_OK) {
        code = make(db, context, &arguments, words[2], out, message);
    }
    free_arguments(&arguments);
    return code;
}

/* A table that somebody makes: a file that cannot be opened is told at once. */
static int create(sqlite3 *db, void *context, int count, const char *const *words,
                  sqlite3_vtab **out, char **message)
{
    stemma_error error;
    int code = connect(db, context, count, words, out, message);
    if (code != SQLITE_OK) {
        return code;
    }
    struct stm_sql_base *base = ((struct stm_sql_vtab *)*out)->base;
    stemma_status status = stm_sql_base_open(base, &error);
    if (status != STEMMA_OK) {
        *message = stm_sql_complaint(base, status, &error);
        disconnect(*out);
        *out = NULL;
        return stm_sql_code(status);
    }
    return SQLITE_OK;
}

/* ---- Cursors ---- */

static struct stm_sql_vtab *vtab_of(sqlite3_vtab_cursor *cursor)
{
    return (struct stm_sql_vtab *)cursor->pVtab;
}

static int open_cursor(sqlite3_vtab *sqlite, sqlite3_vtab_cursor **out)
{
    struct stm_sql_vtab *vtab = (struct stm_sql_vtab *)sqlite;
    struct stm_sql_cursor *cursor = sqlite3_malloc64(vtab->table->cursor_size);
    if (cursor == NULL) {
        return SQLITE_NOMEM;
    }
    memset(cursor, 0, vtab->table->cursor_size);
    cursor->base = vtab->base;
    cursor->ended = true;
    *out = &cursor->sqlite;
    return SQLITE_OK;
}

static int close_cursor(sqlite3_vtab_cursor *sqlite)
{
    struct stm_sql_cursor *cursor = (struct stm_sql_cursor *)sqlite;
    const struct stm_sql_table *table = vtab_of(sqlite)->table;
    if (table->close != NULL) {
        table->close(cursor);
    }
    stm_sql_snapshot_give(cursor->base, cursor->list);
    stm_sql_snapshot_give(cursor->base, cursor->document);
    stm_sql_snapshot_give(cursor->base, cursor->item);
    sqlite3_free(cursor);
    return SQLITE_OK;
}

static int go_on(struct stm_sql_cursor *cursor, stemma_status status)
{
    struct stm_sql_vtab *vtab = vtab_of(&cursor->sqlite);
    while (status == STEMMA_OK) {
        status = stm_sql_next_item(cursor);
        if (status == STEMMA_OK) {
            status = vtab->table->next(cursor);
        }
        if (status != STEMMA_NOT_FOUND) {
            break;
        }
        status = STEMMA_OK; /* nothing that is known by the date: the next one */
    }
    cursor->ended = status != STEMMA_OK;
    return status >= 0 ? SQLITE_OK : stm_sql_complain(vtab, status, &cursor->error);
}

/* The count that LIMIT or OFFSET gives. */
static int64_t bound_of(sqlite3_value *value, int64_t otherwise)
{
    int64_t bound = sqlite3_value_type(value) == SQLITE_INTEGER ? sqlite3_value_int64(value) : -1;
    return bound < 0 ? otherwise : bound;
}

static int filter(sqlite3_vtab_cursor *sqlite, int number, const char *words, int count,
                  sqlite3_value **values)
{
    struct stm_sql_cursor *cursor = (struct stm_sql_cursor *)sqlite;
    const struct stm_sql_table *table = vtab_of(sqlite)->table;
    struct stm_sql_plan plan;
    unsigned bits = (unsigned)number;
    int at = 0;
    (void)words;
    memset(&plan, 0, sizeof plan);
    plan.way = bits & ((1u << WAY_BITS) - 1);
    plan.order = bits >> ORDER_SHIFT & ((1u << ORDER_BITS) - 1);
    plan.used = (uint16_t)(bits >> USED_SHIFT & ((1u << STM_SQL_SLOTS) - 1));
    plan.strict = (uint16_t)(bits >> STRICT_SHIFT & ((1u << STM_SQL_SLOTS) - 1));
    plan.limit = INT64_MAX;
    for (unsigned i = 0; i < table->slot_count && at < count; i++) {
        if ((plan.used & STM_SQL_SLOT(i)) != 0) {
            plan.value[i] = values[at++];
        }
    }
    if ((bits >> LIMIT_BIT & 1) != 0 && at < count) {
        plan.limit = bound_of(values[at++], INT64_MAX);
    }
    if ((bits >> OFFSET_BIT & 1) != 0 && at < count) {
        plan.offset = bound_of(values[at++], 0);
    }
    /* What is stopped after a limit must have been skipped here, too. */
    plan.limit = plan.limit > INT64_MAX - plan.offset ? INT64_MAX : plan.limit;
    memset(&cursor->error, 0, sizeof cursor->error);
    cursor->rows = 0;
    stemma_snapshot_reset(cursor->list);
    stemma_snapshot_reset(cursor->item);
    return go_on(cursor, table->filter(cursor, &plan));
}

static int next(sqlite3_vtab_cursor *sqlite)
{
    return go_on((struct stm_sql_cursor *)sqlite, STEMMA_OK);
}

static int is_at_end(sqlite3_vtab_cursor *sqlite)
{
    return ((struct stm_sql_cursor *)sqlite)->ended;
}

static int column(sqlite3_vtab_cursor *sqlite, sqlite3_context *context, int number)
{
    struct stm_sql_cursor *cursor = (struct stm_sql_cursor *)sqlite;
    stemma_status status = vtab_of(sqlite)->table->column(cursor, context, number);
    if (status == STEMMA_OK) {
        return SQLITE_OK;
    }
    status = status > 0 ? STEMMA_E_DAMAGED : status; /* what a row names is there */
    char *message = stm_sql_complaint(cursor->base, status, &cursor->error);
    sqlite3_result_error(context, message != NULL ? message : "out of memory", -1);
    sqlite3_result_error_code(context, stm_sql_code(status));
    sqlite3_free(message);
    return stm_sql_code(status);
}

static int rowid(sqlite3_vtab_cursor *sqlite, sqlite3_int64 *out)
{
    struct stm_sql_cursor *cursor = (struct stm_sql_cursor *)sqlite;
    *out = vtab_of(sqlite)->table->rowid(cursor);
    return SQLITE_OK;
}

/* ---- The module ---- */

static void end_bases(void *context)
{
    struct stm_sql_bases *bases = context;
    if (bases->given != NULL) {
        stm_sql_base_give(bases, bases->given);
    }
    while (bases->first != NULL) { /* SQLite has disconnected all tables before */
        bases->first->users = 1;
        stm_sql_base_give(bases, bases->first);
    }
    sqlite3_free(bases);
}

static const sqlite3_module module = {
    .iVersion = 2,
    .xCreate = create,
    .xConnect = connect,
    .xBestIndex = stm_sql_best_index,
    .xDisconnect = disconnect,
    .xDestroy = disconnect,
    .xOpen = open_cursor,
    .xClose = close_cursor,
    .xFilter = filter,
    .xNext = next,
    .xEof = is_at_end,
    .xColumn = column,
    .xRowid = rowid,
};

int stm_sql_register(sqlite3 *db, stemma_file *given, const char *path, uint32_t until)
{
    struct stm_sql_bases *bases = sqlite3_malloc64(sizeof *bases);
    if (bases == NULL) {
        return SQLITE_NOMEM;
    }
    memset(bases, 0, sizeof *bases);
    if (given != NULL) {
        bases->given = stm_sql_base_take(bases, path, NULL);
        if (bases->given == NULL) {
            sqlite3_free(bases);
            return SQLITE_NOMEM;
        }
        bases->given->file = given;
        bases->given->borrowed = true;
        bases->given->until = until;
    }
    return sqlite3_create_module_v2(db, "stemma", &module, bases, end_bases);
}
