/* SPDX-License-Identifier: MIT */
/* The virtual tables: what SQLite calls. */
#include "sql/table.h"

#include <stdlib.h>

struct stm_sql_vtab {
    sqlite3_vtab sqlite; /* first */
    const struct stm_sql_table *table;
    struct stm_sql_bases *bases;
    struct stm_sql_base *base;
};

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

/* ---- Planning ---- */

/* A plan as one number: way, order, slots, what bounds are strict. Limit and offset are told by how many
   values there are beyond the slots. */
#define WAY_BITS    3
#define ORDER_SHIFT WAY_BITS
#define ORDER_BITS  3
#define LIMIT_BIT   6
#define OFFSET_BIT  7
#define USED_SHIFT  8
#define STRICT_SHIFT (USED_SHIFT + STM_SQL_SLOTS)

_Static_assert(STRICT_SHIFT + STM_SQL_SLOTS <= 32, "a plan is one number");

/* Which condition of the question fills which slot. */
struct choice {
    struct stm_sql_guess guess;
    int constraint[STM_SQL_SLOTS];
    unsigned order;
    bool exact;     /* nothing is left to SQLite */
    bool limits;
};

static int op_of(unsigned char op, bool *strict)
{
    *strict = op == SQLITE_INDEX_CONSTRAINT_GT || op == SQLITE_INDEX_CONSTRAINT_LT;
    switch (op) {
    case SQLITE_INDEX_CONSTRAINT_EQ:
        return STM_SQL_EQ;
    case SQLITE_INDEX_CONSTRAINT_GT:
    case SQLITE_INDEX_CONSTRAINT_GE:
        return STM_SQL_LOW;
    case SQLITE_INDEX_CONSTRAINT_LT:
    case SQLITE_INDEX_CONSTRAINT_LE:
        return STM_SQL_HIGH;
    case SQLITE_INDEX_CONSTRAINT_LIKE:
    case SQLITE_INDEX_CONSTRAINT_GLOB:
        return STM_SQL_LIKE;
    case SQLITE_INDEX_CONSTRAINT_MATCH:
        return STM_SQL_MATCH;
    default:
        return -1;
    }
}

static bool is_bound(unsigned char op)
{
    return op == SQLITE_INDEX_CONSTRAINT_LIMIT || op == SQLITE_INDEX_CONSTRAINT_OFFSET;
}

static int column_of(const struct stm_sql_table *table,
                     const struct sqlite3_index_constraint *constraint)
{
    return constraint->iColumn < 0 ? (table->numbered ? 0 : -1) : constraint->iColumn;
}

static bool is_input(const struct stm_sql_table *table, int column)
{
    for (unsigned i = 0; i < table->slot_count; i++) {
        if (table->slots[i].column == column && table->slots[i].kind == STM_SQL_INPUT &&
            table->slots[i].op == STM_SQL_EQ) {
            return true;
        }
    }
    return false;
}

/* The slot of a way that a condition can fill, or -1. */
static int slot_for(const struct stm_sql_table *table, const struct choice *choice,
                    sqlite3_index_info *info, int at)
{
    const struct stm_sql_way *way = &table->ways[choice->guess.way];
    const struct sqlite3_index_constraint *constraint = &info->aConstraint[at];
    bool strict;
    int op = op_of(constraint->op, &strict);
    int column = column_of(table, constraint);
    for (unsigned i = 0; i < table->slot_count && op >= 0 && column >= 0; i++) {
        const struct stm_sql_slot *slot = &table->slots[i];
        if (slot->column == column && slot->op == op &&
            ((way->need | way->may) & STM_SQL_SLOT(i)) != 0 &&
            (choice->guess.used & STM_SQL_SLOT(i)) == 0 &&
            (slot->kind == STM_SQL_INTEGER || slot->kind == STM_SQL_INPUT ||
             slot->op == STM_SQL_MATCH ||
             sqlite3_stricmp(sqlite3_vtab_collation(info, at), "BINARY") == 0)) {
            return (int)i;
        }
    }
    return -1;
}

/* Whether what the slot finds need not be compared again. */
static bool is_exact(const struct stm_sql_table *table, const struct choice *choice, unsigned slot)
{
    const struct stm_sql_slot *is = &table->slots[slot];
    return is->kind == STM_SQL_INTEGER || is->kind == STM_SQL_INPUT || is->op == STM_SQL_MATCH ||
           (is->kind == STM_SQL_TIME && !stm_sql_is_dated(choice->guess.base) &&
            choice->guess.value[slot] != NULL && stm_sql_is_plain_text(choice->guess.value[slot]));
}

