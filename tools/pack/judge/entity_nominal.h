/* SPDX-License-Identifier: MIT */
/* What is described and not named ("the gunman", "the ceremony"): one across the documents of a
 * story. */
#ifndef STEMMA_PACK_JUDGE_ENTITY_NOMINAL_H
#define STEMMA_PACK_JUDGE_ENTITY_NOMINAL_H

#include "pack/judge/entity_matcher.h"

/* Joins referents that one story describes by the same head noun, in compatible number, where
   nothing that is said with it tells them apart; with the one that bears a name, if there is only
   one. */
stemma_status stm_match_nominals(struct stm_matcher *matcher, stm_memory *memory);

#endif
