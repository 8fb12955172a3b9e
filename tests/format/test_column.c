/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "column.h"
#include "support/prng.h"

/* A copy of exactly the right size, so that a sanitizer sees a read past the end. */
static stemma_bytes exact(const uint8_t *data, size_t size)
{
    uint8_t *copy = malloc(size != 0 ? size : 1);
    assert_non_null(copy);
    memcpy(copy, data, size);
    return (stemma_bytes){copy, size};
}

static void release(stemma_bytes bytes)
{
    free((void *)(uintptr_t)bytes.data);
}

static void round_trip(const int64_t *values, uint32_t count, int expected_width)
{
    size_t capacity = stm_column_bound(1, count), size = 0;
    uint8_t *buffer = malloc(capacity);
    int64_t *back = malloc(sizeof *back * (count + 1));
    stemma_bytes block;
    stm_column column;
    assert_non_null(buffer);
    assert_non_null(back);
    assert_int_equal(stm_column_write_one(buffer, capacity, &size, values, count), STEMMA_OK);
    block = exact(buffer, size);
    assert_int_equal(stm_column_open_one(block, &column), STEMMA_OK);
    assert_int_equal(stm_column_block_check(block), STEMMA_OK);
    assert_int_equal(column.count, count);
    if (expected_width >= 0) {
        assert_int_equal(column.width, expected_width);
    }
    for (uint32_t i = 0; i < count; i++) {
        assert_true(stm_column_get(&column, i) == values[i]);
    }
    stm_column_unpack(&column, 0, count, back);
    assert_true(count == 0 || memcmp(back, values, sizeof *back * count) == 0);
    if (count > 3) {
        stm_column_unpack(&column, 3, count - 3, back);
        assert_memory_equal(back, values + 3, sizeof *back * (count - 3));
    }
    release(block);
    free(buffer);
    free(back);
}

/* [P-4] */
static void every_width_from_0_to_64_reads_back(void **state)
{
    prng random = {2};
    int64_t values[301];
    (void)state;
    for (unsigned width = 0; width <= 64; width++) {
        for (uint32_t count = 1; count <= 301; count += 60) {
            for (uint32_t i = 0; i < count; i++) {
                values[i] = (int64_t)(prng_next(&random) & stm_bits_mask(width));
            }
            if (width < 64) {
                round_trip(values, count, -1);
            }
            /* Least and greatest of the width, and a 1 so that no scale shrinks it. */
            if (count >= 4) {
                int64_t base = width < 64 ? -17 : 0;
                uint64_t most = stm_bits_mask(width);
                for (uint32_t i = 0; i < count; i++) {
                    uint64_t bits = prng_next(&random) & most;
                    bits = i == 0 ? 0 : i == 1 ? most : i == 2 ? (most != 0) : bits;
                    values[i] = (int64_t)((uint64_t)base + bits);
                }
                if (width < 63) {
                    round_trip(values, count, (int)width);
                }
            }
        }
    }
}

/* A random column of a kind: 0 noise, 1 a ramp with noise, 2 runs, 3 multiples, 4 a clean ramp. */
static void make_column(prng *random, int64_t *values, uint32_t count, unsigned kind)
{
    unsigned width = prng_below(random, kind == 0 ? 65 : 20);
    int64_t slope = (int64_t)prng_below(random, 100000) - 50000, value = 0;
    int64_t base = prng_below(random, 3) == 0 ? INT64_MIN / 4 : (int64_t)prng_below(random, 1000);
    for (uint32_t i = 0; i < count; i++) {
        uint64_t bits = prng_next(random) & stm_bits_mask(width);
        switch (kind) {
        case 0:
            values[i] = (int64_t)bits;
            break;
        case 1:
            values[i] = base + slope * (int64_t)i + (int64_t)(bits & 0xffff);
            break;
        case 2:
            value = prng_below(random, 100) == 0 ? (int64_t)bits : value;
            values[i] = base + value;
            break;
        case 3:
            values[i] = base + 86400 * (int64_t)bits;
            break;
        default:
            values[i] = base + slope * (int64_t)i;
        }
    }
}

/* [P-4] [P-7] [P-24] Columns read back in every form, one by one and many at once, in whatever
 * pieces. */
