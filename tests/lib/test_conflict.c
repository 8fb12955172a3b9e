/* SPDX-License-Identifier: MIT */
/* Positions, standing, conflicts and what most sources say, over small files in which documents disagree. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdlib.h>

#include "support/knowledge.h"
#include "support/told.h"

struct opened {
    char path[64];
    stemma_file *file;
    stemma_snapshot *snapshot;
    stemma_conflict_cursor *cursor;
    stemma_conflict conflict;
    stemma_conflict_sides sides;
};

static void open_told(struct opened *at, const told *all, uint32_t count)
{
    told_write(at->path, all, count);
    at->snapshot = knowledge_open(at->path, &at->file);
    assert_int_equal(stemma_conflicts(&at->cursor, at->snapshot, NULL, NULL), STEMMA_OK);
}

static void close_told(struct opened *at)
{
    knowledge_close(at->path, at->file, at->snapshot);
}

/* The next conflict with its sides. */
static void expect_conflict(struct opened *at, stemma_conflict_kind kind, uint32_t sides)
{
    assert_int_equal(stemma_conflict_next(at->cursor, &at->conflict, NULL), STEMMA_OK);
    assert_int_equal(at->conflict.kind, kind);
    assert_int_equal(stemma_conflict_get(at->snapshot, &at->conflict, &at->sides, NULL), STEMMA_OK);
    assert_int_equal(at->sides.side_count, sides);
}

static void expect_no_more(struct opened *at)
{
    assert_int_equal(stemma_conflict_next(at->cursor, &at->conflict, NULL), STEMMA_END);
}

#define OPEN(at, ...)                                                                              \
    struct opened at;                                                                              \
    const told told_here[] = {__VA_ARGS__};                                                        \
    open_told(&at, told_here, sizeof told_here / sizeof told_here[0])

static void expect_amount(const stemma_position *position, const char *amount, uint32_t documents,
                          uint32_t independent)
{
    assert_int_equal(position->claims[0].object.kind, STEMMA_OBJECT_QUANTITY);
    assert_memory_equal(position->claims[0].object.as.quantity.amount.data, amount, strlen(amount));
    assert_int_equal(position->standing.documents, documents);
    assert_int_equal(position->standing.independent, independent);
}

static void counts_of_different_documents_conflict(void **state)
{
    (void)state;
    OPEN(at, {"Echo", "2031-05-01", NULL, "patient", "52 miner", 0, 0, 0},
         {"Post", "2031-05-01", NULL, "patient", ">50 miner", 0, 0, 0},
         {"Star", "2031-05-02", NULL, "patient", "40 miner", 0, 0, 0},
         {"Mail", "2031-05-02", NULL, "patient", "52", 0, 0, 0});
    expect_conflict(&at, STEMMA_CONFLICT_COUNT, 2);
    expect_amount(&at.sides.sides[0], "52", 3, 3);
    assert_int_equal(at.sides.sides[0].claim_count, 3);
    assert_int_equal(at.sides.sides[0].head.documents, 1);
    expect_amount(&at.sides.sides[1], "40", 1, 1);
    assert_int_equal(at.conflict.lesser, 1);
    assert_int_equal(at.conflict.independent, 4);
    expect_no_more(&at);
    close_told(&at);
}

static void different_things_counted_do_not(void **state)
{
    (void)state;
    OPEN(at, {"Echo", "2031-05-01", NULL, "patient", "3 officer", 0, 0, 0},
         {"Post", "2031-05-01", NULL, "patient", "5 civilian", 0, 0, 0},
         {"Star", "2031-05-01", NULL, "patient", "9 other", 0, 0, 0});
    expect_no_more(&at);
    close_told(&at);
}

static void a_part_and_the_whole_do_not_but_two_speakers_do(void **state)
{
    (void)state;
    {
        OPEN(at, {"Echo", "2031-05-01", NULL, "patient", "87 prisoner", 0, 0, 0},
             {"Echo", "2031-05-01", NULL, "patient", "12 political prisoner", 0, 0, 0},
             {"Post", "2031-05-01", NULL, "patient", "87 prisoner", 0, 0, 0});
        expect_no_more(&at);
        close_told(&at);
    }
    OPEN(at, {"Echo", "2031-05-01", "Ministry", "agent", "1500", 0, 0, 0},
         {"Echo", "2031-05-01", "Organisers", "agent", "8000", 0, 0, 0});
    expect_conflict(&at, STEMMA_CONFLICT_COUNT, 2);
    close_told(&at);
}

