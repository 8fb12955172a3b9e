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

static void bodies_have_founders_owners_and_seats(void **state)
{
    (void)state;
    struct reading r;
    read_text(
        &r,
        "The Open Door Group, founded by Anna Bell in 2001, is based in Vilnius. Karl Voss owns "
        "the Daily News.",
        FRIDAY);
    expect_said(&r, entity_of(&r, "Open Door Group"), "founder", "Anna Bell");
    expect_said(&r, entity_of(&r, "Open Door Group"), "located", "Vilnius");
    expect_said(&r, entity_of(&r, "Daily News"), "owner", "Karl Voss");
    forget(&r);
}

static void people_belong_work_live_and_study_somewhere(void **state)
{
    (void)state;
    struct reading r;
    read_text(
        &r,
        "Peter Lund, a member of the Green Party, works for Reuters. Karl Voss has lived in Vienna since May. "
        "Maria Stone studied at Vienna University. Erik Holm of the Steel Union left.",
        FRIDAY);
    expect_said(&r, entity_of(&r, "Peter Lund"), "member", "Green Party");
    expect_said(&r, entity_of(&r, "Peter Lund"), "employer", "Reuters");
    expect_said(&r, entity_of(&r, "Karl Voss"), "residence", "Vienna");
    expect_said(&r, entity_of(&r, "Maria Stone"), "education", "Vienna University");
    expect_said(&r, entity_of(&r, "Erik Holm"), "affiliation", "Steel Union");
    forget(&r);
}

static void what_is_denied_is_a_negative_fact(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Karl Voss is not the leader of the Green Party.", FRIDAY);
    const stemma_assertion *role =
        find_said(&r, entity_of(&r, "Karl Voss"), "role", "leader of the Green Party");
    assert_non_null(role);
    assert_int_equal(role->polarity, STEMMA_POLARITY_NEGATIVE);
    forget(&r);
}

static void the_office_of_a_country_is_tied_to_it(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Chile's president, Karl Voss, was named chairman on Monday.", FRIDAY);
    expect_said(&r, entity_of(&r, "Karl Voss"), "affiliation", "Chile");
    expect_said(&r, entity_of(&r, "Karl Voss"), "role", "president");
    forget(&r);
}

static void a_fact_in_somebodys_words_is_that_ones(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Anna Bell said that Karl Voss is the leader of the union.", FRIDAY);
    const stemma_assertion *role = find_said(&r, entity_of(&r, "Karl Voss"), "role", NULL);
    assert_non_null(role);
    assert_int_equal(role->attribution, STEMMA_ATTRIBUTION_SPEAKER);
    assert_true(is_called(&r, role->speaker, "Anna Bell"));
    forget(&r);
}

static void forms_of_address_are_no_office(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Mr Voss met Mrs Bell and Dr Peter Lund.", FRIDAY);
    expect_unsaid(&r, entity_of(&r, "Peter Lund"), "role", NULL);
    forget(&r);
}

