/* SPDX-License-Identifier: MIT */
/* States with a count, denials that point back, and who was meant by words around an event. */
#include "test_extract_event_support.h"

struct told {
    const char *text;
    const char *type;
    const char *trigger;
    const char *role;
    const char *object;
    const char *speaker; /* NULL: the document itself */
};

static void check(const struct told *told)
{
    struct reading r;
    read_text(&r, told->text, "2025-12-13");
    uint32_t event = event_of(&r, told->type, told->trigger);
    if (event == STEMMA_NONE) {
        fail_msg("%s: no %s of \"%s\"", told->text, told->type, told->trigger);
    }
    const stemma_assertion *said = find_said(&r, event, told->role, told->object);
    if (said == NULL) {
        fail_msg("%s: no %s %s", told->text, told->role, told->object);
    }
    if (told->speaker == NULL
            ? said->speaker != STEMMA_NONE
            : said->speaker == STEMMA_NONE || !is_called(&r, said->speaker, told->speaker)) {
        fail_msg("%s: said by somebody else", told->text);
    }
    forget(&r);
}

static void numbers_of_those_who_are_held_or_missing_are_states(void **state)
{
    (void)state;
    static const struct told all[] = {
        {"Rurian rights organization Vesna reported 1,227 political prisoners before the latest "
         "releases.",
         "justice.detain", "prisoners", "patient", "1227", "Vesna"},
        {"Vesna, a rights group that works from exile, put the number of the remaining political "
         "prisoners at 1,225.",
         "justice.detain", "prisoners", "patient", "1225", "Vesna"},
        {"The number of hostages still held in the tunnels stands at 48.", "justice.detain",
         "hostages", "patient", "48", NULL},
        {"There are still 900 political prisoners in the country, Anna Bell said.",
         "justice.detain", "prisoners", "patient", "900", "Anna Bell"},
        {"Some 120 fighters whom the government had promised to free are still in prison.",
         "justice.detain", "prison", "patient", "120", NULL},
        {"Twelve people are still missing after the storm.", "movement.vanish", "missing",
         "patient", "12", NULL},
        {"As of today, 1,142 political prisoners remain in jail, two more than on Friday.",
         "justice.detain", "remain", "time", "2025-12-13", NULL},
    };
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        check(&all[i]);
    }
}

static void other_numbers_are_no_states(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "The museum counted 1,200 visitors on Sunday.",
        "The number of the old houses is 300, the prisoners wrote.",
        "Anna Bell is missing her family.",
        "The report listed 40 prisons.",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct reading r;
        read_text(&r, texts[i], "2025-12-13");
        assert_int_equal(count_events(&r, "justice.detain"), 0);
        assert_int_equal(count_events(&r, "movement.vanish"), 0);
        forget(&r);
    }
}

static void whoever_denies_this_denies_what_was_just_quoted(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "The agency BNA said on Monday that a protester had died; the People's Party denied "
              "this.",
              "2025-12-13");
    uint32_t died = event_of(&r, "life.die", "died");
    const stemma_assertion *denied = NULL;
    for (uint32_t i = 0; i < r.output.assertion_count; i++) {
        const stemma_assertion *assertion = &r.output.assertions[i];
        if (assertion->subject == died && says(assertion->predicate, "type") &&
            assertion->polarity == STEMMA_POLARITY_NEGATIVE) {
            denied = assertion;
        }
    }
    assert_non_null(denied);
    assert_true(is_called(&r, denied->speaker, "People's Party"));
    forget(&r);
    /* The main clause tells of nothing that happened: nothing to deny. */
    read_text(&r,
              "The pardon is part of a bargain, two diplomats said. President Mark Novak denied "
              "this.",
              "2025-12-13");
    for (uint32_t i = 0; i < r.output.assertion_count; i++) {
        assert_int_not_equal(r.output.assertions[i].polarity, STEMMA_POLARITY_NEGATIVE);
    }
    forget(&r);
}

static void those_who_arrive_count_the_released_again(void **state)
{
    (void)state;
    static const struct told all[] = {
        {"Rurland released 112 fighters on Saturday, the government said. The Front said that only "
         "98 men had arrived.",
         "justice.release", "released", "patient", "98", "Front"},
        {"Rurland released 87 people on Saturday. The agency Borinform had reported 90 freed.",
         "justice.release", "released", "patient", "90", "Borinform"},
        {"Some 120 fighters are still in prison, according to the rebels. The government says that "
         "it has released all but 16 of the 240.",
         "justice.detain", "prison", "patient", "16", "The government"},
    };
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        check(&all[i]);
    }
    struct reading r;
    read_text(&r, "The police arrested 60 people on Monday. 98 guests had arrived.", "2025-12-13");
    assert_null(find_said(&r, event_of(&r, "justice.arrest", "arrested"), "patient", "98"));
    forget(&r);
}

