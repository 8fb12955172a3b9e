/* SPDX-License-Identifier: MIT */
/* Column blocks: arrays of 64-bit integers, each packed in one of three forms, so that any element
   is one load away, or a short search. SPEC.md, "Column block".

   Writing goes into a caller's buffer. Reading checks the whole directory once, in
   stm_column_block_open(); after that stm_column_get() needs no further check than that the index
   is below the column's count, which is the caller's duty. Pure; any thread. */
#ifndef STEMMA_FORMAT_COLUMN_H
#define STEMMA_FORMAT_COLUMN_H

#include "stemma/status.h"
#include "stemma/types.h"
#include "bits.h"

#define STM_COLUMN_LIMIT 64u /* columns in a block */
/* Elements of one column. Columns of width 0 take no bytes, so that without a limit a few bytes
   could promise work without end. */
#define STM_COLUMN_VALUES_LIMIT (1u << 22)
#define STM_COLUMN_HEADER       8u
#define STM_COLUMN_ENTRY        32u

/* How a column is packed; all follows from its values, so that equal values are equal bytes. */
typedef enum stm_column_kind {
    STM_COLUMN_PLAIN = 0, /* minimum + scale * bits */
    STM_COLUMN_RAMP = 1,  /* minimum + slope * index + bits: for what grows evenly */
    STM_COLUMN_RUNS = 2   /* minimum + scale * bits of the run: for what changes seldom */
} stm_column_kind;

/* ---- Writing ------------------------------------------------------------------------------- */

typedef struct stm_column_writer {
    uint8_t *out;
    size_t capacity;
    size_t next;      /* where the next column's data goes */
    uint32_t columns; /* said at the beginning */
    uint32_t added;
    uint32_t last_id;
    stemma_status status; /* latched */
} stm_column_writer;

/* Bytes that surely hold a block of `columns` columns with `values` elements in all. */
size_t stm_column_bound(uint32_t columns, uint64_t values);

/* Begins a block of `rows` rows and exactly `columns` columns in `out`. Failures are kept until
   stm_column_end(). */
void stm_column_begin(stm_column_writer *writer, uint8_t *out, size_t capacity, uint32_t rows,
                      uint32_t columns);

/* Adds a column; ids ascend. The form follows from the values. `values` may be NULL when `count` is
   0. */
void stm_column_add(stm_column_writer *writer, uint16_t id, const int64_t *values, uint32_t count);

/* The same for the `count` (1 or more) values first + step * index, none of which leaves int64. */
void stm_column_add_even(stm_column_writer *writer, uint16_t id, int64_t first, int64_t step,
                         uint32_t count);

/* Ends the block. STEMMA_OK and its size; STEMMA_E_NO_SPACE, STEMMA_E_LIMIT when a column is too
   long, or STEMMA_E_MISUSE when the columns were too few, too many or out of order. */
stemma_status stm_column_end(stm_column_writer *writer, size_t *size);

/* A block of the one column 1. */
stemma_status stm_column_write_one(uint8_t *out, size_t capacity, size_t *size,
                                   const int64_t *values, uint32_t count);

/* ---- Reading ------------------------------------------------------------------------------- */

/* One column, opened. A plain value that points into the block. */
typedef struct stm_column {
    const uint8_t *data;
    int64_t minimum;
    uint64_t scale; /* of a ramp: its slope, an int64 */
    uint32_t count;
    uint16_t id;
    uint8_t width;
    uint8_t form; /* stm_column_kind */
} stm_column;

/* A block, checked. Points into the value it was opened on. */
typedef struct stm_column_block {
    const uint8_t *base;
    uint32_t rows;
    uint32_t columns;
} stm_column_block;

/* Checks header, directory, sizes and slack; not the values. STEMMA_E_DAMAGED. */
stemma_status stm_column_block_open(stemma_bytes value, stm_column_block *out);

