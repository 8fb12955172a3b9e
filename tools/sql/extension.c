/* SPDX-License-Identifier: MIT */
/* The loadable extension: the module "stemma" and the function stemma_attach(). */
#include <sqlite3ext.h>

SQLITE_EXTENSION_INIT1

#include "sql/table.h"

#define LEAST_VERSION 3038000 /* sqlite3_vtab_rhs_value(), LIMIT for virtual tables */

static const char *text_of(int count, sqlite3_value **values, int at)
{
    return at < count ? (const char *)sqlite3_value_text(values[at]) : NULL;
}

/* stemma_attach(file, [prefix, [as_of]]) makes all tables; it gives how many. */
static void attach(sqlite3_context *context, int count, sqlite3_value **values)
{
    char *message = NULL;
    unsigned tables = 0;
    const char *path = text_of(count, values, 0);
    if (path == NULL || count > 3) {
        sqlite3_result_error(context, "stemma_attach: give a file, a prefix, a date", -1);
        return;
    }
    int code = stm_sql_attach(sqlite3_context_db_handle(context), path, text_of(count, values, 1),
                              text_of(count, values, 2), &message);
    if (code != SQLITE_OK) {
        sqlite3_result_error(context, message != NULL ? message : sqlite3_errstr(code), -1);
        sqlite3_free(message);
        return;
    }
    while (stm_sql_table_at(tables) != NULL) {
        tables++;
    }
    sqlite3_result_int(context, (int)tables);
}

__attribute__((visibility("default"))) int sqlite3_stemmasqlite_init(sqlite3 *db, char **message,
                                                                     const sqlite3_api_routines *api);

int sqlite3_stemmasqlite_init(sqlite3 *db, char **message, const sqlite3_api_routines *api)
{
    SQLITE_EXTENSION_INIT2(api);
    if (sqlite3_libversion_number() < LEAST_VERSION) {
        *message = sqlite3_mprintf("stemma_sqlite needs SQLite 3.38 or later");
        return SQLITE_ERROR;
    }
    int code = stm_sql_register(db, NULL, NULL, STEMMA_NONE);
    if (code == SQLITE_OK) {
        code = sqlite3_create_function_v2(db, "stemma_attach", -1,
                                          SQLITE_UTF8 | SQLITE_DIRECTONLY, NULL, attach, NULL,
                                          NULL, NULL);
    }
    return code;
}
