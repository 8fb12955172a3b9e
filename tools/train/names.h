/* SPDX-License-Identifier: MIT */
/**
 * @file names.h
 * Text with marked names, read as the reader reads it, with labels on its tokens: what the name
 * model is trained and measured on.
 */
#ifndef STEMMA_TRAIN_NAMES_H
#define STEMMA_TRAIN_NAMES_H

#include "pack/extract/name_feature.h"
#include "train/crf.h"
#include "train/names_corpus.h"

/** A document of the corpus as the reader sees it. */
struct names_text {
    const struct names_document *document;
    stemma_document input;
    struct stm_arena arena;
    struct stm_annotation ann;
    struct stm_name_view view;
    uint8_t *labels;  /**< By token: what the corpus says. */
    uint8_t *guesses; /**< By token: what a model said. */
    uint32_t **features;
    uint32_t *counts;
    uint32_t **history;
    uint32_t *history_counts;
    float weight;
};

/** Numbers of features by their hashes. */
struct names_dictionary {
    uint64_t *hashes; /**< By number. */
    uint8_t *times;   /**< By number: times met, 255 at most. */
    uint32_t count;
    uint32_t *slots; /**< Number + 1. */
    uint8_t *seen;   /**< By slot: times met, while counting. */
    uint64_t *keys;
    uint32_t mask;
};

/** Reads every document: tokens, sentences, tags, view, labels. Ends the program on failure. */
struct names_text *names_read_texts(const struct names_corpus *corpus,
                                    const struct stm_model *model,
                                    const struct stm_gazetteer *gazetteer, uint32_t off);
void names_free_texts(struct names_text *texts, size_t count);

/** Right, found and gold names by class, strictly: same bytes, same class. */
struct names_tally {
    uint64_t right[STM_NAME_CLASSES];
    uint64_t found[STM_NAME_CLASSES];
    uint64_t gold[STM_NAME_CLASSES];
};

/** Counts what `guesses` has right. */
void names_compare(const struct names_text *text, struct names_tally *tally);

/** F1 of person, organisation and place together. */
double names_f1(const struct names_tally *tally);

#endif
