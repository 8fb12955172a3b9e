/* SPDX-License-Identifier: MIT */
/* A thread that keeps the pages which this process holds under a budget: when they are more, it
   gives back those of file mappings it was told of. Nothing is lost by that, as the system has them
   in its cache or in the file: who touches such a page again gets it from there. */
#ifndef STEMMA_LIB_MEMORY_GUARD_H
#define STEMMA_LIB_MEMORY_GUARD_H

#include <stddef.h>
#include <stdint.h>

typedef struct stm_guard stm_guard;

/* Begins to watch over `budget` bytes. NULL when memory or the thread is refused. */
stm_guard *stm_guard_new(uint64_t budget);

/* Ends the thread; NULL is fine. No mapping is touched by it any more. */
void stm_guard_end(stm_guard *guard);

/* Looks on the caller's thread, unless there was room enough a moment ago: for work that goes through
   much of what is mapped, as the guard's thread may have to wait for a processor. */
void stm_guard_check(stm_guard *guard);

/* From now on pages of this mapping of a file may be given back. 0 when memory is refused. */
int stm_guard_add(stm_guard *guard, const void *address, size_t size);

/* The same for the first shared mapping of the file with this number; returns where it is, NULL
   when there is none. */
const void *stm_guard_add_inode(stm_guard *guard, uint64_t inode);

/* After it returns the mapping may be unmapped. Nothing happens when it was not added. */
void stm_guard_remove(stm_guard *guard, const void *address);

#endif
