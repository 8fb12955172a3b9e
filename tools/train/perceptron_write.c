/* SPDX-License-Identifier: MIT */
/* Averaged weights as tables of bytes. Rows are sorted by feature first, so that the bytes depend on the
   weights only. */
#include <stdlib.h>
#include <string.h>

#include "pack/model/action_table.h"
#include "train/buffer.h"
#include "train/file.h"
#include "train/perceptron.h"

#define FULL    6    /* features a bucket has on average, of eight */
#define LARGEST 1000 /* one of so many weights is cut short */

struct item {
    uint32_t feature;
    uint32_t strength;
    uint32_t pair_count;
    uint8_t pairs[STM_CLASSES_MOST * 2];
};

static double magnitude(double value)
{
    return value < 0 ? -value : value;
}

static int by_size(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;
    return a > b ? -1 : a < b;
}

/* What value is cut off, and the unit, when `most` of `count` magnitudes are to be kept. */
static void choose_scale(double *sizes, size_t count, size_t most, double *cut, double *unit)
{
    qsort(sizes, count, sizeof *sizes, by_size);
    most = most < count ? most : count;
    *cut = count != 0 ? sizes[most - (most != 0)] : 1;
    *unit = count != 0 ? sizes[most / LARGEST] / 127 : 1;
    *unit = *unit > 0 ? *unit : 1;
}

static int8_t in_units(double value, double unit)
{
    double scaled = value / unit;
    scaled = scaled < 0 ? scaled - 0.5 : scaled + 0.5;
    return (int8_t)(scaled > 127 ? 127 : scaled < -127 ? -127 : (int)scaled);
}

static uint32_t bucket_number(uint32_t feature, size_t buckets)
{
    return (uint32_t)((uint64_t)feature * buckets >> 32);
}

static int by_feature(const void *left, const void *right)
{
    uint32_t a = ((const struct item *)left)->feature;
    uint32_t b = ((const struct item *)right)->feature;
    return a < b ? -1 : a > b;
}

static int by_strength(const void *left, const void *right)
{
    const struct item *a = left;
    const struct item *b = right;
    return a->strength != b->strength ? (a->strength > b->strength ? -1 : 1) : by_feature(a, b);
}

static int by_class(const void *left, const void *right)
{
    return *(const uint8_t *)left - *(const uint8_t *)right;
}

/* Rows with at least one weight that is not cut. */
static struct item *collect(const struct stm_perceptron *learner, double cut, double unit,
                            size_t *count)
{
    struct item *items = stm_train_alloc(learner->count, sizeof *items);
    *count = 0;
    for (size_t i = 0; i < learner->capacity; i++) {
        const struct stm_perceptron_row *row = &learner->rows[i];
        if (row->weights == NULL) {
            continue;
        }
        struct item *item = &items[*count];
        memset(item, 0, sizeof *item);
        item->feature = row->feature;
        for (unsigned k = 0; k < row->count; k++) {
            double value = stm_perceptron_average(learner, row, row->weights[k].class);
            int8_t weight = in_units(value, unit);
            if (weight != 0 && magnitude(value) >= cut) {
                item->pairs[item->pair_count * 2] = row->weights[k].class;
                item->pairs[item->pair_count * 2 + 1] = (uint8_t)weight;
                item->pair_count++;
                item->strength += (uint32_t)abs(weight);
            }
        }
        if (item->pair_count != 0) {
            qsort(item->pairs, item->pair_count, 2, by_class);
            (*count)++;
        }
    }
    qsort(items, *count, sizeof *items, by_feature);
    return items;
}

/* The items of a bucket, which are next to each other: the strongest eight with different low bits,
   whose pairs are at most 255. */
static size_t choose(struct item *items, size_t count)
{
    size_t kept = 0;
    uint32_t pairs = 0;
    qsort(items, count, sizeof *items, by_strength);
    for (size_t i = 0; i < count && kept < STM_BUCKET_SLOTS; i++) {
        int taken = pairs + items[i].pair_count > 255;
        for (size_t k = 0; k < kept; k++) {
            taken |= (uint16_t)items[k].feature == (uint16_t)items[i].feature;
        }
        if (!taken) {
            struct item item = items[i];
            items[kept++] = item;
            pairs += item.pair_count;
        }
    }
    qsort(items, kept, sizeof *items, by_feature);
    return kept;
}

static void scale_of_table(const struct stm_perceptron *learner, size_t most, double *cut,
                           double *unit)
{
    size_t count = 0;
    for (size_t i = 0; i < learner->capacity; i++) {
        count += learner->rows[i].weights != NULL ? learner->rows[i].count : 0u;
    }
    double *sizes = stm_train_alloc(count, sizeof *sizes);
    count = 0;
    for (size_t i = 0; i < learner->capacity; i++) {
        const struct stm_perceptron_row *row = &learner->rows[i];
        for (unsigned k = 0; row->weights != NULL && k < row->count; k++) {
            sizes[count++] =
                magnitude(stm_perceptron_average(learner, row, row->weights[k].class));
        }
    }
    choose_scale(sizes, count, most, cut, unit);
    free(sizes);
}

