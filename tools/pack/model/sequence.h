/* SPDX-License-Identifier: MIT */
/**
 * @file sequence.h
 * A linear-chain model: labels for a sequence of tokens, each described by hashed features.
 *
 * The score of a labelling is the sum of one weight per feature and label and one per pair of
 * neighbouring labels (Lafferty, McCallum and Pereira 2001); the best is found by Viterbi's
 * algorithm under the rule that I-X follows B-X or I-X only. All arithmetic is on integers.
 *
 * Section, little-endian: "STSQ", u32 version, u32 labels, u32 slots, u32 rows, u32 zero, u64 zero;
 * i16 transitions[labels + 1][labels] (the last row is from the start), padded to 8 bytes; u16
 * fingerprint[slots] (0: free), padded to 8; i8 weight[slots][labels]. A feature is looked for from
 * the slot that its hash names, at most STM_SEQUENCE_PROBES slots on. Whatever the bytes, no lookup
 * leaves the section.
 */
#ifndef STEMMA_MODEL_SEQUENCE_H
#define STEMMA_MODEL_SEQUENCE_H

#include "stemma/types.h"

#include <stddef.h>
#include <stdint.h>

/** Classes of names, in the order of the labels. */
enum stm_name_class {
    STM_NAME_PERSON = 0,
    STM_NAME_ORGANIZATION,
    STM_NAME_PLACE,
    STM_NAME_NORP,
    STM_NAME_CLASSES
};

/* Labels: 0 is outside, then B and I of each class. */
#define STM_SEQUENCE_LABELS  (1 + 2 * STM_NAME_CLASSES)
#define STM_SEQUENCE_PROBES  24
#define STM_SEQUENCE_VERSION 1u
#define STM_SEQUENCE_HEADER  32u

static inline uint8_t stm_label_begin(unsigned name_class)
{
    return (uint8_t)(1 + 2 * name_class);
}

static inline uint8_t stm_label_inside(unsigned name_class)
{
    return (uint8_t)(2 + 2 * name_class);
}

static inline int stm_label_is_inside(uint8_t label)
{
    return label != 0 && label % 2 == 0;
}

/** Class of a label that is not 0. */
static inline unsigned stm_label_class(uint8_t label)
{
    return (unsigned)(label - 1) / 2;
}

/** Whether `label` may follow `before`; at the start of a sentence `before` is 0. */
static inline int stm_label_follows(uint8_t before, uint8_t label)
{
    return !stm_label_is_inside(label) ||
           (before != 0 && stm_label_class(before) == stm_label_class(label));
}

/** A model inside a section. Borrows the bytes; read-only; any thread. */
struct stm_sequence {
    uint32_t slots;
    int32_t transitions[STM_SEQUENCE_LABELS + 1][STM_SEQUENCE_LABELS];
    const uint8_t *fingerprints; /**< u16 each, little-endian */
    const int8_t *weights;
};

/** Checks a section and points into it. 0, or -1 when the bytes are no such section. */
int stm_sequence_open(struct stm_sequence *sequence, const void *section, size_t size);

/** Whether a section is one. */
int stm_sequence_check(stemma_bytes section);

/** Slot of a hash at which looking for it begins. */
static inline uint32_t stm_sequence_slot(uint64_t hash, uint32_t slots)
{
    return (uint32_t)(((hash & 0xffffffffu) * slots) >> 32);
}

/** Fingerprint of a hash: never 0. */
static inline uint16_t stm_sequence_fingerprint(uint64_t hash)
{
    uint16_t print = (uint16_t)(hash >> 48);
    return print == 0 ? 1 : print;
}

/** Asks memory for what the features need, so that it is near when they are added. */
void stm_sequence_prefetch(const struct stm_sequence *sequence, const uint64_t *features,
                           size_t count);

/** Finds the weights of features and asks memory for them; gives how many are there. */
size_t stm_sequence_find(const struct stm_sequence *sequence, const uint64_t *features,
                         size_t count, const int8_t **rows);

/** Adds weights that were found to `scores[STM_SEQUENCE_LABELS]`. */
void stm_sequence_sum(const int8_t *const *rows, size_t count, int32_t *scores);

/** Both, for any number of features. */
void stm_sequence_add(const struct stm_sequence *sequence, const uint64_t *features, size_t count,
                      int32_t *scores);

/** The best labels of `count` tokens with scores[count][STM_SEQUENCE_LABELS]. `back` is room for
    as many bytes as there are scores. Time and memory linear in `count`. */
void stm_sequence_best(const struct stm_sequence *sequence, const int32_t *scores, uint32_t count,
                       uint8_t *back, uint8_t *labels);

#endif
