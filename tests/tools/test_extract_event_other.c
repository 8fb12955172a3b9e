/* SPDX-License-Identifier: MIT */
/* Happenings of which no list has the word, in headlines and where a text begins. */
#include "test_extract_event_support.h"

#define WEDNESDAY "2025-11-19"

static int realis_of(const struct reading *reading, uint32_t event)
{
    const stemma_assertion *type =
        event == STEMMA_NONE ? NULL : find_said(reading, event, "type", NULL);
    assert_non_null(type);
    return type->realis;
}

static void what_a_text_begins_with_has_happened_whatever_the_verb(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Anna Bell rebuilt the Lund Theatre on Monday. Karl Voss praised Anna Bell.",
              WEDNESDAY);
    uint32_t rebuilt = event_of(&r, "event", "rebuilt");
    expect_said(&r, rebuilt, "agent", "Anna Bell");
    expect_said(&r, rebuilt, "patient", "Lund Theatre");
    expect_said(&r, rebuilt, "topic", "rebuilt the Lund Theatre");
    expect_said(&r, rebuilt, "time", "2025-11-17");
    assert_int_equal(realis_of(&r, rebuilt), STEMMA_REALIS_ACTUAL);
    assert_int_equal(count_events(&r, "event"), 1); /* "praised" has a type */
    forget(&r);
}

static void what_is_expected_is_not_said_to_have_happened(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Anna Bell will rebuild the Lund Theatre.", WEDNESDAY);
    assert_int_equal(realis_of(&r, event_of(&r, "event", "rebuild")), STEMMA_REALIS_OTHER);
    forget(&r);
}

static void states_descriptions_and_denials_are_no_happenings(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Anna Bell owns the Lund Theatre. Karl Voss did not rebuild the theatre. A boat "
                  "built in Lund belongs to Anna Bell.",
              WEDNESDAY);
    assert_int_equal(count_events(&r, "event"), 0);
    forget(&r);
}

static void what_stands_deep_in_a_text_needs_a_word_that_a_list_has(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Anna Bell owns a house. Karl Voss owns a boat. Erik Holm owns a farm. Anna Bell "
                  "knows Erik Holm. Anna Bell rebuilt the Lund Theatre.",
              WEDNESDAY);
    assert_int_equal(count_events(&r, "event"), 0);
    forget(&r);
}

static void who_is_told_of_once_becomes_no_entity_by_it(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "A woman climbed the Lund Tower on Monday.", WEDNESDAY);
    uint32_t climbed = event_of(&r, "event", "climbed");
    assert_int_not_equal(climbed, STEMMA_NONE);
    assert_null(find_said(&r, climbed, "agent", NULL));
    expect_said(&r, climbed, "topic", "A woman climbed the Lund Tower");
    forget(&r);
    read_text(&r, "A sherpa slipped on Monday.", WEDNESDAY);
    expect_said(&r, event_of(&r, "event", "slipped"), "topic", "A sherpa slipped");
    forget(&r);
}

static void only_a_report_tells_what_no_list_has(void **state)
{
    (void)state;
    static const char *const texts[] = {
        ("Maren pulled the shutters closed and lit the lamp. The wind shook the orchard. Tobias slid a knife "
         "into his boot."),
        "Remove the machine from the box and peel off all stickers. Fill the tank with water from Lund.",
        "You may change your choices on Monday. Your partners in Lund moved your data. We refreshed your screen.",
        "The wasps of Lund lay eggs. Ferries leave Lund for the islands. Casa Mora grills sardines in Lund."};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct reading r;
        read_text(&r, texts[i], WEDNESDAY);
        if (count_events(&r, "event") != 0) {
            fail_msg("something happened: %s", texts[i]);
        }
        forget(&r);
    }
    struct reading r;
    read_text(&r, "Anna Bell rebuilds the theatre\n\nShe began in Lund. The town is glad.\n", WEDNESDAY);
    assert_int_not_equal(event_of(&r, "event", "rebuilds"), STEMMA_NONE); /* a headline's present */
    forget(&r);
}

static void what_a_tale_or_a_manual_says_did_not_happen_on_a_day(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "Aries: A stranger arrests your heart, and you win. Venus clashes with Saturn, so avoid rows with your "
              "boss. Fire at work burns out. Release your past. The Sun meets Neptune.",
              WEDNESDAY);
    for (uint32_t i = 0; i < r.output.referent_count; i++) {
        if (r.output.referents[i].kind == STEMMA_REFERENT_EVENT) {
            assert_int_not_equal(realis_of(&r, i), STEMMA_REALIS_ACTUAL);
        }
    }
    assert_int_equal(count_events(&r, "disaster.fire"), 0);
    forget(&r);
    read_text(&r, "Police in Lund arrest Anna Bell. Fire destroyed her house on Monday.", WEDNESDAY);
    assert_int_equal(realis_of(&r, event_of(&r, "justice.arrest", "arrest")), STEMMA_REALIS_ACTUAL);
    forget(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_text_begins_with_has_happened_whatever_the_verb),
        cmocka_unit_test(what_is_expected_is_not_said_to_have_happened),
        cmocka_unit_test(states_descriptions_and_denials_are_no_happenings),
        cmocka_unit_test(what_stands_deep_in_a_text_needs_a_word_that_a_list_has),
        cmocka_unit_test(who_is_told_of_once_becomes_no_entity_by_it),
        cmocka_unit_test(what_a_tale_or_a_manual_says_did_not_happen_on_a_day),
        cmocka_unit_test(only_a_report_tells_what_no_list_has),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
