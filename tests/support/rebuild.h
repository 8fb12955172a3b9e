/* SPDX-License-Identifier: MIT */
/* Changing one record of a .stemma file while everything around it stays consistent: pages, seal
   and, unless told otherwise, the digests of the tables. What a hostile writer could do. */
#ifndef STEMMA_TESTS_REBUILD_H
#define STEMMA_TESTS_REBUILD_H

#include <stddef.h>
#include <stdint.h>

#include "tables.h"

/* Changes a value in place; it may grow up to `capacity`. */
typedef void rebuild_change(uint8_t *value, size_t *size, size_t capacity);

typedef struct rebuild {
    stm_table table;        /* STM_TABLE_COUNT: none */
    uint32_t record;        /* of the table, in order of keys; counted round when there are fewer */
    rebuild_change *change; /* NULL: leave the record out */
    int keep_digests;       /* else they are made anew */
} rebuild;

/* Copies the file `from` record by record to `to` with one change, and seals it. Aborts on failures
   of LMDB or the system. */
void rebuild_file(const char *from, const char *to, const rebuild *plan);

/* The same without a change, but for what a writer of format 3.2 did not know: the feature, and postings that
   stand near each other; and the minor version. */
void rebuild_as_3_2(const char *from, const char *to);

/* The same of 3.0, which has no table `neighbour`. */
void rebuild_as_3_0(const char *from, const char *to);

/* The same of 3.1, whose pairs stood in a table `pair`. */
void rebuild_as_3_1(const char *from, const char *to);

#endif
