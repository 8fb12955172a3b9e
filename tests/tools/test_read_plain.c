/* SPDX-License-Identifier: MIT */
/* Plain text: paragraphs by blank lines or by lines, titles by their shape; and what the call for a
   whole file makes of all that is known. */
#include "test_read_support.h"

#include <pthread.h>

static void blank_lines_and_long_lines_make_paragraphs(void **state)
{
    (void)state;
    static const char long_lines[] =
        "The government of Verania freed forty fishermen on Tuesday after two days of talks in the "
        "harbour town of Port Almar, the foreign ministry said.\n"
        "The men were met by relatives.\r\n\r\n  They sailed home.\n";
    stm_source_document *source = read_string(STM_ENTRY_TEXT, long_lines);
    assert_int_equal(source->paragraph_count, 3);
    assert_text(stm_plain_paragraph(source, 1), "The men were met by relatives.");
    assert_text(stm_plain_paragraph(source, 2), "They sailed home.");
    assert_text(source->text, long_lines);
    stm_source_free(source);
}

static void lines_wrapped_at_a_column_are_joined(void **state)
{
    (void)state;
    stm_source_document *source =
        read_string(STM_ENTRY_TEXT, "Forty fishermen freed\n"
                                    "\n"
                                    "The government of Verania freed forty fishermen on\n"
                                    "Tuesday after two days of talks in the harbour town\n"
                                    "of Port Almar, the ministry said.\n"
                                    "The men were met by relatives on the quay, and they\n"
                                    "sailed home.\n");
    assert_int_equal(source->paragraph_count, 3);
    assert_text(stm_plain_paragraph(source, 2), "The men were met by relatives on the quay, and "
                                                "they\nsailed home.");
    stm_source_free(source);
}

static void old_line_ends_are_line_ends(void **state)
{
    (void)state;
    stm_source_document *source = read_string(STM_ENTRY_TEXT, "One.\rTwo.\r\rThree.\r");
    assert_int_equal(source->paragraph_count, 3);
    assert_text(stm_plain_paragraph(source, 1), "Two.");
    stm_source_free(source);
}

