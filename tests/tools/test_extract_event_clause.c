/* SPDX-License-Identifier: MIT */
/* What is told by coordinated verbs, headlines, light verbs and relative clauses, and what is only
   in prospect. */
#include "test_extract_event_support.h"

#define WEDNESDAY "2025-11-19"

static int realis_of(const struct reading *reading, uint32_t event)
{
    const stemma_assertion *type =
        event == STEMMA_NONE ? NULL : find_said(reading, event, "type", NULL);
    if (type == NULL) {
        fail_msg("no such event");
        return -1;
    }
    return type->realis;
}

static void coordinated_verbs_share_a_subject_that_is_no_entity(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Rockets hit the market of Tarbek on Monday and killed 14 people.", WEDNESDAY);
    expect_said(&r, event_of(&r, "conflict.attack", "hit"), "target", "the market of Tarbek");
    expect_said(&r, event_of(&r, "life.die", "killed"), "patient", "14");
    forget(&r);
}

static void deaths_are_where_their_cause_was(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "An explosion at a mill in Warsaw killed 17 workers on Monday.", WEDNESDAY);
    expect_said(&r, event_of(&r, "life.die", "killed"), "place", "Warsaw");
    forget(&r);
}

static void a_headline_and_the_first_sentence_tell_of_one_event(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "Court frees union leader\n\nThe steward Anna Bell was released by a court in Oslo "
              "on Monday.\n",
              WEDNESDAY);
    assert_int_equal(count_events(&r, "justice.release"), 1);
    forget(&r);
}

static void who_signs_a_pardon_gives_it(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "President Karl Voss signed the pardons of Anna Bell and Peter Lund on Monday.",
              WEDNESDAY);
    uint32_t pardon = event_of(&r, "justice.pardon", "pardons");
    expect_said(&r, pardon, "agent", "Karl Voss");
    expect_said(&r, pardon, "patient", "Anna Bell");
    forget(&r);
}

static void one_of_many_is_pardoned_too(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Anna Bell was among 87 people who were pardoned on Monday.", WEDNESDAY);
    uint32_t pardon = event_of(&r, "justice.pardon", "pardoned");
    expect_said(&r, pardon, "patient", "87");
    expect_said(&r, pardon, "patient", "Anna Bell");
    forget(&r);
}

static void people_are_moved_to_prisons_and_towns(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "Anna Bell was moved to a penal colony near Warsaw in May. Peter Lund was taken to "
              "task.",
              WEDNESDAY);
    expect_said(&r, event_of(&r, "movement.transfer", "moved"), "patient", "Anna Bell");
    assert_int_equal(count_events(&r, "movement.transfer"), 1);
    forget(&r);
}

static void over_belongs_to_handed(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Poland handed over 40 prisoners to Lithuania on Monday.", WEDNESDAY);
    uint32_t event = event_of(&r, "movement.transfer", "handed over");
    const stemma_assertion *count = event == STEMMA_NONE ? NULL : find_said(&r, event, "patient", "40");
    assert_non_null(count);
    assert_int_equal(count->object.as.quantity.modifier, STEMMA_MODIFIER_NONE);
    forget(&r);
}

static void agreements_are_signed_by_their_parties(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "The ceasefire was signed by Karl Voss and Anna Bell in Geneva on Monday.",
              WEDNESDAY);
    uint32_t event = event_of(&r, "contact.agree", "signed");
    expect_said(&r, event, "participant", "Karl Voss");
    expect_said(&r, event, "participant", "Anna Bell");
    forget(&r);
}

static void prizes_with_a_name_are_things(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Anna Bell won the Tarbek Prize in 2019.", WEDNESDAY);
    uint32_t event = event_of(&r, "award.give", "won");
    const stemma_assertion *award = event == STEMMA_NONE ? NULL : find_said(&r, event, "award", NULL);
    assert_non_null(award);
    assert_int_equal(award->object.kind, STEMMA_OBJECT_REFERENT);
    forget(&r);
}

static void marches_for_a_cause_are_protests(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "Thousands of people marched through Warsaw on Monday to demand a new vote. The band "
              "marched past the palace.",
              WEDNESDAY);
    assert_int_equal(count_events(&r, "protest.demonstrate"), 1);
    assert_int_equal(realis_of(&r, event_of(&r, "protest.demonstrate", "marched")),
                     STEMMA_REALIS_ACTUAL);
    forget(&r);
}

static void what_is_offered_in_return_has_not_happened(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "Poland is expected to lift its sanctions within days, in return for the release of "
              "100 prisoners.",
              WEDNESDAY);
    assert_int_equal(realis_of(&r, event_of(&r, "justice.release", "release")),
                     STEMMA_REALIS_OTHER);
    forget(&r);
}

