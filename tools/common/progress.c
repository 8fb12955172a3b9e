/* SPDX-License-Identifier: MIT */
#include "common/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define WIDTH 30

static double seconds_since(const struct timespec *then, const struct timespec *now)
{
    return (double)(now->tv_sec - then->tv_sec) + (double)(now->tv_nsec - then->tv_nsec) / 1e9;
}

void stm_progress_begin(struct stm_progress *progress, bool quiet, bool verbose)
{
    const char *terminal = getenv("TERM");
    memset(progress, 0, sizeof *progress);
    progress->bar = !quiet && isatty(STDERR_FILENO) &&
                    (terminal == NULL || strcmp(terminal, "dumb") != 0);
    progress->lines = verbose;
}

/* The line that a stage leaves behind. */
static void end_stage(struct stm_progress *progress, const struct timespec *now)
{
    if (progress->bar) {
        fputs("\r\033[K", stderr);
    }
    if (progress->lines && progress->stage != NULL) {
        double elapsed = seconds_since(&progress->begun, now);
        fprintf(stderr, "%-18s %8.2f s", progress->stage, elapsed);
        if (progress->done != 0) {
            fprintf(stderr, "  %llu, %.0f/s", (unsigned long long)progress->done,
                    (double)progress->done / (elapsed > 1e-6 ? elapsed : 1e-6));
        }
        fputc('\n', stderr);
    }
}

/* Whether there is something to print: a new stage, or a tenth of a second later. */
static bool is_due(struct stm_progress *progress, const char *stage, uint64_t done,
                   struct timespec *now)
{
    if (!progress->bar && !progress->lines) {
        return false;
    }
    clock_gettime(CLOCK_MONOTONIC, now);
    if (progress->stage == NULL || strcmp(progress->stage, stage) != 0) {
        end_stage(progress, now);
        progress->stage = stage;
        progress->begun = *now;
    } else if (seconds_since(&progress->printed, now) < 0.1) {
        progress->done = done;
        return false;
    }
    progress->done = done;
    progress->printed = *now;
    return progress->bar;
}

static void draw(const struct stm_progress *progress, uint64_t share, uint64_t all,
                 const struct timespec *now)
{
    double elapsed = seconds_since(&progress->begun, now);
    fprintf(stderr, "\r\033[K%-10s ", progress->stage);
    if (all != 0) {
        char bar[WIDTH + 1];
        memset(bar, ' ', WIDTH);
        memset(bar, '#', (size_t)((double)(share < all ? share : all) / (double)all * WIDTH));
        bar[WIDTH] = '\0';
        fprintf(stderr, "[%s] ", bar);
    }
    if (progress->done != 0) {
        fprintf(stderr, "%llu", (unsigned long long)progress->done);
    }
    if (progress->done != 0 && elapsed > 0.5) {
        fprintf(stderr, ", %.0f/s", (double)progress->done / elapsed);
    }
    if (share != 0 && share < all && elapsed > 0.5) {
        fprintf(stderr, ", %.0f s left", elapsed * (double)(all - share) / (double)share);
    }
    fflush(stderr);
}

void stm_progress_show(void *context, const char *stage, uint64_t done, uint64_t total)
{
    struct stm_progress *progress = context;
    struct timespec now;
    if (is_due(progress, stage, done, &now)) {
        draw(progress, done, total, &now);
    }
}

void stm_progress_bytes(struct stm_progress *progress, const char *stage, uint64_t done,
                        uint64_t bytes, uint64_t all_bytes)
{
    struct timespec now;
    if (is_due(progress, stage, done, &now)) {
        draw(progress, bytes, all_bytes, &now);
    }
}

void stm_progress_end(struct stm_progress *progress)
{
    if (progress->bar || progress->lines) {
        struct timespec now;
        clock_gettime(CLOCK_MONOTONIC, &now);
        end_stage(progress, &now);
        fflush(stderr);
    }
}
