/* SPDX-License-Identifier: MIT */
#include "hostile/breakers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hostile/value.h"

_Noreturn static void nothing_there(const breaker *how, const char *what)
{
    fprintf(stderr, "breaker \"%s\": there is no such %s\n", how->name, what);
    abort();
}

size_t breaker_bytes(const char *with, uint8_t *out, size_t most)
{
    size_t size = 0;
    unsigned digit = 0, half = 0;
    for (; with != NULL && *with != '\0'; with++) {
        if (*with == ' ') {
            continue;
        }
        digit = digit << 4 | (unsigned)(*with <= '9' ? *with - '0' : *with - 'a' + 10);
        if (++half == 2) {
            if (size == most) {
                abort();
            }
            out[size++] = (uint8_t)digit;
            half = digit = 0;
        }
    }
    return size;
}

/* ---- Items of MessagePack -------------------------------------------------------------------- */

static void edit_item(const breaker *how, const int *path, value_bytes *value)
{
    static uint8_t with[4u << 16];
    size_t size = breaker_bytes(how->with, with, sizeof with);
    mp_place place;
    if (how->edit == EDIT_BYTES || how->edit == EDIT_APPEND || how->edit == EDIT_SHORT) {
        size_t at = how->edit == EDIT_BYTES ? how->number : value->size;
        if (how->edit == EDIT_SHORT) {
            value->size -= how->number;
        } else {
            size_t end = at + size > value->size ? value->size : at + size;
            mp_replace(value, at, end, with, size);
        }
        return;
    }
    if (how->edit == EDIT_FIELD) {
        mp_replace(value, value->size, value->size, with, size);
        mp_count_add(value, 0, 1);
        return;
    }
    if (!mp_find(value, path, &place)) {
        nothing_there(how, "item");
    }
    mp_place other;
    switch (how->edit) {
    case EDIT_LIKE:
        if (!mp_find(value, how->like, &other) || other.end - other.at > sizeof with) {
            nothing_there(how, "other item");
        }
        size = other.end - other.at;
        memcpy(with, value->data + other.at, size);
        mp_replace(value, place.at, place.end, with, size);
        break;
    case EDIT_SET:
        mp_replace(value, place.at, place.end, with, size);
        break;
    case EDIT_CUT:
        mp_replace(value, place.key, place.end, NULL, 0);
        mp_count_add(value, place.container, -1);
        break;
    case EDIT_ADD:
        mp_replace(value, place.key, place.key, with, size);
        mp_count_add(value, place.container, 1);
        break;
    case EDIT_TEXT:
        with[0] = 0xda;
        with[1] = (uint8_t)(how->number >> 8);
        with[2] = (uint8_t)how->number;
        if (how->number > 65535) {
            with[0] = 0xdb;
            with[1] = 0;
            with[2] = (uint8_t)(how->number >> 16);
            with[3] = (uint8_t)(how->number >> 8);
            with[4] = (uint8_t)how->number;
        }
        size = (how->number > 65535 ? 5u : 3u);
        memset(with + size, 'a', how->number);
        mp_replace(value, place.at, place.end, with, size + how->number);
        break;
    default:
        abort();
    }
}

/* ---- Values ---------------------------------------------------------------------------------- */

static int64_t element_is(void *to, int64_t was)
{
    (void)was;
    return *(const int64_t *)to;
}

static void edit_value(const breaker *how, image *records, image_table *table, image_record *record)
{
    static value_bytes value, row, out;
    value_form form = value_form_of(table->name);
    if (how->edit == EDIT_COLUMN) {
        int64_t to = how->to;
        if (!value_set_column(record, how->column, how->number, element_is, &to, &out)) {
            nothing_there(how, "column");
        }
    } else if (form == VALUE_ROWS) {
        if (!value_row(record, (uint32_t)how->path[0], &row)) {
            nothing_there(how, "row");
        }
        edit_item(how, how->path + 1, &row);
        value_with_row(record, (uint32_t)how->path[0], &row, &out);
    } else if (form == VALUE_PAYLOAD || form == VALUE_TEXT) {
        if (!value_unpack(records, table->name, record, &value)) {
            nothing_there(how, "payload");
        }
        edit_item(how, how->path, &value);
        value_pack(table->name, &value, &out);
    } else {
        memcpy(out.data, record->value.data, record->value.size);
        out.size = record->value.size;
        edit_item(how, how->path, &out);
    }
    image_set(records, table, record, out.data, out.size);
}

static void edit_stored(const breaker *how, image *records, image_table *table, image_record *record)
{
    static value_bytes out;
    uint8_t with[8192];
    size_t size = breaker_bytes(how->with, with, sizeof with);
    memcpy(out.data, record->value.data, record->value.size);
    out.size = record->value.size;
    mp_replace(&out, how->number, how->number + size, with, size);
    image_set(records, table, record, out.data, out.size);
}

void breaker_apply(const breaker *how, image *records)
{
    uint8_t with[8192], key[512];
    image_table *table = how->table != NULL ? image_table_named(records, how->table) : NULL;
    if (how->edit == EDIT_MAKE) {
        how->make(records);
        return;
    }
    if (table == NULL) {
        nothing_there(how, "table");
    }
    if (how->edit == EDIT_RECORD) {
        size_t size = breaker_bytes(how->with, with, sizeof with);
        size_t key_size = breaker_bytes(how->key, key, sizeof key);
        image_insert(records, table, key, key_size, with, size);
        return;
    }
    size_t at = how->record >= 0 ? (size_t)how->record : table->count - (size_t)-how->record;
    if (at >= table->count) {
        nothing_there(how, "record");
    }
    image_record *record = &table->records[at];
    records->keep_digests = strcmp(table->name, "meta") == 0 && record->key.size == 6 && record->key.data[0] == 'd';
    switch (how->edit) {
    case EDIT_DROP:
        image_remove(table, at);
        break;
    case EDIT_KEY:
        image_set_key(records, table, record, key, breaker_bytes(how->with, key, sizeof key));
        image_sort(table);
        break;
    case EDIT_VALUE:
        image_set(records, table, record, with, breaker_bytes(how->with, with, sizeof with));
        break;
    case EDIT_STORED:
        edit_stored(how, records, table, record);
        break;
    default:
        edit_value(how, records, table, record);
        break;
    }
}

/* ---- All of them ----------------------------------------------------------------------------- */

static breaker_list (*const lists[])(void) = {breakers_of_meta,      breakers_of_records,
                                              breakers_of_testimony, breakers_of_rules,
                                              breakers_of_rows,      breakers_of_index};
#define LISTS (sizeof lists / sizeof lists[0])

uint32_t breaker_count(void)
{
    uint32_t count = 0;
    for (size_t i = 0; i < LISTS; i++) {
        count += lists[i]().count;
    }
    return count;
}

const breaker *breaker_at(uint32_t index)
{
    for (size_t i = 0; i < LISTS; i++) {
        breaker_list list = lists[i]();
        if (index < list.count) {
            return &list.all[index];
        }
        index -= list.count;
    }
    return NULL;
}
