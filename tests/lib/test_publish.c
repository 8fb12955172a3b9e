/* SPDX-License-Identifier: MIT */
/* A file appears whole or not at all, and nothing is left behind. */
#include "file/publish.h"
#include "stemma/write.h"
#include "support/corpus.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static char folder[64];
static char path[128];

static int set_up(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/stemma-publish-XXXXXX");
    if (mkdtemp(folder) == NULL) {
        return 1;
    }
    snprintf(path, sizeof path, "%s/news.stemma", folder);
    return 0;
}

/* Number of entries of the folder; removes them when asked to. */
static int entries(int remove_them)
{
    int count = 0;
    DIR *dir = opendir(folder);
    struct dirent *entry;
    assert_non_null(dir);
    while ((entry = readdir(dir)) != NULL) {
        char name[400];
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) {
            continue;
        }
        count++;
        snprintf(name, sizeof name, "%s/%s", folder, entry->d_name);
        if (remove_them && unlink(name) != 0) {
            rmdir(name);
        }
    }
    closedir(dir);
    return count;
}

static int tear_down(void **state)
{
    (void)state;
    entries(1);
    return rmdir(folder);
}

static void put_file(const char *name, const char *contents)
{
    FILE *file = fopen(name, "w");
    assert_non_null(file);
    fputs(contents, file);
    fclose(file);
}

static void assert_holds(const char *name, const char *contents)
{
    char read[64] = "";
    FILE *file = fopen(name, "r");
    assert_non_null(file);
    read[fread(read, 1, sizeof read - 1, file)] = '\0';
    fclose(file);
    assert_string_equal(read, contents);
}

static void fill(stm_publication *p, int replace, int named)
{
    stemma_error error;
    assert_int_equal(stm_publication_begin(p, path, replace, &error), STEMMA_OK);
    p->named = named;
    assert_int_equal(stm_publication_open(p, &error), STEMMA_OK);
    assert_int_equal(stm_write_all(p->file, "new", 3, "file", &error), STEMMA_OK);
}

/* [W-7] */
static void a_new_file_appears_only_when_committed(void **state)
{
    (void)state;
    for (int named = 0; named < 2; named++) {
        stm_publication p;
        stemma_error error;
        fill(&p, 0, named);
        assert_int_equal(access(path, F_OK), -1);
        assert_int_equal(stm_publication_commit(&p, &error), STEMMA_OK);
        stm_publication_end(&p);
        assert_holds(path, "new");
        assert_int_equal(entries(1), 1);
    }
}

/* [W-7] */
static void an_old_file_is_replaced_only_when_committed(void **state)
{
    (void)state;
    for (int named = 0; named < 2; named++) {
        stm_publication p;
        stemma_error error;
        put_file(path, "old");
        fill(&p, 1, named);
        assert_holds(path, "old");
        assert_int_equal(stm_publication_commit(&p, &error), STEMMA_OK);
        stm_publication_end(&p);
        assert_holds(path, "new");
        assert_int_equal(entries(1), 1);
    }
}

static void an_abandoned_file_leaves_nothing(void **state)
{
    (void)state;
    for (int named = 0; named < 2; named++) {
        stm_publication p;
        fill(&p, 0, named);
        stm_publication_end(&p);
        assert_int_equal(entries(0), 0);
    }
}

/* [W-7] [W-8] */
static void a_file_that_appears_meanwhile_is_kept(void **state)
{
    (void)state;
    for (int named = 0; named < 2; named++) {
        stm_publication p;
        stemma_error error;
        fill(&p, 0, named);
        put_file(path, "other");
        assert_int_equal(stm_publication_commit(&p, &error), STEMMA_E_SYSTEM);
        assert_string_equal(error.code, "OUTPUT_EXISTS");
        stm_publication_end(&p);
        assert_holds(path, "other");
        assert_int_equal(entries(1), 1);
    }
}

