/* SPDX-License-Identifier: MIT */
/* What is written is read back as it was. */
#include "digest.h"
#include "stemma/check.h"
#include "stemma/read.h"
#include "stemma/write.h"
#include "support/corpus.h"
#include "support/prng.h"
#include "support/same.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char path[64];
static stemma_file *file;
static stemma_snapshot *snapshot;

static void must(stemma_status status, const stemma_error *error)
{
    if (status != STEMMA_OK) {
        fail_msg("%s at %s: %s", error->code, error->where, error->message);
    }
}

static stemma_writer *begin(void)
{
    stemma_writer *writer = NULL;
    stemma_error error = {0};
    stemma_writer_options options = STEMMA_WRITER_OPTIONS_INIT;
    stemma_run run = {stemma_text_of("test"), stemma_text_of("2"), STEMMA_RUN_MODEL,
                      stemma_text_of("fast")};
    uint32_t number = 0;
    options.flags = STEMMA_WRITE_REPLACE;
    snprintf(path, sizeof path, "/tmp/stemma-roundtrip-%ld.stemma", (long)getpid());
    must(stemma_writer_new(&writer, path, &options, &error), &error);
    must(stemma_writer_add_run(writer, &run, &number, &error), &error);
    return writer;
}

static uint32_t add(stemma_writer *writer, const stemma_document *document)
{
    stemma_error error = {0};
    uint32_t number = 0;
    must(stemma_writer_add_document(writer, document, &number, &error), &error);
    return number;
}

static void finish_and_open(stemma_writer *writer)
{
    stemma_error error = {0};
    must(stemma_writer_finish(writer, &error), &error);
    stemma_writer_free(writer);
    must(stemma_open(&file, path, NULL, &error), &error);
    must(stemma_snapshot_begin(&snapshot, file, &error), &error);
}

static int tear_down(void **state)
{
    (void)state;
    stemma_snapshot_end(snapshot);
    stemma_close(file);
    snapshot = NULL;
    file = NULL;
    unlink(path);
    return 0;
}

static void assert_stored(uint32_t number, const stemma_document *expected)
{
    stemma_document found;
    stemma_error error = {0};
    stemma_span all = {0, UINT32_MAX};
    stemma_text text;
    must(stemma_testimony_get(snapshot, number, &found, &error), &error);
    assert_same_document(&found, expected);
    assert_int_equal(found.text_size, expected->text.size);
    if (!expected->text_withheld) {
        must(stemma_text_get(snapshot, number, all, &text, &error), &error);
        assert_same_text(text, expected->text);
    } else {
        assert_int_equal(stemma_text_get(snapshot, number, all, &text, &error), STEMMA_NOT_FOUND);
    }
}

