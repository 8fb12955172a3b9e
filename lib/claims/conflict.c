/* SPDX-License-Identifier: MIT */
/* Conflicts, the greatest first, and the sides of one. */
#include "claims/position_bound.h"
#include "claims/conflict_kept.h"
#include "claims/queue.h"
#include "claims/subject_ranking.h"
#include "events/event_query.h"
#include "read/entity.h"
#include "read/known.h"
#include "base/error.h"

/* Conflicts of one subject that are told; there are hardly more than a few. */
#define MOST_OF_ONE 64u

#define EVENTS_AT_ONCE 1024u

struct stemma_conflict_cursor {
    stemma_snapshot *snapshot;
    stm_subject_ranking ranking;
    stm_queue pending; /* of stemma_conflict: the greatest first */
    stm_kept_conflicts kept;
    uint32_t split; /* stm_known_split() */
    stemma_event_cursor *found; /* gave the events, when a query did */
};

/* ---- Order -------------------------------------------------------------------------------------------- */

static bool comes_before(const void *left, const void *right)
{
    const stemma_conflict *a = left, *b = right;
    int order = stm_bound_order(a->lesser, a->independent, b->lesser, b->independent);
    if (order != 0) {
        return order < 0;
    }
    if (a->subject_kind != b->subject_kind) {
        return a->subject_kind == STEMMA_REFERENT_EVENT;
    }
    return a->subject != b->subject ? a->subject < b->subject : a->ordinal < b->ordinal;
}

/* ---- Looking at one subject ------------------------------------------------------------------------------ */

struct gathering {
    stemma_snapshot *snapshot;
    stm_kept_conflicts *kept;
    stemma_reference subject;
    stemma_conflict found[MOST_OF_ONE];
    uint32_t count;
};

/* The most independent sources that the lesser of two opposed sides has. */
static uint32_t lesser_of(const stm_arrangement *at, stemma_conflict_kind kind,
                          const uint32_t *positions, uint32_t count)
{
    uint32_t most = 0;
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t j = i + 1; j < count; j++) {
            uint32_t a = at->standing[positions[i]].independent;
            uint32_t b = at->standing[positions[j]].independent;
            uint32_t lesser = a < b ? a : b;
            if (lesser > most && stm_opposed(at, positions[i], positions[j]) == kind) {
                most = lesser;
            }
        }
    }
    return most;
}

static stemma_status gather(void *context, const stm_arrangement *at, stemma_conflict_kind kind,
                            const uint32_t *positions, uint32_t count, stemma_error *error)
{
    struct gathering *gathering = context;
    stemma_conflict *out = &gathering->found[gathering->count];
    stemma_conflict_sides sides;
    stemma_standing all;
    stemma_status status = stm_standing_together(gathering->snapshot, at, positions, count, &all,
                                                 error);
    if (status != STEMMA_OK) {
        return status;
    }
    out->kind = (uint8_t)kind;
    out->subject_kind = gathering->subject.kind == STEMMA_REFERENCE_EVENT ? STEMMA_REFERENT_EVENT
                                                                          : STEMMA_REFERENT_ENTITY;
    out->subject = gathering->subject.number;
    out->ordinal = gathering->count++;
    out->lesser = lesser_of(at, kind, positions, count);
    out->independent = all.independent;
    status = stm_conflict_fill(gathering->snapshot, at, positions, count, false, &sides, error);
    if (status != STEMMA_OK) {
        return status;
    }
    stm_kept_put(gathering->kept, out, &sides);
    return gathering->count == MOST_OF_ONE ? STEMMA_END : STEMMA_OK;
}

static stemma_status look_at(stemma_conflict_cursor *cursor, stemma_reference subject,
                             stemma_error *error)
{
    stm_mark mark = stm_snapshot_mark(cursor->snapshot);
    struct gathering gathering = {
        .snapshot = cursor->snapshot, .kept = &cursor->kept, .subject = subject};
    stemma_status status =
        stm_conflicts_about(cursor->snapshot, subject, gather, &gathering, error);
    stm_snapshot_rewind(cursor->snapshot, mark);
    for (uint32_t i = 0; i < gathering.count && status == STEMMA_OK; i++) {
        status = stm_queue_push(&cursor->pending, cursor->snapshot, &gathering.found[i], error);
    }
    return status == STEMMA_NOT_FOUND ? STEMMA_OK : status; /* not known yet as of the date */
}

/* A subject among the conflicts that were found, with the most that one about it can have: it is looked at when it
   comes first. */
static bool is_subject(const stemma_conflict *pending)
{
    return pending->kind == STEMMA_CONFLICT_NONE;
}

/* The most independent sources that all sides of a conflict about a subject can have together: those of an event,
   and as of a date, when documents may not be known yet to derive from each other, its documents. */
