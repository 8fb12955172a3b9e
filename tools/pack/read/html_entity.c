/* SPDX-License-Identifier: MIT */
#include "pack/read/html_entity.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

#include "pack/read/words.h"

#define NAME_LIMIT 10u /* bytes between "&" and ";" */

static unsigned digit_of(char c)
{
    if (stm_is_digit(c)) {
        return (unsigned)(c - '0');
    }
    c = stm_to_lower(c);
    return c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10u : 16u;
}

/* "#39", "#x27"; 0 when it is none, or a control character. */
static unsigned numbered(stemma_text name)
{
    bool hexadecimal = name.size > 1 && stm_to_lower(name.data[1]) == 'x';
    unsigned base = hexadecimal ? 16u : 10u;
    size_t at = hexadecimal ? 2u : 1u;
    unsigned value = 0;
    if (at == name.size) {
        return 0;
    }
    for (; at < name.size; at++) {
        unsigned digit = digit_of(name.data[at]);
        if (digit >= base || value > 0x10FFFFu) {
            return 0;
        }
        value = value * base + digit;
    }
    return value >= 0xA0u || (value >= 0x20u && value < 0x7Fu) ? value : 0;
}

/* The character that `name` stands for, without its "&" and ";"; 0 when it stands for none. */
static unsigned referred(stemma_text name)
{
    char key[NAME_LIMIT + 1] = {0};
    if (name.size == 0) {
        return 0;
    }
    if (name.data[0] == '#') {
        return numbered(name);
    }
    memcpy(key, name.data, name.size);
    if (strcmp(key, "apos") == 0) {
        return '\''; /* of HTML 5; libxml2 knows those of HTML 4 */
    }
    const htmlEntityDesc *known = htmlEntityLookup((const xmlChar *)key);
    return known != NULL ? known->value : 0;
}

/* The reference that begins at `at`: its character, and where it ends. 0 when there is none. */
static unsigned reference_at(stemma_text text, size_t at, size_t *end)
{
    size_t last = text.size - at > NAME_LIMIT + 2 ? at + NAME_LIMIT + 2 : text.size;
    for (size_t i = at + 1; i < last; i++) {
        if (text.data[i] == ';') {
            unsigned character = referred(stm_slice(text, at + 1, i));
            *end = i + 1;
            return character != 0 && IS_CHAR(character) ? character : 0;
        }
    }
    return 0;
}

stemma_text stm_html_decode(struct stm_arena *arena, stemma_text text, stemma_status *status)
{
    if (text.size == 0 || memchr(text.data, '&', text.size) == NULL) {
        return text;
    }
    /* A reference is never shorter than its character. */
    char *out = stm_arena_alloc(arena, text.size, 1);
    size_t size = 0;
    if (out == NULL) {
        *status = STEMMA_E_NO_MEMORY;
        return (stemma_text){NULL, 0};
    }
    for (size_t at = 0; at < text.size;) {
        size_t end = at + 1;
        unsigned character = text.data[at] == '&' ? reference_at(text, at, &end) : 0;
        if (character != 0) {
            size += (size_t)xmlCopyCharMultiByte((xmlChar *)out + size, (int)character);
            at = end;
        } else {
            out[size++] = text.data[at++];
        }
    }
    return (stemma_text){out, size};
}
