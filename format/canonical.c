/* SPDX-License-Identifier: MIT */
/* Checking and reading; writing is in canonical_write.c. msgpack-c's own unpacker is not used: it
   believes the counts that a record declares and checks neither form nor text. */
#include "canonical.h"

#include "limits.h"
#include "utf8.h"

/* ---- Tokens: one step for both the check and the cursor ---- */

typedef struct token {
    stm_mp_kind kind;
    uint64_t number; /* of UINT; bits of NEGATIVE; size of TEXT and BINARY; count of containers */
    const uint8_t *data; /* of TEXT and BINARY */
} token;

/* A big-endian number of `width` bytes at *at, which is then behind it. */
static bool take_number(const uint8_t **at, const uint8_t *end, unsigned width, uint64_t *number)
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
static bool negative_fits(uint64_t raw, unsigned width, uint64_t *number)
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
static const char *take_token(const uint8_t **at, const uint8_t *end, token *out)
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

/* ---- The check ---- */

typedef struct level {
    uint64_t left;  /* values still to come; of a map keys count, too */
    uint64_t least; /* least key that may come next in a map */
    bool map;
} level;

static const char *check_key(level *top, const token *key)
{
    if (key->kind != STM_MP_UINT || key->number > 127) {
        return "MAP_KEY";
    }
    if (key->number < top->least) {
        return "MAP_ORDER";
    }
    top->least = key->number + 1;
    return NULL;
}

/* Whether a text of fewer than 32 bytes is ASCII without NUL; of one that lies near the end it is not said. */
static inline bool is_plainly_ascii(const uint8_t *text, unsigned size, const uint8_t *end)
{
    uint64_t odd = 0;
    if ((size_t)(end - text) < size + 8u) {
        return false;
    }
    for (; size >= 8; size -= 8, text += 8) {
        odd |= stm_utf8_odd(stm_load_le64(text));
    }
    /* What is behind it counts as the letters that it is not. */
    const uint64_t behind = UINT64_MAX << 8 * size;
    return (odd | stm_utf8_odd((stm_load_le64(text) & ~behind) | (behind & 0x0101010101010101u))) == 0;
}

/* Passes over what nearly all values are: a number below 128, or a short ASCII text. */
static inline bool pass_usual(const uint8_t **at, const uint8_t *end)
{
    const uint8_t *next = *at;
    const unsigned head = next != end ? *next : 0xc0;
    if (head < 0x80) {
        *at = next + 1;
        return true;
    }
    const unsigned size = head & 0x1f;
    if (head >> 5 != 5 || !is_plainly_ascii(next + 1, size, end)) {
        return false;
    }
    *at = next + 1 + size;
    return true;
}

static inline bool pass_usual_key(const uint8_t **at, const uint8_t *end, level *top)
{
    const unsigned key = *at != end ? **at : 0xc0;
    if (key >= 0x80 || key < top->least) {
        return false;
    }
    top->least = key + 1u;
    *at += 1;
    return true;
}

static const char *check_text(const token *text)
{
    stemma_text view = {(const char *)text->data, (size_t)text->number};
    return stm_utf8_valid(view) ? NULL : "TEXT_NOT_UTF8";
}

stemma_status stm_mp_check(stemma_bytes record, stm_fault *fault)
{
    level stack[STEMMA_LIMIT_NESTING + 1];
    unsigned depth = 0;
    const uint8_t *start = record.data;
    const uint8_t *at = start;
    const uint8_t *end = record.size != 0 ? start + record.size : start;
    const char *code = NULL;
    stack[0] = (level){1, 0, false};
    while (code == NULL) {
        level *top = &stack[depth];
        if (top->left == 0) {
            if (depth == 0) {
                break;
            }
            depth--;
            continue;
        }
        bool is_key = top->map && top->left % 2 == 0;
        if (is_key ? pass_usual_key(&at, end, top) : pass_usual(&at, end)) {
            top->left--;
            continue;
        }
        const uint8_t *before = at;
        token item = {STM_MP_END, 0, NULL};
        code = take_token(&at, end, &item);
        if (code != NULL) {
            break;
        }
        top->left--;
        if (is_key) {
            code = check_key(top, &item);
        } else if (item.kind == STM_MP_TEXT) {
            code = check_text(&item);
        } else if (item.kind == STM_MP_ARRAY || item.kind == STM_MP_MAP) {
            if (depth == STEMMA_LIMIT_NESTING) {
                code = "RECORD_NESTING";
            } else {
                bool map = item.kind == STM_MP_MAP;
                stack[++depth] = (level){map ? 2 * item.number : item.number, 0, map};
            }
        }
        if (code != NULL) {
            at = before;
        }
    }
    if (code == NULL && at != end) {
        code = "RECORD_TRAILING";
    }
    if (code != NULL) {
        return stm_fault_set(fault, STEMMA_E_DAMAGED, code, (size_t)(at - start));
    }
    return STEMMA_OK;
}

/* ---- The cursor ---- */

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
