/* SPDX-License-Identifier: MIT */
/* What is described and not named, across the documents of a story. */
#include "judge_builder.h"

#define FERRY                                                                                      \
    "The ferry Albatross ran aground off Pellworth harbour in fog on Sunday. Divers of the "       \
    "Pellworth lifeboat searched the wreck for passengers while the skipper was questioned."
#define ROBBERY                                                                                    \
    "Two masked robbers took emeralds from the Quillon auction house in Brastow. Detectives "      \
    "believe that the haul of gemstones was sold to a collector before the auction."

static uint32_t document_of(struct corpus *corpus, const char *published, const char *text)
{
    return add_document(corpus, published, text);
}

/* A referent with nothing but a nominal. */
static uint32_t add_nominal(struct corpus *corpus, uint32_t document, const char *type,
                            const char *words)
{
    uint32_t referent = add_entity(corpus, document, type, words);
    corpus->built[document]->names[referent][0].kind = STEMMA_NAME_NOMINAL;
    return referent;
}

static void one_head_in_one_story_is_one(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = document_of(corpus, "2031-05-02", FERRY);
    uint32_t b = document_of(corpus, "2031-05-03", FERRY " It sank.");
    uint32_t x = add_nominal(corpus, a, "person", "the skipper");
    uint32_t y = add_nominal(corpus, b, "person", "the 51-year-old skipper");
    uint32_t v = add_nominal(corpus, a, "thing", "the vessel");
    uint32_t s = add_nominal(corpus, b, "thing", "the ship");
    judge_corpus(corpus);
    assert_true(are_joined(corpus, a, x, b, y));
    assert_true(are_joined(corpus, a, v, b, s));
    corpus_free(corpus);
}

static void one_head_in_two_stories_stays_two(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = document_of(corpus, "2031-05-02", FERRY);
    uint32_t b = document_of(corpus, "2031-05-02", ROBBERY);
    uint32_t x = add_nominal(corpus, a, "person", "the skipper");
    uint32_t y = add_nominal(corpus, b, "person", "the skipper");
    judge_corpus(corpus);
    assert_false(are_joined(corpus, a, x, b, y));
    corpus_free(corpus);
}

static void number_and_telling_words_keep_apart(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = document_of(corpus, "2031-05-02", FERRY);
    uint32_t b = document_of(corpus, "2031-05-03", FERRY " It sank.");
    uint32_t diver = add_nominal(corpus, a, "person", "the diver");
    uint32_t divers = add_nominal(corpus, b, "group", "the divers");
    uint32_t mate = add_nominal(corpus, a, "person", "the first mate");
    uint32_t second = add_nominal(corpus, b, "person", "the second mate");
    uint32_t nordic = add_nominal(corpus, a, "person", "the Norwegian passenger");
    uint32_t greek = add_nominal(corpus, b, "person", "the Greek passenger");
    judge_corpus(corpus);
    assert_false(are_joined(corpus, a, diver, b, divers));
    assert_false(are_joined(corpus, a, mate, b, second));
    assert_false(are_joined(corpus, a, nordic, b, greek));
    corpus_free(corpus);
}

static void a_nominal_is_of_the_only_one_so_called(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = document_of(corpus, "2031-05-02", FERRY);
    uint32_t b = document_of(corpus, "2031-05-03", FERRY " It sank.");
    uint32_t c = document_of(corpus, "2031-05-04", FERRY " All were saved.");
    uint32_t named = add_person(corpus, a, "Henrik Soltau");
    add_words(corpus, a, named, "role", "skipper");
    uint32_t nameless = add_nominal(corpus, b, "person", "the skipper");
    uint32_t theatre = add_entity(corpus, a, "organization", "Pellworth Harbour Company");
    uint32_t company = add_nominal(corpus, c, "organization", "the company");
    judge_corpus(corpus);
    assert_true(are_joined(corpus, a, named, b, nameless));
    assert_true(are_joined(corpus, a, theatre, c, company));
    corpus_free(corpus);
}

static void a_nominal_that_two_are_called_by_is_of_neither(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = document_of(corpus, "2031-05-02", FERRY);
    uint32_t b = document_of(corpus, "2031-05-03", FERRY " It sank.");
    uint32_t c = document_of(corpus, "2031-05-04", FERRY " All were saved.");
    uint32_t one = add_person(corpus, a, "Henrik Soltau");
    uint32_t two = add_person(corpus, b, "Clara Vestergaard");
    add_words(corpus, a, one, "role", "lawyer");
    add_words(corpus, b, two, "role", "lawyer");
    uint32_t nameless = add_nominal(corpus, c, "person", "the lawyer");
    judge_corpus(corpus);
    assert_false(are_joined(corpus, a, one, c, nameless));
    assert_false(are_joined(corpus, b, two, c, nameless));
    assert_false(are_joined(corpus, a, one, b, two));
    corpus_free(corpus);
}

static void a_bare_name_with_two_bearers_in_its_document_joins_no_third(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = document_of(corpus, "2031-05-02", FERRY);
    uint32_t b = document_of(corpus, "2031-05-03", FERRY " It sank.");
    uint32_t judge = add_person(corpus, a, "Selmar Quist");
    add_person(corpus, a, "Brigit Quist");
    add_person(corpus, b, "Brigit Quist");
    add_person(corpus, b, "Oren Quist");
    uint32_t bare = add_person(corpus, b, "Quist");
    judge_corpus(corpus);
    assert_false(are_joined(corpus, a, judge, b, bare));
    corpus_free(corpus);
}

