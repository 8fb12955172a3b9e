/* SPDX-License-Identifier: MIT */
#include "posting_chunk.h"

#include "bytes.h"

#define HAS_EXCEPTIONS 0x80u

/* ---- Form ------------------------------------------------------------------------------------ */

/* Width of the differences: the least bytes, exceptions counted; among equals the greatest. */
static size_t choose_width(const uint32_t *ids, uint32_t count, stm_chunk_form *out)
{
    uint32_t with[33] = {0}, exceptions = 0;
    unsigned widest = 0;
    size_t best;
    for (uint32_t i = 1; i < count; i++) {
        with[stm_bits_width(ids[i] - ids[i - 1])]++;
    }
    for (unsigned width = 0; width <= 32; width++) {
        widest = with[width] != 0 ? width : widest;
    }
    best = (size_t)stm_bits_size(count - 1, widest);
    out->width = (uint8_t)widest;
    for (unsigned width = widest; width-- > 0;) {
        size_t size;
        exceptions += with[width + 1];
        size = (size_t)stm_bits_size(count - 1, width) + 2 + exceptions +
               (size_t)stm_bits_size(exceptions, widest - width);
        if (size < best) {
            best = size;
            out->width = (uint8_t)width;
            out->exceptions = (uint8_t)exceptions;
            out->high_width = (uint8_t)(widest - width);
        }
    }
    return 1 + best;
}

/* Place of `payload` in the sorted list, or where it belongs. */
static uint32_t place_of(const uint32_t *listed, uint32_t count, uint32_t payload)
{
    uint32_t place = 0;
    while (place < count && listed[place] < payload) {
        place++;
    }
    return place;
}

/* The distinct payloads, if they are few enough. Those near the least are gathered as bits. */
static int list_payloads(const uint32_t *payloads, uint32_t count, uint32_t least,
                         stm_chunk_form *out)
{
    uint64_t near = 0;
    uint32_t far = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t apart = payloads[i] - least;
        near |= apart < 64 ? UINT64_C(1) << (apart & 63u) : 0;
        far += apart >= 64;
    }
    if (__builtin_popcountll(near) > (int)STM_CHUNK_ROLES) {
        return 0;
    }
    for (; near != 0; near &= near - 1) {
        out->listed[out->listed_count++] = least + (uint32_t)__builtin_ctzll(near);
    }
    for (uint32_t i = 0; i < count && far != 0; i++) {
        uint32_t place;
        if (payloads[i] - least < 64) {
            continue;
        }
        place = place_of(out->listed, out->listed_count, payloads[i]);
        if (place < out->listed_count && out->listed[place] == payloads[i]) {
            continue;
        }
        if (out->listed_count == STM_CHUNK_ROLES) {
            return 0;
        }
        memmove(out->listed + place + 1, out->listed + place,
                (out->listed_count - place) * sizeof out->listed[0]);
        out->listed[place] = payloads[i];
        out->listed_count++;
    }
    return 1;
}

static size_t choose_mode(const uint32_t *payloads, uint32_t count, stm_chunk_form *out)
{
    uint32_t least = payloads[0], most = payloads[0];
    size_t packed, listed;
    for (uint32_t i = 1; i < count; i++) {
        least = payloads[i] < least ? payloads[i] : least;
        most = payloads[i] > most ? payloads[i] : most;
    }
    if (most == 0) {
        out->mode = STM_PAYLOAD_ZERO;
        return 0;
    }
    out->payload_least = least;
    if (least == most) {
        out->mode = STM_PAYLOAD_SAME;
        return stm_varint_size(least);
    }
    out->mode = STM_PAYLOAD_PACKED;
    out->payload_width = (uint8_t)stm_bits_width(most - least);
    packed = stm_varint_size(least) + 1 + (size_t)stm_bits_size(count, out->payload_width);
    if (out->payload_width > 1 && list_payloads(payloads, count, least, out)) {
        unsigned width = stm_bits_width(out->listed_count - 1u);
        listed = 1 + stm_varint_size(least) + (size_t)stm_bits_size(count, width);
        for (uint32_t i = 1; i < out->listed_count; i++) {
            listed += stm_varint_size(out->listed[i] - out->listed[i - 1] - 1);
        }
        if (listed < packed) {
            out->mode = STM_PAYLOAD_LISTED;
            out->payload_width = (uint8_t)width;
            return listed;
        }
    }
    out->listed_count = 0;
    return packed;
}

