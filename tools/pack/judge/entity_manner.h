/* SPDX-License-Identifier: MIT */
/* "The long-standing authoritarian leader" of one document is whom others call "authoritarian
 * leader Orlov", if it speaks of Orlov too. */
#ifndef STEMMA_PACK_JUDGE_ENTITY_MANNER_H
#define STEMMA_PACK_JUDGE_ENTITY_MANNER_H

#include "pack/judge/entity_describe.h"
#include "pack/judge/entity_matcher.h"

/* Joins what a document describes and does not name with the one that it does name elsewhere and
   that the corpus describes by the same noun and adjective. */
stemma_status stm_match_manner(struct stm_matcher *matcher, struct stm_arena *arena,
                               const struct stm_description *list, size_t count);

#endif
