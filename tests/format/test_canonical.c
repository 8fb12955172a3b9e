/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <msgpack.h>

#include "canonical.h"
#include "limits.h"

#define BYTES(literal)                                                                             \
    {                                                                                              \
        (const uint8_t *)(literal), sizeof(literal) - 1                                            \
    }

static uint64_t next_random(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return *seed >> 33;
}

/* */
static void canonical_values_are_accepted(void **state)
{
    static const stemma_bytes values[] = {
        BYTES("\x00"),
        BYTES("\x7f"),
        BYTES("\xcc\x80"),
        BYTES("\xcd\x01\x00"),
        BYTES("\xce\x00\x01\x00\x00"),
        BYTES("\xcf\x00\x00\x00\x01\x00\x00\x00\x00"),
        BYTES("\xff"),
        BYTES("\xe0"),
        BYTES("\xd0\xdf"),
        BYTES("\xd0\x80"),
        BYTES("\xd1\xff\x7f"),
        BYTES("\xd2\xff\xff\x7f\xff"),
        BYTES("\xd3\xff\xff\xff\xff\x7f\xff\xff\xff"),
        BYTES("\xc3"),
        BYTES("\xa0"),
        BYTES("\xa3"
              "abc"),
        BYTES("\xc4\x00"),
        BYTES("\xc4\x02\x00\xff"),
        BYTES("\x90"),
        BYTES("\x80"),
        BYTES("\x92\x01\x91\x02"),
        BYTES("\x82\x00\x01\x7f\xa1z"),
        BYTES("\x91\x91\x91\x91\x91\x91\x91\x90"),
    };
    (void)state;
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        stm_fault fault = {NULL, 0};
        if (stm_mp_check(values[i], &fault) != STEMMA_OK) {
            fail_msg("value %zu was refused: %s", i, fault.code);
        }
    }
}

