/* SPDX-License-Identifier: MIT */
/* Rows of tables: RFC 4180 and bare lines, whatever is odd about them, packed or not, in one thread
   or three. */
#include "rows_support.h"

#include <zlib.h>
#include <zstd.h>

#include "digest.h"
#include "pack/read/delimited.h"
#include "pack/read/delimited_scan.h"

struct seen {
    char text[16384]; /* "number@line a|b|c" a line; "!CODE line:column" for a refused row */
    size_t used;
    uint64_t rows;
    uint64_t faults;
    stemma_status status; /* how it ended */
    char code[40];
    uint8_t digest[STM_SHA256_SIZE];
    uint64_t size;
};

static void put(struct seen *seen, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void put(struct seen *seen, const char *format, ...)
{
    va_list arguments;
    if (seen->used > sizeof seen->text - 512) {
        return;
    }
    va_start(arguments, format);
    seen->used += (size_t)vsnprintf(seen->text + seen->used, 256, format, arguments);
    va_end(arguments);
}

static void read_table(const void *bytes, size_t size, struct stm_delimited_dialect dialect,
                       unsigned jobs, struct seen *seen)
{
    struct stm_delimited *table;
    stemma_error error = {0};
    int file = file_of(bytes, size);
    memset(seen, 0, sizeof *seen);
    assert_int_equal(stm_delimited_open(&table, file, jobs, &error), STEMMA_OK);
    assert_int_equal(stm_delimited_set(table, dialect), STEMMA_OK);
    while ((seen->status = stm_delimited_chunk(table, &error)) == STEMMA_OK) {
        struct stm_delimited_row row;
        struct stm_delimited_fault fault;
        stemma_status status;
        while ((status = stm_delimited_row(table, &row, &fault)) != STEMMA_END) {
            if (status == STEMMA_E_INVALID) {
                seen->faults++;
                put(seen, "!%s %d:%d\n", fault.code, (int)fault.line, (int)fault.column);
                continue;
            }
            seen->rows++;
            put(seen, "%u@%d ", row.number, (int)row.line);
            for (uint32_t i = 0; i < row.count; i++) {
                put(seen, "%.*s%s", (int)(row.fields[i].size < 100 ? row.fields[i].size : 100),
                    row.fields[i].data, i + 1 < row.count ? "|" : "\n");
            }
        }
    }
    snprintf(seen->code, sizeof seen->code, "%s", error.code);
    if (seen->status == STEMMA_END) {
        stm_delimited_digest(table, seen->digest, &seen->size);
    }
    stm_delimited_close(table);
    close(file);
}

static const struct stm_delimited_dialect tabs = {'\t', false};
static const struct stm_delimited_dialect commas = {',', true};

#define CHECK(bytes, dialect, expected)                                                            \
    do {                                                                                           \
        struct seen seen_;                                                                         \
        for (unsigned jobs_ = 1; jobs_ <= 2; jobs_++) {                                            \
            read_table(bytes, sizeof(bytes) - 1, dialect, jobs_, &seen_);                          \
            assert_int_equal(seen_.status, STEMMA_END);                                            \
            assert_string_equal(seen_.text, expected);                                             \
        }                                                                                          \
    } while (0)

static void lines_are_cut_at_tabs_and_counted(void **state)
{
    (void)state;
    CHECK("a\tb\n\"c\t\n\n\td", tabs, "1@1 a|b\n2@2 \"c|\n4@4 |d\n");
    CHECK("\xef\xbb\xbf"
          "a\tb\r\nc\td\r\n",
          tabs, "1@1 a|b\n2@2 c|d\n");
    CHECK("\n\r\n", tabs, "");
}

static void quotes_are_those_of_rfc_4180(void **state)
{
    (void)state;
    CHECK("a,\"b, \"\"c\"\"\r\nd\",e\nf,g,h\n", commas, "1@1 a|b, \"c\"\r\nd|e\n2@3 f|g|h\n");
    CHECK("\"\",\"x\"", commas, "1@1 |x\n");
    CHECK("a,\"b\"c\nd\n", commas, "!CSV_QUOTE_STRAY 1:6\n2@2 d\n");
    CHECK("a,b\"c\nd\n", commas, "!CSV_QUOTE_STRAY 1:4\n2@2 d\n");
    CHECK("a\n\"b\nc\n", commas, "1@1 a\n!CSV_QUOTE_OPEN 2:1\n");
}

static void bytes_that_are_no_text_refuse_their_row_only(void **state)
{
    (void)state;
    CHECK("a\tb\nc\xff\td\ne\tf\n", tabs, "1@1 a|b\n!ENCODING_INVALID 2:2\n3@3 e|f\n");
    CHECK("a\0b\nc\n", tabs, "!ENCODING_INVALID 1:2\n2@2 c\n");
    CHECK("\"x\ny\xc3\",1\nc\n", commas, "!ENCODING_INVALID 2:2\n2@3 c\n");
    CHECK("\xc3\xa9\t\xe2\x82\xac\n", tabs, "1@1 \xc3\xa9|\xe2\x82\xac\n");
}

static void the_row_before_is_still_there(void **state)
{
    static const char text[] = "a\tb\n\"c\"\"c\"\td\nbad\xff\ne\tf\n";
    struct stm_delimited_dialect dialect = {'\t', true};
    struct stm_delimited_row rows[3];
    struct stm_delimited_fault fault;
    struct stm_delimited *table;
    stemma_error error = {0};
    int file = file_of(text, sizeof text - 1);
    (void)state;
    assert_int_equal(stm_delimited_open(&table, file, 1, &error), STEMMA_OK);
    assert_int_equal(stm_delimited_set(table, dialect), STEMMA_OK);
    assert_int_equal(stm_delimited_chunk(table, &error), STEMMA_OK);
    assert_int_equal(stm_delimited_row(table, &rows[0], &fault), STEMMA_OK);
    assert_int_equal(stm_delimited_row(table, &rows[1], &fault), STEMMA_OK);
    assert_true(stemma_text_equal(rows[0].fields[1], stemma_text_of("b")));
    assert_int_equal(stm_delimited_row(table, &rows[2], &fault), STEMMA_E_INVALID);
    assert_true(stemma_text_equal(rows[1].fields[0], stemma_text_of("c\"c")));
    assert_true(stemma_text_equal(rows[1].fields[1], stemma_text_of("d")));
    assert_int_equal(stm_delimited_row(table, &rows[2], &fault), STEMMA_OK);
    assert_true(stemma_text_equal(rows[2].fields[0], stemma_text_of("e")));
    stm_delimited_close(table);
    close(file);
}

static void marks_are_those_of_each_byte(void **state)
{
    static const char drawn[] = "\n\t\"\0\x7f\x80\xff\x01\r ab\t\n\"\x8a\x89";
    char bytes[STM_DELIMITED_SCAN];
    struct stm_delimited_marks marks;
    uint32_t seed = 1;
    (void)state;
    for (unsigned round = 0; round < 4000; round++) {
        for (unsigned i = 0; i < STM_DELIMITED_SCAN; i++) {
            seed = seed * 1664525u + 1013904223u;
            bytes[i] = round % 2 == 0 ? (char)(seed >> 24) : drawn[(seed >> 16) % (sizeof drawn - 1)];
        }
        stm_delimited_scan(bytes, '\t', &marks);
#if STM_WIDE
        if (stm_wide_here() && round % 4 >= 2) {
            stm_delimited_scan_wide(bytes, '\t', &marks);
        }
#endif
        for (unsigned i = 0; i < STM_DELIMITED_SCAN; i++) {
            assert_int_equal(marks.feeds >> i & 1, bytes[i] == '\n');
            assert_int_equal(marks.delimiters >> i & 1, bytes[i] == '\t');
            assert_int_equal(marks.quotes >> i & 1, bytes[i] == '"');
            assert_int_equal(marks.odd >> i & 1, bytes[i] == '\0' || (unsigned char)bytes[i] >= 0x80);
        }
    }
}

/* Lines of every length to 200, cut in two at every place, each kind of end in turn; some with a letter that is no
   ASCII, some with a byte that is no text. */
static void lines_are_cut_wherever_they_stand(void **state)
{
    static char text[8 << 20];
    size_t used = 0;
    unsigned lines = 0;
    struct stm_delimited *table;
    struct stm_delimited_row row;
    struct stm_delimited_fault fault;
    stemma_error error = {0};
    stemma_status status = STEMMA_OK;
    (void)state;
    for (size_t size = 1; size <= 200; size++) {
        for (size_t cut = 0; cut < size; cut++, lines++) {
            memset(text + used, 'x', size);
            text[used + cut] = '\t';
            if (lines % 7 == 0 && cut != 0) {
                text[used] = '\xff';
            } else if (lines % 5 == 0 && cut > 2) {
                memcpy(text + used + cut - 2, "\xc3\xa9", 2);
            }
            used += size;
            used += lines % 3 == 0 ? (memcpy(text + used, "\r\n", 2), 2) : (text[used] = '\n', 1);
        }
    }
    int file = file_of(text, used);
    assert_int_equal(stm_delimited_open(&table, file, 1, &error), STEMMA_OK);
    lines = 0;
    for (size_t size = 1; size <= 200; size++) {
        for (size_t cut = 0; cut < size; cut++, lines++) {
            while ((status = stm_delimited_row(table, &row, &fault)) == STEMMA_END) {
                assert_int_equal(stm_delimited_chunk(table, &error), STEMMA_OK);
            }
            if (lines % 7 == 0 && cut != 0) {
                assert_int_equal(status, STEMMA_E_INVALID);
                assert_int_equal(fault.column, 1);
                assert_int_equal(fault.line, lines + 1);
                continue;
            }
            assert_int_equal(status, STEMMA_OK);
            assert_int_equal(row.number, lines + 1);
            assert_int_equal(row.count, 2);
            assert_int_equal(row.fields[0].size, cut);
            assert_int_equal(row.fields[1].size, size - cut - 1);
            assert_int_equal(cut != 0 && row.fields[0].data[cut - 1] != 'x', lines % 5 == 0 && cut > 2);
        }
    }
    assert_int_equal(stm_delimited_row(table, &row, &fault), STEMMA_END);
    stm_delimited_close(table);
    close(file);
}

static void a_row_beyond_a_mebibyte_is_passed_over(void **state)
{
    const size_t sizes[] = {STM_DELIMITED_ROW_LIMIT, STM_DELIMITED_ROW_LIMIT + 1,
                            3 * STM_DELIMITED_ROW_LIMIT + 5};
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        for (unsigned before = 0; before < 3; before++) {
            size_t head = before * 700000u;
            char *bytes = malloc(head + sizes[i] + 16);
            struct seen seen;
            assert_non_null(bytes);
            memset(bytes, 'x', head + sizes[i]);
            for (size_t k = 99; k < head; k += 100) {
                bytes[k] = '\n';
            }
            memcpy(bytes + head + sizes[i], "\na\tb\n", 5);
            read_table(bytes, head + sizes[i] + 5, tabs, 1 + before % 2, &seen);
            assert_int_equal(seen.status, STEMMA_END);
            assert_int_equal(seen.faults, i != 0);
            assert_int_equal(seen.rows, head / 100 + 1 + (i == 0));
            free(bytes);
        }
    }
}

