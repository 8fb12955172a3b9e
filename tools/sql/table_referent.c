/* SPDX-License-Identifier: MIT */
/* referent: one thing or happening as one document speaks of it. */
#include "sql/walk.h"

enum { NUMBER, DOCUMENT, ORDINAL, KIND, TYPE, NAME, ENTITY, EVENT };

static const char columns[] = "number INTEGER, document INTEGER, ordinal INTEGER, kind TEXT, "
                              "type TEXT, name TEXT, entity INTEGER, event INTEGER";

enum { S_NUMBER, S_DOCUMENT, S_FROM, S_TO, S_ENTITY, S_EVENT };

static const struct stm_sql_slot slots[] = {
    {NUMBER, STM_SQL_EQ, STM_SQL_INTEGER, "number"},
    {DOCUMENT, STM_SQL_EQ, STM_SQL_INTEGER, "document"},
    {DOCUMENT, STM_SQL_LOW, STM_SQL_INTEGER, "document range"},
    {DOCUMENT, STM_SQL_HIGH, STM_SQL_INTEGER, "document range"},
    {ENTITY, STM_SQL_EQ, STM_SQL_INTEGER, "entity"},
    {EVENT, STM_SQL_EQ, STM_SQL_INTEGER, "event"},
};

enum { BY_NUMBER, BY_ENTITY, BY_EVENT, BY_DOCUMENT, ALL };

static const struct stm_sql_way ways[] = {
    {NULL, STM_SQL_SLOT(S_NUMBER), 0},
    {NULL, STM_SQL_SLOT(S_ENTITY), 0},
    {NULL, STM_SQL_SLOT(S_EVENT), 0},
    {NULL, STM_SQL_SLOT(S_DOCUMENT), 0},
    {NULL, 0, STM_SQL_SLOT(S_FROM) | STM_SQL_SLOT(S_TO)},
};

struct cursor {
    struct stm_sql_cursor shared;
    struct stm_sql_walk walk;
    bool listed; /* by members, else by documents */
    const stemma_referent_id *members; /* in `list` */
    uint32_t at, count;
    uint32_t ordinal; /* at hand */
    uint32_t next;
};

static stemma_status estimate(struct stm_sql_guess *guess, stemma_error *error)
{
    const stemma_counts *counts = &guess->base->counts;
    double things = (double)(counts->entities + counts->events);
    double each = stm_sql_each_document(guess->base, counts->referents);
    (void)error;
    guess->unique = guess->way == BY_NUMBER;
    switch (guess->way) {
    case BY_NUMBER: guess->rows = 1; break;
    case BY_ENTITY:
    case BY_EVENT: guess->rows = things > 0 ? (double)counts->referents / things : 1; break;
    case BY_DOCUMENT: guess->rows = each; break;
    default:
        guess->rows =
            each * stm_sql_guess_numbers(guess, S_DOCUMENT, guess->base->documents);
        break;
    }
    guess->cost = 20 + 2 * guess->rows + (guess->way == BY_ENTITY ? 10 * guess->rows : 0);
    return STEMMA_OK;
}

static unsigned order(const struct stm_sql_guess *guess, const struct stm_sql_order *wanted)
{
    unsigned at = wanted->by[0].column == DOCUMENT && !wanted->by[0].descending ? 1 : 0;
    if (guess->way == BY_NUMBER) {
        return 0;
    }
    return at == wanted->count ||
           (!wanted->by[at].descending &&
            (wanted->by[at].column == NUMBER || (at == 1 && wanted->by[at].column == ORDINAL)));
}

static stemma_status by_members(struct cursor *self, sqlite3_value *value, uint8_t kind)
{
    const stemma_counts *counts = &self->shared.base->counts;
    struct stm_sql_numbers numbers = {
        0, (int64_t)(kind == STEMMA_REFERENCE_EVENT ? counts->events : counts->entities) - 1};
    stm_sql_narrow(&numbers, value, STM_SQL_EQ, false);
    self->listed = true;
    if (stm_sql_none(&numbers)) {
        return STEMMA_END;
    }
    stemma_reference of = {kind, (uint32_t)numbers.first};
    stemma_status status = stm_sql_need(&self->shared, &self->shared.list);
    if (status == STEMMA_OK) {
        status = stemma_members(self->shared.list, of, &self->members, &self->count,
                                &self->shared.error);
    }
    return status == STEMMA_NOT_FOUND ? STEMMA_END : status;
}

static uint32_t referents_of(const stemma_document *document)
{
    return document->referent_count + document->row_count;
}

static stemma_status by_number(struct cursor *self, sqlite3_value *value)
{
    struct stm_sql_numbers place = {0, INT64_MAX};
    stm_sql_narrow(&place, value, STM_SQL_EQ, false);
    self->walk.documents = (struct stm_sql_numbers){1, 0};
    self->listed = true;
    if (stm_sql_none(&place) || place.first >> 32 >= self->shared.base->documents) {
        return STEMMA_END;
    }
    stemma_status status =
        stm_sql_walk_load(&self->shared, &self->walk, (uint32_t)(place.first >> 32));
    if (status != STEMMA_OK || (uint32_t)place.first >= referents_of(&self->walk.document)) {
        return status != STEMMA_OK ? status : STEMMA_END;
    }
    self->listed = false;
    self->walk.begun = true;
    self->next = (uint32_t)place.first;
    self->count = self->next + 1; /* where to stop */
    return STEMMA_OK;
}

