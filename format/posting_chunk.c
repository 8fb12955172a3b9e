/* SPDX-License-Identifier: MIT */
#include "posting_chunk.h"

#include "bytes.h"

#define HAS_EXCEPTIONS 0x80u

/* ---- Form ------------------------------------------------------------------------------------ */

size_t stm_packed_size(const stm_packing *packing, uint32_t count)
{
    return (size_t)stm_bits_size(count, packing->width) + packing->exceptions +
           (size_t)stm_bits_size(packing->exceptions, packing->high_width);
}

/* Packing of `count` numbers of which with[w] have w bits, none more than `widest`: the least bytes, the head counted;
   among equals the greatest width. Returns the bytes of head and data. */
static size_t choose_packing(const uint32_t *with, unsigned widest, uint32_t count, stm_packing *out)
{
    stm_packing form = {(uint8_t)widest, 0, 0};
    uint32_t exceptions = 0;
    size_t best = stm_packed_size(&form, count);
    *out = form;
    for (unsigned width = widest; width-- > 0;) {
        size_t size;
        exceptions += with[width + 1];
        /* What exceptions cost only grows with fewer bits. */
        if (exceptions > UINT8_MAX ||
            2 + exceptions + (size_t)stm_bits_size(exceptions, widest - width) >= best) {
            break;
        }
        form.width = (uint8_t)width;
        form.exceptions = (uint8_t)exceptions;
        form.high_width = (uint8_t)(widest - width);
        size = 2 + stm_packed_size(&form, count);
        if (size < best) {
            best = size;
            *out = form;
        }
    }
    return 1 + best;
}

/* Bits of a number, without a question whether it is 0. */
static inline unsigned width_of(uint32_t number)
{
    return 63u - (unsigned)__builtin_clzll((uint64_t)number << 1 | 1u);
}

