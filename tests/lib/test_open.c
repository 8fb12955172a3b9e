/* SPDX-License-Identifier: MIT */
/* What can be opened and what cannot, and why. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "meta_record.h"
#include "stemma/check.h"
#include "stemma/read.h"
#include "stemma/version.h"
#include "support/built_file.h"
#include "support/read_all.h"
#include "tables.h"

static built_file built;

static int make(void **state)
{
    (void)state;
    built_file_make(&built, 5);
    return 0;
}

static int discard(void **state)
{
    (void)state;
    built_file_remove(&built);
    return 0;
}

static void refused(const char *path, stemma_status expected, const char *code)
{
    stemma_file *file = NULL;
    stemma_error error = {0};
    stemma_status status = stemma_open(&file, path, NULL, &error);
    if (status != expected || strcmp(error.code, code) != 0) {
        fail_msg("%s: %s %s instead of %s %s", path, stemma_status_name(status), error.code,
                 stemma_status_name(expected), code);
    }
    assert_null(file);
    assert_int_equal(error.status, expected);
    assert_true(error.message[0] != '\0');
}

/* A file beside the built one with these bytes. */
static void write_file(char path[128], const void *bytes, size_t size)
{
    snprintf(path, 128, "%s/other", built.folder);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

/* Reads the built file; free(). */
static uint8_t *read_built(size_t *size)
{
    struct stat stat;
    FILE *file = fopen(built.path, "rb");
    assert_non_null(file);
    assert_int_equal(fstat(fileno(file), &stat), 0);
    *size = (size_t)stat.st_size;
    uint8_t *bytes = malloc(*size);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, *size, file), *size);
    fclose(file);
    return bytes;
}

/* */
static void what_is_not_a_stemma_file_is_refused(void **state)
{
    static uint8_t zeros[20000];
    char path[128];
    (void)state;
    snprintf(path, sizeof path, "%s/none", built.folder);
    refused(path, STEMMA_E_SYSTEM, "SYSTEM");
    refused(built.folder, STEMMA_E_NOT_STEMMA, "NOT_REGULAR");
    refused("/dev/null", STEMMA_E_NOT_STEMMA, "NOT_REGULAR");
    write_file(path, "", 0);
    refused(path, STEMMA_E_NOT_STEMMA, "NOT_STEMMA");
    write_file(path, "Only words.\n", 12);
    refused(path, STEMMA_E_NOT_STEMMA, "NOT_STEMMA");
    write_file(path, zeros, sizeof zeros);
    stemma_file *file = NULL;
    assert_true(stemma_open(&file, path, NULL, NULL) < 0);
    stemma_open_options trusted = STEMMA_OPEN_OPTIONS_INIT;
    trusted.flags = STEMMA_OPEN_TRUSTED;
    assert_true(stemma_open(&file, path, &trusted, NULL) < 0);
    assert_null(file);
    unlink(path);
}

/* [C-20] */
static void the_number_of_threads_does_not_change_what_is_told(void **state)
{
    char path[128];
    size_t size;
    uint8_t *bytes = read_built(&size);
    unsigned refusals = 0;
    (void)state;
    for (size_t page = 2; page < size / 4096; page += 3) {
        stemma_error errors[2];
        memset(errors, 0, sizeof errors);
        bytes[page * 4096 + 10] ^= 4;         /* its kind ... */
        bytes[(size / 4096 - 1) * 4096] ^= 1; /* ... and the number of the last one */
        write_file(path, bytes, size);
        bytes[page * 4096 + 10] ^= 4;
        bytes[(size / 4096 - 1) * 4096] ^= 1;
        for (unsigned i = 0; i < 2; i++) {
            stemma_open_options options = STEMMA_OPEN_OPTIONS_INIT;
            stemma_file *opened = NULL;
            options.jobs = i == 0 ? 1 : 4;
            if (stemma_open(&opened, path, &options, &errors[i]) == STEMMA_OK) {
                stemma_close(opened);
            }
        }
        assert_string_equal(errors[0].code, errors[1].code);
        assert_string_equal(errors[0].where, errors[1].where);
        refusals += errors[0].code[0] != '\0';
    }
    assert_true(refusals > 3);
    free(bytes);
    unlink(path);
}

/* [C-1] */
static void a_file_cut_short_is_refused_trusted_or_not(void **state)
{
    char path[128];
    size_t size;
    uint8_t *bytes = read_built(&size);
    (void)state;
    for (size_t pages = 2; pages < size / 4096; pages += 7) {
        for (uint32_t flags = 0; flags <= STEMMA_OPEN_TRUSTED; flags++) {
            stemma_open_options options = STEMMA_OPEN_OPTIONS_INIT;
            stemma_file *opened = NULL;
            stemma_error error = {0};
            options.flags = flags;
            write_file(path, bytes, pages * 4096 + (pages % 3) * 100);
            assert_int_equal(stemma_open(&opened, path, &options, &error), STEMMA_E_DAMAGED);
            assert_true(error.code[0] != '\0');
        }
    }
    free(bytes);
    unlink(path);
}

