/* SPDX-License-Identifier: MIT */
/* entity: people, organisations, places and things, by falling number of mentions. */
#include "sql/table.h"

enum { NUMBER, ID, TYPE, NAME, DOCUMENTS, MENTIONS, EVENTS };

static const char columns[] = "number INTEGER, id TEXT, type TEXT, name TEXT, documents INTEGER, "
                              "mentions INTEGER, events INTEGER";

enum { S_NUMBER, S_FROM, S_TO, S_ID, S_NAME };

static const struct stm_sql_slot slots[] = {
    {NUMBER, STM_SQL_EQ, STM_SQL_INTEGER, "number"},
    {NUMBER, STM_SQL_LOW, STM_SQL_INTEGER, "number range"},
    {NUMBER, STM_SQL_HIGH, STM_SQL_INTEGER, "number range"},
    {ID, STM_SQL_EQ, STM_SQL_TEXT, "id"},
    {NAME, STM_SQL_EQ, STM_SQL_TEXT, "name"},
};

enum { BY_NUMBER, BY_ID, BY_NAME, ALL };

static const struct stm_sql_way ways[] = {
    {NULL, STM_SQL_SLOT(S_NUMBER), 0},
    {NULL, STM_SQL_SLOT(S_ID), 0},
    {NULL, STM_SQL_SLOT(S_NAME), 0},
    {NULL, 0, STM_SQL_SLOT(S_FROM) | STM_SQL_SLOT(S_TO)},
};

enum { ORDER_NONE, ORDER_UP, ORDER_DOWN };

/* Of more namesakes than the library looks at, all entities are looked at. */
#define NAMESAKES 256u

struct cursor {
    struct stm_sql_cursor shared;
    struct stm_sql_numbers range;
    bool down;
    uint32_t number;
    bool got;
    stemma_entity entity;
    uint32_t at, count; /* of the namesakes */
    uint32_t namesakes[NAMESAKES];
};

static stemma_status estimate(struct stm_sql_guess *guess, stemma_error *error)
{
    (void)error;
    guess->unique = guess->way == BY_NUMBER || guess->way == BY_ID;
    if (guess->way == ALL) {
        guess->rows = stm_sql_guess_numbers(guess, S_NUMBER, guess->base->counts.entities);
        guess->cost = 2 + guess->rows * 1.5;
    } else {
        guess->rows = guess->way == BY_NAME ? 2 : 1;
        guess->cost = guess->way == BY_NUMBER ? 2 : 4;
    }
    return STEMMA_OK;
}

static unsigned order(const struct stm_sql_guess *guess, const struct stm_sql_order *wanted)
{
    bool down = wanted->by[0].descending;
    if (guess->way != ALL) {
        return 0;
    }
    if (wanted->by[0].column == NUMBER) {
        return down ? ORDER_DOWN : ORDER_UP;
    }
    /* Entities are numbered by falling mentions, of the whole file. */
    if (wanted->by[0].column != MENTIONS || stm_sql_is_dated(guess->base) ||
        (wanted->count > 1 &&
         (wanted->by[1].column != NUMBER || wanted->by[1].descending == down))) {
        return 0;
    }
    return down ? ORDER_UP : ORDER_DOWN;
}

static bool limits(const struct stm_sql_guess *guess)
{
    return guess->way == ALL && !stm_sql_is_dated(guess->base);
}

/* The namesakes of a name; false when all entities must be looked at. */
static stemma_status look_up(struct cursor *self, sqlite3_value *value, bool *found)
{
    stemma_text name;
    char folded[STEMMA_NAME_KEY_SIZE];
    size_t size = 0;
    *found = false;
    if (sqlite3_value_type(value) == SQLITE_NULL) {
        *found = true;
        return STEMMA_END;
    }
    /* A number may be compared as a text or as a number. A name of which nothing is left when it is
       folded, or not all of it is read, is not in the index. */
    if (!stm_sql_value_text(value, &name) || name.size > STEMMA_NAME_READ ||
        stm_sql_is_dated(self->shared.base) ||
        stemma_name_fold(name, folded, sizeof folded, &size) != STEMMA_OK || size == 0) {
        return STEMMA_OK;
    }
    stemma_status status =
        stemma_entity_by_name(self->shared.list, name, self->namesakes, NAMESAKES, &self->count,
                              &self->shared.error);
    *found = self->count < NAMESAKES;
    self->count = *found ? self->count : 0;
    return status;
}

