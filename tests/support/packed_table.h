/* SPDX-License-Identifier: MIT */
/* A sorted table in memory, for tests of posting lists without a database. */
#ifndef STEMMA_TESTS_PACKED_TABLE_H
#define STEMMA_TESTS_PACKED_TABLE_H

#include "posting_cursor.h"

typedef struct packed_table {
    stemma_bytes *keys;
    stemma_bytes *values;
    size_t count;
    size_t capacity;
    size_t at; /* position of the source */
} packed_table;

/* A stm_posting_emit for a builder whose context is the table. */
stemma_status packed_table_emit(void *table, stemma_bytes key, stemma_bytes value);

stm_posting_source packed_table_source(packed_table *table, size_t list_size);

void packed_table_free(packed_table *table);

#endif
