/* SPDX-License-Identifier: MIT */
/* The best attested positions, without a look at subjects that cannot have one. */
#include "claims/position_bound.h"
#include "claims/conflict_find.h"
#include "claims/queue.h"
#include "claims/subject_ranking.h"
#include "read/entity.h"
#include "read/known.h"
#include "base/error.h"

struct stemma_attested_cursor {
    stemma_snapshot *snapshot;
    stm_subject_ranking ranking;
    stm_queue pending; /* of stemma_attested: the greatest first */
    stemma_attested *found; /* scratch: about the subject that is looked at */
    uint32_t room;
    uint32_t split; /* stm_known_split() */
};

/* ---- Order -------------------------------------------------------------------------------------------- */

static bool comes_before(const void *left, const void *right)
{
    const stemma_attested *a = left, *b = right;
    int order = stm_bound_order(a->independent, a->documents, b->independent, b->documents);
    return order < 0 || (order == 0 && a->claim < b->claim);
}

/* ---- Looking at one subject ------------------------------------------------------------------------------ */

/* A subject among the positions that were found, with the most that one about it can have: it is looked at
   when it comes first. */
static bool is_subject(const stemma_attested *pending)
{
    return pending->position_ordinal == STEMMA_NONE;
}

/* Bounds a subject by the numbers of its claims. */
static stemma_status put_off(stemma_attested_cursor *cursor, stemma_reference subject,
                             const stm_ranked_subject *bound, stemma_error *error)
{
    stemma_attested one = {.subject = subject.number, .position_ordinal = STEMMA_NONE};
    uint32_t first = 0, count = 0, independent = 0, documents = 0;
    stemma_status status = stm_claims_of(cursor->snapshot, subject, &first, &count, error);
    if (status == STEMMA_OK) {
        status = stm_position_bound(cursor->snapshot, subject, &independent, &documents, error);
    }
    if (status != STEMMA_OK || count == 0) {
        return status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
    }
    one.claim = first;
    one.independent = stm_bound(bound->independent);
    one.independent = independent < one.independent ? independent : one.independent;
    one.independent = stm_bound_split(one.independent, cursor->split);
    one.documents = stm_bound(bound->documents);
    one.documents = documents < one.documents ? documents : one.documents;
    one.subject_kind = subject.kind == STEMMA_REFERENCE_EVENT ? STEMMA_REFERENT_EVENT
                                                              : STEMMA_REFERENT_ENTITY;
    return stm_queue_push(&cursor->pending, cursor->snapshot, &one, error);
}

/* The positions of one subject in memory that the cursor keeps for the next one: no more than claims. */
static void list(stemma_attested_cursor *cursor, const stemma_positions *positions,
                 uint32_t predicates, uint32_t *count)
{
    *count = 0;
    for (uint32_t i = 0; i < predicates; i++) {
        for (uint32_t p = 0; p < positions[i].position_count && *count < cursor->room;
             p++) {
            const stemma_position *one = &positions[i].positions[p];
            cursor->found[(*count)++] = (stemma_attested){
                one->claims[0].number,        one->standing.independent,
                one->standing.documents,      one->claims[0].subject_kind,
                one->claims[0].subject,       i, p};
        }
    }
}

/* Room for as many positions as there are claims about the subject. */
static stemma_status need_room(stemma_attested_cursor *cursor, stemma_reference subject,
                               stemma_error *error)
{
    uint32_t first = 0, count = 0;
    stemma_status status = stm_claims_of(cursor->snapshot, subject, &first, &count, error);
    if (status == STEMMA_OK && count > cursor->room) {
        cursor->room = count < UINT32_MAX / 2 ? 2 * count : count;
        cursor->found =
            stm_snapshot_array(cursor->snapshot, cursor->room, sizeof *cursor->found, error);
        cursor->room = cursor->found != NULL ? cursor->room : 0;
        status = cursor->found != NULL ? STEMMA_OK : STEMMA_E_NO_MEMORY;
    }
    return status;
}

static stemma_status look_at(stemma_attested_cursor *cursor, stemma_reference subject,
                             stemma_error *error)
{
    const stemma_positions *positions = NULL;
    uint32_t predicates = 0, count = 0;
    stemma_status status = need_room(cursor, subject, error);
    stm_mark mark = stm_snapshot_mark(cursor->snapshot);
    if (status == STEMMA_OK) {
        status = stm_positions_about(cursor->snapshot, subject, false, &positions, &predicates,
                                     error);
    }
    if (status == STEMMA_OK) {
        list(cursor, positions, predicates, &count);
    }
    stm_snapshot_rewind(cursor->snapshot, mark);
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        status = stm_queue_push(&cursor->pending, cursor->snapshot, &cursor->found[i], error);
    }
    return status == STEMMA_NOT_FOUND ? STEMMA_OK : status; /* not known yet as of the date */
}

/* ---- Going on ---------------------------------------------------------------------------------------------- */