static stemma_status filter(struct stm_sql_cursor *cursor, const struct stm_sql_plan *plan)
{
    struct cursor *self = (struct cursor *)cursor;
    struct stm_sql_numbers documents =
        stm_sql_plan_numbers(plan, S_DOCUMENT, cursor->base->documents);
    stm_sql_walk_begin(&self->walk, &documents);
    self->listed = false;
    self->at = self->count = self->next = 0;
    switch (plan->way) {
    case BY_NUMBER: return by_number(self, plan->value[S_NUMBER]);
    case BY_ENTITY: return by_members(self, plan->value[S_ENTITY], STEMMA_REFERENCE_ENTITY);
    case BY_EVENT: return by_members(self, plan->value[S_EVENT], STEMMA_REFERENCE_EVENT);
    default: return STEMMA_OK;
    }
}

static stemma_status next(struct stm_sql_cursor *cursor)
{
    struct cursor *self = (struct cursor *)cursor;
    if (self->listed) {
        if (self->at >= self->count) {
            return STEMMA_END;
        }
        stemma_referent_id member = self->members[self->at++];
        self->ordinal = member.referent;
        stemma_status status = stm_sql_walk_load(cursor, &self->walk, member.document);
        return status == STEMMA_OK && self->ordinal >= referents_of(&self->walk.document)
                   ? STEMMA_E_DAMAGED
                   : status;
    }
    while (!self->walk.begun || self->next >= self->count) {
        stemma_status status = stm_sql_walk_next(cursor, &self->walk);
        if (status != STEMMA_OK) {
            return status;
        }
        self->next = 0;
        self->count = referents_of(&self->walk.document);
    }
    self->ordinal = self->next++;
    return STEMMA_OK;
}

/* Kind, type and name of a referent that is no row. */
static void explicit_column(const stemma_referent *referent, sqlite3_context *context, int number)
{
    if (number == KIND) {
        stm_sql_word(context, STM_ENUM_REFERENT_KIND, referent->kind, true);
    } else if (number == TYPE) {
        stm_sql_text(context, referent->type);
    } else if (referent->name_count != 0) {
        stm_sql_text(context, referent->names[0].text);
    }
}

static stemma_status row_column(struct cursor *self, sqlite3_context *context, int number)
{
    stemma_row_view row;
    if (number == KIND) {
        stm_sql_word(context, STM_ENUM_REFERENT_KIND, STEMMA_REFERENT_EVENT, true);
    }
    if (number != TYPE) {
        return STEMMA_OK;
    }
    stemma_status status =
        stemma_row_get(self->shared.item, self->walk.number,
                       self->ordinal - self->walk.document.referent_count, &row,
                       &self->shared.error);
    if (status == STEMMA_OK) {
        stm_sql_text(context, row.type);
    }
    return status;
}

static stemma_status column(struct stm_sql_cursor *cursor, sqlite3_context *context, int number)
{
    struct cursor *self = (struct cursor *)cursor;
    const stemma_document *document = &self->walk.document;
    switch (number) {
    case NUMBER:
        sqlite3_result_int64(context, stm_sql_place(self->walk.number, self->ordinal));
        return STEMMA_OK;
    case DOCUMENT: stm_sql_number(context, self->walk.number); return STEMMA_OK;
    case ORDINAL: stm_sql_number(context, self->ordinal); return STEMMA_OK;
    case ENTITY:
        return stm_sql_member(cursor, context, self->walk.number, self->ordinal,
                              STEMMA_REFERENCE_ENTITY);
    case EVENT:
        return stm_sql_member(cursor, context, self->walk.number, self->ordinal,
                              STEMMA_REFERENCE_EVENT);
    default: break;
    }
    if (self->ordinal >= document->referent_count) {
        return row_column(self, context, number);
    }
    explicit_column(&document->referents[self->ordinal], context, number);
    return STEMMA_OK;
}

static int64_t rowid(struct stm_sql_cursor *cursor)
{
    const struct cursor *self = (const struct cursor *)cursor;
    return stm_sql_place(self->walk.number, self->ordinal);
}

static void end_walk(struct stm_sql_cursor *cursor)
{
    stm_sql_walk_end(&((struct cursor *)cursor)->walk);
}

const struct stm_sql_table stm_sql_referent = {
    .name = "referent", .columns = columns,
    .slots = slots, .slot_count = sizeof slots / sizeof slots[0],
    .ways = ways, .way_count = sizeof ways / sizeof ways[0],
    .cursor_size = sizeof(struct cursor), .numbered = true,
    .estimate = estimate, .order = order,
    .filter = filter, .next = next, .column = column, .rowid = rowid, .close = end_walk,
};
