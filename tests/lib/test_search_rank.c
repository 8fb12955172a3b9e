/* SPDX-License-Identifier: MIT */
/* What a search finds against a plain reading of every text: which documents, in which order, with
   which scores. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "stemma/edtf.h"
#include "stemma/search.h"
#include "support/knowledge.h"
#include "support/prng.h"
#include "read/term.h"

enum { DOCUMENTS = 600, MOST_WORDS = 4, MOST_TERMS = 400 };

static char path[64];
static stemma_file *file;
static stemma_snapshot *snapshot;
static corpus_document *documents[DOCUMENTS];
static stm_word *terms[DOCUMENTS]; /* of each, once they were needed */
static stm_word_maker *makers[STM_WORD_LANGUAGES + 1];

/* Words whose stems differ from language to language, some in every other text, some rare. */
static const char *const words[] = {"released", "mine",    "mining", "houses", "Häuser", "haus",
                                    "news",     "new",     "copper", "élan",   "zinc",   "running",
                                    "the",      "archive", "Brücke", "verses"};
enum { WORDS = sizeof words / sizeof words[0] };

static void say_words(corpus_document *d, prng *random)
{
    uint32_t count = 1 + prng_below(random, prng_below(random, 5) == 0 ? 150 : 25);
    for (uint32_t i = 0; i < count; i++) {
        /* the least of two draws: the first words are frequent, the last rare */
        uint32_t a = prng_below(random, WORDS), b = prng_below(random, WORDS);
        corpus_say(d, words[a < b ? a : b]);
        corpus_say(d, prng_below(random, 9) == 0 ? ". Then " : " ");
    }
}

/* Document `number`: the same each time. */
static corpus_document *make(uint32_t number)
{
    static const char *const languages[] = {"en", "en", "en", "de", "", "fr"};
    prng random = {number};
    char uri[20], day[16] = {0};
    snprintf(uri, sizeof uri, "urn:%u", number);
    stemma_day_text((int64_t)(20000 + number) * 86400, day);
    corpus_document *d = corpus_new(uri, day);
    d->document.language = stemma_text_of(languages[prng_below(&random, 6)]);
    say_words(d, &random);
    d->document.text_withheld = number % 50 == 7;
    return d;
}

static int make_file(void **state)
{
    corpus_document *given[DOCUMENTS];
    (void)state;
    for (uint32_t i = 0; i < DOCUMENTS; i++) {
        given[i] = make(i);
        documents[i] = make(i);
    }
    knowledge_write(path, given, DOCUMENTS); /* which frees them */
    snapshot = knowledge_open(path, &file);
    for (uint32_t i = 0; i < DOCUMENTS; i++) { /* dates ascend: numbers are those given here */
        stemma_document d;
        assert_int_equal(stemma_document_get(snapshot, i, &d, NULL), STEMMA_OK);
        assert_true(stemma_text_equal(d.uri, documents[i]->document.uri));
        stemma_snapshot_reset(snapshot);
    }
    return 0;
}

static int remove_file(void **state)
{
    (void)state;
    knowledge_close(path, file, snapshot);
    for (uint32_t i = 0; i < DOCUMENTS; i++) {
        corpus_free(documents[i]);
        free(terms[i]);
    }
    for (uint32_t i = 0; i <= STM_WORD_LANGUAGES; i++) {
        stm_word_maker_free(makers[i]);
    }
    return 0;
}

/* ---- The plain reading --------------------------------------------------------------------- */

typedef struct answer {
    double score;
    uint32_t document;
} answer;

static uint32_t language_of(uint32_t document)
{
    return stm_word_language(documents[document]->document.language);
}

static stm_word_maker *maker_of(uint32_t language)
{
    uint32_t at = language < STM_WORD_LANGUAGES ? language : STM_WORD_LANGUAGES;
    const stemma_text none = {NULL, 0};
    if (makers[at] == NULL) {
        assert_int_equal(stm_word_maker_new(&makers[at], at < STM_WORD_LANGUAGES
                                                             ? stm_word_language_tag(at)
                                                             : none),
                         STEMMA_OK);
    }
    return makers[at];
}

