/* SPDX-License-Identifier: MIT */
#include "pack/read/builder.h"

#include <stdlib.h>

#include "limits.h"
#include "pack/read/words.h"

void stm_builder_init(stm_builder *builder, size_t limit)
{
    memset(builder, 0, sizeof *builder);
    builder->limit = limit < STEMMA_LIMIT_TEXT ? limit : STEMMA_LIMIT_TEXT;
    builder->furniture_start = SIZE_MAX;
}

void stm_builder_free(stm_builder *builder)
{
    free(builder->data);
    free(builder->spans);
    memset(builder, 0, sizeof *builder);
}

static void put(stm_builder *builder, const char *data, size_t size)
{
    if (builder->status != STEMMA_OK) {
        return;
    }
    if (size > builder->limit - builder->size) {
        builder->status = STEMMA_E_LIMIT;
        return;
    }
    if (size > builder->capacity - builder->size) {
        size_t capacity = builder->capacity < 4096 ? 4096 : builder->capacity * 2;
        if (capacity < builder->size + size) {
            capacity = builder->size + size;
        }
        char *grown = realloc(builder->data, capacity);
        if (grown == NULL) {
            builder->status = STEMMA_E_NO_MEMORY;
            return;
        }
        builder->data = grown;
        builder->capacity = capacity;
    }
    memcpy(builder->data + builder->size, data, size);
    builder->size += size;
}

/* Pays what is owed before text. */
static void settle(stm_builder *builder)
{
    if (builder->size != 0) {
        for (unsigned i = 0; i < builder->breaks; i++) {
            put(builder, "\n", 1);
        }
        if (builder->breaks == 0 && builder->space) {
            put(builder, " ", 1);
        }
    }
    builder->breaks = 0;
    builder->space = 0;
    if (builder->furniture_depth != 0 && builder->furniture_start == SIZE_MAX) {
        builder->furniture_start = builder->size;
    }
}

void stm_builder_text(stm_builder *builder, stemma_text text)
{
    size_t at = 0;
    while (at < text.size && builder->status == STEMMA_OK) {
        size_t end = at;
        while (end < text.size && !stm_is_space(text.data[end])) {
            end++;
        }
        if (end > at) {
            settle(builder);
            put(builder, text.data + at, end - at);
        }
        if (end < text.size) {
            builder->space = 1;
        }
        at = end;
        while (at < text.size && stm_is_space(text.data[at])) {
            at++;
        }
    }
}

void stm_builder_verbatim(stm_builder *builder, stemma_text text)
{
    if (text.size != 0) {
        settle(builder);
        put(builder, text.data, text.size);
    }
}

void stm_builder_break(stm_builder *builder, unsigned count)
{
    if (builder->breaks < count) {
        builder->breaks = count;
    }
}

void stm_builder_furniture_begin(stm_builder *builder)
{
    builder->furniture_depth++;
}

void stm_builder_furniture_end(stm_builder *builder)
{
    if (builder->furniture_depth == 0 || --builder->furniture_depth != 0) {
        return;
    }
    size_t start = builder->furniture_start;
    builder->furniture_start = SIZE_MAX;
    if (start == SIZE_MAX || start >= builder->size || builder->status != STEMMA_OK) {
        return;
    }
    if (builder->span_count == builder->span_capacity) {
        uint32_t capacity = builder->span_capacity == 0 ? 16 : builder->span_capacity * 2;
        stemma_span *grown = realloc(builder->spans, capacity * sizeof *grown);
        if (grown == NULL) {
            builder->status = STEMMA_E_NO_MEMORY;
            return;
        }
        builder->spans = grown;
        builder->span_capacity = capacity;
    }
    builder->spans[builder->span_count++] = (stemma_span){(uint32_t)start, (uint32_t)builder->size};
}

stemma_status stm_builder_finish(stm_builder *builder, stm_source_document *source)
{
    if (builder->status != STEMMA_OK) {
        return builder->status;
    }
    source->text = stm_arena_text(&source->arena, (stemma_text){builder->data, builder->size});
    source->furniture =
        stm_arena_alloc(&source->arena, builder->span_count, sizeof *source->furniture);
    if (source->furniture == NULL || (source->text.data == NULL && builder->size != 0)) {
        return STEMMA_E_NO_MEMORY;
    }
    if (builder->span_count != 0) {
        memcpy(source->furniture, builder->spans, builder->span_count * sizeof *builder->spans);
    }
    source->furniture_count = builder->span_count;
    return STEMMA_OK;
}
