/* SPDX-License-Identifier: MIT */
/* The forest of documents: everyone once, under the best source, and no circle goes round for ever. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "stemma/sources.h"
#include "stemma/write.h"
#include "support/corpus.h"
#include "support/prng.h"

#define MOST 64u

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

static void make(const char *const *texts, uint32_t documents, const stemma_derivation *derivations,
                 uint32_t count)
{
    stemma_writer *writer = NULL;
    stemma_writer_options options = STEMMA_WRITER_OPTIONS_INIT;
    stemma_error error = {0};
    stemma_run run = {stemma_text_of("test"), stemma_text_of("1"), STEMMA_RUN_RULE, {NULL, 0}};
    uint32_t number;
    options.flags = STEMMA_WRITE_REPLACE;
    snprintf(path, sizeof path, "/tmp/stemma-sources-%d", (int)getpid());
    must(stemma_writer_new(&writer, path, &options, &error), &error);
    must(stemma_writer_add_run(writer, &run, &number, &error), &error);
    for (uint32_t i = 0; i < documents; i++) {
        char uri[32], day[16];
        corpus_document *d;
        snprintf(uri, sizeof uri, "urn:day:%04u", i);
        snprintf(day, sizeof day, "%04u-01-01", 2000 + i);
        d = corpus_new(uri, day);
        corpus_sentence(d);
        corpus_say(d, texts != NULL ? texts[i] : "The lamp is out. The lamp is lit.");
        must(stemma_writer_add_document(writer, &d->document, &number, &error), &error);
        corpus_free(d);
    }
    for (uint32_t i = 0; i < count; i++) {
        must(stemma_writer_add_derivation(writer, &derivations[i], &error), &error);
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

static stemma_derivation edge(uint32_t from, uint32_t to, uint8_t kind, uint16_t score)
{
    stemma_derivation out = {from, to, kind, score, 0, {NULL, 0}, {NULL, 0}, NULL, 0};
    return out;
}

/* "0 (1 2 (3)) 4": the forest in a line. */
static void draw(stemma_sources *sources, char *out, size_t size)
{
    stemma_source one;
    stemma_error error = {0};
    uint32_t depth = 0;
    size_t at = 0;
    out[0] = '\0';
    while (stemma_sources_next(sources, &one, &error) == STEMMA_OK) {
        bool deeper = one.depth > depth;
        for (; depth > one.depth; depth--) {
            at += (size_t)snprintf(out + at, size - at, ")");
        }
        at += (size_t)snprintf(out + at, size - at, "%s%u", deeper ? " (" : at != 0 ? " " : "",
                               one.document);
        depth = one.depth;
    }
    for (; depth > 0; depth--) {
        at += (size_t)snprintf(out + at, size - at, ")");
    }
}

static void expect_all(const char *wanted)
{
    char drawn[512];
    stemma_sources *sources = NULL;
    stemma_error error = {0};
    must(stemma_sources_all(&sources, snapshot, &error), &error);
    draw(sources, drawn, sizeof drawn);
    assert_string_equal(drawn, wanted);
}

static void everyone_stands_once_under_the_best(void **state)
{
    const stemma_derivation edges[] = {
        edge(1, 0, STEMMA_DERIVATION_COPY, 900),   edge(2, 0, STEMMA_DERIVATION_QUOTES, 990),
        edge(3, 0, STEMMA_DERIVATION_QUOTES, 990), edge(3, 2, STEMMA_DERIVATION_COPY, 400),
        edge(4, 1, STEMMA_DERIVATION_COPY, 700),   edge(4, 3, STEMMA_DERIVATION_COPY, 800),
        edge(6, 5, STEMMA_DERIVATION_EXCERPT, 500), edge(6, 2, STEMMA_DERIVATION_EXCERPT, 500),
    };
    stemma_sources *sources = NULL;
    stemma_sources_counts counts;
    stemma_error error = {0};
    const uint32_t some[] = {4, 1, 4, 0};
    char drawn[128];
    (void)state;
    make(NULL, 8, edges, 8);
    expect_all("0 (1 2 (3 (4) 6)) 5 7");
    must(stemma_sources_all(&sources, snapshot, &error), &error);
    stemma_sources_count(sources, &counts);
    assert_int_equal(counts.documents, 8);
    assert_int_equal(counts.independent, 2); /* 0 to 6 hang together but for quotations */
    assert_int_equal(counts.trees, 3);
    must(stemma_sources_among(&sources, snapshot, some, 4, &error), &error);
    draw(sources, drawn, sizeof drawn);
    assert_string_equal(drawn, "0 (1 (4))");
    must(stemma_sources_about(&sources, snapshot, 7, &error), &error);
    draw(sources, drawn, sizeof drawn);
    assert_string_equal(drawn, "7");
    must(stemma_sources_about(&sources, snapshot, 6, &error), &error);
    draw(sources, drawn, sizeof drawn);
    assert_string_equal(drawn, "0 (1 2 (3 (4) 6)) 5");
    assert_int_equal(stemma_sources_about(&sources, snapshot, 8, &error), STEMMA_NOT_FOUND);
    unmake();
}

