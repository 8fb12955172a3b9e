/* SPDX-License-Identifier: MIT */
/* What bears the same name: one, or namesakes. */
#ifndef STEMMA_PACK_JUDGE_ENTITY_BEARER_H
#define STEMMA_PACK_JUDGE_ENTITY_BEARER_H

#include "pack/judge/entity_matcher.h"

/* Joins the bearers of one name, each to the cluster whose company fits best. `least` is the
   context that a bare surname needs; 0 for names that are judged by their kind. */
stemma_status stm_match_bearers(struct stm_matcher *matcher, uint32_t name, uint32_t least);

#endif
