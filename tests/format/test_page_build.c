/* SPDX-License-Identifier: MIT */
/* Pages that are made at once hold what LMDB makes of the same records, and LMDB reads them. */
#include "page_build.h"
#include "page_check.h"
#include "page_layout.h"
#include "page_seal.h"
#include "support/page_building.h"
#include "support/page_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static stemma_bytes text_bytes(const char *text)
{
    return (stemma_bytes){(const uint8_t *)text, strlen(text)};
}

static stemma_status add_text(page_building *b, const char *key, const char *value)
{
    return stm_page_build_add(&b->builder, text_bytes(key), text_bytes(value));
}

/* Fails with what the check says of a file. */
static void look(const uint8_t *data, size_t size, stm_page_report *report)
{
    stemma_bytes bytes = {data, size};
    size_t bitmap_size = stm_page_bitmap_size(size);
    uint8_t *bitmap = malloc(bitmap_size);
    stemma_error error = {0};
    assert_non_null(bitmap);
    if (stm_page_check(bytes, bitmap, bitmap_size, report, &error) != STEMMA_OK) {
        fail_msg("%s %s: %s", error.code, error.where, error.message);
    }
    if (stm_page_sealed(bytes, &error) != STEMMA_OK) {
        fail_msg("%s %s: %s", error.code, error.where, error.message);
    }
    free(bitmap);
}

/* ---- Beside LMDB ----------------------------------------------------------------------------- */

static void fill(page_building *b, const page_file_table *tables, size_t count)
{
    static uint8_t key[511];
    static uint8_t value[PAGE_FILE_VALUE_MAX];
    for (size_t t = 0; t < count; t++) {
        assert_int_equal(stm_page_build_table(&b->builder, tables[t].name, NULL), STEMMA_OK);
        for (uint32_t i = 0; i < tables[t].entries; i++) {
            stemma_bytes k = {key, 0};
            stemma_bytes v = {value, 0};
            tables[t].record(i, key, &k.size, value, &v.size);
            assert_int_equal(stm_page_build_add(&b->builder, k, v), STEMMA_OK);
        }
    }
}

static void same_table(const stm_page_table *ours, const stm_page_table *theirs)
{
    assert_string_equal(ours->name, theirs->name);
    assert_true(ours->entries == theirs->entries);
    assert_true(ours->leaf_pages == theirs->leaf_pages);
    assert_true(ours->overflow_pages == theirs->overflow_pages);
    assert_true(ours->branch_pages <= theirs->branch_pages); /* LMDB leaves them half full */
    assert_true(ours->depth <= theirs->depth);
}

/* The same records, in both files, by the same reader. */
static void compare(const page_file_table *tables, size_t count)
{
    const page_file_options options = {0};
    stm_page_report *ours = calloc(2, sizeof *ours);
    stm_page_report *theirs = ours + 1;
    page_building *b = page_building_begin(STM_PAGE_MAIN_ROOT + 1);
    uint64_t pages = 0, digests[2], entries[2];
    assert_non_null(ours);
    fill(b, tables, count);
    assert_int_equal(stm_page_build_end(&b->builder, &pages), STEMMA_OK);
    assert_true(pages * STEMMA_PAGE_SIZE == b->size);
    look(b->data, b->size, ours);
    page_file lmdb = page_file_build_sealed(tables, count, &options);
    look(lmdb.data, lmdb.size, theirs);
    assert_int_equal(ours->table_count, theirs->table_count);
    for (uint32_t i = 0; i < ours->table_count; i++) {
        same_table(&ours->tables[i], &theirs->tables[i]);
    }
    assert_true(b->size <= lmdb.size);
    assert_true(page_file_read_all(b->data, b->size, &digests[0], &entries[0]));
    assert_true(page_file_read_all(lmdb.data, lmdb.size, &digests[1], &entries[1]));
    assert_true(digests[0] == digests[1]);
    assert_true(entries[0] == entries[1]);
    page_file_free(&lmdb);
    page_building_drop(b);
    free(ours);
}

static void put_number(uint8_t *at, uint32_t number)
{
    for (int i = 0; i < 4; i++) {
        at[i] = (uint8_t)(number >> (24 - 8 * i));
    }
}

static uint32_t mix(uint32_t number)
{
    number = (number ^ 61) ^ number >> 16;
    number *= 9;
    number ^= number >> 4;
    number *= UINT32_C(0x27D4EB2D);
    return number ^ number >> 15;
}

