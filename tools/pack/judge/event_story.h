/* SPDX-License-Identifier: MIT */
/* Accounts that only the story tells to be one: two documents that already tell of one happening,
 * and each has one account of another type, told as of the same days, in which nothing differs. */
#ifndef STEMMA_PACK_JUDGE_EVENT_STORY_H
#define STEMMA_PACK_JUDGE_EVENT_STORY_H

#include "pack/judge/cluster.h"
#include "pack/judge/entity_context.h"
#include "pack/judge/event_copy.h"

/* The pairs, ascending by document; they live in `arena`. */
stemma_status stm_events_of_story(const struct stm_events *events,
                                  const struct stm_contexts *contexts, struct stm_cluster *cluster,
                                  struct stm_arena *arena, struct stm_event_twin **twins,
                                  size_t *count);

#endif
