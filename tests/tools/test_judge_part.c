/* SPDX-License-Identifier: MIT */
/* Who is not named where it is told what happened, and is named elsewhere as the one it happened
 * to. */
#include "judge_builder.h"

#define FERRY                                                                                      \
    "The ferry Albatross ran aground off Pellworth harbour in fog on Sunday. Divers of the "       \
    "Pellworth lifeboat searched the wreck for passengers while somebody was questioned."
#define ROBBERY                                                                                    \
    "Two masked robbers took emeralds from the Quillon auction house in Brastow. Detectives "      \
    "believe that the haul of gemstones was sold to a collector before the auction."

static uint32_t add_nominal(struct corpus *corpus, uint32_t document, const char *words)
{
    uint32_t referent = add_person(corpus, document, words);
    corpus->built[document]->names[referent][0].kind = STEMMA_NAME_NOMINAL;
    return referent;
}

/* Somebody has a part in a new happening, which is returned. */
static uint32_t add_part(struct corpus *corpus, uint32_t document, const char *type,
                         const char *part, uint32_t who)
{
    uint32_t event = add_event(corpus, document, type);
    add_link(corpus, document, event, part, who);
    return event;
}

static void one_part_in_one_story_is_of_one(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = add_document(corpus, "2031-05-02", FERRY);
    uint32_t b = add_document(corpus, "2031-05-03", FERRY " It sank.");
    uint32_t named = add_person(corpus, a, "Henrik Soltau");
    uint32_t same = add_nominal(corpus, a, "the captain");
    uint32_t other = add_nominal(corpus, b, "a pensioner");
    add_part(corpus, a, "justice.arrest", "patient", named);
    add_part(corpus, a, "justice.arrest", "patient", same);
    add_part(corpus, b, "justice.arrest", "patient", other);
    judge_corpus(corpus);
    assert_true(are_joined(corpus, a, named, a, same));
    assert_true(are_joined(corpus, a, named, b, other));
    corpus_free(corpus);
}

static void other_deeds_parts_and_stories_tell_nothing(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = add_document(corpus, "2031-05-02", FERRY);
    uint32_t b = add_document(corpus, "2031-05-03", FERRY " It sank.");
    uint32_t c = add_document(corpus, "2031-05-03", ROBBERY);
    uint32_t named = add_person(corpus, a, "Henrik Soltau");
    uint32_t released = add_nominal(corpus, b, "a pensioner");
    uint32_t arrests = add_nominal(corpus, b, "the inspector");
    uint32_t denied = add_nominal(corpus, b, "a tourist");
    uint32_t elsewhere = add_nominal(corpus, c, "a collector");
    add_part(corpus, a, "justice.arrest", "patient", named);
    add_part(corpus, b, "justice.release", "patient", released);
    add_part(corpus, b, "justice.arrest", "agent", arrests);
    uint32_t event = add_event(corpus, b, "justice.arrest");
    stemma_assertion *not_so = add_assertion(corpus, b, event, "patient", STEMMA_OBJECT_REFERENT);
    not_so->object.as.referent = denied;
    not_so->polarity = STEMMA_POLARITY_NEGATIVE;
    add_part(corpus, c, "justice.arrest", "patient", elsewhere);
    judge_corpus(corpus);
    assert_false(are_joined(corpus, a, named, b, released));
    assert_false(are_joined(corpus, a, named, b, arrests));
    assert_false(are_joined(corpus, a, named, b, denied));
    assert_false(are_joined(corpus, a, named, c, elsewhere));
    corpus_free(corpus);
}

static void parts_of_many_tell_nothing(void **state)
{
    (void)state;
    static const char *const parts[][2] = {
        {"statement.say", "speaker"}, {"event", "agent"}, {"contact.meet", "participant"}};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        struct corpus *corpus = corpus_new();
        uint32_t a = add_document(corpus, "2031-05-02", FERRY);
        uint32_t b = add_document(corpus, "2031-05-03", FERRY " It sank.");
        uint32_t named = add_person(corpus, a, "Henrik Soltau");
        uint32_t nameless = add_nominal(corpus, b, "a pensioner");
        add_part(corpus, a, parts[i][0], parts[i][1], named);
        add_part(corpus, b, parts[i][0], parts[i][1], nameless);
        judge_corpus(corpus);
        assert_false(are_joined(corpus, a, named, b, nameless));
        corpus_free(corpus);
    }
}

/* Two people have the part; of the first `first` documents tell, of the second one does. */
static void check_rivals(uint32_t first, int joined)
{
    struct corpus *corpus = corpus_new();
    uint32_t one = 0;
    for (uint32_t i = 0; i < first; i++) {
        uint32_t a = add_document(corpus, "2031-05-02", FERRY);
        one = add_person(corpus, a, "Henrik Soltau");
        add_part(corpus, a, "justice.arrest", "patient", one);
        add_part(corpus, a, "justice.arrest", "patient", one);
    }
    uint32_t b = add_document(corpus, "2031-05-03", FERRY " It sank.");
    uint32_t two = add_person(corpus, b, "Oren Maddock");
    uint32_t c = add_document(corpus, "2031-05-04", FERRY " All were saved.");
    uint32_t nameless = add_nominal(corpus, c, "a pensioner");
    add_part(corpus, b, "justice.arrest", "patient", two);
    add_part(corpus, c, "justice.arrest", "patient", nameless);
    judge_corpus(corpus);
    assert_int_equal(are_joined(corpus, 0, one, c, nameless), joined);
    assert_false(are_joined(corpus, b, two, c, nameless));
    corpus_free(corpus);
}

