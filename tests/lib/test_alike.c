/* SPDX-License-Identifier: MIT */
/* What documents share of which none is said to derive from the other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "stemma/sources.h"
#include "stemma/write.h"
#include "support/corpus.h"
#include "support/prng.h"

static char path[64];
static stemma_file *file;
static stemma_snapshot *snapshot;

static void must(stemma_status status, const stemma_error *error)
{
    if (status != STEMMA_OK) {
        fail_msg("%s: %s at %s: %s", stemma_status_name(status), error->code, error->where,
                 error->message);
    }
}

/* One sentence a line. */
static void add(stemma_writer *writer, uint32_t number, const char *lines, int withheld)
{
    char uri[32], day[16], line[4096];
    uint32_t place;
    stemma_error error = {0};
    corpus_document *d;
    snprintf(uri, sizeof uri, "urn:day:%04u", number);
    snprintf(day, sizeof day, "%04u-01-01", 2000 + number);
    d = corpus_new(uri, day);
    d->document.language = stemma_text_of("en");
    d->document.text_withheld = (uint8_t)withheld;
    while (*lines != '\0') {
        size_t size = strcspn(lines, "\n");
        snprintf(line, sizeof line, "%.*s ", (int)size, lines);
        corpus_sentence(d);
        corpus_say(d, line);
        lines += size + (lines[size] == '\n');
    }
    must(stemma_writer_add_document(writer, &d->document, &place, &error), &error);
    assert_int_equal(place, number);
    corpus_free(d);
}

static void make(const char *const *texts, uint32_t count, uint32_t withheld,
                 const stemma_derivation *derivation)
{
    stemma_writer *writer = NULL;
    stemma_writer_options options = STEMMA_WRITER_OPTIONS_INIT;
    stemma_error error = {0};
    stemma_run run = {stemma_text_of("test"), stemma_text_of("1"), STEMMA_RUN_RULE, {NULL, 0}};
    uint32_t number;
    options.flags = STEMMA_WRITE_REPLACE;
    snprintf(path, sizeof path, "/tmp/stemma-alike-%d", (int)getpid());
    must(stemma_writer_new(&writer, path, &options, &error), &error);
    must(stemma_writer_add_run(writer, &run, &number, &error), &error);
    for (uint32_t i = 0; i < count; i++) {
        add(writer, i, texts[i], i == withheld);
    }
    if (derivation != NULL) {
        must(stemma_writer_add_derivation(writer, derivation, &error), &error);
    }
    must(stemma_writer_finish(writer, &error), &error);
    stemma_writer_free(writer);
    must(stemma_open(&file, path, NULL, &error), &error);
    must(stemma_snapshot_begin(&snapshot, file, &error), &error);
}

static void unmake(void)
{
    stemma_snapshot_end(snapshot);
    stemma_close(file);
    unlink(path);
}

/* 0 is rewritten by 1 and in part taken over by 2; 3 to 5 tell of other things. */
static const char *const texts[] = {
    "The harbour of Sorn was closed on Sunday after a crane fell on two barges.\n"
    "Mayor Ilda Prewitt ordered divers to search the wreck for the missing pilot Osk Tamm.\n"
    "Insurers at Halden put the damage at 340 million crowns.\n"
    "The weather had been calm.",
    "Nobody may enter the port this week.\n"
    "A falling crane sank two barges in Sorn and the harbour closed.\n"
    "Divers sent by Ilda Prewitt are searching for Osk Tamm, the pilot whom they are missing.\n"
    "It will cost insurers at Halden some 340 million crowns.",
    "Our week in brief.\n"
    "As we wrote, insurers at Halden put the damage at 340 million crowns, which the city cannot pay.\n"
    "The theatre opens again in May.",
    "A choir from Lund sang in the old mill.\nTickets were sold out within the hour.",
    "The king opened a bridge in Tessaly.\nIt rained all day long.",
    "Wheat was cheap in autumn.\nThe weather was fine.",
};

static stemma_alike between(uint32_t from, uint32_t to)
{
    stemma_alike out;
    stemma_error error = {0};
    must(stemma_passages_between(snapshot, from, to, &out, &error), &error);
    assert_int_equal(out.from, from);
    assert_int_equal(out.to, to);
    return out;
}

static void a_rewrite_is_paired_sentence_by_sentence(void **state)
{
    stemma_alike one;
    stemma_alike other;
    stemma_passage passage;
    stemma_error error = {0};
    (void)state;
    make(texts, 6, STEMMA_NONE, NULL);
    one = between(0, 1);
    assert_int_equal(one.pair_count, 3);
    assert_int_equal(one.is_partial, 0);
    assert_in_range(one.likeness, 300, 900);
    assert_in_range(one.share, 700, 1000);
    for (uint32_t i = 0; i < 3; i++) { /* each with the next of the other */
        assert_int_equal(one.pairs[i].kind, STEMMA_ALIKE_REWRITTEN);
        assert_in_range(one.pairs[i].likeness, 250, 999);
        must(stemma_alike_passage(snapshot, &one, i, &passage, &error), &error);
        static const char *const begins[] = {"A falling", "Divers", "It will"};
        assert_memory_equal(passage.to.data, begins[i], strlen(begins[i]));
        assert_int_equal(passage.from_points.end - passage.from_points.start, passage.from.size);
    }
    /* "It will cost", "some": what only it has; "340 million crowns" is in both. */
    assert_int_equal(passage.to_change_count, 2);
    assert_int_equal(passage.to_changes[0].start, 0);
    assert_int_equal(passage.to_changes[0].end, strlen("It will cost"));
    assert_int_equal(stemma_alike_passage(snapshot, &one, 3, &passage, &error), STEMMA_NOT_FOUND);
    other = between(1, 0);
    assert_int_equal(other.likeness, one.likeness);
    assert_int_equal(other.share, one.share);
    assert_int_equal(other.pair_count, 3);
    unmake();
}

