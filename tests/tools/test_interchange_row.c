/* SPDX-License-Identifier: MIT */
/* A row's line says the same whichever way it is read: the quick reader of lines as dumps have them
   takes them as the parser does, or leaves them to it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/interchange_read.h"

static void same_actor(const struct stm_line_actor *a, const struct stm_line_actor *b)
{
    assert_true(stemma_text_equal(a->name, b->name));
    assert_int_equal(a->position, b->position);
}

static void same_row(const struct stm_line_row *a, const struct stm_line_row *b)
{
    assert_int_equal(a->number, b->number);
    assert_true(stemma_text_equal(a->type, b->type));
    assert_true(stemma_text_equal(a->time, b->time));
    same_actor(&a->place, &b->place);
    same_actor(&a->source, &b->source);
    assert_int_equal(a->participant_count, b->participant_count);
    for (uint32_t i = 0; i < a->participant_count; i++) {
        assert_true(stemma_text_equal(a->participants[i].role, b->participants[i].role));
        same_actor(&a->participants[i].actor, &b->participants[i].actor);
    }
    assert_true(stemma_text_equal(a->external_id, b->external_id));
    assert_true(stemma_text_equal(a->content, b->content));
    assert_true(stemma_text_equal(a->predicate, b->predicate));
    assert_true(stemma_text_equal(a->amount, b->amount));
    assert_true(stemma_text_equal(a->unit, b->unit));
}

/* Reads by the parser; its status. */
static stemma_status parse(const char *text, struct stm_arena *arena, struct stm_line *line)
{
    stemma_error error;
    return stm_interchange_line(stemma_text_of(text), STM_OFFSET_CODEPOINT, arena, line, &error);
}

#define HEAD "{\"record\":\"row\",\"row\":7,\"type\":\"contact.meet\""

static const char *const plain[] = {
    HEAD "}",
    HEAD ",\"time\":\"2031-05-01\"}",
    HEAD ",\"time\":\"2031~\",\"participants\":{\"agent\":\"Oda\",\"patient\":[\"Ivo "
         "Tamm\",3,0]},\"place\":2,"
         "\"source\":\"Daily\",\"external_id\":\"x:1\",\"content\":\"said so\","
         "\"quantity\":{\"predicate\":\"quantity\",\"amount\":\"3\",\"unit\":\"points\"}}",
    HEAD ",\"participants\":{\"agent\":4294967294},\"quantity\":{\"predicate\":\"patient\","
         "\"amount\":\"-1.5\"}}",
    HEAD ",\"content\":\"\xc3\xa9t\xc3\xa9\"}",
};

static void lines_as_dumps_have_them_are_read_alike(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        struct stm_line_participant participants[4];
        struct stm_line_row row;
        struct stm_arena arena;
        struct stm_line line;
        stm_arena_init(&arena, 0);
        assert_int_equal(parse(plain[i], &arena, &line), STEMMA_OK);
        assert_int_equal(line.kind, STM_LINE_ROW);
        assert_true(stm_interchange_row_plain(stemma_text_of(plain[i]), &row, participants, 4));
        same_row(&row, &line.as.row);
        stm_arena_free(&arena);
    }
}

static void everything_else_is_left_to_the_parser(void **state)
{
    static const char *const lines[] = {
        "",
        "{}",
        "{\"record\":\"document\"}",
        HEAD "} ",
        HEAD ",\"time\":\"\"}",
        HEAD ",\"content\":\"a\\nb\"}",
        HEAD ",\"content\":\"a\tb\"}",
        HEAD ",\"content\":\"\xc3\"}",
        HEAD ",\"place\":\"a\",\"time\":\"2031\"}",
        HEAD ",\"place\":-1}",
        HEAD ",\"place\":01}",
        HEAD ",\"place\":1.0}",
        HEAD ",\"place\":4294967295}",
        HEAD ",\"place\":99999999999999999999}",
        HEAD ",\"participants\":{}}",
        HEAD ",\"participants\":{\"agent\":[]}}",
        HEAD ",\"participants\":{\"agent\":\"a\",\"agent\":\"b\"}}",
        HEAD ",\"participants\":{\"agent\":[\"a\",\"b\",\"c\",\"d\",\"e\"]}}",
        HEAD ",\"participants\":{\"agent\":[\"a\"}}",
        HEAD ",\"quantity\":{\"predicate\":\"quantity\"}}",
        HEAD ",\"other\":1}",
        HEAD,
    };
    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct stm_line_participant participants[4];
        struct stm_line_row row;
        assert_false(stm_interchange_row_plain(stemma_text_of(lines[i]), &row, participants, 4));
    }
}

/* Every line that is cut short anywhere, and every line with one byte changed: what the quick
   reader takes, the parser takes as the same row. */
static void damaged_lines_are_never_taken_otherwise(void **state)
{
    static const char bytes[] = "\"\\{}[],:0a \x01\xc3";
    (void)state;
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        size_t size = strlen(plain[i]);
        for (size_t at = 0; at < size * (sizeof bytes - 1); at++) {
            char text[512];
            struct stm_line_participant participants[8];
            struct stm_line_row row;
            memcpy(text, plain[i], size + 1);
            text[at % size] = bytes[at / size];
            if (stm_interchange_row_plain((stemma_text){text, size}, &row, participants, 8)) {
                struct stm_arena arena;
                struct stm_line line;
                stm_arena_init(&arena, 0);
                assert_int_equal(parse(text, &arena, &line), STEMMA_OK);
                same_row(&row, &line.as.row);
                stm_arena_free(&arena);
            }
            assert_false(stm_interchange_row_plain((stemma_text){plain[i], at % size}, &row,
                                                   participants, 8));
        }
    }
}

static void rows_that_are_wrong_are_refused_with_a_code(void **state)
{
    static const struct {
        const char *line;
        const char *code;
    } wrong[] = {
        {"{\"record\":\"row\",\"type\":\"a.b\"}", "FIELD_MISSING"},
        {"{\"record\":\"row\",\"row\":3}", "FIELD_MISSING"},
        {HEAD ",\"place\":true}", "FIELD_TYPE"},
        {HEAD ",\"place\":\"\"}", "FIELD_TYPE"},
        {HEAD ",\"participants\":[\"a\"]}", "FIELD_TYPE"},
        {HEAD ",\"participants\":{\"agent\":[null]}}", "FIELD_TYPE"},
        {HEAD ",\"quantity\":{\"amount\":\"3\"}}", "FIELD_MISSING"},
        {HEAD ",\"quantity\":3}", "FIELD_TYPE"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct stm_arena arena;
        struct stm_line line;
        stemma_error error;
        stm_arena_init(&arena, 0);
        assert_int_equal(stm_interchange_line(stemma_text_of(wrong[i].line), STM_OFFSET_CODEPOINT,
                                              &arena, &line, &error),
                         STEMMA_E_INVALID);
        assert_string_equal(error.code, wrong[i].code);
        stm_arena_free(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_as_dumps_have_them_are_read_alike),
        cmocka_unit_test(everything_else_is_left_to_the_parser),
        cmocka_unit_test(damaged_lines_are_never_taken_otherwise),
        cmocka_unit_test(rows_that_are_wrong_are_refused_with_a_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
