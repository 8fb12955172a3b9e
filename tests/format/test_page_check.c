/* SPDX-License-Identifier: MIT */
/* The preflight accepts what LMDB writes, and names each rule that a file breaks. */
#include "page_check.h"
#include "page_layout.h"
#include "page_seal.h"
#include "support/mutate.h"
#include "support/page_breakers.h"
#include "support/page_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static page_file sample; /* sealed */

static stemma_status check(const uint8_t *data, size_t size, stm_page_report *report,
                           stemma_error *error)
{
    stemma_bytes bytes = {data, size};
    size_t bitmap_size = stm_page_bitmap_size(size);
    uint8_t *bitmap = malloc(bitmap_size);
    assert_non_null(bitmap);
    memset(bitmap, 0xFF, bitmap_size);
    stemma_status status = stm_page_check(bytes, bitmap, bitmap_size, report, error);
    free(bitmap);
    return status;
}

/* [C-1] [C-2] [C-3] [C-5] [C-6] [C-7] [C-8] [C-9] [C-10] [C-11] [C-12] [C-13] [C-14] [C-15] [C-16]
 * [C-17] */
static void each_broken_rule_gives_its_code(void **state)
{
    (void)state;
    unsigned wrong = 0;
    for (size_t i = 0; i < page_breaker_count(); i++) {
        stemma_error error = {0};
        page_file file = page_file_copy(&sample);
        page_broken broken = page_break(&file, i);
        /* Exactly the bytes of the file, so that a sanitizer sees a read past its end. */
        page_file exact = page_file_copy(&file);
        stemma_status status = check(exact.data, exact.size, NULL, &error);
        const stm_page_problem_text *expected = &stm_page_problem_texts[broken.problem];
        if (strcmp(error.code, expected->code) != 0 || status != expected->status ||
            error.status != status || strcmp(error.message, expected->meaning) != 0) {
            print_error("%s: expected %s, got %s at %s\n", broken.name, expected->code, error.code,
                        error.where);
            wrong++;
        }
        page_file_free(&exact);
        page_file_free(&file);
    }
    assert_int_equal(wrong, 0);
}

/* Counts and verdict are those of the check by one thread, however many share the work. */
static void shares_make_the_same_report(void **state)
{
    (void)state;
    stm_page_report whole;
    stemma_bytes file = {sample.data, sample.size};
    size_t size = stm_page_bitmap_size(sample.size);
    uint8_t *claimed = malloc(2 * size);
    assert_non_null(claimed);
    memset(&whole, 0, sizeof whole);
    assert_int_equal(check(sample.data, sample.size, &whole, NULL), STEMMA_OK);
    for (uint32_t parts = 2; parts <= 7; parts++) {
        stm_page_report report, other;
        assert_int_equal(stm_page_check_share(file, 0, parts, claimed, size, &report), STEMMA_OK);
        for (uint32_t part = 1; part < parts; part++) {
            assert_int_equal(stm_page_check_share(file, part, parts, claimed + size, size, &other),
                             STEMMA_OK);
            assert_true(stm_page_check_join(file, claimed, &report, claimed + size, &other));
        }
        assert_true(stm_page_check_whole(file, claimed, &report));
        assert_int_equal(report.table_count, whole.table_count);
        assert_memory_equal(report.tables, whole.tables,
                            whole.table_count * sizeof whole.tables[0]);
        assert_memory_equal(&report.main, &whole.main, sizeof whole.main);
        /* A share that is missing leaves pages that nobody claims; one twice claims them twice. */
        assert_int_equal(stm_page_check_share(file, 0, parts, claimed, size, &report), STEMMA_OK);
        assert_false(stm_page_check_whole(file, claimed, &report));
        assert_int_equal(stm_page_check_share(file, 1, parts, claimed, size, &report), STEMMA_OK);
        assert_int_equal(stm_page_check_share(file, 1, parts, claimed + size, size, &other),
                         STEMMA_OK);
        assert_false(stm_page_check_join(file, claimed, &report, claimed + size, &other));
    }
    free(claimed);
}

/* [C-7] Without a look at keys and overflow runs the same is counted, and what breaks counts or page numbers is still
   found. */
