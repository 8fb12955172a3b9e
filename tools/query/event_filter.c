/* SPDX-License-Identifier: MIT */
#include "query/event_filter.h"

#include <stdlib.h>

#include "grow.h"
#include "query/choose.h"

/* As the file has the events, the index answers. As of a date an event may have had another time,
   place and cast than now, so then the index only gives those of the entities, and each is looked at. */
struct filter {
    stemma_event_query wanted;
    const uint32_t *entities;
    uint32_t entity_count;
    bool is_place; /* the first entity is, and what happens there counts */
    uint32_t place;
    stemma_text role;
    stemma_text type;
};

stemma_status stm_entity_is_place(struct stm_query *query, uint32_t entity, bool *result)
{
    stemma_entity record;
    stemma_status status = stemma_entity_get(query->item, entity, &record, &query->error);
    *result = status == STEMMA_OK && stemma_text_equal(record.type, stemma_text_of("place"));
    return status;
}

/* ---- Up to two cursors, as one ------------------------------------------------------------------- */

struct merged {
    stemma_event_cursor *cursors[2];
    uint32_t heads[2];
    bool ended[2];
};

static stemma_status advance(struct stm_query *query, struct merged *merged, int which)
{
    stemma_status status = STEMMA_END;
    if (merged->cursors[which] != NULL) {
        status = stemma_event_next(merged->cursors[which], &merged->heads[which], &query->error);
    }
    merged->ended[which] = status == STEMMA_END;
    return status == STEMMA_END ? STEMMA_OK : status;
}

static stemma_status merged_begin(struct stm_query *query, const struct filter *filter,
                                  struct merged *merged)
{
    stemma_event_query there = filter->wanted;
    stemma_status status =
        stemma_events(&merged->cursors[0], query->snapshot, &filter->wanted, &query->error);
    merged->cursors[1] = NULL;
    if (status == STEMMA_OK && filter->is_place && filter->place == STEMMA_NONE) {
        there.place = filter->entities[0];
        there.entities++;
        there.entity_count--;
        status = stemma_events(&merged->cursors[1], query->snapshot, &there, &query->error);
    }
    if (status == STEMMA_OK) {
        status = advance(query, merged, 0);
    }
    return status == STEMMA_OK ? advance(query, merged, 1) : status;
}

static stemma_status merged_next(struct stm_query *query, struct merged *merged, uint32_t *event)
{
    stemma_status status = STEMMA_OK;
    uint32_t least = STEMMA_NONE;
    for (int i = 0; i < 2; i++) {
        least = !merged->ended[i] && merged->heads[i] < least ? merged->heads[i] : least;
    }
    if (merged->ended[0] && merged->ended[1]) {
        return STEMMA_END;
    }
    *event = least;
    for (int i = 0; i < 2 && status == STEMMA_OK; i++) {
        if (!merged->ended[i] && merged->heads[i] == least) {
            status = advance(query, merged, i);
        }
    }
    return status;
}

/* ---- Conditions ---------------------------------------------------------------------------------- */

static stemma_status prepare(struct stm_query *query, struct filter *filter)
{
    const struct stm_query_settings *settings = query->settings;
    const stemma_event_query empty = STEMMA_EVENT_QUERY_INIT;
    stemma_status status = STEMMA_OK;
    filter->wanted = empty;
    filter->wanted.entities = filter->entities;
    filter->wanted.entity_count = filter->entity_count;
    filter->wanted.documents_until = query->until;
    filter->role = stemma_text_of(settings->role);
    filter->type = stemma_text_of(settings->type);
    filter->place = STEMMA_NONE;
    if (settings->place != NULL) {
        status = stm_choose_entity(query, stemma_text_of(settings->place),
                                   stemma_text_of("place"), &filter->place);
    }
    if (!stm_query_is_dated(query)) {
        filter->wanted.role = filter->role;
        filter->wanted.type = filter->type;
        filter->wanted.place = filter->place;
        filter->wanted.from = query->from;
        filter->wanted.to = query->to;
    }
    return status;
}

static bool has_part(const struct stm_event_view *event, uint32_t entity, stemma_text role)
{
    for (uint32_t i = 0; i < event->participant_count; i++) {
        const stemma_claim *claim = &event->participants[i]->claim;
        if (claim->object.as.referent == entity &&
            (role.size == 0 || stemma_text_equal(role, claim->predicate))) {
            return true;
        }
    }
    return false;
}

static bool is_below(stemma_text type, stemma_text wanted)
{
    return wanted.size == 0 || stemma_text_equal(type, wanted) ||
           (type.size > wanted.size && type.data[wanted.size] == '.' &&
            memcmp(type.data, wanted.data, wanted.size) == 0);
}

static bool has_role(const struct stm_event_view *event, stemma_text role)
{
    for (uint32_t i = 0; i < event->claim_count; i++) {
        if (stemma_text_equal(event->claims[i].claim.predicate, role) &&
            event->claims[i].claim.polarity != STEMMA_POLARITY_NEGATIVE) {
            return true;
        }
    }
    return false;
}

