/* SPDX-License-Identifier: MIT */
/* A progress bar on standard error, when that is a terminal. */
#ifndef STEMMA_PACK_PROGRESS_H
#define STEMMA_PACK_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct stm_progress {
    bool shown;
    struct timespec begun;   /* of the stage */
    struct timespec printed; /* last time something was printed */
    const char *stage;
};

/* `quiet` turns it off even on a terminal. */
void stm_progress_begin(struct stm_progress *progress, bool quiet);

/* `done` of `total` (0: unknown) in `stage`, a static word. Redraws at most ten times a second. The
   signature is that of stemma_progress. */
void stm_progress_show(void *progress, const char *stage, uint64_t done, uint64_t total);

/* Removes the bar from the terminal. */
void stm_progress_end(struct stm_progress *progress);

#endif
