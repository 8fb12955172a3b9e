/* SPDX-License-Identifier: MIT */
/* The judgements of one cluster, and which of them it hangs on. Internal to trace_*.c and doubt.c. */
#ifndef STEMMA_LIB_TRACE_IDENTITY_H
#define STEMMA_LIB_TRACE_IDENTITY_H

#include "index/cluster.h"
#include "file/snapshot.h"
#include "stemma/trace.h"

/* A judgement between members, or between a member and something outside. */
typedef struct stm_identity_edge {
    uint32_t number; /* of the judgement */
    uint32_t left;   /* member, or STEMMA_NONE: outside */
    uint32_t right;
    uint16_t score;
    uint8_t verdict;
    uint8_t person;
    uint8_t stands;
    uint8_t effect; /* stemma_identity_effect */
} stm_identity_edge;

struct stemma_identity {
    stemma_snapshot *snapshot;
    stemma_reference of;
    uint32_t until; /* documents below it count */
    const stemma_referent_id *members;
    uint32_t member_count;
    stm_identity_edge *edges;
    uint32_t edge_count;
    size_t edge_capacity;
    bool whole;
    bool blocked;     /* a standing not-same lies between two members */
    bool refused;     /* a standing same, of a member and something outside, is refused */
    uint64_t steps;   /* of replays, so far */
    /* Of each member: judgements that name it, about[about_first[m]] up to [m + 1]. */
    uint32_t *about_first;
    uint32_t *about;
    /* The walk: member m was come to at time[m] through edge[m], and left[m] is the time after all
       that was come to through it. A judgement is a bridge when it is edge[m] and nothing below m
       leads above. */
    uint32_t *time;
    uint32_t *left;
    uint32_t *low;
    uint32_t *by; /* edge, or STEMMA_NONE: a root */
    /* Scratch for counting: a stamp for each independence group met. */
    uint32_t *group; /* of each member: its document's group; STEMMA_NONE: not known yet */
    /* The last replay. */
    uint32_t *cluster;
    uint32_t replayed; /* edge, or STEMMA_NONE */
    uint32_t replayed_count;
};

/* stemma_identity_of() without what lies outside: only judgements whose left referent is a member.
   STEMMA_E_LIMIT when there are more than `most` members. */
stemma_status stm_identity_open(stemma_identity **out, stemma_snapshot *snapshot,
                                stemma_reference of, uint32_t most, stemma_error *error);

/* Independence groups of the documents, among those known, of referents in order. */
stemma_status stm_count_groups(stemma_snapshot *snapshot, const stemma_referent_id *referents,
                               uint32_t count, uint32_t *out, stemma_error *error);

/* Number of the member, or STEMMA_NONE. */
uint32_t stm_identity_member(const stemma_identity *identity, stemma_referent_id referent);

/* Fills `about`, effects and the walk. STEMMA_E_NO_MEMORY. */
stemma_status stm_identity_weigh(stemma_identity *identity, stemma_error *error);

/* Which side of judgement `index` each member would be on without it: identity->cluster, numbered
   from 0, `*parts` of them; `*exact` as in stemma_identity_without. When the walk answers, `*below`
   is the member whose subtree falls off, and `cluster` is not filled; else STEMMA_NONE. */
stemma_status stm_identity_cut(stemma_identity *identity, uint32_t index, uint32_t *parts,
                               bool *exact, uint32_t *below, stemma_error *error);

/* The first judgement whose left referent is not below `left`, at or behind `from`. */
stemma_status stm_judgement_seek(stemma_snapshot *snapshot, stemma_referent_id left, uint32_t from,
                                 uint32_t *out, stemma_error *error);

static inline int stm_referent_compare(stemma_referent_id a, stemma_referent_id b)
{
    if (a.document != b.document) {
        return a.document < b.document ? -1 : 1;
    }
    return (a.referent > b.referent) - (a.referent < b.referent);
}

#endif
