/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>
#include <stdlib.h>

#include "bytes.h"
#include "canonical.h"
#include "column.h"
#include "dump/record_json.h"
#include "posting.h"
#include "row_block.h"
#include "support/prng.h"

/* The members that a record gets, parsed. The caller owns it: json_decref(). */
static json_t *show_as(stm_table table, stemma_bytes key, stemma_bytes value, size_t flags)
{
    stm_json json;
    json_error_t error;
    json_t *object;
    stm_json_to_buffer(&json, 0);
    stm_json_object_begin(&json);
    stm_out_record(&json, table, key, value);
    stm_json_object_end(&json);
    assert_int_equal(stm_json_status(&json), STEMMA_OK);
    object = json_loadb(json.data, json.size, flags, &error);
    if (object == NULL) {
        fail_msg("%s: %.*s", error.text, (int)json.size, json.data);
    }
    stm_json_free(&json);
    return object;
}

static json_t *show(stm_table table, stemma_bytes key, stemma_bytes value)
{
    return show_as(table, key, value, JSON_REJECT_DUPLICATES);
}

static void assert_shows(json_t *object, const char *wanted)
{
    char *text = json_dumps(object, JSON_COMPACT);
    assert_string_equal(text, wanted);
    free(text);
    json_decref(object);
}

static const stemma_bytes any_key = {(const uint8_t *)"\0\0\0\0", 4};

static void put_sample(stm_buffer *out)
{
    stm_map map = stm_map_begin(out);
    stm_map_text(&map, 0, stemma_text_of("Ülm \"x\""));
    stm_map_uint(&map, 1, UINT64_C(18446744073709551));
    stm_map_key(&map, 2);
    stm_mp_put_array(out, 3);
    stm_mp_put_int(out, -5);
    stm_mp_put_array(out, 0);
    stm_mp_put_array(out, 1);
    stm_mp_put_text(out, stemma_text_of(""));
    stm_map_binary(&map, 3, (stemma_bytes){(const uint8_t *)"\x00\xff", 2});
    stm_map_true(&map, 4, true);
    stm_map_end(&map);
}

#define SAMPLE                                                                                     \
    "{\"0\":\"Ülm \\\"x\\\"\",\"1\":18446744073709551,\"2\":[-5,[],[\"\"]],\"3\":{\"hex\":"       \
    "\"00ff\"},\"4\":true}"

static void messagepack_shows_every_kind_of_value(void **state)
{
    uint8_t bytes[200];
    stm_buffer out = stm_buffer_over(bytes, sizeof bytes);
    (void)state;
    put_sample(&out);
    assert_shows(show(STM_TABLE_DOCUMENT, any_key, stm_buffer_view(&out)),
                 "{\"value\":" SAMPLE "}");
}

static void rows_are_shown_one_by_one(void **state)
{
    static stm_row_block block;
    static const uint8_t numbers[] = {0x93, 1, 2, 3};
    uint8_t bytes[200];
    stm_buffer out = stm_buffer_over(bytes, sizeof bytes);
    (void)state;
    put_sample(&out);
    stm_row_block_clear(&block);
    assert_true(stm_row_block_add(&block, stm_buffer_view(&out)));
    assert_true(stm_row_block_add(&block, (stemma_bytes){numbers, sizeof numbers}));
    assert_true(stm_row_block_add(&block, (stemma_bytes){(const uint8_t *)"\xc0", 1}));
    assert_shows(show(STM_TABLE_CLAIM, any_key, stm_row_block_value(&block)),
                 "{\"rows\":[" SAMPLE ",[1,2,3],{\"problem\":\"RECORD_INVALID\",\"hex\":\"c0\"}]}");
}

struct emitted {
    uint8_t key[STM_POSTING_KEY_LIMIT];
    size_t key_size;
    uint8_t value[STM_POSTING_VALUE_LIMIT];
    size_t value_size;
};

static stemma_status keep(void *context, stemma_bytes key, stemma_bytes value)
{
    struct emitted *emitted = context;
    memcpy(emitted->key, key.data, key.size);
    memcpy(emitted->value, value.data, value.size);
    emitted->key_size = key.size;
    emitted->value_size = value.size;
    return STEMMA_OK;
}

static void postings_show_lists_ids_and_payloads(void **state)
{
    static stm_posting_builder builder;
    static struct emitted emitted;
    const stemma_bytes voss = {(const uint8_t *)"voss", 4};
    const stemma_bytes ulm = {(const uint8_t *)"ülm", 4};
    (void)state;
    stm_posting_begin(&builder, 0, keep, &emitted);
    assert_int_equal(stm_posting_add(&builder, voss, 3, 1), STEMMA_OK);
    assert_int_equal(stm_posting_add(&builder, voss, 70000, 2), STEMMA_OK);
    assert_int_equal(stm_posting_add(&builder, ulm, 0, 9), STEMMA_OK);
    assert_int_equal(stm_posting_end(&builder), STEMMA_OK);
    assert_shows(show(STM_TABLE_TERM, (stemma_bytes){emitted.key, emitted.key_size},
                      (stemma_bytes){emitted.value, emitted.value_size}),
                 "{\"entries\":[{\"list\":\"voss\",\"ids\":[3,70000],\"payloads\":[1,2]},"
                 "{\"list\":\"ülm\",\"ids\":[0],\"payloads\":[9]}]}");
}

