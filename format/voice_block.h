/* SPDX-License-Identifier: MIT */
/* How the assertions of a document are made: column blocks of up to 4096 of them, so that who looks at one need not
   unpack all that its document says. Column 1: factuality; columns 2 and 3: speaker and via, + 1. */
#ifndef STEMMA_FORMAT_VOICE_BLOCK_H
#define STEMMA_FORMAT_VOICE_BLOCK_H

#include "column.h"
#include "stemma/testimony.h"

/* Bytes that surely hold a block of `count` assertions. */
size_t stm_voice_block_bound(uint32_t count);

/* Writes `count` (1..4096) assertions; `*size` receives the bytes. STEMMA_E_NO_SPACE. */
stemma_status stm_voice_block_write(const stemma_assertion *assertions, uint32_t count, uint8_t *out,
                                    size_t capacity, size_t *size);

/* An opened block. Views into the value. */
typedef struct stm_voice_block {
    uint32_t rows;
    stm_column factuality;
    stm_column speaker;
    stm_column via;
} stm_voice_block;

/* STEMMA_E_DAMAGED. */
stemma_status stm_voice_block_open(stemma_bytes value, stm_voice_block *out);

/* How one assertion is made. Referents of the document, or STEMMA_NONE. */
typedef struct stm_voice {
    uint32_t speaker;
    uint32_t via;
    uint8_t factuality; /* polarity + certainty * 4 + tense * 16 + realis * 64 */
} stm_voice;

/* Row `row`, below block->rows. STEMMA_E_DAMAGED for numbers that nothing has. */
stemma_status stm_voice_block_get(const stm_voice_block *block, uint32_t row, stm_voice *out);

#endif
