/* SPDX-License-Identifier: MIT */
/* participant: who takes part in what, in which role. */
#include "sql/event_list.h"

enum { EVENT, ROLE, ENTITY };

static const char columns[] = "event INTEGER, role TEXT, entity INTEGER";

enum { S_EVENT, S_FROM, S_TO, S_ROLE, S_ENTITY };

static const struct stm_sql_slot slots[] = {
    {EVENT, STM_SQL_EQ, STM_SQL_INTEGER, "event"},
    {EVENT, STM_SQL_LOW, STM_SQL_INTEGER, "event range"},
    {EVENT, STM_SQL_HIGH, STM_SQL_INTEGER, "event range"},
    {ROLE, STM_SQL_EQ, STM_SQL_TEXT, "role"},
    {ENTITY, STM_SQL_EQ, STM_SQL_INTEGER, "entity"},
};

enum { BY_EVENT, BY_ENTITY, ALL, EACH_ENTITY /* ALL in that order */ };

enum { ORDER_NONE, ORDER_EVENT, ORDER_ENTITY };

static const struct stm_sql_way ways[] = {
    {NULL, STM_SQL_SLOT(S_EVENT), STM_SQL_SLOT(S_ENTITY)},
    {NULL, STM_SQL_SLOT(S_ENTITY), STM_SQL_SLOT(S_ROLE)},
    {NULL, 0, STM_SQL_SLOT(S_FROM) | STM_SQL_SLOT(S_TO)},
};

struct cursor {
    struct stm_sql_cursor shared;
    unsigned way;
    struct stm_sql_event_list list;
    struct stm_sql_numbers range;  /* events still to come */
    struct stm_sql_numbers entity; /* that take part */
    uint32_t event;
    uint32_t at, end; /* of the participants of the event */
    const stemma_participant *participants; /* NULL: those of `block` */
    stemma_event_columns block;
};

static stemma_status estimate(struct stm_sql_guess *guess, stemma_error *error)
{
    double events = (double)guess->base->counts.events;
    double entities = (double)guess->base->counts.entities;
    stemma_status status = STEMMA_OK;
    if (guess->way == BY_EVENT) {
        guess->rows = (guess->used & STM_SQL_SLOT(S_ENTITY)) != 0 ? 1 : 2;
        guess->cost = 3;
        return STEMMA_OK;
    }
    if (guess->way == ALL) {
        guess->rows = 2 * stm_sql_guess_numbers(guess, S_EVENT, guess->base->counts.events);
        guess->cost = 2 + guess->rows;
        return STEMMA_OK;
    }
    guess->rows = entities > 0 ? 2 * events / entities : 1;
    if (guess->value[S_ENTITY] != NULL) {
        status = stm_sql_count_of(guess->base, guess->value[S_ENTITY], &guess->rows, error);
    }
    guess->rows *= (guess->used & STM_SQL_SLOT(S_ROLE)) != 0 ? 0.5 : 1;
    guess->cost = 4 + guess->rows * 1.5;
    return status;
}

static unsigned order(const struct stm_sql_guess *guess, const struct stm_sql_order *wanted)
{
    bool dated = stm_sql_is_dated(guess->base);
    if (guess->way == ALL && guess->used == 0 && !dated && wanted->count == 1 &&
        wanted->by[0].column == ENTITY && !wanted->by[0].descending) {
        return ORDER_ENTITY;
    }
    /* As of a date a list goes by the time as of then, a range by numbers. */
    return wanted->count == 1 && wanted->by[0].column == EVENT && !wanted->by[0].descending &&
           !(dated && guess->way == BY_ENTITY);
}

static stemma_status by_entity(struct cursor *self, const struct stm_sql_plan *plan)
{
    stemma_event_query query = STEMMA_EVENT_QUERY_INIT;
    uint32_t entity = (uint32_t)self->entity.first;
    query.entities = &entity;
    query.entity_count = 1;
    if ((plan->used & STM_SQL_SLOT(S_ROLE)) != 0) {
        (void)stm_sql_value_text(plan->value[S_ROLE], &query.role);
    }
    return stm_sql_list_begin(&self->list, &self->shared, &query);
}

static stemma_status filter(struct stm_sql_cursor *cursor, const struct stm_sql_plan *plan)
{
    struct cursor *self = (struct cursor *)cursor;
    self->way = plan->order == ORDER_ENTITY ? EACH_ENTITY : plan->way;
    self->range = stm_sql_plan_numbers(plan, S_EVENT, cursor->base->counts.events);
    self->entity =
        (struct stm_sql_numbers){0, (int64_t)cursor->base->counts.entities - 1};
    self->at = self->end = 0;
    self->block.count = 0;
    self->participants = NULL;
    if ((plan->used & STM_SQL_SLOT(S_ENTITY)) != 0) {
        stm_sql_narrow(&self->entity, plan->value[S_ENTITY], STM_SQL_EQ, false);
    }
    if (stm_sql_none(&self->entity)) {
        return STEMMA_END;
    }
    if (self->way == BY_ENTITY) {
        return by_entity(self, plan);
    }
    if (self->way == EACH_ENTITY) {
        self->entity = (struct stm_sql_numbers){-1, -1};
        self->list.cursor = NULL;
    }
    return stm_sql_need(cursor, &cursor->list);
}

