/* SPDX-License-Identifier: MIT */
/* Where in the text events are told, and who and what is named beside them.
 *
 * An account often names the place or the company of a happening in the same sentence without
 * making it a participant. Such names are its scene. Countries, and what half the corpus names, say
 * nothing and are left out. */
#ifndef STEMMA_PACK_JUDGE_EVENT_SCENE_H
#define STEMMA_PACK_JUDGE_EVENT_SCENE_H

#include "pack/judge/event_node.h"

/* A word that tells of an event. */
struct stm_trigger {
    uint32_t start; /* of its head in the text, a byte */
    uint32_t sentence;
    uint32_t event; /* node */
};

struct stm_triggers {
    struct stm_trigger *items; /* document by document, ascending by (start, event) */
    uint32_t *first;           /* of each document, and the end */
};

/* The sentence that byte `position` lies in: how many begin at or before it. */
uint32_t stm_sentence_of(const stemma_document *document, uint32_t position);

/* The bytes of a sentence by that number. */
stemma_span stm_sentence_span(const stemma_document *document, uint32_t sentence);

/* Marks participants that are common (countries, and what much of the corpus names), gives each
   event its scene and tells which accounts speak of what was reported elsewhere. Everything lives
   in `arena`. */
stemma_status stm_events_set_scenes(const struct stm_judge_input *input,
                                    const struct stm_entities *entities,
                                    struct stm_cluster *clusters, struct stm_arena *arena,
                                    struct stm_events *events, struct stm_triggers *triggers);

#endif
