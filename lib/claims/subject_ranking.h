/* SPDX-License-Identifier: MIT */
/* Subjects of claims in falling order of what their claims can have at most, so that a ranked list need
 * look at no more of them than can enter it: of independent sources behind a position, or behind the lesser side of a
 * conflict. */
#ifndef STEMMA_LIB_SUBJECT_RANKING_H
#define STEMMA_LIB_SUBJECT_RANKING_H

#include "file/snapshot.h"

/* A subject, and the most that anything said of it can have. Bounds of 65535 stand for all above, too. */
typedef struct stm_ranked_subject {
    uint16_t documents; /* of a ranking by documents */
    uint16_t independent;
    uint32_t number;
} stm_ranked_subject;

/* Which subjects are of use, and what bounds them. */
typedef struct stm_ranking_need {
    bool contested; /* those that are, by how much; else those with claims, by their sources */
    bool documents; /* rank by them, too */
} stm_ranking_need;

typedef struct stm_subject_ranking {
    bool by_documents; /* among equals */
    stm_ranked_subject *events; /* heaps: the greatest first, then the lesser number */
    stm_ranked_subject *entities;
    uint32_t event_count;
    uint32_t entity_count;
    stm_ranking_need need;
    uint32_t floor;   /* of a whole file: subjects with lower bounds are not in the heaps yet */
    uint32_t least;   /* subjects that the next tier has at least */
    uint32_t *counts; /* events with each bound, or more, and entities behind them */
    uint16_t *greatest; /* bound of each block of events */
    struct stm_ranked_kept *kept; /* events with the greatest bounds, by number: all from `kept_floor` on */
    uint32_t kept_count;
    uint32_t kept_floor;
} stm_subject_ranking;

/* All events and entities of a file, by their columns alone, a tier of bounds at a time; in the snapshot's
   memory, some of which the ranking takes as it goes on: nobody rewinds to before that. STEMMA_E_NO_MEMORY,
   STEMMA_E_DAMAGED. */
stemma_status stm_rank_all(stemma_snapshot *snapshot, stm_ranking_need need,
                           stm_subject_ranking *out, stemma_error *error);

/* These events, each once; those that do not exist are left out. */
stemma_status stm_rank_events(stemma_snapshot *snapshot, const uint32_t *events, uint32_t count,
                              stm_ranking_need need, stm_subject_ranking *out,
                              stemma_error *error);

/* Adds an entity, which exists, to a ranking that has none, if it is of use; its bound is how much it is contested,
   or none. */
stemma_status stm_rank_entity(stemma_snapshot *snapshot, uint32_t entity, stm_ranking_need need,
                              stm_subject_ranking *out, stemma_error *error);

/* The greatest subject; events before entities. STEMMA_END when there is none whose bound of independent sources is
   `worth` or more; one that has less may be given, too. */
stemma_status stm_ranking_top(stemma_snapshot *snapshot, stm_subject_ranking *ranking,
                              uint32_t worth, stemma_reference *subject,
                              stm_ranked_subject *bound, stemma_error *error);

/* Takes that away. */
void stm_ranking_pop(stm_subject_ranking *ranking);

/* Less than 0 when (independent, documents) of `a` come before those of `b`: falling. */
int stm_bound_order(uint32_t a_independent, uint32_t a_documents, uint32_t b_independent,
                    uint32_t b_documents);

/* A bound as a number: 65535 is no bound. */
static inline uint32_t stm_bound(uint16_t number)
{
    return number == UINT16_MAX ? UINT32_MAX : number;
}

/* Independent sources as of a date where the whole file has at most `bound`; `split`: stm_known_split(). */
static inline uint32_t stm_bound_split(uint32_t bound, uint32_t split)
{
    return bound < UINT32_MAX - split ? bound + split : UINT32_MAX;
}

#endif
