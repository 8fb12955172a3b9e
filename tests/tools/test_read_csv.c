/* SPDX-License-Identifier: MIT */
/* Tables: RFC 4180 to the letter, errors with their place, memory bounded. */
#include "test_read_support.h"

#include "pack/read/csv.h"

/* All rows as "a|b\nc|d\n", errors as "!CODE line:column\n". */
static void read_all(const char *text, size_t size, char *out, size_t room)
{
    stm_csv csv;
    stemma_text view = {text, size};
    size_t used = 0;
    assert_int_equal(stm_csv_init(&csv, view, stm_csv_sniff(view)), STEMMA_OK);
    out[0] = 0;
    for (;;) {
        stm_csv_row row;
        stm_csv_error error;
        stemma_status status = stm_csv_next(&csv, &row, &error);
        if (status == STEMMA_END) {
            break;
        }
        if (status == STEMMA_E_INVALID) {
            used += (size_t)snprintf(out + used, room - used, "!%s %d:%d\n", error.code,
                                     (int)error.line, (int)error.column);
            continue;
        }
        assert_int_equal(status, STEMMA_OK);
        for (uint32_t i = 0; i < row.count; i++) {
            used +=
                (size_t)snprintf(out + used, room - used, "%.*s%s", (int)row.fields[i].text.size,
                                 row.fields[i].text.data, i + 1 < row.count ? "|" : "\n");
        }
        assert_true(used < room);
    }
    stm_csv_free(&csv);
}

#define CHECK(text, expected)                                                                      \
    do {                                                                                           \
        char out_[4096];                                                                           \
        read_all(text, sizeof(text) - 1, out_, sizeof out_);                                       \
        assert_string_equal(out_, expected);                                                       \
    } while (0)

static void plain_and_quoted_fields(void **state)
{
    (void)state;
    CHECK("a,b\r\n1,\"two, \"\"2\"\"\nlines\"\r\n,\n", "a|b\n1|two, \"2\"\nlines\n|\n");
    CHECK("a,b", "a|b\n");
    CHECK("a,b\n1,\"\"", "a|b\n1|\n");
    CHECK("\xEF\xBB\xBF"
          "a,b\n\n\r\n1,2\n",
          "a|b\n1|2\n");
    CHECK("", "");
    CHECK("a\rb\r", "a\nb\n");
}

static void the_delimiter_is_found_in_the_header(void **state)
{
    (void)state;
    CHECK("a;b;c,d\n1;2;3,4\n", "a|b|c,d\n1|2|3,4\n");
    CHECK("a\tb\n1\t2,3\n", "a|b\n1|2,3\n");
    CHECK("\"a;b;c\",d\n1,2\n", "a;b;c|d\n1|2\n");
}

static void errors_name_line_and_column_and_reading_goes_on(void **state)
{
    (void)state;
    CHECK("a,b\n1,x\"y\n2,3\n", "a|b\n!CSV_QUOTE_STRAY 2:4\n2|3\n");
    CHECK("a,b\n\"1\"x,2\n2,3\n", "a|b\n!CSV_QUOTE_STRAY 2:4\n2|3\n");
    CHECK("a,b\n1,\"open\n2,3\n", "a|b\n!CSV_QUOTE_OPEN 2:3\n");
    CHECK("\"", "!CSV_QUOTE_OPEN 1:1\n");
}

static void a_row_beyond_its_bound_is_refused_in_linear_time(void **state)
{
    (void)state;
    size_t size = 8u << 20;
    char *text = malloc(size);
    char out[256];
    assert_non_null(text);
    memset(text, 'x', size);
    memcpy(text, "a,b\n", 4);
    memcpy(text + size - 5, "\n1,2\n", 5);
    read_all(text, size, out, sizeof out);
    assert_string_equal(out, "a|b\n!CSV_ROW_TOO_LONG 2:1\n1|2\n");
    memset(text + 4, '"', 1);
    read_all(text, size, out, sizeof out);
    assert_non_null(strstr(out, "!CSV_ROW_TOO_LONG 2:1\n"));
    memset(text + 4, ',', size - 9);
    read_all(text, size, out, sizeof out);
    assert_non_null(strstr(out, "!CSV_ROW_TOO_LONG 2:"));
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_and_quoted_fields),
        cmocka_unit_test(the_delimiter_is_found_in_the_header),
        cmocka_unit_test(errors_name_line_and_column_and_reading_goes_on),
        cmocka_unit_test(a_row_beyond_its_bound_is_refused_in_linear_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
