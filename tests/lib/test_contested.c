/* SPDX-License-Identifier: MIT */
/* How contested events can be: the bound that the file holds, and that no conflict goes beyond it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "entity_block.h"
#include "file/snapshot.h"
#include "support/knowledge.h"
#include "support/prng.h"
#include "support/told.h"

static uint32_t contested_event(stemma_snapshot *snapshot, uint32_t event)
{
    const stm_event_block *block = NULL;
    stm_event_row row;
    assert_int_equal(stm_snapshot_event_block(snapshot, event, &block, NULL), STEMMA_OK);
    assert_int_equal(stm_event_block_marks(block, event % STEMMA_EVENT_BLOCK, &row), STEMMA_OK);
    return row.contested;
}

/* Of the one event of a file. */
static uint32_t contested(const told *all, uint32_t count)
{
    char path[64];
    stemma_file *file;
    told_write(path, all, count);
    stemma_snapshot *snapshot = knowledge_open(path, &file);
    uint32_t bound = contested_event(snapshot, 0);
    knowledge_close(path, file, snapshot);
    return bound;
}

#define CONTESTED(...) contested((const told[]){__VA_ARGS__}, sizeof((const told[]){__VA_ARGS__}) / sizeof(told))

/* [I-35] */
static void counts_contest_by_their_amounts(void **state)
{
    (void)state;
    assert_int_equal(CONTESTED({"Echo", "2031-05-01", NULL, "patient", "52", 0, 0, 0},
                               {"Post", "2031-05-01", NULL, "patient", "52", 0, 0, 0}),
                     0);
    /* Claims of one amount stand together, whatever they count. */
    assert_int_equal(CONTESTED({"Echo", "2031-05-01", NULL, "patient", "52 miner", 0, 0, 0},
                               {"Post", "2031-05-01", NULL, "patient", "52 worker", 0, 0, 0},
                               {"Star", "2031-05-01", NULL, "patient", "52.0", 0, 0, 0}),
                     0);
    assert_int_equal(CONTESTED({"Echo", "2031-05-01", NULL, "patient", "52 miner", 0, 0, 0},
                               {"Post", "2031-05-01", NULL, "patient", "52 worker", 0, 0, 0},
                               {"Star", "2031-05-01", NULL, "patient", "40 miner", 0, 0, 0},
                               {"Mail", "2031-05-01", NULL, "patient", "40 worker", 0, 0, 0},
                               {"Sun", "2031-05-01", NULL, "patient", "40", 0, 0, 0},
                               {"Day", "2031-05-01", NULL, "patient", "7", 0, 0, 0}),
                     2);
    /* A vague one may stand on either side. */
    assert_int_equal(CONTESTED({"Echo", "2031-05-01", NULL, "patient", "52", 0, 0, 0},
                               {"Post", "2031-05-01", NULL, "patient", "52", 0, 0, 0},
                               {"Star", "2031-05-01", NULL, "patient", ">50", 0, 0, 0},
                               {"Mail", "2031-05-01", NULL, "patient", "40", 0, 0, 0}),
                     2);
}

/* [I-35] */
static void values_contest_where_one_is_true(void **state)
{
    (void)state;
    assert_int_equal(CONTESTED({"Echo", "2031-05-01", NULL, "type", "justice.sentence", 0, 0, 0},
                               {"Echo", "2031-05-01", NULL, "penalty", "three years", 0, 0, 0},
                               {"Post", "2031-05-01", NULL, "penalty", "a fine", 0, 0, 0},
                               {"Star", "2031-05-01", NULL, "penalty", "a fine", 0, 0, 0}),
                     1);
    assert_int_equal(CONTESTED({"Echo", "2031-05-01", NULL, "patient", "@Ida Lorn", 0, 0, 0},
                               {"Post", "2031-05-01", NULL, "patient", "@Oda Brill", 0, 0, 0}),
                     0);
    /* What a happening is called is no matter of true or false. */
    assert_int_equal(CONTESTED({"Echo", "2031-05-01", NULL, "type", "justice.arrest", 0, 0, 0},
                               {"Post", "2031-05-01", NULL, "type", "justice.detain", 0, 0, 0}),
                     0);
    assert_int_equal(CONTESTED({"Echo", "2031-05-01", NULL, "type", "justice.arrest", 0, 0, 0},
                               {"Post", "2031-05-01", NULL, "type", "justice.arrest", 0, 0, 0},
                               {"Star", "2031-05-01", NULL, "type", "justice.detain", 0, 1, 0},
                               {"Mail", "2031-05-01", NULL, "type", "justice.arrest", 0, 1, 0}),
                     2);
}

/* [I-35] Copies count once. */
static void sources_that_are_independent_count(void **state)
{
    (void)state;
    assert_int_equal(CONTESTED({"Echo", "2031-05-01", NULL, "patient", "52", 0, 0, 0},
                               {"Post", "2031-05-01", NULL, "patient", "52", 0, 0, 0},
                               {"Star", "2031-05-01", NULL, "patient", "40", 0, 0, 0},
                               {"Mail", "2031-05-02", NULL, "patient", "40", 0, 0, 1}),
                     1);
}

