/* SPDX-License-Identifier: MIT */
/* Participants of meetings that a document describes and others name: "talks with an envoy". */
#ifndef STEMMA_PACK_JUDGE_EVENT_DESCRIBED_H
#define STEMMA_PACK_JUDGE_EVENT_DESCRIBED_H

#include "pack/judge/event_node.h"
#include "pack/judge/story.h"

/* Where a story calls one named person, and nobody else, what the document calls a participant of a
   meeting ("an envoy", "the representative"), the meeting is compared as one with that person. Who
   is who is not touched: no entity is joined. */
stemma_status stm_events_described(const struct stm_judge_input *input,
                                   const struct stm_entities *entities,
                                   const struct stm_stories *stories, struct stm_cluster *clusters,
                                   struct stm_arena *arena, struct stm_events *events);

#endif
