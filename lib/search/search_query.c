/* SPDX-License-Identifier: MIT */
#include "search/search_query.h"

#include <string.h>

#include "limits.h"

/* The term that a single word of the query has in one language. A language may cut it in two
   ("l'homme"): the longest part is what was meant. */
static stemma_status term_of(stm_word_maker *maker, stemma_text text, stm_word *out)
{
    stm_word_walk walk;
    stm_word word;
    stemma_status status;
    out->size = 0;
    stm_word_walk_begin(&walk, maker, text);
    while ((status = stm_word_walk_next(&walk, &word)) == STEMMA_OK) {
        if (word.size > out->size) {
            *out = word;
        }
    }
    return status == STEMMA_END ? STEMMA_OK : status;
}

static void add_term(stm_query_word *word, const stm_word *term, uint32_t language_bit)
{
    for (uint32_t i = 0; i < word->term_count; i++) {
        if (word->terms[i].size == term->size &&
            memcmp(word->terms[i].text, term->text, term->size) == 0) {
            word->terms[i].languages |= language_bit;
            return;
        }
    }
    if (word->term_count < STM_QUERY_TERMS) {
        stm_query_term *added = &word->terms[word->term_count++];
        added->languages = language_bit;
        added->size = term->size;
        memcpy(added->text, term->text, term->size);
    }
}

void stm_query_note_first(uint8_t first_bytes[128], const stm_word *term)
{
    uint8_t first = (uint8_t)term->text[0];
    if (first < 0x80) {
        first_bytes[first] = 1;
        if (first >= 'a' && first <= 'z') {
            first_bytes[first - 'a' + 'A'] = 1;
        }
    }
}

static int same_word(const stm_query_word *a, const stm_query_word *b)
{
    if (a->term_count != b->term_count || a->prefix_size != b->prefix_size ||
        memcmp(a->prefix, b->prefix, a->prefix_size) != 0) {
        return 0;
    }
    for (uint32_t i = 0; i < a->term_count; i++) {
        if (a->terms[i].languages != b->terms[i].languages ||
            a->terms[i].size != b->terms[i].size ||
            memcmp(a->terms[i].text, b->terms[i].text, a->terms[i].size) != 0) {
            return 0;
        }
    }
    return 1;
}

/* The beginning of a word, as terms begin that are not stemmed. */
static stemma_status set_prefix(stm_query *query, stm_query_word *word, stemma_text text)
{
    stm_word_maker *plain = stm_search_maker(query->cache, STEMMA_NONE);
    stm_word term;
    stemma_status status = plain == NULL ? STEMMA_E_NO_MEMORY : term_of(plain, text, &term);
    if (status == STEMMA_OK) {
        word->prefix_size = term.size;
        memcpy(word->prefix, term.text, term.size);
        if (term.size != 0) {
            stm_query_note_first(query->first_bytes, &term);
        }
    }
    return status;
}

static stemma_status add_word(stm_query *query, stemma_text text, int prefix, uint32_t *bit)
{
    stm_query_word *word = &query->words[query->word_count];
    word->term_count = 0;
    word->prefix_size = 0;
    *bit = 0;
    if (prefix) {
        stemma_status status = set_prefix(query, word, text);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    for (uint32_t i = 0; i < STM_LANGUAGE_COUNT; i++) {
        stm_word term;
        if ((query->cache->present >> i & 1u) == 0) {
            continue;
        }
        stm_word_maker *maker = stm_search_maker(query->cache, i);
        stemma_status status = maker == NULL ? STEMMA_E_NO_MEMORY : term_of(maker, text, &term);
        if (status != STEMMA_OK) {
            return status;
        }
        if (term.size != 0) {
            add_term(word, &term, UINT32_C(1) << i);
            stm_query_note_first(query->first_bytes, &term);
        }
    }
    if (word->term_count == 0 && word->prefix_size == 0) {
        return STEMMA_OK;
    }
    for (uint32_t i = 0; i < query->word_count; i++) {
        if (same_word(&query->words[i], word)) {
            *bit = UINT32_C(1) << i;
            return STEMMA_OK;
        }
    }
    *bit = UINT32_C(1) << query->word_count++;
    return STEMMA_OK;
}

/* Adds the words of a stretch of the query; tells how many there were, and which. */
static stemma_status add_words(stm_query *query, stemma_text text, int prefix, uint32_t *count,
                               uint32_t *words)
{
    stm_word_walk walk;
    stm_word word;
    stemma_status status;
    *count = 0;
    stm_word_maker *plain = stm_search_maker(query->cache, STEMMA_NONE);
    if (plain == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    stm_word_walk_begin(&walk, plain, text);
    while ((status = stm_word_walk_next(&walk, &word)) == STEMMA_OK) {
        stemma_text one = {text.data + word.span.start, word.span.end - word.span.start};
        uint32_t bit = 0;
        if (query->word_count == STM_QUERY_WORDS || *count == STM_QUERY_WORDS) {
            return STEMMA_E_LIMIT;
        }
        ++*count;
        status = add_word(query, one, prefix && word.span.end == text.size, &bit);
        if (status != STEMMA_OK) {
            return status;
        }
        *words |= bit;
    }
    return status == STEMMA_END ? STEMMA_OK : status;
}

stemma_status stm_query_add(stm_query *query, stemma_text text, int prefix, uint32_t *words,
                            uint32_t *count)
{
    *words = 0;
    return add_words(query, text, prefix, count, words);
}

void stm_query_begin(stm_query *query, stm_search_cache *cache)
{
    /* Not the whole of it: clearing 30 KB takes longer than a search. */
    query->word_count = query->phrase_count = 0;
    query->looked_for = UINT32_MAX;
    query->cache = cache;
    memset(query->first_bytes, 0, sizeof query->first_bytes);
}

stemma_status stm_query_read(stm_query *query, stm_search_cache *cache, stemma_text text)
{
    stemma_status status = STEMMA_OK;
    size_t at = 0;
    int quoted = 0;
    stm_query_begin(query, cache);
    if (text.size > STEMMA_LIMIT_FIELD) {
        return STEMMA_E_LIMIT;
    }
    while (status == STEMMA_OK && at < text.size) {
        const char *quote = memchr(text.data + at, '"', text.size - at);
        size_t end = quote != NULL ? (size_t)(quote - text.data) : text.size;
        stemma_text stretch = {text.data + at, end - at};
        uint32_t count = 0;
        uint32_t words = 0;
        status = add_words(query, stretch, 0, &count, &words);
        if (status == STEMMA_OK && quoted && quote != NULL && count > 1) {
            if (query->phrase_count == STM_QUERY_PHRASES) {
                status = STEMMA_E_LIMIT;
            } else {
                query->phrases[query->phrase_count++] = stretch;
            }
        }
        quoted = !quoted;
        at = end + 1;
    }
    return status;
}

uint32_t stm_query_match(const stm_query *query, uint32_t language, stemma_text term)
{
    uint32_t bit = stm_language_bit(language), matched = 0;
    for (uint32_t i = 0; i < query->word_count; i++) {
        const stm_query_word *word = &query->words[i];
        if (word->prefix_size != 0 && word->prefix_size <= term.size &&
            memcmp(word->prefix, term.data, word->prefix_size) == 0) {
            matched |= UINT32_C(1) << i;
        }
        for (uint32_t j = 0; j < word->term_count; j++) {
            if ((word->terms[j].languages & bit) != 0 && word->terms[j].size == term.size &&
                memcmp(word->terms[j].text, term.data, term.size) == 0) {
                matched |= UINT32_C(1) << i;
            }
        }
    }
    return matched & query->looked_for;
}
