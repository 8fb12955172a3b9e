/* SPDX-License-Identifier: MIT */
/* The plain key of a name. */
#include "bytes.h"
#include "name/fold_script.h"
#include "name/name_token.h"
#include "stemma/name.h"

#include <utf8proc.h>

/* A key under construction. `size` counts a pending space only once a letter follows it. */
struct fold_output {
    char *data;
    size_t size;
    uint8_t space; /* a word has ended */
    uint8_t full;
};

static void fold_put(struct fold_output *output, const char *bytes, size_t size)
{
    if (size == 0 || output->full) {
        return;
    }
    size_t gap = output->space && output->size > 0 ? 1 : 0;
    if (output->size + gap + size > STM_NAME_PLAIN_SIZE) {
        output->full = 1;
        return;
    }
    if (gap) {
        output->data[output->size++] = ' ';
    }
    output->space = 0;
    memcpy(output->data + output->size, bytes, size);
    output->size += size;
}

/* What an ASCII character becomes: itself, in lower case; SPACE; or nothing. */
#define SPACE   1
#define NOTHING 2
#define ROW8    SPACE, SPACE, SPACE, SPACE, SPACE, SPACE, SPACE, SPACE
static const char FOLD_ASCII[128] = {
    ROW8,  ROW8,    ROW8,  ROW8,  SPACE, SPACE, SPACE, SPACE, SPACE, SPACE, SPACE, NOTHING,
    ROW8,  '0',     '1',   '2',   '3',   '4',   '5',   '6',   '7',   '8',   '9',   SPACE,
    SPACE, SPACE,   SPACE, SPACE, SPACE, SPACE, 'a',   'b',   'c',   'd',   'e',   'f',
    'g',   'h',     'i',   'j',   'k',   'l',   'm',   'n',   'o',   'p',   'q',   'r',
    's',   't',     'u',   'v',   'w',   'x',   'y',   'z',   SPACE, SPACE, SPACE, SPACE,
    SPACE, NOTHING, 'a',   'b',   'c',   'd',   'e',   'f',   'g',   'h',   'i',   'j',
    'k',   'l',     'm',   'n',   'o',   'p',   'q',   'r',   's',   't',   'u',   'v',
    'w',   'x',     'y',   'z',   SPACE, SPACE, SPACE, SPACE, SPACE};

/* How many of eight bytes, from the first on, are ASCII letters. `lower` is the bytes with bit 5
   set, which makes letters lower case. */
static unsigned leading_letters(uint64_t bytes, uint64_t lower)
{
    uint64_t top = UINT64_C(0x8080808080808080);
    uint64_t not_below_a = (lower & ~top) + UINT64_C(0x1f1f1f1f1f1f1f1f);
    uint64_t above_z = (lower & ~top) + UINT64_C(0x0505050505050505);
    uint64_t others = ~(not_below_a & ~above_z & ~bytes) & top;
    return others == 0 ? 8u : (unsigned)__builtin_ctzll(others) / 8u;
}

/* Folds ASCII characters from `i` on, as stm_name_fold() does with tables for all characters, up to
   one that needs to look around. Returns where it stopped; `*letters` and `*previous` go on. */
static size_t fold_ascii(struct fold_output *output, const uint8_t *data, size_t i, size_t size,
                         size_t *letters, int32_t *previous)
{
    char *out = output->data;
    size_t used = output->size, word = *letters, start = i;
    int space = output->space;
    while (i < size && used + 9u <= STM_NAME_PLAIN_SIZE) {
        if (size - i >= 8u) {
            uint64_t bytes = stm_load_le64(data + i);
            uint64_t lower = bytes | UINT64_C(0x2020202020202020);
            unsigned count = leading_letters(bytes, lower);
            if (count != 0) {
                out[used] = ' ';
                used += (size_t)(space && used > 0);
                space = 0;
                memcpy(out + used, &lower, sizeof lower);
                used += count;
                word += count;
                i += count;
                if (count == 8u) {
                    continue;
                }
            }
        }
        if (data[i] >= 0x80 || data[i] == '.') {
            break;
        }
        char folded = FOLD_ASCII[data[i++]];
        if (folded > NOTHING) {
            out[used] = ' ';
            used += (size_t)(space && used > 0);
            space = 0;
            out[used++] = folded;
            word++;
        } else if (folded == SPACE) {
            space = 1;
            word = 0;
        }
    }
    if (i != start) {
        *previous = data[i - 1];
    }
    *letters = word;
    output->size = used;
    output->space = (uint8_t)space;
    return i;
}

static int is_word_category(utf8proc_category_t category)
{
    return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
           (category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_NO);
}

static int is_apostrophe(int32_t code)
{
    return code == '\'' || code == '`' || code == 0x2019 || code == 0x2018 || code == 0x201B ||
           (code >= 0x02B9 && code <= 0x02BF) || code == 0x00B4 || code == 0x05F3 || code == 0x05F4;
}

