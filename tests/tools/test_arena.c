/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/arena.h"

static void what_is_given_is_zero_and_aligned(void **state)
{
    (void)state;
    struct stm_arena arena;
    stm_arena_init(&arena, 0);
    for (size_t size = 1; size < 3000; size += 7) {
        unsigned char *given = stm_arena_alloc(&arena, size, 1);
        assert_non_null(given);
        assert_int_equal((uintptr_t)given % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++) {
            assert_int_equal(given[i], 0);
            given[i] = 0xFF;
        }
    }
    stm_arena_free(&arena);
    assert_int_equal(arena.total, 0);
}

static void after_a_reset_all_is_zero_again_and_the_cap_counts_anew(void **state)
{
    (void)state;
    struct stm_arena arena;
    stm_arena_init(&arena, 300000);
    size_t totals[3];
    for (size_t round = 0; round < 3; round++) {
        for (size_t size = 1; size < 400; size += 3) {
            unsigned char *given = stm_arena_alloc(&arena, size, 3);
            assert_non_null(given);
            for (size_t i = 0; i < size * 3; i++) {
                assert_int_equal(given[i], 0);
            }
            memset(given, 0xFF, size * 3);
        }
        totals[round] = arena.total;
        while (stm_arena_alloc(&arena, 1, 5000) != NULL) {
        }
        assert_true(stm_arena_is_full(&arena));
        assert_true(arena.total <= 300000);
        stm_arena_reset(&arena, round == 1 ? 0 : 1u << 20);
        assert_false(stm_arena_is_full(&arena));
        assert_int_equal(arena.total, 0);
    }
    assert_int_equal(totals[0], totals[1]);
    assert_int_equal(totals[0], totals[2]);
    stm_arena_free(&arena);
}

static void the_cap_is_never_passed(void **state)
{
    (void)state;
    struct stm_arena arena;
    stm_arena_init(&arena, 100000);
    size_t given = 0;
    while (stm_arena_alloc(&arena, 1, 100) != NULL) {
        given += 100;
        assert_true(given <= 100000);
    }
    assert_true(given > 50000);
    assert_true(arena.total <= 100000);
    assert_null(stm_arena_alloc(&arena, 1, 1 << 20));
    stm_arena_free(&arena);
}

static void a_product_that_overflows_is_refused(void **state)
{
    (void)state;
    struct stm_arena arena;
    stm_arena_init(&arena, 0);
    assert_null(stm_arena_alloc(&arena, SIZE_MAX / 2, 3));
    assert_null(stm_arena_alloc(&arena, SIZE_MAX, 1));
    stm_arena_free(&arena);
}

static void growing_keeps_what_was_there(void **state)
{
    (void)state;
    struct stm_arena arena;
    stm_arena_init(&arena, 0);
    uint32_t *items = NULL;
    size_t capacity = 0;
    for (uint32_t i = 0; i < 1000; i++) {
        assert_int_equal(stm_arena_grow(&arena, &items, i, &capacity, sizeof *items), STEMMA_OK);
        items[i] = i * 3;
    }
    for (uint32_t i = 0; i < 1000; i++) {
        assert_int_equal(items[i], i * 3);
    }
    arena.cap = arena.total;
    uint32_t *before = items;
    size_t count = capacity;
    while (stm_arena_grow(&arena, &items, count, &capacity, sizeof *items) == STEMMA_OK) {
        before = items;
        count = capacity;
    }
    assert_ptr_equal(items, before);
    assert_int_equal(capacity, count);
    assert_int_equal(items[999], 2997);
    stm_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_given_is_zero_and_aligned),
        cmocka_unit_test(after_a_reset_all_is_zero_again_and_the_cap_counts_anew),
        cmocka_unit_test(the_cap_is_never_passed),
        cmocka_unit_test(a_product_that_overflows_is_refused),
        cmocka_unit_test(growing_keeps_what_was_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
