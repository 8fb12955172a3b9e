/* SPDX-License-Identifier: MIT */
#include "test_extract_event_support.h"

#include <stdlib.h>

#define FRIDAY "2024-03-15"

/** The statement whose cue has these words. */
static uint32_t statement(const struct reading *reading, const char *cue)
{
    return event_of(reading, "statement.say", cue);
}

static void indirect_speech_has_speaker_and_clause(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "Anna Bell said that the vote was stolen. Peter Lund, who leads the union, "
              "added the strike would go on.",
              FRIDAY);
    uint32_t said = statement(&r, "said");
    expect_said(&r, said, "speaker", "Anna Bell");
    expect_said(&r, said, "content", "the vote was stolen");
    uint32_t added = statement(&r, "added");
    expect_said(&r, added, "speaker", "Peter Lund");
    expect_said(&r, added, "content", "the strike would go on");
    forget(&r);
}

static void direct_speech_gives_the_words_without_their_marks(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "\xE2\x80\x9CWe will never give up,\xE2\x80\x9D Anna Bell told Reuters.", FRIDAY);
    uint32_t told = statement(&r, "told");
    expect_said(&r, told, "speaker", "Anna Bell");
    expect_said(&r, told, "addressee", "Reuters");
    expect_said(&r, told, "content", "We will never give up");
    const stemma_assertion *content = find_said(&r, told, "content", NULL);
    assert_non_null(content);
    assert_true(is_called(&r, content->via, "Reuters"));
    assert_true(is_called(&r, content->speaker, "Anna Bell"));
    forget(&r);
}

static void a_quote_of_several_sentences_is_one_statement(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "\"They lied to us. They lied for years,\" said Anna Bell.", FRIDAY);
    uint32_t said = statement(&r, "said");
    expect_said(&r, said, "speaker", "Anna Bell");
    expect_said(&r, said, "content", "They lied to us. They lied for years");
    forget(&r);
}

static void a_quote_that_goes_on_keeps_its_speaker(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "\"They lied to us,\" Anna Bell said. \"We will remember it for a long time.\"",
              FRIDAY);
    uint32_t said = statement(&r, "said");
    expect_said(&r, said, "content", "They lied to us");
    expect_said(&r, said, "content", "We will remember it for a long time.");
    forget(&r);
}

static void words_between_commas_do_not_hide_the_speaker(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "Open Door Group, which was outlawed in spring, said 300 political prisoners "
              "remain behind bars.",
              FRIDAY);
    expect_said(&r, statement(&r, "said"), "speaker", "Open Door Group");
    uint32_t held = event_of(&r, "justice.detain", "remain");
    expect_said(&r, held, "patient", "300");
    const stemma_assertion *patient = find_said(&r, held, "patient", "300");
    assert_int_equal(patient->attribution, STEMMA_ATTRIBUTION_SPEAKER);
    assert_true(is_called(&r, patient->speaker, "Open Door Group"));
    forget(&r);
}

static void according_to_attributes_what_stands_beside_it(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Police arrested 40 protesters on Monday, according to Anna Bell.", FRIDAY);
    expect_said(&r, statement(&r, "according to"), "speaker", "Anna Bell");
    expect_said(&r, statement(&r, "according to"), "content",
                "Police arrested 40 protesters on Monday");
    const stemma_assertion *type =
        find_said(&r, event_of(&r, "justice.arrest", "arrested"), "type", "justice.arrest");
    assert_non_null(type);
    assert_true(is_called(&r, type->speaker, "Anna Bell"));
    forget(&r);
}

static void who_quotes_is_the_medium_and_who_is_quoted_the_speaker(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "\"We need no advice,\" Karl Voss was quoted as saying by Reuters.", FRIDAY);
    uint32_t quoted = statement(&r, "quoted as saying");
    expect_said(&r, quoted, "speaker", "Karl Voss");
    const stemma_assertion *content = find_said(&r, quoted, "content", "We need no advice");
    assert_non_null(content);
    assert_true(is_called(&r, content->via, "Reuters"));
    assert_int_equal(count_events(&r, "statement.say"), 1);
    forget(&r);
}

static void a_quoted_phrase_inside_reported_speech_has_the_speaker(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "Karl Voss denied jailing any critics, instead saying that those in his camps "
              "were \xE2\x80\x9Cthieves\xE2\x80\x9D.",
              FRIDAY);
    uint32_t said = statement(&r, "saying");
    expect_said(&r, said, "speaker", "Karl Voss");
    expect_said(&r, said, "content", "those in his camps were \xE2\x80\x9Cthieves\xE2\x80\x9D");
    const stemma_assertion *denied = find_said(&r, statement(&r, "denied"), "content", NULL);
    assert_non_null(denied);
    assert_int_equal(denied->stance, STEMMA_STANCE_DENIES);
    forget(&r);
}

