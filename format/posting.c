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
    out->form = (out->entries & STM_POSTING_IS_NEAR) != 0 ? STM_POSTING_NEAR : STM_POSTING_APART;
    out->entries &= ~STM_POSTING_IS_NEAR;
    if (out->entries == 0 || head_size(out->entries) >= value.size) {
        return STEMMA_E_DAMAGED;
    }
    out->value = value;
    out->list_size = list_size;
    out->number = list_size == 4 ? stm_load_be32(out->list.data) : 0;
    return STEMMA_OK;
}

/* ---- Entries --------------------------------------------------------------------------------- */

static int read_half(stm_reader *reader, unsigned half, uint32_t *size)
{
    uint32_t more = 0;
    if (half == STM_HALF_MORE && (!stm_read_varint32(reader, &more) || more > STM_LIST_KEY_LIMIT)) {
        return 0;
    }
    *size = half + more;
    return 1;
}

/* Bytes that the list key shares, and those that follow. */
static int read_sizes(const stm_posting_value *value, stm_reader *reader, uint32_t *shared,
                      uint32_t *rest)
{
    uint8_t halves;
    if (value->list_size != 0) {
        if (!stm_read_varint32(reader, shared) || *shared > value->list_size) {
            return 0;
        }
        *rest = (uint32_t)value->list_size - *shared;
        return 1;
    }
    if (value->form == STM_POSTING_APART) {
        return stm_read_varint32(reader, shared) && stm_read_varint32(reader, rest);
    }
    return stm_read_u8(reader, &halves) && read_half(reader, halves & 15u, shared) &&
           read_half(reader, halves >> 4, rest);
}

/* List key of an entry. `before`: the entry whose list key it is told by; NULL: the record's. */
static inline int read_list(const stm_posting_value *value, const stm_posting_entry *before,
                            stm_reader *reader, stm_posting_entry *out)
{
    const size_t base = before != NULL ? before->list_size : value->list.size;
    uint32_t shared, rest;
    out->is_number = value->list_size == 4;
    out->of = NULL;
    if (out->is_number) {
        const uint32_t number = before != NULL ? before->number : value->number;
        return stm_read_varint32(reader, &shared) && stm_add_u32(number, shared, &out->number);
    }
    if (!read_sizes(value, reader, &shared, &rest) || shared > base ||
        rest > STM_LIST_KEY_LIMIT - shared || shared + rest == 0) {
        return 0;
    }
    out->of = before != NULL ? NULL : value->list.data;
    out->shared = (uint16_t)shared;
    out->list_size = (uint16_t)(shared + rest);
    out->again = rest == 0 && shared == base;
    return stm_read_bytes(reader, rest, &out->rest);
}

/* Entry `index`, at `at`. `out` may be `before`. */
static stemma_status read_entry(const stm_posting_value *value, const stm_posting_entry *before,
                                const uint8_t *at, uint32_t index, stm_posting_entry *out)
{
    stm_reader reader = {at, value->value.data + value->value.size};
    out->index = index;
    return read_list(value, before, &reader, out)
               ? stm_chunk_open(reader.at, reader.end, value->form, out)
               : STEMMA_E_DAMAGED;
}

/* Where a group begins. */
static int find_start(const stm_posting_value *value, uint32_t group, const uint8_t **at)
{
    size_t head = head_size(value->entries);
    size_t start = group == 0 ? head : stm_load_le16(value->value.data + 2u * (size_t)group);
    *at = value->value.data + start;
    return start >= head && start < value->value.size;
}

/* First entry of a group. */
static stemma_status read_group(const stm_posting_value *value, uint32_t group,
                                stm_posting_entry *out)
{
    const uint8_t *at;
    return find_start(value, group, &at) ? read_entry(value, NULL, at, group * STM_GROUP, out)
                                         : STEMMA_E_DAMAGED;
}

stemma_status stm_posting_entry_first(const stm_posting_value *value, stm_posting_entry *out)
{
    return read_group(value, 0, out);
}

stemma_status stm_posting_entry_after(const stm_posting_value *value,
                                      const stm_posting_entry *entry, stm_posting_entry *out)
{
    const uint32_t index = entry->index + 1;
    const int is_near = value->form == STM_POSTING_NEAR && index % STM_GROUP != 0;
    return read_entry(value, is_near ? entry : NULL, entry->end, index, out);
}

