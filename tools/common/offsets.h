/* SPDX-License-Identifier: MIT */
/**
 * @file offsets.h
 * Offsets into a text, from and to bytes: interchange counts code points (as Python and Web
 * Annotation do), UTF-16 units (as JavaScript and Java do) or bytes.
 */
#ifndef STEMMA_TOOLS_OFFSETS_H
#define STEMMA_TOOLS_OFFSETS_H

#include <stdbool.h>

#include "common/arena.h"
#include "stemma/types.h"

enum stm_offset_unit { STM_OFFSET_CODEPOINT, STM_OFFSET_UTF8, STM_OFFSET_UTF16 };

/** Members are private. Borrows the text; checkpoints live in the arena given to init. */
struct stm_offsets {
    stemma_text text;
    enum stm_offset_unit unit;
    uint32_t *checkpoints; /**< Byte offset of every 128th character and its unit offset: pairs. */
    uint32_t checkpoint_count;
    uint32_t units; /**< Length of the whole text. */
    bool plain;     /**< All ASCII, or bytes asked for: offsets are bytes. */
};

/** `text` is valid UTF-8. One pass. STEMMA_OK or STEMMA_E_NO_MEMORY. */
stemma_status stm_offsets_init(struct stm_offsets *offsets, struct stm_arena *arena,
                               stemma_text text, enum stm_offset_unit unit);

/** Byte offset of `units`. False when it lies beyond the text or inside a character. */
bool stm_offsets_to_byte(const struct stm_offsets *offsets, uint64_t units, uint32_t *byte);

/** Units before the byte offset `byte`, which must be a character boundary of the text. */
uint32_t stm_offsets_from_byte(const struct stm_offsets *offsets, uint32_t byte);

#endif
