/* SPDX-License-Identifier: MIT */
#include "judge_builder.h"

/* An invented country: Sudravia with its capital Norvan and its neighbour Ostrava Land. */
static uint32_t sudravian_story(struct corpus *corpus, const char *published)
{
    uint32_t d = add_document(corpus, published, NULL);
    add_entity(corpus, d, "place", "Sudravia");
    add_entity(corpus, d, "place", "Norvan");
    add_person(corpus, d, "Olegas Brintar");
    add_entity(corpus, d, "organization", "Norvan Rescue Committee");
    return d;
}

static void spelling_variants_in_one_story_are_joined(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = sudravian_story(corpus, "2031-05-02");
    uint32_t b = sudravian_story(corpus, "2031-05-03");
    uint32_t c = sudravian_story(corpus, "2031-05-03");
    uint32_t x = add_person(corpus, a, "Sviatlana Vasilkouskaya");
    uint32_t y = add_person(corpus, b, "Svetlana Vasilkovskaya");
    uint32_t z = add_person(corpus, c, "Светлана Васильковская");
    judge_corpus(corpus);
    assert_true(are_joined(corpus, a, x, b, y));
    assert_true(are_joined(corpus, b, y, c, z));
    assert_true(are_joined(corpus, a, 0, b, 0));
    assert_true(are_joined(corpus, a, 2, c, 2));
    assert_true(are_joined(corpus, a, 3, c, 3));
    assert_false(are_joined(corpus, a, 0, a, 1));
    corpus_free(corpus);
}

static void husband_and_wife_stay_apart(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = sudravian_story(corpus, "2031-05-02");
    uint32_t b = sudravian_story(corpus, "2031-05-03");
    uint32_t wife = add_person(corpus, a, "Svetlana Vasilkovskaya");
    uint32_t husband = add_person(corpus, b, "Sergey Vasilkovsky");
    uint32_t c = sudravian_story(corpus, "2031-05-04");
    uint32_t bare_wife = add_person(corpus, c, "Vasilkovskaya");
    uint32_t bare_husband = add_person(corpus, c, "Vasilkovsky");
    judge_corpus(corpus);
    assert_false(are_joined(corpus, a, wife, b, husband));
    assert_true(are_joined(corpus, a, wife, c, bare_wife));
    assert_true(are_joined(corpus, b, husband, c, bare_husband));
    corpus_free(corpus);
}

static void spouses_with_one_surname_stay_apart(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = sudravian_story(corpus, "2031-05-02");
    uint32_t b = sudravian_story(corpus, "2031-05-03");
    uint32_t anton = add_person(corpus, a, "Anton Welbeck");
    uint32_t marta = add_person(corpus, a, "Marta Welbeck");
    add_link(corpus, a, anton, "spouse", marta);
    uint32_t anton2 = add_person(corpus, b, "Anton Welbeck");
    uint32_t c = sudravian_story(corpus, "2031-05-04");
    uint32_t bare = add_person(corpus, c, "Welbeck");
    judge_corpus(corpus);
    assert_true(are_joined(corpus, a, anton, b, anton2));
    assert_false(are_joined(corpus, a, anton, a, marta));
    /* The bare surname may be either: no guess, but a doubt is recorded. */
    assert_false(are_joined(corpus, c, bare, a, anton));
    assert_false(are_joined(corpus, c, bare, a, marta));
    int doubted = 0;
    for (uint32_t i = 0; i < corpus->result.judgement_count; i++) {
        const stemma_judgement *j = &corpus->result.judgements[i];
        doubted |= j->right.document == c && j->right.referent == bare &&
                   j->verdict == STEMMA_VERDICT_UNSURE && j->reason.size > 0;
    }
    assert_true(doubted);
    corpus_free(corpus);
}

static void a_bare_surname_joins_the_one_bearer_in_its_company(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = sudravian_story(corpus, "2031-05-02");
    uint32_t b = sudravian_story(corpus, "2031-05-03");
    uint32_t full = add_person(corpus, a, "Anton Welbeck");
    uint32_t bare = add_person(corpus, b, "Welbeck");
    judge_corpus(corpus);
    assert_true(are_joined(corpus, a, full, b, bare));
    corpus_free(corpus);
}

