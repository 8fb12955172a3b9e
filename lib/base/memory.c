/* SPDX-License-Identifier: MIT */
#include "base/memory.h"

#include "base/error.h"
#include "base/grow.h"
#include "base/large.h"
#include "base/memory_guard.h"
#include "file/publish.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAPPED_LEAST ((size_t)128 << 10) /* smaller blocks are never worth a mapping */
#define PAGE         ((size_t)4096)
#define OTHERS_NEED  (UINT64_C(32) << 20) /* memory that is not asked for here */

/* Freed mappings that wait to be asked for again: unmapping stops the other threads, and every page of a new mapping costs
   a fault. */
#define KEPT       16u
#define KEPT_SIZE  STM_LARGE_PAGE        /* of one, at most */
#define KEPT_PART  64u                   /* of the budget, all of them */
#define KEPT_BYTES (UINT64_C(3) << 20)   /* at most: so much more may a process hold at its peak */

enum place {
    PLACE_HEAP,  /* from malloc() */
    PLACE_PAGES, /* a mapping of its own, of no file */
    PLACE_FILE   /* a mapping of the temporary file */
};

/* Stands before every block, so that a block can be freed without its memory being named. */
typedef struct block {
    stm_memory *memory;
    size_t size;     /* with this header; of mappings a multiple of a page */
    uint64_t offset; /* PLACE_FILE: in the file */
    enum place place;
} block;

#define HEADER ((sizeof(block) + 63) / 64 * 64)

/* A part of the file that no block lies in, with nothing stored. */
typedef struct hole {
    uint64_t offset;
    uint64_t size;
} hole;

struct stm_memory {
    char *folder;
    uint64_t budget;
    uint64_t pages_most; /* of PLACE_PAGES */
    stm_guard *guard;
    pthread_mutex_t lock; /* of all that follows */
    uint64_t pages; /* the kept ones among them */
    block *kept[KEPT];
    unsigned kept_count;
    uint64_t kept_bytes, kept_most;
    int file; /* -1: not yet */
    uint64_t file_size;
    hole *holes;
    size_t hole_count, hole_capacity;
    int failure; /* errno of the file's first failure */
};

/* Unmaps what is kept; locked, or nobody else is there. */
static void drop_kept(stm_memory *memory)
{
    while (memory->kept_count > 0) {
        block *old = memory->kept[--memory->kept_count];
        memory->pages -= old->size;
        munmap(old, old->size);
    }
    memory->kept_bytes = 0;
}

stemma_status stm_memory_new(stm_memory **out, const char *folder, uint64_t budget,
                             stemma_error *error)
{
    stm_memory *memory = calloc(1, sizeof *memory);
    *out = memory;
    if (memory == NULL || (memory->folder = strdup(folder)) == NULL) {
        free(memory);
        *out = NULL;
        return stm_no_memory(error);
    }
    memory->budget = budget == 0 ? STM_MEMORY_DEFAULT : budget;
    memory->pages_most = memory->budget > OTHERS_NEED ? (memory->budget - OTHERS_NEED) / 2 : 0;
    memory->kept_most = memory->budget / KEPT_PART < KEPT_BYTES ? memory->budget / KEPT_PART : KEPT_BYTES;
    memory->file = -1;
    pthread_mutex_init(&memory->lock, NULL);
    memory->guard = stm_guard_new(memory->budget);
    return STEMMA_OK;
}

void stm_memory_end(stm_memory *memory)
{
    if (memory == NULL) {
        return;
    }
    stm_guard_end(memory->guard);
    drop_kept(memory);
    if (memory->file >= 0) {
        close(memory->file);
    }
    pthread_mutex_destroy(&memory->lock);
    free(memory->holes);
    free(memory->folder);
    free(memory);
}

/* ---- The temporary file ---------------------------------------------------------------------- */

static int fail(stm_memory *memory, int reason)
{
    if (memory->failure == 0) {
        memory->failure = reason != 0 ? reason : EIO;
    }
    return 0;
}

static int open_file(stm_memory *memory)
{
    errno = 0;
    if (memory->file < 0 && stm_private_file(memory->folder, &memory->file, NULL) != STEMMA_OK) {
        memory->file = -1;
        return fail(memory, errno);
    }
    return 1;
}

/* Finds room in the file: a hole of just this size, as arrays double and sizes come again, or the
   end. Its storage is taken at once, as a mapped page without storage would end the process. */
static int take_room(stm_memory *memory, uint64_t size, uint64_t *offset)
{
    size_t h = 0;
    while (h < memory->hole_count && memory->holes[h].size != size) {
        h++;
    }
    *offset = h < memory->hole_count ? memory->holes[h].offset : memory->file_size;
    int reason;
    do {
        reason = posix_fallocate(memory->file, (off_t)*offset, (off_t)size);
    } while (reason == EINTR);
    if (reason != 0) {
        return fail(memory, reason);
    }
    if (h < memory->hole_count) {
        memory->holes[h] = memory->holes[--memory->hole_count];
    } else {
        memory->file_size += size;
    }
    return 1;
}

