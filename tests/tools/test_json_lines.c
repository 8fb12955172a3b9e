/* SPDX-License-Identifier: MIT */
/* Lines that are made elsewhere come out whole and in order, whatever they are written to. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "common/json_out.h"

#define TEXTS 40u
#define MOST  20000u

/* Texts of a few bytes and of many, each of whole lines. */
struct lines {
    char letters[TEXTS][MOST];
    stemma_text text[TEXTS];
    char *all;
    size_t size;
};

static struct lines *make(void)
{
    struct lines *lines = calloc(1, sizeof *lines);
    assert_non_null(lines);
    lines->all = malloc((size_t)TEXTS * MOST);
    assert_non_null(lines->all);
    for (uint32_t i = 0; i < TEXTS; i++) {
        size_t size = i % 3 == 0 ? MOST : i % 5 == 0 ? 0 : 7 + i;
        memset(lines->letters[i], '0' + (int)(i % 10), size);
        if (size != 0) {
            lines->letters[i][size - 1] = '\n';
        }
        lines->text[i] = (stemma_text){lines->letters[i], size};
        memcpy(lines->all + lines->size, lines->letters[i], size);
        lines->size += size;
    }
    return lines;
}

static void drop(struct lines *lines)
{
    free(lines->all);
    free(lines);
}

/* A value before them, one after: 2 + 1 bytes each. */
static void put(stm_json *json, const struct lines *lines)
{
    stm_json_array_begin(json);
    stm_json_array_end(json);
    stm_json_line(json);
    stm_json_lines(json, lines->text, TEXTS);
    stm_json_array_begin(json);
    stm_json_array_end(json);
    stm_json_line(json);
}

static void expect(const char *got, size_t size, const struct lines *lines)
{
    assert_int_equal(size, lines->size + 6);
    assert_memory_equal(got, "[]\n", 3);
    assert_memory_equal(got + 3, lines->all, lines->size);
    assert_memory_equal(got + 3 + lines->size, "[]\n", 3);
}

static void lines_go_to_buffers_and_to_files_in_order(void **state)
{
    struct lines *lines = make();
    stm_json json;
    char *got = NULL;
    size_t size = 0;
    FILE *memory = open_memstream(&got, &size), *file = tmpfile();
    (void)state;
    assert_true(memory != NULL && file != NULL);
    stm_json_to_buffer(&json, 0);
    put(&json, lines);
    assert_int_equal(stm_json_status(&json), STEMMA_OK);
    expect(json.data, json.size, lines);
    stm_json_free(&json);

    stm_json_to_file(&json, memory, 0); /* which no descriptor is behind */
    put(&json, lines);
    assert_int_equal(stm_json_status(&json), STEMMA_OK);
    assert_int_equal(fclose(memory), 0);
    expect(got, size, lines);

    stm_json_to_file(&json, file, 0);
    put(&json, lines);
    assert_int_equal(stm_json_status(&json), STEMMA_OK);
    rewind(file);
    memset(got, 0, size);
    assert_int_equal(fread(got, 1, size, file), size);
    assert_int_equal(fgetc(file), EOF);
    expect(got, size, lines);
    fclose(file);
    free(got);
    drop(lines);
}

static void an_output_that_takes_no_more_is_told(void **state)
{
    struct lines *lines = make();
    stm_json json;
    int ends[2];
    (void)state;
    signal(SIGPIPE, SIG_IGN);
    assert_int_equal(pipe(ends), 0);
    close(ends[0]);
    FILE *file = fdopen(ends[1], "w");
    assert_non_null(file);
    stm_json_to_file(&json, file, 0);
    put(&json, lines);
    assert_int_equal(stm_json_status(&json), STEMMA_E_SYSTEM);
    assert_int_equal(errno, EPIPE);
    assert_true(ferror(file));
    fclose(file);
    drop(lines);
}

/* A pipe that is full takes some of what it is given, and nobody reads it on. */
static void what_is_taken_in_part_is_not_written_twice(void **state)
{
    struct lines *lines = make();
    stm_json json;
    int ends[2];
    char *got = malloc(lines->size + 6);
    ssize_t size;
    (void)state;
    assert_non_null(got);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(fcntl(ends[1], F_SETFL, O_NONBLOCK), 0);
    assert_int_equal(fcntl(ends[0], F_SETFL, O_NONBLOCK), 0);
    FILE *file = fdopen(ends[1], "w");
    assert_non_null(file);
    stm_json_to_file(&json, file, 0);
    put(&json, lines);
    assert_int_equal(stm_json_status(&json), STEMMA_E_SYSTEM);
    size = read(ends[0], got, lines->size + 6);
    assert_true(size > 30000 && (size_t)size < lines->size);
    assert_memory_equal(got, "[]\n", 3);
    assert_memory_equal(got + 3, lines->all, (size_t)size - 3);
    fclose(file);
    close(ends[0]);
    free(got);
    drop(lines);
}

static void lines_have_no_place_inside_a_value(void **state)
{
    static const stemma_text line = {"1\n", 2};
    stm_json json;
    (void)state;
    stm_json_to_buffer(&json, 0);
    stm_json_array_begin(&json);
    stm_json_lines(&json, &line, 1);
    assert_int_equal(stm_json_status(&json), STEMMA_E_MISUSE);
    assert_int_equal(json.size, 1);
    stm_json_free(&json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_go_to_buffers_and_to_files_in_order),
        cmocka_unit_test(an_output_that_takes_no_more_is_told),
        cmocka_unit_test(what_is_taken_in_part_is_not_written_twice),
        cmocka_unit_test(lines_have_no_place_inside_a_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