/* Those of the next event as a scan has them. */
static stemma_status scan(struct cursor *self)
{
    stemma_event_columns *block = &self->block;
    if (self->event < block->first || self->event - block->first >= block->count) {
        stemma_status status =
            stemma_event_scan(self->shared.list, self->event, STEMMA_SCAN_PARTICIPANTS, block,
                              &self->shared.error);
        if (status != STEMMA_OK) {
            block->count = 0;
            return status;
        }
    }
    self->at = block->participant_first[self->event - block->first];
    self->end = block->participant_first[self->event - block->first + 1];
    return STEMMA_OK;
}

static stemma_status get(struct cursor *self)
{
    stemma_event event;
    stemma_snapshot_reset(self->shared.item);
    stemma_status status =
        stemma_event_get(self->shared.item, self->event, &event, &self->shared.error);
    if (status == STEMMA_OK) {
        self->participants = event.participants;
        self->at = 0;
        self->end = event.participant_count;
    }
    return status;
}

/* The next event of the entity at hand, or the first of the next entity. */
static stemma_status next_of_each(struct cursor *self)
{
    stemma_event_query query = STEMMA_EVENT_QUERY_INIT;
    for (;;) {
        stemma_status status = STEMMA_END;
        if (self->list.cursor != NULL) {
            status = stm_sql_list_next(&self->list, &self->shared, &self->event);
        }
        if (status != STEMMA_END) {
            return status == STEMMA_OK ? get(self) : status;
        }
        self->entity.last = ++self->entity.first;
        if (self->entity.first >= (int64_t)self->shared.base->counts.entities) {
            self->list.cursor = NULL;
            return STEMMA_END;
        }
        uint32_t entity = (uint32_t)self->entity.first;
        query.entities = &entity;
        query.entity_count = 1;
        stemma_snapshot_reset(self->shared.list);
        status = stm_sql_list_begin(&self->list, &self->shared, &query);
        if (status != STEMMA_OK) {
            return status;
        }
    }
}

static stemma_status next_event(struct cursor *self)
{
    if (self->way == EACH_ENTITY) {
        return next_of_each(self);
    }
    if (self->way == BY_ENTITY) {
        stemma_status status = stm_sql_list_next(&self->list, &self->shared, &self->event);
        return status == STEMMA_OK ? get(self) : status;
    }
    if (stm_sql_none(&self->range)) {
        return STEMMA_END;
    }
    self->event = (uint32_t)self->range.first++;
    return self->way == ALL && !stm_sql_is_dated(self->shared.base) ? scan(self) : get(self);
}

static uint32_t entity_of(const struct cursor *self, uint32_t at)
{
    return self->participants != NULL ? self->participants[at].entity : self->block.entity[at];
}

/* The row at hand is `at - 1`. */
static stemma_status next(struct stm_sql_cursor *cursor)
{
    struct cursor *self = (struct cursor *)cursor;
    cursor->rows = 0; /* the item holds the participants and is emptied with each event */
    for (;;) {
        while (self->at < self->end) {
            int64_t entity = entity_of(self, self->at++);
            if (entity >= self->entity.first && entity <= self->entity.last) {
                return STEMMA_OK;
            }
            if (entity >= (int64_t)cursor->base->counts.entities) {
                return STEMMA_E_DAMAGED;
            }
        }
        stemma_status status = next_event(self);
        if (status != STEMMA_OK && status != STEMMA_NOT_FOUND) {
            return status;
        }
    }
}

static stemma_status column(struct stm_sql_cursor *cursor, sqlite3_context *context, int number)
{
    struct cursor *self = (struct cursor *)cursor;
    const struct stm_sql_base *base = cursor->base;
    uint32_t at = self->at - 1;
    if (number == EVENT) {
        stm_sql_number(context, self->event);
    } else if (number == ENTITY) {
        stm_sql_number(context, entity_of(self, at));
    } else if (self->participants != NULL) {
        stm_sql_text(context, self->participants[at].role);
    } else {
        uint32_t role = self->block.role[at];
        if (role >= base->term_count || base->terms[role].kind != STEMMA_TERM_PREDICATE) {
            return STEMMA_E_DAMAGED;
        }
        stm_sql_lasting(context, base->terms[role].name);
    }
    return STEMMA_OK;
}

static int64_t rowid(struct stm_sql_cursor *cursor)
{
    const struct cursor *self = (const struct cursor *)cursor;
    uint32_t first = self->participants != NULL
                         ? 0
                         : self->block.participant_first[self->event - self->block.first];
    return (int64_t)self->event << 31 | (self->at - 1 - first);
}

const struct stm_sql_table stm_sql_participant = {
    .name = "participant", .columns = columns,
    .slots = slots, .slot_count = sizeof slots / sizeof slots[0],
    .ways = ways, .way_count = sizeof ways / sizeof ways[0],
    .cursor_size = sizeof(struct cursor),
    .estimate = estimate, .order = order,
    .filter = filter, .next = next, .column = column, .rowid = rowid,
};
