/* SPDX-License-Identifier: MIT */
/* What the rows of a block share may be looked up once: rows must come out the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "event_plan.h"
#include "support/prng.h"

#define ROWS  600u
#define BYTES 200000u

typedef struct sample {
    stm_event_row rows[ROWS];
    stm_event_participant participants[ROWS * 4];
    int64_t scratch[ROWS * 4];
    uint8_t bytes[BYTES];
    size_t size;
} sample;

/* Rows as of a data set; bit i of `varied` lets the i-th field differ from row to row. */
static void fill(sample *s, prng *random, uint32_t varied)
{
    uint32_t flat = 0;
    memset(s, 0, sizeof *s);
    for (uint32_t i = 0; i < ROWS; i++) {
        stm_event_row *row = &s->rows[i];
        uint32_t some[12];
        for (uint32_t bit = 0; bit < 12; bit++) {
            some[bit] = (varied >> bit & 1u) != 0 ? prng_below(random, 4) : 1;
        }
        row->type = 5 + some[0] * 3;
        row->bounds.start_earliest = INT64_C(86400) * (i / 50 + (some[1] == 2));
        row->bounds.start_latest = row->bounds.start_earliest + 86399;
        row->bounds.end_earliest = row->bounds.start_earliest;
        row->bounds.end_latest = row->bounds.start_latest;
        row->bounds.precision = STEMMA_PRECISION_DAY;
        row->place = some[2] == 0 ? STEMMA_NONE : some[2] * 70;
        row->participant_first = flat;
        row->participant_count = some[3];
        for (uint32_t p = 0; p < row->participant_count; p++) {
            s->participants[flat].role = 2 * p;
            s->participants[flat++].entity = prng_below(random, 3000);
        }
        row->documents = 1 + some[4];
        row->independent = 1 + some[4] / 2;
        row->polarity = (uint8_t)(some[5] % 3);
        row->first_document = some[6];
        row->first_referent = i * 2 + some[7];
        row->claim_first = i * 4;
        row->claim_count = 3 + some[8];
        row->folded = (uint8_t)(some[9] % 2);
        row->unstored_before = i * 4;
        row->via = some[10] == 0 ? STEMMA_NONE : some[10];
        row->place_variant = row->via_variant = some[11];
    }
    assert_int_equal(stm_event_block_write(s->bytes, BYTES, &s->size, s->rows, ROWS,
                                           s->participants, s->scratch),
                     STEMMA_OK);
}

/* [P-26] */
static void rows_are_the_same_with_a_plan_and_without(void **state)
{
    sample *s = malloc(sizeof *s);
    stm_event_plan *plan = malloc(sizeof *plan);
    prng random = {77};
    (void)state;
    assert_non_null(s);
    assert_non_null(plan);
    for (uint32_t varied = 0; varied < 4096; varied += 1 + prng_below(&random, 60)) {
        stm_event_block block, planned;
        fill(s, &random, varied);
        assert_int_equal(stm_event_block_open((stemma_bytes){s->bytes, s->size}, &block),
                         STEMMA_OK);
        assert_int_equal(stm_event_plan_make(&block, plan), 1);
        planned = block;
        planned.plan = plan;
        for (uint32_t i = 0; i < ROWS; i++) {
            stm_event_row row, other;
            memset(&row, 0, sizeof row);
            memset(&other, 0, sizeof other);
            stm_event_plan_prefetch(&planned, i);
            assert_int_equal(stm_event_block_row(&block, i, &row), STEMMA_OK);
            assert_int_equal(stm_event_block_row(&planned, i, &other), STEMMA_OK);
            assert_memory_equal(&row.bounds, &other.bounds, sizeof row.bounds);
            assert_int_equal(other.bounds.start_earliest, s->rows[i].bounds.start_earliest);
            row.bounds = other.bounds;
            assert_memory_equal(&row, &other, sizeof row);
            for (uint32_t p = 0; p < row.participant_count; p++) {
                stm_event_participant participant;
                assert_int_equal(stm_event_block_participant(&block, &row, p, &participant),
                                 STEMMA_OK);
                assert_int_equal(participant.role, plan->role[other.role_first + p]);
            }
        }
    }
    free(plan);
    free(s);
}

/* Times that are unknown, or of unlike length, are read one by one. */
static void a_block_with_unlike_times_has_no_plan(void **state)
{
    sample *s = malloc(sizeof *s);
    stm_event_plan *plan = malloc(sizeof *plan);
    prng random = {78};
    (void)state;
    assert_non_null(s);
    assert_non_null(plan);
    for (int which = 0; which < 2; which++) {
        stm_event_block block;
        fill(s, &random, 0);
        if (which == 0) {
            s->rows[7].bounds.start_latest += 86400;
            s->rows[7].bounds.end_latest += 86400;
        } else {
            s->rows[7].bounds.end_latest = STEMMA_TIME_UNKNOWN_LATE;
        }
        assert_int_equal(stm_event_block_write(s->bytes, BYTES, &s->size, s->rows, ROWS,
                                               s->participants, s->scratch),
                         STEMMA_OK);
        assert_int_equal(stm_event_block_open((stemma_bytes){s->bytes, s->size}, &block),
                         STEMMA_OK);
        assert_int_equal(stm_event_plan_make(&block, plan), 0);
    }
    free(plan);
    free(s);
}

/* Whatever the bytes: with a plan the same rows are sound, and hold the same. */
static void a_damaged_block_is_read_alike(void **state)
{
    sample *s = malloc(sizeof *s);
    stm_event_plan *plan = malloc(sizeof *plan);
    prng random = {79};
    uint32_t planned_blocks = 0;
    (void)state;
    assert_non_null(s);
    assert_non_null(plan);
    for (uint32_t round = 0; round < 1500; round++) {
        stm_event_block block, planned;
        if (round % 100 == 0) {
            fill(s, &random, prng_below(&random, 4096));
        }
        uint32_t at = prng_below(&random, prng_below(&random, 2) ? 900 : (uint32_t)s->size);
        uint8_t was = s->bytes[at];
        s->bytes[at] ^= (uint8_t)(1u << prng_below(&random, 8));
        if (stm_event_block_open((stemma_bytes){s->bytes, s->size}, &block) == STEMMA_OK &&
            stm_event_plan_make(&block, plan)) {
            planned = block;
            planned.plan = plan;
            planned_blocks++;
            for (uint32_t i = 0; i < block.rows; i++) {
                stm_event_row row, other;
                stemma_status status = stm_event_block_row(&block, i, &row);
                stm_event_plan_prefetch(&planned, i);
                assert_int_equal(stm_event_block_row(&planned, i, &other), status);
                if (status == STEMMA_OK) {
                    assert_int_equal(row.type, other.type);
                    assert_int_equal(row.place, other.place);
                    assert_int_equal(row.participant_first, other.participant_first);
                    assert_int_equal(row.participant_count, other.participant_count);
                    assert_int_equal(row.claim_first, other.claim_first);
                    assert_int_equal(row.folded, other.folded);
                }
            }
        }
        s->bytes[at] = was;
    }
    assert_true(planned_blocks > 300);
    free(plan);
    free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_the_same_with_a_plan_and_without),
        cmocka_unit_test(a_block_with_unlike_times_has_no_plan),
        cmocka_unit_test(a_damaged_block_is_read_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
