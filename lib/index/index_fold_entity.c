/* SPDX-License-Identifier: MIT */
/* Entities of rows: which they are, and how often they take part. */
#include "index/index_fold.h"

#include <stdlib.h>

#define FEW 8u /* participants that are compared each with each */

/* Members of an entity in one document ascend, as do the actors. */
static stemma_status fill_variants(const stm_index *index, stm_row_set *set)
{
    uint32_t *met = stm_memory_zeroed(index->memory, index->entity_count, sizeof *met);
    if (met == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t a = 0; a < set->actor_count; a++) {
        set->variants[a] = met[set->entities[a]]++;
    }
    stm_memory_free(met);
    return STEMMA_OK;
}

/* Adds what each entity takes part in as the folded rows of a set say: its participations, one for each role. Where rows have
   nothing but participants, that was counted by actor already. */
static void count_participations(stm_index *index, const stm_row_set *set)
{
    uint32_t *counts = index->participations;
    if (set->places == NULL && set->sources == NULL && set->promoted == NULL) {
        for (uint32_t a = 0; a < set->actor_count; a++) {
            counts[set->entities[a]] += set->uses[a];
        }
        return;
    }
    for (uint32_t k = 0; k < set->count; k++) {
        const uint32_t *actors = set->actors + stm_row_first(set, k);
        uint32_t count = stm_row_is_folded(set, k) ? stm_row_shape_of(set, k)->role_count : 0;
        for (uint32_t i = 0; i < count; i++) {
            counts[set->entities[actors[i]]]++;
        }
        stm_memory_step(index->memory, k);
    }
}

/* The participations of a row that are further ones of an entity, in another role. */
static void find_repeats(const stm_row_set *set, const uint32_t *actors, uint32_t count,
                         stm_index_entity *entities)
{
    for (uint32_t i = 1; i < count; i++) {
        uint32_t entity = set->entities[actors[i]];
        uint32_t before = 0;
        while (before < i && set->entities[actors[before]] != entity) {
            before++;
        }
        entities[entity].events -= before < i;
    }
}

/* The same for rows of many participants. `last` has a place for each entity. */
static void find_more_repeats(const stm_row_set *set, const uint32_t *actors, uint32_t count,
                              stm_index_entity *entities, uint32_t *last, uint32_t stamp)
{
    for (uint32_t i = 0; i < count; i++) {
        uint32_t entity = set->entities[actors[i]];
        entities[entity].events -= last[entity] == stamp;
        last[entity] = stamp;
    }
}

/* Two roles in one event are one event: takes off what participations count too often. Distinct actors are mostly distinct
   entities, so that rows of two are told by their actors alone. */
static stemma_status take_off_repeats(stm_index *index, const stm_row_set *set)
{
    const uint32_t *entities = set->variants != NULL ? set->entities : NULL;
    uint32_t *last = NULL;
    for (uint32_t k = 0; k < set->count; k++) {
        uint32_t count = stm_row_shape_of(set, k)->role_count;
        const uint32_t *actors = set->actors + stm_row_first(set, k);
        stm_memory_step(index->memory, k);
        if (count < 2 || !stm_row_is_folded(set, k) ||
            (count == 2 && entities == NULL && actors[0] != actors[1])) {
            continue;
        }
        if (count <= FEW) {
            find_repeats(set, actors, count, index->entities);
            continue;
        }
        last = last != NULL ? last : stm_memory_zeroed(index->memory, index->entity_count, sizeof *last);
        if (last == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
        find_more_repeats(set, actors, count, index->entities, last, k + 1);
    }
    stm_memory_free(last);
    return STEMMA_OK;
}

/* Fills entities and variants of the actors of a set, and takes its folded rows into account. */
static stemma_status add_set(stm_index *index, stm_row_set *set)
{
    set->entities = stm_memory_zeroed(index->memory, set->actor_count, sizeof *set->entities);
    if (set->entities == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t a = 0; a < set->actor_count; a++) {
        set->entities[a] = index->cluster_number[index->cluster[set->first_node + a]];
    }
    stemma_status status = set->variants != NULL ? fill_variants(index, set) : STEMMA_OK;
    if (status != STEMMA_OK) {
        return status;
    }
    count_participations(index, set);
    return take_off_repeats(index, set);
}

stemma_status stm_fold_entities(stm_index *index)
{
    stemma_status status = STEMMA_OK;
    if (index->row_set_count == 0) {
        return STEMMA_OK;
    }
    index->participations =
        stm_memory_zeroed(index->memory, index->entity_count, sizeof *index->participations);
    if (index->participations == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t s = 0; s < index->row_set_count && status == STEMMA_OK; s++) {
        status = add_set(index, index->row_sets[s]);
    }
    for (uint32_t i = 0; i < index->entity_count; i++) {
        index->entities[i].events += index->participations[i];
    }
    return status;
}

static int compare_participants(const void *a, const void *b)
{
    const stm_event_participant *left = a;
    const stm_event_participant *right = b;
    if (left->role != right->role) {
        return left->role > right->role ? 1 : -1;
    }
    return (left->entity > right->entity) - (left->entity < right->entity);
}

uint32_t stm_fold_participants(const stm_row_set *set, uint32_t row, stm_event_participant *out)
{
    const stm_row_shape *shape = stm_row_shape_of(set, row);
    const uint32_t *roles = set->roles + shape->role_first;
    const uint32_t *actors = set->actors + stm_row_first(set, row);
    int ascend = 1;
    for (uint32_t i = 0; i < shape->role_count; i++) {
        out[i].role = roles[i];
        out[i].entity = set->entities[actors[i]];
        out[i].variant = set->variants != NULL ? set->variants[actors[i]] : 0;
        ascend &= i == 0 || roles[i] > roles[i - 1] || out[i].entity > out[i - 1].entity;
    }
    if (!ascend) {
        qsort(out, shape->role_count, sizeof *out, compare_participants);
    }
    return shape->role_count;
}
