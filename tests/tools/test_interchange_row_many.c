/* SPDX-License-Identifier: MIT */
/* Lines of rows that are put together from pieces are, byte for byte, what the general writer of
   JSON makes of the rows one by one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/interchange_row.h"
#include "support/row_file.h"

static stemma_file *file;
static stemma_snapshot *snapshot;

static void must(stemma_status status, const stemma_error *error)
{
    if (status != STEMMA_OK) {
        fail_msg("%s: %s at %s: %s", stemma_status_name(status), error->code, error->where,
                 error->message);
    }
}

/* By name, when no other actor has it, which is so in these files. */
static void put_actor(stm_json *json, const stemma_document *document, uint32_t actor)
{
    stm_json_text(json, document->referents[actor].names[0].text);
}

static void put_participants(stm_json *json, const stemma_document *document,
                             const stemma_row_view *row)
{
    stm_json_key(json, "participants");
    stm_json_object_begin(json);
    for (uint32_t i = 0; i < row->participant_count;) {
        char role[64] = {0};
        uint32_t end = i;
        memcpy(role, row->participants[i].role.data, row->participants[i].role.size);
        while (end < row->participant_count &&
               stemma_text_equal(row->participants[i].role, row->participants[end].role)) {
            end++;
        }
        stm_json_key(json, role);
        if (end - i == 1) {
            put_actor(json, document, row->participants[i].referent);
        } else {
            stm_json_array_begin(json);
            for (uint32_t k = i; k < end; k++) {
                put_actor(json, document, row->participants[k].referent);
            }
            stm_json_array_end(json);
        }
        i = end;
    }
    stm_json_object_end(json);
}

static void put_text(stm_json *json, const char *key, stemma_text text)
{
    if (text.size != 0) {
        stm_json_member_text(json, key, text);
    }
}

static void put_row(stm_json *json, const stemma_document *document, const stemma_row_view *row)
{
    stm_json_object_begin(json);
    stm_json_member_string(json, "record", "row");
    stm_json_member_unsigned(json, "row", row->number);
    put_text(json, "type", row->type);
    put_text(json, "time", row->time);
    if (row->participant_count != 0) {
        put_participants(json, document, row);
    }
    if (row->place != STEMMA_NONE) {
        stm_json_key(json, "place");
        put_actor(json, document, row->place);
    }
    if (row->source != STEMMA_NONE) {
        stm_json_key(json, "source");
        put_actor(json, document, row->source);
    }
    put_text(json, "external_id", row->external_id);
    put_text(json, "content", row->content);
    if (row->quantity_predicate.size != 0) {
        stm_json_key(json, "quantity");
        stm_json_object_begin(json);
        put_text(json, "predicate", row->quantity_predicate);
        put_text(json, "amount", row->amount);
        put_text(json, "unit", row->unit);
        stm_json_object_end(json);
    }
    stm_json_object_end(json);
    stm_json_line(json);
}

static void expect(stm_json *json, uint32_t number, const stemma_document *document)
{
    stemma_error error = {0};
    for (uint32_t i = 0; i < document->row_count; i++) {
        stemma_row_view row;
        must(stemma_row_get(snapshot, number, i, &row, &error), &error);
        put_row(json, document, &row);
    }
}

/* Compares the lines of all data sets of a file, of which there are two. */
static void compare(const row_file *built, unsigned jobs)
{
    const struct stm_rows_before nothing = {NULL, NULL};
    stemma_error error = {0};
    stemma_counts counts;
    uint32_t sets = 0;
    must(stemma_open(&file, built->path, NULL, &error), &error);
    must(stemma_snapshot_begin(&snapshot, file, &error), &error);
    stemma_counts_get(file, &counts);
    for (uint32_t i = 0; i < counts.documents; i++) {
        stemma_document document;
        stm_json wanted, got;
        must(stemma_testimony_get(snapshot, i, &document, &error), &error);
        if (document.row_count == 0) {
            continue;
        }
        sets++;
        stm_json_to_buffer(&wanted, 0);
        stm_json_to_buffer(&got, 0);
        expect(&wanted, i, &document);
        must(stm_interchange_rows(snapshot, i, &document, jobs, &nothing, &got, &error), &error);
        assert_int_equal(stm_json_status(&wanted), STEMMA_OK);
        assert_int_equal(got.size, wanted.size);
        for (size_t at = 0; at < got.size; at++) {
            if (got.data[at] != wanted.data[at]) {
                fail_msg("at %zu: %.120s\ninstead of %.120s", at, got.data + at, wanted.data + at);
            }
        }
        stm_json_free(&wanted);
        stm_json_free(&got);
        stemma_snapshot_reset(snapshot);
    }
    assert_int_equal(sets, ROW_FILE_SETS);
    stemma_snapshot_end(snapshot);
    stemma_close(file);
}

static void lines_of_ordered_tables_are_as_the_general_writer_makes_them(void **state)
{
    row_file built;
    (void)state;
    row_file_make_ordered(&built, 12000);
    compare(&built, 1);
    row_file_remove(&built);
}

static void lines_of_tables_in_no_order_are_as_the_general_writer_makes_them(void **state)
{
    row_file built;
    (void)state;
    row_file_make(&built, 700, 2);
    compare(&built, 1);
    row_file_remove(&built);
}

/* So many rows that several threads have slices to take, and wait for each other's. */
static void threads_write_rows_in_the_order_of_the_table(void **state)
{
    row_file built;
    (void)state;
    row_file_make_ordered(&built, 90000);
    compare(&built, 3);
    row_file_remove(&built);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_of_ordered_tables_are_as_the_general_writer_makes_them),
        cmocka_unit_test(lines_of_tables_in_no_order_are_as_the_general_writer_makes_them),
        cmocka_unit_test(threads_write_rows_in_the_order_of_the_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
