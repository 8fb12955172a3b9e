/* SPDX-License-Identifier: MIT */
/* The same work on many items by several threads; results land by item, so order never matters. */
#ifndef STEMMA_LIB_PARALLEL_H
#define STEMMA_LIB_PARALLEL_H

#include <stddef.h>

/* Calls work(context, item) once for each item 0..count-1, on up to `jobs` threads (the caller's is
   one of them), and returns when all are done. When threads cannot be had it goes on with fewer. */
void stm_parallel(unsigned jobs, size_t count, void (*work)(void *context, size_t item),
                  void *context);

/* Calls here(context) on this thread, and meanwhile beside(context) on another; returns when both are done. With one
   job, or when no thread can be had, beside() comes after here(). */
void stm_parallel_beside(unsigned jobs, void (*here)(void *context), void (*beside)(void *context),
                         void *context);

/* Processors that this process may use, at least 1. */
unsigned stm_parallel_default(void);

#endif
