/* SPDX-License-Identifier: MIT */
#include "common/refusal.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* Of the process, like the memory that was refused. */
static atomic_bool met;

void stm_refusal_note(void)
{
    atomic_store_explicit(&met, true, memory_order_relaxed);
}

bool stm_refusal_met(void)
{
    return atomic_load_explicit(&met, memory_order_relaxed);
}

void *stm_noted_malloc(size_t size)
{
    void *memory = malloc(size);
    if (memory == NULL && size != 0) {
        stm_refusal_note();
    }
    return memory;
}

void *stm_noted_realloc(void *old, size_t size)
{
    void *memory = realloc(old, size);
    if (memory == NULL && size != 0) {
        stm_refusal_note();
    }
    return memory;
}

char *stm_noted_strdup(const char *string)
{
    char *copy = strdup(string);
    if (copy == NULL) {
        stm_refusal_note();
    }
    return copy;
}
