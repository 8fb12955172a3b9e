/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "find/find_candidates.h"
#include "stemma/find.h"
#include "support/knowledge.h"
#include "support/prng.h"

static char path[64];
static stemma_file *file;
static stemma_snapshot *snapshot;

static void mention(corpus_document *d, const char *type, const char *name)
{
    uint32_t referent = corpus_entity(d, type, name);
    corpus_mention(d, referent, STEMMA_MENTION_NAME, corpus_say(d, name));
    corpus_say(d, ". ");
}

static int make_file(void **state)
{
    static corpus_names names;
    corpus_document *documents[43];
    (void)state;
    corpus_make_names(&names);
    documents[0] = corpus_new("urn:0", "2031-01-01");
    mention(documents[0], "person", "Ruslana Vetrovskaya");
    mention(documents[0], "person", "Oskar Brandl");
    mention(documents[0], "place", "Port Almere");
    mention(documents[0], "organization", "National Union of Miners");
    mention(documents[0], "person", "Иван Ковальчук");
    documents[1] = corpus_new("urn:1", "2031-01-02");
    mention(documents[1], "person", "Ruslana Vetrovskaya");
    mention(documents[1], "person", "Piotr Brandl");
    mention(documents[1], "place", "Brandl");
    documents[2] = corpus_new("urn:2", "2031-01-03");
    mention(documents[2], "person", "Piotr Brandl");
    mention(documents[2], "organization", "Ivan KOVALCHUK");
    uint32_t named = corpus_entity(documents[2], "person", "Tilda Marrow");
    documents[2]->names[documents[2]->name_count].text = stemma_text_of("Black Heron");
    documents[2]->names[documents[2]->name_count++].kind = STEMMA_NAME_ALIAS;
    documents[2]->names[documents[2]->name_count].text = stemma_text_of("the lamplighter");
    documents[2]->names[documents[2]->name_count++].kind = STEMMA_NAME_NOMINAL;
    documents[2]->referents[named].name_count = 3;
    for (uint32_t i = 3; i < 43; i++) {
        documents[i] = corpus_make(&names, i);
    }
    knowledge_write(path, documents, 43);
    snapshot = knowledge_open(path, &file);
    return 0;
}

static int remove_file(void **state)
{
    (void)state;
    knowledge_close(path, file, snapshot);
    return 0;
}

static uint32_t find(const char *name, const char *type, char best[64], uint16_t *score)
{
    stemma_find_options options = STEMMA_FIND_OPTIONS_INIT;
    const stemma_found *found;
    uint32_t count;
    stemma_error error = {0};
    stemma_text label;
    options.type = stemma_text_of(type);
    if (stemma_find(snapshot, stemma_text_of(name), &options, &found, &count, &error) !=
        STEMMA_OK) {
        fail_msg("%s at %s: %s", error.code, error.where, error.message);
    }
    best[0] = 0;
    *score = 0;
    if (count > 0) {
        assert_int_equal(stemma_entity_label(snapshot, found[0].entity, &label, &error), STEMMA_OK);
        snprintf(best, 64, "%.*s", (int)label.size, label.data);
        *score = found[0].score;
    }
    for (uint32_t i = 1; i < count; i++) {
        assert_true(found[i - 1].score > found[i].score || (found[i - 1].score == found[i].score &&
                                                            found[i - 1].entity < found[i].entity));
    }
    stemma_snapshot_reset(snapshot);
    return count;
}

static void expect(const char *name, const char *best)
{
    char got[64];
    uint16_t score;
    find(name, "", got, &score);
    assert_string_equal(got, best);
}

static void an_exact_name_scores_1000_whatever_its_case_and_marks(void **state)
{
    char got[64];
    uint16_t score;
    (void)state;
    find("Ruslana Vetrovskaya", "", got, &score);
    assert_int_equal(score, 1000);
    find("RUSLANA VETROVSKÁYA", "", got, &score);
    assert_string_equal(got, "Ruslana Vetrovskaya");
    assert_int_equal(score, 1000);
}

static void other_spellings_and_scripts_lead_to_the_name(void **state)
{
    (void)state;
    expect("Ruslana Vetrouskaia", "Ruslana Vetrovskaya");
    expect("Руслана Ветровская", "Ruslana Vetrovskaya");
    expect("Ivan Kovalchuk", "Иван Ковальчук");
}

static void parts_of_a_name_find_it(void **state)
{
    char got[64];
    uint16_t score;
    (void)state;
    expect("Vetrovskaya", "Ruslana Vetrovskaya");
    assert_int_equal(find("Brandl", "person", got, &score), 2);
    assert_string_equal(got, "Piotr Brandl"); /* mentioned more often */
    expect("Union of Miners", "National Union of Miners");
    expect("Almere", "Port Almere");
}

