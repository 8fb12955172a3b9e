/* SPDX-License-Identifier: MIT */
#include "search/search_text.h"

#include <stdlib.h>
#include <string.h>

/* Phrases up to this size are kept ready from text to text. */
#define PHRASE_BYTES 1024u

/* The words of a phrase in one language. */
typedef struct stm_phrase {
    uint32_t language;
    uint32_t size; /* of the text that it was made of, which is in `text` when it is not too long */
    uint32_t count;
    stm_word words[STM_QUERY_WORDS];
    uint8_t letter; /* ASCII that its first word begins with, in lower case; 0xff when that is none */
    uint8_t second; /* the same of its second word; 0: it has none */
    char text[PHRASE_BYTES];
} stm_phrase;

/* Stemmers leave the first letter alone, and what begins with ASCII in a text is so begun in its term; other
   letters may lose a mark and become ASCII. */
static uint8_t letter_of(const stm_word *word)
{
    uint8_t first = (uint8_t)word->text[0];
    return first < 0x80 ? first : 0xff;
}

static stemma_status read_phrase(stm_word_maker *maker, stemma_text text, stm_phrase *out)
{
    stm_word_walk walk;
    stemma_status status = STEMMA_OK;
    out->count = 0;
    stm_word_walk_begin(&walk, maker, text);
    while (out->count < STM_QUERY_WORDS &&
           (status = stm_word_walk_next(&walk, &out->words[out->count])) == STEMMA_OK) {
        out->count++;
    }
    out->letter = out->count != 0 ? letter_of(&out->words[0]) : 0xff;
    out->second = out->count > 1 ? letter_of(&out->words[1]) : 0;
    return status == STEMMA_END ? STEMMA_OK : status;
}