static void every_form_reads_back_and_unpacks_as_it_reads(void **state)
{
    enum { COUNT = 5000 };
    static int64_t values[COUNT], back[COUNT];
    static uint32_t narrow[COUNT];
    size_t capacity = stm_column_bound(1, COUNT), size;
    uint8_t *buffer = malloc(capacity);
    unsigned forms[3] = {0};
    prng random = {41};
    (void)state;
    assert_non_null(buffer);
    for (int round = 0; round < 400; round++) {
        uint32_t count = 1 + prng_below(&random, COUNT), at = 0;
        stemma_bytes block;
        stm_column column;
        make_column(&random, values, count, (unsigned)round % 5);
        assert_int_equal(stm_column_write_one(buffer, capacity, &size, values, count), STEMMA_OK);
        block = exact(buffer, size);
        assert_int_equal(stm_column_block_check(block), STEMMA_OK);
        assert_int_equal(stm_column_open_one(block, &column), STEMMA_OK);
        forms[column.form]++;
        for (uint32_t i = 0; i < count; i++) {
            assert_true(stm_column_get(&column, i) == values[i]);
        }
        while (at < count) {
            uint32_t piece = 1 + prng_below(&random, count - at);
            stm_column_unpack(&column, at, piece, back + at);
            stm_column_unpack_u32(&column, at, piece, narrow + at);
            at += piece;
        }
        assert_memory_equal(back, values, sizeof *values * count);
        for (uint32_t i = 0; i < count; i++) {
            assert_int_equal(narrow[i], (uint32_t)values[i]);
            if (stm_column_fits(&column, 70000)) {
                assert_true(values[i] >= 0 && values[i] <= 70000);
            }
        }
        release(block);
    }
    assert_true(forms[0] > 50 && forms[1] > 50 && forms[2] > 50);
    free(buffer);
}

/* [P-7] */
static void what_grows_evenly_or_seldom_changes_takes_almost_nothing(void **state)
{
    static int64_t values[4096];
    static uint8_t buffer[4096 * 8 + 100];
    size_t size;
    stm_column column;
    (void)state;
    for (int64_t i = 0; i < 4096; i++) {
        values[i] = 1000 + 3 * i;
    }
    assert_int_equal(stm_column_write_one(buffer, sizeof buffer, &size, values, 4096), STEMMA_OK);
    assert_int_equal(size, 8 + 32 + 8);
    for (int64_t i = 0; i < 4096; i++) {
        values[i] = 86400 * (17000 + i / 1500);
    }
    assert_int_equal(stm_column_write_one(buffer, sizeof buffer, &size, values, 4096), STEMMA_OK);
    assert_int_equal(size, 8 + 32 + 8 + 8); /* a count, two positions and three values of 2 bits */
    assert_int_equal(stm_column_open_one((stemma_bytes){buffer, size}, &column), STEMMA_OK);
    assert_int_equal(column.form, STM_COLUMN_RUNS);
    assert_true(stm_column_get(&column, 2999) == 86400 * 17001);
    assert_true(stm_column_get(&column, 3000) == 86400 * 17002);
}

/* Steps that are said and steps that are found give the same bytes, which the check takes for a writer's. */
static void what_grows_by_one_step_is_the_same_said_or_found(void **state)
{
    static const int64_t firsts[] = {0, 1, -7, INT64_MAX - 4000, INT64_MIN + 4000, INT64_C(1) << 61};
    static const int64_t steps[] = {0, 1, 2, -1, 4, -3, 86400, INT64_C(1) << 50};
    static int64_t values[600];
    uint8_t found[128], said[128];
    (void)state;
    for (size_t f = 0; f < sizeof firsts / sizeof firsts[0]; f++) {
        for (size_t s = 0; s < sizeof steps / sizeof steps[0]; s++) {
            for (uint32_t count = 1; count <= 600; count += 1 + count / 2) {
                int64_t rise, last;
                size_t found_size = 0, said_size = 0;
                stm_column_writer writer;
                int fits = stm_mul_i64(steps[s], count - 1, &rise) && stm_add_i64(firsts[f], rise, &last);
                stm_column_begin(&writer, said, sizeof said, count, 1);
                stm_column_add_even(&writer, 1, firsts[f], steps[s], count);
                assert_int_equal(stm_column_end(&writer, &said_size), fits ? STEMMA_OK : STEMMA_E_MISUSE);
                for (uint32_t i = 0; i < count && fits; i++) {
                    values[i] = firsts[f] + steps[s] * i;
                }
                if (fits) {
                    assert_int_equal(stm_column_write_one(found, sizeof found, &found_size, values, count), STEMMA_OK);
                    assert_int_equal(found_size, said_size);
                    assert_memory_equal(found, said, said_size);
                    stemma_bytes block = exact(said, said_size);
                    assert_int_equal(stm_column_block_check(block), STEMMA_OK);
                    release(block);
                }
            }
        }
    }
    values[1]++; /* now two steps: as many bits as they need */
    round_trip(values, 600, -1);
}