static void a_bare_surname_in_other_company_is_not_joined(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = sudravian_story(corpus, "2031-05-02");
    uint32_t full = add_person(corpus, a, "Anton Welbeck");
    uint32_t b = add_document(corpus, "2031-05-03", NULL);
    uint32_t bare = add_person(corpus, b, "Welbeck");
    add_entity(corpus, b, "organization", "Quorley Football Club");
    add_entity(corpus, b, "place", "Quorley");
    judge_corpus(corpus);
    assert_false(are_joined(corpus, a, full, b, bare));
    corpus_free(corpus);
}

static void namesakes_with_other_offices_and_company_stay_apart(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = sudravian_story(corpus, "2031-05-02");
    uint32_t minister = add_person(corpus, a, "Anton Welbeck");
    add_words(corpus, a, minister, "role", "finance minister");
    uint32_t b = add_document(corpus, "2031-05-03", NULL);
    uint32_t player = add_person(corpus, b, "Anton Welbeck");
    add_words(corpus, b, player, "role", "striker");
    add_entity(corpus, b, "organization", "Quorley Football Club");
    add_entity(corpus, b, "place", "Quorley");
    judge_corpus(corpus);
    assert_false(are_joined(corpus, a, minister, b, player));
    const stemma_judgement *doubt = find_judgement(corpus, a, minister, b, player);
    assert_non_null(doubt);
    assert_int_equal(doubt->verdict, STEMMA_VERDICT_UNSURE);
    corpus_free(corpus);
}

static void ages_that_do_not_fit_keep_namesakes_apart(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = sudravian_story(corpus, "2031-05-02");
    uint32_t b = sudravian_story(corpus, "2031-05-03");
    uint32_t old = add_person(corpus, a, "Anton Welbeck");
    uint32_t young = add_person(corpus, b, "Anton Welbeck");
    add_count(corpus, a, old, "age", "71", STEMMA_MODIFIER_NONE);
    add_count(corpus, b, young, "age", "34", STEMMA_MODIFIER_NONE);
    judge_corpus(corpus);
    assert_false(are_joined(corpus, a, old, b, young));
    corpus_free(corpus);
}

static void siblings_with_alike_given_names_stay_apart_across_documents(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = sudravian_story(corpus, "2031-05-02");
    uint32_t b = sudravian_story(corpus, "2031-05-03");
    uint32_t marta = add_person(corpus, a, "Marta Welbeck");
    uint32_t martin = add_person(corpus, a, "Martin Welbeck");
    uint32_t martin2 = add_person(corpus, b, "Martin Welbeck");
    uint32_t marta2 = add_person(corpus, b, "Marta Welbeck");
    judge_corpus(corpus);
    assert_true(are_joined(corpus, a, marta, b, marta2));
    assert_true(are_joined(corpus, a, martin, b, martin2));
    assert_false(are_joined(corpus, a, marta, b, martin2));
    corpus_free(corpus);
}

static void an_initial_does_not_join_two_given_names(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = sudravian_story(corpus, "2031-05-02");
    uint32_t b = sudravian_story(corpus, "2031-05-03");
    uint32_t c = sudravian_story(corpus, "2031-05-04");
    uint32_t anton = add_person(corpus, a, "Anton Welbeck");
    uint32_t adriana = add_person(corpus, b, "Adriana Welbeck");
    add_person(corpus, c, "A. Welbeck");
    judge_corpus(corpus);
    assert_false(are_joined(corpus, a, anton, b, adriana));
    corpus_free(corpus);
}

static void names_that_sound_otherwise_stay_apart_in_one_story(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = sudravian_story(corpus, "2031-05-02");
    uint32_t b = sudravian_story(corpus, "2031-05-03");
    uint32_t karlova = add_person(corpus, a, "Anna Karlova");
    uint32_t karpova = add_person(corpus, b, "Anna Karpova");
    uint32_t john = add_person(corpus, a, "John Welbeck");
    uint32_t joan = add_person(corpus, b, "Joan Welbeck");
    judge_corpus(corpus);
    assert_false(are_joined(corpus, a, karlova, b, karpova));
    assert_false(are_joined(corpus, a, john, b, joan));
    corpus_free(corpus);
}

static void one_country_under_two_names_in_one_document_is_joined(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = sudravian_story(corpus, "2031-05-02");
    uint32_t us = add_entity(corpus, a, "place", "United States");
    uint32_t america = add_entity(corpus, a, "place", "America");
    judge_corpus(corpus);
    assert_true(are_joined(corpus, a, us, a, america));
    corpus_free(corpus);
}

