/* SPDX-License-Identifier: MIT */
/* Finding the cheapest way of a table for a question. */
#include "sql/vtab.h"

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

/* Rows as SQLite takes them. A file may count what it likes, so that a guess is beyond every integer, or no number. */
static sqlite3_int64 rows_of(double guess)
{
    const double most = 1e15;
    return !(guess >= 1) ? 1 : (sqlite3_int64)(guess < most ? guess : most);
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
    info->estimatedRows = rows_of(choice->guess.rows);
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

int stm_sql_complain(struct stm_sql_vtab *vtab, stemma_status status, const stemma_error *error)
{
    sqlite3_free(vtab->sqlite.zErrMsg);
    vtab->sqlite.zErrMsg = stm_sql_complaint(vtab->base, status, error);
    return stm_sql_code(status);
}

int stm_sql_best_index(sqlite3_vtab *sqlite, sqlite3_index_info *info)
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
        return stm_sql_complain(vtab, status, &error);
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
