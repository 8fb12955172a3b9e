/* SPDX-License-Identifier: MIT */
#include "event_block.h"

/* Bits of column STM_EVENT_UNKNOWN. */
enum { NO_START_EARLIEST = 1, NO_START_LATEST = 2, NO_END_EARLIEST = 4, NO_END_LATEST = 8 };

size_t stm_event_block_bound(uint32_t rows, uint32_t participants)
{
    return stm_column_bound(STM_EVENT_COLUMNS,
                            (uint64_t)rows * (STM_EVENT_COLUMNS - 2) + 2 * (uint64_t)participants);
}

static unsigned unknown_bits(const stemma_time_bounds *bounds)
{
    return (bounds->start_earliest == STEMMA_TIME_UNKNOWN_EARLY ? NO_START_EARLIEST : 0u) |
           (bounds->start_latest == STEMMA_TIME_UNKNOWN_LATE ? NO_START_LATEST : 0u) |
           (bounds->end_earliest == STEMMA_TIME_UNKNOWN_EARLY ? NO_END_EARLIEST : 0u) |
           (bounds->end_latest == STEMMA_TIME_UNKNOWN_LATE ? NO_END_LATEST : 0u);
}

/* Each number column is one loop over the rows into the scratch array. */
#define FILL(id, expression)                                                                       \
    do {                                                                                           \
        for (uint32_t i = 0; i < count; i++) {                                                     \
            const stm_event_row *row = &rows[i];                                                   \
            scratch[i] = (int64_t)(expression);                                                    \
        }                                                                                          \
        stm_column_add(&writer, (id), scratch, count);                                             \
    } while (0)

/* Differences of a bound from the stored start; 0 for an unknown bound. */
static stemma_status fill_bound(int64_t *scratch, const stm_event_row *rows, uint32_t count,
                                stm_event_column id)
{
    int64_t start = 0;
    for (uint32_t i = 0; i < count; i++) {
        const stemma_time_bounds *bounds = &rows[i].bounds;
        unsigned unknown = unknown_bits(bounds);
        int64_t bound = id == STM_EVENT_START_LATEST   ? bounds->start_latest
                        : id == STM_EVENT_END_EARLIEST ? bounds->end_earliest
                        : id == STM_EVENT_END_LATEST   ? bounds->end_latest
                                                       : bounds->start_earliest;
        if ((unknown & NO_START_EARLIEST) == 0) {
            start = bounds->start_earliest;
        }
        if (id == STM_EVENT_START_EARLIEST) {
            scratch[i] = start;
        } else if ((unknown & (1u << (id - STM_EVENT_START_EARLIEST))) != 0) {
            scratch[i] = 0;
        } else if (!stm_sub_i64(bound, start, &scratch[i])) {
            return STEMMA_E_LIMIT;
        }
    }
    return STEMMA_OK;
}

static int row_is_sound(const stm_event_row *row)
{
    return row->polarity < 4 && row->certainty < 4 && row->tense < 4 && row->realis < 4 &&
           row->bounds.precision < 16 && row->bounds.extent < 2 && row->bounds.approximate < 2 &&
           row->bounds.uncertain < 2;
}

stemma_status stm_event_block_write(uint8_t *out, size_t capacity, size_t *size,
                                    const stm_event_row *rows, uint32_t count,
                                    const stm_event_participant *participants, int64_t *scratch)
{
    stm_column_writer writer;
    stemma_status status;
    uint32_t flat = 0, offset = 0;
    if (count == 0 || count > STEMMA_EVENT_BLOCK) {
        return STEMMA_E_MISUSE;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (!row_is_sound(&rows[i])) {
            return STEMMA_E_MISUSE;
        }
        if (!stm_add_u32(flat, rows[i].participant_count, &flat) ||
            flat > STM_COLUMN_VALUES_LIMIT) {
            return STEMMA_E_LIMIT;
        }
    }
    stm_column_begin(&writer, out, capacity, count, STM_EVENT_COLUMNS);
    FILL(STM_EVENT_TYPE, row->type);
    for (unsigned id = STM_EVENT_START_EARLIEST; id <= STM_EVENT_END_LATEST; id++) {
        status = fill_bound(scratch, rows, count, (stm_event_column)id);
        if (status != STEMMA_OK) {
            return status;
        }
        stm_column_add(&writer, (uint16_t)id, scratch, count);
    }
    FILL(STM_EVENT_UNKNOWN, unknown_bits(&row->bounds));
    FILL(STM_EVENT_PRECISION, (unsigned)row->bounds.precision | (unsigned)row->bounds.extent << 4 |
                                  (unsigned)row->bounds.approximate << 5 |
                                  (unsigned)row->bounds.uncertain << 6);
    FILL(STM_EVENT_PLACE, row->place == STEMMA_NONE ? 0 : (int64_t)row->place + 1);
    FILL(STM_EVENT_PARTICIPANTS, row->participant_count);
    for (unsigned id = STM_EVENT_ROLE; id <= STM_EVENT_ENTITY; id++) {
        uint32_t at = 0;
        for (uint32_t i = 0; i < count; i++) {
            for (uint32_t j = 0; j < rows[i].participant_count; j++) {
                const stm_event_participant *one = &participants[rows[i].participant_first + j];
                scratch[at++] = id == STM_EVENT_ROLE ? one->role : one->entity;
            }
        }
        stm_column_add(&writer, (uint16_t)id, scratch, flat);
    }
    FILL(STM_EVENT_DOCUMENTS, row->documents);
    FILL(STM_EVENT_INDEPENDENT, row->independent);
    FILL(STM_EVENT_FACTUALITY, (unsigned)row->polarity | (unsigned)row->certainty << 2 |
                                   (unsigned)row->tense << 4 | (unsigned)row->realis << 6);
    FILL(STM_EVENT_FIRST_DOCUMENT, row->first_document);
    FILL(STM_EVENT_FIRST_REFERENT, row->first_referent);
    FILL(STM_EVENT_CLAIM_FIRST, row->claim_first);
    FILL(STM_EVENT_CLAIM_COUNT, row->claim_count);
    for (uint32_t i = 0; i < count; i++) {
        scratch[i] = offset;
        offset += rows[i].participant_count;
    }
    stm_column_add(&writer, STM_EVENT_PARTICIPANT_OFFSET, scratch, count);
    return stm_column_end(&writer, size);
}

