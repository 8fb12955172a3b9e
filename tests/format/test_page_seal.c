/* SPDX-License-Identifier: MIT */
/* Sealing gives the same bytes for the same contents, keeps them, and leaves nothing else behind.
 */
#include "digest.h"
#include "page_check.h"
#include "page_layout.h"
#include "page_seal.h"
#include "support/page_breakers.h"
#include "support/page_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <lmdb.h>

static page_file build(const page_file_options *options)
{
    return page_file_build(page_file_sample, PAGE_FILE_SAMPLE_COUNT, options);
}

static void seal(page_file *file)
{
    stemma_error error = {0};
    stemma_status status = stm_page_seal(file->data, file->size, &error);
    if (status != STEMMA_OK) {
        print_error("%s %s: %s\n", error.code, error.where, error.message);
    }
    assert_int_equal(status, STEMMA_OK);
}

static stemma_status check(const page_file *file, stm_page_report *report, stemma_error *error)
{
    stemma_bytes bytes = {file->data, file->size};
    size_t bitmap_size = stm_page_bitmap_size(file->size);
    uint8_t *bitmap = malloc(bitmap_size);
    assert_non_null(bitmap);
    stemma_status status = stm_page_check(bytes, bitmap, bitmap_size, report, error);
    free(bitmap);
    return status;
}

static void assert_sound(const page_file *file)
{
    stemma_error error = {0};
    stemma_status status = check(file, NULL, &error);
    if (status != STEMMA_OK) {
        print_error("%s %s: %s\n", error.code, error.where, error.message);
    }
    assert_int_equal(status, STEMMA_OK);
}

/* Every way of loading that should not show in the file. */
static const page_file_options loads[] = {
    {.batch = 0},
    {.batch = 1},
    {.batch = 100},
    {.batch = 777},
    {.batch = 0, .env_flags = MDB_WRITEMAP},
    {.batch = 100, .env_flags = MDB_WRITEMAP},
    {.batch = 33, .env_flags = MDB_WRITEMAP | MDB_NOMEMINIT},
    {.batch = 50, .map_size = (size_t)512 << 20},
    {.batch = 50, .churn = true},
    {.batch = 100, .retry = true},
    {.batch = 640, .retry = true, .env_flags = MDB_WRITEMAP},
    {.batch = 333, .churn = true, .env_flags = MDB_WRITEMAP},
};

/* [C-19] */
static void sealed_bytes_do_not_depend_on_how_they_were_loaded(void **state)
{
    (void)state;
    page_file first = build(&loads[0]);
    seal(&first);
    int raw_differences = 0;
    for (size_t i = 1; i < sizeof loads / sizeof loads[0]; i++) {
        page_file other = build(&loads[i]);
        assert_int_equal(other.size, first.size);
        raw_differences += memcmp(other.data, first.data, first.size) != 0;
        seal(&other);
        for (size_t at = 0; at < first.size; at++) {
            if (other.data[at] != first.data[at]) {
                fail_msg("load %zu differs at page %zu, byte %zu", i, at / STEMMA_PAGE_SIZE,
                         at % STEMMA_PAGE_SIZE);
            }
        }
        page_file_free(&other);
    }
    assert_true(raw_differences > 0); /* else the seal had nothing to do and this test no worth */
    page_file_free(&first);
}

static void sealing_a_sealed_file_changes_nothing(void **state)
{
    (void)state;
    page_file file = build(&loads[4]);
    stemma_bytes bytes = {file.data, file.size};
    stemma_error error = {0};
    assert_int_equal(stm_page_sealed(bytes, &error), STEMMA_E_DAMAGED);
    assert_string_equal(error.code, "PAGE_SLACK");
    seal(&file);
    assert_int_equal(stm_page_sealed(bytes, &error), STEMMA_OK);
    page_file once = page_file_copy(&file);
    seal(&file);
    assert_memory_equal(file.data, once.data, file.size);
    page_file_free(&once);
    page_file_free(&file);
}

