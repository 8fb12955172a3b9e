/* SPDX-License-Identifier: MIT */
/* What headlines say: with one word what the text below says with a name, in the present, without articles and
   auxiliaries. */
#include "test_extract_event_support.h"

#define WEDNESDAY "2024-05-15"

static void a_site_of_the_headline_is_the_one_that_the_text_names(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "Thousands march in Lund over mine deaths\n\nLUND, May 11 (Agency) - Thousands of people marched "
              "on Saturday to demand the resignation of the minister over the explosion in the Karsen mine.\n\n"
              "Many of those who marched carried lamps.\n",
              WEDNESDAY);
    uint32_t event = event_of(&r, "life.die", "deaths");
    expect_said(&r, event, "place", "Karsen");
    forget(&r);
}

static void of_two_sites_none_is_chosen(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "Thousands march in Lund over mine deaths\n\nLUND, May 11 (Agency) - Thousands of people marched "
              "on Saturday to demand the resignation of the minister over the explosion in the Karsen mine.\n\n"
              "The march passed without trouble. Work went on in the Oslo mine.\n",
              WEDNESDAY);
    assert_int_equal(count_events(&r, "life.die"), 0);
    forget(&r);
}

static void a_headline_without_a_site_in_the_text_tells_of_no_place(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "Thousands march in Lund over mine deaths\n\nLUND, May 11 (Agency) - Thousands of people marched "
              "on Saturday to demand the resignation of the minister.\n\nThe mine was closed.\n",
              WEDNESDAY);
    assert_int_equal(count_events(&r, "life.die"), 0);
    forget(&r);
}

#define BODY "\n\nKOLM, May 15 (Agency) - The town hall said nothing about it.\n"

static void the_past_of_a_headline_is_its_participle(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Novelist Ama Boadu awarded Larch Prize" BODY, WEDNESDAY);
    uint32_t event = event_of(&r, "award.give", "awarded");
    expect_said(&r, event, "recipient", "Ama Boadu");
    expect_unsaid(&r, event, "agent", NULL);
    forget(&r);
    read_text(&r, "Carlos Pinto named chair of Trans Andean Bank" BODY, WEDNESDAY);
    event = event_of(&r, "personnel.appoint", "named");
    expect_said(&r, event, "patient", "Carlos Pinto");
    expect_said(&r, event, "office", "chair of Trans Andean Bank");
    forget(&r);
    read_text(&r, "Kofi Mensah appointed finance minister" BODY, WEDNESDAY);
    event = event_of(&r, "personnel.appoint", "appointed");
    expect_said(&r, event, "patient", "Kofi Mensah");
    expect_said(&r, event, "office", "finance minister");
    expect_unsaid(&r, event, "agent", NULL);
    forget(&r);
    read_text(&r, "Teacher shot dead outside school" BODY, WEDNESDAY);
    expect_said(&r, event_of(&r, "life.die", "shot dead"), "patient", "Teacher");
    forget(&r);
    read_text(&r, "Journalist held in Kolm over tweets" BODY, WEDNESDAY);
    expect_said(&r, event_of(&r, "justice.detain", "held"), "patient", "Journalist");
    forget(&r);
}

static void numbers_that_open_a_headline_are_whom_it_befell(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Nine killed in market blast" BODY, WEDNESDAY);
    expect_said(&r, event_of(&r, "life.die", "killed"), "patient", "9");
    forget(&r);
    read_text(&r, "Six injured in stadium crush" BODY, WEDNESDAY);
    expect_said(&r, event_of(&r, "life.injure", "injured"), "patient", "6");
    forget(&r);
    read_text(&r, "Thousands evacuated as river rises" BODY, WEDNESDAY);
    uint32_t event = event_of(&r, "movement.evacuate", "evacuated");
    assert_non_null(find_said(&r, event, "patient", NULL));
    expect_unsaid(&r, event, "agent", NULL);
    forget(&r);
}

static void verbs_in_the_present_are_no_nouns(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Bridge collapse kills 12" BODY, WEDNESDAY);
    expect_said(&r, event_of(&r, "life.die", "kills"), "patient", "12");
    forget(&r);
    read_text(&r, "Jury clears nurse of murder" BODY, WEDNESDAY);
    expect_said(&r, event_of(&r, "justice.acquit", "clears"), "patient", "nurse");
    forget(&r);
    read_text(&r, "Gunmen abduct 20 pupils in north" BODY, WEDNESDAY);
    expect_said(&r, event_of(&r, "conflict.kidnap", "abduct"), "patient", "20");
    forget(&r);
    read_text(&r, "Quake rocks northern Chile, kills five" BODY, WEDNESDAY);
    expect_said(&r, event_of(&r, "disaster.earthquake", "Quake"), "target", "Chile");
    expect_said(&r, event_of(&r, "life.die", "kills"), "patient", "5");
    forget(&r);
    read_text(&r, "Murder charges dropped after review" BODY, WEDNESDAY);
    assert_int_equal(event_of(&r, "justice.charge", "dropped"), STEMMA_NONE);
    assert_int_equal(count_events(&r, "life.die"), 0);
    forget(&r);
}