static void a_claim_that_both_sides_bear_out_stands_with_none(void **state)
{
    (void)state;
    OPEN(at, {"Echo", "2031-05-01", NULL, "patient", "52", 0, 0, 0},
         {"Post", "2031-05-01", NULL, "patient", "60", 0, 0, 0},
         {"Star", "2031-05-01", NULL, "patient", ">50", 0, 0, 0});
    expect_conflict(&at, STEMMA_CONFLICT_COUNT, 2);
    assert_int_equal(at.sides.compatible_count, 1);
    expect_amount(&at.sides.sides[0], "52", 1, 1);
    close_told(&at);
}

static void a_source_may_take_back_what_it_gave(void **state)
{
    (void)state;
    OPEN(at, {"Echo", "2031-05-01", NULL, "patient", "23 miner", 0, 0, 0},
         {"Post", "2031-05-01", NULL, "patient", "30 miner", 0, 0, 0},
         {"Echo", "2031-05-02", NULL, "patient", "17 miner", 0, 0, 0},
         {"Post", "2031-05-03", NULL, "patient", "30 miner", 0, 0, 0});
    expect_conflict(&at, STEMMA_CONFLICT_COUNT, 2);
    assert_int_equal(at.sides.update_count, 1);
    expect_amount(&at.sides.updates[0], "23", 1, 1);
    assert_true(at.sides.updates[0].updated_by < at.sides.side_count);
    expect_amount(&at.sides.sides[at.sides.updates[0].updated_by], "17", 1, 1);
    expect_no_more(&at);
    close_told(&at);
}

static void a_toll_that_only_grows_is_no_conflict(void **state)
{
    (void)state;
    {
        OPEN(at, {"Echo", "2031-05-01", NULL, "patient", "17", 0, 0, 0},
             {"Post", "2031-05-02", NULL, "patient", "19", 0, 0, 0},
             {"Star", "2031-05-03", NULL, "patient", "21", 0, 0, 0});
        expect_no_more(&at);
        close_told(&at);
    }
    { /* somebody holds on to the older one */
        OPEN(at, {"Echo", "2031-05-01", NULL, "patient", "17", 0, 0, 0},
             {"Post", "2031-05-02", NULL, "patient", "19", 0, 0, 0},
             {"Star", "2031-05-03", NULL, "patient", "21", 0, 0, 0},
             {"Mail", "2031-05-04", NULL, "patient", "17", 0, 0, 0});
        expect_conflict(&at, STEMMA_CONFLICT_COUNT, 3);
        close_told(&at);
    }
    /* two that differ are no series unless somebody moved from one to the other */
    OPEN(at, {"Echo", "2031-05-01", NULL, "patient", "17", 0, 0, 0},
         {"Post", "2031-05-02", NULL, "patient", "19", 0, 0, 0});
    expect_conflict(&at, STEMMA_CONFLICT_COUNT, 2);
    close_told(&at);
}

static void to_deny_what_happened_is_a_conflict_and_to_rule_out_what_may_is_none(void **state)
{
    (void)state;
    {
        OPEN(at, {"Echo", "2031-05-01", NULL, "type", "life.die", 0, 0, 0},
             {"Echo", "2031-05-01", "Ministry", "type", "life.die", 0, 1, 0});
        expect_conflict(&at, STEMMA_CONFLICT_POLARITY, 2);
        close_told(&at);
    }
    {
        OPEN(at, {"Echo", "2031-05-01", NULL, "type", "life.die", 0, 0, 0},
             {"Post", "2031-05-01", "Ministry", "type", "life.die", STEMMA_REALIS_OTHER, 1, 0});
        expect_no_more(&at);
        close_told(&at);
    }
    /* nobody but one voice in one document */
    OPEN(at, {"Echo", "2031-05-01", "Ministry", "type", "life.die", 0, 0, 0},
         {"Echo", "2031-05-01", "Ministry", "type", "life.die", 0, 1, 0});
    expect_no_more(&at);
    close_told(&at);
}

static void what_was_planned_does_not_contradict_what_came(void **state)
{
    (void)state;
    OPEN(at, {"Echo", "2031-05-01", NULL, "patient", "100", STEMMA_REALIS_OTHER, 0, 0},
         {"Post", "2031-05-02", NULL, "patient", "87", 0, 0, 0});
    expect_no_more(&at);
    close_told(&at);
}