static void a_title_is_short_without_full_stop_and_followed_by_more(void **state)
{
    (void)state;
    static const char body[] =
        "The government of Verania freed forty fishermen on Tuesday, it said.";
    static const char *const cases[][2] = {
        {"Forty fishermen freed", "Forty fishermen freed"},
        {"Will Verania free them?", "Will Verania free them?"},
        {"Share\n\nForty fishermen freed", "Forty fishermen freed"},
        {"Forty fishermen were freed.", ""},
        {"He said:", ""},
        {"\xE2\x80\x9CWe are free.\xE2\x80\x9D", ""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[512];
        snprintf(text, sizeof text, "%s\n\n%s\n", cases[i][0], body);
        stm_source_document *source = read_string(STM_ENTRY_TEXT, text);
        assert_text(source->fields.title, cases[i][1]);
        stm_source_free(source);
    }
    stm_source_document *source = read_string(STM_ENTRY_TEXT, "Forty fishermen freed");
    assert_int_equal(source->fields.title.size, 0);
    stm_source_free(source);
}

static void the_manifest_wins_over_the_file_and_the_file_over_its_lines(void **state)
{
    (void)state;
    static const char text[] =
        "---\ntitle: From the file\npublisher: File Press\n---\n"
        "A line that looks like a title\n\nBy Lena Marsh\n\n12 March 2031\n\n"
        "The government of Verania freed forty fishermen on Tuesday.\n";
    stm_manifest_row row;
    memset(&row, 0, sizeof row);
    row.fields.publisher = stemma_text_of("Manifest Press");
    row.fields.published.raw = stemma_text_of("13/03/31?");
    stm_entry entry = {stemma_text_of("in/a.txt"), stemma_text_of("a.txt"), STM_ENTRY_TEXT, 0, false, 0};
    stm_source_document *source;
    stemma_bytes bytes = {(const uint8_t *)text, sizeof text - 1};
    assert_int_equal(stm_read_memory(&entry, bytes, &row, NULL, NULL, &source), STEMMA_OK);
    assert_text(source->fields.publisher, "Manifest Press");
    assert_text(source->fields.title, "From the file");
    assert_text(source->fields.byline, "Lena Marsh");
    assert_text(source->fields.uri, "a.txt");
    /* A date that can be read beats one that cannot. */
    assert_text(source->fields.published.edtf, "2031-03-12");
    assert_text(source->fields.published.raw, "12 March 2031");
    stemma_document view;
    stm_source_view(source, &view);
    assert_text(view.title, "From the file");
    assert_int_equal(view.text_size, source->text.size);
    assert_int_equal(view.paragraph_count, source->paragraph_count);
    assert_int_equal(view.referent_count, 0);
    stm_source_free(source);
}

static void refused_bytes_are_reported_with_their_place(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t size;
        const char *code;
    } cases[] = {{"", 0, "EMPTY_FILE"},
                 {" \n\t", 3, "EMPTY_FILE"},
                 {"\xEF\xBB\xBF", 3, "EMPTY_FILE"},
                 {"ok\nbad \xFF", 8, "ENCODING_INVALID"},
                 {"a\0b", 3, "BINARY_FILE"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        stm_problems problems;
        stm_problems_to_buffer(&problems);
        assert_null(read_sized(STM_ENTRY_TEXT, cases[i].bytes, cases[i].size, &problems));
        assert_true(has_code(&problems, cases[i].code));
        assert_int_equal(problems.counts[STM_SEVERITY_ERROR], 1);
        stm_problems_free(&problems);
    }
}

static void an_entry_of_another_kind_is_misuse(void **state)
{
    (void)state;
    stm_entry entry = {stemma_text_of("a.jsonl"), stemma_text_of("a.jsonl"), STM_ENTRY_INTERCHANGE,
                       0, false, 0};
    stm_source_document *source;
    stemma_bytes bytes = {(const uint8_t *)"{}", 2};
    assert_int_equal(stm_read_memory(&entry, bytes, NULL, NULL, NULL, &source), STEMMA_E_MISUSE);
    assert_null(source);
}

static void *read_many(void *argument)
{
    (void)argument;
    static const char *const texts[] = {
        "<html><title>x</title><time datetime=2031-01-02></time><p>The men were freed.</html>",
        "# Title\n\nThe men were freed.\n", "---\ntitle: x\n---\nThe men were freed.\n"};
    static const stm_entry_kind kinds[] = {STM_ENTRY_HTML, STM_ENTRY_MARKDOWN, STM_ENTRY_TEXT};
    for (int round = 0; round < 50; round++) {
        for (size_t i = 0; i < 3; i++) {
            stm_entry entry = {stemma_text_of("x"), stemma_text_of("x"), kinds[i], 0, false, 0};
            stm_source_document *source;
            stemma_bytes bytes = {(const uint8_t *)texts[i], strlen(texts[i])};
            if (stm_read_memory(&entry, bytes, NULL, NULL, NULL, &source) != STEMMA_OK ||
                source->paragraph_count == 0) {
                return argument;
            }
            stm_source_free(source);
        }
    }
    return NULL;
}

static void documents_are_read_by_many_threads(void **state)
{
    (void)state;
    pthread_t threads[4];
    int failed = 0;
    stm_read_initialize();
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, read_many, &failed), 0);
    }
    for (size_t i = 0; i < 4; i++) {
        void *result;
        pthread_join(threads[i], &result);
        assert_null(result);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blank_lines_and_long_lines_make_paragraphs),
        cmocka_unit_test(lines_wrapped_at_a_column_are_joined),
        cmocka_unit_test(old_line_ends_are_line_ends),
        cmocka_unit_test(a_title_is_short_without_full_stop_and_followed_by_more),
        cmocka_unit_test(the_manifest_wins_over_the_file_and_the_file_over_its_lines),
        cmocka_unit_test(refused_bytes_are_reported_with_their_place),
        cmocka_unit_test(an_entry_of_another_kind_is_misuse),
        cmocka_unit_test(documents_are_read_by_many_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
