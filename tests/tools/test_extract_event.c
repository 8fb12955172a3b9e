/* SPDX-License-Identifier: MIT */
#include "test_extract_event_support.h"

#include <stdlib.h>

#define WEDNESDAY "2025-11-19"

static void expect_stand(const struct reading *reading, uint32_t event, int polarity, int realis)
{
    const stemma_assertion *type =
        event == STEMMA_NONE ? NULL : find_said(reading, event, "type", NULL);
    if (type == NULL) {
        fail_msg("no such event");
        return;
    }
    assert_int_equal(type->polarity, polarity);
    assert_int_equal(type->realis, realis);
}

static void active_clauses_give_agent_patients_count_and_time(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "President Karl Voss freed 40 detainees on Monday, including the poet Anna Bell "
              "and trade unionist Peter Lund, after the US lifted sanctions on Poland.",
              WEDNESDAY);
    uint32_t freed = event_of(&r, "justice.release", "freed");
    expect_said(&r, freed, "agent", "Karl Voss");
    expect_said(&r, freed, "patient", "40");
    expect_said(&r, freed, "patient", "Anna Bell");
    expect_said(&r, freed, "patient", "Peter Lund");
    expect_said(&r, freed, "time", "2025-11-17");
    expect_unsaid(&r, freed, "patient", "US");
    uint32_t lifted = event_of(&r, "sanction.lift", "lifted");
    expect_said(&r, lifted, "agent", "US");
    expect_said(&r, lifted, "target", "Poland");
    expect_unsaid(&r, lifted, "time", NULL);
    forget(&r);
}

static void passive_clauses_give_patient_agent_charge_and_penalty(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "Hugo Marsh was arrested by police in Warsaw in 2019. In May 2022, Anna Bell "
              "was found guilty of fraud and theft and sentenced to six years in a labour "
              "camp.",
              WEDNESDAY);
    uint32_t arrested = event_of(&r, "justice.arrest", "arrested");
    expect_said(&r, arrested, "patient", "Hugo Marsh");
    expect_said(&r, arrested, "agent", "police");
    expect_said(&r, arrested, "time", "2019");
    expect_said(&r, arrested, "place", "Warsaw");
    uint32_t convicted = event_of(&r, "justice.convict", "found guilty");
    expect_said(&r, convicted, "patient", "Anna Bell");
    expect_said(&r, convicted, "charge", "fraud and theft");
    expect_said(&r, convicted, "time", "2022-05");
    uint32_t sentenced = event_of(&r, "justice.sentence", "sentenced");
    expect_said(&r, sentenced, "patient", "Anna Bell");
    expect_said(&r, sentenced, "penalty", "six years in a labour camp");
    expect_said(&r, sentenced, "time", "2022-05");
    forget(&r);
}

static void relative_and_reduced_clauses_keep_their_antecedent(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "Erik Holm met Hugo Marsh, who was arrested in 2019 and jailed for 12 years. "
              "Ruth Kane, detained in May 2020, is free.",
              WEDNESDAY);
    expect_said(&r, event_of(&r, "justice.arrest", "arrested"), "patient", "Hugo Marsh");
    expect_unsaid(&r, event_of(&r, "justice.arrest", "arrested"), "patient", "Erik Holm");
    uint32_t jailed = event_of(&r, "justice.sentence", "jailed");
    expect_said(&r, jailed, "patient", "Hugo Marsh");
    expect_unsaid(&r, jailed, "time", NULL);
    uint32_t detained = event_of(&r, "justice.arrest", "detained");
    expect_said(&r, detained, "patient", "Ruth Kane");
    expect_said(&r, detained, "time", "2020-05");
    forget(&r);
}

static void inverted_lists_add_to_the_release_told_before(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "Police freed 40 detainees on Monday. Also released were journalist Erik Holm "
              "and lawyer Ruth Kane. Among those freed were Anna Bell and Peter Lund.",
              WEDNESDAY);
    uint32_t freed = event_of(&r, "justice.release", "freed");
    assert_int_equal(count_events(&r, "justice.release"), 1);
    expect_said(&r, freed, "patient", "40");
    expect_said(&r, freed, "patient", "Erik Holm");
    expect_said(&r, freed, "patient", "Ruth Kane");
    expect_said(&r, freed, "patient", "Anna Bell");
    expect_said(&r, freed, "patient", "Peter Lund");
    forget(&r);
}

