/* SPDX-License-Identifier: MIT */
/**
 * @file event_word.h
 * Is a token one of these words, or a form of one of these? Pure functions.
 */
#ifndef STEMMA_EXTRACT_EVENT_WORD_H
#define STEMMA_EXTRACT_EVENT_WORD_H

#include "pack/extract/annotation.h"

/** Whether a token is one of `count` words (lower case). False when out of range. */
int stm_token_is_any(const struct stm_annotation *ann, uint32_t token, const char *const *words,
                     size_t count);

/** Whether the lemma of a token is one of `count`. False when out of range. */
int stm_lemma_is_any(const struct stm_annotation *ann, uint32_t token, const char *const *lemmas,
                     size_t count);

#define STM_TOKEN_IS_ANY(ann, token, words)                                                        \
    stm_token_is_any((ann), (token), (words), sizeof(words) / sizeof((words)[0]))
#define STM_LEMMA_IS_ANY(ann, token, lemmas)                                                       \
    stm_lemma_is_any((ann), (token), (lemmas), sizeof(lemmas) / sizeof((lemmas)[0]))

#endif