/* Fills the slots of a way. False when the way is none for this question. */
static bool fill(const struct stm_sql_table *table, sqlite3_index_info *info,
                 struct choice *choice)
{
    choice->exact = true;
    for (int i = 0; i < info->nConstraint; i++) {
        const struct sqlite3_index_constraint *constraint = &info->aConstraint[i];
        if (is_bound(constraint->op)) {
            continue;
        }
        int slot = constraint->usable ? slot_for(table, choice, info, i) : -1;
        bool strict;
        if (slot < 0) {
            choice->exact = false;
            if (is_input(table, column_of(table, constraint)) ||
                constraint->op == SQLITE_INDEX_CONSTRAINT_MATCH) {
                return false; /* nobody but the table could tell */
            }
            continue;
        }
        (void)op_of(constraint->op, &strict);
        choice->constraint[slot] = i;
        choice->guess.used |= (uint16_t)STM_SQL_SLOT(slot);
        choice->guess.strict |= (uint16_t)(strict ? STM_SQL_SLOT(slot) : 0);
        if (sqlite3_vtab_rhs_value(info, i, &choice->guess.value[slot]) != SQLITE_OK) {
            choice->guess.value[slot] = NULL;
        }
        choice->exact = choice->exact && is_exact(table, choice, (unsigned)slot);
    }
    return (table->ways[choice->guess.way].need & ~choice->guess.used) == 0;
}

static unsigned order_of(const struct stm_sql_table *table, const sqlite3_index_info *info,
                         const struct stm_sql_guess *guess)
{
    struct stm_sql_order order = {0};
    if (table->order == NULL || info->nOrderBy == 0 || info->nOrderBy > 4) {
        return 0;
    }
    for (int i = 0; i < info->nOrderBy; i++) {
        int column = info->aOrderBy[i].iColumn;
        order.by[i].column = column < 0 ? (table->numbered ? 0 : -1) : column;
        order.by[i].descending = info->aOrderBy[i].desc != 0;
    }
    order.count = (unsigned)info->nOrderBy;
    return table->order(guess, &order);
}

/* "entity, type and earliest" */
static char *words_of(const struct stm_sql_table *table, const struct choice *choice)
{
    const struct stm_sql_way *way = &table->ways[choice->guess.way];
    sqlite3_str *words = sqlite3_str_new(NULL);
    const char *before = NULL;
    unsigned said = 0;
    sqlite3_str_appendf(words, "%s", table->name);
    if (way->words != NULL) {
        sqlite3_str_appendf(words, " %s", way->words);
    }
    for (unsigned i = 0; i < table->slot_count; i++) {
        const char *word = table->slots[i].words;
        if ((choice->guess.used & STM_SQL_SLOT(i)) == 0 || way->words != NULL ||
            (before != NULL && strcmp(before, word) == 0)) {
            continue;
        }
        sqlite3_str_appendf(words, "%s%s", said++ == 0 ? " by " : " and ", word);
        before = word;
    }
    if (said == 0 && way->words == NULL) {
        sqlite3_str_appendall(words, ": all");
    }
    if (choice->order != 0) {
        sqlite3_str_appendall(words, ", in order");
    }
    return sqlite3_str_finish(words);
}

static void pass_on(const struct stm_sql_table *table, sqlite3_index_info *info,
                    const struct choice *choice)
{
    int place = 0;
    unsigned number = choice->guess.way | choice->order << ORDER_SHIFT |
                      (unsigned)choice->guess.used << USED_SHIFT |
                      (unsigned)choice->guess.strict << STRICT_SHIFT;
    for (unsigned i = 0; i < table->slot_count; i++) {
        if ((choice->guess.used & STM_SQL_SLOT(i)) != 0) {
            struct sqlite3_index_constraint_usage *usage =
                &info->aConstraintUsage[choice->constraint[i]];
            usage->argvIndex = ++place;
            usage->omit = is_exact(table, choice, i);
        }
    }
    /* Limits count only rows that nobody else drops. */
    for (unsigned bit = LIMIT_BIT; bit <= OFFSET_BIT && choice->limits; bit++) {
        for (int i = 0; i < info->nConstraint; i++) {
            unsigned char op = bit == LIMIT_BIT ? SQLITE_INDEX_CONSTRAINT_LIMIT
                                                : SQLITE_INDEX_CONSTRAINT_OFFSET;
            if (info->aConstraint[i].op == op && info->aConstraint[i].usable) {
                info->aConstraintUsage[i].argvIndex = ++place;
                info->aConstraintUsage[i].omit = bit == OFFSET_BIT;
                number |= 1u << bit;
                break;
            }
        }
    }
    info->idxNum = (int)number;
    info->orderByConsumed = choice->order != 0;
    info->estimatedRows = choice->guess.rows < 1 ? 1 : (sqlite3_int64)choice->guess.rows;
    info->estimatedCost = choice->guess.cost;
    info->idxFlags = choice->guess.unique ? SQLITE_INDEX_SCAN_UNIQUE : 0;
}

static bool bounds_usable(const sqlite3_index_info *info)
{
    bool limit = false;
    for (int i = 0; i < info->nConstraint; i++) {
        limit = limit || (info->aConstraint[i].op == SQLITE_INDEX_CONSTRAINT_LIMIT &&
                          info->aConstraint[i].usable);
        if (is_bound(info->aConstraint[i].op) && !info->aConstraint[i].usable) {
            return false;
        }
    }
    return limit;
}

static int complain(struct stm_sql_vtab *vtab, stemma_status status, const stemma_error *error)
{
    sqlite3_free(vtab->sqlite.zErrMsg);
    vtab->sqlite.zErrMsg = stm_sql_complaint(vtab->base, status, error);
    return stm_sql_code(status);
}