/* Counted in two halves: the same width twice in a row would wait for its own count. */
static size_t choose_width(const uint32_t *ids, uint32_t count, stm_chunk_form *out)
{
    uint32_t with[33] = {0}, other[33] = {0}, all = 0, i = 1;
    for (; i + 1 < count; i += 2) {
        uint32_t apart = ids[i] - ids[i - 1], next = ids[i + 1] - ids[i];
        all |= apart | next;
        with[width_of(apart)]++;
        other[width_of(next)]++;
    }
    if (i < count) {
        all |= ids[i] - ids[i - 1];
        with[width_of(ids[i] - ids[i - 1])]++;
    }
    for (unsigned width = 0; width <= width_of(all); width++) {
        with[width] += other[width];
    }
    return choose_packing(with, width_of(all), count - 1, &out->ids);
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

/* How many are the greatest of two, if no payload is anything else; 0: some are. */
static uint32_t count_of_two(const uint32_t *payloads, uint32_t count, uint32_t least, uint32_t most)
{
    uint32_t greater = 0, others = 0;
    for (uint32_t i = 0; i < count; i++) {
        greater += payloads[i] == most;
        others |= (uint32_t)(payloads[i] != most) & (uint32_t)(payloads[i] != least);
    }
    return others != 0 ? 0 : greater;
}

static size_t choose_mode(const uint32_t *payloads, uint32_t count, stm_chunk_form *out)
{
    uint32_t least = payloads[0], most = payloads[0], with[33] = {0}, greater;
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
    greater = count_of_two(payloads, count, least, most);
    if (greater != 0) {
        with[0] = count - greater;
        with[width_of(most - least)] = greater;
    }
    for (uint32_t i = 0; i < count && greater == 0; i++) {
        with[width_of(payloads[i] - least)]++;
    }
    packed = stm_varint_size(least) + choose_packing(with, width_of(most - least), count, &out->payloads);
    if (greater != 0) {
        out->listed[0] = least;
        out->listed[1] = most;
        out->listed_count = 2;
    }
    if (most - least > 1 && (greater != 0 || list_payloads(payloads, count, least, out))) {
        stm_packing places = {(uint8_t)stm_bits_width(out->listed_count - 1u), 0, 0};
        listed = 1 + stm_varint_size(least) + stm_packed_size(&places, count);
        for (uint32_t i = 1; i < out->listed_count; i++) {
            listed += stm_varint_size(out->listed[i] - out->listed[i - 1] - 1);
        }
        if (listed < packed) {
            out->mode = STM_PAYLOAD_LISTED;
            out->payloads = places;
            return listed;
        }
    }
    out->listed_count = 0;
    return packed;
}

/* Where count, mode and first id of a chunk stand in one number, its lowest bit tells that the first two
   follow: they do, unless it is one posting of payload 0. */
#define IS_MORE 1u

static uint64_t count_and_mode(const stm_chunk_form *form)
{
    return (uint64_t)(form->count - 1) << 2 | form->mode;
}

static size_t start_size(const stm_chunk_form *form)
{
    const uint64_t more = count_and_mode(form);
    if (form->entry == STM_POSTING_APART) {
        return stm_varint_size(more) + stm_varint_size(form->id);
    }
    return stm_varint_size((uint64_t)form->id << 1) + (more != 0 ? stm_varint_size(more) : 0);
}

void stm_chunk_measure(stm_posting_form entry, const uint32_t *ids, const uint32_t *payloads,
                       uint32_t count, stm_chunk_form *out)
{
    out->entry = entry;
    out->count = count;
    out->id = ids[0];
    out->payload_least = 0;
    out->listed_count = 0;
    out->ids = out->payloads = (stm_packing){0, 0, 0};
    out->size = count > 1 ? choose_width(ids, count, out) : 0;
    out->size += choose_mode(payloads, count, out);
    out->size += start_size(out);
}

/* ---- Writing --------------------------------------------------------------------------------- */

/* `each` numbers of one width joined to one element, as long as there are so many. How many were put. */
static inline uint32_t put_joined(stm_bits_writer *bits, const uint32_t *numbers, uint32_t count,
                                  unsigned width, uint32_t each)
{
    const uint32_t mask = (uint32_t)stm_bits_mask(width);
    uint32_t i = 0;
    for (; i + each <= count; i += each) {
        uint64_t joined = 0;
        for (uint32_t k = 0; k < each; k++) {
            joined |= (uint64_t)(numbers[i + k] & mask) << (k * width);
        }
        stm_bits_put(bits, joined, each * width);
    }
    return i;
}

/* The lower bits of all. */
static uint8_t *put_low(uint8_t *at, const uint32_t *numbers, uint32_t count, unsigned width)
{
    const uint32_t mask = (uint32_t)stm_bits_mask(width);
    stm_bits_writer bits;
    uint32_t done = 0;
    stm_bits_begin(&bits, at);
    if (width == 0) {
        return at;
    }
    if (width <= 8) {
        done = put_joined(&bits, numbers, count, width, 8);
    } else if (width <= 16) {
        done = put_joined(&bits, numbers, count, width, 4);
    } else {
        done = put_joined(&bits, numbers, count, width, 2);
    }
    for (; done < count; done++) {
        stm_bits_put(&bits, numbers[done] & mask, width);
    }
    return stm_bits_end(&bits);
}

/* `numbers` has `count` of them. */
static uint8_t *put_packed(uint8_t *at, const stm_packing *packing, const uint32_t *numbers,
                           uint32_t count)
{
    const uint32_t mask = (uint32_t)stm_bits_mask(packing->width);
    stm_bits_writer bits;
    at = put_low(at, numbers, count, packing->width);
    if (packing->exceptions == 0) {
        return at;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (numbers[i] > mask) {
            *at++ = (uint8_t)i;
        }
    }
    stm_bits_begin(&bits, at);
    for (uint32_t i = 0; i < count; i++) {
        if (numbers[i] > mask) {
            stm_bits_put(&bits, numbers[i] >> packing->width, packing->high_width);
        }
    }
    return stm_bits_end(&bits);
}

static uint8_t *put_packing(uint8_t *at, const stm_packing *packing)
{
    *at++ = (uint8_t)(packing->width | (packing->exceptions != 0 ? HAS_EXCEPTIONS : 0u));
    if (packing->exceptions != 0) {
        *at++ = packing->exceptions;
        *at++ = packing->high_width;
    }
    return at;
}

static uint8_t *put_ids(uint8_t *at, const stm_chunk_form *form, const uint32_t *ids)
{
    uint32_t apart[STM_CHUNK_LIMIT];
    for (uint32_t i = 1; i < form->count; i++) {
        apart[i - 1] = ids[i] - ids[i - 1];
    }
    return put_packed(at, &form->ids, apart, form->count - 1);
}

static uint8_t *put_payloads(uint8_t *at, const stm_chunk_form *form, const uint32_t *payloads)
{
    uint32_t numbers[STM_CHUNK_LIMIT];
    if (form->mode < STM_PAYLOAD_LISTED) {
        return at;
    }
    for (uint32_t i = 0; i < form->count; i++) {
        numbers[i] = form->mode == STM_PAYLOAD_PACKED ? payloads[i] - form->payload_least : 0;
    }
    /* The place of a payload is how many of those behind the first are not above it. */
    for (uint32_t k = 1; k < form->listed_count; k++) {
        for (uint32_t i = 0; i < form->count; i++) {
            numbers[i] += payloads[i] >= form->listed[k];
        }
    }
    return put_packed(at, &form->payloads, numbers, form->count);
}

static size_t put_start(uint8_t *at, const stm_chunk_form *form)
{
    const uint64_t more = count_and_mode(form);
    size_t size;
    if (form->entry == STM_POSTING_APART) {
        size = stm_store_varint(at, more);
        return size + stm_store_varint(at + size, form->id);
    }
    size = stm_store_varint(at, (uint64_t)form->id << 1 | (more != 0 ? IS_MORE : 0));
    return size + (more != 0 ? stm_store_varint(at + size, more) : 0);
}

uint8_t *stm_chunk_put(uint8_t *at, const stm_chunk_form *form, const uint32_t *ids,
                       const uint32_t *payloads)
{
    at += put_start(at, form);
    if (form->count > 1) {
        at = put_packing(at, &form->ids);
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
            at = put_packing(at, &form->payloads);
        }
    }
    return put_payloads(put_ids(at, form, ids), form, payloads);
}

