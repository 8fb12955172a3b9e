/* SPDX-License-Identifier: MIT */
#include "key.h"

#include "bytes.h"

void stm_key_u32(uint8_t out[4], uint32_t number)
{
    stm_store_be32(out, number);
}

void stm_key_u32x2(uint8_t out[8], uint32_t first, uint32_t second)
{
    stm_store_be32(out, first);
    stm_store_be32(out + 4, second);
}

void stm_key_u64(uint8_t out[8], uint64_t number)
{
    stm_store_be64(out, number);
}

stemma_status stm_key_read_u32(stemma_bytes key, uint32_t *number)
{
    if (key.size != 4) {
        return STEMMA_E_DAMAGED;
    }
    *number = stm_load_be32(key.data);
    return STEMMA_OK;
}

stemma_status stm_key_read_u32x2(stemma_bytes key, uint32_t *first, uint32_t *second)
{
    if (key.size != 8) {
        return STEMMA_E_DAMAGED;
    }
    *first = stm_load_be32(key.data);
    *second = stm_load_be32(key.data + 4);
    return STEMMA_OK;
}

stemma_status stm_key_read_u64(stemma_bytes key, uint64_t *number)
{
    if (key.size != 8) {
        return STEMMA_E_DAMAGED;
    }
    *number = stm_load_be64(key.data);
    return STEMMA_OK;
}

void stm_list_key_u32(stm_list_key *out, uint32_t number)
{
    stm_store_be32(out->data, number);
    out->size = 4;
}

void stm_list_key_membership(stm_list_key *out, uint8_t kind, uint32_t number)
{
    out->data[0] = kind;
    stm_store_be32(out->data + 1, number);
    out->size = 5;
}

/* Variable list keys end at their first 0x00, so none may be inside. */
static int is_plain(stemma_text text)
{
    return text.size != 0 && memchr(text.data, 0, text.size) == NULL;
}

stemma_status stm_list_key_text(stm_list_key *out, stemma_text text)
{
    if (!is_plain(text) || text.size > STM_TERM_LIMIT) {
        return STEMMA_E_INVALID;
    }
    memcpy(out->data, text.data, text.size);
    out->size = text.size;
    return STEMMA_OK;
}

stemma_status stm_list_key_pair(stm_list_key *out, stemma_text first, stemma_text second)
{
    if (!is_plain(first) || !is_plain(second) || first.size > STM_TERM_LIMIT ||
        second.size > STM_TERM_LIMIT || first.size + 1 + second.size >= STM_LIST_KEY_LIMIT) {
        return STEMMA_E_INVALID;
    }
    memcpy(out->data, first.data, first.size);
    out->data[first.size] = STM_PAIR_BETWEEN;
    memcpy(out->data + first.size + 1, second.data, second.size);
    out->size = first.size + 1 + second.size;
    return STEMMA_OK;
}

void stm_list_key_common(stm_list_key *pair)
{
    pair->data[pair->size++] = STM_PAIR_COMMON; /* stm_list_key_pair() left room */
}

void stm_list_key_level(stm_list_key *out)
{
    out->data[0] = STM_PAIR_BETWEEN;
    out->size = 1;
}

size_t stm_key_posting(uint8_t *out, stemma_bytes list, uint32_t id, uint32_t payload)
{
    if (list.size != 0) {
        memcpy(out, list.data, list.size);
    }
    out[list.size] = 0;
    stm_store_be32(out + list.size + 1, id);
    stm_store_be32(out + list.size + 5, payload);
    return list.size + 9;
}

stemma_status stm_key_read_posting(stemma_bytes key, size_t list_size, stemma_bytes *list,
                                   uint32_t *id, uint32_t *payload)
{
    size_t size;
    if (key.size < 10 || key.size > STM_POSTING_KEY_LIMIT) {
        return STEMMA_E_DAMAGED;
    }
    size = key.size - 9;
    if (key.data[size] != 0 || (list_size != 0 && size != list_size) ||
        (list_size == 0 && memchr(key.data, 0, size) != NULL)) {
        return STEMMA_E_DAMAGED;
    }
    list->data = key.data;
    list->size = size;
    *id = stm_load_be32(key.data + size + 1);
    *payload = stm_load_be32(key.data + size + 5);
    return STEMMA_OK;
}
