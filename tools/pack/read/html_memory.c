/* SPDX-License-Identifier: MIT */
#include "pack/read/html_memory.h"

#include <libxml/parser.h>
#include <libxml/xmlmemory.h>
#include <setjmp.h>
#include <stdlib.h>

#include "common/refusal.h"

static _Thread_local jmp_buf *refused; /* functions of libxml2's memory are told nothing */

/* Passes memory on, or leaves the work that asked for it. */
static void *given(void *memory)
{
    if (memory == NULL && refused != NULL) {
        longjmp(*refused, 1);
    }
    return memory;
}

static void *give(size_t size)
{
    return given(stm_noted_malloc(size != 0 ? size : 1));
}

static void *give_more(void *old, size_t size)
{
    return given(stm_noted_realloc(old, size != 0 ? size : 1));
}

static char *give_copy(const char *string)
{
    return given(stm_noted_strdup(string));
}

void stm_html_memory_begin(void)
{
    xmlMemSetup(free, give, give_more, give_copy);
}

bool stm_html_guard(void (*work)(void *context), void *context)
{
    jmp_buf here;
    volatile bool done = false;
    refused = &here;
    if (setjmp(here) == 0) {
        work(context);
        done = true;
    }
    refused = NULL;
    return done;
}
