/* SPDX-License-Identifier: MIT */
/* stemma_check_with(): the same problems in the same order for any number of threads; checks that
   are asked for and no others; and which table of a damaged file it is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "page_remains.h"
#include "stemma/check.h"
#include "support/built_file.h"
#include "support/rebuild.h"
#include "support/row_file.h"
#include "tables.h"

#define PAGE 4096u

/* More than one share of documents. */
#define DOCUMENTS 200u

/* Texts that are damaged, and how many numbers of threads are tried: fewer under a sanitizer. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define BROKEN 3u
#define JOBS_STEP 3u
#else
#define BROKEN 12u
#define JOBS_STEP 1u
#endif

typedef struct outcome {
    stemma_status status;
    stemma_check_summary summary;
    uint64_t told;
    uint64_t progress;
    char text[60000];
} outcome;

static built_file built;
static char changed[128];

static int note(void *context, const stemma_problem *problem)
{
    outcome *o = context;
    size_t used = strlen(o->text);
    o->told++;
    snprintf(o->text + used, sizeof o->text - used, "%s %s %s %s\n", problem->check, problem->code,
             problem->where, problem->message);
    return 0;
}

static void count_progress(void *context, const char *check, uint64_t done, uint64_t total)
{
    outcome *o = context;
    assert_non_null(check);
    assert_true(total == 0 || done <= total);
    o->progress++;
}

static void run(const char *path, const stemma_check_options *options, outcome *o)
{
    stemma_check_options with = *options;
    stemma_error error = {0};
    memset(o, 0, sizeof *o);
    with.progress = count_progress;
    with.progress_context = o;
    o->status = stemma_check_with(path, &with, note, o, &o->summary, &error);
}

static int begin(void **state)
{
    (void)state;
    built_file_make(&built, DOCUMENTS);
    snprintf(changed, sizeof changed, "%s.changed", built.path);
    return 0;
}

static int end(void **state)
{
    (void)state;
    unlink(changed);
    built_file_remove(&built);
    return 0;
}

static void flip(uint8_t *value, size_t *size, size_t capacity)
{
    (void)capacity;
    value[*size / 2] ^= 0x10;
}

/* Changes one byte of every record from `first` on of a table, in steps. */
static void damage_records(stm_table table, uint32_t first, uint32_t step, uint32_t count)
{
    char other[160];
    snprintf(other, sizeof other, "%s.other", changed);
    rebuild plan = {table, first, flip, 1};
    rebuild_file(built.path, changed, &plan);
    for (uint32_t i = 1; i < count; i++) {
        plan.record = first + i * step;
        rebuild_file(changed, other, &plan);
        assert_int_equal(rename(other, changed), 0);
    }
}

/* ---- Tests --------------------------------------------------------------------------------- */

static void threads_find_the_same_in_the_same_order(void **state)
{
    static outcome one, many;
    stemma_check_options options = STEMMA_CHECK_OPTIONS_INIT;
    (void)state;
    damage_records(STM_TABLE_TEXT, 3, 17, BROKEN);
    options.jobs = 1;
    run(changed, &options, &one);
    assert_true(one.told > BROKEN);
    assert_int_equal(one.told, one.summary.problems);
    for (unsigned jobs = 2; jobs <= 5; jobs += JOBS_STEP) {
        options.jobs = jobs;
        run(changed, &options, &many);
        assert_string_equal(one.text, many.text);
        assert_memory_equal(&one.summary, &many.summary, sizeof one.summary);
    }
    options.jobs = 4;
    run(built.path, &options, &many);
    assert_string_equal(many.text, "");
    assert_true(many.progress > 3);
    for (unsigned i = 0; i < STEMMA_CHECK_COUNT; i++) {
        assert_int_equal(many.summary.checks[i].state, STEMMA_CHECK_SOUND);
        assert_string_equal(many.summary.checks[i].why, "");
    }
    assert_int_equal(many.summary.checks[STEMMA_CHECK_DOCUMENTS].looked, DOCUMENTS);
    assert_true(many.summary.checks[STEMMA_CHECK_EVIDENCE].looked > DOCUMENTS);
}

