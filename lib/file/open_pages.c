/* SPDX-License-Identifier: MIT */
#include "file/open_pages.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/error.h"

/* Threads at most, and the bytes of file below which one more is not worth its start. */
#define JOBS_MAX      8u
#define JOBS_DEFAULT  4u
#define BYTES_FOR_JOB ((size_t)8 << 20)

/* A file up to this size is asked for whole, so that a cold one comes in few large reads. */
#define READ_WHOLE ((size_t)64 << 20)

typedef struct share {
    stemma_bytes file;
    bool measuring;
    uint32_t part;
    uint32_t parts;
    uint8_t *claimed;
    size_t claimed_size;
    stm_page_report report;
    stemma_status status;
    pthread_t thread;
    bool started;
} share;

static void *check_share(void *argument)
{
    share *self = argument;
    self->status = self->measuring
                       ? stm_page_measure_share(self->file, self->part, self->parts, self->claimed,
                                                self->claimed_size, &self->report)
                       : stm_page_check_share(self->file, self->part, self->parts, self->claimed,
                                              self->claimed_size, &self->report);
    return NULL;
}

/* Whether all shares are sound and make a sound whole. Anything else (a bad file, no memory, no
   thread) is left to the check by one thread, which says what it is. */
static bool check_in_shares(stemma_bytes file, bool measuring, uint32_t parts,
                            stm_page_report *report)
{
    size_t bitmap = stm_page_bitmap_size(file.size);
    share *shares = calloc(parts, sizeof *shares);
    uint8_t *claimed = malloc(parts * bitmap);
    bool sound = shares != NULL && claimed != NULL;
    for (uint32_t i = 0; sound && i < parts; i++) {
        share *one = &shares[i];
        one->file = file;
        one->measuring = measuring;
        one->part = i;
        one->parts = parts;
        one->claimed = claimed + i * bitmap;
        one->claimed_size = bitmap;
        if (i != 0) {
            one->started = pthread_create(&one->thread, NULL, check_share, one) == 0;
        }
    }
    for (uint32_t i = 0; sound && i < parts; i++) {
        if (!shares[i].started) {
            check_share(&shares[i]);
        }
    }
    for (uint32_t i = 1; shares != NULL && i < parts; i++) {
        if (shares[i].started) {
            pthread_join(shares[i].thread, NULL);
        }
    }
    for (uint32_t i = 0; sound && i < parts; i++) {
        sound = shares[i].status == STEMMA_OK &&
                (i == 0 || stm_page_check_join(file, shares[0].claimed, &shares[0].report,
                                               shares[i].claimed, &shares[i].report));
    }
    if (sound) {
        sound = measuring
                    ? stm_page_measure_whole(file, shares[0].claimed, &shares[0].report)
                    : stm_page_check_whole(file, shares[0].claimed, &shares[0].report);
        *report = shares[0].report;
    }
    free(claimed);
    free(shares);
    return sound;
}

static unsigned choose_jobs(size_t size, unsigned jobs)
{
    if (jobs == 0) {
        long online = sysconf(_SC_NPROCESSORS_ONLN);
        jobs = online < 1 ? 1 : online > (long)JOBS_DEFAULT ? JOBS_DEFAULT : (unsigned)online;
        size_t useful = size / BYTES_FOR_JOB;
        jobs = jobs > useful ? (unsigned)useful : jobs;
    }
    return jobs > JOBS_MAX ? JOBS_MAX : jobs;
}

static stemma_status walk(int descriptor, size_t size, bool measuring, unsigned jobs,
                          const char *path, stm_page_report *report, stemma_error *error)
{
    size_t bitmap_size = stm_page_bitmap_size(size);
    stemma_status status = STEMMA_OK;
    void *map = mmap(NULL, size, PROT_READ, MAP_SHARED, descriptor, 0);
    if (map == MAP_FAILED) {
        return stm_fail(error, STEMMA_E_SYSTEM, "SYSTEM", path, "Cannot map the file: %s",
                        strerrordesc_np(errno) != NULL ? strerrordesc_np(errno) : "unknown error");
    }
    if (!measuring) { /* Pages are numbered in the order in which the check meets them. */
        (void)madvise(map, size, size <= READ_WHOLE ? MADV_WILLNEED : MADV_SEQUENTIAL);
    }
    stemma_bytes file = {map, size};
    jobs = choose_jobs(size, jobs);
    if (jobs < 2 || !check_in_shares(file, measuring, jobs, report)) {
        uint8_t *bitmap = malloc(bitmap_size);
        status = bitmap == NULL ? stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", path,
                                           "The system refused memory")
                 : measuring    ? stm_page_measure(file, bitmap, bitmap_size, report, error)
                                : stm_page_check(file, bitmap, bitmap_size, report, error);
        free(bitmap);
    }
    munmap(map, size); /* LMDB makes its own */
    return status;
}

stemma_status stm_open_check_pages(int descriptor, size_t size, unsigned jobs, const char *path,
                                   stm_page_report *report, stemma_error *error)
{
    return walk(descriptor, size, false, jobs, path, report, error);
}

/* Leaf pages of a table that are looked at for an estimate. */
#define SAMPLED 256u

stemma_status stm_open_estimate_pages(int descriptor, size_t size, stm_page_report *report,
                                      stemma_error *error)
{
    size_t bitmap_size = stm_page_bitmap_size(size);
    uint8_t *bitmap = malloc(bitmap_size);
    void *map = mmap(NULL, size, PROT_READ, MAP_SHARED, descriptor, 0);
    stemma_status status;
    if (bitmap == NULL || map == MAP_FAILED) {
        status = bitmap == NULL ? stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "",
                                           "The system refused memory")
                                : stm_fail(error, STEMMA_E_SYSTEM, "SYSTEM", "",
                                           "Cannot map the file");
    } else {
        stemma_bytes file = {map, size};
        status = stm_page_estimate(file, SAMPLED, bitmap, bitmap_size, report, error);
    }
    if (map != MAP_FAILED) {
        munmap(map, size);
    }
    free(bitmap);
    return status;
}

stemma_status stm_open_measure_pages(int descriptor, size_t size, stm_page_report *report,
                                     stemma_error *error)
{
    return walk(descriptor, size, true, 0, "", report, error);
}
