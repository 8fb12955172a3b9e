/* SPDX-License-Identifier: MIT */
#include "hostile/image.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bytes.h"
#include "digest.h"
#include "meta_record.h"
#include "page_check.h"
#include "page_layout.h"

#define must(condition)                                                                            \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                        \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

/* ---- Taking apart -------------------------------------------------------------------------- */

static void *grown(void *array, size_t *capacity, size_t needed, size_t element)
{
    if (needed > *capacity) {
        *capacity = needed > 2 * *capacity ? needed : 2 * *capacity;
        array = realloc(array, *capacity * element);
        must(array != NULL);
    }
    return array;
}

static const uint8_t *page_of(const uint8_t *data, uint64_t number)
{
    return data + number * STEMMA_PAGE_SIZE;
}

/* Calls for every record below a page. The file passed the check of its pages. */
static void walk(const uint8_t *data, uint64_t number, unsigned depth, image_table *table)
{
    const uint8_t *page = page_of(data, number);
    unsigned nodes = (stm_page_get16(page + STM_PAGE_LOWER) - STM_PAGE_HEADER) / 2;
    for (unsigned i = 0; i < nodes; i++) {
        const uint8_t *node = page + stm_page_get16(page + STM_PAGE_HEADER + 2 * i);
        size_t key_size = stm_page_get16(node + STM_NODE_KEY_SIZE);
        if (depth > 1) {
            walk(data, stm_page_get64(node) & UINT64_C(0xFFFFFFFFFFFF), depth - 1, table);
            continue;
        }
        const uint8_t *value = node + STM_NODE_HEADER + key_size;
        image_record record = {{node + STM_NODE_HEADER, key_size}, {value, stm_page_get32(node)}};
        if (stm_page_get16(node + STM_NODE_FLAGS) == STM_NODE_BIG) {
            record.value.data = page_of(data, stm_page_get64(value)) + STM_PAGE_HEADER;
        }
        table->records = grown(table->records, &table->capacity, table->count + 1, sizeof record);
        table->records[table->count++] = record;
    }
}

/* The tables of a file whose pages are sound. */
static void take_apart(image *out, const uint8_t *data)
{
    const uint8_t *main_record = page_of(data, 1) + STM_META_MAIN;
    image_table names = {.count = 0};
    if (stm_page_get64(main_record + STM_TABLE_ROOT) != STM_NO_PAGE) {
        walk(data, stm_page_get64(main_record + STM_TABLE_ROOT),
             stm_page_get16(main_record + STM_TABLE_DEPTH), &names);
    }
    for (size_t i = 0; i < names.count; i++) {
        image_table *table = &out->tables[out->table_count++];
        const uint8_t *record = names.records[i].value.data;
        snprintf(table->name, sizeof table->name, "%.*s", (int)names.records[i].key.size,
                 (const char *)names.records[i].key.data);
        if (stm_page_get64(record + STM_TABLE_ROOT) != STM_NO_PAGE) {
            walk(data, stm_page_get64(record + STM_TABLE_ROOT),
                 stm_page_get16(record + STM_TABLE_DEPTH), table);
        }
        table->changed = true;
    }
    free(names.records);
}

bool image_try(image *out, const uint8_t *data, size_t size)
{
    stemma_bytes bytes = {data, size};
    size_t bitmap_size = stm_page_bitmap_size(size);
    uint8_t *bitmap = malloc(bitmap_size);
    must(bitmap != NULL);
    stemma_status status = stm_page_check(bytes, bitmap, bitmap_size, NULL, NULL);
    free(bitmap);
    memset(out, 0, sizeof *out);
    if (status != STEMMA_OK) {
        return false;
    }
    take_apart(out, data);
    return true;
}

static void make_digest(image_table *table)
{
    stm_digest digest;
    must(stm_digest_begin(&digest) == STEMMA_OK);
    for (size_t i = 0; i < table->count; i++) {
        const image_record *record = &table->records[i];
        must(stm_digest_record(&digest, (stemma_bytes){record->key.data, record->key.size},
                               (stemma_bytes){record->value.data, record->value.size}) == STEMMA_OK);
    }
    stm_digest_end(table->digest, &digest);
    table->changed = false;
}

void image_read(image *out, const uint8_t *data, size_t size)
{
    must(image_try(out, data, size));
    for (size_t i = 0; i < out->table_count; i++) {
        make_digest(&out->tables[i]);
    }
}

