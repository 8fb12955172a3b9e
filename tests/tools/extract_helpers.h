/* SPDX-License-Identifier: MIT */
/* What the tests of the news reader share: run it over a text, ask about the outcome. */
#ifndef STEMMA_TEST_EXTRACT_HELPERS_H
#define STEMMA_TEST_EXTRACT_HELPERS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pack/extract/extract.h"
#include "support/reader_model.h"

struct reading {
    struct stm_arena arena;
    stemma_document input;
    stemma_document output;
};

static inline void read_text(struct reading *r, const char *text)
{
    memset(r, 0, sizeof *r);
    stm_arena_init(&r->arena, 0);
    r->input.text = stemma_text_of(text);
    stemma_error error;
    memset(&error, 0, sizeof error);
    stemma_status status = stm_extract(reader_model(), &r->input, 0, &r->arena, &r->output, &error);
    if (status != STEMMA_OK) {
        fail_msg("%s: %s", stemma_status_name(status), error.message);
    }
}

static inline void end_reading(struct reading *r)
{
    stm_arena_free(&r->arena);
}

static inline stemma_text slice(const struct reading *r, stemma_span span)
{
    stemma_text text = {r->input.text.data + span.start, span.end - span.start};
    return text;
}

/* The referent that has `name` among its names, of `type` if that is not NULL; or STEMMA_NONE. */
static inline uint32_t referent_named(const struct reading *r, const char *type, const char *name)
{
    for (uint32_t i = 0; i < r->output.referent_count; i++) {
        const stemma_referent *referent = &r->output.referents[i];
        if (referent->kind != STEMMA_REFERENT_ENTITY ||
            (type != NULL && !stemma_text_equal(referent->type, stemma_text_of(type)))) {
            continue;
        }
        for (uint32_t k = 0; k < referent->name_count; k++) {
            if (stemma_text_equal(referent->names[k].text, stemma_text_of(name))) {
                return i;
            }
        }
    }
    return STEMMA_NONE;
}

static inline void assert_named(const struct reading *r, const char *type, const char *name)
{
    if (referent_named(r, type, name) == STEMMA_NONE) {
        fail_msg("no %s named %s", type, name);
    }
}

static inline void assert_not_named(const struct reading *r, const char *name)
{
    if (referent_named(r, NULL, name) != STEMMA_NONE) {
        fail_msg("a referent is named %s", name);
    }
}

static inline void assert_same(const struct reading *r, const char *a, const char *b)
{
    uint32_t left = referent_named(r, NULL, a);
    if (left == STEMMA_NONE || left != referent_named(r, NULL, b)) {
        fail_msg("%s and %s are not one referent", a, b);
    }
}

static inline void assert_apart(const struct reading *r, const char *a, const char *b)
{
    uint32_t left = referent_named(r, NULL, a);
    uint32_t right = referent_named(r, NULL, b);
    if (left == STEMMA_NONE || right == STEMMA_NONE || left == right) {
        fail_msg("%s and %s are not two referents", a, b);
    }
}

/* The referent of the n-th mention (from 0) that reads `words`; STEMMA_NONE when it has none. */
static inline uint32_t referent_of_words(const struct reading *r, const char *words, uint32_t n)
{
    for (const char *at = strstr(r->input.text.data, words); at != NULL;
         at = strstr(at + 1, words)) {
        uint32_t start = (uint32_t)(at - r->input.text.data);
        for (uint32_t i = 0; i < r->output.mention_count; i++) {
            stemma_span span = r->output.mentions[i].spans[0];
            if (span.start == start && span.end == start + strlen(words)) {
                if (n == 0) {
                    return r->output.mentions[i].referent;
                }
                break;
            }
        }
        n--;
        if (n == UINT32_MAX) {
            break;
        }
    }
    return STEMMA_NONE;
}

#endif
