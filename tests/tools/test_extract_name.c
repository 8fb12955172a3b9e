/* SPDX-License-Identifier: MIT */
#include "extract_helpers.h"

static void persons_of_many_cultures_are_found(void **state)
{
    (void)state;
    struct reading r;
    read_text(
        &r, "The minister, Oksana Verenchuk, met Kwame Boateng-Asare and Ngozi Adeyemi on Monday. "
            "Hiroshi Tanabe of Osaka wrote to Fatima al-Rashidi, Nguyen Van Thanh and "
            "Maria de la Cruz. Ursula van der Meer and Dzmitry Halavach agreed with "
            "John F. Talbot Jr. before Sevil Aliyeva spoke.");
    assert_named(&r, "person", "Oksana Verenchuk");
    assert_named(&r, "person", "Kwame Boateng-Asare");
    assert_named(&r, "person", "Ngozi Adeyemi");
    assert_named(&r, "person", "Hiroshi Tanabe");
    assert_named(&r, "person", "Fatima al-Rashidi");
    assert_named(&r, "person", "Nguyen Van Thanh");
    assert_named(&r, "person", "Maria de la Cruz");
    assert_named(&r, "person", "Ursula van der Meer");
    assert_named(&r, "person", "Dzmitry Halavach");
    assert_named(&r, "person", "John F. Talbot Jr.");
    assert_named(&r, "person", "Sevil Aliyeva");
    assert_named(&r, "place", "Osaka");
    end_reading(&r);
}

static void titles_and_nationalities_are_no_part_of_names(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Chilean President Rodrigo Almonte met Deputy Foreign Minister Irina Belsky and "
                  "US Secretary of State Paul Hendry. Dr Amina Sow and Mr Teller were absent.");
    assert_named(&r, "person", "Rodrigo Almonte");
    assert_named(&r, "person", "Irina Belsky");
    assert_named(&r, "person", "Paul Hendry");
    assert_named(&r, "person", "Amina Sow");
    assert_named(&r, "person", "Teller");
    assert_named(&r, "place", "US");
    assert_not_named(&r, "Chilean");
    assert_not_named(&r, "Chilean President Rodrigo Almonte");
    end_reading(&r);
}

static void organisations_with_small_words_are_whole(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "The report by the Centre for Open Archives angered the Ministry of Fisheries and "
              "Forests. The Committee to Protect Readers and the Bank of Verania agreed with the "
              "Coordination Council for the Return of Exiles. The People's Union did not.");
    assert_named(&r, "organization", "Centre for Open Archives");
    assert_named(&r, "organization", "Ministry of Fisheries and Forests");
    assert_named(&r, "organization", "Committee to Protect Readers");
    assert_named(&r, "organization", "Bank of Verania");
    assert_named(&r, "organization", "Coordination Council for the Return of Exiles");
    assert_named(&r, "organization", "People's Union");
    end_reading(&r);
}

static void agencies_acronyms_and_described_groups_are_organisations(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Orlova told Reuters that NATO and the rights group Zarnica had written. "
                  "The airline Velavia and state news agency Vesta did not answer the BBC.");
    assert_named(&r, "organization", "Reuters");
    assert_named(&r, "organization", "NATO");
    assert_named(&r, "organization", "Zarnica");
    assert_named(&r, "organization", "Velavia");
    assert_named(&r, "organization", "Vesta");
    assert_named(&r, "organization", "BBC");
    assert_named(&r, "person", "Orlova");
    end_reading(&r);
}

static void places_are_known_by_list_or_by_context(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "He flew from Vilnius, Lithuania, to New Zealand. The city of Brennick lies near "
                  "Lake Orun in northern Teshkar. The Democratic Republic of the Congo agreed.");
    assert_named(&r, "place", "Vilnius");
    assert_named(&r, "place", "Lithuania");
    assert_named(&r, "place", "New Zealand");
    assert_named(&r, "place", "Brennick");
    assert_named(&r, "place", "Lake Orun");
    assert_named(&r, "place", "Teshkar");
    assert_named(&r, "place", "Democratic Republic of the Congo");
    end_reading(&r);
}