/* Each has something that the model of names, the tagger or the tree had got wrong. */
static void facts_of_many_forms_are_read(void **state)
{
    static const struct {
        const char *text;
        const char *who;
        const char *predicate;
        const char *what;
    } told[] = {
        {"Ana Sorrel, the deputy mayor of Brunn, lives in Lorne with her husband.", "Ana Sorrel",
         "residence", "Lorne"},
        {"Mina Torv, editor of the weekly Lantern, was fined on Monday.", "Mina Torv",
         "affiliation", "Lantern"},
        {"Emil Toth, chief executive of Dimit, and Lina Osk were at school together.",
         "Emil Toth", "affiliation", "Dimit"},
        {"Sela Moor, 34, a Kolm-born actress, won.", "Sela Moor", "birthplace", "Kolm"},
        {"Sela Moor, 34, a Kolm-born actress, won.", "Sela Moor", "role", "actress"},
        {"Ingrid Vahl ran Novera Bank until 2022. She holds both Estian and Swiss passports.",
         "Ingrid Vahl", "nationality", "Estian"},
        {"Social Democrat Freja Holm beat Magnus Ek.", "Freja Holm", "member",
         "Social Democrat"},
        {"Ted Rawley, a Republican from Vermont, resigned.", "Ted Rawley", "member",
         "Republican"},
        {"Marj, a town of 8,000 in the north of Sokara, has one doctor, Khadra Nur.",
         "Khadra Nur", "role", "doctor"},
        {"The mine at Zora, in the district of Huanta, is closed.", "Zora", "located",
         "Huanta"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        struct reading r;
        read_text(&r, told[i].text, FRIDAY);
        uint32_t who = entity_of(&r, told[i].who);
        if (who == STEMMA_NONE || find_said(&r, who, told[i].predicate, told[i].what) == NULL) {
            fail_msg("%s: no %s %s", told[i].text, told[i].predicate, told[i].what);
        }
        forget(&r);
    }
}

static void a_people_is_no_birthplace(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "The Estian-born singer Mina Torv died on Friday.", FRIDAY);
    expect_unsaid(&r, entity_of(&r, "Mina Torv"), "birthplace", NULL);
    expect_said(&r, entity_of(&r, "Mina Torv"), "role", "singer");
    forget(&r);
}

static void a_nickname_is_no_object(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Karl Voss, nicknamed the Baker, was shot.", FRIDAY);
    expect_said(&r, entity_of(&r, "Karl Voss"), "alias", "Baker");
    forget(&r);
}

static void what_stands_beside_names_is_read_widely(void **state)
{
    static const struct {
        const char *text;
        const char *who;
        const char *predicate;
        const char *what;
    } told[] = {
        {"The Minister for Fisheries of Tarvia, Hon. Anna Bell, left.", "Anna Bell", "role",
         "Minister for Fisheries of Tarvia"},
        {"A spokesman for the miners, Erik Holm, denied it.", "Erik Holm", "role",
         "spokesman for the miners"},
        {"Senior leader of the Steel Union and former minister Erik Holm resigned.", "Erik Holm",
         "affiliation", "Steel Union"},
        {"Co-founder and chief executive Anna Bell left.", "Anna Bell", "role", "Co-founder"},
        {"The Open Door Group met. Its director, Anna Bell, left.", "Anna Bell", "affiliation",
         "Open Door Group"},
        {"Omar Fathi, a lawyer with the Nile Justice Centre, left.", "Omar Fathi", "affiliation",
         "Nile Justice Centre"},
        {"President Karl Voss and his Latvian counterpart, Erik Holm, met.", "Erik Holm", "role",
         "President"},
        {"It belongs to the German group Novera.", "Novera", "nationality", "German"},
        {"Maria Stone, a chemist at the Lake Institute in Irkutsk, left.", "Lake Institute",
         "located", "Irkutsk"},
        {"Erik Holm died on Friday at the age of 91.", "Erik Holm", "age", "91"},
        {"Erik Holm spoke on Friday. The 24-year-old scored twice.", "Erik Holm", "age", "24"},
        {"Erik Holm, 38, of Canal Street, Vienna, pleaded guilty.", "Erik Holm", "residence",
         "Vienna"},
        {"Anna Bell spoke at her home in Vienna.", "Anna Bell", "residence", "Vienna"},
        {"Maria Stone, who holds a doctorate from Vienna University, left.", "Maria Stone",
         "education", "Vienna University"},
        {"The Open Door Group was founded in 2001 by Anna Bell and Erik Holm.", "Open Door Group",
         "founder", "Erik Holm"},
        {"Karl Voss is survived by his wife, Anna Voss, and two sons, Jon Voss and Otto Voss.",
         "Karl Voss", "child", "Otto Voss"},
        {"Anna Bell left with her husband, the surgeon Erik Holm.", "Anna Bell", "spouse",
         "Erik Holm"},
        {"Anna Bell, whose mother was the singer Ruth Kane, left.", "Anna Bell", "parent",
         "Ruth Kane"},
        {"Reuters said it had appointed Anna Bell as chief editor.", "Anna Bell", "affiliation",
         "Reuters"},
        {"Anna Bell was sworn in as president on Friday.", "Anna Bell", "role", "president"},
        {"Anna Bell took over as head of the Steel Union in May.", "Anna Bell", "affiliation",
         "Steel Union"},
        {"Anna Bell, who holds Polish citizenship, left.", "Anna Bell", "nationality", "Polish"},
        {"Anna Bell, the former head of Reuters and a member of the Green Party, left.",
         "Anna Bell", "member", "Green Party"},
        {"Anna Bell, from the Green Party, left.", "Anna Bell", "member", "Green Party"},
        {"The Polish-born architect Erik Holm died.", "Erik Holm", "role", "architect"},
        {"Anna Bell misses Vienna, where she was born.", "Anna Bell", "birthplace", "Vienna"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        struct reading r;
        read_text(&r, told[i].text, FRIDAY);
        uint32_t who = entity_of(&r, told[i].who);
        if (who == STEMMA_NONE || find_said(&r, who, told[i].predicate, told[i].what) == NULL) {
            fail_msg("%s: no %s %s", told[i].text, told[i].predicate, told[i].what);
        }
        forget(&r);
    }
}

static void who_stands_to_whom_is_no_role(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "Her colleague Anna Bell, a graduate of Vienna University, left. Erik Holm is a gentle man.",
              FRIDAY);
    expect_unsaid(&r, entity_of(&r, "Anna Bell"), "role", NULL);
    expect_said(&r, entity_of(&r, "Anna Bell"), "education", "Vienna University");
    expect_unsaid(&r, entity_of(&r, "Erik Holm"), "role", NULL);
    forget(&r);
    /* a place behind the body is the seat of the body */
    read_text(&r, "Maria Stone, an economist at Novera Bank in Vienna, left.", FRIDAY);
    expect_said(&r, entity_of(&r, "Maria Stone"), "affiliation", "Novera Bank");
    expect_unsaid(&r, entity_of(&r, "Maria Stone"), "affiliation", "Vienna");
    forget(&r);
    /* whose passport it is, is no nationality */
    read_text(&r, "Anna Bell, who holds Polish citizenship, left.", FRIDAY);
    expect_unsaid(&r, entity_of(&r, "Anna Bell"), "nationality", "Bell");
    forget(&r);
    /* an age at which something else happened is none now */
    read_text(&r, "Erik Holm joined the army at the age of 16.", FRIDAY);
    expect_unsaid(&r, entity_of(&r, "Erik Holm"), "age", NULL);
    forget(&r);
}

