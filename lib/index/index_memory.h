/* SPDX-License-Identifier: MIT */
/* Growing arrays and a table of distinct byte strings, for the modules that derive the index.
   Nothing here is shared between threads. */
#ifndef STEMMA_LIB_INDEX_MEMORY_H
#define STEMMA_LIB_INDEX_MEMORY_H

#include "base/grow.h"
#include "base/memory.h"
#include "stemma/status.h"
#include "stemma/types.h"

/* Sorts 32-bit numbers ascending. */
void stm_sort_numbers(uint32_t *numbers, size_t count);

/* Sorts 32-bit numbers ascending, drops repetitions, returns how many are left. */
size_t stm_sort_distinct(uint32_t *numbers, size_t count);

/* What a position in an array is sorted by. */
typedef struct stm_sort_key {
    uint64_t major;
    uint64_t minor;
    uint32_t position;
} stm_sort_key;

/* Sorts by (major, minor, position). */
void stm_sort_keys(stm_memory *memory, stm_sort_key *keys, size_t count);

/* Distinct byte strings, numbered in the order in which they first came. */
typedef struct stm_strings {
    stm_memory *memory; /* NULL: ordinary memory */
    char *bytes;
    size_t size, capacity;
    size_t *offsets; /* count + 1 of them once there is one string */
    size_t offset_capacity;
    uint32_t *slots; /* number + 1, 0 for free; a power of two of them */
    uint32_t slot_count;
    uint32_t count;
} stm_strings;

/* Gives the number of `text`, adding it when it is new. STEMMA_E_NO_MEMORY, STEMMA_E_LIMIT. */
stemma_status stm_strings_add(stm_strings *strings, stemma_text text, uint32_t *number);

/* The number of `text`, or STEMMA_NONE when it was never added. */
uint32_t stm_strings_find(const stm_strings *strings, stemma_text text);

/* The same of up to STM_STRINGS_MANY texts, whose memory is fetched together. */
#define STM_STRINGS_MANY 64u
void stm_strings_find_many(const stm_strings *strings, const stemma_text *texts, uint32_t count,
                           uint32_t *numbers);

/* The string with a number below `count`; lives until the next add. */
stemma_text stm_strings_get(const stm_strings *strings, uint32_t number);

/* For each string its place in memcmp order: `count` numbers, stm_memory_free();
   NULL when memory is refused. */
uint32_t *stm_strings_ranks(const stm_strings *strings);

void stm_strings_free(stm_strings *strings);

#endif