/* Gives the storage back. Where the file system cannot, the part is not used again: a new block is
   to be all zero. */
static void leave_room(stm_memory *memory, uint64_t offset, uint64_t size)
{
    if (fallocate(memory->file, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, (off_t)offset,
                  (off_t)size) != 0) {
        return;
    }
    if (memory->hole_count == memory->hole_capacity) {
        size_t wanted = memory->hole_capacity == 0 ? 64 : memory->hole_capacity * 2;
        hole *holes = realloc(memory->holes, wanted * sizeof *holes);
        if (holes == NULL) {
            return;
        }
        memory->holes = holes;
        memory->hole_capacity = wanted;
    }
    memory->holes[memory->hole_count].offset = offset;
    memory->holes[memory->hole_count].size = size;
    memory->hole_count++;
}

static block *map_file(stm_memory *memory, size_t size)
{
    uint64_t offset = 0;
    void *map = MAP_FAILED;
    pthread_mutex_lock(&memory->lock);
    if (open_file(memory) && take_room(memory, size, &offset)) {
        map = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, memory->file, (off_t)offset);
        if (map == MAP_FAILED) {
            leave_room(memory, offset, size);
        }
    }
    pthread_mutex_unlock(&memory->lock);
    if (map == MAP_FAILED) {
        return NULL;
    }
    block *new = map;
    new->offset = offset;
    new->place = PLACE_FILE;
    stm_memory_watch(memory, map, size);
    stm_memory_check(memory);
    return new;
}

/* ---- Blocks ---------------------------------------------------------------------------------- */

static int has_room(const stm_memory *memory, size_t more)
{
    return memory->pages <= memory->pages_most && more <= memory->pages_most - memory->pages;
}

/* Counts `more` bytes of ordinary pages when they are within the budget. */
static int take_pages(stm_memory *memory, size_t more)
{
    pthread_mutex_lock(&memory->lock);
    if (!has_room(memory, more)) {
        drop_kept(memory);
    }
    int fits = has_room(memory, more);
    if (fits) {
        memory->pages += more;
    }
    pthread_mutex_unlock(&memory->lock);
    return fits;
}

/* The smallest kept mapping of at least `size` bytes, unless it is much larger; NULL: there is none. */
static block *take_kept(stm_memory *memory, size_t size)
{
    unsigned best = KEPT;
    pthread_mutex_lock(&memory->lock);
    for (unsigned i = 0; i < memory->kept_count; i++) {
        size_t here = memory->kept[i]->size;
        if (here >= size && here / 2 <= size && (best == KEPT || here < memory->kept[best]->size)) {
            best = i;
        }
    }
    block *found = best != KEPT ? memory->kept[best] : NULL;
    if (found != NULL) {
        memory->kept[best] = memory->kept[--memory->kept_count];
        memory->kept_bytes -= found->size;
    }
    pthread_mutex_unlock(&memory->lock);
    return found;
}

/* Keeps a mapping that is free; 0 when it is too large or there are enough. */
static int keep(stm_memory *memory, block *old)
{
    pthread_mutex_lock(&memory->lock);
    int kept = old->size <= KEPT_SIZE && memory->kept_count < KEPT &&
               old->size <= memory->kept_most - memory->kept_bytes;
    if (kept) {
        memory->kept[memory->kept_count++] = old;
        memory->kept_bytes += old->size;
    }
    pthread_mutex_unlock(&memory->lock);
    return kept;
}

static void leave_pages(stm_memory *memory, size_t size)
{
    pthread_mutex_lock(&memory->lock);
    memory->pages -= size;
    pthread_mutex_unlock(&memory->lock);
}

static block *map_pages(stm_memory *memory, size_t size)
{
    if (!take_pages(memory, size)) {
        return NULL;
    }
    block *new = stm_large_map(size);
    if (new == NULL) {
        leave_pages(memory, size);
        return NULL;
    }
    new->place = PLACE_PAGES;
    return new;
}

/* The size of the block for so many bytes of payload, 0 when there is no such number. */
static size_t block_size(const stm_memory *memory, size_t payload)
{
    if (payload > SIZE_MAX / 2 - HEADER - PAGE) {
        return 0;
    }
    size_t size = payload + HEADER;
    if (memory == NULL || size < MAPPED_LEAST) {
        return size;
    }
    return size > STM_LARGE_PAGE / 2 && size < STM_LARGE_PAGE ? STM_LARGE_PAGE
                                                              : (size + PAGE - 1) / PAGE * PAGE;
}

/* Mapped pages, of which only the first `zeros` bytes behind the header are sure to be zero; `size` may become more. */
static block *map_some(stm_memory *memory, size_t *size, size_t zeros)
{
    block *found = take_kept(memory, *size);
    if (found != NULL) {
        *size = found->size;
        memset((char *)found + HEADER, 0, zeros);
        return found;
    }
    found = map_pages(memory, *size);
    return found != NULL ? found : map_file(memory, *size);
}

