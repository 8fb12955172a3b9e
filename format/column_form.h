/* SPDX-License-Identifier: MIT */
/* Which form a column takes, from its values: what the writer of columns and their check share.
   SPEC.md, "Column block". Values come in pieces, twice. Pure; any thread. */
#ifndef STEMMA_FORMAT_COLUMN_FORM_H
#define STEMMA_FORMAT_COLUMN_FORM_H

#include "column.h"

/* The form, and what goes into the directory entry. */
typedef struct stm_column_form {
    int64_t minimum;
    uint64_t scale;
    uint32_t changes; /* of form STM_COLUMN_RUNS: runs less one */
    uint8_t width;
    uint8_t form;
} stm_column_form;

/* What is known of the values after the first time through (and the second, for a ramp). */
typedef struct stm_column_sum {
    uint32_t count;
    uint32_t changes; /* elements that differ from the one before */
    int64_t first;
    int64_t last;
    int64_t minimum;
    int64_t maximum;
    uint64_t divisor; /* greatest common divisor of all distances, 0 when all are equal */
    int has_slope;    /* a ramp may be tried: then the values come a second time */
    uint64_t slope;   /* an int64 */
    uint32_t at;      /* index of the next value of the second time */
    int64_t least;    /* of value - slope * index */
    int64_t most;
} stm_column_sum;

/* First time: begin, then all values in order, in pieces as one likes. */
void stm_column_sum_begin(stm_column_sum *sum);
void stm_column_sum_add(stm_column_sum *sum, const int64_t *values, uint32_t count);

/* Whether the values are wanted a second time, then all again. */
int stm_column_sum_again(stm_column_sum *sum);
void stm_column_sum_add_again(stm_column_sum *sum, const int64_t *values, uint32_t count);

/* The form a writer chooses. */
stm_column_form stm_column_choose(const stm_column_sum *sum);

/* Bytes of the data of `count` elements. */
uint64_t stm_column_data_size(uint8_t form, uint32_t count, unsigned width, uint32_t changes);

/* Bits of a position where a run begins. */
static inline unsigned stm_column_position_width(uint32_t count)
{
    return count == 0 ? 0 : stm_bits_width(count - 1u);
}

/* Data of runs: u32 changes, then positions, then from the next byte on the values. */
#define STM_COLUMN_RUNS_HEADER 4u

#endif
