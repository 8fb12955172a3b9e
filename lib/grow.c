/* SPDX-License-Identifier: MIT */
#include "grow.h"

#include <stdint.h>
#include <stdlib.h>

void *stm_grow(void *array, size_t *capacity, size_t needed, size_t element)
{
    if (needed <= *capacity && array != NULL) {
        return array;
    }
    size_t wanted = *capacity < 16 ? 16 : *capacity;
    while (wanted < needed) {
        if (wanted > SIZE_MAX / 2) {
            return NULL;
        }
        wanted *= 2;
    }
    if (wanted > SIZE_MAX / element) {
        return NULL;
    }
    void *grown = realloc(array, wanted * element);
    if (grown != NULL) {
        *capacity = wanted;
    }
    return grown;
}

void *stm_zeroed(size_t count, size_t element)
{
    return calloc(count > 0 ? count : 1, element);
}
