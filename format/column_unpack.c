/* SPDX-License-Identifier: MIT */
/* The reading of elements, one by one and many at a time, of column.h. */
#include "column.h"

#include "column_form.h"
#include "wide.h"

/* Makes `name` of name_plain(): the compiler's code for any processor, and for those that can do more at once. */
#if STM_WIDE
#define FOR_BOTH(name, parameters, arguments)                                                      \
    STM_WIDE_CODE static void name##_wide parameters                                               \
    {                                                                                              \
        name##_plain arguments;                                                                    \
    }                                                                                              \
    static void name parameters                                                                    \
    {                                                                                              \
        if (stm_wide_here()) {                                                                     \
            name##_wide arguments;                                                                 \
        } else {                                                                                   \
            name##_plain arguments;                                                                \
        }                                                                                          \
    }
#define PLAIN __attribute__((always_inline)) static inline
#else
#define FOR_BOTH(name, parameters, arguments)                                                      \
    static void name parameters                                                                    \
    {                                                                                              \
        name##_plain arguments;                                                                    \
    }
#define PLAIN static inline
#endif

/* Elements unpacked at a time into memory that stays in the first cache. */
#define PIECE 512u

/* The parts of the data of a column of runs. */
typedef struct runs {
    const uint8_t *positions;
    const uint8_t *values;
    uint32_t changes;
    unsigned width; /* of a position */
} runs;

static runs runs_of(const stm_column *column)
{
    runs out;
    out.changes = stm_load_le32(column->data);
    out.width = stm_column_position_width(column->count);
    out.positions = column->data + STM_COLUMN_RUNS_HEADER;
    out.values = out.positions + stm_bits_size(out.changes, out.width);
    return out;
}

