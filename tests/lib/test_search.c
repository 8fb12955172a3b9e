/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "stemma/search.h"
#include "support/knowledge.h"
#include "support/prng.h"

static char path[64];
static stemma_file *file;
static stemma_snapshot *snapshot;

static corpus_document *article(const char *uri, const char *day, const char *language,
                                const char *text)
{
    corpus_document *d = corpus_new(uri, day);
    d->document.language = stemma_text_of(language);
    corpus_say(d, text);
    return d;
}

static int make_file(void **state)
{
    enum { FILLERS = 40 };
    corpus_document *documents[8 + FILLERS];
    uint32_t count = 0;
    (void)state;
    documents[count++] = article("urn:0", "2031-01-01", "en",
                                 "The miners of Velmora released a song about copper and zinc.");
    documents[count++] = article("urn:1", "2031-01-02", "en",
                                 "Copper, copper, copper: prices of copper rose in Velmora.");
    documents[count++] = article("urn:2", "2031-01-03", "en",
                                 "A zinc mine closed. Nobody spoke of the other metal, copper.");
    documents[count++] =
        article("urn:3", "2031-01-04", "de", "Die Häuser der Bergleute in Velmora stehen leer.");
    documents[count++] =
        article("urn:4", "2031-01-05", "ru", "Освобождённые шахтёры вернулись домой.");
    documents[count++] = article("urn:5", "2031-01-06", "en", "New copper was found.");
    documents[count++] = article("urn:6", "", "", "An undated note about silver.");
    documents[count++] = article("urn:7", "2031-01-07", "en", "A secret about platinum.");
    documents[7]->document.text_withheld = 1;
    for (uint32_t i = 0; i < FILLERS; i++) {
        char uri[20], text[400];
        prng random = {i};
        size_t used = 0;
        snprintf(uri, sizeof uri, "urn:f%u", i);
        for (int w = 0; w < 30; w++) {
            used += (size_t)snprintf(text + used, sizeof text - used, "filler%u ",
                                     prng_below(&random, 50));
        }
        documents[count++] = article(uri, "2030-05-05", "en", text);
    }
    knowledge_write(path, documents, count);
    snapshot = knowledge_open(path, &file);
    return 0;
}

static int remove_file(void **state)
{
    (void)state;
    knowledge_close(path, file, snapshot);
    return 0;
}

/* The last characters of the URIs of the results, best first. */
static const char *results(const char *query, uint32_t until)
{
    static char out[64];
    stemma_search_options options = STEMMA_SEARCH_OPTIONS_INIT;
    const stemma_hit *hits;
    uint32_t count;
    stemma_error error = {0};
    size_t used = 0;
    stemma_snapshot_as_of(snapshot, until);
    if (stemma_search(snapshot, stemma_text_of(query), &options, &hits, &count, &error) !=
        STEMMA_OK) {
        fail_msg("%s: %s", error.code, error.message);
    }
    for (uint32_t i = 0; i < count && used + 2 < sizeof out; i++) {
        stemma_document document;
        assert_int_equal(stemma_document_get(snapshot, hits[i].document, &document, &error),
                         STEMMA_OK);
        out[used++] = document.uri.data[document.uri.size - 1];
        assert_true(i == 0 || hits[i - 1].score >= hits[i].score);
        assert_true(hits[i].score > 0);
    }
    out[used] = 0;
    stemma_snapshot_reset(snapshot);
    return out;
}

static void all_words_must_be_there_in_any_form(void **state)
{
    (void)state;
    assert_string_equal(results("COPPER release", STEMMA_NONE), "0");
    assert_string_equal(results("zinc copper", STEMMA_NONE), "02");
    assert_string_equal(results("zinc copper velmora", STEMMA_NONE), "0");
    assert_string_equal(results("copper nowhere", STEMMA_NONE), "");
    assert_string_equal(results("", STEMMA_NONE), "");
    assert_string_equal(results("silver", STEMMA_NONE), "6");
}

static void more_occurrences_in_less_text_rank_higher(void **state)
{
    (void)state;
    assert_string_equal(results("copper", STEMMA_NONE), "1502");
}

static void words_in_quotes_stand_together(void **state)
{
    (void)state;
    assert_string_equal(results("\"zinc mine\"", STEMMA_NONE), "2");
    assert_string_equal(results("\"mine zinc\"", STEMMA_NONE), "");
    assert_string_equal(results("\"copper and zinc\" velmora", STEMMA_NONE), "0");
}

