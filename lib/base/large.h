/* SPDX-License-Identifier: MIT */
/* Memory in large pages where the system has them: what is filled from end to end costs a fault for each page of
   4 KiB otherwise, and as much again when it is given back. Advice only: what becomes of it is all the same.
   Any thread. */
#ifndef STEMMA_LIB_LARGE_H
#define STEMMA_LIB_LARGE_H

#include <stddef.h>

#define STM_LARGE_PAGE ((size_t)2 << 20)

/* As malloc(); of STM_LARGE_PAGE bytes and more in large pages. free(). NULL when memory is refused. */
void *stm_large_alloc(size_t size);

/* A private mapping of `size` bytes (a multiple of a page of 4 KiB), all zero; of STM_LARGE_PAGE and more in large
   pages. munmap(). NULL when memory is refused. */
void *stm_large_map(size_t size);

/* The same mapping with another, greater size, moved without copying as far as that pays: what was in it is in the
   beginning of the new one, what is new is zero. NULL when memory is refused: the old one is as it was. */
void *stm_large_stretch(void *map, size_t before, size_t size);

#endif
