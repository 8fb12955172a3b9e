/* SPDX-License-Identifier: MIT */
/**
 * @file tagger_train.h
 * Training of the tagger, and its vocabulary.
 */
#ifndef STEMMA_TRAIN_TAGGER_TRAIN_H
#define STEMMA_TRAIN_TAGGER_TRAIN_H

#include "pack/model/tagger.h"
#include "train/buffer.h"
#include "train/treebank.h"

#define STM_TRAIN_NO_FOLD 0xFFFFFFFFu

/** Trains on all trees but those of fold `without`, in as many orders as `seeds`, and appends a section
    "tagger". */
void stm_train_tagger_section(const struct stm_treebank *trees, uint32_t without, unsigned seeds,
                              unsigned epochs, struct stm_train_buffer *out);

/** Opens a section as a model of its own would be; the section is borrowed. */
void stm_train_open_tagger(struct stm_tagger *tagger, stemma_bytes section);

/** Gives the words of a tree their numbers. */
void stm_train_number_words(const struct stm_tagger *tagger, struct stm_tree *tree);

#endif