/* One code point that is no punctuation, lower-cased, taken apart, written in Latin. */
static void fold_code(struct fold_output *output, int32_t code)
{
    const char *latin = stm_fold_latin(code);
    if (latin != NULL) {
        fold_put(output, latin, strlen(latin));
        return;
    }
    int32_t parts[32];
    int last_boundary = 0;
    utf8proc_ssize_t count = utf8proc_decompose_char(
        code, parts, 32,
        (utf8proc_option_t)(UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD |
                            UTF8PROC_STRIPMARK | UTF8PROC_IGNORE),
        &last_boundary);
    for (utf8proc_ssize_t i = 0; i < count && i < 32; i++) {
        latin = stm_fold_latin(parts[i]);
        if (latin != NULL) {
            fold_put(output, latin, strlen(latin));
        } else if (is_word_category(utf8proc_category(parts[i]))) {
            uint8_t bytes[4];
            utf8proc_ssize_t size = utf8proc_encode_char(parts[i], bytes);
            fold_put(output, (const char *)bytes, (size_t)size);
        } else {
            output->space = 1;
        }
    }
}

/* Whether the full stop at `position` belongs to an abbreviation of single letters: what stands
   after it is one letter followed by a stop, a space or the end. */
static int stop_vanishes(const uint8_t *data, size_t size, size_t position, size_t letters_before)
{
    if (letters_before != 1) {
        return 0;
    }
    int32_t code;
    utf8proc_ssize_t step =
        utf8proc_iterate(data + position + 1, (utf8proc_ssize_t)(size - position - 1), &code);
    if (step <= 0 || !is_word_category(utf8proc_category(code))) {
        return step <= 0; /* the final stop leaves no mark either way */
    }
    size_t next = position + 1 + (size_t)step;
    step = utf8proc_iterate(data + next, (utf8proc_ssize_t)(size - next), &code);
    return step <= 0 || !is_word_category(utf8proc_category(code));
}

/* The longest prefix of at most STEMMA_NAME_READ bytes that ends between characters. */
static size_t readable_size(stemma_text name)
{
    size_t size = name.size;
    if (size > STEMMA_NAME_READ) {
        size = STEMMA_NAME_READ;
        while (size > 0 && ((uint8_t)name.data[size] & 0xC0) == 0x80) {
            size--;
        }
    }
    return size;
}

stemma_status stm_name_fold(stemma_text name, char out[STM_NAME_PLAIN_SIZE], size_t *out_size)
{
    *out_size = 0;
    const uint8_t *data = (const uint8_t *)name.data;
    size_t size = readable_size(name);
    struct fold_output output = {out, 0, 0, 0};
    size_t letters = 0; /* of the present word */
    int32_t previous = 0;
    for (size_t i = 0; i < size && !output.full;) {
        int32_t code;
        i = fold_ascii(&output, data, i, size, &letters, &previous);
        if (i == size) {
            break;
        }
        utf8proc_ssize_t step = utf8proc_iterate(data + i, (utf8proc_ssize_t)(size - i), &code);
        if (step <= 0) {
            return STEMMA_E_INVALID;
        }
        size_t next = i + (size_t)step;
        code = utf8proc_tolower(code);
        int32_t mark;
        utf8proc_ssize_t mark_step =
            utf8proc_iterate(data + next, (utf8proc_ssize_t)(size - next), &mark);
        if (mark_step > 0 && stm_fold_compose(code, mark) != 0) {
            code = stm_fold_compose(code, mark);
            next += (size_t)mark_step;
        }
        if (code == '.' && stop_vanishes(data, size, i, letters)) {
            letters = 0;
        } else if (is_apostrophe(code)) {
            /* vanishes inside a word, and at its edge there is a space anyway */
        } else if (code == 0x03C5 && previous == 0x03BF) { /* Greek ou */
            fold_put(&output, "u", 1);
        } else if (is_word_category(utf8proc_category(code)) || code > 0x7F) {
            if (!is_word_category(utf8proc_category(code))) {
                letters = 0;
            } else {
                letters++;
            }
            fold_code(&output, code);
            if (letters == 2 && code == 0x0644 && previous == 0x0627) {
                output.space = 1; /* the Arabic article, which Latin spellings set apart */
            }
        } else {
            output.space = 1;
            letters = 0;
        }
        previous = code;
        i = next;
    }
    *out_size = output.size;
    return STEMMA_OK;
}

stemma_status stemma_name_fold(stemma_text name, char *out, size_t capacity, size_t *size)
{
    char plain[STM_NAME_PLAIN_SIZE];
    if (capacity >= sizeof plain) {
        return stm_name_fold(name, out, size);
    }
    stemma_status status = stm_name_fold(name, plain, size);
    if (status != STEMMA_OK) {
        return status;
    }
    if (*size > capacity) {
        *size = 0;
        return STEMMA_E_NO_SPACE;
    }
    if (*size != 0) {
        memcpy(out, plain, *size);
    }
    return STEMMA_OK;
}