static void fill_value(uint32_t number, uint8_t *value, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        value[i] = (uint8_t)(1 + mix(number + (uint32_t)i) % 255);
    }
}

static void short_row(uint32_t number, uint8_t *key, size_t *key_size, uint8_t *value, size_t *size)
{
    put_number(key, number * 3);
    *key_size = 4;
    *size = mix(number) % 40;
    fill_value(number, value, *size);
}

/* Sizes of all kinds, those around the bound of a leaf above all. */
static void any_row(uint32_t number, uint8_t *key, size_t *key_size, uint8_t *value, size_t *size)
{
    uint32_t draw = mix(number ^ UINT32_C(0x5EED));
    put_number(key, number);
    *key_size = 4 + draw % 508;
    memset(key + 4, 'k', *key_size - 4);
    switch (draw >> 16 & 3) {
    case 0:
        *size = draw % 64;
        break;
    case 1:
        *size = 2030 - *key_size + (draw >> 20) % 3;
        break;
    case 2:
        *size = 4096 * (1 + (draw >> 20) % 3) - 18 + (draw >> 24) % 5;
        break;
    default:
        *size = draw % 30000;
    }
    fill_value(draw, value, *size);
}

/* One record a page, keys that can hardly be told apart: branch pages of eight nodes. */
static void long_key(uint32_t number, uint8_t *key, size_t *key_size, uint8_t *value, size_t *size)
{
    memset(key, 'p', 511);
    put_number(key + 507, number);
    *key_size = 511;
    *size = 1519;
    fill_value(number, value, *size);
}

static void one_byte(uint32_t number, uint8_t *key, size_t *key_size, uint8_t *value, size_t *size)
{
    key[0] = (uint8_t)number;
    *key_size = 1;
    *size = number % 3 == 0 ? 0 : 2029 + number % 2;
    fill_value(number, value, *size);
}

/* Each key begins the next: a separator cannot be shorter. */
static void growing(uint32_t number, uint8_t *key, size_t *key_size, uint8_t *value, size_t *size)
{
    *key_size = number + 1;
    memset(key, 'g', *key_size);
    *size = 700;
    fill_value(number, value, *size);
}

static void tables_are_those_of_lmdb(void **state)
{
    (void)state;
    const page_file_table tables[] = {
        {"short", 30000, short_row}, {"any", 1500, any_row},       {"long", 700, long_key},
        {"byte", 256, one_byte},     {"growing", 511, growing},    {"none", 0, short_row},
        {"one", 1, any_row},         {"two", 2, one_byte},         {"pair", 2, long_key},
    };
    compare(tables, sizeof tables / sizeof tables[0]);
    compare(page_file_sample, PAGE_FILE_SAMPLE_COUNT);
}

/* [C-10]: the last branch page of a level has two nodes at least, whatever is left for it. */
static void every_number_of_leaves_makes_a_tree(void **state)
{
    (void)state;
    uint32_t depths = 0;
    for (uint32_t entries = 0; entries < 620; entries += entries < 150 ? 1 : 7) {
        const page_file_table tables[] = {{"long", entries, long_key}};
        stm_page_report *report = calloc(1, sizeof *report);
        page_building *b = page_building_begin(STM_PAGE_MAIN_ROOT + 1);
        uint64_t pages = 0, found = 0;
        assert_non_null(report);
        fill(b, tables, 1);
        assert_int_equal(stm_page_build_end(&b->builder, &pages), STEMMA_OK);
        look(b->data, b->size, report);
        assert_true(page_file_read_all(b->data, b->size, NULL, &found));
        assert_true(found == entries && report->tables[0].entries == entries);
        depths |= 1u << report->tables[0].depth;
        page_building_drop(b);
        free(report);
    }
    assert_int_equal(depths, 1 | 2 | 4 | 8 | 16); /* none to four levels */
}