static void expect_refusal(const char *where, int replace, const char *code)
{
    stemma_writer *writer = NULL;
    stemma_writer_options options = STEMMA_WRITER_OPTIONS_INIT;
    stemma_error error = {0};
    options.flags = replace ? STEMMA_WRITE_REPLACE : 0;
    assert_int_equal(stemma_writer_new(&writer, where, &options, &error), STEMMA_E_SYSTEM);
    assert_null(writer);
    assert_string_equal(error.code, code);
    assert_true(error.message[0] != '\0');
    assert_true(error.where[0] != '\0');
}

/* [W-8] */
static void what_cannot_be_written_is_said_at_once(void **state)
{
    char other[200];
    (void)state;
    put_file(path, "old");
    expect_refusal(path, 0, "OUTPUT_EXISTS");
    expect_refusal(folder, 1, "OUTPUT_NOT_FILE");
    expect_refusal("/dev/null", 1, "OUTPUT_NOT_FILE");
    snprintf(other, sizeof other, "%s/none/news.stemma", folder);
    expect_refusal(other, 1, "OUTPUT_FOLDER");
    snprintf(other, sizeof other, "%s/news.stemma/x", folder);
    expect_refusal(other, 1, "OUTPUT_FOLDER");
    snprintf(other, sizeof other, "%s/", folder);
    expect_refusal(other, 1, "OUTPUT_NOT_FILE");
    snprintf(other, sizeof other, "%s/link", folder);
    assert_int_equal(symlink(path, other), 0);
    expect_refusal(other, 1, "OUTPUT_NOT_FILE");
    assert_holds(path, "old");
}

/* Writes a file of made-up news; the first document is `first`. */
static stemma_status write_news(uint32_t first, uint32_t count, stemma_error *error)
{
    static corpus_names names;
    stemma_writer *writer = NULL;
    stemma_writer_options options = STEMMA_WRITER_OPTIONS_INIT;
    stemma_run run = {stemma_text_of("test"), {NULL, 0}, STEMMA_RUN_RULE, {NULL, 0}};
    uint32_t number = 0;
    corpus_make_names(&names);
    options.flags = STEMMA_WRITE_REPLACE;
    stemma_status status = stemma_writer_new(&writer, path, &options, error);
    if (status == STEMMA_OK) {
        status = stemma_writer_add_run(writer, &run, &number, error);
    }
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        corpus_document *d = corpus_make(&names, first + i);
        status = stemma_writer_add_document(writer, &d->document, &number, error);
        corpus_free(d);
    }
    if (status == STEMMA_OK) {
        status = stemma_writer_finish(writer, error);
    }
    stemma_writer_free(writer);
    return status;
}

static void a_full_disk_is_reported_and_leaves_the_old_file(void **state)
{
    (void)state;
    put_file(path, "old");
    for (rlim_t limit = 4096; limit <= 2u << 20; limit *= 2) {
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            struct rlimit files = {limit, limit};
            stemma_error error = {0};
            signal(SIGXFSZ, SIG_IGN);
            if (setrlimit(RLIMIT_FSIZE, &files) != 0) {
                _exit(9);
            }
            stemma_status status = write_news(0, 200, &error);
            _exit(status == STEMMA_OK                                     ? 0
                  : status == STEMMA_E_SYSTEM && error.message[0] != '\0' ? 1
                                                                          : 2);
        }
        int result = 0;
        assert_int_equal(waitpid(child, &result, 0), child);
        assert_true(WIFEXITED(result));
        assert_in_range(WEXITSTATUS(result), 0, 1);
        if (WEXITSTATUS(result) == 0) { /* enough room at last */
            break;
        }
        assert_holds(path, "old");
        assert_int_equal(entries(0), 1);
    }
}

