/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "event_amount.h"
#include "event_block.h"
#include "support/prng.h"

#define ROWS 1000u

typedef struct sample {
    stm_event_row rows[ROWS];
    stm_event_participant participants[ROWS * 4];
    int64_t scratch[ROWS * 4];
    uint32_t flat;
} sample;

static int64_t day(prng *random, uint32_t spread)
{
    return 1600000000 / 86400 * INT64_C(86400) + 86400 * (int64_t)prng_below(random, spread);
}

static sample *make_sample(uint64_t seed, uint32_t count)
{
    prng random = {seed};
    sample *s = calloc(1, sizeof *s);
    assert_non_null(s);
    for (uint32_t i = 0; i < count; i++) {
        stm_event_row *row = &s->rows[i];
        row->type = prng_below(&random, 30);
        row->bounds.start_earliest = day(&random, 400);
        row->bounds.start_latest = row->bounds.start_earliest + 86399;
        row->bounds.end_earliest = row->bounds.start_earliest;
        row->bounds.end_latest = row->bounds.start_latest;
        row->bounds.precision = STEMMA_PRECISION_DAY;
        row->bounds.extent = (uint8_t)prng_below(&random, 2);
        row->bounds.approximate = (uint8_t)prng_below(&random, 2);
        row->bounds.uncertain = (uint8_t)prng_below(&random, 2);
        switch (prng_below(&random, 6)) {
        case 0:
            row->bounds.start_earliest = STEMMA_TIME_UNKNOWN_EARLY;
            break;
        case 1:
            row->bounds.end_latest = STEMMA_TIME_UNKNOWN_LATE;
            break;
        case 2:
            row->bounds.start_earliest = row->bounds.end_earliest = STEMMA_TIME_UNKNOWN_EARLY;
            row->bounds.start_latest = row->bounds.end_latest = STEMMA_TIME_UNKNOWN_LATE;
            row->bounds.precision = STEMMA_PRECISION_UNKNOWN;
            break;
        default:
            break;
        }
        row->place = prng_below(&random, 3) ? STEMMA_NONE : prng_below(&random, 5000);
        row->participant_first = s->flat;
        row->participant_count = prng_below(&random, 5);
        for (uint32_t j = 0; j < row->participant_count; j++) {
            /* Roles ascend; few sequences, some of them used again and again. */
            s->participants[s->flat].role = 3 * j + prng_below(&random, 3);
            s->participants[s->flat].variant = prng_below(&random, 50) == 0;
            s->participants[s->flat++].entity = prng_below(&random, 100000);
        }
        row->via = prng_below(&random, 5) ? STEMMA_NONE : prng_below(&random, 300);
        row->place_variant = row->via_variant = prng_below(&random, 2);
        row->folded = (uint8_t)prng_below(&random, 2);
        row->unstored_before = i * 2;
        row->documents = 1 + prng_below(&random, 9);
        row->independent = 1;
        row->polarity = (uint8_t)prng_below(&random, 3);
        row->certainty = (uint8_t)prng_below(&random, 4);
        row->tense = (uint8_t)prng_below(&random, 4);
        row->realis = (uint8_t)prng_below(&random, 4);
        row->first_document = prng_below(&random, 100000);
        row->first_referent = prng_below(&random, 40);
        row->claim_first = i * 3;
        row->claim_count = 3;
        row->contested = prng_below(&random, 6);
        if (prng_below(&random, 3) == 0) {
            uint32_t least = 1 + prng_below(&random, 900);
            row->amount = least;
            row->amount_above =
                stm_amount_above((stm_amount_reach){least, least + prng_below(&random, 800)});
        }
    }
    return s;
}

static stemma_bytes write_sample(sample *s, uint32_t count)
{
    size_t capacity = stm_event_block_bound(count, s->flat), size = 0;
    uint8_t *buffer = malloc(capacity), *exact;
    assert_non_null(buffer);
    assert_int_equal(
        stm_event_block_write(buffer, capacity, &size, s->rows, count, s->participants, s->scratch),
        STEMMA_OK);
    exact = malloc(size);
    assert_non_null(exact);
    memcpy(exact, buffer, size);
    free(buffer);
    return (stemma_bytes){exact, size};
}

static void release(stemma_bytes bytes)
{
    free((void *)(uintptr_t)bytes.data);
}