static void what_is_demanded_has_not_happened(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "The union demands the immediate release of Anna Bell.", WEDNESDAY);
    assert_int_equal(realis_of(&r, event_of(&r, "justice.release", "release")),
                     STEMMA_REALIS_OTHER);
    forget(&r);
}

static void an_accusation_is_no_deed(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Karl Voss accused the rebels on Monday of killing the mayor.", WEDNESDAY);
    assert_int_equal(realis_of(&r, event_of(&r, "life.die", "killing")), STEMMA_REALIS_OTHER);
    forget(&r);
}

static void what_could_happen_on_a_weekday_lies_ahead(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Anna Bell could be freed on Friday, an official said.", WEDNESDAY);
    expect_said(&r, event_of(&r, "justice.release", "freed"), "time", "2025-11-21");
    forget(&r);
}

static void corrections_tell_of_no_event(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "Poland freed 87 prisoners on Monday. Correction: An earlier version of this article "
              "said that 78 prisoners had been freed.",
              WEDNESDAY);
    uint32_t event = event_of(&r, "justice.release", "freed");
    expect_said(&r, event, "patient", "87");
    expect_unsaid(&r, event, "patient", "78");
    assert_int_equal(count_events(&r, "justice.release"), 1);
    forget(&r);
}

static void travellers_take_part_in_the_talks_they_travel_for(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Karl Voss arrived in Oslo on Monday for talks with Anna Bell.", WEDNESDAY);
    uint32_t talks = event_of(&r, "contact.meet", "talks");
    expect_said(&r, talks, "participant", "Karl Voss");
    expect_said(&r, talks, "participant", "Anna Bell");
    forget(&r);
}

static void curbs_on_trade_are_sanctions_and_those_on_travel_are_not(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "Poland eased restrictions on the port of Gdansk on Monday. Lithuania lifted "
              "restrictions on travel on Tuesday.",
              WEDNESDAY);
    assert_int_equal(count_events(&r, "sanction.lift"), 1);
    forget(&r);
}

static void a_dateline_is_no_part_of_what_is_said(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "WARSAW, Nov 18 (Longwire) - The roof of the mill fell in on Monday, the army said.",
              WEDNESDAY);
    expect_said(&r, event_of(&r, "statement.say", "said"), "content",
                "The roof of the mill fell in on Monday");
    forget(&r);
}

static void what_happened_to_nobody_is_denied(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "The minister said no journalists were arrested. None of the 12 prisoners was freed.",
              WEDNESDAY);
    static const char *const types[] = {"justice.arrest", "justice.release"};
    static const char *const triggers[] = {"arrested", "freed"};
    for (int i = 0; i < 2; i++) {
        uint32_t event = event_of(&r, types[i], triggers[i]);
        if (event != STEMMA_NONE) {
            const stemma_assertion *type = find_said(&r, event, "type", NULL);
            assert_non_null(type);
            assert_int_equal(type->polarity, STEMMA_POLARITY_NEGATIVE);
        }
    }
    assert_int_not_equal(event_of(&r, "justice.arrest", "arrested"), STEMMA_NONE);
    forget(&r);
}

static void a_time_in_a_relative_clause_is_not_that_of_the_main_verb(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Peter Lund, who was jailed in 2019, was released early.", WEDNESDAY);
    uint32_t event = event_of(&r, "justice.release", "released");
    expect_said(&r, event, "patient", "Peter Lund");
    expect_unsaid(&r, event, "time", NULL);
    expect_said(&r, event_of(&r, "justice.arrest", "jailed"), "time", "2019");
    forget(&r);
}

static void a_conviction_is_older_than_its_overturning(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "An appeal court overturned the conviction of Peter Lund on Tuesday.", WEDNESDAY);
    uint32_t event = event_of(&r, "justice.convict", "conviction");
    expect_said(&r, event, "patient", "Peter Lund");
    expect_unsaid(&r, event, "time", NULL);
    forget(&r);
}

static void nobody_meets_himself(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "President Karl Voss left on Sunday. Voss met the US president in Geneva on Monday.",
              WEDNESDAY);
    uint32_t event = event_of(&r, "contact.meet", "met");
    expect_said(&r, event, "participant", "Karl Voss");
    expect_said(&r, event, "participant", "the US president");
    assert_int_not_equal(entity_of(&r, "Karl Voss"), entity_of(&r, "the US president"));
    forget(&r);
}

static void talks_do_not_join_a_meeting_that_never_was(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Anna Bell has never met Karl Voss. The talks in Oslo ended on Monday.", WEDNESDAY);
    uint32_t met = event_of(&r, "contact.meet", "met");
    assert_int_not_equal(met, STEMMA_NONE);
    assert_int_not_equal(met, event_of(&r, "contact.meet", "talks"));
    forget(&r);
}

