/* SPDX-License-Identifier: MIT */
/* mention: a place in a text that names or refers. */
#include "sql/walk.h"

enum { DOCUMENT, REFERENT, ENTITY, EVENT, KIND, CANONICAL, START, END, TEXT };

static const char columns[] =
    "document INTEGER, referent INTEGER, entity INTEGER, event INTEGER, kind TEXT, "
    "canonical INTEGER, start INTEGER, end INTEGER, text TEXT";

enum { S_DOCUMENT, S_FROM, S_TO, S_REFERENT };

static const struct stm_sql_slot slots[] = {
    {DOCUMENT, STM_SQL_EQ, STM_SQL_INTEGER, "document"},
    {DOCUMENT, STM_SQL_LOW, STM_SQL_INTEGER, "document range"},
    {DOCUMENT, STM_SQL_HIGH, STM_SQL_INTEGER, "document range"},
    {REFERENT, STM_SQL_EQ, STM_SQL_INTEGER, "referent"},
};

enum { BY_REFERENT, BY_DOCUMENT, ALL };

static const struct stm_sql_way ways[] = {
    {NULL, STM_SQL_SLOT(S_REFERENT), 0},
    {NULL, STM_SQL_SLOT(S_DOCUMENT), 0},
    {NULL, 0, STM_SQL_SLOT(S_FROM) | STM_SQL_SLOT(S_TO)},
};

struct cursor {
    struct stm_sql_cursor shared;
    struct stm_sql_walk walk;
    uint32_t referent; /* the only one, or STEMMA_NONE */
    uint32_t next;
};

static stemma_status estimate(struct stm_sql_guess *guess, stemma_error *error)
{
    double each = stm_sql_each_document(guess->base, guess->base->counts.mentions);
    (void)error;
    guess->rows = guess->way == BY_REFERENT   ? 2
                  : guess->way == BY_DOCUMENT ? each
                                              : each * stm_sql_guess_numbers(guess, S_DOCUMENT,
                                                                      guess->base->documents);
    guess->cost = 20 + 2 * guess->rows;
    return STEMMA_OK;
}

static unsigned order(const struct stm_sql_guess *guess, const struct stm_sql_order *wanted)
{
    (void)guess;
    return wanted->by[0].column == DOCUMENT && !wanted->by[0].descending &&
           (wanted->count == 1 || (wanted->count == 2 && wanted->by[1].column == START &&
                                   !wanted->by[1].descending));
}

static stemma_status filter(struct stm_sql_cursor *cursor, const struct stm_sql_plan *plan)
{
    struct cursor *self = (struct cursor *)cursor;
    struct stm_sql_numbers documents =
        stm_sql_plan_numbers(plan, S_DOCUMENT, cursor->base->documents);
    self->referent = STEMMA_NONE;
    self->next = 0;
    if (plan->way == BY_REFERENT) {
        struct stm_sql_numbers place = {0, INT64_MAX};
        stm_sql_narrow(&place, plan->value[S_REFERENT], STM_SQL_EQ, false);
        if (stm_sql_none(&place) || (uint32_t)place.first == STEMMA_NONE ||
            place.first >> 32 >= cursor->base->documents) {
            return STEMMA_END;
        }
        documents.first = documents.last = place.first >> 32;
        self->referent = (uint32_t)place.first;
    }
    stm_sql_walk_begin(&self->walk, &documents);
    return STEMMA_OK;
}

static stemma_status next(struct stm_sql_cursor *cursor)
{
    struct cursor *self = (struct cursor *)cursor;
    for (;;) {
        while (self->walk.begun && self->next < self->walk.document.mention_count) {
            const stemma_mention *mention = &self->walk.document.mentions[self->next++];
            if (self->referent == STEMMA_NONE || mention->referent == self->referent) {
                return STEMMA_OK;
            }
        }
        stemma_status status = stm_sql_walk_next(cursor, &self->walk);
        if (status != STEMMA_OK) {
            return status;
        }
        self->next = 0;
    }
}

static stemma_status column(struct stm_sql_cursor *cursor, sqlite3_context *context, int number)
{
    struct cursor *self = (struct cursor *)cursor;
    struct stm_sql_walk *walk = &self->walk;
    const stemma_mention *mention = &walk->document.mentions[self->next - 1];
    switch (number) {
    case DOCUMENT: stm_sql_number(context, walk->number); break;
    case REFERENT:
        if (mention->referent != STEMMA_NONE) {
            sqlite3_result_int64(context, stm_sql_place(walk->number, mention->referent));
        }
        break;
    case ENTITY:
        return stm_sql_member(cursor, context, walk->number, mention->referent,
                              STEMMA_REFERENCE_ENTITY);
    case EVENT:
        return stm_sql_member(cursor, context, walk->number, mention->referent,
                              STEMMA_REFERENCE_EVENT);
    case KIND: stm_sql_word(context, STM_ENUM_MENTION_KIND, mention->kind, true); break;
    case CANONICAL: stm_sql_number(context, mention->canonical); break;
    case START: return stm_sql_walk_offset(cursor, walk, context, mention->spans[0].start);
    case END:
        return stm_sql_walk_offset(cursor, walk, context,
                                   mention->spans[mention->span_count - 1].end);
    default:
        return stm_sql_walk_words(cursor, walk, context, mention->spans, mention->span_count);
    }
    return STEMMA_OK;
}

static int64_t rowid(struct stm_sql_cursor *cursor)
{
    const struct cursor *self = (const struct cursor *)cursor;
    return stm_sql_place(self->walk.number, self->next - 1);
}

static void end_walk(struct stm_sql_cursor *cursor)
{
    stm_sql_walk_end(&((struct cursor *)cursor)->walk);
}

const struct stm_sql_table stm_sql_mention = {
    .name = "mention", .columns = columns,
    .slots = slots, .slot_count = sizeof slots / sizeof slots[0],
    .ways = ways, .way_count = sizeof ways / sizeof ways[0],
    .cursor_size = sizeof(struct cursor),
    .estimate = estimate, .order = order,
    .filter = filter, .next = next, .column = column, .rowid = rowid, .close = end_walk,
};
