/* SPDX-License-Identifier: MIT */
/* The canonical profile of MessagePack that records are written in.
 *
 * Integers, strings, binaries, arrays, maps and true; each in its shortest form; no nil, false,
 * float or extension; strings are UTF-8 without NUL; map keys are integers 0..127, strictly
 * ascending; at most STEMMA_LIMIT_NESTING containers inside each other; one value, nothing after
 * it. A field that would be false, zero or empty is left out of its map, so equal records are equal
 * bytes.
 *
 * Use: stm_mp_check() once over the stored bytes, then a cursor over them. The cursor latches the
 * first fault: after it every read gives 0 or nothing, so a decoder checks once at its end. It is
 * bounds-safe on bytes that were not checked, too, but does not look for all that the check does.
 * No allocation, no recursion. */
#ifndef STEMMA_FORMAT_CANONICAL_H
#define STEMMA_FORMAT_CANONICAL_H

#include "bytes.h"
#include "fault.h"

/* One forward pass. STEMMA_OK when `record` is one canonical value, else STEMMA_E_DAMAGED. */
stemma_status stm_mp_check(stemma_bytes record, stm_fault *fault);

/* ---- Reading ---- */

typedef enum stm_mp_kind {
    STM_MP_END = 0, /* nothing left, or a fault was latched */
    STM_MP_UINT,
    STM_MP_NEGATIVE,
    STM_MP_TRUE,
    STM_MP_TEXT,
    STM_MP_BINARY,
    STM_MP_ARRAY,
    STM_MP_MAP
} stm_mp_kind;

typedef struct stm_mp {
    const uint8_t *start;
    const uint8_t *at;
    const uint8_t *end;
    const char *code; /* NULL while nothing is wrong */
    size_t fault_offset;
} stm_mp;

stm_mp stm_mp_over(stemma_bytes record);

/* Latches `code` unless one is latched already. For rules that a record adds. */
void stm_mp_fail(stm_mp *mp, const char *code);

/* Kind of the next value, which is not consumed. */
stm_mp_kind stm_mp_peek(stm_mp *mp);

/* Each reads one value of its kind; another kind latches RECORD_TYPE, a number above `maximum`
   NUMBER_OUT_OF_RANGE, a text longer than `limit` bytes TEXT_TOO_LONG. Views point into the
   record. */
uint64_t stm_mp_uint(stm_mp *mp, uint64_t maximum);
int64_t stm_mp_int(stm_mp *mp, int64_t minimum, int64_t maximum);
bool stm_mp_true(stm_mp *mp);
stemma_text stm_mp_text(stm_mp *mp, size_t limit);
stemma_bytes stm_mp_binary(stm_mp *mp);
/* Number of items (of pairs) that follow: never more than the bytes that remain. */
uint32_t stm_mp_array(stm_mp *mp);
uint32_t stm_mp_map(stm_mp *mp);

static inline uint32_t stm_mp_u32(stm_mp *mp, uint32_t maximum)
{
    return (uint32_t)stm_mp_uint(mp, maximum);
}

/* A number below `count` (a reference into a table of that size); NUMBER_OUT_OF_RANGE otherwise. */
uint32_t stm_mp_below(stm_mp *mp, uint32_t count);

/* The same shifted by one, 0 standing for STEMMA_NONE. */
uint32_t stm_mp_below_or_none(stm_mp *mp, uint32_t count);

/* Passes over one value and gives its bytes. */
stemma_bytes stm_mp_skip(stm_mp *mp);

/* Passes over `count` values. */
void stm_mp_skip_items(stm_mp *mp, uint32_t count);

/* Values of map fields, which are absent rather than 0 or empty: such a value latches
   FIELD_DEFAULT. */
uint64_t stm_mp_present(stm_mp *mp, uint64_t maximum);
stemma_text stm_mp_present_text(stm_mp *mp, size_t limit);
stemma_bytes stm_mp_present_binary(stm_mp *mp);

/* An array with `least` to `most` items; RECORD_LENGTH otherwise. */
uint32_t stm_mp_array_of(stm_mp *mp, uint32_t least, uint32_t most);

/* Key of the next pair of a map; an unknown key must be handed to stm_mp_unknown(). */
static inline uint32_t stm_mp_key(stm_mp *mp)
{
    return (uint32_t)stm_mp_uint(mp, 127);
}

/* Passes over the value of an unknown key >= 64, which a reader may ignore; latches UNKNOWN_FIELD
   below 64. */
void stm_mp_unknown(stm_mp *mp, uint32_t key);

/* The end of decoding: STEMMA_OK when nothing is latched and nothing is left over
   (RECORD_TRAILING), else STEMMA_E_DAMAGED with the fault. */
stemma_status stm_mp_finish(stm_mp *mp, stm_fault *fault);

/* ---- Writing: appends to a caller's buffer (see stm_buffer: past the end it counts). ---- */

void stm_mp_put_uint(stm_buffer *out, uint64_t value);
void stm_mp_put_int(stm_buffer *out, int64_t value);
void stm_mp_put_true(stm_buffer *out);
void stm_mp_put_text(stm_buffer *out, stemma_text value);
void stm_mp_put_binary(stm_buffer *out, stemma_bytes value);
/* Only the header of a binary whose `size` bytes are put next. */
void stm_mp_put_binary_header(stm_buffer *out, size_t size);
void stm_mp_put_array(stm_buffer *out, uint32_t count);
void stm_mp_put_map(stm_buffer *out, uint32_t count);

/* Why a text cannot be stored, or NULL: TEXT_TOO_LONG, TEXT_NOT_UTF8. */
const char *stm_text_fault(stemma_text text, size_t limit);

/* A map whose absent fields are left out: how many are present is known only afterwards. Fields are
   put in ascending order of key; empty texts and binaries, zeros and false are not put.

       stm_map map = stm_map_begin(out);
       stm_map_text(&map, 0, run->name);
       stm_map_uint(&map, 2, run->kind);
       stm_map_end(&map); */
typedef struct stm_map {
    stm_buffer *out;
    size_t start;
    uint32_t count;
} stm_map;

stm_map stm_map_begin(stm_buffer *out);
void stm_map_key(stm_map *map, uint32_t key); /* then one stm_mp_put_* by hand */
void stm_map_uint(stm_map *map, uint32_t key, uint64_t value);
void stm_map_true(stm_map *map, uint32_t key, bool value);
void stm_map_text(stm_map *map, uint32_t key, stemma_text value);
void stm_map_binary(stm_map *map, uint32_t key, stemma_bytes value);
void stm_map_end(stm_map *map);

/* The end of encoding: STEMMA_E_NO_SPACE when the buffer was too small (out->size is then the size
   that is needed), else STEMMA_OK. */
stemma_status stm_put_finish(const stm_buffer *out, stm_fault *fault);

#endif
