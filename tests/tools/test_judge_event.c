/* SPDX-License-Identifier: MIT */
#include "judge_builder.h"

/* The first referents of every story here, in this order. */
enum { SUDRAVIA, PRESIDENT, VELARDE, QUIROGA };

static uint32_t story(struct corpus *corpus, const char *published)
{
    uint32_t d = add_document(corpus, published, NULL);
    add_entity(corpus, d, "place", "Sudravia");
    add_person(corpus, d, "Olegas Brintar");
    add_person(corpus, d, "Anselmo Velarde");
    add_person(corpus, d, "Dolores Quiroga");
    return d;
}

static uint32_t release(struct corpus *corpus, uint32_t d, uint32_t patient, const char *count,
                        const char *time)
{
    uint32_t e = add_event(corpus, d, "justice.release");
    add_link(corpus, d, e, "agent", PRESIDENT);
    if (patient != STEMMA_NONE) {
        add_link(corpus, d, e, "patient", patient);
    }
    if (count != NULL) {
        add_count(corpus, d, e, "patient", count, STEMMA_MODIFIER_NONE);
    }
    if (time != NULL) {
        add_time(corpus, d, e, time);
    }
    return e;
}

static void accounts_of_one_release_are_joined(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = story(corpus, "2031-05-04");
    uint32_t b = story(corpus, "2031-05-05");
    uint32_t c = story(corpus, "2031-05-05");
    uint32_t x = release(corpus, a, VELARDE, "123", "2031-05-04");
    uint32_t y = release(corpus, b, QUIROGA, "123", "[2031-05-03..2031-05-04]");
    uint32_t z = release(corpus, c, VELARDE, NULL, "2031-05-04");
    judge_corpus(corpus);
    assert_true(are_joined(corpus, a, x, b, y));
    assert_true(are_joined(corpus, a, x, c, z));
    corpus_free(corpus);
}

static void two_releases_with_their_own_counts_stay_apart(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = story(corpus, "2031-02-01");
    uint32_t b = story(corpus, "2031-05-05");
    uint32_t c = story(corpus, "2031-05-05");
    uint32_t first = release(corpus, a, STEMMA_NONE, "52", "2031-02-01");
    uint32_t second = release(corpus, b, STEMMA_NONE, "123", "2031-05-04");
    uint32_t untimed = release(corpus, c, STEMMA_NONE, "123", NULL);
    judge_corpus(corpus);
    assert_false(are_joined(corpus, a, first, b, second));
    assert_false(are_joined(corpus, a, first, c, untimed));
    assert_true(are_joined(corpus, b, second, c, untimed));
    corpus_free(corpus);
}

static void counts_decide_when_nothing_else_is_told(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = story(corpus, "2031-05-04");
    uint32_t b = story(corpus, "2031-05-05");
    uint32_t x = release(corpus, a, STEMMA_NONE, "123", NULL);
    uint32_t y = release(corpus, b, STEMMA_NONE, "52", NULL);
    judge_corpus(corpus);
    assert_false(are_joined(corpus, a, x, b, y));
    corpus_free(corpus);
}

static void counts_that_disagree_meet_when_day_and_patient_agree(void **state)
{
    (void)state;
    for (int timed = 0; timed < 2; timed++) {
        struct corpus *corpus = corpus_new();
        uint32_t a = story(corpus, "2031-05-04");
        uint32_t b = story(corpus, "2031-05-05");
        uint32_t x = release(corpus, a, VELARDE, "123", "2031-05-04");
        uint32_t y = release(corpus, b, VELARDE, "52", timed ? "2031-05-04" : NULL);
        judge_corpus(corpus);
        assert_true(are_joined(corpus, a, x, b, y));
        corpus_free(corpus);
    }
}

static void modifiers_make_counts_compatible(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = story(corpus, "2031-05-04");
    uint32_t b = story(corpus, "2031-05-05");
    uint32_t x = release(corpus, a, VELARDE, "123", "2031-05-04");
    uint32_t y = release(corpus, b, VELARDE, NULL, "2031-05-04");
    add_count(corpus, b, y, "patient", "100", STEMMA_MODIFIER_MORE_THAN);
    judge_corpus(corpus);
    assert_true(are_joined(corpus, a, x, b, y));
    corpus_free(corpus);
}

static void times_apart_keep_events_apart(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = story(corpus, "2031-05-04");
    uint32_t b = story(corpus, "2031-05-05");
    uint32_t x = release(corpus, a, VELARDE, NULL, "2031-05-04");
    uint32_t y = release(corpus, b, VELARDE, NULL, "2029-03");
    judge_corpus(corpus);
    assert_false(are_joined(corpus, a, x, b, y));
    corpus_free(corpus);
}

