/* SPDX-License-Identifier: MIT */
/* SQLite, looked for when it is first needed: who asks no SQL does not wait for its library to be loaded. */
#ifndef STEMMA_SQL_LATE_H
#define STEMMA_SQL_LATE_H

#include <stdbool.h>

/* Loads the library of SQLite that the system has, unless that was done, and gives its functions to all that
   includes sql/sqlite.h. Before any of those is called; one thread at a time. When there is none that will
   do: false, and why in *why, which lives as long as the program or until the next dlopen(). */
bool stm_sqlite_load(const char **why);

#endif
