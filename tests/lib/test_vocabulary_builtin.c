/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "stemma/vocabulary.h"

static const stemma_term *find(stemma_term_kind kind, stemma_text name)
{
    uint32_t count = 0;
    const stemma_term *terms = stemma_vocabulary_builtin(&count);
    for (uint32_t i = 0; i < count; i++) {
        if (terms[i].kind == kind && stemma_text_equal(terms[i].name, name)) {
            return &terms[i];
        }
    }
    return NULL;
}

/* */
static void terms_are_sorted_and_distinct(void **state)
{
    (void)state;
    uint32_t count = 0;
    const stemma_term *terms = stemma_vocabulary_builtin(&count);
    assert_true(count > 40);
    for (uint32_t i = 1; i < count; i++) {
        assert_true(terms[i - 1].kind < terms[i].kind ||
                    (terms[i - 1].kind == terms[i].kind &&
                     stemma_text_compare(terms[i - 1].name, terms[i].name) < 0));
    }
}

static void every_role_of_an_event_type_is_a_predicate(void **state)
{
    (void)state;
    uint32_t count = 0;
    const stemma_term *terms = stemma_vocabulary_builtin(&count);
    for (uint32_t i = 0; i < count; i++) {
        if (terms[i].kind != STEMMA_TERM_EVENT_TYPE) {
            assert_int_equal(terms[i].roles.size, 0);
            continue;
        }
        size_t start = 0;
        assert_true(terms[i].roles.size > 0);
        for (size_t at = 0; at <= terms[i].roles.size; at++) {
            if (at == terms[i].roles.size || terms[i].roles.data[at] == ' ') {
                stemma_text role = {terms[i].roles.data + start, at - start};
                assert_non_null(find(STEMMA_TERM_PREDICATE, role));
                start = at + 1;
            }
        }
    }
}

static void names_are_lower_case_words_joined_by_dots(void **state)
{
    (void)state;
    uint32_t count = 0;
    const stemma_term *terms = stemma_vocabulary_builtin(&count);
    for (uint32_t i = 0; i < count; i++) {
        int at_start = 1;
        assert_true(terms[i].label.size > 0);
        for (size_t j = 0; j < terms[i].name.size; j++) {
            char c = terms[i].name.data[j];
            assert_true((c >= 'a' && c <= 'z') || (!at_start && (c == '.' || c == '_')));
            at_start = c == '.';
        }
        assert_false(at_start);
    }
}

static void a_happening_has_one_time_but_many_patients(void **state)
{
    (void)state;
    const stemma_term *time = find(STEMMA_TERM_PREDICATE, stemma_text_of("time"));
    const stemma_term *patient = find(STEMMA_TERM_PREDICATE, stemma_text_of("patient"));
    assert_non_null(time);
    assert_non_null(patient);
    assert_int_equal(time->single_valued, 1);
    assert_int_equal(patient->single_valued, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(terms_are_sorted_and_distinct),
        cmocka_unit_test(every_role_of_an_event_type_is_a_predicate),
        cmocka_unit_test(names_are_lower_case_words_joined_by_dots),
        cmocka_unit_test(a_happening_has_one_time_but_many_patients),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