static void organisations_and_countries_join_under_other_names(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = sudravian_story(corpus, "2031-05-02");
    uint32_t b = sudravian_story(corpus, "2031-05-03");
    uint32_t us = add_entity(corpus, a, "place", "United States");
    uint32_t america = add_entity(corpus, b, "place", "U.S.");
    uint32_t full = add_entity(corpus, a, "organization", "League of Free Reporters");
    uint32_t acronym = add_entity(corpus, b, "organization", "LFR");
    uint32_t ministry = add_entity(corpus, a, "organization", "Interior Ministry");
    uint32_t c = add_document(corpus, "2031-06-01", NULL);
    uint32_t elsewhere = add_entity(corpus, c, "organization", "Interior Ministry");
    add_entity(corpus, c, "place", "Quorley");
    judge_corpus(corpus);
    assert_true(are_joined(corpus, a, us, b, america));
    assert_true(are_joined(corpus, a, full, b, acronym));
    assert_false(are_joined(corpus, a, ministry, c, elsewhere));
    corpus_free(corpus);
}

static void an_organisation_joins_under_the_first_word_of_its_name(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = sudravian_story(corpus, "2031-05-02");
    uint32_t b = sudravian_story(corpus, "2031-05-03");
    uint32_t full = add_entity(corpus, a, "organization", "Kestrel Airways");
    uint32_t bare = add_entity(corpus, b, "organization", "Kestrel");
    uint32_t bank = add_entity(corpus, a, "organization", "Orlop Savings Bank");
    uint32_t foods = add_entity(corpus, a, "organization", "Orlop Foods");
    uint32_t orlop = add_entity(corpus, b, "organization", "Orlop");
    uint32_t norvan = add_entity(corpus, b, "organization", "Norvan");
    judge_corpus(corpus);
    assert_true(are_joined(corpus, a, full, b, bare));
    /* Two that it may be, and the name of the capital. */
    assert_false(are_joined(corpus, a, bank, b, orlop));
    assert_false(are_joined(corpus, a, foods, b, orlop));
    assert_false(are_joined(corpus, a, 3, b, norvan));
    corpus_free(corpus);
}

static void a_person_never_joins_a_place(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = sudravian_story(corpus, "2031-05-02");
    uint32_t b = sudravian_story(corpus, "2031-05-03");
    uint32_t person = add_person(corpus, a, "Georgia");
    uint32_t place = add_entity(corpus, b, "place", "Georgia");
    judge_corpus(corpus);
    assert_false(are_joined(corpus, a, person, b, place));
    corpus_free(corpus);
}

static void judgements_that_came_in_win(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = sudravian_story(corpus, "2031-05-02");
    uint32_t b = sudravian_story(corpus, "2031-05-03");
    uint32_t c = sudravian_story(corpus, "2031-05-04");
    uint32_t x = add_person(corpus, a, "Anton Welbeck");
    uint32_t y = add_person(corpus, b, "Anton Welbeck");
    uint32_t z = add_person(corpus, c, "Anton Welbeck");
    uint32_t alias = add_person(corpus, c, "The Fox");
    stemma_judgement known[2];
    memset(known, 0, sizeof known);
    known[0].left = (stemma_referent_id){a, x};
    known[0].right = (stemma_referent_id){b, y};
    known[0].verdict = STEMMA_VERDICT_NOT_SAME;
    known[0].run = STEMMA_NONE;
    known[0].author = stemma_text_of("a reader");
    known[1] = known[0];
    known[1].verdict = STEMMA_VERDICT_SAME;
    known[1].right = (stemma_referent_id){c, alias};
    corpus->input.judgements = known;
    corpus->input.judgement_count = 2;
    judge_corpus(corpus);
    assert_false(are_joined(corpus, a, x, b, y));
    assert_true(are_joined(corpus, a, x, c, alias));
    /* z shares its document with the alias of x, so it can only be y. */
    assert_true(are_joined(corpus, b, y, c, z));
    const stemma_judgement *kept = find_judgement(corpus, a, x, b, y);
    assert_non_null(kept);
    assert_int_equal(kept->author.size, 8);
    corpus_free(corpus);
}

static void a_judgement_about_nothing_is_refused(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    sudravian_story(corpus, "2031-05-02");
    stemma_judgement known;
    memset(&known, 0, sizeof known);
    known.right = (stemma_referent_id){7, 0};
    known.verdict = STEMMA_VERDICT_SAME;
    corpus->input.documents = corpus->documents;
    corpus->input.document_count = corpus->count;
    corpus->input.judgements = &known;
    corpus->input.judgement_count = 1;
    stemma_error error;
    assert_int_equal(stm_judge(&corpus->input, &corpus->arena, &corpus->result, &error),
                     STEMMA_E_INVALID);
    assert_string_equal(error.code, "JUDGEMENT_TARGET");
    corpus_free(corpus);
}