/* The words of a document's indexed text, read once. */
static const stm_word *terms_of(uint32_t document, uint32_t *count)
{
    static uint32_t counts[DOCUMENTS];
    if (terms[document] == NULL) {
        stm_word_walk walk;
        terms[document] = calloc(MOST_TERMS, sizeof(stm_word));
        assert_non_null(terms[document]);
        stm_word_walk_begin(&walk, maker_of(language_of(document)),
                            documents[document]->document.text);
        while (!documents[document]->document.text_withheld &&
               stm_word_walk_next(&walk, &terms[document][counts[document]]) == STEMMA_OK) {
            assert_true(++counts[document] < MOST_TERMS);
        }
    }
    *count = counts[document];
    return terms[document];
}

/* How often the term stands in the document, and how many words that has. */
static uint32_t occurrences(uint32_t document, const stm_word *term, uint32_t *size)
{
    const stm_word *read = terms_of(document, size);
    uint32_t found = 0;
    for (uint32_t i = 0; i < *size; i++) {
        found += read[i].size == term->size && memcmp(read[i].text, term->text, term->size) == 0;
    }
    return found;
}

static stm_word stem_in(uint32_t language, const char *text)
{
    stm_word word = {0};
    assert_int_equal(stm_word_term(maker_of(language), stemma_text_of(text), &word), STEMMA_OK);
    return word;
}

/* Documents of the lists of all different stems that the word has in the languages there are. */
static double documents_of(const char *text, uint32_t documents_known)
{
    static const char *const tags[] = {"en", "de", "", "fr"};
    stm_word seen[4];
    uint32_t total = 0, size;
    for (uint32_t i = 0; i < 4; i++) {
        int known = 0;
        seen[i] = stem_in(stm_word_language(stemma_text_of(tags[i])), text);
        for (uint32_t k = 0; k < i; k++) {
            known |= seen[i].size == seen[k].size &&
                     memcmp(seen[i].text, seen[k].text, seen[i].size) == 0;
        }
        for (uint32_t d = 0; d < documents_known && !known; d++) {
            total += occurrences(d, &seen[i], &size) != 0;
        }
    }
    return total < documents_known ? total : documents_known;
}

static int by_rank(const void *a, const void *b)
{
    const answer *x = a, *y = b;
    return x->score != y->score ? (x->score < y->score ? 1 : -1)
                                : (x->document > y->document) - (x->document < y->document);
}