static void what_is_called_for_is_not_said_to_have_happened(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "The United Nations called for the release of Hugo Marsh.", FRIDAY);
    const stemma_assertion *type =
        find_said(&r, event_of(&r, "justice.release", "release"), "type", NULL);
    assert_non_null(type);
    assert_int_equal(type->realis, STEMMA_REALIS_OTHER);
    assert_true(is_called(&r, type->speaker, "United Nations"));
    forget(&r);
}

static void the_voice_of_the_document_is_nobodys(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Police arrested Hugo Marsh on Monday. Anna Bell said that she was tired.",
              FRIDAY);
    const stemma_assertion *type =
        find_said(&r, event_of(&r, "justice.arrest", "arrested"), "type", NULL);
    assert_non_null(type);
    assert_int_equal(type->attribution, STEMMA_ATTRIBUTION_NONE);
    assert_int_equal(type->speaker, STEMMA_NONE);
    forget(&r);
}

static void verbs_that_only_look_like_speech_say_nothing(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "Karl Voss claimed victory. Anna Bell would not say who had come. The report "
              "was long.",
              FRIDAY);
    assert_int_equal(count_events(&r, "statement.say"), 0);
    forget(&r);
}

static void what_stands_on_both_sides_of_the_cue_is_one_clause(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "The vote, Anna Bell said, was stolen by the governor.", FRIDAY);
    expect_said(&r, statement(&r, "said"), "content", "The vote was stolen by the governor");
    forget(&r);
}

static void half_a_clause_is_joined_to_the_noun_it_is_about(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "EU sanctions, which the opposition leader Anna Bell said were critical to "
              "\xE2\x80\x9C"
              "enabling democratic change\xE2\x80\x9D, remain.",
              FRIDAY);
    uint32_t said = statement(&r, "said");
    expect_said(&r, said, "speaker", "Anna Bell");
    expect_said(&r, said, "content",
                "EU sanctions were critical to \xE2\x80\x9C"
                "enabling democratic "
                "change\xE2\x80\x9D");
    forget(&r);
}

static void a_denial_without_a_proposition_says_nothing(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Karl Voss denied the allegations. Anna Bell declined to comment.", FRIDAY);
    assert_int_equal(count_events(&r, "statement.say"), 0);
    forget(&r);
    read_text(&r, "Karl Voss denied taking bribes.", FRIDAY);
    const stemma_assertion *content = find_said(&r, statement(&r, "denied"), "content", NULL);
    assert_non_null(content);
    assert_int_equal(content->stance, STEMMA_STANCE_DENIES);
    assert_true(is_object(&r, &content->object, "taking bribes"));
    forget(&r);
}

static void questions_demands_and_promises_are_told_apart(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "Anna Bell asked whether the ministry had known about the plan. Karl Voss promised "
              "to release 50 prisoners. The minister urged the rebels to lay down their arms.",
              FRIDAY);
    const stemma_assertion *asked = find_said(&r, statement(&r, "asked"), "content", NULL);
    const stemma_assertion *promised = find_said(&r, statement(&r, "promised"), "content", NULL);
    assert_non_null(asked);
    assert_non_null(promised);
    assert_int_equal(asked->stance, STEMMA_STANCE_QUESTIONS);
    assert_int_equal(promised->realis, STEMMA_REALIS_OTHER);
    expect_said(&r, statement(&r, "promised"), "content", "release 50 prisoners");
    expect_said(&r, statement(&r, "urged"), "addressee", "the rebels");
    expect_said(&r, statement(&r, "urged"), "content", "lay down their arms");
    forget(&r);
}

static void documents_speak_and_nobody_does_not(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "A study published on Monday found that the river was poisoned. Nobody said that the "
              "vote was fair. Anna Bell did not say whether she would run.",
              FRIDAY);
    assert_int_equal(count_events(&r, "statement.say"), 1);
    expect_said(&r, statement(&r, "found"), "content", "the river was poisoned");
    forget(&r);
}

static void the_clause_of_a_noun_ends_before_its_verb(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "The president's claim that the vote was fair has been rejected by observers.",
              FRIDAY);
    expect_said(&r, statement(&r, "claim"), "content", "the vote was fair");
    forget(&r);
}