static void accidents_of_headlines(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Two dead as bus hits wall" BODY, WEDNESDAY);
    expect_said(&r, event_of(&r, "life.die", "dead"), "patient", "2");
    forget(&r);
    read_text(&r, "Bus plunges into ravine, killing 18" BODY, WEDNESDAY);
    expect_said(&r, event_of(&r, "life.die", "killing"), "patient", "18");
    assert_int_not_equal(event_of(&r, "disaster.crash", "plunges"), STEMMA_NONE);
    forget(&r);
    read_text(&r, "Ten feared dead in mine collapse" BODY, WEDNESDAY);
    assert_int_equal(count_events(&r, "life.die"), 0);
    forget(&r);
    read_text(&r, "Police chief suspended over leaked tape" BODY, WEDNESDAY);
    expect_said(&r, event_of(&r, "personnel.dismiss", "suspended"), "patient", "Police chief");
    forget(&r);
    read_text(&r, "Fuel protests in capital" BODY, WEDNESDAY);
    assert_int_equal(count_events(&r, "event"), 0);
    forget(&r);
}

static void two_with_a_comma_between_act_both(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Rebels, army clash in north" BODY, WEDNESDAY);
    uint32_t event = event_of(&r, "conflict.clash", "clash");
    expect_said(&r, event, "participant", "Rebels");
    expect_said(&r, event, "participant", "army");
    forget(&r);
    read_text(&r, "Lund, Karsen sign border deal" BODY, WEDNESDAY);
    event = event_of(&r, "contact.agree", "sign");
    expect_said(&r, event, "participant", "Lund");
    expect_said(&r, event, "participant", "Karsen");
    forget(&r);
}

static void no_verb_reaches_beyond_its_headline(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Governor impeached" BODY, WEDNESDAY);
    uint32_t event = event_of(&r, "personnel.dismiss", "impeached");
    expect_said(&r, event, "patient", "Governor");
    expect_unsaid(&r, event, "agent", NULL);
    forget(&r);
}

static void a_site_is_where_the_place_before_it_is(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "An explosion at the Karsen mine killed four workers on Monday.", WEDNESDAY);
    expect_said(&r, event_of(&r, "disaster.explosion", "explosion"), "place", "Karsen");
    forget(&r);
    read_text(&r, "Anna Bell was arrested at Lund airport on Friday.", WEDNESDAY);
    expect_said(&r, event_of(&r, "justice.arrest", "arrested"), "place", "Lund");
    forget(&r);
}

static void who_is_called_what_in_a_headline_is_who_is_named_below(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "President sacks army chief\n\nKOLM, May 15 (Agency) - Ama Boadu on Wednesday dismissed General Kofi "
              "Mensah, the head of the armed forces.\n",
              WEDNESDAY);
    uint32_t event = event_of(&r, "personnel.dismiss", "sacks");
    expect_said(&r, event, "patient", "Kofi Mensah");
    expect_said(&r, event, "agent", "Ama Boadu");
    assert_true(is_called(&r, entity_of(&r, "Kofi Mensah"), "army chief"));
    assert_true(is_called(&r, entity_of(&r, "Ama Boadu"), "President"));
    forget(&r);
    read_text(&r,
              "Teacher shot dead outside school\n\nKOLM, May 15 (Agency) - Anna Bell and Otto Krall were shot dead "
              "outside a school on Wednesday.\n",
              WEDNESDAY);
    assert_false(is_called(&r, entity_of(&r, "Anna Bell"), "Teacher")); /* which of the two? */
    assert_false(is_called(&r, entity_of(&r, "Otto Krall"), "Teacher"));
    forget(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_site_of_the_headline_is_the_one_that_the_text_names),
        cmocka_unit_test(of_two_sites_none_is_chosen),
        cmocka_unit_test(a_headline_without_a_site_in_the_text_tells_of_no_place),
        cmocka_unit_test(the_past_of_a_headline_is_its_participle),
        cmocka_unit_test(numbers_that_open_a_headline_are_whom_it_befell),
        cmocka_unit_test(verbs_in_the_present_are_no_nouns),
        cmocka_unit_test(accidents_of_headlines),
        cmocka_unit_test(two_with_a_comma_between_act_both),
        cmocka_unit_test(no_verb_reaches_beyond_its_headline),
        cmocka_unit_test(who_is_called_what_in_a_headline_is_who_is_named_below),
        cmocka_unit_test(a_site_is_where_the_place_before_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
