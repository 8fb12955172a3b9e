/* SPDX-License-Identifier: MIT */
/* Names that stand in no list: what newspapers do around them tells what they are. */
#include "extract_helpers.h"

static void datelines_name_a_place_and_an_agency(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "VESSARIN, March 3 (Longwire) - The harbour was closed by fog on Monday. "
                  "A pilot told Longwire that nobody had seen the lighthouse.");
    assert_named(&r, "place", "VESSARIN");
    assert_named(&r, "organization", "Longwire");
    end_reading(&r);
}

static void an_adjective_made_of_a_name_makes_it_a_country(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "The ferry was late when Ostravia closed its ports. An Ostravian minister said "
                  "that storms were to blame.");
    assert_named(&r, "place", "Ostravia");
    assert_not_named(&r, "Ostravian");
    end_reading(&r);
}

static void what_has_a_parliament_and_a_president_is_a_country(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "The vote was close. Morwick's parliament met twice, and the president of Morwick "
                  "slept. The trucks crossed the Tarbek bridge at noon.");
    assert_named(&r, "place", "Morwick");
    assert_named(&r, "place", "Tarbek");
    end_reading(&r);
}

static void a_publisher_is_an_organisation_in_its_own_pages(void **state)
{
    (void)state;
    struct reading r;
    memset(&r, 0, sizeof r);
    stm_arena_init(&r.arena, 0);
    r.input.text = stemma_text_of("The harbour was closed. A fisherman told The Beacon that he "
                                  "was glad. He reads the Beacon every day.");
    r.input.publisher = stemma_text_of("The Beacon");
    stemma_error error;
    assert_int_equal(stm_extract(reader_model(), &r.input, 0, &r.arena, &r.output, &error), STEMMA_OK);
    assert_named(&r, "organization", "Beacon");
    end_reading(&r);
}

static void the_last_word_of_a_body_stands_for_it(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Rebels of the Eastern Front took the hill on Monday. On Tuesday the Front gave "
                  "it back.");
    assert_same(&r, "Eastern Front", "Front");
    end_reading(&r);
}

static void a_country_in_the_name_of_a_paper_stays_a_country(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "A minister told the Morwick Courier that it would rain in Morwick. "
                  "People in Morwick were glad.");
    assert_named(&r, "place", "Morwick");
    end_reading(&r);
}

static void months_that_are_given_names_begin_names(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "The opposition leader Jan Torvik was absent in April 2021. The poet June "
                  "Lindgren read from her book on 3 May.");
    assert_named(&r, "person", "Jan Torvik");
    assert_named(&r, "person", "June Lindgren");
    assert_not_named(&r, "May");
    end_reading(&r);
}

static void a_name_with_a_small_prefix_begins_a_sentence(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "General Idris al-Dabbag opened the talks on Monday. Al-Dabbag said that he was "
                  "tired.");
    assert_same(&r, "Idris al-Dabbag", "Al-Dabbag");
    end_reading(&r);
}

static void a_shared_surname_means_whom_the_text_names_first(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Birte Solheim was acquitted on Monday. Her husband, Anders Solheim, wept. "
                  "Later Solheim thanked the jury.");
    assert_apart(&r, "Birte Solheim", "Anders Solheim");
    assert_same(&r, "Birte Solheim", "Solheim");
    end_reading(&r);
}

static void husband_of_a_bare_surname_joins_nobody(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "The husband of Solheim wept on Monday. Anders Solheim spoke, and Birte Solheim "
                  "did not.");
    uint32_t bare = referent_of_words(&r, "Solheim", 0);
    assert_int_not_equal(bare, referent_named(&r, "person", "Anders Solheim"));
    end_reading(&r);
}

static void an_editors_given_name_goes_with_the_next_surname(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "The miners wept. \"He thanked President [Rodrigo] \"It is Almonte's doing,\" a "
                  "miner said.");
    assert_same(&r, "Rodrigo", "Almonte");
    end_reading(&r);
}

static void an_apposition_may_follow_a_complement(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "A nurse at the clinic of the town, Dalia Morane, told reporters that the roof "
                  "had gone. The envoy of the president, Karl Voss, was absent.");
    uint32_t nurse = referent_of_words(&r, "A nurse", 0);
    assert_int_equal(nurse, referent_named(&r, "person", "Dalia Morane"));
    /* the comma is the president's */
    assert_int_not_equal(referent_of_words(&r, "The envoy", 0),
                         referent_named(&r, "person", "Karl Voss"));
    end_reading(&r);
}

static void she_is_the_only_woman_of_the_last_sentences(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Maria Torvik was sentenced on Monday. Judge Peter Almquist read for an hour. "
                  "The room was cold. It had no windows. She knitted.");
    assert_int_equal(referent_of_words(&r, "She", 0), referent_named(&r, "person", "Maria Torvik"));
    end_reading(&r);
}

static void bodies_and_groups_in_the_same_words_are_one(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "The government freed Anna Bell on Monday. The government arrested Karl Voss on "
                  "Tuesday. Police detained Peter Lund, and police released Ivo Marsh.");
    uint32_t first = referent_of_words(&r, "The government", 0);
    assert_int_not_equal(first, STEMMA_NONE);
    assert_int_equal(first, referent_of_words(&r, "The government", 1));
    assert_int_not_equal(referent_of_words(&r, "Police", 0), STEMMA_NONE);
    assert_int_equal(referent_of_words(&r, "Police", 0), referent_of_words(&r, "police", 0));
    end_reading(&r);
}

static void a_country_is_one_wherever_it_acts(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Halvard brings 40 sailors home\n\nHalvard struck the shipyard off its list. "
                  "The Halvard Herald asked Halvard's foreign ministry, which did not answer.");
    uint32_t place = referent_named(&r, "place", "Halvard");
    assert_int_not_equal(place, STEMMA_NONE);
    assert_int_equal(referent_named(&r, "person", "Halvard"), STEMMA_NONE);
    assert_int_equal(referent_named(&r, "organization", "Halvard"), STEMMA_NONE);
    end_reading(&r);
}

static void a_surname_stays_one_where_a_place_has_it_too(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Peter Halvard came in on Monday. Halvard said that he was born in Halvard.");
    assert_named(&r, "person", "Peter Halvard");
    assert_int_equal(referent_of_words(&r, "Halvard", 1),
                     referent_named(&r, "person", "Peter Halvard"));
    end_reading(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(datelines_name_a_place_and_an_agency),
        cmocka_unit_test(an_adjective_made_of_a_name_makes_it_a_country),
        cmocka_unit_test(what_has_a_parliament_and_a_president_is_a_country),
        cmocka_unit_test(a_publisher_is_an_organisation_in_its_own_pages),
        cmocka_unit_test(the_last_word_of_a_body_stands_for_it),
        cmocka_unit_test(a_country_in_the_name_of_a_paper_stays_a_country),
        cmocka_unit_test(months_that_are_given_names_begin_names),
        cmocka_unit_test(a_name_with_a_small_prefix_begins_a_sentence),
        cmocka_unit_test(a_shared_surname_means_whom_the_text_names_first),
        cmocka_unit_test(husband_of_a_bare_surname_joins_nobody),
        cmocka_unit_test(an_editors_given_name_goes_with_the_next_surname),
        cmocka_unit_test(an_apposition_may_follow_a_complement),
        cmocka_unit_test(she_is_the_only_woman_of_the_last_sentences),
        cmocka_unit_test(bodies_and_groups_in_the_same_words_are_one),
        cmocka_unit_test(a_country_is_one_wherever_it_acts),
        cmocka_unit_test(a_surname_stays_one_where_a_place_has_it_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
