/* SPDX-License-Identifier: MIT */
#include "read/term.h"

#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "base/stemmer.h"

/* Bytes of a word that are looked at: more than a term can hold, few enough for the stack. */
#define WORD_READ 192u
/* Code points those may decompose to: one of three bytes becomes at most 18. */
#define WORD_CODES (WORD_READ / 3u * 18u)
/* Bytes while a word is folded but not yet cut to STM_TERM_LIMIT. */
#define WORD_BYTES (WORD_CODES * 4u)

typedef struct language {
    char tag[4];
    const char *algorithm;
} language;

/* Index = what stm_word_language() returns. Two tags may name one stemmer. */
static const language languages[STM_WORD_LANGUAGES] = {
    {"da", "danish"},    {"de", "german"},     {"en", "english"}, {"es", "spanish"},
    {"fi", "finnish"},   {"fr", "french"},     {"it", "italian"}, {"nl", "dutch"},
    {"nb", "norwegian"}, {"pt", "portuguese"}, {"ru", "russian"}, {"sv", "swedish"},
};

struct stm_word_maker {
    stm_stemmer *stemmer; /* NULL: none */
    int joins_apostrophe;       /* "don't" is one word, "l'homme" two */
    utf8proc_int32_t codes[WORD_CODES + 1];
    uint8_t bytes[WORD_BYTES];
};

static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

uint32_t stm_word_language(stemma_text tag)
{
    size_t size = 0;
    char primary[2];
    while (size < tag.size && tag.data[size] != '-' && tag.data[size] != '_') {
        size++;
    }
    if (size != 2) {
        return STEMMA_NONE;
    }
    primary[0] = lower(tag.data[0]);
    primary[1] = lower(tag.data[1]);
    if (primary[0] == 'n' && (primary[1] == 'o' || primary[1] == 'n')) {
        primary[1] = 'b';
    }
    for (uint32_t i = 0; i < STM_WORD_LANGUAGES; i++) {
        if (memcmp(primary, languages[i].tag, 2) == 0) {
            return i;
        }
    }
    return STEMMA_NONE;
}

stemma_text stm_word_language_tag(uint32_t index)
{
    return stemma_text_of(languages[index].tag);
}

