/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bytes.h"
#include "label_arena.h"
#include "label_hash.h"
#include "support/prng.h"

/* ---- Arena -------------------------------------------------------------------------------------
 */

/* An arena of these texts in memory of exactly its size. */
static uint8_t *arena_of(const stemma_text *texts, uint32_t count, size_t *size)
{
    stm_label_arena_writer writer;
    uint64_t bytes = 0;
    size_t written = 0;
    for (uint32_t i = 0; i < count; i++) {
        bytes += texts[i].size;
    }
    stm_label_arena_begin(&writer, count, bytes);
    for (uint32_t i = 0; i < count; i++) {
        stm_label_arena_measure(&writer, texts[i].size);
    }
    assert_int_equal(stm_label_arena_size(&writer, size), STEMMA_OK);
    uint8_t *out = malloc(*size);
    assert_non_null(out);
    stm_label_arena_into(&writer, out, *size);
    for (uint32_t i = 0; i < count; i++) {
        stm_label_arena_add(&writer, texts[i]);
    }
    assert_int_equal(stm_label_arena_end(&writer, &written), STEMMA_OK);
    assert_int_equal(written, *size);
    return out;
}

/* [P-22] */
static void labels_read_back_by_number(void **state)
{
    prng random = {30};
    static char letters[4096];
    (void)state;
    memset(letters, 'x', sizeof letters);
    for (int round = 0; round < 200; round++) {
        uint32_t count = prng_below(&random, 300), most = 1 + prng_below(&random, 60);
        stemma_text texts[300];
        stm_label_arena arena;
        stemma_text text;
        size_t size;
        for (uint32_t i = 0; i < count; i++) {
            texts[i].data = letters;
            texts[i].size = prng_below(&random, prng_below(&random, 50) == 0 ? 1024 : most);
        }
        uint8_t *bytes = arena_of(texts, count, &size);
        assert_int_equal(stm_label_arena_open((stemma_bytes){bytes, size}, &arena), STEMMA_OK);
        assert_int_equal(arena.count, count);
        assert_int_equal(stm_label_arena_check(&arena), STEMMA_OK);
        const char *next = (const char *)arena.bytes;
        for (uint32_t i = 0; i < count; i++) {
            assert_int_equal(stm_label_arena_get(&arena, i, &text), STEMMA_OK);
            assert_ptr_equal(text.data, next);
            assert_int_equal(text.size, texts[i].size);
            next += text.size;
        }
        assert_int_equal(stm_label_arena_get(&arena, count, &text), STEMMA_NOT_FOUND);
        free(bytes);
    }
}

/* [P-22] */
static void an_arena_is_written_as_the_page_says(void **state)
{
    static const uint8_t golden[] = {2, 0, 0, 0, 3, 0, 0,    0,   1,   0,   0, 0, 0, 0, 0, 0, 2, 0,
                                     0, 0, 0, 0, 0, 0, 0x18, 'A', 'd', 'a', 0, 0, 0, 0, 0, 0, 0, 0};
    const stemma_text texts[] = {stemma_text_of("Ada"), stemma_text_of("")};
    size_t size;
    uint8_t *bytes = arena_of(texts, 2, &size);
    (void)state;
    assert_int_equal(size, sizeof golden);
    assert_memory_equal(bytes, golden, size);
    free(bytes);
}

/* [P-22] */
static void an_arena_cut_anywhere_is_refused(void **state)
{
    const stemma_text texts[] = {stemma_text_of("Ada"), stemma_text_of(""),
                                 stemma_text_of("Republic of Arvenia"), stemma_text_of("Ö")};
    stm_label_arena arena;
    size_t size;
    uint8_t *bytes = arena_of(texts, 4, &size);
    (void)state;
    for (size_t cut = 0; cut < size; cut++) {
        uint8_t *copy = malloc(cut + 1);
        assert_non_null(copy);
        memcpy(copy, bytes, cut);
        assert_int_equal(stm_label_arena_open((stemma_bytes){copy, cut}, &arena), STEMMA_E_DAMAGED);
        free(copy);
    }
    free(bytes);
}

