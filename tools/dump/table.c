/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "bytes.h"
#include "common/exit_codes.h"
#include "base/decompress.h"
#include "base/dictionary.h"
#include "dump/dump.h"
#include "dump/open.h"
#include "dump/record_json.h"
#include "base/error.h"
#include "file/snapshot.h"

#define TESTIMONY_HEADER 5u          /* codec, u32 raw size */
#define TESTIMONY_MOST   (64u << 20) /* raw bytes of a part that are unpacked to be shown */

/* STM_TABLE_COUNT when there is no such table. */
static stm_table find_table(const char *name)
{
    unsigned table = 0;
    while (table < STM_TABLE_COUNT && strcmp(stm_tables[table].name, name) != 0) {
        table++;
    }
    return (stm_table)table;
}

static int no_such_table(const char *name)
{
    char names[400] = "";
    for (unsigned i = 0; i < STM_TABLE_COUNT; i++) {
        size_t used = strlen(names);
        snprintf(names + used, sizeof names - used, " %s", stm_tables[i].name);
    }
    return stm_usage_error(&stm_dump_program, "--table: there is no table '%s'; there are:%s", name,
                           names);
}

/* The payload of a part of testimony; false when it cannot be had. */
static bool unpack_testimony(stemma_snapshot *snapshot, stemma_bytes value, stemma_bytes *raw)
{
    stemma_bytes packed;
    uint8_t *bytes;
    size_t size;
    if (value.size < TESTIMONY_HEADER) {
        return false;
    }
    size = stm_load_le32(value.data + 1);
    packed = (stemma_bytes){value.data + TESTIMONY_HEADER, value.size - TESTIMONY_HEADER};
    if (value.data[0] == STM_CODEC_RAW) {
        *raw = packed;
        return size == packed.size;
    }
    bytes = size <= TESTIMONY_MOST ? stm_snapshot_alloc(snapshot, size, NULL) : NULL;
    if (bytes == NULL ||
        stm_decompress(snapshot, value.data[0], snapshot->file->testimony_dictionary, packed, bytes,
                       size) != STEMMA_OK) {
        return false;
    }
    *raw = (stemma_bytes){bytes, size};
    return true;
}

static void write_record(stm_json *json, stemma_snapshot *snapshot, stm_table table,
                         stemma_bytes key, stemma_bytes value)
{
    stemma_bytes shown = value;
    stm_json_object_begin(json);
    stm_json_member_string(json, "table", stm_tables[table].name);
    stm_json_key(json, "key");
    if (stm_tables[table].key == STM_KEY_NAME) {
        stm_json_text(json, (stemma_text){(const char *)key.data, key.size});
    } else {
        stm_out_hex(json, key);
    }
    stm_json_member_unsigned(json, "bytes", value.size);
    if (table == STM_TABLE_TESTIMONY && !unpack_testimony(snapshot, value, &shown)) {
        stm_json_member_string(json, "problem", "TESTIMONY_HEADER");
        stm_json_key(json, "hex");
        stm_out_hex(json, value);
    } else {
        stm_out_record(json, table, key, shown);
    }
    stm_json_object_end(json);
    stm_json_line(json);
}

static stemma_status write_records(stemma_snapshot *snapshot, stm_table table, stm_json *json,
                                   stemma_error *error)
{
    stm_store_cursor *cursor;
    stemma_bytes key;
    stemma_bytes value;
    stemma_status status = stm_store_cursor_take(&cursor, snapshot->view, table);
    if (status != STEMMA_OK) {
        return stm_fail(error, status, "STORE_FAILED", stm_tables[table].name,
                        "The table cannot be read");
    }
    for (status = stm_store_first(cursor, &key, &value);
         status == STEMMA_OK && stm_json_status(json) == STEMMA_OK;
         status = stm_store_next(cursor, &key, &value)) {
        stm_mark mark = stm_snapshot_mark(snapshot);
        write_record(json, snapshot, table, key, value);
        stm_snapshot_rewind(snapshot, mark);
    }
    stm_store_cursor_return(cursor);
    if (status == STEMMA_OK || status == STEMMA_END) {
        status = stm_json_status(json);
        return status == STEMMA_OK || status == STEMMA_E_SYSTEM
                   ? STEMMA_OK
                   : stm_fail(error, status, "NO_MEMORY", stm_tables[table].name, "Out of memory");
    }
    return stm_fail(error, status, "STORE_FAILED", stm_tables[table].name,
                    "The table cannot be read");
}

int stm_dump_table(const struct stm_dump_settings *settings, FILE *out)
{
    stm_table table = find_table(settings->table);
    stemma_file *file;
    stemma_snapshot *snapshot;
    stemma_error error = {0};
    stemma_status status;
    stm_json json;
    int code;
    if (table == STM_TABLE_COUNT) {
        return no_such_table(settings->table);
    }
    code = stm_dump_open(settings, &file, &snapshot);
    if (code != STM_EXIT_OK) {
        return code;
    }
    stm_json_to_file(&json, out, 0);
    status = write_records(snapshot, table, &json, &error);
    if (status != STEMMA_OK) {
        code = stm_dump_failed(settings, status, &error);
    }
    stemma_snapshot_end(snapshot);
    stemma_close(file);
    return code;
}