/* Runs that begin at or before `index`, the first not counted. */
static uint32_t run_at(const runs *all, uint32_t index)
{
    uint32_t low = 0, high = all->changes;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (stm_bits_get(all->positions, middle, all->width) <= index) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static int64_t value_of(const stm_column *column, const runs *all, uint32_t run)
{
    uint64_t bits = stm_bits_get(all->values, run, column->width);
    return (int64_t)((uint64_t)column->minimum + column->scale * bits);
}

uint32_t stm_column_runs(const stm_column *column)
{
    return stm_load_le32(column->data) + 1;
}

int64_t stm_column_run(const stm_column *column, uint32_t run, uint64_t *first)
{
    runs all = runs_of(column);
    *first = run == 0 ? 0 : stm_bits_get(all.positions, run - 1, all.width);
    return value_of(column, &all, run);
}

uint32_t stm_column_run_at(const stm_column *column, uint32_t index)
{
    runs all = runs_of(column);
    return run_at(&all, index);
}

int64_t stm_column_get_run(const stm_column *column, uint32_t index)
{
    runs all = runs_of(column);
    return value_of(column, &all, run_at(&all, index));
}

uint32_t stm_column_lower_bound(const stm_column *column, uint32_t end, int64_t value)
{
    uint32_t low = 0;
    if (column->form == STM_COLUMN_RUNS && end != 0) {
        runs all = runs_of(column);
        uint32_t first = 0, last = all.changes + 1;
        while (first < last) {
            uint32_t middle = first + (last - first) / 2;
            if (value_of(column, &all, middle) < value) {
                first = middle + 1;
            } else {
                last = middle;
            }
        }
        if (first == 0 || first > all.changes) {
            return first == 0 ? 0 : end;
        }
        uint64_t position = stm_bits_get(all.positions, first - 1, all.width);
        return position < end ? (uint32_t)position : end;
    }
    /* Halves without a branch on which half: there is no telling. */
    for (uint32_t left = end; left != 0;) {
        uint32_t half = (left + 1) / 2;
        low += stm_column_get(column, low + half - 1) < value ? half : 0;
        left -= half;
    }
    return low;
}

/* Where the run ends that holds `index`, in a damaged column at least one further. */
static uint32_t run_end(const runs *all, uint32_t run, uint32_t index, uint32_t limit)
{
    uint64_t end = run < all->changes ? stm_bits_get(all->positions, run, all->width) : limit;
    end = end > limit ? limit : end;
    return end > index ? (uint32_t)end : index + 1;
}

PLAIN void widen_plain(const uint32_t *bits, uint32_t count, uint64_t minimum, uint64_t scale,
                       int64_t *out)
{
    if (scale == 1) {
        for (uint32_t i = 0; i < count; i++) {
            out[i] = (int64_t)(minimum + bits[i]);
        }
    } else if (scale <= UINT32_MAX) {
        const uint32_t factor = (uint32_t)scale;
        for (uint32_t i = 0; i < count; i++) {
            out[i] = (int64_t)(minimum + (uint64_t)factor * bits[i]);
        }
    } else {
        for (uint32_t i = 0; i < count; i++) {
            out[i] = (int64_t)(minimum + scale * bits[i]);
        }
    }
}
FOR_BOTH(widen, (const uint32_t *bits, uint32_t count, uint64_t minimum, uint64_t scale,
                  int64_t *out),
         (bits, count, minimum, scale, out))

PLAIN void widen_ramp_plain(const uint32_t *bits, uint32_t count, uint64_t minimum, uint64_t slope,
                            int64_t *out)
{
    uint64_t line = minimum;
    for (uint32_t i = 0; i < count; i++, line += slope) {
        out[i] = (int64_t)(line + bits[i]);
    }
}
FOR_BOTH(widen_ramp, (const uint32_t *bits, uint32_t count, uint64_t minimum, uint64_t slope,
                       int64_t *out),
         (bits, count, minimum, slope, out))

PLAIN void scale_u32_plain(uint32_t *values, uint32_t count, uint32_t minimum, uint32_t scale)
{
    if (scale == 1) {
        for (uint32_t i = 0; i < count; i++) {
            values[i] += minimum;
        }
    } else {
        for (uint32_t i = 0; i < count; i++) {
            values[i] = minimum + scale * values[i];
        }
    }
}
FOR_BOTH(scale_u32, (uint32_t *values, uint32_t count, uint32_t minimum, uint32_t scale),
         (values, count, minimum, scale))

PLAIN void ramp_u32_plain(uint32_t *values, uint32_t count, uint32_t minimum, uint32_t slope)
{
    for (uint32_t i = 0; i < count; i++) {
        values[i] += minimum + slope * i;
    }
}
FOR_BOTH(ramp_u32, (uint32_t *values, uint32_t count, uint32_t minimum, uint32_t slope),
         (values, count, minimum, slope))

static void unpack_runs(const stm_column *column, uint32_t first, uint32_t count, int64_t *wide,
                        uint32_t *narrow)
{
    runs all = runs_of(column);
    uint32_t run = run_at(&all, first), at = first, limit = first + count;
    for (; at < limit; run += run < all.changes) {
        uint32_t end = run_end(&all, run, at, limit);
        int64_t value = value_of(column, &all, run);
        for (; at < end; at++) {
            if (wide != NULL) {
                wide[at - first] = value;
            } else {
                narrow[at - first] = (uint32_t)value;
            }
        }
    }
}

void stm_column_unpack(const stm_column *column, uint32_t first, uint32_t count, int64_t *out)
{
    uint32_t bits[PIECE];
    const uint64_t minimum = (uint64_t)column->minimum;
    if (column->form == STM_COLUMN_RUNS) {
        unpack_runs(column, first, count, out, NULL);
        return;
    }
    if (column->width > 32) {
        for (uint32_t i = 0; i < count; i++) {
            out[i] = stm_column_get(column, first + i);
        }
        return;
    }
    if (column->width == 0 && column->form == STM_COLUMN_PLAIN) {
        for (uint32_t i = 0; i < count; i++) {
            out[i] = column->minimum;
        }
        return;
    }
    while (count != 0) {
        uint32_t piece = count < PIECE ? count : PIECE;
        stm_bits_unpack(column->data, first, piece, column->width, bits);
        if (column->form == STM_COLUMN_RAMP) {
            widen_ramp(bits, piece, minimum + column->scale * first, column->scale, out);
        } else {
            widen(bits, piece, minimum, column->scale, out);
        }
        first += piece;
        count -= piece;
        out += piece;
    }
}

void stm_column_unpack_u32(const stm_column *column, uint32_t first, uint32_t count, uint32_t *out)
{
    const uint32_t minimum = (uint32_t)column->minimum, scale = (uint32_t)column->scale;
    if (column->form == STM_COLUMN_RUNS) {
        unpack_runs(column, first, count, NULL, out);
        return;
    }
    if (column->width > 32) {
        for (uint32_t i = 0; i < count; i++) {
            out[i] = (uint32_t)stm_column_get(column, first + i);
        }
        return;
    }
    while (count != 0) {
        uint32_t piece = count < PIECE ? count : PIECE;
        stm_bits_unpack(column->data, first, piece, column->width, out);
        if (column->form == STM_COLUMN_RAMP) {
            ramp_u32(out, piece, minimum + scale * first, scale);
        } else {
            scale_u32(out, piece, minimum, scale);
        }
        first += piece;
        count -= piece;
        out += piece;
    }
}

int stm_column_fits(const stm_column *column, uint32_t most)
{
    uint64_t reach, bits = stm_bits_mask(column->width);
    if (column->minimum < 0 || column->minimum > (int64_t)most) {
        return 0;
    }
    if (column->form == STM_COLUMN_RAMP) {
        uint64_t line = column->count == 0 ? 0 : column->count - 1u;
        if ((int64_t)column->scale < 0 || column->scale > most || bits > most) {
            return 0; /* a ramp that falls is looked at element by element */
        }
        reach = line * column->scale + bits;
    } else if (__builtin_mul_overflow(bits, column->scale, &reach)) {
        return 0;
    }
    return reach <= most - (uint64_t)column->minimum;
}
