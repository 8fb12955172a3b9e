/* SPDX-License-Identifier: MIT */
/* Manifests: what they say reaches the right file, and what they say wrongly is reported. */
#include "test_read_support.h"

static stm_manifest manifest;
static stm_problems problems;

static stemma_status read_manifest(const char *text, size_t size)
{
    static stm_entry entries[6];
    static const char *const files[] = {"c.txt", "a.txt", "b.txt", "x.txt", "a/c.txt", "a.txt"};
    stm_entry_list list;
    stm_entry_list_init(&list);
    for (size_t i = 0; i < 6; i++) {
        entries[i].uri = stemma_text_of(files[i]);
    }
    list.entries = entries;
    list.count = 6;
    list.input_count = 2; /* both of which have an a.txt */
    stm_manifest_free(&manifest);
    stm_problems_free(&problems);
    stm_problems_to_buffer(&problems);
    stemma_status status =
        stm_manifest_read(&manifest, (stemma_bytes){(const uint8_t *)text, size},
                          stemma_text_of("manifest.csv"), &list, &problems);
    stm_entry_list_free(&list);
    return status;
}

static int tear_down(void **state)
{
    (void)state;
    stm_manifest_free(&manifest);
    stm_problems_free(&problems);
    return 0;
}

static const stm_manifest_row *row_of(const char *file)
{
    return stm_manifest_find(&manifest, stemma_text_of(file));
}

static void rows_are_found_by_file_with_all_their_fields(void **state)
{
    (void)state;
    static const char text[] =
        "Path;Title;Published;URL;publisher;language;licence;byline;agency;retrieved\n"
        "./b.txt;\"Harbour; reopened\";12 March 2024;https://news.example/b;The Tidings;en;CC BY;"
        "Jane Doe;AFP;2024-03-13T10:00Z\n"
        "a/c.txt;;;;;;;;;\n";
    assert_int_equal(read_manifest(text, sizeof text - 1), STEMMA_OK);
    assert_int_equal(manifest.row_count, 2);
    assert_int_equal(problems.json.size, 0);
    const stm_manifest_row *row = row_of("b.txt");
    assert_non_null(row);
    assert_int_equal(row->line, 2);
    assert_text(row->fields.title, "Harbour; reopened");
    assert_text(row->fields.published.raw, "12 March 2024");
    assert_text(row->fields.published.edtf, "2024-03-12");
    assert_text(row->fields.uri, "https://news.example/b");
    assert_text(row->fields.publisher, "The Tidings");
    assert_text(row->fields.language, "en");
    assert_text(row->fields.licence, "CC BY");
    assert_text(row->fields.byline, "Jane Doe");
    assert_text(row->fields.agency, "AFP");
    assert_text(row->fields.retrieved, "2024-03-13T10:00Z");
    assert_non_null(row_of("a/c.txt"));
    assert_null(row_of("c.txt"));
}

static void a_date_that_cannot_be_read_is_kept_raw_with_a_warning(void **state)
{
    (void)state;
    static const char text[] = "file,date\nx.txt,some day in spring\n";
    assert_int_equal(read_manifest(text, sizeof text - 1), STEMMA_OK);
    assert_text(row_of("x.txt")->fields.published.raw, "some day in spring");
    assert_int_equal(row_of("x.txt")->fields.published.edtf.size, 0);
    assert_true(has_code(&problems, "DATE_UNREADABLE"));
    assert_int_equal(problems.counts[STM_SEVERITY_WARNING], 1);
    assert_int_equal(problems.counts[STM_SEVERITY_ERROR], 0);
}

