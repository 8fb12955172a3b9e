/* SPDX-License-Identifier: MIT */
#include "test_extract_event_support.h"

#define FRIDAY "2024-03-15"

static void words_before_a_name_give_office_and_nationality(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "Polish opposition leader Anna Bell met President Karl Voss and former "
              "journalist Erik Holm.",
              FRIDAY);
    expect_said(&r, entity_of(&r, "Anna Bell"), "role", "opposition leader");
    expect_said(&r, entity_of(&r, "Anna Bell"), "nationality", "Polish");
    expect_said(&r, entity_of(&r, "Karl Voss"), "role", "President");
    const stemma_assertion *former =
        find_said(&r, entity_of(&r, "Erik Holm"), "role", "former journalist");
    assert_non_null(former);
    assert_int_equal(former->tense, STEMMA_TENSE_PAST);
    forget(&r);
}

static void appositions_and_copulas_give_roles(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "Anna Bell, a veteran lawyer, left. Peter Lund is the leader of the union. The "
              "Polish president, Karl Voss, stayed. Erik Holm was a teacher.",
              FRIDAY);
    expect_said(&r, entity_of(&r, "Anna Bell"), "role", "veteran lawyer");
    expect_said(&r, entity_of(&r, "Peter Lund"), "role", "leader of the union");
    expect_said(&r, entity_of(&r, "Karl Voss"), "role", "president");
    const stemma_assertion *was = find_said(&r, entity_of(&r, "Erik Holm"), "role", "teacher");
    assert_non_null(was);
    assert_int_equal(was->tense, STEMMA_TENSE_PAST);
    forget(&r);
}

static void kin_is_said_of_both(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "Anna Bell's sister, Ruth Kane, wept. Erik Holm, the husband of Maria Stone, "
              "left with his son Otto Holm.",
              FRIDAY);
    expect_said(&r, entity_of(&r, "Anna Bell"), "sibling", "Ruth Kane");
    expect_said(&r, entity_of(&r, "Ruth Kane"), "sibling", "Anna Bell");
    expect_said(&r, entity_of(&r, "Erik Holm"), "spouse", "Maria Stone");
    expect_said(&r, entity_of(&r, "Maria Stone"), "spouse", "Erik Holm");
    expect_unsaid(&r, entity_of(&r, "Ruth Kane"), "role", NULL);
    forget(&r);
}

static void ages_are_quantities_in_years(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Anna Bell, 69, left. The judge heard 71-year-old farmer Peter Lund.", FRIDAY);
    expect_said(&r, entity_of(&r, "Anna Bell"), "age", "69");
    expect_said(&r, entity_of(&r, "Peter Lund"), "age", "71");
    expect_said(&r, entity_of(&r, "Peter Lund"), "role", "farmer");
    forget(&r);
}

static void a_town_before_its_country_lies_in_it(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "They waited in Vilnius, Lithuania, for news.", FRIDAY);
    expect_said(&r, entity_of(&r, "Vilnius"), "located", "Lithuania");
    forget(&r);
    read_text(&r, "They went to Vilnius, Lithuania and Poland.", FRIDAY);
    expect_unsaid(&r, entity_of(&r, "Vilnius"), "located", NULL);
    forget(&r);
}

static void verbs_before_a_name_are_no_office(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Police then arrested journalist Erik Holm. He thanked President Karl Voss.",
              FRIDAY);
    expect_said(&r, entity_of(&r, "Erik Holm"), "role", "journalist");
    expect_said(&r, entity_of(&r, "Karl Voss"), "role", "President");
    forget(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_before_a_name_give_office_and_nationality),
        cmocka_unit_test(appositions_and_copulas_give_roles),
        cmocka_unit_test(kin_is_said_of_both),
        cmocka_unit_test(ages_are_quantities_in_years),
        cmocka_unit_test(a_town_before_its_country_lies_in_it),
        cmocka_unit_test(verbs_before_a_name_are_no_office),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
