/* SPDX-License-Identifier: MIT */
#include "hostile/value.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

#include "bytes.h"
#include "column.h"
#include "posting.h"
#include "row_block.h"

#define must(condition)                                                                            \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                        \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

value_form value_form_of(const char *table)
{
    static const struct {
        const char *table;
        value_form form;
    } forms[] = {
        {"alias", VALUE_ROWS},        {"claim", VALUE_ROWS},        {"derivation", VALUE_RECORD},
        {"detail", VALUE_PAYLOAD},    {"document", VALUE_RECORD},   {"entity", VALUE_COLUMNS},
        {"event", VALUE_COLUMNS},     {"fence", VALUE_COLUMNS},     {"gram", VALUE_POSTINGS},
        {"group", VALUE_COLUMNS},     {"judgement", VALUE_RECORD},  {"member", VALUE_COLUMNS},
        {"membership", VALUE_POSTINGS}, {"meta", VALUE_RECORD},     {"name", VALUE_POSTINGS},
        {"neighbour", VALUE_POSTINGS},
        {"participation", VALUE_POSTINGS}, {"place", VALUE_POSTINGS}, {"row", VALUE_RECORD},
        {"run", VALUE_RECORD},        {"term", VALUE_POSTINGS},     {"testimony", VALUE_PAYLOAD},
        {"text", VALUE_TEXT},         {"type", VALUE_POSTINGS},     {"vocabulary", VALUE_RECORD},
        {"speaker", VALUE_POSTINGS}, {"voice", VALUE_COLUMNS},
    };
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (strcmp(forms[i].table, table) == 0) {
            return forms[i].form;
        }
    }
    return VALUE_OTHER;
}

/* ---- Payloads -------------------------------------------------------------------------------- */

bool value_unpack(image *records, const char *table, const image_record *record, value_bytes *out)
{
    size_t head = value_form_of(table) == VALUE_TEXT ? 1 : 5;
    const image_bytes *value = &record->value;
    image_bytes dictionary = {NULL, 0};
    char key[40];
    if (value->size < head || value->data[0] > 2) {
        return false;
    }
    if (value->data[0] == 0) {
        out->size = value->size - head;
        must(out->size <= sizeof out->data);
        memcpy(out->data, value->data + head, out->size);
        return true;
    }
    snprintf(key, sizeof key, "dictionary.%s", table);
    image_table *meta = image_table_of(records, STM_TABLE_META);
    image_record *with = meta != NULL ? image_find(meta, key, strlen(key)) : NULL;
    if (value->data[0] == 1 && with != NULL) {
        dictionary = with->value;
    }
    static ZSTD_DCtx *context; /* kept for the whole program */
    if (context == NULL) {
        context = ZSTD_createDCtx();
        must(context != NULL);
    }
    out->size = ZSTD_decompress_usingDict(context, out->data, sizeof out->data, value->data + head,
                                          value->size - head, dictionary.data, dictionary.size);
    return !ZSTD_isError(out->size);
}

void value_pack(const char *table, const value_bytes *payload, value_bytes *out)
{
    size_t head = value_form_of(table) == VALUE_TEXT ? 1 : 5;
    must(payload->size + head <= sizeof out->data);
    memmove(out->data + head, payload->data, payload->size);
    out->data[0] = 0;
    if (head == 5) {
        stm_store_le32(out->data + 1, (uint32_t)payload->size);
    }
    out->size = payload->size + head;
}

/* ---- Row blocks ------------------------------------------------------------------------------ */

uint32_t value_rows(const image_record *record)
{
    uint32_t rows = 0;
    stemma_bytes value = {record->value.data, record->value.size};
    return stm_rows_count(value, &rows, NULL) == STEMMA_OK ? rows : 0;
}

bool value_row(const image_record *record, uint32_t row, value_bytes *out)
{
    stemma_bytes value = {record->value.data, record->value.size}, bytes;
    if (stm_rows_at(value, row, &bytes, NULL) != STEMMA_OK || bytes.size > sizeof out->data) {
        return false;
    }
    memcpy(out->data, bytes.data, bytes.size);
    out->size = bytes.size;
    return true;
}

void value_with_row(const image_record *record, uint32_t row, const value_bytes *changed,
                    value_bytes *out)
{
    stemma_bytes value = {record->value.data, record->value.size};
    uint32_t rows = value_rows(record);
    size_t at = 2 + 2 * (size_t)rows;
    out->data[0] = (uint8_t)rows;
    out->data[1] = (uint8_t)(rows >> 8);
    for (uint32_t i = 0; i < rows; i++) {
        stemma_bytes bytes = {NULL, 0};
        if (stm_rows_at(value, i, &bytes, NULL) != STEMMA_OK) {
            bytes.size = 0;
        }
        if (i == row) {
            bytes.data = changed->data;
            bytes.size = changed->size;
        }
        must(at + bytes.size <= sizeof out->data);
        out->data[2 + 2 * i] = (uint8_t)at;
        out->data[3 + 2 * i] = (uint8_t)(at >> 8);
        if (bytes.size != 0) {
            memcpy(out->data + at, bytes.data, bytes.size);
        }
        at += bytes.size;
    }
    out->size = at;
}

