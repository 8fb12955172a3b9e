/* SPDX-License-Identifier: MIT */
/* The golden vectors of packed structures (SPEC.md, section 9): read, and written again. */
#include "column.h"
#include "label_arena.h"
#include "label_hash.h"
#include "posting.h"
#include "row_block.h"
#include "support/golden.h"
#include "token_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ROOM (1u << 20)

static uint8_t room[ROOM];

/* ---- Column blocks ---- */

static bool column_is_right_at(const stm_column_block *block, uint16_t id, const json_t *values)
{
    stm_column column;
    if (stm_column_find(block, id, &column) != STEMMA_OK ||
        column.count != json_array_size(values)) {
        return false;
    }
    int64_t *all = calloc(column.count + 1u, sizeof *all);
    assert_non_null(all);
    stm_column_unpack(&column, 0, column.count, all);
    bool right = true;
    for (uint32_t i = 0; i < column.count; i++) {
        int64_t wanted = golden_signed(json_array_get(values, i));
        right = right && all[i] == wanted && stm_column_get(&column, i) == wanted;
    }
    free(all);
    return right;
}

/* The block of the vector's elements, in `room`. */
static size_t write_block(const json_t *vector)
{
    const json_t *columns = json_object_get(vector, "columns");
    stm_column_writer writer;
    size_t size = 0;
    stm_column_begin(&writer, room, sizeof room, (uint32_t)golden_number(vector, "rows"),
                     (uint32_t)json_array_size(columns));
    for (size_t i = 0; i < json_array_size(columns); i++) {
        const json_t *column = json_array_get(columns, i);
        const json_t *values = json_array_get(column, 1);
        size_t count = json_array_size(values);
        int64_t *all = calloc(count + 1u, sizeof *all);
        assert_non_null(all);
        for (size_t k = 0; k < count; k++) {
            all[k] = golden_signed(json_array_get(values, k));
        }
        stm_column_add(&writer, (uint16_t)golden_unsigned(json_array_get(column, 0)), all,
                       (uint32_t)count);
        free(all);
    }
    assert_int_equal(stm_column_end(&writer, &size), STEMMA_OK);
    return size;
}

/* [P-3] [P-4] [P-5] [P-6] [P-7] [P-8] [P-24] */
static bool block_is_right(const json_t *vector, const json_t *page)
{
    (void)page;
    stemma_bytes value = golden_hex(json_object_get(vector, "hex"));
    const json_t *columns = json_object_get(vector, "columns");
    stm_column_block block;
    stemma_status status = stm_column_block_check(value);
    bool right = status == (golden_is_bad(vector) ? STEMMA_E_DAMAGED : STEMMA_OK);
    if (right && status == STEMMA_OK) {
        right = stm_column_block_open(value, &block) == STEMMA_OK &&
                block.rows == golden_number(vector, "rows") &&
                block.columns == json_array_size(columns);
        for (size_t i = 0; i < json_array_size(columns) && right; i++) {
            const json_t *column = json_array_get(columns, i);
            right = column_is_right_at(&block, (uint16_t)golden_unsigned(json_array_get(column, 0)),
                                       json_array_get(column, 1));
        }
        right =
            right && golden_same_bytes(json_object_get(vector, "hex"), room, write_block(vector));
    }
    golden_drop(value);
    return right;
}

/* ---- Posting tables ---- */

typedef struct emitted {
    const json_t *records;
    size_t count;
    bool same;
} emitted;

static stemma_status compare_record(void *context, stemma_bytes key, stemma_bytes value)
{
    emitted *out = context;
    const json_t *record = json_array_get(out->records, out->count++);
    out->same = out->same && record != NULL &&
                golden_same_bytes(json_array_get(record, 0), key.data, key.size) &&
                golden_same_bytes(json_array_get(record, 1), value.data, value.size);
    return STEMMA_OK;
}

/* Vectors of values of format 3.2 and before say so. */
static stm_posting_form form_of(const json_t *vector)
{
    return json_is_true(json_object_get(vector, "before_3_3")) ? STM_POSTING_APART : STM_POSTING_NEAR;
}