stemma_status stm_word_maker_new(stm_word_maker **out, stemma_text tag)
{
    uint32_t index = stm_word_language(tag);
    stm_word_maker *maker = malloc(sizeof *maker);
    if (maker == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    maker->stemmer = NULL;
    maker->joins_apostrophe = 1;
    if (index < STM_WORD_LANGUAGES) {
        const language *chosen = &languages[index];
        stemma_status status = stm_stemmer_new(&maker->stemmer, chosen->algorithm);
        if (status != STEMMA_OK) {
            free(maker);
            return status;
        }
        maker->joins_apostrophe =
            memcmp(chosen->tag, "fr", 2) != 0 && memcmp(chosen->tag, "it", 2) != 0;
    }
    *out = maker;
    return STEMMA_OK;
}

void stm_word_maker_free(stm_word_maker *maker)
{
    if (maker != NULL) {
        stm_stemmer_free(maker->stemmer);
        free(maker);
    }
}

/* ---- Where words are ----------------------------------------------------------------------- */

typedef enum character_class {
    CLASS_SPACE, /* anything between words */
    CLASS_WORD,  /* letters, digits, marks */
    CLASS_ALONE, /* letters of scripts that do not write spaces: each is a word */
    CLASS_APOSTROPHE
} character_class;

static int is_alone(utf8proc_int32_t code)
{
    return (code >= 0x0e01 && code <= 0x0eff) || (code >= 0x1000 && code <= 0x109f) ||
           (code >= 0x1780 && code <= 0x17ff) || (code >= 0x3041 && code <= 0x30ff) ||
           (code >= 0x3400 && code <= 0x9fff) || (code >= 0xf900 && code <= 0xfaff) ||
           (code >= 0x20000 && code <= 0x3ffff);
}

#define S CLASS_SPACE
#define W CLASS_WORD
#define A CLASS_APOSTROPHE
static const uint8_t ascii_classes[128] = {
    S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, /* control */
    S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, /* control */
    S, S, S, S, S, S, S, A, S, S, S, S, S, S, S, S, /* punctuation */
    W, W, W, W, W, W, W, W, W, W, S, S, S, S, S, S, /* digits */
    S, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, /* A to O */
    W, W, W, W, W, W, W, W, W, W, W, S, S, S, S, S, /* P to Z */
    S, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, /* a to o */
    W, W, W, W, W, W, W, W, W, W, W, S, S, S, S, S, /* p to z */
};
#undef S
#undef W
#undef A

static character_class class_of(utf8proc_int32_t code)
{
    if (code < 0x80) {
        return (character_class)ascii_classes[code];
    }
    if (code == 0x2019 || code == 0x02bc) {
        return CLASS_APOSTROPHE;
    }
    switch (utf8proc_category(code)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
        return is_alone(code) ? CLASS_ALONE : CLASS_WORD;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
        return CLASS_WORD;
    default:
        return CLASS_SPACE;
    }
}

static size_t wide_character_at(stemma_text text, size_t at, character_class *class)
{
    utf8proc_int32_t code;
    size_t left = text.size - at < 4 ? text.size - at : 4;
    utf8proc_ssize_t size =
        utf8proc_iterate((const utf8proc_uint8_t *)text.data + at, (utf8proc_ssize_t)left, &code);
    if (size <= 0) {
        *class = CLASS_SPACE;
        return 1;
    }
    *class = class_of(code);
    return (size_t)size;
}

/* The character at `at`, which is inside the text; returns its bytes, at least 1. */
static inline size_t character_at(stemma_text text, size_t at, character_class *class)
{
    uint8_t byte = (uint8_t)text.data[at];
    if (byte >= 0x80) {
        return wide_character_at(text, at, class);
    }
    *class = (character_class)ascii_classes[byte];
    return 1;
}

int stm_word_walk_span(stm_word_walk *walk, stemma_span *span)
{
    stemma_text text = walk->text;
    character_class class = CLASS_SPACE;
    size_t size = 0, at = walk->at;
    while (at < text.size) {
        size = character_at(text, at, &class);
        if (class == CLASS_WORD || class == CLASS_ALONE) {
            break;
        }
        at += size;
    }
    if (at >= text.size) {
        walk->at = text.size;
        return 0;
    }
    span->start = (uint32_t)at;
    at += size;
    while (class == CLASS_WORD && at < text.size) {
        character_class next;
        size = character_at(text, at, &next);
        if (next == CLASS_APOSTROPHE && walk->maker->joins_apostrophe && at + size < text.size) {
            /* Part of the word only when a letter follows. */
            character_class after;
            size_t more = character_at(text, at + size, &after);
            if (after != CLASS_WORD) {
                break;
            }
            at += size + more;
        } else if (next == CLASS_WORD) {
            at += size;
        } else {
            break;
        }
    }
    span->end = (uint32_t)at;
    walk->at = at;
    return 1;
}

/* Where the character begins that ends before `at`, which is not 0. */
static size_t character_before(stemma_text text, size_t at, character_class *class)
{
    size_t start = at - 1;
    while (start > 0 && at - start < 4 && ((uint8_t)text.data[start] & 0xc0) == 0x80) {
        start--;
    }
    if (character_at(text, start, class) != at - start) { /* invalid bytes separate words */
        *class = CLASS_SPACE;
        return at - 1;
    }
    return start;
}

int stm_word_begins(const stm_word_maker *maker, stemma_text text, size_t at)
{
    character_class here, before, first = CLASS_SPACE;
    (void)character_at(text, at, &here);
    if (here != CLASS_WORD || at == 0) {
        return here == CLASS_WORD || here == CLASS_ALONE;
    }
    size_t start = character_before(text, at, &before);
    if (before == CLASS_APOSTROPHE && start != 0) {
        (void)character_before(text, start, &first);
    }
    /* inside a word: after a letter of it, or after an apostrophe that joins it to the letter before */
    return before != CLASS_WORD && !(first == CLASS_WORD && maker->joins_apostrophe);
}

/* ---- From word to term --------------------------------------------------------------------- */

/* ASCII words, which are most, need no tables. Returns 0 when the word is not of that kind. */
static size_t fold_ascii(const char *word, size_t size, uint8_t *out)
{
    for (size_t i = 0; i < size; i++) {
        if ((uint8_t)word[i] >= 0x80) {
            return 0;
        }
        out[i] = (uint8_t)lower(word[i]);
    }
    return size;
}

/* Decomposes with `options`, keeps word characters and apostrophes, and writes UTF-8, composed.
   Returns the size, 0 when nothing is left. */
static size_t refold(stm_word_maker *maker, const uint8_t *word, size_t size,
                     utf8proc_option_t options)
{
    utf8proc_int32_t *codes = maker->codes;
    utf8proc_ssize_t count =
        utf8proc_decompose(word, (utf8proc_ssize_t)size, codes, WORD_CODES, options);
    utf8proc_ssize_t kept = 0;
    size_t written = 0;
    if (count <= 0 || count > (utf8proc_ssize_t)WORD_CODES) {
        return 0;
    }
    for (utf8proc_ssize_t i = 0; i < count; i++) {
        character_class class = class_of(codes[i]);
        if (class != CLASS_SPACE) {
            codes[kept++] = class == CLASS_APOSTROPHE ? '\'' : codes[i];
        }
    }
    kept = utf8proc_normalize_utf32(codes, kept, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    for (utf8proc_ssize_t i = 0; i < kept && written + 4 <= WORD_BYTES; i++) {
        written += (size_t)utf8proc_encode_char(codes[i], maker->bytes + written);
    }
    return written;
}

static size_t is_ascii(const uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] >= 0x80) {
            return 0;
        }
    }
    return 1;
}

