/* SPDX-License-Identifier: MIT */
/* Memory for arrays that grow with the corpus, within a budget. What fits the budget is ordinary
   memory; what does not lies in a temporary file without a name and is mapped, and a guard thread
   gives pages of it back to the system whenever the process holds more than its budget. Nobody who
   uses an array sees the difference, so the same work gives the same result under every budget.

   Every function may be called with the memory NULL: all is ordinary memory then. Blocks may be
   asked for and freed on any thread; a block belongs to one thread at a time. */
#ifndef STEMMA_LIB_MEMORY_H
#define STEMMA_LIB_MEMORY_H

#include <stddef.h>
#include <stdint.h>

#include "stemma/status.h"

#define STM_MEMORY_DEFAULT (UINT64_C(1) << 30)

typedef struct stm_memory stm_memory;

/* Begins a memory of `budget` bytes (0: STM_MEMORY_DEFAULT) whose temporary file will be made in
   `folder`, once it is needed. `*out` is owned by the caller, and outlives its blocks.
   STEMMA_E_NO_MEMORY. */
stemma_status stm_memory_new(stm_memory **out, const char *folder, uint64_t budget,
                             stemma_error *error);

/* Ends the guard and gives the file back; NULL is fine. */
void stm_memory_end(stm_memory *memory);

/* Returns `array` (a block of this memory, or NULL) with room for `needed` elements of `element`
   bytes, moved when `*capacity` is less; NULL when memory or space is refused, and the old array is
   still the caller's. What is new is not set to anything. */
void *stm_memory_grow(stm_memory *memory, void *array, size_t *capacity, size_t needed,
                      size_t element);

/* `count` zeroed elements, never NULL for a count of 0; NULL when memory or space is refused. */
void *stm_memory_zeroed(stm_memory *memory, size_t count, size_t element);

/* Frees a block of any memory, and only such a block; NULL is fine. */
void stm_memory_free(void *block);

/* The bytes that a buffer of a fixed purpose may have: budget / `parts`, within [least, most]. */
size_t stm_memory_part(const stm_memory *memory, unsigned parts, size_t least, size_t most);

/* Lets the guard take pages of a mapping of a file: one that is shared, or private and only read.
   stm_memory_unwatch() is due before it is unmapped. Does nothing when memory is refused: the
   mapping is then not bounded. */
void stm_memory_watch(stm_memory *memory, const void *address, size_t size);

/* The same for the shared mapping of an open file that somebody else made, as LMDB does. Returns
   what stm_memory_unwatch() wants, NULL when there is nothing to do. */
const void *stm_memory_watch_file(stm_memory *memory, int file);

void stm_memory_unwatch(stm_memory *memory, const void *address);

/* To be called now and then, say a document, by work that goes through much of what lies in a
   memory: keeps the process within its budget even where the guard's thread gets no processor. */
void stm_memory_check(stm_memory *memory);

/* The same for loops of small steps: looks once in 4096 of them. */
static inline void stm_memory_step(stm_memory *memory, size_t step)
{
    if ((step & 4095u) == 4095u) {
        stm_memory_check(memory);
    }
}

/* Turns STEMMA_E_NO_MEMORY into what it was when the temporary file could not take more:
   STEMMA_E_SYSTEM, WRITE_FAILED. Any other status is returned as it is. */
stemma_status stm_memory_explain(const stm_memory *memory, stemma_status status,
                                 stemma_error *error);

#endif