/* [P-8] [P-9] [P-10] [P-25] [P-26] */
static void events_read_back(void **state)
{
    (void)state;
    for (uint32_t count = 1; count <= ROWS; count += 333) {
        sample *s = make_sample(count, count);
        stemma_bytes bytes = write_sample(s, count);
        stm_event_block block;
        assert_int_equal(stm_event_block_open(bytes, &block), STEMMA_OK);
        assert_int_equal(stm_event_block_check(bytes), STEMMA_OK);
        assert_int_equal(block.rows, count);
        assert_int_equal(block.participants, s->flat);
        for (uint32_t i = 0; i < count; i++) {
            stm_event_row row;
            memset(&row, 0, sizeof row);
            assert_int_equal(stm_event_block_row(&block, i, &row), STEMMA_OK);
            row.role_first = 0; /* a place in the block, nothing that was written */
            assert_true(row.contested == 0 && row.amount == 0 && row.amount_above == 0);
            assert_int_equal(stm_event_block_marks(&block, i, &row), STEMMA_OK);
            assert_memory_equal(&row, &s->rows[i], sizeof row);
            assert_int_equal(stm_event_block_row(&block, i, &row), STEMMA_OK);
            for (uint32_t j = 0; j < row.participant_count; j++) {
                stm_event_participant one;
                assert_int_equal(stm_event_block_participant(&block, &row, j, &one), STEMMA_OK);
                assert_memory_equal(&one, &s->participants[row.participant_first + j], sizeof one);
            }
        }
        release(bytes);
        free(s);
    }
}

/* Changes one number in the directory of a column of one element. */
static stemma_status check_with(stm_event_column id, int64_t minimum)
{
    sample *s = make_sample(7, 1);
    s->rows[0].contested = s->rows[0].amount = s->rows[0].amount_above = 5;
    stemma_bytes bytes = write_sample(s, 1);
    stm_column_block block;
    stm_event_block events;
    stm_event_row row;
    assert_int_equal(stm_column_block_open(bytes, &block), STEMMA_OK);
    for (uint32_t i = 0; i < block.columns; i++) {
        uint8_t *entry = (uint8_t *)(uintptr_t)bytes.data + STM_COLUMN_HEADER + i * STM_COLUMN_ENTRY;
        if (stm_load_le16(entry) == (uint32_t)id) {
            stm_store_le64(entry + 8, (uint64_t)minimum);
        }
    }
    stemma_status status = stm_event_block_check(bytes);
    assert_int_equal(stm_event_block_open(bytes, &events), STEMMA_OK);
    assert_int_equal(stm_event_block_marks(&events, 0, &row), status);
    release(bytes);
    free(s);
    return status;
}

/* [P-32] */
static void marks_out_of_range_are_refused(void **state)
{
    (void)state;
    assert_int_equal(check_with(STM_EVENT_CONTESTED, UINT32_MAX), STEMMA_OK);
    assert_int_equal(check_with(STM_EVENT_CONTESTED, INT64_C(1) << 32), STEMMA_E_DAMAGED);
    assert_int_equal(check_with(STM_EVENT_CONTESTED, -1), STEMMA_E_DAMAGED);
    assert_int_equal(check_with(STM_EVENT_AMOUNT, STM_STEP_MOST - 5), STEMMA_OK);
    assert_int_equal(check_with(STM_EVENT_AMOUNT, STM_STEP_MOST - 4), STEMMA_E_DAMAGED);
    assert_int_equal(check_with(STM_EVENT_AMOUNT, -1), STEMMA_E_DAMAGED);
    assert_int_equal(check_with(STM_EVENT_AMOUNT_ABOVE, 1), STEMMA_OK);
    assert_int_equal(check_with(STM_EVENT_AMOUNT_ABOVE, STM_STEP_MOST), STEMMA_E_DAMAGED);
}

static void participants_are_stored_in_order_of_rows_not_of_the_callers_array(void **state)
{
    sample *s = make_sample(5, 2), *swapped = make_sample(5, 2);
    uint32_t first = s->rows[0].participant_count;
    stemma_bytes a, b;
    (void)state;
    memcpy(swapped->participants + s->flat, s->participants, first * sizeof *swapped->participants);
    swapped->rows[0].participant_first = s->flat;
    a = write_sample(s, 2);
    b = write_sample(swapped, 2);
    assert_int_equal(a.size, b.size);
    assert_memory_equal(a.data, b.data, a.size);
    release(a);
    release(b);
    free(s);
    free(swapped);
}

