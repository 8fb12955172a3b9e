/* SPDX-License-Identifier: MIT */
/* Who comes in whose place: who is appointed, to what, and what the one before was. */
#include "test_extract_event_support.h"

#define WEDNESDAY "2024-05-15"

/** Reads one sentence in which `newcomer` comes into `office` (NULL: none is told). */
static void expect_appointed(const char *sentence, const char *trigger, const char *newcomer, const char *office)
{
    struct reading r;
    read_text(&r, sentence, WEDNESDAY);
    uint32_t event = event_of(&r, "personnel.appoint", trigger);
    if (event == STEMMA_NONE) {
        fail_msg("nobody appointed: %s", sentence);
    }
    expect_said(&r, event, "patient", newcomer);
    expect_unsaid(&r, event, "agent", NULL);
    assert_int_equal(count_events(&r, "personnel.dismiss"), 0);
    if (office != NULL) {
        expect_said(&r, event, "office", office);
    } else {
        expect_unsaid(&r, event, "office", NULL);
    }
    forget(&r);
}

static void who_comes_is_appointed_and_dismisses_nobody(void **state)
{
    (void)state;
    expect_appointed("Kofi Mensah was replaced as finance minister by Ama Boadu on Monday.", "replaced", "Ama Boadu",
                     "finance minister");
    expect_appointed("Ama Boadu replaced Kofi Mensah as finance minister.", "replaced", "Ama Boadu",
                     "finance minister");
    expect_appointed("Ana Sorrel succeeds Otto Krall as prime minister.", "succeeds", "Ana Sorrel", "prime minister");
    expect_appointed("Otto Krall was succeeded by Ana Sorrel.", "succeeded", "Ana Sorrel", NULL);
    expect_appointed("Anna Bell took over from Karl Voss as head of Orbit on Friday.", "took over", "Anna Bell",
                     "head of Orbit");
    expect_appointed("Anna Bell took over as chief executive of Orbit from Karl Voss.", "took over", "Anna Bell",
                     "chief executive of Orbit");
    expect_appointed("The judge recused himself and was replaced by Imke Sand.", "replaced", "Imke Sand", NULL);
}

static void no_office_passes_in_matches_and_among_things(void **state)
{
    (void)state;
    static const char *const sentences[] = {"Musa Bello was replaced by Ned Farrow in the 64th minute.",
                                            "The old bridge was replaced by a tunnel in May.",
                                            "Soldiers took over the state radio on Monday."};
    for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++) {
        struct reading r;
        read_text(&r, sentences[i], WEDNESDAY);
        assert_int_equal(count_events(&r, "personnel.appoint"), 0);
        forget(&r);
    }
    struct reading r;
    read_text(&r, "The president replaced Karl Voss as army chief.", WEDNESDAY);
    expect_said(&r, event_of(&r, "personnel.dismiss", "replaced"), "patient", "Karl Voss");
    forget(&r);
}

static void both_have_the_office_one_after_the_other(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Ama Boadu replaced Kofi Mensah as finance minister.", WEDNESDAY);
    const stemma_assertion *now = find_said(&r, entity_of(&r, "Ama Boadu"), "role", "finance minister");
    const stemma_assertion *then = find_said(&r, entity_of(&r, "Kofi Mensah"), "role", "finance minister");
    assert_non_null(now);
    assert_non_null(then);
    assert_int_equal(now->tense, STEMMA_TENSE_PRESENT);
    assert_int_equal(then->tense, STEMMA_TENSE_PAST);
    forget(&r);
    read_text(&r, "Anna Bell will replace Karl Voss as chair of Orbit in May.", WEDNESDAY);
    expect_unsaid(&r, entity_of(&r, "Anna Bell"), "role", NULL);
    forget(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_comes_is_appointed_and_dismisses_nobody),
        cmocka_unit_test(no_office_passes_in_matches_and_among_things),
        cmocka_unit_test(both_have_the_office_one_after_the_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