static void sealing_keeps_every_record_as_lmdb_reads_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof loads / sizeof loads[0]; i++) {
        uint64_t before = 0;
        uint64_t after = 0;
        uint64_t entries = 0;
        page_file file = build(&loads[i]);
        assert_true(page_file_read_all(file.data, file.size, &before, &entries));
        assert_int_equal(entries, 3000 + 3000 + 24);
        seal(&file);
        assert_sound(&file);
        assert_true(page_file_read_all(file.data, file.size, &after, &entries));
        assert_int_equal(entries, 3000 + 3000 + 24);
        assert_true(before == after);
        page_file_free(&file);
    }
}

static void a_file_loaded_in_random_order_seals_to_a_sound_file(void **state)
{
    (void)state;
    const page_file_options options = {.batch = 100, .random_order = true};
    uint64_t sorted_contents = 0;
    uint64_t contents = 0;
    page_file sorted = build(&loads[0]);
    page_file file = build(&options);
    seal(&file);
    assert_sound(&file);
    assert_true(page_file_read_all(sorted.data, sorted.size, &sorted_contents, NULL));
    assert_true(page_file_read_all(file.data, file.size, &contents, NULL));
    assert_true(contents == sorted_contents);
    page_file_free(&file);
    page_file_free(&sorted);
}

static void a_file_without_tables_seals_to_a_sound_file(void **state)
{
    (void)state;
    stm_page_report report;
    page_file file = page_file_build(NULL, 0, &loads[0]);
    seal(&file);
    assert_int_equal(file.size, 2 * STEMMA_PAGE_SIZE);
    assert_int_equal(check(&file, &report, NULL), STEMMA_OK);
    assert_int_equal(report.table_count, 0);
    assert_true(page_file_read_all(file.data, file.size, NULL, NULL));
    page_file_free(&file);
}

static size_t count_secrets(const page_file *file)
{
    size_t count = 0;
    size_t length = sizeof PAGE_FILE_SECRET - 1;
    for (size_t at = 0; at + length <= file->size; at++) {
        count += file->data[at] == 'S' && memcmp(file->data + at, PAGE_FILE_SECRET, length) == 0;
    }
    return count;
}

/* [C-18] */
static void deleted_data_does_not_survive(void **state)
{
    (void)state;
    size_t before = 0;
    for (size_t i = 0; i < sizeof loads / sizeof loads[0]; i++) {
        page_file file = build(&loads[i]);
        before += count_secrets(&file);
        seal(&file);
        assert_int_equal(count_secrets(&file), 0);
        page_file_free(&file);
    }
    assert_true(before > 0);
}

/* Finds a leaf page with an odd-sized node and a gap; gives offsets of one slack byte of each. */
static void find_slack(const page_file *file, size_t *gap, size_t *pad, size_t *tail)
{
    *gap = *pad = *tail = 0;
    for (size_t page = 2; page < file->size / STEMMA_PAGE_SIZE; page++) {
        const uint8_t *at = file->data + page * STEMMA_PAGE_SIZE;
        unsigned kind = stm_page_get16(at + STM_PAGE_FLAGS);
        if (kind == STM_PAGE_IS_OVERFLOW) {
            page += stm_page_get32(at + STM_PAGE_OVERFLOW_RUN) - 1;
            continue;
        }
        const uint8_t *node = at + stm_page_get16(at + STM_PAGE_HEADER);
        unsigned key_size = stm_page_get16(node + STM_NODE_KEY_SIZE);
        unsigned flags = stm_page_get16(node + STM_NODE_FLAGS);
        unsigned value_size = stm_page_get32(node);
        if (kind == STM_PAGE_IS_LEAF && flags == STM_NODE_BIG) {
            size_t run = stm_page_get64(node + STM_NODE_HEADER + key_size);
            *tail = run * STEMMA_PAGE_SIZE + STM_PAGE_HEADER + value_size;
        } else if (kind == STM_PAGE_IS_LEAF && (key_size + value_size) % 2 != 0) {
            *pad = (page + 1) * STEMMA_PAGE_SIZE - 1;
        }
        if (stm_page_get16(at + STM_PAGE_LOWER) < stm_page_get16(at + STM_PAGE_UPPER)) {
            *gap = page * STEMMA_PAGE_SIZE + stm_page_get16(at + STM_PAGE_LOWER);
        }
    }
}

