/* SPDX-License-Identifier: MIT */
/* Counts what the process holds of the heap. A program that uses this replaces malloc() and its like, or
   hooks itself into those of a sanitizer. */
#ifndef STEMMA_TESTS_MEMORY_WATCH_H
#define STEMMA_TESTS_MEMORY_WATCH_H

#include <stddef.h>
#include <stdint.h>

/* Begins to count; call once, early. */
void memory_watch_begin(void);
/* Bytes held now; the most held since memory_watch_reset(); the greatest piece asked for since then. */
size_t memory_watch_held(void);
size_t memory_watch_peak(void);
size_t memory_watch_largest(void);
void memory_watch_reset(void);
/* Looks for memory that nobody can reach any more: 1 when there is some. 0 without a sanitizer. */
int memory_watch_leaks(void);

#endif