int stm_posting_entry_is_of(const stm_posting_entry *entry, stemma_bytes list)
{
    if (entry->is_number) {
        return list.size == 4 && entry->number == stm_load_be32(list.data);
    }
    if (entry->of == NULL) {
        return entry->again;
    }
    return entry->list_size == list.size && memcmp(entry->of, list.data, entry->shared) == 0 &&
           (entry->rest.size == 0 ||
            memcmp(entry->rest.data, list.data + entry->shared, entry->rest.size) == 0);
}

void stm_posting_entry_list(const stm_posting_entry *entry, stm_list_key *list)
{
    if (entry->is_number) {
        stm_list_key_u32(list, entry->number);
        return;
    }
    if (entry->of != NULL && entry->shared != 0) {
        memcpy(list->data, entry->of, entry->shared);
    }
    if (entry->rest.size != 0) {
        memcpy(list->data + entry->shared, entry->rest.data, entry->rest.size);
    }
    list->size = entry->list_size;
}

/* ---- Search ---------------------------------------------------------------------------------- */

/* How a list key stands to the one that is looked for. */
typedef struct standing {
    size_t same; /* bytes at their beginning that are the same */
    int order;   /* <0 before it, 0 the same, >0 behind */
} standing;

/* What is looked for in a value. */
typedef struct search {
    uint8_t list[STM_LIST_KEY_LIMIT + 8]; /* and zeros, to be compared eight at a time */
    size_t size;
    uint32_t number; /* list keys of 4 bytes */
    uint32_t id;
    standing record; /* of the record's list key */
} search;

/* Bytes that two texts of `size` have in common at their beginning. Of `b` eight more may be read, of `a` up
   to `limit`. */
static size_t common_bytes(const uint8_t *a, const uint8_t *limit, const uint8_t *b, size_t size)
{
    size_t same = 0;
    if (limit - a >= 8) {
        const uint64_t differ = stm_load_le64(a) ^ stm_load_le64(b);
        same = differ != 0 ? (size_t)__builtin_ctzll(differ) / 8 : 8;
        if (same < 8 || size <= 8) {
            return same < size ? same : size;
        }
    }
    while (same < size && a[same] == b[same]) {
        same++;
    }
    return same;
}

/* How a list key stands that shares `shared` bytes with one that stands as `of`, and then has `rest`. */
static standing stand(const search *wanted, standing of, size_t shared, stemma_bytes rest,
                      const uint8_t *limit)
{
    standing at;
    size_t left, both;
    if (shared > of.same) {
        return of; /* it differs where that one does */
    }
    left = wanted->size - shared;
    both = left < rest.size ? left : rest.size;
    at.same = common_bytes(rest.data, limit, wanted->list + shared, both);
    at.order = at.same < both ? rest.data[at.same] - wanted->list[shared + at.same]
                              : (rest.size > left) - (rest.size < left);
    at.same += shared;
    return at;
}

/* How the entry stands. `of`: how the one before it does. */
static standing stand_entry(const stm_posting_value *value, const search *wanted,
                            const stm_posting_entry *entry, standing of)
{
    if (entry->is_number) {
        of.order = (entry->number > wanted->number) - (entry->number < wanted->number);
        return of;
    }
    return stand(wanted, entry->of != NULL ? wanted->record : of, entry->shared, entry->rest,
                 value->value.data + value->value.size);
}

/* Whether (list, id) of an entry comes before. */
static int is_before(const search *wanted, const stm_posting_entry *entry, standing at)
{
    return at.order < 0 || (at.order == 0 && entry->id < wanted->id);
}

static void begin_search(search *wanted, const stm_posting_value *value, stemma_bytes list,
                         uint32_t id)
{
    wanted->id = id;
    wanted->record = (standing){0, 0};
    if (value->list_size == 4) {
        wanted->number = list.size == 4 ? stm_load_be32(list.data) : 0;
        return;
    }
    memcpy(wanted->list, list.data, list.size);
    memset(wanted->list + list.size, 0, 8);
    wanted->size = list.size;
    wanted->record = stand(wanted, wanted->record, 0, value->list, value->list.data);
}

/* The group in which the place is: the last that begins before, else the first. Whether one does. Only of one
   that begins with the list is more read than its list key. */
