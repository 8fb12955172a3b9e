/* SPDX-License-Identifier: MIT */
/* The writing half of posting.h. */
#include "posting.h"

#include "bits.h"

/* Space left in a value below which a long list rather begins a new value than fills it up: a piece
   of a chunk costs about 12 bytes of its own. */
#define WORTH_FILLING 400u
#define LEAST_PIECE   32u

/* How the first postings of the pending ones would be stored. */
typedef struct chunk_form {
    uint32_t count;
    uint32_t payload_minimum;
    unsigned id_width;
    unsigned payload_width;
    int has_payload;
    size_t size; /* of the chunk */
} chunk_form;

static chunk_form measure(const stm_posting_builder *builder, uint32_t count)
{
    chunk_form form = {count, builder->payloads[0], 0, 0, 0, 0};
    uint32_t widest = 0, most = builder->payloads[0];
    for (uint32_t i = 1; i < count; i++) {
        uint32_t payload = builder->payloads[i];
        widest |= builder->ids[i] - builder->ids[i - 1];
        form.payload_minimum = payload < form.payload_minimum ? payload : form.payload_minimum;
        most = payload > most ? payload : most;
    }
    form.id_width = stm_bits_width(widest);
    form.has_payload = most != 0;
    form.payload_width = stm_bits_width(most - form.payload_minimum);
    form.size = stm_varint_size((uint64_t)(count - 1) << 1) + stm_varint_size(builder->ids[0]);
    if (count > 1) {
        form.size += 1 + (size_t)stm_bits_size(count - 1, form.id_width);
    }
    if (form.has_payload) {
        form.size += stm_varint_size(form.payload_minimum);
        if (count > 1) {
            form.size += 1 + (size_t)stm_bits_size(count, form.payload_width);
        }
    }
    return form;
}

/* Packed data is first put behind 8 spare bytes, as the bit writer stores whole words. */
static uint8_t *put_packed(uint8_t *at, const uint32_t *values, uint32_t count, uint32_t minimum,
                           unsigned width, int as_deltas)
{
    uint8_t spare[STM_CHUNK_FILL * 4u + 8u];
    stm_bits_writer bits;
    size_t size;
    stm_bits_begin(&bits, spare);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t value = as_deltas ? values[i + 1] - values[i] : values[i] - minimum;
        stm_bits_put(&bits, value, width);
    }
    size = (size_t)(stm_bits_end(&bits) - spare);
    memcpy(at, spare, size);
    return at + size;
}

static void put_chunk(stm_posting_builder *builder, const chunk_form *form)
{
    uint8_t *at = builder->body + builder->used;
    at += stm_store_varint(at, (uint64_t)(form->count - 1) << 1 | (form->has_payload ? 1u : 0u));
    at += stm_store_varint(at, builder->ids[0]);
    if (form->count > 1) {
        *at++ = (uint8_t)form->id_width;
    }
    if (form->has_payload) {
        at += stm_store_varint(at, form->payload_minimum);
        if (form->count > 1) {
            *at++ = (uint8_t)form->payload_width;
        }
    }
    if (form->count > 1) {
        at = put_packed(at, builder->ids, form->count - 1, 0, form->id_width, 1);
        if (form->has_payload) {
            at = put_packed(at, builder->payloads, form->count, form->payload_minimum,
                            form->payload_width, 0);
        }
    }
    builder->used = (size_t)(at - builder->body);
}

static stemma_status emit_value(stm_posting_builder *builder)
{
    uint8_t key[STM_POSTING_KEY_LIMIT];
    stemma_bytes key_view = {key, 0}, value_view = {builder->value, 0};
    size_t head = 2u + 2u * (size_t)builder->entries;
    if (builder->entries == 0) {
        return STEMMA_OK;
    }
    stm_store_le16(builder->value, (uint16_t)builder->entries);
    for (uint32_t i = 0; i < builder->entries; i++) {
        stm_store_le16(builder->value + 2u + 2u * (size_t)i,
                       (uint16_t)(head + builder->offsets[i]));
    }
    memcpy(builder->value + head, builder->body, builder->used);
    value_view.size = head + builder->used;
    key_view.size = stm_key_posting(key, stm_list_key_bytes(&builder->first_list),
                                    builder->first_id, builder->first_payload);
    builder->entries = 0;
    builder->used = 0;
    return builder->emit(builder->context, key_view, value_view);
}

static size_t shared_prefix(const stm_list_key *a, const stm_list_key *b)
{
    size_t size = a->size < b->size ? a->size : b->size, shared = 0;
    while (shared < size && a->data[shared] == b->data[shared]) {
        shared++;
    }
    return shared;
}

