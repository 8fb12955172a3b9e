/* SPDX-License-Identifier: MIT */
/* One bare name, read as a place here and as a person or an organisation there. */
#ifndef STEMMA_PACK_JUDGE_ENTITY_MISREAD_H
#define STEMMA_PACK_JUDGE_ENTITY_MISREAD_H

#include "pack/judge/entity_matcher.h"

/* Joins to the place of a name those who bear this one word only and of whom nothing is known that
   a place has not: no other name, office, age or gender. The place has to be the reading of most
   documents. */
stemma_status stm_match_misread(struct stm_matcher *matcher);

#endif
