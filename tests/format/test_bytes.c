/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "bytes.h"
#include "utf8.h"

static void varints_of_every_width_come_back(void **state)
{
    (void)state;
    for (unsigned bit = 0; bit < 64; bit++) {
        for (int step = -1; step <= 1; step++) {
            uint64_t value = (UINT64_C(1) << bit) + (uint64_t)step;
            uint8_t bytes[STM_VARINT_MAX];
            size_t size = stm_store_varint(bytes, value);
            stemma_bytes whole = {bytes, size};
            stm_reader reader = stm_reader_of(whole);
            uint64_t back = ~value;
            assert_int_equal(size, stm_varint_size(value));
            assert_true(stm_read_varint(&reader, &back));
            assert_true(back == value);
            assert_int_equal(stm_remaining(&reader), 0);
            whole.size = size - 1;
            reader = stm_reader_of(whole);
            assert_false(stm_read_varint(&reader, &back));
        }
    }
}

static void varints_longer_than_needed_are_refused(void **state)
{
    static const uint8_t zero_in_two[] = {0x80, 0x00};
    static const uint8_t beyond_64_bits[] = {0xff, 0xff, 0xff, 0xff, 0xff,
                                             0xff, 0xff, 0xff, 0xff, 0x02};
    static const uint8_t eleven[] = {0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
                                     0x80, 0x80, 0x80, 0x80, 0x01};
    const stemma_bytes wrong[] = {{zero_in_two, sizeof zero_in_two},
                                  {beyond_64_bits, sizeof beyond_64_bits},
                                  {eleven, sizeof eleven}};
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        stm_reader reader = stm_reader_of(wrong[i]);
        uint64_t value;
        assert_false(stm_read_varint(&reader, &value));
    }
}

static void a_buffer_that_is_too_small_counts_on(void **state)
{
    uint8_t bytes[4] = {9, 9, 9, 9};
    stm_buffer buffer = stm_buffer_over(bytes, 3);
    (void)state;
    stm_put_le16(&buffer, 0x0201);
    stm_put_le32(&buffer, 0);
    stm_put_u8(&buffer, 7);
    assert_int_equal(buffer.size, 7);
    assert_false(stm_buffer_fits(&buffer));
    assert_int_equal(bytes[0], 1);
    assert_int_equal(bytes[1], 2);
    assert_int_equal(bytes[2], 9);
    assert_int_equal(bytes[3], 9);
}

static void big_endian_numbers_sort_as_bytes(void **state)
{
    uint8_t low[8];
    uint8_t high[8];
    (void)state;
    stm_store_be64(low, 0x00ff);
    stm_store_be64(high, 0x0100);
    assert_true(memcmp(low, high, 8) < 0);
    assert_true(stm_load_be64(high) == 0x0100);
    stm_store_be32(low, 0x01020304);
    assert_int_equal(low[0], 1);
    assert_int_equal(stm_load_be32(low), 0x01020304);
    stm_store_be16(low, 0x0102);
    assert_int_equal(low[0], 1);
    assert_int_equal(stm_load_be16(low), 0x0102);
}

static void text_that_is_not_utf8_is_found(void **state)
{
    static const struct {
        const char *bytes;
        size_t size;
        size_t fault;
    } cases[] = {
        {"", 0, 0},
        {"plain words here", 16, 16},
        {"caf\xc3\xa9", 5, 5},
        {"\xe2\x82\xac\xf0\x9f\x8c\xb2", 7, 7},
        {"\xf4\x8f\xbf\xbf", 4, 4},
        {"ab\0cd", 5, 2},           /* NUL */
        {"eight by\0tes", 12, 8},   /* NUL after a whole word */
        {"\xc0\xaf", 2, 0},         /* overlong */
        {"\xe0\x9f\xbf", 3, 0},     /* overlong */
        {"\xf0\x8f\xbf\xbf", 4, 0}, /* overlong */
        {"\xed\xa0\x80", 3, 0},     /* surrogate */
        {"\xf4\x90\x80\x80", 4, 0}, /* above U+10FFFF */
        {"\xf5\x80\x80\x80", 4, 0},
        {"a\x80", 2, 1}, /* continuation alone */
        {"a\xc3", 2, 1}, /* cut off */
        {"a\xe2\x82", 3, 1},
        {"a\xe2\x28\xa1", 4, 1},
        {"a\xe2\x82\x28", 4, 1},
        {"\xff", 1, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        stemma_text text = {cases[i].bytes, cases[i].size};
        assert_int_equal(stm_utf8_fault(text), cases[i].fault);
    }
    assert_int_equal(stm_utf8_length(stemma_text_of("caf\xc3\xa9 \xe2\x82\xac")), 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(varints_of_every_width_come_back),
        cmocka_unit_test(varints_longer_than_needed_are_refused),
        cmocka_unit_test(a_buffer_that_is_too_small_counts_on),
        cmocka_unit_test(big_endian_numbers_sort_as_bytes),
        cmocka_unit_test(text_that_is_not_utf8_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
