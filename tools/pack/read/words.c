/* SPDX-License-Identifier: MIT */
#include "pack/read/words.h"

stemma_text stm_trim(stemma_text text)
{
    size_t start = 0;
    size_t end = text.size;
    for (;;) {
        if (start < end && stm_is_space(text.data[start])) {
            start++;
        } else if (end - start >= 2 && memcmp(text.data + start, "\xC2\xA0", 2) == 0) {
            start += 2;
        } else {
            break;
        }
    }
    for (;;) {
        if (end > start && stm_is_space(text.data[end - 1])) {
            end--;
        } else if (end - start >= 2 && memcmp(text.data + end - 2, "\xC2\xA0", 2) == 0) {
            end -= 2;
        } else {
            break;
        }
    }
    if (text.data == NULL) {
        return text;
    }
    return stm_slice(text, start, end);
}

bool stm_begins(stemma_text text, const char *prefix)
{
    size_t size = strlen(prefix);
    if (text.size < size) {
        return false;
    }
    for (size_t i = 0; i < size; i++) {
        if (stm_to_lower(text.data[i]) != prefix[i]) {
            return false;
        }
    }
    return true;
}

bool stm_is_word(stemma_text text, const char *word)
{
    return text.size == strlen(word) && stm_begins(text, word);
}

bool stm_ends(stemma_text text, const char *suffix)
{
    size_t size = strlen(suffix);
    return text.size >= size && memcmp(text.data + text.size - size, suffix, size) == 0;
}

size_t stm_find(stemma_text text, const char *needle)
{
    for (size_t at = 0; at < text.size; at++) {
        if (stm_begins(stm_slice(text, at, text.size), needle)) {
            return at;
        }
    }
    return SIZE_MAX;
}

bool stm_is_one_of(stemma_text text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (stm_is_word(text, words[i])) {
            return true;
        }
    }
    return false;
}

/* Punctuation beyond ASCII that must not stick to a word: general punctuation U+2000..U+206F, and
   the Latin-1 signs U+00A0..U+00BF. Returns its size, or 0. */
static size_t wide_punctuation(stemma_text text, size_t at)
{
    const unsigned char *bytes = (const unsigned char *)text.data + at;
    size_t left = text.size - at;
    if (left >= 3 && bytes[0] == 0xE2 && (bytes[1] == 0x80 || bytes[1] == 0x81)) {
        return 3;
    }
    if (left >= 2 && bytes[0] == 0xC2 && bytes[1] >= 0xA0 && bytes[1] <= 0xBF) {
        return 2;
    }
    return 0;
}

static bool is_apostrophe(stemma_text text, size_t at, size_t *size)
{
    if (text.data[at] == '\'') {
        *size = 1;
        return true;
    }
    *size = 3;
    return text.size - at >= 3 && memcmp(text.data + at, "\xE2\x80\x99", 3) == 0;
}

bool stm_next_word(stemma_text text, size_t *at, stemma_text *word)
{
    size_t start = *at;
    while (start < text.size) {
        size_t wide = wide_punctuation(text, start);
        if (wide != 0) {
            start += wide;
        } else if (stm_is_letter(text.data[start]) || stm_is_digit(text.data[start])) {
            break;
        } else {
            start++;
        }
    }
    size_t end = start;
    while (end < text.size) {
        size_t size;
        if (is_apostrophe(text, end, &size)) {
            size_t next = end + size;
            if (end > start && next < text.size && wide_punctuation(text, next) == 0 &&
                stm_is_letter(text.data[next])) {
                end = next;
                continue;
            }
            break;
        }
        if (wide_punctuation(text, end) != 0 ||
            !(stm_is_letter(text.data[end]) || stm_is_digit(text.data[end]))) {
            break;
        }
        end++;
    }
    *at = end;
    if (end == start) {
        return false;
    }
    *word = stm_slice(text, start, end);
    return true;
}

stemma_text stm_collapse(struct stm_arena *arena, stemma_text text, size_t limit,
                         stemma_status *status)
{
    stemma_text none = {NULL, 0};
    text = stm_trim(text);
    if (text.size == 0) {
        return none;
    }
    size_t bound = text.size < limit ? text.size : limit;
    char *copy = stm_arena_alloc(arena, bound, 1);
    if (copy == NULL) {
        *status = STEMMA_E_NO_MEMORY;
        return none;
    }
    size_t size = 0;
    bool space = false;
    for (size_t at = 0; at < text.size && size < bound; at++) {
        char c = text.data[at];
        if (stm_is_space(c)) {
            space = size != 0;
            continue;
        }
        if ((unsigned char)c < 0x20 || c == 0x7F) {
            continue;
        }
        if (space) {
            copy[size++] = ' ';
            space = false;
            if (size == bound) {
                break;
            }
        }
        copy[size++] = c;
    }
    if (size == bound && text.size > limit) {
        /* The cut may have gone through a character: drop its beginning. */
        size_t back = size;
        while (back > 0 && ((unsigned char)copy[back - 1] & 0xC0) == 0x80) {
            back--;
        }
        if (back > 0 && (unsigned char)copy[back - 1] >= 0xC0) {
            unsigned char lead = (unsigned char)copy[back - 1];
            size_t want = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
            if (size - back + 1 < want) {
                size = back - 1;
            }
        }
    }
    stemma_text result = {copy, size};
    return stm_trim(result);
}
