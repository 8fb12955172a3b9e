/* SPDX-License-Identifier: MIT */
/* What the page check found is remembered for this very file only, and believed only when nobody
   else could have said so. */
#include "file/verdict.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "stemma/read.h"
#include "support/row_file.h"

static char cache[64];

static int set_up(void **state)
{
    (void)state;
    snprintf(cache, sizeof cache, "/tmp/stemma-verdict-XXXXXX");
    return mkdtemp(cache) == NULL || setenv("XDG_CACHE_HOME", cache, 1) != 0;
}

/* Where memories are, and how many; removes them when asked to. */
static unsigned memories(int remove_them)
{
    char folder[128], path[400];
    unsigned count = 0;
    snprintf(folder, sizeof folder, "%s/stemma/checked", cache);
    DIR *stream = opendir(folder);
    struct dirent *entry;
    while (stream != NULL && (entry = readdir(stream)) != NULL) {
        if (entry->d_name[0] != '.') {
            count++;
            snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
            if (remove_them) {
                unlink(path);
            }
        }
    }
    if (stream != NULL) {
        closedir(stream);
    }
    return count;
}

static int tear_down(void **state)
{
    char path[128];
    (void)state;
    memories(1);
    snprintf(path, sizeof path, "%s/stemma/checked", cache);
    rmdir(path);
    snprintf(path, sizeof path, "%s/stemma", cache);
    rmdir(path);
    return rmdir(cache);
}

/* A large file that was last changed a while ago. */
static struct stat some_file(void)
{
    struct stat file;
    memset(&file, 0, sizeof file);
    file.st_dev = 7;
    file.st_ino = 4711;
    file.st_mode = S_IFREG | 0644;
    file.st_size = (off_t)64 << 20;
    file.st_mtim.tv_sec = file.st_ctim.tv_sec = time(NULL) - 100;
    file.st_ctim.tv_nsec = 5;
    return file;
}

/* [C-23] */
static void only_the_very_file_that_passed_is_recalled(void **state)
{
    struct stat file = some_file();
    struct stat other;
    (void)state;
    assert_false(stm_verdict_recall(&file));
    stm_verdict_remember(&file);
    assert_int_equal(memories(0), 1);
    assert_true(stm_verdict_recall(&file));
    other = file, other.st_ino++;
    assert_false(stm_verdict_recall(&other));
    other = file, other.st_dev++;
    assert_false(stm_verdict_recall(&other));
    other = file, other.st_size += 4096;
    assert_false(stm_verdict_recall(&other));
    other = file, other.st_mtim.tv_nsec++;
    assert_false(stm_verdict_recall(&other));
    other = file, other.st_ctim.tv_nsec++;
    assert_false(stm_verdict_recall(&other));
    assert_true(stm_verdict_recall(&file));
}

static void a_file_that_may_still_change_within_a_tick_is_not_remembered(void **state)
{
    struct stat file = some_file();
    (void)state;
    file.st_ctim.tv_sec = time(NULL);
    stm_verdict_remember(&file);
    assert_int_equal(memories(0), 0);
}

static void small_files_are_not_worth_a_memory(void **state)
{
    struct stat file = some_file();
    (void)state;
    file.st_size = STM_VERDICT_WORTHWHILE - 1;
    stm_verdict_remember(&file);
    assert_int_equal(memories(0), 0);
}

/* [C-23] */
static void a_memory_that_others_could_have_written_is_not_believed(void **state)
{
    struct stat file = some_file();
    char folder[128], command[400];
    (void)state;
    stm_verdict_remember(&file);
    snprintf(folder, sizeof folder, "%s/stemma/checked", cache);
    assert_int_equal(chmod(folder, 0777), 0);
    assert_false(stm_verdict_recall(&file));
    assert_int_equal(chmod(folder, 0700), 0);
    assert_true(stm_verdict_recall(&file));
    snprintf(command, sizeof command, "chmod g+w %s/*", folder);
    assert_int_equal(system(command), 0);
    assert_false(stm_verdict_recall(&file));
}

static void a_memory_that_is_cut_or_altered_is_not_believed(void **state)
{
    struct stat file = some_file();
    char command[400];
    (void)state;
    stm_verdict_remember(&file);
    snprintf(command, sizeof command, "for f in %s/stemma/checked/*; do printf x >>\"$f\"; done",
             cache);
    assert_int_equal(system(command), 0);
    assert_true(stm_verdict_recall(&file)); /* what stands behind it is not read */
    snprintf(command, sizeof command,
             "for f in %s/stemma/checked/*; do printf x | dd of=\"$f\" conv=notrunc bs=1 seek=20 "
             "2>/dev/null; done",
             cache);
    assert_int_equal(system(command), 0);
    assert_false(stm_verdict_recall(&file));
    snprintf(command, sizeof command, "for f in %s/stemma/checked/*; do : >\"$f\"; done", cache);
    assert_int_equal(system(command), 0);
    assert_false(stm_verdict_recall(&file));
}

static void without_a_cache_folder_nothing_is_remembered_and_nothing_fails(void **state)
{
    struct stat file = some_file();
    (void)state;
    assert_int_equal(setenv("XDG_CACHE_HOME", "/nonexistent/cache", 1), 0);
    stm_verdict_remember(&file);
    assert_false(stm_verdict_recall(&file));
    assert_int_equal(setenv("XDG_CACHE_HOME", cache, 1), 0);
}

static stemma_status open_remembering(const char *path)
{
    stemma_open_options options = STEMMA_OPEN_OPTIONS_INIT;
    stemma_file *file = NULL;
    stemma_error error = {0};
    options.flags = STEMMA_OPEN_REMEMBER;
    stemma_status status = stemma_open(&file, path, &options, &error);
    stemma_close(file);
    return status;
}

/* The whole way: checked, remembered, recalled; changed, checked again and refused. */
/* [C-23] */
static void a_file_that_was_changed_since_is_checked_again(void **state)
{
    row_file built;
    struct stat file;
    struct timespec wait = {0, 100000000};
    const uint8_t damage = 0x5a;
    (void)state;
    row_file_make_ordered(&built, 300000);
    assert_int_equal(stat(built.path, &file), 0);
    assert_true(file.st_size >= STM_VERDICT_WORTHWHILE);
    while (time(NULL) < file.st_ctim.tv_sec + 3) {
        nanosleep(&wait, NULL);
    }
    assert_int_equal(open_remembering(built.path), STEMMA_OK);
    assert_true(stm_verdict_recall(&file));
    assert_int_equal(open_remembering(built.path), STEMMA_OK);
    int descriptor = open(built.path, O_RDWR | O_CLOEXEC);
    assert_true(descriptor >= 0);
    for (off_t page = 2; page < 40; page++) { /* the flags of pages */
        assert_int_equal(pwrite(descriptor, &damage, 1, page * 4096 + 10), 1);
    }
    assert_int_equal(close(descriptor), 0);
    assert_int_equal(open_remembering(built.path), STEMMA_E_DAMAGED);
    row_file_remove(&built);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(only_the_very_file_that_passed_is_recalled),
        TEST(a_file_that_may_still_change_within_a_tick_is_not_remembered),
        TEST(small_files_are_not_worth_a_memory),
        TEST(a_memory_that_others_could_have_written_is_not_believed),
        TEST(a_memory_that_is_cut_or_altered_is_not_believed),
        TEST(without_a_cache_folder_nothing_is_remembered_and_nothing_fails),
        TEST(a_file_that_was_changed_since_is_checked_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