static stemma_status filter(struct stm_sql_cursor *cursor, const struct stm_sql_plan *plan)
{
    struct cursor *self = (struct cursor *)cursor;
    stemma_status status = stm_sql_need(cursor, &cursor->list);
    uint32_t number = 0;
    self->range = stm_sql_plan_numbers(plan, S_NUMBER, cursor->base->counts.entities);
    self->down = plan->order == ORDER_DOWN;
    self->at = self->count = 0;
    if (plan->offset > 0) {
        int64_t count =
            stm_sql_none(&self->range) ? 0 : self->range.last - self->range.first + 1;
        int64_t step = plan->offset < count ? plan->offset : count;
        self->range.first += self->down ? 0 : step;
        self->range.last -= self->down ? step : 0;
    }
    if (status == STEMMA_OK && plan->way == BY_ID) {
        status = stm_sql_resolve(cursor, plan->value[S_ID], STEMMA_REFERENCE_ENTITY, &number);
        self->range = (struct stm_sql_numbers){number, number};
    }
    if (status == STEMMA_OK && plan->way == BY_NAME) {
        bool found = false;
        status = look_up(self, plan->value[S_NAME], &found);
        if (found) {
            self->range = (struct stm_sql_numbers){1, 0};
        }
    }
    return status;
}

static stemma_status get(struct cursor *self)
{
    if (self->got) {
        return STEMMA_OK;
    }
    stemma_status status =
        stemma_entity_get(self->shared.item, self->number, &self->entity, &self->shared.error);
    self->got = status == STEMMA_OK;
    return status;
}

static stemma_status next(struct stm_sql_cursor *cursor)
{
    struct cursor *self = (struct cursor *)cursor;
    self->got = false;
    if (self->at < self->count) {
        self->number = self->namesakes[self->at++];
    } else if (stm_sql_none(&self->range)) {
        return STEMMA_END;
    } else {
        self->number = (uint32_t)(self->down ? self->range.last-- : self->range.first++);
    }
    return stm_sql_is_dated(cursor->base) ? get(self) : STEMMA_OK;
}

static stemma_status column(struct stm_sql_cursor *cursor, sqlite3_context *context, int number)
{
    struct cursor *self = (struct cursor *)cursor;
    stemma_text name;
    stemma_status status;
    switch (number) {
    case NUMBER: stm_sql_number(context, self->number); return STEMMA_OK;
    case ID: return stm_sql_id(cursor, context, STEMMA_REFERENCE_ENTITY, self->number);
    case NAME:
        status = stemma_entity_label(cursor->item, self->number, &name, &cursor->error);
        if (status == STEMMA_OK) {
            stm_sql_text(context, name);
        }
        return status;
    default: break;
    }
    status = get(self);
    if (status != STEMMA_OK) {
        return status;
    }
    switch (number) {
    case TYPE: stm_sql_text(context, self->entity.type); break;
    case DOCUMENTS: stm_sql_number(context, self->entity.documents); break;
    case MENTIONS: stm_sql_number(context, self->entity.mentions); break;
    default: stm_sql_number(context, self->entity.events); break;
    }
    return STEMMA_OK;
}

static int64_t rowid(struct stm_sql_cursor *cursor)
{
    return ((struct cursor *)cursor)->number;
}

const struct stm_sql_table stm_sql_entity = {
    .name = "entity", .columns = columns,
    .slots = slots, .slot_count = sizeof slots / sizeof slots[0],
    .ways = ways, .way_count = sizeof ways / sizeof ways[0],
    .cursor_size = sizeof(struct cursor), .numbered = true,
    .estimate = estimate, .order = order, .limits = limits,
    .filter = filter, .next = next, .column = column, .rowid = rowid,
};
