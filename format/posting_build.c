/* SPDX-License-Identifier: MIT */
/* The writing half of posting.h. */
#include "posting.h"

#include "posting_chunk.h"

/* A chunk that does not fit gives off postings, but no piece is smaller than this unless all of it
   is: a piece costs about seven bytes of its own. */
#define LEAST_PIECE 16u

static size_t head_size(uint32_t entries)
{
    return 2u + 2u * (size_t)((entries - 1) / STM_GROUP);
}

static stemma_status emit_value(stm_posting_builder *builder)
{
    uint8_t key[STM_POSTING_KEY_LIMIT];
    stemma_bytes key_view = {key, 0}, value_view = {builder->value, 0};
    size_t head;
    if (builder->entries == 0) {
        return STEMMA_OK;
    }
    head = head_size(builder->entries);
    stm_store_le16(builder->value, stm_posting_entries(builder->form, builder->entries));
    for (uint32_t i = 1; i * STM_GROUP < builder->entries; i++) {
        stm_store_le16(builder->value + 2u * (size_t)i, (uint16_t)(head + builder->offsets[i]));
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

/* The list key that the next entry's is told by. */
static const stm_list_key *base_of(const stm_posting_builder *builder)
{
    if (builder->entries == 0) {
        return &builder->list;
    }
    return builder->form == STM_POSTING_APART || builder->entries % STM_GROUP == 0
               ? &builder->first_list
               : &builder->last_list;
}

/* Bytes shared and bytes that follow, in half a byte each unless they are many. */
static size_t put_halves(uint8_t *out, size_t shared, size_t rest)
{
    const size_t most = STM_HALF_MORE;
    size_t size = 1;
    out[0] = (uint8_t)((shared < most ? shared : most) | (rest < most ? rest : most) << 4);
    if (shared >= most) {
        size += stm_store_varint(out + size, shared - most);
    }
    if (rest >= most) {
        size += stm_store_varint(out + size, rest - most);
    }
    return size;
}

/* Writes the list key of an entry; at most 5 bytes more than the key. Returns how many. */
static size_t put_list(const stm_posting_builder *builder, uint8_t *out)
{
    const stm_list_key *list = &builder->list, *base = base_of(builder);
    size_t shared, size;
    if (builder->list_size == 4) {
        return stm_store_varint(out, stm_load_be32(list->data) - stm_load_be32(base->data));
    }
    shared = shared_prefix(base, list);
    if (builder->list_size == 0 && builder->form == STM_POSTING_NEAR) {
        size = put_halves(out, shared, list->size - shared);
    } else {
        size = stm_store_varint(out, shared);
        size += builder->list_size == 0 ? stm_store_varint(out + size, list->size - shared) : 0;
    }
    memcpy(out + size, list->data + shared, list->size - shared);
    return size + (list->size - shared);
}

/* Moves some of the pending postings, at least one, into the value. */
static stemma_status emit_chunk(stm_posting_builder *builder)
{
    for (;;) {
        stm_chunk_form form;
        uint8_t list[STM_LIST_KEY_LIMIT + 5];
        size_t list_size = put_list(builder, list);
        const stm_list_key *first = builder->entries == 0 ? &builder->list : &builder->first_list;
        size_t limit = STEMMA_LIMIT_INLINE - 9u - first->size;
        size_t taken = head_size(builder->entries + 1) + builder->used + list_size;
        size_t room = taken < limit ? limit - taken : 0;
        uint32_t least = builder->entries == 0 ? 1 : LEAST_PIECE;
        stm_chunk_measure(builder->form, builder->ids, builder->payloads, builder->pending, &form);
        while (form.size > room && form.count > least) {
            uint32_t fewer = (uint32_t)(form.count * room / form.size);
            stm_chunk_measure(builder->form, builder->ids, builder->payloads,
                              fewer < least ? least : fewer, &form);
        }
        if (form.size <= room) {
            uint8_t *at = builder->body + builder->used;
            if (builder->entries == 0) {
                builder->first_list = builder->list;
                builder->first_id = builder->ids[0];
                builder->first_payload = builder->payloads[0];
            }
            if (builder->entries % STM_GROUP == 0) {
                builder->offsets[builder->entries / STM_GROUP] = (uint16_t)builder->used;
            }
            builder->entries++;
            builder->last_list.size = builder->list.size;
            memcpy(builder->last_list.data, builder->list.data, builder->list.size);
            memcpy(at, list, list_size);
            at = stm_chunk_put(at + list_size, &form, builder->ids, builder->payloads);
            builder->used = (size_t)(at - builder->body);
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

void stm_posting_begin(stm_posting_builder *builder, size_t list_size, stm_posting_emit *emit,
                       void *context)
{
    stm_posting_begin_as(builder, STM_POSTING_NEAR, list_size, emit, context);
}

void stm_posting_begin_as(stm_posting_builder *builder, stm_posting_form form, size_t list_size,
                          stm_posting_emit *emit, void *context)
{
    builder->form = form;
    builder->list_size = list_size;
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
    int order = 0;
    if (list.size == 4 && last == 4) { /* most tables: no call */
        uint32_t here = stm_load_be32(list.data), before = stm_load_be32(builder->list.data);
        order = (here > before) - (here < before);
    } else {
        order = common != 0 ? memcmp(list.data, builder->list.data, common) : 0;
        order = order != 0 ? order : (list.size > last) - (list.size < last);
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
    if (list.size == 0 || list.size > STM_LIST_KEY_LIMIT ||
        (builder->list_size != 0 && list.size != builder->list_size)) {
        return builder->status = STEMMA_E_MISUSE;
    }
    order = follows(builder, list, id, payload);
    if (order < 0) {
        return builder->status = STEMMA_E_MISUSE;
    }
    while (builder->status == STEMMA_OK && builder->pending != 0 &&
           (order > 0 || builder->pending == STM_CHUNK_LIMIT)) {
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

/* Whether postings [at, at + count) of a list follow those before them. */
static int ascend(const uint32_t *ids, const uint32_t *payloads, uint32_t at, uint32_t count)
{
    int wrong = 0;
    for (uint32_t i = at; i < at + count; i++) {
        int same = ids[i] == ids[i - 1];
        wrong |= ids[i] < ids[i - 1];
        wrong |= same && (payloads == NULL || payloads[i] <= payloads[i - 1]);
    }
    return !wrong;
}

/* Moves as many as fit to those that wait for a chunk; they have been looked at. */
static uint32_t take_some(stm_posting_builder *builder, const uint32_t *ids, const uint32_t *payloads,
                          uint32_t at, uint32_t count)
{
    uint32_t room = STM_CHUNK_LIMIT - builder->pending;
    uint32_t taken = count < room ? count : room;
    memcpy(builder->ids + builder->pending, ids + at, taken * sizeof *ids);
    if (payloads != NULL) {
        memcpy(builder->payloads + builder->pending, payloads + at, taken * sizeof *payloads);
    } else {
        memset(builder->payloads + builder->pending, 0, taken * sizeof *builder->payloads);
    }
    builder->pending += taken;
    builder->last_id = ids[at + taken - 1];
    builder->last_payload = payloads != NULL ? payloads[at + taken - 1] : 0;
    return taken;
}

stemma_status stm_posting_add_list(stm_posting_builder *builder, stemma_bytes list,
                                   const uint32_t *ids, const uint32_t *payloads, uint32_t count)
{
    if (count == 0 || stm_posting_add(builder, list, ids[0], payloads != NULL ? payloads[0] : 0) != STEMMA_OK) {
        return builder->status;
    }
    if (!ascend(ids, payloads, 1, count - 1)) {
        return builder->status = STEMMA_E_MISUSE;
    }
    for (uint32_t at = 1; at < count && builder->status == STEMMA_OK;) {
        if (builder->pending == STM_CHUNK_LIMIT) {
            builder->status = emit_chunk(builder);
        } else {
            at += take_some(builder, ids, payloads, at, count - at);
        }
    }
    return builder->status;
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