static void a_statement_inside_anothers_words_is_that_ones_report(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Karl Voss said Anna Bell told him that the bank would close.", FRIDAY);
    uint32_t told = statement(&r, "told");
    expect_said(&r, told, "content", "the bank would close");
    const stemma_assertion *speaker = find_said(&r, told, "speaker", "Anna Bell");
    assert_non_null(speaker);
    assert_int_equal(speaker->attribution, STEMMA_ATTRIBUTION_SPEAKER);
    assert_true(is_called(&r, speaker->speaker, "Karl Voss"));
    forget(&r);
}

static void direct_speech_goes_on_over_paragraphs(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "\xE2\x80\x9CThe bridge is closed,\xE2\x80\x9D the mayor of Karsk, Ivo Tamm, told "
              "reporters. \xE2\x80\x9CWe do not know when it will open again.\xE2\x80\x9D\n\n"
              "\xE2\x80\x9CPeople must stay at home.\xE2\x80\x9D",
              FRIDAY);
    uint32_t told = statement(&r, "told");
    expect_said(&r, told, "speaker", "Ivo Tamm");
    expect_said(&r, told, "content", "The bridge is closed");
    expect_said(&r, told, "content", "We do not know when it will open again.");
    expect_said(&r, told, "content", "People must stay at home.");
    forget(&r);
}

static void the_paragraph_below_a_colon_is_said(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "The report was published on Monday.\n\nFollowing the meeting, minister Anna Bell "
              "said:\n\nI am relieved by the news. We will go on.\n\nThe report has 40 pages.",
              FRIDAY);
    expect_said(&r, statement(&r, "said"), "speaker", "Anna Bell");
    expect_said(&r, statement(&r, "said"), "content", "I am relieved by the news. We will go on");
    forget(&r);
}

static void reports_of_nobody_stay_unattributed(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "It was reported that police had arrested Hugo Marsh.", FRIDAY);
    assert_int_equal(count_events(&r, "statement.say"), 0);
    const stemma_assertion *type =
        find_said(&r, event_of(&r, "justice.arrest", "arrested"), "type", NULL);
    assert_non_null(type);
    assert_int_equal(type->attribution, STEMMA_ATTRIBUTION_UNSTATED);
    forget(&r);
}

static void many_opening_marks_cost_no_more_than_their_number(void **state)
{
    (void)state;
    struct reading r;
    enum { MARKS = 40000 };
    static const char unit[] = "\"Oh,\" she said, ";
    char *text = malloc((size_t)MARKS * 2 + (size_t)MARKS * (sizeof unit - 1) / 8 + 64);
    assert_non_null(text);
    size_t size = 0;
    for (size_t i = 0; i < MARKS; i++) {
        memcpy(text + size, "\xC2\xAB", 2);
        size += 2;
    }
    for (size_t i = 0; i < MARKS / 8; i++) {
        memcpy(text + size, unit, sizeof unit - 1);
        size += sizeof unit - 1;
    }
    text[size] = '\0';
    read_text(&r, text, FRIDAY); /* what matters is that it ends */
    forget(&r);
    free(text);
}

static void content_ends_where_the_speaker_or_the_writer_goes_on(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "The minister warned that the well might be poisoned and urged people to leave.",
              FRIDAY);
    expect_said(&r, statement(&r, "warned"), "content", "the well might be poisoned");
    forget(&r);
    read_text(&r, "Anna Bell insisted the dam was safe, a claim that engineers dispute.", FRIDAY);
    expect_said(&r, statement(&r, "insisted"), "content", "the dam was safe");
    forget(&r);
}

static void verbs_of_speech_taken_for_nouns_are_read(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "The UN agency estimates that 60,000 people have fled.", FRIDAY);
    expect_said(&r, statement(&r, "estimates"), "content", "60,000 people have fled");
    forget(&r);
    read_text(&r, "A statement by the ministry said that the dam was safe.", FRIDAY);
    expect_said(&r, statement(&r, "said"), "speaker", "the ministry");
    forget(&r);
}

