/* SPDX-License-Identifier: MIT */
/* Joins who bears no name to the one person who has the same part in what a story is about. */
#ifndef STEMMA_PACK_JUDGE_ENTITY_PART_H
#define STEMMA_PACK_JUDGE_ENTITY_PART_H

#include "pack/judge/entity_matcher.h"

/* "A driver was arrested", and in another account of the story, or further down, "Ana Orlova was
   arrested": the driver is Orlova, when the story arrests nobody else who has a name. After all
   that joins names and descriptions. */
stemma_status stm_match_parts(struct stm_matcher *matcher, stm_memory *memory);

#endif
