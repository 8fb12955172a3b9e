/* SPDX-License-Identifier: MIT */
/* judgement and derivation: conclusions about testimony. */
#include "sql/walk.h"

/* ---- judgement ---- */

enum { NUMBER, LEFT, RIGHT, VERDICT, SCORE, RUN, AUTHOR, CREATED, RETRACTED, REASON };

static const char columns[] =
    "number INTEGER, left_referent INTEGER, right_referent INTEGER, verdict TEXT, score REAL, "
    "run INTEGER, author TEXT, created TEXT, retracted TEXT, reason TEXT";

static const struct stm_sql_slot slots[] = {
    {NUMBER, STM_SQL_EQ, STM_SQL_INTEGER, "number"},
    {NUMBER, STM_SQL_LOW, STM_SQL_INTEGER, "number range"},
    {NUMBER, STM_SQL_HIGH, STM_SQL_INTEGER, "number range"},
};

static const struct stm_sql_way ways[] = {
    {NULL, STM_SQL_SLOT(0), 0},
    {NULL, 0, STM_SQL_SLOT(1) | STM_SQL_SLOT(2)},
};

struct cursor {
    struct stm_sql_cursor shared;
    struct stm_sql_numbers range;
    uint32_t number;
    stemma_judgement judgement;
};

static stemma_status estimate(struct stm_sql_guess *guess, stemma_error *error)
{
    (void)error;
    guess->unique = guess->way == 0;
    guess->rows =
        guess->unique ? 1 : stm_sql_guess_numbers(guess, 0, guess->base->counts.judgements);
    guess->cost = 2 + 2 * guess->rows;
    return STEMMA_OK;
}

static unsigned order(const struct stm_sql_guess *guess, const struct stm_sql_order *wanted)
{
    (void)guess;
    return wanted->by[0].column == NUMBER && !wanted->by[0].descending;
}

static stemma_status filter(struct stm_sql_cursor *cursor, const struct stm_sql_plan *plan)
{
    struct cursor *self = (struct cursor *)cursor;
    self->range = stm_sql_plan_numbers(plan, 0, cursor->base->counts.judgements);
    return STEMMA_OK;
}

static stemma_status next(struct stm_sql_cursor *cursor)
{
    struct cursor *self = (struct cursor *)cursor;
    if (stm_sql_none(&self->range)) {
        return STEMMA_END;
    }
    self->number = (uint32_t)self->range.first++;
    return stemma_judgement_get(cursor->item, self->number, &self->judgement, &cursor->error);
}

static stemma_status column(struct stm_sql_cursor *cursor, sqlite3_context *context, int number)
{
    const struct cursor *self = (const struct cursor *)cursor;
    const stemma_judgement *judgement = &self->judgement;
    switch (number) {
    case NUMBER: stm_sql_number(context, self->number); break;
    case LEFT:
        sqlite3_result_int64(context, stm_sql_place(judgement->left.document,
                                                    judgement->left.referent));
        break;
    case RIGHT:
        sqlite3_result_int64(context, stm_sql_place(judgement->right.document,
                                                    judgement->right.referent));
        break;
    case VERDICT: stm_sql_word(context, STM_ENUM_VERDICT, judgement->verdict, false); break;
    case SCORE: stm_sql_score(context, judgement->score); break;
    case RUN: stm_sql_number(context, judgement->run); break;
    case AUTHOR: stm_sql_text(context, judgement->author); break;
    case CREATED: stm_sql_text(context, judgement->created); break;
    case RETRACTED: stm_sql_text(context, judgement->retracted); break;
    default: stm_sql_text(context, judgement->reason); break;
    }
    return STEMMA_OK;
}

static int64_t rowid(struct stm_sql_cursor *cursor)
{
    return ((struct cursor *)cursor)->number;
}

const struct stm_sql_table stm_sql_judgement = {
    .name = "judgement", .columns = columns,
    .slots = slots, .slot_count = sizeof slots / sizeof slots[0],
    .ways = ways, .way_count = sizeof ways / sizeof ways[0],
    .cursor_size = sizeof(struct cursor), .numbered = true,
    .estimate = estimate, .order = order,
    .filter = filter, .next = next, .column = column, .rowid = rowid,
};

/* ---- derivation ---- */