void stm_perceptron_write_table(const struct stm_perceptron *learner, size_t most,
                                struct stm_train_buffer *out)
{
    double cut;
    double unit;
    scale_of_table(learner, most, &cut, &unit);
    size_t count;
    struct item *items = collect(learner, cut, unit, &count);
    size_t buckets = count / FULL + 1;
    struct stm_train_buffer pairs = {NULL, 0, 0};
    struct stm_train_buffer table = {NULL, 0, 0};
    for (size_t bucket = 0, at = 0; bucket < buckets; bucket++) {
        size_t end = at;
        while (end < count && bucket_number(items[end].feature, buckets) == bucket) {
            end++;
        }
        size_t kept = choose(items + at, end - at);
        uint8_t bytes[STM_BUCKET_SIZE] = {0};
        uint32_t ends = 0;
        stm_store_le32(bytes, (uint32_t)(pairs.size / 2));
        for (size_t i = 0; i < STM_BUCKET_SLOTS; i++) {
            if (i < kept) {
                stm_store_le16(bytes + 4 + 2 * i, (uint16_t)items[at + i].feature);
                stm_train_put(&pairs, items[at + i].pairs, (size_t)items[at + i].pair_count * 2);
                ends += items[at + i].pair_count;
            }
            bytes[4 + 2 * STM_BUCKET_SLOTS + i] = (uint8_t)ends;
        }
        stm_train_put(&table, bytes, sizeof bytes);
        at = end;
    }
    stm_train_put32(out, (uint32_t)buckets);
    stm_train_put32(out, (uint32_t)(pairs.size / 2));
    stm_train_put(out, table.data, table.size);
    stm_train_put(out, pairs.data, pairs.size);
    stm_train_put(out, NULL, (4 - out->size % 4) % 4);
    free(items);
    free(pairs.data);
    free(table.data);
}

/* A row as differences to the first class; returns the larger magnitude. */
static double differences(const struct stm_perceptron *learner,
                          const struct stm_perceptron_row *row, double pair[2])
{
    double first = stm_perceptron_average(learner, row, 0);
    pair[0] = stm_perceptron_average(learner, row, 1) - first;
    pair[1] = stm_perceptron_average(learner, row, 2) - first;
    return magnitude(pair[0]) > magnitude(pair[1]) ? magnitude(pair[0]) : magnitude(pair[1]);
}

static size_t to_differences(const struct stm_perceptron *learner, size_t most,
                             struct item *items)
{
    double *sizes = stm_train_alloc(learner->count, sizeof *sizes);
    double pair[2];
    double cut;
    double unit;
    size_t count = 0;
    for (size_t i = 0; i < learner->capacity; i++) {
        if (learner->rows[i].weights != NULL) {
            sizes[count++] = differences(learner, &learner->rows[i], pair);
        }
    }
    choose_scale(sizes, count, most, &cut, &unit);
    free(sizes);
    count = 0;
    for (size_t i = 0; i < learner->capacity; i++) {
        const struct stm_perceptron_row *row = &learner->rows[i];
        if (row->weights == NULL || differences(learner, row, pair) < cut) {
            continue;
        }
        struct item *item = &items[count];
        memset(item, 0, sizeof *item);
        item->feature = row->feature;
        item->pairs[0] = (uint8_t)in_units(pair[0], unit);
        item->pairs[1] = (uint8_t)in_units(pair[1], unit);
        item->strength = (uint32_t)(abs((int8_t)item->pairs[0]) + abs((int8_t)item->pairs[1]));
        count += item->strength != 0;
    }
    return count;
}

void stm_perceptron_write_actions(const struct stm_perceptron *learner, size_t most,
                                  struct stm_train_buffer *out)
{
    struct item *items = stm_train_alloc(learner->count + 1, sizeof *items);
    size_t count = to_differences(learner, most, items);
    size_t buckets = count / FULL + 1;
    qsort(items, count, sizeof *items, by_feature);
    stm_train_put32(out, (uint32_t)buckets);
    stm_train_put32(out, 0);
    for (size_t bucket = 0, at = 0; bucket < buckets; bucket++) {
        size_t end = at;
        while (end < count && bucket_number(items[end].feature, buckets) == bucket) {
            end++;
        }
        size_t kept = choose(items + at, end - at);
        uint8_t bytes[STM_ACTION_BUCKET] = {0};
        for (size_t i = 0; i < kept; i++) {
            stm_store_le16(bytes + 2 * i, (uint16_t)items[at + i].feature);
            bytes[2 * STM_ACTION_SLOTS + i] = items[at + i].pairs[0];
            bytes[3 * STM_ACTION_SLOTS + i] = items[at + i].pairs[1];
        }
        stm_train_put(out, bytes, sizeof bytes);
        at = end;
    }
    free(items);
}
