/* SPDX-License-Identifier: MIT */
/* A query for events that goes on: what its two halves share, setting it up and stepping it one by
 * one (event_query.c), and taking many at once (event_take.c). */
#ifndef STEMMA_LIB_EVENT_QUERY_H
#define STEMMA_LIB_EVENT_QUERY_H

#include "snapshot.h"

/* Events that are taken at once for those who ask one by one. */
#define STM_EVENTS_READY 32u

/* One posting list, and the event that it stands on. */
typedef struct stm_leaper {
    stm_posting_cursor cursor;
    stm_table table;
    uint32_t current;
    bool started;
    bool ended;
} stm_leaper;

struct stemma_event_cursor {
    stemma_snapshot *snapshot;
    stm_leaper *lists; /* all must hold the event: entities, then the place */
    uint32_t list_count;
    stm_leaper *types; /* one of them must */
    uint32_t type_count;
    uint32_t role;         /* that the entities have, or STEMMA_NONE */
    uint32_t entity_lists; /* how many of `lists` are entities' */
    uint32_t type_first;   /* terms [type_first, type_end) to be looked up in the column */
    uint32_t type_end;
    bool filter_type;
    uint32_t documents_until;
    bool in_chunks; /* one list, or two without role, decide alone */
    uint32_t next;  /* least event that may come */
    uint32_t end;
    uint32_t ready[STM_EVENTS_READY]; /* taken but not given out yet: [ready_at, ready_end) */
    uint32_t ready_at;
    uint32_t ready_end;
};

/* The next event that lists and columns agree on, leaping. STEMMA_END. */
stemma_status stm_event_step(stemma_event_cursor *cursor, uint32_t *event, stemma_error *error);

/* Whether the event passes what is looked up in its columns. */
stemma_status stm_event_passes(stemma_event_cursor *cursor, uint32_t event, bool *result,
                               stemma_error *error);

#endif
