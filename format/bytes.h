/* SPDX-License-Identifier: MIT */
/* Bytes to numbers and back: every load is bounded by its caller, every sum is checked. */
#ifndef STEMMA_FORMAT_BYTES_H
#define STEMMA_FORMAT_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "stemma/types.h"

#if !defined(__BYTE_ORDER__) || __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "stemma files are read in place: a little-endian machine is needed"
#endif
_Static_assert(sizeof(size_t) == 8, "stemma needs a 64-bit machine");

/* ---- Fixed width. The caller has checked that the bytes are there. Any alignment. ---- */

static inline uint16_t stm_load_le16(const uint8_t *p)
{
    uint16_t value;
    memcpy(&value, p, sizeof value);
    return value;
}

static inline uint32_t stm_load_le32(const uint8_t *p)
{
    uint32_t value;
    memcpy(&value, p, sizeof value);
    return value;
}

static inline uint64_t stm_load_le64(const uint8_t *p)
{
    uint64_t value;
    memcpy(&value, p, sizeof value);
    return value;
}

static inline uint16_t stm_load_be16(const uint8_t *p)
{
    return (uint16_t)((uint16_t)p[0] << 8 | p[1]);
}

static inline uint32_t stm_load_be32(const uint8_t *p)
{
    return __builtin_bswap32(stm_load_le32(p));
}

static inline uint64_t stm_load_be64(const uint8_t *p)
{
    return __builtin_bswap64(stm_load_le64(p));
}

static inline void stm_store_le16(uint8_t *p, uint16_t value)
{
    memcpy(p, &value, sizeof value);
}

static inline void stm_store_le32(uint8_t *p, uint32_t value)
{
    memcpy(p, &value, sizeof value);
}

static inline void stm_store_le64(uint8_t *p, uint64_t value)
{
    memcpy(p, &value, sizeof value);
}

static inline void stm_store_be16(uint8_t *p, uint16_t value)
{
    p[0] = (uint8_t)(value >> 8);
    p[1] = (uint8_t)value;
}

static inline void stm_store_be32(uint8_t *p, uint32_t value)
{
    stm_store_le32(p, __builtin_bswap32(value));
}

static inline void stm_store_be64(uint8_t *p, uint64_t value)
{
    stm_store_le64(p, __builtin_bswap64(value));
}

/* ---- Checked arithmetic: true and the result, or false when it does not fit. ---- */

static inline bool stm_add_size(size_t a, size_t b, size_t *sum)
{
    return !__builtin_add_overflow(a, b, sum);
}

static inline bool stm_mul_size(size_t a, size_t b, size_t *product)
{
    return !__builtin_mul_overflow(a, b, product);
}

static inline bool stm_add_u32(uint32_t a, uint32_t b, uint32_t *sum)
{
    return !__builtin_add_overflow(a, b, sum);
}

static inline bool stm_add_i64(int64_t a, int64_t b, int64_t *sum)
{
    return !__builtin_add_overflow(a, b, sum);
}

static inline bool stm_sub_i64(int64_t a, int64_t b, int64_t *difference)
{
    return !__builtin_sub_overflow(a, b, difference);
}

static inline bool stm_mul_i64(int64_t a, int64_t b, int64_t *product)
{
    return !__builtin_mul_overflow(a, b, product);
}

/* ---- A reader over bytes: moves forward, never past the end. ---- */

typedef struct stm_reader {
    const uint8_t *at;
    const uint8_t *end;
} stm_reader;

static inline stm_reader stm_reader_of(stemma_bytes bytes)
{
    stm_reader reader = {bytes.data, bytes.size != 0 ? bytes.data + bytes.size : bytes.data};
    return reader;
}

static inline size_t stm_remaining(const stm_reader *reader)
{
    return (size_t)(reader->end - reader->at);
}

static inline bool stm_read_u8(stm_reader *reader, uint8_t *value)
{
    if (reader->at == reader->end) {
        return false;
    }
    *value = *reader->at++;
    return true;
}

