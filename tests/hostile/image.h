/* SPDX-License-Identifier: MIT */
/* A .stemma file as its records, in memory: taken apart, changed, and put together again as a sealed
   file whose pages, counters and digests are whole, whatever the records say. What a hostile writer
   could do, a thousand times a second. */
#ifndef STEMMA_TESTS_IMAGE_H
#define STEMMA_TESTS_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tables.h"

typedef struct image_bytes {
    const uint8_t *data;
    size_t size;
} image_bytes;

typedef struct image_record {
    image_bytes key;
    image_bytes value;
} image_record;

typedef struct image_table {
    char name[33];
    image_record *records; /* in order of keys, unless one who changes them wants otherwise */
    size_t count;
    size_t capacity;
    bool changed; /* its digest is made anew */
    uint8_t digest[16];
} image_table;

#define IMAGE_TABLES 72u /* more than a file may have */

/* Bytes of records are borrowed from the file that was taken apart, or lie in `pieces`. */
typedef struct image {
    image_table tables[IMAGE_TABLES]; /* in order of names */
    size_t table_count;
    uint8_t **pieces;
    size_t piece_count, piece_capacity;
    bool keep_digests; /* leave the record `digest` of `meta` as it is */
    unsigned fanout;   /* nodes of a page at most, from 2; 0: as many as it holds */
} image;

/* A file put together. */
typedef struct image_file {
    uint8_t *data; /* malloc'd; grows and is used again by the next image_write() */
    size_t size, capacity;
} image_file;

/* Takes a sound file apart. The bytes must outlive the image and all its copies. Aborts when the
   file is not sound. */
void image_read(image *out, const uint8_t *data, size_t size);

/* Takes apart what may be damaged, as far as it is not: false when its pages are not sound, and then
   there is nothing to free. */
bool image_try(image *out, const uint8_t *data, size_t size);

/* A copy that shares bytes, for changes. */
void image_copy(image *out, const image *from);

void image_free(image *self);

image_table *image_table_named(image *self, const char *name); /* NULL: none */
image_table *image_table_of(image *self, stm_table table);

/* The record of a key, NULL when there is none. */
image_record *image_find(image_table *table, const void *key, size_t size);

/* Bytes that live as long as the image: a copy of `data` with room for `capacity` in all. */
uint8_t *image_bytes_new(image *self, const void *data, size_t size, size_t capacity);

/* Changes a value; marks the table. `data` is copied. */
void image_set(image *self, image_table *table, image_record *record, const void *data, size_t size);
void image_set_key(image *self, image_table *table, image_record *record, const void *key, size_t size);
void image_remove(image_table *table, size_t record);
/* Inserts at its place in the order of keys. */
void image_insert(image *self, image_table *table, const void *key, size_t key_size,
                  const void *value, size_t value_size);

/* Puts keys in order and drops repeated ones, after keys were changed. */
void image_sort(image_table *table);

/* Makes a file of it: sealed, with digests that fit unless keep_digests. `tables`, pages and counters
   are right; records are what they are. Keys and values outside LMDB's limits abort. */
void image_write(image *self, image_file *out);

/* Writes bytes to a path. Aborts when it cannot. */
void image_save(const char *path, const uint8_t *data, size_t size);
/* Reads a whole file; malloc'd. */
uint8_t *image_load(const char *path, size_t *size);

#endif
