/* SPDX-License-Identifier: MIT */
/* Packed bits and sums: as the processor does them, as any does them, and one by one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bits.h"
#include "support/prng.h"

#define MOST 300u

/* The bytes end where the format lets them end, so that reading further is seen by a sanitizer. */
static void one_column_unpacks(prng *random, unsigned width, uint32_t first, uint32_t count)
{
    const size_t size = (size_t)stm_bits_size(first + count, width) + STM_BITS_SLACK;
    uint8_t *data = malloc(size);
    uint32_t *quick = malloc((count + 1) * sizeof *quick), *plain = malloc((count + 1) * sizeof *plain);
    assert_non_null(data);
    assert_non_null(quick);
    assert_non_null(plain);
    for (size_t i = 0; i < size; i++) {
        data[i] = (uint8_t)prng_next(random);
    }
    quick[count] = plain[count] = 0xABCDEF01; /* nothing is written behind the last */
    stm_bits_unpack(data, first, count, width, quick);
    stm_bits_unpack_portably(data, first, count, width, plain);
    for (uint32_t i = 0; i < count; i++) {
        assert_int_equal(quick[i], (uint32_t)stm_bits_get(data, first + i, width));
    }
    assert_int_equal(quick[count], 0xABCDEF01);
    assert_memory_equal(quick, plain, (count + 1) * sizeof *quick);
    free(data);
    free(quick);
    free(plain);
}

static void elements_of_all_widths_unpack_alike(void **state)
{
    prng random = {5};
    (void)state;
    for (unsigned width = 0; width <= 32; width++) {
        for (uint32_t count = 0; count < 40; count++) {
            one_column_unpacks(&random, width, 0, count);
            one_column_unpacks(&random, width, prng_below(&random, 20), count);
        }
        one_column_unpacks(&random, width, 0, 255);
        one_column_unpacks(&random, width, 8 * prng_below(&random, 9), 256 + prng_below(&random, 40));
    }
}

static void sums_agree(void **state)
{
    uint32_t quick[MOST], plain[MOST], sum;
    prng random = {6};
    (void)state;
    for (uint32_t count = 0; count <= MOST; count++) {
        for (uint32_t i = 0; i < count; i++) { /* they leave 32 bits, now and then */
            quick[i] = plain[i] = (uint32_t)prng_next(&random) >> (count % 3 * 9);
        }
        sum = 0;
        stm_bits_sum(quick, count);
        for (uint32_t i = 0; i < count; i++) {
            sum += plain[i];
            assert_int_equal(quick[i], sum);
        }
        stm_bits_sum_portably(plain, count);
        assert_memory_equal(quick, plain, count * sizeof *quick);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elements_of_all_widths_unpack_alike),
        cmocka_unit_test(sums_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