static void rows_are_checked_by_threads_too(void **state)
{
    static outcome o;
    row_file rows;
    stemma_check_options options = STEMMA_CHECK_OPTIONS_INIT;
    (void)state;
    row_file_make(&rows, 200, 5);
    options.jobs = 3;
    run(rows.path, &options, &o);
    assert_string_equal(o.text, "");
    assert_true(o.summary.checks[STEMMA_CHECK_ROWS].looked >= 200);
    row_file_remove(&rows);
}

static void only_what_is_asked_for_is_checked(void **state)
{
    static outcome o;
    stemma_check_options options = STEMMA_CHECK_OPTIONS_INIT;
    (void)state;
    damage_records(STM_TABLE_TEXT, 3, 17, 2);
    options.checks = 1u << STEMMA_CHECK_PAGES | 1u << STEMMA_CHECK_RECORDS;
    run(changed, &options, &o);
    assert_string_equal(o.text, "");
    assert_int_equal(o.summary.checks[STEMMA_CHECK_PAGES].state, STEMMA_CHECK_SOUND);
    assert_int_equal(o.summary.checks[STEMMA_CHECK_DIGESTS].state, STEMMA_CHECK_UNASKED);
    assert_int_equal(o.summary.table_count, 0);
    options.checks = 1u << STEMMA_CHECK_DIGESTS;
    run(changed, &options, &o);
    assert_int_equal(o.summary.problems, 1);
    for (uint32_t i = 0; i < o.summary.table_count; i++) {
        assert_int_equal(o.summary.tables[i].state,
                         i == STM_TABLE_TEXT ? STEMMA_TABLE_DAMAGED : STEMMA_TABLE_WHOLE);
    }
    options.checks = 1u << STEMMA_CHECK_INDEX; /* stands on others */
    run(changed, &options, &o);
    assert_int_equal(o.summary.checks[STEMMA_CHECK_DOCUMENTS].state, STEMMA_CHECK_FAILED);
    assert_int_equal(o.summary.checks[STEMMA_CHECK_INDEX].state, STEMMA_CHECK_SKIPPED);
    assert_true(o.summary.checks[STEMMA_CHECK_INDEX].why[0] != '\0');
}

static void enough_problems_are_only_counted(void **state)
{
    static outcome all, few;
    stemma_check_options options = STEMMA_CHECK_OPTIONS_INIT;
    (void)state;
    damage_records(STM_TABLE_TEXT, 3, 17, BROKEN);
    run(changed, &options, &all);
    options.max_problems = 2;
    options.jobs = 2;
    run(changed, &options, &few);
    assert_true(few.told < all.told);
    assert_int_equal(few.summary.problems, all.summary.problems);
    assert_int_equal(few.summary.checks[STEMMA_CHECK_DOCUMENTS].problems,
                     all.summary.checks[STEMMA_CHECK_DOCUMENTS].problems);
    assert_true(strncmp(few.text, all.text, 20) == 0);
}

static void names_do_not_change(void **state)
{
    const char *const names[] = {"pages", "digests",  "records", "documents",
                                 "rows",  "evidence", "index"};
    (void)state;
    for (unsigned i = 0; i < STEMMA_CHECK_COUNT; i++) {
        assert_string_equal(stemma_check_name(i), names[i]);
        assert_true(strlen(stemma_check_meaning(i)) > 10);
    }
    assert_null(stemma_check_name(STEMMA_CHECK_COUNT));
    assert_null(stemma_check_meaning(STEMMA_CHECK_COUNT));
}

static void options_must_be_initialised(void **state)
{
    stemma_check_options options = {0};
    (void)state;
    assert_int_equal(stemma_check_with(built.path, &options, NULL, NULL, NULL, NULL),
                     STEMMA_E_MISUSE);
    assert_int_equal(stemma_check_with(built.path, NULL, NULL, NULL, NULL, NULL), STEMMA_OK);
}

