/* SPDX-License-Identifier: MIT */
/**
 * @file perceptron.h
 * An averaged perceptron over hashed features and up to 64 classes (Freund and Schapire 1999).
 *
 * Weights are whole numbers while they are learned, so that sums do not depend on any rounding.
 */
#ifndef STEMMA_TRAIN_PERCEPTRON_H
#define STEMMA_TRAIN_PERCEPTRON_H

#include "pack/model/feature_table.h"

struct stm_perceptron_weight {
    uint8_t class;
    int32_t value;
    uint32_t since; /* step of the last change */
    int64_t total;  /* sum over the steps before */
};

struct stm_perceptron_row {
    uint32_t feature;
    uint16_t count;
    uint16_t capacity;
    struct stm_perceptron_weight *weights; /* NULL: no such row */
};

struct stm_perceptron {
    struct stm_perceptron_row *rows; /* open addressing */
    size_t capacity;                 /* a power of two */
    size_t count;
    uint32_t step;
};

void stm_perceptron_init(struct stm_perceptron *learner);
void stm_perceptron_free(struct stm_perceptron *learner);

/** Adds the weights of features to scores. */
void stm_perceptron_score(const struct stm_perceptron *learner, const uint32_t *features,
                          uint32_t count, int32_t *scores);

/** Leaves out each feature with a chance of `percent` in a hundred; returns how many are left. Learning from what
    is left each time makes no feature rely on another being there, which is worth more here than anything else
    (after Hinton et al. 2012). */
uint32_t stm_perceptron_drop(uint32_t *features, uint32_t count, uint32_t percent,
                             uint64_t *chance);

/** One more step; when `good` differs from `bad`, features speak more for the one and less for the other. */
void stm_perceptron_update(struct stm_perceptron *learner, const uint32_t *features,
                           uint32_t count, unsigned good, unsigned bad);

/** Adds what `from` has learned to `into`: averages become those over the steps of both (as the mixtures
    of McDonald, Hall and Mann 2010, which generalise better). Neither learns any more. */
void stm_perceptron_merge(struct stm_perceptron *into, struct stm_perceptron *from);

/** The averaged weight of a class of a row, in units of one update, or 0. */
double stm_perceptron_average(const struct stm_perceptron *learner,
                              const struct stm_perceptron_row *row, unsigned class);

struct stm_train_buffer;

/** Appends a table of feature_table.h to a growing buffer: the `most` averages farthest from zero, or nearly,
    in steps of which the largest of a thousand is 127. */
void stm_perceptron_write_table(const struct stm_perceptron *learner, size_t most,
                                struct stm_train_buffer *out);

/** Appends a table of action_table.h with `most` features likewise. */
void stm_perceptron_write_actions(const struct stm_perceptron *learner, size_t most,
                                  struct stm_train_buffer *out);

#endif
