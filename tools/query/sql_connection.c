/* SPDX-License-Identifier: MIT */
#include "query/sql_connection.h"

#include <signal.h>

#include "sql/table.h"

#define LENGTH_MOST  (256 * 1024 * 1024) /* bytes of one value */
#define COLUMNS_MOST 256
#define MEMORY_MOST  (INT64_C(1) << 30) /* bytes that SQLite takes in all */
#define PAGES_MOST   "262144"           /* of temporary tables: 1 GiB */

/* ---- What is allowed ---- */

/* Settings that only tell something. */
static const char *const telling[] = {
    "table_info",    "table_xinfo",    "table_list",  "index_list",      "index_info",   "index_xinfo",
    "function_list", "collation_list", "module_list", "compile_options", "database_list",
};
#define TELLING (sizeof telling / sizeof telling[0])

static bool only_tells(const char *pragma)
{
    for (size_t i = 0; i < TELLING; i++) {
        if (sqlite3_stricmp(pragma, telling[i]) == 0) {
            return true;
        }
    }
    return false;
}

static int authorize(void *context, int action, const char *first, const char *second,
                     const char *schema, const char *inner)
{
    bool temporary = schema != NULL && strcmp(schema, "temp") == 0;
    (void)context;
    (void)inner;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_RECURSIVE:
    case SQLITE_TRANSACTION:
    case SQLITE_SAVEPOINT:
    case SQLITE_ANALYZE:
    case SQLITE_REINDEX:
    case SQLITE_CREATE_TEMP_INDEX:
    case SQLITE_CREATE_TEMP_TABLE:
    case SQLITE_CREATE_TEMP_TRIGGER:
    case SQLITE_CREATE_TEMP_VIEW:
    case SQLITE_DROP_TEMP_INDEX:
    case SQLITE_DROP_TEMP_TABLE:
    case SQLITE_DROP_TEMP_TRIGGER:
    case SQLITE_DROP_TEMP_VIEW:
        return SQLITE_OK;
    case SQLITE_FUNCTION:
        return sqlite3_stricmp(second, "load_extension") == 0 ? SQLITE_DENY : SQLITE_OK;
    case SQLITE_INSERT:
    case SQLITE_UPDATE:
    case SQLITE_DELETE:
        return temporary ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_ALTER_TABLE:
        return sqlite3_stricmp(first, "temp") == 0 ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_PRAGMA:
        return only_tells(first) ? SQLITE_OK : SQLITE_DENY;
    default: /* ATTACH, virtual tables, tables that are not temporary */
        return SQLITE_DENY;
    }
}

/* ---- Opening ---- */

/* Has SQLite make the tables of those settings, pragma_table_info and so on, which it does when they are
   first used and in a way that looks like making a table. */
static void prepare_telling(sqlite3 *db)
{
    for (size_t i = 0; i < TELLING; i++) {
        char *words = sqlite3_mprintf("SELECT * FROM pragma_%s LIMIT 0", telling[i]);
        if (words != NULL) {
            (void)sqlite3_exec(db, words, NULL, NULL, NULL); /* a version may lack one */
        }
        sqlite3_free(words);
    }
}

int stm_sql_connect(sqlite3 **out, stemma_file *file, const char *path, uint32_t until)
{
    int code = sqlite3_open_v2(":memory:", out, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    if (code == SQLITE_OK) {
        sqlite3_extended_result_codes(*out, 1);
        (void)sqlite3_limit(*out, SQLITE_LIMIT_LENGTH, LENGTH_MOST);
        (void)sqlite3_limit(*out, SQLITE_LIMIT_COLUMN, COLUMNS_MOST);
        (void)sqlite3_limit(*out, SQLITE_LIMIT_ATTACHED, 0);
        (void)sqlite3_hard_heap_limit64(MEMORY_MOST);
        (void)sqlite3_exec(*out, "PRAGMA temp.max_page_count = " PAGES_MOST, NULL, NULL, NULL);
        code = sqlite3_db_config(*out, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    }
    if (code == SQLITE_OK) {
        code = stm_sql_register(*out, file, path, until);
    }
    if (code == SQLITE_OK) {
        code = stm_sql_attach(*out, NULL, NULL, NULL, NULL);
    }
    if (code == SQLITE_OK) {
        prepare_telling(*out);
    }
    return code == SQLITE_OK ? sqlite3_set_authorizer(*out, authorize, NULL) : code;
}

/* ---- Interrupting ---- */

static sqlite3 *volatile running; /* a signal handler knows nothing else */

static void interrupt(int signal_number)
{
    (void)signal_number;
    sqlite3 *db = running;
    if (db != NULL) {
        sqlite3_interrupt(db);
    }
}

void stm_sql_interruptible(sqlite3 *db)
{
    running = db;
    signal(SIGINT, db != NULL ? interrupt : SIG_DFL);
}
