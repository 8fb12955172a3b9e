/* SPDX-License-Identifier: MIT */
/* The entities that a search for a name has come across, with how much speaks for each. Bounded:
   when it is full, newcomers are left out and those inside still count on. */
#ifndef STEMMA_LIB_FIND_CANDIDATES_H
#define STEMMA_LIB_FIND_CANDIDATES_H

#include "stemma/status.h"
#include "stemma/types.h"

#define STM_CANDIDATE_SLOTS (1u << 14)
#define STM_CANDIDATES      (STM_CANDIDATE_SLOTS / 2u)

typedef struct stm_candidate {
    uint32_t entity;
    uint32_t weight;
} stm_candidate;

typedef struct stm_candidates {
    uint32_t count;
    uint16_t slots[STM_CANDIDATE_SLOTS]; /* place in `list` + 1; 0 free */
    stm_candidate list[STM_CANDIDATES];
} stm_candidates;

/* Adds weight to an entity. */
void stm_candidates_add(stm_candidates *candidates, uint32_t entity, uint32_t weight);

/* Sorts `list` by falling weight, then entity. Nothing can be added afterwards. */
void stm_candidates_sort(stm_candidates *candidates);

/* Empties it. */
void stm_candidates_clear(stm_candidates *candidates);

#endif
