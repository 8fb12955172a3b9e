/* SPDX-License-Identifier: MIT */
/* Who and what is named beside events where they are told.
 *
 * An account often names the place or the company of a happening in the same sentence without
 * making it a participant. Such names are its scene. Countries, and what half the corpus names, say
 * nothing and are left out. */
#ifndef STEMMA_PACK_JUDGE_EVENT_SCENE_H
#define STEMMA_PACK_JUDGE_EVENT_SCENE_H

#include "pack/judge/event_trigger.h"

/* Marks participants that are common (countries, and what much of the corpus names), gives each
   event its scene and tells which accounts speak of what was reported elsewhere. Everything lives
   in `arena`. */
stemma_status stm_events_set_scenes(const struct stm_judge_input *input,
                                    const struct stm_entities *entities,
                                    struct stm_cluster *clusters, struct stm_arena *arena,
                                    struct stm_events *events, struct stm_triggers *triggers);

#endif