static void whom_others_call_so_is_meant_where_he_is_spoken_of(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = document_of(corpus, "2031-05-02", FERRY);
    uint32_t b = document_of(corpus, "2031-06-02", ROBBERY);
    uint32_t named = add_person(corpus, a, "Harald Brokk");
    add_words(corpus, a, named, "role", "authoritarian leader");
    uint32_t again = add_person(corpus, b, "Harald Brokk");
    uint32_t leader = add_nominal(corpus, b, "person", "the long-standing autocratic leader");
    uint32_t c = document_of(corpus, "2031-07-02", "Nothing of this happened in Karsk.");
    uint32_t other = add_nominal(corpus, c, "person", "the authoritarian leader");
    judge_corpus(corpus);
    assert_true(are_joined(corpus, a, named, b, again));
    assert_true(are_joined(corpus, b, again, b, leader));
    assert_false(are_joined(corpus, b, again, c, other));
    corpus_free(corpus);
}

static void a_kind_is_not_the_group_of_that_many(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = document_of(corpus, "2031-05-02", FERRY);
    uint32_t b = document_of(corpus, "2031-05-03", FERRY " It sank.");
    uint32_t counted = add_nominal(corpus, a, "group", "12 passengers");
    uint32_t kind = add_nominal(corpus, b, "group", "stranded passengers");
    uint32_t divers = add_nominal(corpus, a, "group", "14 divers");
    uint32_t local = add_nominal(corpus, a, "group", "the volunteer divers");
    judge_corpus(corpus);
    assert_false(are_joined(corpus, a, counted, b, kind));
    assert_false(are_joined(corpus, a, divers, a, local));
    corpus_free(corpus);
}

static void one_noun_read_in_two_ways_is_one(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = document_of(corpus, "2031-05-02", FERRY);
    uint32_t b = document_of(corpus, "2031-05-03", FERRY " It sank.");
    uint32_t x = add_nominal(corpus, a, "organization", "the coastguard");
    uint32_t y = add_nominal(corpus, b, "person", "the coastguard");
    judge_corpus(corpus);
    assert_true(are_joined(corpus, a, x, b, y));
    corpus_free(corpus);
}

static void a_country_and_its_adjective_tell_the_same(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = document_of(corpus, "2031-05-02", FERRY);
    uint32_t b = document_of(corpus, "2031-05-03", FERRY " It sank.");
    uint32_t x = add_nominal(corpus, a, "organization", "Chile's navy");
    uint32_t y = add_nominal(corpus, b, "organization", "the Chilean navy");
    uint32_t z = add_nominal(corpus, b, "organization", "the Peruvian navy");
    judge_corpus(corpus);
    assert_true(are_joined(corpus, a, x, b, y));
    assert_false(are_joined(corpus, a, x, b, z));
    corpus_free(corpus);
}

static void mounts_and_forts_are_often_cut_short(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = document_of(corpus, "2031-05-02", FERRY);
    uint32_t b = document_of(corpus, "2031-05-03", FERRY " It sank.");
    uint32_t x = add_entity(corpus, a, "place", "Mount Pellworth");
    uint32_t y = add_entity(corpus, b, "place", "Mt. Pellworth");
    uint32_t v = add_entity(corpus, a, "place", "Fort Ardin");
    uint32_t w = add_entity(corpus, b, "place", "Ft Ardin");
    judge_corpus(corpus);
    assert_true(are_joined(corpus, a, x, b, y));
    assert_true(are_joined(corpus, a, v, b, w));
    assert_false(are_joined(corpus, a, x, b, w));
    corpus_free(corpus);
}

static void any_men_are_not_the_two_men(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = document_of(corpus, "2031-05-02", ROBBERY);
    uint32_t b = document_of(corpus, "2031-05-03", ROBBERY " They fled.");
    uint32_t c = document_of(corpus, "2031-05-04", ROBBERY " They hid.");
    uint32_t any = add_nominal(corpus, a, "group", "men");
    uint32_t two = add_nominal(corpus, b, "group", "the two men");
    uint32_t same = add_nominal(corpus, c, "group", "two men");
    judge_corpus(corpus);
    assert_false(are_joined(corpus, a, any, b, two));
    assert_false(are_joined(corpus, a, any, c, same));
    assert_true(are_joined(corpus, b, two, c, same));
    corpus_free(corpus);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_head_in_one_story_is_one),
        cmocka_unit_test(one_head_in_two_stories_stays_two),
        cmocka_unit_test(number_and_telling_words_keep_apart),
        cmocka_unit_test(a_nominal_is_of_the_only_one_so_called),
        cmocka_unit_test(a_nominal_that_two_are_called_by_is_of_neither),
        cmocka_unit_test(a_bare_name_with_two_bearers_in_its_document_joins_no_third),
        cmocka_unit_test(whom_others_call_so_is_meant_where_he_is_spoken_of),
        cmocka_unit_test(a_kind_is_not_the_group_of_that_many),
        cmocka_unit_test(one_noun_read_in_two_ways_is_one),
        cmocka_unit_test(a_country_and_its_adjective_tell_the_same),
        cmocka_unit_test(mounts_and_forts_are_often_cut_short),
        cmocka_unit_test(any_men_are_not_the_two_men),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
