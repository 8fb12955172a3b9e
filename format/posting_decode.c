/* SPDX-License-Identifier: MIT */
/* The unpacking of chunks, of posting.h. */
#include "posting.h"

#include "posting_chunk.h"

/* Where the packed payloads begin. */
static const uint8_t *payload_data(const stm_posting_entry *entry)
{
    return entry->data + stm_packed_size(&entry->ids, entry->count - 1);
}

/* Numbers [first, first + count) of `all` packed ones, with STM_BITS_SLACK bytes behind them. */
static stemma_status unpack(const stm_packing *packing, const uint8_t *data, uint32_t all,
                            uint32_t first, uint32_t count, uint32_t *out)
{
    const uint8_t *places = data + stm_bits_size(all, packing->width);
    const uint8_t *highs = places + packing->exceptions;
    stm_bits_unpack(data, first, count, packing->width, out);
    for (uint32_t i = 0; i < packing->exceptions; i++) {
        uint32_t at = places[i] - first;
        if (places[i] >= all) {
            return STEMMA_E_DAMAGED;
        }
        if (at < count) {
            uint64_t high = stm_bits_get(highs, i, packing->high_width);
            out[at] |= (uint32_t)(high << packing->width);
        }
    }
    return STEMMA_OK;
}

/* The payload at a place of the list; more than UINT32_MAX when there is none. */
static uint64_t listed_payload(const stm_posting_entry *entry, uint64_t place)
{
    stm_reader reader = {entry->listed, entry->data};
    uint32_t value = 0;
    uint64_t payload = 0;
    if (place >= entry->listed_count) {
        return UINT64_MAX;
    }
    for (uint64_t i = 0; i <= place; i++) {
        (void)stm_read_varint32(&reader, &value); /* was read before */
        payload += (uint64_t)value + (i != 0);
    }
    return payload;
}

static stemma_status decode_ids(const stm_posting_entry *entry, const uint8_t *data, uint32_t *ids)
{
    const uint32_t count = entry->count - 1;
    uint64_t most = (uint64_t)count * stm_bits_mask(entry->ids.width);
    if (unpack(&entry->ids, data, count, 0, count, ids + 1) != STEMMA_OK) {
        return STEMMA_E_DAMAGED;
    }
    most += entry->ids.exceptions * (stm_bits_mask(entry->ids.high_width) << entry->ids.width);
    if (most > UINT32_MAX - entry->id) {
        /* The widths would allow the ids to leave 32 bits: see whether they do. */
        most = 0;
        for (uint32_t i = 1; i <= count; i++) {
            most += ids[i];
        }
        if (most > UINT32_MAX - entry->id) {
            return STEMMA_E_DAMAGED;
        }
    }
    stm_bits_sum(ids, entry->count);
    return STEMMA_OK;
}

/* Memory that packed data of a value is copied to when it lies too near its end. */
typedef struct margin {
    uint8_t bytes[STM_POSTING_VALUE_LIMIT + STM_BITS_SLACK];
} margin;

/* `data`, with STM_BITS_SLACK readable bytes behind the entry. */
static const uint8_t *readable(const stm_posting_entry *entry, const uint8_t *data, margin *copy)
{
    size_t size = (size_t)(entry->end - data);
    if ((size_t)(entry->limit - entry->end) >= STM_BITS_SLACK) {
        return data;
    }
    memcpy(copy->bytes, data, size);
    memset(copy->bytes + size, 0, STM_BITS_SLACK);
    return copy->bytes;
}

stemma_status stm_chunk_decode_payloads(const stm_posting_entry *entry, uint32_t first,
                                        uint32_t count, uint32_t *payloads)
{
    uint32_t listed[STM_CHUNK_ROLES] = {0}, most = 0;
    margin copy;
    if (entry->mode < STM_PAYLOAD_LISTED) {
        for (uint32_t i = 0; i < count; i++) {
            payloads[i] = entry->payload_least;
        }
        return STEMMA_OK;
    }
    if (unpack(&entry->payloads, readable(entry, payload_data(entry), &copy), entry->count, first,
               count, payloads) != STEMMA_OK) {
        return STEMMA_E_DAMAGED;
    }
    for (uint32_t i = 0; i < count; i++) {
        most = payloads[i] > most ? payloads[i] : most;
    }
    if (entry->mode == STM_PAYLOAD_LISTED) {
        if (most >= entry->listed_count) {
            return STEMMA_E_DAMAGED;
        }
        for (uint32_t i = 0; i < entry->listed_count; i++) {
            listed[i] = (uint32_t)listed_payload(entry, i);
        }
        for (uint32_t i = 0; i < count; i++) {
            payloads[i] = listed[payloads[i]];
        }
        return STEMMA_OK;
    }
    if (most > UINT32_MAX - entry->payload_least) {
        return STEMMA_E_DAMAGED;
    }
    for (uint32_t i = 0; i < count; i++) {
        payloads[i] += entry->payload_least;
    }
    return STEMMA_OK;
}

/* Packed element of at most 32 bits that may lie near the end of the value. */
static uint64_t get_safely(const stm_posting_entry *entry, const uint8_t *data, uint32_t index,
                           unsigned width)
{
    uint64_t bit = (uint64_t)index * width, word = 0;
    const uint8_t *at = data + (bit >> 3);
    size_t left = (size_t)(entry->limit - at);
    if (left >= sizeof word) {
        word = stm_load_le64(at);
    } else {
        memcpy(&word, at, left);
    }
    return (word >> (bit & 7u)) & stm_bits_mask(width);
}

uint64_t stm_chunk_payload(const stm_posting_entry *entry, uint32_t index)
{
    const stm_packing *packing = &entry->payloads;
    const uint8_t *data, *places;
    uint64_t number;
    if (entry->mode < STM_PAYLOAD_LISTED) {
        return entry->payload_least;
    }
    data = payload_data(entry);
    number = get_safely(entry, data, index, packing->width);
    if (entry->mode == STM_PAYLOAD_LISTED) {
        return listed_payload(entry, number);
    }
    places = data + stm_bits_size(entry->count, packing->width);
    for (uint32_t i = 0; i < packing->exceptions; i++) {
        if (places[i] == index) {
            number |= get_safely(entry, places + packing->exceptions, i, packing->high_width)
                      << packing->width;
        }
    }
    return entry->payload_least + number;
}

stemma_status stm_chunk_decode(const stm_posting_entry *entry, uint32_t *ids, uint32_t *payloads)
{
    margin copy;
    ids[0] = entry->id;
    if (entry->count > 1 &&
        decode_ids(entry, readable(entry, entry->data, &copy), ids) != STEMMA_OK) {
        return STEMMA_E_DAMAGED;
    }
    return payloads == NULL ? STEMMA_OK
                            : stm_chunk_decode_payloads(entry, 0, entry->count, payloads);
}
