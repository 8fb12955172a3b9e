/* SPDX-License-Identifier: MIT */
#include "base/large.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static void advise(void *memory, size_t size)
{
#ifdef MADV_HUGEPAGE
    (void)madvise(memory, size, MADV_HUGEPAGE);
#else
    (void)memory;
    (void)size;
#endif
}

void *stm_large_alloc(size_t size)
{
    void *memory = NULL;
    size_t rest = size % STM_LARGE_PAGE, large = size - rest;
    if (size < STM_LARGE_PAGE || size > SIZE_MAX / 2) {
        return malloc(size);
    }
    memory = aligned_alloc(STM_LARGE_PAGE, rest == 0 ? large : large + STM_LARGE_PAGE);
    if (memory != NULL) {
        /* A last page of which less than half is used is cleared for nothing. */
        advise(memory, rest > STM_LARGE_PAGE / 2 ? large + STM_LARGE_PAGE : large);
    }
    return memory;
}

static void *map(size_t size, int protection)
{
    void *memory = mmap(NULL, size, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return memory != MAP_FAILED ? memory : NULL;
}

/* Takes away what is mapped around [at, at + size) of the mapping [from, from + whole). */
static void trim(char *from, size_t whole, char *at, size_t size)
{
    size_t head = (size_t)(at - from);
    size_t tail = whole - head - size;
    if (head != 0) {
        munmap(from, head);
    }
    if (tail != 0) {
        munmap(at + size, tail);
    }
}

/* `size` bytes that begin where a large page may. */
static void *map_aligned(size_t size, int protection)
{
    size_t whole = size + STM_LARGE_PAGE;
    char *from = size <= SIZE_MAX / 2 ? map(whole, protection) : NULL;
    if (from == NULL) {
        return NULL;
    }
    char *at = from + (STM_LARGE_PAGE - (uintptr_t)from % STM_LARGE_PAGE) % STM_LARGE_PAGE;
    trim(from, whole, at, size);
    return at;
}

void *stm_large_map(size_t size)
{
    if (size < STM_LARGE_PAGE) {
        return map(size, PROT_READ | PROT_WRITE);
    }
    void *memory = map_aligned(size, PROT_READ | PROT_WRITE);
    if (memory != NULL) {
        advise(memory, size);
    }
    return memory;
}

static void *copy(void *old, size_t before, size_t size)
{
    void *moved = stm_large_map(size);
    if (moved != NULL) {
        memcpy(moved, old, before);
        munmap(old, before);
    }
    return moved;
}

/* ThreadSanitizer does not know mremap(): it takes memory that was moved away for that of whoever had it. */
#ifdef __SANITIZE_THREAD__
#define MOVES_ARE_SEEN 0
#else
#define MOVES_ARE_SEEN 1
#endif

void *stm_large_stretch(void *old, size_t before, size_t size)
{
    void *moved;
    if (!MOVES_ARE_SEEN) {
        return copy(old, before, size);
    }
    if (size < STM_LARGE_PAGE) {
        moved = mremap(old, before, size, MREMAP_MAYMOVE);
        return moved != MAP_FAILED ? moved : NULL;
    }
    if (before < STM_LARGE_PAGE) { /* its small pages would stay: they are few, and copied at once */
        return copy(old, before, size);
    }
    /* Large pages are moved as such only from where they may begin to where they may. */
    void *room = map_aligned(size, PROT_NONE);
    if (room == NULL) {
        return NULL;
    }
    moved = mremap(old, before, size, MREMAP_MAYMOVE | MREMAP_FIXED, room);
    /* Whether the room is still ours after a failure is not told: addresses alone are lost. */
    return moved != MAP_FAILED ? moved : NULL;
}
