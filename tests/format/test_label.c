/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "label_arena.h"
#include "label_exact.h"
#include "bytes.h"
#include "support/prng.h"

/* [P-22] */
static void labels_read_back_by_number(void **state)
{
    static const char *const names[] = {"Ada", "", "Republic of Arvenia", "Ö"};
    static const uint8_t golden_head[] = {4, 0, 0,  0, 0, 0, 0,  0, 3, 0, 0,   0,   3,  0,
                                          0, 0, 22, 0, 0, 0, 24, 0, 0, 0, 'A', 'd', 'a'};
    uint8_t buffer[64];
    size_t size, expected;
    stm_label_arena_writer writer;
    stm_label_arena arena;
    stemma_text text;
    (void)state;
    stm_label_arena_begin(&writer, buffer, sizeof buffer, 4);
    for (int i = 0; i < 4; i++) {
        stm_label_arena_add(&writer, stemma_text_of(names[i]));
    }
    assert_int_equal(stm_label_arena_end(&writer, &size), STEMMA_OK);
    assert_int_equal(stm_label_arena_size(4, 24, &expected), STEMMA_OK);
    assert_int_equal(size, expected);
    assert_memory_equal(buffer, golden_head, sizeof golden_head);
    assert_int_equal(stm_label_arena_open((stemma_bytes){buffer, size}, &arena), STEMMA_OK);
    assert_int_equal(stm_label_arena_check(&arena), STEMMA_OK);
    for (uint32_t i = 0; i < 4; i++) {
        assert_int_equal(stm_label_arena_get(&arena, i, &text), STEMMA_OK);
        assert_true(stemma_text_equal(text, stemma_text_of(names[i])));
    }
    assert_int_equal(stm_label_arena_get(&arena, 4, &text), STEMMA_NOT_FOUND);
    for (size_t cut = 0; cut < size; cut++) {
        uint8_t *copy = malloc(cut + 1);
        assert_non_null(copy);
        memcpy(copy, buffer, cut);
        assert_int_equal(stm_label_arena_open((stemma_bytes){copy, cut}, &arena), STEMMA_E_DAMAGED);
        free(copy);
    }
    stm_store_le32(buffer + 8, 23); /* now descends */
    assert_int_equal(stm_label_arena_open((stemma_bytes){buffer, size}, &arena), STEMMA_OK);
    assert_int_equal(stm_label_arena_get(&arena, 1, &text), STEMMA_E_DAMAGED);
    assert_int_equal(stm_label_arena_check(&arena), STEMMA_E_DAMAGED);
    stm_store_le32(buffer + 8, UINT32_MAX);
    assert_int_equal(stm_label_arena_get(&arena, 0, &text), STEMMA_E_DAMAGED);
}

static void an_arena_of_another_count_or_without_room_is_refused(void **state)
{
    uint8_t buffer[64];
    size_t size;
    stm_label_arena_writer writer;
    (void)state;
    stm_label_arena_begin(&writer, buffer, sizeof buffer, 2);
    stm_label_arena_add(&writer, stemma_text_of("a"));
    assert_int_equal(stm_label_arena_end(&writer, &size), STEMMA_E_MISUSE);
    stm_label_arena_begin(&writer, buffer, 17, 2);
    stm_label_arena_add(&writer, stemma_text_of("a"));
    stm_label_arena_add(&writer, stemma_text_of("b"));
    assert_int_equal(stm_label_arena_end(&writer, &size), STEMMA_E_NO_SPACE);
}

static int compare(const void *a, const void *b)
{
    return stm_label_pair_compare(a, b);
}

static uint32_t linear(const stm_label_pair *pairs, uint32_t count, uint32_t hash)
{
    uint32_t i = 0;
    while (i < count && pairs[i].hash < hash) {
        i++;
    }
    return i;
}

