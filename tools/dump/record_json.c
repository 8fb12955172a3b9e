/* SPDX-License-Identifier: MIT */
#include "dump/record_json.h"

#include <stdio.h>
#include <stdlib.h>

#include "canonical.h"
#include "column.h"
#include "meta_record.h"
#include "posting.h"
#include "row_block.h"
#include "utf8.h"

void stm_out_hex(stm_json *json, stemma_bytes bytes)
{
    static const char digits[] = "0123456789abcdef";
    char *text = bytes.size <= SIZE_MAX / 2 ? malloc(2 * bytes.size + 1) : NULL;
    if (text == NULL) {
        json->status = json->status == STEMMA_OK ? STEMMA_E_NO_MEMORY : json->status;
        return;
    }
    for (size_t i = 0; i < bytes.size; i++) {
        text[2 * i] = digits[bytes.data[i] >> 4];
        text[2 * i + 1] = digits[bytes.data[i] & 15];
    }
    stm_json_text(json, (stemma_text){text, 2 * bytes.size});
    free(text);
}

/* ---- MessagePack --------------------------------------------------------------------------- */

struct level {
    uint32_t left; /* values that are still to come */
    bool map;
};

static void out_scalar(stm_json *json, stm_mp *mp, stm_mp_kind kind)
{
    switch (kind) {
    case STM_MP_UINT:
        stm_json_unsigned(json, stm_mp_uint(mp, UINT64_MAX));
        break;
    case STM_MP_NEGATIVE:
        stm_json_integer(json, stm_mp_int(mp, INT64_MIN, INT64_MAX));
        break;
    case STM_MP_TEXT:
        stm_json_text(json, stm_mp_text(mp, SIZE_MAX));
        break;
    case STM_MP_BINARY:
        stm_json_object_begin(json);
        stm_json_key(json, "hex");
        stm_out_hex(json, stm_mp_binary(mp));
        stm_json_object_end(json);
        break;
    default:
        stm_json_bool(json, stm_mp_true(mp));
        break;
    }
}

/* One canonical MessagePack value. Binaries become {"hex": "..."}. STEMMA_E_DAMAGED, and nothing is
   written, when it is not one. */
static stemma_status out_msgpack(stm_json *json, stemma_bytes record)
{
    struct level levels[STEMMA_LIMIT_NESTING + 1];
    uint32_t depth = 0;
    stm_fault fault;
    stm_mp mp = stm_mp_over(record);
    if (stm_mp_check(record, &fault) != STEMMA_OK) {
        return STEMMA_E_DAMAGED;
    }
    do {
        stm_mp_kind kind;
        if (depth != 0 && levels[depth - 1].left == 0) {
            depth--;
            if (levels[depth].map) {
                stm_json_object_end(json);
            } else {
                stm_json_array_end(json);
            }
            continue;
        }
        if (depth != 0) {
            levels[depth - 1].left--;
            if (levels[depth - 1].map) {
                char key[16];
                snprintf(key, sizeof key, "%u", stm_mp_key(&mp));
                stm_json_key(json, key);
            }
        }
        kind = stm_mp_peek(&mp);
        if (kind == STM_MP_ARRAY && depth <= STEMMA_LIMIT_NESTING) {
            levels[depth++] = (struct level){stm_mp_array(&mp), false};
            stm_json_array_begin(json);
        } else if (kind == STM_MP_MAP && depth <= STEMMA_LIMIT_NESTING) {
            levels[depth++] = (struct level){stm_mp_map(&mp), true};
            stm_json_object_begin(json);
        } else {
            out_scalar(json, &mp, kind);
        }
    } while (depth != 0 && mp.code == NULL);
    return STEMMA_OK;
}

/* ---- Packed forms -------------------------------------------------------------------------- */

/* What a value holds was not understood: its bytes are shown instead. */
static void out_undecoded(stm_json *json, stemma_bytes value, const char *problem)
{
    if (problem != NULL) {
        stm_json_member_string(json, "problem", problem);
    }
    stm_json_key(json, "hex");
    stm_out_hex(json, value);
}