/* [R-18] [R-19] [V-1] */
static void the_record_that_makes_a_file_is_looked_at_first(void **state)
{
    static const uint8_t record[] = "\x85\x00\xa6stemma\x01\x03\x02\x03\x03\x91\x92\xad"
                                    STM_FEATURE_POSTINGS "\x01\x04\xdc\x00\x10\x05";
    static const struct {
        size_t offset;
        uint8_t byte;
        stemma_status status;
        const char *code;
    } cases[] = {
        {3, 'S', STEMMA_E_NOT_STEMMA, "NOT_STEMMA"},
        {10, 2, STEMMA_E_UNSUPPORTED, "FORMAT_VERSION"},
        {15, 5, STEMMA_E_DAMAGED, "MAP_KEY"}, /* a number, and what was its name is a key */
        {17, 'q', STEMMA_E_UNSUPPORTED, "FEATURE_UNKNOWN"},
        {31, 5, STEMMA_E_DAMAGED, "UNKNOWN_FIELD"},
        {35, 6, STEMMA_E_DAMAGED, "COUNT_MISMATCH"}, /* documents */
        {0, 0x86, STEMMA_E_DAMAGED, "RECORD_TRUNCATED"},
    };
    char path[128];
    size_t size;
    uint8_t *bytes = read_built(&size);
    uint8_t *place = memmem(bytes, size, record, sizeof record - 1);
    (void)state;
    assert_non_null(place);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint8_t before = place[cases[i].offset];
        place[cases[i].offset] = cases[i].byte;
        write_file(path, bytes, size);
        place[cases[i].offset] = before;
        refused(path, cases[i].status, cases[i].code);
    }
    place[12] = 9; /* a newer minor version is read */
    write_file(path, bytes, size);
    stemma_file *file = NULL;
    assert_int_equal(stemma_open(&file, path, NULL, NULL), STEMMA_OK);
    stemma_close(file);
    unlink(path);
    free(bytes);
}

static void misuse_is_told(void **state)
{
    stemma_file *file = NULL;
    stemma_open_options options = STEMMA_OPEN_OPTIONS_INIT;
    (void)state;
    options.size = 1;
    assert_int_equal(stemma_open(&file, built.path, &options, NULL), STEMMA_E_MISUSE);
    assert_int_equal(stemma_open(&file, NULL, NULL, NULL), STEMMA_E_MISUSE);
    assert_int_equal(stemma_open(NULL, built.path, NULL, NULL), STEMMA_E_MISUSE);
    stemma_close(NULL);
    stemma_snapshot_end(NULL);
    stemma_snapshot_reset(NULL);
}

/* [C-4] [F-6] */
static void opening_leaves_nothing_beside_the_file(void **state)
{
    stemma_file *file = NULL;
    char path[128];
    (void)state;
    assert_int_equal(chmod(built.path, 0400), 0);
    assert_int_equal(chmod(built.folder, 0500), 0);
    assert_int_equal(stemma_open(&file, built.path, NULL, NULL), STEMMA_OK);
    snprintf(path, sizeof path, "%s-lock", built.path);
    assert_int_not_equal(access(path, F_OK), 0);
    stemma_close(file);
    assert_int_equal(chmod(built.folder, 0700), 0);
}

/* [F-6] */
static void a_child_process_must_reopen(void **state)
{
    stemma_file *file = NULL;
    int status = 0;
    (void)state;
    assert_int_equal(stemma_open(&file, built.path, NULL, NULL), STEMMA_OK);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        stemma_snapshot *snapshot = NULL;
        stemma_error error = {0};
        stemma_status got = stemma_snapshot_begin(&snapshot, file, &error);
        _exit(got == STEMMA_E_MISUSE && strcmp(error.code, "FORKED") == 0 && snapshot == NULL ? 0
                                                                                              : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    stemma_close(file);
}

/* [C-22] What the format asks of whoever has a file open cannot be checked: a reader whose file is cut
   short is ended by the system, and does not take what is left for the whole. */
static void a_file_cut_under_its_reader_ends_the_reader(void **state)
{
    char bytes[4096];
    char path[128];
    int status = 0;
    size_t size;
    (void)state;
    snprintf(path, sizeof path, "%s/cut", built.folder);
    FILE *from = fopen(built.path, "rb");
    FILE *to = fopen(path, "wb");
    assert_true(from != NULL && to != NULL);
    while ((size = fread(bytes, 1, sizeof bytes, from)) > 0) {
        assert_int_equal(fwrite(bytes, 1, size, to), size);
    }
    fclose(from);
    assert_int_equal(fclose(to), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        stemma_file *file = NULL;
        read_all_result result = {0};
        int silent = open("/dev/null", O_WRONLY);
        (void)dup2(silent, STDERR_FILENO); /* what a sanitizer says of the signal */
        signal(SIGBUS, SIG_DFL);
        if (stemma_open(&file, path, NULL, NULL) != STEMMA_OK || truncate(path, 8192) != 0) {
            _exit(0);
        }
        read_all_of(file, &result);
        _exit(result.answers != 0 && result.damaged == 0 ? 0 : 2);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) ? WTERMSIG(status) == SIGBUS : WEXITSTATUS(status) != 0);
    unlink(path);
}