static void exact_search_agrees_with_a_linear_one(void **state)
{
    prng random = {31};
    (void)state;
    for (int round = 0; round < 300; round++) {
        uint32_t count = prng_below(&random, 200), kept = 0;
        stm_label_pair pairs[200];
        uint8_t buffer[4 + 8 * 200];
        size_t size;
        stm_label_exact exact;
        uint32_t shift = round % 3 == 0 ? 28 : round % 3 == 1 ? 0 : 16;
        for (uint32_t i = 0; i < count; i++) {
            pairs[i].hash = (uint32_t)prng_next(&random) >> shift;
            pairs[i].entity = prng_below(&random, 50);
        }
        qsort(pairs, count, sizeof *pairs, compare);
        for (uint32_t i = 0; i < count; i++) {
            if (i == 0 || stm_label_pair_compare(&pairs[i], &pairs[kept - 1]) != 0) {
                pairs[kept++] = pairs[i];
            }
        }
        assert_int_equal(stm_label_exact_write(buffer, sizeof buffer, &size, pairs, kept),
                         STEMMA_OK);
        assert_int_equal(stm_label_exact_open((stemma_bytes){buffer, size}, &exact), STEMMA_OK);
        assert_int_equal(stm_label_exact_check(&exact), STEMMA_OK);
        for (uint32_t i = 0; i < 400; i++) {
            uint32_t hash = kept != 0 && i % 2 ? pairs[i % kept].hash + (i % 4 == 3)
                                               : (uint32_t)prng_next(&random) >> shift;
            assert_int_equal(stm_label_exact_find(&exact, hash), linear(pairs, kept, hash));
        }
        assert_int_equal(stm_label_exact_find(&exact, 0), linear(pairs, kept, 0));
        assert_int_equal(stm_label_exact_find(&exact, UINT32_MAX), linear(pairs, kept, UINT32_MAX));
        assert_int_equal(stm_label_exact_open((stemma_bytes){buffer, size - 1}, &exact),
                         STEMMA_E_DAMAGED);
    }
}

static void exact_search_on_unsorted_bytes_stays_inside(void **state)
{
    prng random = {32};
    (void)state;
    for (int round = 0; round < 5000; round++) {
        uint32_t count = prng_below(&random, 40);
        size_t size = stm_label_exact_size(count);
        uint8_t *bytes = malloc(size);
        stm_label_exact exact;
        assert_non_null(bytes);
        for (size_t i = 4; i < size; i++) {
            bytes[i] = (uint8_t)prng_next(&random);
        }
        stm_store_le32(bytes, count);
        assert_int_equal(stm_label_exact_open((stemma_bytes){bytes, size}, &exact), STEMMA_OK);
        assert_true(stm_label_exact_find(&exact, (uint32_t)prng_next(&random)) <= count);
        free(bytes);
    }
}

/* [P-23] */
static void pairs_out_of_order_are_refused(void **state)
{
    static const stm_label_pair pairs[] = {{5, 1}, {5, 1}};
    uint8_t buffer[32];
    size_t size;
    (void)state;
    assert_int_equal(stm_label_exact_write(buffer, sizeof buffer, &size, pairs, 2),
                     STEMMA_E_MISUSE);
    assert_int_equal(stm_label_exact_write(buffer, 11, &size, pairs, 1), STEMMA_E_NO_SPACE);
}

/* [P-23] */
static void the_hash_of_a_name_never_changes(void **state)
{
    (void)state;
    assert_int_equal(stm_label_hash(stemma_text_of("")), 0x38d394c2);
    assert_int_equal(stm_label_hash(stemma_text_of("ada lovelock")),
                     stm_label_hash(stemma_text_of("ada lovelock")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labels_read_back_by_number),
        cmocka_unit_test(an_arena_of_another_count_or_without_room_is_refused),
        cmocka_unit_test(exact_search_agrees_with_a_linear_one),
        cmocka_unit_test(exact_search_on_unsorted_bytes_stays_inside),
        cmocka_unit_test(pairs_out_of_order_are_refused),
        cmocka_unit_test(the_hash_of_a_name_never_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
