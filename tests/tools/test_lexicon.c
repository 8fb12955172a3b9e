/* SPDX-License-Identifier: MIT */
/* The index of the lexicon, and the comparison of checks in the tables of the models. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "pack/extract/lexicon.h"
#include "pack/model/hash_features.h"

static void every_word_is_found_with_its_row(void **state)
{
    (void)state;
    for (size_t i = 0; i < stm_lexicon_place_count; i++) {
        stemma_text name = stemma_text_of(stm_lexicon_places[i].name);
        assert_ptr_equal(stm_lexicon_place(name), &stm_lexicon_places[i]);
    }
    for (size_t i = 0; i < stm_lexicon_given_count; i++) {
        stemma_text name = stemma_text_of(stm_lexicon_given_names[i].name);
        assert_ptr_equal(stm_lexicon_given(name), &stm_lexicon_given_names[i]);
        assert_true(stm_lexicon_has(STM_LEXICON_GIVEN, name));
    }
    for (size_t i = 0; i < stm_lexicon_demonym_count; i++) {
        stemma_text word = stemma_text_of(stm_lexicon_demonyms[i].word);
        assert_ptr_equal(stm_lexicon_demonym(word), &stm_lexicon_demonyms[i]);
    }
    for (size_t i = 0; i < stm_lexicon_form_count; i++) {
        stemma_text form = stemma_text_of(stm_lexicon_forms[i].form);
        assert_ptr_equal(stm_lexicon_form(form), &stm_lexicon_forms[i]);
    }
    for (size_t i = 0; i < stm_lexicon_closed_count; i++) {
        stemma_text word = stemma_text_of(stm_lexicon_closed[i].word);
        assert_int_equal(stm_lexicon_closed_tag(word), stm_lexicon_closed[i].tag);
    }
}

/* Whether the tables themselves have a word in a list. */
static int is_listed(uint32_t list, stemma_text word)
{
    const char *const *words = NULL;
    size_t count = 0;
    if (list == STM_LEXICON_VERB || list == STM_LEXICON_NOUN) {
        words = list == STM_LEXICON_VERB ? stm_lexicon_verbs : stm_lexicon_nouns;
        count = list == STM_LEXICON_VERB ? stm_lexicon_verb_count : stm_lexicon_noun_count;
    } else if (list < STM_LEXICON_GIVEN) {
        size_t persons = stm_lexicon_person_count;
        const struct stm_word_list *found =
            list < persons ? &stm_lexicon_person[list] : &stm_lexicon_name[list - persons];
        words = found->words;
        count = found->count;
    }
    for (size_t i = 0; i < count; i++) {
        if (stemma_text_equal(stemma_text_of(words[i]), word)) {
            return 1;
        }
    }
    return 0;
}

static void a_word_is_in_its_lists_and_in_no_other(void **state)
{
    (void)state;
    for (size_t i = 0; i < stm_lexicon_name_count; i++) {
        for (size_t k = 0; k < stm_lexicon_name[i].count; k++) {
            stemma_text word = stemma_text_of(stm_lexicon_name[i].words[k]);
            for (uint32_t list = 0; list <= STM_LEXICON_NOUN; list++) {
                if (list != STM_LEXICON_GIVEN) {
                    assert_int_equal(stm_lexicon_has((enum stm_lexicon_list)list, word),
                                     is_listed(list, word));
                }
            }
        }
    }
}

static void what_no_table_has_is_not_found(void **state)
{
    (void)state;
    char begun[64];
    static const char *const strangers[] = {"qxzzt", "\xC3\xA9\xC3\xA9\xC3\xA9q", " ", "ministerq"};
    for (size_t i = 0; i < sizeof strangers / sizeof *strangers; i++) {
        assert_null(stm_lexicon_find(stemma_text_of(strangers[i])));
    }
    assert_null(stm_lexicon_find((stemma_text){NULL, 0}));
    /* Part of a word is another word. */
    memcpy(begun, "minister", 8);
    assert_non_null(stm_lexicon_find((stemma_text){begun, 8}));
    assert_null(stm_lexicon_find((stemma_text){begun, 7}));
}

static void the_first_equal_check_is_found(void **state)
{
    (void)state;
    uint8_t checks[16];
    for (uint32_t slot = 0; slot < 8; slot++) {
        for (uint32_t second = slot; second < 8; second++) {
            memset(checks, 0x7F, sizeof checks);
            checks[2 * slot] = checks[2 * second] = 0x34;
            checks[2 * slot + 1] = checks[2 * second + 1] = 0xF2;
            assert_int_equal(stm_find_check(checks, 0xABCDF234u), slot);
        }
    }
    assert_int_equal(stm_find_check(checks, 0x0000F235u), 8);
    assert_int_equal(stm_find_check(checks, 0x00003434u), 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_word_is_found_with_its_row),
        cmocka_unit_test(a_word_is_in_its_lists_and_in_no_other),
        cmocka_unit_test(what_no_table_has_is_not_found),
        cmocka_unit_test(the_first_equal_check_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
