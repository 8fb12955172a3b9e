/* SPDX-License-Identifier: MIT */
/* How far the work is: a bar on standard error when that is a terminal, or a line a stage. */
#ifndef STEMMA_TOOLS_PROGRESS_H
#define STEMMA_TOOLS_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct stm_progress {
    bool bar;
    bool lines;
    struct timespec begun;   /* of the stage */
    struct timespec printed; /* last time something was printed */
    const char *stage;
    uint64_t done;
};

/* `quiet` turns it off even on a terminal. With `verbose` each stage leaves a line with what it did
   and how long it took, be it on a terminal or not. */
void stm_progress_begin(struct stm_progress *progress, bool quiet, bool verbose);

/* `done` of `total` (0: unknown) in `stage`, a static word. Redraws at most ten times a second. The
   signature is that of stemma_progress. */
void stm_progress_show(void *progress, const char *stage, uint64_t done, uint64_t total);

/* The same where progress is better told in bytes of input than in what is counted: `bytes` of
   `all_bytes` (0: unknown) have been read. */
void stm_progress_bytes(struct stm_progress *progress, const char *stage, uint64_t done,
                        uint64_t bytes, uint64_t all_bytes);

/* Removes the bar from the terminal. */
void stm_progress_end(struct stm_progress *progress);

#endif