static void measuring_makes_the_same_report(void **state)
{
    (void)state;
    stm_page_report whole, measured;
    stemma_error error = {0};
    size_t size = stm_page_bitmap_size(sample.size);
    uint8_t *claimed = malloc(size);
    assert_non_null(claimed);
    memset(&whole, 0, sizeof whole);
    memset(&measured, 0, sizeof measured);
    assert_int_equal(check(sample.data, sample.size, &whole, NULL), STEMMA_OK);
    assert_int_equal(stm_page_measure((stemma_bytes){sample.data, sample.size}, claimed, size,
                                      &measured, NULL),
                     STEMMA_OK);
    assert_memory_equal(&measured, &whole, sizeof whole);
    for (uint32_t parts = 2; parts <= 5; parts++) {
        stm_page_report report, other;
        stemma_bytes file = {sample.data, sample.size};
        uint8_t *second = malloc(size);
        assert_non_null(second);
        assert_int_equal(stm_page_measure_share(file, 0, parts, claimed, size, &report), STEMMA_OK);
        for (uint32_t part = 1; part < parts; part++) {
            assert_int_equal(stm_page_measure_share(file, part, parts, second, size, &other),
                             STEMMA_OK);
            assert_true(stm_page_check_join(file, claimed, &report, second, &other));
        }
        assert_true(stm_page_measure_whole(file, claimed, &report));
        assert_memory_equal(report.tables, whole.tables,
                            whole.table_count * sizeof whole.tables[0]);
        free(second);
    }
    for (size_t i = 0; i < page_breaker_count(); i++) { /* whatever is wrong, no read leaves the file */
        page_file file = page_file_copy(&sample);
        page_broken broken = page_break(&file, i);
        page_file exact = page_file_copy(&file);
        uint8_t *bits = malloc(stm_page_bitmap_size(exact.size));
        assert_non_null(bits);
        stemma_status status = stm_page_measure((stemma_bytes){exact.data, exact.size}, bits,
                                                stm_page_bitmap_size(exact.size), NULL, &error);
        if (broken.problem == STM_BAD_TABLE_COUNTERS || broken.problem == STM_BAD_PAGE_NUMBER) {
            assert_int_equal(status, STEMMA_E_DAMAGED);
            assert_string_equal(error.code, stm_page_problem_texts[broken.problem].code);
        }
        free(bits);
        page_file_free(&exact);
        page_file_free(&file);
    }
    free(claimed);
}

/* Found where they can be made: more tables than fit, in their own test; slack, by the seal's. */
static bool tested_elsewhere(unsigned problem)
{
    return problem == STM_BAD_TABLE_LIMIT || problem == STM_BAD_PAGE_SLACK;
}

static void every_problem_has_a_breaker_a_code_and_a_sentence(void **state)
{
    (void)state;
    bool broken[STM_PAGE_PROBLEM_COUNT] = {false};
    for (size_t i = 0; i < page_breaker_count(); i++) {
        page_file file = page_file_copy(&sample);
        broken[page_break(&file, i).problem] = true;
        page_file_free(&file);
    }
    for (unsigned problem = 1; problem < STM_PAGE_PROBLEM_COUNT; problem++) {
        const stm_page_problem_text *text = &stm_page_problem_texts[problem];
        if (!broken[problem] && !tested_elsewhere(problem)) {
            fail_msg("nothing breaks %s", text->code);
        }
        assert_true(strlen(text->code) < sizeof((stemma_error *)0)->code);
        assert_true(strlen(text->meaning) < sizeof((stemma_error *)0)->message);
        assert_true(text->meaning[0] >= 'A' && text->meaning[0] <= 'Z');
        assert_true(text->meaning[strlen(text->meaning) - 1] != '.');
        assert_true(text->status < 0);
    }
}

static void a_problem_says_where_it_is(void **state)
{
    (void)state;
    bool met = false;
    for (size_t i = 0; i < page_breaker_count(); i++) {
        stemma_error error = {0};
        page_file file = page_file_copy(&sample);
        if (strcmp(page_break(&file, i).name, "key falls") == 0) {
            char expected[80];
            met = true;
            assert_int_equal(check(file.data, file.size, NULL, &error), STEMMA_E_DAMAGED);
            snprintf(expected, sizeof expected, "table person, page %llu, node 4",
                     (unsigned long long)error.offset / STEMMA_PAGE_SIZE);
            assert_string_equal(error.where, expected);
            assert_true(error.offset % STEMMA_PAGE_SIZE == 0);
            /* That page is a leaf; its node 4 begins with the key that was made zero. */
            const uint8_t *page = file.data + error.offset;
            const uint8_t *node = page + stm_page_get16(page + STM_PAGE_HEADER + 8);
            assert_int_equal(stm_page_get32(node + STM_NODE_HEADER), 0);
        }
        page_file_free(&file);
    }
    assert_true(met);
    /* A null error is allowed. */
    assert_int_equal(check((const uint8_t *)"", 0, NULL, NULL), STEMMA_E_NOT_STEMMA);
}

