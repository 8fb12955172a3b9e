/* SPDX-License-Identifier: MIT */
#include "pack/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define WIDTH 30

static double seconds_since(const struct timespec *then, const struct timespec *now)
{
    return (double)(now->tv_sec - then->tv_sec) + (double)(now->tv_nsec - then->tv_nsec) / 1e9;
}

void stm_progress_begin(struct stm_progress *progress, bool quiet)
{
    const char *terminal = getenv("TERM");
    memset(progress, 0, sizeof *progress);
    progress->shown = !quiet && isatty(STDERR_FILENO) &&
                      (terminal == NULL || strcmp(terminal, "dumb") != 0);
}

void stm_progress_show(void *context, const char *stage, uint64_t done, uint64_t total)
{
    struct stm_progress *progress = context;
    struct timespec now;
    char bar[WIDTH + 1];
    double elapsed;
    if (!progress->shown) {
        return;
    }
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (progress->stage == NULL || strcmp(progress->stage, stage) != 0) {
        progress->stage = stage;
        progress->begun = now;
    } else if (seconds_since(&progress->printed, &now) < 0.1) {
        return;
    }
    progress->printed = now;
    elapsed = seconds_since(&progress->begun, &now);
    if (total == 0) {
        fprintf(stderr, "\r\033[K%-10s %llu", stage, (unsigned long long)done);
    } else {
        uint64_t filled = done >= total ? WIDTH : done * WIDTH / total;
        memset(bar, ' ', WIDTH);
        memset(bar, '#', (size_t)filled);
        bar[WIDTH] = '\0';
        fprintf(stderr, "\r\033[K%-10s [%s] %llu/%llu", stage, bar, (unsigned long long)done,
                (unsigned long long)total);
        if (done != 0 && done < total && elapsed > 0.5) {
            fprintf(stderr, "  %.0f/s, %.0f s left", (double)done / elapsed,
                    elapsed * (double)(total - done) / (double)done);
        }
    }
    fflush(stderr);
}

void stm_progress_end(struct stm_progress *progress)
{
    if (progress->shown) {
        fputs("\r\033[K", stderr);
        fflush(stderr);
    }
}