static bool postings_make_records(const json_t *vector, size_t list_size)
{
    static stm_posting_builder builder;
    const json_t *postings = json_object_get(vector, "postings");
    emitted out = {json_object_get(vector, "records"), 0, true};
    stm_posting_begin_as(&builder, form_of(vector), list_size, compare_record, &out);
    for (size_t i = 0; i < json_array_size(postings); i++) {
        const json_t *one = json_array_get(postings, i);
        stemma_bytes list = golden_hex(json_array_get(one, 0));
        stemma_status status =
            stm_posting_add(&builder, list, (uint32_t)golden_unsigned(json_array_get(one, 1)),
                            (uint32_t)golden_unsigned(json_array_get(one, 2)));
        golden_drop(list);
        assert_int_equal(status, STEMMA_OK);
    }
    return stm_posting_end(&builder) == STEMMA_OK && out.same &&
           out.count == json_array_size(out.records);
}

/* Where the reading of a table's postings is. */
typedef struct place {
    const json_t *postings;
    size_t next;
    stm_list_key list;
    uint32_t id;
    uint32_t payload;
} place;

/* `list`: that of the entry before; becomes its own. */
static bool entry_is_right(const stm_posting_entry *entry, stm_list_key *list, place *at)
{
    static uint32_t ids[STM_CHUNK_LIMIT];
    static uint32_t payloads[STM_CHUNK_LIMIT];
    if (stm_chunk_decode(entry, ids, payloads) != STEMMA_OK) {
        return false;
    }
    stm_posting_entry_list(entry, list);
    for (uint32_t i = 0; i < entry->count; i++) {
        const json_t *one = json_array_get(at->postings, at->next++);
        if (one == NULL || !golden_same_bytes(json_array_get(one, 0), list->data, list->size) ||
            ids[i] != golden_unsigned(json_array_get(one, 1)) ||
            payloads[i] != golden_unsigned(json_array_get(one, 2))) {
            return false;
        }
    }
    return true;
}

static stemma_status check_record(stemma_bytes key, stemma_bytes bytes, size_t list_size, place *at)
{
    stm_posting_value value;
    stm_posting_entry entry;
    stm_list_key list = {.size = 0};
    stemma_status status = stm_posting_open(key, bytes, list_size, &value);
    if (status == STEMMA_OK) {
        status = stm_posting_check(&value, &at->list, &at->id, &at->payload);
    }
    for (uint32_t i = 0; status == STEMMA_OK && at->postings != NULL && i < value.entries; i++) {
        status = i == 0 ? stm_posting_entry_first(&value, &entry)
                        : stm_posting_entry_after(&value, &entry, &entry);
        if (status == STEMMA_OK && !entry_is_right(&entry, &list, at)) {
            status = STEMMA_E_DAMAGED;
        }
    }
    return status;
}

/* [P-12] [P-13] [P-14] [P-15] [P-16] [P-17] [P-18] */
static bool posting_is_right(const json_t *vector, const json_t *page)
{
    (void)page;
    size_t list_size = (size_t)golden_number(vector, "list_size");
    place at = {.postings = json_object_get(vector, "postings")};
    if (golden_is_bad(vector)) {
        stemma_bytes key = golden_hex(json_object_get(vector, "key"));
        stemma_bytes value = golden_hex(json_object_get(vector, "hex"));
        stemma_status status = check_record(key, value, list_size, &at);
        golden_drop(key);
        golden_drop(value);
        return status == STEMMA_E_DAMAGED;
    }
    const json_t *records = json_object_get(vector, "records");
    bool right = postings_make_records(vector, list_size);
    for (size_t i = 0; i < json_array_size(records) && right; i++) {
        stemma_bytes key = golden_hex(json_array_get(json_array_get(records, i), 0));
        stemma_bytes value = golden_hex(json_array_get(json_array_get(records, i), 1));
        right = check_record(key, value, list_size, &at) == STEMMA_OK;
        golden_drop(key);
        golden_drop(value);
    }
    return right && at.next == json_array_size(at.postings);
}

/* ---- Row blocks ---- */

static bool block_has_code(const json_t *vector)
{
    stemma_bytes value = golden_hex(json_object_get(vector, "hex"));
    stm_fault fault = {"", 0};
    uint32_t rows = 0;
    stemma_status status = stm_rows_count(value, &rows, &fault);
    for (uint32_t i = 0; status == STEMMA_OK && i < rows; i++) {
        stemma_bytes row;
        status = stm_rows_at(value, i, &row, &fault);
    }
    golden_drop(value);
    return status == STEMMA_E_DAMAGED && golden_has_code(vector, fault.code);
}

static bool ends_record(emitted *out, stm_row_block *block, uint32_t first)
{
    uint8_t key[4];
    if (block->rows == 0) {
        return true;
    }
    stm_store_be32(key, first);
    stemma_bytes value = stm_row_block_value(block);
    (void)compare_record(out, (stemma_bytes){key, sizeof key}, value);
    stm_row_block_clear(block);
    return out->same;
}

