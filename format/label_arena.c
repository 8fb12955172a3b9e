/* SPDX-License-Identifier: MIT */
#include "label_arena.h"

#include "bytes.h"
#include "limits.h"

#define HEAD 20u

static uint64_t groups(uint32_t count)
{
    return (uint64_t)count / STM_LABEL_GROUP + 1u; /* of count + 1 offsets */
}

static uint64_t head_size(uint32_t count, uint32_t width)
{
    return HEAD + 4u * groups(count) + stm_bits_size(count + 1u, width);
}

/* ---- Writing --------------------------------------------------------------------------------- */

void stm_label_arena_begin(stm_label_arena_writer *writer, uint64_t count, uint64_t bytes)
{
    memset(writer, 0, sizeof *writer);
    if (count >= STEMMA_LIMIT_VALUE / 2u || bytes > STEMMA_LIMIT_VALUE) {
        writer->status = STEMMA_E_LIMIT;
        return;
    }
    writer->count = (uint32_t)count;
    writer->bytes = (uint32_t)bytes;
    writer->slope = count != 0 ? (uint32_t)(bytes / count) : 0;
}

/* How far the offset of the next text is from the line through the base of its group. */
static int64_t rest_of(stm_label_arena_writer *writer)
{
    uint32_t inside = writer->added % STM_LABEL_GROUP;
    if (inside == 0) {
        writer->base = writer->at;
    }
    return (int64_t)writer->at - (int64_t)writer->base - (int64_t)writer->slope * inside;
}

static void measure_offset(stm_label_arena_writer *writer)
{
    int64_t rest = rest_of(writer);
    writer->least = rest < writer->least ? rest : writer->least;
    writer->most = rest > writer->most ? rest : writer->most;
}

static int goes_on(stm_label_arena_writer *writer, size_t size)
{
    if (writer->status == STEMMA_OK &&
        (writer->added == writer->count || size > writer->bytes - writer->at)) {
        writer->status = STEMMA_E_MISUSE;
    }
    return writer->status == STEMMA_OK;
}

void stm_label_arena_measure(stm_label_arena_writer *writer, size_t size)
{
    if (goes_on(writer, size)) {
        measure_offset(writer);
        writer->at += (uint32_t)size;
        writer->added++;
    }
}

stemma_status stm_label_arena_size(stm_label_arena_writer *writer, size_t *size)
{
    if (writer->status == STEMMA_OK &&
        (writer->added != writer->count || writer->at != writer->bytes)) {
        writer->status = STEMMA_E_MISUSE;
    }
    if (writer->status != STEMMA_OK) {
        return writer->status;
    }
    measure_offset(writer); /* where the last text ends */
    writer->sink = (uint32_t)-writer->least;
    writer->width = stm_bits_width((uint64_t)(writer->most - writer->least));
    uint64_t whole = head_size(writer->count, writer->width) + writer->bytes + STM_BITS_SLACK;
    if (whole > STEMMA_LIMIT_VALUE) {
        writer->status = STEMMA_E_LIMIT;
    }
    *size = (size_t)whole;
    return writer->status;
}

void stm_label_arena_into(stm_label_arena_writer *writer, uint8_t *out, size_t capacity)
{
    writer->out = out;
    writer->capacity = capacity;
    writer->at = 0;
    writer->added = 0;
    if (writer->status != STEMMA_OK) {
        return;
    }
    if (head_size(writer->count, writer->width) + writer->bytes + STM_BITS_SLACK > capacity) {
        writer->status = STEMMA_E_NO_SPACE;
        return;
    }
    stm_store_le32(out, writer->count);
    stm_store_le32(out + 4, writer->bytes);
    stm_store_le32(out + 8, writer->slope);
    stm_store_le32(out + 12, writer->sink);
    stm_store_le32(out + 16, writer->width);
    stm_bits_begin(&writer->rests, out + HEAD + 4u * groups(writer->count));
}