static void columns_show_values_and_what_repeats_once(void **state)
{
    static uint8_t bytes[4096];
    static const int64_t values[] = {-7, 9, 1000};
    static const int64_t same[] = {5, 5, 5};
    static const int64_t even[] = {4, 2, 0, -2};
    int64_t seldom[400];
    stm_column_writer writer;
    size_t size = 0;
    (void)state;
    for (int i = 0; i < 400; i++) {
        seldom[i] = i < 150 ? 9 : 300;
    }
    stm_column_begin(&writer, bytes, sizeof bytes, 3, 4);
    stm_column_add(&writer, 1, values, 3);
    stm_column_add(&writer, 4, same, 3);
    stm_column_add(&writer, 5, even, 4);
    stm_column_add(&writer, 6, seldom, 400);
    assert_int_equal(stm_column_end(&writer, &size), STEMMA_OK);
    assert_shows(show(STM_TABLE_EVENT, any_key, (stemma_bytes){bytes, size}),
                 "{\"columns\":[{\"id\":1,\"width\":9,\"values\":[-7,9,1000]},"
                 "{\"id\":4,\"width\":0,\"count\":3,\"constant\":5},"
                 "{\"id\":5,\"width\":0,\"count\":4,\"constant\":4,\"slope\":-2},"
                 "{\"id\":6,\"width\":1,\"count\":400,\"runs\":[[0,9],[150,300]]}]}");
}

static void what_does_not_decode_is_shown_in_hexadecimal(void **state)
{
    const stemma_bytes junk = {(const uint8_t *)"\xc1\x00", 2};
    (void)state;
    for (unsigned table = 0; table < STM_TABLE_COUNT; table++) {
        json_t *object = show((stm_table)table, any_key, junk);
        assert_string_equal(json_string_value(json_object_get(object, "hex")), "c100");
        /* Tables of plain bytes have nothing that could be wrong. */
        assert_int_equal(json_object_get(object, "problem") == NULL,
                         table == STM_TABLE_LABEL || table == STM_TABLE_TOKEN ||
                             table == STM_TABLE_DETAIL || table == STM_TABLE_TEXT ||
                             table == STM_TABLE_META);
        json_decref(object);
    }
}

/* Whatever bytes a file holds, what is shown of them is JSON and not much longer than they are. */
static void any_bytes_at_all_give_json(void **state)
{
    prng random = {11};
    static uint8_t seeds[4][600];
    size_t sizes[4];
    static const int64_t values[] = {1, 2, 300, -4};
    stm_column_writer writer;
    stm_buffer out = stm_buffer_over(seeds[0], sizeof seeds[0]);
    static stm_row_block block;
    static stm_posting_builder builder;
    static struct emitted emitted;
    (void)state;
    put_sample(&out);
    sizes[0] = out.size;
    stm_row_block_clear(&block);
    assert_true(stm_row_block_add(&block, stm_buffer_view(&out)));
    sizes[1] = stm_row_block_value(&block).size;
    memcpy(seeds[1], stm_row_block_value(&block).data, sizes[1]);
    stm_column_begin(&writer, seeds[2], sizeof seeds[2], 4, 1);
    stm_column_add(&writer, 1, values, 4);
    assert_int_equal(stm_column_end(&writer, &sizes[2]), STEMMA_OK);
    stm_posting_begin(&builder, 4, keep, &emitted);
    for (uint32_t i = 0; i < 20; i++) {
        uint8_t list[4] = {0, 0, 0, (uint8_t)(i / 4)};
        assert_int_equal(stm_posting_add(&builder, (stemma_bytes){list, 4}, 3 * i, i), STEMMA_OK);
    }
    assert_int_equal(stm_posting_end(&builder), STEMMA_OK);
    sizes[3] = emitted.value_size;
    memcpy(seeds[3], emitted.value, sizes[3]);
    for (uint32_t round = 0; round < 20000; round++) {
        uint32_t which = prng_below(&random, 4);
        size_t size = sizes[which];
        stm_table table = (stm_table)prng_below(&random, STM_TABLE_COUNT);
        stemma_bytes key = {emitted.key, emitted.key_size};
        /* Exactly as large as it is, so that a look behind its end is found out. */
        uint8_t *value = malloc(size);
        assert_non_null(value);
        memcpy(value, seeds[which], size);
        for (uint32_t i = prng_below(&random, 4); i > 0; i--) {
            value[prng_below(&random, (uint32_t)size)] = (uint8_t)prng_next(&random);
        }
        if (round % 5 == 0) {
            size = prng_below(&random, (uint32_t)size + 1);
        }
        /* jansson has no integers beyond 63 bits. */
        json_decref(show_as(table, round % 7 == 0 ? any_key : key, (stemma_bytes){value, size},
                            JSON_REJECT_DUPLICATES | JSON_DECODE_INT_AS_REAL));
        free(value);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(messagepack_shows_every_kind_of_value),
        cmocka_unit_test(rows_are_shown_one_by_one),
        cmocka_unit_test(postings_show_lists_ids_and_payloads),
        cmocka_unit_test(columns_show_values_and_what_repeats_once),
        cmocka_unit_test(what_does_not_decode_is_shown_in_hexadecimal),
        cmocka_unit_test(any_bytes_at_all_give_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