static stemma_status most_of_all(stemma_snapshot *snapshot, stemma_reference subject,
                                 uint32_t *most, stemma_error *error)
{
    const stm_event_block *block = NULL;
    stm_event_column column = stm_is_cut(snapshot) ? STM_EVENT_DOCUMENTS : STM_EVENT_INDEPENDENT;
    stemma_status status = STEMMA_OK;
    int64_t number = UINT32_MAX;
    if (subject.kind == STEMMA_REFERENCE_EVENT) {
        status = stm_snapshot_event_block(snapshot, subject.number, &block, error);
    }
    if (block != NULL) {
        number = stm_event_block_get(block, column, subject.number % STEMMA_EVENT_BLOCK);
    }
    *most = number >= 0 && number < UINT32_MAX ? (uint32_t)number : UINT32_MAX;
    return status;
}

/* Looks at the subject that comes first among what was found, if it is asked for. */
static stemma_status look_at_first(stemma_conflict_cursor *cursor, stemma_error *error)
{
    stemma_conflict one;
    stemma_reference subject = {STEMMA_REFERENCE_ENTITY, 0};
    bool fitting = true;
    stemma_status status = STEMMA_OK;
    stm_queue_take(&cursor->pending, &one);
    if (one.subject_kind == STEMMA_REFERENT_EVENT) {
        subject.kind = STEMMA_REFERENCE_EVENT;
    }
    subject.number = one.subject;
    if (subject.kind == STEMMA_REFERENCE_EVENT && cursor->found != NULL) {
        stm_mark mark = stm_snapshot_mark(cursor->snapshot);
        status = stm_event_is_asked(cursor->found, subject.number, &fitting, error);
        stm_snapshot_rewind(cursor->snapshot, mark);
    }
    return status == STEMMA_OK && fitting ? look_at(cursor, subject, error) : status;
}

/* Whether nothing about the subjects that are left can come before the greatest that was found. */
static bool is_settled(const stemma_conflict_cursor *cursor, stemma_reference subject,
                       const stm_ranked_subject *bound)
{
    stemma_conflict best = {0};
    best.subject_kind = subject.kind == STEMMA_REFERENCE_EVENT ? STEMMA_REFERENT_EVENT
                                                               : STEMMA_REFERENT_ENTITY;
    best.subject = subject.number;
    best.lesser = stm_bound_split(stm_bound(bound->independent), cursor->split);
    best.independent = UINT32_MAX;
    return cursor->pending.count != 0 && comes_before(stm_queue_first(&cursor->pending), &best);
}

/* What a subject must have as bound in the whole file to come before the greatest that was found. */
static uint32_t worth(const stemma_conflict_cursor *cursor)
{
    const stemma_conflict *first = stm_queue_first(&cursor->pending);
    return first != NULL && first->lesser > cursor->split ? first->lesser - cursor->split : 0;
}

/* Takes the greatest subject out of the ranking, and puts it off. */
static stemma_status put_off(stemma_conflict_cursor *cursor, stemma_reference subject,
                             const stm_ranked_subject *bound, stemma_error *error)
{
    stemma_conflict one = {.kind = STEMMA_CONFLICT_NONE, .subject = subject.number};
    stemma_status status;
    one.lesser = stm_bound_split(stm_bound(bound->independent), cursor->split);
    one.subject_kind = subject.kind == STEMMA_REFERENCE_EVENT ? STEMMA_REFERENT_EVENT
                                                              : STEMMA_REFERENT_ENTITY;
    stm_ranking_pop(&cursor->ranking);
    status = most_of_all(cursor->snapshot, subject, &one.independent, error);
    return status == STEMMA_OK ? stm_queue_push(&cursor->pending, cursor->snapshot, &one, error)
                               : status;
}

