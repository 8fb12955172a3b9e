/* SPDX-License-Identifier: MIT */
/* The plain key of a name. */
#include "fold_script.h"
#include "name_token.h"
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

/* The same for one byte. */
static inline void fold_put_byte(struct fold_output *output, char byte)
{
    size_t gap = output->space && output->size > 0 ? 1 : 0;
    if (output->size + gap + 1 > STM_NAME_PLAIN_SIZE) {
        output->full = 1;
        return;
    }
    if (gap) {
        output->data[output->size++] = ' ';
    }
    output->space = 0;
    output->data[output->size++] = byte;
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
        if (data[i] < 0x80 && data[i] != '.') { /* as below, without the tables */
            uint8_t byte = data[i++];
            byte = byte >= 'A' && byte <= 'Z' ? (uint8_t)(byte | 0x20) : byte;
            if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9')) {
                letters++;
                fold_put_byte(&output, (char)byte);
            } else if (byte != '\'' && byte != '`') {
                output.space = 1;
                letters = 0;
            }
            previous = byte;
            continue;
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