static void an_endless_quote_does_not_take_the_whole_table(void **state)
{
    const size_t size = (size_t)3 << 20;
    char *bytes = malloc(size);
    struct seen seen;
    (void)state;
    assert_non_null(bytes);
    for (size_t i = 0; i < size; i++) {
        bytes[i] = i % 64 == 63 ? '\n' : 'x';
    }
    bytes[0] = '"';
    read_table(bytes, size, commas, 2, &seen);
    assert_int_equal(seen.status, STEMMA_END);
    assert_int_equal(seen.faults, 1);
    assert_memory_equal(seen.text, "!ROW_TOO_LONG 1:1\n", 18);
    assert_true(seen.rows > size / 64 / 4);
    free(bytes);
}

/* Rows of many lengths, so that chunks end anywhere in them. */
static char *long_table(size_t *size, uint64_t *rows)
{
    size_t capacity = (size_t)5 << 20;
    char *bytes = malloc(capacity + 512);
    assert_non_null(bytes);
    *size = 0;
    *rows = 0;
    for (uint32_t i = 0; *size < capacity; i++) {
        *size +=
            (size_t)sprintf(bytes + *size, "%u\t%.*s\t\"%u\n%u\"\t.\n", i, (int)(i * 7919u % 200),
                            "................................................................"
                            "................................................................"
                            "................................................................"
                            "................",
                            i, i);
        (*rows)++;
    }
    return bytes;
}