static void who_speaks_to_whom_is_read_widely(void **state)
{
    static const struct {
        const char *text;
        const char *cue;
        const char *predicate; /* NULL: no statement */
        const char *what;
    } told[] = {
        {"Police warned that the well might be poisoned and urged residents to boil their water.",
         "urged", "speaker", "Police"},
        {"Police warned that the well might be poisoned and urged residents to boil their water.",
         "urged", "content", "boil their water"},
        {"Anna Bell, head of paediatrics at Vienna Hospital, warns that half of the incubators no "
         "longer work.",
         "warns", "speaker", "Anna Bell"},
        {"Anna Bell, head of paediatrics at Vienna Hospital, warns that half of the incubators no "
         "longer work.",
         "warns", "addressee", NULL},
        {"\"He drew every bolt himself,\" his former assistant, Anna Bell, told Reuters.", "told",
         "content", "He drew every bolt himself"},
        {"Anna Bell, whose mother was the singer Ruth Kane, insists that her books are not about "
         "her family.",
         "insists", "speaker", "Anna Bell"},
        {"Police arrested a blogger who claimed that the mayor lied.", "claimed", "speaker",
         "a blogger"},
        {"Reuters, which said the bridge was closed, left the town.", "said", "content",
         "the bridge was closed"},
        {"The bank will close, two officials familiar with the talks said on Monday.", "said",
         "speaker", "two officials"},
        {"A source close to the ministry said the bridge was closed.", "said", "speaker",
         "A source"},
        {"In a letter to Karl Voss, Anna Bell wrote that she would leave.", "wrote", "addressee",
         "Karl Voss"},
        {"Speaking to reporters, Anna Bell said that she would leave.", "said", "addressee",
         "reporters"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        struct reading r;
        read_text(&r, told[i].text, FRIDAY);
        uint32_t said = statement(&r, told[i].cue);
        if (said == STEMMA_NONE ||
            (find_said(&r, said, told[i].predicate, told[i].what) == NULL) !=
                (told[i].what == NULL)) {
            fail_msg("%s: %s of %s", told[i].text, told[i].predicate, told[i].cue);
        }
        forget(&r);
    }
}

static void what_nobody_said_is_no_content(void **state)
{
    static const char *const texts[] = {
        "It was what officials told Reuters was an attempt to pull him closer.",
        "Reuters asked the foreign ministry for confirmation.",
        "From all the press reports that I have read, the town is empty.",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct reading r;
        read_text(&r, texts[i], FRIDAY);
        for (uint32_t a = 0; a < r.output.assertion_count; a++) {
            assert_false(stemma_text_equal(r.output.assertions[a].predicate, stemma_text_of("content")));
        }
        forget(&r);
    }
}

static void a_transcript_has_titles_before_names(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "SENATOR BELL: Who signed the certificate?\n\nMS. KANE: I did not sign it.\n\n"
              "SENATOR BELL: And you never read it?",
              FRIDAY);
    uint32_t questions = 0;
    uint32_t contents = 0;
    for (uint32_t a = 0; a < r.output.assertion_count; a++) {
        const stemma_assertion *it = &r.output.assertions[a];
        if (stemma_text_equal(it->predicate, stemma_text_of("content"))) {
            contents++;
            questions += it->stance == STEMMA_STANCE_QUESTIONS;
        }
    }
    assert_int_equal(contents, 3);
    assert_int_equal(questions, 2);
    forget(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(indirect_speech_has_speaker_and_clause),
        cmocka_unit_test(direct_speech_gives_the_words_without_their_marks),
        cmocka_unit_test(a_quote_of_several_sentences_is_one_statement),
        cmocka_unit_test(a_quote_that_goes_on_keeps_its_speaker),
        cmocka_unit_test(words_between_commas_do_not_hide_the_speaker),
        cmocka_unit_test(according_to_attributes_what_stands_beside_it),
        cmocka_unit_test(who_quotes_is_the_medium_and_who_is_quoted_the_speaker),
        cmocka_unit_test(a_quoted_phrase_inside_reported_speech_has_the_speaker),
        cmocka_unit_test(what_is_called_for_is_not_said_to_have_happened),
        cmocka_unit_test(the_voice_of_the_document_is_nobodys),
        cmocka_unit_test(verbs_that_only_look_like_speech_say_nothing),
        cmocka_unit_test(what_stands_on_both_sides_of_the_cue_is_one_clause),
        cmocka_unit_test(half_a_clause_is_joined_to_the_noun_it_is_about),
        cmocka_unit_test(a_denial_without_a_proposition_says_nothing),
        cmocka_unit_test(questions_demands_and_promises_are_told_apart),
        cmocka_unit_test(documents_speak_and_nobody_does_not),
        cmocka_unit_test(the_clause_of_a_noun_ends_before_its_verb),
        cmocka_unit_test(a_statement_inside_anothers_words_is_that_ones_report),
        cmocka_unit_test(direct_speech_goes_on_over_paragraphs),
        cmocka_unit_test(the_paragraph_below_a_colon_is_said),
        cmocka_unit_test(reports_of_nobody_stay_unattributed),
        cmocka_unit_test(content_ends_where_the_speaker_or_the_writer_goes_on),
        cmocka_unit_test(verbs_of_speech_taken_for_nouns_are_read),
        cmocka_unit_test(many_opening_marks_cost_no_more_than_their_number),
        cmocka_unit_test(who_speaks_to_whom_is_read_widely),
        cmocka_unit_test(what_nobody_said_is_no_content),
        cmocka_unit_test(a_transcript_has_titles_before_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
