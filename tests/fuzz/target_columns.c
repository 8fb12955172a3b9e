/* SPDX-License-Identifier: MIT */
/* Column blocks: plain ones, those of entities and those of events; the first byte chooses. What opens can
   be read everywhere, in every way with the same numbers; what the check accepts is what a writer writes. */
#include "column.h"
#include "entity_block.h"
#include "event_block.h"
#include "event_plan.h"
#include "fuzz.h"
#include "fuzz_bounds.h"

#define ELEMENTS 20000u /* of a column, that are looked at: one of width 0 takes no bytes */

static void a_column(const stm_column *column)
{
    uint32_t count = column->count < ELEMENTS ? column->count : ELEMENTS;
    uint32_t first = column->count - count;
    int64_t *many = fuzz_zeroed(count, sizeof *many);
    uint32_t *low = fuzz_zeroed(count, sizeof *low);
    stm_column_unpack(column, first, count, many);
    stm_column_unpack_u32(column, first, count, low);
    bool fits = stm_column_fits(column, 1000);
    for (uint32_t i = 0; i < count; i++) {
        fuzz_must(stm_column_get(column, first + i) == many[i] && low[i] == (uint32_t)many[i]);
        fuzz_must(!fits || (many[i] >= 0 && many[i] <= 1000));
    }
    for (uint32_t i = 0; i < 4 && count != 0; i++) {
        uint32_t found = stm_column_lower_bound(column, column->count, many[i * (count - 1) / 3]);
        fuzz_must(found <= column->count);
    }
    if (column->form == STM_COLUMN_RUNS) {
        uint64_t begins;
        uint32_t runs = stm_column_runs(column);
        for (uint32_t i = 0; i < runs && i < ELEMENTS; i++) {
            (void)stm_column_run(column, i, &begins);
        }
    }
    free(many);
    free(low);
}

static void plain(stemma_bytes value)
{
    stm_column_block block;
    stm_column column;
    stemma_status status = stm_column_block_open(value, &block);
    stemma_status checked = stm_column_block_check(value);
    fuzz_must(checked != STEMMA_OK || status == STEMMA_OK);
    if (status != STEMMA_OK) {
        fuzz_must(status == STEMMA_E_DAMAGED);
        return;
    }
    uint64_t elements = 0;
    for (uint32_t i = 0; i < block.columns; i++) {
        stm_column_at(&block, i, &column);
        a_column(&column);
        elements += column.count;
    }
    if (checked == STEMMA_OK && elements <= ELEMENTS) {
        size_t capacity = stm_column_bound(block.columns, elements), size = 0;
        uint8_t *bytes = fuzz_zeroed(capacity, 1);
        stm_column_writer writer;
        stm_column_begin(&writer, bytes, capacity, block.rows, block.columns);
        for (uint32_t i = 0; i < block.columns; i++) {
            stm_column_at(&block, i, &column);
            int64_t *values = fuzz_zeroed(column.count, sizeof *values);
            stm_column_unpack(&column, 0, column.count, values);
            stm_column_add(&writer, column.id, values, column.count);
            free(values);
        }
        fuzz_must(stm_column_end(&writer, &size) == STEMMA_OK);
        fuzz_must(size == value.size && memcmp(bytes, value.data, size) == 0);
        free(bytes);
    }
    (void)stm_column_open_one(value, &column);
}

static void entities(stemma_bytes value)
{
    stm_entity_block block;
    stm_fault fault = {NULL, 0};
    if (stm_entity_block_open(value, &block, &fault) != STEMMA_OK) {
        fuzz_must(fault.code != NULL);
        return;
    }
    fuzz_must(block.rows <= STM_ENTITY_BLOCK);
    stm_entity_row *rows = fuzz_zeroed(block.rows, sizeof *rows);
    bool sound = block.rows != 0;
    for (uint32_t i = 0; i < block.rows; i++) {
        stemma_status status = stm_entity_block_row(&block, i, fuzz_bounds(), &rows[i], &fault);
        fuzz_must(status == STEMMA_OK || status == STEMMA_E_DAMAGED);
        sound = sound && status == STEMMA_OK;
    }
    if (sound) {
        size_t bound = stm_entity_block_bound(block.rows), size = 0;
        uint8_t *bytes = fuzz_zeroed(bound, 1);
        int64_t *scratch = fuzz_zeroed(block.rows, sizeof *scratch);
        fuzz_must(stm_entity_block_write(bytes, bound, &size, rows, block.rows, scratch, fuzz_bounds(),
                                         NULL) == STEMMA_OK);
        stemma_bytes made = {bytes, size};
        fuzz_must(stm_entity_block_open(made, &block, NULL) == STEMMA_OK);
        fuzz_must(stm_column_block_check(made) == STEMMA_OK);
        free(scratch);
        free(bytes);
    }
    free(rows);
}

