/* SPDX-License-Identifier: MIT */
/* MessagePack item by item, also where it breaks the profile of the format. */
#include "hostile/value.h"

#include <stdlib.h>
#include <string.h>

#include "bytes.h"

/* What an item is: bytes of its head, bytes that follow, items that follow. */
typedef struct head {
    size_t size, body, items;
    char kind; /* i number, t text, b bytes, a array, m map, o other */
} head;

static uint64_t big_endian(const uint8_t *at, size_t size)
{
    uint64_t value = 0;
    for (size_t i = 0; i < size; i++) {
        value = value << 8 | at[i];
    }
    return value;
}

static bool sized(head *out, const uint8_t *at, size_t left, size_t width, char kind)
{
    if (left < 1 + width) {
        return false;
    }
    size_t count = (size_t)big_endian(at + 1, width);
    out->size = 1 + width;
    out->kind = kind;
    out->items = kind == 'a' ? count : kind == 'm' ? 2 * count : 0;
    out->body = kind == 't' || kind == 'b' ? count : 0;
    return out->body <= left - out->size;
}

static bool read_head(const uint8_t *data, size_t size, size_t at, head *out)
{
    memset(out, 0, sizeof *out);
    out->size = 1;
    out->kind = 'o';
    if (at >= size) {
        return false;
    }
    uint8_t b = data[at];
    size_t left = size - at;
    if (b < 0x80 || b >= 0xe0) {
        out->kind = 'i';
        return true;
    }
    if (b < 0xa0) {
        out->kind = b < 0x90 ? 'm' : 'a';
        out->items = (b & 15u) * (b < 0x90 ? 2u : 1u);
        return true;
    }
    if (b < 0xc0) {
        out->kind = 't';
        out->body = b & 31u;
        return out->body < left;
    }
    switch (b) {
    case 0xc4: case 0xc5: case 0xc6:
        return sized(out, data + at, left, (size_t)1 << (b - 0xc4), 'b');
    case 0xcc: case 0xcd: case 0xce: case 0xcf:
        out->kind = 'i';
        out->body = (size_t)1 << (b - 0xcc);
        return out->body < left;
    case 0xd0: case 0xd1: case 0xd2: case 0xd3:
        out->kind = 'i';
        out->body = (size_t)1 << (b - 0xd0);
        return out->body < left;
    case 0xd9: case 0xda: case 0xdb:
        return sized(out, data + at, left, (size_t)1 << (b - 0xd9), 't');
    case 0xdc: case 0xdd:
        return sized(out, data + at, left, (size_t)2 << (b - 0xdc), 'a');
    case 0xde: case 0xdf:
        return sized(out, data + at, left, (size_t)2 << (b - 0xde), 'm');
    default:
        return b == 0xc3 || b == 0xc2 || b == 0xc0;
    }
}

size_t mp_end(const uint8_t *data, size_t size, size_t at)
{
    for (uint64_t items = 1; items > 0; items--) {
        head one;
        if (!read_head(data, size, at, &one)) {
            return 0;
        }
        at += one.size + one.body;
        items += one.items;
    }
    return at;
}

/* The number written at `at`, for keys. */
static int64_t number_at(const uint8_t *data, size_t at)
{
    return data[at] < 0x80 ? data[at] : data[at] == 0xcc ? data[at + 1] : -1;
}

/* One step into the container at `place->at`. */
static bool step(const value_bytes *value, int wanted, mp_place *place)
{
    head one;
    if (!read_head(value->data, value->size, place->at, &one) ||
        (one.kind != 'a' && one.kind != 'm')) {
        return false;
    }
    size_t at = place->at + one.size;
    bool is_map = one.kind == 'm';
    for (size_t i = 0; i < one.items; i++) {
        size_t end = mp_end(value->data, value->size, at);
        if (end == 0) {
            return false;
        }
        if (is_map && i % 2 == 0) {
            size_t value_end = mp_end(value->data, value->size, end);
            if (number_at(value->data, at) == wanted && value_end != 0) {
                *place = (mp_place){end, value_end, place->at, at};
                return true;
            }
        } else if (!is_map && (int)i == wanted) {
            *place = (mp_place){at, end, place->at, at};
            return true;
        }
        at = end;
    }
    return false;
}

bool mp_find(const value_bytes *value, const int *path, mp_place *out)
{
    *out = (mp_place){0, mp_end(value->data, value->size, 0), SIZE_MAX, 0};
    for (; out->end != 0 && *path >= 0; path++) {
        if (!step(value, *path, out)) {
            return false;
        }
    }
    return out->end != 0;
}

void mp_replace(value_bytes *value, size_t at, size_t end, const void *with, size_t size)
{
    if (value->size - (end - at) + size > sizeof value->data) {
        abort();
    }
    memmove(value->data + at + size, value->data + end, value->size - end);
    if (size != 0) {
        memcpy(value->data + at, with, size);
    }
    value->size = value->size - (end - at) + size;
}

void mp_count_add(value_bytes *value, size_t container, int add)
{
    head one;
    uint8_t written[3];
    if (!read_head(value->data, value->size, container, &one)) {
        abort();
    }
    size_t count = (one.kind == 'm' ? one.items / 2 : one.items) + (size_t)add;
    if (count < 16) {
        written[0] = (uint8_t)((one.kind == 'm' ? 0x80 : 0x90) | count);
        mp_replace(value, container, container + one.size, written, 1);
    } else {
        written[0] = one.kind == 'm' ? 0xde : 0xdc;
        written[1] = (uint8_t)(count >> 8);
        written[2] = (uint8_t)count;
        mp_replace(value, container, container + one.size, written, 3);
    }
}

size_t mp_tokens(const value_bytes *value, mp_token *out, size_t most)
{
    size_t count = 0, at = 0;
    head one;
    while (count < most && read_head(value->data, value->size, at, &one)) {
        size_t end = at + one.size + one.body;
        if (one.kind == 'i' || one.kind == 't') {
            out[count++] = (mp_token){at, end, one.kind == 't'};
        }
        at = end;
    }
    return count;
}
