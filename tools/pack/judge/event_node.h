/* SPDX-License-Identifier: MIT */
/* The event referents of a corpus and what is compared of them: time, participants, counts. */
#ifndef STEMMA_PACK_JUDGE_EVENT_NODE_H
#define STEMMA_PACK_JUDGE_EVENT_NODE_H

#include "pack/judge/cluster.h"
#include "pack/judge/entity_node.h"
#include "pack/judge/event_word.h"

#define STM_DAY_UNKNOWN INT32_MIN
#define STM_EVENT_TELLS 3u /* words that tell of an event and are compared */

enum stm_part_rank {
    STM_PART_ACTOR = 0,  /* who does it: agent, speaker */
    STM_PART_OBJECT = 1, /* whom it is done to: tells one event from another of its type */
    STM_PART_PLACE = 2,
    STM_PART_OTHER = 3
};

/* In which ways a type of event is compared, beside the others. */
enum stm_event_way {
    STM_EVENT_SAID = 1 << 0,    /* a saying: by its words */
    STM_EVENT_CONTACT = 1 << 1, /* a meeting, an agreement: by who takes part */
    STM_EVENT_ONCE = 1 << 2,    /* a death: once for everybody */
    STM_EVENT_HARM = 1 << 3,    /* deaths, injuries, attacks: inquired into long after */
    STM_EVENT_MEASURE = 1 << 4  /* sanctions: by what they are about */
};

/* An entity that takes part. */
struct stm_event_part {
    uint32_t entity; /* root of its cluster */
    uint8_t rank;    /* stm_part_rank */
    uint8_t kind;    /* stemma_name_class */
    uint8_t named;
    uint8_t common; /* a country, or what much of the corpus names */
};

/* A count that fills a role, as bounds. */
struct stm_event_count {
    uint64_t role;
    double least;
    double most;
    uint8_t exact;
    stemma_text counted; /* "prisoner"; may be empty */
};

struct stm_event {
    uint32_t document;
    uint32_t referent;
    stemma_text type;
    int32_t first_day; /* days since 1970 that it lies in; both unknown or both known */
    int32_t last_day;
    int32_t published;
    uint8_t polarity;
    uint8_t realis;
    uint8_t past;                 /* told in the past, be it only alleged */
    uint8_t is_told;              /* whether it has these */
    struct stm_event_part *parts; /* ascending by (entity, rank), distinct */
    uint32_t part_count;
    struct stm_event_count *counts;
    uint32_t count_count;
    uint64_t *words; /* of what was said, ascending, distinct */
    uint32_t word_count;
    uint32_t speaker; /* referent that the document quotes for it, or STEMMA_NONE */
    uint64_t *scene;  /* hashes of what is named beside it, ascending, distinct */
    uint32_t scene_count;
    uint8_t scene_level; /* 0: in its sentence, 1: its paragraph, 2: where the document begins */
    uint8_t retold;      /* the sentence speaks of what was reported before */
    uint32_t sentence;   /* of its first trigger; 0 when it has none */
    struct stm_event_word tells[STM_EVENT_TELLS]; /* distinct, in the order of the text */
    uint8_t tell_count;
    uint8_t generic; /* its type says nothing: its words tell what happened */
    uint8_t ways;    /* stm_event_way */
};

struct stm_events {
    struct stm_event *nodes;
    uint32_t count;
    uint32_t *document;
    uint32_t *first;
};

/* Everything lives in `arena`; texts are borrowed from the documents. */
stemma_status stm_events_collect(const struct stm_judge_input *input,
                                 const struct stm_entities *entities, struct stm_cluster *clusters,
                                 struct stm_arena *arena, struct stm_events *events);

/* The node of a referent, or STEMMA_NONE when it is no event. */
uint32_t stm_events_node(const struct stm_events *events, uint32_t document, uint32_t referent);

#endif