static void one_process_may_open_a_file_twice(void **state)
{
    stemma_file *files[2] = {NULL, NULL};
    stemma_snapshot *snapshots[2] = {NULL, NULL};
    stemma_entity entities[2];
    (void)state;
    for (int i = 0; i < 2; i++) {
        assert_int_equal(stemma_open(&files[i], built.path, NULL, NULL), STEMMA_OK);
        assert_int_equal(stemma_snapshot_begin(&snapshots[i], files[i], NULL), STEMMA_OK);
        assert_int_equal(stemma_entity_get(snapshots[i], 0, &entities[i], NULL), STEMMA_OK);
    }
    stemma_snapshot_end(snapshots[0]);
    stemma_close(files[0]);
    assert_int_equal(stemma_entity_get(snapshots[1], 0, &entities[1], NULL), STEMMA_OK);
    stemma_snapshot_end(snapshots[1]);
    stemma_close(files[1]);
}

static void table_statistics_cover_the_file_trusted_or_not(void **state)
{
    stemma_table_stats rows[2][40];
    uint32_t counts[2] = {0, 0};
    (void)state;
    for (uint32_t flags = 0; flags < 2; flags++) {
        stemma_open_options options = STEMMA_OPEN_OPTIONS_INIT;
        stemma_file *file = NULL;
        uint64_t pages = 0;
        struct stat stat;
        memset(rows[flags], 0, sizeof rows[flags]);
        options.flags = flags;
        assert_int_equal(stemma_open(&file, built.path, &options, NULL), STEMMA_OK);
        assert_int_equal(stemma_table_stats_get(file, rows[flags], 40, &counts[flags], NULL),
                         STEMMA_OK);
        for (uint32_t i = 0; i < counts[flags]; i++) {
            pages += rows[flags][i].pages;
        }
        assert_int_equal(lstat(built.path, &stat), 0);
        assert_true(pages * 4096 < (uint64_t)stat.st_size);
        assert_true((pages + 10) * 4096 > (uint64_t)stat.st_size);
        stemma_table_stats same[40]; /* of tables that are small */
        uint32_t count = 0;
        memset(same, 0, sizeof same);
        assert_int_equal(stemma_table_stats_estimate(file, same, 40, &count, NULL), STEMMA_OK);
        assert_int_equal(count, counts[flags]);
        assert_memory_equal(same, rows[flags], sizeof same);
        stemma_close(file);
    }
    assert_int_equal(counts[0], STM_TABLES_ALWAYS);
    assert_int_equal(counts[0], counts[1]);
    assert_memory_equal(rows[0], rows[1], sizeof rows[0]);
}

static void versions_are_told(void **state)
{
    (void)state;
    assert_string_equal(stemma_version(), STEMMA_VERSION_STRING);
    assert_string_equal(stemma_format_version(), "3.3");
    assert_non_null(strstr(stemma_dependency_versions(), "LMDB 0.9"));
    assert_non_null(strstr(stemma_dependency_versions(), "zstd 1."));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_a_stemma_file_is_refused),
        cmocka_unit_test(the_number_of_threads_does_not_change_what_is_told),
        cmocka_unit_test(a_file_cut_short_is_refused_trusted_or_not),
        cmocka_unit_test(the_record_that_makes_a_file_is_looked_at_first),
        cmocka_unit_test(misuse_is_told),
        cmocka_unit_test(opening_leaves_nothing_beside_the_file),
        cmocka_unit_test(a_child_process_must_reopen),
        cmocka_unit_test(a_file_cut_under_its_reader_ends_the_reader),
        cmocka_unit_test(one_process_may_open_a_file_twice),
        cmocka_unit_test(table_statistics_cover_the_file_trusted_or_not),
        cmocka_unit_test(versions_are_told),
    };
    return cmocka_run_group_tests(tests, make, discard);
}