/* Of few leaf pages what all of them hold is estimated; all else is told as it is. */
static void an_estimate_is_near_what_is_counted(void **state)
{
    (void)state;
    stm_page_report whole, guessed;
    stemma_bytes file = {sample.data, sample.size};
    size_t size = stm_page_bitmap_size(sample.size);
    uint8_t *claimed = malloc(size);
    assert_non_null(claimed);
    assert_int_equal(check(sample.data, sample.size, &whole, NULL), STEMMA_OK);
    for (uint64_t leaves = 1; leaves <= 4096; leaves *= 4) {
        bool other = false;
        assert_int_equal(stm_page_estimate(file, leaves, claimed, size, &guessed, NULL), STEMMA_OK);
        assert_int_equal(guessed.table_count, whole.table_count);
        for (uint32_t i = 0; i < whole.table_count; i++) {
            const stm_page_table *table = &whole.tables[i], *guess = &guessed.tables[i];
            assert_string_equal(guess->name, table->name);
            assert_int_equal(guess->depth, table->depth);
            assert_int_equal(guess->entries, table->entries);
            assert_int_equal(guess->branch_pages, table->branch_pages);
            assert_int_equal(guess->leaf_pages, table->leaf_pages);
            assert_int_equal(guess->overflow_pages, table->overflow_pages);
            uint64_t far = table->bytes_used / (leaves < 16 ? 2 : 8); /* of one page little follows */
            assert_true(guess->bytes_used <= table->bytes_used + far);
            assert_true(guess->bytes_used >= table->bytes_used - far);
            if (table->leaf_pages <= leaves) {
                assert_int_equal(guess->bytes_used, table->bytes_used);
            }
            other = other || guess->bytes_used != table->bytes_used;
        }
        assert_true(other || leaves > 1); /* or all were looked at */
    }
    free(claimed);
}

/* What is broken may pass, but is never read beyond; a table's counts that cannot be do not pass. */
static void an_estimate_of_a_broken_file_stays_inside(void **state)
{
    (void)state;
    for (size_t i = 0; i < page_breaker_count(); i++) {
        page_file file = page_file_copy(&sample);
        stm_page_report report;
        (void)page_break(&file, i);
        uint8_t *claimed = malloc(stm_page_bitmap_size(file.size));
        assert_non_null(claimed);
        for (uint64_t leaves = 1; leaves <= 16; leaves *= 4) {
            stemma_status status =
                stm_page_estimate((stemma_bytes){file.data, file.size}, leaves, claimed,
                                  stm_page_bitmap_size(file.size), &report, NULL);
            assert_true(status <= STEMMA_OK);
        }
        free(claimed);
        page_file_free(&file);
    }
}

static void the_report_agrees_with_what_was_loaded(void **state)
{
    (void)state;
    static const char *const names[] = {"name", "person", "text", "vacant"};
    static const uint64_t entries[] = {3000, 3000, 24, 0};
    stm_page_report report;
    uint64_t pages = STM_META_PAGES;
    assert_int_equal(check(sample.data, sample.size, &report, NULL), STEMMA_OK);
    assert_int_equal(report.pages, sample.size / STEMMA_PAGE_SIZE);
    assert_string_equal(report.main.name, "main");
    assert_int_equal(report.main.entries, 4);
    assert_int_equal(report.table_count, 4);
    pages += report.main.branch_pages + report.main.leaf_pages;
    for (unsigned i = 0; i < 4; i++) {
        const stm_page_table *table = &report.tables[i];
        uint64_t own = table->branch_pages + table->leaf_pages + table->overflow_pages;
        assert_string_equal(table->name, names[i]);
        assert_int_equal(table->entries, entries[i]);
        assert_true(table->bytes_used <= own * STEMMA_PAGE_SIZE);
        assert_true(table->bytes_used > own * STEMMA_PAGE_SIZE * 3 / 5 || own == 0);
        pages += own;
    }
    assert_int_equal(pages, report.pages);
    assert_int_equal(report.tables[0].depth, 3);
    assert_true(report.tables[2].overflow_pages > 0);
    assert_int_equal(report.tables[3].depth, 0);
}

