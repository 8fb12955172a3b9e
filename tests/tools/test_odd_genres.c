/* SPDX-License-Identifier: MIT */
/* Tables, transcripts, obituaries, reports of sport and of science: what a rule for news makes of them. */
#include "test_extract_event_support.h"

#define MONDAY "2024-03-11"

/** The type of an entity so called; an empty text when there is none. */
static stemma_text type_of(const struct reading *r, const char *name)
{
    uint32_t entity = entity_of(r, name);
    return entity == STEMMA_NONE ? stemma_text_of("") : r->output.referents[entity].type;
}

static void columns_of_a_table_are_names_of_their_own(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "Candidate           Party             Votes\n"
              "Ana Sorrel          Green Dawn        41,203\n"
              "Otto Krall\tCentre Party\t35,110\n",
              MONDAY);
    assert_true(says(type_of(&r, "Otto Krall"), "person"));
    assert_int_not_equal(entity_of(&r, "Centre Party"), STEMMA_NONE);
    assert_int_equal(entity_of(&r, "Otto Krall\tCentre Party"), STEMMA_NONE);
    forget(&r);
}

static void turns_of_a_transcript_are_said_by_who_stands_before_the_colon(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "HOST: Good morning. With me is the finance minister, Ana Sorrel. Will you resign?\n\n"
              "SORREL: Good morning. No, I will not resign.\n\n"
              "HOST: The auditors say that 40 million disappeared.\n\n"
              "SORREL: The auditors are wrong.\n\n"
              "(LAUGHTER)\n",
              MONDAY);
    uint32_t said = event_of(&r, "statement.say", "SORREL");
    expect_said(&r, said, "speaker", "Ana Sorrel");
    expect_said(&r, said, "content", "Good morning. No, I will not resign");
    assert_int_equal(entity_of(&r, "LAUGHTER"), STEMMA_NONE);
    forget(&r);
    read_text(&r, "Anna Bell: \"The dam is safe.\"", MONDAY);
    expect_said(&r, event_of(&r, "statement.say", "Bell"), "content", "The dam is safe.");
    forget(&r);
    read_text(&r, "Anna Bell: the woman who built the dam.", MONDAY);
    assert_int_equal(count_events(&r, "statement.say"), 0);
    forget(&r);
}

static void who_is_born_to_whom(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "Margaret Harlow died on 4 March. Born in Kolm on 12 June 1931 to Arthur and Edith "
              "Penn, she was the youngest of five children.",
              MONDAY);
    uint32_t born = event_of(&r, "life.born", "Born");
    expect_said(&r, born, "patient", "Margaret Harlow");
    expect_unsaid(&r, born, "patient", "Arthur");
    forget(&r);
}

static void goals_are_no_strikes_and_cells_no_victims(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "Harrow won thanks to a late strike by Jonas Berg. Peter Holm fired home from 20 yards.",
              MONDAY);
    assert_int_equal(count_events(&r, "protest.strike"), 0);
    assert_int_equal(count_events(&r, "personnel.dismiss"), 0);
    forget(&r);
    read_text(&r, "The cells were attacked by a virus. The protein arrests the cell.", MONDAY);
    assert_int_equal(count_events(&r, "conflict.attack"), 0);
    assert_int_equal(count_events(&r, "justice.arrest"), 0);
    forget(&r);
}

static void mornings_say_nothing_and_houses_are_no_people(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "One morning the wolf came to the door and said: \"Let me in.\"", MONDAY);
    expect_said(&r, event_of(&r, "statement.say", "said"), "speaker", "the wolf");
    forget(&r);
    read_text(&r, "Cllr Voss asked about the extension at 4 Mill Lane.", MONDAY);
    assert_true(entity_of(&r, "Mill Lane") == STEMMA_NONE ||
                says(type_of(&r, "Mill Lane"), "place"));
    assert_int_not_equal(entity_of(&r, "Voss"), STEMMA_NONE);
    forget(&r);
}

static void headlines_in_the_present_have_verbs(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Police arrest 12 after clashes at Kolm stadium.", MONDAY);
    uint32_t arrest = event_of(&r, "justice.arrest", "arrest");
    expect_said(&r, arrest, "patient", "12");
    forget(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_of_a_table_are_names_of_their_own),
        cmocka_unit_test(turns_of_a_transcript_are_said_by_who_stands_before_the_colon),
        cmocka_unit_test(who_is_born_to_whom),
        cmocka_unit_test(goals_are_no_strikes_and_cells_no_victims),
        cmocka_unit_test(mornings_say_nothing_and_houses_are_no_people),
        cmocka_unit_test(headlines_in_the_present_have_verbs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
