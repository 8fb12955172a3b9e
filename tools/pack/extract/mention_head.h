/* SPDX-License-Identifier: MIT */
/**
 * @file mention_head.h
 * From a word of a parse to the mention that it heads.
 */
#ifndef STEMMA_EXTRACT_MENTION_HEAD_H
#define STEMMA_EXTRACT_MENTION_HEAD_H

#include "pack/extract/annotation.h"

/** The mention that a token heads; of a title, role or kinship before or in apposition to the name
    of a person ("President Karl Voss", "the envoy, John Coale") that name. STEMMA_NONE when there
    is none or the token is STEMMA_NONE. Any thread may ask about an annotation that nobody changes.
 */
uint32_t stm_mention_headed(const struct stm_annotation *ann, uint32_t token);

#endif