/* Whatever the bytes, a text lies inside the arena or is refused; so it does after a check. */
static void a_damaged_arena_gives_no_text_from_outside(void **state)
{
    prng random = {33};
    unsigned refused = 0;
    (void)state;
    for (int round = 0; round < 3000; round++) {
        stemma_text texts[130], text;
        stm_label_arena arena;
        size_t size;
        uint32_t count = 1 + prng_below(&random, 130);
        for (uint32_t i = 0; i < count; i++) {
            texts[i] = (stemma_text){"Lowmark and beyond", prng_below(&random, 19)};
        }
        uint8_t *bytes = arena_of(texts, count, &size);
        for (int i = 0; i < 3; i++) {
            bytes[8 + prng_below(&random, (uint32_t)size - 8)] ^= (uint8_t)prng_next(&random);
        }
        if (stm_label_arena_open((stemma_bytes){bytes, size}, &arena) == STEMMA_OK) {
            for (uint32_t i = 0; i < count; i++) {
                if (stm_label_arena_get(&arena, i, &text) == STEMMA_OK) {
                    const uint8_t *begin = (const uint8_t *)text.data;
                    assert_true(begin >= arena.bytes &&
                                begin + text.size <= arena.bytes + arena.size);
                } else {
                    assert_int_equal(stm_label_arena_check(&arena), STEMMA_E_DAMAGED);
                    refused++;
                }
            }
        }
        free(bytes);
    }
    assert_true(refused > 0);
}

static void an_arena_of_other_texts_than_were_measured_is_not_written(void **state)
{
    uint8_t buffer[256];
    size_t size;
    stm_label_arena_writer writer;
    (void)state;
    stm_label_arena_begin(&writer, 2, 2);
    stm_label_arena_measure(&writer, 1);
    assert_int_equal(stm_label_arena_size(&writer, &size), STEMMA_E_MISUSE); /* one is missing */
    stm_label_arena_begin(&writer, 2, 2);
    stm_label_arena_measure(&writer, 1);
    stm_label_arena_measure(&writer, 1);
    assert_int_equal(stm_label_arena_size(&writer, &size), STEMMA_OK);
    stm_label_arena_into(&writer, buffer, sizeof buffer);
    stm_label_arena_add(&writer, stemma_text_of("a"));
    assert_int_equal(stm_label_arena_end(&writer, &size), STEMMA_E_MISUSE);
    stm_label_arena_begin(&writer, UINT64_MAX, 2);
    assert_int_equal(stm_label_arena_size(&writer, &size), STEMMA_E_LIMIT);
    stm_label_arena_begin(&writer, 1, 1);
    stm_label_arena_measure(&writer, 1);
    assert_int_equal(stm_label_arena_size(&writer, &size), STEMMA_OK);
    stm_label_arena_into(&writer, buffer, size - 1);
    stm_label_arena_add(&writer, stemma_text_of("a"));
    assert_int_equal(stm_label_arena_end(&writer, &size), STEMMA_E_NO_SPACE);
}

/* ---- Hash arrays -------------------------------------------------------------------------------
 */

static uint32_t pair_total; /* for the comparison */

static int by_prefix(const void *left, const void *right)
{
    const stm_label_pair *a = left, *b = right;
    uint32_t x = stm_label_hash_prefix(a->hash, pair_total);
    uint32_t y = stm_label_hash_prefix(b->hash, pair_total);
    return x != y ? (x < y ? -1 : 1) : (a->number > b->number) - (a->number < b->number);
}

static uint8_t *hashes_of(stm_label_pair *pairs, uint32_t count, size_t *size)
{
    uint8_t *bytes = malloc(stm_label_hash_bound(count));
    assert_non_null(bytes);
    pair_total = count;
    qsort(pairs, count, sizeof *pairs, by_prefix);
    assert_int_equal(stm_label_hash_write(bytes, stm_label_hash_bound(count), size, pairs, count),
                     STEMMA_OK);
    bytes = realloc(bytes, *size); /* so that a sanitizer sees reads beyond it */
    assert_non_null(bytes);
    return bytes;
}

