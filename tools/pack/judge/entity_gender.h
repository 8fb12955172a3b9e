/* SPDX-License-Identifier: MIT */
/* What the words for people say of their gender: "the gunman" is not "Ana Orlova". */
#ifndef STEMMA_PACK_JUDGE_ENTITY_GENDER_H
#define STEMMA_PACK_JUDGE_ENTITY_GENDER_H

#include "pack/judge/entity_matcher.h"

/* Whether given names and nouns of two clusters may be one person's. */
int stm_gender_words_agree(const struct stm_matcher *matcher, uint32_t a, uint32_t b);

#endif
