/* SPDX-License-Identifier: MIT */
#include "hostile/memory_watch.h"

#include <errno.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stdlib.h>

static atomic_size_t held, peak, largest;

static void took(size_t asked, size_t size)
{
    size_t now = atomic_fetch_add(&held, size) + size;
    size_t most = atomic_load(&peak);
    while (now > most && !atomic_compare_exchange_weak(&peak, &most, now)) {
    }
    most = atomic_load(&largest);
    while (asked > most && !atomic_compare_exchange_weak(&largest, &most, asked)) {
    }
}

static void gave(size_t size)
{
    atomic_fetch_sub(&held, size);
}

size_t memory_watch_held(void)
{
    return atomic_load(&held);
}

size_t memory_watch_peak(void)
{
    return atomic_load(&peak);
}

size_t memory_watch_largest(void)
{
    return atomic_load(&largest);
}

void memory_watch_reset(void)
{
    atomic_store(&peak, atomic_load(&held));
    atomic_store(&largest, 0);
}

#if defined(__SANITIZE_ADDRESS__)
/* Of the sanitizer's library, whose headers are not there with every compiler. */
int __sanitizer_install_malloc_and_free_hooks(void (*on_malloc)(const volatile void *, size_t),
                                              void (*on_free)(const volatile void *));
size_t __sanitizer_get_allocated_size(const volatile void *block);
int __lsan_do_recoverable_leak_check(void);

static void on_malloc(const volatile void *block, size_t size)
{
    (void)block;
    took(size, size);
}

static void on_free(const volatile void *block)
{
    if (block != NULL) {
        gave(__sanitizer_get_allocated_size(block));
    }
}

void memory_watch_begin(void)
{
    (void)__sanitizer_install_malloc_and_free_hooks(on_malloc, on_free);
}

int memory_watch_leaks(void)
{
    return __lsan_do_recoverable_leak_check();
}

#elif defined(__SANITIZE_THREAD__)

void memory_watch_begin(void)
{
    took(0, 0);
    gave(0);
}

int memory_watch_leaks(void)
{
    return 0;
}

#else

/* What is seen by the libraries that the program loads, too. */
#define EVERYWHERE __attribute__((visibility("default")))

/* The C library's own, by their other names. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *block, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void __libc_free(void *block);

static void *counted(void *block, size_t asked)
{
    if (block != NULL) {
        took(asked, malloc_usable_size(block));
    }
    return block;
}

EVERYWHERE void *malloc(size_t size)
{
    return counted(__libc_malloc(size), size);
}

EVERYWHERE void *calloc(size_t count, size_t size)
{
    return counted(__libc_calloc(count, size), count * size);
}

EVERYWHERE void *realloc(void *block, size_t size)
{
    size_t before = block != NULL ? malloc_usable_size(block) : 0;
    void *made = __libc_realloc(block, size);
    if (made != NULL || size == 0) {
        gave(before);
    }
    return counted(made, size);
}

EVERYWHERE void free(void *block)
{
    if (block != NULL) {
        int kept = errno; /* free() leaves it alone */
        gave(malloc_usable_size(block));
        __libc_free(block);
        errno = kept;
    }
}

EVERYWHERE void *memalign(size_t alignment, size_t size)
{
    return counted(__libc_memalign(alignment, size), size);
}

EVERYWHERE void *aligned_alloc(size_t alignment, size_t size)
{
    return memalign(alignment, size);
}

EVERYWHERE int posix_memalign(void **out, size_t alignment, size_t size)
{
    *out = memalign(alignment, size);
    return *out != NULL ? 0 : ENOMEM;
}

void memory_watch_begin(void)
{
    memory_watch_reset();
}

int memory_watch_leaks(void)
{
    return 0;
}
#endif