static void running_out_of_memory_is_said(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    for (int i = 0; i < 40; i++) {
        uint32_t d = sudravian_story(corpus, "2031-05-02");
        add_person(corpus, d, "Anton Welbeck");
    }
    corpus->input.documents = corpus->documents;
    corpus->input.document_count = corpus->count;
    struct stm_arena small;
    stm_arena_init(&small, 2000);
    stemma_error error;
    assert_int_equal(stm_judge(&corpus->input, &small, &corpus->result, &error),
                     STEMMA_E_NO_MEMORY);
    assert_string_equal(error.code, "NO_MEMORY");
    assert_int_equal(corpus->result.judgement_count, 0);
    stm_arena_free(&small);
    corpus_free(corpus);
}

static void documents_judged_before_get_no_new_judgements(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = sudravian_story(corpus, "2031-05-02");
    uint32_t b = sudravian_story(corpus, "2031-05-03");
    add_person(corpus, a, "Anton Welbeck");
    add_person(corpus, b, "Anton Welbeck");
    const uint8_t judged[2] = {1, 1};
    corpus->input.judged = judged;
    judge_corpus(corpus);
    assert_int_equal(corpus->result.judgement_count, 0);
    corpus_free(corpus);
}

static void judgements_form_a_forest_in_canonical_order(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    for (int i = 0; i < 60; i++) {
        uint32_t d = sudravian_story(corpus, "2031-05-02");
        add_person(corpus, d, i % 2 ? "Anton Welbeck" : "Antony Welbeck");
    }
    judge_corpus(corpus);
    uint32_t same = 0;
    for (uint32_t i = 0; i < corpus->result.judgement_count; i++) {
        const stemma_judgement *j = &corpus->result.judgements[i];
        same += j->verdict == STEMMA_VERDICT_SAME;
        assert_true(j->left.document < j->right.document);
        if (i > 0) {
            const stemma_judgement *before = j - 1;
            assert_true(before->left.document < j->left.document ||
                        (before->left.document == j->left.document &&
                         (before->left.referent < j->left.referent ||
                          (before->left.referent == j->left.referent &&
                           before->right.document <= j->right.document))));
        }
    }
    /* Five clusters of sixty. */
    assert_int_equal(same, 5 * 59);
    corpus_free(corpus);
}

static void the_same_corpus_is_judged_the_same_way(void **state)
{
    (void)state;
    struct corpus *runs[2];
    for (int k = 0; k < 2; k++) {
        runs[k] = corpus_new();
        static const char *const NAMES[] = {"Anton Welbeck", "Welbeck", "Anton Velbek",
                                            "A. Welbeck", "Marta Welbeck"};
        for (int i = 0; i < 50; i++) {
            uint32_t d = sudravian_story(runs[k], "2031-05-02");
            add_person(runs[k], d, NAMES[i % 5]);
        }
        judge_corpus(runs[k]);
    }
    assert_int_equal(runs[0]->result.judgement_count, runs[1]->result.judgement_count);
    for (uint32_t i = 0; i < runs[0]->result.judgement_count; i++) {
        const stemma_judgement *a = &runs[0]->result.judgements[i];
        const stemma_judgement *b = &runs[1]->result.judgements[i];
        assert_memory_equal(&a->left, &b->left, sizeof a->left);
        assert_memory_equal(&a->right, &b->right, sizeof a->right);
        assert_int_equal(a->score, b->score);
        assert_int_equal(a->verdict, b->verdict);
    }
    corpus_free(runs[0]);
    corpus_free(runs[1]);
}

/* Two coded tables: thousands of people and happenings in one document, few names. The test's time
   limit is what protects: with work that grows with the square it would take minutes. */
