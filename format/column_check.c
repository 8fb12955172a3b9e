/* SPDX-License-Identifier: MIT */
/* The check of column blocks, of column.h: a column is what a writer would make of its values. */
#include "column.h"

#include "column_form.h"

#define PIECE 512u

/* Whether no element leaves int64. */
static int elements_fit(const stm_column *column, const int64_t *values, uint32_t first,
                        uint32_t count)
{
    uint64_t reach = 0;
    if (column->width == 0 && column->form == STM_COLUMN_PLAIN) {
        return 1;
    }
    if (column->form != STM_COLUMN_RAMP) {
        /* What is unpacked modulo 2^64 tells its bits: the distance is below 2^64. */
        for (uint32_t i = 0; i < count; i++) {
            reach |= (uint64_t)(values[i] < column->minimum);
        }
        return reach == 0;
    }
    for (uint32_t i = 0; i < count; i++) {
        uint64_t bits =
            column->width == 0 ? 0 : stm_bits_get(column->data, (uint64_t)first + i, column->width);
        int64_t line, start;
        if (!stm_mul_i64((int64_t)column->scale, (int64_t)first + i, &line) ||
            !stm_add_i64(column->minimum, line, &start) ||
            bits > (uint64_t)INT64_MAX - (uint64_t)start) {
            return 0;
        }
    }
    return 1;
}

/* Scaled distances fit 64 bits: then an overflow shows as a number below the minimum. */
static int scale_fits(const stm_column *column, uint32_t changes)
{
    uint64_t reach, most = 0;
    const uint8_t *data = column->data;
    uint32_t count = column->count;
    if (column->form == STM_COLUMN_RAMP ||
        !__builtin_mul_overflow(stm_bits_mask(column->width), column->scale, &reach)) {
        return 1;
    }
    if (column->form == STM_COLUMN_RUNS) {
        data += STM_COLUMN_RUNS_HEADER +
                stm_bits_size(changes, stm_column_position_width(column->count));
        count = changes + 1;
    }
    for (uint32_t i = 0; i < count; i++) {
        uint64_t bits = stm_bits_get(data, i, column->width);
        most = bits > most ? bits : most;
    }
    return !__builtin_mul_overflow(most, column->scale, &reach);
}

/* Unused bits behind `count` elements of the data are zero. */
static int tail_is_zero(const uint8_t *data, uint32_t count, unsigned width)
{
    uint64_t bits = (uint64_t)count * width;
    return (bits & 7u) == 0 || data[bits >> 3] >> (bits & 7u) == 0;
}

/* Positions ascend inside the column, unused bits of both parts are zero. */
static int runs_are_sound(const stm_column *column, uint32_t changes)
{
    const unsigned width = stm_column_position_width(column->count);
    const uint8_t *positions = column->data + STM_COLUMN_RUNS_HEADER;
    uint64_t last = 0;
    for (uint32_t i = 0; i < changes; i++) {
        uint64_t position = stm_bits_get(positions, i, width);
        if (position <= last || position >= column->count) {
            return 0;
        }
        last = position;
    }
    return tail_is_zero(positions, changes, width) &&
           tail_is_zero(positions + stm_bits_size(changes, width), changes + 1, column->width);
}

static stemma_status check_column(const stm_column *column)
{
    int64_t values[PIECE];
    stm_column_sum sum;
    stm_column_form form;
    uint32_t changes = column->form == STM_COLUMN_RUNS ? stm_load_le32(column->data) : 0;
    uint64_t bytes = stm_column_data_size(column->form, column->count, column->width, changes);
    stm_column_sum_begin(&sum);
    if (column->form == STM_COLUMN_RUNS
            ? !runs_are_sound(column, changes)
            : !tail_is_zero(column->data, column->count, column->width)) {
        return STEMMA_E_DAMAGED;
    }
    if (!scale_fits(column, changes)) {
        return STEMMA_E_DAMAGED;
    }
    for (uint32_t at = 0; at < column->count; at += PIECE) {
        uint32_t piece = column->count - at < PIECE ? column->count - at : PIECE;
        stm_column_unpack(column, at, piece, values);
        if (!elements_fit(column, values, at, piece)) {
            return STEMMA_E_DAMAGED;
        }
        stm_column_sum_add(&sum, values, piece);
    }
    if (stm_column_sum_again(&sum)) {
        for (uint32_t at = 0; at < column->count; at += PIECE) {
            uint32_t piece = column->count - at < PIECE ? column->count - at : PIECE;
            stm_column_unpack(column, at, piece, values);
            stm_column_sum_add_again(&sum, values, piece);
        }
    }
    form = stm_column_choose(&sum);
    if (form.form != column->form || form.minimum != column->minimum ||
        form.scale != column->scale || form.width != column->width || form.changes != changes) {
        return STEMMA_E_DAMAGED;
    }
    for (uint64_t at = bytes; (at & 7u) != 0; at++) {
        if (column->data[at] != 0) {
            return STEMMA_E_DAMAGED;
        }
    }
    return STEMMA_OK;
}

stemma_status stm_column_block_check(stemma_bytes value)
{
    stm_column_block block;
    stemma_status status = stm_column_block_open(value, &block);
    for (uint32_t i = 0; status == STEMMA_OK && i < block.columns; i++) {
        stm_column column;
        stm_column_at(&block, i, &column);
        status = check_column(&column);
    }
    if (status == STEMMA_OK && stm_load_le64(value.data + value.size - STM_BITS_SLACK) != 0) {
        return STEMMA_E_DAMAGED;
    }
    return status;
}
