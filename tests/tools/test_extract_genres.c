/* SPDX-License-Identifier: MIT */
/* News that is no report of an agency: obituaries, forecasts, corrections, live pages, briefs, interviews. */
#include "test_extract_event_support.h"

#define WEDNESDAY "2024-05-15"

static void what_opens_a_sentence_of_an_obituary_describes_the_dead(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "Margit Solberg, who has died aged 91, was a botanist. The daughter of a lighthouse keeper, she was "
              "born in Weston and studied at Lund University. She married the painter Erik Holm in 1960.",
              WEDNESDAY);
    uint32_t margit = entity_of(&r, "Margit Solberg");
    expect_said(&r, event_of(&r, "life.born", "born"), "patient", "Margit Solberg");
    expect_said(&r, event_of(&r, "life.marry", "married"), "participant", "Margit Solberg");
    expect_said(&r, margit, "birthplace", "Weston");
    assert_int_equal(entity_of(&r, "The daughter"), STEMMA_NONE);
    forget(&r);
}

static void forecasts_threaten_nobody(void **state)
{
    (void)state;
    static const char *const sentences[] = {
        "The Met Service has issued a red warning of wind for the Sarn coast on Monday.",
        "The agency issued a tsunami warning on Friday.",
        "Forecasters warned of heavy rain in Lund on Friday."};
    for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++) {
        struct reading r;
        read_text(&r, sentences[i], WEDNESDAY);
        assert_int_equal(count_events(&r, "statement.threaten"), 0);
        forget(&r);
    }
}

static void what_was_wrongly_said_is_not_told(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "An article on May 9 wrongly said that Ida Marsh had been convicted of fraud. She was acquitted.",
              WEDNESDAY);
    assert_int_equal(count_events(&r, "justice.convict"), 0);
    assert_int_equal(count_events(&r, "justice.acquit"), 1);
    forget(&r);
}

static void targets_and_demands_are_not_met_as_people_are(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "The company met its targets in May. A man who has never met a flower was sacked.", WEDNESDAY);
    assert_int_equal(count_events(&r, "contact.meet"), 0);
    forget(&r);
    read_text(&r, "The president met the unions in Lund on Monday.", WEDNESDAY);
    assert_int_equal(count_events(&r, "contact.meet"), 1);
    forget(&r);
}

static void hours_do_not_speak_and_clocks_are_no_names(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "Shells killed six civilians on Tuesday, medics said, hours after the two sides accused each other of "
              "breaking a truce.",
              WEDNESDAY);
    assert_int_equal(entity_of(&r, "hours"), STEMMA_NONE);
    forget(&r);
    read_text(&r,
              "Kolm storm live\n\n16:42 Mayor urges people to stay at home\nMayor Hanna Mire has asked residents to "
              "leave their homes.\n",
              WEDNESDAY);
    assert_int_equal(entity_of(&r, "16:42 Mayor"), STEMMA_NONE);
    assert_int_not_equal(entity_of(&r, "Hanna Mire"), STEMMA_NONE);
    forget(&r);
}

static void who_is_sworn_in_is_appointed(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Lucia Arana swore in engineer Marta Huanca as his replacement hours later.", WEDNESDAY);
    uint32_t event = event_of(&r, "personnel.appoint", "swore in");
    expect_said(&r, event, "patient", "Marta Huanca");
    expect_said(&r, event, "agent", "Lucia Arana");
    forget(&r);
    read_text(&r, "Police nabbed three persons on Monday, including a Nepali national.", WEDNESDAY);
    expect_said(&r, event_of(&r, "justice.arrest", "nabbed"), "patient", "3");
    forget(&r);
}

static void places_do_not_stab_and_elect(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "She won the Lund election on Sunday.", WEDNESDAY);
    expect_unsaid(&r, event_of(&r, "personnel.elect", "election"), "agent", NULL);
    forget(&r);
    read_text(&r, "Police said 14 people were killed in the Orun village attack on Monday.", WEDNESDAY);
    uint32_t attack = event_of(&r, "conflict.attack", "attack");
    expect_unsaid(&r, attack, "agent", NULL);
    expect_said(&r, attack, "place", "Orun");
    forget(&r);
}