/* ---- Columns --------------------------------------------------------------------------------- */

/* Adds a column with one element changed; of one that is absent, all are 0. */
static void add_column(stm_column_writer *writer, const stm_column *one, uint16_t id, uint32_t count,
                       uint32_t element, value_change *change, void *context)
{
    int64_t *values = calloc(count + 1, sizeof *values);
    must(values != NULL);
    for (uint32_t k = 0; one != NULL && k < count; k++) {
        values[k] = stm_column_get(one, k);
    }
    if (change != NULL && count != 0) {
        values[element % count] = change(context, values[element % count]);
    }
    stm_column_add(writer, id, values, count);
    free(values);
}

bool value_set_column(const image_record *record, uint16_t column, uint32_t element,
                      value_change *change, void *context, value_bytes *out)
{
    stm_column_block block;
    stm_column_writer writer;
    stm_column one;
    stemma_bytes value = {record->value.data, record->value.size};
    if (stm_column_block_open(value, &block) != STEMMA_OK) {
        return false;
    }
    bool there = stm_column_find(&block, column, &one) == STEMMA_OK;
    bool put = there;
    stm_column_begin(&writer, out->data, sizeof out->data, block.rows, block.columns + !there);
    for (uint32_t i = 0; i < block.columns; i++) {
        stm_column_at(&block, i, &one);
        if (!put && one.id > column) {
            add_column(&writer, NULL, column, block.rows, element, change, context);
            put = true;
        }
        add_column(&writer, &one, one.id, one.count, element, one.id == column ? change : NULL, context);
    }
    if (!put) {
        add_column(&writer, NULL, column, block.rows, element, change, context);
    }
    return stm_column_end(&writer, &out->size) == STEMMA_OK;
}

/* ---- Postings -------------------------------------------------------------------------------- */

static const stm_table_info *info_of(const char *name)
{
    for (size_t i = 0; i < STM_TABLE_COUNT; i++) {
        if (strcmp(stm_tables[i].name, name) == 0) {
            return &stm_tables[i];
        }
    }
    abort();
}

value_posting *value_postings(image_table *table, size_t *count)
{
    size_t capacity = 1024;
    value_posting *out = malloc(capacity * sizeof *out);
    const stm_table_info *info = info_of(table->name);
    must(out != NULL);
    *count = 0;
    for (size_t i = 0; i < table->count; i++) {
        stemma_bytes key = {table->records[i].key.data, table->records[i].key.size};
        stemma_bytes value = {table->records[i].value.data, table->records[i].value.size};
        stm_posting_value opened;
        stm_posting_entry entry;
        uint32_t ids[STM_CHUNK_LIMIT], payloads[STM_CHUNK_LIMIT];
        if (stm_posting_open(key, value, info->list_size, &opened) != STEMMA_OK) {
            continue;
        }
        stm_list_key list = {.size = 0};
        for (uint32_t k = 0; k < opened.entries; k++) {
            if ((k == 0 ? stm_posting_entry_first(&opened, &entry)
                        : stm_posting_entry_after(&opened, &entry, &entry)) != STEMMA_OK ||
                stm_chunk_decode(&entry, ids, payloads) != STEMMA_OK) {
                break;
            }
            stm_posting_entry_list(&entry, &list);
            for (uint32_t n = 0; n < entry.count; n++) {
                if (*count == capacity) {
                    capacity *= 2;
                    out = realloc(out, capacity * sizeof *out);
                    must(out != NULL);
                }
                value_posting *one = &out[(*count)++];
                memcpy(one->list, list.data, list.size);
                one->list_size = (uint8_t)list.size;
                one->id = ids[n];
                one->payload = payloads[n];
            }
        }
    }
    return out;
}

typedef struct emitted {
    image *records;
    image_table *table;
} emitted;

static stemma_status emit(void *context, stemma_bytes key, stemma_bytes value)
{
    emitted *self = context;
    image_insert(self->records, self->table, key.data, key.size, value.data, value.size);
    return STEMMA_OK;
}

bool value_set_postings(image *records, image_table *table, const value_posting *postings,
                        size_t count)
{
    static stm_posting_builder builder;
    image_table made = {.count = 0};
    emitted context = {records, &made};
    stm_posting_begin(&builder, info_of(table->name)->list_size, emit, &context);
    for (size_t i = 0; i < count; i++) {
        stemma_bytes list = {postings[i].list, postings[i].list_size};
        if (stm_posting_add(&builder, list, postings[i].id, postings[i].payload) != STEMMA_OK) {
            free(made.records);
            return false;
        }
    }
    if (stm_posting_end(&builder) != STEMMA_OK) {
        free(made.records);
        return false;
    }
    free(table->records);
    table->records = made.records;
    table->count = made.count;
    table->capacity = made.capacity;
    table->changed = true;
    return true;
}
