/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "key.h"
#include "limits.h"
#include "support/prng.h"

static void tables_are_in_ascending_order_of_name(void **state)
{
    (void)state;
    for (unsigned i = 1; i < STM_TABLE_COUNT; i++) {
        assert_true(strcmp(stm_tables[i - 1].name, stm_tables[i].name) < 0);
    }
}

static void a_posting_record_always_stays_inside_a_leaf_page(void **state)
{
    (void)state;
    assert_true(STM_POSTING_KEY_LIMIT + STEMMA_LIMIT_CHUNK <= STEMMA_LIMIT_INLINE);
    assert_true(STM_TERM_LIMIT <= STM_LIST_KEY_LIMIT);
}

static void memcmp_order_of_number_keys_is_numeric_order(void **state)
{
    prng random = {1};
    (void)state;
    for (int i = 0; i < 20000; i++) {
        unsigned shift_a = prng_below(&random, 64), shift_b = prng_below(&random, 64);
        uint64_t a = prng_next(&random) >> shift_a, b = prng_next(&random) >> shift_b;
        uint8_t ka[8], kb[8];
        int numeric = (a > b) - (a < b), bytes;
        stm_key_u64(ka, a);
        stm_key_u64(kb, b);
        bytes = memcmp(ka, kb, 8);
        assert_int_equal((bytes > 0) - (bytes < 0), numeric);
        stm_key_u32x2(ka, (uint32_t)(a >> 32), (uint32_t)a);
        stm_key_u32x2(kb, (uint32_t)(b >> 32), (uint32_t)b);
        bytes = memcmp(ka, kb, 8);
        assert_int_equal((bytes > 0) - (bytes < 0), numeric);
    }
}

/* [P-1] */
static void number_keys_read_back_and_refuse_other_sizes(void **state)
{
    static const uint8_t golden[8] = {0x00, 0x00, 0x01, 0x02, 0xff, 0xfe, 0xfd, 0xfc};
    uint8_t key[8];
    uint32_t a = 0, b = 0;
    uint64_t wide = 0;
    (void)state;
    stm_key_u32x2(key, 0x102, 0xfffefdfc);
    assert_memory_equal(key, golden, 8);
    assert_int_equal(stm_key_read_u32x2((stemma_bytes){key, 8}, &a, &b), STEMMA_OK);
    assert_int_equal(a, 0x102);
    assert_int_equal(b, 0xfffefdfc);
    assert_int_equal(stm_key_read_u64((stemma_bytes){key, 8}, &wide), STEMMA_OK);
    assert_true(wide == UINT64_C(0x00000102fffefdfc));
    assert_int_equal(stm_key_read_u32((stemma_bytes){key + 4, 4}, &a), STEMMA_OK);
    assert_int_equal(a, 0xfffefdfc);
    for (size_t size = 0; size < 8; size++) {
        assert_int_equal(stm_key_read_u32x2((stemma_bytes){key, size}, &a, &b), STEMMA_E_DAMAGED);
        assert_int_equal(stm_key_read_u64((stemma_bytes){key, size}, &wide), STEMMA_E_DAMAGED);
        if (size != 4) {
            assert_int_equal(stm_key_read_u32((stemma_bytes){key, size}, &a), STEMMA_E_DAMAGED);
        }
    }
}

/* [P-11] */
static void posting_keys_sort_by_list_then_id_then_payload(void **state)
{
    static const char *const lists[] = {"a", "ab", "abc", "b", "b\x01", "\xc3\xa9"};
    uint8_t last[STM_POSTING_KEY_LIMIT], key[STM_POSTING_KEY_LIMIT];
    size_t last_size = 0;
    (void)state;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        for (uint32_t id = 0; id < 3; id++) {
            for (uint32_t payload = 0; payload < 3; payload++) {
                stemma_bytes list = {(const uint8_t *)lists[i], strlen(lists[i])}, back;
                uint32_t big = id * 0x01000000u, id_back, payload_back;
                size_t size = stm_key_posting(key, list, big, payload);
                int order = memcmp(last, key, last_size < size ? last_size : size);
                assert_true(order < 0 || (order == 0 && last_size < size));
                assert_int_equal(stm_key_read_posting((stemma_bytes){key, size}, 0, &back, &id_back,
                                                      &payload_back),
                                 STEMMA_OK);
                assert_int_equal(back.size, list.size);
                assert_memory_equal(back.data, list.data, list.size);
                assert_int_equal(id_back, big);
                assert_int_equal(payload_back, payload);
                memcpy(last, key, size);
                last_size = size;
            }
        }
    }
}

/* [P-11] */
static void posting_keys_of_the_wrong_shape_are_refused(void **state)
{
    uint8_t key[STM_POSTING_KEY_LIMIT + 1] = "list";
    stemma_bytes list;
    uint32_t id, payload;
    size_t size = stm_key_posting(key, (stemma_bytes){(const uint8_t *)"list", 4}, 7, 8);
    (void)state;
    assert_int_equal(size, 13);
    for (size_t cut = 0; cut < 10; cut++) {
        assert_int_equal(stm_key_read_posting((stemma_bytes){key, cut}, 0, &list, &id, &payload),
                         STEMMA_E_DAMAGED);
    }
    assert_int_equal(stm_key_read_posting((stemma_bytes){key, size}, 5, &list, &id, &payload),
                     STEMMA_E_DAMAGED);
    key[4] = 'x'; /* no separator */
    assert_int_equal(stm_key_read_posting((stemma_bytes){key, size}, 0, &list, &id, &payload),
                     STEMMA_E_DAMAGED);
    key[4] = 0;
    key[1] = 0; /* a separator inside */
    assert_int_equal(stm_key_read_posting((stemma_bytes){key, size}, 0, &list, &id, &payload),
                     STEMMA_E_DAMAGED);
    assert_int_equal(stm_key_read_posting((stemma_bytes){key, size}, 4, &list, &id, &payload),
                     STEMMA_OK);
    memset(key, 'a', sizeof key);
    key[sizeof key - 9] = 0;
    assert_int_equal(stm_key_read_posting((stemma_bytes){key, sizeof key}, 0, &list, &id, &payload),
                     STEMMA_E_DAMAGED);
}

/* [P-11] */
static void list_keys_of_text_are_never_empty_or_long_or_hold_a_nul(void **state)
{
    stm_list_key key;
    char text[65];
    (void)state;
    memset(text, 'a', sizeof text);
    assert_int_equal(stm_list_key_text(&key, (stemma_text){"", 0}), STEMMA_E_INVALID);
    assert_int_equal(stm_list_key_text(&key, (stemma_text){"a\0b", 3}), STEMMA_E_INVALID);
    assert_int_equal(stm_list_key_text(&key, (stemma_text){text, 65}), STEMMA_E_INVALID);
    assert_int_equal(stm_list_key_text(&key, (stemma_text){text, 64}), STEMMA_OK);
    assert_int_equal(key.size, 64);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_are_in_ascending_order_of_name),
        cmocka_unit_test(a_posting_record_always_stays_inside_a_leaf_page),
        cmocka_unit_test(memcmp_order_of_number_keys_is_numeric_order),
        cmocka_unit_test(number_keys_read_back_and_refuse_other_sizes),
        cmocka_unit_test(posting_keys_sort_by_list_then_id_then_payload),
        cmocka_unit_test(posting_keys_of_the_wrong_shape_are_refused),
        cmocka_unit_test(list_keys_of_text_are_never_empty_or_long_or_hold_a_nul),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