static void letters_of_an_interview_are_who_asks_and_who_answers(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "\"We will not sell\": an interview with Norland's Carla Ruiz\n\nCarla Ruiz runs a bank. She spoke to "
              "Anna Bell in Kolm.\n\nQ: Is the bank for sale?\nA: No. We will not sell it.\n\nQ. Did you know of "
              "it?\nA. I learned about it from the newspapers.\n",
              WEDNESDAY);
    expect_said(&r, event_of(&r, "statement.say", "Q"), "speaker", "Anna Bell");
    expect_said(&r, event_of(&r, "statement.say", "Q"), "content", "Is the bank for sale");
    expect_said(&r, event_of(&r, "statement.say", "A"), "speaker", "Carla Ruiz");
    expect_said(&r, event_of(&r, "statement.say", "A"), "content", "No. We will not sell it");
    expect_said(&r, event_of(&r, "statement.say", "A."), "content", "I learned about it from the newspapers");
    assert_int_equal(entity_of(&r, "Q."), STEMMA_NONE);
    forget(&r);
    read_text(&r,
              "Frequently asked questions\n\nQ: How do I cancel?\nA: Click Cancel.\n\nQ: Who delivers?\nA: The "
              "post office delivers.\n",
              WEDNESDAY);
    assert_int_equal(count_events(&r, "statement.say"), 0); /* nobody is named who could answer */
    forget(&r);
}

static void words_end_where_a_clause_about_them_begins(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "Police have detained a technician over an explosion at a mosque in Kolm in which two people were hurt.",
              WEDNESDAY);
    expect_said(&r, event_of(&r, "justice.arrest", "detained"), "charge", "explosion at a mosque in Kolm");
    forget(&r);
    read_text(&r, "The ministry denied reports that two men had been detained at the border.", WEDNESDAY);
    expect_said(&r, event_of(&r, "statement.deny", "denied"), "target",
                "reports that two men had been detained at the border");
    forget(&r);
    read_text(&r, "Fined 320 pounds, disqualified for 16 months.", WEDNESDAY);
    assert_int_equal(count_events(&r, "justice.ban"), 0);
    forget(&r);
    read_text(&r, "The Anti-Narcotics Cell nabbed three persons on Monday. The protein arrests the cell.", WEDNESDAY);
    expect_said(&r, event_of(&r, "justice.arrest", "nabbed"), "patient", "3");
    assert_int_equal(event_of(&r, "justice.arrest", "arrests"), STEMMA_NONE);
    forget(&r);
}

static void who_tells_of_a_case_does_not_stand_accused_in_it(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "District police chief Zulkifli Omar said the suspect was picked up at his house. He has been remanded "
              "for seven days.",
              WEDNESDAY);
    expect_unsaid(&r, event_of(&r, "justice.detain", "remanded"), "patient", "Zulkifli Omar");
    forget(&r);
    read_text(&r, "Lawyer Karl Voss said he was innocent. He was arrested on Friday.", WEDNESDAY);
    expect_said(&r, event_of(&r, "justice.arrest", "arrested"), "patient", "Karl Voss");
    forget(&r);
}

