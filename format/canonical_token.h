/* SPDX-License-Identifier: MIT */
/* One step over a record, for the check of canonical_check.c and the cursor of canonical.c. Pure. */
#ifndef STEMMA_FORMAT_CANONICAL_TOKEN_H
#define STEMMA_FORMAT_CANONICAL_TOKEN_H

#include "canonical.h"

typedef struct token {
    stm_mp_kind kind;
    uint64_t number; /* of UINT; bits of NEGATIVE; size of TEXT and BINARY; count of containers */
    const uint8_t *data; /* of TEXT and BINARY */
} token;

/* A big-endian number of `width` bytes at *at, which is then behind it. */
static inline bool take_number(const uint8_t **at, const uint8_t *end, unsigned width, uint64_t *number)
{
    if ((size_t)(end - *at) < width) {
        return false;
    }
    uint64_t value = 0;
    for (unsigned i = 0; i < width; i++) {
        value = value << 8 | (*at)[i];
    }
    *at += width;
    *number = value;
    return true;
}

/* Which kind a wide form (C4..DF) is, how many bytes its number has and what the number must at
   least be to need the form. */
typedef struct wide_form {
    uint8_t kind;
    uint8_t width;
    uint32_t least;
} wide_form;

static const wide_form wide_forms[32] = {
    [0xc4 - 0xc0] = {STM_MP_BINARY, 1, 0},
    [0xc5 - 0xc0] = {STM_MP_BINARY, 2, 0x100},
    [0xc6 - 0xc0] = {STM_MP_BINARY, 4, 0x10000},
    [0xcc - 0xc0] = {STM_MP_UINT, 1, 0x80},
    [0xcd - 0xc0] = {STM_MP_UINT, 2, 0x100},
    [0xce - 0xc0] = {STM_MP_UINT, 4, 0x10000},
    [0xd0 - 0xc0] = {STM_MP_NEGATIVE, 1, 0},
    [0xd1 - 0xc0] = {STM_MP_NEGATIVE, 2, 0},
    [0xd2 - 0xc0] = {STM_MP_NEGATIVE, 4, 0},
    [0xd3 - 0xc0] = {STM_MP_NEGATIVE, 8, 0},
    [0xd9 - 0xc0] = {STM_MP_TEXT, 1, 0x20},
    [0xda - 0xc0] = {STM_MP_TEXT, 2, 0x100},
    [0xdb - 0xc0] = {STM_MP_TEXT, 4, 0x10000},
    [0xdc - 0xc0] = {STM_MP_ARRAY, 2, 0x10},
    [0xdd - 0xc0] = {STM_MP_ARRAY, 4, 0x10000},
    [0xde - 0xc0] = {STM_MP_MAP, 2, 0x10},
    [0xdf - 0xc0] = {STM_MP_MAP, 4, 0x10000},
    [0xcf - 0xc0] = {STM_MP_UINT, 8, 0}, /* least is 2^32: checked apart */
};

/* Sign-extends a number of `width` bytes; false when it is not below what fits a shorter form. */
static inline bool negative_fits(uint64_t raw, unsigned width, uint64_t *number)
{
    static const int64_t bound[9] = {[1] = -32, [2] = INT8_MIN, [4] = INT16_MIN, [8] = INT32_MIN};
    unsigned unused = 64 - 8 * width;
    uint64_t shifted = raw << unused;
    int64_t value;
    memcpy(&value, &shifted, sizeof value);
    value >>= unused;
    memcpy(number, &value, sizeof value);
    return value < bound[width];
}

/* Reads one token head (and the data of texts and binaries). NULL, or the code of what is wrong;
 *at has then not moved. */
static inline const char *take_token(const uint8_t **at, const uint8_t *end, token *out)
{
    const uint8_t *next = *at;
    if (next == end) {
        return "RECORD_TRUNCATED";
    }
    uint8_t head = *next++;
    if (head < 0x80) {
        out->kind = STM_MP_UINT;
        out->number = head;
    } else if (head >= 0xe0) {
        int64_t value = (int64_t)head - 0x100;
        out->kind = STM_MP_NEGATIVE;
        memcpy(&out->number, &value, sizeof value);
    } else if (head >= 0xc0) {
        if (head == 0xc3) {
            out->kind = STM_MP_TRUE;
            *at = next;
            return NULL;
        }
        wide_form form = wide_forms[head - 0xc0];
        uint64_t number = 0;
        if (form.width == 0) {
            return "RECORD_FORM";
        }
        if (!take_number(&next, end, form.width, &number)) {
            return "RECORD_TRUNCATED";
        }
        out->kind = (stm_mp_kind)form.kind;
        out->number = number;
        if (form.kind == STM_MP_NEGATIVE) {
            if (!negative_fits(number, form.width, &out->number)) {
                return "RECORD_FORM";
            }
        } else if (number < form.least || (form.width == 8 && number <= UINT32_MAX)) {
            return "RECORD_FORM";
        }
    } else if (head >= 0xa0) {
        out->kind = STM_MP_TEXT;
        out->number = head & 0x1f;
    } else if (head >= 0x90) {
        out->kind = STM_MP_ARRAY;
        out->number = head & 0x0f;
    } else {
        out->kind = STM_MP_MAP;
        out->number = head & 0x0f;
    }
    size_t left = (size_t)(end - next);
    switch (out->kind) {
    case STM_MP_TEXT:
    case STM_MP_BINARY:
        if (out->number > left) {
            return "RECORD_TRUNCATED";
        }
        out->data = next;
        next += out->number;
        break;
    case STM_MP_ARRAY:
        if (out->number > left) {
            return "RECORD_COUNT";
        }
        break;
    case STM_MP_MAP:
        if (out->number > left / 2) {
            return "RECORD_COUNT";
        }
        break;
    case STM_MP_END:
    case STM_MP_UINT:
    case STM_MP_NEGATIVE:
    case STM_MP_TRUE:
        break;
    }
    *at = next;
    return NULL;
}

#endif
