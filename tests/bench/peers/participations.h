/* SPDX-License-Identifier: MIT */
/* (entity, event, role) of all rows in order of entity: what a loader feeds to a participation
   table so that it only ever appends. */
#ifndef PEERS_PARTICIPATIONS_H
#define PEERS_PARTICIPATIONS_H

#include "event_rows.h"

/* role: bit 0 agent, bit 1 patient; one who is both has one participation. */
typedef struct participation {
    uint32_t entity, event;
    uint8_t role;
} participation;

typedef struct participations {
    uint32_t *entity, *event;
    uint8_t *role;
    size_t count, capacity;
} participations;

/* Adds those of one row; rows come in order. */
void participations_add(participations *all, const event_shape *shape, const event_row *row);

/* Calls `take` for all in order of (entity, event): one counting sort by entity. */
void participations_sorted(const participations *all, uint32_t entity_count,
                           void (*take)(void *context, const participation *one), void *context);

void participations_free(participations *all);

#endif
