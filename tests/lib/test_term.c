/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "read/term.h"
#include "support/prng.h"

/* The terms of `text`, each followed by a space. */
static void terms(const char *tag, const char *text, char *out, size_t capacity)
{
    stm_word_maker *maker = NULL;
    stm_word_walk walk;
    stm_word word;
    size_t used = 0;
    uint32_t position = 0;
    assert_int_equal(stm_word_maker_new(&maker, stemma_text_of(tag)), STEMMA_OK);
    stm_word_walk_begin(&walk, maker, stemma_text_of(text));
    while (stm_word_walk_next(&walk, &word) == STEMMA_OK) {
        assert_true(word.span.end > word.span.start && word.span.end <= strlen(text));
        assert_int_equal(word.position, position++);
        used += (size_t)snprintf(out + used, capacity - used, "%.*s ", (int)word.size, word.text);
        assert_true(used < capacity);
    }
    if (used == 0) {
        out[0] = 0;
    }
    stm_word_maker_free(maker);
}

static void expect(const char *tag, const char *text, const char *expected)
{
    char out[4000];
    terms(tag, text, out, sizeof out);
    assert_string_equal(out, expected);
}

/* [I-26] */
static void english_words_are_folded_and_stemmed(void **state)
{
    (void)state;
    expect("en", "The prisoners were RELEASED; releasing 123 prisoner's keys!",
           "the prison were releas releas 123 prison key ");
    expect("en-GB", "Don't ask O'Hara", "dont ask ohara ");
    expect("", "The prisoners", "the prisoners ");
}

/* [I-26] */
static void case_and_marks_do_not_matter(void **state)
{
    (void)state;
    expect("", "Élan ÉLAN e\xcc\x81lan elan", "elan elan elan elan ");
    expect("", "Straße STRASSE", "strasse strasse ");
    expect("", "ﬁnal Ⅷ", "final viii ");
}

/* [I-27] */
static void each_language_has_its_own_stems(void **state)
{
    (void)state;
    expect("ru", "Освобождённые заключённые", "освобожден заключен ");
    expect("de", "Häuser Haus", "haus haus ");
    expect("fr", "l'homme libérée", "l homm liber ");
    assert_int_equal(stm_word_language(stemma_text_of("no")),
                     stm_word_language(stemma_text_of("nb-NO")));
    assert_int_equal(stm_word_language(stemma_text_of("eng")), STEMMA_NONE);
    assert_int_equal(stm_word_language(stemma_text_of("")), STEMMA_NONE);
    assert_int_equal(stm_word_language(stemma_text_of("EN_us")),
                     stm_word_language(stemma_text_of("en")));
}

/* [I-25] */
static void scripts_without_spaces_give_a_word_a_character(void **state)
{
    (void)state;
    expect("ja", "東京都 is", "東 京 都 is ");
}

/* [I-25] */
static void apostrophes_outside_words_are_no_part_of_them(void **state)
{
    (void)state;
    expect("en", "'quoted' rock 'n' roll' ''", "quot rock n roll ");
    expect("en", "it\xe2\x80\x99s", "it ");
}

/* [I-26] */
static void terms_are_cut_at_whole_characters(void **state)
{
    char text[600], out[600];
    (void)state;
    for (size_t lead = 0; lead < 3; lead++) {
        memset(text, 'x', lead);
        for (size_t i = 0; i < 150; i++) {
            memcpy(text + lead + 3 * i, "\xe1\x83\x90", 3); /* a Georgian letter */
        }
        text[lead + 450] = 0;
        terms("", text, out, sizeof out);
        assert_true(strlen(out) - 1 <= STM_TERM_LIMIT);
        assert_true(strlen(out) - 1 > STM_TERM_LIMIT - 3);
        assert_int_equal((strlen(out) - 1 - lead) % 3, 0);
    }
}

static void any_bytes_are_walked_over(void **state)
{
    prng random = {41};
    (void)state;
    for (int round = 0; round < 3000; round++) {
        size_t size = prng_below(&random, 300);
        char *bytes = malloc(size + 1);
        stm_word_maker *maker = NULL;
        stm_word_walk walk;
        stm_word word;
        uint32_t last = 0;
        assert_non_null(bytes);
        for (size_t i = 0; i < size; i++) {
            bytes[i] = (char)(prng_below(&random, 2) ? 0x80 + prng_below(&random, 0x80)
                                                     : prng_below(&random, 0x80));
        }
        assert_int_equal(stm_word_maker_new(&maker, stm_word_language_tag(
                                                        prng_below(&random, STM_WORD_LANGUAGES))),
                         STEMMA_OK);
        stm_word_walk_begin(&walk, maker, (stemma_text){bytes, size});
        while (stm_word_walk_next(&walk, &word) == STEMMA_OK) {
            assert_true(word.span.start >= last && word.span.end <= size);
            assert_true(word.size >= 1 && word.size <= STM_TERM_LIMIT);
            assert_null(memchr(word.text, 0, word.size));
            last = word.span.end;
        }
        stm_word_maker_free(maker);
        free(bytes);
    }
}

/* Pieces of texts: letters, marks, apostrophes of two kinds, scripts without spaces, what separates. */
static const char *const pieces[] = {"a", "B",    "7",            "'",            "\xe2\x80\x99", "\xc3\xa9",
                                     " ", ".",    "\xe4\xb8\xad", "\xd0\x9c",     "\xcc\x81",     "-",
                                     "x", "\n",   "\xe2\x80\x9c", "\xe3\x81\x82", "\xff",         "\xc2\xbd"};

/* That a word begins where the walk finds one, and nowhere else. */
static void words_begin_where_walks_find_them(void **state)
{
    prng random = {42};
    (void)state;
    for (int round = 0; round < 4000; round++) {
        char text[256] = "";
        char begins[256] = {0};
        stm_word_maker *maker = NULL;
        stm_word_walk walk;
        stemma_span span;
        for (uint32_t i = 0, count = prng_below(&random, 40); i < count; i++) {
            strcat(text, pieces[prng_below(&random, sizeof pieces / sizeof pieces[0])]);
        }
        assert_int_equal(stm_word_maker_new(&maker, stm_word_language_tag(
                                                        prng_below(&random, STM_WORD_LANGUAGES))),
                         STEMMA_OK);
        stm_word_walk_begin(&walk, maker, stemma_text_of(text));
        while (stm_word_walk_span(&walk, &span)) {
            begins[span.start] = 1;
        }
        for (size_t at = 0; text[at] != '\0'; at++) {
            if (((unsigned char)text[at] & 0xc0) != 0x80) {
                assert_int_equal(stm_word_begins(maker, stemma_text_of(text), at), begins[at]);
            }
        }
        stm_word_maker_free(maker);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(english_words_are_folded_and_stemmed),
        cmocka_unit_test(case_and_marks_do_not_matter),
        cmocka_unit_test(each_language_has_its_own_stems),
        cmocka_unit_test(scripts_without_spaces_give_a_word_a_character),
        cmocka_unit_test(apostrophes_outside_words_are_no_part_of_them),
        cmocka_unit_test(terms_are_cut_at_whole_characters),
        cmocka_unit_test(any_bytes_are_walked_over),
        cmocka_unit_test(words_begin_where_walks_find_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
