/* SPDX-License-Identifier: MIT */
/* Names that were taken apart once compare as they do when they are taken apart for each pair. */
#include "name/name_token.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *const NAMES[] = {
    "Ilana Voss",
    "Dr. Ilana Voss",
    "I. Voss",
    "Mayor",
    "President General",
    "Hasan et-Tayib al-Rashid",
    "Hassan al Tayyib Rashid",
    "Van der Bilt",
    "Vanderbilt, Orla",
    "Bill Harrowgate",
    "William Harrowgate",
    "Sankt Vellmar Bank AG",
    "SanktVellmar Bank",
    "Bank of Vellmar",
    "BOV",
    "The First Centre for Labour of Tessaly",
    "1st Center for Labor of Tessaly",
    "of the",
    "Kestrel Airways Ltd",
    "Kestrel",
    "the United States",
    "USA",
    "Velmora",
    "Welmora",
    "Вельмора",
    "a b c d e f g h i j k l m n o p q r s t u v w x y z",
    "x",
};

#define COUNT (sizeof NAMES / sizeof NAMES[0])

static const stm_name_parts *parts_of(stemma_text name, stemma_name_class kind)
{
    stm_name_tokens tokens;
    assert_int_equal(stm_name_split(&tokens, name), STEMMA_OK);
    stm_name_prepare(&tokens, kind);
    void *room = malloc(stm_name_parts_size(&tokens));
    assert_non_null(room);
    const stm_name_parts *parts = stm_name_parts_make(&tokens, room);
    memset(&tokens, 0xA5, sizeof tokens); /* nothing may point there */
    return parts;
}

static void all_pairs_score_the_same(void **state)
{
    (void)state;
    for (int kind = STEMMA_NAME_CLASS_OTHER; kind <= STEMMA_NAME_CLASS_PLACE; kind++) {
        const stm_name_parts *parts[COUNT];
        uint32_t alike = 0;
        for (size_t i = 0; i < COUNT; i++) {
            parts[i] = parts_of(stemma_text_of(NAMES[i]), (stemma_name_class)kind);
        }
        for (int again = 0; again < 2; again++) { /* comparing changes nothing */
            for (size_t i = 0; i < COUNT; i++) {
                for (size_t j = 0; j < COUNT; j++) {
                    stemma_text a = stemma_text_of(NAMES[i]);
                    stemma_text b = stemma_text_of(NAMES[j]);
                    int first = stemma_text_compare(a, b) <= 0;
                    uint32_t score = stm_name_parts_similarity(parts[first ? i : j], parts[first ? j : i],
                                                               (stemma_name_class)kind);
                    assert_int_equal(score, stemma_name_similarity(a, b, (stemma_name_class)kind));
                    alike += i != j && score >= STEMMA_NAME_LIKELY;
                }
            }
        }
        assert_true(alike > 0);
        for (size_t i = 0; i < COUNT; i++) {
            free((void *)(uintptr_t)parts[i]);
        }
    }
}

static void spellings_and_forms_of_organisations_still_count(void **state)
{
    (void)state;
    static const char *const SAME[][2] = {
        {"The First Centre for Labour of Tessaly", "1st Center for Labor of Tessaly"},
        {"Sankt Vellmar Bank AG", "SanktVellmarBank AG"},
        {"Kestrel Airways Ltd", "Kestrel Airways"},
    };
    for (size_t i = 0; i < sizeof SAME / sizeof SAME[0]; i++) {
        assert_int_equal(stemma_name_similarity(stemma_text_of(SAME[i][0]), stemma_text_of(SAME[i][1]),
                                                STEMMA_NAME_CLASS_ORGANIZATION),
                         1000);
    }
    assert_int_equal(stemma_name_similarity(stemma_text_of("BOV"), stemma_text_of("Bank of Vellmar"),
                                            STEMMA_NAME_CLASS_ORGANIZATION),
                     900);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_pairs_score_the_same),
        cmocka_unit_test(spellings_and_forms_of_organisations_still_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