/* ---- Anything --------------------------------------------------------------------------------------- */

static const char *const publishers[] = {"Echo", "Post", "Star", "Mail", "Sun", "Day", "Courier", "Herald"};
static const char *const days[] = {"2031-05-01", "2031-05-02", "2031-05-03", "2031-06-01"};
static const told things[] = {
    {NULL, NULL, NULL, "patient", "52 miner", 0, 0, 0},  {NULL, NULL, NULL, "patient", "40 miner", 0, 0, 0},
    {NULL, NULL, NULL, "patient", ">50 miner", 0, 0, 0}, {NULL, NULL, NULL, "patient", "52 worker", 0, 0, 0},
    {NULL, NULL, NULL, "patient", "7", 0, 0, 0},         {NULL, NULL, NULL, "patient", "@Ida Lorn", 0, 0, 0},
    {NULL, NULL, NULL, "patient", "@Ida Lorn", 0, 1, 0}, {NULL, NULL, NULL, "place", "@Orell", 0, 0, 0},
    {NULL, NULL, NULL, "place", "@Veska", 0, 0, 0}, {NULL, NULL, NULL, "time", "2031-04-30", 0, 0, 0},
    {NULL, NULL, NULL, "time", "2031-04-20", 0, 0, 0},   {NULL, NULL, NULL, "type", "life.die", 0, 0, 0},
    {NULL, NULL, NULL, "type", "life.die", 0, 1, 0},     {NULL, NULL, NULL, "type", "life.injure", 0, 0, 0},
};

static void no_conflict_goes_beyond_it(void **state)
{
    prng random = {61};
    uint32_t met = 0, none = 0;
    (void)state;
    for (uint32_t round = 0; round < 150; round++) {
        told all[12];
        char path[64];
        uint32_t count = 2 + prng_below(&random, 10), most = 0;
        uint32_t from = prng_below(&random, 12), kinds = 2 + prng_below(&random, 3);
        for (uint32_t i = 0; i < count; i++) {
            all[i] = things[(from + prng_below(&random, kinds)) % (sizeof things / sizeof things[0])];
            all[i].publisher = publishers[prng_below(&random, 8)];
            all[i].published = days[prng_below(&random, 4)];
            all[i].copies = i > 0 && prng_below(&random, 5) == 0;
        }
        stemma_file *file;
        told_write(path, all, count);
        stemma_snapshot *snapshot = knowledge_open(path, &file);
        uint32_t bound = contested_event(snapshot, 0);
        stemma_conflict_cursor *cursor = NULL;
        stemma_conflict conflict;
        assert_int_equal(stemma_conflicts(&cursor, snapshot, NULL, NULL), STEMMA_OK);
        while (stemma_conflict_next(cursor, &conflict, NULL) == STEMMA_OK) {
            most = conflict.lesser > most ? conflict.lesser : most;
        }
        assert_true(most <= bound);
        met += most != 0;
        none += bound == 0;
        knowledge_close(path, file, snapshot);
    }
    assert_true(met > 30 && none > 5);
}

/* [I-35] [P-31] Of entities likewise. */
static void entities_are_contested_too(void **state)
{
    char path[64];
    corpus_document *documents[3];
    static const char *const dates[] = {"1990-01-01", "1991-02-02", "1990-01-01"};
    static const char *const uris[] = {"urn:a", "urn:b", "urn:c"};
    (void)state;
    for (uint32_t i = 0; i < 3; i++) {
        corpus_document *d = documents[i] = corpus_new(uris[i], "2031-01-01");
        uint32_t person = corpus_entity(d, "person", "Ida Lorn");
        stemma_span said = corpus_say(d, "Ida Lorn");
        corpus_mention(d, person, STEMMA_MENTION_NAME, said);
        corpus_assert(d, person, "born", corpus_time(dates[i], dates[i]), said);
        corpus_assert(d, person, "role", corpus_text(uris[i]), said);
    }
    stemma_file *file;
    knowledge_write(path, documents, 3);
    stemma_snapshot *snapshot = knowledge_open(path, &file);
    const stm_entity_block *block = NULL;
    stm_entity_row row;
    assert_int_equal(stm_snapshot_entity_block(snapshot, 0, &block, NULL), STEMMA_OK);
    assert_int_equal(stm_entity_block_row(block, 0, &snapshot->file->bounds, &row, NULL), STEMMA_OK);
    assert_int_equal(row.contested, 1);
    knowledge_close(path, file, snapshot);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_contest_by_their_amounts),
        cmocka_unit_test(values_contest_where_one_is_true),
        cmocka_unit_test(sources_that_are_independent_count),
        cmocka_unit_test(no_conflict_goes_beyond_it),
        cmocka_unit_test(entities_are_contested_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
