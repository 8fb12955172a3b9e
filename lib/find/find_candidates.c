/* SPDX-License-Identifier: MIT */
#include "find/find_candidates.h"

#include <stdlib.h>
#include <string.h>

void stm_candidates_add(stm_candidates *candidates, uint32_t entity, uint32_t weight)
{
    uint32_t slot = (entity * UINT32_C(2654435761)) >> 18; /* 14 bits */
    while (candidates->slots[slot] != 0) {
        stm_candidate *held = &candidates->list[candidates->slots[slot] - 1];
        if (held->entity == entity) {
            held->weight = held->weight > UINT32_MAX - weight ? UINT32_MAX : held->weight + weight;
            return;
        }
        slot = (slot + 1) % STM_CANDIDATE_SLOTS;
    }
    if (candidates->count < STM_CANDIDATES) {
        candidates->list[candidates->count].entity = entity;
        candidates->list[candidates->count].weight = weight;
        candidates->slots[slot] = (uint16_t)++candidates->count;
    }
}

static int by_weight(const void *left, const void *right)
{
    const stm_candidate *a = left, *b = right;
    if (a->weight != b->weight) {
        return a->weight > b->weight ? -1 : 1;
    }
    return (a->entity > b->entity) - (a->entity < b->entity);
}

void stm_candidates_sort(stm_candidates *candidates)
{
    if (candidates->count > 1) {
        qsort(candidates->list, candidates->count, sizeof candidates->list[0], by_weight);
    }
}

void stm_candidates_clear(stm_candidates *candidates)
{
    candidates->count = 0;
    memset(candidates->slots, 0, sizeof candidates->slots);
}