/* The phrase made ready for texts of a language, from the last time when that was the same. */
static stemma_status need_phrase(stm_search_cache *cache, uint32_t language, stemma_text text,
                                 const stm_phrase **out)
{
    stm_phrase *phrase = cache->phrase;
    stm_word_maker *maker = stm_search_maker(cache, language);
    if (phrase == NULL) {
        phrase = cache->phrase = calloc(1, sizeof *phrase);
    }
    if (maker == NULL || phrase == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    *out = phrase;
    if (phrase->size == text.size && phrase->language == language && text.size != 0 &&
        text.size <= PHRASE_BYTES && memcmp(phrase->text, text.data, text.size) == 0) {
        return STEMMA_OK;
    }
    phrase->size = 0; /* nothing until it is whole */
    stemma_status status = read_phrase(maker, text, phrase);
    if (status == STEMMA_OK && text.size != 0 && text.size <= PHRASE_BYTES) {
        memcpy(phrase->text, text.data, text.size);
        phrase->size = (uint32_t)text.size;
        phrase->language = language;
    }
    return status;
}

stemma_status stm_text_phrase(stm_search_cache *cache, uint32_t language, stemma_text phrase,
                              const stm_word **words, uint32_t *count)
{
    const stm_phrase *made = NULL;
    stemma_status status = need_phrase(cache, language, phrase, &made);
    *words = status == STEMMA_OK ? made->words : NULL;
    *count = status == STEMMA_OK ? made->count : 0;
    return status;
}

/* Whether the term of a word in the text is that of word `index` of the phrase; 0, too, when it has none. */
static stemma_status is_word(stm_search_cache *cache, uint32_t language, stemma_text word,
                             const stm_word *wanted, int *same, int *none)
{
    stm_word term;
    stemma_status status = stm_search_term(cache, language, word, &term);
    *same = *none = 0;
    if (status == STEMMA_OK) {
        *none = term.size == 0;
        *same = term.size == wanted->size && memcmp(term.text, wanted->text, term.size) == 0;
    }
    return status;
}

/* Whether the phrase stands where the walk is; *next is the end of the first word there. */
static stemma_status stands_here(stm_search_cache *cache, uint32_t language, stm_word_walk *walk,
                                 const stm_phrase *phrase, size_t *next, int *found)
{
    uint32_t met = 0;
    stemma_span span;
    *found = 0;
    *next = walk->at + 1;
    while (met < phrase->count && stm_word_walk_span(walk, &span)) {
        stemma_text word = {walk->text.data + span.start, span.end - span.start};
        int same, none;
        stemma_status status =
            is_word(cache, language, word, &phrase->words[met], &same, &none);
        if (met == 0) {
            *next = span.end;
        }
        if (status != STEMMA_OK || (!same && (!none || met == 0))) {
            return status;
        }
        met += same != 0; /* what is no word at all is between words */
    }
    *found = met == phrase->count;
    return STEMMA_OK;
}

/* Letters and digits of ASCII are inside words: nothing begins after them. Terms are of lower case, and so are
   digits here. */
static inline unsigned is_plain_letter(uint8_t c)
{
    uint8_t lower = c | 0x20u;
    return (unsigned)((uint8_t)(lower - 'a') < 26) | (unsigned)((uint8_t)(c - '0') < 10);
}

/* Whether what follows the word that begins at `at` may be the second one of the phrase, by its first byte: in
   plain ASCII that tells nearly all that are not, without a look at what the words are. */
static int may_go_on(stemma_text text, size_t at, uint8_t letter)
{
    const uint8_t *bytes = (const uint8_t *)text.data;
    while (at < text.size && is_plain_letter(bytes[at])) {
        at++;
    }
    if (at < text.size && (bytes[at] >= 0x80 || bytes[at] == '\'')) {
        return 1; /* the word may go on there */
    }
    while (at < text.size && bytes[at] < 0x80 && !is_plain_letter(bytes[at])) {
        at++;
    }
    return at < text.size &&
           (bytes[at] >= 0x80 || bytes[at] == letter || (bytes[at] | 0x20u) == letter);
}

/* Bytes that are looked at together. */
#define PIECE 64u

/* Marks which of PIECE bytes may begin a word that begins with the letter: that one in either case after no
   letter, or anything but ASCII. `bytes` has one before it. Without branches: many bytes at a time. */
static void mark_starts(const uint8_t *bytes, uint8_t letter, uint8_t marks[PIECE])
{
    uint8_t upper = letter >= 'a' && letter <= 'z' ? (uint8_t)(letter - 0x20) : letter;
    for (size_t i = 0; i < PIECE; i++) {
        uint8_t c = bytes[i];
        unsigned plain = (unsigned)(c == letter) | (unsigned)(c == upper);
        marks[i] = (uint8_t)((plain & ~is_plain_letter(bytes[(ptrdiff_t)i - 1])) |
                             (unsigned)(c >= 0xc0));
    }
}

/* The next byte from `at` on that may begin the phrase's first word, or the size of the text. */
static size_t next_start(stemma_text text, size_t at, uint8_t letter)
{
    const uint8_t *bytes = (const uint8_t *)text.data;
    uint8_t marks[PIECE];
    while (at < text.size) {
        if (at != 0 && text.size - at >= PIECE) {
            uint64_t eight;
            mark_starts(bytes + at, letter, marks);
            for (size_t i = 0; i < PIECE; i += 8) {
                memcpy(&eight, marks + i, sizeof eight);
                for (size_t k = i; eight != 0 && k < i + 8; k++) {
                    if (marks[k] != 0) {
                        return at + k;
                    }
                }
            }
            at += PIECE;
        } else if ((bytes[at] < 0x80 && (bytes[at] == letter || (bytes[at] | 0x20u) == letter)) ||
                   bytes[at] >= 0xc0) {
            return at;
        } else {
            at++;
        }
    }
    return at;
}

/* Looks at the words that may be the first one of the phrase. */
stemma_status stm_text_holds(stm_search_cache *cache, uint32_t language, stemma_text text,
                             stemma_text wanted, int *found)
{
    const stm_phrase *phrase = NULL;
    stemma_status status = need_phrase(cache, language, wanted, &phrase);
    size_t at = 0;
    stm_word_walk walk;
    *found = status == STEMMA_OK && phrase->count == 0;
    if (status != STEMMA_OK || phrase->count == 0) {
        return status;
    }
    stm_word_maker *maker = stm_search_maker(cache, language);
    stm_word_walk_begin(&walk, maker, text);
    while (status == STEMMA_OK && !*found &&
           (at = next_start(text, at, phrase->letter)) < text.size) {
        walk.at = at;
        if ((phrase->second == 0 || may_go_on(text, at, phrase->second)) &&
            stm_word_begins(maker, text, at)) {
            status = stands_here(cache, language, &walk, phrase, &at, found);
        } else {
            at++;
        }
    }
    return status;
}

stemma_status stm_text_has_phrase(const stm_query *query, uint32_t number, uint32_t language,
                                  stemma_text text, int *found)
{
    return stm_text_holds(query->cache, language, text, query->phrases[number], found);
}

stemma_status stm_text_has_phrases(const stm_query *query, uint32_t language, stemma_text text,
                                   int *found)
{
    stemma_status status = STEMMA_OK;
    *found = 1;
    for (uint32_t i = 0; status == STEMMA_OK && *found && i < query->phrase_count; i++) {
        status = stm_text_has_phrase(query, i, language, text, found);
    }
    return status;
}

/* ---- Passages ------------------------------------------------------------------------------ */

/* Words of the query seen lately, in order: a window of at most STM_SNIPPET_SIZE bytes. */
typedef struct window {
    struct {
        stemma_span span;
        uint32_t words; /* bits */
    } hits[STM_SNIPPET_WORDS];
    uint32_t count;
} window;

static uint32_t window_value(const window *w)
{
    uint32_t words = 0;
    for (uint32_t i = 0; i < w->count; i++) {
        words |= w->hits[i].words;
    }
    return (uint32_t)__builtin_popcount(words) * (STM_SNIPPET_WORDS + 1u) + w->count;
}

/* Drops from the front what is too far from `end`, and one more when the window is full. */
static void window_slide(window *w, uint32_t end)
{
    uint32_t drop = 0;
    while (drop < w->count && end - w->hits[drop].span.start > STM_SNIPPET_SIZE) {
        drop++;
    }
    if (drop == 0 && w->count == STM_SNIPPET_WORDS) {
        drop = 1;
    }
    w->count -= drop;
    memmove(w->hits, w->hits + drop, w->count * sizeof w->hits[0]);
}

static int is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static int is_boundary(stemma_text text, size_t at)
{
    return at >= text.size || ((uint8_t)text.data[at] & 0xc0) != 0x80;
}

/* Widens [start, end) to about STM_SNIPPET_SIZE bytes, to the edges of words. */
static stemma_span widen(stemma_text text, stemma_span core)
{
    stemma_span span = core;
    uint32_t size = (uint32_t)text.size, held = core.end - core.start;
    uint32_t spare = held < STM_SNIPPET_SIZE ? STM_SNIPPET_SIZE - held : 0;
    uint32_t before = spare / 2 < core.start ? spare / 2 : core.start;
    uint32_t after = spare - before < size - core.end ? spare - before : size - core.end;
    uint32_t start = core.start - before, end = core.end + after;
    if (start > 0) {
        while (start < core.start && !is_space(text.data[start - 1])) {
            start++;
        }
    }
    if (end < size) {
        while (end > core.end && !is_space(text.data[end])) {
            end--;
        }
    }
    while (start < core.start && is_space(text.data[start])) {
        start++;
    }
    while (end > core.end && is_space(text.data[end - 1])) {
        end--;
    }
    span.start = start;
    span.end = end;
    return span;
}

stemma_status stm_text_snippet(const stm_query *query, uint32_t language, stemma_text text,
                               stm_snippet *out)
{
    stm_word_walk walk;
    stm_word word;
    window now, best;
    uint32_t best_value = 0;
    stemma_status status;
    stemma_span core = {0, 0};
    now.count = best.count = 0;
    stm_word_maker *maker = stm_search_maker(query->cache, language);
    if (maker == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    stm_word_walk_begin(&walk, maker, text);
    stm_word_walk_only(&walk, query->first_bytes);
    while ((status = stm_word_walk_next(&walk, &word)) == STEMMA_OK) {
        uint32_t words = stm_query_match(query, language, stm_word_text(&word)), value;
        if (words == 0) {
            continue;
        }
        window_slide(&now, word.span.end);
        now.hits[now.count].span = word.span;
        now.hits[now.count++].words = words;
        value = window_value(&now);
        if (value > best_value) {
            best_value = value;
            best = now;
        }
    }
    if (status != STEMMA_END) {
        return status;
    }
    if (best.count != 0) {
        core.start = best.hits[0].span.start;
        core.end = best.hits[best.count - 1].span.end;
    }
    out->span = widen(text, core);
    if (out->span.end == out->span.start) { /* no space near: cut where it falls */
        out->span.end = text.size < STM_SNIPPET_SIZE ? (uint32_t)text.size : STM_SNIPPET_SIZE;
    }
    while (!is_boundary(text, out->span.end)) {
        out->span.end--;
    }
    while (!is_boundary(text, out->span.start)) {
        out->span.start++;
    }
    out->word_count = best.count;
    for (uint32_t i = 0; i < best.count; i++) {
        out->words[i] = best.hits[i].span;
    }
    return STEMMA_OK;
}
