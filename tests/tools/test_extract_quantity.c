/* SPDX-License-Identifier: MIT */
#include "test_extract_event_support.h"

#include "pack/extract/annotation.h"
#include "support/reader_model.h"
#include "pack/extract/quantity_number.h"
#include "support/reader_model.h"

struct wanted {
    const char *raw;
    const char *amount;
    const char *lower;
    const char *upper;
    const char *unit;
    const char *counted;
    int modifier;
};

static void expect_quantities(const char *text, const struct wanted *wanted, uint32_t count)
{
    struct stm_arena arena;
    struct stm_annotation ann = {0};
    stemma_document document = {0};
    stm_arena_init(&arena, 0);
    document.text = stemma_text_of(text);
    document.published.edtf = stemma_text_of("2024-03-15");
    ann.model = reader_model();
    ann.arena = &arena;
    ann.model = reader_model();
    ann.document = &document;
    ann.text = document.text;
    assert_int_equal(stm_extract_tokens(&ann), STEMMA_OK);
    assert_int_equal(stm_extract_sentences(&ann), STEMMA_OK);
    assert_int_equal(stm_extract_tags(&ann), STEMMA_OK);
    assert_int_equal(stm_extract_syntax(&ann), STEMMA_OK);
    assert_int_equal(stm_extract_names(&ann), STEMMA_OK);
    assert_int_equal(stm_extract_times(&ann), STEMMA_OK);
    assert_int_equal(stm_extract_quantities(&ann), STEMMA_OK);
    if (ann.quantity_count != count) {
        fail_msg("%u quantities in \"%s\"", ann.quantity_count, text);
    }
    for (uint32_t i = 0; i < count; i++) {
        const stemma_quantity *got = &ann.quantities[i].value;
        if (!says(got->raw, wanted[i].raw) || !says(got->amount, wanted[i].amount) ||
            !says(got->lower, wanted[i].lower) || !says(got->upper, wanted[i].upper) ||
            !says(got->unit, wanted[i].unit) || !says(got->counted, wanted[i].counted) ||
            got->modifier != wanted[i].modifier) {
            fail_msg("\"%s\": \"%.*s\" = %.*s [%.*s, %.*s] %.*s %.*s %d", text, (int)got->raw.size,
                     got->raw.data, (int)got->amount.size, got->amount.data, (int)got->lower.size,
                     got->lower.data, (int)got->upper.size, got->upper.data, (int)got->unit.size,
                     got->unit.data, (int)got->counted.size, got->counted.data, got->modifier);
        }
    }
    stm_arena_free(&arena);
}

static void expect_one(const char *text, struct wanted wanted)
{
    expect_quantities(text, &wanted, 1);
}

static void numbers_in_words_and_digits_count_nouns(void **state)
{
    (void)state;
    expect_one("Police freed 137 prisoners.",
               (struct wanted){"137 prisoners", "137", "137", "137", "", "prisoner", 0});
    expect_one(
        "Forty-one political prisoners came home.",
        (struct wanted){"Forty-one political prisoners", "41", "41", "41", "", "prisoner", 0});
    expect_one("There were 2,318 prisoners.",
               (struct wanted){"2,318 prisoners", "2318", "2318", "2318", "", "prisoner", 0});
    expect_one(
        "There were two hundred and fifty soldiers.",
        (struct wanted){"two hundred and fifty soldiers", "250", "250", "250", "", "soldier", 0});
    expect_one(
        "The country has 1.2 million people.",
        (struct wanted){"1.2 million people", "1200000", "1200000", "1200000", "", "person", 0});
}