static void threads_and_chunks_do_not_show(void **state)
{
    size_t size;
    uint64_t rows;
    char *bytes = long_table(&size, &rows);
    struct stm_delimited_dialect quoted = {'\t', true};
    uint8_t digest[STM_SHA256_SIZE];
    (void)state;
    stm_sha256(digest, (stemma_bytes){(const uint8_t *)bytes, size});
    for (unsigned jobs = 1; jobs <= 2; jobs++) {
        struct seen seen;
        read_table(bytes, size, quoted, jobs, &seen);
        assert_int_equal(seen.status, STEMMA_END);
        assert_int_equal(seen.rows, rows);
        assert_int_equal(seen.faults, 0);
        assert_memory_equal(seen.digest, digest, sizeof digest);
        assert_int_equal(seen.size, size);
        read_table(bytes, size, tabs, jobs, &seen);
        assert_int_equal(seen.rows, 2 * rows);
    }
    free(bytes);
}

/* Two gzip members, one behind the other. */
static size_t gzip(const char *bytes, size_t size, unsigned char *out, size_t room)
{
    size_t used = 0;
    for (int half = 0; half < 2; half++) {
        z_stream stream;
        memset(&stream, 0, sizeof stream);
        assert_int_equal(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY),
                         Z_OK);
        stream.next_in = (unsigned char *)(uintptr_t)bytes + (half != 0 ? size / 2 : 0);
        stream.avail_in = (uInt)(half != 0 ? size - size / 2 : size / 2);
        stream.next_out = out + used;
        stream.avail_out = (uInt)(room - used);
        assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
        used = room - stream.avail_out;
        deflateEnd(&stream);
    }
    return used;
}

