/* SPDX-License-Identifier: MIT */
/* Record `label/arena`: one text a number, each a load away: u32 count, u32 offset[count + 1] from
   the beginning of the bytes, the bytes. Pure; any thread. */
#ifndef STEMMA_FORMAT_LABEL_ARENA_H
#define STEMMA_FORMAT_LABEL_ARENA_H

#include "stemma/status.h"
#include "stemma/types.h"

/* Size of an arena. STEMMA_E_LIMIT when it would be beyond STEMMA_LIMIT_VALUE. */
stemma_status stm_label_arena_size(uint64_t count, uint64_t text_bytes, size_t *size);

typedef struct stm_label_arena_writer {
    uint8_t *out;
    size_t capacity;
    uint32_t count;
    uint32_t added;
    uint32_t bytes;
    stemma_status status; /* latched */
} stm_label_arena_writer;

/* Begins an arena of exactly `count` texts in `out`. */
void stm_label_arena_begin(stm_label_arena_writer *writer, uint8_t *out, size_t capacity,
                           uint32_t count);
void stm_label_arena_add(stm_label_arena_writer *writer, stemma_text text);
/* STEMMA_OK and the size; STEMMA_E_NO_SPACE; STEMMA_E_MISUSE when the count was another. */
stemma_status stm_label_arena_end(stm_label_arena_writer *writer, size_t *size);

/* An arena, opened. Points into its value. */
typedef struct stm_label_arena {
    const uint8_t *offsets;
    const uint8_t *bytes;
    uint32_t count;
    uint32_t size; /* of `bytes` */
} stm_label_arena;

/* Checks sizes; offsets are checked one by one as they are used. STEMMA_E_DAMAGED. */
stemma_status stm_label_arena_open(stemma_bytes value, stm_label_arena *out);

/* Text `index`; points into the value; not checked to be UTF-8. STEMMA_NOT_FOUND beyond the last;
   STEMMA_E_DAMAGED. */
stemma_status stm_label_arena_get(const stm_label_arena *arena, uint32_t index, stemma_text *out);

/* All offsets ascend. STEMMA_E_DAMAGED. */
stemma_status stm_label_arena_check(const stm_label_arena *arena);

#endif
