/* SPDX-License-Identifier: MIT */
/* The language of searches: what it finds, what it refuses, and that nothing breaks it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "search/search_parse.h"
#include "stemma/search.h"
#include "support/knowledge.h"
#include "support/prng.h"

static char path[64];
static stemma_file *file;
static stemma_snapshot *snapshot;
static uint32_t velmora; /* referent of the first document */

static corpus_document *article(const char *uri, const char *day, const char *title,
                                const char *publisher, const char *text)
{
    corpus_document *d = corpus_new(uri, day);
    d->document.language = stemma_text_of("en-GB");
    d->document.title = stemma_text_of(title);
    d->document.publisher = stemma_text_of(publisher);
    d->document.byline = stemma_text_of("By Ila Moor");
    d->document.agency = stemma_text_of("Vastrian Wire");
    corpus_say(d, text);
    return d;
}

static int make_file(void **state)
{
    corpus_document *d[6];
    (void)state;
    d[0] = article("urn:0", "2031-01-01", "Copper song", "The Bell", "Miners of ");
    velmora = corpus_entity(d[0], "place", "Velmora");
    corpus_mention(d[0], velmora, STEMMA_MENTION_NAME, corpus_say(d[0], "Velmora"));
    corpus_say(d[0], " sang of copper and of zinc.");
    d[1] = article("urn:1", "2031-01-15", "Prices", "Bell and Sons", "Copper rose. The price of tin fell.");
    d[2] = article("urn:2", "2031-02-01", "A closed mine", "The Bell",
                   "The zinc mine closed. Sanctions against miners followed.");
    d[3] = article("urn:3", "2032-03-04", "Nothing new", "Free Vastria", "The mine of zinc is open or not.");
    d[4] = article("urn:4", "2032-03-05", "Sanctioned", "Free Vastria", "A sanctuary was opened.");
    d[4]->document.language = stemma_text_of("");
    d[5] = article("urn:5", "", "Undated", "", "Copper again, and zinc.");
    knowledge_write(path, d, 6);
    snapshot = knowledge_open(path, &file);
    return 0;
}

static int remove_file(void **state)
{
    (void)state;
    knowledge_close(path, file, snapshot);
    return 0;
}

static int by_letter(const void *a, const void *b)
{
    return *(const char *)a - *(const char *)b;
}

/* Last characters of the URIs of what is found, sorted; or the code and place of the error. */
static const char *search_in(const char *query, const stemma_search_options *options)
{
    static char out[128];
    const stemma_hit *hits;
    uint32_t count = 0, listed[16], listed_count = 0;
    uint64_t counted = 0;
    stemma_error error = {0};
    stemma_text text = stemma_text_of(query);
    stemma_status status = stemma_search(snapshot, text, options, &hits, &count, &error);
    if (status != STEMMA_OK) {
        snprintf(out, sizeof out, "%s %s", error.code, error.where);
        assert_int_equal(stemma_search_count(snapshot, text, options, &counted, &error), status);
        assert_int_equal(error.status, status);
        assert_true(error.message[0] != 0);
        return out;
    }
    for (uint32_t i = 0; i < count; i++) {
        stemma_document document;
        assert_int_equal(stemma_document_get(snapshot, hits[i].document, &document, &error),
                         STEMMA_OK);
        out[i] = document.uri.data[document.uri.size - 1];
        assert_true(i == 0 || hits[i - 1].score >= hits[i].score);
    }
    out[count] = 0;
    assert_int_equal(stemma_search_count(snapshot, text, options, &counted, &error), STEMMA_OK);
    assert_int_equal(counted, count);
    assert_int_equal(stemma_search_documents(snapshot, text, options, 0, listed, 16, &listed_count,
                                             &error),
                     STEMMA_OK);
    assert_int_equal(listed_count, count);
    qsort(out, count, 1, by_letter);
    stemma_snapshot_reset(snapshot);
    return out;
}

static const char *search(const char *query)
{
    return search_in(query, NULL);
}

static void operators_do_what_they_say(void **state)
{
    (void)state;
    assert_string_equal(search("copper zinc"), "05");
    assert_string_equal(search("copper AND zinc"), "05");
    assert_string_equal(search("copper OR zinc"), "01235");
    assert_string_equal(search("zinc NOT copper"), "23");
    assert_string_equal(search("zinc -copper"), "23");
    assert_string_equal(search("-copper zinc"), "23");
    assert_string_equal(search("zinc AND NOT copper"), "23");
    assert_string_equal(search("NOT zinc"), "14");
    assert_string_equal(search("NOT NOT zinc"), "0235");
    assert_string_equal(search("zinc NOT (copper OR closed)"), "3");
    assert_string_equal(search("-\"zinc mine\" zinc"), "035");
    assert_string_equal(search("nowhere OR tin"), "1");
    assert_string_equal(search("nowhere tin"), "");
    assert_string_equal(search("zinc , copper"), "05"); /* no word, nothing asked */
}