static void releases_that_differ_in_count_or_time_stay_apart(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "Police freed 40 prisoners on Monday. Another 12 prisoners were released in "
              "March. The release of the 40 prisoners was welcomed.",
              WEDNESDAY);
    assert_int_equal(count_events(&r, "justice.release"), 2);
    uint32_t freed = event_of(&r, "justice.release", "freed");
    uint32_t released = event_of(&r, "justice.release", "released");
    assert_int_not_equal(freed, released);
    expect_said(&r, freed, "patient", "40");
    expect_unsaid(&r, freed, "patient", "12");
    expect_said(&r, freed, "time", "2025-11-17");
    expect_said(&r, released, "time", "2025-03");
    assert_true(is_called(&r, freed, "release"));
    forget(&r);
}

static void nouns_tell_of_happenings_too(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "The talks between Karl Voss and Maria Stone in Geneva followed the arrest of "
              "Hugo Marsh. Anna Bell's release came after Russia's invasion of Ukraine.",
              WEDNESDAY);
    uint32_t talks = event_of(&r, "contact.meet", "talks");
    expect_said(&r, talks, "participant", "Karl Voss");
    expect_said(&r, talks, "participant", "Maria Stone");
    expect_said(&r, talks, "place", "Geneva");
    expect_said(&r, event_of(&r, "justice.arrest", "arrest"), "patient", "Hugo Marsh");
    expect_said(&r, event_of(&r, "justice.release", "release"), "patient", "Anna Bell");
    uint32_t invasion = event_of(&r, "conflict.attack", "invasion");
    expect_said(&r, invasion, "agent", "Russia");
    expect_said(&r, invasion, "target", "Ukraine");
    forget(&r);
}

static void meetings_need_two_and_charges_are_no_killings(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "Karl Voss met on Monday with Maria Stone. The show was hosted by Erik Holm. "
              "Anna Bell was charged with murder in Geneva and had a heart attack. Peter Lund "
              "received a two-year suspended sentence last week.",
              WEDNESDAY);
    assert_int_equal(count_events(&r, "contact.meet"), 1);
    uint32_t met = event_of(&r, "contact.meet", "met");
    expect_said(&r, met, "participant", "Karl Voss");
    expect_said(&r, met, "participant", "Maria Stone");
    expect_said(&r, met, "time", "2025-11-17");
    assert_int_equal(count_events(&r, "life.die"), 0);
    assert_int_equal(count_events(&r, "conflict.attack"), 0);
    forget(&r);
    read_text(&r,
              "Karl Voss and Maria Stone met in Geneva on Monday. Peter Lund "
              "received a two-year suspended sentence last week.",
              WEDNESDAY);
    met = event_of(&r, "contact.meet", "met");
    expect_said(&r, met, "participant", "Karl Voss");
    expect_said(&r, met, "participant", "Maria Stone");
    expect_said(&r, met, "place", "Geneva");
    uint32_t sentence = event_of(&r, "justice.sentence", "received");
    expect_said(&r, sentence, "patient", "Peter Lund");
    expect_said(&r, sentence, "penalty", "two-year suspended sentence");
    forget(&r);
}

static void a_light_verb_and_its_noun_are_one_happening(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "Karl Voss held talks with Maria Stone in Geneva on Monday. Activists staged "
              "rallies against Erik Holm.",
              WEDNESDAY);
    assert_int_equal(count_events(&r, "contact.meet"), 1);
    uint32_t talks = event_of(&r, "contact.meet", "talks");
    expect_said(&r, talks, "participant", "Karl Voss");
    expect_said(&r, talks, "participant", "Maria Stone");
    expect_said(&r, talks, "time", "2025-11-17");
    assert_int_equal(count_events(&r, "protest.demonstrate"), 1);
    expect_said(&r, event_of(&r, "protest.demonstrate", "rallies"), "agent", "Activists");
    expect_said(&r, event_of(&r, "protest.demonstrate", "rallies"), "target", "Erik Holm");
    forget(&r);
}

static void a_release_without_date_takes_that_of_the_pardon_of_as_many_as_probable(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "Thirty inmates have been released. The 30 inmates pardoned on Monday follow "
              "212 others freed since May 2022.",
              WEDNESDAY);
    uint32_t release = STEMMA_NONE;
    assert_int_equal(count_events(&r, "justice.release"), 2);
    for (uint32_t i = 0; i < r.output.referent_count; i++) {
        if (says(r.output.referents[i].type, "justice.release") &&
            find_said(&r, i, "patient", "30") != NULL) {
            release = i;
        }
    }
    assert_int_not_equal(release, STEMMA_NONE);
    const stemma_assertion *time = find_said(&r, release, "time", "2025-11-17");
    assert_non_null(time);
    assert_int_equal(time->certainty, STEMMA_CERTAINTY_PROBABLE);
    expect_unsaid(&r, release, "patient", "212");
    forget(&r);
}

