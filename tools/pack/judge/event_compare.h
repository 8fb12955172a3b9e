/* SPDX-License-Identifier: MIT */
/* What two accounts have in common and in what they differ: times, numbers, participants, scenes.
 */
#ifndef STEMMA_PACK_JUDGE_EVENT_COMPARE_H
#define STEMMA_PACK_JUDGE_EVENT_COMPARE_H

#include "pack/judge/event_node.h"

/* Participants of both, by role. */
struct stm_event_overlap {
    uint32_t objects; /* shared, people and organisations */
    uint32_t object_places;
    uint32_t actors;
    uint32_t actor_places;
    uint32_t places;
    uint32_t own_objects; /* of these, those that are not common */
    uint32_t own_places;
    uint32_t left_objects; /* named people and organisations on each side */
    uint32_t right_objects;
};

/* What specific two accounts have in common, the stronger the larger. */
enum stm_specifics {
    STM_SPECIFIC_NONE,   /* nothing but a country */
    STM_SPECIFIC_AROUND, /* what is named around them, or the company of the documents */
    STM_SPECIFIC_ACTOR,  /* who did it */
    STM_SPECIFIC_SCENE,  /* where, or what is named in both sentences */
    STM_SPECIFIC_PATIENT /* whom it happened to */
};

/* How the times of two accounts fit. */
enum stm_time_relation {
    STM_TIME_APART,
    STM_TIME_OPEN, /* nothing is against it, nothing says it */
    STM_TIME_NEAR, /* within the days in which news is told */
    STM_TIME_SAME  /* one day, or a few */
};

int stm_event_has_time(const struct stm_event *event);

/* Whether its time is a date. */
int stm_event_is_precise(const struct stm_event *event);

/* Both have a time. */
int stm_event_days_disjoint(const struct stm_event *a, const struct stm_event *b);

/* Whether the event whose time is known lies after the other was already told as done. */
int stm_event_told_before(const struct stm_event *timed, const struct stm_event *untimed);

/* 1: some count of one role agrees, exactly counted; 2: agrees roughly; -1: none agrees; 0: no role
   is counted on both sides. `ratio` receives the smaller of the nearest two numbers as a share of
   the larger, in thousandths. */
int stm_event_compare_counts(const struct stm_event *a, const struct stm_event *b, uint32_t *ratio);

/* Whether counts of one role are of different kinds of people: two policemen, 17 miners. */
int stm_event_count_others(const struct stm_event *a, const struct stm_event *b);

struct stm_event_overlap stm_event_overlap_of(const struct stm_event *a, const struct stm_event *b);

/* Words in common of what was said or targeted, of the longer one, 0..1000. */
uint32_t stm_event_words_shared(const struct stm_event *a, const struct stm_event *b);

/* What two accounts name beside the happening. 2: something in common in the very sentences; 1: in
   what surrounds them; 0: nothing. */
int stm_event_compare_scenes(const struct stm_event *a, const struct stm_event *b);

/* Whether each names people, organisations or places of a rank and none of them is the same. */
int stm_event_ranks_differ(const struct stm_event *a, const struct stm_event *b, uint8_t rank);

/* A meeting or an agreement: its participants tell it from others. */
int stm_event_is_contact(const struct stm_event *event);

/* `alike`: how much of the documents' company is the same, 0..1000. */
enum stm_specifics stm_event_specifics(const struct stm_event *a, const struct stm_event *b,
                                       const struct stm_event_overlap *overlap, uint32_t alike);

/* An account without a time has, for this only, the days before its document was published; a plan
   those after it. */
enum stm_time_relation stm_event_times(const struct stm_event *a, const struct stm_event *b);

#endif
