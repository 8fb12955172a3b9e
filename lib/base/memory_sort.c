/* SPDX-License-Identifier: MIT */
#include "base/memory_sort.h"

#include <stdlib.h>
#include <string.h>

#define BUCKET_BITS 12u /* buckets that are filled at once: each touches a page */
#define BUCKETS     ((size_t)1 << BUCKET_BITS)
#define RUN_BYTES ((size_t)64 << 10)
#define LOOKS                                                                                      \
    1024u /* items merged between two looks at memory: comparing may touch more than them */

typedef struct order {
    stm_memory *memory;
    stm_memory_compare *compare;
    void *context;
    size_t size;
} order;

/* Merges from[low, middle) and from[middle, high) into to[low, high). */
static void merge(const order *by, const char *from, char *to, size_t low, size_t middle,
                  size_t high)
{
    const size_t size = by->size;
    const char *left = from + low * size;
    const char *left_end = from + middle * size;
    const char *right = left_end;
    const char *right_end = from + high * size;
    char *out = to + low * size;
    while (left < left_end && right < right_end) {
        if ((size_t)(out - to) / size % LOOKS == 0) {
            stm_memory_check(by->memory);
        }
        const char **least = by->compare(left, right, by->context) <= 0 ? &left : &right;
        memcpy(out, *least, size);
        *least += size;
        out += size;
    }
    memcpy(out, left, (size_t)(left_end - left));
    out += left_end - left;
    memcpy(out, right, (size_t)(right_end - right));
}

void stm_memory_sort(stm_memory *memory, void *items, size_t count, size_t size,
                     stm_memory_compare *compare, void *context)
{
    const order by = {memory, compare, context, size};
    const size_t run = RUN_BYTES / size > 0 ? RUN_BYTES / size : 1;
    if (count < 2) {
        return;
    }
    char *spare = count > run ? stm_memory_zeroed(memory, count, size) : NULL;
    if (spare == NULL) { /* few items, or little memory */
        qsort_r(items, count, size, compare, context);
        return;
    }
    char *from = items;
    char *to = spare;
    for (size_t at = 0; at < count; at += run) {
        stm_memory_check(memory);
        qsort_r(from + at * size, count - at < run ? count - at : run, size, compare, context);
    }
    for (size_t width = run; width < count; width *= 2) {
        for (size_t low = 0; low < count; low += 2 * width) {
            size_t middle = count - low < width ? count : low + width;
            size_t high = count - middle < width ? count : middle + width;
            merge(&by, from, to, low, middle, high);
        }
        char *swapped = from;
        from = to;
        to = swapped;
    }
    if (from != items) {
        memcpy(items, from, count * size);
    }
    stm_memory_free(spare);
}

typedef struct plain {
    int (*compare)(const void *, const void *);
} plain;

static int compare_plain(const void *left, const void *right, void *context)
{
    const plain *by = context;
    return by->compare(left, right);
}

void stm_memory_sort_plain(stm_memory *memory, void *items, size_t count, size_t size,
                           int (*compare)(const void *, const void *))
{
    plain by = {compare};
    stm_memory_sort(memory, items, count, size, compare_plain, &by);
}

static size_t bucket_of(const char *item)
{
    uint64_t hash;
    memcpy(&hash, item, sizeof hash);
    return (size_t)(hash >> (64 - BUCKET_BITS));
}

/* Copies the items to `to`, bucket by bucket, each bucket in the order of the items; ends[b] becomes where bucket b ends. */
static void fill_buckets(stm_memory *memory, const char *from, char *to, size_t count, size_t size,
                         size_t ends[BUCKETS])
{
    size_t before = 0;
    for (size_t i = 0; i < count; i++) {
        ends[bucket_of(from + i * size)]++;
        stm_memory_step(memory, i);
    }
    for (size_t b = 0; b < BUCKETS; b++) {
        size_t items = ends[b];
        ends[b] = before;
        before += items;
    }
    for (size_t i = 0; i < count; i++) {
        memcpy(to + ends[bucket_of(from + i * size)]++ * size, from + i * size, size);
        stm_memory_step(memory, i);
    }
}

void stm_memory_sort_hashed(stm_memory *memory, void *items, size_t count, size_t size,
                            int (*compare)(const void *, const void *))
{
    char *spare = count > BUCKETS ? stm_memory_zeroed(memory, count, size) : NULL;
    size_t *ends = spare != NULL ? stm_memory_zeroed(memory, BUCKETS, sizeof *ends) : NULL;
    if (ends == NULL) { /* few items, or little memory */
        stm_memory_free(spare);
        stm_memory_sort_plain(memory, items, count, size, compare);
        return;
    }
    fill_buckets(memory, items, spare, count, size, ends);
    for (size_t b = 0, begin = 0; b < BUCKETS; begin = ends[b++]) {
        /* One hash that is everywhere makes a large bucket. */
        stm_memory_sort_plain(memory, spare + begin * size, ends[b] - begin, size, compare);
    }
    memcpy(items, spare, count * size);
    stm_memory_free(ends);
    stm_memory_free(spare);
}