static void arrests_of_two_people_stay_apart(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = story(corpus, "2031-05-04");
    uint32_t b = story(corpus, "2031-05-04");
    uint32_t c = story(corpus, "2031-05-05");
    uint32_t x = add_event(corpus, a, "justice.arrest");
    uint32_t y = add_event(corpus, b, "justice.arrest");
    uint32_t z = add_event(corpus, c, "justice.arrest");
    add_link(corpus, a, x, "agent", PRESIDENT);
    add_link(corpus, b, y, "agent", PRESIDENT);
    add_link(corpus, a, x, "patient", VELARDE);
    add_link(corpus, b, y, "patient", QUIROGA);
    add_link(corpus, c, z, "patient", VELARDE);
    add_time(corpus, a, x, "2031-05-03");
    add_time(corpus, b, y, "2031-05-03");
    add_time(corpus, c, z, "2031-05");
    judge_corpus(corpus);
    assert_false(are_joined(corpus, a, x, b, y));
    assert_true(are_joined(corpus, a, x, c, z));
    corpus_free(corpus);
}

static void events_of_one_document_are_never_joined_through_another(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = story(corpus, "2031-05-04");
    uint32_t b = story(corpus, "2031-05-05");
    uint32_t first = release(corpus, a, VELARDE, NULL, "2031-05-04");
    uint32_t again = release(corpus, a, VELARDE, NULL, "2031-05");
    uint32_t other = release(corpus, b, VELARDE, NULL, "2031-05-04");
    judge_corpus(corpus);
    assert_false(are_joined(corpus, a, first, a, again));
    assert_true(are_joined(corpus, a, first, b, other));
    corpus_free(corpus);
}

static void one_agent_alone_joins_nothing(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = story(corpus, "2031-05-04");
    uint32_t b = story(corpus, "2031-05-05");
    uint32_t x = release(corpus, a, STEMMA_NONE, NULL, NULL);
    uint32_t y = release(corpus, b, STEMMA_NONE, NULL, NULL);
    judge_corpus(corpus);
    assert_false(are_joined(corpus, a, x, b, y));
    corpus_free(corpus);
}

static void another_type_is_another_event(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = story(corpus, "2031-05-04");
    uint32_t b = story(corpus, "2031-05-05");
    uint32_t x = release(corpus, a, VELARDE, "123", "2031-05-04");
    uint32_t y = add_event(corpus, b, "justice.pardon");
    add_link(corpus, b, y, "patient", VELARDE);
    add_count(corpus, b, y, "patient", "123", STEMMA_MODIFIER_NONE);
    add_time(corpus, b, y, "2031-05-04");
    judge_corpus(corpus);
    assert_false(are_joined(corpus, a, x, b, y));
    corpus_free(corpus);
}

static void a_release_told_as_done_is_not_a_later_one(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = story(corpus, "2031-02-01");
    uint32_t b = story(corpus, "2031-05-05");
    uint32_t told = release(corpus, a, VELARDE, NULL, NULL);
    uint32_t later = release(corpus, b, VELARDE, NULL, "2031-05-04");
    judge_corpus(corpus);
    assert_false(are_joined(corpus, a, told, b, later));
    corpus_free(corpus);
}

static stemma_assertion *type_of(struct corpus *corpus, uint32_t d, uint32_t event)
{
    struct built_document *built = corpus->built[d];
    for (uint32_t i = 0; i < built->document.assertion_count; i++) {
        if (built->assertions[i].subject == event &&
            stemma_text_equal(built->assertions[i].predicate, stemma_text_of("type"))) {
            return &built->assertions[i];
        }
    }
    fail_msg("event %u has no type", event);
    return NULL;
}

static void a_plan_is_what_came_true_only_when_the_day_says_so_and_nobody_foresaw_it(void **state)
{
    (void)state;
    for (int how = 0; how < 4; how++) {
        int timed = how & 1;
        int foreseen = how & 2;
        struct corpus *corpus = corpus_new();
        uint32_t a = story(corpus, foreseen ? "2031-05-03" : "2031-05-05");
        uint32_t b = story(corpus, "2031-05-05");
        uint32_t plan = release(corpus, a, VELARDE, NULL, timed ? "2031-05-04" : NULL);
        uint32_t done = release(corpus, b, VELARDE, NULL, timed ? "2031-05-04" : NULL);
        type_of(corpus, a, plan)->realis = STEMMA_REALIS_OTHER;
        judge_corpus(corpus);
        assert_int_equal(are_joined(corpus, a, plan, b, done), timed && !foreseen);
        corpus_free(corpus);
    }
}

