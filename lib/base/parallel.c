/* SPDX-License-Identifier: MIT */
#include "base/parallel.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

#define MAX_JOBS 64

struct shared {
    atomic_size_t next;
    size_t count;
    void (*work)(void *context, size_t item);
    void *context;
};

static void *run(void *argument)
{
    struct shared *shared = argument;
    for (;;) {
        size_t item = atomic_fetch_add(&shared->next, 1);
        if (item >= shared->count) {
            return NULL;
        }
        shared->work(shared->context, item);
    }
}

void stm_parallel(unsigned jobs, size_t count, void (*work)(void *context, size_t item),
                  void *context)
{
    struct shared shared = {.count = count, .work = work, .context = context};
    pthread_t threads[MAX_JOBS];
    unsigned started = 0;
    if (jobs > MAX_JOBS) {
        jobs = MAX_JOBS;
    }
    while (started + 1 < jobs && started + 1 < count &&
           pthread_create(&threads[started], NULL, run, &shared) == 0) {
        started++;
    }
    run(&shared);
    while (started > 0) {
        pthread_join(threads[--started], NULL);
    }
}

struct other {
    void (*work)(void *context);
    void *context;
};

static void *run_other(void *argument)
{
    const struct other *other = argument;
    other->work(other->context);
    return NULL;
}

void stm_parallel_beside(unsigned jobs, void (*here)(void *context), void (*beside)(void *context),
                         void *context)
{
    struct other other = {beside, context};
    pthread_t thread;
    int started = jobs > 1 && pthread_create(&thread, NULL, run_other, &other) == 0;
    here(context);
    if (started) {
        pthread_join(thread, NULL);
    } else {
        beside(context);
    }
}

unsigned stm_parallel_default(void)
{
    cpu_set_t set;
    int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return count < 1 ? 1 : count > MAX_JOBS ? MAX_JOBS : (unsigned)count;
}
