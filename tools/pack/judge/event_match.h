/* SPDX-License-Identifier: MIT */
/* Which event referents of different documents are one happening.
 *
 * Events of one type that share a participant or a count are compared. Time, participants and
 * counts speak for and against; a count, a day or a single patient that differs forbids. */
#ifndef STEMMA_PACK_JUDGE_EVENT_MATCH_H
#define STEMMA_PACK_JUDGE_EVENT_MATCH_H

#include "pack/judge/entity_match.h"
#include "pack/judge/event_node.h"

stemma_status stm_judge_events(const struct stm_judge_input *input, const struct stm_pairs *known,
                               const struct stm_entities *entities,
                               const struct stm_contexts *contexts, struct stm_cluster *clusters,
                               struct stm_arena *arena, struct stm_verdicts *verdicts);

#endif