/* ---- Damaged pages ------------------------------------------------------------------------- */

static uint8_t *read_file(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    *size = (size_t)ftell(file);
    rewind(file);
    uint8_t *bytes = malloc(*size);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, *size, file), *size);
    fclose(file);
    return bytes;
}

static bool find_leaf(void *context, const char *table, uint64_t page)
{
    uint64_t *first = context;
    for (unsigned i = 0; i < STM_TABLE_COUNT; i++) {
        if (strcmp(stm_tables[i].name, table) == 0 && first[i] == 0) {
            first[i] = page;
        }
    }
    return true;
}

/* One leaf page of each table in turn is wiped out. */
static void the_damaged_table_is_told(void **state)
{
    static outcome one, many;
    stm_page_remnant remnants[STM_PAGE_TABLES + 1];
    uint8_t claimed[4096];
    uint32_t count;
    uint64_t first[STM_TABLE_COUNT] = {0};
    const stm_page_listener listener = {.context = first, .leaf = find_leaf};
    size_t size;
    uint8_t *bytes = read_file(built.path, &size);
    (void)state;
    assert_true(
        stm_page_remains((stemma_bytes){bytes, size}, claimed, &listener, remnants, &count));
    for (unsigned table = 0; table < STM_TABLE_COUNT; table++) {
        stemma_check_options options = STEMMA_CHECK_OPTIONS_INIT;
        uint8_t kept[PAGE];
        char where[64];
        if (first[table] == 0) {
            continue; /* empty */
        }
        memcpy(kept, bytes + first[table] * PAGE, PAGE);
        memset(bytes + first[table] * PAGE, 0, PAGE);
        FILE *file = fopen(changed, "wb");
        assert_int_equal(fwrite(bytes, 1, size, file), size);
        fclose(file);
        memcpy(bytes + first[table] * PAGE, kept, PAGE);
        options.jobs = 1;
        run(changed, &options, &one);
        options.jobs = 3;
        run(changed, &options, &many);
        assert_string_equal(one.text, many.text);
        assert_int_equal(one.status, STEMMA_E_DAMAGED);
        snprintf(where, sizeof where, "pages PAGE_NUMBER %s page %llu offset %llu ",
                 stm_tables[table].name, (unsigned long long)first[table],
                 (unsigned long long)first[table] * PAGE);
        assert_non_null(strstr(one.text, where));
        for (unsigned i = 0; i < STM_TABLE_COUNT && table != STM_TABLE_META; i++) {
            assert_int_equal(one.summary.tables[i].state,
                             i == table ? STEMMA_TABLE_DAMAGED : STEMMA_TABLE_WHOLE);
        }
        if (table != STM_TABLE_META && stm_tables[table].layer == STM_LAYER_INDEX &&
            table != STM_TABLE_IDENTITY) {
            /* Testimony is checked all the same. */
            assert_int_equal(one.summary.checks[STEMMA_CHECK_DOCUMENTS].state, STEMMA_CHECK_SOUND);
            assert_int_equal(one.summary.checks[STEMMA_CHECK_EVIDENCE].state, STEMMA_CHECK_SOUND);
        }
        if (table == STM_TABLE_TERM || table == STM_TABLE_CLAIM) {
            /* And so is the rest of the index. */
            assert_int_equal(one.summary.checks[STEMMA_CHECK_INDEX].state, STEMMA_CHECK_SOUND);
        }
    }
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_find_the_same_in_the_same_order),
        cmocka_unit_test(rows_are_checked_by_threads_too),
        cmocka_unit_test(only_what_is_asked_for_is_checked),
        cmocka_unit_test(enough_problems_are_only_counted),
        cmocka_unit_test(names_do_not_change),
        cmocka_unit_test(options_must_be_initialised),
        cmocka_unit_test(the_damaged_table_is_told),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
