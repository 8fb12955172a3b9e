/* SPDX-License-Identifier: MIT */
/* Conflicts as they are listed: in order as of a date, too, and with the sides that the cursor still knows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "stemma/stemma.h"
#include "support/knowledge.h"
#include "support/told.h"

#define DAY_AFTER 1938124800 /* 2031-06-02 */
#define MANY      70u        /* more than a cursor keeps */

/* ---- Writing ------------------------------------------------------------------------------------------ */

static const char *const papers[] = {"Echo", "Post", "Star", "Mail", "Lamp",
                                     "Bell", "Gate", "Tide", "Moor", "Fern"};

static stemma_writer *begin(char path[64])
{
    stemma_writer_options options = STEMMA_WRITER_OPTIONS_INIT;
    const stemma_run program = {stemma_text_of("test/show"), stemma_text_of("1"), STEMMA_RUN_HUMAN,
                                {NULL, 0}};
    stemma_writer *writer = NULL;
    uint32_t run = 0;
    int file;
    snprintf(path, 64, "/tmp/stemma-show-XXXXXX");
    file = mkstemp(path);
    assert_true(file >= 0);
    close(file);
    options.flags = STEMMA_WRITE_REPLACE;
    assert_int_equal(stemma_writer_new(&writer, path, &options, NULL), STEMMA_OK);
    assert_int_equal(stemma_writer_add_run(writer, &program, &run, NULL), STEMMA_OK);
    return writer;
}

static corpus_document *paper(uint32_t number, const char *published)
{
    char uri[64];
    corpus_document *d;
    snprintf(uri, sizeof uri, "https://news.example/%u", number);
    d = corpus_new(uri, published);
    d->document.publisher = stemma_text_of(papers[number % 10]);
    return d;
}

/* Says how many were hurt in a happening of its own, which `amount` must outlive. */
static uint32_t tell(corpus_document *d, const char *amount)
{
    uint32_t event = corpus_event(d, "life.injure");
    stemma_span span;
    corpus_sentence(d);
    span = corpus_say(d, amount);
    corpus_say(d, ". ");
    corpus_assert(d, event, "patient", corpus_count(amount, amount, ""), span)->realis =
        STEMMA_REALIS_ACTUAL;
    return event;
}

static uint32_t add(stemma_writer *writer, corpus_document *d)
{
    uint32_t number = 0;
    assert_int_equal(stemma_writer_add_document(writer, &d->document, &number, NULL), STEMMA_OK);
    corpus_free(d);
    return number;
}

static void join(stemma_writer *writer, uint32_t a, uint32_t b, uint32_t event)
{
    const stemma_judgement same = {
        .left = {a, event}, .right = {b, event}, .verdict = STEMMA_VERDICT_SAME, .score = 900};
    assert_int_equal(stemma_writer_add_judgement(writer, &same, NULL), STEMMA_OK);
}

static void finish(stemma_writer *writer)
{
    assert_int_equal(stemma_writer_finish(writer, NULL), STEMMA_OK);
    stemma_writer_free(writer);
}

/* ---- Comparing ---------------------------------------------------------------------------------------- */

static void expect_claims(const stemma_claim *found, const stemma_claim *expected, uint32_t count,
                          bool speakers)
{
    for (uint32_t i = 0; i < count; i++) {
        assert_int_equal(found[i].number, expected[i].number);
        assert_int_equal(found[i].documents, expected[i].documents);
        assert_int_equal(found[i].independent, expected[i].independent);
        assert_int_equal(found[i].witness_count, expected[i].witness_count);
        assert_memory_equal(found[i].witnesses, expected[i].witnesses,
                            found[i].witness_count * sizeof *found[i].witnesses);
        assert_true(speakers ? found[i].speakers == expected[i].speakers
                             : found[i].speakers >= expected[i].speakers);
    }
}

static void expect_positions(const stemma_position *found, const stemma_position *expected,
                             uint32_t count, bool speakers)
{
    for (uint32_t i = 0; i < count; i++) {
        assert_int_equal(found[i].claim_count, expected[i].claim_count);
        expect_claims(found[i].claims, expected[i].claims, found[i].claim_count, speakers);
        assert_memory_equal(&found[i].standing, &expected[i].standing, sizeof found[i].standing);
        assert_memory_equal(&found[i].head, &expected[i].head, sizeof found[i].head);
        assert_int_equal(found[i].updated_by, expected[i].updated_by);
    }
}