/* Writes the block again: the same bytes when they passed the check. */
static void write_events(stemma_bytes value, const stm_event_row *rows, uint32_t count,
                         const stm_event_participant *participants, uint32_t participant_count)
{
    size_t bound = stm_event_block_bound(count, participant_count), size = 0;
    uint8_t *bytes = fuzz_zeroed(bound, 1);
    int64_t *scratch =
        fuzz_zeroed(count > participant_count ? count : participant_count, sizeof *scratch);
    stemma_status status =
        stm_event_block_write(bytes, bound, &size, rows, count, participants, scratch);
    fuzz_must(status == STEMMA_OK);
    fuzz_must(size == value.size && memcmp(bytes, value.data, size) == 0);
    free(scratch);
    free(bytes);
}

static void events(stemma_bytes value)
{
    stm_event_block block, trusted, planned;
    stm_event_plan plan;
    stemma_status checked = stm_event_block_check(value);
    stemma_status status = stm_event_block_open(value, &block);
    fuzz_must(checked != STEMMA_OK || status == STEMMA_OK);
    if (status != STEMMA_OK) {
        fuzz_must(status == STEMMA_E_DAMAGED);
        return;
    }
    fuzz_must(block.rows <= STEMMA_EVENT_BLOCK);
    stm_event_block_trust(value, block.present, &trusted);
    fuzz_must(trusted.participants == block.participants && trusted.rows == block.rows);
    planned = block;
    int has_plan = stm_event_plan_make(&block, &plan);
    planned.plan = &plan;
    bool sound = checked == STEMMA_OK && block.rows != 0 && block.participants <= ELEMENTS;
    uint32_t used = 0;
    stm_event_row *rows = fuzz_zeroed(block.rows, sizeof *rows);
    stm_event_participant *participants = fuzz_zeroed(block.participants, sizeof *participants);
    for (uint32_t i = 0; i < block.rows; i++) {
        stm_event_row again;
        stm_event_row *row = &rows[i];
        status = stm_event_block_row(&block, i, row);
        fuzz_must(status == STEMMA_OK || status == STEMMA_E_DAMAGED);
        sound = sound && stm_event_block_marks(&block, i, row) == STEMMA_OK;
        if (has_plan) {
            memset(&again, 0, sizeof again);
            fuzz_must(stm_event_plan_row(&planned, i, &again) == status);
            fuzz_must(status != STEMMA_OK || (again.type == row->type && again.claim_first == row->claim_first &&
                                              again.participant_count == row->participant_count &&
                                              again.bounds.end_latest == row->bounds.end_latest));
        }
        sound = sound && status == STEMMA_OK;
        uint32_t first = used;
        for (uint32_t p = 0; status == STEMMA_OK && p < row->participant_count; p++) {
            stm_event_participant participant;
            stemma_status got = stm_event_block_participant(&block, row, p, &participant);
            fuzz_must(got == STEMMA_OK || got == STEMMA_E_DAMAGED);
            sound = sound && got == STEMMA_OK && used < block.participants;
            if (sound) {
                participants[used++] = participant;
            }
        }
        row->participant_first = first;
    }
    if (sound) {
        write_events(value, rows, block.rows, participants, used);
    }
    free(rows);
    free(participants);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input input = fuzz_input_of(data, size);
    unsigned family = fuzz_u8(&input) % 3;
    stemma_bytes value = fuzz_rest(&input);
    if (family == 0) {
        plain(value);
    } else if (family == 1) {
        entities(value);
    } else {
        events(value);
    }
    fuzz_free(value);
    return 0;
}
