/* SPDX-License-Identifier: MIT */
/* The unpacking of chunks, of posting.h. */
#include "posting.h"

#include "bytes.h"

/* Sums of differences, four at a time where the compiler has vectors. */
static void sum_up(uint32_t *ids, uint32_t count)
{
    uint32_t i = 1;
#if defined(__has_builtin)
#if __has_builtin(__builtin_shufflevector)
    typedef uint32_t quad __attribute__((vector_size(16)));
    const quad zero = {0, 0, 0, 0};
    quad before = {ids[0], ids[0], ids[0], ids[0]};
    for (; i + 4 <= count; i += 4) {
        quad sum;
        memcpy(&sum, ids + i, sizeof sum);
        sum += __builtin_shufflevector(sum, zero, 4, 0, 1, 2);
        sum += __builtin_shufflevector(sum, zero, 4, 5, 0, 1);
        sum += before;
        memcpy(ids + i, &sum, sizeof sum);
        before = __builtin_shufflevector(sum, sum, 3, 3, 3, 3);
    }
#endif
#endif
    for (; i < count; i++) {
        ids[i] += ids[i - 1];
    }
}

/* Where the packed payloads begin. */
static const uint8_t *payload_data(const stm_posting_entry *entry)
{
    return entry->data + stm_bits_size(entry->count - 1, entry->width) + entry->exceptions +
           stm_bits_size(entry->exceptions, entry->high_width);
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

uint64_t stm_chunk_payload(const stm_posting_entry *entry, uint32_t index)
{
    const uint8_t *at;
    uint64_t bit, word = 0;
    if (entry->payload_width == 0) {
        return entry->payload_least;
    }
    bit = (uint64_t)index * entry->payload_width;
    at = payload_data(entry) + (bit >> 3);
    if ((size_t)(entry->limit - at) >= sizeof word) {
        word = stm_load_le64(at);
    } else {
        memcpy(&word, at, (size_t)(entry->limit - at));
    }
    word = (word >> (bit & 7u)) & stm_bits_mask(entry->payload_width);
    return entry->mode == STM_PAYLOAD_LISTED ? listed_payload(entry, word)
                                             : entry->payload_least + word;
}

static stemma_status decode_ids(const stm_posting_entry *entry, const uint8_t *data, uint32_t *ids)
{
    const uint32_t count = entry->count - 1;
    uint64_t most = (uint64_t)count * stm_bits_mask(entry->width);
    ids[0] = entry->id;
    stm_bits_unpack(data, 0, count, entry->width, ids + 1);
    if (entry->exceptions != 0) {
        const uint8_t *positions = data + stm_bits_size(count, entry->width);
        const uint8_t *highs = positions + entry->exceptions;
        for (uint32_t i = 0; i < entry->exceptions; i++) {
            uint32_t high = (uint32_t)stm_bits_get(highs, i, entry->high_width);
            if (positions[i] >= count) {
                return STEMMA_E_DAMAGED;
            }
            ids[1 + positions[i]] |= (uint32_t)((uint64_t)high << entry->width);
        }
        most = UINT32_MAX;
    }
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
    sum_up(ids, entry->count);
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
    if (entry->payload_width == 0) {
        for (uint32_t i = 0; i < count; i++) {
            payloads[i] = entry->payload_least;
        }
        return STEMMA_OK;
    }
    stm_bits_unpack(readable(entry, payload_data(entry), &copy), first, count,
                    entry->payload_width, payloads);
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