/* The column of a directory entry, in a block that was checked. */
static inline stm_column stm_column_of_entry(const uint8_t *base, const uint8_t *entry)
{
    stm_column column = {base + stm_load_le32(entry + 24),
                         (int64_t)stm_load_le64(entry + 8),
                         stm_load_le64(entry + 16),
                         stm_load_le32(entry + 4),
                         stm_load_le16(entry),
                         entry[2],
                         entry[3]};
    return column;
}

/* Column at a place in the directory, which is below `block->columns`. */
static inline void stm_column_at(const stm_column_block *block, uint32_t index, stm_column *out)
{
    *out = stm_column_of_entry(block->base,
                               block->base + STM_COLUMN_HEADER + (size_t)index * STM_COLUMN_ENTRY);
}

/* A column of `count` zeros, which is what one that may be absent stands for. */
stm_column stm_column_zeros(uint16_t id, uint32_t count);

/* Column by id. STEMMA_NOT_FOUND. */
stemma_status stm_column_find(const stm_column_block *block, uint16_t id, stm_column *out);

/* Column by id, which must have `count` elements. STEMMA_E_DAMAGED when it is missing or has not.
 */
stemma_status stm_column_require(const stm_column_block *block, uint16_t id, uint32_t count,
                                 stm_column *out);

/* Column by id, zeros when it is absent. STEMMA_E_DAMAGED when it has not `count` elements. */
stemma_status stm_column_optional(const stm_column_block *block, uint16_t id, uint32_t count,
                                  stm_column *out);

/* Opens column 1 of a block, which must have as many elements as there are rows. Columns that a
   later minor version may add are passed over. STEMMA_E_DAMAGED. */
stemma_status stm_column_open_one(stemma_bytes value, stm_column *out);

/* Runs of a column of that form, at least 2; and one of them: its value, and where it begins, which
   in a damaged column may be anywhere. */
uint32_t stm_column_runs(const stm_column *column);
int64_t stm_column_run(const stm_column *column, uint32_t run, uint64_t *first);

/* The run that holds element `index` of a column of runs. */
uint32_t stm_column_run_at(const stm_column *column, uint32_t index);

/* Element `index` of a column of runs. */
int64_t stm_column_get_run(const stm_column *column, uint32_t index);

/* Element `index`, which is below `column->count`. Arithmetic is modulo 2^64: a damaged block gives
   a wrong number, never undefined behaviour; use numbers only after a range check. */
static inline int64_t stm_column_get(const stm_column *column, uint32_t index)
{
    uint64_t bits;
    if (column->form == STM_COLUMN_RUNS) {
        return stm_column_get_run(column, index);
    }
    /* Without bits the data is not looked at: it would be a needless miss. */
    bits = column->width == 0 ? 0 : stm_bits_get(column->data, index, column->width);
    if (column->form == STM_COLUMN_RAMP) {
        return (int64_t)((uint64_t)column->minimum + column->scale * index + bits);
    }
    return (int64_t)((uint64_t)column->minimum + column->scale * bits);
}

/* The first of the elements [0, end) that is not below `value`, in a column that does not descend;
   `end` when there is none. `end` is at most the column's count. In any other column some number up
   to `end`. */
uint32_t stm_column_lower_bound(const stm_column *column, uint32_t end, int64_t value);

/* Elements [first, first + count) into `out`; the range must lie inside the column. Much faster
   than one by one. */
void stm_column_unpack(const stm_column *column, uint32_t first, uint32_t count, int64_t *out);

/* The same, of each element the lower 32 bits: for columns whose range the caller knows or checks
   by stm_column_fits(). */
void stm_column_unpack_u32(const stm_column *column, uint32_t first, uint32_t count, uint32_t *out);

/* Whether no element can lie outside 0..most, as far as minimum, scale and width tell: then what is
   unpacked needs no check. May say no though all elements would do. */
int stm_column_fits(const stm_column *column, uint32_t most);

/* Everything that opening does not look at: no element leaves int64, the form is the one a writer
   chooses, unused bits and padding are zero. Reads every element. STEMMA_E_DAMAGED. */
stemma_status stm_column_block_check(stemma_bytes value);

#endif
