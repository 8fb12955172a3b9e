/* SPDX-License-Identifier: MIT */
/* Publishing where the file system knows no second names, as FAT does not, and where it cannot rename to a free
   name either: what is there stays, and nothing but the file is left. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file/publish.h"

static char folder[64];
static char path[128];
static int no_link;      /* errno of link() */
static int no_rename;    /* errno of renameat2(), 0: it does */
static bool no_rename_at_all;
static bool overtaken; /* somebody else publishes meanwhile */

int __wrap_link(const char *from, const char *to);
int __real_renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags);
int __wrap_renameat2(int from_folder, const char *from, int to_folder, const char *to,
                     unsigned flags);
int __real_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to);

static void write_other(void)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs("other", file) >= 0);
    assert_int_equal(fclose(file), 0);
}

int __wrap_link(const char *from, const char *to)
{
    (void)from;
    (void)to;
    if (overtaken) {
        write_other();
    }
    errno = no_link;
    return -1;
}

int __wrap_renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags)
{
    if (no_rename != 0) {
        errno = no_rename;
        return -1;
    }
    return __real_renameat2(from_folder, from, to_folder, to, flags);
}

int __wrap_rename(const char *from, const char *to)
{
    if (no_rename_at_all) {
        errno = EIO;
        return -1;
    }
    return __real_rename(from, to);
}

static int set_up(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/stemma-publish-XXXXXX");
    if (mkdtemp(folder) == NULL) {
        return 1;
    }
    snprintf(path, sizeof path, "%s/news.stemma", folder);
    no_link = EPERM;
    no_rename = 0;
    no_rename_at_all = false;
    overtaken = false;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    (void)unlink(path);
    return rmdir(folder); /* it is empty */
}

static stemma_status publish(const char *words, stemma_error *error)
{
    stm_publication publication;
    memset(error, 0, sizeof *error);
    stemma_status status = stm_publication_begin(&publication, path, 0, error);
    publication.named = 1;
    if (status == STEMMA_OK) {
        status = stm_publication_open(&publication, error);
    }
    if (status == STEMMA_OK) {
        status = stm_write_all(publication.file, words, strlen(words), "", error);
    }
    if (status == STEMMA_OK) {
        status = stm_publication_commit(&publication, error);
    }
    stm_publication_end(&publication);
    return status;
}

/* What stands there, and nothing beside it. NULL: nothing at all. */
static void expect(const char *words)
{
    char found[32] = "";
    FILE *file = fopen(path, "r");
    assert_true((file != NULL) == (words != NULL));
    if (file != NULL) {
        assert_non_null(fgets(found, sizeof found, file));
        assert_string_equal(found, words);
        fclose(file);
    }
    DIR *stream = opendir(folder);
    int count = 0;
    assert_non_null(stream);
    while (readdir(stream) != NULL) {
        count++;
    }
    closedir(stream);
    assert_int_equal(count, words != NULL ? 3 : 2);
}

static const int refusals[] = {EPERM, EOPNOTSUPP, ENOSYS, EMLINK};

/* [W-7] [W-9] */
static void a_file_is_published_without_second_names(void **state)
{
    stemma_error error;
    (void)state;
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        no_link = refusals[i];
        for (int rename_too = 0; rename_too < 2; rename_too++) {
            no_rename = rename_too ? EINVAL : 0;
            assert_int_equal(publish("mine", &error), STEMMA_OK);
            expect("mine");
            assert_int_equal(publish("again", &error), STEMMA_E_SYSTEM);
            assert_string_equal(error.code, "OUTPUT_EXISTS");
            expect("mine");
            assert_int_equal(unlink(path), 0);
        }
    }
}

static void what_appears_meanwhile_is_kept(void **state)
{
    stemma_error error;
    (void)state;
    overtaken = true;
    for (int rename_too = 0; rename_too < 2; rename_too++) {
        no_rename = rename_too ? ENOSYS : 0;
        assert_int_equal(publish("mine", &error), STEMMA_E_SYSTEM);
        assert_string_equal(error.code, "OUTPUT_EXISTS");
        expect("other");
        assert_int_equal(unlink(path), 0);
    }
}

static void a_failure_leaves_nothing(void **state)
{
    stemma_error error;
    (void)state;
    no_rename = EIO;
    assert_int_equal(publish("mine", &error), STEMMA_E_SYSTEM);
    assert_string_equal(error.code, "PUBLISH_FAILED");
    expect(NULL);
    no_rename = EINVAL;
    no_rename_at_all = true;
    assert_int_equal(publish("mine", &error), STEMMA_E_SYSTEM);
    assert_string_equal(error.code, "PUBLISH_FAILED");
    expect(NULL);
    no_link = EIO;
    assert_int_equal(publish("mine", &error), STEMMA_E_SYSTEM);
    expect(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_file_is_published_without_second_names, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_appears_meanwhile_is_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_failure_leaves_nothing, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