/* Tables that fill a main table of more than one page. */
static void there_may_be_64_tables(void **state)
{
    (void)state;
    page_building *b = page_building_begin(STM_PAGE_MAIN_ROOT + 1);
    stm_page_report *report = calloc(1, sizeof *report);
    uint64_t pages = 0;
    assert_non_null(report);
    for (unsigned i = 0; i < STM_PAGE_TABLES; i++) {
        char name[STM_PAGE_TABLE_NAME + 1];
        snprintf(name, sizeof name, "%02u_table_with_a_name_of_32_bytes", i * 37 % 64);
        assert_int_equal(strlen(name), STM_PAGE_TABLE_NAME);
        assert_int_equal(stm_page_build_table(&b->builder, name, NULL), STEMMA_OK);
        if (i % 2 == 0) {
            assert_int_equal(add_text(b, "key", name), STEMMA_OK);
        }
    }
    assert_int_equal(stm_page_build_end(&b->builder, &pages), STEMMA_OK);
    look(b->data, b->size, report);
    assert_int_equal(report->table_count, STM_PAGE_TABLES);
    assert_int_equal(report->main.depth, 2);
    assert_true(page_file_read_all(b->data, b->size, NULL, NULL));
    free(report);
    page_building_drop(b);

    b = page_building_begin(STM_PAGE_MAIN_ROOT + 1);
    for (unsigned i = 0; i <= STM_PAGE_TABLES; i++) {
        char name[8];
        snprintf(name, sizeof name, "t%u", i);
        assert_int_equal(stm_page_build_table(&b->builder, name, NULL),
                         i < STM_PAGE_TABLES ? STEMMA_OK : STEMMA_E_LIMIT);
    }
    page_building_drop(b);
}

/* ---- The front ------------------------------------------------------------------------------- */

static uint64_t root_of(const page_building *b, const char *name)
{
    const uint8_t *page = b->data + STM_PAGE_MAIN_ROOT * STEMMA_PAGE_SIZE;
    unsigned nodes = (stm_page_get16(page + STM_PAGE_LOWER) - STM_PAGE_HEADER) / 2;
    for (unsigned i = 0; i < nodes; i++) {
        const uint8_t *node = page + stm_page_get16(page + STM_PAGE_HEADER + 2 * i);
        size_t size = stm_page_get16(node + STM_NODE_KEY_SIZE);
        if (size == strlen(name) && memcmp(node + STM_NODE_HEADER, name, size) == 0) {
            return stm_page_get64(node + STM_NODE_HEADER + size + STM_TABLE_ROOT);
        }
    }
    return 0;
}

/* [C-19] */
static void the_front_has_the_pages_that_are_kept_in_it(void **state)
{
    (void)state;
    const page_file_table long_table = {"long", 20, long_key};
    page_building *b = page_building_begin(8);
    stm_page_report *report = calloc(1, sizeof *report);
    uint64_t pages = 0;
    uint8_t key[511], value[PAGE_FILE_VALUE_MAX];
    assert_non_null(report);
    const stm_page_front one = {.root = 6};
    const stm_page_front more = {.root = 4, .first_leaf = 5, .leaves = 1};
    const stm_page_front two = {.root = 7};
    const stm_page_front last = {.root = 3};
    assert_int_equal(stm_page_build_table(&b->builder, "one", &one), STEMMA_OK);
    assert_int_equal(add_text(b, "a", "first"), STEMMA_OK);
    assert_int_equal(stm_page_build_table(&b->builder, "long", &more), STEMMA_OK);
    for (uint32_t i = 0; i < long_table.entries; i++) {
        stemma_bytes k = {key, 0}, v = {value, 0};
        long_key(i, key, &k.size, value, &v.size);
        assert_int_equal(stm_page_build_add(&b->builder, k, v), STEMMA_OK);
    }
    assert_int_equal(stm_page_build_table(&b->builder, "two", &two), STEMMA_OK);
    assert_int_equal(add_text(b, "b", "second"), STEMMA_OK);
    assert_int_equal(stm_page_build_table(&b->builder, "anywhere", NULL), STEMMA_OK);
    assert_int_equal(add_text(b, "c", "third"), STEMMA_OK);
    assert_int_equal(stm_page_build_table(&b->builder, "last", &last), STEMMA_OK);
    assert_int_equal(add_text(b, "d", "fourth"), STEMMA_OK);
    assert_int_equal(stm_page_build_end(&b->builder, &pages), STEMMA_OK);
    look(b->data, b->size, report);
    assert_true(root_of(b, "one") == 6 && root_of(b, "long") == 4 && root_of(b, "two") == 7);
    assert_true(root_of(b, "last") == 3 && root_of(b, "anywhere") == pages - 1);
    assert_int_equal(stm_page_get16(b->data + 5 * STEMMA_PAGE_SIZE + STM_PAGE_FLAGS),
                     STM_PAGE_IS_LEAF);
    assert_true(page_file_read_all(b->data, b->size, NULL, NULL));
    free(report);
    page_building_drop(b);
}