static stemma_status find_group(const stm_posting_value *value, const search *wanted, uint32_t *group,
                                int *found)
{
    uint32_t low = 0, high = (value->entries - 1) / STM_GROUP + 1;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        stm_reader reader = {NULL, value->value.data + value->value.size};
        stm_posting_entry entry;
        standing at;
        if (!find_start(value, middle, &reader.at) || !read_list(value, NULL, &reader, &entry)) {
            return STEMMA_E_DAMAGED;
        }
        at = stand_entry(value, wanted, &entry, wanted->record);
        if (at.order == 0 &&
            stm_chunk_open(reader.at, reader.end, value->form, &entry) != STEMMA_OK) {
            return STEMMA_E_DAMAGED;
        }
        if (is_before(wanted, &entry, at)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    *found = low != 0;
    *group = low != 0 ? low - 1 : 0;
    return STEMMA_OK;
}

/* The entry, found; by whose list key its own is told is no matter any more. */
static void settle(stm_posting_entry *entry, standing at)
{
    entry->of = NULL;
    entry->again = at.order == 0;
}

stemma_status stm_posting_find(const stm_posting_value *value, stemma_bytes list, uint32_t id,
                               uint32_t *index, stm_posting_entry *entry)
{
    search wanted;
    standing at;
    uint32_t group;
    int before;
    begin_search(&wanted, value, list, id);
    if (find_group(value, &wanted, &group, &before) != STEMMA_OK ||
        read_group(value, group, entry) != STEMMA_OK) {
        return STEMMA_E_DAMAGED;
    }
    at = stand_entry(value, &wanted, entry, wanted.record);
    *index = entry->index;
    while (before) {
        stm_posting_entry next;
        standing next_at;
        if (*index + 1 == value->entries) {
            *index += at.order == 0 ? 0 : 1;
            break;
        }
        if (stm_posting_entry_after(value, entry, &next) != STEMMA_OK) {
            return STEMMA_E_DAMAGED;
        }
        next_at = stand_entry(value, &wanted, &next, at);
        before = is_before(&wanted, &next, next_at);
        if (before || at.order != 0) {
            *entry = next;
            at = next_at;
            ++*index;
        }
    }
    settle(entry, at);
    return STEMMA_OK;
}

/* ---- Check ----------------------------------------------------------------------------------- */

/* Order of two list keys; a last one that is empty was none. */
static int list_order(stemma_bytes list, stemma_bytes last)
{
    const size_t common = list.size < last.size ? list.size : last.size;
    const int order = common != 0 ? memcmp(list.data, last.data, common) : 0;
    return order != 0 ? order : (list.size > last.size) - (list.size < last.size);
}

static size_t shared_prefix(stemma_bytes a, stemma_bytes b)
{
    size_t shared = 0;
    while (shared < a.size && shared < b.size && a.data[shared] == b.data[shared]) {
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

/* Whether the list key of an entry, which is `list`, is as a writer puts it. `last`: of the entry before, or
   of the record before. */
static int list_is_right(const stm_posting_value *value, const stm_posting_entry *entry,
                         stemma_bytes list, stemma_bytes last)
{
    return list_order(list, last) >= 0 &&
           (entry->is_number ||
            shared_prefix(entry->of != NULL ? value->list : last, list) == entry->shared) &&
           (value->list_size != 0 || memchr(list.data, 0, list.size) == NULL) &&
           (entry->index != 0 || list_order(list, value->list) == 0);
}

stemma_status stm_posting_check(const stm_posting_value *value, stm_list_key *last_list,
                                uint32_t *last_id, uint32_t *last_payload)
{
    uint32_t ids[STM_CHUNK_LIMIT], payloads[STM_CHUNK_LIMIT];
    size_t next = head_size(value->entries);
    stm_posting_entry entry;
    stm_list_key list;
    for (uint32_t index = 0; index < value->entries; index++) {
        stemma_status status = index == 0 ? stm_posting_entry_first(value, &entry)
                                          : stm_posting_entry_after(value, &entry, &entry);
        int again;
        if (!offset_is_right(value, index, next) || status != STEMMA_OK ||
            stm_chunk_decode(&entry, ids, payloads) != STEMMA_OK) {
            return STEMMA_E_DAMAGED;
        }
        next = (size_t)(entry.end - value->value.data);
        stm_posting_entry_list(&entry, &list);
        if (!list_is_right(value, &entry, stm_list_key_bytes(&list), stm_list_key_bytes(last_list)) ||
            (index == 0 && (ids[0] != value->id || payloads[0] != value->payload))) {
            return STEMMA_E_DAMAGED;
        }
        again = list_order(stm_list_key_bytes(&list), stm_list_key_bytes(last_list)) == 0;
        for (uint32_t i = 0; i < entry.count; i++) {
            if ((again || i != 0) &&
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
