/* SPDX-License-Identifier: MIT */
/* Second numbers: what another source counts belongs to the event that was counted first. */
#include "extract_helpers.h"

#include <stdlib.h>

/** The speaker of the assertion that says `amount` of an event of `type`; -1 when nothing says it,
    -2 when the document says it itself. */
static int64_t speaker_of(const struct reading *r, const char *type, const char *amount)
{
    for (uint32_t i = 0; i < r->output.assertion_count; i++) {
        const stemma_assertion *assertion = &r->output.assertions[i];
        const stemma_quantity *quantity = &assertion->object.as.quantity;
        if (assertion->object.kind != STEMMA_OBJECT_QUANTITY ||
            !stemma_text_equal(r->output.referents[assertion->subject].type,
                               stemma_text_of(type))) {
            continue;
        }
        if (stemma_text_equal(quantity->amount, stemma_text_of(amount))) {
            return assertion->speaker == STEMMA_NONE ? -2 : (int64_t)assertion->speaker;
        }
    }
    return -1;
}

static void a_second_number_reaches_the_event_with_its_speaker(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "The police arrested 60 people in Lund on Monday. Lawyers put the number at 300.");
    assert_true(speaker_of(&r, "justice.arrest", "60") != -1);
    assert_true(speaker_of(&r, "justice.arrest", "300") != -1);
    assert_true(speaker_of(&r, "justice.arrest", "300") != -2);
    end_reading(&r);
    read_text(&r,
              "The police arrested 60 people in Lund on Monday. Lawyers spoke of more than 300.");
    assert_true(speaker_of(&r, "justice.arrest", "300") != -1);
    end_reading(&r);
}

static void numbers_of_other_things_stay_away(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "The police arrested 60 people in Lund on Monday. The council put the cost at $300.",
        "The police arrested 60 people in Lund on Monday. Three hundred houses burned.",
        "The police arrested 60 people in Lund on Monday. The council spoke of 300 houses.",
        "The council spoke of more than 300.",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct reading r;
        read_text(&r, texts[i]);
        assert_int_equal(speaker_of(&r, "justice.arrest", "300"), -1);
        end_reading(&r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_second_number_reaches_the_event_with_its_speaker),
        cmocka_unit_test(numbers_of_other_things_stay_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