/* [C-8] */
static void sixty_four_tables_are_accepted_and_more_refused(void **state)
{
    (void)state;
    char names[STM_PAGE_TABLES + 1][STM_PAGE_TABLE_NAME + 1];
    page_file_table tables[STM_PAGE_TABLES + 1];
    const page_file_options options = {.batch = 0};
    for (unsigned i = 0; i <= STM_PAGE_TABLES; i++) {
        /* Names as long as they may be. */
        snprintf(names[i], sizeof names[i], "%032u", i);
        tables[i] = (page_file_table){names[i], 1, page_file_sample[1].record};
    }
    stemma_error error = {0};
    stm_page_report report;
    page_file most = page_file_build_sealed(tables, STM_PAGE_TABLES, &options);
    assert_int_equal(check(most.data, most.size, &report, &error), STEMMA_OK);
    assert_int_equal(report.table_count, STM_PAGE_TABLES);
    assert_string_equal(report.tables[63].name, "00000000000000000000000000000063");
    page_file_free(&most);

    page_file more = page_file_build(tables, STM_PAGE_TABLES + 1, &options);
    assert_int_equal(stm_page_seal(more.data, more.size, &error), STEMMA_OK);
    assert_int_equal(check(more.data, more.size, &report, &error), STEMMA_E_DAMAGED);
    assert_string_equal(error.code, "TABLE_LIMIT");
    page_file_free(&more);
}

static void a_bitmap_that_is_too_small_is_refused(void **state)
{
    (void)state;
    uint8_t bitmap[1024];
    stemma_error error = {0};
    stemma_bytes bytes = {sample.data, sample.size};
    size_t needed = stm_page_bitmap_size(sample.size);
    assert_true(needed <= sizeof bitmap);
    assert_int_equal(stm_page_check(bytes, bitmap, needed - 1, NULL, &error), STEMMA_E_NO_SPACE);
    assert_int_equal(error.status, STEMMA_E_NO_SPACE);
    assert_int_equal(stm_page_check(bytes, bitmap, needed, NULL, &error), STEMMA_OK);
}

#define WILD_KEYS    4000u
#define WILD_KEY_MAX 19u

static struct {
    uint8_t size;
    uint8_t bytes[WILD_KEY_MAX];
} wild_keys[WILD_KEYS];

static int compare_wild(const void *a, const void *b)
{
    const uint8_t *left = a;
    const uint8_t *right = b;
    size_t common = left[0] < right[0] ? left[0] : right[0];
    int order = memcmp(left + 1, right + 1, common);
    return order != 0 ? order : left[0] - right[0];
}

static void wild_record(uint32_t number, uint8_t key[511], size_t *key_size,
                        uint8_t value[PAGE_FILE_VALUE_MAX], size_t *value_size)
{
    *key_size = wild_keys[number].size;
    memcpy(key, wild_keys[number].bytes, *key_size);
    memset(value, 0x7E, 3);
    *value_size = 3;
}

/* Different keys of few different bytes, zero among them, so that many begin alike and many begin
   others. Gives how many there are. */
static uint32_t make_wild_keys(void)
{
    static const uint8_t alphabet[] = {0x00, 0x00, 0x01, 0x7F, 0x80, 0xFF};
    mutate_random random = {20};
    memset(wild_keys, 0, sizeof wild_keys);
    for (uint32_t i = 0; i < WILD_KEYS; i++) {
        wild_keys[i].size = (uint8_t)(1 + mutate_below(&random, WILD_KEY_MAX));
        unsigned same = mutate_below(&random, 2) == 0 ? 0 : 7 + (unsigned)mutate_below(&random, 4);
        for (unsigned at = 0; at < wild_keys[i].size; at++) {
            uint64_t choice = mutate_below(&random, sizeof alphabet);
            wild_keys[i].bytes[at] = at < same ? 0x01 : alphabet[choice];
        }
    }
    qsort(wild_keys, WILD_KEYS, sizeof wild_keys[0], compare_wild);
    uint32_t kept = 1;
    for (uint32_t i = 1; i < WILD_KEYS; i++) {
        if (compare_wild(&wild_keys[kept - 1], &wild_keys[i]) != 0) {
            wild_keys[kept++] = wild_keys[i];
        }
    }
    return kept;
}

