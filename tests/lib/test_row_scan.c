/* SPDX-License-Identifier: MIT */
/* Rows that are read by the block are the rows that are read one by one, wherever reading begins.
   The data sets lie in one another's times; some of their actors and rows are joined, some rows are
   out of order, some have details. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "support/row_file.h"
#include "stemma/read.h"

#define ROWS 9000u

static row_file built;
static stemma_file *file;
static stemma_snapshot *snapshot; /* scans */
static stemma_snapshot *single;   /* gets rows one by one */

static void must(stemma_status status, const stemma_error *error)
{
    if (status != STEMMA_OK) {
        fail_msg("%s: %s at %s: %s", stemma_status_name(status), error->code, error->where,
                 error->message);
    }
}

static stemma_text term(uint32_t number)
{
    stemma_term out;
    stemma_error error = {0};
    must(stemma_term_get(single, number, &out, &error), &error);
    return out.name;
}

static void same_text(stemma_text a, stemma_text b)
{
    assert_int_equal(a.size, b.size);
    assert_true(stemma_text_equal(a, b));
}

static void same_detail(const stemma_row_detail *detail, const stemma_row_view *row)
{
    static const stemma_row_detail none = {.quantity_predicate = STEMMA_NONE};
    detail = detail != NULL ? detail : &none;
    same_text(detail->external_id, row->external_id);
    same_text(detail->content, row->content);
    same_text(detail->amount, row->amount);
    same_text(detail->unit, row->unit);
    assert_int_equal(detail->quantity_predicate == STEMMA_NONE, row->quantity_predicate.size == 0);
    if (detail->quantity_predicate != STEMMA_NONE) {
        same_text(term(detail->quantity_predicate), row->quantity_predicate);
    }
}

static void same_row(uint32_t document, const stemma_row_columns *columns, uint32_t i)
{
    stemma_row_view row;
    stemma_error error = {0};
    uint32_t first = columns->participant_first[i];
    uint32_t frame = columns->frame[i];
    must(stemma_row_get(single, document, columns->first + i, &row, &error), &error);
    assert_int_equal(columns->number[i], row.number);
    same_text(term(columns->type[i]), row.type);
    same_text(columns->times[columns->time[i]], row.time);
    assert_int_equal(columns->place != NULL ? columns->place[i] : STEMMA_NONE, row.place);
    assert_int_equal(columns->source != NULL ? columns->source[i] : STEMMA_NONE, row.source);
    assert_true(frame < columns->frame_count);
    assert_int_equal(columns->participant_first[i + 1] - first, row.participant_count);
    assert_int_equal(columns->frame_first[frame + 1] - columns->frame_first[frame],
                     row.participant_count);
    for (uint32_t k = 0; k < row.participant_count; k++) {
        same_text(term(columns->role[columns->frame_first[frame] + k]), row.participants[k].role);
        assert_int_equal(columns->actor[first + k], row.participants[k].referent);
        assert_true(columns->actor[first + k] < columns->actor_count);
    }
    same_detail(columns->detail != NULL ? &columns->detail[i] : NULL, &row);
    stemma_snapshot_reset(single);
}

static uint32_t document_of(uint32_t set)
{
    stemma_counts counts;
    stemma_counts_get(file, &counts);
    for (uint32_t i = 0; i < counts.documents; i++) {
        stemma_document document;
        stemma_error error = {0};
        must(stemma_document_get(single, i, &document, &error), &error);
        if (stemma_text_equal(document.uri, stemma_text_of(row_file_uri(set)))) {
            return i;
        }
    }
    fail();
    return 0;
}

static void rows_of_a_block_are_the_rows_one_by_one(void **state)
{
    (void)state;
    for (uint32_t set = 0; set < ROW_FILE_SETS; set++) {
        uint32_t document = document_of(set);
        uint32_t scanned = 0;
        uint32_t detailed = 0;
        for (uint32_t i = 0; i < ROWS;) {
            stemma_row_columns columns;
            stemma_error error = {0};
            must(stemma_row_scan(snapshot, document, i, &columns, &error), &error);
            assert_int_equal(columns.first, i);
            assert_true(columns.count <= ROWS - i);
            for (uint32_t k = 0; k < columns.count; k++) {
                same_row(document, &columns, k);
            }
            scanned += columns.count;
            detailed += columns.detail != NULL ? columns.count : 0;
            i += columns.count != 0 ? columns.count : 1;
        }
        assert_true(scanned > ROWS / 2);
        assert_true(detailed > ROWS / 8);
        assert_true(scanned - detailed > ROWS / 8);
    }
}

static void reading_may_begin_anywhere(void **state)
{
    uint32_t documents[ROW_FILE_SETS] = {document_of(0), document_of(1)};
    (void)state;
    for (uint32_t step = 0; step < 400; step++) {
        uint32_t document = documents[step / 7 % 2];
        uint32_t i = (uint32_t)((uint64_t)step * 2654435761u % ROWS);
        stemma_row_columns columns;
        stemma_error error = {0};
        must(stemma_row_scan(snapshot, document, i, &columns, &error), &error);
        for (uint32_t k = 0; k < columns.count && k < 40; k++) {
            same_row(document, &columns, k);
        }
        if (step % 11 == 0) {
            stemma_snapshot_reset(snapshot);
        }
    }
}

static void rows_end_where_the_data_set_does(void **state)
{
    stemma_row_columns columns;
    stemma_error error = {0};
    uint32_t document = document_of(0);
    stemma_counts counts;
    (void)state;
    stemma_counts_get(file, &counts);
    assert_int_equal(stemma_row_scan(snapshot, document, ROWS, &columns, &error), STEMMA_NOT_FOUND);
    assert_int_equal(stemma_row_scan(snapshot, (uint32_t)counts.documents, 0, &columns, &error),
                     STEMMA_NOT_FOUND);
    for (uint32_t i = 0; i < counts.documents; i++) {
        stemma_document article;
        must(stemma_document_get(single, i, &article, &error), &error);
        if (article.row_count == 0) {
            assert_int_equal(stemma_row_scan(snapshot, i, 0, &columns, &error), STEMMA_NOT_FOUND);
        }
    }
}

static int begin(void **state)
{
    stemma_error error = {0};
    (void)state;
    row_file_make_ordered(&built, ROWS);
    must(stemma_open(&file, built.path, NULL, &error), &error);
    must(stemma_snapshot_begin(&snapshot, file, &error), &error);
    must(stemma_snapshot_begin(&single, file, &error), &error);
    return 0;
}

static int end(void **state)
{
    (void)state;
    stemma_snapshot_end(snapshot);
    stemma_snapshot_end(single);
    stemma_close(file);
    row_file_remove(&built);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_of_a_block_are_the_rows_one_by_one),
        cmocka_unit_test(reading_may_begin_anywhere),
        cmocka_unit_test(rows_end_where_the_data_set_does),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
