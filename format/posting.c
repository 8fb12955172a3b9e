/* SPDX-License-Identifier: MIT */
#include "posting.h"

#include "bits.h"

stemma_status stm_posting_open(stemma_bytes key, stemma_bytes value, size_t list_size,
                               stm_posting_value *out)
{
    if (stm_key_read_posting(key, list_size, &out->list, &out->id, &out->payload) != STEMMA_OK ||
        value.size < 4 || value.size > STEMMA_LIMIT_CHUNK) {
        return STEMMA_E_DAMAGED;
    }
    out->entries = stm_load_le16(value.data);
    if (out->entries == 0 || 2u + 2u * (size_t)out->entries >= value.size) {
        return STEMMA_E_DAMAGED;
    }
    out->value = value;
    out->list_size = list_size;
    return STEMMA_OK;
}

stemma_status stm_posting_entry_at(const stm_posting_value *value, uint32_t index,
                                   stm_posting_entry *out)
{
    size_t head = 2u + 2u * (size_t)value->entries;
    size_t start = stm_load_le16(value->value.data + 2u + 2u * (size_t)index);
    size_t end = index + 1 < value->entries
                     ? stm_load_le16(value->value.data + 4u + 2u * (size_t)index)
                     : value->value.size;
    uint32_t shared, suffix, count_and_payload;
    uint8_t id_width = 0, payload_width = 0;
    uint64_t packed = 0;
    stm_reader reader;
    if (start < head || start >= end || end > value->value.size) {
        return STEMMA_E_DAMAGED;
    }
    reader.at = value->value.data + start;
    reader.end = value->value.data + end;
    if (!stm_read_varint32(&reader, &shared) || !stm_read_varint32(&reader, &suffix) ||
        shared > value->list.size || suffix > STM_LIST_KEY_LIMIT - shared || shared + suffix == 0 ||
        (value->list_size != 0 && shared + suffix != value->list_size) ||
        !stm_read_bytes(&reader, suffix, &out->suffix)) {
        return STEMMA_E_DAMAGED;
    }
    out->prefix.data = value->list.data;
    out->prefix.size = shared;
    if (!stm_read_varint32(&reader, &count_and_payload) || !stm_read_varint32(&reader, &out->id) ||
        (count_and_payload >> 1) >= STM_CHUNK_LIMIT) {
        return STEMMA_E_DAMAGED;
    }
    out->count = (count_and_payload >> 1) + 1;
    out->payload_minimum = 0;
    if (out->count > 1 && !stm_read_u8(&reader, &id_width)) {
        return STEMMA_E_DAMAGED;
    }
    if ((count_and_payload & 1u) != 0) {
        if (!stm_read_varint32(&reader, &out->payload_minimum) ||
            (out->count > 1 && !stm_read_u8(&reader, &payload_width))) {
            return STEMMA_E_DAMAGED;
        }
    }
    if (id_width > 32 || payload_width > 32) {
        return STEMMA_E_DAMAGED;
    }
    /* Postings differ, so a chunk has bits to tell them apart: a few bytes cannot promise work
       without end. */
    if (id_width == 0 && payload_width < 32 && (out->count - 1) >> payload_width != 0) {
        return STEMMA_E_DAMAGED;
    }
    if (out->count > 1) {
        packed = stm_bits_size(out->count - 1, id_width) + stm_bits_size(out->count, payload_width);
    }
    if (packed != stm_remaining(&reader)) {
        return STEMMA_E_DAMAGED;
    }
    out->deltas = reader.at;
    out->end = reader.end;
    out->limit = value->value.data + value->value.size;
    out->id_width = id_width;
    out->payload_width = payload_width;
    out->has_payload = count_and_payload & 1u;
    return STEMMA_OK;
}

int stm_posting_entry_compare(const stm_posting_entry *entry, stemma_bytes list)
{
    size_t shared = entry->prefix.size, size = shared + entry->suffix.size;
    size_t common = shared < list.size ? shared : list.size;
    int order = common != 0 ? memcmp(entry->prefix.data, list.data, common) : 0;
    if (order == 0 && list.size > shared) {
        common = entry->suffix.size < list.size - shared ? entry->suffix.size : list.size - shared;
        order = common != 0 ? memcmp(entry->suffix.data, list.data + shared, common) : 0;
    }
    return order != 0 ? order : (size > list.size) - (size < list.size);
}

void stm_posting_entry_list(const stm_posting_entry *entry, stm_list_key *out)
{
    if (entry->prefix.size != 0) {
        memcpy(out->data, entry->prefix.data, entry->prefix.size);
    }
    if (entry->suffix.size != 0) {
        memcpy(out->data + entry->prefix.size, entry->suffix.data, entry->suffix.size);
    }
    out->size = entry->prefix.size + entry->suffix.size;
}

