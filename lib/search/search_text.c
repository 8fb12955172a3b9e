/* SPDX-License-Identifier: MIT */
#include "search/search_text.h"

#include <string.h>

/* The words of a phrase in one language. */
typedef struct phrase {
    uint32_t count;
    stm_word words[STM_QUERY_WORDS];
} phrase;

static stemma_status read_phrase(stm_word_maker *maker, stemma_text text, phrase *out)
{
    stm_word_walk walk;
    stemma_status status = STEMMA_OK;
    out->count = 0;
    stm_word_walk_begin(&walk, maker, text);
    while (out->count < STM_QUERY_WORDS &&
           (status = stm_word_walk_next(&walk, &out->words[out->count])) == STEMMA_OK) {
        out->count++;
    }
    return status == STEMMA_END ? STEMMA_OK : status;
}

/* Shift-and matching: bit i of `state` says that the first i + 1 words of the phrase end here. Words
   whose first letter no word of the phrase has need no term. */
static stemma_status has_phrase(stm_search_cache *cache, uint32_t language, stemma_text text,
                                stemma_text wanted, int *found)
{
    phrase sought;
    uint8_t first_bytes[128] = {0};
    stm_word_walk walk;
    stm_word word;
    uint64_t state = 0;
    stm_word_maker *maker = stm_search_maker(cache, language);
    stemma_status status = maker == NULL ? STEMMA_E_NO_MEMORY : read_phrase(maker, wanted, &sought);
    *found = status == STEMMA_OK && sought.count == 0;
    if (status != STEMMA_OK || sought.count == 0) {
        return status;
    }
    for (uint32_t i = 0; i < sought.count; i++) {
        stm_query_note_first(first_bytes, &sought.words[i]);
    }
    stm_word_walk_begin(&walk, maker, text);
    while (stm_word_walk_span(&walk, &word.span)) {
        stemma_text raw = {text.data + word.span.start, word.span.end - word.span.start};
        uint8_t first = (uint8_t)raw.data[0];
        uint64_t here = 0;
        if (first < 0x80 && first_bytes[first] == 0) {
            state = 0; /* another word is between */
            continue;
        }
        status = stm_search_term(cache, language, raw, &word);
        if (status != STEMMA_OK) {
            return status;
        }
        if (word.size == 0) {
            continue; /* no word at all */
        }
        for (uint32_t i = 0; i < sought.count; i++) {
            if (sought.words[i].size == word.size &&
                memcmp(sought.words[i].text, word.text, word.size) == 0) {
                here |= UINT64_C(1) << i;
            }
        }
        state = (state << 1 | 1u) & here;
        if ((state >> (sought.count - 1) & 1u) != 0) {
            *found = 1;
            return STEMMA_OK;
        }
    }
    return STEMMA_OK;
}

stemma_status stm_text_has_phrase(const stm_query *query, uint32_t number, uint32_t language,
                                  stemma_text text, int *found)
{
    return has_phrase(query->cache, language, text, query->phrases[number], found);
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
