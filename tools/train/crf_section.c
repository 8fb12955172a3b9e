/* SPDX-License-Identifier: MIT */
/* From floats to the section that sequence.h describes. */
#include "train/crf.h"
#include "train/file.h"

#include <stdlib.h>
#include <string.h>

#define LABELS STM_SEQUENCE_LABELS
#define SCALE  32.0f /* what a weight of 1 is in the section */
#define LOAD   88u   /* slots of a hundred that rows may fill */

struct row {
    uint64_t hash;
    float most;
    uint32_t feature;
};

static int compare_rows(const void *a, const void *b)
{
    const struct row *left = a;
    const struct row *right = b;
    if (left->most != right->most) {
        return left->most > right->most ? -1 : 1;
    }
    return left->hash < right->hash ? -1 : left->hash > right->hash;
}

static int quantized(float weight, int limit)
{
    float value = weight * SCALE;
    int whole = (int)(value < 0 ? value - 0.5f : value + 0.5f);
    return whole > limit ? limit : whole < -limit ? -limit : whole;
}

static void put_u32(uint8_t *at, uint32_t value)
{
    for (unsigned i = 0; i < 4; i++) {
        at[i] = (uint8_t)(value >> (8 * i));
    }
}

static void put_u16(uint8_t *at, unsigned value)
{
    at[0] = (uint8_t)value;
    at[1] = (uint8_t)(value >> 8);
}

static size_t padded(size_t size)
{
    return (size + 7) & ~(size_t)7;
}

/* False when the slots near where it belongs are taken, or taken by its like. */
static int place_row(uint8_t *prints, uint8_t *weights, uint32_t slots, const struct row *row,
                     const float *from)
{
    uint16_t print = stm_sequence_fingerprint(row->hash);
    uint32_t slot = stm_sequence_slot(row->hash, slots);
    for (unsigned probe = 0; probe < STM_SEQUENCE_PROBES; probe++) {
        uint8_t *at = prints + (size_t)slot * 2;
        unsigned found = (unsigned)at[0] | (unsigned)at[1] << 8;
        if (found == print) {
            return 0;
        }
        if (found == 0) {
            put_u16(at, print);
            for (size_t k = 0; k < LABELS; k++) {
                weights[(size_t)slot * LABELS + k] = (uint8_t)quantized(from[k], 127);
            }
            return 1;
        }
        slot = slot + 1 == slots ? 0 : slot + 1;
    }
    return 0;
}

/* 1 for what was met once, one more for each time that it was met twice as often. */
static float worth_of(uint8_t seen)
{
    float worth = 1;
    for (; seen > 1; seen /= 2) {
        worth += 1;
    }
    return worth;
}

uint8_t *crf_section(const struct crf *crf, const uint64_t *hashes, const uint8_t *seen,
                     uint32_t rows, size_t *size)
{
    struct row *all = stm_train_alloc((size_t)crf->features + 1, sizeof *all);
    uint32_t count = 0;
    for (uint32_t i = 0; i < crf->features; i++) {
        struct row row = {hashes[i], 0, i};
        for (size_t k = 0; k < LABELS; k++) {
            float weight = crf->weights[(size_t)i * LABELS + k];
            row.most = weight > row.most ? weight : -weight > row.most ? -weight : row.most;
        }
        if (quantized(row.most, 127) != 0) {
            row.most *= worth_of(seen[i]);
            all[count++] = row;
        }
    }
    qsort(all, count, sizeof *all, compare_rows);
    count = count < rows ? count : rows;
    uint32_t slots = (uint32_t)((uint64_t)count * 100 / LOAD) + STM_SEQUENCE_PROBES;
    size_t transitions = padded(2 * (LABELS + 1) * LABELS);
    size_t prints = padded((size_t)slots * 2);
    *size = STM_SEQUENCE_HEADER + transitions + prints + (size_t)slots * LABELS;
    uint8_t *bytes = stm_train_alloc(*size, 1);
    memcpy(bytes, "STSQ", 4);
    put_u32(bytes + 4, STM_SEQUENCE_VERSION);
    put_u32(bytes + 8, LABELS);
    put_u32(bytes + 12, slots);
    uint8_t *at = bytes + STM_SEQUENCE_HEADER;
    for (size_t from = 0; from <= LABELS; from++) {
        for (size_t to = 0; to < LABELS; to++, at += 2) {
            put_u16(at, (unsigned)quantized(crf->transitions[from][to], 32767) & 0xffffu);
        }
    }
    at = bytes + STM_SEQUENCE_HEADER + transitions;
    uint32_t placed = 0;
    for (uint32_t i = 0; i < count; i++) {
        placed += (uint32_t)place_row(at, at + prints, slots, &all[i],
                                      crf->weights + (size_t)all[i].feature * LABELS);
    }
    put_u32(bytes + 16, placed);
    free(all);
    return bytes;
}
