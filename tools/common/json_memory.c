/* SPDX-License-Identifier: MIT */
#include "common/json_memory.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "common/refusal.h"

static _Thread_local jmp_buf *refused; /* functions of jansson's memory are told nothing */

/* Memory, or leaves the work that asked for it. */
static void *give(size_t size)
{
    void *memory = stm_noted_malloc(size);
    if (memory == NULL && refused != NULL) {
        longjmp(*refused, 1);
    }
    return memory;
}

void stm_json_memory_begin(void)
{
    json_set_alloc_funcs(give, free);
}

/* As jansson says it: the code is the last byte of the text. */
static void say_refused(json_error_t *error)
{
    if (error != NULL) {
        memset(error, 0, sizeof *error);
        error->line = error->column = -1;
        memcpy(error->text, "out of memory", sizeof "out of memory");
        error->text[sizeof error->text - 1] = (char)json_error_out_of_memory;
    }
}

json_t *stm_json_load(const char *data, size_t size, size_t flags, json_error_t *error)
{
    jmp_buf here;
    json_t *volatile root = NULL;
    refused = &here;
    if (setjmp(here) == 0) {
        root = json_loadb(data, size, flags, error);
    } else {
        say_refused(error);
    }
    refused = NULL;
    return root;
}
