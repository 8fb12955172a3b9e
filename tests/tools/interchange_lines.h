/* SPDX-License-Identifier: MIT */
/* Single lines of interchange, for tests: accepted, or refused with a code at a place. */
#ifndef STEMMA_TESTS_INTERCHANGE_LINES_H
#define STEMMA_TESTS_INTERCHANGE_LINES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/interchange_read.h"
#include "utf8.h"

/* Reads one line; what it gives lives until the next call. */
static struct stm_arena arena;

static inline stemma_status read_line(const char *line, enum stm_offset_unit unit,
                                      struct stm_line *out, stemma_error *error)
{
    /* A copy of just its size, so that a reader that runs over its end is found out. */
    size_t size = strlen(line);
    char *copy = malloc(size != 0 ? size : 1);
    stemma_status status;
    assert_non_null(copy);
    memcpy(copy, line, size);
    stm_arena_free(&arena);
    stm_arena_init(&arena, 0);
    memset(error, 0, sizeof *error);
    status = stm_interchange_line((stemma_text){copy, size}, unit, &arena, out, error);
    free(copy);
    return status;
}

static inline void accept(const char *line, struct stm_line *out)
{
    stemma_error error;
    stemma_status status = read_line(line, STM_OFFSET_CODEPOINT, out, &error);
    if (status != STEMMA_OK) {
        fail_msg("%s at %s: %s\n%s", error.code, error.where, error.message, line);
    }
}

static inline void refuse_in(enum stm_offset_unit unit, const char *code, const char *where,
                             const char *line)
{
    struct stm_line out;
    stemma_error error;
    stemma_status status = read_line(line, unit, &out, &error);
    if (status == STEMMA_OK || strcmp(error.code, code) != 0 || strcmp(error.where, where) != 0) {
        fail_msg("wanted %s at %s, got %d %s at %s: %s\n%s", code, where, status, error.code,
                 error.where, error.message, line);
    }
    assert_int_equal(error.status, status);
    assert_true(error.message[0] != '\0');
    assert_true(stm_utf8_valid(stemma_text_of(error.message)));
}

static inline void refuse(const char *code, const char *where, const char *line)
{
    refuse_in(STM_OFFSET_CODEPOINT, code, where, line);
}

static inline void assert_text(stemma_text text, const char *wanted)
{
    assert_int_equal(text.size, strlen(wanted));
    assert_memory_equal(text.data, wanted, text.size);
}

/* A document whose text is "Voss ☂ spoke" with one referent and what else is said. */
#define DOCUMENT(members) "{\"uri\":\"u\",\"text\":\"Voss ☂ spoke\"," members "}"
#define REFERENT(members)                                                                          \
    DOCUMENT("\"referents\":[{\"kind\":\"entity\",\"type\":\"person\"," members "}]")
#define MENTION(members) REFERENT("\"mentions\":[{" members "}]")
#define ASSERTION(members)                                                                         \
    DOCUMENT("\"referents\":[],\"assertions\":[{\"subject\":0,\"predicate\":\"age\"," members "}"  \
                                                                                              "]")
#define OBJECT(value) ASSERTION("\"object\":" value)

static inline int free_lines(void **state)
{
    (void)state;
    stm_arena_free(&arena);
    return 0;
}

#endif
