/* SPDX-License-Identifier: MIT */
/* How much speaks for two accounts being of one happening, and what forbids it. */
#ifndef STEMMA_PACK_JUDGE_EVENT_SCORE_H
#define STEMMA_PACK_JUDGE_EVENT_SCORE_H

#include "pack/judge/event_node.h"

#define STM_EVENT_SAME   500
#define STM_EVENT_UNSURE 380

/* What is known of the two documents of a pair. */
struct stm_event_setting {
    int copied;     /* one derives from the other */
    uint32_t alike; /* how much of their company is the same, 0..1000 */
    int one_story;
};

/* What makes two accounts tell of one kind of happening, the stronger the larger. */
enum stm_event_relation {
    STM_RELATION_NONE,
    STM_RELATION_FIELD, /* told by words of one field: "quake", "tremor" */
    STM_RELATION_TYPE,
    STM_RELATION_WORD /* told by one word: "raided", "the raid" */
};
enum stm_event_relation stm_event_related(const struct stm_event *a, const struct stm_event *b);

/* Why the two cannot be one, in words for people; NULL when nothing forbids it. Numbers and
   patients are compared by the functions below: other accounts may outweigh them. */
const char *stm_event_contradiction(const struct stm_event *a, const struct stm_event *b);

/* 1 when a number that both give agrees, 2 when it differs as sources differ about one happening
   (type, time and something specific agree), -1 when it tells two happenings apart, 0 when no role
   is counted in both. `alike`: see stm_event_setting. */
int stm_event_counts(const struct stm_event *a, const struct stm_event *b, uint32_t alike);

/* Whether nothing that two accounts of one type tell differs: of the same days, of the same people
   as far as they are named. */
int stm_event_fits(const struct stm_event *a, const struct stm_event *b, uint32_t alike);

/* Whether two accounts of one document give two numbers for one happening, as different people say
   or as was reported before. */
int stm_event_retold(const struct stm_event *a, const struct stm_event *b);

/* 1 when the two name a patient, target or participant in common, -1 when each names one person or
   organisation only and these differ, else 0. */
int stm_event_patients(const struct stm_event *a, const struct stm_event *b);

/* Whether two accounts of one document tell the same in one word, and nothing differs. */
int stm_event_repeated(const struct stm_event *a, const struct stm_event *b);

/* Points for their being one, about 0 to 1000; may be negative. */
int stm_event_score(const struct stm_event *a, const struct stm_event *b,
                    const struct stm_event_setting *setting);

#endif