/* Sums that leave 64 bits on the way are no even step. */
static void steps_that_wrap_around_are_none(void **state)
{
    const int64_t around[] = {INT64_MAX - 1, INT64_MIN + 1, INT64_MIN + 4, INT64_MIN + 7};
    const int64_t back[] = {INT64_MIN, 0, INT64_MIN, 0};
    (void)state;
    round_trip(around, 4, -1);
    round_trip(back, 4, -1);
}

static void extreme_values_read_back(void **state)
{
    static const int64_t extremes[] = {INT64_MIN,     INT64_MAX,    0, -1, 1,
                                       INT64_MIN + 1, INT64_MAX - 1};
    static const int64_t top[] = {INT64_MAX - 5, INT64_MAX, INT64_MAX - 1};
    static const int64_t one[] = {INT64_MIN};
    static const int64_t pair[] = {INT64_MAX, INT64_MIN};
    (void)state;
    round_trip(extremes, 7, 64);
    round_trip(top, 3, 2); /* a ramp of 2 */
    round_trip(one, 1, 0);
    round_trip(pair, 2, 1); /* the whole distance is the scale */
    round_trip(NULL, 0, 0);
}

/* [P-7] */
static void days_in_seconds_are_stored_as_days(void **state)
{
    int64_t values[100];
    prng random = {3};
    (void)state;
    for (int i = 0; i < 100; i++) {
        values[i] = -86400 * 100 + 86400 * (int64_t)prng_below(&random, 128);
    }
    values[0] = -86400 * 100;
    values[1] = -86400 * 100 + 86400 * 127;
    round_trip(values, 100, 7);
}

/* [P-3] [P-4] [P-5] [P-6] */
static void the_bytes_of_a_block_are_these(void **state)
{
    static const int64_t values[] = {10, 20, 14};
    static const uint8_t golden[] = {
        3,    0, 0, 0, 1, 0, 0, 0, /* rows, columns */
        1,    0, 3, 0, 3, 0, 0, 0, /* id, width, count */
        10,   0, 0, 0, 0, 0, 0, 0, /* minimum */
        2,    0, 0, 0, 0, 0, 0, 0, /* scale */
        40,   0, 0, 0, 2, 0, 0, 0, /* offset, bytes */
        0xa8, 0, 0, 0, 0, 0, 0, 0, /* distances 0, 10, 4 by 2 are 0, 5, 2: 0b010'101'000 */
        0,    0, 0, 0, 0, 0, 0, 0, /* slack */
    };
    uint8_t buffer[128];
    size_t size = 0;
    (void)state;
    assert_int_equal(stm_column_write_one(buffer, sizeof buffer, &size, values, 3), STEMMA_OK);
    assert_int_equal(size, sizeof golden);
    assert_memory_equal(buffer, golden, sizeof golden);
}

static stemma_bytes some_columns(uint8_t *buffer, size_t capacity)
{
    static const int64_t a[] = {5, 6, 7, 8, 100}, b[] = {-1, -1, -1, -1, -1},
                         c[] = {1, 1000000, 3, 4, 5, 6, 7};
    int64_t steady[300], seldom[300];

    stm_column_writer writer;
    size_t size = 0;
    for (int64_t i = 0; i < 300; i++) {
        steady[i] = 50 + 10 * i + i % 3;
        seldom[i] = i / 120 * 1000000;
    }
    stm_column_begin(&writer, buffer, capacity, 5, 5);
    stm_column_add(&writer, 1, a, 5);
    stm_column_add(&writer, 4, b, 5);
    stm_column_add(&writer, 9, c, 7);
    stm_column_add(&writer, 10, steady, 300);
    stm_column_add(&writer, 11, seldom, 300);
    assert_int_equal(stm_column_end(&writer, &size), STEMMA_OK);
    return (stemma_bytes){buffer, size};
}

