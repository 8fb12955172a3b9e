/* SPDX-License-Identifier: MIT */
/* The order in which the documents of a batch have their turns. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pack/intake.h"

static void the_largest_come_first(void **state)
{
    static const uint64_t sizes[] = {3, 900, 0, 70, UINT64_MAX};
    static const uint32_t expected[] = {4, 1, 3, 0, 2};
    uint32_t turns[STM_BATCH_MOST];
    (void)state;
    stm_intake_turns(sizes, 5, turns);
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(turns[i], expected[i]);
    }
}

static void those_of_one_size_come_as_they_stand(void **state)
{
    uint64_t sizes[STM_BATCH_MOST];
    uint32_t turns[STM_BATCH_MOST];
    uint8_t seen[STM_BATCH_MOST] = {0};
    (void)state;
    for (size_t i = 0; i < STM_BATCH_MOST; i++) {
        sizes[i] = i % 3;
    }
    stm_intake_turns(sizes, STM_BATCH_MOST, turns);
    for (size_t i = 0; i < STM_BATCH_MOST; i++) {
        seen[turns[i]]++;
        if (i != 0) {
            assert_true(sizes[turns[i]] < sizes[turns[i - 1]] || turns[i] > turns[i - 1]);
        }
    }
    for (size_t i = 0; i < STM_BATCH_MOST; i++) {
        assert_int_equal(seen[i], 1);
    }
    stm_intake_turns(sizes, 0, turns);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_largest_come_first),
        cmocka_unit_test(those_of_one_size_come_as_they_stand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