void stm_chunk_measure(const uint32_t *ids, const uint32_t *payloads, uint32_t count,
                       stm_chunk_form *out)
{
    out->count = count;
    out->id = ids[0];
    out->payload_least = 0;
    out->listed_count = out->width = out->exceptions = out->high_width = out->payload_width = 0;
    out->size = stm_varint_size((uint64_t)(count - 1) << 2) + stm_varint_size(ids[0]);
    if (count > 1) {
        out->size += choose_width(ids, count, out);
    }
    out->size += choose_mode(payloads, count, out);
}

/* ---- Writing --------------------------------------------------------------------------------- */

static uint8_t *put_ids(uint8_t *at, const stm_chunk_form *form, const uint32_t *ids)
{
    const uint32_t mask = (uint32_t)stm_bits_mask(form->width);
    stm_bits_writer bits;
    stm_bits_begin(&bits, at);
    for (uint32_t i = 1; i < form->count; i++) {
        stm_bits_put(&bits, (ids[i] - ids[i - 1]) & mask, form->width);
    }
    at = stm_bits_end(&bits);
    if (form->exceptions == 0) {
        return at;
    }
    for (uint32_t i = 1; i < form->count; i++) {
        if (ids[i] - ids[i - 1] > mask) {
            *at++ = (uint8_t)(i - 1);
        }
    }
    stm_bits_begin(&bits, at);
    for (uint32_t i = 1; i < form->count; i++) {
        if (ids[i] - ids[i - 1] > mask) {
            stm_bits_put(&bits, (ids[i] - ids[i - 1]) >> form->width, form->high_width);
        }
    }
    return stm_bits_end(&bits);
}

static uint8_t *put_payloads(uint8_t *at, const stm_chunk_form *form, const uint32_t *payloads)
{
    stm_bits_writer bits;
    uint32_t last = form->payload_least, place = 0;
    if (form->payload_width == 0) {
        return at;
    }
    stm_bits_begin(&bits, at);
    for (uint32_t i = 0; i < form->count; i++) {
        uint32_t value = payloads[i] - form->payload_least;
        if (form->mode == STM_PAYLOAD_LISTED) {
            if (payloads[i] != last) {
                last = payloads[i];
                place = place_of(form->listed, form->listed_count, last);
            }
            value = place;
        }
        stm_bits_put(&bits, value, form->payload_width);
    }
    return stm_bits_end(&bits);
}

uint8_t *stm_chunk_put(uint8_t *at, const stm_chunk_form *form, const uint32_t *ids,
                       const uint32_t *payloads)
{
    at += stm_store_varint(at, (uint64_t)(form->count - 1) << 2 | form->mode);
    at += stm_store_varint(at, form->id);
    if (form->count > 1) {
        *at++ = (uint8_t)(form->width | (form->exceptions != 0 ? HAS_EXCEPTIONS : 0u));
        if (form->exceptions != 0) {
            *at++ = form->exceptions;
            *at++ = form->high_width;
        }
    }
    if (form->mode == STM_PAYLOAD_LISTED) {
        *at++ = form->listed_count;
        at += stm_store_varint(at, form->listed[0]);
        for (uint32_t i = 1; i < form->listed_count; i++) {
            at += stm_store_varint(at, form->listed[i] - form->listed[i - 1] - 1);
        }
    } else if (form->mode != STM_PAYLOAD_ZERO) {
        at += stm_store_varint(at, form->payload_least);
        if (form->mode == STM_PAYLOAD_PACKED) {
            *at++ = form->payload_width;
        }
    }
    return put_payloads(put_ids(at, form, ids), form, payloads);
}

/* ---- Reading --------------------------------------------------------------------------------- */

static stemma_status open_payloads(stm_reader *reader, stm_posting_entry *out)
{
    uint32_t value = 0;
    uint64_t sum;
    if (out->mode == STM_PAYLOAD_ZERO) {
        return STEMMA_OK;
    }
    if (out->mode != STM_PAYLOAD_LISTED) {
        if (!stm_read_varint32(reader, &out->payload_least) ||
            (out->mode == STM_PAYLOAD_PACKED && !stm_read_u8(reader, &out->payload_width)) ||
            out->payload_width > 32) {
            return STEMMA_E_DAMAGED;
        }
        return STEMMA_OK;
    }
    if (!stm_read_u8(reader, &out->listed_count) || out->listed_count < 2 ||
        out->listed_count > STM_CHUNK_ROLES) {
        return STEMMA_E_DAMAGED;
    }
    out->listed = reader->at;
    if (!stm_read_varint32(reader, &out->payload_least)) {
        return STEMMA_E_DAMAGED;
    }
    sum = out->payload_least;
    for (uint32_t i = 1; i < out->listed_count; i++) {
        if (!stm_read_varint32(reader, &value)) {
            return STEMMA_E_DAMAGED;
        }
        sum += (uint64_t)value + 1;
    }
    out->payload_width = (uint8_t)stm_bits_width(out->listed_count - 1u);
    return sum <= UINT32_MAX ? STEMMA_OK : STEMMA_E_DAMAGED;
}