static void peoples_and_things_are_counted_and_attacked(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "Soldiers arrested more than 100 Poles on Saturday. Rebels attacked a refugee "
              "camp and a press release was sent by Anna Bell.",
              WEDNESDAY);
    expect_said(&r, event_of(&r, "justice.arrest", "arrested"), "patient", "100");
    expect_said(&r, event_of(&r, "conflict.attack", "attacked"), "agent", "Rebels");
    assert_int_equal(count_events(&r, "justice.release"), 0);
    forget(&r);
}

static void what_did_not_happen_or_not_yet_is_marked(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Police did not arrest Erik Holm.", WEDNESDAY);
    expect_stand(&r, event_of(&r, "justice.arrest", "arrest"), STEMMA_POLARITY_NEGATIVE,
                 STEMMA_REALIS_ACTUAL);
    forget(&r);
    read_text(&r, "Karl Voss refused to release Erik Holm.", WEDNESDAY);
    expect_stand(&r, event_of(&r, "justice.release", "release"), STEMMA_POLARITY_NEGATIVE,
                 STEMMA_REALIS_ACTUAL);
    forget(&r);
    read_text(&r, "Karl Voss will release Erik Holm on Friday.", WEDNESDAY);
    uint32_t release = event_of(&r, "justice.release", "release");
    expect_stand(&r, release, STEMMA_POLARITY_POSITIVE, STEMMA_REALIS_OTHER);
    assert_int_equal(find_said(&r, release, "type", NULL)->tense, STEMMA_TENSE_FUTURE);
    expect_said(&r, release, "time", "2025-11-21");
    forget(&r);
    read_text(&r, "Karl Voss agreed to release Erik Holm.", WEDNESDAY);
    expect_stand(&r, event_of(&r, "justice.release", "release"), STEMMA_POLARITY_POSITIVE,
                 STEMMA_REALIS_OTHER);
    forget(&r);
    read_text(&r, "The US could lift sanctions on Poland if Erik Holm is freed.", WEDNESDAY);
    expect_stand(&r, event_of(&r, "sanction.lift", "lift"), STEMMA_POLARITY_POSITIVE,
                 STEMMA_REALIS_OTHER);
    expect_stand(&r, event_of(&r, "justice.release", "freed"), STEMMA_POLARITY_POSITIVE,
                 STEMMA_REALIS_OTHER);
    forget(&r);
}

static void denied_happenings_are_the_speakers_no(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Karl Voss denied that police had arrested Erik Holm.", WEDNESDAY);
    uint32_t arrested = event_of(&r, "justice.arrest", "arrested");
    expect_stand(&r, arrested, STEMMA_POLARITY_NEGATIVE, STEMMA_REALIS_ACTUAL);
    const stemma_assertion *type = find_said(&r, arrested, "type", NULL);
    assert_true(is_called(&r, type->speaker, "Karl Voss"));
    forget(&r);
}

static void other_senses_of_the_words_are_left_alone(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "The company released a report. The plan was met with fanfare. The exiled "
              "leader Anna Bell smiled. They placed an order and held a pen.",
              WEDNESDAY);
    for (uint32_t i = 0; i < r.output.referent_count; i++) {
        assert_true(r.output.referents[i].kind != STEMMA_REFERENT_EVENT ||
                    stemma_text_equal(r.output.referents[i].type, stemma_text_of("event")));
    }
    forget(&r);
}

static void no_time_is_made_up(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "Police arrested Erik Holm. On Monday it rained. Anna Bell was freed before the "
              "election in 2024.",
              WEDNESDAY);
    expect_unsaid(&r, event_of(&r, "justice.arrest", "arrested"), "time", NULL);
    expect_unsaid(&r, event_of(&r, "justice.release", "freed"), "time", NULL);
    forget(&r);
}

static void every_assertion_shows_its_words(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "President Karl Voss freed 40 detainees on Monday, including the poet Anna "
              "Bell. \"I am free,\" Bell said. Her brother, Tom Bell, met Maria Stone in "
              "Geneva. Rebels killed at least 15 people and injured dozens last week.",
              WEDNESDAY);
    assert_true(r.output.assertion_count > 10);
    for (uint32_t i = 0; i < r.output.assertion_count; i++) {
        const stemma_assertion *assertion = &r.output.assertions[i];
        int context = 0;
        assert_true(assertion->evidence_count > 0);
        assert_true(assertion->confidence <= 1000);
        for (uint32_t k = 0; k < assertion->evidence_count; k++) {
            stemma_span span = assertion->evidence[k].spans[0];
            assert_true(span.start < span.end && span.end <= r.output.text.size);
            context |= assertion->evidence[k].part == STEMMA_EVIDENCE_CONTEXT;
        }
        assert_true(context);
    }
    forget(&r);
}

