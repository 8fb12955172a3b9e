/* SPDX-License-Identifier: MIT */
#include "text_table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

void *must_grow(void *old, size_t size)
{
    void *got = realloc(old, size);
    if (got == NULL) {
        fprintf(stderr, "out of memory\n");
        exit(1);
    }
    return got;
}

uint32_t text_hash(text t)
{
    return (uint32_t)XXH3_64bits(t.data, t.size);
}

text text_table_get(const text_table *table, uint32_t number)
{
    text t = {table->arena + table->starts[number],
              table->starts[number + 1u] - table->starts[number]};
    return t;
}

static int same(const text_table *table, uint32_t number, text t)
{
    text held = text_table_get(table, number);
    return held.size == t.size && (t.size == 0 || memcmp(held.data, t.data, t.size) == 0);
}

/* The slot of a text, or the free slot where it belongs. */
static uint32_t slot_of(const text_table *table, text t, uint32_t hash)
{
    uint32_t slot = hash & table->mask;
    while (table->slots[slot] != 0) {
        if (table->hashes[slot] == hash && same(table, table->slots[slot] - 1u, t)) {
            break;
        }
        slot = (slot + 1u) & table->mask;
    }
    return slot;
}

static void widen(text_table *table)
{
    uint32_t old_size = table->slots == NULL ? 0 : table->mask + 1u;
    uint32_t size = old_size == 0 ? 1024 : old_size * 2u;
    uint32_t *slots = table->slots, *hashes = table->hashes;
    table->slots = must_grow(NULL, size * sizeof *slots);
    table->hashes = must_grow(NULL, size * sizeof *hashes);
    memset(table->slots, 0, size * sizeof *slots);
    table->mask = size - 1u;
    for (uint32_t i = 0; i < old_size; i++) {
        if (slots[i] != 0) {
            uint32_t to = hashes[i] & table->mask;
            while (table->slots[to] != 0) {
                to = (to + 1u) & table->mask;
            }
            table->slots[to] = slots[i];
            table->hashes[to] = hashes[i];
        }
    }
    free(slots);
    free(hashes);
}

uint32_t text_table_add(text_table *table, text t)
{
    uint32_t hash = text_hash(t), slot;
    if (table->slots == NULL || table->count >= table->mask / 2u) {
        widen(table);
    }
    slot = slot_of(table, t, hash);
    if (table->slots[slot] != 0) {
        return table->slots[slot] - 1u;
    }
    if (table->count == table->capacity) {
        table->capacity = table->capacity == 0 ? 1024 : table->capacity * 2u;
        table->starts =
            must_grow(table->starts, (table->capacity + (size_t)1) * sizeof *table->starts);
    }
    if (table->arena == NULL || table->room - table->used < t.size) {
        table->room = table->room * 2u + t.size + 4096u;
        table->arena = must_grow(table->arena, table->room);
    }
    if (t.size != 0) {
        memcpy(table->arena + table->used, t.data, t.size);
    }
    table->starts[table->count] = table->used;
    table->used += t.size;
    table->starts[table->count + 1u] = table->used;
    table->slots[slot] = ++table->count;
    table->hashes[slot] = hash;
    return table->count - 1u;
}

uint32_t text_table_find(const text_table *table, text t)
{
    uint32_t slot;
    if (table->slots == NULL) {
        return UINT32_MAX;
    }
    slot = slot_of(table, t, text_hash(t));
    return table->slots[slot] == 0 ? UINT32_MAX : table->slots[slot] - 1u;
}

void text_table_free(text_table *table)
{
    free(table->arena);
    free(table->starts);
    free(table->slots);
    free(table->hashes);
    memset(table, 0, sizeof *table);
}