static bool fits(const struct stm_query *query, const struct filter *filter,
                 const struct stm_event_view *event)
{
    int64_t start = event->bounds.start_earliest;
    bool bounded = query->from != INT64_MIN || query->to != INT64_MAX;
    if (query->settings->actual && (event->realis != STEMMA_REALIS_ACTUAL ||
                                    event->polarity == STEMMA_POLARITY_NEGATIVE)) {
        return false;
    }
    /* The index knows a role only of entities that are named. */
    if (filter->role.size != 0 && filter->entity_count == 0 && !has_role(event, filter->role)) {
        return false;
    }
    if (!stm_query_is_dated(query)) {
        return true;
    }
    for (uint32_t i = 0; i < filter->entity_count; i++) {
        bool there = i == 0 && filter->is_place && event->place == filter->entities[0];
        if (!there && !has_part(event, filter->entities[i], filter->role)) {
            return false;
        }
    }
    if (filter->place != STEMMA_NONE && event->place != filter->place) {
        return false;
    }
    return is_below(event->type, filter->type) &&
           (!bounded || (start != STEMMA_TIME_UNKNOWN_EARLY && start >= query->from &&
                         start <= query->to));
}

static stemma_status visit_one(struct stm_query *query, const struct filter *filter,
                               uint32_t number, stm_event_visit *visit, void *context,
                               uint64_t *shown)
{
    struct stm_event_view event;
    stemma_status status;
    stm_query_next_item(query);
    status = stm_event_load(query, number, &event);
    if (status == STEMMA_NOT_FOUND) {
        return STEMMA_OK;
    }
    if (status == STEMMA_OK && fits(query, filter, &event) && stm_query_take(query)) {
        (*shown)++;
        status = visit(query, context, &event);
    }
    return status;
}

/* ---- As of a date: another order ---------------------------------------------------------------- */

struct dated {
    int64_t start;
    uint32_t number;
};

static int by_start(const void *left, const void *right)
{
    const struct dated *a = left, *b = right;
    bool a_unknown = a->start == STEMMA_TIME_UNKNOWN_EARLY;
    bool b_unknown = b->start == STEMMA_TIME_UNKNOWN_EARLY;
    if (a_unknown != b_unknown) {
        return a_unknown ? 1 : -1;
    }
    if (a->start != b->start) {
        return a->start < b->start ? -1 : 1;
    }
    return (a->number > b->number) - (a->number < b->number);
}

struct dated_list {
    struct dated *events;
    size_t count;
    size_t capacity;
};

static stemma_status remember(struct dated_list *list, int64_t start, uint32_t number)
{
    struct dated *events =
        stm_grow(list->events, &list->capacity, list->count + 1, sizeof *events);
    if (events == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    list->events = events;
    list->events[list->count].start = start;
    list->events[list->count++].number = number;
    return STEMMA_OK;
}

static stemma_status visit_dated(struct stm_query *query, const struct filter *filter,
                                 struct merged *merged, stm_event_visit *visit,
                                 void *context, uint64_t *shown)
{
    struct dated_list list = {NULL, 0, 0};
    uint32_t number;
    stemma_status status = STEMMA_OK;
    while (status == STEMMA_OK &&
           (status = merged_next(query, merged, &number)) == STEMMA_OK) {
        struct stm_event_view event;
        stm_query_next_item(query);
        status = stm_event_load(query, number, &event);
        if (status == STEMMA_OK && fits(query, filter, &event)) {
            status = remember(&list, event.bounds.start_earliest, number);
        }
        status = status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
    }
    status = status == STEMMA_END ? STEMMA_OK : status;
    if (list.count > 1) {
        qsort(list.events, list.count, sizeof *list.events, by_start);
    }
    for (size_t i = 0; i < list.count && status == STEMMA_OK && !stm_query_done(query); i++) {
        status = visit_one(query, filter, list.events[i].number, visit, context, shown);
    }
    free(list.events);
    return status;
}

stemma_status stm_event_filter(struct stm_query *query, const uint32_t *entities, uint32_t count,
                               bool place, stm_event_visit *visit, void *context)
{
    struct filter filter = {.entities = entities, .entity_count = count, .is_place = place};
    struct merged merged;
    uint64_t shown = 0;
    stemma_status status = prepare(query, &filter);
    if (status == STEMMA_OK) {
        status = merged_begin(query, &filter, &merged);
    }
    if (status == STEMMA_OK && stm_query_is_dated(query)) {
        status = visit_dated(query, &filter, &merged, visit, context, &shown);
    } else {
        while (status == STEMMA_OK && !stm_query_done(query)) {
            uint32_t number;
            status = merged_next(query, &merged, &number);
            if (status == STEMMA_OK) {
                status = visit_one(query, &filter, number, visit, context, &shown);
            }
        }
    }
    if (status == STEMMA_OK || status == STEMMA_END) {
        return shown != 0 ? STEMMA_OK : STEMMA_NOT_FOUND;
    }
    return status;
}