static void packed_tables_read_as_plain_ones(void **state)
{
    size_t size;
    uint64_t rows;
    char *bytes = long_table(&size, &rows);
    unsigned char *packed = malloc(size + 4096);
    size_t packed_size;
    struct seen plain;
    struct seen seen;
    (void)state;
    assert_non_null(packed);
    read_table(bytes, size, tabs, 1, &plain);
    for (unsigned jobs = 1; jobs <= 2; jobs++) {
        packed_size = gzip(bytes, size, packed, size + 4096);
        read_table(packed, packed_size, tabs, jobs, &seen);
        assert_int_equal(seen.status, STEMMA_END);
        assert_memory_equal(seen.digest, plain.digest, sizeof plain.digest);
        assert_int_equal(seen.rows, plain.rows);

        /* Padding is no damage; anything else behind the end is. */
        memset(packed + packed_size, 0, 512);
        read_table(packed, packed_size + 512, tabs, jobs, &seen);
        assert_int_equal(seen.status, STEMMA_END);
        packed[packed_size + 100] = 'x';
        read_table(packed, packed_size + 512, tabs, jobs, &seen);
        assert_int_equal(seen.status, STEMMA_E_INVALID);

        packed_size = ZSTD_compress(packed, size + 4096, bytes, size, 1);
        assert_false(ZSTD_isError(packed_size));
        read_table(packed, packed_size, tabs, jobs, &seen);
        assert_int_equal(seen.status, STEMMA_END);
        assert_memory_equal(seen.digest, plain.digest, sizeof plain.digest);
        assert_int_equal(seen.rows, plain.rows);
    }
    free(packed);
    free(bytes);
}