/* [P-20] [P-21] */
static bool rows_are_right(const json_t *vector, const json_t *page)
{
    static stm_row_block block;
    const json_t *rows = json_object_get(vector, "rows");
    emitted out = {json_object_get(vector, "records"), 0, true};
    uint32_t first = 0;
    (void)page;
    if (golden_is_bad(vector)) {
        return block_has_code(vector);
    }
    stm_row_block_clear(&block);
    for (uint32_t i = 0; i < json_array_size(rows); i++) {
        stemma_bytes row = golden_hex(json_array_get(rows, i));
        if (!stm_row_block_add(&block, row)) {
            (void)ends_record(&out, &block, first);
            first = i;
            if (!stm_row_block_add(&block, row)) {
                uint8_t key[4];
                stm_buffer alone = stm_buffer_over(room, sizeof room);
                stm_store_be32(key, i);
                stm_row_alone(&alone, row);
                (void)compare_record(&out, (stemma_bytes){key, sizeof key},
                                     stm_buffer_view(&alone));
                first = i + 1;
            }
        }
        golden_drop(row);
    }
    (void)ends_record(&out, &block, first);
    return out.same && out.count == json_array_size(out.records);
}

/* ---- Labels and tokens ---- */

static size_t write_arena(const json_t *texts)
{
    stm_label_arena_writer writer;
    size_t count = json_array_size(texts);
    size_t bytes = 0;
    size_t size = 0;
    for (size_t i = 0; i < count; i++) {
        bytes += json_string_length(json_array_get(texts, i));
    }
    stm_label_arena_begin(&writer, count, bytes);
    for (size_t i = 0; i < count; i++) {
        stm_label_arena_measure(&writer, json_string_length(json_array_get(texts, i)));
    }
    assert_int_equal(stm_label_arena_size(&writer, &size), STEMMA_OK);
    assert_true(size <= sizeof room);
    stm_label_arena_into(&writer, room, sizeof room);
    for (size_t i = 0; i < count; i++) {
        const json_t *text = json_array_get(texts, i);
        stm_label_arena_add(&writer,
                            (stemma_text){json_string_value(text), json_string_length(text)});
    }
    assert_int_equal(stm_label_arena_end(&writer, &size), STEMMA_OK);
    return size;
}

/* [P-22] */
static bool arena_is_right(const json_t *vector, const json_t *page)
{
    stemma_bytes value = golden_hex(json_object_get(vector, "hex"));
    const json_t *texts = json_object_get(vector, "texts");
    stm_label_arena arena;
    stemma_status status = stm_label_arena_open(value, &arena);
    (void)page;
    if (status == STEMMA_OK) {
        status = stm_label_arena_check(&arena);
    }
    bool right = status == (golden_is_bad(vector) ? STEMMA_E_DAMAGED : STEMMA_OK);
    if (right && status == STEMMA_OK) {
        right = arena.count == json_array_size(texts);
        for (uint32_t i = 0; i < arena.count && right; i++) {
            stemma_text text;
            const json_t *wanted = json_array_get(texts, i);
            right = stm_label_arena_get(&arena, i, &text) == STEMMA_OK &&
                    stemma_text_equal(
                        text, (stemma_text){json_string_value(wanted), json_string_length(wanted)});
        }
        right =
            right && golden_same_bytes(json_object_get(vector, "hex"), room, write_arena(texts));
    }
    golden_drop(value);
    return right;
}

/* A pair with what is kept of its hash, by which pairs are ordered. */
typedef struct kept_pair {
    uint32_t prefix;
    stm_label_pair pair;
} kept_pair;

static int compare_pairs(const void *left, const void *right)
{
    const kept_pair *a = left;
    const kept_pair *b = right;
    if (a->prefix != b->prefix) {
        return a->prefix < b->prefix ? -1 : 1;
    }
    return (a->pair.number > b->pair.number) - (a->pair.number < b->pair.number);
}

static bool leads_to(const stm_label_index *index, const stm_label_pair *pair)
{
    stm_label_hits hits;
    uint32_t number = 0;
    bool found = false;
    if (stm_label_hash_find(index, pair->hash, &hits) != STEMMA_OK) {
        return false;
    }
    while (stm_label_hits_next(&hits, &number)) {
        found = found || number == pair->number;
    }
    return found;
}

