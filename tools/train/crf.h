/* SPDX-License-Identifier: MIT */
/**
 * @file crf.h
 * Training of a linear-chain conditional random field: the likelihood of the labels given the
 * features is raised sentence by sentence with AdaGrad steps (Duchi, Hazan and Singer 2011), the
 * expectations computed by the forward-backward algorithm.
 *
 * Everything is added up in one order, with an exponential function of its own: the same sentences
 * give the same weights on any machine with IEEE arithmetic.
 */
#ifndef STEMMA_TRAIN_CRF_H
#define STEMMA_TRAIN_CRF_H

#include "pack/model/sequence.h"

#include <stddef.h>
#include <stdint.h>

/** A sentence: tokens, each with features by number and a label. Everything is borrowed. */
struct crf_sentence {
    const uint32_t *const *features; /**< By token. */
    const uint32_t *counts;          /**< By token: how many. */
    const uint32_t *const *extra;    /**< More features by token; NULL: none. */
    const uint32_t *extra_counts;
    const uint8_t *labels;
    uint32_t length;
    float weight; /**< What it counts for: 1, or less for text of less worth. */
};

struct crf_options {
    uint32_t epochs;
    float rate;  /**< Step size. */
    float decay; /**< Pull of weights towards 0. */
    uint32_t drop; /**< Of 1024 features, how many a step leaves out. */
    uint32_t orders; /**< Trainings in different orders, whose mean is taken; 0 is 1. */
};

struct crf {
    uint32_t features;
    float *weights; /**< [features][STM_SEQUENCE_LABELS] */
    float *squares; /**< Sums of squared gradients, likewise. */
    float transitions[STM_SEQUENCE_LABELS + 1][STM_SEQUENCE_LABELS];
    float transition_squares[STM_SEQUENCE_LABELS + 1][STM_SEQUENCE_LABELS];
};

/** A field of zero weights. Ends the program without memory. */
void crf_init(struct crf *crf, uint32_t features);
void crf_free(struct crf *crf);

/** Trains on sentences in an order that is shuffled the same way every time. */
void crf_train(struct crf *crf, const struct crf_sentence *sentences, size_t count,
               const struct crf_options *options);

/** The best labels of a sentence. */
void crf_label(const struct crf *crf, const struct crf_sentence *sentence, uint8_t *labels);

/** The section of a trained field: the `rows` features that matter most (great weights, met often:
    `seen`), by their hashes, in 8-bit integers. Freed by free(). */
uint8_t *crf_section(const struct crf *crf, const uint64_t *hashes, const uint8_t *seen,
                     uint32_t rows, size_t *size);

#endif