/* [C-18] */
static void a_foreign_byte_in_any_slack_is_found_and_zeroed(void **state)
{
    (void)state;
    page_file file = build(&loads[0]);
    seal(&file);
    size_t places[3];
    find_slack(&file, &places[0], &places[1], &places[2]);
    for (size_t i = 0; i < 3; i++) {
        stemma_error error = {0};
        stemma_bytes bytes = {file.data, file.size};
        assert_true(places[i] != 0 && file.data[places[i]] == 0);
        file.data[places[i]] = 0x5A;
        assert_int_equal(stm_page_sealed(bytes, &error), STEMMA_E_DAMAGED);
        assert_string_equal(error.code, "PAGE_SLACK");
        assert_int_equal(error.offset, places[i] / STEMMA_PAGE_SIZE * STEMMA_PAGE_SIZE);
        seal(&file);
        assert_int_equal(file.data[places[i]], 0);
        assert_int_equal(stm_page_sealed(bytes, &error), STEMMA_OK);
    }
    page_file_free(&file);
}

static void what_is_not_a_compact_copy_is_refused(void **state)
{
    (void)state;
    stemma_error error = {0};
    page_file file = build(&loads[0]);
    page_file copy = page_file_copy(&file);
    assert_int_equal(stm_page_seal(copy.data, copy.size - 1, &error), STEMMA_E_DAMAGED);
    assert_string_equal(error.code, "FILE_SIZE");
    assert_int_equal(stm_page_seal(copy.data, copy.size - STEMMA_PAGE_SIZE, &error),
                     STEMMA_E_DAMAGED);
    assert_string_equal(error.code, "META_LAST_PAGE");
    assert_int_equal(stm_page_seal(copy.data, 100, &error), STEMMA_E_NOT_STEMMA);
    stm_page_put64(copy.data + STEMMA_PAGE_SIZE + STM_META_FREE + STM_TABLE_ROOT, 5);
    assert_int_equal(stm_page_seal(copy.data, copy.size, &error), STEMMA_E_DAMAGED);
    assert_string_equal(error.code, "META_FREE_LIST");
    stm_page_put32(copy.data + STEMMA_PAGE_SIZE + STM_META_VERSION, 2);
    assert_int_equal(stm_page_seal(copy.data, copy.size, &error), STEMMA_E_UNSUPPORTED);
    assert_string_equal(error.code, "META_VERSION");
    assert_memory_equal(copy.data, file.data, STM_META_VERSION); /* a refusal wrote nothing */
    page_file_free(&copy);
    page_file_free(&file);
}

/* The bytes of a file are part of the format: if this changes, so did the container, or LMDB's way
   to split pages (0.9.24 to 0.9.33 do it alike). */
static void the_sealed_sample_has_the_bytes_it_always_had(void **state)
{
    (void)state;
    static const uint8_t expected[STM_SHA256_SIZE] = {
        0xe3, 0x31, 0xa4, 0x80, 0xa5, 0x77, 0x71, 0xde, 0x2a, 0xd5, 0x25,
        0x25, 0x31, 0x43, 0xac, 0x00, 0xb8, 0xe1, 0xbf, 0xde, 0x51, 0xa8,
        0xbe, 0x95, 0xc7, 0x64, 0x39, 0xf2, 0x2c, 0x3f, 0x97, 0x6d};
    uint8_t digest[STM_SHA256_SIZE];
    page_file file = build(&loads[0]);
    seal(&file);
    stemma_bytes bytes = {file.data, file.size};
    stm_sha256(digest, bytes);
    assert_memory_equal(digest, expected, sizeof expected);
    page_file_free(&file);
}