/* Ends a file of one table of `entries` long records in a front of 5 pages. */
static stemma_status end_with(const stm_page_front *front, uint32_t entries)
{
    page_building *b = page_building_begin(5);
    uint8_t key[511], value[PAGE_FILE_VALUE_MAX];
    uint64_t pages;
    stemma_status status = stm_page_build_table(&b->builder, "long", front);
    for (uint32_t i = 0; i < entries && status == STEMMA_OK; i++) {
        stemma_bytes k = {key, 0}, v = {value, 0};
        long_key(i, key, &k.size, value, &v.size);
        status = stm_page_build_add(&b->builder, k, v);
    }
    if (status == STEMMA_OK) {
        status = stm_page_build_end(&b->builder, &pages);
        assert_int_equal(add_text(b, "z", ""), STEMMA_E_MISUSE); /* it has ended */
    }
    page_building_drop(b);
    return status;
}

static void a_front_that_is_not_filled_is_refused(void **state)
{
    (void)state;
    const stm_page_front good = {.root = 3, .first_leaf = 4, .leaves = 1};
    const stm_page_front twice = {.root = 3, .first_leaf = 3, .leaves = 1};
    const stm_page_front behind = {.root = 3, .first_leaf = 5, .leaves = 1};
    const stm_page_front meta = {.root = 3, .first_leaf = 1, .leaves = 1};
    const stm_page_front main_root = {.root = 2, .first_leaf = 3, .leaves = 2};
    const stm_page_front no_root = {.root = 0, .first_leaf = 3, .leaves = 2};
    const stm_page_front root_alone = {.root = 3};
    assert_int_equal(end_with(&good, 20), STEMMA_OK);
    assert_int_equal(end_with(&good, 1), STEMMA_E_MISUSE); /* no leaf beside the root */
    assert_int_equal(end_with(&good, 0), STEMMA_E_MISUSE);
    assert_int_equal(end_with(&twice, 20), STEMMA_E_MISUSE);
    assert_int_equal(end_with(&behind, 20), STEMMA_E_MISUSE);
    assert_int_equal(end_with(&meta, 20), STEMMA_E_MISUSE);
    assert_int_equal(end_with(&main_root, 20), STEMMA_E_MISUSE);
    assert_int_equal(end_with(&no_root, 20), STEMMA_E_MISUSE);
    assert_int_equal(end_with(&root_alone, 20), STEMMA_E_MISUSE);
    assert_int_equal(end_with(NULL, 20), STEMMA_E_MISUSE);
}

/* ---- What is refused ------------------------------------------------------------------------- */

static stemma_status status_of(const char *first, const char *second)
{
    page_building *b = page_building_begin(STM_PAGE_MAIN_ROOT + 1);
    assert_int_equal(stm_page_build_table(&b->builder, "table", NULL), STEMMA_OK);
    assert_int_equal(add_text(b, first, "value"), STEMMA_OK);
    stemma_status status = add_text(b, second, "value");
    if (status != STEMMA_OK) {
        assert_int_equal(add_text(b, "zzz", "value"), status); /* it stays */
    }
    page_building_drop(b);
    return status;
}

static void keys_ascend(void **state)
{
    (void)state;
    assert_int_equal(status_of("b", "ba"), STEMMA_OK);
    assert_int_equal(status_of("b", "c"), STEMMA_OK);
    assert_int_equal(status_of("b", "b"), STEMMA_E_MISUSE);
    assert_int_equal(status_of("ba", "b"), STEMMA_E_MISUSE);
    assert_int_equal(status_of("b", "a"), STEMMA_E_MISUSE);
    assert_int_equal(status_of("b", "\xff"), STEMMA_OK);
    assert_int_equal(status_of("b", ""), STEMMA_E_LIMIT);
}