stemma_status stm_posting_find(const stm_posting_value *value, stemma_bytes list, uint32_t id,
                               uint32_t *index)
{
    uint32_t low = 0, high = value->entries;
    int before_is_same = 0; /* whether the entry before `low` is of `list` */
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        stm_posting_entry entry;
        int order;
        if (stm_posting_entry_at(value, middle, &entry) != STEMMA_OK) {
            return STEMMA_E_DAMAGED;
        }
        order = stm_posting_entry_compare(&entry, list);
        if (order < 0 || (order == 0 && entry.id < id)) {
            low = middle + 1;
            before_is_same = order == 0;
        } else {
            high = middle;
        }
    }
    *index = before_is_same ? low - 1 : low;
    return STEMMA_OK;
}

/* Sums of packed deltas. The data has at least STM_BITS_SLACK readable bytes behind it. Inlined
   with a constant width, so that every eighth element has constant shifts. */
static inline __attribute__((always_inline)) uint64_t
sum_deltas(const uint8_t *data, unsigned width, uint32_t first, uint32_t deltas, uint32_t *out)
{
    const uint64_t mask = (UINT64_C(1) << width) - 1u;
    uint64_t sum = first;
    uint32_t i = 0;
    for (; i + 8 <= deltas; i += 8, data += width) {
        for (unsigned k = 0; k < 8; k++) {
            sum += (stm_load_le64(data + (k * width >> 3)) >> (k * width & 7u)) & mask;
            out[i + k] = (uint32_t)sum;
        }
    }
    for (unsigned k = 0; i < deltas; i++, k++) {
        sum += (stm_load_le64(data + (k * width >> 3)) >> (k * width & 7u)) & mask;
        out[i] = (uint32_t)sum;
    }
    return sum;
}

#define WIDTH(w)                                                                                   \
    case (w):                                                                                      \
        return sum_deltas(data, (w), first, count - 1, out + 1)

/* Returns the last id, which may be beyond 32 bits in a damaged chunk. */
static uint64_t unpack_ids(const uint8_t *data, unsigned width, uint32_t first, uint32_t count,
                           uint32_t *out)
{
    out[0] = first;
    switch (width) {
        WIDTH(0);
        WIDTH(1);
        WIDTH(2);
        WIDTH(3);
        WIDTH(4);
        WIDTH(5);
        WIDTH(6);
        WIDTH(7);
        WIDTH(8);
        WIDTH(9);
        WIDTH(10);
        WIDTH(11);
        WIDTH(12);
        WIDTH(13);
        WIDTH(14);
        WIDTH(15);
        WIDTH(16);
    default:
        return sum_deltas(data, width, first, count - 1, out + 1);
    }
}

/* Returns the greatest number, which may be beyond 32 bits in a damaged chunk. */
static uint64_t unpack_payloads(const uint8_t *data, unsigned width, uint32_t minimum,
                                uint32_t count, uint32_t *out)
{
    const uint64_t mask = stm_bits_mask(width);
    uint64_t most = 0, bit = 0;
    for (uint32_t i = 0; i < count; i++, bit += width) {
        uint64_t value = (stm_load_le64(data + (bit >> 3)) >> (bit & 7u)) & mask;
        most = value > most ? value : most;
        out[i] = (uint32_t)(minimum + value);
    }
    return minimum + most;
}

uint64_t stm_chunk_payload(const stm_posting_entry *entry, uint32_t index)
{
    const uint8_t *at;
    uint64_t bit, word = 0;
    if (entry->payload_width == 0) {
        return entry->payload_minimum;
    }
    bit = (uint64_t)index * entry->payload_width;
    at = entry->deltas + stm_bits_size(entry->count - 1, entry->id_width) + (bit >> 3);
    if ((size_t)(entry->limit - at) >= sizeof word) {
        word = stm_load_le64(at);
    } else {
        memcpy(&word, at, (size_t)(entry->limit - at));
    }
    return entry->payload_minimum + ((word >> (bit & 7u)) & stm_bits_mask(entry->payload_width));
}