/* What the cursor shows is what stemma_conflict_get() finds out. */
static void expect_shown(stemma_conflict_cursor *cursor, stemma_snapshot *snapshot,
                         stemma_file *file, const stemma_conflict *conflict)
{
    stemma_conflict_sides shown, expected;
    stemma_snapshot *other = NULL;
    assert_int_equal(stemma_snapshot_begin(&other, file, NULL), STEMMA_OK);
    stemma_snapshot_as_of(other, stemma_snapshot_until(snapshot));
    assert_int_equal(stemma_conflict_get(snapshot, conflict, &expected, NULL), STEMMA_OK);
    for (int speakers = 0; speakers < 2; speakers++) {
        assert_int_equal(stemma_conflict_show(cursor, other, conflict, speakers, &shown, NULL),
                         STEMMA_OK);
        assert_true(stemma_text_equal(shown.predicate, expected.predicate));
        assert_int_equal(shown.side_count, expected.side_count);
        assert_int_equal(shown.update_count, expected.update_count);
        assert_int_equal(shown.compatible_count, expected.compatible_count);
        expect_positions(shown.sides, expected.sides, shown.side_count, speakers != 0);
        expect_positions(shown.updates, expected.updates, shown.update_count, speakers != 0);
        expect_claims(shown.compatible, expected.compatible, shown.compatible_count, speakers != 0);
    }
    stemma_snapshot_end(other);
}

/* ---- Tests -------------------------------------------------------------------------------------------- */

static void a_document_after_the_date_does_not_change_the_order(void **state)
{
    char path[64];
    stemma_writer *writer = begin(path);
    stemma_file *file = NULL;
    stemma_conflict_cursor *cursor = NULL;
    stemma_attested_cursor *attested = NULL;
    stemma_conflict conflict;
    stemma_attested best;
    stemma_snapshot *snapshot;
    uint32_t number[11], until = 0;
    (void)state;
    for (uint32_t i = 0; i < 10; i++) { /* three against three, and two against two */
        corpus_document *d = paper(i, "2031-06-01");
        (void)tell(d, i < 3 ? "50" : i < 6 ? "70" : i < 8 ? "10" : "20");
        number[i] = add(writer, d);
        if (i != 0 && i != 6) {
            join(writer, number[i - 1], number[i], 0);
        }
    }
    {
        corpus_document *d = paper(10, "2031-07-01"); /* copies those of the first happening */
        (void)tell(d, "90");
        number[10] = add(writer, d);
    }
    for (uint32_t i = 0; i < 6; i++) {
        const stemma_derivation copy = {
            .from = number[10], .to = number[i], .kind = STEMMA_DERIVATION_COPY, .score = 970};
        assert_int_equal(stemma_writer_add_derivation(writer, &copy, NULL), STEMMA_OK);
    }
    finish(writer);
    snapshot = knowledge_open(path, &file);
    assert_int_equal(stemma_conflicts(&cursor, snapshot, NULL, NULL), STEMMA_OK);
    assert_int_equal(stemma_conflict_next(cursor, &conflict, NULL), STEMMA_OK);
    assert_int_equal(conflict.lesser, 2);
    assert_int_equal(stemma_documents_until(snapshot, DAY_AFTER, &until, NULL), STEMMA_OK);
    assert_int_equal(until, 10);
    stemma_snapshot_as_of(snapshot, until);
    assert_int_equal(stemma_conflicts(&cursor, snapshot, NULL, NULL), STEMMA_OK);
    assert_int_equal(stemma_conflict_next(cursor, &conflict, NULL), STEMMA_OK);
    assert_int_equal(conflict.lesser, 3);
    expect_shown(cursor, snapshot, file, &conflict);
    assert_int_equal(stemma_conflict_next(cursor, &conflict, NULL), STEMMA_OK);
    assert_int_equal(conflict.lesser, 2);
    assert_int_equal(stemma_conflict_next(cursor, &conflict, NULL), STEMMA_END);
    assert_int_equal(stemma_best_attested(&attested, snapshot, (stemma_reference){0, 0}, NULL),
                     STEMMA_OK);
    for (int i = 0; i < 4; i++) { /* each of the first happening before each of the second */
        assert_int_equal(stemma_attested_next(attested, &best, NULL), STEMMA_OK);
        assert_int_equal(best.independent, i < 2 ? 3 : 2);
    }
    knowledge_close(path, file, snapshot);
}

