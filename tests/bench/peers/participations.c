/* SPDX-License-Identifier: MIT */
#include "participations.h"

#include <stdlib.h>
#include <string.h>

static void add(participations *all, uint32_t entity, uint32_t event, uint8_t role)
{
    if (all->count == all->capacity) {
        all->capacity = all->capacity == 0 ? 65536 : all->capacity * 2u;
        all->entity = must_grow(all->entity, all->capacity * sizeof *all->entity);
        all->event = must_grow(all->event, all->capacity * sizeof *all->event);
        all->role = must_grow(all->role, all->capacity);
    }
    all->entity[all->count] = entity;
    all->event[all->count] = event;
    all->role[all->count++] = role;
}

void participations_add(participations *all, const event_shape *shape, const event_row *row)
{
    for (int i = 0; i < shape->actor_count; i++) {
        uint8_t role = (uint8_t)(1u << shape->roles[i]);
        int first = 0;
        if (row->actor[i] == NO_ENTITY) {
            continue;
        }
        while (row->actor[first] != row->actor[i]) {
            first++;
        }
        if (first < i) {
            continue;
        }
        for (int j = i + 1; j < shape->actor_count; j++) {
            if (row->actor[j] == row->actor[i]) {
                role |= (uint8_t)(1u << shape->roles[j]);
            }
        }
        add(all, row->actor[i], row->number, role);
    }
}

void participations_sorted(const participations *all, uint32_t entity_count,
                           void (*take)(void *context, const participation *one), void *context)
{
    size_t *next = must_grow(NULL, ((size_t)entity_count + 1u) * sizeof *next);
    uint32_t *order = must_grow(NULL, (all->count + 1u) * sizeof *order);
    memset(next, 0, ((size_t)entity_count + 1u) * sizeof *next);
    for (size_t i = 0; i < all->count; i++) {
        next[all->entity[i] + 1u]++;
    }
    for (uint32_t i = 0; i < entity_count; i++) {
        next[i + 1u] += next[i];
    }
    for (size_t i = 0; i < all->count; i++) {
        order[next[all->entity[i]]++] = (uint32_t)i;
    }
    for (size_t i = 0; i < all->count; i++) {
        participation one = {all->entity[order[i]], all->event[order[i]], all->role[order[i]]};
        take(context, &one);
    }
    free(order);
    free(next);
}

void participations_free(participations *all)
{
    free(all->entity);
    free(all->event);
    free(all->role);
    memset(all, 0, sizeof *all);
}
