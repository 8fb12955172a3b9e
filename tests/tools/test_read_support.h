/* SPDX-License-Identifier: MIT */
/* What the tests of the read stage share: cmocka's includes, and reading a text from memory. */
#ifndef STEMMA_TEST_READ_SUPPORT_H
#define STEMMA_TEST_READ_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "pack/read/furniture.h"
#include "pack/read/plain.h"
#include "pack/read/read.h"

#define assert_text(text, expected)                                                                \
    do {                                                                                           \
        stemma_text seen_ = (text);                                                                \
        if (!stemma_text_equal(seen_, stemma_text_of(expected))) {                                 \
            fail_msg("\"%.*s\" is not \"%s\"", (int)seen_.size, seen_.data, expected);             \
        }                                                                                          \
    } while (0)

/* Reads `size` bytes as a file of `kind` called "sample"; NULL when they are refused. */
static inline stm_source_document *read_sized(stm_entry_kind kind, const char *bytes, size_t size,
                                              stm_problems *problems)
{
    stm_entry entry = {stemma_text_of("sample"), stemma_text_of("sample"), kind, 0, false, 0};
    stm_source_document *source = NULL;
    stemma_bytes view = {(const uint8_t *)bytes, size};
    stemma_status status = stm_read_memory(&entry, view, NULL, NULL, problems, &source);
    assert_true((status == STEMMA_OK) == (source != NULL));
    return source;
}

static inline stm_source_document *read_string(stm_entry_kind kind, const char *string)
{
    stm_source_document *source = read_sized(kind, string, strlen(string), NULL);
    assert_non_null(source);
    return source;
}

/* Whether the first place where `words` stands in the text is furniture. */
static inline bool is_marked(const stm_source_document *source, const char *words)
{
    size_t size = strlen(words);
    for (size_t at = 0; at + size <= source->text.size; at++) {
        if (memcmp(source->text.data + at, words, size) == 0) {
            return stm_furniture_holds(source, (uint32_t)at);
        }
    }
    fail_msg("\"%s\" is not in the text", words);
    return false;
}

/* Spans ascend, are not empty, lie inside the text and begin and end between characters. */
static inline void assert_sound(const stm_source_document *source)
{
    uint32_t last = 0;
    for (uint32_t i = 0; i < source->furniture_count; i++) {
        stemma_span span = source->furniture[i];
        assert_true(span.start >= last && span.end > span.start);
        assert_true(span.end <= source->text.size);
        assert_true(((unsigned char)source->text.data[span.start] & 0xC0) != 0x80);
        last = span.end;
    }
    for (uint32_t i = 0; i < source->paragraph_count; i++) {
        assert_true(source->paragraphs[i] < source->text.size);
        assert_true(i == 0 || source->paragraphs[i] > source->paragraphs[i - 1]);
    }
}

static inline bool has_code(const stm_problems *problems, const char *code)
{
    char quoted[64];
    snprintf(quoted, sizeof quoted, "\"code\":\"%s\"", code);
    return problems->json.size != 0 &&
           memmem(problems->json.data, problems->json.size, quoted, strlen(quoted)) != NULL;
}

#endif
