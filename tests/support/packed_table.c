/* SPDX-License-Identifier: MIT */
#include "packed_table.h"

#include <stdlib.h>
#include <string.h>

static stemma_bytes copy_of(stemma_bytes bytes)
{
    /* Exact size, so that a sanitizer sees a read past the end. */
    uint8_t *data = malloc(bytes.size != 0 ? bytes.size : 1);
    stemma_bytes copy = {data, bytes.size};
    if (data == NULL) {
        abort();
    }
    if (bytes.size != 0) {
        memcpy(data, bytes.data, bytes.size);
    }
    return copy;
}

stemma_status packed_table_emit(void *context, stemma_bytes key, stemma_bytes value)
{
    packed_table *table = context;
    if (table->count == table->capacity) {
        table->capacity = table->capacity * 2 + 64;
        table->keys = realloc(table->keys, table->capacity * sizeof *table->keys);
        table->values = realloc(table->values, table->capacity * sizeof *table->values);
        if (table->keys == NULL || table->values == NULL) {
            abort();
        }
    }
    table->keys[table->count] = copy_of(key);
    table->values[table->count++] = copy_of(value);
    return STEMMA_OK;
}

static int compare(stemma_bytes a, stemma_bytes b)
{
    int order = memcmp(a.data, b.data, a.size < b.size ? a.size : b.size);
    return order != 0 ? order : (a.size > b.size) - (a.size < b.size);
}

static stemma_status seek(void *context, stemma_bytes key, stemma_bytes *found, stemma_bytes *value)
{
    packed_table *table = context;
    size_t low = 0, high = table->count;
    if (table->count == 0) {
        return STEMMA_NOT_FOUND;
    }
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(table->keys[middle], key) <= 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    table->at = low == 0 ? 0 : low - 1;
    *found = table->keys[table->at];
    *value = table->values[table->at];
    return STEMMA_OK;
}

static stemma_status next(void *context, stemma_bytes *key, stemma_bytes *value)
{
    packed_table *table = context;
    if (table->at + 1 >= table->count) {
        return STEMMA_END;
    }
    table->at++;
    *key = table->keys[table->at];
    *value = table->values[table->at];
    return STEMMA_OK;
}

stm_posting_source packed_table_source(packed_table *table, size_t list_size)
{
    stm_posting_source source = {table, list_size, seek, next};
    return source;
}

void packed_table_free(packed_table *table)
{
    for (size_t i = 0; i < table->count; i++) {
        free((void *)(uintptr_t)table->keys[i].data);
        free((void *)(uintptr_t)table->values[i].data);
    }
    free(table->keys);
    free(table->values);
    memset(table, 0, sizeof *table);
}