static void life_is_a_penalty_and_no_charge(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Peter Lund was convicted on Monday of fraud. Ivo Marsh was jailed for life.",
              WEDNESDAY);
    expect_said(&r, event_of(&r, "justice.convict", "convicted"), "charge", "fraud");
    expect_said(&r, event_of(&r, "justice.sentence", "jailed"), "penalty", "life");
    forget(&r);
}

static void one_freed_at_another_time_is_another_release(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "Poland has released the editor Anna Bell. Among those freed last month was the poet "
              "Peter Lund.",
              WEDNESDAY);
    assert_int_equal(count_events(&r, "justice.release"), 2);
    forget(&r);
}

static void a_town_takes_no_part_in_a_visit(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Eva Lund visited Warsaw on Monday. Eva Lund visited Peter Marsh on Tuesday.",
              WEDNESDAY);
    assert_int_equal(count_events(&r, "contact.meet"), 1);
    expect_said(&r, event_of(&r, "contact.meet", "visited"), "participant", "Peter Marsh");
    forget(&r);
}

static void the_killing_of_one_is_not_the_death_of_others(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "Three climbers died on Sunday. Sweden expelled a diplomat on Monday over the killing "
              "of a dissident.",
              WEDNESDAY);
    assert_int_equal(count_events(&r, "life.die"), 2);
    expect_unsaid(&r, event_of(&r, "life.die", "killing"), "time", NULL);
    forget(&r);
}

static void a_rumour_is_no_deed(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Rumours that Anna Bell had been freed were false.", WEDNESDAY);
    assert_int_equal(realis_of(&r, event_of(&r, "justice.release", "freed")), STEMMA_REALIS_OTHER);
    forget(&r);
}

static void what_nearly_happened_did_not(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Protests in 2020 nearly ousted President Marek Voss.", "2025-11-19");
    for (uint32_t i = 0; i < r.output.assertion_count; i++) {
        const stemma_assertion *one = &r.output.assertions[i];
        if (stemma_text_equal(one->predicate, stemma_text_of("type")) &&
            one->object.kind == STEMMA_OBJECT_TEXT &&
            !stemma_text_equal(one->object.as.text, stemma_text_of("protest.demonstrate"))) {
            assert_int_not_equal(one->realis, STEMMA_REALIS_ACTUAL);
        }
    }
    assert_int_not_equal(event_of(&r, "personnel.dismiss", "ousted"), STEMMA_NONE);
    forget(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(coordinated_verbs_share_a_subject_that_is_no_entity),
        cmocka_unit_test(deaths_are_where_their_cause_was),
        cmocka_unit_test(a_headline_and_the_first_sentence_tell_of_one_event),
        cmocka_unit_test(who_signs_a_pardon_gives_it),
        cmocka_unit_test(one_of_many_is_pardoned_too),
        cmocka_unit_test(people_are_moved_to_prisons_and_towns),
        cmocka_unit_test(over_belongs_to_handed),
        cmocka_unit_test(agreements_are_signed_by_their_parties),
        cmocka_unit_test(prizes_with_a_name_are_things),
        cmocka_unit_test(marches_for_a_cause_are_protests),
        cmocka_unit_test(what_is_offered_in_return_has_not_happened),
        cmocka_unit_test(what_is_demanded_has_not_happened),
        cmocka_unit_test(an_accusation_is_no_deed),
        cmocka_unit_test(what_could_happen_on_a_weekday_lies_ahead),
        cmocka_unit_test(corrections_tell_of_no_event),
        cmocka_unit_test(travellers_take_part_in_the_talks_they_travel_for),
        cmocka_unit_test(a_dateline_is_no_part_of_what_is_said),
        cmocka_unit_test(what_happened_to_nobody_is_denied),
        cmocka_unit_test(a_time_in_a_relative_clause_is_not_that_of_the_main_verb),
        cmocka_unit_test(a_conviction_is_older_than_its_overturning),
        cmocka_unit_test(nobody_meets_himself),
        cmocka_unit_test(talks_do_not_join_a_meeting_that_never_was),
        cmocka_unit_test(life_is_a_penalty_and_no_charge),
        cmocka_unit_test(one_freed_at_another_time_is_another_release),
        cmocka_unit_test(a_town_takes_no_part_in_a_visit),
        cmocka_unit_test(the_killing_of_one_is_not_the_death_of_others),
        cmocka_unit_test(a_rumour_is_no_deed),
        cmocka_unit_test(curbs_on_trade_are_sanctions_and_those_on_travel_are_not),
        cmocka_unit_test(what_nearly_happened_did_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