static void out_msgpack_member(stm_json *json, stemma_bytes value)
{
    stm_fault fault = {NULL, 0};
    if (stm_mp_check(value, &fault) != STEMMA_OK) {
        out_undecoded(json, value, fault.code);
        return;
    }
    stm_json_key(json, "value");
    (void)out_msgpack(json, value); /* checked above */
}

static void out_rows(stm_json *json, stemma_bytes value)
{
    stm_fault fault = {NULL, 0};
    uint32_t count = 0;
    if (stm_rows_count(value, &count, &fault) != STEMMA_OK) {
        out_undecoded(json, value, fault.code);
        return;
    }
    stm_json_key(json, "rows");
    stm_json_array_begin(json);
    for (uint32_t i = 0; i < count; i++) {
        stemma_bytes row;
        if (stm_rows_at(value, i, &row, &fault) != STEMMA_OK) {
            stm_json_null(json);
        } else if (out_msgpack(json, row) != STEMMA_OK) {
            stm_json_object_begin(json);
            out_undecoded(json, row, "RECORD_INVALID");
            stm_json_object_end(json);
        }
    }
    stm_json_array_end(json);
}

static void out_numbers(stm_json *json, const char *key, const uint32_t *numbers, uint32_t count)
{
    stm_json_key(json, key);
    stm_json_array_begin(json);
    for (uint32_t i = 0; i < count; i++) {
        stm_json_unsigned(json, numbers[i]);
    }
    stm_json_array_end(json);
}

/* A list key: in hexadecimal and, of a table whose keys are words, as text. */
static void out_list(stm_json *json, const stm_table_info *table, stemma_bytes list)
{
    stm_json_key(json, "list");
    if (table->list_size == 0 &&
        stm_utf8_valid((stemma_text){(const char *)list.data, list.size})) {
        stm_json_text(json, (stemma_text){(const char *)list.data, list.size});
    } else {
        stm_out_hex(json, list);
    }
}

static void out_postings(stm_json *json, const stm_table_info *table, stemma_bytes key,
                         stemma_bytes value)
{
    stm_posting_value postings;
    stm_posting_entry entry;
    stm_list_key list = {.size = 0};
    stemma_status status = STEMMA_OK;
    uint32_t ids[STM_CHUNK_LIMIT];
    uint32_t payloads[STM_CHUNK_LIMIT];
    if (stm_posting_open(key, value, table->list_size, &postings) != STEMMA_OK) {
        out_undecoded(json, value, "POSTING_INVALID");
        return;
    }
    stm_json_key(json, "entries");
    stm_json_array_begin(json);
    for (uint32_t i = 0; i < postings.entries && status == STEMMA_OK; i++) {
        status = i == 0 ? stm_posting_entry_first(&postings, &entry)
                        : stm_posting_entry_after(&postings, &entry, &entry);
        if (status == STEMMA_OK) {
            stm_posting_entry_list(&entry, &list);
        }
        stm_json_object_begin(json);
        if (status != STEMMA_OK || stm_chunk_decode(&entry, ids, payloads) != STEMMA_OK) {
            stm_json_member_string(json, "problem", "POSTING_INVALID");
        } else {
            out_list(json, table, stm_list_key_bytes(&list));
            out_numbers(json, "ids", ids, entry.count);
            if (table->has_payload) {
                out_numbers(json, "payloads", payloads, entry.count);
            }
        }
        stm_json_object_end(json);
    }
    stm_json_array_end(json);
}

static void out_values(stm_json *json, const stm_column *column)
{
    stm_json_key(json, "values");
    stm_json_array_begin(json);
    for (uint32_t i = 0; i < column->count && stm_json_status(json) == STEMMA_OK; i++) {
        stm_json_integer(json, stm_column_get(column, i));
    }
    stm_json_array_end(json);
}