static void misspelt_names_are_found(void **state)
{
    (void)state;
    expect("Ruslana Vetrosvkaya", "Ruslana Vetrovskaya");
    expect("Prot Almere", "Port Almere");
}

static void a_type_limits_what_is_found(void **state)
{
    char got[64];
    uint16_t score;
    (void)state;
    assert_int_equal(find("Brandl", "place", got, &score), 1);
    assert_string_equal(got, "Brandl");
    assert_int_equal(find("Ruslana Vetrovskaya", "place", got, &score), 0);
}

static void strangers_and_nothing_find_nothing(void **state)
{
    char got[64];
    uint16_t score;
    (void)state;
    assert_int_equal(find("Xqwzk Yjhgf", "", got, &score), 0);
    assert_int_equal(find("", "", got, &score), 0);
    assert_int_equal(find("?!", "", got, &score), 0);
}

static void no_more_than_the_limit_and_the_best_of_them(void **state)
{
    stemma_find_options options = STEMMA_FIND_OPTIONS_INIT;
    const stemma_found *all, *some;
    uint32_t all_count, some_count;
    (void)state;
    options.limit = 100;
    options.threshold = 1;
    assert_int_equal(
        stemma_find(snapshot, stemma_text_of("Brandl"), &options, &all, &all_count, NULL),
        STEMMA_OK);
    assert_true(all_count >= 3);
    for (uint32_t limit = 1; limit <= all_count; limit++) {
        options.limit = limit;
        assert_int_equal(
            stemma_find(snapshot, stemma_text_of("Brandl"), &options, &some, &some_count, NULL),
            STEMMA_OK);
        assert_int_equal(some_count, limit);
        for (uint32_t i = 0; i < limit; i++) {
            assert_int_equal(some[i].entity, all[i].entity);
            assert_int_equal(some[i].score, all[i].score);
        }
    }
    stemma_snapshot_reset(snapshot);
}

static void a_threshold_of_1000_finds_the_same_name_only(void **state)
{
    static const struct {
        const char *name;
        const char *type;
        uint32_t count;
    } rows[] = {
        {"Ruslana Vetrovskaya", "", 1},
        {"RUSLANA VETROVSKAYA", "", 1},
        {"Ruslana Vetrovskaja", "", 0},
        {"Vetrovskaya", "", 0},
        {"Brandl", "", 1},
        {"Brandl", "person", 0},
        {"ivan kovalchuk", "person", 1},
        {"", "", 0},
    };
    stemma_find_options options = STEMMA_FIND_OPTIONS_INIT;
    (void)state;
    options.threshold = 1000;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const stemma_found *found;
        uint32_t count;
        options.type = stemma_text_of(rows[i].type);
        assert_int_equal(
            stemma_find(snapshot, stemma_text_of(rows[i].name), &options, &found, &count, NULL),
            STEMMA_OK);
        assert_int_equal(count, rows[i].count);
        assert_true(count == 0 || found[0].score == 1000);
    }
    stemma_snapshot_reset(snapshot);
}

static uint32_t by_name(const char *name, uint32_t *entities, uint32_t capacity)
{
    uint32_t count = 99;
    stemma_error error = {0};
    assert_int_equal(
        stemma_entity_by_name(snapshot, stemma_text_of(name), entities, capacity, &count, &error),
        STEMMA_OK);
    for (uint32_t i = 1; i < count; i++) {
        assert_true(entities[i - 1] < entities[i]);
    }
    return count;
}

static void an_entity_is_had_by_any_name_that_is_its_own(void **state)
{
    uint32_t entities[8];
    stemma_entity entity;
    (void)state;
    assert_int_equal(by_name("tilda  MARROW", entities, 8), 1);
    assert_int_equal(stemma_entity_get(snapshot, entities[0], &entity, NULL), STEMMA_OK);
    assert_int_equal(entity.name_count, 3);
    uint32_t tilda = entities[0];
    assert_int_equal(by_name("Black Heron", entities, 8), 1);
    assert_int_equal(entities[0], tilda);
    assert_int_equal(by_name("ÉTHEL", entities, 8), 0);
    assert_int_equal(by_name("Marrow", entities, 8), 0);
    assert_int_equal(by_name("Руслана Vetrovskaya", entities, 8), 1);
    assert_int_equal(by_name("", entities, 8), 0);
    /* A description is no name for one who has another. */
    assert_int_equal(by_name("the lamplighter", entities, 8), 0);
}

