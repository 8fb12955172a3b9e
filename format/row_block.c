/* SPDX-License-Identifier: MIT */
#include "row_block.h"

#include "canonical.h"

#define HEADER_MAX 5u

stemma_status stm_rows_count(stemma_bytes value, uint32_t *rows, stm_fault *fault)
{
    stm_mp mp = stm_mp_over(value);
    uint32_t count = stm_mp_array_of(&mp, 1, UINT32_MAX);
    if (mp.code != NULL) {
        return stm_fault_set(fault, STEMMA_E_DAMAGED, mp.code, mp.fault_offset);
    }
    *rows = count;
    return STEMMA_OK;
}

stemma_status stm_rows_at(stemma_bytes value, uint32_t index, stemma_bytes *row, stm_fault *fault)
{
    stm_mp mp = stm_mp_over(value);
    uint32_t count = stm_mp_array_of(&mp, 1, UINT32_MAX);
    if (mp.code == NULL && index >= count) {
        return STEMMA_NOT_FOUND;
    }
    for (uint32_t i = 0; i < index && mp.code == NULL; i++) {
        (void)stm_mp_skip(&mp);
    }
    *row = stm_mp_skip(&mp);
    if (mp.code == NULL && index + 1 == count && mp.at != mp.end) {
        stm_mp_fail(&mp, "RECORD_TRAILING");
    }
    if (mp.code != NULL) {
        return stm_fault_set(fault, STEMMA_E_DAMAGED, mp.code, mp.fault_offset);
    }
    return STEMMA_OK;
}

void stm_row_block_clear(stm_row_block *block)
{
    block->size = 0;
    block->rows = 0;
}

bool stm_row_block_add(stm_row_block *block, stemma_bytes row)
{
    size_t header = stm_mp_array_header(block->rows + 1);
    if (row.size > STEMMA_LIMIT_CHUNK || header + block->size + row.size > STEMMA_LIMIT_CHUNK) {
        return false;
    }
    memcpy(block->bytes + HEADER_MAX + block->size, row.data, row.size);
    block->size += row.size;
    block->rows++;
    return true;
}

stemma_bytes stm_row_block_value(stm_row_block *block)
{
    size_t header = stm_mp_array_header(block->rows);
    stm_buffer out = stm_buffer_over(block->bytes + HEADER_MAX - header, header);
    stm_mp_put_array(&out, block->rows);
    stemma_bytes value = {out.data, header + block->size};
    return value;
}

void stm_row_alone(stm_buffer *out, stemma_bytes row)
{
    stm_mp_put_array(out, 1);
    stm_put_bytes(out, row.data, row.size);
}