/* [P-23] */
static void every_number_is_found_by_its_hash_and_few_others(void **state)
{
    prng random = {31};
    (void)state;
    for (int round = 0; round < 200; round++) {
        static stm_label_pair pairs[3000];
        uint32_t count = prng_below(&random, round % 10 == 0 ? 3000 : 60);
        uint32_t shift = round % 3 == 0 ? 28 : 0; /* some with few hashes for many */
        uint64_t strangers = 0, asked = 0;
        stm_label_index index;
        size_t size;
        for (uint32_t i = 0; i < count; i++) {
            pairs[i].hash = (uint32_t)prng_next(&random) >> shift;
            pairs[i].number = prng_below(&random, 50000);
        }
        uint8_t *bytes = hashes_of(pairs, count, &size);
        assert_int_equal(stm_label_hash_open((stemma_bytes){bytes, size}, &index), STEMMA_OK);
        assert_int_equal(stm_label_hash_check(&index), STEMMA_OK);
        for (uint32_t i = 0; i < count; i++) {
            stm_label_hits hits;
            uint32_t number, last = 0;
            int found = 0;
            assert_int_equal(stm_label_hash_find(&index, pairs[i].hash, &hits), STEMMA_OK);
            while (stm_label_hits_next(&hits, &number)) {
                assert_true(number >= last);
                found |= number == pairs[i].number;
                strangers += number != pairs[i].number;
                last = number;
            }
            assert_true(found);
            asked++;
        }
        assert_true(shift != 0 || strangers <= 10 + asked / 10);
        free(bytes);
    }
}

/* [P-23] */
static void a_hash_array_is_written_as_the_page_says(void **state)
{
    static const uint8_t golden[] = {1, 0, 0, 0, 0, 3, 0, 0, 2, 0x38, 7, 0, 0, 0, 0, 0, 0, 0, 0};
    stm_label_pair pair = {0x38d394c2, 7};
    size_t size;
    uint8_t *bytes = hashes_of(&pair, 1, &size);
    (void)state;
    assert_int_equal(size, sizeof golden);
    assert_memory_equal(bytes, golden, size);
    free(bytes);
}

/* [P-23] */
static void a_damaged_hash_array_is_told_or_read_without_harm(void **state)
{
    prng random = {32};
    unsigned told = 0;
    (void)state;
    for (int round = 0; round < 5000; round++) {
        stm_label_pair pairs[100];
        uint32_t count = 1 + prng_below(&random, 100);
        stm_label_index index;
        size_t size;
        for (uint32_t i = 0; i < count; i++) {
            pairs[i].hash = (uint32_t)prng_next(&random);
            pairs[i].number = i;
        }
        uint8_t *bytes = hashes_of(pairs, count, &size);
        for (int i = 0; i < 2; i++) {
            bytes[prng_below(&random, (uint32_t)size)] ^= (uint8_t)prng_next(&random);
        }
        if (stm_label_hash_open((stemma_bytes){bytes, size}, &index) == STEMMA_OK) {
            for (int i = 0; i < 20; i++) {
                stm_label_hits hits;
                uint32_t number, seen = 0;
                if (stm_label_hash_find(&index, (uint32_t)prng_next(&random), &hits) != STEMMA_OK) {
                    assert_int_equal(stm_label_hash_check(&index), STEMMA_E_DAMAGED);
                    told++;
                    continue;
                }
                while (stm_label_hits_next(&hits, &number)) {
                    seen++;
                }
                assert_true(seen <= count);
            }
        } else {
            told++;
        }
        free(bytes);
    }
    assert_true(told > 0);
}

/* [P-23] */
static void pairs_out_of_order_are_not_written(void **state)
{
    static const stm_label_pair pairs[] = {{5, 2}, {5, 1}};
    uint8_t buffer[64];
    size_t size;
    (void)state;
    assert_int_equal(stm_label_hash_write(buffer, sizeof buffer, &size, pairs, 2), STEMMA_E_MISUSE);
    assert_int_equal(stm_label_hash_write(buffer, 11, &size, pairs, 1), STEMMA_E_NO_SPACE);
}

/* [P-23] */
static void the_hash_of_a_name_never_changes(void **state)
{
    (void)state;
    assert_int_equal(stm_label_hash(stemma_text_of("")), 0x38d394c2);
    assert_int_not_equal(stm_label_hash(stemma_text_of("ada lovelock")),
                         stm_label_hash(stemma_text_of("ada lovelick")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labels_read_back_by_number),
        cmocka_unit_test(an_arena_is_written_as_the_page_says),
        cmocka_unit_test(an_arena_cut_anywhere_is_refused),
        cmocka_unit_test(a_damaged_arena_gives_no_text_from_outside),
        cmocka_unit_test(an_arena_of_other_texts_than_were_measured_is_not_written),
        cmocka_unit_test(every_number_is_found_by_its_hash_and_few_others),
        cmocka_unit_test(a_hash_array_is_written_as_the_page_says),
        cmocka_unit_test(a_damaged_hash_array_is_told_or_read_without_harm),
        cmocka_unit_test(pairs_out_of_order_are_not_written),
        cmocka_unit_test(the_hash_of_a_name_never_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