/* A block whose first `zeros` bytes behind its header are zero. */
static block *new_block(stm_memory *memory, size_t size, size_t zeros)
{
    block *new = NULL;
    if (memory == NULL || size < MAPPED_LEAST) {
        new = calloc(1, size);
        if (new != NULL) {
            new->place = PLACE_HEAP;
        }
    } else {
        new = map_some(memory, &size, zeros);
    }
    if (new != NULL) {
        new->memory = memory;
        new->size = size;
    }
    return new;
}

static void free_block(block *old)
{
    stm_memory *memory = old->memory;
    size_t size = old->size;
    uint64_t offset = old->offset;
    switch (old->place) {
    case PLACE_HEAP:
        free(old);
        break;
    case PLACE_PAGES:
        if (!keep(memory, old)) {
            munmap(old, size);
            leave_pages(memory, size);
        }
        break;
    case PLACE_FILE:
        stm_memory_unwatch(memory, old);
        munmap(old, size);
        pthread_mutex_lock(&memory->lock);
        leave_room(memory, offset, size);
        pthread_mutex_unlock(&memory->lock);
        break;
    }
}

/* Makes a block larger where that costs no copy; NULL when it has to be copied, or fails. */
static block *stretch(block *old, size_t size)
{
    if (size <= old->size) {
        return old;
    }
    if (old->place == PLACE_HEAP && (old->memory == NULL || size < MAPPED_LEAST)) {
        block *moved = realloc(old, size);
        if (moved != NULL) {
            moved->size = size;
        }
        return moved;
    }
    if (old->place != PLACE_PAGES || !take_pages(old->memory, size - old->size)) {
        return NULL;
    }
    stm_memory *memory = old->memory;
    size_t before = old->size;
    block *moved = stm_large_stretch(old, before, size);
    if (moved == NULL) {
        leave_pages(memory, size - before);
        return NULL;
    }
    moved->size = size;
    return moved;
}

void *stm_memory_grow(stm_memory *memory, void *array, size_t *capacity, size_t needed,
                      size_t element)
{
    if (needed <= *capacity && array != NULL) {
        return array;
    }
    size_t wanted = stm_grown_capacity(*capacity, needed, element);
    size_t size = wanted > 0 ? block_size(memory, wanted * element) : 0;
    if (size == 0) {
        return NULL;
    }
    block *old = array != NULL ? (block *)(void *)((char *)array - HEADER) : NULL;
    block *new = old != NULL ? stretch(old, size) : NULL;
    if (new == NULL) {
        new = new_block(memory, size, 0);
        if (new == NULL) {
            return NULL;
        }
        if (old != NULL) {
            memcpy((char *)new + HEADER, array, old->size - HEADER);
            free_block(old);
        }
    }
    *capacity = wanted;
    return (char *)new + HEADER;
}

void *stm_memory_zeroed(stm_memory *memory, size_t count, size_t element)
{
    size_t size = count > SIZE_MAX / element ? 0 : block_size(memory, count * element);
    block *new = size != 0 ? new_block(memory, size, count * element) : NULL;
    return new != NULL ? (char *)new + HEADER : NULL;
}

void stm_memory_free(void *array)
{
    if (array != NULL) {
        free_block((block *)(void *)((char *)array - HEADER));
    }
}

/* ---- The rest -------------------------------------------------------------------------------- */

size_t stm_memory_part(const stm_memory *memory, unsigned parts, size_t least, size_t most)
{
    uint64_t part = memory != NULL ? memory->budget / parts : most;
    return part < least ? least : part > most ? most : (size_t)part;
}

void stm_memory_watch(stm_memory *memory, const void *address, size_t size)
{
    if (memory != NULL && memory->guard != NULL) {
        stm_guard_add(memory->guard, address, size);
    }
}

const void *stm_memory_watch_file(stm_memory *memory, int file)
{
    struct stat about;
    if (memory == NULL || memory->guard == NULL || fstat(file, &about) != 0) {
        return NULL;
    }
    return stm_guard_add_inode(memory->guard, (uint64_t)about.st_ino);
}

void stm_memory_unwatch(stm_memory *memory, const void *address)
{
    if (memory != NULL && memory->guard != NULL && address != NULL) {
        stm_guard_remove(memory->guard, address);
    }
}

void stm_memory_check(stm_memory *memory)
{
    if (memory != NULL && memory->guard != NULL) {
        stm_guard_check(memory->guard);
    }
}

stemma_status stm_memory_explain(const stm_memory *memory, stemma_status status,
                                 stemma_error *error)
{
    if (status != STEMMA_E_NO_MEMORY || memory == NULL || memory->failure == 0) {
        return status;
    }
    errno = memory->failure;
    return stm_system_failed(error, "WRITE_FAILED", "temporary file", "write");
}
