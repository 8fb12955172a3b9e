/* SPDX-License-Identifier: MIT */
/* Steps of amounts: they ascend, and what quantities reach is never narrower than what they may mean. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "event_amount.h"
#include "support/prng.h"

static stemma_quantity quantity(uint8_t modifier, const char *amount, const char *lower,
                                const char *upper)
{
    stemma_quantity out;
    memset(&out, 0, sizeof out);
    out.modifier = modifier;
    out.amount = stemma_text_of(amount);
    out.lower = stemma_text_of(lower);
    out.upper = stemma_text_of(upper);
    return out;
}

static void expect(stemma_quantity of, uint32_t least, uint32_t greatest)
{
    stm_amount_reach reach = stm_amount_reach_of(&of);
    assert_int_equal(reach.least, least);
    assert_int_equal(reach.greatest, greatest);
}

/* [P-32] */
static void steps_ascend(void **state)
{
    uint32_t last = STM_STEP_BELOW;
    (void)state;
    for (uint64_t number = 0; number < 100000; number++) {
        uint32_t step = stm_amount_step(number);
        assert_true(number < 64 ? step == STM_STEP_ZERO + number : step >= last && step <= last + 1);
        last = step;
    }
    for (unsigned bit = 6; bit < 64; bit++) {
        uint64_t number = UINT64_C(1) << bit;
        uint32_t rise = stm_amount_step(number) - stm_amount_step(number - 1);
        assert_int_equal(rise, bit <= 60); /* a new step at each power of two */
        assert_int_equal(stm_amount_step(number + number / 32) - stm_amount_step(number), bit < 60);
    }
    assert_int_equal(stm_amount_step(STM_AMOUNT_MOST), STM_STEP_MOST);
    assert_int_equal(stm_amount_step(UINT64_MAX), STM_STEP_MOST);
    assert_int_equal(stm_amount_step_of(-0.5), STM_STEP_BELOW);
    assert_int_equal(stm_amount_step_of(17.9), STM_STEP_ZERO + 17);
    assert_int_equal(stm_amount_step_of(1e300), STM_STEP_MOST);
}

/* [I-36] */
static void quantities_reach_what_they_say(void **state)
{
    const uint32_t zero = STM_STEP_ZERO, most = STM_STEP_MOST, below = STM_STEP_BELOW;
    (void)state;
    expect(quantity(0, "", "", ""), 0, 0);
    expect(quantity(0, "3", "", ""), 5, 5);
    expect(quantity(0, "2.5", "", ""), zero + 2, zero + 3);
    expect(quantity(0, "2.000", "", ""), zero + 2, zero + 2);
    expect(quantity(0, "0", "", ""), zero, zero);
    expect(quantity(0, "-0.0", "", ""), zero, zero);
    expect(quantity(0, "-0.1", "", ""), below, below);
    expect(quantity(STEMMA_MODIFIER_ABOUT, "1000", "", ""), 186, 196);
    expect(quantity(STEMMA_MODIFIER_ABOUT, "20", "", ""), zero + 18, zero + 22);
    expect(quantity(STEMMA_MODIFIER_ABOUT, "-20", "", ""), below, below);
    expect(quantity(STEMMA_MODIFIER_MORE_THAN, "50", "", ""), zero + 50, most);
    expect(quantity(STEMMA_MODIFIER_AT_LEAST, "50", "", ""), zero + 50, most);
    expect(quantity(STEMMA_MODIFIER_AT_MOST, "50", "", ""), zero, zero + 50);
    expect(quantity(STEMMA_MODIFIER_LESS_THAN, "-5", "", ""), below, below);
    expect(quantity(STEMMA_MODIFIER_MORE_THAN, "50", "51", ""), zero + 51, most);
    expect(quantity(STEMMA_MODIFIER_MORE_THAN, "50", "51", "60"), zero + 51, zero + 60);
    expect(quantity(0, "", "7", ""), zero + 7, most);
    expect(quantity(0, "", "", "7"), below, zero + 7);
    expect(quantity(0, "5", "9", "7"), zero + 9, zero + 9); /* makes no sense: never narrower */
    expect(quantity(0, "99999999999999999999999999999999999999", "", ""), most, most);
}

/* Decimals with long fractions, read exactly here and by strtod(): what that takes for the amount has a step
   within the reach. */
static void no_amount_lies_outside_its_reach(void **state)
{
    prng random = {41};
    (void)state;
    for (uint32_t round = 0; round < 200000; round++) {
        char text[48];
        uint32_t digits = 1 + prng_below(&random, 12), size = 0;
        for (uint32_t i = 0; i < digits; i++) {
            text[size++] = (char)('0' + prng_below(&random, 10));
        }
        text[size++] = '.';
        for (uint32_t i = 0; i < 24; i++) {
            text[size++] = prng_below(&random, 3) != 0 ? '9' : '0';
        }
        text[size] = 0;
        uint8_t modifier = prng_below(&random, 2) != 0 ? STEMMA_MODIFIER_ABOUT : STEMMA_MODIFIER_NONE;
        stemma_quantity of = quantity(modifier, text, "", "");
        stm_amount_reach reach = stm_amount_reach_of(&of);
        double amount = strtod(text, NULL), slack = modifier == 0 ? 0 : amount / 10;
        assert_true(stm_amount_step_of(amount - slack) >= reach.least);
        assert_true(stm_amount_step_of(amount + slack) <= reach.greatest);
    }
}

static void a_reach_is_read_as_it_was_written(void **state)
{
    prng random = {43};
    stm_amount_reach reach;
    (void)state;
    for (uint32_t round = 0; round < 50000; round++) {
        uint32_t least = 1 + prng_below(&random, STM_STEP_MOST);
        uint32_t greatest = least + prng_below(&random, STM_STEP_MOST + 1 - least);
        stm_amount_reach made = {least, round % 3 == 0 ? STM_STEP_MOST : greatest};
        assert_true(stm_amount_reach_read(made.least, stm_amount_above(made), &reach));
        assert_int_equal(reach.least, made.least);
        assert_int_equal(reach.greatest, made.greatest);
    }
    assert_true(stm_amount_reach_read(0, 0, &reach) && reach.least == 0);
    /* What no writer makes: each of these has another form, or none. */
    assert_false(stm_amount_reach_read(0, 1, &reach));
    assert_false(stm_amount_reach_read(-1, 0, &reach));
    assert_false(stm_amount_reach_read(STM_STEP_MOST + 1, 0, &reach));
    assert_false(stm_amount_reach_read(STM_STEP_MOST, 1, &reach));
    assert_false(stm_amount_reach_read(10, STM_STEP_MOST - 9, &reach));
    assert_false(stm_amount_reach_read(INT64_MAX, INT64_MAX, &reach));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_ascend),
        cmocka_unit_test(quantities_reach_what_they_say),
        cmocka_unit_test(no_amount_lies_outside_its_reach),
        cmocka_unit_test(a_reach_is_read_as_it_was_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
