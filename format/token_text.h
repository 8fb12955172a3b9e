/* SPDX-License-Identifier: MIT */
/* Record `token/text`: distinct texts in memcmp order, from number to text and back.
 *
 * u32 count n · ceil(n/16) times u32 where a block begins, counted from the end of these · blocks
 * of 16 texts, the last of what is left. A text is one byte, the number of bytes that it shares
 * with the one before (0 for the first of a block) · 16 + the number of those that follow, each at
 * most 14; 15 stands for 15 more than the varint behind the byte says (that of the shared ones
 * first). Then the bytes. Pure; any thread. */
#ifndef STEMMA_FORMAT_TOKEN_TEXT_H
#define STEMMA_FORMAT_TOKEN_TEXT_H

#include "bytes.h"
#include "stemma/status.h"
#include "stemma/types.h"

#define STM_TOKEN_BLOCK 16u
#define STM_TOKEN_LIMIT 512u /* bytes of a text, at least 1 */

/* ---- Writing --------------------------------------------------------------------------------- */

/* Bytes that surely hold `count` texts of `bytes` bytes in all. */
uint64_t stm_token_list_bound(uint32_t count, uint64_t bytes);

typedef struct stm_token_writer {
    uint8_t *out;
    size_t capacity;
    size_t at;
    uint32_t count;
    uint32_t added;
    stemma_text last; /* must live until the next is added */
    stemma_status status;
} stm_token_writer;

/* Begins a list of exactly `count` texts, which then are added in ascending order. */
void stm_token_list_begin(stm_token_writer *writer, uint8_t *out, size_t capacity, uint32_t count);
void stm_token_list_add(stm_token_writer *writer, stemma_text text);
/* STEMMA_E_NO_SPACE, STEMMA_E_LIMIT, STEMMA_E_MISUSE for texts out of order, too long or too few.
 */
stemma_status stm_token_list_end(stm_token_writer *writer, size_t *size);

/* ---- Reading --------------------------------------------------------------------------------- */

typedef struct stm_token_list {
    const uint8_t *starts;
    const uint8_t *blocks;
    size_t size; /* of the blocks */
    uint32_t count;
} stm_token_list;

/* Checks the sizes. STEMMA_E_DAMAGED. */
stemma_status stm_token_list_open(stemma_bytes value, stm_token_list *out);

/* Text `number` into `out`; not checked to be UTF-8. STEMMA_NOT_FOUND beyond the last;
   STEMMA_E_DAMAGED. */
stemma_status stm_token_list_get(const stm_token_list *list, uint32_t number,
                                 char out[STM_TOKEN_LIMIT], size_t *size);

/* The number of the first text that is not less than `text`, or the count; and whether it is the
   same. STEMMA_E_DAMAGED. */
stemma_status stm_token_list_find(const stm_token_list *list, stemma_text text, uint32_t *number,
                                  int *same);

/* All texts ascend strictly and are written in the one way. STEMMA_E_DAMAGED. */
stemma_status stm_token_list_check(const stm_token_list *list);

#endif