static bool pairs_are_right(const stm_label_index *index, const json_t *vector)
{
    static kept_pair all[256];
    static stm_label_pair pairs[256];
    const json_t *given = json_object_get(vector, "pairs");
    uint32_t count = (uint32_t)json_array_size(given);
    size_t size = 0;
    assert_true(count <= 256);
    bool right = index->count == count;
    for (uint32_t i = 0; i < count; i++) {
        const json_t *pair = json_array_get(given, i);
        all[i].pair.hash = (uint32_t)golden_unsigned(json_array_get(pair, 0));
        all[i].pair.number = (uint32_t)golden_unsigned(json_array_get(pair, 1));
        all[i].prefix = stm_label_hash_prefix(all[i].pair.hash, count);
        right = right && leads_to(index, &all[i].pair);
    }
    qsort(all, count, sizeof *all, compare_pairs);
    for (uint32_t i = 0; i < count; i++) {
        pairs[i] = all[i].pair;
    }
    return right && stm_label_hash_write(room, sizeof room, &size, pairs, count) == STEMMA_OK &&
           golden_same_bytes(json_object_get(vector, "hex"), room, size);
}

/* [P-23] */
static bool hash_is_right(const json_t *vector, const json_t *page)
{
    stemma_bytes value = golden_hex(json_object_get(vector, "hex"));
    stm_label_index index;
    stemma_status status = stm_label_hash_open(value, &index);
    (void)page;
    if (status == STEMMA_OK) {
        status = stm_label_hash_check(&index);
    }
    bool right = status == (golden_is_bad(vector) ? STEMMA_E_DAMAGED : STEMMA_OK) &&
                 (status != STEMMA_OK || pairs_are_right(&index, vector));
    golden_drop(value);
    return right;
}

static bool tokens_are_right(const stm_token_list *list, const json_t *vector)
{
    const json_t *texts = json_object_get(vector, "texts");
    uint32_t count = (uint32_t)json_array_size(texts);
    stm_token_writer writer;
    bool right = list->count == count;
    stm_token_list_begin(&writer, room, sizeof room, count);
    for (uint32_t i = 0; i < count && right; i++) {
        const json_t *one = json_array_get(texts, i);
        stemma_text wanted = {json_string_value(one), json_string_length(one)};
        char text[STM_TOKEN_LIMIT];
        size_t size = 0;
        uint32_t number = 0;
        int same = 0;
        right = stm_token_list_get(list, i, text, &size) == STEMMA_OK &&
                stemma_text_equal((stemma_text){text, size}, wanted) &&
                stm_token_list_find(list, wanted, &number, &same) == STEMMA_OK && same &&
                number == i;
        stm_token_list_add(&writer, wanted);
    }
    size_t size = 0;
    return right && stm_token_list_end(&writer, &size) == STEMMA_OK &&
           golden_same_bytes(json_object_get(vector, "hex"), room, size);
}

/* [P-30] */
static bool token_is_right(const json_t *vector, const json_t *page)
{
    stemma_bytes value = golden_hex(json_object_get(vector, "hex"));
    stm_token_list list;
    stemma_status status = stm_token_list_open(value, &list);
    (void)page;
    if (status == STEMMA_OK) {
        status = stm_token_list_check(&list);
    }
    bool right = status == (golden_is_bad(vector) ? STEMMA_E_DAMAGED : STEMMA_OK) &&
                 (status != STEMMA_OK || tokens_are_right(&list, vector));
    golden_drop(value);
    return right;
}

static void columns_are_packed_in_one_form(void **state)
{
    (void)state;
    golden_all("column", block_is_right, 34);
}

static void postings_are_packed_in_one_form(void **state)
{
    (void)state;
    golden_all("posting", posting_is_right, 30);
}

static void rows_are_gathered_in_one_way(void **state)
{
    (void)state;
    golden_all("row_block", rows_are_right, 10);
}

static void labels_are_found_by_number_and_hash(void **state)
{
    (void)state;
    golden_all("label", arena_is_right, 12);
    golden_all("hash", hash_is_right, 10);
}

static void tokens_are_found_by_number_and_text(void **state)
{
    (void)state;
    golden_all("token", token_is_right, 15);
}

/* [F-7] */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_are_packed_in_one_form),
        cmocka_unit_test(postings_are_packed_in_one_form),
        cmocka_unit_test(rows_are_gathered_in_one_way),
        cmocka_unit_test(labels_are_found_by_number_and_hash),
        cmocka_unit_test(tokens_are_found_by_number_and_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
