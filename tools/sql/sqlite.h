/* SPDX-License-Identifier: MIT */
/* SQLite as a loadable extension sees it: through a table of pointers that the program which loads it gives,
 * or stm_sqlite_load(). */
#ifndef STEMMA_SQL_SQLITE_H
#define STEMMA_SQL_SQLITE_H

#include <sqlite3ext.h>

SQLITE_EXTENSION_INIT3

#endif