/* Whether nothing about the subjects that are left can come before the greatest that was found. */
static stemma_status is_settled(stemma_attested_cursor *cursor, stemma_reference subject,
                                const stm_ranked_subject *bound, bool *settled, stemma_error *error)
{
    const stemma_attested *top = stm_queue_first(&cursor->pending);
    uint32_t first = 0, count = 0;
    stemma_status status = STEMMA_OK;
    int order = 0;
    *settled = false;
    if (cursor->pending.count == 0) {
        return STEMMA_OK;
    }
    order = stm_bound_order(top->independent, top->documents,
                            stm_bound_split(stm_bound(bound->independent), cursor->split),
                            stm_bound(bound->documents));
    if (order == 0) { /* subjects of one bound ascend, and so do their claims */
        status = stm_claims_of(cursor->snapshot, subject, &first, &count, error);
    }
    *settled = order < 0 || (order == 0 && top->claim < first);
    return status;
}

/* Looks at the subject that comes first among what was found. */
static stemma_status look_at_first(stemma_attested_cursor *cursor, stemma_error *error)
{
    stemma_attested one;
    stemma_reference subject = {0, STEMMA_NONE};
    stm_queue_take(&cursor->pending, &one);
    subject.kind = one.subject_kind == STEMMA_REFERENT_EVENT ? STEMMA_REFERENCE_EVENT
                                                             : STEMMA_REFERENCE_ENTITY;
    subject.number = one.subject;
    return look_at(cursor, subject, error);
}

/* What a subject must have as bound in the whole file to come before the first of what was found. */
static uint32_t worth(const stemma_attested_cursor *cursor)
{
    const stemma_attested *first = stm_queue_first(&cursor->pending);
    return first != NULL && first->independent > cursor->split ? first->independent - cursor->split
                                                               : 0;
}

/* Puts subjects off until none that is left can come before the first of what was found. */
static stemma_status settle(stemma_attested_cursor *cursor, stemma_error *error)
{
    stemma_reference subject;
    stm_ranked_subject bound;
    stemma_status status;
    while ((status = stm_ranking_top(cursor->snapshot, &cursor->ranking, worth(cursor), &subject,
                                     &bound, error)) == STEMMA_OK) {
        bool settled;
        status = is_settled(cursor, subject, &bound, &settled, error);
        if (status == STEMMA_OK && !settled) {
            stm_ranking_pop(&cursor->ranking);
            status = put_off(cursor, subject, &bound, error);
        } else if (status == STEMMA_OK) {
            return STEMMA_OK;
        }
        if (status != STEMMA_OK) {
            return status;
        }
    }
    return status == STEMMA_END ? STEMMA_OK : status;
}

stemma_status stemma_attested_next(stemma_attested_cursor *cursor, stemma_attested *out,
                                   stemma_error *error)
{
    stemma_status status;
    if (cursor == NULL || out == NULL) {
        return stm_fail(error, STEMMA_E_MISUSE, "NULL_ARGUMENT", "", "An argument is missing");
    }
    status = settle(cursor, error);
    while (status == STEMMA_OK && cursor->pending.count != 0 && is_subject(stm_queue_first(&cursor->pending))) {
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

/* ---- Beginning ---------------------------------------------------------------------------------------------- */

static stemma_status rank(stemma_snapshot *snapshot, stemma_reference subject,
                          stm_subject_ranking *out, stemma_error *error)
{
    const stm_ranking_need need = {.documents = true};
    memset(out, 0, sizeof *out);
    if (subject.kind == 0) {
        return stm_rank_all(snapshot, need, out, error);
    }
    if (subject.kind == STEMMA_REFERENCE_EVENT) {
        stemma_event event;
        stemma_status status = stemma_event_get(snapshot, subject.number, &event, error);
        return status == STEMMA_OK ? stm_rank_events(snapshot, &subject.number, 1, need, out, error)
                                   : status;
    }
    if (subject.kind == STEMMA_REFERENCE_ENTITY) {
        stemma_entity entity;
        stemma_status status = stm_entity_here(snapshot, subject.number, &entity, error);
        return status == STEMMA_OK ? stm_rank_entity(snapshot, subject.number, need, out, error) : status;
    }
    return stm_fail(error, STEMMA_E_MISUSE, "OPTIONS", "",
                    "Claims are about events and entities");
}

stemma_status stemma_best_attested(stemma_attested_cursor **out, stemma_snapshot *snapshot,
                                   stemma_reference subject, stemma_error *error)
{
    stemma_attested_cursor *cursor;
    stemma_status status;
    if (out == NULL || snapshot == NULL) {
        return stm_fail(error, STEMMA_E_MISUSE, "NULL_ARGUMENT", "", "An argument is missing");
    }
    cursor = stm_snapshot_alloc(snapshot, sizeof *cursor, error);
    if (cursor == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    memset(cursor, 0, sizeof *cursor);
    cursor->pending.item = sizeof(stemma_attested);
    cursor->pending.before = comes_before;
    cursor->snapshot = snapshot;
    status = stm_known_split(snapshot, &cursor->split, error);
    if (status == STEMMA_OK) {
        status = rank(snapshot, subject, &cursor->ranking, error);
    }
    *out = cursor;
    return status;
}
