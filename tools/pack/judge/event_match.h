/* SPDX-License-Identifier: MIT */
/* Which event referents of different documents are one happening.
 *
 * What one document tells twice is joined first, then what stands in a passage that one document took
 * from another. Then events of one type, or told by one word, are compared that share a participant, a
 * count, a day, a name beside them, or the story: time, participants and counts speak for and against. A day or a single patient that differs forbids;
 * numbers that differ do so only where type, time and something specific do not agree, so that
 * sources that contradict each other meet in one event. Last come the only accounts of a type in
 * two documents of one story. */
#ifndef STEMMA_PACK_JUDGE_EVENT_MATCH_H
#define STEMMA_PACK_JUDGE_EVENT_MATCH_H

#include "pack/judge/entity_match.h"
#include "pack/judge/event_node.h"
#include "pack/judge/story.h"

stemma_status stm_judge_events(const struct stm_judge_input *input, const struct stm_pairs *known,
                               const struct stm_entities *entities,
                               const struct stm_contexts *contexts,
                               const struct stm_stories *stories, struct stm_cluster *clusters,
                               struct stm_arena *arena, struct stm_verdicts *verdicts);

#endif
