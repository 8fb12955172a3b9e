/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/prng.h"
#include "token_text.h"

#define MOST 400u

typedef struct words {
    char bytes[MOST][STM_TOKEN_LIMIT];
    stemma_text texts[MOST];
    uint32_t count;
} words;

static int by_text(const void *left, const void *right)
{
    return stemma_text_compare(*(const stemma_text *)left, *(const stemma_text *)right);
}

/* Distinct words, ascending; many of them alike, some very long. */
static void make_words(words *w, prng *random, uint32_t count)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        size_t size = 1 + prng_below(random, prng_below(random, 20) == 0 ? STM_TOKEN_LIMIT : 9);
        for (size_t k = 0; k < size; k++) {
            w->bytes[i][k] = (char)('a' + prng_below(random, k < 20 ? 3 : 1));
        }
        w->texts[i] = (stemma_text){w->bytes[i], size};
    }
    qsort(w->texts, count, sizeof w->texts[0], by_text);
    for (uint32_t i = 0; i < count; i++) {
        if (kept == 0 || stemma_text_compare(w->texts[kept - 1], w->texts[i]) != 0) {
            w->texts[kept++] = w->texts[i];
        }
    }
    w->count = kept;
}

static uint8_t *list_of(const words *w, size_t *size)
{
    uint64_t bytes = 0;
    stm_token_writer writer;
    for (uint32_t i = 0; i < w->count; i++) {
        bytes += w->texts[i].size;
    }
    size_t bound = (size_t)stm_token_list_bound(w->count, bytes);
    uint8_t *out = malloc(bound);
    assert_non_null(out);
    stm_token_list_begin(&writer, out, bound, w->count);
    for (uint32_t i = 0; i < w->count; i++) {
        stm_token_list_add(&writer, w->texts[i]);
    }
    assert_int_equal(stm_token_list_end(&writer, size), STEMMA_OK);
    out = realloc(out, *size);
    assert_non_null(out);
    return out;
}

/* [P-30] */
static void texts_are_read_by_number_and_found_by_text(void **state)
{
    static words w;
    prng random = {41};
    (void)state;
    for (int round = 0; round < 100; round++) {
        stm_token_list list;
        size_t size, got;
        char text[STM_TOKEN_LIMIT];
        make_words(&w, &random,
                   round % 5 == 0 ? prng_below(&random, MOST) : prng_below(&random, 40));
        uint8_t *bytes = list_of(&w, &size);
        assert_int_equal(stm_token_list_open((stemma_bytes){bytes, size}, &list), STEMMA_OK);
        assert_int_equal(stm_token_list_check(&list), STEMMA_OK);
        for (uint32_t i = 0; i < w.count; i++) {
            uint32_t number;
            int same;
            assert_int_equal(stm_token_list_get(&list, i, text, &got), STEMMA_OK);
            assert_int_equal(got, w.texts[i].size);
            assert_memory_equal(text, w.texts[i].data, got);
            assert_int_equal(stm_token_list_find(&list, w.texts[i], &number, &same), STEMMA_OK);
            assert_true(same && number == i);
        }
        assert_int_equal(stm_token_list_get(&list, w.count, text, &got), STEMMA_NOT_FOUND);
        for (int i = 0; i < 50; i++) {
            char wanted[8];
            stemma_text what = {wanted, prng_below(&random, 8)};
            uint32_t number, right = 0;
            int same;
            for (size_t k = 0; k < what.size; k++) {
                wanted[k] = (char)('a' + prng_below(&random, 4));
            }
            while (right < w.count && stemma_text_compare(w.texts[right], what) < 0) {
                right++;
            }
            assert_int_equal(stm_token_list_find(&list, what, &number, &same), STEMMA_OK);
            assert_int_equal(number, right);
            assert_int_equal(same,
                             right < w.count && stemma_text_compare(w.texts[right], what) == 0);
        }
        free(bytes);
    }
}

