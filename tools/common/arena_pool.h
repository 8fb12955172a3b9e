/* SPDX-License-Identifier: MIT */
/**
 * @file arena_pool.h
 * Arenas for work that threads do again and again: each takes one, and gives it back when the work is done.
 */
#ifndef STEMMA_TOOLS_ARENA_POOL_H
#define STEMMA_TOOLS_ARENA_POOL_H

#include "common/arena.h"

struct stm_arena_pool;

/** A pool whose arenas keep up to `keep` bytes each while nobody uses them. NULL when there is no memory. */
struct stm_arena_pool *stm_arena_pool_new(size_t keep);

/** NULL is allowed. All arenas must have been given back. */
void stm_arena_pool_free(struct stm_arena_pool *pool);

/** An empty arena that will hold at most `cap` bytes (0: as many as there are), for the calling thread; NULL when
    there is no memory. Any thread. */
struct stm_arena *stm_arena_pool_take(struct stm_arena_pool *pool, size_t cap);

/** Takes back the arena and all that lies in it. NULL is allowed. Any thread. */
void stm_arena_pool_give(struct stm_arena_pool *pool, struct stm_arena *arena);

#endif