static void modifiers_bound_the_amount(void **state)
{
    (void)state;
    expect_one("It freed at least 12 prisoners.",
               (struct wanted){"at least 12 prisoners", "12", "12", "", "", "prisoner",
                               STEMMA_MODIFIER_AT_LEAST});
    expect_one("It freed more than 1,000 prisoners.",
               (struct wanted){"more than 1,000 prisoners", "1000", "1000", "", "", "prisoner",
                               STEMMA_MODIFIER_MORE_THAN});
    expect_one("It freed up to 50 prisoners.",
               (struct wanted){"up to 50 prisoners", "50", "", "50", "", "prisoner",
                               STEMMA_MODIFIER_AT_MOST});
    expect_one(
        "It freed about 50 prisoners.",
        (struct wanted){"about 50 prisoners", "50", "", "", "", "prisoner", STEMMA_MODIFIER_ABOUT});
    expect_one("It freed 10 to 12 prisoners.",
               (struct wanted){"10 to 12 prisoners", "", "10", "12", "", "prisoner", 0});
}

static void vague_numbers_have_bounds_only(void **state)
{
    (void)state;
    expect_one("It freed dozens of prisoners.",
               (struct wanted){"dozens of prisoners", "", "24", "99", "", "prisoner", 0});
    expect_one(
        "Tens of thousands of people came.",
        (struct wanted){"Tens of thousands of people", "", "20000", "99999", "", "person", 0});
    expect_one("Millions of people came.",
               (struct wanted){"Millions of people", "", "2000000", "", "", "person", 0});
    expect_one("It freed a dozen prisoners.", (struct wanted){"a dozen prisoners", "12", "", "", "",
                                                              "prisoner", STEMMA_MODIFIER_ABOUT});
}

static void money_shares_and_spans_have_units(void **state)
{
    (void)state;
    expect_one("They paid $5 million.",
               (struct wanted){"$5 million", "5000000", "5000000", "5000000", "USD", "", 0});
    expect_one("They won 61.5% there.",
               (struct wanted){"61.5%", "61.5", "61.5", "61.5", "percent", "", 0});
    expect_one("She served a three-year term.",
               (struct wanted){"three-year", "3", "3", "3", "year", "", 0});
    expect_one("He was sentenced to 10 years in a labour camp.",
               (struct wanted){"10 years", "10", "10", "10", "year", "", 0});
}

static void a_part_is_a_quantity_of_its_own(void **state)
{
    (void)state;
    const struct wanted both[] = {{"63 people", "63", "63", "63", "", "person", 0},
                                  {"17 foreigners", "17", "17", "17", "", "foreigner", 0}};
    expect_quantities("It freed 63 people, including 17 foreigners.", both, 2);
}

static void labels_pronouns_and_years_are_no_quantities(void **state)
{
    (void)state;
    expect_quantities("No one came in 2021 to see Article 5.", NULL, 0);
    expect_quantities("This one is good.", NULL, 0);
}

static void numbers_without_end_are_refused(void **state)
{
    (void)state;
    struct stm_token token = {.lower = stemma_text_of("99999999999999999999999")};
    struct stm_number number;
    uint32_t value = 0;
    char text[STM_NUMBER_TEXT];
    assert_int_equal(stm_number_read(&token, 1, &number), 0);
    assert_int_equal(stm_number_of_word(stemma_text_of("4294967296"), &value), 0);
    assert_int_equal(stm_number_of_word(stemma_text_of("4294967295"), &value), 1);
    stm_number_text(UINT64_MAX, text);
    assert_string_equal(text, "1844674407370955.1615");
    stm_number_text(5000, text);
    assert_string_equal(text, "0.5");
}

static void fractions_are_percent_of_what_they_count(void **state)
{
    (void)state;
    expect_one("A third of voters stayed home.",
               (struct wanted){"A third of voters", "33.3", "", "", "percent", "voter",
                               STEMMA_MODIFIER_ABOUT});
    expect_one("More than half of the members voted.",
               (struct wanted){"More than half of the members", "50", "50", "", "percent", "member",
                               STEMMA_MODIFIER_MORE_THAN});
    expect_one("One in five children goes hungry.",
               (struct wanted){"One in five children", "20", "20", "20", "percent", "child", 0});
}