/* One document that uses every field and every kind of object. */
static corpus_document *everything(void)
{
    static const uint32_t paragraphs[] = {0, 20};
    static const stemma_span furniture[] = {{30, 34}};
    static const stemma_text ids[] = {{"wikidata:Q1", 11}, {"ftm:x", 5}};
    static const stemma_span two[] = {{2, 6}, {10, 14}};
    static stemma_name names[3];
    corpus_document *d = corpus_new("urn:everything", "2021-03-04T10:00Z");
    uint32_t event = corpus_release(d, "Ada Lorn", "3 March 2021", "2021-03-03", "Velmora");
    stemma_span all = {0, 10};
    stemma_document *to = &d->document;
    names[0] = *d->referents[0].names;
    names[1].text = stemma_text_of("\xd0\x90\xd0\xb4\xd0\xb0 \xd0\x9b\xd0\xbe\xd1\x80\xd0\xbd");
    names[1].kind = STEMMA_NAME_ALIAS;
    names[1].language = stemma_text_of("be");
    names[2].text = stemma_text_of("the baker");
    names[2].kind = STEMMA_NAME_NOMINAL;
    d->referents[0].names = names;
    d->referents[0].name_count = 3;
    d->referents[0].external_ids = ids;
    d->referents[0].external_id_count = 2;
    d->mentions[0].head.start = 4;
    d->mentions[0].head.end = 8;
    d->evidence[0].spans = two;
    d->evidence[0].span_count = 2;
    d->evidence[0].part = STEMMA_EVIDENCE_PREDICATE;
    to->title = stemma_text_of("Baker freed");
    to->publisher = stemma_text_of("The Velmora Gazette");
    to->agency = stemma_text_of("Brask Wire");
    to->byline = stemma_text_of("T. Brask");
    to->published.raw = stemma_text_of("4 March");
    to->retrieved = stemma_text_of("2021-03-05");
    to->media_type = stemma_text_of("text/html");
    to->licence = stemma_text_of("CC0");
    to->paragraphs = paragraphs;
    to->paragraph_count = 2;
    to->furniture = furniture;
    to->furniture_count = 1;
    stemma_object quantity = corpus_count("about 1,000 km", "1000", "road");
    quantity.as.quantity.lower = stemma_text_of("-0.5");
    quantity.as.quantity.upper = stemma_text_of("1100");
    quantity.as.quantity.unit = stemma_text_of("km");
    quantity.as.quantity.modifier = STEMMA_MODIFIER_ABOUT;
    corpus_assert(d, event, "quantity", quantity, all);
    stemma_object place = corpus_place("Old Mill", STEMMA_NONE);
    place.as.place.gazetteer = stemma_text_of("mills:7");
    place.as.place.latitude = -539000000;
    place.as.place.longitude = 1799999999;
    place.as.place.radius = 250;
    corpus_assert(d, event, "place", place, all);
    stemma_object unknown = {0};
    unknown.kind = STEMMA_OBJECT_SOME;
    corpus_assert(d, event, "agent", unknown, all);
    unknown.kind = STEMMA_OBJECT_NONE;
    stemma_assertion *a = corpus_assert(d, 0, "spouse", unknown, all);
    a->polarity = STEMMA_POLARITY_NEGATIVE;
    a->certainty = STEMMA_CERTAINTY_POSSIBLE;
    a->tense = STEMMA_TENSE_FUTURE;
    a->realis = STEMMA_REALIS_OTHER;
    a->attribution = STEMMA_ATTRIBUTION_SPEAKER;
    a->stance = STEMMA_STANCE_REPORTS;
    a->speaker = 0;
    a->via = 1;
    a->confidence = 0;
    return d;
}

static void a_document_with_everything_comes_back(void **state)
{
    corpus_document *d = everything();
    (void)state;
    stemma_writer *writer = begin();
    add(writer, &d->document);
    finish_and_open(writer);
    assert_stored(0, &d->document);
    stemma_document found;
    stemma_error error = {0};
    stemma_bytes text = {(const uint8_t *)d->document.text.data, d->document.text.size};
    uint8_t digest[32];
    stm_sha256(digest, text);
    must(stemma_document_get(snapshot, 0, &found, &error), &error);
    assert_memory_equal(found.digest, digest, sizeof digest);
    stemma_run run;
    must(stemma_run_get(snapshot, 0, &run, &error), &error);
    assert_same_text(run.settings, stemma_text_of("fast"));
    corpus_free(d);
}

/* */
static void withheld_text_is_not_in_the_file(void **state)
{
    corpus_document *d = everything();
    (void)state;
    d->document.text_withheld = 1;
    stemma_writer *writer = begin();
    add(writer, &d->document);
    finish_and_open(writer);
    assert_stored(0, &d->document);
    FILE *stream = fopen(path, "rb");
    assert_non_null(stream);
    static char bytes[1 << 20];
    size_t size = fread(bytes, 1, sizeof bytes, stream);
    fclose(stream);
    assert_null(memmem(bytes, size, " was freed on ", 14));
    corpus_free(d);
}

