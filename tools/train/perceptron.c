/* SPDX-License-Identifier: MIT */
#include "train/perceptron.h"

#include <stdlib.h>
#include <string.h>

#include "train/file.h"
#include "train/order.h"

#define FIRST_CAPACITY ((size_t)1 << 20)

void stm_perceptron_init(struct stm_perceptron *learner)
{
    memset(learner, 0, sizeof *learner);
    learner->capacity = FIRST_CAPACITY;
    learner->rows = stm_train_alloc(learner->capacity, sizeof *learner->rows);
    learner->step = 1;
}

void stm_perceptron_free(struct stm_perceptron *learner)
{
    for (size_t i = 0; i < learner->capacity; i++) {
        free(learner->rows[i].weights);
    }
    free(learner->rows);
    memset(learner, 0, sizeof *learner);
}

static struct stm_perceptron_row *place_of(struct stm_perceptron_row *rows, size_t capacity,
                                           uint32_t feature)
{
    size_t at = (feature * UINT64_C(0x9E3779B97F4A7C15) >> 20) & (capacity - 1);
    while (rows[at].weights != NULL && rows[at].feature != feature) {
        at = (at + 1) & (capacity - 1);
    }
    return &rows[at];
}

void stm_perceptron_score(const struct stm_perceptron *learner, const uint32_t *features,
                          uint32_t count, int32_t *scores)
{
    for (uint32_t i = 0; i < count; i++) {
        __builtin_prefetch(
            &learner->rows[(features[i] * UINT64_C(0x9E3779B97F4A7C15) >> 20) &
                           (learner->capacity - 1)]);
    }
    for (uint32_t i = 0; i < count; i++) {
        const struct stm_perceptron_row *row =
            place_of(learner->rows, learner->capacity, features[i]);
        for (unsigned k = 0; row->weights != NULL && k < row->count; k++) {
            scores[row->weights[k].class] += row->weights[k].value;
        }
    }
}

uint32_t stm_perceptron_drop(uint32_t *features, uint32_t count, uint32_t percent,
                             uint64_t *chance)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        features[kept] = features[i];
        kept += stm_train_next(chance) % 100 >= percent;
    }
    return kept;
}

static void grow(struct stm_perceptron *learner)
{
    size_t capacity = learner->capacity * 2;
    struct stm_perceptron_row *rows = stm_train_alloc(capacity, sizeof *rows);
    for (size_t i = 0; i < learner->capacity; i++) {
        if (learner->rows[i].weights != NULL) {
            *place_of(rows, capacity, learner->rows[i].feature) = learner->rows[i];
        }
    }
    free(learner->rows);
    learner->rows = rows;
    learner->capacity = capacity;
}

/* The weight of a class, its sum up to now. */
static struct stm_perceptron_weight *settle(const struct stm_perceptron *learner,
                                            struct stm_perceptron_row *row, unsigned class)
{
    struct stm_perceptron_weight *weight = NULL;
    for (unsigned i = 0; i < row->count; i++) {
        if (row->weights[i].class == class) {
            weight = &row->weights[i];
        }
    }
    if (weight == NULL) {
        if (row->count == row->capacity) {
            row->capacity = (uint16_t)(row->capacity * 2);
            row->weights = realloc(row->weights, row->capacity * sizeof *row->weights);
            if (row->weights == NULL) {
                stm_train_fail("out of memory");
            }
        }
        weight = &row->weights[row->count++];
        *weight = (struct stm_perceptron_weight){(uint8_t)class, 0, learner->step, 0};
    }
    weight->total += (int64_t)weight->value * (learner->step - weight->since);
    weight->since = learner->step;
    return weight;
}

static struct stm_perceptron_row *row_for(struct stm_perceptron *learner, uint32_t feature)
{
    if (learner->count * 2 >= learner->capacity) {
        grow(learner);
    }
    struct stm_perceptron_row *row = place_of(learner->rows, learner->capacity, feature);
    if (row->weights == NULL) {
        row->feature = feature;
        row->capacity = 2;
        row->count = 0;
        row->weights = stm_train_alloc(row->capacity, sizeof *row->weights);
        learner->count++;
    }
    return row;
}

void stm_perceptron_update(struct stm_perceptron *learner, const uint32_t *features,
                           uint32_t count, unsigned good, unsigned bad)
{
    for (uint32_t i = 0; i < count && good != bad; i++) {
        struct stm_perceptron_row *row = row_for(learner, features[i]);
        settle(learner, row, good)->value++;
        settle(learner, row, bad)->value--;
    }
    learner->step++;
}

void stm_perceptron_merge(struct stm_perceptron *into, struct stm_perceptron *from)
{
    for (size_t i = 0; i < into->capacity; i++) {
        struct stm_perceptron_row *row = &into->rows[i];
        for (unsigned k = 0; row->weights != NULL && k < row->count; k++) {
            settle(into, row, row->weights[k].class)->value = 0;
        }
    }
    for (size_t i = 0; i < from->capacity; i++) {
        struct stm_perceptron_row *row = &from->rows[i];
        for (unsigned k = 0; row->weights != NULL && k < row->count; k++) {
            struct stm_perceptron_weight *weight = settle(from, row, row->weights[k].class);
            struct stm_perceptron_row *other = row_for(into, row->feature);
            settle(into, other, weight->class)->total += weight->total;
        }
    }
    into->step += from->step;
}

static double average_of(const struct stm_perceptron *learner,
                         const struct stm_perceptron_weight *weight)
{
    int64_t total = weight->total + (int64_t)weight->value * (learner->step - weight->since);
    return (double)total / (double)learner->step;
}

double stm_perceptron_average(const struct stm_perceptron *learner,
                              const struct stm_perceptron_row *row, unsigned class)
{
    for (unsigned i = 0; i < row->count; i++) {
        if (row->weights[i].class == class) {
            return average_of(learner, &row->weights[i]);
        }
    }
    return 0;
}