/* Puts subjects off until none that is left can come before the first of what was found. */
static stemma_status settle(stemma_conflict_cursor *cursor, stemma_error *error)
{
    stemma_reference subject;
    stm_ranked_subject bound;
    stemma_status status;
    while ((status = stm_ranking_top(cursor->snapshot, &cursor->ranking, worth(cursor), &subject,
                                     &bound, error)) == STEMMA_OK &&
           !is_settled(cursor, subject, &bound)) {
        status = put_off(cursor, subject, &bound, error);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    return status == STEMMA_END ? STEMMA_OK : status;
}

stemma_status stemma_conflict_next(stemma_conflict_cursor *cursor, stemma_conflict *out,
                                   stemma_error *error)
{
    stemma_status status;
    if (cursor == NULL || out == NULL) {
        return stm_fail(error, STEMMA_E_MISUSE, "NULL_ARGUMENT", "", "An argument is missing");
    }
    status = settle(cursor, error);
    while (status == STEMMA_OK && cursor->pending.count != 0 &&
           is_subject(stm_queue_first(&cursor->pending))) {
        status = look_at_first(cursor, error);
        status = status == STEMMA_OK ? settle(cursor, error) : status;
    }
    if (status != STEMMA_OK) {
        return status;
    }
    if (cursor->pending.count == 0) {
        return STEMMA_END;
    }
    stm_queue_take(&cursor->pending, out);
    return STEMMA_OK;
}

stemma_status stemma_conflict_show(const stemma_conflict_cursor *cursor, stemma_snapshot *snapshot,
                                   const stemma_conflict *conflict, int speakers,
                                   stemma_conflict_sides *out, stemma_error *error)
{
    const stm_kept_conflict *kept;
    if (cursor == NULL || snapshot == NULL || conflict == NULL || out == NULL) {
        return stm_fail(error, STEMMA_E_MISUSE, "NULL_ARGUMENT", "", "An argument is missing");
    }
    kept = stm_kept_find(&cursor->kept, conflict);
    return kept != NULL ? stm_kept_get(kept, snapshot, speakers != 0, out, error)
                        : stm_conflict_look_up(snapshot, conflict, speakers != 0, out, error);
}

/* ---- Beginning -------------------------------------------------------------------------------------------- */

/* Ranks the events that a query finds. */
static stemma_status rank_found(stemma_conflict_cursor *self, const stemma_event_query *query,
                                stm_ranking_need need, stm_subject_ranking *out,
                                stemma_error *error)
{
    stemma_snapshot *snapshot = self->snapshot;
    stemma_event_cursor *cursor = NULL;
    uint32_t *events = NULL;
    size_t count = 0, room = 0;
    stemma_status status = stm_events_contested(&cursor, snapshot, query, error);
    while (status == STEMMA_OK) {
        uint32_t taken = 0;
        if (room - count < EVENTS_AT_ONCE) {
            size_t more = room * 2 + EVENTS_AT_ONCE;
            uint32_t *grown = stm_snapshot_array(snapshot, more, sizeof *grown, error);
            if (grown == NULL) {
                return STEMMA_E_NO_MEMORY;
            }
            if (count != 0) {
                memcpy(grown, events, count * sizeof *grown);
            }
            events = grown;
            room = more;
        }
        status = stemma_event_next_many(cursor, events + count, EVENTS_AT_ONCE, &taken, error);
        count += status == STEMMA_OK ? taken : 0;
    }
    self->found = cursor;
    return status == STEMMA_END
               ? stm_rank_events(snapshot, events, (uint32_t)count, need, out, error)
               : status;
}

static stemma_status rank_entity(stemma_conflict_cursor *self, uint32_t entity,
                                 stm_ranking_need need, stm_subject_ranking *out,
                                 stemma_error *error)
{
    stemma_event_query query = STEMMA_EVENT_QUERY_INIT;
    stemma_event_part part = {entity, {NULL, 0}, STEMMA_PART_OR_THERE};
    stemma_status status;
    query.parts = &part;
    query.part_count = 1;
    status = rank_found(self, &query, need, out, error);
    return status == STEMMA_OK ? stm_rank_entity(self->snapshot, entity, need, out, error) : status;
}

static stemma_status rank(stemma_conflict_cursor *self, const stemma_conflict_query *query,
                          stm_subject_ranking *out, stemma_error *error)
{
    stemma_snapshot *snapshot = self->snapshot;
    const stm_ranking_need need = {.contested = true};
    stemma_reference subject = query->subject;
    memset(out, 0, sizeof *out);
    if (query->events != NULL) {
        return rank_found(self, query->events, need, out, error);
    }
    switch (subject.kind) {
    case 0:
        return stm_rank_all(snapshot, need, out, error);
    case STEMMA_REFERENCE_EVENT: {
        stemma_event event;
        stemma_status status = stemma_event_get(snapshot, subject.number, &event, error);
        return status == STEMMA_OK ? stm_rank_events(snapshot, &subject.number, 1, need, out, error)
                                   : status;
    }
    case STEMMA_REFERENCE_ENTITY: {
        stemma_entity entity;
        stemma_status status = stm_entity_here(snapshot, subject.number, &entity, error);
        return status == STEMMA_OK ? rank_entity(self, subject.number, need, out, error)
                                   : status;
    }
    default:
        return stm_fail(error, STEMMA_E_MISUSE, "OPTIONS", "",
                        "Conflicts are about events and entities");
    }
}

stemma_status stemma_conflicts(stemma_conflict_cursor **out, stemma_snapshot *snapshot,
                               const stemma_conflict_query *query, stemma_error *error)
{
    const stemma_conflict_query all = STEMMA_CONFLICT_QUERY_INIT;
    stemma_conflict_cursor *cursor;
    stemma_status status;
    query = query != NULL ? query : &all;
    if (out == NULL || snapshot == NULL) {
        return stm_fail(error, STEMMA_E_MISUSE, "NULL_ARGUMENT", "", "An argument is missing");
    }
    if (query->size != sizeof *query) {
        return stm_fail(error, STEMMA_E_MISUSE, "OPTIONS", "",
                        "The query is not initialised");
    }
    cursor = stm_snapshot_alloc(snapshot, sizeof *cursor, error);
    if (cursor == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    memset(cursor, 0, sizeof *cursor);
    cursor->pending.item = sizeof(stemma_conflict);
    cursor->pending.before = comes_before;
    cursor->snapshot = snapshot;
    stm_kept_begin(&cursor->kept, snapshot);
    status = stm_known_split(snapshot, &cursor->split, error);
    if (status == STEMMA_OK) {
        status = rank(cursor, query, &cursor->ranking, error);
    }
    *out = cursor;
    return status;
}