enum { D_DOCUMENT, D_ORIGINAL, D_KIND, D_SCORE, D_RUN, D_AUTHOR, D_RETRACTED };

static const char derived_columns[] =
    "document INTEGER, original INTEGER, kind TEXT, score REAL, run INTEGER, author TEXT, "
    "retracted TEXT";

static const struct stm_sql_slot derived_slots[] = {
    {D_DOCUMENT, STM_SQL_EQ, STM_SQL_INTEGER, "document"},
    {D_DOCUMENT, STM_SQL_LOW, STM_SQL_INTEGER, "document range"},
    {D_DOCUMENT, STM_SQL_HIGH, STM_SQL_INTEGER, "document range"},
};

struct derived {
    struct stm_sql_cursor shared;
    struct stm_sql_numbers range;
    uint32_t document;
    const stemma_derivation *derivations; /* in `document` */
    uint32_t at, count;                   /* at hand, plus one */
};

static stemma_status guess_derived(struct stm_sql_guess *guess, stemma_error *error)
{
    double each = stm_sql_each_document(guess->base, guess->base->counts.derivations);
    double documents = guess->way == 0
                           ? 1
                           : stm_sql_guess_numbers(guess, 0, guess->base->documents);
    (void)error;
    guess->rows = each * documents;
    guess->cost = 2 + 2 * documents;
    return STEMMA_OK;
}

static unsigned order_derived(const struct stm_sql_guess *guess, const struct stm_sql_order *wanted)
{
    (void)guess;
    return wanted->by[0].column == D_DOCUMENT && !wanted->by[0].descending &&
           (wanted->count == 1 || (wanted->count == 2 && wanted->by[1].column == D_ORIGINAL &&
                                   !wanted->by[1].descending));
}

static stemma_status filter_derived(struct stm_sql_cursor *cursor, const struct stm_sql_plan *plan)
{
    struct derived *self = (struct derived *)cursor;
    self->range = stm_sql_plan_numbers(plan, 0, cursor->base->documents);
    self->at = self->count = 0;
    return stm_sql_need(cursor, &cursor->document);
}

static stemma_status next_derived(struct stm_sql_cursor *cursor)
{
    struct derived *self = (struct derived *)cursor;
    while (self->at >= self->count) {
        if (stm_sql_none(&self->range)) {
            return STEMMA_END;
        }
        self->document = (uint32_t)self->range.first++;
        self->at = self->count = 0;
        stemma_snapshot_reset(cursor->document);
        stemma_status status = stemma_derivations_of(cursor->document, self->document,
                                                     &self->derivations, &self->count,
                                                     &cursor->error);
        if (status != STEMMA_OK && status != STEMMA_NOT_FOUND) {
            return status;
        }
    }
    self->at++;
    return STEMMA_OK;
}

static stemma_status derived_column(struct stm_sql_cursor *cursor, sqlite3_context *context,
                                    int number)
{
    const struct derived *self = (const struct derived *)cursor;
    const stemma_derivation *derivation = &self->derivations[self->at - 1];
    switch (number) {
    case D_DOCUMENT: stm_sql_number(context, self->document); break;
    case D_ORIGINAL: stm_sql_number(context, derivation->to); break;
    case D_KIND: stm_sql_word(context, STM_ENUM_DERIVATION_KIND, derivation->kind, false); break;
    case D_SCORE: stm_sql_score(context, derivation->score); break;
    case D_RUN: stm_sql_number(context, derivation->run); break;
    case D_AUTHOR: stm_sql_text(context, derivation->author); break;
    default: stm_sql_text(context, derivation->retracted); break;
    }
    return STEMMA_OK;
}

static int64_t derived_rowid(struct stm_sql_cursor *cursor)
{
    const struct derived *self = (const struct derived *)cursor;
    return stm_sql_place(self->document, self->at - 1);
}

const struct stm_sql_table stm_sql_derivation = {
    .name = "derivation", .columns = derived_columns,
    .slots = derived_slots, .slot_count = sizeof derived_slots / sizeof derived_slots[0],
    .ways = ways, .way_count = sizeof ways / sizeof ways[0],
    .cursor_size = sizeof(struct derived),
    .estimate = guess_derived, .order = order_derived,
    .filter = filter_derived, .next = next_derived, .column = derived_column,
    .rowid = derived_rowid,
};
