/* SPDX-License-Identifier: MIT */
/* Postings that are added list by list give the records of those that are added one by one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "posting.h"
#include "support/prng.h"

#define MOST 3000u

typedef struct records {
    uint8_t bytes[1 << 20];
    size_t size;
} records;

static stemma_status keep(void *context, stemma_bytes key, stemma_bytes value)
{
    records *to = context;
    assert_true(to->size + key.size + value.size <= sizeof to->bytes);
    memcpy(to->bytes + to->size, key.data, key.size);
    memcpy(to->bytes + to->size + key.size, value.data, value.size);
    to->size += key.size + value.size;
    return STEMMA_OK;
}

static uint32_t make_list(prng *random, int with_payloads, uint32_t *ids, uint32_t *payloads)
{
    uint32_t count = 1 + prng_below(random, prng_below(random, 4) == 0 ? MOST : 20);
    uint32_t id = prng_below(random, 50);
    for (uint32_t i = 0; i < count; i++) {
        int again = with_payloads && i != 0 && prng_below(random, 5) == 0;
        ids[i] = id += again ? 0 : 1 + prng_below(random, 1u << prng_below(random, 12));
        payloads[i] = !with_payloads ? 0 : again ? payloads[i - 1] + 1 : 7 + prng_below(random, 3);
    }
    return count;
}

static void lists_give_the_records_of_single_postings(void **state)
{
    static records one, many;
    static stm_posting_builder singles, lists;
    static uint32_t ids[MOST], payloads[MOST];
    (void)state;
    for (uint64_t seed = 1; seed <= 30; seed++) {
        prng random = {seed};
        int with_payloads = seed % 2 == 0;
        one.size = many.size = 0;
        stm_posting_begin(&singles, 4, keep, &one);
        stm_posting_begin(&lists, 4, keep, &many);
        for (uint32_t list = 3; list < 60; list += 1 + prng_below(&random, 3)) {
            uint8_t key[4];
            uint32_t count = make_list(&random, with_payloads, ids, payloads);
            stm_key_u32(key, list);
            for (uint32_t i = 0; i < count; i++) {
                assert_int_equal(stm_posting_add(&singles, (stemma_bytes){key, 4}, ids[i], payloads[i]), STEMMA_OK);
            }
            for (uint32_t at = 0; at < count;) { /* in pieces of any size */
                uint32_t piece = prng_below(&random, 700);
                piece = piece < count - at ? piece : count - at;
                assert_int_equal(stm_posting_add_list(&lists, (stemma_bytes){key, 4}, ids + at,
                                                      with_payloads ? payloads + at : NULL, piece),
                                 STEMMA_OK);
                at += piece;
            }
        }
        assert_int_equal(stm_posting_end(&singles), STEMMA_OK);
        assert_int_equal(stm_posting_end(&lists), STEMMA_OK);
        assert_true(one.size > 0);
        assert_int_equal(many.size, one.size);
        assert_memory_equal(many.bytes, one.bytes, one.size);
    }
}

static void lists_out_of_order_are_refused(void **state)
{
    static stm_posting_builder builder;
    static records none;
    static const uint32_t falling[] = {4, 6, 5}, twice[] = {4, 4}, more[] = {9, 10};
    static const uint32_t ascending[] = {1, 2}, equal[] = {2, 2};
    const uint8_t key[4] = {0, 0, 0, 1};
    const stemma_bytes list = {key, 4};
    (void)state;
    stm_posting_begin(&builder, 4, keep, &none);
    assert_int_equal(stm_posting_add_list(&builder, list, falling, NULL, 3), STEMMA_E_MISUSE);
    assert_int_equal(stm_posting_add_list(&builder, list, more, NULL, 2), STEMMA_E_MISUSE); /* latched */
    stm_posting_begin(&builder, 4, keep, &none);
    assert_int_equal(stm_posting_add_list(&builder, list, twice, NULL, 2), STEMMA_E_MISUSE);
    stm_posting_begin(&builder, 4, keep, &none);
    assert_int_equal(stm_posting_add_list(&builder, list, twice, ascending, 2), STEMMA_OK);
    assert_int_equal(stm_posting_add_list(&builder, list, twice, NULL, 0), STEMMA_OK);
    assert_int_equal(stm_posting_add_list(&builder, list, twice, ascending, 2), STEMMA_E_MISUSE);
    stm_posting_begin(&builder, 4, keep, &none);
    assert_int_equal(stm_posting_add_list(&builder, list, twice, equal, 2), STEMMA_E_MISUSE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_give_the_records_of_single_postings),
        cmocka_unit_test(lists_out_of_order_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
