/* SPDX-License-Identifier: MIT */
/* Sorting by numbers without comparing: as many passes as the bits take in which the keys differ. Any thread, each with its
   own arrays. */
#ifndef STEMMA_LIB_INDEX_RADIX_H
#define STEMMA_LIB_INDEX_RADIX_H

#include "base/memory.h"

/* Sorts keys ascending, each with its value; what is equal stays as it came. `values` may be NULL. STEMMA_E_NO_MEMORY: all is
   as it was. */
stemma_status stm_radix_sort(stm_memory *memory, uint64_t *keys, uint32_t *values, size_t count);

#endif