stemma_status stm_chunk_open(stm_reader *reader, stm_posting_entry *out)
{
    uint32_t head;
    uint64_t size = 0;
    uint8_t width = 0;
    out->payload_least = 0;
    out->listed = NULL;
    out->exceptions = out->high_width = out->payload_width = out->listed_count = 0;
    if (!stm_read_varint32(reader, &head) || !stm_read_varint32(reader, &out->id) ||
        (head >> 2) >= STM_CHUNK_LIMIT) {
        return STEMMA_E_DAMAGED;
    }
    out->count = (head >> 2) + 1;
    out->mode = head & 3u;
    if (out->count > 1) {
        if (!stm_read_u8(reader, &width) ||
            ((width & HAS_EXCEPTIONS) != 0 && (!stm_read_u8(reader, &out->exceptions) ||
                                               !stm_read_u8(reader, &out->high_width)))) {
            return STEMMA_E_DAMAGED;
        }
    }
    out->width = width & (uint8_t)~HAS_EXCEPTIONS;
    if (out->width > 32 || out->high_width > 32 - out->width ||
        out->exceptions > out->count - 1 || (out->count == 1 && out->mode > STM_PAYLOAD_SAME) ||
        ((width & HAS_EXCEPTIONS) != 0) != (out->exceptions != 0) ||
        open_payloads(reader, out) != STEMMA_OK) {
        return STEMMA_E_DAMAGED;
    }
    /* Postings differ, so a chunk has bits to tell them apart: a few bytes cannot promise work
       without end. */
    if (out->width == 0 && out->payload_width < 32 &&
        (out->count - 1 - out->exceptions) >> out->payload_width != 0) {
        return STEMMA_E_DAMAGED;
    }
    size = stm_bits_size(out->count - 1, out->width) + out->exceptions +
           stm_bits_size(out->exceptions, out->high_width) +
           stm_bits_size(out->count, out->payload_width);
    if (size > stm_remaining(reader)) {
        return STEMMA_E_DAMAGED;
    }
    out->data = reader->at;
    out->end = reader->at + size;
    out->limit = reader->end;
    return STEMMA_OK;
}

/* ---- Check ----------------------------------------------------------------------------------- */

/* Unused bits behind `count` elements are zero. */
static int tail_is_zero(const uint8_t *data, uint32_t count, unsigned width)
{
    uint64_t bits = (uint64_t)count * width;
    return (bits & 7u) == 0 || data[bits >> 3] >> (bits & 7u) == 0;
}

int stm_chunk_is_canonical(const stm_posting_entry *entry, const uint32_t *ids,
                           const uint32_t *payloads)
{
    stm_chunk_form form;
    const uint8_t *positions = entry->data + stm_bits_size(entry->count - 1, entry->width);
    const uint8_t *highs = positions + entry->exceptions;
    const uint8_t *rest = highs + stm_bits_size(entry->exceptions, entry->high_width);
    stm_chunk_measure(ids, payloads, entry->count, &form);
    if (form.mode != entry->mode || form.width != entry->width ||
        form.exceptions != entry->exceptions || form.high_width != entry->high_width ||
        form.payload_least != entry->payload_least || form.listed_count != entry->listed_count ||
        form.payload_width != entry->payload_width) {
        return 0;
    }
    /* As many differences are too wide as there are exceptions: if these ascend, and lie at one of
       them each, they are those. */
    for (uint32_t i = 0; i < entry->exceptions; i++) {
        uint32_t at = positions[i];
        if ((i != 0 && at <= positions[i - 1]) || at + 1 >= entry->count ||
            stm_bits_width(ids[at + 1] - ids[at]) <= entry->width) {
            return 0;
        }
    }
    return tail_is_zero(entry->data, entry->count - 1, entry->width) &&
           tail_is_zero(highs, entry->exceptions, entry->high_width) &&
           tail_is_zero(rest, entry->count, entry->payload_width);
}