/* A caller that goes on after the disk was full must not get a file that lacks something. */
static void a_writer_that_lost_a_document_never_finishes(void **state)
{
    (void)state;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        static corpus_names names;
        struct rlimit before;
        struct rlimit files;
        stemma_writer *writer = NULL;
        stemma_error error = {0};
        stemma_run run = {stemma_text_of("test"), {NULL, 0}, STEMMA_RUN_RULE, {NULL, 0}};
        uint32_t number = 0;
        int refused = 0;
        corpus_make_names(&names);
        signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &before);
        files = before;
        files.rlim_cur = 1u << 20;
        setrlimit(RLIMIT_FSIZE, &files);
        if (stemma_writer_new(&writer, path, NULL, &error) != STEMMA_OK ||
            stemma_writer_add_run(writer, &run, &number, &error) != STEMMA_OK) {
            _exit(2);
        }
        for (uint32_t i = 0; i < 1000; i++) {
            corpus_document *d = corpus_make(&names, i);
            refused +=
                stemma_writer_add_document(writer, &d->document, &number, &error) != STEMMA_OK;
            corpus_free(d);
        }
        setrlimit(RLIMIT_FSIZE, &before); /* now there would be room again */
        stemma_status status = stemma_writer_finish(writer, &error);
        stemma_writer_free(writer);
        _exit(refused > 0 && status == STEMMA_E_SYSTEM ? 0 : 1);
    }
    int result = 0;
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_true(WIFEXITED(result));
    assert_int_equal(WEXITSTATUS(result), 0);
    assert_int_equal(entries(0), 0);
}

static long size_of(const char *name)
{
    struct stat about;
    return stat(name, &about) == 0 ? (long)about.st_size : -1;
}

/* Killed at any moment: the old file or the new one, never half of one. */
/* [W-7] */
static void a_killed_writer_leaves_the_old_file_or_the_new(void **state)
{
    stemma_error error;
    int news = 0;
    (void)state;
    assert_int_equal(write_news(0, 60, &error), STEMMA_OK);
    long old_size = size_of(path);
    assert_int_equal(write_news(0, 90, &error), STEMMA_OK);
    long new_size = size_of(path);
    assert_int_not_equal(old_size, new_size);
    assert_int_equal(write_news(0, 60, &error), STEMMA_OK);
    for (int round = 0; round < 40; round++) {
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            _exit(write_news(0, 90, &error) == STEMMA_OK ? 0 : 1);
        }
        struct timespec pause = {0, round * 4000000L};
        nanosleep(&pause, NULL);
        kill(child, SIGKILL);
        assert_int_equal(waitpid(child, NULL, 0), child);
        long size = size_of(path);
        assert_true(size == old_size || size == new_size);
        news += size == new_size;
        assert_true(entries(0) <= 2); /* at most one temporary file, in the blink before renaming */
        if (size == new_size) {
            assert_int_equal(write_news(0, 60, &error), STEMMA_OK);
        }
    }
    (void)news;
}

static void a_writer_that_is_freed_early_leaves_nothing(void **state)
{
    stemma_writer *writer = NULL;
    stemma_error error;
    (void)state;
    assert_int_equal(stemma_writer_new(&writer, path, NULL, &error), STEMMA_OK);
    assert_int_equal(entries(0), 0);
    stemma_writer_free(writer);
    assert_int_equal(entries(0), 0);
    stemma_writer_free(NULL);
}

static void after_finish_nothing_more_is_taken(void **state)
{
    stemma_writer *writer = NULL;
    stemma_error error;
    uint32_t number = 0;
    stemma_run run = {stemma_text_of("test"), {NULL, 0}, STEMMA_RUN_RULE, {NULL, 0}};
    (void)state;
    assert_int_equal(stemma_writer_new(&writer, path, NULL, &error), STEMMA_OK);
    assert_int_equal(stemma_writer_finish(writer, &error), STEMMA_OK);
    assert_int_equal(stemma_writer_finish(writer, &error), STEMMA_E_MISUSE);
    assert_int_equal(stemma_writer_add_run(writer, &run, &number, &error), STEMMA_E_MISUSE);
    stemma_writer_free(writer);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_new_file_appears_only_when_committed),
        TEST(an_old_file_is_replaced_only_when_committed),
        TEST(an_abandoned_file_leaves_nothing),
        TEST(a_file_that_appears_meanwhile_is_kept),
        TEST(what_cannot_be_written_is_said_at_once),
        TEST(a_full_disk_is_reported_and_leaves_the_old_file),
        TEST(a_writer_that_lost_a_document_never_finishes),
        TEST(a_killed_writer_leaves_the_old_file_or_the_new),
        TEST(a_writer_that_is_freed_early_leaves_nothing),
        TEST(after_finish_nothing_more_is_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