static void and_binds_tighter_than_or(void **state)
{
    (void)state;
    assert_string_equal(search("tin OR zinc mine"), "123");
    assert_string_equal(search("zinc mine OR tin"), "123");
    assert_string_equal(search("(tin OR zinc) closed"), "2");
    assert_string_equal(search("tin OR zinc AND closed"), "12");
    assert_string_equal(search("closed AND zinc OR tin OR sanctuary"), "124");
    assert_string_equal(search("((tin)) OR (zinc (closed))"), "12");
}

static void only_capitals_are_operators(void **state)
{
    (void)state;
    assert_string_equal(search("open or not"), "3");
    assert_string_equal(search("copper and zinc"), "05"); /* all three words */
    assert_string_equal(search("open \"OR\" not"), "3");
    assert_string_equal(search("ORE"), "");
}

static void phrases_stand_anywhere(void **state)
{
    (void)state;
    assert_string_equal(search("\"zinc mine\""), "2");
    assert_string_equal(search("\"zinc mine\" OR \"mine of zinc\""), "23");
    assert_string_equal(search("mine NOT \"zinc mine\""), "3");
    assert_string_equal(search("(\"zinc mine\" OR copper) AND NOT tin"), "025");
    assert_string_equal(search("\"zinc\" OR nowhere"), "0235");
}

static void beginnings_of_words_are_enough(void **state)
{
    (void)state;
    assert_string_equal(search("sanct*"), "24");
    assert_string_equal(search("Sanctu*"), "4");
    assert_string_equal(search("sanctions*"), "2"); /* longer than its stem */
    assert_string_equal(search("sanct* -sanctuary"), "2");
    assert_string_equal(search("zin* cop*"), "05");
    assert_string_equal(search("xyz*"), "");
}

static void fields_are_asked(void **state)
{
    (void)state;
    assert_string_equal(search("title:copper"), "0");
    assert_string_equal(search("title:sanct*"), "4");
    assert_string_equal(search("publisher:bell"), "012");
    assert_string_equal(search("publisher:\"the bell\""), "02");
    assert_string_equal(search("zinc publisher:\"the bell\""), "02");
    assert_string_equal(search("zinc NOT publisher:bell"), "35");
    assert_string_equal(search("byline:moor title:new"), "3");
    assert_string_equal(search("agency:wire tin"), "1");
    assert_string_equal(search("language:en copper"), "015");
    assert_string_equal(search("language:EN-gb tin"), "1");
    assert_string_equal(search("language:e tin"), "");
    assert_string_equal(search("NOT language:en"), "4");
    assert_string_equal(search("published:2031"), "012");
    assert_string_equal(search("published:2031-01..2031-01-31"), "01");
    assert_string_equal(search("published:2032.. mine"), "3");
    assert_string_equal(search("published:..2031-01-01"), "0");
    assert_string_equal(search("copper -published:2031"), "5");
    assert_string_equal(search("12:30"), "");          /* no field */
    assert_string_equal(search("http://bell"), "");    /* neither */
    assert_string_equal(search("Copper: zinc"), "05"); /* nor this */
}

static void only_documents_of_a_thing(void **state)
{
    stemma_search_options options = STEMMA_SEARCH_OPTIONS_INIT;
    stemma_referent_id referent = {0, velmora};
    stemma_reference reference;
    (void)state;
    assert_int_equal(stemma_member_of(snapshot, referent, &reference, NULL), STEMMA_OK);
    options.about = reference;
    assert_string_equal(search_in("zinc", &options), "0");
    assert_string_equal(search_in("tin", &options), "");
    assert_string_equal(search_in("", &options), "0");
    options.about = (stemma_reference){STEMMA_REFERENCE_DOCUMENT, 2};
    assert_string_equal(search_in("zinc OR tin", &options), "2");
    options.about.number = 1000;
    assert_string_equal(search_in("zinc", &options), "");
    options.about.kind = 'x';
    assert_string_equal(search_in("zinc", &options), "OPTIONS_SIZE ");
}

static void what_is_wrong_is_said_with_its_place(void **state)
{
    (void)state;
    assert_string_equal(search("(zinc"), "SEARCH_QUERY column 1");
    assert_string_equal(search("zinc)"), "SEARCH_QUERY column 5");
    assert_string_equal(search("zinc ()"), "SEARCH_QUERY column 6");
    assert_string_equal(search("\"zinc"), "SEARCH_QUERY column 1");
    assert_string_equal(search("zinc AND"), "SEARCH_QUERY column 6");
    assert_string_equal(search("AND zinc"), "SEARCH_QUERY column 1");
    assert_string_equal(search("zinc AND OR tin"), "SEARCH_QUERY column 6");
    assert_string_equal(search("zinc OR"), "SEARCH_QUERY column 6");
    assert_string_equal(search("OR"), "SEARCH_QUERY column 1");
    assert_string_equal(search("zinc OR OR tin"), "SEARCH_QUERY column 6");
    assert_string_equal(search("NOT"), "SEARCH_QUERY column 1");
    assert_string_equal(search("zinc NOT )"), "SEARCH_QUERY column 6");
    assert_string_equal(search("z*nc"), "SEARCH_QUERY column 2");
    assert_string_equal(search("zinc *"), "SEARCH_QUERY column 6");
    assert_string_equal(search("colour:red"), "SEARCH_QUERY column 1");
    assert_string_equal(search("zinc published:soon"), "SEARCH_QUERY column 6");
    assert_string_equal(search("published:.."), "SEARCH_QUERY column 1");
    assert_string_equal(search("\xC3\xA9\xC3\xA9 colour:red"), "SEARCH_QUERY column 4");
}