static void duplicates_short_rows_and_broken_rows_are_reported_and_the_rest_is_read(void **state)
{
    (void)state;
    static const char text[] =
        "file,title\na.txt,first\na.txt,second\n,none\nb.txt,x\"y\nc.txt,z\n";
    assert_int_equal(read_manifest(text, sizeof text - 1), STEMMA_OK);
    assert_int_equal(manifest.row_count, 2);
    assert_text(row_of("a.txt")->fields.title, "first");
    assert_non_null(row_of("c.txt"));
    assert_true(has_code(&problems, "MANIFEST_DUPLICATE"));
    assert_non_null(strstr(problems.json.data, "\"line\":3,\"column\":1,\"code\":\"MANIFEST_DUP"));
    assert_true(has_code(&problems, "MANIFEST_ROW_SHORT"));
    assert_true(has_code(&problems, "CSV_QUOTE_STRAY"));
    assert_int_equal(problems.counts[STM_SEVERITY_ERROR], 3);
}

static void rows_of_files_that_are_not_there_are_reported_and_not_kept(void **state)
{
    (void)state;
    static const char text[] = "file,title\ngone.txt,first\na.txt,second\n../a.txt,x\n/a.txt,x\n";
    assert_int_equal(read_manifest(text, sizeof text - 1), STEMMA_OK);
    assert_int_equal(manifest.row_count, 1);
    assert_text(row_of("a.txt")->fields.title, "second");
    assert_non_null(strstr(problems.json.data, "\"line\":2,\"column\":1,\"code\":\"MANIFEST_FILE"));
    assert_int_equal(problems.counts[STM_SEVERITY_ERROR], 3);
}

static void a_manifest_without_a_file_column_cannot_be_used(void **state)
{
    (void)state;
    assert_int_equal(read_manifest("name,date\nx,y\n", 14), STEMMA_E_INVALID);
    assert_true(has_code(&problems, "MANIFEST_COLUMN_MISSING"));
    assert_int_equal(read_manifest("", 0), STEMMA_E_INVALID);
    assert_true(has_code(&problems, "MANIFEST_COLUMN_MISSING"));
    assert_int_equal(read_manifest("file\n\xFF\n", 7), STEMMA_E_INVALID);
    assert_true(has_code(&problems, "ENCODING_INVALID"));
    assert_int_equal(read_manifest("\"file\n", 6), STEMMA_E_INVALID);
    assert_true(has_code(&problems, "CSV_QUOTE_OPEN"));
}

static bool is_one(const char *text, size_t size)
{
    bool is = true;
    assert_int_equal(stm_manifest_is_one((stemma_bytes){(const uint8_t *)text, size}, &is),
                     STEMMA_OK);
    return is;
}

static void a_manifest_is_told_from_another_table_of_that_name(void **state)
{
    (void)state;
    assert_true(is_one("file,published\na.txt\n", 21));
    assert_true(is_one("mood;path\n", 10));
    assert_false(is_one("name,date\nfile,y\n", 17));
    assert_false(is_one("", 0));
    assert_false(is_one("file\n\xFF\n", 7));
    assert_false(is_one("\"file\n", 6));
}

static void unknown_columns_are_noted_and_ignored(void **state)
{
    (void)state;
    static const char text[] = "file,mood\na.txt,glad\n";
    assert_int_equal(read_manifest(text, sizeof text - 1), STEMMA_OK);
    assert_true(has_code(&problems, "MANIFEST_COLUMN_UNKNOWN"));
    assert_int_equal(problems.counts[STM_SEVERITY_NOTE], 1);
    assert_int_equal(problems.counts[STM_SEVERITY_ERROR], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_found_by_file_with_all_their_fields),
        cmocka_unit_test(a_date_that_cannot_be_read_is_kept_raw_with_a_warning),
        cmocka_unit_test(duplicates_short_rows_and_broken_rows_are_reported_and_the_rest_is_read),
        cmocka_unit_test(rows_of_files_that_are_not_there_are_reported_and_not_kept),
        cmocka_unit_test(a_manifest_without_a_file_column_cannot_be_used),
        cmocka_unit_test(a_manifest_is_told_from_another_table_of_that_name),
        cmocka_unit_test(unknown_columns_are_noted_and_ignored),
    };
    return cmocka_run_group_tests(tests, NULL, tear_down);
}