/* The seal trusts no byte either: what it cannot read as LMDB's pages it refuses. */
static void a_broken_file_is_refused_or_sealed_within_its_bounds(void **state)
{
    (void)state;
    static const struct {
        const char *broken;
        stm_page_problem problem;
    } expected[] = {
        {"magic of second", STM_BAD_META_MAGIC},
        {"version of second", STM_BAD_META_VERSION},
        {"page size of second", STM_BAD_META_PAGE_SIZE},
        {"overflow at maximum", STM_BAD_PAGE_RANGE},
        {"overflow_past_end", STM_BAD_PAGE_RANGE},
        {"overflow_is_tree", STM_BAD_OVERFLOW_HEADER},
        {"run of none", STM_BAD_OVERFLOW_RUN},
        {"run longer", STM_BAD_OVERFLOW_RUN},
        {"lower odd", STM_BAD_PAGE_BOUNDS},
        {"pointer past page", STM_BAD_NODE_BOUNDS},
        {"largest value inside", STM_BAD_NODE_BOUNDS},
        {"value over nodes above", STM_BAD_NODE_PACKING},
        {"dirty leaf", STM_BAD_PAGE_KIND},
    };
    page_file sealed = build(&loads[0]);
    seal(&sealed);
    size_t met = 0;
    for (size_t i = 0; i < page_breaker_count(); i++) {
        stemma_error error = {0};
        page_file file = page_file_copy(&sealed);
        page_broken broken = page_break(&file, i);
        page_file exact = page_file_copy(&file);
        stemma_status status = stm_page_seal(exact.data, exact.size, &error);
        for (size_t j = 0; j < sizeof expected / sizeof expected[0]; j++) {
            if (strcmp(expected[j].broken, broken.name) == 0) {
                const stm_page_problem_text *text = &stm_page_problem_texts[expected[j].problem];
                met++;
                if (strcmp(error.code, text->code) != 0) {
                    fail_msg("%s: expected %s, got %s", broken.name, text->code, error.code);
                }
                assert_int_equal(status, text->status);
            }
        }
        page_file_free(&exact);
        page_file_free(&file);
    }
    assert_int_equal(met, sizeof expected / sizeof expected[0]);
    page_file_free(&sealed);
}

/* [C-19] */
static void the_order_in_which_tables_were_made_does_not_show(void **state)
{
    (void)state;
    page_file_table reversed[PAGE_FILE_SAMPLE_COUNT];
    for (size_t i = 0; i < PAGE_FILE_SAMPLE_COUNT; i++) {
        reversed[i] = page_file_sample[PAGE_FILE_SAMPLE_COUNT - 1 - i];
    }
    page_file forward = build(&loads[2]);
    page_file backward = page_file_build(reversed, PAGE_FILE_SAMPLE_COUNT, &loads[3]);
    assert_int_equal(forward.size, backward.size);
    seal(&forward);
    seal(&backward);
    assert_memory_equal(forward.data, backward.data, forward.size);
    page_file_free(&backward);
    page_file_free(&forward);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sealed_bytes_do_not_depend_on_how_they_were_loaded),
        cmocka_unit_test(sealing_a_sealed_file_changes_nothing),
        cmocka_unit_test(sealing_keeps_every_record_as_lmdb_reads_it),
        cmocka_unit_test(a_file_loaded_in_random_order_seals_to_a_sound_file),
        cmocka_unit_test(a_file_without_tables_seals_to_a_sound_file),
        cmocka_unit_test(deleted_data_does_not_survive),
        cmocka_unit_test(a_foreign_byte_in_any_slack_is_found_and_zeroed),
        cmocka_unit_test(what_is_not_a_compact_copy_is_refused),
        cmocka_unit_test(the_sealed_sample_has_the_bytes_it_always_had),
        cmocka_unit_test(a_broken_file_is_refused_or_sealed_within_its_bounds),
        cmocka_unit_test(the_order_in_which_tables_were_made_does_not_show),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
