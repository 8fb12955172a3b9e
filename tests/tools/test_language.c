/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "pack/extract/language.h"

static const char *code_of(const char *text)
{
    stemma_document document;
    memset(&document, 0, sizeof document);
    document.text = stemma_text_of(text);
    const struct stm_language *language = stm_language_of(&document);
    return language != NULL ? language->code : "";
}

static void english_is_english_with_foreign_names_and_quotations(void **state)
{
    (void)state;
    assert_string_equal(
        code_of("The minister said on Monday that the talks in Kyiv would go on for "
                "a week."),
        "en");
    assert_string_equal(code_of("\"Nous sommes libres\", the men said as they left the jail on "
                                "Monday, and they were met by a crowd of hundreds."),
                        "en");
    assert_string_equal(
        code_of("POLICE IN THE CITY OF KORVA SAID ON MONDAY THAT TWELVE PEOPLE WERE HURT."), "en");
}

static void other_languages_are_told_by_words_and_by_letters(void **state)
{
    (void)state;
    assert_string_equal(
        code_of("Der Minister hat am Montag in Lund seinen Abschied erklärt, und die "
                "Regierung muss nun einen anderen finden."),
        "de");
    assert_string_equal(
        code_of("Le ministre a dit lundi que les hommes sont libres, et que le juge "
                "les a vus dans la prison de Lund."),
        "fr");
    assert_string_equal(code_of("El ministro dijo el lunes que los presos de la cárcel de Lund "
                                "salieron por la tarde con sus familias."),
                        "es");
    assert_string_equal(code_of("В понедельник в Лунде были освобождены люди."), "ru");
    assert_string_equal(code_of("У панядзелак у Лундзе вызвалілі людзей, сказаў міністр."), "be");
    assert_string_equal(code_of("قال الوزير يوم الاثنين إن الرجال خرجوا من السجن"), "ar");
    assert_string_equal(code_of("部长周一表示，五十二人已经从监狱获释，回到了各自的家中。"), "zh");
}

static void what_is_no_prose_is_in_no_language(void **state)
{
    (void)state;
    assert_string_equal(code_of(""), "");
    assert_string_equal(code_of("a"), "");
    assert_string_equal(code_of("... !!! ((("), "");
    assert_string_equal(
        code_of("for (i = 0; i < n; i++) { a[i] = b[i] * i; z += w[i]; i++; o(i); }"), "");
    assert_string_equal(code_of("Almar 1,200 45.2% Korva 900 33.1% Lund 600 21.7%"), "");
}

static void only_the_beginning_is_looked_at_and_furniture_is_not(void **state)
{
    (void)state;
    static const char german[] = "Der Mann und die Frau sind mit dem Kind in der Stadt, und es ist "
                                 "nicht weit zu dem Haus auf dem Berg. ";
    static const char english[] = "The council said that it was not for the men to say what they "
                                  "would do with the house on the hill.";
    char text[sizeof german + sizeof english];
    memcpy(text, german, sizeof german - 1);
    memcpy(text + sizeof german - 1, english, sizeof english);
    stemma_span furniture = {0, (uint32_t)(sizeof german - 1)};
    stemma_document document;
    memset(&document, 0, sizeof document);
    document.text = stemma_text_of(text);
    document.furniture = &furniture;
    document.furniture_count = 1;
    assert_string_equal(stm_language_of(&document)->code, "en");

    size_t size = (size_t)5 << 20;
    char *large = malloc(size + 1);
    assert_non_null(large);
    memset(large, 'x', size);
    memcpy(large, english, sizeof english - 1);
    large[size] = '\0';
    document.text = stemma_text_of(large);
    document.furniture_count = 0;
    assert_string_equal(stm_language_of(&document)->code, "en");
    free(large);
}

static void the_table_of_words_is_sorted(void **state)
{
    (void)state;
    for (size_t i = 1; i < stm_language_word_count; i++) {
        assert_true(strcmp(stm_language_words[i - 1].word, stm_language_words[i].word) < 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(english_is_english_with_foreign_names_and_quotations),
        cmocka_unit_test(other_languages_are_told_by_words_and_by_letters),
        cmocka_unit_test(what_is_no_prose_is_in_no_language),
        cmocka_unit_test(only_the_beginning_is_looked_at_and_furniture_is_not),
        cmocka_unit_test(the_table_of_words_is_sorted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
