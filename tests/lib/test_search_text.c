/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "search/search_text.h"
#include "support/prng.h"

/* As if there were documents in every language. */
static stm_search_cache *every_language(void)
{
    stm_search_cache *cache = calloc(1, sizeof *cache);
    assert_non_null(cache);
    cache->present = (UINT32_C(1) << STM_LANGUAGE_COUNT) - 1;
    return cache;
}

static stm_query *read_query(const char *text)
{
    stm_query *query = malloc(sizeof *query);
    assert_non_null(query);
    assert_int_equal(stm_query_read(query, every_language(), stemma_text_of(text)), STEMMA_OK);
    return query;
}

static void release(stm_query *query)
{
    stm_search_cache_free(query->cache);
    free(query);
}

static uint32_t english(void)
{
    return stm_word_language(stemma_text_of("en"));
}

static int has_phrases(const char *query_text, const char *text)
{
    stm_query *query = read_query(query_text);
    int found = -1;
    assert_int_equal(stm_text_has_phrases(query, english(), stemma_text_of(text), &found),
                     STEMMA_OK);
    release(query);
    return found;
}

static void a_query_is_cut_into_distinct_words_and_phrases(void **state)
{
    stm_query *query =
        read_query("prison \"Grand Chancery of Arvenia\" prison \"alone\" \"open end");
    (void)state;
    assert_int_equal(query->word_count, 8);
    assert_int_equal(query->phrase_count, 1);
    assert_int_equal(query->phrases[0].size, strlen("Grand Chancery of Arvenia"));
    release(query);
    query = read_query(" ... ");
    assert_int_equal(query->word_count, 0);
    release(query);
}

static void a_word_has_the_stem_of_each_language_only_for_that_language(void **state)
{
    stm_query *query = read_query("released");
    uint32_t danish = stm_word_language(stemma_text_of("da"));
    (void)state;
    assert_int_equal(stm_query_match(query, english(), stemma_text_of("releas")), 1);
    assert_int_equal(stm_query_match(query, english(), stemma_text_of("released")), 0);
    assert_int_equal(stm_query_match(query, STEMMA_NONE, stemma_text_of("released")), 1);
    assert_int_equal(stm_query_match(query, danish, stemma_text_of("releas")), 0);
    release(query);
}

static void only_the_languages_of_the_documents_are_asked_for(void **state)
{
    stm_query *query = malloc(sizeof *query);
    stm_search_cache *cache = every_language();
    (void)state;
    assert_non_null(query);
    cache->present = stm_language_bit(english());
    assert_int_equal(stm_query_read(query, cache, stemma_text_of("released")), STEMMA_OK);
    assert_int_equal(query->words[0].term_count, 1);
    assert_int_equal(stm_query_match(query, english(), stemma_text_of("releas")), 1);
    cache->present = 0;
    assert_int_equal(stm_query_read(query, cache, stemma_text_of("released")), STEMMA_OK);
    assert_int_equal(query->word_count, 0);
    release(query);
}

static void queries_beyond_the_limits_are_refused(void **state)
{
    char text[400];
    stm_query *query = malloc(sizeof *query);
    size_t used = 0;
    (void)state;
    assert_non_null(query);
    for (int i = 0; i < 33; i++) {
        used += (size_t)snprintf(text + used, sizeof text - used, "w%d ", i);
    }
    assert_int_equal(stm_query_read(query, every_language(), stemma_text_of(text)), STEMMA_E_LIMIT);
    release(query);
}

static void phrases_match_words_that_stand_together(void **state)
{
    (void)state;
    assert_true(has_phrases("\"released prisoner\"", "They RELEASED prisoners today."));
    assert_false(has_phrases("\"released prisoner\"", "They released two prisoners."));
    assert_false(has_phrases("\"prisoner released\"", "They released prisoners."));
    assert_true(has_phrases("\"a b a c\"", "a b a b a c"));
    assert_true(has_phrases("\"a b\" \"b c\"", "b c, then a b"));
    assert_false(has_phrases("\"a b\" \"b d\"", "b c, then a b"));
    assert_true(has_phrases("no phrase", "at all"));
    assert_false(has_phrases("\"a b\"", "a x b"));
    assert_false(has_phrases("\"a b\"", "b x a"));
    assert_true(has_phrases("\"\xc3\xa9lan vital\"", "some ELAN VITAL here"));
    /* The second word tells by its first letter, where that is ASCII and surely begins a word. */
    assert_true(has_phrases("\"some elan\"", "some -- \xc3\x89lan"));
    assert_true(has_phrases("\"reader's choice\"", "some Reader's CHOICE"));
    assert_true(has_phrases("\"a 7th day\"", "on a (7th) day"));
    assert_false(has_phrases("\"some elan\"", "some other elan"));
    assert_false(has_phrases("\"some elan\"", "an elan of some"));
    assert_false(has_phrases("\"some some\"", "some one, some"));
}