static void a_circle_has_a_beginning(void **state)
{
    const stemma_derivation edges[] = {
        edge(1, 3, STEMMA_DERIVATION_COPY, 900), edge(2, 1, STEMMA_DERIVATION_COPY, 900),
        edge(3, 2, STEMMA_DERIVATION_COPY, 900), edge(4, 3, STEMMA_DERIVATION_COPY, 900),
    };
    (void)state;
    make(NULL, 5, edges, 4);
    expect_all("0 1 (2 (3 (4)))");
    unmake();
}

static void what_was_retracted_and_what_is_not_known_does_not_count(void **state)
{
    stemma_derivation edges[] = {
        edge(0, 2, STEMMA_DERIVATION_COPY, 900), edge(1, 0, STEMMA_DERIVATION_COPY, 900),
        edge(2, 1, STEMMA_DERIVATION_QUOTES, 100),
    };
    (void)state;
    edges[1].retracted = stemma_text_of("2031-01-01");
    make(NULL, 3, edges, 3);
    expect_all("1 (2 (0))");
    stemma_snapshot_as_of(snapshot, 2);
    expect_all("0 1");
    unmake();
}

/* Any graph: all documents, each once, in a bounded number of steps. */
static void any_graph_is_drawn_whole(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 30; seed++) {
        prng random = {seed};
        stemma_derivation edges[MOST * 2];
        bool met[MOST] = {false};
        uint32_t documents = 2 + prng_below(&random, MOST - 2);
        uint32_t count = prng_below(&random, documents * 2);
        uint32_t seen = 0;
        stemma_sources *sources = NULL;
        stemma_source one;
        stemma_error error = {0};
        for (uint32_t i = 0; i < count; i++) {
            uint32_t from = prng_below(&random, documents);
            uint32_t to = (from + 1 + prng_below(&random, documents - 1)) % documents;
            edges[i] = edge(from, to, (uint8_t)(1 + prng_below(&random, 5)),
                            (uint16_t)(100 * prng_below(&random, 11)));
        }
        make(NULL, documents, edges, count);
        must(stemma_sources_all(&sources, snapshot, &error), &error);
        while (stemma_sources_next(sources, &one, &error) == STEMMA_OK) {
            assert_true(one.document < documents);
            assert_false(met[one.document]);
            assert_true(one.parent == STEMMA_NONE || met[one.parent]);
            met[one.document] = true;
            seen++;
        }
        assert_int_equal(seen, documents);
        unmake();
    }
}

static void a_passage_marks_what_differs(void **state)
{
    static const char *const texts[] = {"The old mill of Sorn burnt down on Sunday, they said.",
                                        "\xC3\x84h: The mill of Sorn burned  down on Sunday."};
    stemma_shared_range ranges[2] = {{{5, 45}, {0, 41}}, {{0, 3}, {4, 60}}};
    stemma_derivation one = edge(1, 0, STEMMA_DERIVATION_QUOTES, 500);
    stemma_passage passage;
    stemma_error error = {0};
    (void)state;
    ranges[0].from.end = (uint32_t)strlen(texts[1]);
    make(texts, 2, NULL, 0);
    one.ranges = ranges;
    one.range_count = 1;
    must(stemma_passage_get(snapshot, &one, 0, &passage, &error), &error);
    assert_int_equal(passage.from_points.start, 4); /* one letter of two bytes before it */
    assert_int_equal(passage.from_change_count, 2); /* burned, Sunday. */
    assert_int_equal(passage.to_change_count, 3);   /* old, burnt, Sunday */
    assert_memory_equal(passage.to.data + passage.to_changes[0].start, "old", 3);
    assert_memory_equal(passage.from.data + passage.from_changes[0].start, "burned", 6);
    assert_int_equal(stemma_passage_get(snapshot, &one, 1, &passage, &error), STEMMA_NOT_FOUND);
    /* A range that lies outside is cut to what is there. */
    one.ranges = &ranges[1];
    ranges[1].from = (stemma_span){4000000000u, 4294967290u};
    must(stemma_passage_get(snapshot, &one, 0, &passage, &error), &error);
    assert_int_equal(passage.from.size, 0);
    unmake();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everyone_stands_once_under_the_best),
        cmocka_unit_test(a_circle_has_a_beginning),
        cmocka_unit_test(what_was_retracted_and_what_is_not_known_does_not_count),
        cmocka_unit_test(any_graph_is_drawn_whole),
        cmocka_unit_test(a_passage_marks_what_differs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
