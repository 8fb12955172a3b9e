/* SPDX-License-Identifier: MIT */
/* A query for events that goes on: what its parts share. Reading the query (event_wanted.c),
 * opening its lists and stepping one by one (event_query.c), taking many at once (event_take.c),
 * looking at what no list or column tells (event_check.c), and the order as of a date
 * (event_dated.c). */
#ifndef STEMMA_LIB_EVENT_QUERY_H
#define STEMMA_LIB_EVENT_QUERY_H

#include "file/snapshot.h"
#include "stemma/events.h"

/* Events that are taken at once for those who ask one by one. */
#define STM_EVENTS_READY 32u

/* A set of roles; count 0: any role. */
typedef struct stm_role_set {
    uint32_t count;
    const uint32_t *role; /* terms; in the snapshot's memory */
} stm_role_set;

/* A condition on who takes part, its words looked up. */
typedef struct stm_event_member {
    uint32_t entity; /* or STEMMA_NONE: anybody */
    stm_role_set roles;
    bool or_there;
    const uint32_t *inside; /* of or_there: the places that lie within the entity, ascending */
    uint32_t inside_count;
} stm_event_member;

/* All that a query asks for, its words looked up. Lives in the snapshot's memory. */
typedef struct stm_event_wanted {
    bool nothing; /* it names what the file does not know */
    stm_event_member *members;
    uint32_t member_count;
    uint32_t place;         /* or STEMMA_NONE */
    const uint32_t *inside; /* the places that count as `place`, ascending; it alone, mostly */
    uint32_t inside_count;
    int64_t from;
    int64_t to;
    bool during;
} stm_event_wanted;

/* One posting list, or a set of events that was made out of several, and the event that it stands
   on. */
typedef struct stm_leaper {
    const uint64_t *bits; /* event e is in the set when bit e - bits_first is 1; NULL: a list */
    uint32_t bits_first;
    uint32_t bits_end;
    stm_posting_cursor cursor;
    stm_table table;
    stm_role_set roles; /* that postings have */
    uint32_t current;
    bool started;
    bool ended;
} stm_leaper;

/* What columns tell. */
typedef struct stm_event_columns_wanted {
    bool type;            /* term in [type_first, type_end), or in type_bits */
    bool factuality;      /* by accepted[] */
    bool during;          /* from, to */
    bool contested;       /* only those that claims, of whatever date, may be in conflict about */
    uint32_t settled_until; /* only those that one document tells, which is below it; 0: any */
    bool amount;          /* steps [amount_from, amount_to] are reached by its quantities */
    uint32_t amount_from;
    uint32_t amount_to;
    uint32_t type_first;
    uint32_t type_end;
    const uint64_t *type_bits; /* bit of each term of the vocabulary; NULL: the range decides */
    int64_t from;
    int64_t to;
    uint8_t *accepted; /* of factuality, 256, by the column's value: polarity | certainty<<2 | ... */
} stm_event_columns_wanted;

struct stemma_event_cursor {
    stemma_snapshot *snapshot;
    stm_leaper *lists; /* all must hold the event: entities, then the place and other sets */
    uint32_t list_count;
    stm_leaper *types; /* one of them must */
    uint32_t type_count;
    bool filtered; /* columns are looked at */
    stm_event_columns_wanted columns;
    stm_event_columns_wanted asked; /* the same, when `columns` allow more than is asked for */
    stm_event_wanted wanted;
    bool loose; /* what it gives may fit, as of a date: stm_event_is_asked() tells */
    struct stm_event_checks *checks; /* NULL: lists and columns decide */
    struct stm_event_dated *dated;   /* NULL: the snapshot is not cut */
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

/* Whether the amounts of an event of a block, which hold for any date, may be what is asked for.
   STEMMA_E_DAMAGED. */
stemma_status stm_event_reaches(const stm_event_columns_wanted *wanted,
                                const stm_event_block *block, uint32_t event, bool *result,
                                stemma_error *error);

/* Those events of [*next, end) that columns allow, at most `capacity`, a stretch at a time; `*next` is behind the last
   one that was looked at. */
stemma_status stm_event_scan_columns(stemma_snapshot *snapshot,
                                     const stm_event_columns_wanted *wanted, uint32_t *next,
                                     uint32_t end, uint32_t *events, uint32_t capacity,
                                     uint32_t *count, stemma_error *error);

/* Like stemma_events(), but only events that a conflict may be about: those whose claims may be contested. As of a date
   there may be others among them, that stm_event_is_asked() tells from those that are asked for: which costs a look at
   each, and their order is that of their numbers. */
stemma_status stm_events_contested(stemma_event_cursor **out, stemma_snapshot *snapshot,
                                   const stemma_event_query *query, stemma_error *error);

/* Whether an event that the cursor of stm_events_contested() gave is asked for. */
stemma_status stm_event_is_asked(stemma_event_cursor *cursor, uint32_t event, bool *fitting,
                             stemma_error *error);

/* Whether any column is asked about. */
static inline bool stm_event_asks_columns(const stm_event_columns_wanted *wanted)
{
    return wanted->type || wanted->factuality || wanted->during || wanted->contested ||
           wanted->amount;
}

/* Whether an event of this type passes. */
static inline bool stm_type_wanted(const stm_event_columns_wanted *wanted, uint32_t type)
{
    return type >= wanted->type_first && type < wanted->type_end &&
           (wanted->type_bits == NULL || (wanted->type_bits[type / 64] >> type % 64 & 1) != 0);
}

static inline bool stm_role_wanted(const stm_role_set *set, uint32_t role)
{
    for (uint32_t i = 0; i < set->count; i++) {
        if (set->role[i] == role) {
            return true;
        }
    }
    return set->count == 0;
}

/* Events from cursor->next on, at most `capacity`, that lists and columns allow, by number; none
   when there are no more or none was found yet (cursor->next tells). */
stemma_status stm_event_candidates(stemma_event_cursor *cursor, uint32_t *events, uint32_t capacity,
                                   uint32_t *count, stemma_error *error);

/* Gives back the cursors on tables that a finished query needs no more. */
void stm_event_lists_return(stemma_event_cursor *cursor);

/* Opens a list of table `table` for events of the cursor's range. */
stemma_status stm_event_list_open(stemma_event_cursor *cursor, stm_leaper *list, stm_table table,
                                  uint32_t number, const stm_role_set *roles, stemma_error *error);

/* ---- Reading a query (event_wanted.c) ---- */

/* Looks up the words of a query, and the columns that tell it. STEMMA_E_NO_MEMORY and what reading
   places gives. */
stemma_status stm_event_wanted_read(stemma_event_cursor *cursor, const stemma_event_query *query,
                                    stemma_error *error);

/* ---- Sets of events (event_set.c) ---- */

/* An empty set for events [first, end). NULL: no memory. */
uint64_t *stm_event_set_new(stemma_snapshot *snapshot, uint32_t first, uint32_t end,
                            stemma_error *error);

/* Puts the events of a list that lie in [first, end) and have one of the roles into a set. */
stemma_status stm_event_set_add(stemma_snapshot *snapshot, uint64_t *bits, uint32_t first,
                                uint32_t end, stm_table table, uint32_t number,
                                const stm_role_set *roles, stemma_error *error);

/* Makes `list` stand for a set. */
void stm_event_set_list(stm_leaper *list, const uint64_t *bits, uint32_t first, uint32_t end);

/* The first event of the set that is not below `event`, or STEMMA_NONE. */
uint32_t stm_event_set_next(const stm_leaper *list, uint32_t event);

#endif
