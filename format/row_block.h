/* SPDX-License-Identifier: MIT */
/* Row blocks: several rows in one value (tables `alias` and `claim`).
 *
 * The value is u16 LE number of rows, u16 LE offset of each row from the beginning of the value,
 * then the rows back to back, each a MessagePack array; the key is the number of the first row.
 * Rows are added while the value is at most STEMMA_LIMIT_CHUNK bytes; a larger row is a value
 * alone. The directory makes a point read one load instead of a walk over the rows before. */
#ifndef STEMMA_FORMAT_ROW_BLOCK_H
#define STEMMA_FORMAT_ROW_BLOCK_H

#include "bytes.h"
#include "fault.h"
#include "limits.h"

/* ---- Reading ---- */

/* Number of rows of a stored value; that the directory lies inside it. STEMMA_E_DAMAGED: also when
   there is none. */
stemma_status stm_rows_count(stemma_bytes value, uint32_t *rows, stm_fault *fault);

/* Bytes of row `index`, not checked beyond its extent: its decoder does that. STEMMA_E_DAMAGED;
   STEMMA_NOT_FOUND when the value has fewer rows. */
stemma_status stm_rows_at(stemma_bytes value, uint32_t index, stemma_bytes *row, stm_fault *fault);

/* ---- Building ---- */

typedef struct stm_row_block {
    uint8_t bytes[STEMMA_LIMIT_CHUNK]; /* the rows */
    uint16_t starts[STEMMA_LIMIT_CHUNK / 3];
    size_t size; /* of the rows */
    uint32_t rows;
    uint8_t value[STEMMA_LIMIT_CHUNK];
} stm_row_block;

void stm_row_block_clear(stm_row_block *block);

/* Whether the row fits. If not: write the block's value when it has rows, clear it and try again;
   a row that does not fit an empty block is written alone, see stm_row_alone(). */
bool stm_row_block_add(stm_row_block *block, stemma_bytes row);

/* The value, inside the block, until this is called again. The block has rows. */
stemma_bytes stm_row_block_value(stm_row_block *block);

/* Appends the value that holds this row alone. */
void stm_row_alone(stm_buffer *out, stemma_bytes row);

#endif