/* [R-3] [R-4] [R-5] */
static void every_other_form_is_refused_with_its_code(void **state)
{
    static const struct {
        stemma_bytes bytes;
        const char *code;
        size_t offset;
    } cases[] = {
        {BYTES(""), "RECORD_TRUNCATED", 0},
        {BYTES("\x00\x00"), "RECORD_TRAILING", 1},
        {BYTES("\xc0"), "RECORD_FORM", 0},                 /* nil */
        {BYTES("\xc1"), "RECORD_FORM", 0},                 /* never used */
        {BYTES("\xc2"), "RECORD_FORM", 0},                 /* false */
        {BYTES("\xca\x00\x00\x00\x00"), "RECORD_FORM", 0}, /* float */
        {BYTES("\xcb\x3f\xf0\x00\x00\x00\x00\x00\x00"), "RECORD_FORM", 0},
        {BYTES("\xd4\x01\x00"), "RECORD_FORM", 0}, /* extensions */
        {BYTES("\xc7\x01\x00\x00"), "RECORD_FORM", 0},
        {BYTES("\xcc\x7f"), "RECORD_FORM", 0}, /* numbers longer than needed */
        {BYTES("\xcd\x00\xff"), "RECORD_FORM", 0},
        {BYTES("\xce\x00\x00\xff\xff"), "RECORD_FORM", 0},
        {BYTES("\xcf\x00\x00\x00\x00\xff\xff\xff\xff"), "RECORD_FORM", 0},
        {BYTES("\xd0\x05"), "RECORD_FORM", 0}, /* a positive in a signed form */
        {BYTES("\xd0\xe0"), "RECORD_FORM", 0},
        {BYTES("\xd1\xff\x80"), "RECORD_FORM", 0},
        {BYTES("\xd2\xff\xff\x80\x00"), "RECORD_FORM", 0},
        {BYTES("\xd3\xff\xff\xff\xff\x80\x00\x00\x00"), "RECORD_FORM", 0},
        {BYTES("\xd3\x00\x00\x00\x00\x00\x00\x00\x01"), "RECORD_FORM", 0},
        {BYTES("\xd9\x01z"), "RECORD_FORM", 0}, /* lengths longer than needed */
        {BYTES("\xda\x00\x01z"), "RECORD_FORM", 0},
        {BYTES("\xdb\x00\x00\x00\x01z"), "RECORD_FORM", 0},
        {BYTES("\xc5\x00\x01z"), "RECORD_FORM", 0},
        {BYTES("\xc6\x00\x00\x00\x01z"), "RECORD_FORM", 0},
        {BYTES("\xdc\x00\x01\x00"), "RECORD_FORM", 0},
        {BYTES("\xdd\x00\x00\x00\x01\x00"), "RECORD_FORM", 0},
        {BYTES("\xde\x00\x01\x00\x00"), "RECORD_FORM", 0},
        {BYTES("\xdf\x00\x00\x00\x01\x00\x00"), "RECORD_FORM", 0},
        {BYTES("\x92\x00"), "RECORD_COUNT", 0},
        {BYTES("\xdd\xff\xff\xff\xff"), "RECORD_COUNT", 0}, /* a count that nothing backs */
        {BYTES("\xdf\x00\x01\x00\x00\x00"), "RECORD_COUNT", 0},
        {BYTES("\xdb\xff\xff\xff\xff"), "RECORD_TRUNCATED", 0},
        {BYTES("\xa2z"), "RECORD_TRUNCATED", 0},
        {BYTES("\xcd\x01"), "RECORD_TRUNCATED", 0},
        {BYTES("\x91\x91\x91\x91\x91\x91\x91\x91\x90"), "RECORD_NESTING", 8},
        {BYTES("\x81\xa1k\x00"), "MAP_KEY", 1},
        {BYTES("\x81\xff\x00"), "MAP_KEY", 1},
        {BYTES("\x81\xcc\x80\x00"), "MAP_KEY", 1},
        {BYTES("\x82\x01\x00\x01\x00"), "MAP_ORDER", 3},
        {BYTES("\x82\x02\x00\x01\x00"), "MAP_ORDER", 3},
        {BYTES("\xa1\xff"), "TEXT_NOT_UTF8", 0},
        {BYTES("\xa1\x00"), "TEXT_NOT_UTF8", 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        stm_fault fault = {"", 0};
        if (stm_mp_check(cases[i].bytes, &fault) != STEMMA_E_DAMAGED) {
            fail_msg("case %zu was accepted", i);
        }
        if (strcmp(fault.code, cases[i].code) != 0 || fault.offset != cases[i].offset) {
            fail_msg("case %zu: %s at %zu instead of %s", i, fault.code, fault.offset,
                     cases[i].code);
        }
    }
}

/* Puts one value made of random choices; counts and lengths stand near the borders of the forms. */
static void put_random(stm_buffer *out, uint64_t *seed, unsigned depth)
{
    static const char filler[300] = {0};
    char text[300];
    uint64_t choice = next_random(seed) % (depth > 0 ? 8 : 5);
    uint32_t count = (uint32_t)(next_random(seed) % 18);
    stemma_text string = {text, next_random(seed) % sizeof text};
    stemma_bytes binary = {(const uint8_t *)filler, next_random(seed) % sizeof filler};
    memset(text, 'x', sizeof text);
    switch (choice) {
    case 0:
        stm_mp_put_uint(out, UINT64_MAX >> next_random(seed) % 64);
        break;
    case 1:
        stm_mp_put_int(out, -(int64_t)(UINT64_MAX >> (1 + next_random(seed) % 63)));
        break;
    case 2:
        stm_mp_put_true(out);
        break;
    case 3:
        stm_mp_put_text(out, string);
        break;
    case 4:
        stm_mp_put_binary(out, binary);
        break;
    case 5:
    case 6:
        stm_mp_put_array(out, count);
        for (uint32_t i = 0; i < count; i++) {
            put_random(out, seed, depth - 1);
        }
        break;
    default:
        stm_mp_put_map(out, count);
        for (uint32_t i = 0; i < count; i++) {
            stm_mp_put_uint(out, i * 5);
            put_random(out, seed, depth - 1);
        }
    }
}

static int append(void *data, const char *bytes, size_t size)
{
    stm_put_bytes((stm_buffer *)data, bytes, size);
    return 0;
}

/* What the writer puts is what msgpack-c itself would write, and is refused once cut. */
static void written_values_pass_and_their_prefixes_do_not(void **state)
{
    static uint8_t bytes[1 << 20];
    static uint8_t again[1 << 20];
    uint64_t seed = 20261;
    (void)state;
    for (unsigned round = 0; round < 400; round++) {
        stm_buffer out = stm_buffer_over(bytes, sizeof bytes);
        put_random(&out, &seed, 3);
        assert_true(stm_buffer_fits(&out));
        stm_fault fault = {"", 0};
        if (stm_mp_check(stm_buffer_view(&out), &fault) != STEMMA_OK) {
            fail_msg("round %u refused: %s at %zu", round, fault.code, fault.offset);
        }
        size_t step = out.size > 2000 ? out.size / 97 : 1;
        for (size_t cut = 0; cut < out.size; cut += step) {
            stemma_bytes prefix = {bytes, cut};
            assert_int_equal(stm_mp_check(prefix, NULL), STEMMA_E_DAMAGED);
        }
        msgpack_unpacked unpacked;
        msgpack_unpacked_init(&unpacked);
        size_t offset = 0;
        assert_int_equal(msgpack_unpack_next(&unpacked, (char *)bytes, out.size, &offset),
                         MSGPACK_UNPACK_SUCCESS);
        assert_int_equal(offset, out.size);
        stm_buffer copy = stm_buffer_over(again, sizeof again);
        msgpack_packer packer;
        msgpack_packer_init(&packer, &copy, append);
        msgpack_pack_object(&packer, unpacked.data);
        assert_int_equal(copy.size, out.size);
        assert_memory_equal(again, bytes, out.size);
        msgpack_unpacked_destroy(&unpacked);
    }
}

/* Whatever the check accepts, msgpack-c accepts, in full; and it writes it the same way. */
static void random_bytes_that_pass_are_what_msgpack_reads(void **state)
{
    /* mostly heads of short forms, so that many of the values are whole */
    static const uint8_t heads[] = {0x00, 0x05, 0x7f, 0x81, 0x82, 0x90, 0x91, 0x92, 0xa0, 0xa1,
                                    0xc0, 0xc2, 0xc3, 0xc4, 0xcc, 0xcd, 0xd0, 0xd9, 0xdc, 0xff};
    uint64_t seed = 7;
    unsigned accepted = 0;
    (void)state;
    for (unsigned round = 0; round < 200000; round++) {
        uint8_t bytes[12];
        uint8_t again[64];
        size_t size = 1 + next_random(&seed) % sizeof bytes;
        for (size_t i = 0; i < size; i++) {
            bool head = next_random(&seed) % 4 != 0;
            bytes[i] =
                head ? heads[next_random(&seed) % sizeof heads] : (uint8_t)next_random(&seed);
        }
        stemma_bytes value = {bytes, size};
        if (stm_mp_check(value, NULL) != STEMMA_OK) {
            continue;
        }
        accepted++;
        msgpack_unpacked unpacked;
        msgpack_unpacked_init(&unpacked);
        size_t offset = 0;
        assert_int_equal(msgpack_unpack_next(&unpacked, (char *)bytes, size, &offset),
                         MSGPACK_UNPACK_SUCCESS);
        assert_int_equal(offset, size);
        stm_buffer copy = stm_buffer_over(again, sizeof again);
        msgpack_packer packer;
        msgpack_packer_init(&packer, &copy, append);
        msgpack_pack_object(&packer, unpacked.data);
        assert_int_equal(copy.size, size);
        assert_memory_equal(again, bytes, size);
        msgpack_unpacked_destroy(&unpacked);
    }
    assert_true(accepted > 2000);
}

static void the_cursor_latches_the_first_fault(void **state)
{
    static const stemma_bytes value = BYTES("\x93\x05\xa2hi\x07");
    stm_mp mp = stm_mp_over(value);
    stm_fault fault = {"", 0};
    (void)state;
    assert_int_equal(stm_mp_array(&mp), 3);
    assert_int_equal(stm_mp_peek(&mp), STM_MP_UINT);
    assert_int_equal(stm_mp_uint(&mp, 9), 5);
    assert_int_equal(stm_mp_uint(&mp, 9), 0);
    assert_int_equal(stm_mp_text(&mp, 9).size, 0);
    assert_int_equal(stm_mp_peek(&mp), STM_MP_END);
    assert_int_equal(stm_mp_finish(&mp, &fault), STEMMA_E_DAMAGED);
    assert_string_equal(fault.code, "RECORD_TYPE");
    assert_int_equal(fault.offset, 2);
}

static void the_cursor_stays_inside_unchecked_bytes(void **state)
{
    uint64_t seed = 99;
    (void)state;
    for (unsigned round = 0; round < 100000; round++) {
        uint8_t bytes[16];
        size_t size = next_random(&seed) % (sizeof bytes + 1);
        uint8_t *exact = size != 0 ? malloc(size) : NULL; /* so that a sanitizer sees each step */
        for (size_t i = 0; i < size; i++) {
            exact[i] = (uint8_t)next_random(&seed);
        }
        stemma_bytes value = {exact, size};
        stm_mp mp = stm_mp_over(value);
        uint32_t count = stm_mp_array(&mp);
        assert_true(count <= size);
        for (uint32_t i = 0; i < count; i++) {
            stemma_bytes skipped = stm_mp_skip(&mp);
            assert_true(skipped.size <= size);
        }
        (void)stm_mp_finish(&mp, NULL);
        free(exact);
    }
}

static void values_are_passed_over_many_at_once(void **state)
{
    static const stemma_bytes value =
        BYTES("\x96\x05\xe0\xcc\x80\x92\x01\xa2\x41\x42\xcd\x01\x00\x7f");
    static const stemma_bytes wrong = BYTES("\x93\x05\xcc\x05\x07"); /* 5 in two bytes */
    (void)state;
    for (uint32_t count = 0; count <= 7; count++) {
        stm_mp one = stm_mp_over(value), many = one;
        assert_int_equal(stm_mp_array(&one), 6);
        assert_int_equal(stm_mp_array(&many), 6);
        for (uint32_t i = 0; i < count; i++) {
            (void)stm_mp_skip(&one);
        }
        stm_mp_skip_items(&many, count);
        assert_ptr_equal(one.at, many.at);
        assert_true((one.code == NULL) == (many.code == NULL) && (one.code != NULL) == (count > 6));
    }
    stm_mp mp = stm_mp_over(wrong);
    stm_mp_array(&mp);
    stm_mp_skip_items(&mp, 3);
    assert_string_equal(mp.code, "RECORD_FORM");
    assert_int_equal(mp.fault_offset, 2);
}

/* */
static void numbers_are_bounded_by_what_the_caller_allows(void **state)
{
    static const stemma_bytes value = BYTES("\x94\x05\x05\x00\xe0");
    stm_mp mp = stm_mp_over(value);
    (void)state;
    stm_mp_array(&mp);
    assert_int_equal(stm_mp_below(&mp, 6), 5);
    stm_mp again = mp;
    assert_int_equal(stm_mp_below(&again, 5), 0);
    assert_string_equal(again.code, "NUMBER_OUT_OF_RANGE");
    assert_int_equal(stm_mp_below_or_none(&mp, 5), 4);
    assert_int_equal(stm_mp_below_or_none(&mp, 5), STEMMA_NONE);
    again = mp;
    assert_int_equal(stm_mp_int(&again, -31, 0), 0);
    assert_string_equal(again.code, "NUMBER_OUT_OF_RANGE");
    assert_int_equal(stm_mp_int(&mp, -32, 0), -32);
    assert_int_equal(stm_mp_finish(&mp, NULL), STEMMA_OK);
}

/* */
static void maps_leave_out_what_is_empty(void **state)
{
    uint8_t bytes[64];
    stm_buffer out = stm_buffer_over(bytes, sizeof bytes);
    stm_map map = stm_map_begin(&out);
    (void)state;
    stm_map_text(&map, 0, stemma_text_of(""));
    stm_map_uint(&map, 1, 0);
    stm_map_true(&map, 2, false);
    stm_map_uint(&map, 3, 7);
    stm_map_true(&map, 4, true);
    stm_map_end(&map);
    assert_int_equal(out.size, 5);
    assert_memory_equal(bytes, "\x82\x03\x07\x04\xc3", 5);
}

static void maps_of_more_than_fifteen_fields_get_the_longer_header(void **state)
{
    uint8_t bytes[64];
    (void)state;
    for (uint32_t fields = 14; fields <= 18; fields++) {
        stm_buffer out = stm_buffer_over(bytes, sizeof bytes);
        stm_map map = stm_map_begin(&out);
        for (uint32_t i = 0; i < fields; i++) {
            stm_map_uint(&map, i, 1);
        }
        stm_map_end(&map);
        assert_int_equal(stm_mp_check(stm_buffer_view(&out), NULL), STEMMA_OK);
        stm_mp mp = stm_mp_over(stm_buffer_view(&out));
        assert_int_equal(stm_mp_map(&mp), fields);
        size_t needed = out.size;
        out = stm_buffer_over(bytes, needed - 1);
        map = stm_map_begin(&out);
        for (uint32_t i = 0; i < fields; i++) {
            stm_map_uint(&map, i, 1);
        }
        stm_map_end(&map);
        assert_int_equal(stm_put_finish(&out, NULL), STEMMA_E_NO_SPACE);
        assert_int_equal(out.size, needed);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(canonical_values_are_accepted),
        cmocka_unit_test(every_other_form_is_refused_with_its_code),
        cmocka_unit_test(written_values_pass_and_their_prefixes_do_not),
        cmocka_unit_test(random_bytes_that_pass_are_what_msgpack_reads),
        cmocka_unit_test(the_cursor_latches_the_first_fault),
        cmocka_unit_test(the_cursor_stays_inside_unchecked_bytes),
        cmocka_unit_test(values_are_passed_over_many_at_once),
        cmocka_unit_test(numbers_are_bounded_by_what_the_caller_allows),
        cmocka_unit_test(maps_leave_out_what_is_empty),
        cmocka_unit_test(maps_of_more_than_fifteen_fields_get_the_longer_header),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
