/* SPDX-License-Identifier: MIT */
/* claim: what assertions agree in saying. */
#include "sql/object.h"

enum {
    NUMBER, ID, EVENT, ENTITY, PREDICATE, OBJECT,
    POLARITY = OBJECT + STM_SQL_OBJECT_COLUMNS, DOCUMENTS, INDEPENDENT, SPEAKERS
};

static const char columns[] =
    "number INTEGER, id TEXT, event INTEGER, entity INTEGER, predicate TEXT, "
    STM_SQL_OBJECT_DECLARED
    ", polarity TEXT, documents INTEGER, independent INTEGER, speakers INTEGER";

enum { S_NUMBER, S_FROM, S_TO, S_ID, S_EVENT, S_ENTITY };

static const struct stm_sql_slot slots[] = {
    {NUMBER, STM_SQL_EQ, STM_SQL_INTEGER, "number"},
    {NUMBER, STM_SQL_LOW, STM_SQL_INTEGER, "number range"},
    {NUMBER, STM_SQL_HIGH, STM_SQL_INTEGER, "number range"},
    {ID, STM_SQL_EQ, STM_SQL_TEXT, "id"},
    {EVENT, STM_SQL_EQ, STM_SQL_INTEGER, "event"},
    {ENTITY, STM_SQL_EQ, STM_SQL_INTEGER, "entity"},
};

#define RANGE (STM_SQL_SLOT(S_FROM) | STM_SQL_SLOT(S_TO))

enum { BY_NUMBER, BY_ID, BY_EVENT, BY_ENTITY, ALL };

static const struct stm_sql_way ways[] = {
    {NULL, STM_SQL_SLOT(S_NUMBER), 0},    {NULL, STM_SQL_SLOT(S_ID), 0},
    {NULL, STM_SQL_SLOT(S_EVENT), RANGE}, {NULL, STM_SQL_SLOT(S_ENTITY), RANGE},
    {NULL, 0, RANGE},
};

enum { ORDER_NONE, ORDER_UP, ORDER_DOWN };

struct cursor {
    struct stm_sql_cursor shared;
    struct stm_sql_numbers range;
    bool down;
    uint32_t number;
    bool got;
    stemma_claim claim;
};

static stemma_status estimate(struct stm_sql_guess *guess, stemma_error *error)
{
    const stemma_counts *counts = &guess->base->counts;
    double claims = (double)counts->claims;
    double subjects = (double)(counts->events + counts->entities);
    (void)error;
    guess->unique = guess->way == BY_NUMBER || guess->way == BY_ID;
    guess->rows = guess->unique        ? 1
                  : guess->way == ALL ? stm_sql_guess_numbers(guess, S_NUMBER, counts->claims)
                  : subjects > 0      ? claims / subjects
                                      : 0;
    guess->cost = guess->way == BY_NUMBER ? 3 : 4 + 3 * guess->rows;
    return STEMMA_OK;
}

static unsigned order(const struct stm_sql_guess *guess, const struct stm_sql_order *wanted)
{
    if (wanted->by[0].column != NUMBER || guess->way == BY_ID || guess->way == BY_NUMBER) {
        return 0;
    }
    return wanted->by[0].descending ? ORDER_DOWN : ORDER_UP;
}

/* Narrows the range to the claims about one event or entity. */
static stemma_status about(struct cursor *self, sqlite3_value *value, bool is_event)
{
    const stemma_counts *counts = &self->shared.base->counts;
    struct stm_sql_numbers subject = {
        0, (int64_t)(is_event ? counts->events : counts->entities) - 1};
    stemma_event event;
    stemma_entity entity;
    stemma_error *error = &self->shared.error;
    uint32_t first = 0;
    uint32_t count = 0;
    stm_sql_narrow(&subject, value, STM_SQL_EQ, false);
    if (stm_sql_none(&subject)) {
        return STEMMA_END;
    }
    stemma_status status =
        is_event ? stemma_event_get(self->shared.list, (uint32_t)subject.first, &event, error)
                 : stemma_entity_get(self->shared.list, (uint32_t)subject.first, &entity, error);
    if (status == STEMMA_OK) {
        first = is_event ? event.claim_first : entity.claim_first;
        count = is_event ? event.claim_count : entity.claim_count;
        self->range.first = first > self->range.first ? first : self->range.first;
        int64_t last = (int64_t)first + count - 1;
        self->range.last = last < self->range.last ? last : self->range.last;
    }
    return status == STEMMA_NOT_FOUND ? STEMMA_END : status;
}