static void a_corpus_comes_back_document_by_document(void **state)
{
    enum { COUNT = 120 };
    static corpus_names names;
    corpus_document *documents[COUNT];
    stemma_counts counts;
    (void)state;
    corpus_make_names(&names);
    stemma_writer *writer = begin();
    for (uint32_t i = 0; i < COUNT; i++) {
        documents[i] = corpus_make(&names, i);
        add(writer, &documents[i]->document);
    }
    finish_and_open(writer);
    stemma_counts_get(file, &counts);
    assert_int_equal(counts.documents, COUNT);
    int found[COUNT] = {0};
    for (uint32_t i = 0; i < COUNT; i++) {
        stemma_document stored;
        stemma_error error = {0};
        must(stemma_document_get(snapshot, i, &stored, &error), &error);
        char uri[64] = "";
        assert_true(stored.uri.size < sizeof uri);
        memcpy(uri, stored.uri.data, stored.uri.size);
        uint32_t which = (uint32_t)strtoul(strrchr(uri, '/') + 1, NULL, 10);
        assert_in_range(which, 0, COUNT - 1);
        found[which]++;
        assert_stored(i, &documents[which]->document);
        stemma_snapshot_reset(snapshot);
    }
    for (uint32_t i = 0; i < COUNT; i++) {
        assert_int_equal(found[i], 1);
        corpus_free(documents[i]);
    }
}

/* Mentions and assertions by the hundred thousand go into several parts. */
/* */
static void testimony_beyond_one_part_comes_back(void **state)
{
    enum { ASSERTIONS = 150000 };
    corpus_document *d = everything();
    stemma_assertion *many = calloc(ASSERTIONS, sizeof *many);
    (void)state;
    assert_non_null(many);
    for (uint32_t i = 0; i < ASSERTIONS; i++) {
        many[i] = d->assertions[i % d->document.assertion_count];
    }
    d->document.assertions = many;
    d->document.assertion_count = ASSERTIONS;
    stemma_writer *writer = begin();
    add(writer, &d->document);
    finish_and_open(writer);
    assert_stored(0, &d->document);
    free(many);
    corpus_free(d);
}

static void a_long_text_comes_back_from_any_offset(void **state)
{
    static char words[5000];
    prng random = {3};
    corpus_document *d = corpus_new("urn:long", "");
    (void)state;
    for (int i = 0; i < 60; i++) {
        for (size_t k = 0; k + 1 < sizeof words; k++) {
            words[k] = (char)(k % 7 == 6 ? ' ' : 'a' + prng_below(&random, 26));
        }
        corpus_say(d, words);
    }
    stemma_writer *writer = begin();
    add(writer, &d->document);
    finish_and_open(writer);
    assert_stored(0, &d->document);
    for (int i = 0; i < 200; i++) {
        stemma_error error = {0};
        stemma_text found;
        uint32_t size = (uint32_t)d->document.text.size;
        stemma_span span = {prng_below(&random, size), 0};
        span.end = span.start + prng_below(&random, size - span.start + 1);
        stemma_text expected = {d->document.text.data + span.start, span.end - span.start};
        must(stemma_text_get(snapshot, 0, span, &found, &error), &error);
        assert_same_text(found, expected);
    }
    corpus_free(d);
}