static void sides_are_shown_as_they_are_found_out(void **state)
{
    const told all[] = {{"Echo", "2031-05-01", NULL, "patient", "52 miner", 0, 0, 0},
                        {"Post", "2031-05-01", "Ministry", "patient", ">50 miner", 0, 0, 0},
                        {"Mail", "2031-05-01", NULL, "patient", "3 miner", 0, 0, 0},
                        {"Star", "2031-05-02", NULL, "patient", "40 miner", 0, 0, 0},
                        {"Bell", "2031-05-02", "Union", "patient", ">30 miner", 0, 0, 0},
                        {"Mail", "2031-05-03", NULL, "patient", "40 miner", 0, 0, 0},
                        {"Lamp", "2031-07-02", "Union", "patient", "40 miner", 0, 0, 0},
                        {"Gate", "2031-07-02", "Ministry", "patient", "52 miner", 0, 0, 0}};
    char path[64];
    stemma_file *file = NULL;
    stemma_conflict_cursor *cursor = NULL;
    stemma_conflict conflict;
    stemma_conflict_sides sides;
    stemma_snapshot *snapshot;
    uint32_t until = 0;
    (void)state;
    told_write(path, all, sizeof all / sizeof all[0]);
    snapshot = knowledge_open(path, &file);
    for (int dated = 0; dated < 2; dated++) {
        assert_int_equal(stemma_conflicts(&cursor, snapshot, NULL, NULL), STEMMA_OK);
        assert_int_equal(stemma_conflict_next(cursor, &conflict, NULL), STEMMA_OK);
        expect_shown(cursor, snapshot, file, &conflict);
        assert_int_equal(stemma_conflict_show(cursor, snapshot, &conflict, 0, &sides, NULL),
                         STEMMA_OK);
        assert_int_equal(sides.side_count, 2);
        assert_int_equal(sides.update_count, 1); /* what the Mail took back */
        assert_int_equal(sides.compatible_count, 1);
        assert_int_equal(sides.sides[0].claims[0].speakers, 1); /* as of the date, too: not counted */
        assert_int_equal(stemma_conflict_show(cursor, snapshot, &conflict, 1, &sides, NULL),
                         STEMMA_OK);
        assert_int_equal(sides.sides[0].claims[0].speakers, dated ? 0 : 1);
        assert_int_equal(stemma_documents_until(snapshot, DAY_AFTER, &until, NULL), STEMMA_OK);
        stemma_snapshot_as_of(snapshot, until);
    }
    conflict.ordinal = 9;
    assert_int_equal(stemma_conflict_show(cursor, snapshot, &conflict, 1, &sides, NULL),
                     STEMMA_NOT_FOUND);
    assert_int_equal(stemma_conflict_show(NULL, snapshot, &conflict, 1, &sides, NULL),
                     STEMMA_E_MISUSE);
    knowledge_close(path, file, snapshot);
}

static void what_a_cursor_forgot_is_found_out_again(void **state)
{
    char path[64];
    stemma_writer *writer = begin(path);
    stemma_file *file = NULL;
    stemma_conflict_cursor *cursor = NULL;
    stemma_conflict found[MANY];
    stemma_snapshot *snapshot;
    uint32_t number[2], count = 0;
    (void)state;
    for (uint32_t i = 0; i < 2; i++) {
        corpus_document *d = paper(i, "2031-06-01");
        for (uint32_t k = 0; k < MANY; k++) {
            (void)tell(d, i == 0 ? "50" : "70");
        }
        number[i] = add(writer, d);
    }
    for (uint32_t k = 0; k < MANY; k++) {
        join(writer, number[0], number[1], k);
    }
    finish(writer);
    snapshot = knowledge_open(path, &file);
    assert_int_equal(stemma_conflicts(&cursor, snapshot, NULL, NULL), STEMMA_OK);
    while (count < MANY && stemma_conflict_next(cursor, &found[count], NULL) == STEMMA_OK) {
        count++;
    }
    assert_int_equal(count, MANY);
    for (uint32_t i = 0; i < count; i++) {
        expect_shown(cursor, snapshot, file, &found[i]);
    }
    knowledge_close(path, file, snapshot);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_document_after_the_date_does_not_change_the_order),
        cmocka_unit_test(sides_are_shown_as_they_are_found_out),
        cmocka_unit_test(what_a_cursor_forgot_is_found_out_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