static void tables_with_thousands_of_referents_are_no_burden(void **state)
{
    (void)state;
    enum { ROWS = 20000 };
    static const char *const NAMES[] = {"Anton Welbeck", "Marta Welbeck", "Welbeck",
                                        "Olegas Brintar"};
    struct corpus *corpus = corpus_new();
    stemma_name names[4];
    memset(names, 0, sizeof names);
    for (int i = 0; i < 4; i++) {
        names[i].text = stemma_text_of(NAMES[i]);
    }
    stemma_document tables[2];
    memset(tables, 0, sizeof tables);
    for (int t = 0; t < 2; t++) {
        stemma_referent *referents = calloc(2 * ROWS, sizeof *referents);
        stemma_assertion *assertions = calloc(ROWS, sizeof *assertions);
        assert_non_null(referents);
        assert_non_null(assertions);
        for (uint32_t i = 0; i < ROWS; i++) {
            referents[i].type = stemma_text_of("person");
            referents[i].names = &names[i % 4];
            referents[i].name_count = 1;
            referents[ROWS + i].kind = STEMMA_REFERENT_EVENT;
            referents[ROWS + i].type = stemma_text_of("justice.arrest");
            assertions[i].subject = ROWS + i;
            assertions[i].predicate = stemma_text_of("patient");
            assertions[i].object.as.referent = i;
        }
        tables[t].referents = referents;
        tables[t].referent_count = 2 * ROWS;
        tables[t].assertions = assertions;
        tables[t].assertion_count = ROWS;
        tables[t].published.edtf = stemma_text_of("2031-05-02");
        corpus->documents[t] = &tables[t];
    }
    stemma_error error;
    corpus->input.documents = corpus->documents;
    corpus->input.document_count = 2;
    assert_int_equal(stm_judge(&corpus->input, &corpus->arena, &corpus->result, &error), STEMMA_OK);
    assert_true(corpus->result.judgement_count < 4u * ROWS);
    for (int t = 0; t < 2; t++) {
        free((void *)(uintptr_t)tables[t].referents);
        free((void *)(uintptr_t)tables[t].assertions);
    }
    corpus_free(corpus);
}

static void a_bare_name_that_is_mostly_a_place_is_the_place(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = add_document(corpus, "2031-05-02", "One.");
    uint32_t b = add_document(corpus, "2031-05-03", "Two.");
    uint32_t c = add_document(corpus, "2031-05-04", "Three.");
    uint32_t d = add_document(corpus, "2031-05-05", "Four.");
    uint32_t x = add_entity(corpus, a, "place", "Halvard");
    add_entity(corpus, b, "place", "Halvard");
    add_entity(corpus, c, "place", "Halvard");
    add_entity(corpus, d, "place", "Halvard");
    uint32_t misread = add_entity(corpus, c, "organization", "Halvard");
    uint32_t person = add_person(corpus, d, "Halvard");
    add_words(corpus, d, person, "role", "goalkeeper");
    judge_corpus(corpus);
    assert_true(are_joined(corpus, a, x, c, misread));
    assert_false(are_joined(corpus, a, x, d, person));
    corpus_free(corpus);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spelling_variants_in_one_story_are_joined),
        cmocka_unit_test(husband_and_wife_stay_apart),
        cmocka_unit_test(spouses_with_one_surname_stay_apart),
        cmocka_unit_test(a_bare_surname_joins_the_one_bearer_in_its_company),
        cmocka_unit_test(a_bare_surname_in_other_company_is_not_joined),
        cmocka_unit_test(namesakes_with_other_offices_and_company_stay_apart),
        cmocka_unit_test(ages_that_do_not_fit_keep_namesakes_apart),
        cmocka_unit_test(siblings_with_alike_given_names_stay_apart_across_documents),
        cmocka_unit_test(an_initial_does_not_join_two_given_names),
        cmocka_unit_test(names_that_sound_otherwise_stay_apart_in_one_story),
        cmocka_unit_test(one_country_under_two_names_in_one_document_is_joined),
        cmocka_unit_test(organisations_and_countries_join_under_other_names),
        cmocka_unit_test(an_organisation_joins_under_the_first_word_of_its_name),
        cmocka_unit_test(a_person_never_joins_a_place),
        cmocka_unit_test(judgements_that_came_in_win),
        cmocka_unit_test(a_judgement_about_nothing_is_refused),
        cmocka_unit_test(running_out_of_memory_is_said),
        cmocka_unit_test(documents_judged_before_get_no_new_judgements),
        cmocka_unit_test(judgements_form_a_forest_in_canonical_order),
        cmocka_unit_test(tables_with_thousands_of_referents_are_no_burden),
        cmocka_unit_test(the_same_corpus_is_judged_the_same_way),
        cmocka_unit_test(a_bare_name_that_is_mostly_a_place_is_the_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