static void put_offset(stm_label_arena_writer *writer)
{
    int64_t rest = rest_of(writer);
    if (writer->added % STM_LABEL_GROUP == 0) {
        stm_store_le32(writer->out + HEAD + 4u * (size_t)(writer->added / STM_LABEL_GROUP),
                       writer->base);
    }
    uint64_t stored = (uint64_t)(rest + (int64_t)writer->sink);
    if (stored > stm_bits_mask(writer->width)) { /* not what was measured */
        writer->status = STEMMA_E_MISUSE;
        return;
    }
    stm_bits_put(&writer->rests, stored, writer->width);
}

void stm_label_arena_add(stm_label_arena_writer *writer, stemma_text text)
{
    if (!goes_on(writer, text.size)) {
        return;
    }
    put_offset(writer);
    if (text.size != 0) {
        memcpy(writer->out + head_size(writer->count, writer->width) + writer->at, text.data,
               text.size);
    }
    writer->at += (uint32_t)text.size;
    writer->added++;
}

stemma_status stm_label_arena_end(stm_label_arena_writer *writer, size_t *size)
{
    if (writer->status == STEMMA_OK &&
        (writer->added != writer->count || writer->at != writer->bytes)) {
        writer->status = STEMMA_E_MISUSE;
    }
    if (writer->status == STEMMA_OK) {
        put_offset(writer);
    }
    if (writer->status != STEMMA_OK) {
        return writer->status;
    }
    (void)stm_bits_end(&writer->rests);
    size_t texts = (size_t)head_size(writer->count, writer->width);
    memset(writer->out + texts + writer->bytes, 0, STM_BITS_SLACK);
    *size = texts + writer->bytes + STM_BITS_SLACK;
    return STEMMA_OK;
}

/* ---- Reading --------------------------------------------------------------------------------- */

stemma_status stm_label_arena_open(stemma_bytes value, stm_label_arena *out)
{
    if (value.size < HEAD) {
        return STEMMA_E_DAMAGED;
    }
    uint32_t count = stm_load_le32(value.data);
    uint32_t bytes = stm_load_le32(value.data + 4);
    uint32_t width = stm_load_le32(value.data + 16);
    if (count == UINT32_MAX || width > 32u ||
        head_size(count, width) + bytes + STM_BITS_SLACK != value.size) {
        return STEMMA_E_DAMAGED;
    }
    out->count = count;
    out->size = bytes;
    out->slope = stm_load_le32(value.data + 8);
    out->sink = stm_load_le32(value.data + 12);
    out->width = width;
    out->bases = value.data + HEAD;
    out->rests = out->bases + 4u * groups(count);
    out->bytes = value.data + head_size(count, width);
    return STEMMA_OK;
}

/* Modulo 2^32: a damaged arena gives a wrong offset, which is then found to be out of order. */
static uint32_t offset_at(const stm_label_arena *arena, uint32_t index)
{
    uint32_t base = stm_load_le32(arena->bases + 4u * (size_t)(index / STM_LABEL_GROUP));
    return base + arena->slope * (index % STM_LABEL_GROUP) +
           (uint32_t)stm_bits_get(arena->rests, index, arena->width) - arena->sink;
}

stemma_status stm_label_arena_get(const stm_label_arena *arena, uint32_t index, stemma_text *out)
{
    uint32_t start, end;
    if (index >= arena->count) {
        return STEMMA_NOT_FOUND;
    }
    start = offset_at(arena, index);
    end = offset_at(arena, index + 1u);
    if (start > end || end > arena->size) {
        return STEMMA_E_DAMAGED;
    }
    out->data = (const char *)arena->bytes + start;
    out->size = end - start;
    return STEMMA_OK;
}

stemma_status stm_label_arena_check(const stm_label_arena *arena)
{
    uint32_t last = offset_at(arena, 0);
    if (last != 0) {
        return STEMMA_E_DAMAGED;
    }
    for (uint32_t i = 1; i <= arena->count; i++) {
        uint32_t offset = offset_at(arena, i);
        if (offset < last || offset > arena->size) {
            return STEMMA_E_DAMAGED;
        }
        last = offset;
    }
    return last == arena->size ? STEMMA_OK : STEMMA_E_DAMAGED;
}
