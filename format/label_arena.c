/* SPDX-License-Identifier: MIT */
#include "label_arena.h"

#include "bytes.h"
#include "limits.h"

static size_t head_size(uint32_t count)
{
    return 4u + 4u * ((size_t)count + 1u);
}

stemma_status stm_label_arena_size(uint64_t count, uint64_t text_bytes, size_t *size)
{
    if (count >= STEMMA_LIMIT_VALUE / 4u || text_bytes > STEMMA_LIMIT_VALUE ||
        head_size((uint32_t)count) + text_bytes > STEMMA_LIMIT_VALUE) {
        return STEMMA_E_LIMIT;
    }
    *size = head_size((uint32_t)count) + (size_t)text_bytes;
    return STEMMA_OK;
}

void stm_label_arena_begin(stm_label_arena_writer *writer, uint8_t *out, size_t capacity,
                           uint32_t count)
{
    memset(writer, 0, sizeof *writer);
    writer->out = out;
    writer->capacity = capacity;
    writer->count = count;
    if (head_size(count) > capacity) {
        writer->status = STEMMA_E_NO_SPACE;
        return;
    }
    stm_store_le32(out, count);
    stm_store_le32(out + 4, 0);
}

void stm_label_arena_add(stm_label_arena_writer *writer, stemma_text text)
{
    size_t at;
    if (writer->status != STEMMA_OK) {
        return;
    }
    if (writer->added == writer->count) {
        writer->status = STEMMA_E_MISUSE;
        return;
    }
    at = head_size(writer->count) + writer->bytes;
    if (text.size > writer->capacity - at || text.size > UINT32_MAX - writer->bytes) {
        writer->status = STEMMA_E_NO_SPACE;
        return;
    }
    if (text.size != 0) {
        memcpy(writer->out + at, text.data, text.size);
    }
    writer->bytes += (uint32_t)text.size;
    writer->added++;
    stm_store_le32(writer->out + 4u + 4u * (size_t)writer->added, writer->bytes);
}

stemma_status stm_label_arena_end(stm_label_arena_writer *writer, size_t *size)
{
    if (writer->status == STEMMA_OK && writer->added != writer->count) {
        writer->status = STEMMA_E_MISUSE;
    }
    if (writer->status == STEMMA_OK) {
        *size = head_size(writer->count) + writer->bytes;
    }
    return writer->status;
}

stemma_status stm_label_arena_open(stemma_bytes value, stm_label_arena *out)
{
    uint32_t count;
    size_t bytes;
    if (value.size < head_size(0)) {
        return STEMMA_E_DAMAGED;
    }
    count = stm_load_le32(value.data);
    if (head_size(count) > value.size) {
        return STEMMA_E_DAMAGED;
    }
    bytes = value.size - head_size(count);
    if (bytes > UINT32_MAX || stm_load_le32(value.data + 4) != 0 ||
        stm_load_le32(value.data + 4u + 4u * (size_t)count) != bytes) {
        return STEMMA_E_DAMAGED;
    }
    out->offsets = value.data + 4;
    out->bytes = value.data + head_size(count);
    out->count = count;
    out->size = (uint32_t)bytes;
    return STEMMA_OK;
}

stemma_status stm_label_arena_get(const stm_label_arena *arena, uint32_t index, stemma_text *out)
{
    uint32_t start, end;
    if (index >= arena->count) {
        return STEMMA_NOT_FOUND;
    }
    start = stm_load_le32(arena->offsets + 4u * (size_t)index);
    end = stm_load_le32(arena->offsets + 4u * (size_t)index + 4u);
    if (start > end || end > arena->size) {
        return STEMMA_E_DAMAGED;
    }
    out->data = (const char *)arena->bytes + start;
    out->size = end - start;
    return STEMMA_OK;
}

stemma_status stm_label_arena_check(const stm_label_arena *arena)
{
    uint32_t last = 0;
    for (uint32_t i = 1; i <= arena->count; i++) {
        uint32_t offset = stm_load_le32(arena->offsets + 4u * (size_t)i);
        if (offset < last || offset > arena->size) {
            return STEMMA_E_DAMAGED;
        }
        last = offset;
    }
    return STEMMA_OK;
}
