/* SPDX-License-Identifier: MIT */
/* Reading; the check is in canonical_check.c, writing in canonical_write.c. msgpack-c's own unpacker is not used: it
   believes the counts that a record declares and checks neither form nor text. */
#include "canonical_token.h"

stm_mp stm_mp_over(stemma_bytes record)
{
    stm_mp mp = {record.data, record.data, record.data, NULL, 0};
    if (record.size != 0) {
        mp.end += record.size;
    }
    return mp;
}

void stm_mp_fail(stm_mp *mp, const char *code)
{
    if (mp->code == NULL) {
        mp->code = code;
        mp->fault_offset = (size_t)(mp->at - mp->start);
    }
}

static const token nothing = {STM_MP_END, 0, NULL};

/* The next token if it is of `kind`, else nothing with the fault latched. */
static token take(stm_mp *mp, stm_mp_kind kind)
{
    token item = nothing;
    if (mp->code != NULL) {
        return item;
    }
    const uint8_t *at = mp->at;
    const char *code = take_token(&at, mp->end, &item);
    if (code == NULL && item.kind != kind) {
        code = "RECORD_TYPE";
    }
    if (code != NULL) {
        stm_mp_fail(mp, code);
        return nothing;
    }
    mp->at = at;
    return item;
}

stm_mp_kind stm_mp_peek(stm_mp *mp)
{
    token item = nothing;
    const uint8_t *at = mp->at;
    if (mp->code != NULL || at == mp->end || take_token(&at, mp->end, &item) != NULL) {
        return STM_MP_END;
    }
    return item.kind;
}

/* Most values are one byte: a number below 128 or from -32 on. */
static inline bool is_one_byte(const stm_mp *mp)
{
    return mp->code == NULL && mp->at != mp->end && (*mp->at < 0x80 || *mp->at >= 0xe0);
}

uint64_t stm_mp_uint(stm_mp *mp, uint64_t maximum)
{
    if (is_one_byte(mp) && *mp->at < 0x80 && *mp->at <= maximum) {
        return *mp->at++;
    }
    token item = take(mp, STM_MP_UINT);
    if (item.number > maximum) {
        stm_mp_fail(mp, "NUMBER_OUT_OF_RANGE");
        return 0;
    }
    return item.number;
}

int64_t stm_mp_int(stm_mp *mp, int64_t minimum, int64_t maximum)
{
    int64_t value = 0;
    if (stm_mp_peek(mp) == STM_MP_NEGATIVE) {
        token item = take(mp, STM_MP_NEGATIVE);
        memcpy(&value, &item.number, sizeof value);
    } else {
        value = (int64_t)stm_mp_uint(mp, INT64_MAX);
    }
    if (mp->code == NULL && (value < minimum || value > maximum)) {
        stm_mp_fail(mp, "NUMBER_OUT_OF_RANGE");
    }
    return mp->code == NULL ? value : 0;
}

bool stm_mp_true(stm_mp *mp)
{
    return take(mp, STM_MP_TRUE).kind == STM_MP_TRUE;
}

stemma_text stm_mp_text(stm_mp *mp, size_t limit)
{
    token item = take(mp, STM_MP_TEXT);
    if (item.number > limit) {
        stm_mp_fail(mp, "TEXT_TOO_LONG");
        item = nothing;
    }
    stemma_text view = {(const char *)item.data, (size_t)item.number};
    return view;
}

stemma_bytes stm_mp_binary(stm_mp *mp)
{
    token item = take(mp, STM_MP_BINARY);
    stemma_bytes view = {item.data, (size_t)item.number};
    return view;
}

uint32_t stm_mp_array(stm_mp *mp)
{
    if (mp->code == NULL && mp->at != mp->end && (*mp->at & 0xf0) == 0x90 &&
        (*mp->at & 0x0f) < mp->end - mp->at) {
        return *mp->at++ & 0x0f;
    }
    return (uint32_t)take(mp, STM_MP_ARRAY).number;
}

