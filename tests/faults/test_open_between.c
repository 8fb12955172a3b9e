/* SPDX-License-Identifier: MIT */
/* What others do to a file between the check of its pages and LMDB's look at it: it is told as what it is,
   and a sound file is never called damaged. Whatever is to happen then happens in front of LMDB's call. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdbool.h>
#include <stdint.h>
#include <cmocka.h>

#include <lmdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "stemma/check.h"
#include "stemma/read.h"
#include "support/built_file.h"

static built_file built;

/* The file, and one that waits beside it. */
static char waiting[128];

typedef enum event { NOTHING, REPLACED, CHANGED, CUT, GONE, READ_IN_PART } event;

static event between; /* what is to happen, once */
static bool recalled; /* whether the file's pages passed before */

int __real_mdb_env_open(MDB_env *env, const char *path, unsigned flags, mdb_mode_t mode);
int __wrap_mdb_env_open(MDB_env *env, const char *path, unsigned flags, mdb_mode_t mode);
bool __wrap_stm_verdict_recall(const struct stat *file);

int __wrap_mdb_env_open(MDB_env *env, const char *path, unsigned flags, mdb_mode_t mode)
{
    event now = between;
    between = NOTHING;
    switch (now) {
    case REPLACED:
        assert_int_equal(rename(waiting, path), 0);
        break;
    case CHANGED:
        assert_int_equal(chmod(path, 0600), 0);
        break;
    case CUT:
        assert_int_equal(truncate(path, 4 * 4096), 0);
        break;
    case GONE:
        assert_int_equal(unlink(path), 0);
        break;
    case READ_IN_PART: /* what LMDB makes of it */
        return MDB_INVALID;
    default:
        break;
    }
    return __real_mdb_env_open(env, path, flags, mode);
}

bool __wrap_stm_verdict_recall(const struct stat *file)
{
    (void)file;
    return recalled;
}

static int set_up(void **state)
{
    (void)state;
    built_file_make(&built, 5);
    snprintf(waiting, sizeof waiting, "%s/waiting", built.folder);
    between = NOTHING;
    recalled = false;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    (void)unlink(waiting);
    built_file_remove(&built);
    return 0;
}

static void write_bytes(const char *path, const void *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

/* A file like the one that is there, of the same bytes: another all the same. */
static void copy_to_waiting(void)
{
    static uint8_t bytes[1 << 20];
    FILE *file = fopen(built.path, "rb");
    assert_non_null(file);
    size_t size = fread(bytes, 1, sizeof bytes, file);
    assert_true(size > 8192 && size < sizeof bytes);
    fclose(file);
    write_bytes(waiting, bytes, size);
}

static void expect(uint32_t flags, event happens, stemma_status status, const char *code)
{
    stemma_open_options options = STEMMA_OPEN_OPTIONS_INIT;
    stemma_file *file = NULL;
    stemma_error error = {0};
    options.flags = flags;
    between = happens;
    stemma_status got = stemma_open(&file, built.path, &options, &error);
    if (got != status || (code != NULL && strcmp(error.code, code) != 0)) {
        fail_msg("%s %s (%s) instead of %s %s", stemma_status_name(got), error.code, error.message,
                 stemma_status_name(status), code != NULL ? code : "");
    }
    assert_int_equal(between, NOTHING); /* it happened */
    assert_true((file != NULL) == (status == STEMMA_OK));
    stemma_close(file);
}

static const uint32_t ways[] = {0, STEMMA_OPEN_TRUSTED, STEMMA_OPEN_REMEMBER};
#define WAYS (sizeof ways / sizeof ways[0])

static void a_file_that_takes_its_place_is_not_the_one_that_was_checked(void **state)
{
    (void)state;
    for (size_t i = 0; i < WAYS; i++) {
        copy_to_waiting();
        expect(ways[i], REPLACED, STEMMA_E_SYSTEM, "FILE_REPLACED");
        expect(ways[i], NOTHING, STEMMA_OK, NULL);
    }
}

/* Neither is one that LMDB refuses. */
static void whatever_takes_its_place_it_was_replaced(void **state)
{
    static const uint8_t zero[3 * 4096];
    (void)state;
    for (size_t i = 0; i < WAYS; i++) {
        write_bytes(waiting, zero, sizeof zero);
        expect(ways[i], REPLACED, STEMMA_E_SYSTEM, "FILE_REPLACED");
        expect(ways[i] & STEMMA_OPEN_TRUSTED, NOTHING, STEMMA_E_NOT_STEMMA, NULL);
        built_file_remove(&built);
        built_file_make(&built, 5);
        snprintf(waiting, sizeof waiting, "%s/waiting", built.folder);
    }
}

/* [C-23] A check that is remembered is of the file as it was then. */
static void what_is_remembered_is_not_of_a_file_that_changed(void **state)
{
    (void)state;
    expect(STEMMA_OPEN_REMEMBER, CHANGED, STEMMA_OK, NULL);
    recalled = true;
    expect(STEMMA_OPEN_REMEMBER, NOTHING, STEMMA_OK, NULL);
    expect(STEMMA_OPEN_REMEMBER, CHANGED, STEMMA_E_SYSTEM, "FILE_REPLACED");
}

static void a_file_that_is_cut_or_goes_is_told(void **state)
{
    (void)state;
    expect(0, CUT, STEMMA_E_SYSTEM, "FILE_REPLACED");
    built_file_remove(&built);
    built_file_make(&built, 5);
    expect(0, GONE, STEMMA_E_SYSTEM, "SYSTEM");
    built_file_make(&built, 5);
}

/* A header that LMDB got in part: reading failed, the file is what it was. */
static void a_short_read_is_a_failure_of_the_system(void **state)
{
    stemma_error error = {0};
    (void)state;
    for (size_t i = 0; i < WAYS; i++) {
        expect(ways[i], READ_IN_PART, STEMMA_E_SYSTEM, "SYSTEM");
        expect(ways[i], NOTHING, STEMMA_OK, NULL);
    }
    recalled = true;
    expect(STEMMA_OPEN_REMEMBER, READ_IN_PART, STEMMA_E_SYSTEM, "SYSTEM");
    between = READ_IN_PART;
    assert_int_equal(stemma_check(built.path, NULL, NULL, NULL, &error), STEMMA_E_SYSTEM);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_file_that_takes_its_place_is_not_the_one_that_was_checked, set_up, tear_down),
        cmocka_unit_test_setup_teardown(whatever_takes_its_place_it_was_replaced, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_remembered_is_not_of_a_file_that_changed, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_file_that_is_cut_or_goes_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_short_read_is_a_failure_of_the_system, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