static void words_taken_over_are_told_from_a_rewrite(void **state)
{
    stemma_alike one;
    stemma_passage passage;
    stemma_error error = {0};
    (void)state;
    make(texts, 6, STEMMA_NONE, NULL);
    one = between(0, 2);
    assert_int_equal(one.pair_count, 1);
    assert_int_equal(one.pairs[0].kind, STEMMA_ALIKE_SAME_WORDS);
    must(stemma_alike_passage(snapshot, &one, 0, &passage, &error), &error);
    assert_memory_equal(passage.from.data, "Insurers", 8);
    one = between(0, 3);
    assert_int_equal(one.pair_count, 0);
    assert_int_equal(one.likeness, 0);
    assert_int_equal(stemma_passages_between(snapshot, 2, 2, &one, &error), STEMMA_E_MISUSE);
    assert_int_equal(stemma_passages_between(snapshot, 2, 6, &one, &error), STEMMA_NOT_FOUND);
    unmake();
}

static void the_most_alike_come_first(void **state)
{
    const stemma_alike *alike = NULL;
    uint32_t count = 0;
    stemma_error error = {0};
    (void)state;
    make(texts, 6, STEMMA_NONE, NULL);
    must(stemma_documents_alike(snapshot, 0, 0, 10, &alike, &count, &error), &error);
    assert_int_equal(count, 2);
    assert_int_equal(alike[0].to, 1);
    assert_int_equal(alike[1].to, 2);
    assert_int_equal(alike[0].likeness, between(0, 1).likeness);
    must(stemma_documents_alike(snapshot, 3, 0, 10, &alike, &count, &error), &error);
    assert_int_equal(count, 0);
    must(stemma_pairs_alike(snapshot, 0, 1, &alike, &count, &error), &error);
    assert_int_equal(count, 1);
    assert_int_equal(alike[0].from + alike[0].to, 1);
    assert_int_equal(stemma_documents_alike(snapshot, 6, 0, 10, &alike, &count, &error),
                     STEMMA_NOT_FOUND);
    unmake();
}

static void what_the_file_ties_can_be_left_out(void **state)
{
    const stemma_alike *alike = NULL;
    uint32_t count = 0;
    stemma_error error = {0};
    const stemma_derivation copy = {1, 0, STEMMA_DERIVATION_COPY, 900, 0, {NULL, 0}, {NULL, 0},
                                    NULL, 0};
    (void)state;
    make(texts, 6, STEMMA_NONE, &copy);
    must(stemma_documents_alike(snapshot, 0, STEMMA_ALIKE_UNTIED, 10, &alike, &count, &error),
         &error);
    assert_int_equal(count, 1);
    assert_int_equal(alike[0].to, 2);
    must(stemma_documents_alike(snapshot, 0, 0, 10, &alike, &count, &error), &error);
    assert_int_equal(alike[0].to, 1);
    must(stemma_pairs_alike(snapshot, STEMMA_ALIKE_UNTIED, 10, &alike, &count, &error), &error);
    for (uint32_t i = 0; i < count; i++) {
        assert_true(alike[i].from + alike[i].to != 1);
    }
    unmake();
}

static void only_what_is_known_and_told_is_compared(void **state)
{
    const stemma_alike *alike = NULL;
    stemma_alike one;
    uint32_t count = 0;
    stemma_error error = {0};
    (void)state;
    make(texts, 6, 2, NULL);
    assert_int_equal(between(0, 2).pair_count, 0); /* its text is withheld */
    stemma_snapshot_as_of(snapshot, 1);
    assert_int_equal(stemma_passages_between(snapshot, 0, 1, &one, &error), STEMMA_NOT_FOUND);
    must(stemma_documents_alike(snapshot, 0, 0, 10, &alike, &count, &error), &error);
    assert_int_equal(count, 0);
    unmake();
}

/* Nothing but one word, very long sentences, very many of them: bounded, and said so. */
static void long_documents_are_cut(void **state)
{
    enum { SIZE = 300000 };
    char *words = malloc(SIZE + 1);
    char *lines = malloc(SIZE + 1);
    prng random = {7};
    size_t at = 0;
    (void)state;
    assert_non_null(words);
    assert_non_null(lines);
    for (size_t i = 0; i < 3000; i++) {
        words[i] = "kepa "[i % 5];
    }
    words[3000] = '\0';
    for (uint32_t i = 0; i < 350; i++) {
        for (uint32_t w = 0; w < 150; w++) {
            at += (size_t)sprintf(lines + at, "w%u ", prng_below(&random, 40));
        }
        lines[at - 1] = '\n';
    }
    lines[at - 1] = '\0';
    const char *const both[] = {words, lines, lines};
    make(both, 3, STEMMA_NONE, NULL);
    assert_int_equal(between(0, 1).pair_count, 0);
    stemma_alike one = between(1, 2);
    assert_int_equal(one.is_partial, 1);
    assert_int_equal(one.pair_count, 350);
    assert_int_equal(one.share, 1000);
    unmake();
    free(words);
    free(lines);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rewrite_is_paired_sentence_by_sentence),
        cmocka_unit_test(words_taken_over_are_told_from_a_rewrite),
        cmocka_unit_test(the_most_alike_come_first),
        cmocka_unit_test(what_the_file_ties_can_be_left_out),
        cmocka_unit_test(only_what_is_known_and_told_is_compared),
        cmocka_unit_test(long_documents_are_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
