/* SPDX-License-Identifier: MIT */
/* What people see: safe text, columns that fit, and rows for programs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdlib.h>

#include "common/format.h"
#include "common/format_buffer.h"
#include "common/table.h"

static stemma_text safe(struct stm_buffer *buffer, const char *text)
{
    stm_buffer_clear(buffer);
    stm_buffer_add_safe(buffer, stemma_text_of(text));
    return stm_buffer_text(buffer);
}

static void assert_text(stemma_text text, const char *wanted)
{
    assert_int_equal(text.size, strlen(wanted));
    assert_memory_equal(text.data, wanted, text.size);
}

static void no_control_character_of_a_file_stays(void **state)
{
    struct stm_buffer buffer = {0};
    (void)state;
    assert_text(safe(&buffer, "a\x1b[2Jb"), "a\\x1b[2Jb");
    assert_text(safe(&buffer, "\x07\x7f"), "\\x07\\x7f");
    assert_text(safe(&buffer, "\xC2\x9B" "31m"), "\\x9b31m");             /* C1 CSI */
    assert_text(safe(&buffer, "a\xE2\x80\xAE" "b"), "a\\u202eb");         /* right-to-left override */
    assert_text(safe(&buffer, "a\xE2\x81\xA6" "b"), "a\\u2066b");         /* isolate */
    assert_text(safe(&buffer, "\x9B" "31m"), "\xEF\xBF\xBD" "31m");       /* not UTF-8 */
    assert_text(safe(&buffer, "\xC3\xA9t\xC3\xA9"), "\xC3\xA9t\xC3\xA9"); /* letters stay */
    stm_buffer_free(&buffer);
}

static void white_space_becomes_single_spaces(void **state)
{
    struct stm_buffer buffer = {0};
    (void)state;
    assert_text(safe(&buffer, "a \n\t b\r\nc"), "a b c");
    assert_text(safe(&buffer, ""), "");
    stm_buffer_free(&buffer);
}

static void width_counts_columns_not_bytes(void **state)
{
    (void)state;
    assert_int_equal(stm_text_width(stemma_text_of("Vex")), 3);
    assert_int_equal(stm_text_width(stemma_text_of("\xC3\xA9")), 1);
    assert_int_equal(stm_text_width(stemma_text_of("e\xCC\x81")), 1);     /* combining */
    assert_int_equal(stm_text_width(stemma_text_of("\xE6\xBC\xA2")), 2); /* wide */
    assert_text(stm_text_cut(stemma_text_of("\xE6\xBC\xA2" "ab"), 3), "\xE6\xBC\xA2" "a");
    assert_text(stm_text_cut(stemma_text_of("\xE6\xBC\xA2" "ab"), 1), "");
}

/* Runs `write` on a temporary file and gives what it wrote; the caller frees it. */
static char *written(void (*write)(FILE *file))
{
    FILE *file = tmpfile();
    char *text = calloc(1, 65536);
    assert_non_null(file);
    assert_non_null(text);
    write(file);
    rewind(file);
    assert_true(fread(text, 1, 65535, file) < 65535);
    fclose(file);
    return text;
}

static const struct stm_table_column columns[] = {
    {"NAME", false, true, STM_STYLE_NONE},
    {"N", true, false, STM_STYLE_NONE},
    {"ID", false, false, STM_STYLE_NONE},
};

static void write_row(struct stm_table *table, const char *name, uint64_t number, const char *id)
{
    stm_table_cell(table, stemma_text_of(name));
    stm_table_number(table, number);
    stm_table_cell(table, stemma_text_of(id));
}

static void write_wide(FILE *file)
{
    struct stm_terminal terminal = {file, false, 0};
    struct stm_table table;
    stm_table_begin(&table, &terminal, columns, 3, 0, true);
    write_row(&table, "a name", 7, "x");
    write_row(&table, "\xC3\xA9t\xC3\xA9", 1234, "");
    assert_true(stm_table_end(&table));
}

static void columns_align_without_trailing_spaces(void **state)
{
    char *text = written(write_wide);
    (void)state;
    assert_string_equal(text, "NAME       N  ID\n"
                              "a name     7  x\n"
                              "\xC3\xA9t\xC3\xA9     1234\n");
    free(text);
}