stemma_status stm_event_block_open_some(stemma_bytes value, const uint16_t *ids, uint32_t count,
                                        stm_column *out, uint32_t *rows)
{
    stm_column_block block;
    if (stm_column_block_open(value, &block) != STEMMA_OK || block.rows == 0 ||
        block.rows > STEMMA_EVENT_BLOCK || block.columns < STM_EVENT_COLUMNS) {
        return STEMMA_E_DAMAGED;
    }
    for (uint32_t i = 0; i < count; i++) {
        /* Columns 1 to 19 come first, whatever a later minor version adds behind them. */
        if (ids[i] < 1 || ids[i] > STM_EVENT_COLUMNS) {
            return STEMMA_E_MISUSE;
        }
        stm_column_at(&block, ids[i] - 1u, &out[i]);
        if (out[i].id != ids[i] || (ids[i] != STM_EVENT_ROLE && ids[i] != STM_EVENT_ENTITY &&
                                    out[i].count != block.rows)) {
            return STEMMA_E_DAMAGED;
        }
    }
    *rows = block.rows;
    return STEMMA_OK;
}

stemma_status stm_event_block_open(stemma_bytes value, stm_event_block *out)
{
    static const uint16_t all[STM_EVENT_COLUMNS] = {1,  2,  3,  4,  5,  6,  7,  8,  9, 10,
                                                    11, 12, 13, 14, 15, 16, 17, 18, 19};
    stemma_status status =
        stm_event_block_open_some(value, all, STM_EVENT_COLUMNS, out->column + 1, &out->rows);
    if (status != STEMMA_OK) {
        return status;
    }
    out->participants = out->column[STM_EVENT_ROLE].count;
    return out->column[STM_EVENT_ENTITY].count == out->participants ? STEMMA_OK : STEMMA_E_DAMAGED;
}

/* Gets a number that must lie in 0..most. */
static stemma_status get(const stm_event_block *block, stm_event_column id, uint32_t row,
                         uint32_t most, uint32_t *out)
{
    int64_t value = stm_column_get(&block->column[id], row);
    if (value < 0 || value > (int64_t)most) {
        return STEMMA_E_DAMAGED;
    }
    *out = (uint32_t)value;
    return STEMMA_OK;
}

static stemma_status row_bounds(const stm_event_block *block, uint32_t row, stemma_time_bounds *out)
{
    int64_t start = stm_column_get(&block->column[STM_EVENT_START_EARLIEST], row);
    int64_t bound[3];
    uint32_t unknown, precision;
    if (get(block, STM_EVENT_UNKNOWN, row, 15, &unknown) != STEMMA_OK ||
        get(block, STM_EVENT_PRECISION, row, 127, &precision) != STEMMA_OK) {
        return STEMMA_E_DAMAGED;
    }
    for (unsigned i = 0; i < 3; i++) {
        int64_t apart = stm_column_get(&block->column[STM_EVENT_START_LATEST + i], row);
        if (!stm_add_i64(start, apart, &bound[i])) {
            return STEMMA_E_DAMAGED;
        }
    }
    out->start_earliest = unknown & NO_START_EARLIEST ? STEMMA_TIME_UNKNOWN_EARLY : start;
    out->start_latest = unknown & NO_START_LATEST ? STEMMA_TIME_UNKNOWN_LATE : bound[0];
    out->end_earliest = unknown & NO_END_EARLIEST ? STEMMA_TIME_UNKNOWN_EARLY : bound[1];
    out->end_latest = unknown & NO_END_LATEST ? STEMMA_TIME_UNKNOWN_LATE : bound[2];
    if ((precision & 15u) > STEMMA_PRECISION_SECOND) {
        return STEMMA_E_DAMAGED;
    }
    out->precision = precision & 15u;
    out->extent = (precision >> 4) & 1u;
    out->approximate = (precision >> 5) & 1u;
    out->uncertain = (precision >> 6) & 1u;
    return STEMMA_OK;
}

