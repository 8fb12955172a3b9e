/* SPDX-License-Identifier: MIT */
#include "base/memory_guard.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

/* How long to wait before the next look: as long as it takes to fill the room that is left, at the
   rate at which a busy machine can bring pages in; never so long that an end is felt. */
#define BYTES_A_MILLISECOND (UINT64_C(4) << 20)
#define LONGEST_WAIT        20u
#define LEAST_TO_WORK       (UINT64_C(8) << 20)
#define MOST_RESERVED       (UINT64_C(16) << 20) /* for what comes in between two looks */

typedef struct watched {
    void *address;
    size_t size;
} watched;

struct stm_guard {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t ending;
    int ends;
    int statm;
    uint64_t page;
    uint64_t limit;
    uint64_t least; /* held after the last time pages were given back */
    watched *list;
    atomic_size_t count; /* written under the lock */
    _Atomic uint64_t next; /* millisecond before which nobody need look again */
    size_t capacity;
};

/* Bytes that this process holds, 0 when that is not known. The second number of the file. */
static uint64_t resident(const stm_guard *guard)
{
    char text[128];
    ssize_t size = pread(guard->statm, text, sizeof text, 0);
    uint64_t pages = 0;
    ssize_t i = 0;
    while (i < size && text[i] != ' ') {
        i++;
    }
    for (i++; i < size && text[i] >= '0' && text[i] <= '9'; i++) {
        pages = pages * 10 + (uint64_t)(text[i] - '0');
    }
    return pages * guard->page;
}

/* Gives pages back when too many are held; returns how many bytes may come in until the next time.
   Where the rest of the process is over the limit already, there is little to be had by doing so
   again and again: then some pages are left to work with. */
static uint64_t look(stm_guard *guard)
{
    uint64_t held = resident(guard);
    uint64_t limit = guard->limit;
    if (guard->least + LEAST_TO_WORK > limit) {
        limit = guard->least + LEAST_TO_WORK;
    }
    if (held > limit) {
        for (size_t i = 0; i < guard->count; i++) {
            madvise(guard->list[i].address, guard->list[i].size, MADV_DONTNEED);
        }
        held = resident(guard);
        guard->least = held;
    }
    return held < limit ? limit - held : 0;
}

/* How long that much room lasts at least, in milliseconds. */
static uint64_t lasts(uint64_t room)
{
    return room / BYTES_A_MILLISECOND < LONGEST_WAIT ? room / BYTES_A_MILLISECOND : LONGEST_WAIT;
}

static uint64_t milliseconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static void rest_for(stm_guard *guard, uint64_t milliseconds)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += (long)milliseconds * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_nsec -= 1000000000;
        until.tv_sec++;
    }
    pthread_cond_timedwait(&guard->ending, &guard->lock, &until);
}

static void *keep(void *argument)
{
    stm_guard *guard = argument;
    pthread_mutex_lock(&guard->lock);
    while (!guard->ends) {
        rest_for(guard, 1 + lasts(look(guard)));
    }
    pthread_mutex_unlock(&guard->lock);
    return NULL;
}

/* Starts the thread with every signal blocked: the program's handlers run on its own threads. */
static int start(stm_guard *guard)
{
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int failed = pthread_create(&guard->thread, NULL, keep, guard);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return failed;
}

static void clear(stm_guard *guard)
{
    pthread_cond_destroy(&guard->ending);
    pthread_mutex_destroy(&guard->lock);
    if (guard->statm >= 0) {
        close(guard->statm);
    }
    free(guard->list);
    free(guard);
}

stm_guard *stm_guard_new(uint64_t budget)
{
    stm_guard *guard = calloc(1, sizeof *guard);
    pthread_condattr_t monotonic;
    if (guard == NULL) {
        return NULL;
    }
    guard->page = (uint64_t)sysconf(_SC_PAGESIZE);
    guard->limit = budget - (budget / 4 < MOST_RESERVED ? budget / 4 : MOST_RESERVED);
    guard->statm = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    pthread_mutex_init(&guard->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&guard->ending, &monotonic);
    pthread_condattr_destroy(&monotonic);
    if (guard->statm < 0 || start(guard) != 0) {
        clear(guard);
        return NULL;
    }
    return guard;
}

void stm_guard_end(stm_guard *guard)
{
    if (guard == NULL) {
        return;
    }
    pthread_mutex_lock(&guard->lock);
    guard->ends = 1;
    pthread_cond_signal(&guard->ending);
    pthread_mutex_unlock(&guard->lock);
    pthread_join(guard->thread, NULL);
    clear(guard);
}

void stm_guard_check(stm_guard *guard)
{
    if (atomic_load_explicit(&guard->count, memory_order_relaxed) == 0) {
        return; /* there is nothing to give back */
    }
    uint64_t now = milliseconds_now();
    if (now < atomic_load_explicit(&guard->next, memory_order_relaxed)) {
        return; /* there was room enough, not long ago */
    }
    pthread_mutex_lock(&guard->lock);
    uint64_t next = now + lasts(look(guard));
    pthread_mutex_unlock(&guard->lock);
    atomic_store_explicit(&guard->next, next, memory_order_relaxed);
}

int stm_guard_add(stm_guard *guard, const void *address, size_t size)
{
    int added = 1;
    pthread_mutex_lock(&guard->lock);
    if (guard->count == guard->capacity) {
        size_t wanted = guard->capacity == 0 ? 64 : guard->capacity * 2;
        watched *list = realloc(guard->list, wanted * sizeof *list);
        added = list != NULL;
        if (added) {
            guard->list = list;
            guard->capacity = wanted;
        }
    }
    if (added) {
        guard->list[guard->count].address = (void *)(uintptr_t)address;
        guard->list[guard->count].size = size;
        guard->count++;
    }
    pthread_mutex_unlock(&guard->lock);
    return added;
}

void stm_guard_remove(stm_guard *guard, const void *address)
{
    pthread_mutex_lock(&guard->lock);
    for (size_t i = guard->count; i-- > 0;) { /* what came last goes first, mostly */
        if (guard->list[i].address == address) {
            guard->list[i] = guard->list[--guard->count];
            break;
        }
    }
    pthread_mutex_unlock(&guard->lock);
}

/* A line is "7f00-7f01 r--s 00000000 fd:00 1234 /name", addresses in hexadecimal. */
const void *stm_guard_add_inode(stm_guard *guard, uint64_t inode)
{
    FILE *maps = fopen("/proc/self/maps", "re");
    char *line = NULL;
    size_t capacity = 0;
    const void *found = NULL;
    while (maps != NULL && found == NULL && getline(&line, &capacity, maps) > 0) {
        unsigned long long from = 0;
        unsigned long long to = 0;
        unsigned long long number = 0;
        char rights[5] = "";
        if (sscanf(line, "%llx-%llx %4s %*x %*x:%*x %llu", &from, &to, rights, &number) == 4 &&
            number == inode && rights[3] == 's' && to > from) {
            const void *address = (const void *)(uintptr_t)from;
            found = stm_guard_add(guard, address, (size_t)(to - from)) ? address : NULL;
        }
    }
    free(line);
    if (maps != NULL) {
        fclose(maps);
    }
    return found;
}
