/* SPDX-License-Identifier: MIT */
/* Bit packing, least significant bit first: element i of width w is bits [i*w, (i+1)*w) of the
   data, bit 0 being the lowest bit of byte 0. Mostly inline, because these are the hot loops. */
#ifndef STEMMA_FORMAT_BITS_H
#define STEMMA_FORMAT_BITS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "bytes.h"

/* Bytes that must be readable behind packed data, so that each element is one 64-bit load. */
#define STM_BITS_SLACK 8u

/* Bits needed to write `value`: 0 for 0, 64 for UINT64_MAX. */
static inline unsigned stm_bits_width(uint64_t value)
{
    return value == 0 ? 0u : 64u - (unsigned)__builtin_clzll(value);
}

/* Bytes of `count` elements of `width` (at most 64) bits. Cannot overflow. */
static inline uint64_t stm_bits_size(uint32_t count, unsigned width)
{
    return ((uint64_t)count * width + 7u) >> 3;
}

static inline uint64_t stm_bits_mask(unsigned width)
{
    return width >= 64u ? UINT64_MAX : (UINT64_C(1) << width) - 1u;
}

/* Element `index`. The caller has proved that the data and STM_BITS_SLACK more bytes are there. */
static inline uint64_t stm_bits_get(const uint8_t *data, uint64_t index, unsigned width)
{
    uint64_t bit = index * width;
    const uint8_t *at = data + (bit >> 3);
    unsigned shift = (unsigned)(bit & 7u);
    uint64_t value = stm_load_le64(at) >> shift;
    if (width > 56u && shift != 0u) {
        value |= (uint64_t)at[8] << (64u - shift);
    }
    return value & stm_bits_mask(width);
}

/* Elements [first, first + count) of at most 32 bits into `out`. STM_BITS_SLACK readable bytes
   behind the data, as ever. */
void stm_bits_unpack(const uint8_t *data, uint64_t first, uint32_t count, unsigned width,
                     uint32_t *out);

/* Makes each number the sum of itself and all before it, modulo 2^32. */
void stm_bits_sum(uint32_t *numbers, uint32_t count);

/* The same two, as processors without wide vectors do them. */
void stm_bits_unpack_portably(const uint8_t *data, uint64_t first, uint32_t count, unsigned width,
                              uint32_t *out);
void stm_bits_sum_portably(uint32_t *numbers, uint32_t count);

/* Appends elements to zero-filled or uninitialised memory. */
typedef struct stm_bits_writer {
    uint8_t *at;
    uint64_t pending;
    unsigned fill; /* bits in `pending`, 0..63 */
} stm_bits_writer;

static inline void stm_bits_begin(stm_bits_writer *writer, uint8_t *out)
{
    writer->at = out;
    writer->pending = 0;
    writer->fill = 0;
}

/* `value` must fit `width`. The caller has proved that there is room. */
static inline void stm_bits_put(stm_bits_writer *writer, uint64_t value, unsigned width)
{
    writer->pending |= value << writer->fill;
    if (writer->fill + width >= 64u) {
        stm_store_le64(writer->at, writer->pending);
        writer->at += 8;
        writer->pending = writer->fill == 0u ? 0u : value >> (64u - writer->fill);
        writer->fill = writer->fill + width - 64u;
        if (writer->fill == 0u) {
            writer->pending = 0;
        }
    } else {
        writer->fill += width;
    }
}

/* Writes what is left, unused bits zero. Returns the end of the data. */
static inline uint8_t *stm_bits_end(stm_bits_writer *writer)
{
    while (writer->fill > 0u) {
        *writer->at++ = (uint8_t)writer->pending;
        writer->pending >>= 8;
        writer->fill = writer->fill > 8u ? writer->fill - 8u : 0u;
    }
    return writer->at;
}

#endif
