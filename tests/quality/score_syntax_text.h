/* SPDX-License-Identifier: MIT */
/**
 * @file score_syntax_text.h
 * The part of score_syntax about plain text: sentences, tokens, lemmas.
 */
#ifndef STEMMA_SCORE_SYNTAX_TEXT_H
#define STEMMA_SCORE_SYNTAX_TEXT_H

#include "pack/model/model.h"
#include "train/conllu.h"

/** Prints how the reader cuts the documents of a treebank into sentences and tokens, from their text alone, and
    how many lemmas are right where tokens are. */
void score_text(const struct stm_model *model, const struct stm_conllu *bank);

#endif
