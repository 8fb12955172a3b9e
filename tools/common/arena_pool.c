/* SPDX-License-Identifier: MIT */
#include "common/arena_pool.h"

#include <pthread.h>
#include <stdlib.h>

struct pooled {
    struct stm_arena arena; /* first: its address is that of the whole */
    struct pooled *next;
};

struct stm_arena_pool {
    pthread_mutex_t lock;
    struct pooled *unused;
    size_t keep;
};

struct stm_arena_pool *stm_arena_pool_new(size_t keep)
{
    struct stm_arena_pool *pool = calloc(1, sizeof *pool);
    if (pool != NULL && pthread_mutex_init(&pool->lock, NULL) != 0) {
        free(pool);
        return NULL;
    }
    if (pool != NULL) {
        pool->keep = keep;
    }
    return pool;
}

void stm_arena_pool_free(struct stm_arena_pool *pool)
{
    if (pool == NULL) {
        return;
    }
    while (pool->unused != NULL) {
        struct pooled *pooled = pool->unused;
        pool->unused = pooled->next;
        stm_arena_free(&pooled->arena);
        free(pooled);
    }
    pthread_mutex_destroy(&pool->lock);
    free(pool);
}

struct stm_arena *stm_arena_pool_take(struct stm_arena_pool *pool, size_t cap)
{
    pthread_mutex_lock(&pool->lock);
    struct pooled *pooled = pool->unused;
    if (pooled != NULL) {
        pool->unused = pooled->next;
    }
    pthread_mutex_unlock(&pool->lock);
    if (pooled == NULL) {
        pooled = malloc(sizeof *pooled);
        if (pooled == NULL) {
            return NULL;
        }
        stm_arena_init(&pooled->arena, 0);
    }
    pooled->arena.cap = cap;
    return &pooled->arena;
}

void stm_arena_pool_give(struct stm_arena_pool *pool, struct stm_arena *arena)
{
    if (arena == NULL) {
        return;
    }
    struct pooled *pooled = (struct pooled *)(void *)arena;
    stm_arena_reset(arena, pool->keep);
    pthread_mutex_lock(&pool->lock);
    pooled->next = pool->unused;
    pool->unused = pooled;
    pthread_mutex_unlock(&pool->lock);
}
