/* SPDX-License-Identifier: MIT */
/* SQLite as a loadable extension sees it: through a table of pointers that the program which loads it
 * gives. With SQLITE_CORE defined the same source calls the library that it is linked to. */
#ifndef STEMMA_SQL_SQLITE_H
#define STEMMA_SQL_SQLITE_H

#include <sqlite3ext.h>

SQLITE_EXTENSION_INIT3

#endif
