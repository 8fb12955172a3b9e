/* SPDX-License-Identifier: MIT */
/* Sorting arrays that may be larger than what the process may hold. */
#ifndef STEMMA_LIB_MEMORY_SORT_H
#define STEMMA_LIB_MEMORY_SORT_H

#include "base/memory.h"

typedef int stm_memory_compare(const void *left, const void *right, void *context);

/* Sorts `count` items of `size` bytes each. Runs are sorted alone and merged two by two, so what
   lies in a file is gone through in order. Items that compare equal keep their order. */
void stm_memory_sort(stm_memory *memory, void *items, size_t count, size_t size,
                     stm_memory_compare *compare, void *context);

/* The same for a comparison that needs no context. */
void stm_memory_sort_plain(stm_memory *memory, void *items, size_t count, size_t size,
                           int (*compare)(const void *, const void *));

/* The same for items that begin with a hash (a uint64_t whose highest bits are evenly spread) by which `compare`
   orders them first: they are thrown into buckets by that, which is most of the sorting. */
void stm_memory_sort_hashed(stm_memory *memory, void *items, size_t count, size_t size,
                            int (*compare)(const void *, const void *));

#endif
