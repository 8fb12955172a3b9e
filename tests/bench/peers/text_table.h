/* SPDX-License-Identifier: MIT */
/* Texts with numbers, both ways, in memory: the dictionary that every side's loader uses. */
#ifndef PEERS_TEXT_TABLE_H
#define PEERS_TEXT_TABLE_H

#include <stddef.h>
#include <stdint.h>

/* A text that somebody else owns. */
typedef struct text {
    const char *data;
    size_t size;
} text;

/* Zeroed is empty. Numbers count up from 0 in order of first sight. */
typedef struct text_table {
    char *arena;
    size_t used, room;
    size_t *starts; /* count + 1 of them */
    uint32_t count, capacity;
    uint32_t *slots; /* number + 1; 0 is free */
    uint32_t *hashes;
    uint32_t mask;
} text_table;

/* Number of a text, which is added when it is new. Ends the program when memory runs out. */
uint32_t text_table_add(text_table *table, text t);

/* Number of a text, or UINT32_MAX. */
uint32_t text_table_find(const text_table *table, text t);

/* Text by number: valid until the next text is added. */
text text_table_get(const text_table *table, uint32_t number);

void text_table_free(text_table *table);

/* 32 bits of a text's hash. */
uint32_t text_hash(text t);

/* malloc() and realloc() that end the program when memory runs out. */
void *must_grow(void *old, size_t size);

#endif