static void capitals_of_a_headline_make_no_names(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Chile Frees Ninety Miners Following Talks With Union Leaders\n\n"
                  "Chile freed ninety miners on Friday. Their leaders had met the president.");
    assert_named(&r, "place", "Chile");
    assert_not_named(&r, "Frees");
    assert_not_named(&r, "Ninety Miners Following Talks With Union Leaders");
    assert_not_named(&r, "Miners Following Talks");
    assert_not_named(&r, "Talks");
    end_reading(&r);
}

static void the_first_word_of_a_sentence_needs_more_than_its_capital(void **state)
{
    (void)state;
    struct reading r;
    read_text(
        &r,
        "Dozens left. Relatives waited outside. Exiled Verenchuk spoke. Sanctions stay. "
        "Halavach refused. \"Nobody came,\" he said: \"Everything is closed.\" It was VERY late.");
    assert_named(&r, "person", "Verenchuk");
    assert_named(&r, "person", "Halavach");
    assert_not_named(&r, "Dozens");
    assert_not_named(&r, "Relatives");
    assert_not_named(&r, "Exiled Verenchuk");
    assert_not_named(&r, "Sanctions");
    assert_not_named(&r, "Everything");
    assert_not_named(&r, "VERY");
    end_reading(&r);
}

static void days_months_and_lost_spaces_do_not_glue_names(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "On Friday, December 5, Oksana Verenchuk,one of two leaders, left. "
                  "Her lawyer thanked President [Rodrigo] Almonte.");
    assert_named(&r, "person", "Oksana Verenchuk");
    assert_named(&r, "person", "Rodrigo");
    assert_same(&r, "Rodrigo", "Almonte");
    assert_not_named(&r, "December");
    assert_not_named(&r, "Friday December");
    end_reading(&r);
}

static void prizes_and_wars_are_things(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "She won the Nobel Peace Prize in 2031, after the Second Karsk War ended.");
    assert_named(&r, "thing", "Nobel Peace Prize");
    end_reading(&r);
}

static void short_forms_follow_what_they_are_short_for(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Sen. Carla Whitmore, D-Ohio, and Rep. Luis Orteno, R-Fla., sued Meridian Health "
                  "Systems. Meridian, based in Dayton, Ohio, told Vista TV that it would appeal.");
    assert_named(&r, "person", "Carla Whitmore");
    assert_named(&r, "person", "Luis Orteno");
    assert_named(&r, "place", "Ohio");
    assert_named(&r, "place", "Fla.");
    assert_named(&r, "organization", "Meridian Health Systems");
    assert_named(&r, "organization", "Meridian");
    assert_named(&r, "organization", "Vista TV");
    end_reading(&r);
}

static void possessive_marks_are_outside_of_names(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Almonte\xE2\x80\x99s envoy met Peru's president in Lima. Almonte smiled.");
    for (uint32_t i = 0; i < r.output.mention_count; i++) {
        stemma_text words = slice(&r, r.output.mentions[i].spans[0]);
        if (r.output.mentions[i].kind == STEMMA_MENTION_NAME) {
            assert_true(words.data[words.size - 1] != 's' || words.data[words.size - 2] != '\'');
        }
    }
    assert_named(&r, "person", "Almonte");
    assert_named(&r, "place", "Peru");
    end_reading(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(persons_of_many_cultures_are_found),
        cmocka_unit_test(titles_and_nationalities_are_no_part_of_names),
        cmocka_unit_test(organisations_with_small_words_are_whole),
        cmocka_unit_test(agencies_acronyms_and_described_groups_are_organisations),
        cmocka_unit_test(places_are_known_by_list_or_by_context),
        cmocka_unit_test(capitals_of_a_headline_make_no_names),
        cmocka_unit_test(the_first_word_of_a_sentence_needs_more_than_its_capital),
        cmocka_unit_test(days_months_and_lost_spaces_do_not_glue_names),
        cmocka_unit_test(prizes_and_wars_are_things),
        cmocka_unit_test(short_forms_follow_what_they_are_short_for),
        cmocka_unit_test(possessive_marks_are_outside_of_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
