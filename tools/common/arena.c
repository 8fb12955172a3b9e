/* SPDX-License-Identifier: MIT */
#include "common/arena.h"

#include "base/memory_sort.h"
#include "common/refusal.h"

#include <stdalign.h>
#include <stdlib.h>

#define FIRST_BLOCK  16384u
#define LARGEST_STEP (4u << 20)

struct stm_arena_block {
    struct stm_arena_block *older;
    size_t size; /* bytes after this header that are given out */
    size_t room; /* bytes after this header: as many or more */
    size_t used;
};

#define ALIGNMENT alignof(max_align_t)
#define HEADER    ((sizeof(struct stm_arena_block) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT)

void stm_arena_init(struct stm_arena *arena, size_t cap)
{
    arena->blocks = NULL;
    arena->total = 0;
    arena->cap = cap;
    arena->full = false;
    arena->memory = NULL;
    arena->spare = NULL;
}

void stm_arena_init_in(struct stm_arena *arena, stm_memory *memory)
{
    stm_arena_init(arena, 0);
    arena->memory = memory;
}

static void free_blocks(const struct stm_arena *arena, struct stm_arena_block *block)
{
    while (block != NULL) {
        struct stm_arena_block *older = block->older;
        if (arena->memory != NULL) {
            stm_memory_free(block);
        } else {
            free(block);
        }
        block = older;
    }
}

void stm_arena_free(struct stm_arena *arena)
{
    free_blocks(arena, arena->blocks);
    free_blocks(arena, arena->spare);
    arena->blocks = NULL;
    arena->spare = NULL;
    arena->total = 0;
    arena->full = false;
}

void stm_arena_reset(struct stm_arena *arena, size_t keep)
{
    struct stm_arena_block *lists[] = {arena->spare, arena->blocks};
    struct stm_arena_block *kept = NULL;
    for (size_t i = 0; i < 2; i++) {
        for (struct stm_arena_block *block = lists[i]; block != NULL;) {
            struct stm_arena_block *older = block->older;
            if (block->room <= keep) {
                keep -= block->room;
                memset((char *)block + HEADER, 0, block->used);
                block->used = 0;
                block->older = kept;
                kept = block;
            } else {
                block->older = NULL;
                free_blocks(arena, block);
            }
            block = older;
        }
    }
    arena->spare = kept;
    arena->blocks = NULL;
    arena->total = 0;
    arena->full = false;
}

/* A block of zeroes: of those at hand the first that is large enough, or a new one. */
static struct stm_arena_block *take_block(struct stm_arena *arena, size_t size)
{
    for (struct stm_arena_block **at = &arena->spare; *at != NULL; at = &(*at)->older) {
        struct stm_arena_block *block = *at;
        if (block->room >= size) {
            *at = block->older;
            return block;
        }
    }
    struct stm_arena_block *block = arena->memory != NULL
                                        ? stm_memory_zeroed(arena->memory, 1, HEADER + size)
                                        : calloc(1, HEADER + size);
    if (block != NULL) {
        block->room = size;
    }
    return block;
}

bool stm_arena_is_full(const struct stm_arena *arena)
{
    return arena->full;
}

/* Blocks double, so that their number stays small, up to a step that wastes little at the end. */
static size_t next_block_size(const struct stm_arena *arena, size_t wanted)
{
    size_t size = arena->total < FIRST_BLOCK ? FIRST_BLOCK : arena->total;
    if (size > LARGEST_STEP) {
        size = LARGEST_STEP;
    }
    size_t left = arena->cap == 0 ? SIZE_MAX : arena->cap - arena->total;
    if (left < HEADER || wanted > left - HEADER) {
        return 0;
    }
    if (size < wanted) {
        size = wanted;
    }
    return size > left - HEADER ? left - HEADER : size;
}

void *stm_arena_alloc(struct stm_arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > (SIZE_MAX - ALIGNMENT - HEADER) / size) {
        return NULL;
    }
    size_t wanted = count * size;
    wanted = wanted == 0 ? ALIGNMENT : (wanted + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    struct stm_arena_block *block = arena->blocks;
    if (block == NULL || block->size - block->used < wanted) {
        size_t block_size = next_block_size(arena, wanted);
        if (block_size == 0) {
            arena->full = true;
            return NULL;
        }
        block = take_block(arena, block_size);
        if (block == NULL) {
            stm_refusal_note();
            return NULL;
        }
        block->older = arena->blocks;
        block->size = block_size;
        arena->blocks = block;
        arena->total += HEADER + block_size;
    }
    char *given = (char *)block + HEADER + block->used;
    block->used += wanted;
    return given;
}

stemma_status stm_arena_grow(struct stm_arena *arena, void *items, size_t count, size_t *capacity,
                             size_t size)
{
    if (count < *capacity) {
        return STEMMA_OK;
    }
    if (*capacity > SIZE_MAX / 2) {
        return STEMMA_E_NO_MEMORY;
    }
    size_t larger = *capacity == 0 ? 8 : *capacity * 2;
    void *moved = stm_arena_alloc(arena, larger, size);
    if (moved == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    void *old;
    memcpy(&old, items, sizeof old);
    if (count != 0) {
        memcpy(moved, old, count * size);
    }
    memcpy(items, &moved, sizeof moved);
    *capacity = larger;
    return STEMMA_OK;
}

void stm_arena_sort(struct stm_arena *arena, void *items, size_t count, size_t size,
                    int (*compare)(const void *, const void *))
{
    stm_memory_sort_plain(arena->memory, items, count, size, compare);
}

stemma_text stm_arena_text(struct stm_arena *arena, stemma_text text)
{
    stemma_text copy = {NULL, 0};
    if (text.size == 0) {
        return copy;
    }
    char *data = stm_arena_alloc(arena, text.size, 1);
    if (data != NULL) {
        memcpy(data, text.data, text.size);
        copy.data = data;
        copy.size = text.size;
    }
    return copy;
}
