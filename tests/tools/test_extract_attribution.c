/* SPDX-License-Identifier: MIT */
#include "test_extract_event_support.h"

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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