/* ---- Reading --------------------------------------------------------------------------------- */

/* Head of `count` packed numbers. */
static int read_packing(stm_reader *reader, uint32_t count, stm_packing *out)
{
    uint8_t width;
    out->exceptions = out->high_width = 0;
    if (!stm_read_u8(reader, &width)) {
        return 0;
    }
    out->width = width & (uint8_t)~HAS_EXCEPTIONS;
    if ((width & HAS_EXCEPTIONS) != 0 &&
        (!stm_read_u8(reader, &out->exceptions) || !stm_read_u8(reader, &out->high_width) ||
         out->exceptions == 0)) {
        return 0;
    }
    return out->width <= 32 && out->high_width <= 32 - out->width && out->exceptions <= count;
}

static int open_payloads(stm_reader *reader, stm_posting_entry *out)
{
    uint32_t value = 0;
    uint64_t sum;
    if (out->mode == STM_PAYLOAD_ZERO) {
        return 1;
    }
    if (out->mode != STM_PAYLOAD_LISTED) {
        return stm_read_varint32(reader, &out->payload_least) &&
               (out->mode == STM_PAYLOAD_SAME || read_packing(reader, out->count, &out->payloads));
    }
    if (!stm_read_u8(reader, &out->listed_count) || out->listed_count < 2 ||
        out->listed_count > STM_CHUNK_ROLES) {
        return 0;
    }
    out->listed = reader->at;
    if (!stm_read_varint32(reader, &out->payload_least)) {
        return 0;
    }
    sum = out->payload_least;
    for (uint32_t i = 1; i < out->listed_count; i++) {
        if (!stm_read_varint32(reader, &value)) {
            return 0;
        }
        sum += (uint64_t)value + 1;
    }
    out->payloads.width = (uint8_t)stm_bits_width(out->listed_count - 1u);
    return sum <= UINT32_MAX;
}

/* First id, count and mode. */
static inline int open_start(stm_reader *reader, stm_posting_form form, stm_posting_entry *out)
{
    uint64_t start, more = 0;
    if (form == STM_POSTING_APART) {
        if (!stm_read_varint(reader, &more) || !stm_read_varint(reader, &start)) {
            return 0;
        }
    } else {
        if (!stm_read_varint(reader, &start) ||
            ((start & IS_MORE) != 0 && (!stm_read_varint(reader, &more) || more == 0))) {
            return 0;
        }
        start >>= 1;
    }
    out->id = (uint32_t)start;
    out->count = (uint32_t)(more >> 2) + 1;
    out->mode = more & 3u;
    return start <= UINT32_MAX && more >> 2 < STM_CHUNK_LIMIT;
}