/* [C-12] */
static void keys_of_any_bytes_are_ordered_as_memcmp_orders_them(void **state)
{
    (void)state;
    const page_file_table table = {"wild", make_wild_keys(), wild_record};
    page_file file = page_file_build_sealed(&table, 1, &(page_file_options){0});
    unsigned swaps = 0;
    for (size_t number = STM_META_PAGES; number < file.size / STEMMA_PAGE_SIZE; number++) {
        uint8_t *page = file.data + number * STEMMA_PAGE_SIZE;
        unsigned nodes = (stm_page_get16(page + STM_PAGE_LOWER) - STM_PAGE_HEADER) / 2;
        bool leaf = stm_page_get16(page + STM_PAGE_FLAGS) == STM_PAGE_IS_LEAF;
        for (unsigned node = leaf ? 0 : 1; node + 1 < nodes; node++) {
            uint8_t *a = page + stm_page_get16(page + STM_PAGE_HEADER + 2 * node);
            uint8_t *b = page + stm_page_get16(page + STM_PAGE_HEADER + 2 * node + 2);
            uint16_t size = stm_page_get16(a + STM_NODE_KEY_SIZE);
            stemma_error error = {0};
            uint8_t kept[WILD_KEY_MAX];
            if (stm_page_get16(b + STM_NODE_KEY_SIZE) != size || size > WILD_KEY_MAX) {
                continue;
            }
            /* Neighbours of one size change places; then everything is put back. */
            memcpy(kept, a + STM_NODE_HEADER, size);
            memcpy(a + STM_NODE_HEADER, b + STM_NODE_HEADER, size);
            memcpy(b + STM_NODE_HEADER, kept, size);
            assert_int_equal(check(file.data, file.size, NULL, &error), STEMMA_E_DAMAGED);
            assert_true(strcmp(error.code, "NODE_ORDER") == 0 ||
                        strcmp(error.code, "NODE_SEPARATOR") == 0);
            memcpy(b + STM_NODE_HEADER, a + STM_NODE_HEADER, size);
            memcpy(a + STM_NODE_HEADER, kept, size);
            swaps++;
        }
    }
    assert_int_equal(check(file.data, file.size, NULL, NULL), STEMMA_OK);
    assert_true(swaps > 100);
    page_file_free(&file);
}

/* The cut may fall anywhere: no prefix of a file is accepted, nor read beyond. */
/* [C-1] */
static void no_prefix_of_a_file_is_accepted(void **state)
{
    (void)state;
    for (size_t size = 0; size < sample.size; size += size < 9000 ? 1 : 1021) {
        uint8_t *exact = malloc(size != 0 ? size : 1);
        assert_non_null(exact);
        memcpy(exact, sample.data, size);
        assert_true(check(exact, size, NULL, NULL) < 0);
        free(exact);
    }
}

static int set_up(void **state)
{
    (void)state;
    const page_file_options options = {.batch = 500};
    sample = page_file_build_sealed(page_file_sample, PAGE_FILE_SAMPLE_COUNT, &options);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    page_file_free(&sample);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_make_the_same_report),
        cmocka_unit_test(measuring_makes_the_same_report),
        cmocka_unit_test(each_broken_rule_gives_its_code),
        cmocka_unit_test(every_problem_has_a_breaker_a_code_and_a_sentence),
        cmocka_unit_test(a_problem_says_where_it_is),
        cmocka_unit_test(an_estimate_is_near_what_is_counted),
        cmocka_unit_test(an_estimate_of_a_broken_file_stays_inside),
        cmocka_unit_test(the_report_agrees_with_what_was_loaded),
        cmocka_unit_test(sixty_four_tables_are_accepted_and_more_refused),
        cmocka_unit_test(a_bitmap_that_is_too_small_is_refused),
        cmocka_unit_test(keys_of_any_bytes_are_ordered_as_memcmp_orders_them),
        cmocka_unit_test(no_prefix_of_a_file_is_accepted),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