static void words_of_other_newsrooms(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "Jakarta protesters torched a police post on Saturday. The actress Ida Marlow tied the knot with Arjun "
              "Mehta. A court handed former president Alan Rojas 15 years in prison. The judge cleared Karl Voss. Ama "
              "Boadu was declared winner. The Supreme Court upheld the conviction of Senator Luis Pardo.",
              WEDNESDAY);
    expect_said(&r, event_of(&r, "conflict.attack", "torched"), "agent", "Jakarta protesters");
    expect_said(&r, event_of(&r, "life.marry", "tied the knot"), "participant", "Arjun Mehta");
    expect_said(&r, event_of(&r, "justice.sentence", "handed"), "patient", "Alan Rojas");
    expect_said(&r, event_of(&r, "justice.acquit", "cleared"), "patient", "Karl Voss");
    expect_said(&r, event_of(&r, "personnel.elect", "declared winner"), "patient", "Ama Boadu");
    uint32_t convicted = event_of(&r, "justice.convict", "conviction");
    expect_said(&r, convicted, "patient", "Luis Pardo");
    expect_unsaid(&r, convicted, "charge", NULL);
    forget(&r);
}

static void reports_of_matches(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Harrow Town came from behind to beat Kolm City 3-1 on Saturday.", WEDNESDAY);
    uint32_t won = event_of(&r, "contest.win", "beat");
    expect_said(&r, won, "agent", "Harrow Town");
    expect_said(&r, won, "target", "Kolm City");
    forget(&r);
    read_text(&r, "The bank admitted a N2bn fraud on Monday.", WEDNESDAY);
    expect_unsaid(&r, event_of(&r, "crime.defraud", "fraud"), "agent", "N2bn");
    forget(&r);
}

static void who_is_named_what(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Orbit Metals Plc on Tuesday named Carla Ruiz as chief executive, replacing Jan Lisle.", WEDNESDAY);
    uint32_t event = event_of(&r, "personnel.appoint", "named");
    expect_said(&r, event, "patient", "Carla Ruiz");
    expect_said(&r, event, "agent", "Orbit Metals Plc");
    assert_int_equal(count_events(&r, "personnel.appoint"), 1);
    expect_said(&r, event, "office", "chief executive");
    forget(&r);
    read_text(&r, "Police questioned a man named Carl Voss on Monday.", WEDNESDAY);
    assert_int_equal(count_events(&r, "personnel.appoint"), 0);
    forget(&r);
    read_text(&r,
              "Marlow wins Larch Prize\n\nIda Marlow won the Larch Prize on Monday, beating five other writers. She was "
              "beaten by masked men in May.\n",
              WEDNESDAY);
    assert_int_equal(event_of(&r, "conflict.attack", "beating"), STEMMA_NONE);
    assert_int_not_equal(event_of(&r, "conflict.attack", "beaten"), STEMMA_NONE);
    forget(&r);
    read_text(&r,
              "Ex-nurse jailed for life\n\nA former nurse was jailed for life on Friday for murdering three patients. "
              "The injured were rushed to Weston Hospital after a bus rammed into a lorry.\n",
              WEDNESDAY);
    event = event_of(&r, "justice.sentence", "jailed");
    expect_said(&r, event, "patient", "A former nurse");
    expect_unsaid(&r, event, "patient", "Ex-nurse");
    assert_int_not_equal(event_of(&r, "disaster.crash", "rammed into"), STEMMA_NONE);
    assert_int_not_equal(event_of(&r, "health.hospitalize", "rushed to Weston Hospital"), STEMMA_NONE);
    forget(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_opens_a_sentence_of_an_obituary_describes_the_dead),
        cmocka_unit_test(forecasts_threaten_nobody),
        cmocka_unit_test(what_was_wrongly_said_is_not_told),
        cmocka_unit_test(targets_and_demands_are_not_met_as_people_are),
        cmocka_unit_test(hours_do_not_speak_and_clocks_are_no_names),
        cmocka_unit_test(who_is_sworn_in_is_appointed),
        cmocka_unit_test(places_do_not_stab_and_elect),
        cmocka_unit_test(words_end_where_a_clause_about_them_begins),
        cmocka_unit_test(who_tells_of_a_case_does_not_stand_accused_in_it),
        cmocka_unit_test(words_of_other_newsrooms),
        cmocka_unit_test(reports_of_matches),
        cmocka_unit_test(who_is_named_what),
        cmocka_unit_test(letters_of_an_interview_are_who_asks_and_who_answers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