stemma_status stm_chunk_open(const uint8_t *at, const uint8_t *limit, stm_posting_form form,
                             stm_posting_entry *out)
{
    stm_reader reader = {at, limit};
    size_t size;
    out->payload_least = 0;
    out->listed = NULL;
    out->listed_count = 0;
    out->ids = out->payloads = (stm_packing){0, 0, 0};
    out->limit = limit;
    if (!open_start(&reader, form, out)) {
        return STEMMA_E_DAMAGED;
    }
    if (out->count == 1 && out->mode == STM_PAYLOAD_ZERO) { /* nothing follows */
        out->data = out->end = reader.at;
        return STEMMA_OK;
    }
    if ((out->count == 1 && out->mode > STM_PAYLOAD_SAME) ||
        (out->count > 1 && !read_packing(&reader, out->count - 1, &out->ids)) ||
        !open_payloads(&reader, out)) {
        return STEMMA_E_DAMAGED;
    }
    /* Postings differ, so a chunk has bits to tell them apart: a few bytes cannot promise work
       without end. Without bits of ids only exceptions begin another id, and of one id there are as
       many postings as there are payloads. */
    if (out->ids.width == 0 && out->count > out->payloads.exceptions && out->payloads.width < 32 &&
        out->count - out->payloads.exceptions >
            (out->ids.exceptions + UINT64_C(1)) << out->payloads.width) {
        return STEMMA_E_DAMAGED;
    }
    size = stm_packed_size(&out->ids, out->count - 1) + stm_packed_size(&out->payloads, out->count);
    if (size > stm_remaining(&reader)) {
        return STEMMA_E_DAMAGED;
    }
    out->data = reader.at;
    out->end = reader.at + size;
    return STEMMA_OK;
}

/* ---- Check ----------------------------------------------------------------------------------- */

/* Unused bits behind `count` elements are zero. */
static int tail_is_zero(const uint8_t *data, uint32_t count, unsigned width)
{
    uint64_t bits = (uint64_t)count * width;
    return (bits & 7u) == 0 || data[bits >> 3] >> (bits & 7u) == 0;
}

static int same_packing(const stm_packing *a, const stm_packing *b)
{
    return a->width == b->width && a->exceptions == b->exceptions && a->high_width == b->high_width;
}

/* As many numbers are too wide as there are exceptions: if the places ascend, and each is that of a
   wide one, they are those. `base`: what packed numbers are distances from; for ids NULL. */
static int exceptions_are_right(const stm_packing *packing, const uint8_t *data, uint32_t count,
                                const uint32_t *values, const uint32_t *base)
{
    const uint8_t *places = data + stm_bits_size(count, packing->width);
    for (uint32_t i = 0; i < packing->exceptions; i++) {
        uint32_t at = places[i], number;
        if (at >= count || (i != 0 && at <= places[i - 1])) {
            return 0;
        }
        number = base != NULL ? values[at] - *base : values[at + 1] - values[at];
        if (stm_bits_width(number) <= packing->width) {
            return 0;
        }
    }
    return tail_is_zero(data, count, packing->width) &&
           tail_is_zero(places + packing->exceptions, packing->exceptions, packing->high_width);
}

int stm_chunk_is_canonical(const stm_posting_entry *entry, const uint32_t *ids,
                           const uint32_t *payloads)
{
    stm_chunk_form form;
    const uint8_t *rest = entry->data + stm_packed_size(&entry->ids, entry->count - 1);
    stm_chunk_measure(STM_POSTING_NEAR, ids, payloads, entry->count, &form); /* only the rest is asked for */
    return form.mode == entry->mode && same_packing(&form.ids, &entry->ids) &&
           same_packing(&form.payloads, &entry->payloads) &&
           form.payload_least == entry->payload_least && form.listed_count == entry->listed_count &&
           exceptions_are_right(&entry->ids, entry->data, entry->count - 1, ids, NULL) &&
           exceptions_are_right(&entry->payloads, rest, entry->count, payloads,
                                &entry->payload_least);
}
