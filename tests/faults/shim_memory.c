/* SPDX-License-Identifier: MIT */
/* The functions that give memory, and threads, before those of the C library. */
#include "shim.h"

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

static bool refused(void)
{
    if (fault_decide(FAULT_ALLOC).kind == FAULT_PASS) {
        return false;
    }
    errno = ENOMEM;
    return true;
}

__attribute__((visibility("default"))) void *malloc(size_t size)
{
    return refused() ? NULL : __libc_malloc(size);
}

__attribute__((visibility("default"))) void *calloc(size_t count, size_t size)
{
    return refused() ? NULL : __libc_calloc(count, size);
}

__attribute__((visibility("default"))) void *realloc(void *old, size_t size)
{
    return size != 0 && refused() ? NULL : __libc_realloc(old, size);
}

__attribute__((visibility("default"))) void *reallocarray(void *old, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes)) {
        errno = ENOMEM;
        return NULL;
    }
    return realloc(old, bytes);
}

__attribute__((visibility("default"))) void *memalign(size_t alignment, size_t size);
void *memalign(size_t alignment, size_t size)
{
    return refused() ? NULL : __libc_memalign(alignment, size);
}

__attribute__((visibility("default"))) void *aligned_alloc(size_t alignment, size_t size)
{
    return memalign(alignment, size);
}

__attribute__((visibility("default"))) int posix_memalign(void **out, size_t alignment, size_t size)
{
    void *memory = memalign(alignment, size);
    *out = memory != NULL ? memory : *out;
    return memory != NULL ? 0 : ENOMEM;
}

/* ---- Threads --------------------------------------------------------------------------------- */

typedef int create(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
typedef int mask(int, const sigset_t *, sigset_t *);

/* The function of the C library of this name. */
static void next(const char *name, void *out)
{
    fault_inside++;
    void *found = dlsym(RTLD_NEXT, name);
    memcpy(out, &found, sizeof found);
    fault_inside--;
}

__attribute__((visibility("default"))) int
pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *),
               void *argument)
{
    create *real;
    if (fault_decide(FAULT_THREAD).kind != FAULT_PASS) {
        return EAGAIN;
    }
    next("pthread_create", &real);
    return real(thread, attributes, run, argument);
}

/* The signal of the filter must get through: blocked, it ends the process. */
__attribute__((visibility("default"))) int pthread_sigmask(int how, const sigset_t *set,
                                                           sigset_t *old)
{
    mask *real;
    sigset_t without;
    if (set != NULL) {
        without = *set;
        if (how != SIG_UNBLOCK) {
            sigdelset(&without, SIGSYS);
        }
        set = &without;
    }
    next("pthread_sigmask", &real);
    return real(how, set, old);
}
