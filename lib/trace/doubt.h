/* SPDX-License-Identifier: MIT */
/* Candidates for a person's decision. Internal to doubt_*.c. */
#ifndef STEMMA_LIB_DOUBT_H
#define STEMMA_LIB_DOUBT_H

#include "file/snapshot.h"
#include "stemma/doubt.h"

/* A judgement that may be worth a decision. */
typedef struct stm_doubt_pair {
    uint32_t number;
    uint16_t doubt; /* 0: a person's */
    uint8_t kind;   /* stemma_referent_kind */
    uint8_t person;
    uint32_t left; /* entity or event */
    uint32_t right;
    stemma_referent_id ends[2];
    uint32_t bound; /* documents at stake at most */
} stm_doubt_pair;

typedef struct stm_doubt_list {
    stm_doubt_pair *pairs; /* owned: free() */
    size_t count;
    size_t capacity;
    uint32_t seen;
    bool whole;
} stm_doubt_list;

/* Below it nobody is asked. */
#define STM_DOUBT_LEAST 250u

/* How doubtful a judgement is, 0..1000. */
uint16_t stm_doubt_of(uint8_t verdict, uint16_t score);

/* The doubtful judgements that stand and change something, one for each pair of clusters, with their
   bounds. `out` is freed with free(out->pairs), also on failure. */
stemma_status stm_doubt_gather(stemma_snapshot *snapshot, bool all, stm_doubt_list *out,
                               stemma_error *error);

#endif