static void names_and_sizes_are_bounded(void **state)
{
    (void)state;
    static const uint8_t bytes[512];
    const char *const bad[] = {"", "Table", "t-1", "123456789012345678901234567890123", "there"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        page_building *b = page_building_begin(STM_PAGE_MAIN_ROOT + 1);
        assert_int_equal(stm_page_build_table(&b->builder, "there", NULL), STEMMA_OK);
        assert_int_equal(stm_page_build_table(&b->builder, bad[i], NULL), STEMMA_E_MISUSE);
        page_building_drop(b);
    }
    page_building *b = page_building_begin(STM_PAGE_MAIN_ROOT + 1);
    uint64_t pages;
    assert_int_equal(add_text(b, "key", "no table"), STEMMA_E_MISUSE);
    page_building_drop(b);
    b = page_building_begin(STM_PAGE_MAIN_ROOT + 1);
    assert_int_equal(stm_page_build_end(&b->builder, &pages), STEMMA_E_MISUSE); /* no table */
    page_building_drop(b);
    b = page_building_begin(STM_PAGE_MAIN_ROOT + 1);
    stemma_bytes key = {bytes, sizeof bytes};
    stemma_bytes value = {bytes, 0};
    assert_int_equal(stm_page_build_table(&b->builder, "there", NULL), STEMMA_OK);
    assert_int_equal(stm_page_build_add(&b->builder, key, value), STEMMA_E_LIMIT);
    page_building_drop(b);
    b = page_building_begin(STM_PAGE_MAIN_ROOT + 1);
    key.size = 1;
    value.size = (size_t)STEMMA_LIMIT_VALUE + 1; /* never looked at */
    assert_int_equal(stm_page_build_table(&b->builder, "there", NULL), STEMMA_OK);
    assert_int_equal(stm_page_build_add(&b->builder, key, value), STEMMA_E_LIMIT);
    page_building_drop(b);
    stm_page_builder *none = malloc(sizeof *none);
    assert_non_null(none);
    for (unsigned i = 0; i < 2; i++) { /* no front, and one that is too long */
        const stm_page_sink sink = {NULL, NULL, NULL};
        stm_page_build_begin(none, &sink, i == 0 ? STM_PAGE_MAIN_ROOT : STM_PAGE_FRONT_MAX + 1);
        assert_int_equal(stm_page_build_table(none, "there", NULL), STEMMA_E_MISUSE);
    }
    free(none);
}

/* Wherever the file takes no more, the building ends with what the file said. */
static void a_file_that_takes_no_more_ends_the_building(void **state)
{
    (void)state;
    const page_file_table tables[] = {{"any", 40, any_row}, {"long", 30, long_key}};
    page_building *whole = page_building_begin(STM_PAGE_MAIN_ROOT + 1);
    uint64_t pages;
    fill(whole, tables, 2);
    assert_int_equal(stm_page_build_end(&whole->builder, &pages), STEMMA_OK);
    for (size_t at = 3 * STEMMA_PAGE_SIZE; at < whole->size; at += 1000) {
        static uint8_t key[511];
        static uint8_t value[PAGE_FILE_VALUE_MAX];
        page_building *b = page_building_begin(STM_PAGE_MAIN_ROOT + 1);
        stemma_status status = STEMMA_OK;
        b->fail_at = at;
        for (size_t t = 0; t < 2 && status == STEMMA_OK; t++) {
            status = stm_page_build_table(&b->builder, tables[t].name, NULL);
            for (uint32_t i = 0; i < tables[t].entries && status == STEMMA_OK; i++) {
                stemma_bytes k = {key, 0}, v = {value, 0};
                tables[t].record(i, key, &k.size, value, &v.size);
                status = stm_page_build_add(&b->builder, k, v);
            }
        }
        assert_int_equal(status == STEMMA_OK ? stm_page_build_end(&b->builder, &pages) : status,
                         STEMMA_E_SYSTEM);
        assert_int_equal(stm_page_build_end(&b->builder, &pages), STEMMA_E_SYSTEM);
        page_building_drop(b);
    }
    page_building_drop(whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_are_those_of_lmdb),
        cmocka_unit_test(every_number_of_leaves_makes_a_tree),
        cmocka_unit_test(there_may_be_64_tables),
        cmocka_unit_test(the_front_has_the_pages_that_are_kept_in_it),
        cmocka_unit_test(a_front_that_is_not_filled_is_refused),
        cmocka_unit_test(keys_ascend),
        cmocka_unit_test(names_and_sizes_are_bounded),
        cmocka_unit_test(a_file_that_takes_no_more_ends_the_building),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
