/* SPDX-License-Identifier: MIT */
/* Statements over the tables of a knowledge base, as `stemma-query KB sql` allows them, stopped when they
   take long. What is prepared runs to its end, an error, or the stop. */
#include "fuzz.h"
#include "fuzz_file.h"
#include "query/sql_connection.h"
#include "sql/late.h"

#define STEPS 200 /* of a thousand instructions each */
#define ROWS  500

static int stop(void *context)
{
    int *steps = context;
    return ++*steps > STEPS;
}

static void run(sqlite3 *db, const char *statement)
{
    while (*statement != '\0') {
        sqlite3_stmt *prepared = NULL;
        const char *rest = NULL;
        int steps = 0, rows = 0;
        sqlite3_progress_handler(db, 1000, stop, &steps);
        if (sqlite3_prepare_v2(db, statement, -1, &prepared, &rest) != SQLITE_OK || prepared == NULL) {
            break;
        }
        while (rows++ < ROWS && sqlite3_step(prepared) == SQLITE_ROW) {
            for (int i = 0; i < sqlite3_column_count(prepared); i++) {
                (void)sqlite3_column_text(prepared, i);
            }
        }
        int code = sqlite3_finalize(prepared);
        fuzz_must(code != SQLITE_CORRUPT && code != SQLITE_MISUSE && code != SQLITE_INTERNAL);
        statement = rest;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static stemma_file *file;
    static const char *path;
    stemma_error error = {0};
    sqlite3 *db = NULL;
    if (file == NULL) {
        const char *why = NULL;
        fuzz_must(stm_sqlite_load(&why));
        path = fuzz_put_file(fuzz_base_file(0));
        fuzz_must(stemma_open(&file, path, NULL, &error) == STEMMA_OK);
        sqlite3_hard_heap_limit64(128 << 20);
    }
    char *statement = strndup((const char *)data, size);
    fuzz_must(statement != NULL);
    fuzz_must(stm_sql_connect(&db, file, path, STEMMA_NONE) == SQLITE_OK);
    (void)sqlite3_limit(db, SQLITE_LIMIT_LENGTH, 1 << 20);
    run(db, statement);
    fuzz_must(sqlite3_close(db) == SQLITE_OK);
    free(statement);
    return 0;
}