static int best_index(sqlite3_vtab *sqlite, sqlite3_index_info *info)
{
    struct stm_sql_vtab *vtab = (struct stm_sql_vtab *)sqlite;
    const struct stm_sql_table *table = vtab->table;
    struct choice best;
    stemma_error error;
    bool found = false;
    stemma_status status = stm_sql_base_open(vtab->base, &error);
    memset(&best, 0, sizeof best);
    for (unsigned i = 0; i < table->way_count && status == STEMMA_OK; i++) {
        struct choice choice;
        memset(&choice, 0, sizeof choice);
        choice.guess.base = vtab->base;
        choice.guess.way = i;
        if (!fill(table, info, &choice)) {
            continue;
        }
        status = table->estimate(&choice.guess, &error);
        if (!found || choice.guess.cost < best.guess.cost) {
            best = choice;
            found = true;
        }
    }
    if (status != STEMMA_OK) {
        return complain(vtab, status, &error);
    }
    if (!found) {
        return SQLITE_CONSTRAINT;
    }
    best.order = best.guess.order = order_of(table, info, &best.guess);
    best.limits = best.exact && table->limits != NULL && bounds_usable(info) &&
                  (info->nOrderBy == 0 || best.order != 0) && table->limits(&best.guess);
    info->idxStr = words_of(table, &best);
    info->needToFreeIdxStr = 1;
    pass_on(table, info, &best);
    return info->idxStr != NULL ? SQLITE_OK : SQLITE_NOMEM;
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
    return status >= 0 ? SQLITE_OK : complain(vtab, status, &cursor->error);
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

/* ---- What tables share ---- */

stemma_status stm_sql_need(struct stm_sql_cursor *cursor, stemma_snapshot **snapshot)
{
    return *snapshot != NULL ? STEMMA_OK
                             : stm_sql_snapshot_take(cursor->base, snapshot, &cursor->error);
}

#define ROWS_OF_ITEM 64u

stemma_status stm_sql_next_item(struct stm_sql_cursor *cursor)
{
    if (cursor->item == NULL) {
        return stm_sql_need(cursor, &cursor->item);
    }
    if (++cursor->rows >= ROWS_OF_ITEM) {
        stemma_snapshot_reset(cursor->item);
        cursor->rows = 0;
    }
    return STEMMA_OK;
}

stemma_status stm_sql_id(struct stm_sql_cursor *cursor, sqlite3_context *context, uint8_t kind,
                         uint32_t number)
{
    char id[STEMMA_ID_SIZE];
    stemma_reference reference = {kind, number};
    stemma_status status = stemma_id_text(cursor->item, reference, id, &cursor->error);
    if (status == STEMMA_OK) {
        stm_sql_text(context, stemma_text_of(id));
    }
    return status;
}

stemma_status stm_sql_resolve(struct stm_sql_cursor *cursor, sqlite3_value *value, uint8_t kind,
                              uint32_t *number)
{
    stemma_reference reference = {0, 0};
    stemma_text id;
    if (!stm_sql_value_text(value, &id)) {
        return STEMMA_END; /* an id begins with a letter: it is no number's text */
    }
    stemma_status status = stm_sql_need(cursor, &cursor->list);
    if (status == STEMMA_OK) {
        status = stemma_resolve(cursor->list, id, &reference, &cursor->error);
    }
    if (status == STEMMA_NOT_FOUND || status == STEMMA_E_INVALID ||
        (status == STEMMA_OK && reference.kind != kind)) {
        return STEMMA_END;
    }
    *number = reference.number;
    return status;
}

struct stm_sql_numbers stm_sql_plan_numbers(const struct stm_sql_plan *plan, unsigned first,
                                            uint64_t count)
{
    struct stm_sql_numbers numbers = {0, (int64_t)count - 1};
    for (unsigned i = 0; i < 3; i++) {
        if ((plan->used & STM_SQL_SLOT(first + i)) != 0) {
            stm_sql_narrow(&numbers, plan->value[first + i], (enum stm_sql_op)i,
                           (plan->strict & STM_SQL_SLOT(first + i)) != 0);
        }
    }
    return numbers;
}

double stm_sql_guess_numbers(const struct stm_sql_guess *guess, unsigned first, uint64_t count)
{
    struct stm_sql_numbers numbers = {0, (int64_t)count - 1};
    double share = 1;
    for (unsigned i = 0; i < 3; i++) {
        if ((guess->used & STM_SQL_SLOT(first + i)) == 0) {
            continue;
        }
        if (guess->value[first + i] != NULL) {
            stm_sql_narrow(&numbers, guess->value[first + i], (enum stm_sql_op)i,
                           (guess->strict & STM_SQL_SLOT(first + i)) != 0);
        } else if (i == 0) {
            return 1;
        } else {
            share /= 4;
        }
    }
    return stm_sql_none(&numbers) ? 0 : (double)(numbers.last - numbers.first + 1) * share;
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
    .xBestIndex = best_index,
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