static void the_same_text_reads_the_same_twice(void **state)
{
    (void)state;
    const char *text = "Police freed 40 prisoners on Monday. Anna Bell told Reuters she was glad.";
    struct reading a;
    struct reading b;
    read_text(&a, text, WEDNESDAY);
    read_text(&b, text, WEDNESDAY);
    assert_int_equal(a.output.assertion_count, b.output.assertion_count);
    for (uint32_t i = 0; i < a.output.assertion_count; i++) {
        assert_int_equal(a.output.assertions[i].subject, b.output.assertions[i].subject);
        assert_true(
            stemma_text_equal(a.output.assertions[i].predicate, b.output.assertions[i].predicate));
        assert_int_equal(a.output.assertions[i].evidence_count,
                         b.output.assertions[i].evidence_count);
    }
    forget(&a);
    forget(&b);
}

static void hostile_texts_are_read_to_their_end_in_time(void **state)
{
    (void)state;
    static const char *const pieces[] = {"released and freed ",
                                         "said \"",
                                         ", including A",
                                         "\xE2\x80\x9C",
                                         "who was arrested, ",
                                         "among those freed were ",
                                         "X's sister, ",
                                         "1,000,000,000,000 ",
                                         "and Anna Bell ",
                                         "according to ",
                                         "sentenced to ",
                                         "of the ",
                                         "\" said ",
                                         "since 2020 to 2021 ",
                                         "- "};
    for (size_t p = 0; p < sizeof pieces / sizeof pieces[0]; p++) {
        size_t size = strlen(pieces[p]);
        size_t repeats = 60000 / size;
        char *text = malloc(repeats * size + 1);
        struct reading r;
        assert_non_null(text);
        for (size_t i = 0; i < repeats; i++) {
            memcpy(text + i * size, pieces[p], size);
        }
        text[repeats * size] = '\0';
        read_text(&r, text, WEDNESDAY);
        forget(&r);
        free(text);
    }
}

static void a_cap_is_told_wherever_it_is_met(void **state)
{
    (void)state;
    stemma_document input = {0};
    stemma_status status = STEMMA_E_LIMIT;
    input.text = stemma_text_of("Police freed 40 prisoners on Monday, Anna Bell told Reuters. Her "
                                "brother, Tom Bell, was arrested in 2019 and sentenced.");
    input.published.edtf = stemma_text_of(WEDNESDAY);
    for (size_t cap = 1024; cap < 4000000 && status != STEMMA_OK; cap += 1024) {
        struct stm_arena arena;
        stemma_document output;
        stemma_error error = {0};
        stm_arena_init(&arena, cap);
        status = stm_extract(reader_model(), &input, 0, &arena, &output, &error);
        if (status != STEMMA_OK) {
            assert_int_equal(status, STEMMA_E_LIMIT);
            assert_string_equal(error.code, "EXTRACT_MEMORY");
        }
        stm_arena_free(&arena);
    }
    assert_int_equal(status, STEMMA_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(active_clauses_give_agent_patients_count_and_time),
        cmocka_unit_test(passive_clauses_give_patient_agent_charge_and_penalty),
        cmocka_unit_test(relative_and_reduced_clauses_keep_their_antecedent),
        cmocka_unit_test(inverted_lists_add_to_the_release_told_before),
        cmocka_unit_test(releases_that_differ_in_count_or_time_stay_apart),
        cmocka_unit_test(nouns_tell_of_happenings_too),
        cmocka_unit_test(meetings_need_two_and_charges_are_no_killings),
        cmocka_unit_test(a_light_verb_and_its_noun_are_one_happening),
        cmocka_unit_test(a_release_without_date_takes_that_of_the_pardon_of_as_many_as_probable),
        cmocka_unit_test(peoples_and_things_are_counted_and_attacked),
        cmocka_unit_test(what_did_not_happen_or_not_yet_is_marked),
        cmocka_unit_test(denied_happenings_are_the_speakers_no),
        cmocka_unit_test(other_senses_of_the_words_are_left_alone),
        cmocka_unit_test(no_time_is_made_up),
        cmocka_unit_test(every_assertion_shows_its_words),
        cmocka_unit_test(the_same_text_reads_the_same_twice),
        cmocka_unit_test(hostile_texts_are_read_to_their_end_in_time),
        cmocka_unit_test(a_cap_is_told_wherever_it_is_met),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
