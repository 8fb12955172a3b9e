/* SPDX-License-Identifier: MIT */
#include "token_text.h"

#include "limits.h"

#define HEAD    4u
#define ESCAPED 15u /* in a half byte: a varint tells the rest */

static uint32_t blocks_of(uint32_t count)
{
    return count / STM_TOKEN_BLOCK + (count % STM_TOKEN_BLOCK != 0);
}

static size_t head_size(uint32_t count)
{
    return HEAD + 4u * (size_t)blocks_of(count);
}

static size_t shared_bytes(stemma_text a, stemma_text b)
{
    size_t most = a.size < b.size ? a.size : b.size, shared = 0;
    while (shared < most && a.data[shared] == b.data[shared]) {
        shared++;
    }
    return shared;
}

/* ---- Writing --------------------------------------------------------------------------------- */

uint64_t stm_token_list_bound(uint32_t count, uint64_t bytes)
{
    return head_size(count) + 5u * (uint64_t)count + bytes;
}

void stm_token_list_begin(stm_token_writer *writer, uint8_t *out, size_t capacity, uint32_t count)
{
    memset(writer, 0, sizeof *writer);
    writer->out = out;
    writer->capacity = capacity;
    writer->count = count;
    writer->at = head_size(count);
    if (writer->at > capacity) {
        writer->status = STEMMA_E_NO_SPACE;
        return;
    }
    stm_store_le32(out, count);
}

static size_t put_size(uint8_t *at, size_t size)
{
    return size < ESCAPED ? 0 : stm_store_varint(at, size - ESCAPED);
}

void stm_token_list_add(stm_token_writer *writer, stemma_text text)
{
    uint32_t inside = writer->added % STM_TOKEN_BLOCK;
    if (writer->status != STEMMA_OK) {
        return;
    }
    if (writer->added == writer->count || text.size == 0 || text.size > STM_TOKEN_LIMIT ||
        (writer->added != 0 && stemma_text_compare(writer->last, text) >= 0)) {
        writer->status = STEMMA_E_MISUSE;
        return;
    }
    size_t shared = inside != 0 ? shared_bytes(writer->last, text) : 0;
    size_t rest = text.size - shared;
    if (writer->capacity - writer->at < 5u + rest) {
        writer->status = STEMMA_E_NO_SPACE;
        return;
    }
    if (inside == 0) {
        size_t start = writer->at - head_size(writer->count);
        if (start > STEMMA_LIMIT_VALUE) {
            writer->status = STEMMA_E_LIMIT;
            return;
        }
        stm_store_le32(writer->out + HEAD + 4u * (size_t)(writer->added / STM_TOKEN_BLOCK),
                       (uint32_t)start);
    }
    uint8_t *at = writer->out + writer->at;
    *at++ =
        (uint8_t)((shared < ESCAPED ? shared : ESCAPED) | (rest < ESCAPED ? rest : ESCAPED) << 4);
    at += put_size(at, shared);
    at += put_size(at, rest);
    memcpy(at, text.data + shared, rest);
    writer->at = (size_t)(at - writer->out) + rest;
    writer->last = text;
    writer->added++;
}

stemma_status stm_token_list_end(stm_token_writer *writer, size_t *size)
{
    if (writer->status == STEMMA_OK && writer->added != writer->count) {
        writer->status = STEMMA_E_MISUSE;
    }
    if (writer->status == STEMMA_OK && writer->at > STEMMA_LIMIT_VALUE) {
        writer->status = STEMMA_E_LIMIT;
    }
    *size = writer->at;
    return writer->status;
}

/* ---- Reading --------------------------------------------------------------------------------- */

stemma_status stm_token_list_open(stemma_bytes value, stm_token_list *out)
{
    if (value.size < HEAD) {
        return STEMMA_E_DAMAGED;
    }
    uint32_t count = stm_load_le32(value.data);
    if (head_size(count) > value.size || (count != 0 && value.size - head_size(count) < count)) {
        return STEMMA_E_DAMAGED;
    }
    out->count = count;
    out->starts = value.data + HEAD;
    out->blocks = value.data + head_size(count);
    out->size = value.size - head_size(count);
    return STEMMA_OK;
}

static bool open_block(const stm_token_list *list, uint32_t block, stm_reader *out)
{
    uint32_t start = stm_load_le32(list->starts + 4u * (size_t)block);
    if (start >= list->size) {
        return false;
    }
    out->at = list->blocks + start;
    out->end = list->blocks + list->size;
    return true;
}

static bool read_size(stm_reader *reader, unsigned half, size_t *size)
{
    uint32_t more = 0;
    if (half == ESCAPED && (!stm_read_varint32(reader, &more) || more > STM_TOKEN_LIMIT)) {
        return false;
    }
    *size = half + more;
    return true;
}

