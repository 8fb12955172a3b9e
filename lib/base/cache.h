/* SPDX-License-Identifier: MIT */
/* What an open file has found and checked once, for all its snapshots.
 *
 * Values lie in the mapped file for as long as it is open, so a second look-up of a known value
 * needs neither a walk of its table nor a second check. Filled as things are asked for; entries are
 * made whole before they are published and never change or go away until the file is closed: any
 * number of threads read and fill them without a lock. */
#ifndef STEMMA_LIB_CACHE_H
#define STEMMA_LIB_CACHE_H

#include <stdatomic.h>

#include "column.h"
#include "entity_block.h"
#include "event_block.h"
#include "label_arena.h"
#include "stemma/status.h"
#include "tables.h"

/* Columns that are kept beside the event blocks; beyond them values are looked up each time. */
#define STM_CACHE_SLOTS 8192u

/* A column of a value in a table whose key is one or two numbers. */
typedef struct stm_cached {
    uint64_t key; /* the two numbers; a single one is the lower half */
    stm_table table;
    uint16_t column_id;
    stm_column column; /* that column of the value */
} stm_cached;

typedef _Atomic(stm_cached *) stm_cache_slot;

/* What claims need to know of a document, whatever the date; see outlet.h. Equal whoever finds it out. Small, and made
   for some documents at a time: claims ask for documents here and there. */
typedef struct stm_fact_cell {
    _Atomic(uint64_t) publisher;
    _Atomic(uint64_t) dates; /* both in one number; 0: not known yet. Stored last. */
} stm_fact_cell;

#define STM_FACT_CHUNK     1024u /* documents whose facts lie together */
#define STM_FACT_DOCUMENTS (1u << 20) /* whose facts are kept: those of the first ones */
#define STM_FACT_CHUNKS    (STM_FACT_DOCUMENTS / STM_FACT_CHUNK)

typedef _Atomic(stm_fact_cell *) stm_fact_chunk;

typedef struct stm_cache {
    uint32_t event_blocks;
    _Atomic(stm_event_block *) *events; /* by number of the block */
    uint32_t entity_blocks;
    _Atomic(stm_entity_block *) *entities; /* by number of the block */
    _Atomic(uint32_t) *labels; /* a bit for each group of labels that is known to be UTF-8 */
    _Atomic(stm_cache_slot *) slots; /* STM_CACHE_SLOTS; made when first needed */
    _Atomic(stm_fact_chunk *) facts; /* STM_FACT_CHUNKS of them; all are made when first needed */
    _Atomic(uint64_t) event_claims; /* claims of events · 2³² + those not stored; UINT64_MAX */
    _Atomic(uint32_t)
        known; /* events whose start is known, or STEMMA_NONE as long as nobody asked */
} stm_cache;

/* Makes room for the event and entity blocks and the labels of a file. `*out` is the caller's.
   STEMMA_E_NO_MEMORY. */
stemma_status stm_cache_new(stm_cache **out, uint32_t event_blocks, uint32_t entities);

/* NULL is fine. No thread may use the cache any more. */
void stm_cache_free(stm_cache *cache);

/* The event block, or NULL when it has not been read yet. `number` < event_blocks. */
static inline const stm_event_block *stm_cache_event(const stm_cache *cache, uint32_t number)
{
    return atomic_load_explicit(&cache->events[number], memory_order_acquire);
}

/* Keeps a copy of an opened block and gives the one that is kept, which another thread may have
   put there first. NULL when there is no memory. */
const stm_event_block *stm_cache_keep_event(stm_cache *cache, uint32_t number,
                                            const stm_event_block *block);

/* The same for entity blocks. */
static inline const stm_entity_block *stm_cache_entity(const stm_cache *cache, uint32_t number)
{
    return atomic_load_explicit(&cache->entities[number], memory_order_acquire);
}

const stm_entity_block *stm_cache_keep_entity(stm_cache *cache, uint32_t number,
                                              const stm_entity_block *block);

/* Whether a group of STM_LABEL_GROUP labels was found to be UTF-8; and that it was. */
static inline int stm_cache_labels(const stm_cache *cache, uint32_t group)
{
    return (int)(atomic_load_explicit(&cache->labels[group / 32u], memory_order_relaxed) >>
                     (group % 32u) &
                 1u);
}

static inline void stm_cache_keep_labels(stm_cache *cache, uint32_t group)
{
    atomic_fetch_or_explicit(&cache->labels[group / 32u], 1u << (group % 32u),
                             memory_order_relaxed);
}

/* A kept column, or NULL. */
const stm_cached *stm_cache_find(const stm_cache *cache, stm_table table, uint16_t column_id,
                                 uint64_t key);

/* Keeps a column when there is a place for it; without, nothing happens. STEMMA_E_NO_MEMORY. */
stemma_status stm_cache_keep(stm_cache *cache, const stm_cached *found);

/* The facts of a document below STM_FACT_DOCUMENTS, which nobody knows at first. NULL without memory. */
stm_fact_cell *stm_cache_facts(stm_cache *cache, uint32_t document);

#endif
