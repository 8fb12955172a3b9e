/* SPDX-License-Identifier: MIT */
/**
 * @file arena.h
 * Memory that is given out piece by piece and taken back all at once.
 *
 * An arena may carry a cap: the bytes that it will ever hold. What an input makes a program
 * allocate is then bounded whatever the input says. An arena belongs to one thread at a time.
 */
#ifndef STEMMA_TOOLS_ARENA_H
#define STEMMA_TOOLS_ARENA_H

#include <stdbool.h>

#include "base/memory.h"
#include "stemma/status.h"
#include "stemma/types.h"

struct stm_arena_block;

/** Members are private to arena.c, except `total` for reporting. */
struct stm_arena {
    struct stm_arena_block *blocks;
    size_t total; /**< Bytes taken from the system. */
    size_t cap;   /**< Most bytes to take; 0 for no cap. */
    bool full;    /* the cap has refused something */
    stm_memory *memory; /**< What it is taken from; NULL: ordinary memory. */
    struct stm_arena_block *spare; /* blocks of zeroes from before a reset */
};

/** An empty arena that will hold at most `cap` bytes (0: as many as there are). */
void stm_arena_init(struct stm_arena *arena, size_t cap);

/** An empty arena without a cap whose blocks come from `memory`, which may be NULL and outlives it:
    for what grows with the corpus. */
void stm_arena_init_in(struct stm_arena *arena, stm_memory *memory);

/** Takes all back like stm_arena_free(), but keeps up to `keep` bytes at hand for what comes next: memory that the
    system has just handed out costs more than it looks. Blocks are counted against the cap as if they were new. */
void stm_arena_reset(struct stm_arena *arena, size_t keep);

/** Whether something was refused because of the cap, and not because there was no memory. */
bool stm_arena_is_full(const struct stm_arena *arena);

/** Gives everything back. The arena is empty and usable afterwards. */
void stm_arena_free(struct stm_arena *arena);

/** `count` things of `size` bytes, all zero, aligned for any type. NULL when memory or the cap is
    exhausted or the product overflows; stm_refusal_met() then tells of memory. A request for nothing gives a valid pointer. Lives as long
   as the arena. */
STEMMA_NODISCARD void *stm_arena_alloc(struct stm_arena *arena, size_t count, size_t size);

/** Makes room for one more item in a growing array: `items` is the address of the array pointer,
   which holds `count` items of `size` bytes and room for `*capacity`. May move the items (the old
   place stays allocated until the arena is freed). STEMMA_OK or STEMMA_E_NO_MEMORY, which leaves
   the array as it was. */
STEMMA_NODISCARD stemma_status stm_arena_grow(struct stm_arena *arena, void *items, size_t count,
                                              size_t *capacity, size_t size);

/** Sorts `count` items of `size` bytes, which need not lie in the arena; what it takes to sort them
   comes from where the arena's memory comes from. Items that compare equal keep their order. */
void stm_arena_sort(struct stm_arena *arena, void *items, size_t count, size_t size,
                    int (*compare)(const void *, const void *));

/** A copy of `text` in the arena; the data is NULL when memory is exhausted and text is not empty.
 */
STEMMA_NODISCARD stemma_text stm_arena_text(struct stm_arena *arena, stemma_text text);

#endif
