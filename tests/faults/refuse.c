/* SPDX-License-Identifier: MIT */
#include "faults/refuse.h"

#include <errno.h>
#include <execinfo.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static _Thread_local struct {
    bool on, lasting, met;
    uint64_t at, seen;
} state;

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
char *__wrap_strdup(const char *string);
char *__wrap_strndup(const char *string, size_t most);

void refuse_begin(uint64_t at, bool lasting)
{
    state.on = true;
    state.lasting = lasting;
    state.met = false;
    state.at = at;
    state.seen = 0;
}

bool refuse_end(void)
{
    state.on = false;
    return state.met;
}

uint64_t refuse_seen(void)
{
    return state.seen;
}

static bool refused(void)
{
    if (!state.on) {
        return false;
    }
    state.seen++;
    if (state.at == 0 || (state.seen != state.at && !(state.lasting && state.seen > state.at))) {
        return false;
    }
    state.met = true;
    if (getenv("STEMMA_STACK") != NULL) { /* to find what a complaint is about: addr2line -f -e PROGRAM */
        void *frames[24];
        backtrace_symbols_fd(frames, backtrace(frames, 24), 2);
    }
    errno = ENOMEM;
    return true;
}

void *__wrap_malloc(size_t size)
{
    return refused() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return refused() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return refused() ? NULL : __real_realloc(old, size);
}

char *__wrap_strndup(const char *string, size_t most)
{
    size_t size = strnlen(string, most);
    char *copy = __wrap_malloc(size + 1);
    if (copy != NULL) {
        memcpy(copy, string, size);
        copy[size] = '\0';
    }
    return copy;
}

char *__wrap_strdup(const char *string)
{
    return __wrap_strndup(string, SIZE_MAX - 1);
}
