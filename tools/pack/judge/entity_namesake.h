/* SPDX-License-Identifier: MIT */
/* Namesakes that a document itself tells apart: "he shares his name with the foreign minister". */
#ifndef STEMMA_PACK_JUDGE_ENTITY_NAMESAKE_H
#define STEMMA_PACK_JUDGE_ENTITY_NAMESAKE_H

#include "pack/judge/entity_matcher.h"

/* Forbids joining somebody of whom a document says that he shares his name with the bearer of an
   office with those of the name who hold that office. Before anything is joined by names. */
stemma_status stm_match_namesakes(struct stm_matcher *matcher);

#endif
