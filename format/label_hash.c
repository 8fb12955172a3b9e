/* SPDX-License-Identifier: MIT */
#include "label_hash.h"

#include <xxhash.h>

#include "bytes.h"
#include "limits.h"

#define HEAD      8u
#define MARK_BITS 8u

uint32_t stm_label_hash(stemma_text text)
{
    return (uint32_t)XXH3_64bits(text.size != 0 ? text.data : "", text.size);
}

static unsigned bucket_bits(uint32_t count)
{
    unsigned bits = 0;
    while (bits < STM_LABEL_BUCKET_BITS && count > (uint64_t)STM_LABEL_BUCKET << bits) {
        bits++;
    }
    return bits;
}

static uint32_t bucket_of(uint32_t hash, unsigned bits)
{
    return bits == 0 ? 0 : hash >> (32u - bits);
}

/* What pairs are told apart by: bucket and mark, which lie side by side at the top of the hash. */
static uint32_t prefix_of(uint32_t hash, unsigned bits)
{
    return hash >> (32u - MARK_BITS - bits);
}

/* ---- Writing --------------------------------------------------------------------------------- */

uint32_t stm_label_hash_prefix(uint32_t hash, uint32_t count)
{
    return prefix_of(hash, bucket_bits(count));
}

static uint64_t stored_size(uint32_t count, unsigned bits, unsigned number_width)
{
    return HEAD + stm_bits_size((1u << bits) + 1u, stm_bits_width(count)) +
           stm_bits_size(count, MARK_BITS + number_width) + STM_BITS_SLACK;
}

size_t stm_label_hash_bound(uint32_t count)
{
    return (size_t)stored_size(count, bucket_bits(count), 32u);
}

stemma_status stm_label_hash_write(uint8_t *out, size_t capacity, size_t *size,
                                   const stm_label_pair *pairs, uint32_t count)
{
    unsigned bits = bucket_bits(count);
    uint32_t greatest = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t prefix = prefix_of(pairs[i].hash, bits);
        greatest = pairs[i].number > greatest ? pairs[i].number : greatest;
        if (i != 0 && (prefix < prefix_of(pairs[i - 1].hash, bits) ||
                       (prefix == prefix_of(pairs[i - 1].hash, bits) &&
                        pairs[i].number < pairs[i - 1].number))) {
            return STEMMA_E_MISUSE;
        }
    }
    unsigned width = stm_bits_width(greatest), directory_width = stm_bits_width(count);
    uint64_t whole = stored_size(count, bits, width);
    if (whole > capacity) {
        return STEMMA_E_NO_SPACE;
    }
    if (whole > STEMMA_LIMIT_VALUE) {
        return STEMMA_E_LIMIT;
    }
    stm_store_le32(out, count);
    out[4] = (uint8_t)bits;
    out[5] = (uint8_t)width;
    stm_store_le16(out + 6, 0);
    stm_bits_writer writer;
    stm_bits_begin(&writer, out + HEAD);
    uint32_t next = 0;
    for (uint32_t bucket = 0; bucket <= 1u << bits; bucket++) {
        while (next < count && bucket_of(pairs[next].hash, bits) < bucket) {
            next++;
        }
        stm_bits_put(&writer, bucket == 1u << bits ? count : next, directory_width);
    }
    uint8_t *at = stm_bits_end(&writer);
    stm_bits_begin(&writer, at);
    for (uint32_t i = 0; i < count; i++) {
        uint64_t mark = prefix_of(pairs[i].hash, bits) & 0xffu;
        stm_bits_put(&writer, mark | (uint64_t)pairs[i].number << MARK_BITS, MARK_BITS + width);
    }
    at = stm_bits_end(&writer);
    memset(at, 0, STM_BITS_SLACK);
    *size = (size_t)(at - out) + STM_BITS_SLACK;
    return STEMMA_OK;
}

/* ---- Reading --------------------------------------------------------------------------------- */

stemma_status stm_label_hash_open(stemma_bytes value, stm_label_index *out)
{
    if (value.size < HEAD) {
        return STEMMA_E_DAMAGED;
    }
    uint32_t count = stm_load_le32(value.data);
    uint8_t bits = value.data[4], width = value.data[5];
    if (bits != bucket_bits(count) || width > 32u || stm_load_le16(value.data + 6) != 0 ||
        stored_size(count, bits, width) != value.size) {
        return STEMMA_E_DAMAGED;
    }
    out->count = count;
    out->bucket_bits = bits;
    out->number_width = width;
    out->directory_width = (uint8_t)stm_bits_width(count);
    out->directory = value.data + HEAD;
    out->pairs = out->directory + stm_bits_size((1u << bits) + 1u, out->directory_width);
    return STEMMA_OK;
}

static uint32_t bucket_start(const stm_label_index *index, uint32_t bucket)
{
    return (uint32_t)stm_bits_get(index->directory, bucket, index->directory_width);
}

stemma_status stm_label_hash_find(const stm_label_index *index, uint32_t hash, stm_label_hits *out)
{
    uint32_t bucket = bucket_of(hash, index->bucket_bits);
    out->index = index;
    out->next = out->end = 0;
    out->mark = (uint8_t)prefix_of(hash, index->bucket_bits);
    if (index->count == 0) {
        return STEMMA_OK;
    }
    out->next = bucket_start(index, bucket);
    out->end = bucket_start(index, bucket + 1u);
    return out->next <= out->end && out->end <= index->count ? STEMMA_OK : STEMMA_E_DAMAGED;
}

stemma_status stm_label_hash_check(const stm_label_index *index)
{
    unsigned pair_width = MARK_BITS + index->number_width;
    uint32_t greatest = 0;
    if (bucket_start(index, 0) != 0 ||
        bucket_start(index, 1u << index->bucket_bits) != index->count) {
        return STEMMA_E_DAMAGED;
    }
    for (uint32_t bucket = 0; bucket < 1u << index->bucket_bits; bucket++) {
        uint32_t first = bucket_start(index, bucket), end = bucket_start(index, bucket + 1u);
        uint64_t last = 0;
        if (first > end || end > index->count) {
            return STEMMA_E_DAMAGED;
        }
        for (uint32_t i = first; i < end; i++) {
            uint64_t pair = stm_bits_get(index->pairs, i, pair_width);
            uint32_t number = (uint32_t)(pair >> MARK_BITS);
            uint64_t order = (pair & 0xffu) << 32 | number;
            if (i != first && order < last) {
                return STEMMA_E_DAMAGED;
            }
            last = order;
            greatest = number > greatest ? number : greatest;
        }
    }
    return stm_bits_width(greatest) == index->number_width ? STEMMA_OK : STEMMA_E_DAMAGED;
}