static void times_and_penalties(void **state)
{
    (void)state;
    OPEN(at, {"Echo", "2031-05-09", NULL, "type", "justice.sentence", 0, 0, 0},
         {"Echo", "2031-05-09", NULL, "time", "2031-05", 0, 0, 0},
         {"Echo", "2031-05-09", NULL, "penalty", "six years in prison", 0, 0, 0},
         {"Post", "2031-05-09", NULL, "time", "2031-05-01", 0, 0, 0},
         {"Post", "2031-05-09", NULL, "penalty", "prison", 0, 0, 0},
         {"Star", "2031-05-09", NULL, "time", "2031-05-03", 0, 0, 0},
         {"Star", "2031-05-09", NULL, "penalty", "eight years", 0, 0, 0});
    expect_conflict(&at, STEMMA_CONFLICT_VALUE, 2);
    assert_int_equal(at.sides.sides[0].standing.documents, 2); /* with "prison" */
    expect_conflict(&at, STEMMA_CONFLICT_TIME, 2);
    assert_int_equal(at.sides.compatible_count, 1); /* the month */
    expect_no_more(&at);
    close_told(&at);
}

static void copies_and_one_agency_count_once(void **state)
{
    (void)state;
    OPEN(at, {"Echo", "2031-05-01", NULL, "patient", "52", 0, 0, 0},
         {"Post", "2031-05-01", NULL, "patient", "52", 0, 0, 1},
         {"Newswire", "2031-05-02", NULL, "patient", "40", 0, 0, 0},
         {"Star", "2031-05-02", "Newswire", "patient", "40", 0, 0, 0},
         {"Mail", "2031-05-03", "Newswire", "patient", "40", 0, 0, 0},
         {"Sun", "2031-05-03", "Ministry", "patient", "40", 0, 0, 0});
    expect_conflict(&at, STEMMA_CONFLICT_COUNT, 2);
    expect_amount(&at.sides.sides[0], "40", 4, 2);
    expect_amount(&at.sides.sides[1], "52", 2, 1);
    assert_int_equal(at.sides.sides[0].standing.speakers, 2);
    close_told(&at);
}

static void as_of_a_day_there_may_be_none_yet(void **state)
{
    uint32_t until = 0;
    (void)state;
    OPEN(at, {"Echo", "2031-05-01", NULL, "patient", "52", 0, 0, 0},
         {"Post", "2031-05-03", NULL, "patient", "40", 0, 0, 0});
    assert_int_equal(stemma_documents_until(at.snapshot, 1935446400 /* 2031-05-02 */, &until, NULL), STEMMA_OK);
    assert_int_equal(until, 1);
    stemma_snapshot_as_of(at.snapshot, until);
    assert_int_equal(stemma_conflicts(&at.cursor, at.snapshot, NULL, NULL), STEMMA_OK);
    expect_no_more(&at);
    close_told(&at);
}

static void the_best_attested_comes_first_with_all_that_stand_with_it(void **state)
{
    stemma_attested_cursor *cursor = NULL;
    stemma_attested one;
    uint32_t before = UINT32_MAX, seen = 0;
    const stemma_positions *positions = NULL;
    uint32_t count = 0;
    (void)state;
    OPEN(at, {"Echo", "2031-05-01", NULL, "patient", "52 miner", 0, 0, 0},
         {"Post", "2031-05-01", NULL, "patient", ">50 miner", 0, 0, 0},
         {"Star", "2031-05-02", NULL, "patient", "@Ada Vex", 0, 0, 0});
    assert_int_equal(stemma_best_attested(&cursor, at.snapshot, (stemma_reference){0, 0}, NULL), STEMMA_OK);
    while (stemma_attested_next(cursor, &one, NULL) == STEMMA_OK) {
        assert_true(one.independent <= before);
        before = one.independent;
        if (seen++ == 1) { /* after the type, which all three say */
            stemma_reference subject = {STEMMA_REFERENCE_EVENT, one.subject};
            assert_int_equal(one.independent, 2);
            assert_int_equal(stemma_positions_of(at.snapshot, subject, &positions, &count, NULL), STEMMA_OK);
            assert_true(one.predicate_ordinal < count);
            expect_amount(&positions[one.predicate_ordinal].positions[one.position_ordinal], "52", 2, 2);
        }
    }
    assert_int_equal(seen, 3);
    close_told(&at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_of_different_documents_conflict),
        cmocka_unit_test(different_things_counted_do_not),
        cmocka_unit_test(a_part_and_the_whole_do_not_but_two_speakers_do),
        cmocka_unit_test(a_claim_that_both_sides_bear_out_stands_with_none),
        cmocka_unit_test(a_source_may_take_back_what_it_gave),
        cmocka_unit_test(a_toll_that_only_grows_is_no_conflict),
        cmocka_unit_test(to_deny_what_happened_is_a_conflict_and_to_rule_out_what_may_is_none),
        cmocka_unit_test(what_was_planned_does_not_contradict_what_came),
        cmocka_unit_test(times_and_penalties),
        cmocka_unit_test(copies_and_one_agency_count_once),
        cmocka_unit_test(as_of_a_day_there_may_be_none_yet),
        cmocka_unit_test(the_best_attested_comes_first_with_all_that_stand_with_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