/* [I-27] */
static void each_document_is_found_in_its_own_language(void **state)
{
    (void)state;
    assert_string_equal(results("haus", STEMMA_NONE), "3");
    assert_string_equal(results("освобождённый", STEMMA_NONE), "4");
    /* "news" has the stem "new" in some languages; no document of those says "new". */
    assert_string_equal(results("news", STEMMA_NONE), "");
    assert_string_equal(results("new", STEMMA_NONE), "5");
}

static void only_documents_of_the_time_are_found(void **state)
{
    uint32_t until;
    (void)state;
    assert_int_equal(
        stemma_documents_until(snapshot, INT64_C(1924992000) + 86400 * 2, &until, NULL),
        STEMMA_OK); /* 2031-01-03 */
    assert_string_equal(results("copper", until), "102");
    assert_string_equal(results("copper", 0), "");
}

/* [I-24] */
static void withheld_text_is_not_searched(void **state)
{
    (void)state;
    assert_string_equal(results("platinum", STEMMA_NONE), "");
}

static void the_passage_holds_the_words_it_marks(void **state)
{
    const stemma_hit *hits;
    uint32_t count;
    stemma_text text;
    (void)state;
    assert_int_equal(
        stemma_search(snapshot, stemma_text_of("zinc copper"), NULL, &hits, &count, NULL),
        STEMMA_OK);
    assert_int_equal(count, 2);
    for (uint32_t i = 0; i < count; i++) {
        assert_int_equal(hits[i].word_count, 2);
        for (uint32_t w = 0; w < 2; w++) {
            assert_true(hits[i].words[w].start >= hits[i].snippet.start);
            assert_true(hits[i].words[w].end <= hits[i].snippet.end);
            assert_int_equal(
                stemma_text_get(snapshot, hits[i].document, hits[i].words[w], &text, NULL),
                STEMMA_OK);
            assert_true(stemma_text_equal(text, stemma_text_of("zinc")) ||
                        stemma_text_equal(text, stemma_text_of("copper")));
        }
    }
    stemma_snapshot_reset(snapshot);
}

static void no_more_than_the_limit_and_the_best_of_them(void **state)
{
    stemma_search_options options = STEMMA_SEARCH_OPTIONS_INIT;
    const stemma_hit *all, *some;
    uint32_t all_count, some_count;
    (void)state;
    options.limit = 1000;
    assert_int_equal(
        stemma_search(snapshot, stemma_text_of("filler7"), &options, &all, &all_count, NULL),
        STEMMA_OK);
    assert_true(all_count > 5);
    for (uint32_t limit = 1; limit <= all_count; limit++) {
        options.limit = limit;
        assert_int_equal(
            stemma_search(snapshot, stemma_text_of("filler7"), &options, &some, &some_count, NULL),
            STEMMA_OK);
        assert_int_equal(some_count, limit);
        for (uint32_t i = 0; i < limit; i++) {
            assert_int_equal(some[i].document, all[i].document);
        }
    }
    stemma_snapshot_reset(snapshot);
}

static void a_query_that_is_too_long_is_refused_by_name(void **state)
{
    char query[300] = "";
    const stemma_hit *hits;
    uint32_t count;
    stemma_error error = {0};
    (void)state;
    for (int i = 0; i < 40; i++) {
        snprintf(query + strlen(query), sizeof query - strlen(query), "w%d ", i);
    }
    assert_int_equal(stemma_search(snapshot, stemma_text_of(query), NULL, &hits, &count, &error),
                     STEMMA_E_LIMIT);
    assert_string_equal(error.code, "QUERY_TOO_LONG");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_words_must_be_there_in_any_form),
        cmocka_unit_test(more_occurrences_in_less_text_rank_higher),
        cmocka_unit_test(words_in_quotes_stand_together),
        cmocka_unit_test(each_document_is_found_in_its_own_language),
        cmocka_unit_test(only_documents_of_the_time_are_found),
        cmocka_unit_test(withheld_text_is_not_searched),
        cmocka_unit_test(the_passage_holds_the_words_it_marks),
        cmocka_unit_test(no_more_than_the_limit_and_the_best_of_them),
        cmocka_unit_test(a_query_that_is_too_long_is_refused_by_name),
    };
    return cmocka_run_group_tests(tests, make_file, remove_file);
}
