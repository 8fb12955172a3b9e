/* SPDX-License-Identifier: MIT */
#include "posting.h"

#include "posting_chunk.h"

/* ---- Values ---------------------------------------------------------------------------------- */

static size_t head_size(uint32_t entries)
{
    return 2u + 2u * (size_t)((entries - 1) / STM_GROUP);
}

stemma_status stm_posting_open(stemma_bytes key, stemma_bytes value, size_t list_size,
                               stm_posting_value *out)
{
    if (stm_key_read_posting(key, list_size, &out->list, &out->id, &out->payload) != STEMMA_OK ||
        value.size < 4 || value.size > STEMMA_LIMIT_INLINE - key.size) {
        return STEMMA_E_DAMAGED;
    }
    out->entries = stm_load_le16(value.data);
    if (out->entries == 0 || head_size(out->entries) >= value.size) {
        return STEMMA_E_DAMAGED;
    }
    out->value = value;
    out->list_size = list_size;
    out->number = list_size == 4 ? stm_load_be32(out->list.data) : 0;
    return STEMMA_OK;
}

/* List key of an entry. */
static int read_list(const stm_posting_value *value, stm_reader *reader, stm_posting_entry *out)
{
    uint32_t shared, suffix;
    out->is_number = value->list_size == 4;
    out->prefix.data = value->list.data;
    out->prefix.size = 0;
    out->suffix = out->prefix;
    if (out->is_number) {
        return stm_read_varint32(reader, &shared) &&
               stm_add_u32(value->number, shared, &out->number);
    }
    if (!stm_read_varint32(reader, &shared) || shared > value->list.size) {
        return 0;
    }
    if (value->list_size != 0) {
        suffix = (uint32_t)value->list_size - shared;
    } else if (!stm_read_varint32(reader, &suffix) || suffix > STM_LIST_KEY_LIMIT - shared ||
               shared + suffix == 0) {
        return 0;
    }
    out->prefix.size = shared;
    return stm_read_bytes(reader, suffix, &out->suffix);
}

static stemma_status read_entry(const stm_posting_value *value, const uint8_t *at,
                                stm_posting_entry *out)
{
    stm_reader reader = {at, value->value.data + value->value.size};
    return read_list(value, &reader, out) ? stm_chunk_open(&reader, out) : STEMMA_E_DAMAGED;
}

/* First entry of a group. */
static stemma_status read_group(const stm_posting_value *value, uint32_t group,
                                stm_posting_entry *out)
{
    size_t head = head_size(value->entries);
    size_t start = group == 0 ? head : stm_load_le16(value->value.data + 2u * (size_t)group);
    if (start < head || start >= value->value.size) {
        return STEMMA_E_DAMAGED;
    }
    return read_entry(value, value->value.data + start, out);
}

stemma_status stm_posting_entry_after(const stm_posting_value *value,
                                      const stm_posting_entry *entry, stm_posting_entry *out)
{
    return read_entry(value, entry->end, out);
}

stemma_status stm_posting_entry_at(const stm_posting_value *value, uint32_t index,
                                   stm_posting_entry *out)
{
    stemma_status status = read_group(value, index / STM_GROUP, out);
    for (uint32_t i = index % STM_GROUP; i > 0 && status == STEMMA_OK; i--) {
        status = stm_posting_entry_after(value, out, out);
    }
    return status;
}

int stm_posting_entry_compare(const stm_posting_entry *entry, stemma_bytes list)
{
    size_t shared = entry->prefix.size, size = shared + entry->suffix.size;
    size_t common = shared < list.size ? shared : list.size;
    int order;
    if (entry->is_number) {
        uint32_t number = list.size == 4 ? stm_load_be32(list.data) : 0;
        return (entry->number > number) - (entry->number < number);
    }
    order = common != 0 ? memcmp(entry->prefix.data, list.data, common) : 0;
    if (order == 0 && list.size > shared) {
        common = entry->suffix.size < list.size - shared ? entry->suffix.size : list.size - shared;
        order = common != 0 ? memcmp(entry->suffix.data, list.data + shared, common) : 0;
    }
    return order != 0 ? order : (size > list.size) - (size < list.size);
}

