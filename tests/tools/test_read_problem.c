/* SPDX-License-Identifier: MIT */
/* The JSON writer and the problem report: whatever goes in, valid JSON comes out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "common/problem.h"

static void assert_json(const stm_json *json, const char *expected)
{
    assert_int_equal(stm_json_status(json), STEMMA_OK);
    assert_int_equal(json->size, strlen(expected));
    assert_memory_equal(json->data, expected, json->size);
}

static void nested_containers_get_their_commas(void **state)
{
    (void)state;
    stm_json json;
    stm_json_to_buffer(&json, 0);
    stm_json_object_begin(&json);
    stm_json_member_unsigned(&json, "a", UINT64_MAX);
    stm_json_key(&json, "b");
    stm_json_array_begin(&json);
    stm_json_integer(&json, INT64_MIN);
    stm_json_array_begin(&json);
    stm_json_array_end(&json);
    stm_json_bool(&json, true);
    stm_json_null(&json);
    stm_json_decimal(&json, stemma_text_of("-0.50"));
    stm_json_raw(&json, stemma_text_of("{\"x\":1}"));
    stm_json_array_end(&json);
    stm_json_object_end(&json);
    stm_json_line(&json);
    assert_json(&json, "{\"a\":18446744073709551615,\"b\":[-9223372036854775808,[],true,null,-0.50,"
                       "{\"x\":1}]}\n");
    stm_json_free(&json);
}

static void indented_output_breaks_lines_and_leaves_empty_containers_whole(void **state)
{
    (void)state;
    stm_json json;
    stm_json_to_buffer(&json, 2);
    stm_json_object_begin(&json);
    stm_json_member_string(&json, "a", "b");
    stm_json_key(&json, "c");
    stm_json_array_begin(&json);
    stm_json_array_end(&json);
    stm_json_object_end(&json);
    assert_json(&json, "{\n  \"a\": \"b\",\n  \"c\": []\n}");
    stm_json_free(&json);
}

static void every_control_is_escaped_and_other_text_is_left_alone(void **state)
{
    (void)state;
    stm_json json;
    stm_json_to_buffer(&json, 0);
    const char text[] = "\"\\/\b\f\n\r\t\x01\x7F"
                        "\xC3\xA9\xE2\x80\xA8\xF0\x9F\x98\x80";
    stm_json_text(&json, stemma_text_of(text));
    assert_json(&json, "\"\\\"\\\\/\\u0008\\u000c\\n\\r\\t\\u0001\\u007f"
                       "\xC3\xA9\xE2\x80\xA8\xF0\x9F\x98\x80\"");
    stm_json_free(&json);
}

static void any_bytes_become_a_text_that_a_parser_accepts(void **state)
{
    (void)state;
    char bytes[256 * 2];
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (char)(i * 7 + i / 256);
    }
    for (size_t start = 0; start < sizeof bytes; start += 3) {
        stm_json json;
        stm_json_to_buffer(&json, 0);
        stm_json_array_begin(&json);
        stm_json_text(&json, (stemma_text){bytes + start, sizeof bytes - start});
        stm_json_array_end(&json);
        assert_int_equal(stm_json_status(&json), STEMMA_OK);
        json_t *parsed = json_loadb(json.data, json.size, JSON_ALLOW_NUL, NULL);
        assert_non_null(parsed);
        json_decref(parsed);
        stm_json_free(&json);
    }
}

static void calls_that_do_not_make_json_latch_misuse(void **state)
{
    (void)state;
    stm_json json;
    stm_json_to_buffer(&json, 0);
    stm_json_object_begin(&json);
    stm_json_integer(&json, 1);
    assert_int_equal(stm_json_status(&json), STEMMA_E_MISUSE);
    stm_json_object_end(&json);
    assert_int_equal(stm_json_status(&json), STEMMA_E_MISUSE);
    stm_json_reset(&json);
    stm_json_array_begin(&json);
    stm_json_object_end(&json);
    assert_int_equal(stm_json_status(&json), STEMMA_E_MISUSE);
    stm_json_free(&json);
}

static void a_decimal_that_json_does_not_know_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"", "-", "01", "1.", ".5", "1e5", "1 ", "+1", "NaN", "1,5"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        stm_json json;
        stm_json_to_buffer(&json, 0);
        stm_json_decimal(&json, stemma_text_of(bad[i]));
        assert_int_equal(stm_json_status(&json), STEMMA_E_INVALID);
        stm_json_free(&json);
    }
}

static void too_deep_nesting_is_a_limit_not_an_overflow(void **state)
{
    (void)state;
    stm_json json;
    stm_json_to_buffer(&json, 8);
    for (int i = 0; i < 1000; i++) {
        stm_json_array_begin(&json);
    }
    assert_int_equal(stm_json_status(&json), STEMMA_E_LIMIT);
    stm_json_free(&json);
}

static void a_full_disk_latches(void **state)
{
    (void)state;
    FILE *full = fopen("/dev/full", "wb");
    if (full == NULL) {
        skip();
    }
    setvbuf(full, NULL, _IONBF, 0);
    stm_json json;
    stm_json_to_file(&json, full, 0);
    stm_json_integer(&json, 1);
    assert_int_equal(stm_json_status(&json), STEMMA_E_SYSTEM);
    fclose(full);
}

static void a_problem_is_one_line_with_its_place_and_is_counted(void **state)
{
    (void)state;
    stm_problems problems;
    stm_problems_to_buffer(&problems);
    stm_problem problem = {STM_SEVERITY_ERROR, stemma_text_of("a\nb.txt"), 3, 9, "EMPTY_FILE"};
    stm_problems_add(&problems, &problem, "the %s is empty", "file");
    problem.line = problem.column = 0;
    problem.severity = STM_SEVERITY_WARNING;
    stm_problems_add(&problems, &problem, "again");
    assert_json(&problems.json,
                "{\"file\":\"a\\nb.txt\",\"line\":3,\"column\":9,\"code\":\"EMPTY_FILE\","
                "\"reason\":\"the file is empty\",\"severity\":\"error\"}\n"
                "{\"file\":\"a\\nb.txt\",\"code\":\"EMPTY_FILE\",\"reason\":\"again\","
                "\"severity\":\"warning\"}\n");
    assert_int_equal(problems.counts[STM_SEVERITY_ERROR], 1);
    assert_int_equal(problems.counts[STM_SEVERITY_WARNING], 1);
    stm_problems_free(&problems);
}

static void appended_problems_keep_their_order_and_their_counts(void **state)
{
    (void)state;
    stm_problems one;
    stm_problems two;
    stm_problems_to_buffer(&one);
    stm_problems_to_buffer(&two);
    stm_problem problem = {STM_SEVERITY_NOTE, {NULL, 0}, 0, 0, "A"};
    stm_problems_add(&one, &problem, "x");
    problem.code = "B";
    stm_problems_add(&two, &problem, "y");
    stm_problems_append(&one, &two);
    assert_json(&one.json,
                "{\"file\":\"\",\"code\":\"A\",\"reason\":\"x\",\"severity\":\"note\"}\n"
                "{\"file\":\"\",\"code\":\"B\",\"reason\":\"y\",\"severity\":\"note\"}\n");
    assert_int_equal(one.counts[STM_SEVERITY_NOTE], 2);
    stm_problems_free(&one);
    stm_problems_free(&two);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nested_containers_get_their_commas),
        cmocka_unit_test(indented_output_breaks_lines_and_leaves_empty_containers_whole),
        cmocka_unit_test(every_control_is_escaped_and_other_text_is_left_alone),
        cmocka_unit_test(any_bytes_become_a_text_that_a_parser_accepts),
        cmocka_unit_test(calls_that_do_not_make_json_latch_misuse),
        cmocka_unit_test(a_decimal_that_json_does_not_know_is_refused),
        cmocka_unit_test(too_deep_nesting_is_a_limit_not_an_overflow),
        cmocka_unit_test(a_full_disk_latches),
        cmocka_unit_test(a_problem_is_one_line_with_its_place_and_is_counted),
        cmocka_unit_test(appended_problems_keep_their_order_and_their_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
