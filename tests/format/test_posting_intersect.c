/* SPDX-License-Identifier: MIT */
/* What two posting lists have in common: lists of every density, with ids that come in several roles,
   taken in portions of every size. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "posting_cursor.h"
#include "support/packed_table.h"
#include "support/prng.h"

#define SPREAD 400000u /* ids */
#define LISTS  10u

/* Of a thousand ids, how many list `n` has. */
static const uint32_t thousandths[LISTS] = {900, 300, 100, 40, 12, 12, 4, 2, 1, 60};

/* The lists as sets: one byte an id. */
static uint8_t *has[LISTS];

/* Some lists have whole stretches without an id. */
static int is_bare(uint32_t list, uint32_t id)
{
    return (list % 3 == 1 && id / 50000 % 2 == 0) || (list == 9 && id / 70000 % 3 != 0);
}

static void build(packed_table *table, prng *random)
{
    stm_posting_builder *builder = malloc(sizeof *builder);
    assert_non_null(builder);
    memset(table, 0, sizeof *table);
    stm_posting_begin(builder, 4, packed_table_emit, table);
    for (uint32_t list = 0; list < LISTS; list++) {
        stm_list_key key;
        stm_list_key_u32(&key, list);
        has[list] = calloc(SPREAD, 1);
        assert_non_null(has[list]);
        for (uint32_t id = 0; id < SPREAD; id++) {
            uint32_t roles = prng_below(random, 20) == 0 ? 3 : 1;
            if (is_bare(list, id) || prng_below(random, 1000) >= thousandths[list]) {
                continue;
            }
            has[list][id] = 1;
            for (uint32_t role = 0; role < roles; role++) {
                assert_int_equal(stm_posting_add(builder, stm_list_key_bytes(&key), id, role * 5),
                                 STEMMA_OK);
            }
        }
    }
    assert_int_equal(stm_posting_end(builder), STEMMA_OK);
    free(builder);
}

static void open_list(stm_posting_cursor *cursor, packed_table *table, uint32_t list)
{
    stm_posting_source source = packed_table_source(table, 4);
    stm_list_key key;
    stm_list_key_u32(&key, list);
    assert_int_equal(stm_posting_cursor_open(cursor, &source, stm_list_key_bytes(&key), SPREAD),
                     STEMMA_OK);
}

/* From both lists' beginning, or from `from` on. */
static void one_pair_agrees(packed_table tables[2], uint32_t one, uint32_t two, uint32_t from,
                            uint32_t until, uint32_t capacity)
{
    stm_posting_cursor *a = malloc(sizeof *a), *b = malloc(sizeof *b);
    uint32_t *ids = malloc(capacity * sizeof *ids), count, next = from;
    stemma_status status = STEMMA_OK;
    assert_non_null(a);
    assert_non_null(b);
    assert_non_null(ids);
    open_list(a, &tables[0], one);
    open_list(b, &tables[1], two);
    if (from != 0 && (stm_posting_cursor_skip(a, from) != STEMMA_OK ||
                      stm_posting_cursor_skip(b, from) != STEMMA_OK)) {
        next = SPREAD;
    }
    while (next < SPREAD &&
           (status = stm_posting_intersect(a, b, until, ids, capacity, &count)) == STEMMA_OK) {
        assert_in_range(count, 1, capacity);
        for (uint32_t i = 0; i < count; i++) {
            while (next < ids[i]) {
                assert_false(has[one][next] && has[two][next]);
                next++;
            }
            assert_true(next == ids[i] && has[one][next] && has[two][next]);
            next++;
        }
    }
    assert_true(status == STEMMA_END || status == STEMMA_OK);
    for (; next < until && next < SPREAD && status == STEMMA_END; next++) {
        assert_false(has[one][next] && has[two][next]);
    }
    free(a);
    free(b);
    free(ids);
}

static void lists_of_any_density_intersect(void **state)
{
    static const uint32_t capacities[] = {1, 40, 511, 512, 513, 700, 1024, 4096, 100000};
    prng random = {31};
    packed_table tables[2]; /* each cursor needs a position of its own */
    (void)state;
    build(&tables[0], &random);
    tables[1] = tables[0];
    for (uint32_t one = 0; one < LISTS; one++) {
        for (uint32_t two = 0; two < LISTS; two++) {
            uint32_t capacity = capacities[(one * LISTS + two) % (sizeof capacities / sizeof *capacities)];
            one_pair_agrees(tables, one, two, 0, UINT32_MAX, capacity);
            one_pair_agrees(tables, one, two, prng_below(&random, SPREAD),
                            prng_below(&random, SPREAD), 4096);
            one_pair_agrees(tables, one, two, prng_below(&random, SPREAD), UINT32_MAX,
                            1 + prng_below(&random, 2000));
        }
    }
    packed_table_free(&tables[0]);
    for (uint32_t list = 0; list < LISTS; list++) {
        free(has[list]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_of_any_density_intersect),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