stemma_status stm_event_block_row(const stm_event_block *block, uint32_t row, stm_event_row *out)
{
    uint32_t place, factuality;
    int64_t place_plus = stm_column_get(&block->column[STM_EVENT_PLACE], row);
    if (row_bounds(block, row, &out->bounds) != STEMMA_OK ||
        get(block, STM_EVENT_TYPE, row, STEMMA_NONE - 1, &out->type) != STEMMA_OK ||
        get(block, STM_EVENT_PARTICIPANTS, row, UINT32_MAX, &out->participant_count) != STEMMA_OK ||
        get(block, STM_EVENT_PARTICIPANT_OFFSET, row, UINT32_MAX, &out->participant_first) !=
            STEMMA_OK ||
        get(block, STM_EVENT_DOCUMENTS, row, UINT32_MAX, &out->documents) != STEMMA_OK ||
        get(block, STM_EVENT_INDEPENDENT, row, UINT32_MAX, &out->independent) != STEMMA_OK ||
        get(block, STM_EVENT_FACTUALITY, row, 255, &factuality) != STEMMA_OK ||
        get(block, STM_EVENT_FIRST_DOCUMENT, row, STEMMA_NONE - 1, &out->first_document) !=
            STEMMA_OK ||
        get(block, STM_EVENT_FIRST_REFERENT, row, STEMMA_NONE - 1, &out->first_referent) !=
            STEMMA_OK ||
        get(block, STM_EVENT_CLAIM_FIRST, row, UINT32_MAX, &out->claim_first) != STEMMA_OK ||
        get(block, STM_EVENT_CLAIM_COUNT, row, UINT32_MAX, &out->claim_count) != STEMMA_OK ||
        place_plus < 0 || place_plus > (int64_t)UINT32_MAX) {
        return STEMMA_E_DAMAGED;
    }
    if (out->participant_first > block->participants ||
        out->participant_count > block->participants - out->participant_first) {
        return STEMMA_E_DAMAGED;
    }
    place = (uint32_t)place_plus;
    out->place = place == 0 ? STEMMA_NONE : place - 1;
    out->polarity = factuality & 3u;
    out->certainty = (factuality >> 2) & 3u;
    out->tense = (factuality >> 4) & 3u;
    out->realis = (factuality >> 6) & 3u;
    return STEMMA_OK;
}

stemma_status stm_event_block_participant(const stm_event_block *block, uint32_t index,
                                          stm_event_participant *out)
{
    if (get(block, STM_EVENT_ROLE, index, STEMMA_NONE - 1, &out->role) != STEMMA_OK ||
        get(block, STM_EVENT_ENTITY, index, STEMMA_NONE - 1, &out->entity) != STEMMA_OK) {
        return STEMMA_E_DAMAGED;
    }
    return STEMMA_OK;
}

stemma_status stm_event_block_check(stemma_bytes value)
{
    stm_event_block block;
    uint32_t offset = 0;
    int64_t start = 0;
    stemma_status status = stm_column_block_check(value);
    if (status == STEMMA_OK) {
        status = stm_event_block_open(value, &block);
    }
    for (uint32_t row = 0; status == STEMMA_OK && row < block.rows; row++) {
        stm_event_row one;
        unsigned unknown;
        status = stm_event_block_row(&block, row, &one);
        if (status != STEMMA_OK) {
            break;
        }
        if (one.participant_first != offset) {
            return STEMMA_E_DAMAGED;
        }
        offset += one.participant_count;
        unknown = (unsigned)stm_column_get(&block.column[STM_EVENT_UNKNOWN], row);
        if ((unknown & NO_START_EARLIEST) == 0) {
            start = one.bounds.start_earliest;
        }
        if (stm_column_get(&block.column[STM_EVENT_START_EARLIEST], row) != start) {
            return STEMMA_E_DAMAGED;
        }
        for (unsigned i = 0; i < 3; i++) {
            if ((unknown & (NO_START_LATEST << i)) != 0 &&
                stm_column_get(&block.column[STM_EVENT_START_LATEST + i], row) != 0) {
                return STEMMA_E_DAMAGED;
            }
        }
    }
    if (status == STEMMA_OK && offset != block.participants) {
        return STEMMA_E_DAMAGED;
    }
    for (uint32_t i = 0; status == STEMMA_OK && i < block.participants; i++) {
        stm_event_participant one;
        status = stm_event_block_participant(&block, i, &one);
    }
    return status;
}
