/* SPDX-License-Identifier: MIT */
/* Memory within a budget: what is got from it behaves like any other, wherever it lies. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/memory.h"
#include "base/memory_sort.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define MIB ((size_t)1 << 20)

/* So small that every block of some size lies in the file. */
static stm_memory *tiny(void)
{
    stm_memory *memory = NULL;
    assert_int_equal(stm_memory_new(&memory, "/tmp", 1, NULL), STEMMA_OK);
    return memory;
}

static void grows_a_number_at_a_time(stm_memory *memory)
{
    uint32_t *numbers = NULL;
    size_t capacity = 0;
    for (uint32_t i = 0; i < 3000000; i++) {
        uint32_t *grown = stm_memory_grow(memory, numbers, &capacity, (size_t)i + 1, sizeof *grown);
        assert_non_null(grown);
        numbers = grown;
        numbers[i] = i * 7;
    }
    for (uint32_t i = 0; i < 3000000; i++) {
        assert_int_equal(numbers[i], i * 7);
    }
    stm_memory_free(numbers);
}

static void what_grows_keeps_what_it_holds(void **state)
{
    (void)state;
    stm_memory *small = tiny();
    stm_memory *middling = NULL; /* an array begins within the budget and outgrows it */
    stm_memory *large = NULL;
    assert_int_equal(stm_memory_new(&middling, "/tmp", 36 * MIB, NULL), STEMMA_OK);
    assert_int_equal(stm_memory_new(&large, "/tmp", 0, NULL), STEMMA_OK);
    grows_a_number_at_a_time(NULL);
    grows_a_number_at_a_time(small);
    grows_a_number_at_a_time(middling);
    grows_a_number_at_a_time(large);
    stm_memory_end(small);
    stm_memory_end(middling);
    stm_memory_end(large);
}

static void room_that_comes_again_is_zeroed_again(void **state)
{
    (void)state;
    stm_memory *memory = tiny();
    for (int round = 0; round < 3; round++) {
        for (size_t size = 1; size <= 4 * MIB; size *= 4) {
            unsigned char *bytes = stm_memory_zeroed(memory, size, 1);
            assert_non_null(bytes);
            for (size_t i = 0; i < size; i++) {
                assert_int_equal(bytes[i], 0);
            }
            memset(bytes, 0xff, size);
            stm_memory_free(bytes);
        }
    }
    void *nothing = stm_memory_zeroed(memory, 0, 8);
    assert_non_null(nothing);
    stm_memory_free(nothing);
    stm_memory_free(NULL);
    stm_memory_end(memory);
}

static void numbers_that_overflow_are_refused(void **state)
{
    (void)state;
    stm_memory *memory = tiny();
    size_t capacity = 0;
    assert_null(stm_memory_zeroed(memory, SIZE_MAX / 4, 8));
    assert_null(stm_memory_zeroed(memory, SIZE_MAX, 1));
    assert_null(stm_memory_zeroed(NULL, SIZE_MAX, 1));
    assert_null(stm_memory_grow(memory, NULL, &capacity, SIZE_MAX, 1));
    assert_null(stm_memory_grow(memory, NULL, &capacity, SIZE_MAX / 8, 16));
    assert_int_equal(capacity, 0);
    stm_memory_end(memory);
}

static void a_file_that_cannot_be_made_is_told_of_as_such(void **state)
{
    (void)state;
    stm_memory *memory = NULL;
    stemma_error error = {0};
    assert_int_equal(stm_memory_new(&memory, "/nowhere/at/all", 1, NULL), STEMMA_OK);
    assert_int_equal(stm_memory_explain(memory, STEMMA_E_NO_MEMORY, &error), STEMMA_E_NO_MEMORY);
    assert_null(stm_memory_zeroed(memory, 1, MIB));
    assert_int_equal(stm_memory_explain(memory, STEMMA_E_INVALID, &error), STEMMA_E_INVALID);
    assert_int_equal(stm_memory_explain(memory, STEMMA_E_NO_MEMORY, &error), STEMMA_E_SYSTEM);
    assert_string_equal(error.code, "WRITE_FAILED");
    assert_non_null(strstr(error.message, "No such file"));
    stm_memory_end(memory);
}

static void a_part_of_the_budget_stays_in_its_bounds(void **state)
{
    (void)state;
    stm_memory *memory = NULL;
    assert_int_equal(stm_memory_new(&memory, "/tmp", 64 * MIB, NULL), STEMMA_OK);
    assert_int_equal(stm_memory_part(memory, 64, 1, SIZE_MAX), MIB);
    assert_int_equal(stm_memory_part(memory, 64, 2 * MIB, 4 * MIB), 2 * MIB);
    assert_int_equal(stm_memory_part(memory, 2, 1, MIB), MIB);
    assert_int_equal(stm_memory_part(NULL, 64, 1, MIB), MIB);
    stm_memory_end(memory);
}

typedef struct pair {
    uint32_t key;
    uint32_t place;
} pair;

static int compare_pairs(const void *left, const void *right)
{
    const pair *a = left;
    const pair *b = right;
    return (a->key > b->key) - (a->key < b->key);
}

static void large_arrays_are_sorted_and_equals_keep_their_order(void **state)
{
    (void)state;
    const size_t counts[] = {0, 1, 2, 3, 8191, 8192, 8193, 100000, 524288};
    for (size_t c = 0; c < sizeof counts / sizeof counts[0]; c++) {
        stm_memory *memory = tiny();
        pair *pairs = stm_memory_zeroed(memory, counts[c], sizeof *pairs);
        uint64_t random = 88172645463325252u;
        assert_non_null(pairs);
        for (size_t i = 0; i < counts[c]; i++) {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            pairs[i].key = (uint32_t)(random % 1000);
            pairs[i].place = (uint32_t)i;
        }
        stm_memory_sort_plain(memory, pairs, counts[c], sizeof *pairs, compare_pairs);
        for (size_t i = 1; i < counts[c]; i++) {
            assert_true(pairs[i - 1].key < pairs[i].key ||
                        (pairs[i - 1].key == pairs[i].key && pairs[i - 1].place < pairs[i].place));
        }
        stm_memory_free(pairs);
        stm_memory_end(memory);
    }
}