uint32_t stm_mp_map(stm_mp *mp)
{
    return (uint32_t)take(mp, STM_MP_MAP).number;
}

uint32_t stm_mp_below(stm_mp *mp, uint32_t count)
{
    uint32_t number = stm_mp_u32(mp, UINT32_MAX);
    if (mp->code == NULL && number >= count) {
        stm_mp_fail(mp, "NUMBER_OUT_OF_RANGE");
    }
    return mp->code == NULL ? number : 0;
}

uint32_t stm_mp_below_or_none(stm_mp *mp, uint32_t count)
{
    uint32_t number = stm_mp_u32(mp, count);
    return number == 0 ? STEMMA_NONE : number - 1;
}

stemma_bytes stm_mp_skip(stm_mp *mp)
{
    const uint8_t *before = mp->at;
    /* Every value still to come takes at least a byte, so the sum of what is owed never passes the
       number of bytes that remain. */
    size_t owed = 1;
    while (owed != 0 && mp->code == NULL) {
        token item = nothing;
        const uint8_t *at = mp->at;
        owed--;
        if (is_one_byte(mp)) {
            mp->at++;
        } else {
            const char *code = take_token(&at, mp->end, &item);
            if (code != NULL) {
                stm_mp_fail(mp, code);
                break;
            }
            mp->at = at;
        }
        if (item.kind == STM_MP_ARRAY) {
            owed += (size_t)item.number;
        } else if (item.kind == STM_MP_MAP) {
            owed += 2 * (size_t)item.number;
        }
        if (owed > (size_t)(mp->end - mp->at)) {
            stm_mp_fail(mp, "RECORD_TRUNCATED");
        }
    }
    stemma_bytes view = {before, mp->code == NULL ? (size_t)(mp->at - before) : 0};
    return view;
}

void stm_mp_skip_items(stm_mp *mp, uint32_t count)
{
    for (; count != 0 && mp->code == NULL; count--) {
        if (is_one_byte(mp)) {
            mp->at++;
        } else {
            (void)stm_mp_skip(mp);
        }
    }
}

uint64_t stm_mp_present(stm_mp *mp, uint64_t maximum)
{
    uint64_t value = stm_mp_uint(mp, maximum);
    if (value == 0) {
        stm_mp_fail(mp, "FIELD_DEFAULT");
    }
    return value;
}

stemma_text stm_mp_present_text(stm_mp *mp, size_t limit)
{
    stemma_text value = stm_mp_text(mp, limit);
    if (value.size == 0) {
        stm_mp_fail(mp, "FIELD_DEFAULT");
    }
    return value;
}

stemma_bytes stm_mp_present_binary(stm_mp *mp)
{
    stemma_bytes value = stm_mp_binary(mp);
    if (value.size == 0) {
        stm_mp_fail(mp, "FIELD_DEFAULT");
    }
    return value;
}

uint32_t stm_mp_array_of(stm_mp *mp, uint32_t least, uint32_t most)
{
    uint32_t count = stm_mp_array(mp);
    if (mp->code == NULL && (count < least || count > most)) {
        stm_mp_fail(mp, "RECORD_LENGTH");
    }
    return mp->code == NULL ? count : 0;
}

void stm_mp_unknown(stm_mp *mp, uint32_t key)
{
    if (key < 64) {
        stm_mp_fail(mp, "UNKNOWN_FIELD");
    } else {
        (void)stm_mp_skip(mp);
    }
}

stemma_status stm_mp_finish(stm_mp *mp, stm_fault *fault)
{
    if (mp->at != mp->end) {
        stm_mp_fail(mp, "RECORD_TRAILING");
    }
    if (mp->code != NULL) {
        return stm_fault_set(fault, STEMMA_E_DAMAGED, mp->code, mp->fault_offset);
    }
    return STEMMA_OK;
}