static void who_is_based_in_a_town_lives_there_and_the_town_is_no_name_with_a_hyphen(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Anna Bell, a Vienna-based lawyer, sued the ministry.", FRIDAY);
    expect_said(&r, entity_of(&r, "Anna Bell"), "residence", "Vienna");
    assert_int_equal(entity_of(&r, "Vienna-"), STEMMA_NONE);
    forget(&r);
    read_text(&r, "The Lund Institute opened in May. The ministry sued Anna Bell.", FRIDAY);
    assert_false(is_called(&r, entity_of(&r, "Lund Institute"), "The ministry"));
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
        cmocka_unit_test(bodies_have_founders_owners_and_seats),
        cmocka_unit_test(people_belong_work_live_and_study_somewhere),
        cmocka_unit_test(what_is_denied_is_a_negative_fact),
        cmocka_unit_test(the_office_of_a_country_is_tied_to_it),
        cmocka_unit_test(a_fact_in_somebodys_words_is_that_ones),
        cmocka_unit_test(forms_of_address_are_no_office),
        cmocka_unit_test(facts_of_many_forms_are_read),
        cmocka_unit_test(a_people_is_no_birthplace),
        cmocka_unit_test(a_nickname_is_no_object),
        cmocka_unit_test(what_stands_beside_names_is_read_widely),
        cmocka_unit_test(who_stands_to_whom_is_no_role),
        cmocka_unit_test(who_is_based_in_a_town_lives_there_and_the_town_is_no_name_with_a_hyphen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
