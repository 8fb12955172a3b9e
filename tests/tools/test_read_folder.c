/* SPDX-License-Identifier: MIT */
/* Walking folders: same files, same order, no loops, nothing but what can be read. */
#include "test_read_support.h"

#include <sys/stat.h>
#include <unistd.h>

static char root[] = "/tmp/stemma-folder-XXXXXX";
static stm_entry_list list;
static stm_problems problems;

static const char *at_root(const char *name)
{
    static char path[512];
    snprintf(path, sizeof path, "%s/%s", root, name);
    return path;
}

static void write_file(const char *name, const char *content)
{
    FILE *file = fopen(at_root(name), "wb");
    assert_non_null(file);
    assert_true(fputs(content, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static int set_up(void **state)
{
    (void)state;
    assert_non_null(mkdtemp(root));
    assert_int_equal(mkdir(at_root("b"), 0700), 0);
    assert_int_equal(mkdir(at_root("b/deep"), 0700), 0);
    assert_int_equal(mkdir(at_root(".git"), 0700), 0);
    write_file("z.txt", "last");
    write_file("a.HTML", "<p>page");
    write_file("b/one.md", "# one");
    write_file("b-x.txt", "between");
    write_file("b/deep/two.jsonl", "{}");
    write_file("b/README.origin", "not known");
    write_file("manifest.csv", "file\nz.txt\ngone.txt\n");
    write_file("table.csv", "a\n");
    write_file("old.stemma", "x");
    write_file(".hidden.txt", "x");
    write_file(".git/x.txt", "x");
    assert_int_equal(symlink("..", at_root("b/up")), 0);
    assert_int_equal(symlink("../z.txt", at_root("b/linked.txt")), 0);
    assert_int_equal(symlink("nowhere", at_root("b/broken.txt")), 0);
    assert_int_equal(mkfifo(at_root("pipe.txt"), 0600), 0);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    static const char *const names[] = {"z.txt",
                                        "a.HTML",
                                        "b/one.md",
                                        "b-x.txt",
                                        "b/deep/two.jsonl",
                                        "b/README.origin",
                                        "manifest.csv",
                                        "table.csv",
                                        "old.stemma",
                                        ".hidden.txt",
                                        ".git/x.txt",
                                        "b/up",
                                        "b/linked.txt",
                                        "b/broken.txt",
                                        "pipe.txt",
                                        "b/deep",
                                        "b",
                                        ".git"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_int_equal(remove(at_root(names[i])), 0);
    }
    return rmdir(root);
}

static int begin(void **state)
{
    (void)state;
    stm_entry_list_init(&list);
    stm_problems_to_buffer(&problems);
    return 0;
}

static int end(void **state)
{
    (void)state;
    stm_entry_list_free(&list);
    stm_problems_free(&problems);
    return 0;
}

static void a_folder_gives_known_files_in_byte_order(void **state)
{
    (void)state;
    static const struct {
        const char *uri;
        stm_entry_kind kind;
    } expected[] = {{"a.HTML", STM_ENTRY_HTML},
                    {"b-x.txt", STM_ENTRY_TEXT},
                    {"b/deep/two.jsonl", STM_ENTRY_INTERCHANGE},
                    {"b/linked.txt", STM_ENTRY_TEXT},
                    {"b/one.md", STM_ENTRY_MARKDOWN},
                    {"old.stemma", STM_ENTRY_BASE},
                    {"table.csv", STM_ENTRY_TABLE},
                    {"z.txt", STM_ENTRY_TEXT}};
    char with_slash[64];
    snprintf(with_slash, sizeof with_slash, "%s/", root);
    const char *roots[] = {root, with_slash};
    for (size_t r = 0; r < 2; r++) {
        size_t first = list.count;
        assert_int_equal(stm_entry_list_add(&list, roots[r], &problems), STEMMA_OK);
        assert_int_equal(list.count - first, sizeof expected / sizeof *expected);
        for (size_t i = first; i < list.count; i++) {
            assert_text(list.entries[i].uri, expected[i - first].uri);
            assert_int_equal(list.entries[i].kind, expected[i - first].kind);
            assert_int_equal(list.entries[i].input, r);
        }
        assert_int_equal(list.manifest_count, r + 1);
    }
    assert_int_equal(memcmp(list.manifest.data, root, strlen(root)), 0);
    assert_string_equal(list.manifest.data + strlen(root), "/manifest.csv");
    /* The broken link, once for each walk. */
    assert_int_equal(problems.counts[STM_SEVERITY_ERROR], 2);
    assert_true(has_code(&problems, "FILE_UNREADABLE"));
}

static void a_file_named_itself_is_taken_whatever_its_ending(void **state)
{
    (void)state;
    assert_int_equal(stm_entry_list_add(&list, at_root("b/README.origin"), &problems), STEMMA_OK);
    assert_int_equal(list.count, 1);
    assert_int_equal(list.entries[0].kind, STM_ENTRY_TEXT);
    assert_int_equal(problems.counts[STM_SEVERITY_ERROR], 0);
}

static void what_is_not_there_is_reported(void **state)
{
    (void)state;
    assert_int_equal(stm_entry_list_add(&list, at_root("absent"), &problems), STEMMA_OK);
    assert_int_equal(stm_entry_list_add(&list, "", &problems), STEMMA_OK);
    assert_int_equal(list.count, 0);
    assert_int_equal(problems.counts[STM_SEVERITY_ERROR], 2);
    assert_true(has_code(&problems, "FILE_UNREADABLE"));
}

static void rows_of_a_manifest_without_a_file_are_reported_with_their_line(void **state)
{
    (void)state;
    static const char text[] = "file\nz.txt\ngone.txt\nb/one.md\n";
    stm_manifest manifest;
    assert_int_equal(stm_entry_list_add(&list, root, NULL), STEMMA_OK);
    assert_int_equal(stm_manifest_read(&manifest,
                                       (stemma_bytes){(const uint8_t *)text, sizeof text - 1},
                                       stemma_text_of("manifest.csv"), &list, &problems),
                     STEMMA_OK);
    assert_int_equal(problems.counts[STM_SEVERITY_ERROR], 1);
    assert_true(has_code(&problems, "MANIFEST_FILE_MISSING"));
    assert_non_null(strstr(problems.json.data, "\"line\":3"));
    stm_manifest_free(&manifest);
}

static void files_are_read_and_refused_by_name(void **state)
{
    (void)state;
    stm_source_document *source;
    write_file("z.txt", "");
    assert_int_equal(stm_entry_list_add(&list, at_root("z.txt"), &problems), STEMMA_OK);
    assert_int_equal(stm_read_file(&list.entries[0], NULL, NULL, &problems, &source),
                     STEMMA_E_INVALID);
    assert_true(has_code(&problems, "EMPTY_FILE"));
    write_file("z.txt", "a line of twenty-six bytes");
    stm_read_limits limits = {20, 0};
    assert_int_equal(stm_read_file(&list.entries[0], NULL, &limits, &problems, &source),
                     STEMMA_E_LIMIT);
    assert_true(has_code(&problems, "FILE_TOO_LARGE"));
    assert_int_equal(stm_read_file(&list.entries[0], NULL, NULL, &problems, &source), STEMMA_OK);
    assert_text(source->text, "a line of twenty-six bytes");
    stm_source_free(source);
    stm_entry gone = {stemma_text_of("/nonexistent/x.txt"), stemma_text_of("x.txt"), STM_ENTRY_TEXT,
                      0, false, 0};
    assert_int_equal(stm_read_file(&gone, NULL, NULL, &problems, &source), STEMMA_E_SYSTEM);
    assert_null(source);
    assert_true(has_code(&problems, "FILE_UNREADABLE"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_folder_gives_known_files_in_byte_order, begin, end),
        cmocka_unit_test_setup_teardown(a_file_named_itself_is_taken_whatever_its_ending, begin,
                                        end),
        cmocka_unit_test_setup_teardown(what_is_not_there_is_reported, begin, end),
        cmocka_unit_test_setup_teardown(
            rows_of_a_manifest_without_a_file_are_reported_with_their_line, begin, end),
        cmocka_unit_test_setup_teardown(files_are_read_and_refused_by_name, begin, end),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
