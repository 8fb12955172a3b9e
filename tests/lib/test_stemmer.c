/* SPDX-License-Identifier: MIT */
/* The library of stemmers is loaded when the first is made. Where it is not there, whoever needs it is told so, and
   whoever does not is served. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* This program's own, in place of the library's, with a name that can be another. */
static const char *stemmers;
#undef STM_STEMMER_LIBRARY
#define STM_STEMMER_LIBRARY stemmers
#include "../../lib/base/stemmer.c"

#include "read/term.h"
#include "stemma/search.h"
#include "stemma/write.h"
#include "support/knowledge.h"

#define NOBODYS "libstemmer-of-nobody.so.9"

/* What it may be known by. */
static const char *const names[] = {"libstemmer.so.0d", "libstemmer.so.0", "libstemmer.so"};

static bool is_there(void)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        stemmers = names[i];
        if (stm_stemmer_load(NULL) == STEMMA_OK) {
            return true;
        }
    }
    return false;
}

static void is_told(stemma_status status, const stemma_error *error)
{
    assert_int_equal(status, STEMMA_E_SYSTEM);
    assert_string_equal(error->code, "STEMMER");
    assert_string_equal(error->where, NOBODYS);
    assert_non_null(strstr(error->message, NOBODYS)); /* the loader's reason */
}

static void makers_need_it_for_languages_with_a_stemmer(void **state)
{
    stm_word_maker *maker = NULL;
    stemma_error error = {0};
    (void)state;
    stemmers = NOBODYS;
    assert_int_equal(stm_word_maker_new(&maker, stemma_text_of("en")), STEMMA_E_SYSTEM);
    is_told(stm_stemmer_explain(&error), &error);
    assert_int_equal(stm_word_maker_new(&maker, stemma_text_of("xx")), STEMMA_OK);
    stm_word_maker_free(maker);
    if (is_there()) {
        stm_word word;
        assert_int_equal(stm_word_maker_new(&maker, stemma_text_of("en")), STEMMA_OK);
        assert_int_equal(stm_word_term(maker, stemma_text_of("Miners"), &word), STEMMA_OK);
        assert_true(stemma_text_equal(stm_word_text(&word), stemma_text_of("miner")));
        stm_word_maker_free(maker);
        stemmers = NOBODYS; /* it is asked for by its name each time */
        assert_int_equal(stm_word_maker_new(&maker, stemma_text_of("en")), STEMMA_E_SYSTEM);
    }
}

static void make_documents(corpus_document *d[2], const char *language)
{
    for (int i = 0; i < 2; i++) {
        d[i] = corpus_new(i == 0 ? "urn:0" : "urn:1", "2031-01-01");
        d[i]->document.language = stemma_text_of(language);
        corpus_say(d[i], i == 0 ? "Miners sang of copper." : "Copper rose.");
    }
}

/* How many documents a search finds, or its status. */
static int64_t search(const char *query, const char *language, stemma_error *error)
{
    corpus_document *d[2];
    char path[64];
    stemma_file *file;
    uint64_t count = 0;
    assert_true(is_there());
    make_documents(d, language);
    knowledge_write(path, d, 2);
    stemma_snapshot *snapshot = knowledge_open(path, &file);
    stemmers = NOBODYS;
    stemma_status status =
        stemma_search_count(snapshot, stemma_text_of(query), NULL, &count, error);
    knowledge_close(path, file, snapshot);
    return status == STEMMA_OK ? (int64_t)count : status;
}

static void searches_say_that_it_is_missing(void **state)
{
    stemma_error error = {0};
    (void)state;
    if (!is_there()) {
        skip();
    }
    is_told((stemma_status)search("miner", "en", &error), &error);
    assert_int_equal(search("copper", "", &error), 2); /* words without stems are found without it */
}

static void writers_say_that_it_is_missing(void **state)
{
    const stemma_run run = {
        stemma_text_of("test"), stemma_text_of("1"), STEMMA_RUN_RULE, {NULL, 0}};
    const char *path = "/tmp/stemma-never-written";
    stemma_writer_options options = STEMMA_WRITER_OPTIONS_INIT;
    stemma_writer *writer = NULL;
    corpus_document *d[2];
    stemma_error error = {0};
    uint32_t number = 0;
    (void)state;
    make_documents(d, "en");
    stemmers = NOBODYS;
    options.flags = STEMMA_WRITE_REPLACE;
    assert_int_equal(stemma_writer_new(&writer, path, &options, &error), STEMMA_OK);
    assert_int_equal(stemma_writer_add_run(writer, &run, &number, &error), STEMMA_OK);
    stemma_status status = stemma_writer_add_document(writer, &d[0]->document, &number, &error);
    if (status == STEMMA_OK) { /* words are read on their way into the file */
        status = stemma_writer_finish(writer, &error);
    }
    is_told(status, &error);
    stemma_writer_free(writer);
    corpus_free(d[0]);
    corpus_free(d[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(makers_need_it_for_languages_with_a_stemmer),
        cmocka_unit_test(searches_say_that_it_is_missing),
        cmocka_unit_test(writers_say_that_it_is_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