/* [P-3] */
static void columns_are_found_by_id(void **state)
{
    uint8_t buffer[512];
    stemma_bytes bytes = some_columns(buffer, sizeof buffer);
    stm_column_block block;
    stm_column column;
    (void)state;
    assert_int_equal(stm_column_block_open(bytes, &block), STEMMA_OK);
    assert_int_equal(block.rows, 5);
    assert_int_equal(stm_column_find(&block, 9, &column), STEMMA_OK);
    assert_int_equal(stm_column_get(&column, 1), 1000000);
    assert_int_equal(stm_column_find(&block, 2, &column), STEMMA_NOT_FOUND);
    assert_int_equal(stm_column_require(&block, 4, 5, &column), STEMMA_OK);
    assert_int_equal(column.width, 0);
    assert_int_equal(stm_column_require(&block, 9, 5, &column), STEMMA_E_DAMAGED);
}

static void a_writer_says_what_was_wrong(void **state)
{
    static const int64_t values[] = {1, 2, 3};
    uint8_t buffer[256];
    stm_column_writer writer;
    size_t size;
    (void)state;
    for (size_t capacity = 0; capacity < 48; capacity++) {
        uint8_t *tight = malloc(capacity + 1);
        assert_non_null(tight);
        assert_int_equal(stm_column_write_one(tight, capacity, &size, values, 3),
                         STEMMA_E_NO_SPACE);
        free(tight);
    }
    stm_column_begin(&writer, buffer, sizeof buffer, 3, 2);
    stm_column_add(&writer, 2, values, 3);
    assert_int_equal(stm_column_end(&writer, &size), STEMMA_E_MISUSE);
    stm_column_add(&writer, 2, values, 3); /* not ascending */
    assert_int_equal(stm_column_end(&writer, &size), STEMMA_E_MISUSE);
}

static void every_truncated_block_is_refused(void **state)
{
    uint8_t buffer[512];
    stemma_bytes bytes = some_columns(buffer, sizeof buffer);
    stm_column_block block;
    (void)state;
    for (size_t size = 0; size < bytes.size; size++) {
        stemma_bytes cut = exact(buffer, size);
        assert_int_equal(stm_column_block_open(cut, &block), STEMMA_E_DAMAGED);
        release(cut);
    }
}

/* Whatever opens may be read from end to end. */
static unsigned read_all(stemma_bytes bytes)
{
    stm_column_block block;
    uint64_t sum = 0;
    if (stm_column_block_open(bytes, &block) != STEMMA_OK) {
        return 0;
    }
    for (uint32_t i = 0; i < block.columns; i++) {
        stm_column column;
        stm_column_at(&block, i, &column);
        for (uint32_t j = 0; j < column.count && j < 5000; j++) {
            sum += (uint64_t)stm_column_get(&column, j);
        }
        if (column.count > 0) {
            int64_t last;
            stm_column_unpack(&column, column.count - 1, 1, &last);
            assert_true(last == stm_column_get(&column, column.count - 1));
        }
    }
    (void)stm_column_block_check(bytes);
    return 1 + (unsigned)(sum & 1);
}

static void damaged_blocks_never_lead_out_of_bounds(void **state)
{
    uint8_t original[512];
    stemma_bytes bytes = some_columns(original, sizeof original);
    prng random = {4};
    unsigned opened = 0;
    (void)state;
    for (int round = 0; round < 30000; round++) {
        stemma_bytes copy = exact(original, bytes.size);
        uint8_t *writable = (uint8_t *)(uintptr_t)copy.data;
        unsigned changes = 1 + prng_below(&random, 3);
        while (changes-- > 0) {
            uint32_t at = prng_below(&random, (uint32_t)bytes.size);
            if (prng_below(&random, 2) != 0) {
                writable[at] = (uint8_t)prng_next(&random);
            } else {
                writable[at] ^= (uint8_t)(1u << prng_below(&random, 8));
            }
        }
        if (writable[12] == original[12] && writable[15] == original[15]) {
            opened += read_all(copy) != 0;
        }
        release(copy);
    }
    assert_true(opened > 100); /* else the test tests nothing */
}

