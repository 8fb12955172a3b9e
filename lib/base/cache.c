/* SPDX-License-Identifier: MIT */
#include "base/cache.h"

#include <stdlib.h>
#include <string.h>

#include "event_plan.h"

/* Places looked at for one key: keys that hash alike beyond that are not kept. */
#define PROBES 4u

stemma_status stm_cache_new(stm_cache **out, uint32_t event_blocks, uint32_t entities)
{
    uint32_t entity_blocks = entities / STM_ENTITY_BLOCK + 1u;
    stm_cache *cache = calloc(1, sizeof *cache);
    if (cache == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    cache->events = calloc((size_t)event_blocks + 1, sizeof *cache->events);
    cache->entities = calloc(entity_blocks, sizeof *cache->entities);
    cache->labels = calloc(entities / (STM_LABEL_GROUP * 32u) + 1u, sizeof *cache->labels);
    if (cache->events == NULL || cache->entities == NULL || cache->labels == NULL) {
        free(cache->labels);
        free(cache->events);
        free(cache->entities);
        free(cache);
        return STEMMA_E_NO_MEMORY;
    }
    cache->event_blocks = event_blocks;
    atomic_init(&cache->known, STEMMA_NONE);
    atomic_init(&cache->event_claims, UINT64_MAX);
    cache->entity_blocks = entity_blocks;
    *out = cache;
    return STEMMA_OK;
}

void stm_cache_free(stm_cache *cache)
{
    if (cache == NULL) {
        return;
    }
    for (uint32_t i = 0; i < cache->event_blocks; i++) {
        free(atomic_load_explicit(&cache->events[i], memory_order_relaxed));
    }
    for (uint32_t i = 0; i < cache->entity_blocks; i++) {
        free(atomic_load_explicit(&cache->entities[i], memory_order_relaxed));
    }
    stm_cache_slot *slots = atomic_load_explicit(&cache->slots, memory_order_relaxed);
    for (uint32_t i = 0; slots != NULL && i < STM_CACHE_SLOTS; i++) {
        free(atomic_load_explicit(&slots[i], memory_order_relaxed));
    }
    free(slots);
    stm_fact_chunk *chunks = atomic_load_explicit(&cache->facts, memory_order_relaxed);
    for (uint32_t i = 0; chunks != NULL && i < STM_FACT_CHUNKS; i++) {
        free(atomic_load_explicit(&chunks[i], memory_order_relaxed));
    }
    free(chunks);
    free(cache->events);
    free(cache->entities);
    free(cache->labels);
    free(cache);
}

const stm_event_block *stm_cache_keep_event(stm_cache *cache, uint32_t number,
                                            const stm_event_block *block)
{
    stm_event_block *expected = NULL;
    stm_event_plan plan;
    size_t size = stm_event_plan_make(block, &plan) ? stm_event_plan_size(&plan) : 0;
    stm_event_block *copy = malloc(sizeof *copy + size);
    if (copy == NULL) {
        return NULL;
    }
    *copy = *block;
    if (size != 0) {
        copy->plan = memcpy(copy + 1, &plan, size);
    }
    if (!atomic_compare_exchange_strong_explicit(&cache->events[number], &expected, copy,
                                                 memory_order_acq_rel, memory_order_acquire)) {
        free(copy);
        return expected;
    }
    return copy;
}

const stm_entity_block *stm_cache_keep_entity(stm_cache *cache, uint32_t number,
                                              const stm_entity_block *block)
{
    stm_entity_block *expected = NULL;
    stm_entity_block *copy = malloc(sizeof *copy);
    if (copy == NULL) {
        return NULL;
    }
    *copy = *block;
    if (!atomic_compare_exchange_strong_explicit(&cache->entities[number], &expected, copy,
                                                 memory_order_acq_rel, memory_order_acquire)) {
        free(copy);
        return expected;
    }
    return copy;
}

static uint32_t slot_of(stm_table table, uint16_t column_id, uint64_t key)
{
    uint64_t mixed =
        (key ^ (uint64_t)table << 58 ^ (uint64_t)column_id << 48) * UINT64_C(0x9E3779B97F4A7C15);
    return (uint32_t)(mixed >> 40) & (STM_CACHE_SLOTS - 1);
}

const stm_cached *stm_cache_find(const stm_cache *cache, stm_table table, uint16_t column_id,
                                 uint64_t key)
{
    uint32_t slot = slot_of(table, column_id, key);
    const stm_cache_slot *slots = atomic_load_explicit(&cache->slots, memory_order_acquire);
    for (uint32_t i = 0; slots != NULL && i < PROBES; i++) {
        const stm_cached *found =
            atomic_load_explicit(&slots[(slot + i) & (STM_CACHE_SLOTS - 1)], memory_order_acquire);
        if (found == NULL) {
            return NULL;
        }
        if (found->key == key && found->table == table && found->column_id == column_id) {
            return found;
        }
    }
    return NULL;
}

/* The slots, which most programs that open a file for one question never need. */
static stm_cache_slot *slots_of(stm_cache *cache)
{
    stm_cache_slot *slots = atomic_load_explicit(&cache->slots, memory_order_acquire);
    if (slots == NULL) {
        stm_cache_slot *made = calloc(STM_CACHE_SLOTS, sizeof *made);
        if (made == NULL ||
            atomic_compare_exchange_strong_explicit(&cache->slots, &slots, made,
                                                    memory_order_acq_rel, memory_order_acquire)) {
            return made;
        }
        free(made); /* another thread was first */
    }
    return slots;
}

stemma_status stm_cache_keep(stm_cache *cache, const stm_cached *found)
{
    uint32_t slot = slot_of(found->table, found->column_id, found->key);
    stm_cache_slot *slots = slots_of(cache);
    if (slots == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < PROBES; i++) {
        stm_cache_slot *at = &slots[(slot + i) & (STM_CACHE_SLOTS - 1)];
        stm_cached *held = atomic_load_explicit(at, memory_order_acquire);
        if (held == NULL) {
            stm_cached *copy = malloc(sizeof *copy);
            if (copy == NULL) {
                return STEMMA_E_NO_MEMORY;
            }
            *copy = *found;
            if (atomic_compare_exchange_strong_explicit(at, &held, copy, memory_order_acq_rel,
                                                        memory_order_acquire)) {
                return STEMMA_OK;
            }
            free(copy); /* another thread was first; `held` is what it put there */
        }
        if (held->key == found->key && held->table == found->table &&
            held->column_id == found->column_id) {
            return STEMMA_OK;
        }
    }
    return STEMMA_OK;
}

/* Not by calloc(): whoever reads a page first and then writes it would make the system give it out twice. */
static stm_fact_cell *new_facts(void)
{
    stm_fact_cell *made = malloc(STM_FACT_CHUNK * sizeof *made);
    if (made != NULL) {
        memset(made, 0, STM_FACT_CHUNK * sizeof *made);
    }
    return made;
}

/* The chunks, which most programs that open a file for one question never need; NULL without memory. */
static stm_fact_chunk *chunks_of(stm_cache *cache)
{
    stm_fact_chunk *chunks = atomic_load_explicit(&cache->facts, memory_order_acquire);
    if (chunks == NULL) {
        stm_fact_chunk *made = calloc(STM_FACT_CHUNKS, sizeof *made);
        if (made == NULL ||
            atomic_compare_exchange_strong_explicit(&cache->facts, &chunks, made,
                                                    memory_order_acq_rel, memory_order_acquire)) {
            return made;
        }
        free(made); /* another thread was first */
    }
    return chunks;
}

stm_fact_cell *stm_cache_facts(stm_cache *cache, uint32_t document)
{
    stm_fact_chunk *chunks = chunks_of(cache);
    if (chunks == NULL) {
        return NULL;
    }
    stm_fact_chunk *chunk = &chunks[document / STM_FACT_CHUNK];
    stm_fact_cell *facts = atomic_load_explicit(chunk, memory_order_acquire);
    if (facts == NULL) {
        stm_fact_cell *made = new_facts();
        if (made == NULL) {
            return NULL;
        }
        if (atomic_compare_exchange_strong_explicit(chunk, &facts, made, memory_order_acq_rel,
                                                    memory_order_acquire)) {
            facts = made;
        } else {
            free(made); /* another thread was first */
        }
    }
    return facts + document % STM_FACT_CHUNK;
}
