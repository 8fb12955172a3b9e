/* SPDX-License-Identifier: MIT */
#include "common/format_buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <utf8proc.h>

#include "common/refusal.h"
#include "common/terminal.h"

void stm_buffer_free(struct stm_buffer *buffer)
{
    free(buffer->data);
    *buffer = (struct stm_buffer){0};
}

void stm_buffer_clear(struct stm_buffer *buffer)
{
    buffer->size = 0;
}

void stm_buffer_add(struct stm_buffer *buffer, stemma_text text)
{
    if (text.size == 0 || buffer->failed) {
        return;
    }
    if (text.size > buffer->capacity - buffer->size) {
        size_t capacity = buffer->capacity < 64 ? 64 : buffer->capacity;
        char *data = NULL;
        while (capacity - buffer->size < text.size && capacity <= SIZE_MAX / 2) {
            capacity *= 2;
        }
        if (capacity - buffer->size >= text.size) {
            data = realloc(buffer->data, capacity);
        }
        if (data == NULL) {
            buffer->failed = true;
            stm_refusal_note();
            return;
        }
        buffer->data = data;
        buffer->capacity = capacity;
    }
    memcpy(buffer->data + buffer->size, text.data, text.size);
    buffer->size += text.size;
}

void stm_buffer_add_string(struct stm_buffer *buffer, const char *string)
{
    stm_buffer_add(buffer, stemma_text_of(string));
}

void stm_buffer_addf(struct stm_buffer *buffer, const char *format, ...)
{
    char text[256];
    va_list arguments;
    int size;
    va_start(arguments, format);
    size = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (size > 0) {
        size_t kept = (size_t)size < sizeof text ? (size_t)size : sizeof text - 1;
        stm_buffer_add(buffer, (stemma_text){text, kept});
    }
}

void stm_buffer_add_safe(struct stm_buffer *buffer, stemma_text text)
{
    bool gap = false;
    size_t done = 0; /* bytes before this one are added */
    size_t at = 0;
    while (at < text.size) {
        int32_t point;
        size_t step = stm_next_point(text, at, &point);
        bool space = point == ' ' || (point >= '\t' && point <= '\r') || point == 0x2028 ||
                     point == 0x2029;
        if (!space && point >= 0 && !stm_point_is_dangerous(point)) {
            gap = false;
            at += step;
            continue;
        }
        stm_buffer_add(buffer, (stemma_text){text.data + done, at - done});
        at += step;
        done = at;
        if (space) {
            if (!gap) {
                stm_buffer_add_string(buffer, " ");
            }
            gap = true;
            continue;
        }
        gap = false;
        if (point < 0) {
            stm_buffer_add_string(buffer, "\xEF\xBF\xBD");
        } else {
            stm_buffer_addf(buffer, point < 0x100 ? "\\x%02x" : "\\u%04x", (unsigned)point);
        }
    }
    if (text.size > done) {
        stm_buffer_add(buffer, (stemma_text){text.data + done, text.size - done});
    }
}