/* [P-30] */
static void a_list_is_written_as_the_page_says(void **state)
{
    static const uint8_t golden[] = {2,   0,   0,   0,   0,   0,    0,   0,   0x50,
                                     'a', 'r', 'v', 'e', 'n', 0x35, 'i', 'a', 'n'};
    words *w = calloc(1, sizeof *w);
    size_t size;
    (void)state;
    assert_non_null(w);
    w->count = 2;
    w->texts[0] = stemma_text_of("arven");
    w->texts[1] = stemma_text_of("arvenian");
    uint8_t *bytes = list_of(w, &size);
    assert_int_equal(size, sizeof golden);
    assert_memory_equal(bytes, golden, size);
    free(bytes);
    free(w);
}

/* [P-30] */
static void a_damaged_list_is_told_or_read_without_harm(void **state)
{
    static words w;
    prng random = {42};
    unsigned told = 0;
    (void)state;
    for (int round = 0; round < 3000; round++) {
        stm_token_list list;
        size_t size, got;
        char text[STM_TOKEN_LIMIT];
        make_words(&w, &random, 1 + prng_below(&random, 50));
        uint8_t *bytes = list_of(&w, &size);
        for (int i = 0; i < 3; i++) {
            bytes[prng_below(&random, (uint32_t)size)] ^= (uint8_t)prng_next(&random);
        }
        if (stm_token_list_open((stemma_bytes){bytes, size}, &list) != STEMMA_OK) {
            told++;
        } else {
            uint32_t number;
            int same;
            for (uint32_t i = 0; i < w.count; i++) {
                stemma_status status = stm_token_list_get(&list, i, text, &got);
                assert_true(got <= STM_TOKEN_LIMIT);
                told += status == STEMMA_E_DAMAGED;
                (void)stm_token_list_find(&list, w.texts[i], &number, &same);
            }
            (void)stm_token_list_check(&list);
        }
        free(bytes);
    }
    assert_true(told > 0);
}

/* [P-30] */
static void another_way_to_write_the_same_list_is_found(void **state)
{
    /* "arven", "arvenian": the second says that it shares four bytes, but it shares five. */
    static const uint8_t other[] = {2,   0,   0,   0,   0,    0,   0,   0,   0x50, 'a',
                                    'r', 'v', 'e', 'n', 0x44, 'n', 'i', 'a', 'n'};
    static const uint8_t trailing[] = {1, 0, 0, 0, 0, 0, 0, 0, 0x10, 'a', 0};
    stm_token_list list;
    (void)state;
    assert_int_equal(stm_token_list_open((stemma_bytes){other, sizeof other}, &list), STEMMA_OK);
    assert_int_equal(stm_token_list_check(&list), STEMMA_E_DAMAGED);
    assert_int_equal(stm_token_list_open((stemma_bytes){trailing, sizeof trailing}, &list),
                     STEMMA_OK);
    assert_int_equal(stm_token_list_check(&list), STEMMA_E_DAMAGED);
}

static void texts_out_of_order_or_too_long_are_not_written(void **state)
{
    static char long_text[STM_TOKEN_LIMIT + 1];
    uint8_t buffer[2048];
    stm_token_writer writer;
    size_t size;
    (void)state;
    const stemma_text wrong[] = {{"a", 1}, {"b", 0}, {long_text, sizeof long_text}};
    for (size_t i = 0; i < 3; i++) {
        stm_token_list_begin(&writer, buffer, sizeof buffer, 2);
        stm_token_list_add(&writer, stemma_text_of("a"));
        stm_token_list_add(&writer, wrong[i]);
        assert_int_equal(stm_token_list_end(&writer, &size), STEMMA_E_MISUSE);
    }
    stm_token_list_begin(&writer, buffer, 12, 1);
    stm_token_list_add(&writer, stemma_text_of("abc"));
    assert_int_equal(stm_token_list_end(&writer, &size), STEMMA_E_NO_SPACE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_read_by_number_and_found_by_text),
        cmocka_unit_test(a_list_is_written_as_the_page_says),
        cmocka_unit_test(a_damaged_list_is_told_or_read_without_harm),
        cmocka_unit_test(another_way_to_write_the_same_list_is_found),
        cmocka_unit_test(texts_out_of_order_or_too_long_are_not_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