static void a_block_checked_before_opens_without_a_check(void **state)
{
    sample *s = make_sample(6, 50);
    stemma_bytes bytes = write_sample(s, 50);
    stm_event_block block, again;
    (void)state;
    assert_int_equal(stm_event_block_open(bytes, &block), STEMMA_OK);
    memset(&again, 0xff, sizeof again);
    stm_event_block_trust(bytes, block.present, &again);
    assert_int_equal(again.participants, block.participants);
    for (uint32_t i = 0; i < 50; i++) {
        stm_event_row row, other;
        int unknown = s->rows[i].bounds.start_earliest == STEMMA_TIME_UNKNOWN_EARLY;
        memset(&row, 0, sizeof row);
        memset(&other, 0, sizeof other);
        assert_int_equal(stm_event_block_row(&block, i, &row), STEMMA_OK);
        assert_int_equal(stm_event_block_row(&again, i, &other), STEMMA_OK);
        assert_memory_equal(&row, &other, sizeof row);
        assert_int_equal(stm_event_block_get(&again, STM_EVENT_UNKNOWN, i) & 1, unknown);
        if (!unknown) {
            assert_int_equal(stm_event_block_get(&again, STM_EVENT_START_EARLIEST, i),
                             s->rows[i].bounds.start_earliest);
        }
    }
    release(bytes);
    free(s);
}

/* [P-9] */
static void what_is_all_zero_is_not_stored(void **state)
{
    sample *s = make_sample(10, 30);
    stemma_bytes bytes;
    stm_event_block block;
    stm_event_row row;
    (void)state;
    for (uint32_t i = 0; i < 30; i++) {
        uint32_t type = s->rows[i].type;
        memset(&s->rows[i], 0, sizeof s->rows[i]);
        s->rows[i].type = type;
        s->rows[i].place = s->rows[i].via = STEMMA_NONE;
    }
    s->flat = 0;
    bytes = write_sample(s, 30);
    assert_int_equal(bytes.size, 8 + 2 * 32 + 24 + 8); /* type in 5 bits, start in none */
    assert_int_equal(stm_event_block_check(bytes), STEMMA_OK);
    assert_int_equal(stm_event_block_open(bytes, &block), STEMMA_OK);
    assert_int_equal(block.participants, 0);
    for (uint32_t i = 0; i < 30; i++) {
        memset(&row, 0, sizeof row);
        assert_int_equal(stm_event_block_row(&block, i, &row), STEMMA_OK);
        assert_memory_equal(&row, &s->rows[i], sizeof row);
    }
    release(bytes);
    free(s);
}

/* [P-9] [P-25] */
static void events_of_one_kind_share_a_frame_and_take_no_bits_for_roles(void **state)
{
    sample *s = make_sample(11, 100);
    stemma_bytes bytes;
    stm_event_block block;
    stm_column column;
    (void)state;
    s->flat = 0;
    for (uint32_t i = 0; i < 100; i++) {
        s->rows[i].participant_first = s->flat;
        s->rows[i].participant_count = i == 50 ? 3 : 2;
        for (uint32_t j = 0; j < s->rows[i].participant_count; j++) {
            s->participants[s->flat].role = 7 + j / 2 * 10;
            s->participants[s->flat++].entity = i + j;
        }
    }
    bytes = write_sample(s, 100);
    assert_int_equal(stm_event_block_check(bytes), STEMMA_OK);
    assert_int_equal(stm_event_block_open(bytes, &block), STEMMA_OK);
    column = stm_event_block_column(&block, STM_EVENT_FRAME_END);
    assert_int_equal(column.count, 2);
    assert_int_equal(stm_column_get(&column, 0), 2);
    assert_int_equal(stm_column_get(&column, 1), 5);
    column = stm_event_block_column(&block, STM_EVENT_FRAME_ROLE);
    assert_int_equal(column.count, 5);
    assert_int_equal(stm_column_get(&column, 4), 17);
    column = stm_event_block_column(&block, STM_EVENT_FRAME);
    assert_int_equal(stm_column_get(&column, 49), 0);
    assert_int_equal(stm_column_get(&column, 50), 1);
    assert_int_equal(stm_column_get(&column, 51), 0);
    s->participants[1].role = 6; /* descends */
    assert_int_equal(stm_event_block_write((uint8_t *)(uintptr_t)bytes.data, bytes.size,
                                           &(size_t){0}, s->rows, 100, s->participants, s->scratch),
                     STEMMA_E_MISUSE);
    release(bytes);
    free(s);
}

