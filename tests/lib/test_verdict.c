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
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
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

/* ---- What others may put where memories are ---------------------------------------------------- */

/* The one memory there is, by its path. */
static void memory_path(const struct stat *file, char out[400])
{
    char folder[128];
    struct dirent *entry;
    stm_verdict_remember(file);
    snprintf(folder, sizeof folder, "%s/stemma/checked", cache);
    DIR *stream = opendir(folder);
    assert_non_null(stream);
    out[0] = '\0';
    while ((entry = readdir(stream)) != NULL) {
        if (entry->d_name[0] != '.') {
            snprintf(out, 400, "%s/%s", folder, entry->d_name);
        }
    }
    closedir(stream);
    assert_true(out[0] != '\0');
}

static void links_and_pipes_among_the_memories_are_not_believed_and_not_waited_for(void **state)
{
    struct stat file = some_file();
    char path[400], away[440];
    (void)state;
    memory_path(&file, path);
    snprintf(away, sizeof away, "%s/copy", cache);
    assert_int_equal(rename(path, away), 0); /* good in itself */
    assert_int_equal(symlink(away, path), 0);
    assert_false(stm_verdict_recall(&file));
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_false(stm_verdict_recall(&file));
    stm_verdict_remember(&file); /* takes the place of whatever is there */
    assert_true(stm_verdict_recall(&file));
    assert_int_equal(unlink(away), 0);
}

static void a_link_instead_of_a_folder_is_not_followed(void **state)
{
    struct stat file = some_file();
    char path[400], folder[128], away[128];
    (void)state;
    memory_path(&file, path);
    snprintf(folder, sizeof folder, "%s/stemma", cache);
    snprintf(away, sizeof away, "%s/elsewhere", cache);
    assert_int_equal(rename(folder, away), 0);
    assert_int_equal(symlink(away, folder), 0);
    assert_false(stm_verdict_recall(&file));
    stm_verdict_remember(&file);
    assert_false(stm_verdict_recall(&file));
    assert_int_equal(unlink(folder), 0);
    assert_int_equal(rename(away, folder), 0);
    assert_true(stm_verdict_recall(&file));
}

static void what_belongs_to_another_user_is_not_believed(void **state)
{
    struct stat file = some_file();
    char path[400], folder[128];
    (void)state;
    if (geteuid() != 0) {
        skip(); /* nobody else may give files away */
    }
    memory_path(&file, path);
    assert_int_equal(chown(path, 65534, 65534), 0);
    assert_false(stm_verdict_recall(&file));
    assert_int_equal(chown(path, 0, 0), 0);
    snprintf(folder, sizeof folder, "%s/stemma", cache);
    assert_int_equal(chown(folder, 65534, 65534), 0);
    assert_false(stm_verdict_recall(&file));
    assert_int_equal(chown(folder, 0, 0), 0);
    assert_true(stm_verdict_recall(&file));
}

static void a_clock_that_went_back_makes_nothing_remembered(void **state)
{
    struct stat file = some_file();
    (void)state;
    file.st_ctim.tv_sec = time(NULL) + 3600; /* changed when it was later than now */
    stm_verdict_remember(&file);
    assert_int_equal(memories(0), 0);
}

/* The time of a change can be given back to a file, but giving it back is a change. */
static void a_file_with_its_time_put_back_is_another(void **state)
{
    char path[128];
    struct stat before, after;
    (void)state;
    snprintf(path, sizeof path, "%s/file", cache);
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    assert_true(file >= 0);
    assert_int_equal(ftruncate(file, STM_VERDICT_WORTHWHILE), 0);
    struct timespec then[2] = {{1000000000, 5}, {1000000000, 5}};
    assert_int_equal(futimens(file, then), 0);
    assert_int_equal(fstat(file, &before), 0);
    struct timespec wait = {0, 20000000};
    while (time(NULL) < before.st_ctim.tv_sec + 3) {
        nanosleep(&wait, NULL);
    }
    stm_verdict_remember(&before);
    assert_true(stm_verdict_recall(&before));
    assert_int_equal(pwrite(file, "x", 1, 4096), 1);
    assert_int_equal(futimens(file, then), 0);
    assert_int_equal(fstat(file, &after), 0);
    assert_int_equal(after.st_mtim.tv_sec, before.st_mtim.tv_sec);
    assert_int_equal(after.st_size, before.st_size);
    assert_false(stm_verdict_recall(&after));
    close(file);
    assert_int_equal(unlink(path), 0);
}

#define RACERS 4u

static void *race(void *argument)
{
    const unsigned *number = argument;
    struct stat mine = some_file();
    struct stat theirs = some_file(); /* what nobody remembers: the same place, another time */
    uintptr_t wrong = 0;
    mine.st_ctim.tv_nsec = (long)*number;
    theirs.st_ctim.tv_nsec = 999;
    for (unsigned i = 0; i < 300; i++) {
        stm_verdict_remember(&mine);
        wrong += stm_verdict_recall(&theirs);
        (void)stm_verdict_recall(&mine); /* may have been forgotten for another's */
    }
    return (void *)wrong;
}

static void many_that_remember_at_once_do_not_mix(void **state)
{
    pthread_t threads[RACERS];
    unsigned numbers[RACERS];
    void *wrong;
    (void)state;
    for (unsigned i = 0; i < RACERS; i++) {
        numbers[i] = i;
        assert_int_equal(pthread_create(&threads[i], NULL, race, &numbers[i]), 0);
    }
    for (unsigned i = 0; i < RACERS; i++) {
        assert_int_equal(pthread_join(threads[i], &wrong), 0);
        assert_null(wrong);
    }
    assert_int_equal(memories(0), 1); /* nothing half written is left */
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
        TEST(links_and_pipes_among_the_memories_are_not_believed_and_not_waited_for),
        TEST(a_link_instead_of_a_folder_is_not_followed),
        TEST(what_belongs_to_another_user_is_not_believed),
        TEST(a_clock_that_went_back_makes_nothing_remembered),
        TEST(a_file_with_its_time_put_back_is_another),
        TEST(many_that_remember_at_once_do_not_mix),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