/* Each run: where it begins, and its value. */
static void out_runs(stm_json *json, const stm_column *column)
{
    uint32_t runs = stm_column_runs(column);
    stm_json_key(json, "runs");
    stm_json_array_begin(json);
    for (uint32_t i = 0; i < runs && stm_json_status(json) == STEMMA_OK; i++) {
        uint64_t first;
        int64_t value = stm_column_run(column, i, &first);
        stm_json_array_begin(json);
        stm_json_unsigned(json, first);
        stm_json_integer(json, value);
        stm_json_array_end(json);
    }
    stm_json_array_end(json);
}

static void out_columns(stm_json *json, stemma_bytes value)
{
    stm_column_block block;
    if (stm_column_block_open(value, &block) != STEMMA_OK) {
        out_undecoded(json, value, "COLUMN_INVALID");
        return;
    }
    stm_json_key(json, "columns");
    stm_json_array_begin(json);
    for (uint32_t i = 0; i < block.columns; i++) {
        stm_column column;
        stm_column_at(&block, i, &column);
        stm_json_object_begin(json);
        stm_json_member_unsigned(json, "id", column.id);
        stm_json_member_unsigned(json, "width", column.width);
        if (column.form == STM_COLUMN_RUNS) {
            stm_json_member_unsigned(json, "count", column.count);
            out_runs(json, &column);
        } else if (column.width == 0) {
            /* Elements without a bit: any number of them can be claimed by a few bytes. */
            stm_json_member_unsigned(json, "count", column.count);
            stm_json_member_integer(json, "constant", column.minimum);
            if (column.form == STM_COLUMN_RAMP) {
                stm_json_member_integer(json, "slope", (int64_t)column.scale);
            }
        } else {
            out_values(json, &column);
        }
        stm_json_object_end(json);
    }
    stm_json_array_end(json);
}

static bool is_key(stemma_bytes key, const char *name)
{
    return stemma_text_equal((stemma_text){(const char *)key.data, key.size}, stemma_text_of(name));
}

void stm_out_record(stm_json *json, stm_table table, stemma_bytes key, stemma_bytes value)
{
    switch (table) {
    case STM_TABLE_VOCABULARY:
    case STM_TABLE_RUN:
    case STM_TABLE_DOCUMENT:
    case STM_TABLE_JUDGEMENT:
    case STM_TABLE_DERIVATION:
    case STM_TABLE_TESTIMONY:
    case STM_TABLE_ROW:
        out_msgpack_member(json, value);
        break;
    case STM_TABLE_META:
        if (is_key(key, "stemma") || is_key(key, STM_DIGEST_KEY)) {
            out_msgpack_member(json, value);
        } else {
            out_undecoded(json, value, NULL);
        }
        break;
    case STM_TABLE_ALIAS:
    case STM_TABLE_CLAIM:
        out_rows(json, value);
        break;
    case STM_TABLE_ENTITY:
    case STM_TABLE_EVENT:
    case STM_TABLE_FENCE:
    case STM_TABLE_MEMBER:
    case STM_TABLE_GROUP:
    case STM_TABLE_VOICE:
        out_columns(json, value);
        break;
    case STM_TABLE_IDENTITY:
        if (value.size == 4) {
            stm_json_member_unsigned(json, "value", stm_load_le32(value.data));
        } else {
            out_undecoded(json, value, "RECORD_LENGTH");
        }
        break;
    case STM_TABLE_GRAM:
    case STM_TABLE_MEMBERSHIP:
    case STM_TABLE_NAME:
    case STM_TABLE_NEIGHBOUR:
    case STM_TABLE_PARTICIPATION:
    case STM_TABLE_PLACE:
    case STM_TABLE_SPEAKER:
    case STM_TABLE_TERM:
    case STM_TABLE_TYPE:
        out_postings(json, &stm_tables[table], key, value);
        break;
    case STM_TABLE_DETAIL: /* may be compressed */
    case STM_TABLE_LABEL:
    case STM_TABLE_TEXT:
    case STM_TABLE_TOKEN:
    case STM_TABLE_COUNT:
        out_undecoded(json, value, NULL);
        break;
    }
}
