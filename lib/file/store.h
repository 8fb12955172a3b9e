/* SPDX-License-Identifier: MIT */
/* The tables of a sealed file, for reading. Only files named store*.c include lmdb.h.
 *
 * A store may be used by any number of threads; a view, and the cursors on it, by one at a time.
 * Keys and values that are handed out lie in the mapped file and live as long as the store. */
#ifndef STEMMA_LIB_STORE_H
#define STEMMA_LIB_STORE_H

#include <stdint.h>

#include "stemma/status.h"
#include "stemma/types.h"
#include "tables.h"

typedef struct stm_store stm_store;

/* Opens the environment at `path`, read-only, without a lock file. `read_ahead` lets the system
   read ahead. The pages must have been checked, or the caller trusts them. `*out` is the caller's.
   STEMMA_E_SYSTEM, STEMMA_E_NOT_STEMMA, STEMMA_E_DAMAGED (also when a table of tables.h is missing
   or of another kind), STEMMA_E_NO_MEMORY. An optional table that is not there reads as an empty one. */
stemma_status stm_store_open(stm_store **out, const char *path, int read_ahead,
                             stemma_error *error);

struct stat;
struct stm_remains;

/* A store over what is left of a damaged file, which it does not own: records that cannot be read
   are not there. Its descriptor is -1. STEMMA_E_NO_MEMORY. */
stemma_status stm_store_over(stm_store **out, const struct stm_remains *remains,
                             stemma_error *error);

/* Closes; NULL is fine. All views must have ended. */
void stm_store_close(stm_store *store);

/* The file descriptor that LMDB reads through. */
int stm_store_descriptor(const stm_store *store);

/* What the system says of that file, asked when it was opened: to compare it with the one that was
   checked. */
const struct stat *stm_store_seen(const stm_store *store);

/* Has the system read `size` bytes of the file from the page on in which `value` begins: for a walk
   over values that lie behind each other, of a file that was opened without read-ahead. */
void stm_store_read_ahead(const stm_store *store, stemma_bytes value, size_t size);

/* Number of records of a table. */
uint64_t stm_store_entries(const stm_store *store, stm_table table);

/* Whether the file has the table: all but optional ones are there. */
int stm_store_has(const stm_store *store, stm_table table);

/* ---- Views ---- */

typedef struct stm_store_view stm_store_view;

stemma_status stm_store_view_begin(stm_store_view **out, stm_store *store, stemma_error *error);

/* Ends the view and all its cursors; NULL is fine. */
void stm_store_view_end(stm_store_view *view);

/* The value of a key. STEMMA_NOT_FOUND. */
stemma_status stm_store_get(stm_store_view *view, stm_table table, stemma_bytes key,
                            stemma_bytes *value);

/* ---- Cursors ---- */

/* Belongs to its view. Given back with stm_store_cursor_return() it is used again. */
typedef struct stm_store_cursor stm_store_cursor;

stemma_status stm_store_cursor_take(stm_store_cursor **out, stm_store_view *view, stm_table table);

void stm_store_cursor_return(stm_store_cursor *cursor);

/* Gives back every cursor that is out. */
void stm_store_cursors_reset(stm_store_view *view);

/* First record whose key is not below `key`. STEMMA_END. */
stemma_status stm_store_ceiling(stm_store_cursor *cursor, stemma_bytes key, stemma_bytes *found,
                                stemma_bytes *value);

/* Last record whose key is not above `key`, or the first of the table when all are.
   STEMMA_NOT_FOUND when the table is empty. */
stemma_status stm_store_floor(stm_store_cursor *cursor, stemma_bytes key, stemma_bytes *found,
                              stemma_bytes *value);

/* First record. STEMMA_END when there is none. */
stemma_status stm_store_first(stm_store_cursor *cursor, stemma_bytes *found, stemma_bytes *value);

/* The record after the one that the cursor is on. STEMMA_END. */
stemma_status stm_store_next(stm_store_cursor *cursor, stemma_bytes *found, stemma_bytes *value);

#endif