/* Turns the text before, of `*size` bytes in `text`, into the next. */
static bool read_next(stm_reader *reader, char text[STM_TOKEN_LIMIT], size_t *size, size_t *shared)
{
    uint8_t head = 0;
    size_t rest = 0;
    if (!stm_read_u8(reader, &head) || !read_size(reader, head & 15u, shared) ||
        !read_size(reader, head >> 4, &rest) || *shared > *size ||
        rest > STM_TOKEN_LIMIT - *shared || rest > stm_remaining(reader)) {
        return false;
    }
    memcpy(text + *shared, reader->at, rest);
    reader->at += rest;
    *size = *shared + rest;
    return true;
}

stemma_status stm_token_list_get(const stm_token_list *list, uint32_t number,
                                 char out[STM_TOKEN_LIMIT], size_t *size)
{
    stm_reader reader;
    size_t shared;
    *size = 0;
    if (number >= list->count) {
        return STEMMA_NOT_FOUND;
    }
    if (!open_block(list, number / STM_TOKEN_BLOCK, &reader)) {
        return STEMMA_E_DAMAGED;
    }
    for (uint32_t i = 0; i <= number % STM_TOKEN_BLOCK; i++) {
        if (!read_next(&reader, out, size, &shared)) {
            return STEMMA_E_DAMAGED;
        }
    }
    return STEMMA_OK;
}

/* First text of a block against `text`, in place. */
static stemma_status compare_first(const stm_token_list *list, uint32_t block, stemma_text text,
                                   int *order)
{
    stm_reader reader;
    uint8_t head = 0;
    size_t size = 0;
    if (!open_block(list, block, &reader) || !stm_read_u8(&reader, &head) || (head & 15u) != 0 ||
        !read_size(&reader, head >> 4, &size) || size > stm_remaining(&reader)) {
        return STEMMA_E_DAMAGED;
    }
    *order = stemma_text_compare((stemma_text){(const char *)reader.at, size}, text);
    return STEMMA_OK;
}

stemma_status stm_token_list_find(const stm_token_list *list, stemma_text text, uint32_t *number,
                                  int *same)
{
    /* Blocks before `low` begin with what is not greater, blocks from `high` on with greater. */
    uint32_t low = 0, high = blocks_of(list->count);
    int order = 0;
    *number = 0;
    *same = 0;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2u;
        stemma_status status = compare_first(list, middle, text, &order);
        if (status != STEMMA_OK) {
            return status;
        }
        if (order <= 0) {
            low = middle + 1u;
        } else {
            high = middle;
        }
    }
    if (low == 0) {
        return STEMMA_OK;
    }
    char bytes[STM_TOKEN_LIMIT];
    stm_reader reader;
    size_t size = 0, shared;
    uint32_t first = (low - 1u) * STM_TOKEN_BLOCK;
    if (!open_block(list, low - 1u, &reader)) {
        return STEMMA_E_DAMAGED;
    }
    for (uint32_t i = 0; i < STM_TOKEN_BLOCK && first + i < list->count; i++) {
        if (!read_next(&reader, bytes, &size, &shared)) {
            return STEMMA_E_DAMAGED;
        }
        order = stemma_text_compare((stemma_text){bytes, size}, text);
        if (order >= 0) {
            *number = first + i;
            *same = order == 0;
            return STEMMA_OK;
        }
    }
    *number = list->count - first < STM_TOKEN_BLOCK ? list->count : first + STM_TOKEN_BLOCK;
    return STEMMA_OK;
}

stemma_status stm_token_list_check(const stm_token_list *list)
{
    char text[STM_TOKEN_LIMIT], last[STM_TOKEN_LIMIT];
    size_t size = 0, last_size = 0, shared = 0;
    stm_reader reader = {list->blocks, list->blocks + list->size};
    for (uint32_t i = 0; i < list->count; i++) {
        memcpy(last, text, last_size);
        if (i % STM_TOKEN_BLOCK == 0) {
            uint32_t start = stm_load_le32(list->starts + 4u * (size_t)(i / STM_TOKEN_BLOCK));
            size = 0;
            if (start != (size_t)(reader.at - list->blocks)) {
                return STEMMA_E_DAMAGED;
            }
        }
        if (!read_next(&reader, text, &size, &shared) || size == 0) {
            return STEMMA_E_DAMAGED;
        }
        stemma_text now = {text, size}, before = {last, last_size};
        if (i != 0 && (stemma_text_compare(before, now) >= 0 ||
                       (i % STM_TOKEN_BLOCK != 0 && shared_bytes(before, now) != shared))) {
            return STEMMA_E_DAMAGED;
        }
        last_size = size;
    }
    return reader.at == reader.end ? STEMMA_OK : STEMMA_E_DAMAGED;
}