static void marks_show_what_was_found(void **state)
{
    const stemma_hit *hits;
    uint32_t count = 0;
    (void)state;
    assert_int_equal(stemma_search(snapshot, stemma_text_of("sanct* AND mine NOT copper"), NULL,
                                   &hits, &count, NULL),
                     STEMMA_OK);
    assert_int_equal(count, 1);
    assert_int_equal(hits[0].word_count, 2); /* mine, Sanctions */
    stemma_snapshot_reset(snapshot);
}

/* ---- Anything ---- */

static void ask_anything(const char *text, size_t size)
{
    stemma_text query = {text, size};
    const stemma_hit *hits;
    uint32_t count = 0;
    stemma_error error = {0};
    stemma_status status = stemma_search(snapshot, query, NULL, &hits, &count, &error);
    assert_true(status == STEMMA_OK || status == STEMMA_E_INVALID || status == STEMMA_E_LIMIT);
    assert_true(status == STEMMA_OK || error.code[0] != 0);
    stemma_snapshot_reset(snapshot);
}

static void random_queries_are_answered_or_refused(void **state)
{
    static const char *const pieces[] = {"(",  ")",  "\"", " ",      "-",     "*",   ":",  "AND ",
                                         "OR ", "NOT ", "zinc", "copper ", "title:", "published:",
                                         "..", "2031", "\xC3\xA9", "\xFF", "a",   ",", "\n", "sanct*"};
    prng random = {77};
    (void)state;
    for (uint32_t round = 0; round < 20000; round++) {
        char text[300];
        size_t size = 0;
        for (uint32_t n = prng_below(&random, 20); n > 0; n--) {
            const char *piece = pieces[prng_below(&random, sizeof pieces / sizeof pieces[0])];
            memcpy(text + size, piece, strlen(piece));
            size += strlen(piece);
        }
        ask_anything(text, size);
    }
}

static void huge_queries_are_refused(void **state)
{
    enum { SIZE = 1 << 20 };
    static const char *const fills[] = {"(", "-", "NOT ", "a ", "a* ", "\"a b\" ", "(a OR ", "AND ", "title:a "};
    static char text[SIZE];
    (void)state;
    for (size_t f = 0; f < sizeof fills / sizeof fills[0]; f++) {
        size_t piece = strlen(fills[f]);
        static const size_t sizes[] = {50, 200, 1000, 60000, SIZE};
        for (size_t i = 0; i + piece <= SIZE; i += piece) {
            memcpy(text + i, fills[f], piece);
        }
        for (size_t k = 0; k < sizeof sizes / sizeof sizes[0]; k++) {
            ask_anything(text, sizes[k] / piece * piece);
        }
    }
    memset(text, '(', SIZE);
    assert_string_equal(search("((((((((((((((((((((((((((((((((((a"), "SEARCH_QUERY column 33");
}

static void plain_queries_are_known(void **state)
{
    (void)state;
    assert_true(stm_ask_is_plain(stemma_text_of("copper \"zinc mine\" state-run it's 12:30")));
    assert_true(stm_ask_is_plain(stemma_text_of("\"(a OR b)\" \"title:x *\"")));
    assert_false(stm_ask_is_plain(stemma_text_of("a OR b")));
    assert_false(stm_ask_is_plain(stemma_text_of("a -b")));
    assert_false(stm_ask_is_plain(stemma_text_of("a*")));
    assert_false(stm_ask_is_plain(stemma_text_of("title:a")));
    assert_false(stm_ask_is_plain(stemma_text_of("title:\"a b\"")));
    assert_false(stm_ask_is_plain(stemma_text_of("\"a")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(operators_do_what_they_say),
        cmocka_unit_test(and_binds_tighter_than_or),
        cmocka_unit_test(only_capitals_are_operators),
        cmocka_unit_test(phrases_stand_anywhere),
        cmocka_unit_test(beginnings_of_words_are_enough),
        cmocka_unit_test(fields_are_asked),
        cmocka_unit_test(only_documents_of_a_thing),
        cmocka_unit_test(what_is_wrong_is_said_with_its_place),
        cmocka_unit_test(marks_show_what_was_found),
        cmocka_unit_test(random_queries_are_answered_or_refused),
        cmocka_unit_test(huge_queries_are_refused),
        cmocka_unit_test(plain_queries_are_known),
    };
    return cmocka_run_group_tests(tests, make_file, remove_file);
}
