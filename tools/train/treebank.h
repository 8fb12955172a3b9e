/* SPDX-License-Identifier: MIT */
/**
 * @file treebank.h
 * Trees over words as the reader sees them.
 *
 * Each sentence of a treebank is given up to three times: with its own words; with those of our tokenizer,
 * where they differ (a hyphenated word is one); and every twentieth in capitals, as headlines are
 * written. A word of ours that joins several takes the tag, head and relation of the one whose head lies
 * outside of them.
 */
#ifndef STEMMA_TRAIN_TREEBANK_H
#define STEMMA_TRAIN_TREEBANK_H

#include "pack/model/hash_features.h"
#include "train/conllu.h"

struct stm_tree {
    const struct stm_conllu_word *words; /**< Forms, tags, heads, relations. */
    stemma_text *forms;
    stemma_text *lower;
    struct stm_word *numbers; /**< Filled when there is a vocabulary. */
    uint8_t *tags;            /**< Predicted, for the parser. */
    uint32_t count;
    uint32_t fold; /**< Which part of the corpus: sentences of a document stand together. */
};

struct stm_treebank {
    struct stm_arena arena;
    struct stm_tree *trees;
    size_t count;
    size_t capacity;
};

enum stm_treebank_form {
    STM_TREEBANK_GIVEN = 1, /**< The treebank's own words. */
    STM_TREEBANK_OURS = 2,  /**< Our words, where they differ; with GIVEN absent, everywhere. */
    STM_TREEBANK_CAPITALS = 4
};

/** Adds trees. `bank` must live as long. */
void stm_treebank_add(struct stm_treebank *trees, const struct stm_conllu *bank, int forms,
                      uint32_t folds);

/** Reads files until an argument that begins with a dash or the end; returns how many it took. */
int stm_treebank_read(struct stm_conllu *bank, int argc, char **argv);

/** Our words over a sentence: fills `words` (room for `most`) and returns how many; 0 when text and words do
    not fit together. Memory is the arena's. */
uint32_t stm_treebank_align(const struct stm_conllu_sentence *sentence, struct stm_arena *arena,
                            struct stm_conllu_word *words, uint32_t most);

#endif
