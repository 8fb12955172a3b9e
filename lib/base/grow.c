/* SPDX-License-Identifier: MIT */
#include "base/grow.h"

#include <stdint.h>
#include <stdlib.h>

size_t stm_grown_capacity(size_t capacity, size_t needed, size_t element)
{
    size_t wanted = capacity < 16 ? 16 : capacity;
    while (wanted < needed) {
        if (wanted > SIZE_MAX / 2) {
            return 0;
        }
        wanted *= 2;
    }
    return wanted > SIZE_MAX / element ? 0 : wanted;
}

void *stm_grow(void *array, size_t *capacity, size_t needed, size_t element)
{
    if (needed <= *capacity && array != NULL) {
        return array;
    }
    size_t wanted = stm_grown_capacity(*capacity, needed, element);
    void *grown = wanted > 0 ? realloc(array, wanted * element) : NULL;
    if (grown != NULL) {
        *capacity = wanted;
    }
    return grown;
}

void *stm_zeroed(size_t count, size_t element)
{
    return calloc(count > 0 ? count : 1, element);
}