static void the_passage_with_most_words_is_shown(void **state)
{
    char text[3000] = "";
    stm_query *query = read_query("zinc copper");
    stm_snippet snippet;
    (void)state;
    for (int i = 0; i < 60; i++) {
        strcat(text, i == 10   ? "Only zinc zinc zinc here. "
                     : i == 40 ? "Both zinc and copper here. "
                               : "Nothing to see. ");
    }
    assert_int_equal(stm_text_snippet(query, english(), stemma_text_of(text), &snippet), STEMMA_OK);
    assert_int_equal(snippet.word_count, 2);
    assert_memory_equal(text + snippet.words[0].start, "zinc", 4);
    assert_memory_equal(text + snippet.words[1].start, "copper", 6);
    assert_true(snippet.span.start <= snippet.words[0].start);
    assert_true(snippet.span.end >= snippet.words[1].end);
    assert_true(snippet.span.end - snippet.span.start <= STM_SNIPPET_SIZE);
    assert_true(snippet.span.end - snippet.span.start > STM_SNIPPET_SIZE - 40);
    assert_true(snippet.span.start == 0 || text[snippet.span.start - 1] == ' ');
    assert_true(text[snippet.span.end] == ' ' || text[snippet.span.end] == 0);
    release(query);
}

static void passages_stay_inside_any_text(void **state)
{
    prng random = {51};
    (void)state;
    for (int round = 0; round < 3000; round++) {
        stm_query *query = read_query("aa b \xc3\xa9");
        size_t size = prng_below(&random, 900);
        char *text = malloc(size + 1);
        stm_snippet snippet;
        uint32_t last = 0;
        assert_non_null(text);
        for (size_t i = 0; i < size;) {
            static const char *const pieces[] = {"aa", "b", "\xc3\xa9", " ", " ", "\xe6\x9d\xb1"};
            const char *piece = pieces[prng_below(&random, round % 2 ? 6 : 3)];
            size_t take = strlen(piece) <= size - i ? strlen(piece) : 0;
            if (take == 0) {
                size = i;
                break;
            }
            memcpy(text + i, piece, take);
            i += take;
        }
        assert_int_equal(stm_text_snippet(query, english(), (stemma_text){text, size}, &snippet),
                         STEMMA_OK);
        assert_true(snippet.span.start <= snippet.span.end && snippet.span.end <= size);
        assert_true(snippet.span.start == size ||
                    ((uint8_t)text[snippet.span.start] & 0xc0) != 0x80);
        for (uint32_t i = 0; i < snippet.word_count; i++) {
            assert_true(snippet.words[i].start >= last);
            assert_true(snippet.words[i].start >= snippet.span.start);
            assert_true(snippet.words[i].end <= snippet.span.end);
            last = snippet.words[i].end;
        }
        free(text);
        release(query);
    }
}

/* Words and what stands between them. */
static const char *const bits[] = {"a", "b", "the", "The", "dog", "dogs", "l'", "\xe2\x80\x99s", "\xc3\x89lan", "e\xcc\x81lan",
                                   " ", " ", " ", " ", ", ", "-", "'", "7", "\xe4\xb8\xad", "\xd0\x9c\xd0\xb8\xd1\x80"};

static void make_text(prng *random, uint32_t most, char *out)
{
    out[0] = '\0';
    for (uint32_t i = 0, count = prng_below(random, most); i < count; i++) {
        strcat(out, bits[prng_below(random, sizeof bits / sizeof bits[0])]);
    }
}

/* All terms of a text, each in separators. */
static uint32_t all_terms(const char *text, char *out)
{
    stm_word_maker *maker = NULL;
    stm_word_walk walk;
    stm_word word;
    uint32_t count = 0;
    char *at = out;
    assert_int_equal(stm_word_maker_new(&maker, stemma_text_of("en")), STEMMA_OK);
    stm_word_walk_begin(&walk, maker, stemma_text_of(text));
    *at++ = '|';
    for (; stm_word_walk_next(&walk, &word) == STEMMA_OK; count++) {
        memcpy(at, word.text, word.size);
        at += word.size;
        *at++ = '|';
    }
    *at = '\0';
    stm_word_maker_free(maker);
    return count;
}

static void phrases_match_as_all_terms_do(void **state)
{
    prng random = {7};
    unsigned stood = 0;
    (void)state;
    for (int round = 0; round < 20000; round++) {
        char text[4096], phrase[256], query[300], terms[8192], wanted[512];
        make_text(&random, 120, text);
        make_text(&random, 6, phrase);
        (void)all_terms(text, terms);
        if (all_terms(phrase, wanted) < 2) {
            continue;
        }
        snprintf(query, sizeof query, "\"%s\"", phrase);
        int stands = strstr(terms, wanted) != NULL;
        assert_int_equal(has_phrases(query, text), stands);
        stood += (unsigned)stands;
    }
    assert_true(stood > 100); /* both outcomes were met */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_query_is_cut_into_distinct_words_and_phrases),
        cmocka_unit_test(a_word_has_the_stem_of_each_language_only_for_that_language),
        cmocka_unit_test(only_the_languages_of_the_documents_are_asked_for),
        cmocka_unit_test(queries_beyond_the_limits_are_refused),
        cmocka_unit_test(phrases_match_words_that_stand_together),
        cmocka_unit_test(phrases_match_as_all_terms_do),
        cmocka_unit_test(the_passage_with_most_words_is_shown),
        cmocka_unit_test(passages_stay_inside_any_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
