/* SPDX-License-Identifier: MIT */
/* The check of a whole record. Reading is in canonical.c. */
#include "canonical_token.h"
#include "limits.h"
#include "utf8.h"

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