static inline bool stm_read_bytes(stm_reader *reader, size_t size, stemma_bytes *value)
{
    if (stm_remaining(reader) < size) {
        return false;
    }
    value->data = reader->at;
    value->size = size;
    reader->at += size;
    return true;
}

/* ---- LEB128: seven bits a byte, lowest first, the top bit on all but the last byte. Only the
   shortest form of a number is valid, so that equal numbers are equal bytes. ---- */

#define STM_VARINT_MAX 10u /* bytes of the longest 64-bit varint */

static inline bool stm_read_varint(stm_reader *reader, uint64_t *value)
{
    uint64_t result = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        uint8_t byte;
        if (!stm_read_u8(reader, &byte)) {
            return false;
        }
        if (shift == 63 && byte > 1) {
            return false; /* beyond 64 bits */
        }
        result |= (uint64_t)(byte & 0x7f) << shift;
        if ((byte & 0x80) == 0) {
            if (byte == 0 && shift != 0) {
                return false; /* a longer form than needed */
            }
            *value = result;
            return true;
        }
    }
    return false;
}

static inline bool stm_read_varint32(stm_reader *reader, uint32_t *value)
{
    uint64_t wide;
    if (!stm_read_varint(reader, &wide) || wide > UINT32_MAX) {
        return false;
    }
    *value = (uint32_t)wide;
    return true;
}

static inline size_t stm_varint_size(uint64_t value)
{
    size_t size = 1;
    while (value >= 0x80) {
        value >>= 7;
        size++;
    }
    return size;
}

/* Writes at most STM_VARINT_MAX bytes at `out`; returns how many. */
static inline size_t stm_store_varint(uint8_t *out, uint64_t value)
{
    size_t size = 0;
    while (value >= 0x80) {
        out[size++] = (uint8_t)(value | 0x80);
        value >>= 7;
    }
    out[size++] = (uint8_t)value;
    return size;
}

/* ---- A writer over a caller's buffer. Past the end it only counts: `size` is always what is
   needed, and the caller compares it with the capacity. ---- */

typedef struct stm_buffer {
    uint8_t *data; /* may be NULL when capacity is 0 */
    size_t capacity;
    size_t size;
} stm_buffer;

static inline stm_buffer stm_buffer_over(void *data, size_t capacity)
{
    stm_buffer buffer = {(uint8_t *)data, capacity, 0};
    return buffer;
}

/* Whether all that was put fits. */
static inline bool stm_buffer_fits(const stm_buffer *buffer)
{
    return buffer->size <= buffer->capacity;
}

static inline stemma_bytes stm_buffer_view(const stm_buffer *buffer)
{
    stemma_bytes view = {buffer->data, buffer->size};
    return view;
}

static inline void stm_put_bytes(stm_buffer *buffer, const void *bytes, size_t size)
{
    if (size != 0 && buffer->size <= buffer->capacity && buffer->capacity - buffer->size >= size) {
        memcpy(buffer->data + buffer->size, bytes, size);
    }
    if (!stm_add_size(buffer->size, size, &buffer->size)) {
        buffer->size = SIZE_MAX;
    }
}

static inline void stm_put_u8(stm_buffer *buffer, uint8_t value)
{
    stm_put_bytes(buffer, &value, 1);
}

static inline void stm_put_le16(stm_buffer *buffer, uint16_t value)
{
    uint8_t bytes[2];
    stm_store_le16(bytes, value);
    stm_put_bytes(buffer, bytes, sizeof bytes);
}

static inline void stm_put_le32(stm_buffer *buffer, uint32_t value)
{
    uint8_t bytes[4];
    stm_store_le32(bytes, value);
    stm_put_bytes(buffer, bytes, sizeof bytes);
}

static inline void stm_put_varint(stm_buffer *buffer, uint64_t value)
{
    uint8_t bytes[STM_VARINT_MAX];
    size_t size = stm_store_varint(bytes, value);
    stm_put_bytes(buffer, bytes, size);
}

#endif
