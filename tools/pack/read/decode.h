/* SPDX-License-Identifier: MIT */
/**
 * @file decode.h
 * Bytes of a file to valid UTF-8.
 */
#ifndef STEMMA_PACK_DECODE_H
#define STEMMA_PACK_DECODE_H

#include "common/arena.h"
#include "stemma/types.h"

/** Where and why decoding failed. */
typedef struct stm_decode_error {
    const char *code; /**< "ENCODING_INVALID" or "BINARY_FILE" */
    uint64_t offset;  /**< Byte of the input, from 0. */
    uint64_t line;    /**< From 1. */
    uint64_t column;  /**< Byte in the line, from 1. */
} stm_decode_error;

/** Makes `*text` the valid UTF-8 text of `bytes`. UTF-8 is taken as it is, apart from a byte order
 *  mark, and `*text` is then a view of `bytes`; UTF-16 with a byte order mark is converted into the
 *  arena. Line ends are left as they are.
 *
 *  STEMMA_OK; STEMMA_E_INVALID with `*error` filled: not UTF-8, broken UTF-16, or a NUL, which
 *  says that the file is no text; STEMMA_E_NO_MEMORY. Any thread. */
STEMMA_NODISCARD stemma_status stm_decode(stemma_bytes bytes, struct stm_arena *arena,
                                          stemma_text *text, stm_decode_error *error);

#endif
