/* SPDX-License-Identifier: MIT */
/* What is noted, and stacks of calls. */
#include "shim.h"

#include <dlfcn.h>
#include <execinfo.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>

#define FRAMES 40
#define STACKS 65536u /* a power of two; more are taken for known */

void fault_note(const char *format, ...)
{
    char line[1024];
    va_list arguments;
    if (fault.log < 0) {
        return;
    }
    va_start(arguments, format);
    int size = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    size = size < (int)sizeof line ? size : (int)sizeof line - 1;
    (void)fault_system(SYS_write, fault.log, (long)line, size, 0, 0, 0);
}

uint64_t fault_stack(void)
{
    void *frames[FRAMES];
    int count = backtrace(frames, FRAMES);
    uint64_t stack = UINT64_C(0xcbf29ce484222325);
    for (int i = 0; i < count; i++) {
        stack = (stack ^ (uint64_t)(uintptr_t)frames[i]) * UINT64_C(0x100000001b3);
        stack ^= stack >> 29;
    }
    return stack | 1;
}

bool fault_stack_is_new(uint64_t stack)
{
    static _Atomic uint64_t known[STACKS];
    for (uint32_t i = 0; i < STACKS; i++) {
        _Atomic uint64_t *place = &known[(stack + i) % STACKS];
        uint64_t there = 0;
        if (atomic_compare_exchange_strong(place, &there, stack)) {
            return true;
        }
        if (there == stack) {
            return false;
        }
    }
    return false;
}

void fault_note_stack(void)
{
    void *frames[FRAMES];
    int count = backtrace(frames, FRAMES);
    for (int i = 0; i < count; i++) {
        Dl_info info;
        if (dladdr(frames[i], &info) != 0) {
            fault_note("at %s 0x%llx\n", info.dli_fname,
                       (unsigned long long)((char *)frames[i] - (char *)info.dli_fbase) - 1);
        }
    }
}
