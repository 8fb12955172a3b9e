/* SPDX-License-Identifier: MIT */
#include "voice_block.h"

#include "limits.h"

#define COLUMNS 3u
#define ROWS    STEMMA_EVENT_BLOCK

#define FACTUALITY ((uint16_t)1)
#define SPEAKER    ((uint16_t)2)
#define VIA        ((uint16_t)3)

size_t stm_voice_block_bound(uint32_t count)
{
    return stm_column_bound(COLUMNS, (uint64_t)count * COLUMNS);
}

static int64_t value_of(const stemma_assertion *assertion, uint16_t column)
{
    uint32_t referent = column == SPEAKER ? assertion->speaker : assertion->via;
    if (column == FACTUALITY) {
        return (assertion->polarity & 3) | (assertion->certainty & 3) << 2 |
               (assertion->tense & 3) << 4 | (assertion->realis & 3) << 6;
    }
    return referent != STEMMA_NONE ? (int64_t)referent + 1 : 0;
}

/* Whether a column is left out: all of it is 0. */
static bool is_absent(const stemma_assertion *assertions, uint32_t count, uint16_t column)
{
    bool absent = column != FACTUALITY;
    for (uint32_t i = 0; i < count && absent; i++) {
        absent = value_of(&assertions[i], column) == 0;
    }
    return absent;
}

stemma_status stm_voice_block_write(const stemma_assertion *assertions, uint32_t count, uint8_t *out,
                                    size_t capacity, size_t *size)
{
    stm_column_writer writer;
    int64_t values[ROWS];
    bool absent[COLUMNS + 1] = {true, false, false, false};
    uint32_t columns = 0;
    for (uint16_t column = FACTUALITY; column <= VIA; column++) {
        absent[column] = is_absent(assertions, count, column);
        columns += !absent[column];
    }
    stm_column_begin(&writer, out, capacity, count, columns);
    for (uint16_t column = FACTUALITY; column <= VIA; column++) {
        for (uint32_t i = 0; i < count && !absent[column]; i++) {
            values[i] = value_of(&assertions[i], column);
        }
        if (!absent[column]) {
            stm_column_add(&writer, column, values, count);
        }
    }
    return stm_column_end(&writer, size);
}

stemma_status stm_voice_block_open(stemma_bytes value, stm_voice_block *out)
{
    stm_column_block block;
    stemma_status status = stm_column_block_open(value, &block);
    if (status != STEMMA_OK || block.rows > ROWS) {
        return STEMMA_E_DAMAGED;
    }
    out->rows = block.rows;
    status = stm_column_require(&block, FACTUALITY, block.rows, &out->factuality);
    if (status == STEMMA_OK) {
        status = stm_column_optional(&block, SPEAKER, block.rows, &out->speaker);
    }
    if (status == STEMMA_OK) {
        status = stm_column_optional(&block, VIA, block.rows, &out->via);
    }
    return status;
}

/* A number + 1, or 0 for none. */
static bool take(int64_t number, uint32_t *out)
{
    *out = number > 0 ? (uint32_t)(number - 1) : STEMMA_NONE;
    return number >= 0 && number <= (int64_t)UINT32_MAX;
}

stemma_status stm_voice_block_get(const stm_voice_block *block, uint32_t row, stm_voice *out)
{
    int64_t factuality = stm_column_get(&block->factuality, row);
    out->factuality = (uint8_t)factuality;
    return factuality >= 0 && factuality <= UINT8_MAX && (factuality & 3) != 3 &&
                   take(stm_column_get(&block->speaker, row), &out->speaker) &&
                   take(stm_column_get(&block->via, row), &out->via)
               ? STEMMA_OK
               : STEMMA_E_DAMAGED;
}
