/* SPDX-License-Identifier: MIT */
/**
 * @file conllu.h
 * Trees in CoNLL-U: the form in which Universal Dependencies are handed around.
 */
#ifndef STEMMA_TRAIN_CONLLU_H
#define STEMMA_TRAIN_CONLLU_H

#include "common/arena.h"
#include "stemma/types.h"

#define STM_CONLLU_LONGEST 1000u /* words of a sentence; longer ones are left out */

struct stm_conllu_word {
    stemma_text form;
    stemma_text lemma;
    uint32_t start; /**< Bytes of the sentence's text. */
    uint32_t end;
    uint32_t head;  /**< Word, from 0; the number of words for the root. */
    uint8_t pos;    /**< stm_pos */
    uint8_t relation; /**< stm_relation */
    uint8_t space_after;
};

struct stm_conllu_sentence {
    stemma_text text; /**< As its comment gives it, or its words put together. */
    struct stm_conllu_word *words;
    uint32_t count;
    uint32_t document;  /**< Counted over all files. */
    uint32_t paragraph; /**< Counted over all documents. */
};

struct stm_conllu {
    struct stm_arena arena; /**< Owns everything. */
    struct stm_conllu_sentence *sentences;
    size_t count;
    size_t capacity;
    uint32_t documents;
    uint32_t paragraphs;
};

/** An empty treebank. */
void stm_conllu_init(struct stm_conllu *bank);
void stm_conllu_free(struct stm_conllu *bank);

/** Adds the sentences of a file. Lines of multiword tokens and empty nodes are skipped; words whose
    text is not where it should be have no span (start == end). Ends the program when the file cannot
    be read or a tree is none. */
void stm_conllu_read(struct stm_conllu *bank, const char *path);

#endif
