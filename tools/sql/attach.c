/* SPDX-License-Identifier: MIT */
/* The tables by name, and all of them at once. */
#include "sql/table.h"

static const struct stm_sql_table *const tables[] = {
    &stm_sql_document,   &stm_sql_entity,  &stm_sql_name,       &stm_sql_event,
    &stm_sql_participant, &stm_sql_claim,  &stm_sql_witness,    &stm_sql_assertion,
    &stm_sql_evidence,   &stm_sql_referent, &stm_sql_mention,   &stm_sql_judgement,
    &stm_sql_derivation, &stm_sql_run,     &stm_sql_term,       &stm_sql_find,
    &stm_sql_search,
};

const struct stm_sql_table *stm_sql_table_at(unsigned index)
{
    return index < sizeof tables / sizeof tables[0] ? tables[index] : NULL;
}

const struct stm_sql_table *stm_sql_table_find(const char *name)
{
    const struct stm_sql_table *table;
    for (unsigned i = 0; (table = stm_sql_table_at(i)) != NULL; i++) {
        if (sqlite3_stricmp(table->name, name) == 0) {
            return table;
        }
    }
    return NULL;
}

/* USING stemma('news.stemma', 'event', as_of='2024-05-01') */
static char *statement_for(const struct stm_sql_table *table, const char *path, const char *prefix,
                           const char *as_of)
{
    sqlite3_str *words = sqlite3_str_new(NULL);
    sqlite3_str_appendf(words, "CREATE VIRTUAL TABLE temp.\"%w%w\" USING stemma",
                        prefix != NULL ? prefix : "", table->name);
    if (path != NULL) {
        sqlite3_str_appendf(words, "(%Q, %Q", path, table->name);
        if (as_of != NULL) {
            sqlite3_str_appendf(words, ", as_of=%Q", as_of);
        }
        sqlite3_str_appendall(words, ")");
    }
    return sqlite3_str_finish(words);
}

int stm_sql_attach(sqlite3 *db, const char *path, const char *prefix, const char *as_of,
                   char **message)
{
    const struct stm_sql_table *table;
    for (unsigned i = 0; (table = stm_sql_table_at(i)) != NULL; i++) {
        char *statement = statement_for(table, path, prefix, as_of);
        int code = statement != NULL ? sqlite3_exec(db, statement, NULL, NULL, message)
                                     : SQLITE_NOMEM;
        sqlite3_free(statement);
        if (code != SQLITE_OK) {
            return code;
        }
    }
    return SQLITE_OK;
}