/* [I-3] */
static void judgements_and_derivations_come_back_in_order(void **state)
{
    static const stemma_shared_range ranges[] = {{{0, 5}, {2, 7}}, {{6, 9}, {8, 11}}};
    stemma_error error = {0};
    (void)state;
    stemma_writer *writer = begin();
    uint32_t numbers[3];
    static const char *const days[] = {"2021-03-06", "2021-03-05", "2021-03-04"};
    for (int i = 0; i < 3; i++) {
        char uri[16];
        snprintf(uri, sizeof uri, "urn:%d", i);
        corpus_document *d = corpus_new(uri, days[i]);
        corpus_release(d, "Ada Lorn", "3 March 2021", "2021-03-03", "Velmora");
        numbers[i] = add(writer, &d->document);
        corpus_free(d);
    }
    /* Document 0 is published last: left and right change places. */
    stemma_judgement j = {{numbers[0], 2},
                          {numbers[2], 2},
                          STEMMA_VERDICT_SAME,
                          0,
                          STEMMA_NONE,
                          stemma_text_of("alice"),
                          stemma_text_of("2024-01-02"),
                          {NULL, 0},
                          stemma_text_of("same day")};
    must(stemma_writer_add_judgement(writer, &j, &error), &error);
    must(stemma_writer_add_judgement(writer, &j, &error), &error);
    stemma_derivation v = {
        numbers[0], numbers[2], STEMMA_DERIVATION_COPY, 970, 0, {NULL, 0}, {NULL, 0}, ranges, 2};
    must(stemma_writer_add_derivation(writer, &v, &error), &error);
    finish_and_open(writer);
    stemma_judgement found;
    must(stemma_judgement_get(snapshot, 0, &found, &error), &error);
    assert_int_equal(found.left.document, 0);
    assert_int_equal(found.right.document, 2);
    assert_int_equal(found.score, 0);
    assert_same_text(found.author, j.author);
    assert_same_text(found.reason, j.reason);
    assert_int_equal(stemma_judgement_get(snapshot, 1, &found, &error), STEMMA_NOT_FOUND);
    const stemma_derivation *list = NULL;
    uint32_t count = 0;
    must(stemma_derivations_of(snapshot, 2, &list, &count, &error), &error);
    assert_int_equal(count, 1);
    assert_int_equal(list[0].to, 0);
    assert_int_equal(list[0].range_count, 2);
    assert_memory_equal(list[0].ranges, ranges, sizeof ranges);
    uint32_t group = 9;
    must(stemma_independence_group(snapshot, 2, &group, &error), &error);
    assert_int_equal(group, 0);
    /* The two releases that alice joined are one event with two witnesses, one independent. */
    stemma_event event;
    must(stemma_event_get(snapshot, 0, &event, &error), &error);
    assert_int_equal(event.documents, 2);
    assert_int_equal(event.independent, 1);
    assert_int_equal(event.participant_count, 2);
    assert_same_text(event.participants[0].role, stemma_text_of("patient"));
    stemma_claim claim;
    must(stemma_claim_get(snapshot, event.claim_first, &claim, &error), &error);
    assert_int_equal(claim.subject_kind, STEMMA_REFERENT_EVENT);
    assert_int_equal(claim.subject, 0);
    stemma_text label;
    must(stemma_entity_label(snapshot, event.participants[0].entity, &label, &error), &error);
    assert_same_text(label, stemma_text_of("Ada Lorn"));
}

static int say_problem(void *context, const stemma_problem *problem)
{
    (void)context;
    print_error("%s %s at %s: %s\n", problem->check, problem->code, problem->where,
                problem->message);
    return 0;
}

static void the_checker_finds_nothing_wrong(void **state)
{
    enum { COUNT = 60 };
    static corpus_names names;
    stemma_check_summary summary = {0};
    stemma_error error = {0};
    (void)state;
    corpus_make_names(&names);
    stemma_writer *writer = begin();
    uint32_t numbers[COUNT];
    for (uint32_t i = 0; i < COUNT; i++) {
        corpus_document *d = corpus_make(&names, i);
        d->document.text_withheld = i % 10 == 9;
        numbers[i] = add(writer, &d->document);
        corpus_free(d);
    }
    for (uint32_t i = 0; i + 1 < COUNT; i++) {
        stemma_judgement j = {{numbers[i], i % 3},
                              {numbers[i + 1], i % 3},
                              i % 4 == 0 ? STEMMA_VERDICT_NOT_SAME : STEMMA_VERDICT_SAME,
                              (uint16_t)(i * 10),
                              0,
                              {NULL, 0},
                              {NULL, 0},
                              {NULL, 0},
                              {NULL, 0}};
        must(stemma_writer_add_judgement(writer, &j, &error), &error);
        stemma_derivation v = {
            numbers[i + 1], numbers[i], (uint8_t)(1 + i % 5), 500, 0, {NULL, 0}, {NULL, 0},
            NULL,           0};
        must(stemma_writer_add_derivation(writer, &v, &error), &error);
    }
    finish_and_open(writer);
    must(stemma_check(path, say_problem, NULL, &summary, &error), &error);
    assert_int_equal(summary.problems, 0);
    assert_true(summary.records_checked > COUNT);
}

#define TEST(name) cmocka_unit_test_teardown(name, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_document_with_everything_comes_back),
        TEST(withheld_text_is_not_in_the_file),
        TEST(a_corpus_comes_back_document_by_document),
        TEST(testimony_beyond_one_part_comes_back),
        TEST(a_long_text_comes_back_from_any_offset),
        TEST(judgements_and_derivations_come_back_in_order),
        TEST(the_checker_finds_nothing_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