static void a_part_that_two_have_is_of_the_one_told_of_twice_as_often(void **state)
{
    (void)state;
    check_rivals(1, 0);
    check_rivals(2, 1);
}

static void who_meet_in_one_happening_are_two(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = add_document(corpus, "2031-05-02", FERRY);
    uint32_t b = add_document(corpus, "2031-05-03", FERRY " It sank.");
    uint32_t named = add_person(corpus, a, "Henrik Soltau");
    uint32_t victim = add_nominal(corpus, a, "a pensioner");
    uint32_t dead = add_nominal(corpus, b, "a pensioner");
    uint32_t attack = add_part(corpus, a, "conflict.attack", "agent", named);
    add_link(corpus, a, attack, "patient", victim);
    add_part(corpus, a, "life.injure", "patient", named);
    add_part(corpus, b, "life.injure", "patient", dead);
    judge_corpus(corpus);
    assert_true(are_joined(corpus, a, victim, b, dead));
    assert_false(are_joined(corpus, a, named, b, dead));
    corpus_free(corpus);
}

static void a_noun_for_women_is_of_no_man(void **state)
{
    (void)state;
    static const char *const nouns[] = {"a woman", "The Grandmother", "a pensioner", "a gunman"};
    for (size_t i = 0; i < sizeof nouns / sizeof nouns[0]; i++) {
        struct corpus *corpus = corpus_new();
        uint32_t a = add_document(corpus, "2031-05-02", FERRY);
        uint32_t b = add_document(corpus, "2031-05-03", FERRY " It sank.");
        uint32_t named = add_person(corpus, a, i < 3 ? "Henrik Soltau" : "Clara Soltau");
        uint32_t nameless = add_nominal(corpus, b, nouns[i]);
        add_part(corpus, a, "justice.arrest", "patient", named);
        add_part(corpus, b, "justice.arrest", "patient", nameless);
        judge_corpus(corpus);
        assert_int_equal(are_joined(corpus, a, named, b, nameless), i == 2);
        corpus_free(corpus);
    }
}

/* Whether a nameless person is joined to the named one of `many` documents, when another document
   gives the part to several people, `words`. */
static int joined_beside(uint32_t many, const char *type, const char *words)
{
    struct corpus *corpus = corpus_new();
    uint32_t named = 0;
    for (uint32_t i = 0; i < many; i++) {
        uint32_t a = add_document(corpus, "2031-05-02", FERRY);
        named = add_person(corpus, a, "Henrik Soltau");
        add_part(corpus, a, "justice.arrest", "patient", named);
    }
    uint32_t b = add_document(corpus, "2031-05-03", FERRY " It sank.");
    uint32_t nameless = add_nominal(corpus, b, "a pensioner");
    uint32_t several = add_entity(corpus, b, type, words);
    corpus->built[b]->names[several][0].kind = STEMMA_NAME_NOMINAL;
    add_part(corpus, b, "justice.arrest", "patient", nameless);
    add_part(corpus, b, "justice.arrest", "patient", several);
    judge_corpus(corpus);
    assert_false(are_joined(corpus, 0, named, b, several));
    int joined = are_joined(corpus, 0, named, b, nameless);
    corpus_free(corpus);
    return joined;
}

static void a_part_of_several_people_is_of_no_one(void **state)
{
    (void)state;
    assert_false(joined_beside(1, "person", "two pensioners"));
    assert_false(joined_beside(1, "group", "the crew"));
    assert_true(joined_beside(6, "person", "two pensioners"));
    assert_true(joined_beside(6, "group", "the crew"));
}

/* A document that names somebody at one byte and describes somebody at another. */
static int joined_when(uint32_t name_at, uint32_t nominal_at, const char *words)
{
    struct corpus *corpus = corpus_new();
    uint32_t a = add_document(corpus, "2031-05-02", FERRY);
    uint32_t named = add_person(corpus, a, "Henrik Soltau");
    uint32_t nameless = add_nominal(corpus, a, words);
    add_part(corpus, a, "justice.arrest", "patient", named);
    add_part(corpus, a, "justice.arrest", "patient", nameless);
    stemma_span spans[2] = {{name_at, name_at + 4}, {nominal_at, nominal_at + 4}};
    stemma_mention mentions[2];
    memset(mentions, 0, sizeof mentions);
    for (uint32_t m = 0; m < 2; m++) {
        mentions[m].referent = m == 0 ? named : nameless;
        mentions[m].kind = m == 0 ? STEMMA_MENTION_NAME : STEMMA_MENTION_NOMINAL;
        mentions[m].spans = &spans[m];
        mentions[m].span_count = 1;
    }
    corpus->built[a]->document.mentions = mentions;
    corpus->built[a]->document.mention_count = 2;
    judge_corpus(corpus);
    int joined = are_joined(corpus, a, named, a, nameless);
    corpus_free(corpus);
    return joined;
}

static void who_was_named_is_not_introduced_again(void **state)
{
    (void)state;
    assert_true(joined_when(90, 20, "a pensioner"));
    assert_false(joined_when(20, 90, "a pensioner"));
    assert_true(joined_when(20, 90, "the pensioner"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_part_in_one_story_is_of_one),
        cmocka_unit_test(other_deeds_parts_and_stories_tell_nothing),
        cmocka_unit_test(parts_of_many_tell_nothing),
        cmocka_unit_test(a_part_that_two_have_is_of_the_one_told_of_twice_as_often),
        cmocka_unit_test(who_meet_in_one_happening_are_two),
        cmocka_unit_test(a_noun_for_women_is_of_no_man),
        cmocka_unit_test(a_part_of_several_people_is_of_no_one),
        cmocka_unit_test(who_was_named_is_not_introduced_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
