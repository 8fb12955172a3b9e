/* SPDX-License-Identifier: MIT */
/* Tables of weights laid out for speed give what the tables themselves give. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "pack/model/feature_rows.h"
#include "pack/model/parser.h"
#include "pack/model/tagger.h"
#include "support/reader_model.h"

#define LOOKS 20000u

static uint32_t next(uint32_t *chance)
{
    *chance = *chance * 1664525u + 1013904223u;
    return *chance;
}

/* A feature that is in the table, more often than not: its bucket's first number and the low bits of one in it. */
static uint32_t some_feature(const struct stm_feature_table *table, uint32_t *chance)
{
    uint32_t bucket = next(chance) % table->bucket_count;
    const uint8_t *bytes = table->buckets + (size_t)bucket * STM_BUCKET_SIZE;
    uint32_t low = stm_load_le16(bytes + 4 + 2 * (next(chance) >> 8) % STM_BUCKET_SLOTS);
    uint32_t first = (uint32_t)((((uint64_t)bucket << 32) + table->bucket_count - 1) / table->bucket_count);
    uint32_t feature = (first & 0xFFFF0000u) | low;
    return feature < first ? feature + 0x10000u : feature;
}

static void compare(const struct stm_feature_table *table)
{
    struct stm_feature_rows *rows = stm_feature_rows_new(table);
    uint32_t chance = 7;
    uint32_t told = 0;
    assert_non_null(rows);
    for (uint32_t i = 0; i < LOOKS; i++) {
        uint32_t features[STM_FEATURES_MOST];
        uint32_t count = next(&chance) % (STM_FEATURES_MOST + 1);
        struct stm_class_scores by_table = {{0}};
        struct stm_class_scores by_rows = {{0}};
        for (uint32_t k = 0; k < count; k++) {
            features[k] = some_feature(table, &chance);
        }
        stm_feature_table_add(table, features, count, &by_table);
        stm_feature_rows_add(rows, features, count, &by_rows);
        assert_memory_equal(by_table.of, by_rows.of, sizeof by_table.of);
        for (uint32_t k = 0; k < STM_CLASSES_MOST; k++) {
            told += by_table.of[k] != 0;
        }
    }
    assert_true(told > LOOKS);
    stm_feature_rows_free(rows);
}

static void rows_give_what_tables_give(void **state)
{
    struct stm_tagger tagger;
    struct stm_parser parser;
    (void)state;
    assert_true(stm_tagger_open(&tagger, reader_model()));
    assert_true(stm_parser_open(&parser, reader_model()));
    compare(&tagger.weights);
    compare(&parser.labels);
}

/* A table of one bucket: where a feature begins among the pairs, its low bits, where its pairs end. */
static void a_class_named_twice_is_not_laid_out(void **state)
{
    uint8_t bytes[8 + STM_BUCKET_SIZE + 8] = {1, 0, 0, 0, 4};
    struct stm_feature_table table;
    stemma_bytes section = {bytes, sizeof bytes};
    (void)state;
    stm_store_le16(bytes + 8 + 4, 0x1234);
    memset(bytes + 8 + 4 + 2 * STM_BUCKET_SLOTS, 4, STM_BUCKET_SLOTS);
    for (uint8_t k = 0; k < 4; k++) {
        bytes[8 + STM_BUCKET_SIZE + 2 * k] = k < 3 ? k : 1;
        bytes[8 + STM_BUCKET_SIZE + 2 * k + 1] = 100;
    }
    assert_true(stm_feature_table_open(&table, &section));
    assert_null(stm_feature_rows_new(&table));
    bytes[8 + STM_BUCKET_SIZE + 6] = 3;
    struct stm_feature_rows *rows = stm_feature_rows_new(&table);
    assert_non_null(rows);
    stm_feature_rows_free(rows);
}

static void the_first_of_the_best_classes_wins(void **state)
{
    struct stm_class_scores scores = {{0}};
    (void)state;
    assert_int_equal(stm_class_best(&scores, 1, 50), 1);
    scores.of[0] = scores.of[60] = 9;
    scores.of[17] = scores.of[40] = 3;
    assert_int_equal(stm_class_best(&scores, 1, 50), 17);
    for (uint32_t k = 0; k < STM_CLASSES_MOST; k++) {
        scores.of[k] = -5;
    }
    scores.of[33] = -4;
    assert_int_equal(stm_class_best(&scores, 2, 40), 33);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_give_what_tables_give),
        cmocka_unit_test(a_class_named_twice_is_not_laid_out),
        cmocka_unit_test(the_first_of_the_best_classes_wins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