static stemma_status filter(struct stm_sql_cursor *cursor, const struct stm_sql_plan *plan)
{
    struct cursor *self = (struct cursor *)cursor;
    stemma_status status = stm_sql_need(cursor, &cursor->list);
    uint32_t number = 0;
    self->range = stm_sql_plan_numbers(plan, S_NUMBER, cursor->base->counts.claims);
    self->down = plan->order == ORDER_DOWN;
    if (status == STEMMA_OK && plan->way == BY_ID) {
        status = stm_sql_resolve(cursor, plan->value[S_ID], STEMMA_REFERENCE_CLAIM, &number);
        self->range = (struct stm_sql_numbers){number, number};
    } else if (status == STEMMA_OK && plan->way == BY_EVENT) {
        status = about(self, plan->value[S_EVENT], true);
    } else if (status == STEMMA_OK && plan->way == BY_ENTITY) {
        status = about(self, plan->value[S_ENTITY], false);
    }
    return status;
}

static stemma_status get(struct cursor *self)
{
    if (self->got) {
        return STEMMA_OK;
    }
    stemma_status status =
        stemma_claim_get(self->shared.item, self->number, &self->claim, &self->shared.error);
    self->got = status == STEMMA_OK;
    return status;
}

static stemma_status next(struct stm_sql_cursor *cursor)
{
    struct cursor *self = (struct cursor *)cursor;
    self->got = false;
    if (stm_sql_none(&self->range)) {
        return STEMMA_END;
    }
    self->number = (uint32_t)(self->down ? self->range.last-- : self->range.first++);
    return stm_sql_is_dated(cursor->base) ? get(self) : STEMMA_OK;
}

static struct stm_sql_named named_by(const stemma_claim *claim)
{
    struct stm_sql_named named = {claim->object_referent_kind, STEMMA_NONE};
    if (claim->object.kind == STEMMA_OBJECT_REFERENT) {
        named.number = claim->object.as.referent;
    } else if (claim->object.kind == STEMMA_OBJECT_PLACE) {
        named.number = claim->object.as.place.referent;
    }
    return named;
}

static stemma_status column(struct stm_sql_cursor *cursor, sqlite3_context *context, int number)
{
    struct cursor *self = (struct cursor *)cursor;
    const stemma_claim *claim = &self->claim;
    if (number == NUMBER) {
        stm_sql_number(context, self->number);
        return STEMMA_OK;
    }
    if (number == ID) {
        return stm_sql_id(cursor, context, STEMMA_REFERENCE_CLAIM, self->number);
    }
    stemma_status status = get(self);
    if (status != STEMMA_OK) {
        return status;
    }
    if (number >= OBJECT && number < POLARITY) {
        return stm_sql_object_column(cursor, context, &claim->object, named_by(claim),
                                     (enum stm_sql_object_column)(number - OBJECT));
    }
    bool is_event = claim->subject_kind == STEMMA_REFERENT_EVENT;
    switch (number) {
    case EVENT: stm_sql_number(context, is_event ? claim->subject : STEMMA_NONE); break;
    case ENTITY: stm_sql_number(context, is_event ? STEMMA_NONE : claim->subject); break;
    case PREDICATE: stm_sql_text(context, claim->predicate); break;
    case POLARITY: stm_sql_word(context, STM_ENUM_POLARITY, claim->polarity, false); break;
    case DOCUMENTS: stm_sql_number(context, claim->documents); break;
    case INDEPENDENT: stm_sql_number(context, claim->independent); break;
    default: stm_sql_number(context, claim->speakers); break;
    }
    return STEMMA_OK;
}

static int64_t rowid(struct stm_sql_cursor *cursor)
{
    return ((struct cursor *)cursor)->number;
}

const struct stm_sql_table stm_sql_claim = {
    .name = "claim", .columns = columns,
    .slots = slots, .slot_count = sizeof slots / sizeof slots[0],
    .ways = ways, .way_count = sizeof ways / sizeof ways[0],
    .cursor_size = sizeof(struct cursor), .numbered = true,
    .estimate = estimate, .order = order,
    .filter = filter, .next = next, .column = column, .rowid = rowid,
};
