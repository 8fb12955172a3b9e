/* SPDX-License-Identifier: MIT */
/* Texts that are no plain English news: they are read to something sensible or to nothing, every
   span stays inside the text and between characters, and the same text gives the same outcome. */
#include "extract_helpers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void check_span(const stemma_document *document, stemma_span span)
{
    assert_true(span.start < span.end && span.end <= document->text.size);
    assert_true(((uint8_t)document->text.data[span.start] & 0xC0) != 0x80);
    if (span.end < document->text.size) {
        assert_true(((uint8_t)document->text.data[span.end] & 0xC0) != 0x80);
    }
}

static void check_outcome(const struct reading *r)
{
    const stemma_document *document = &r->output;
    for (uint32_t i = 0; i < document->mention_count; i++) {
        for (uint32_t k = 0; k < document->mentions[i].span_count; k++) {
            check_span(document, document->mentions[i].spans[k]);
        }
    }
    for (uint32_t i = 0; i < document->assertion_count; i++) {
        const stemma_assertion *assertion = &document->assertions[i];
        assert_true(assertion->subject < document->referent_count);
        for (uint32_t k = 0; k < assertion->evidence_count; k++) {
            for (uint32_t n = 0; n < assertion->evidence[k].span_count; n++) {
                check_span(document, assertion->evidence[k].spans[n]);
            }
        }
    }
}

static void read_twice(const char *text)
{
    struct reading first;
    struct reading second;
    read_text(&first, text);
    read_text(&second, text);
    check_outcome(&first);
    assert_int_equal(first.output.mention_count, second.output.mention_count);
    assert_int_equal(first.output.assertion_count, second.output.assertion_count);
    assert_int_equal(first.output.referent_count, second.output.referent_count);
    end_reading(&first);
    end_reading(&second);
}

static void texts_of_little_or_no_language_are_read(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "a",
        ".",
        "\xC2\xAD",
        "... !!! --- ??? ((( ))) \"\"\" \n\n;;; ,,, :::",
        "\xF0\x9F\x98\x80\xF0\x9F\x9A\x93 5 \xF0\x9F\x8E\x89",
        "Town\tVotes\tShare\nAlmar\t1,200\t45.2%\nKorva\t900\t33.1%\n",
        "int main(void) { for (int i = 0; i < 100; i++) { printf(\"%d\\n\", i); } return 0; }",
        "The river runs,\n  the river goes,\nIn March the snow,\n  in May the rose.\n",
        "\xD8\xA3\xD8\xB9\xD9\x84\xD9\x86 \xD9\xA5\xD9\xA2",
        "The council in Almar said \xE2\x80\xAB\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D\xE2\x80\xAC on "
        "Monday "
        "that 12 people were released.",
        "POLICE IN KORVA SAID ON MONDAY THAT 12 PEOPLE WERE HURT.",
        "\xC2\xABWe will leave,\xC2\xBB said Ana Ruiz. \xE2\x80\x9ENo\xE2\x80\x9C, said Max Roe.",
        "from 3 to 7 to 9 June to May to 2021 until since by Monday and Tuesday - 5 -",
        "between and between 5 and between 7 and $ $5 \xE2\x82\xAC$ 3 or or 4 to to 6 half a a "
        "third of",
        "30 February 2024, 99/99/9999, 0/0/0, 2024-13-41, 25:61 on Monday, 1e9, "
        "9999999999999999999"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        read_twice(texts[i]);
    }
}

static void repetitions_of_odd_pieces_are_read(void **state)
{
    (void)state;
    static const char *const pieces[] = {"from 3 to 7 June to May 2021 and Monday - ",
                                         "12 to 14 or 3 and a half million and ",
                                         "a of the million few several half a ",
                                         "\xE2\x80\x9Cno\xE2\x80\x9D she said \xC2\xAB ",
                                         "POLICE IN KORVA KILLED TWELVE PEOPLE. ",
                                         "of whom 12 of them 5 including ",
                                         "LUND, March 3 (Northwire) - \n\n",
                                         "two years later the following day ",
                                         "x\xE2\x80\x8By\xC2\xADz",
                                         "1,000-2,000-3,000 ",
                                         "the first three months of the first half of "};
    enum { SIZE = 1 << 14 };
    char *text = malloc(SIZE + 64);
    assert_non_null(text);
    for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
        size_t size = 0;
        while (size + strlen(pieces[i]) < SIZE) {
            size += (size_t)snprintf(text + size, SIZE + 64 - size, "%s", pieces[i]);
        }
        read_twice(text);
    }
    free(text);
}

static void words_with_soft_hyphens_and_joiners_are_words(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "The po\xC2\xADlice ar\xE2\x80\x8Brested twelve peo\xC2\xADple in Lund on Monday.");
    int found = 0;
    for (uint32_t i = 0; i < r.output.referent_count; i++) {
        found |= stemma_text_equal(r.output.referents[i].type, stemma_text_of("justice.arrest"));
    }
    assert_true(found);
    end_reading(&r);
}

static void a_dateline_is_no_part_of_the_first_sentence(void **state)
{
    (void)state;
    static const char *const with[] = {
        "PORT ALMAR, Verania, May 3 (Northwire) - The council met.",
        "ALMAR/KORVA, 3 May (Northwire) \xE2\x80\x93 The council met.",
        "Almar, Nov 3 (Northwire): The council met.",
        "(Northwire) - The council met.",
    };
    static const char *const without[] = {
        "Almar - Korva 2-1.",
        "Oda Renn - the president - spoke.",
        "In May - a warm month - the council met.",
        "NATO-led troops left.",
    };
    for (size_t i = 0; i < sizeof with / sizeof with[0]; i++) {
        struct reading r;
        read_text(&r, with[i]);
        assert_int_equal(r.output.sentence_count, 2);
        assert_int_equal(r.output.sentences[1], strstr(with[i], "The council") - with[i]);
        end_reading(&r);
    }
    for (size_t i = 0; i < sizeof without / sizeof without[0]; i++) {
        struct reading r;
        read_text(&r, without[i]);
        assert_int_equal(r.output.sentence_count, 1);
        end_reading(&r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_of_little_or_no_language_are_read),
        cmocka_unit_test(repetitions_of_odd_pieces_are_read),
        cmocka_unit_test(words_with_soft_hyphens_and_joiners_are_words),
        cmocka_unit_test(a_dateline_is_no_part_of_the_first_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
