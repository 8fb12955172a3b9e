/* SPDX-License-Identifier: MIT */
#include "row_block.h"

#define COUNT_SIZE  2u
#define OFFSET_SIZE 2u

/* Where row `index` begins; the directory is known to be inside the value. */
static size_t offset_of(stemma_bytes value, uint32_t index)
{
    return stm_load_le16(value.data + COUNT_SIZE + OFFSET_SIZE * (size_t)index);
}

stemma_status stm_rows_count(stemma_bytes value, uint32_t *rows, stm_fault *fault)
{
    uint32_t count = value.size >= COUNT_SIZE ? stm_load_le16(value.data) : 0;
    size_t directory = COUNT_SIZE + OFFSET_SIZE * (size_t)count;
    if (count == 0 || value.size < directory || offset_of(value, 0) != directory) {
        return stm_fault_set(fault, STEMMA_E_DAMAGED, "ROW_DIRECTORY", 0);
    }
    *rows = count;
    return STEMMA_OK;
}

stemma_status stm_rows_at(stemma_bytes value, uint32_t index, stemma_bytes *row, stm_fault *fault)
{
    uint32_t count = 0;
    stemma_status status = stm_rows_count(value, &count, fault);
    if (status != STEMMA_OK) {
        return status;
    }
    if (index >= count) {
        return STEMMA_NOT_FOUND;
    }
    size_t start = offset_of(value, index);
    size_t end = index + 1 < count ? offset_of(value, index + 1) : value.size;
    if (start < offset_of(value, 0) || start >= end || end > value.size) {
        return stm_fault_set(fault, STEMMA_E_DAMAGED, "ROW_OFFSET", COUNT_SIZE + 2 * (size_t)index);
    }
    row->data = value.data + start;
    row->size = end - start;
    return STEMMA_OK;
}

void stm_row_block_clear(stm_row_block *block)
{
    block->size = 0;
    block->rows = 0;
}

bool stm_row_block_add(stm_row_block *block, stemma_bytes row)
{
    size_t directory = COUNT_SIZE + OFFSET_SIZE * ((size_t)block->rows + 1);
    if (row.size == 0 || row.size > STEMMA_LIMIT_CHUNK ||
        directory + block->size + row.size > STEMMA_LIMIT_CHUNK) {
        return false;
    }
    memcpy(block->bytes + block->size, row.data, row.size);
    block->starts[block->rows++] = (uint16_t)block->size;
    block->size += row.size;
    return true;
}

stemma_bytes stm_row_block_value(stm_row_block *block)
{
    size_t directory = COUNT_SIZE + OFFSET_SIZE * (size_t)block->rows;
    stm_store_le16(block->value, (uint16_t)block->rows);
    for (uint32_t i = 0; i < block->rows; i++) {
        stm_store_le16(block->value + COUNT_SIZE + OFFSET_SIZE * (size_t)i,
                       (uint16_t)(directory + block->starts[i]));
    }
    memcpy(block->value + directory, block->bytes, block->size);
    stemma_bytes value = {block->value, directory + block->size};
    return value;
}

void stm_row_alone(stm_buffer *out, stemma_bytes row)
{
    stm_put_le16(out, 1);
    stm_put_le16(out, COUNT_SIZE + OFFSET_SIZE);
    stm_put_bytes(out, row.data, row.size);
}