static void write_narrow(FILE *file)
{
    struct stm_terminal terminal = {file, false, 30};
    struct stm_table table;
    stm_table_begin(&table, &terminal, columns, 3, 0, false);
    write_row(&table, "one two three four five six seven", 7, "xyz");
    write_row(&table, "unbreakableunbreakableunbreakable", 8, "xyz");
    assert_true(stm_table_end(&table));
}

static void cells_wrap_at_spaces_to_fit_the_terminal(void **state)
{
    char *text = written(write_narrow);
    (void)state;
    assert_string_equal(text, "one two three four      7  xyz\n"
                              "five six seven\n"
                              "unbreakableunbreakable  8  xyz\n"
                              "unbreakable\n");
    for (const char *line = text; *line != '\0'; line = strchr(line, '\n') + 1) {
        assert_true(strcspn(line, "\n") <= 30);
    }
    free(text);
}

static void write_endless(FILE *file)
{
    struct stm_terminal terminal = {file, false, 40};
    struct stm_table table;
    char name[4096];
    memset(name, 'a', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    stm_table_begin(&table, &terminal, columns, 3, 0, false);
    write_row(&table, name, 7, "xyz");
    assert_true(stm_table_end(&table));
}

static void an_endless_cell_ends_in_an_ellipsis(void **state)
{
    char *text = written(write_endless);
    size_t size = strlen(text);
    (void)state;
    assert_true(size < 400);
    assert_memory_equal(text + size - 4, "\xE2\x80\xA6\n", 4);
    free(text);
}

static void write_many(FILE *file)
{
    struct stm_terminal terminal = {file, false, 0};
    struct stm_table table;
    stm_table_begin(&table, &terminal, columns, 3, 0, true);
    for (uint32_t i = 0; i < 1200; i++) {
        write_row(&table, "n", i, "x");
    }
    assert_true(stm_table_end(&table));
}

static void long_tables_keep_every_row_and_one_title(void **state)
{
    char *text = written(write_many);
    unsigned lines = 0;
    (void)state;
    for (const char *at = text; (at = strchr(at, '\n')) != NULL; at++) {
        lines++;
    }
    assert_int_equal(lines, 1201);
    assert_null(strstr(text + 1, "NAME"));
    assert_non_null(strstr(text, "1199"));
    free(text);
}

static void write_fields(FILE *file, enum stm_format format)
{
    struct stm_output output;
    stm_output_begin(&output, file, format, STM_COLOR_NEVER);
    stm_output_field_string(&output, "plain");
    stm_output_field_string(&output, "a,\"b\"\n\tc\\");
    stm_output_field_string(&output, "\x1b[1m");
    stm_output_field_string(&output, "");
    stm_output_row_end(&output);
    assert_int_equal(stm_output_end(&output), STEMMA_OK);
}

static void write_csv(FILE *file)
{
    write_fields(file, STM_FORMAT_CSV);
}

static void write_tsv(FILE *file)
{
    write_fields(file, STM_FORMAT_TSV);
}

static void rows_quote_and_escape(void **state)
{
    char *csv = written(write_csv);
    char *tsv = written(write_tsv);
    (void)state;
    assert_string_equal(csv, "plain,\"a,\"\"b\"\"\n\tc\\\",\\x1b[1m,\r\n");
    assert_string_equal(tsv, "plain\ta,\"b\"\\n\\tc\\\\\t\\x1b[1m\t\n");
    free(csv);
    free(tsv);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_control_character_of_a_file_stays),
        cmocka_unit_test(white_space_becomes_single_spaces),
        cmocka_unit_test(width_counts_columns_not_bytes),
        cmocka_unit_test(columns_align_without_trailing_spaces),
        cmocka_unit_test(cells_wrap_at_spaces_to_fit_the_terminal),
        cmocka_unit_test(an_endless_cell_ends_in_an_ellipsis),
        cmocka_unit_test(long_tables_keep_every_row_and_one_title),
        cmocka_unit_test(rows_quote_and_escape),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