void stm_posting_entry_list(const stm_posting_entry *entry, stm_list_key *out)
{
    if (entry->is_number) {
        stm_list_key_u32(out, entry->number);
        return;
    }
    if (entry->prefix.size != 0) {
        memcpy(out->data, entry->prefix.data, entry->prefix.size);
    }
    if (entry->suffix.size != 0) {
        memcpy(out->data + entry->prefix.size, entry->suffix.data, entry->suffix.size);
    }
    out->size = entry->prefix.size + entry->suffix.size;
}

/* Whether (list, id) of the entry comes before; tells whether it is of that list, too. */
static int is_before(const stm_posting_entry *entry, stemma_bytes list, uint32_t id, int *same)
{
    int order = stm_posting_entry_compare(entry, list);
    *same = order == 0;
    return order < 0 || (order == 0 && entry->id < id);
}

stemma_status stm_posting_find(const stm_posting_value *value, stemma_bytes list, uint32_t id,
                               uint32_t *index, stm_posting_entry *entry)
{
    uint32_t low = 0, high = (value->entries - 1) / STM_GROUP + 1;
    stm_posting_entry next;
    int same;
    /* Groups that begin before; the last of these holds the place. */
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (read_group(value, middle, entry) != STEMMA_OK) {
            return STEMMA_E_DAMAGED;
        }
        if (is_before(entry, list, id, &same)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    *index = low == 0 ? 0 : (low - 1) * STM_GROUP;
    if (read_group(value, *index / STM_GROUP, entry) != STEMMA_OK) {
        return STEMMA_E_DAMAGED;
    }
    if (low == 0) {
        return STEMMA_OK;
    }
    (void)is_before(entry, list, id, &same);
    for (;;) {
        int next_same;
        if (*index + 1 == value->entries) {
            *index += same ? 0 : 1;
            return STEMMA_OK;
        }
        if (stm_posting_entry_after(value, entry, &next) != STEMMA_OK) {
            return STEMMA_E_DAMAGED;
        }
        if (!is_before(&next, list, id, &next_same)) {
            if (!same) {
                *entry = next;
                ++*index;
            }
            return STEMMA_OK;
        }
        *entry = next;
        ++*index;
        same = next_same;
    }
}

/* ---- Check ----------------------------------------------------------------------------------- */

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

/* The offsets are where groups begin. */
static int offset_is_right(const stm_posting_value *value, uint32_t index, size_t start)
{
    if (index == 0) {
        return start == head_size(value->entries);
    }
    return index % STM_GROUP != 0 ||
           stm_load_le16(value->value.data + 2u * (size_t)(index / STM_GROUP)) == start;
}

stemma_status stm_posting_check(const stm_posting_value *value, stm_list_key *last_list,
                                uint32_t *last_id, uint32_t *last_payload)
{
    uint32_t ids[STM_CHUNK_LIMIT], payloads[STM_CHUNK_LIMIT];
    size_t next = head_size(value->entries);
    for (uint32_t index = 0; index < value->entries; index++) {
        stm_posting_entry entry;
        stm_list_key list;
        int order;
        if (!offset_is_right(value, index, next) ||
            read_entry(value, value->value.data + next, &entry) != STEMMA_OK ||
            stm_chunk_decode(&entry, ids, payloads) != STEMMA_OK) {
            return STEMMA_E_DAMAGED;
        }
        next = (size_t)(entry.end - value->value.data);
        stm_posting_entry_list(&entry, &list);
        order = list_order(&entry, last_list);
        if (order < 0 ||
            (!entry.is_number && shared_prefix(value->list, &list) != entry.prefix.size) ||
            (value->list_size == 0 && memchr(list.data, 0, list.size) != NULL)) {
            return STEMMA_E_DAMAGED;
        }
        if (index == 0 && (stm_posting_entry_compare(&entry, value->list) != 0 ||
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
        if (!stm_chunk_is_canonical(&entry, ids, payloads)) {
            return STEMMA_E_DAMAGED;
        }
        *last_list = list;
    }
    return next == value->value.size ? STEMMA_OK : STEMMA_E_DAMAGED;
}