static void what_is_cut_short_or_damaged_is_told_after_the_rows_before_it(void **state)
{
    size_t size;
    uint64_t rows;
    char *bytes = long_table(&size, &rows);
    unsigned char *packed = malloc(size + 4096);
    (void)state;
    assert_non_null(packed);
    for (int kind = 0; kind < 2; kind++) {
        size_t packed_size = kind == 0 ? gzip(bytes, size, packed, size + 4096)
                                       : ZSTD_compress(packed, size + 4096, bytes, size, 1);
        struct seen seen;
        read_table(packed, packed_size - 10, tabs, 2, &seen);
        assert_int_equal(seen.status, STEMMA_E_INVALID);
        assert_string_equal(seen.code, "COMPRESSION_DAMAGED");
        assert_true(seen.rows > rows / 2);
        read_table(packed, 12, tabs, 1, &seen);
        assert_string_equal(seen.code, "COMPRESSION_DAMAGED");
        assert_int_equal(seen.rows, 0);
        for (size_t i = 0; i < 100; i++) {
            packed[packed_size / 2 + i] ^= 0x5a;
        }
        read_table(packed, packed_size, tabs, 2, &seen);
        assert_int_equal(seen.status, STEMMA_E_INVALID);
    }
    free(packed);
    free(bytes);
}

static void a_bomb_is_only_a_long_table(void **state)
{
    /* 256 MiB of line feeds in a few hundred bytes, in three frames. */
    const size_t size = (size_t)32 << 20;
    char *zeros = malloc(size);
    unsigned char packed[65536];
    size_t used = 0;
    struct seen seen;
    (void)state;
    assert_non_null(zeros);
    memset(zeros, '\n', size);
    for (int i = 0; i < 8; i++) {
        size_t got = ZSTD_compress(packed + used, sizeof packed - used, zeros, size, 3);
        assert_false(ZSTD_isError(got));
        used += got;
    }
    free(zeros);
    read_table(packed, used, tabs, 2, &seen);
    assert_int_equal(seen.status, STEMMA_END);
    assert_int_equal(seen.rows, 0);
    assert_int_equal(seen.size, 8 * size);
}

static void more_fields_than_bounds_are_refused(void **state)
{
    char *bytes = malloc(8192);
    struct seen seen;
    (void)state;
    assert_non_null(bytes);
    memset(bytes, ',', 4096);
    memcpy(bytes + 4096, "\nok\n", 4);
    read_table(bytes, 4100, (struct stm_delimited_dialect){',', false}, 1, &seen);
    assert_string_equal(seen.text, "!ROW_COLUMNS 1:1\n2@2 ok\n");
    memcpy(bytes, "\"\"", 2);
    memset(bytes + 2, ',', 4096);
    memcpy(bytes + 4098, "\nok\n", 4);
    read_table(bytes, 4102, commas, 1, &seen);
    assert_string_equal(seen.text, "!ROW_COLUMNS 1:1\n2@2 ok\n");
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_cut_at_tabs_and_counted),
        cmocka_unit_test(quotes_are_those_of_rfc_4180),
        cmocka_unit_test(bytes_that_are_no_text_refuse_their_row_only),
        cmocka_unit_test(the_row_before_is_still_there),
        cmocka_unit_test(marks_are_those_of_each_byte),
        cmocka_unit_test(lines_are_cut_wherever_they_stand),
        cmocka_unit_test(a_row_beyond_a_mebibyte_is_passed_over),
        cmocka_unit_test(an_endless_quote_does_not_take_the_whole_table),
        cmocka_unit_test(threads_and_chunks_do_not_show),
        cmocka_unit_test(packed_tables_read_as_plain_ones),
        cmocka_unit_test(what_is_cut_short_or_damaged_is_told_after_the_rows_before_it),
        cmocka_unit_test(a_bomb_is_only_a_long_table),
        cmocka_unit_test(more_fields_than_bounds_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
