/* SPDX-License-Identifier: MIT */
/* The beginning of a claim's row, by hand: a file has millions of them. */
#include "claim_record.h"

#define ARRAY_OF_8 0x98u

/* Bytes of a number, or 0 when something else begins there. */
static size_t number_size(const uint8_t *at, const uint8_t *end)
{
    static const uint8_t wide[4] = {2, 3, 5, 9}; /* cc to cf */
    size_t size = at == end                       ? 0
                  : *at < 0x80                    ? 1
                  : *at >= 0xcc && *at <= 0xcf    ? wide[*at - 0xcc]
                                                  : 0;
    return size <= (size_t)(end - at) ? size : 0;
}

/* Bytes of a text, or 0. */
static size_t text_size(const uint8_t *at, const uint8_t *end)
{
    size_t left = (size_t)(end - at);
    size_t size = 0;
    if (left >= 1 && *at >= 0xa0 && *at < 0xc0) {
        size = 1u + (*at & 0x1fu);
    } else if (left >= 2 && *at == 0xd9) {
        size = 2u + at[1];
    } else if (left >= 3 && *at == 0xda) {
        size = 3u + (size_t)(at[1] * 256u + at[2]);
    }
    return size <= left ? size : 0;
}

/* The kind of the object that begins there; STEMMA_OBJECT_NONE + 1 when none does. */
static uint8_t kind_at(const uint8_t *at, const uint8_t *end)
{
    if (number_size(at, end) != 0) {
        return STEMMA_OBJECT_REFERENT;
    }
    if (text_size(at, end) != 0) {
        return STEMMA_OBJECT_TEXT;
    }
    return end - at >= 2 && *at > 0x90 && *at < 0xa0 && at[1] <= STEMMA_OBJECT_NONE
               ? at[1]
               : STEMMA_OBJECT_NONE + 1;
}

bool stm_claim_glance_at(stemma_bytes row, stm_claim_glance *out)
{
    const uint8_t *at = row.data;
    const uint8_t *end = row.size != 0 ? at + row.size : at;
    if (row.size == 0 || *at++ != ARRAY_OF_8) {
        return false;
    }
    for (int i = 0; i < 2; i++) { /* subject, predicate */
        size_t size = number_size(at, end);
        if (size == 0) {
            return false;
        }
        at += size;
    }
    out->kind = kind_at(at, end);
    out->object = (stemma_bytes){at, (size_t)(end - at)};
    return out->kind <= STEMMA_OBJECT_NONE;
}
