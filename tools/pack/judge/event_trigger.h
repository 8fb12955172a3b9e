/* SPDX-License-Identifier: MIT */
/* Where in the texts events are told. */
#ifndef STEMMA_PACK_JUDGE_EVENT_TRIGGER_H
#define STEMMA_PACK_JUDGE_EVENT_TRIGGER_H

#include "pack/judge/event_node.h"

/* A word that tells of an event. */
struct stm_trigger {
    uint32_t start; /* of its head in the text, a byte */
    uint32_t end;
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

/* The first byte of the head of a mention, or of the mention. */
uint32_t stm_mention_start(const stemma_mention *mention);

/* Also tells each event by which words it is told. Everything lives in `arena`. */
stemma_status stm_triggers_find(const struct stm_judge_input *input,
                                const struct stm_events *events, struct stm_arena *arena,
                                struct stm_triggers *triggers);

#endif
