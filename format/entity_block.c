/* SPDX-License-Identifier: MIT */
#include "entity_block.h"

/* Rules that hold of a row. */
static const char *row_fault(const stm_entity_row *row, const stm_bounds *bounds)
{
    if (row->type >= bounds->vocabulary.count ||
        bounds->vocabulary.terms[row->type].kind != STEMMA_TERM_ENTITY_TYPE) {
        return "TERM_UNKNOWN";
    }
    if (row->first.document >= bounds->documents || row->first.referent == STEMMA_NONE) {
        return "DOCUMENT_OUT_OF_RANGE";
    }
    if (row->claim_first > bounds->claims || row->claim_count > bounds->claims - row->claim_first) {
        return "CLAIM_RANGE";
    }
    return NULL;
}

static int64_t field(const stm_entity_row *row, unsigned id)
{
    switch (id) {
    case STM_ENTITY_TYPE:
        return row->type;
    case STM_ENTITY_DOCUMENTS:
        return row->documents;
    case STM_ENTITY_MENTIONS:
        return row->mentions;
    case STM_ENTITY_EVENTS:
        return (int64_t)row->events - (int64_t)row->mentions;
    case STM_ENTITY_FIRST_DOCUMENT:
        return row->first.document;
    case STM_ENTITY_FIRST_REFERENT:
        return row->first.referent;
    case STM_ENTITY_CLAIM_FIRST:
        return row->claim_first;
    case STM_ENTITY_CLAIM_COUNT:
        return row->claim_count;
    case STM_ENTITY_CONTESTED:
        return row->contested;
    default:
        return row->alias;
    }
}

size_t stm_entity_block_bound(uint32_t rows)
{
    return stm_column_bound(STM_ENTITY_COLUMNS, (uint64_t)rows * STM_ENTITY_COLUMNS);
}

stemma_status stm_entity_block_write(uint8_t *out, size_t capacity, size_t *size,
                                     const stm_entity_row *rows, uint32_t count, int64_t *scratch,
                                     const stm_bounds *bounds, stm_fault *fault)
{
    uint8_t present[STM_ENTITY_COLUMNS + 1] = {0};
    uint32_t columns = 0;
    stm_column_writer writer;
    if (count == 0 || count > STM_ENTITY_BLOCK) {
        return STEMMA_E_MISUSE;
    }
    present[STM_ENTITY_TYPE] = 1;
    for (uint32_t i = 0; i < count; i++) {
        const char *code = row_fault(&rows[i], bounds);
        if (code != NULL) {
            return stm_fault_set(fault, STEMMA_E_INVALID, code, 0);
        }
        for (unsigned id = STM_ENTITY_TYPE + 1; id <= STM_ENTITY_COLUMNS; id++) {
            present[id] |= field(&rows[i], id) != 0;
        }
    }
    for (unsigned id = 1; id <= STM_ENTITY_COLUMNS; id++) {
        columns += present[id];
    }
    stm_column_begin(&writer, out, capacity, count, columns);
    for (unsigned id = 1; id <= STM_ENTITY_COLUMNS; id++) {
        if (present[id]) {
            for (uint32_t i = 0; i < count; i++) {
                scratch[i] = field(&rows[i], id);
            }
            stm_column_add(&writer, (uint16_t)id, scratch, count);
        }
    }
    return stm_column_end(&writer, size);
}

stemma_status stm_entity_block_open(stemma_bytes value, stm_entity_block *out, stm_fault *fault)
{
    stm_column_block block;
    stemma_status status = stm_column_block_open(value, &block);
    if (status == STEMMA_OK && (block.rows == 0 || block.rows > STM_ENTITY_BLOCK)) {
        status = STEMMA_E_DAMAGED;
    }
    for (unsigned id = 1; id <= STM_ENTITY_COLUMNS && status == STEMMA_OK; id++) {
        stm_column *column = &out->column[id];
        status = stm_column_find(&block, (uint16_t)id, column);
        if (status == STEMMA_NOT_FOUND && id != STM_ENTITY_TYPE) {
            memset(column, 0, sizeof *column);
            column->data = block.base;
            column->scale = 1;
            column->count = block.rows;
            status = STEMMA_OK;
        }
        if (status != STEMMA_OK || column->count != block.rows) {
            status = STEMMA_E_DAMAGED;
        }
    }
    if (status != STEMMA_OK) {
        return stm_fault_set(fault, STEMMA_E_DAMAGED, "COLUMN_BLOCK", 0);
    }
    out->rows = block.rows;
    return STEMMA_OK;
}

/* A number of a row, not above `most`. */
static uint32_t number_of(int64_t value, uint32_t most, const char **code)
{
    if (value < 0 || value > most) {
        *code = "NUMBER_OUT_OF_RANGE";
        return 0;
    }
    return (uint32_t)value;
}

stemma_status stm_entity_block_row(const stm_entity_block *block, uint32_t row,
                                   const stm_bounds *bounds, stm_entity_row *out, stm_fault *fault)
{
    const stm_column *c = block->column;
    const char *code = NULL;
    out->type = number_of(stm_column_get(&c[STM_ENTITY_TYPE], row), UINT32_MAX, &code);
    out->documents =
        number_of(stm_column_get(&c[STM_ENTITY_DOCUMENTS], row), bounds->documents, &code);
    out->mentions = number_of(stm_column_get(&c[STM_ENTITY_MENTIONS], row), UINT32_MAX - 1u, &code);
    out->events =
        number_of((int64_t)((uint64_t)stm_column_get(&c[STM_ENTITY_EVENTS], row) + out->mentions),
                  bounds->events, &code);
    out->first.document =
        number_of(stm_column_get(&c[STM_ENTITY_FIRST_DOCUMENT], row), UINT32_MAX, &code);
    out->first.referent =
        number_of(stm_column_get(&c[STM_ENTITY_FIRST_REFERENT], row), UINT32_MAX, &code);
    out->claim_first =
        number_of(stm_column_get(&c[STM_ENTITY_CLAIM_FIRST], row), UINT32_MAX, &code);
    out->claim_count =
        number_of(stm_column_get(&c[STM_ENTITY_CLAIM_COUNT], row), UINT32_MAX, &code);
    out->alias = number_of(stm_column_get(&c[STM_ENTITY_ALIAS], row), UINT32_MAX, &code);
    out->contested = number_of(stm_column_get(&c[STM_ENTITY_CONTESTED], row), UINT32_MAX, &code);
    code = code == NULL ? row_fault(out, bounds) : code;
    return code == NULL ? STEMMA_OK : stm_fault_set(fault, STEMMA_E_DAMAGED, code, row);
}