void image_copy(image *out, const image *from)
{
    *out = *from;
    out->pieces = NULL;
    out->piece_count = out->piece_capacity = 0;
    for (size_t i = 0; i < out->table_count; i++) {
        image_table *table = &out->tables[i];
        table->capacity = table->count;
        table->records = malloc((table->count + 1) * sizeof *table->records);
        must(table->records != NULL);
        if (table->count != 0) {
            memcpy(table->records, from->tables[i].records, table->count * sizeof *table->records);
        }
    }
}

void image_free(image *self)
{
    for (size_t i = 0; i < self->table_count; i++) {
        free(self->tables[i].records);
    }
    for (size_t i = 0; i < self->piece_count; i++) {
        free(self->pieces[i]);
    }
    free(self->pieces);
    memset(self, 0, sizeof *self);
}

/* ---- Changing ------------------------------------------------------------------------------ */

image_table *image_table_named(image *self, const char *name)
{
    for (size_t i = 0; i < self->table_count; i++) {
        if (strcmp(self->tables[i].name, name) == 0) {
            return &self->tables[i];
        }
    }
    return NULL;
}

image_table *image_table_of(image *self, stm_table table)
{
    return image_table_named(self, stm_tables[table].name);
}

static int compare_bytes(image_bytes a, image_bytes b)
{
    size_t common = a.size < b.size ? a.size : b.size;
    int order = common != 0 ? memcmp(a.data, b.data, common) : 0;
    return order != 0 ? order : (a.size > b.size) - (a.size < b.size);
}

image_record *image_find(image_table *table, const void *key, size_t size)
{
    image_bytes wanted = {key, size};
    for (size_t i = 0; i < table->count; i++) {
        if (compare_bytes(table->records[i].key, wanted) == 0) {
            return &table->records[i];
        }
    }
    return NULL;
}

uint8_t *image_bytes_new(image *self, const void *data, size_t size, size_t capacity)
{
    uint8_t *piece = malloc(capacity > 0 ? capacity : 1);
    must(piece != NULL && size <= capacity);
    if (size != 0) {
        memcpy(piece, data, size);
    }
    self->pieces =
        grown(self->pieces, &self->piece_capacity, self->piece_count + 1, sizeof *self->pieces);
    self->pieces[self->piece_count++] = piece;
    return piece;
}

void image_set(image *self, image_table *table, image_record *record, const void *data, size_t size)
{
    record->value.data = image_bytes_new(self, data, size, size);
    record->value.size = size;
    table->changed = true;
}

void image_set_key(image *self, image_table *table, image_record *record, const void *key, size_t size)
{
    record->key.data = image_bytes_new(self, key, size, size);
    record->key.size = size;
    table->changed = true;
}

void image_remove(image_table *table, size_t record)
{
    must(record < table->count);
    memmove(table->records + record, table->records + record + 1,
            (table->count - record - 1) * sizeof *table->records);
    table->count--;
    table->changed = true;
}

void image_insert(image *self, image_table *table, const void *key, size_t key_size,
                  const void *value, size_t value_size)
{
    image_record record = {{image_bytes_new(self, key, key_size, key_size), key_size},
                           {image_bytes_new(self, value, value_size, value_size), value_size}};
    size_t at = 0;
    while (at < table->count && compare_bytes(table->records[at].key, record.key) < 0) {
        at++;
    }
    table->records = grown(table->records, &table->capacity, table->count + 1, sizeof record);
    memmove(table->records + at + 1, table->records + at, (table->count - at) * sizeof record);
    table->records[at] = record;
    table->count++;
    table->changed = true;
}

static int by_key(const void *a, const void *b)
{
    return compare_bytes(((const image_record *)a)->key, ((const image_record *)b)->key);
}

void image_sort(image_table *table)
{
    size_t kept = 0;
    qsort(table->records, table->count, sizeof *table->records, by_key);
    for (size_t i = 0; i < table->count; i++) {
        if (kept == 0 || by_key(&table->records[kept - 1], &table->records[i]) != 0) {
            table->records[kept++] = table->records[i];
        }
    }
    table->count = kept;
    table->changed = true;
}

/* ---- Files --------------------------------------------------------------------------------- */

void image_save(const char *path, const uint8_t *data, size_t size)
{
    FILE *file = fopen(path, "wb");
    must(file != NULL);
    must(fwrite(data, 1, size, file) == size);
    must(fclose(file) == 0);
}

uint8_t *image_load(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    must(file != NULL && fseek(file, 0, SEEK_END) == 0);
    *size = (size_t)ftell(file);
    rewind(file);
    uint8_t *data = malloc(*size + 1);
    must(data != NULL && fread(data, 1, *size, file) == *size);
    fclose(file);
    return data;
}
