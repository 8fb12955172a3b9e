/* SPDX-License-Identifier: MIT */
/* Record `label/arena`: one text a number, a few loads away.
 *
 * u32 count n · u32 bytes of text · u32 slope · u32 sink · u32 width · ceil((n+1)/64) times u32
 * base · n+1 rests of `width` bits · the texts back to back · 8 zero bytes. Text i begins at
 * base[i/64] + slope * (i mod 64) + rest[i] - sink of the texts and ends where text i+1 begins. As
 * the offsets keep close to a line, a rest takes about nine bits. Pure; any thread. */
#ifndef STEMMA_FORMAT_LABEL_ARENA_H
#define STEMMA_FORMAT_LABEL_ARENA_H

#include "bits.h"
#include "stemma/status.h"
#include "stemma/types.h"

#define STM_LABEL_GROUP 64u

/* ---- Writing: the sizes of all texts first, then the texts. --------------------------------- */

typedef struct stm_label_arena_writer {
    uint32_t count, bytes, slope, sink, width; /* as stored */
    int64_t least, most;                       /* of the rests */
    uint32_t base;                             /* of the group */
    uint32_t at;                               /* offset of the next text */
    uint32_t added;
    uint8_t *out;
    size_t capacity;
    stm_bits_writer rests;
    stemma_status status; /* latched */
} stm_label_arena_writer;

/* Begins an arena of `count` texts of `bytes` bytes in all. */
void stm_label_arena_begin(stm_label_arena_writer *writer, uint64_t count, uint64_t bytes);
/* Tells the size of the next text. */
void stm_label_arena_measure(stm_label_arena_writer *writer, size_t size);
/* After all were measured: the size of the record. STEMMA_E_LIMIT when it would be beyond
   STEMMA_LIMIT_VALUE; STEMMA_E_MISUSE when what was measured is not what was announced. */
stemma_status stm_label_arena_size(stm_label_arena_writer *writer, size_t *size);
/* Gives the memory to write to; then come the texts, the same as were measured. */
void stm_label_arena_into(stm_label_arena_writer *writer, uint8_t *out, size_t capacity);
void stm_label_arena_add(stm_label_arena_writer *writer, stemma_text text);
/* STEMMA_OK and the size; STEMMA_E_NO_SPACE; STEMMA_E_MISUSE when the texts were others. */
stemma_status stm_label_arena_end(stm_label_arena_writer *writer, size_t *size);

/* ---- Reading --------------------------------------------------------------------------------- */

/* An arena, opened. Points into its value. */
typedef struct stm_label_arena {
    const uint8_t *bases;
    const uint8_t *rests;
    const uint8_t *bytes;
    uint32_t count;
    uint32_t size; /* of `bytes` */
    uint32_t slope;
    uint32_t sink;
    uint32_t width;
} stm_label_arena;

/* Checks sizes; offsets are checked one by one as they are used. STEMMA_E_DAMAGED. */
stemma_status stm_label_arena_open(stemma_bytes value, stm_label_arena *out);

/* Text `index`; points into the value; not checked to be UTF-8. STEMMA_NOT_FOUND beyond the last;
   STEMMA_E_DAMAGED. */
stemma_status stm_label_arena_get(const stm_label_arena *arena, uint32_t index, stemma_text *out);

/* All offsets ascend, from the beginning of the texts to their end. STEMMA_E_DAMAGED. */
stemma_status stm_label_arena_check(const stm_label_arena *arena);

#endif
