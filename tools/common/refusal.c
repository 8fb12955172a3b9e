/* SPDX-License-Identifier: MIT */
#include "common/refusal.h"

#include <stdatomic.h>

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
