/* SPDX-License-Identifier: MIT */
/* A connection of SQLite that holds the tables of one knowledge base, and can reach nothing else. */
#ifndef STEMMA_QUERY_SQL_CONNECTION_H
#define STEMMA_QUERY_SQL_CONNECTION_H

#include "query/query.h"
#include "sql/sqlite.h"

/* Opens one in memory, with all tables. What it may do then: SELECT, and tables, views and indexes of the
   schema temp. No other file is opened, nothing is loaded, no setting is changed. `*out` is closed by
   the caller, also after an error. Result codes of SQLite. */
int stm_sql_connect(sqlite3 **out, stemma_file *file, const char *path, uint32_t until);

/* From here on the interrupt key ends the statement that runs on `db` (SQLITE_INTERRUPT); NULL: it
   ends the program again. */
void stm_sql_interruptible(sqlite3 *db);

#endif
