/* SPDX-License-Identifier: MIT */
/* Damaged files through every getter: each answers or says that the file is damaged. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "support/built_file.h"
#include "support/mutate.h"
#include "support/read_all.h"
#include "support/row_file.h"

#ifndef ROUNDS /* a longer run is built with -DROUNDS= -DSEED= */
#define ROUNDS 500u
#define SEED   20311u
#endif

static built_file built;
static row_file rows;
static char path[96];
static uint8_t *original;
static size_t original_size;

static int load(const char *from)
{
    snprintf(path, sizeof path, "%s", from);
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0) {
        return 1;
    }
    original_size = (size_t)ftell(file);
    rewind(file);
    original = malloc(original_size);
    if (original == NULL || fread(original, 1, original_size, file) != original_size) {
        return 1;
    }
    return fclose(file);
}

static int make_articles(void **state)
{
    (void)state;
    built_file_make(&built, 4);
    return load(built.path);
}

static int discard_articles(void **state)
{
    (void)state;
    free(original);
    built_file_remove(&built);
    return 0;
}

static int make_rows(void **state)
{
    (void)state;
    row_file_make(&rows, 120, 1);
    return load(rows.path);
}

static int make_ordered_rows(void **state)
{
    (void)state;
    row_file_make_ordered(&rows, 120);
    return load(rows.path);
}

static int discard_rows(void **state)
{
    (void)state;
    free(original);
    row_file_remove(&rows);
    return 0;
}

static void rewrite(const uint8_t *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

/* Bytes that hold something: most of a small file is gaps, where damage is not seen. */
static size_t place_in_data(mutate_random *random)
{
    for (unsigned i = 0; i < 1000; i++) {
        size_t at = 2 * 4096 + mutate_below(random, original_size - 2 * 4096);
        if (original[at] != 0) {
            return at;
        }
    }
    return 2 * 4096;
}

/* [F-2] [F-4] */
static void damaged_files_crash_nothing(void **state)
{
    mutate_random random = {SEED};
    uint8_t *copy = malloc(original_size);
    unsigned opened = 0;
    unsigned found = 0;
    (void)state;
    assert_non_null(copy);
    for (unsigned round = 0; round < ROUNDS; round++) {
        stemma_open_options options = STEMMA_OPEN_OPTIONS_INIT;
        read_all_result result = {0};
        size_t size = original_size;
        memcpy(copy, original, size);
        if (round % 4 == 0) {
            mutate_apply(&random, (mutation)mutate_below(&random, MUTATE_KIND_COUNT), copy, &size);
        } else {
            unsigned changes = 1 + (unsigned)mutate_below(&random, 4);
            for (unsigned i = 0; i < changes; i++) {
                copy[place_in_data(&random)] = (uint8_t)mutate_next(&random);
            }
        }
        rewrite(copy, size);
        options.memory_limit = 8u << 20;
        if (read_all(path, &options, &result) != STEMMA_OK) {
            continue;
        }
        opened++;
        found += result.damaged != 0;
        if (result.other != 0) {
            fail_msg("round %u of seed %u", round, SEED);
        }
    }
    print_message("%u of %u opened, %u of them found damaged on reading\n", opened, ROUNDS, found);
    assert_true(opened > ROUNDS / 4);
    assert_true(found > ROUNDS / 10);
    free(copy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        {"damaged files of articles crash nothing", damaged_files_crash_nothing, make_articles,
         discard_articles, NULL},
        {"damaged files of data sets crash nothing", damaged_files_crash_nothing, make_rows,
         discard_rows, NULL},
        {"damaged files of ordered data sets crash nothing", damaged_files_crash_nothing,
         make_ordered_rows, discard_rows, NULL},
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
