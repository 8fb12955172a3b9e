/* SPDX-License-Identifier: MIT */
/* Arrays that grow. Any thread, each with its own arrays. */
#ifndef STEMMA_LIB_GROW_H
#define STEMMA_LIB_GROW_H

#include <stddef.h>

/* The capacity to take when `needed` elements of `element` bytes must fit: doubled until they do, so
   that growing one by one costs a constant each. 0 when no size_t can say the bytes. */
size_t stm_grown_capacity(size_t capacity, size_t needed, size_t element);

/* Returns `array` with room for `needed` elements of `element` bytes, reallocated when `*capacity`
   is less; NULL when memory is refused (the old array is then still owned by the caller). */
void *stm_grow(void *array, size_t *capacity, size_t needed, size_t element);

/* `count` zeroed elements, never NULL for a count of 0; NULL when memory is refused. free(). */
void *stm_zeroed(size_t count, size_t element);

#endif