/* Moves some of the pending postings, at least one, into the value. */
static stemma_status emit_chunk(stm_posting_builder *builder)
{
    for (;;) {
        chunk_form form = measure(builder, builder->pending);
        size_t shared = builder->entries == 0 ? builder->list.size
                                              : shared_prefix(&builder->first_list, &builder->list);
        size_t suffix = builder->list.size - shared;
        size_t head = 2u + stm_varint_size(shared) + stm_varint_size(suffix) + suffix;
        size_t taken = 2u + 2u * (size_t)builder->entries + builder->used + head;
        size_t room = taken < STEMMA_LIMIT_CHUNK ? STEMMA_LIMIT_CHUNK - taken : 0;
        if (form.size > room &&
            (builder->entries == 0 || (room >= WORTH_FILLING && form.count > 2 * LEAST_PIECE))) {
            uint32_t least = builder->entries == 0 ? 1 : LEAST_PIECE;
            while (form.size > room && form.count > least) {
                uint32_t fewer = form.count - (form.count / 8 + 1);
                form = measure(builder, fewer);
            }
        }
        if (form.size <= room) {
            uint8_t *at = builder->body + builder->used;
            if (builder->entries == 0) {
                builder->first_list = builder->list;
                builder->first_id = builder->ids[0];
                builder->first_payload = builder->payloads[0];
            }
            builder->offsets[builder->entries++] = (uint16_t)builder->used;
            at += stm_store_varint(at, shared);
            at += stm_store_varint(at, suffix);
            memcpy(at, builder->list.data + shared, suffix);
            builder->used = (size_t)(at + suffix - builder->body);
            put_chunk(builder, &form);
            builder->pending -= form.count;
            memmove(builder->ids, builder->ids + form.count,
                    builder->pending * sizeof builder->ids[0]);
            memmove(builder->payloads, builder->payloads + form.count,
                    builder->pending * sizeof builder->payloads[0]);
            return STEMMA_OK;
        }
        if (builder->entries == 0) {
            return STEMMA_E_INTERNAL; /* one posting always fits an empty value */
        }
        stemma_status status = emit_value(builder);
        if (status != STEMMA_OK) {
            return status;
        }
    }
}

void stm_posting_begin(stm_posting_builder *builder, stm_posting_emit *emit, void *context)
{
    builder->emit = emit;
    builder->context = context;
    builder->status = STEMMA_OK;
    builder->list.size = 0;
    builder->last_id = 0;
    builder->last_payload = 0;
    builder->pending = 0;
    builder->entries = 0;
    builder->used = 0;
}

/* Whether a posting may follow the last one: <0 never, 0 same list, >0 a new list. */
static int follows(const stm_posting_builder *builder, stemma_bytes list, uint32_t id,
                   uint32_t payload)
{
    size_t last = builder->list.size;
    size_t common = last < list.size ? last : list.size;
    int order = common != 0 ? memcmp(list.data, builder->list.data, common) : 0;
    if (order == 0) {
        order = (list.size > last) - (list.size < last);
    }
    if (order == 0 &&
        (id < builder->last_id || (id == builder->last_id && payload <= builder->last_payload))) {
        return -1;
    }
    return order;
}

stemma_status stm_posting_add(stm_posting_builder *builder, stemma_bytes list, uint32_t id,
                              uint32_t payload)
{
    int order;
    if (builder->status != STEMMA_OK) {
        return builder->status;
    }
    if (list.size == 0 || list.size > STM_LIST_KEY_LIMIT) {
        return builder->status = STEMMA_E_MISUSE;
    }
    order = follows(builder, list, id, payload);
    if (order < 0) {
        return builder->status = STEMMA_E_MISUSE;
    }
    while (builder->status == STEMMA_OK && builder->pending != 0 &&
           (order > 0 || builder->pending == STM_CHUNK_FILL)) {
        builder->status = emit_chunk(builder);
    }
    if (builder->status != STEMMA_OK) {
        return builder->status;
    }
    if (order > 0) {
        memcpy(builder->list.data, list.data, list.size);
        builder->list.size = list.size;
    }
    builder->ids[builder->pending] = builder->last_id = id;
    builder->payloads[builder->pending] = builder->last_payload = payload;
    builder->pending++;
    return STEMMA_OK;
}

stemma_status stm_posting_end(stm_posting_builder *builder)
{
    while (builder->status == STEMMA_OK && builder->pending != 0) {
        builder->status = emit_chunk(builder);
    }
    if (builder->status == STEMMA_OK) {
        builder->status = emit_value(builder);
    }
    return builder->status;
}
