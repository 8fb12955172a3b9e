/* SPDX-License-Identifier: MIT */
/**
 * @file name_ending.h
 * What the ending of a word says about it as a name.
 */
#ifndef STEMMA_EXTRACT_NAME_ENDING_H
#define STEMMA_EXTRACT_NAME_ENDING_H

#include "pack/extract/annotation.h"

/** Whether the ending of a surname tells a person ("-enko", "-ski", "-ian"). */
int stm_name_has_surname_ending(stemma_text lower);

/** Whether the ending tells a place ("-grad", "-ville", "-stan"). */
int stm_name_has_place_ending(stemma_text lower);

/** Whether a word is a common one by lexicon or ending, so that its capital needs another reason.
 */
int stm_name_is_plain_word(const struct stm_annotation *ann, uint32_t token);

#endif
