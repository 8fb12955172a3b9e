/* SPDX-License-Identifier: MIT */
/* Stored text is well-formed UTF-8 without NUL. Pure functions; any thread. */
#ifndef STEMMA_FORMAT_UTF8_H
#define STEMMA_FORMAT_UTF8_H

#include <stdbool.h>
#include <stdint.h>

#include "stemma/types.h"

/* Offset of the first byte that is NUL or does not begin a well-formed sequence (no overlong forms,
   no surrogates, nothing above U+10FFFF), or text.size when all is well. */
size_t stm_utf8_fault(stemma_text text);

static inline bool stm_utf8_valid(stemma_text text)
{
    return stm_utf8_fault(text) == text.size;
}

/* 0 when eight bytes are all 01..7f. */
static inline uint64_t stm_utf8_odd(uint64_t word)
{
    const uint64_t top = UINT64_C(0x8080808080808080);
    return (word | ((word - UINT64_C(0x0101010101010101)) & ~word)) & top;
}

/* Code points of valid text. */
size_t stm_utf8_length(stemma_text text);

/* Whether `offset` (at most text.size) does not fall inside a sequence of valid text. */
static inline bool stm_utf8_boundary(stemma_text text, size_t offset)
{
    return offset >= text.size || ((unsigned char)text.data[offset] & 0xc0) != 0x80;
}

#endif