/* */
static void an_entity_with_its_label_alone_is_told_like_any_other(void **state)
{
    uint32_t entities[2];
    stemma_entity entity;
    stemma_text label;
    (void)state;
    assert_int_equal(by_name("Piotr Brandl", entities, 2), 1);
    assert_int_equal(stemma_entity_get(snapshot, entities[0], &entity, NULL), STEMMA_OK);
    assert_int_equal(stemma_entity_label(snapshot, entities[0], &label, NULL), STEMMA_OK);
    assert_int_equal(entity.name_count, 1);
    assert_int_equal(entity.names[0].kind, STEMMA_NAME_NAME);
    assert_int_equal(entity.names[0].documents, 2);
    assert_int_equal(entity.documents, 2);
    assert_true(stemma_text_equal(entity.name, label));
    assert_int_equal(by_name("Black Heron", entities, 2), 1);
    assert_int_equal(stemma_entity_get(snapshot, entities[0], &entity, NULL), STEMMA_OK);
    assert_true(stemma_text_equal(entity.name, stemma_text_of("Tilda Marrow")));
    assert_int_equal(entity.names[1].documents, 1);
}

static void namesakes_come_in_order_and_no_more_than_there_is_room(void **state)
{
    uint32_t entities[8] = {0}, one[2] = {0, 77};
    uint32_t count = by_name("Ivan Kovalchuk", entities, 8);
    (void)state;
    assert_int_equal(count, 2); /* a person and a company */
    assert_int_equal(by_name("Ivan Kovalchuk", one, 1), 1);
    assert_int_equal(one[0], entities[0]);
    assert_int_equal(one[1], 77);
    assert_int_equal(by_name("Ivan Kovalchuk", one, 0), 0);
}

static void a_name_that_is_not_utf8_is_refused(void **state)
{
    uint32_t entities[1], count = 9;
    stemma_text bad = {"Ilse \xff", 6};
    stemma_error error = {0};
    (void)state;
    assert_int_equal(stemma_entity_by_name(snapshot, bad, entities, 1, &count, &error),
                     STEMMA_E_INVALID);
    assert_string_equal(error.code, "TEXT_NOT_UTF8");
    assert_int_equal(count, 0);
}

static void every_name_of_a_file_finds_its_entity(void **state)
{
    stemma_counts counts;
    (void)state;
    stemma_counts_get(file, &counts);
    assert_true(counts.entities > 50);
    for (uint32_t i = 0; i < counts.entities; i++) {
        stemma_text label;
        const stemma_found *found;
        uint32_t count;
        int here = 0;
        assert_int_equal(stemma_entity_label(snapshot, i, &label, NULL), STEMMA_OK);
        assert_int_equal(stemma_find(snapshot, label, NULL, &found, &count, NULL), STEMMA_OK);
        for (uint32_t j = 0; j < count; j++) {
            here = here || (found[j].entity == i && found[j].score == 1000);
        }
        assert_true(here);
        stemma_snapshot_reset(snapshot);
    }
}

static void candidates_add_up_and_stay_bounded(void **state)
{
    stm_candidates *candidates = malloc(sizeof *candidates);
    prng random = {61};
    (void)state;
    assert_non_null(candidates);
    stm_candidates_clear(candidates);
    for (uint32_t i = 0; i < 100000; i++) {
        stm_candidates_add(candidates, prng_below(&random, 50000), 1);
        stm_candidates_add(candidates, 7, 10);
    }
    assert_int_equal(candidates->count, STM_CANDIDATES);
    stm_candidates_sort(candidates);
    assert_int_equal(candidates->list[0].entity, 7);
    assert_true(candidates->list[0].weight >= 1000000);
    for (uint32_t i = 1; i < candidates->count; i++) {
        assert_true(candidates->list[i - 1].weight >= candidates->list[i].weight);
    }
    free(candidates);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_exact_name_scores_1000_whatever_its_case_and_marks),
        cmocka_unit_test(other_spellings_and_scripts_lead_to_the_name),
        cmocka_unit_test(parts_of_a_name_find_it),
        cmocka_unit_test(misspelt_names_are_found),
        cmocka_unit_test(a_type_limits_what_is_found),
        cmocka_unit_test(strangers_and_nothing_find_nothing),
        cmocka_unit_test(no_more_than_the_limit_and_the_best_of_them),
        cmocka_unit_test(a_threshold_of_1000_finds_the_same_name_only),
        cmocka_unit_test(an_entity_is_had_by_any_name_that_is_its_own),
        cmocka_unit_test(an_entity_with_its_label_alone_is_told_like_any_other),
        cmocka_unit_test(namesakes_come_in_order_and_no_more_than_there_is_room),
        cmocka_unit_test(a_name_that_is_not_utf8_is_refused),
        cmocka_unit_test(every_name_of_a_file_finds_its_entity),
        cmocka_unit_test(candidates_add_up_and_stay_bounded),
    };
    return cmocka_run_group_tests(tests, make_file, remove_file);
}
