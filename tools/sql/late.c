/* SPDX-License-Identifier: MIT */
#include "sql/late.h"

#include <dlfcn.h>
#include <sqlite3.h>
#include <string.h>

/* SQLite hands the table of its functions to extensions only. So one is registered for a moment, and a
   connection is opened, for which it is called: see extension.c for the name of the table. */
extern const sqlite3_api_routines *sqlite3_api;

#define LEAST_VERSION 3038000 /* sqlite3_vtab_rhs_value(), LIMIT for virtual tables */

static int take(sqlite3 *db, char **message, const sqlite3_api_routines *api)
{
    (void)db;
    (void)message;
    sqlite3_api = api;
    return SQLITE_OK;
}

/* Functions of the library by name. */
struct entries {
    int (*version)(void);
    int (*extend)(void (*entry)(void));
    int (*cancel)(void (*entry)(void));
    int (*open)(const char *name, sqlite3 **db);
    int (*close)(sqlite3 *db);
};

/* A function as POSIX would have it: what dlsym() gives is no pointer to a function in C. */
static bool find(void *library, const char *name, void *out)
{
    void *address = dlsym(library, name);
    memcpy(out, &address, sizeof address);
    return address != NULL;
}

static bool find_all(void *library, struct entries *out)
{
    return find(library, "sqlite3_libversion_number", &out->version) &&
           find(library, "sqlite3_auto_extension", &out->extend) &&
           find(library, "sqlite3_cancel_auto_extension", &out->cancel) &&
           find(library, "sqlite3_open", &out->open) && find(library, "sqlite3_close", &out->close);
}

static void take_table(const struct entries *entries)
{
    void (*entry)(void) = (void (*)(void))take;
    sqlite3 *db = NULL;
    if (entries->extend(entry) == SQLITE_OK) {
        (void)entries->open(":memory:", &db);
        (void)entries->cancel(entry);
        (void)entries->close(db);
    }
}

bool stm_sqlite_load(const char **why)
{
    struct entries entries;
    void *library;
    *why = NULL;
    if (sqlite3_api != NULL) {
        return true;
    }
    library = dlopen(STM_SQLITE_LIBRARY, RTLD_NOW | RTLD_LOCAL); /* stays until the end */
    if (library == NULL) {
        *why = dlerror();
    } else if (!find_all(library, &entries)) {
        *why = STM_SQLITE_LIBRARY " is not the library of SQLite";
    } else if (entries.version() < LEAST_VERSION) {
        *why = STM_SQLITE_LIBRARY " is older than SQLite 3.38";
    } else {
        take_table(&entries);
        *why = sqlite3_api == NULL ? STM_SQLITE_LIBRARY " takes no extensions" : NULL;
    }
    return *why == NULL;
}