stemma_status stm_chunk_decode(const stm_posting_entry *entry, uint32_t *ids, uint32_t *payloads)
{
    uint8_t copy[STEMMA_LIMIT_CHUNK + STM_BITS_SLACK];
    const uint8_t *data = entry->deltas;
    size_t deltas;
    if (entry->count == 1) {
        ids[0] = entry->id;
        if (payloads != NULL) {
            payloads[0] = entry->payload_minimum;
        }
        return STEMMA_OK;
    }
    if ((size_t)(entry->limit - entry->end) < STM_BITS_SLACK) {
        size_t size = (size_t)(entry->end - data);
        memcpy(copy, data, size);
        memset(copy + size, 0, STM_BITS_SLACK);
        data = copy;
    }
    if (unpack_ids(data, entry->id_width, entry->id, entry->count, ids) > UINT32_MAX) {
        return STEMMA_E_DAMAGED;
    }
    if (payloads == NULL) {
        return STEMMA_OK;
    }
    deltas = (size_t)stm_bits_size(entry->count - 1, entry->id_width);
    if (unpack_payloads(data + deltas, entry->payload_width, entry->payload_minimum, entry->count,
                        payloads) > UINT32_MAX) {
        return STEMMA_E_DAMAGED;
    }
    return STEMMA_OK;
}

/* Unused bits behind `count` elements are zero. */
static int tail_is_zero(const uint8_t *data, uint32_t count, unsigned width)
{
    uint64_t bits = (uint64_t)count * width;
    return (bits & 7u) == 0 || data[bits >> 3] >> (bits & 7u) == 0;
}

/* The widths and the payload minimum are the least that serve, and nothing is hidden in the tail.
 */
static int chunk_is_canonical(const stm_posting_entry *entry, const uint32_t *ids,
                              const uint32_t *payloads)
{
    uint32_t widest = 0, least = payloads[0], most = payloads[0];
    for (uint32_t i = 1; i < entry->count; i++) {
        widest |= ids[i] - ids[i - 1];
        least = payloads[i] < least ? payloads[i] : least;
        most = payloads[i] > most ? payloads[i] : most;
    }
    if (entry->has_payload != (most != 0)) {
        return 0;
    }
    if (entry->count == 1) {
        return 1;
    }
    return stm_bits_width(widest) == entry->id_width && least == entry->payload_minimum &&
           stm_bits_width(most - least) == entry->payload_width &&
           tail_is_zero(entry->deltas, entry->count - 1, entry->id_width) &&
           tail_is_zero(entry->deltas + stm_bits_size(entry->count - 1, entry->id_width),
                        entry->count, entry->payload_width);
}

/* Order of the entry's list key against the last one, <0 when it comes before. */
static int list_order(const stm_posting_entry *entry, const stm_list_key *last)
{
    return last->size == 0 ? 1 : stm_posting_entry_compare(entry, stm_list_key_bytes(last));
}

static size_t shared_prefix(stemma_bytes a, const stm_list_key *b)
{
    size_t shared = 0;
    while (shared < a.size && shared < b->size && a.data[shared] == b->data[shared]) {
        shared++;
    }
    return shared;
}

stemma_status stm_posting_check(const stm_posting_value *value, stm_list_key *last_list,
                                uint32_t *last_id, uint32_t *last_payload)
{
    uint32_t ids[STM_CHUNK_LIMIT], payloads[STM_CHUNK_LIMIT];
    size_t next = 2u + 2u * (size_t)value->entries;
    for (uint32_t index = 0; index < value->entries; index++) {
        stm_posting_entry entry;
        stm_list_key list;
        int order;
        if (stm_load_le16(value->value.data + 2u + 2u * (size_t)index) != next ||
            stm_posting_entry_at(value, index, &entry) != STEMMA_OK ||
            stm_chunk_decode(&entry, ids, payloads) != STEMMA_OK) {
            return STEMMA_E_DAMAGED;
        }
        next = (size_t)(entry.end - value->value.data);
        stm_posting_entry_list(&entry, &list);
        order = list_order(&entry, last_list);
        if (order < 0 || shared_prefix(value->list, &list) != entry.prefix.size ||
            (value->list_size == 0 && memchr(list.data, 0, list.size) != NULL)) {
            return STEMMA_E_DAMAGED;
        }
        if (index == 0 && (entry.prefix.size != value->list.size || entry.suffix.size != 0 ||
                           ids[0] != value->id || payloads[0] != value->payload)) {
            return STEMMA_E_DAMAGED;
        }
        for (uint32_t i = 0; i < entry.count; i++) {
            if ((order == 0 || i != 0) &&
                (ids[i] < *last_id || (ids[i] == *last_id && payloads[i] <= *last_payload))) {
                return STEMMA_E_DAMAGED;
            }
            *last_id = ids[i];
            *last_payload = payloads[i];
        }
        if (!chunk_is_canonical(&entry, ids, payloads)) {
            return STEMMA_E_DAMAGED;
        }
        *last_list = list;
    }
    return next == value->value.size ? STEMMA_OK : STEMMA_E_DAMAGED;
}
