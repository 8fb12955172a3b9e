/* SPDX-License-Identifier: MIT */
/* name: what entities are called. */
#include "sql/table.h"

enum { ENTITY, TEXT, KIND, DOCUMENTS };

static const char columns[] = "entity INTEGER, text TEXT, kind TEXT, documents INTEGER";

enum { S_ENTITY, S_FROM, S_TO, S_ALIKE };

static const struct stm_sql_slot slots[] = {
    {ENTITY, STM_SQL_EQ, STM_SQL_INTEGER, "entity"},
    {ENTITY, STM_SQL_LOW, STM_SQL_INTEGER, "entity range"},
    {ENTITY, STM_SQL_HIGH, STM_SQL_INTEGER, "entity range"},
    {TEXT, STM_SQL_MATCH, STM_SQL_INPUT, "text but for case, marks and script"},
};

enum { BY_ENTITY, BY_TEXT, ALL };

static const struct stm_sql_way ways[] = {
    {NULL, STM_SQL_SLOT(S_ENTITY), 0},
    {NULL, STM_SQL_SLOT(S_ALIKE), 0},
    {NULL, 0, STM_SQL_SLOT(S_FROM) | STM_SQL_SLOT(S_TO)},
};

#define NAMESAKES 512u

struct cursor {
    struct stm_sql_cursor shared;
    struct stm_sql_numbers range;
    uint32_t number;
    uint32_t name; /* at hand, plus one */
    stemma_entity entity;
    bool alike; /* only names that fold to `key` */
    char key[STEMMA_NAME_KEY_SIZE];
    size_t key_size;
    uint32_t at, count; /* of the namesakes */
    uint32_t namesakes[NAMESAKES];
};

static stemma_status estimate(struct stm_sql_guess *guess, stemma_error *error)
{
    (void)error;
    double each = guess->base->counts.entities != 0
                      ? (double)guess->base->counts.names / (double)guess->base->counts.entities
                      : 1;
    guess->rows = guess->way == BY_TEXT ? 2
                  : guess->way == BY_ENTITY
                      ? each
                      : each * stm_sql_guess_numbers(guess, S_ENTITY, guess->base->counts.entities);
    guess->cost = 3 + guess->rows * 1.5;
    return STEMMA_OK;
}

static unsigned order(const struct stm_sql_guess *guess, const struct stm_sql_order *wanted)
{
    return guess->way != BY_TEXT && wanted->count == 1 && wanted->by[0].column == ENTITY &&
           !wanted->by[0].descending;
}

static stemma_status look_up(struct cursor *self, sqlite3_value *value)
{
    stemma_text text = {(const char *)sqlite3_value_text(value), 0};
    text.size = text.data != NULL ? (size_t)sqlite3_value_bytes(value) : 0;
    self->alike = true;
    self->range = (struct stm_sql_numbers){1, 0};
    if (stemma_name_fold(text, self->key, sizeof self->key, &self->key_size) != STEMMA_OK ||
        self->key_size == 0) {
        return STEMMA_END;
    }
    return stemma_entity_by_name(self->shared.list, text, self->namesakes, NAMESAKES, &self->count,
                                 &self->shared.error);
}

static stemma_status filter(struct stm_sql_cursor *cursor, const struct stm_sql_plan *plan)
{
    struct cursor *self = (struct cursor *)cursor;
    stemma_status status = stm_sql_need(cursor, &cursor->list);
    self->range = stm_sql_plan_numbers(plan, S_ENTITY, cursor->base->counts.entities);
    self->at = self->count = self->name = 0;
    self->alike = false;
    self->entity.name_count = 0;
    return status == STEMMA_OK && plan->way == BY_TEXT ? look_up(self, plan->value[S_ALIKE])
                                                       : status;
}

static bool is_wanted(const struct cursor *self, stemma_text name)
{
    char key[STEMMA_NAME_KEY_SIZE];
    size_t size = 0;
    return !self->alike || (stemma_name_fold(name, key, sizeof key, &size) == STEMMA_OK &&
                            size == self->key_size && memcmp(key, self->key, size) == 0);
}

static stemma_status next_entity(struct cursor *self)
{
    if (self->at < self->count) {
        self->number = self->namesakes[self->at++];
    } else if (stm_sql_none(&self->range)) {
        return STEMMA_END;
    } else {
        self->number = (uint32_t)self->range.first++;
    }
    self->name = 0;
    self->entity.name_count = 0;
    stemma_snapshot_reset(self->shared.item);
    stemma_status status =
        stemma_entity_get(self->shared.item, self->number, &self->entity, &self->shared.error);
    return status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
}

static stemma_status next(struct stm_sql_cursor *cursor)
{
    struct cursor *self = (struct cursor *)cursor;
    cursor->rows = 0; /* the item holds the entity */
    for (;;) {
        while (self->name < self->entity.name_count) {
            if (is_wanted(self, self->entity.names[self->name++].text)) {
                return STEMMA_OK;
            }
        }
        stemma_status status = next_entity(self);
        if (status != STEMMA_OK) {
            return status;
        }
    }
}

static stemma_status column(struct stm_sql_cursor *cursor, sqlite3_context *context, int number)
{
    const struct cursor *self = (const struct cursor *)cursor;
    const stemma_entity_name *name = &self->entity.names[self->name - 1];
    switch (number) {
    case ENTITY: stm_sql_number(context, self->number); break;
    case TEXT: stm_sql_text(context, name->text); break;
    case KIND: stm_sql_word(context, STM_ENUM_NAME_KIND, name->kind, true); break;
    default: stm_sql_number(context, name->documents); break;
    }
    return STEMMA_OK;
}

static int64_t rowid(struct stm_sql_cursor *cursor)
{
    const struct cursor *self = (const struct cursor *)cursor;
    return (int64_t)self->number << 31 | (self->name - 1);
}

const struct stm_sql_table stm_sql_name = {
    .name = "name", .columns = columns,
    .slots = slots, .slot_count = sizeof slots / sizeof slots[0],
    .ways = ways, .way_count = sizeof ways / sizeof ways[0],
    .cursor_size = sizeof(struct cursor),
    .estimate = estimate, .order = order,
    .filter = filter, .next = next, .column = column, .rowid = rowid,
};
