/* SPDX-License-Identifier: MIT */
#include "pack/read/markdown_memory.h"

#include <setjmp.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/refusal.h"

/* Stands before everything that cmark has, so that all of it is found when it is left. */
typedef struct piece {
    alignas(max_align_t) struct piece *next;
    struct piece *before;
} piece;

typedef struct guard {
    piece all; /* the ends of a ring */
    jmp_buf refused;
} guard;

static _Thread_local guard *current; /* functions of cmark's memory are told nothing */

static void put_in(piece *new)
{
    piece *all = &current->all;
    new->next = all->next;
    new->before = all;
    all->next->before = new;
    all->next = new;
}

static void take_out(piece *old)
{
    old->next->before = old->before;
    old->before->next = old->next;
}

static _Noreturn void refuse(void)
{
    stm_refusal_note();
    longjmp(current->refused, 1);
}

static void *give_zeroed(size_t count, size_t size)
{
    piece *new = size == 0 || count <= (SIZE_MAX - sizeof *new) / size
                     ? calloc(1, sizeof *new + count * size)
                     : NULL;
    if (new == NULL) {
        refuse();
    }
    put_in(new);
    return new + 1;
}

static void take_back(void *memory)
{
    if (memory != NULL) {
        piece *old = (piece *)memory - 1;
        take_out(old);
        free(old);
    }
}

static void *give_more(void *memory, size_t size)
{
    if (memory == NULL) {
        return give_zeroed(1, size);
    }
    piece *old = (piece *)memory - 1;
    take_out(old);
    piece *new = size <= SIZE_MAX - sizeof *new ? realloc(old, sizeof *new + size) : NULL;
    put_in(new != NULL ? new : old);
    if (new == NULL) {
        refuse();
    }
    return new + 1;
}

cmark_mem *stm_markdown_memory(void)
{
    static cmark_mem memory = {give_zeroed, give_more, take_back};
    return &memory;
}

bool stm_markdown_guard(void (*work)(void *context), void *context)
{
    guard mine;
    volatile bool done = false;
    mine.all.next = mine.all.before = &mine.all;
    current = &mine;
    if (setjmp(mine.refused) == 0) {
        work(context);
        done = true;
    }
    while (mine.all.next != &mine.all) {
        take_back(mine.all.next + 1);
    }
    current = NULL;
    return done;
}
