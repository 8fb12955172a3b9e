/* SPDX-License-Identifier: MIT */
/* Which entity referents of different documents are one person, organisation or place.
 *
 * First what bears the same name, then what bears names that are alike, then bare surnames, each
 * against the clusters there are by then. A join needs a name and, the less the name says, the more
 * company that both keep; it is refused when any two members contradict each other. */
#ifndef STEMMA_PACK_JUDGE_ENTITY_MATCH_H
#define STEMMA_PACK_JUDGE_ENTITY_MATCH_H

#include "pack/judge/cluster.h"
#include "pack/judge/entity_context.h"
#include "pack/judge/pairs.h"
#include "pack/judge/story.h"

/* Adds judgements to `verdicts`, whose derivations, with those of `input`, are part of the context.
   `known` holds the pairs that came in judged. `entities`, `contexts` and `cluster` receive the
   nodes, their company and what they were joined to; all live in `arena`. */
stemma_status stm_judge_entities(const struct stm_judge_input *input, const struct stm_pairs *known,
                                 struct stm_arena *arena, struct stm_entities *entities,
                                 struct stm_contexts *contexts, const struct stm_stories *stories,
                                 struct stm_cluster *cluster, struct stm_verdicts *verdicts);

#endif
