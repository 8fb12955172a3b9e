/* SPDX-License-Identifier: MIT */
/* Accounts that disagree about a number may still be accounts of one event. */
#include "judge_builder.h"

static uint32_t deaths(struct corpus *corpus, uint32_t d, uint32_t town, const char *count,
                       const char *time)
{
    uint32_t e = add_event(corpus, d, "life.die");
    add_link(corpus, d, e, "place", town);
    add_count(corpus, d, e, "patient", count, STEMMA_MODIFIER_NONE);
    add_time(corpus, d, e, time);
    return e;
}

static void tolls_of_one_day_and_town_that_differ_little_are_one_event(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = add_document(corpus, "2031-02-06", NULL);
    uint32_t b = add_document(corpus, "2031-02-07", NULL);
    uint32_t c = add_document(corpus, "2031-02-07", NULL);
    uint32_t country = add_entity(corpus, a, "place", "Sudravia");
    uint32_t town = add_entity(corpus, a, "place", "Ventarra");
    add_person(corpus, a, "Anselmo Velarde");
    for (uint32_t d = b; d <= c; d++) {
        add_entity(corpus, d, "place", "Sudravia");
        add_entity(corpus, d, "place", "Ventarra");
        add_person(corpus, d, "Anselmo Velarde");
    }
    (void)country;
    uint32_t x = deaths(corpus, a, town, "17", "2031-02-06");
    uint32_t y = deaths(corpus, b, town, "19", "2031-02-06");
    uint32_t z = deaths(corpus, c, town, "140", "2031-02-06");
    judge_corpus(corpus);
    assert_true(are_joined(corpus, a, x, b, y));
    assert_false(are_joined(corpus, a, x, c, z));
    corpus_free(corpus);
}

static void tolls_that_differ_stay_apart_without_a_common_day(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = add_document(corpus, "2031-02-06", NULL);
    uint32_t b = add_document(corpus, "2031-09-07", NULL);
    uint32_t town = add_entity(corpus, a, "place", "Ventarra");
    add_entity(corpus, b, "place", "Ventarra");
    uint32_t x = deaths(corpus, a, town, "17", "2031");
    uint32_t y = deaths(corpus, b, town, "19", "2031-09");
    judge_corpus(corpus);
    assert_false(are_joined(corpus, a, x, b, y));
    corpus_free(corpus);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tolls_of_one_day_and_town_that_differ_little_are_one_event),
        cmocka_unit_test(tolls_that_differ_stay_apart_without_a_common_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
