/* SPDX-License-Identifier: MIT */
/* Bytes to text: what is not UTF-8 is refused with its place, never repaired in silence. */
#include "test_read_support.h"

#include "pack/read/decode.h"

static struct stm_arena arena;

static int set_up(void **state)
{
    (void)state;
    stm_arena_init(&arena, 0);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    stm_arena_free(&arena);
    return 0;
}

#define DECODE(literal, text, error)                                                               \
    stm_decode((stemma_bytes){(const uint8_t *)(literal), sizeof(literal) - 1}, &arena, text, error)

static void utf8_is_taken_as_it_is_apart_from_its_mark(void **state)
{
    (void)state;
    stemma_text text;
    stm_decode_error error;
    assert_int_equal(DECODE("\xEF\xBB\xBF"
                            "Lund \xC3\xA5r\r\n\xF0\x9F\x8C\x8D",
                            &text, &error),
                     STEMMA_OK);
    assert_text(text, "Lund \xC3\xA5r\r\n\xF0\x9F\x8C\x8D");
}

static void utf16_of_both_orders_is_converted(void **state)
{
    (void)state;
    stemma_text text;
    stm_decode_error error;
    assert_int_equal(DECODE("\xFF\xFE"
                            "A\0\xE5\0\x3C\xD8\x0D\xDF",
                            &text, &error),
                     STEMMA_OK);
    assert_text(text, "A\xC3\xA5\xF0\x9F\x8C\x8D");
    assert_int_equal(DECODE("\xFE\xFF"
                            "\0A\0\xE5\xD8\x3C\xDF\x0D",
                            &text, &error),
                     STEMMA_OK);
    assert_text(text, "A\xC3\xA5\xF0\x9F\x8C\x8D");
}

static void broken_utf8_is_refused_at_its_byte_and_line(void **state)
{
    (void)state;
    static const char *const bad[] = {"one\ntwo \xFF",         "one\ntwo \xC3",
                                      "one\ntwo \xC3(",        "one\ntwo \xC0\xAF",
                                      "one\ntwo \xED\xA0\x80", "one\ntwo \xF4\x90\x80\x80",
                                      "one\ntwo \xE2\x82",     "one\ntwo \x80"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        stemma_text text;
        stm_decode_error error;
        stemma_bytes bytes = {(const uint8_t *)bad[i], strlen(bad[i])};
        assert_int_equal(stm_decode(bytes, &arena, &text, &error), STEMMA_E_INVALID);
        assert_string_equal(error.code, "ENCODING_INVALID");
        assert_int_equal(error.offset, 8);
        assert_int_equal(error.line, 2);
        assert_int_equal(error.column, 5);
    }
}

static void a_nul_says_that_the_file_is_not_text(void **state)
{
    (void)state;
    stemma_text text;
    stm_decode_error error;
    assert_int_equal(DECODE("a text with \0 in it", &text, &error), STEMMA_E_INVALID);
    assert_string_equal(error.code, "BINARY_FILE");
    assert_int_equal(error.offset, 12);
    assert_int_equal(DECODE("\x89PNG\r\n\x1A\n\0\0\0\rIHDR", &text, &error), STEMMA_E_INVALID);
    assert_string_equal(error.code, "BINARY_FILE");
    assert_int_equal(DECODE("\xFF\xFE\0\0A\0\0\0", &text, &error), STEMMA_E_INVALID);
    assert_string_equal(error.code, "BINARY_FILE");
}

static void broken_utf16_is_refused(void **state)
{
    (void)state;
    stemma_text text;
    stm_decode_error error;
    assert_int_equal(DECODE("\xFF\xFE"
                            "A\0\n\0\x3C\xD8"
                            "A\0",
                            &text, &error),
                     STEMMA_E_INVALID);
    assert_string_equal(error.code, "ENCODING_INVALID");
    assert_int_equal(error.offset, 6);
    assert_int_equal(error.line, 2);
    assert_int_equal(DECODE("\xFF\xFE"
                            "A\0\x0D\xDF",
                            &text, &error),
                     STEMMA_E_INVALID);
    assert_int_equal(DECODE("\xFF\xFE"
                            "A\0A",
                            &text, &error),
                     STEMMA_E_INVALID);
    assert_int_equal(DECODE("\xFF\xFE"
                            "\x3C\xD8",
                            &text, &error),
                     STEMMA_E_INVALID);
}

static void a_bad_byte_is_found_wherever_it_stands(void **state)
{
    (void)state;
    for (size_t size = 1; size < 40; size++) {
        for (size_t at = 0; at < size; at++) {
            char bytes[40];
            memset(bytes, 'x', size);
            bytes[at] = (char)0xFF;
            stemma_text text;
            stm_decode_error error;
            stemma_bytes view = {(const uint8_t *)bytes, size};
            assert_int_equal(stm_decode(view, &arena, &text, &error), STEMMA_E_INVALID);
            assert_int_equal(error.offset, at);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_is_taken_as_it_is_apart_from_its_mark),
        cmocka_unit_test(utf16_of_both_orders_is_converted),
        cmocka_unit_test(broken_utf8_is_refused_at_its_byte_and_line),
        cmocka_unit_test(a_nul_says_that_the_file_is_not_text),
        cmocka_unit_test(broken_utf16_is_refused),
        cmocka_unit_test(a_bad_byte_is_found_wherever_it_stands),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