static void who_took_part_is_read_past_the_words_between(void **state)
{
    (void)state;
    static const struct told all[] = {
        /* the envoy, not the president beside whom the name stands */
        {"Two days of talks with an envoy of the president, Karl Voss, ended on Monday.",
         "contact.meet", "talks", "participant", "an envoy", NULL},
        /* a clause of time has the subject of the verb, not the noun before it */
        {"Mark Novak described the release as a humanitarian gesture, after meeting Voss special "
         "envoy John Keel on Thursday.",
         "contact.meet", "meeting", "participant", "Mark Novak", NULL},
        {"Mark Novak described the release as a humanitarian gesture, after meeting Voss special "
         "envoy John Keel on Thursday.",
         "contact.meet", "meeting", "participant", "John Keel", NULL},
        {"Some of the prisoners crossed the border into neighbouring Lithuania on Monday.",
         "movement.cross", "crossed", "destination", "Lithuania", NULL},
        {"Olga Stern wrote that it was good news. In her first words after her release, former "
         "journalist Larissa Bell said she had served her term.",
         "justice.release", "release", "patient", "Larissa Bell", NULL},
        {"Another 14 prisoners were freed in June, including Sergei Lund, the husband of exiled "
         "leader Anna Bell, and the poet Karl Voss.",
         "justice.release", "freed", "patient", "Karl Voss", NULL},
        {"Anna Bell, along with 113 other prisoners, was handed over to Poland.",
         "movement.transfer", "handed over", "patient", "114", NULL},
        {"Anna Bell was released on Monday with 84 other prisoners.", "justice.release", "released",
         "patient", "85", NULL},
        {"They welcomed the release of the poet Karl Voss and of 12 other prisoners.",
         "justice.release", "release", "patient", "13", NULL},
        {"Anna Bell was among 87 prisoners whom Rurland freed on Saturday.", "justice.release",
         "freed", "patient", "87", NULL},
        {"Anna Bell was among 87 prisoners whom Rurland freed on Saturday.", "justice.release",
         "freed", "patient", "Anna Bell", NULL},
        {"Forty-two inmates were let out on Saturday.", "justice.release", "let out", "patient",
         "42", NULL},
        {"Both numbers were right: 112 were released, and 98 arrived.", "justice.release",
         "released", "patient", "112", NULL},
        {"The elections five years ago led to protests. Hundreds of people, including Anna Bell, "
         "were arrested during that period.",
         "justice.arrest", "arrested", "time", "2020", NULL},
        {"Rurland released 112 captured fighters of the Northern Front on Saturday, the "
         "government said.",
         "justice.release", "released", "time", "2025-12-13", "the government"},
    };
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        check(&all[i]);
    }
    struct reading r;
    read_text(&r, "Officials praised the plan, an approach met with doubt by opposition groups.",
              "2025-12-13");
    assert_int_equal(count_events(&r, "contact.meet"), 0);
    forget(&r);
    read_text(
        &r,
        "Another 14 prisoners were freed in June, including Sergei Lund, the husband of exiled "
        "Rurian leader Anna Bell.",
        "2025-12-13");
    assert_null(find_said(&r, event_of(&r, "justice.release", "freed"), "patient", "Anna Bell"));
    forget(&r);
    read_text(&r,
              "The exiled leader Anna Bell spoke. On Monday the police expelled Maria Lund from "
              "Poland.",
              "2025-12-13");
    assert_null(
        find_said(&r, event_of(&r, "movement.transfer", "expelled"), "patient", "Anna Bell"));
    forget(&r);
}

static void a_person_between_dashes_is_the_one_before_them(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "Anna Bell \xe2\x80\x93 a musician by profession \xe2\x80\x93 was freed on Monday.",
              "2025-12-13");
    assert_true(is_called(&r, entity_of(&r, "Anna Bell"), "a musician"));
    forget(&r);
}

static void places_lie_where_the_text_says(void **state)
{
    (void)state;
    static const struct {
        const char *text, *inner, *outer;
    } all[] = {
        {"Three soldiers died near Qalat Rimal in northern Qasrun last week.", "Qalat Rimal",
         "Qasrun"},
        {"Rockets hit the market of Tell Amun in the north of Qasrun on Monday.", "Tell Amun",
         "Qasrun"},
        {"The prize is given every year in Tarvin, the capital of Lithuania.", "Tarvin",
         "Lithuania"},
        {"VADUL, Kurmenia \xe2\x80\x94 The buses came on Saturday. Anna Bell met them in Vadul.",
         "VADUL", "Kurmenia"},
    };
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        struct reading r;
        read_text(&r, all[i].text, "2025-12-13");
        expect_said(&r, entity_of(&r, all[i].inner), "located", all[i].outer);
        forget(&r);
    }
    struct reading r;
    read_text(&r, "He flew from Vilnius to Lithuania and in winter to Poland.", "2025-12-13");
    assert_null(find_said(&r, entity_of(&r, "Vilnius"), "located", NULL));
    forget(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_of_those_who_are_held_or_missing_are_states),
        cmocka_unit_test(other_numbers_are_no_states),
        cmocka_unit_test(whoever_denies_this_denies_what_was_just_quoted),
        cmocka_unit_test(those_who_arrive_count_the_released_again),
        cmocka_unit_test(who_took_part_is_read_past_the_words_between),
        cmocka_unit_test(a_person_between_dashes_is_the_one_before_them),
        cmocka_unit_test(places_lie_where_the_text_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
