/* SPDX-License-Identifier: MIT */
/* People called by a bare surname, organisations called by the first word of their name. */
#ifndef STEMMA_PACK_JUDGE_ENTITY_BARE_H
#define STEMMA_PACK_JUDGE_ENTITY_BARE_H

#include "pack/judge/entity_matcher.h"

/* Joins people and organisations that are called by one word to the one full name in their company.
 */
stemma_status stm_match_bare(struct stm_matcher *matcher, const struct stm_name_pair *pairs,
                             size_t count);

#endif
