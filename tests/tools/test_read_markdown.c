/* SPDX-License-Identifier: MIT */
/* Markdown and front matter: the text without its marks, the fields without guesses. */
#include "test_read_support.h"

static stm_problems problems;

static void marks_are_left_out_and_blocks_stand_apart(void **state)
{
    (void)state;
    stm_source_document *source = read_string(
        STM_ENTRY_MARKDOWN,
        "# Forty *fishermen* freed\n\nThe government of **Verania** freed\nforty "
        "[men](http://x.example).\n"
        "They sailed home  \non Tuesday.\n\n"
        "- Oda Renn\n- Per `Holt`\n\n> \"We share this joy.\"\n\n---\n\n<div>html</div>\n\n"
        "![A boat at the quay](boat.jpg)\n\n    indented\n      code\n");
    assert_text(source->text, "Forty fishermen freed\n\nThe government of Verania freed forty men. "
                              "They sailed home\non Tuesday.\n\nOda Renn\n\nPer Holt\n\n"
                              "\"We share this joy.\"\n\nA boat at the quay\n\nindented\n  code");
    assert_text(source->fields.title, "Forty fishermen freed");
    assert_text(source->fields.media_type, "text/markdown");
    assert_true(is_marked(source, "A boat at the quay"));
    assert_false(is_marked(source, "They sailed"));
    stm_source_free(source);
}

static void front_matter_fills_fields_and_is_not_text(void **state)
{
    (void)state;
    static const char text[] =
        "---\r\ntitle: \"Forty: freed\"\r\ndate: 2031-03-12\r\nauthors:\r\n  - Lena Marsh\r\n"
        "  - Per Holt\r\nnested: {title: no, date: 1999}\r\nlang: en\r\nurl: "
        "https://tidings.example/1\r\n"
        "publisher: The Tidings\r\nagency: Northwire\r\nlicense: CC BY 4.0\r\n---\r\n"
        "The men were freed on Tuesday.\r\n";
    static const stm_entry_kind kinds[] = {STM_ENTRY_MARKDOWN, STM_ENTRY_TEXT};
    for (size_t i = 0; i < 2; i++) {
        stm_source_document *source = read_string(kinds[i], text);
        assert_text(stm_plain_paragraph(source, 0), "The men were freed on Tuesday.");
        assert_int_equal(source->paragraph_count, 1);
        assert_text(source->fields.title, "Forty: freed");
        assert_text(source->fields.published.edtf, "2031-03-12");
        assert_text(source->fields.byline, "Lena Marsh, Per Holt");
        assert_text(source->fields.language, "en");
        assert_text(source->fields.uri, "https://tidings.example/1");
        assert_text(source->fields.publisher, "The Tidings");
        assert_text(source->fields.agency, "Northwire");
        assert_text(source->fields.licence, "CC BY 4.0");
        stm_source_free(source);
    }
}

static void rules_and_broken_blocks_stay_in_the_text(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "---\nThe men were freed on Tuesday.\n---\nThey sailed home.\n",
        "---\ntitle: [open\n---\nThey sailed home.\n",
        "---\ntitle: never closed\nThey sailed home.\n",
        "--- not a fence\ntitle: x\n---\nThey sailed home.\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        stm_source_document *source = read_string(STM_ENTRY_TEXT, texts[i]);
        assert_text(source->text, texts[i]);
        assert_int_equal(source->fields.title.size == 0 || source->fields.title.data[0] != 'x', 1);
        stm_source_free(source);
    }
}

static void a_broken_block_or_date_is_reported_at_its_line(void **state)
{
    (void)state;
    static const char broken[] = "---\ntitle: [open\n---\nThey sailed home.\n";
    static const char dated[] = "---\ntitle: x\ndate: some day\n---\nThey sailed home.\n";
    stm_problems_to_buffer(&problems);
    stm_source_free(read_sized(STM_ENTRY_TEXT, broken, sizeof broken - 1, &problems));
    assert_true(has_code(&problems, "FRONT_MATTER_INVALID"));
    stm_source_document *source = read_sized(STM_ENTRY_TEXT, dated, sizeof dated - 1, &problems);
    assert_true(has_code(&problems, "DATE_UNREADABLE"));
    assert_non_null(strstr(problems.json.data, "\"line\":3"));
    assert_text(source->fields.published.raw, "some day");
    assert_int_equal(source->fields.published.edtf.size, 0);
    assert_int_equal(problems.counts[STM_SEVERITY_ERROR], 0);
    stm_source_free(source);
    stm_problems_free(&problems);
}

static void hostile_markdown_and_yaml_end(void **state)
{
    (void)state;
    static const char *const pieces[] = {"[",   "*",    "> ",       "- ", "`",    "![](",
                                         "<a ", "**a ", "_[",       "|",  "{a: ", "&a [*a, ",
                                         "? ",  "- - ", "\"\\0\" ", "!!"};
    size_t size = 16000;
    char *text = malloc(size + 64);
    assert_non_null(text);
    for (size_t i = 0; i < 2 * sizeof pieces / sizeof *pieces; i++) {
        const char *piece = pieces[i / 2];
        size_t used = i % 2 != 0 ? (size_t)sprintf(text, "---\nx: ") : 0;
        while (used + strlen(piece) < size) {
            memcpy(text + used, piece, strlen(piece));
            used += strlen(piece);
        }
        used += (size_t)sprintf(text + used, "\n---\nThe end.\n");
        stm_problems_to_buffer(&problems);
        stm_source_document *source = read_sized(STM_ENTRY_MARKDOWN, text, used, &problems);
        if (source != NULL) {
            assert_sound(source);
        }
        stm_source_free(source);
        stm_problems_free(&problems);
    }
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_are_left_out_and_blocks_stand_apart),
        cmocka_unit_test(front_matter_fills_fields_and_is_not_text),
        cmocka_unit_test(rules_and_broken_blocks_stay_in_the_text),
        cmocka_unit_test(a_broken_block_or_date_is_reported_at_its_line),
        cmocka_unit_test(hostile_markdown_and_yaml_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
