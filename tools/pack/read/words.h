/* SPDX-License-Identifier: MIT */
/**
 * @file words.h
 * Small tools over text views that every part of the read stage uses: ASCII classes that do not
 * depend on a locale, trimming, comparing without case, cutting into words. Pure functions.
 */
#ifndef STEMMA_PACK_WORDS_H
#define STEMMA_PACK_WORDS_H

#include <stdbool.h>

#include "common/arena.h"
#include "stemma/types.h"

static inline bool stm_is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline bool stm_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool stm_is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static inline bool stm_is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

/** A letter or any byte of a character beyond ASCII. */
static inline bool stm_is_letter(char c)
{
    return stm_is_upper(c) || stm_is_lower(c) || (unsigned char)c >= 0x80;
}

static inline char stm_to_lower(char c)
{
    return stm_is_upper(c) ? (char)(c - 'A' + 'a') : c;
}

/** The part of `text` from `start` up to `end`. */
static inline stemma_text stm_slice(stemma_text text, size_t start, size_t end)
{
    /* There may be no memory: of it only nothing can be taken. */
    stemma_text slice = {start != 0 ? text.data + start : text.data, end - start};
    return slice;
}

/** `text` without ASCII white space and no-break spaces at both ends. */
stemma_text stm_trim(stemma_text text);

/** Whether `text` is `word`, which is lower case, ignoring the case of ASCII letters. */
bool stm_is_word(stemma_text text, const char *word);

/** Whether `text` begins with `prefix`, which is lower case, ignoring the case of ASCII letters. */
bool stm_begins(stemma_text text, const char *prefix);

/** Whether `text` ends with `suffix`, exactly. */
bool stm_ends(stemma_text text, const char *suffix);

/** Where `needle`, lower case and not empty, first stands in `text`, ignoring ASCII case; SIZE_MAX
    when it does not. Meant for short texts. */
size_t stm_find(stemma_text text, const char *needle);

/** Whether `text` is one of the `count` words, which are lower case. */
bool stm_is_one_of(stemma_text text, const char *const *words, size_t count);

/** The next run of letters, digits and inner apostrophes at or after `*at`, which moves behind it.
    False at the end. */
bool stm_next_word(stemma_text text, size_t *at, stemma_text *word);

/** A copy in the arena, trimmed, every run of white space one space, controls dropped, cut at
    `limit` bytes before a character. `*status` becomes STEMMA_E_NO_MEMORY when it is, and stays as
    it was otherwise. */
stemma_text stm_collapse(struct stm_arena *arena, stemma_text text, size_t limit,
                         stemma_status *status);

#endif
