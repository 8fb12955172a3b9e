/* SPDX-License-Identifier: MIT */
/**
 * @file phrases.h
 * The lines that pages put around articles, as one table of patterns.
 */
#ifndef STEMMA_PACK_PHRASES_H
#define STEMMA_PACK_PHRASES_H

#include "pack/read/pattern.h"

typedef enum stm_phrase_kind {
    STM_PHRASE_NONE = 0,
    STM_PHRASE_LINE,     /**< Furniture by itself. */
    STM_PHRASE_LIST_HEAD /**< Furniture, and heads a list of links or a form. */
} stm_phrase_kind;

/** What `line` is by the words in it. Pure. */
stm_phrase_kind stm_furniture_phrase(const stm_line *line);

/** Whether `line` is made of the names of buttons and nothing else: "Share Tweet Print". Pure. */
bool stm_phrase_is_toolbar(const stm_line *line);

#endif