/* [P-6] [P-7] */
static void a_check_refuses_what_no_writer_writes(void **state)
{
    uint8_t original[512], copy[512];
    stemma_bytes bytes = some_columns(original, sizeof original);
    stm_column_block block;
    unsigned accepted = 0;
    (void)state;
    assert_int_equal(stm_column_block_check(bytes), STEMMA_OK);
    /* Every single-bit change either is refused or gives other values. */
    for (size_t bit = 0; bit < bytes.size * 8; bit++) {
        memcpy(copy, original, bytes.size);
        copy[bit / 8] ^= (uint8_t)(1u << (bit % 8));
        if (stm_column_block_check((stemma_bytes){copy, bytes.size}) != STEMMA_OK) {
            continue;
        }
        assert_int_equal(stm_column_block_open((stemma_bytes){copy, bytes.size}, &block),
                         STEMMA_OK);
        int same = block.rows == 5;
        for (uint32_t i = 0; i < 5; i++) {
            stm_column before, after;
            stm_column_block first;
            assert_int_equal(stm_column_block_open(bytes, &first), STEMMA_OK);
            stm_column_at(&first, i, &before);
            stm_column_at(&block, i, &after);
            same = same && before.id == after.id && before.count == after.count;
            for (uint32_t j = 0; same && j < before.count; j++) {
                same = stm_column_get(&before, j) == stm_column_get(&after, j);
            }
        }
        assert_false(same);
        accepted++;
    }
    assert_true(accepted > 10);
}

/* In each form, and with any end, the search finds what looking at every element finds. */
static void a_search_finds_the_first_that_is_not_below(void **state)
{
    enum { COUNT = 700 };
    static uint8_t buffer[1 << 14];
    int64_t values[COUNT];
    prng random = {17};
    uint32_t forms = 0;
    (void)state;
    for (uint32_t shape = 0; shape < 4; shape++) {
        size_t size = 0;
        stm_column column;
        for (uint32_t i = 0; i < COUNT; i++) { /* runs, a ramp, scattered, constant */
            int64_t last = i == 0 ? 1000 : values[i - 1];
            values[i] = shape == 0   ? 86400 * (int64_t)(i / 90)
                        : shape == 1 ? 7 * (int64_t)i
                        : shape == 2 ? last + (int64_t)prng_below(&random, 1u << (i % 20))
                                     : 5;
        }
        assert_int_equal(stm_column_write_one(buffer, sizeof buffer, &size, values, COUNT),
                         STEMMA_OK);
        assert_int_equal(stm_column_open_one((stemma_bytes){buffer, size}, &column), STEMMA_OK);
        forms |= 1u << column.form;
        for (uint32_t round = 0; round < 2000; round++) {
            uint32_t end = prng_below(&random, COUNT + 1), expected = 0;
            int64_t value =
                values[prng_below(&random, COUNT)] + (int64_t)prng_below(&random, 3) - 1;
            while (expected < end && values[expected] < value) {
                expected++;
            }
            assert_int_equal(stm_column_lower_bound(&column, end, value), expected);
        }
    }
    assert_int_equal(forms, 7); /* all three were tried */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_width_from_0_to_64_reads_back),
        cmocka_unit_test(every_form_reads_back_and_unpacks_as_it_reads),
        cmocka_unit_test(what_grows_evenly_or_seldom_changes_takes_almost_nothing),
        cmocka_unit_test(what_grows_by_one_step_is_the_same_said_or_found),
        cmocka_unit_test(steps_that_wrap_around_are_none),
        cmocka_unit_test(extreme_values_read_back),
        cmocka_unit_test(days_in_seconds_are_stored_as_days),
        cmocka_unit_test(the_bytes_of_a_block_are_these),
        cmocka_unit_test(columns_are_found_by_id),
        cmocka_unit_test(a_writer_says_what_was_wrong),
        cmocka_unit_test(every_truncated_block_is_refused),
        cmocka_unit_test(damaged_blocks_never_lead_out_of_bounds),
        cmocka_unit_test(a_check_refuses_what_no_writer_writes),
        cmocka_unit_test(a_search_finds_the_first_that_is_not_below),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