typedef struct hashed {
    uint64_t hash;
    uint32_t place;
} hashed;

static int compare_hashed(const void *left, const void *right)
{
    const hashed *a = left;
    const hashed *b = right;
    return (a->hash > b->hash) - (a->hash < b->hash);
}

/* Of hashes all over, of few hashes, and of one that most items have. */
static void items_are_sorted_by_their_hashes_and_equals_keep_their_order(void **state)
{
    (void)state;
    const size_t counts[] = {0, 1, 4096, 4097, 200000};
    for (size_t c = 0; c < 3 * sizeof counts / sizeof counts[0]; c++) {
        size_t count = counts[c / 3];
        stm_memory *memory = tiny();
        hashed *items = stm_memory_zeroed(memory, count, sizeof *items);
        uint64_t random = 88172645463325252u;
        assert_non_null(items);
        for (size_t i = 0; i < count; i++) {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            items[i].hash = c % 3 == 0   ? random
                            : c % 3 == 1 ? random % 100 * UINT64_C(0x0123456789ABCDEF)
                            : i % 8 != 0 ? UINT64_MAX
                                         : random;
            items[i].place = (uint32_t)i;
        }
        stm_memory_sort_hashed(memory, items, count, sizeof *items, compare_hashed);
        for (size_t i = 1; i < count; i++) {
            assert_true(items[i - 1].hash < items[i].hash ||
                        (items[i - 1].hash == items[i].hash && items[i - 1].place < items[i].place));
        }
        stm_memory_free(items);
        stm_memory_end(memory);
    }
}

/* Gives NULL when all was well. Each thread has blocks of its own, of which the guard takes pages
 * all the time. */
static void *work(void *argument)
{
    stm_memory *memory = argument;
    for (uint32_t round = 0; round < 20; round++) {
        size_t count = 200000 + round * 50000;
        uint32_t *numbers = stm_memory_zeroed(memory, count, sizeof *numbers);
        if (numbers == NULL) {
            return memory;
        }
        for (size_t i = 0; i < count; i++) {
            numbers[i] = (uint32_t)i ^ round;
        }
        stm_memory_check(memory);
        for (size_t i = 0; i < count; i++) {
            if (numbers[i] != ((uint32_t)i ^ round)) {
                return memory;
            }
        }
        stm_memory_free(numbers);
    }
    return NULL;
}

static void nothing_is_lost_when_pages_are_given_back_under_many_threads(void **state)
{
    (void)state;
    stm_memory *memory = tiny();
    pthread_t threads[4];
    for (int i = 0; i < 4; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, work, memory), 0);
    }
    for (int i = 0; i < 4; i++) {
        void *complaint = NULL;
        pthread_join(threads[i], &complaint);
        assert_null(complaint);
    }
    stm_memory_end(memory);
}

/* Memory that was freed is had again, and is zero where that is promised, whatever was written to it; within a budget that
   has no room for both, too. */
static void freed_memory_comes_back_zeroed(void **state)
{
    static const uint64_t budgets[] = {0, (UINT64_C(32) << 20) + (UINT64_C(1) << 20)};
    (void)state;
    for (size_t b = 0; b < 2; b++) {
        stm_memory *memory = NULL;
        stemma_error error;
        assert_int_equal(stm_memory_new(&memory, "/tmp", budgets[b], &error), STEMMA_OK);
        for (size_t round = 0; round < 40; round++) {
            size_t size = ((size_t)130 << 10) + round % 7 * ((size_t)60 << 10), capacity = 0;
            uint8_t *zeroed = stm_memory_zeroed(memory, size, 1);
            uint8_t *grown = stm_memory_grow(memory, NULL, &capacity, size / 2, 1);
            assert_non_null(zeroed);
            assert_non_null(grown);
            for (size_t i = 0; i < size; i++) {
                assert_int_equal(zeroed[i], 0);
            }
            memset(zeroed, 0xaa, size);
            memset(grown, 0xbb, size / 2);
            grown = stm_memory_grow(memory, grown, &capacity, size * 3, 1);
            assert_non_null(grown);
            for (size_t i = 0; i < size / 2; i++) {
                assert_int_equal(grown[i], 0xbb);
            }
            memset(grown, 0xcc, size * 3);
            for (size_t i = 0; i < size; i++) {
                assert_int_equal(zeroed[i], 0xaa);
            }
            stm_memory_free(round % 2 == 0 ? zeroed : grown);
            stm_memory_free(round % 2 == 0 ? grown : zeroed);
        }
        stm_memory_end(memory);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test(name)
    const struct CMUnitTest tests[] = {
        TEST(what_grows_keeps_what_it_holds),
        TEST(room_that_comes_again_is_zeroed_again),
        TEST(freed_memory_comes_back_zeroed),
        TEST(numbers_that_overflow_are_refused),
        TEST(a_file_that_cannot_be_made_is_told_of_as_such),
        TEST(a_part_of_the_budget_stays_in_its_bounds),
        TEST(large_arrays_are_sorted_and_equals_keep_their_order),
        TEST(items_are_sorted_by_their_hashes_and_equals_keep_their_order),
        TEST(nothing_is_lost_when_pages_are_given_back_under_many_threads),
    };
#undef TEST
    return cmocka_run_group_tests(tests, NULL, NULL);
}
