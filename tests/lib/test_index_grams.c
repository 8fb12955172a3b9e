/* SPDX-License-Identifier: MIT */
/* Grams of names in many scripts, and the sorting that lists them. */
#include "index/index.h"
#include "index/index_names.h"
#include "index/index_radix.h"
#include "support/corpus.h"
#include "support/prng.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdlib.h>

/* Letters of one to four bytes. */
static const char *const names[] = {"Ada Lorn", "Łódź Żółw", "Мінск Ясны", "東京都 山", "日本 人",
                                    "𐐨𐐩𐐪 𐑂", "Ø", "ab", "Zz 9", "ჯანო აბგ"};
#define NAMES (sizeof names / sizeof names[0])

typedef struct listed {
    stm_list_key last;
    size_t lists;
    size_t postings;
    const stm_name_index *index;
} listed;

typedef struct looked_for {
    stemma_bytes list;
    int found;
} looked_for;

static stemma_status look(void *context, stemma_text gram)
{
    looked_for *one = context;
    one->found |= gram.size == one->list.size && memcmp(gram.data, one->list.data, gram.size) == 0;
    return STEMMA_OK;
}

/* Every posting is of a token that has the gram. */
static stemma_status check_list(void *context, stemma_bytes list, const uint32_t *ids,
                                const uint32_t *payloads, uint32_t count)
{
    listed *to = context;
    size_t common = to->last.size < list.size ? to->last.size : list.size;
    int order = memcmp(to->last.data, list.data, common);
    assert_null(payloads);
    assert_true(to->lists == 0 || order < 0 || (order == 0 && to->last.size < list.size));
    memcpy(to->last.data, list.data, list.size);
    to->last.size = list.size;
    to->lists++;
    to->postings += count;
    for (uint32_t i = 0; i < count; i++) {
        looked_for one = {list, 0};
        assert_true(i == 0 || ids[i] > ids[i - 1]);
        assert_int_equal(stm_grams(stm_name_index_token(to->index, ids[i]), look, &one), STEMMA_OK);
        assert_true(one.found);
    }
    return STEMMA_OK;
}

static stemma_status count_gram(void *context, stemma_text gram)
{
    (void)gram;
    ++*(size_t *)context;
    return STEMMA_OK;
}

static void grams_are_listed_in_any_script(void **state)
{
    uint32_t count = 0;
    const stemma_term *terms = stemma_vocabulary_builtin(&count);
    stm_name_index index_of_names;
    stm_index index;
    stemma_error error = {0};
    corpus_document *d = corpus_new("urn:x", "2031-03-04");
    size_t grams = 0;
    (void)state;
    stm_index_init(&index, terms, count);
    for (size_t i = 0; i < NAMES; i++) {
        corpus_entity(d, "person", names[i]);
    }
    assert_int_equal(stm_index_add_document(&index, &d->document, &error), STEMMA_OK);
    assert_int_equal(stm_index_build(&index, &error), STEMMA_OK);
    assert_int_equal(stm_name_index_build(&index_of_names, &index), STEMMA_OK);
    for (uint32_t i = 0; i < index_of_names.tokens.count; i++) {
        assert_int_equal(stm_grams(stm_name_index_token(&index_of_names, i), count_gram, &grams), STEMMA_OK);
    }
    listed to = {.index = &index_of_names};
    assert_int_equal(stm_name_index_post(&index_of_names, STM_TABLE_GRAM, check_list, &to), STEMMA_OK);
    assert_int_equal(to.postings, grams); /* no token above has a gram twice */
    assert_true(to.lists > 30);
    stm_name_index_free(&index_of_names);
    stm_index_free(&index);
    corpus_free(d);
}

/* ---- Sorting --------------------------------------------------------------------------------- */

typedef struct item {
    uint64_t key;
    uint32_t value;
} item;

static int compare_items(const void *a, const void *b)
{
    const item *left = a, *right = b;
    if (left->key != right->key) {
        return left->key > right->key ? 1 : -1;
    }
    return (left->value > right->value) - (left->value < right->value);
}

static void numbers_are_sorted_and_equal_ones_stay(void **state)
{
    static const uint64_t masks[] = {~UINT64_C(0), 0xff, UINT64_C(0xf00000000000000f), 1, 0, UINT64_C(0x7f) << 57,
                                     UINT64_C(0x7ff) << 30};
    static uint64_t keys[5000], alone[5000];
    static uint32_t values[5000];
    static item items[5000];
    prng random = {5};
    (void)state;
    for (size_t m = 0; m < sizeof masks / sizeof masks[0]; m++) {
        for (uint32_t count = 0; count <= 5000; count = count * 2 + 1) {
            for (uint32_t i = 0; i < count; i++) {
                uint64_t number = (uint64_t)prng_below(&random, UINT32_MAX) << 32 | prng_below(&random, UINT32_MAX);
                keys[i] = alone[i] = items[i].key = number & masks[m];
                values[i] = items[i].value = i;
            }
            if (count > 1) {
                qsort(items, count, sizeof items[0], compare_items);
            }
            assert_int_equal(stm_radix_sort(NULL, keys, values, count), STEMMA_OK);
            assert_int_equal(stm_radix_sort(NULL, alone, NULL, count), STEMMA_OK);
            for (uint32_t i = 0; i < count; i++) {
                assert_true(keys[i] == items[i].key && alone[i] == items[i].key);
                assert_int_equal(values[i], items[i].value);
            }
        }
    }
}

/* Texts that share eight bytes and more, that are the beginning of each other, and with zero bytes. */
static void ranks_are_those_of_memcmp(void **state)
{
    stm_strings strings = {0};
    prng random = {9};
    (void)state;
    for (uint32_t i = 0; i < 3000; i++) {
        char text[24];
        uint32_t number, size = prng_below(&random, 20);
        for (uint32_t k = 0; k < size; k++) {
            text[k] = k < 9 && prng_below(&random, 8) != 0 ? 'a' : (char)(prng_below(&random, 3) == 0 ? 0 : 200 + prng_below(&random, 3));
        }
        assert_int_equal(stm_strings_add(&strings, (stemma_text){text, size}, &number), STEMMA_OK);
    }
    uint32_t *ranks = stm_strings_ranks(&strings);
    uint32_t *by_rank = calloc(strings.count, sizeof *by_rank);
    assert_non_null(ranks);
    assert_non_null(by_rank);
    for (uint32_t i = 0; i < strings.count; i++) {
        assert_in_range(ranks[i], 0, strings.count - 1);
        by_rank[ranks[i]] = i;
    }
    for (uint32_t i = 1; i < strings.count; i++) {
        assert_true(stemma_text_compare(stm_strings_get(&strings, by_rank[i - 1]), stm_strings_get(&strings, by_rank[i])) < 0);
    }
    stm_memory_free(ranks);
    free(by_rank);
    stm_strings_free(&strings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grams_are_listed_in_any_script),
        cmocka_unit_test(numbers_are_sorted_and_equal_ones_stay),
        cmocka_unit_test(ranks_are_those_of_memcmp),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