static void money_has_the_currency_of_its_country(void **state)
{
    (void)state;
    expect_one("It cost C$3m.",
               (struct wanted){"C$3m", "3000000", "3000000", "3000000", "CAD", "", 0});
    expect_one(
        "The fine was 300,000 Kenyan shillings.",
        (struct wanted){"300,000 Kenyan shillings", "300000", "300000", "300000", "KES", "", 0});
    expect_one("Officials lost Rs 5 crore.",
               (struct wanted){"Rs 5 crore", "50000000", "50000000", "50000000", "INR", "", 0});
    expect_one("They lost $2m to $3m.",
               (struct wanted){"$2m to $3m", "", "2000000", "3000000", "USD", "", 0});
}

static void a_bare_number_counts_what_was_spoken_of(void **state)
{
    (void)state;
    const struct wanted rivals[] = {
        {"4,000 protesters", "4000", "4000", "4000", "", "protester", 0},
        {"1,500", "1500", "1500", "1500", "", "protester", 0}};
    expect_quantities("Organisers counted 4,000 protesters. Police put it at 1,500.", rivals, 2);
    const struct wanted part[] = {{"40 passengers", "40", "40", "40", "", "passenger", 0},
                                  {"12", "12", "12", "12", "", "passenger", 0}};
    expect_quantities("The bus carried 40 passengers, of whom 12 were women.", part, 2);
    expect_one("The death toll rose to 21.",
               (struct wanted){"21", "21", "21", "21", "", "person", 0});
    expect_one("The number of prisoners fell to 1,227.",
               (struct wanted){"1,227", "1227", "1227", "1227", "", "prisoner", 0});
}

static void ranges_and_vague_numbers_are_bounds(void **state)
{
    (void)state;
    expect_one("They found two or three shells.",
               (struct wanted){"two or three shells", "", "2", "3", "", "shell", 0});
    expect_one("They lost between 5 and 7 men.",
               (struct wanted){"between 5 and 7 men", "", "5", "7", "", "man", 0});
    expect_one("Several hundred people came.",
               (struct wanted){"Several hundred people", "", "200", "", "", "person", 0});
    expect_one("He held 40-odd villages.", (struct wanted){"40-odd villages", "40", "", "", "",
                                                           "village", STEMMA_MODIFIER_ABOUT});
    expect_one("They waited for three and a half years.",
               (struct wanted){"three and a half years", "3.5", "3.5", "3.5", "year", "", 0});
}

static void labels_codes_scores_and_ages_count_nothing(void **state)
{
    (void)state;
    expect_quantities("Call +375 29 123 45 67 today.", NULL, 0);
    expect_quantities("They won 3-1 in Lund.", NULL, 0);
    expect_quantities("Ivo Lund, 45, said no.", NULL, 0);
    expect_quantities("The 69-year-old man left.", NULL, 0);
    expect_quantities("He is 69 years old.", NULL, 0);
    expect_quantities("At 6 p.m. he left.", NULL, 0);
    expect_quantities("She dialled 911.", NULL, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fractions_are_percent_of_what_they_count),
        cmocka_unit_test(money_has_the_currency_of_its_country),
        cmocka_unit_test(a_bare_number_counts_what_was_spoken_of),
        cmocka_unit_test(ranges_and_vague_numbers_are_bounds),
        cmocka_unit_test(labels_codes_scores_and_ages_count_nothing),
        cmocka_unit_test(numbers_in_words_and_digits_count_nouns),
        cmocka_unit_test(modifiers_bound_the_amount),
        cmocka_unit_test(vague_numbers_have_bounds_only),
        cmocka_unit_test(money_shares_and_spans_have_units),
        cmocka_unit_test(a_part_is_a_quantity_of_its_own),
        cmocka_unit_test(labels_pronouns_and_years_are_no_quantities),
        cmocka_unit_test(numbers_without_end_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