/* Every single-bit change either is refused by the check or gives another block of events. */
static void a_check_refuses_what_no_writer_writes(void **state)
{
    sample *s = make_sample(12, 20), *back = calloc(1, sizeof *back);
    stemma_bytes bytes = write_sample(s, 20);
    uint8_t *copy = malloc(bytes.size);
    unsigned accepted = 0;
    (void)state;
    assert_non_null(copy);
    assert_non_null(back);
    for (size_t bit = 0; bit < bytes.size * 8; bit++) {
        stm_event_block block;
        stemma_bytes again;
        memcpy(copy, bytes.data, bytes.size);
        copy[bit / 8] ^= (uint8_t)(1u << (bit % 8));
        if (stm_event_block_check((stemma_bytes){copy, bytes.size}) != STEMMA_OK) {
            continue;
        }
        size_t last = STM_COLUMN_HEADER + (stm_load_le16(copy + 4) - 1u) * STM_COLUMN_ENTRY;
        if (stm_load_le16(copy + last) > STM_EVENT_COLUMNS) {
            continue; /* a column of some later version, which is passed over */
        }
        accepted++;
        assert_int_equal(stm_event_block_open((stemma_bytes){copy, bytes.size}, &block), STEMMA_OK);
        assert_true(block.rows <= ROWS && block.participants <= ROWS * 4);
        for (uint32_t i = 0; i < block.rows; i++) {
            assert_int_equal(stm_event_block_row(&block, i, &back->rows[i]), STEMMA_OK);
            assert_int_equal(stm_event_block_marks(&block, i, &back->rows[i]), STEMMA_OK);
            for (uint32_t j = 0; j < back->rows[i].participant_count; j++) {
                assert_int_equal(stm_event_block_participant(
                                     &block, &back->rows[i], j,
                                     &back->participants[back->rows[i].participant_first + j]),
                                 STEMMA_OK);
            }
        }
        back->flat = block.participants;
        again = write_sample(back, block.rows);
        assert_int_equal(again.size, bytes.size);
        assert_memory_equal(again.data, copy, bytes.size);
        release(again);
    }
    assert_true(accepted > 100);
    free(copy);
    free(back);
    release(bytes);
    free(s);
}

static void rows_that_do_not_fit_are_refused(void **state)
{
    sample *s = make_sample(7, 2);
    uint8_t buffer[4096];
    size_t size;
    (void)state;
    assert_int_equal(stm_event_block_write(buffer, sizeof buffer, &size, s->rows, 0,
                                           s->participants, s->scratch),
                     STEMMA_E_MISUSE);
    assert_int_equal(
        stm_event_block_write(buffer, 600, &size, s->rows, 2, s->participants, s->scratch),
        STEMMA_E_NO_SPACE);
    s->rows[1].bounds.start_earliest = INT64_MIN + 1;
    s->rows[1].bounds.start_latest = INT64_MAX - 1;
    assert_int_equal(stm_event_block_write(buffer, sizeof buffer, &size, s->rows, 2,
                                           s->participants, s->scratch),
                     STEMMA_E_LIMIT);
    s->rows[1].realis = 4;
    assert_int_equal(stm_event_block_write(buffer, sizeof buffer, &size, s->rows, 2,
                                           s->participants, s->scratch),
                     STEMMA_E_MISUSE);
    free(s);
}

static void damaged_blocks_never_lead_out_of_bounds(void **state)
{
    sample *s = make_sample(8, 40);
    stemma_bytes bytes = write_sample(s, 40);
    uint8_t *copy = malloc(bytes.size);
    prng random = {9};
    unsigned opened = 0, refused_rows = 0;
    (void)state;
    assert_non_null(copy);
    for (int round = 0; round < 20000; round++) {
        stm_event_block block;
        stemma_bytes damaged = {copy, bytes.size};
        unsigned changes = 1 + prng_below(&random, 3);
        memcpy(copy, bytes.data, bytes.size);
        while (changes-- > 0) {
            uint32_t span = prng_below(&random, 2) ? 8 + 26 * 32 : (uint32_t)bytes.size;
            copy[prng_below(&random, span)] = (uint8_t)prng_next(&random);
        }
        (void)stm_event_block_check(damaged);
        if (stm_event_block_open(damaged, &block) != STEMMA_OK) {
            continue;
        }
        opened++;
        for (uint32_t i = 0; i < block.rows; i++) {
            stm_event_row row;
            stm_event_participant one;
            if (stm_event_block_row(&block, i, &row) != STEMMA_OK) {
                refused_rows++;
                continue;
            }
            for (uint32_t j = 0; j < row.participant_count && j < 100; j++) {
                (void)stm_event_block_participant(&block, &row, j, &one);
            }
        }
    }
    assert_true(opened > 100);
    assert_true(refused_rows > 100);
    free(copy);
    release(bytes);
    free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(events_read_back),
        cmocka_unit_test(marks_out_of_range_are_refused),
        cmocka_unit_test(participants_are_stored_in_order_of_rows_not_of_the_callers_array),
        cmocka_unit_test(a_block_checked_before_opens_without_a_check),
        cmocka_unit_test(what_is_all_zero_is_not_stored),
        cmocka_unit_test(events_of_one_kind_share_a_frame_and_take_no_bits_for_roles),
        cmocka_unit_test(a_check_refuses_what_no_writer_writes),
        cmocka_unit_test(rows_that_do_not_fit_are_refused),
        cmocka_unit_test(damaged_blocks_never_lead_out_of_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