/* Cuts to at most `limit` bytes at a character boundary. */
static size_t cut(const uint8_t *bytes, size_t size, size_t limit)
{
    if (size > limit) {
        size = limit;
        while (size > 0 && (bytes[size] & 0xc0) == 0x80) {
            size--;
        }
    }
    return size;
}

stemma_status stm_word_term(stm_word_maker *maker, stemma_text text, stm_word *out)
{
    uint8_t *bytes = maker->bytes;
    const char *word = text.data;
    size_t written = 0, size = cut((const uint8_t *)word, text.size, WORD_READ);
    written = fold_ascii(word, size, bytes);
    if (written == 0) {
        written =
            refold(maker, (const uint8_t *)word, size,
                   UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
    }
    if (maker->stemmer != NULL && written != 0) {
        size_t length;
        const uint8_t *stem = stm_stemmer_stem(maker->stemmer, bytes, written, &length);
        if (stem == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
        if (length != 0 && length <= WORD_BYTES) {
            written = length;
            memcpy(bytes, stem, written);
        }
    }
    if (!is_ascii(bytes, written)) {
        uint8_t copy[WORD_READ * 2];
        size_t copied = cut(bytes, written, sizeof copy);
        memcpy(copy, bytes, copied);
        written = refold(maker, copy, copied, UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK);
    }
    out->size = 0;
    for (size_t i = 0; i < written; i++) {
        size_t next = i + 1;
        while (next < written && (bytes[next] & 0xc0) == 0x80) {
            next++;
        }
        if (out->size + (next - i) > STM_TERM_LIMIT) {
            break;
        }
        if (bytes[i] != '\'') {
            memcpy(out->text + out->size, bytes + i, next - i);
            out->size += (uint32_t)(next - i);
        }
        i = next - 1;
    }
    return STEMMA_OK;
}

void stm_word_walk_begin(stm_word_walk *walk, stm_word_maker *maker, stemma_text text)
{
    walk->maker = maker;
    walk->text = text;
    walk->at = 0;
    walk->position = 0;
    walk->wanted = NULL;
}

void stm_word_walk_only(stm_word_walk *walk, const uint8_t *wanted)
{
    walk->wanted = wanted;
}

stemma_status stm_word_walk_next(stm_word_walk *walk, stm_word *out)
{
    while (stm_word_walk_span(walk, &out->span)) {
        stemma_text word = {walk->text.data + out->span.start, out->span.end - out->span.start};
        uint8_t first = (uint8_t)word.data[0];
        if (walk->wanted != NULL && first < 0x80 && walk->wanted[first] == 0) {
            walk->position++; /* words that begin with ASCII always have a term */
            continue;
        }
        stemma_status status = stm_word_term(walk->maker, word, out);
        if (status != STEMMA_OK) {
            return status;
        }
        if (out->size != 0) {
            out->position = walk->position++;
            return STEMMA_OK;
        }
    }
    return STEMMA_END;
}