static void what_was_alleged_before_it_happened_is_something_else(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = story(corpus, "2031-05-02");
    uint32_t b = story(corpus, "2031-05-05");
    uint32_t alleged = release(corpus, a, VELARDE, "12", NULL);
    uint32_t later = release(corpus, b, VELARDE, "12", "2031-05-04");
    type_of(corpus, a, alleged)->realis = STEMMA_REALIS_OTHER;
    type_of(corpus, a, alleged)->tense = STEMMA_TENSE_PAST;
    type_of(corpus, b, later)->realis = STEMMA_REALIS_OTHER; /* as much alleged */
    type_of(corpus, b, later)->tense = STEMMA_TENSE_PAST;
    judge_corpus(corpus);
    assert_false(are_joined(corpus, a, alleged, b, later));
    corpus_free(corpus);
}

static void one_saying_is_joined_by_its_words(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = story(corpus, "2031-05-04");
    uint32_t b = story(corpus, "2031-05-05");
    uint32_t x = add_event(corpus, a, "statement.say");
    uint32_t y = add_event(corpus, b, "statement.say");
    uint32_t z = add_event(corpus, b, "statement.say");
    add_link(corpus, a, x, "speaker", PRESIDENT);
    add_link(corpus, b, y, "speaker", PRESIDENT);
    add_link(corpus, b, z, "speaker", PRESIDENT);
    add_words(corpus, a, x, "content", "We never held anybody for what they think");
    add_words(corpus, b, y, "content", "“We never held anybody for what they think.”");
    add_words(corpus, b, z, "content", "The bridge will be open before the snow falls");
    judge_corpus(corpus);
    assert_true(are_joined(corpus, a, x, b, y));
    assert_false(are_joined(corpus, a, x, b, z));
    corpus_free(corpus);
}

static void a_meeting_needs_both_who_met(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = story(corpus, "2031-05-04");
    uint32_t b = story(corpus, "2031-05-05");
    uint32_t c = story(corpus, "2031-05-05");
    uint32_t x = add_event(corpus, a, "contact.meet");
    uint32_t y = add_event(corpus, b, "contact.meet");
    uint32_t z = add_event(corpus, c, "contact.meet");
    add_link(corpus, a, x, "participant", PRESIDENT);
    add_link(corpus, a, x, "participant", VELARDE);
    add_link(corpus, b, y, "participant", PRESIDENT);
    add_link(corpus, b, y, "participant", VELARDE);
    add_link(corpus, c, z, "participant", PRESIDENT);
    add_link(corpus, c, z, "participant", QUIROGA);
    judge_corpus(corpus);
    assert_true(are_joined(corpus, a, x, b, y));
    assert_false(are_joined(corpus, a, x, c, z));
    corpus_free(corpus);
}

static void a_negative_judgement_keeps_events_apart(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = story(corpus, "2031-05-04");
    uint32_t b = story(corpus, "2031-05-05");
    uint32_t x = release(corpus, a, VELARDE, "123", "2031-05-04");
    uint32_t y = release(corpus, b, VELARDE, "123", "2031-05-04");
    stemma_judgement known;
    memset(&known, 0, sizeof known);
    known.left = (stemma_referent_id){a, x};
    known.right = (stemma_referent_id){b, y};
    known.verdict = STEMMA_VERDICT_NOT_SAME;
    known.author = stemma_text_of("a reader");
    corpus->input.judgements = &known;
    corpus->input.judgement_count = 1;
    judge_corpus(corpus);
    assert_false(are_joined(corpus, a, x, b, y));
    corpus_free(corpus);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accounts_of_one_release_are_joined),
        cmocka_unit_test(two_releases_with_their_own_counts_stay_apart),
        cmocka_unit_test(counts_decide_when_nothing_else_is_told),
        cmocka_unit_test(counts_that_disagree_meet_when_day_and_patient_agree),
        cmocka_unit_test(modifiers_make_counts_compatible),
        cmocka_unit_test(times_apart_keep_events_apart),
        cmocka_unit_test(arrests_of_two_people_stay_apart),
        cmocka_unit_test(events_of_one_document_are_never_joined_through_another),
        cmocka_unit_test(one_agent_alone_joins_nothing),
        cmocka_unit_test(another_type_is_another_event),
        cmocka_unit_test(a_release_told_as_done_is_not_a_later_one),
        cmocka_unit_test(a_plan_is_what_came_true_only_when_the_day_says_so_and_nobody_foresaw_it),
        cmocka_unit_test(what_was_alleged_before_it_happened_is_something_else),
        cmocka_unit_test(one_saying_is_joined_by_its_words),
        cmocka_unit_test(a_meeting_needs_both_who_met),
        cmocka_unit_test(a_negative_judgement_keeps_events_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