static int by_frequency(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* SPEC 11.10, word by word. */
static uint32_t read_all(const uint32_t *asked, uint32_t count, uint32_t until, answer *out)
{
    struct {
        double documents;
        const char *word;
    } by_n[MOST_WORDS];
    uint32_t found = 0;
    uint32_t known = until < DOCUMENTS ? until : DOCUMENTS;
    double tokens = 0;
    for (uint32_t d = 0; d < known; d++) {
        uint32_t size = 0;
        terms_of(d, &size);
        tokens += size;
    }
    double mean = known != 0 ? tokens / known : 1;
    mean = mean < 1 ? 1 : mean;
    for (uint32_t i = 0; i < count; i++) {
        by_n[i].word = words[asked[i]];
        by_n[i].documents = documents_of(words[asked[i]], known);
    }
    qsort(by_n, count, sizeof by_n[0], by_frequency); /* rarest first: sums are taken in order */
    for (uint32_t d = 0; d < known; d++) {
        double score = 0;
        uint32_t size = 0, here = 1;
        for (uint32_t i = 0; i < count && here != 0; i++) {
            stm_word term = stem_in(language_of(d), by_n[i].word);
            double n = by_n[i].documents, f;
            here = occurrences(d, &term, &size);
            f = here;
            score += log(1 + (known - n + 0.5) / (n + 0.5)) * f * 2.2 /
                     (f + 1.2 * (0.25 + 0.75 * size / mean));
        }
        if (here != 0) {
            out[found].score = score;
            out[found++].document = d;
        }
    }
    qsort(out, found, sizeof *out, by_rank);
    return found;
}

/* ---- Tests --------------------------------------------------------------------------------- */

static uint32_t draw_query(prng *random, uint32_t *asked, char *text, size_t size)
{
    uint32_t count = 1 + prng_below(random, 3), used = 0;
    text[0] = '\0';
    for (uint32_t i = 0; i < count; i++) {
        asked[i] = prng_below(random, WORDS);
        for (uint32_t k = 0; k < i; k++) {
            /* the same word twice counts once; "mine" and "mining" have one stem in English */
            if (asked[k] == asked[i] || (asked[k] % 3 == 1 && asked[i] % 3 == 1)) {
                return i;
            }
        }
        used += (uint32_t)snprintf(text + used, size - used, "%s ", words[asked[i]]);
    }
    return count;
}

static void check_best(const char *text, uint32_t until, uint32_t limit, const answer *all,
                       uint32_t found)
{
    stemma_search_options options = STEMMA_SEARCH_OPTIONS_INIT;
    const stemma_hit *hits;
    uint32_t count;
    options.limit = limit;
    stemma_snapshot_as_of(snapshot, until);
    options.flags = STEMMA_SEARCH_NO_SNIPPETS;
    assert_int_equal(stemma_search(snapshot, stemma_text_of(text), &options, &hits, &count, NULL),
                     STEMMA_OK);
    assert_int_equal(count, found < limit ? found : limit);
    for (uint32_t i = 0; i < count; i++) {
        /* Sums may differ in the last bit: then two of nearly one score may stand either way. */
        assert_true(fabs(hits[i].score - all[i].score) <= 1e-12 * all[i].score);
        assert_true(hits[i].document == all[i].document ||
                    (i + 1 < found && all[i + 1].score > all[i].score * (1 - 1e-12)) ||
                    (i > 0 && all[i - 1].score < all[i].score * (1 + 1e-12)));
        assert_int_equal(hits[i].word_count, 0);
        assert_int_equal(hits[i].snippet.end, 0);
    }
    stemma_snapshot_reset(snapshot);
}

/* The best are found whatever is passed over for having no chance. */
static void the_best_are_those_of_the_definition(void **state)
{
    static answer all[DOCUMENTS];
    static const uint32_t limits[] = {1, 3, 10, 10000};
    prng random = {5};
    (void)state;
    for (uint32_t round = 0; round < 120; round++) {
        uint32_t asked[MOST_WORDS];
        char text[200];
        uint32_t count = draw_query(&random, asked, text, sizeof text);
        uint32_t until = round % 3 == 0 ? prng_below(&random, DOCUMENTS) : STEMMA_NONE;
        uint32_t found = read_all(asked, count, until, all);
        char wrapped[sizeof text * 2 + 40];
        snprintf(wrapped, sizeof wrapped, "(%s) OR (%s AND nowhereatall)", text, text);
        for (uint32_t i = 0; i < 4; i++) {
            check_best(text, until, limits[i], all, found);
            check_best(wrapped, until, limits[i], all, found); /* the other way to the same */
        }
    }
    stemma_snapshot_as_of(snapshot, STEMMA_NONE);
}

static int by_number(const void *a, const void *b)
{
    const answer *x = a, *y = b;
    return (x->document > y->document) - (x->document < y->document);
}

static void all_are_counted_and_listed_in_order(void **state)
{
    static answer all[DOCUMENTS];
    prng random = {9};
    (void)state;
    for (uint32_t round = 0; round < 120; round++) {
        uint32_t asked[MOST_WORDS], listed[7], count, from = 0, at = 0;
        char text[200];
        stemma_search_options options = STEMMA_SEARCH_OPTIONS_INIT;
        uint64_t total;
        uint32_t words_asked = draw_query(&random, asked, text, sizeof text);
        uint32_t until = round % 3 == 0 ? prng_below(&random, DOCUMENTS) : STEMMA_NONE;
        stemma_snapshot_as_of(snapshot, until);
        uint32_t found = read_all(asked, words_asked, until, all);
        qsort(all, found, sizeof all[0], by_number);
        assert_int_equal(
            stemma_search_count(snapshot, stemma_text_of(text), &options, &total, NULL), STEMMA_OK);
        assert_int_equal(total, found);
        do {
            assert_int_equal(stemma_search_documents(snapshot, stemma_text_of(text), &options, from,
                                                     listed, 7, &count, NULL),
                             STEMMA_OK);
            for (uint32_t i = 0; i < count; i++) {
                assert_true(at < found);
                assert_int_equal(listed[i], all[at++].document);
                from = listed[i] + 1;
            }
        } while (count == 7);
        assert_int_equal(at, found);
    }
    stemma_snapshot_as_of(snapshot, STEMMA_NONE);
    stemma_snapshot_reset(snapshot);
}

static void phrases_narrow_the_count_and_the_list(void **state)
{
    stemma_text query = stemma_text_of("\"the released\" mine");
    const stemma_hit *hits;
    uint32_t ranked, listed[DOCUMENTS], count;
    uint64_t total, loose;
    stemma_search_options options = STEMMA_SEARCH_OPTIONS_INIT;
    (void)state;
    options.limit = DOCUMENTS;
    assert_int_equal(stemma_search(snapshot, query, &options, &hits, &ranked, NULL), STEMMA_OK);
    assert_int_equal(stemma_search_count(snapshot, query, NULL, &total, NULL), STEMMA_OK);
    assert_int_equal(
        stemma_search_documents(snapshot, query, NULL, 0, listed, DOCUMENTS, &count, NULL),
        STEMMA_OK);
    assert_int_equal(
        stemma_search_count(snapshot, stemma_text_of("the released mine"), NULL, &loose, NULL),
        STEMMA_OK);
    assert_true(ranked > 0 && total < loose);
    assert_int_equal(total, ranked);
    assert_int_equal(count, ranked);
    stemma_snapshot_reset(snapshot);
}

static void nothing_is_counted_for_no_words_or_unknown_ones(void **state)
{
    static const char *const queries[] = {"", "...", "unheard", "mine unheard", "unheard mine"};
    (void)state;
    for (uint32_t i = 0; i < 5; i++) {
        uint64_t total = 99;
        uint32_t listed[2], count = 99;
        assert_int_equal(
            stemma_search_count(snapshot, stemma_text_of(queries[i]), NULL, &total, NULL),
            STEMMA_OK);
        assert_int_equal(total, 0);
        assert_int_equal(stemma_search_documents(snapshot, stemma_text_of(queries[i]), NULL, 0,
                                                 listed, 2, &count, NULL),
                         STEMMA_OK);
        assert_int_equal(count, 0);
    }
}

static void options_of_another_version_are_refused(void **state)
{
    stemma_search_options options = STEMMA_SEARCH_OPTIONS_INIT;
    uint64_t total;
    (void)state;
    options.flags = 2;
    assert_int_equal(stemma_search_count(snapshot, stemma_text_of("mine"), &options, &total, NULL),
                     STEMMA_E_MISUSE);
    options.flags = 0;
    options.size--;
    assert_int_equal(stemma_search_count(snapshot, stemma_text_of("mine"), &options, &total, NULL),
                     STEMMA_E_MISUSE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_are_those_of_the_definition),
        cmocka_unit_test(all_are_counted_and_listed_in_order),
        cmocka_unit_test(phrases_narrow_the_count_and_the_list),
        cmocka_unit_test(nothing_is_counted_for_no_words_or_unknown_ones),
        cmocka_unit_test(options_of_another_version_are_refused),
    };
    return cmocka_run_group_tests(tests, make_file, remove_file);
}
