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

/* Weights found in two goes and added at once: as much as all of them in one. */
static void what_is_found_in_parts_is_added_once(void **state)
{
    struct stm_tagger tagger;
    uint32_t chance = 11;
    (void)state;
    assert_true(stm_tagger_open(&tagger, reader_model()));
    struct stm_feature_rows *rows = stm_feature_rows_new(&tagger.weights);
    assert_non_null(rows);
    for (uint32_t i = 0; i < LOOKS / 10; i++) {
        uint32_t features[STM_FEATURES_MOST + 8];
        struct stm_class_scores whole = {{0}};
        struct stm_class_scores parts = {{0}};
        struct stm_features_found found;
        uint32_t count = next(&chance) % (STM_FEATURES_MOST + 1);
        uint32_t cut = count == 0 ? 0 : next(&chance) % count;
        found.row_count = found.few_count = 0;
        for (uint32_t k = 0; k < count; k++) {
            features[k] = some_feature(&tagger.weights, &chance);
        }
        stm_feature_rows_add(rows, features, count, &whole);
        stm_feature_rows_prefetch(rows, features, count);
        stm_feature_rows_find(rows, features, cut, &found);
        stm_feature_rows_find(rows, features + cut, count - cut, &found);
        stm_feature_rows_sum(&found, &parts);
        assert_memory_equal(whole.of, parts.of, sizeof whole.of);
    }
    stm_feature_rows_free(rows);
}

/* More than there is room for is left alone. */
static void no_more_is_found_than_there_is_room_for(void **state)
{
    struct stm_tagger tagger;
    struct stm_features_found found;
    uint32_t chance = 5;
    uint32_t features[2 * STM_FEATURES_MOST];
    (void)state;
    assert_true(stm_tagger_open(&tagger, reader_model()));
    struct stm_feature_rows *rows = stm_feature_rows_new(&tagger.weights);
    assert_non_null(rows);
    found.row_count = found.few_count = 0;
    for (uint32_t k = 0; k < 2 * STM_FEATURES_MOST; k++) {
        features[k] = some_feature(&tagger.weights, &chance);
    }
    for (uint32_t k = 0; k < 8; k++) {
        stm_feature_rows_find(rows, features, 2 * STM_FEATURES_MOST, &found);
        assert_true(found.row_count + found.few_count <= STM_FEATURES_MOST);
    }
    stm_feature_rows_free(rows);
}

/* A feature of a bucket of the parser's actions, or one that is near it. */
static uint32_t some_action_feature(const struct stm_action_table *table, uint32_t *chance)
{
    uint32_t number = next(chance) % table->bucket_count;
    const uint8_t *bucket = table->buckets + (size_t)number * STM_ACTION_BUCKET;
    uint32_t low = stm_load_le16(bucket + 2 * ((next(chance) >> 8) % STM_ACTION_SLOTS));
    uint32_t first = (uint32_t)((((uint64_t)number << 32) + table->bucket_count - 1) / table->bucket_count);
    uint32_t feature = (first & 0xFFFF0000u) | low;
    return feature < first ? feature + 0x10000u : feature;
}

static void compare_actions(const struct stm_action_table *table, uint32_t looks)
{
    struct stm_action_table fast;
    void *memory;
    uint32_t chance = 3;
    uint32_t told = 0;
    stm_action_table_copy(&fast, table, &memory);
    for (uint32_t i = 0; i < looks; i++) {
        uint32_t features[STM_ACTION_FEATURES];
        uint32_t count = i % 16 == 0 ? STM_ACTION_FEATURES : next(&chance) % (STM_ACTION_FEATURES + 1);
        int32_t plain[2] = {1, 1};
        int32_t quick[2] = {2, 2};
        for (uint32_t k = 0; k < count; k++) {
            features[k] = some_action_feature(table, &chance);
        }
        stm_action_table_prefetch(&fast, features, count);
        stm_action_table_score(table, features, count, plain);
        stm_action_table_score(&fast, features, count, quick);
        assert_int_equal(plain[0], quick[0]);
        assert_int_equal(plain[1], quick[1]);
        told += plain[0] != 0 || plain[1] != 0;
    }
    assert_true(told > looks / 2);
    free(memory);
}

static void actions_laid_out_score_the_same(void **state)
{
    struct stm_parser parser;
    (void)state;
    assert_true(stm_parser_open(&parser, reader_model()));
    compare_actions(&parser.actions, LOOKS);
}

/* Whatever the bytes: the same feature in several slots, weights at both ends. */
static void any_actions_laid_out_score_the_same(void **state)
{
    static const uint8_t weights[] = {0, 1, 127, 128, 129, 255};
    uint8_t bytes[8 + 64 * STM_ACTION_BUCKET] = {64};
    struct stm_action_table table;
    stemma_bytes section = {bytes, sizeof bytes};
    uint32_t chance = 9;
    (void)state;
    for (size_t i = 8; i < sizeof bytes; i += STM_ACTION_BUCKET) {
        for (uint32_t slot = 0; slot < STM_ACTION_SLOTS; slot++) {
            stm_store_le16(bytes + i + 2 * slot, (uint16_t)((next(&chance) >> 9) % 5));
            bytes[i + 16 + slot] = weights[(next(&chance) >> 9) % sizeof weights];
            bytes[i + 24 + slot] = weights[(next(&chance) >> 9) % sizeof weights];
        }
    }
    assert_true(stm_action_table_open(&table, &section));
    compare_actions(&table, LOOKS / 10);
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
        cmocka_unit_test(what_is_found_in_parts_is_added_once),
        cmocka_unit_test(no_more_is_found_than_there_is_room_for),
        cmocka_unit_test(actions_laid_out_score_the_same),
        cmocka_unit_test(any_actions_laid_out_score_the_same),
        cmocka_unit_test(the_first_of_the_best_classes_wins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
