/* SPDX-License-Identifier: MIT */
/* witness: which assertions of which documents stand behind a claim. */
#include "sql/walk.h"

enum { CLAIM, DOCUMENT, ASSERTION };

static const char columns[] = "claim INTEGER, document INTEGER, assertion INTEGER";

enum { S_CLAIM, S_FROM, S_TO, S_DOCUMENT, S_ASSERTION };

static const struct stm_sql_slot slots[] = {
    {CLAIM, STM_SQL_EQ, STM_SQL_INTEGER, "claim"},
    {CLAIM, STM_SQL_LOW, STM_SQL_INTEGER, "claim range"},
    {CLAIM, STM_SQL_HIGH, STM_SQL_INTEGER, "claim range"},
    {DOCUMENT, STM_SQL_EQ, STM_SQL_INTEGER, "document"},
    {ASSERTION, STM_SQL_EQ, STM_SQL_INTEGER, "assertion"},
};

#define RANGE (STM_SQL_SLOT(S_FROM) | STM_SQL_SLOT(S_TO))

enum { BY_CLAIM, BY_DOCUMENT, BY_ASSERTION, ALL };

static const struct stm_sql_way ways[] = {
    {NULL, STM_SQL_SLOT(S_CLAIM), 0},
    {NULL, STM_SQL_SLOT(S_DOCUMENT), 0},
    {NULL, STM_SQL_SLOT(S_ASSERTION), 0},
    {NULL, 0, RANGE},
};

struct cursor {
    struct stm_sql_cursor shared;
    unsigned way;
    struct stm_sql_numbers range; /* claims to come */
    struct stm_sql_walk walk;
    stemma_claim claim;
    uint32_t at; /* witness at hand, plus one */
    stemma_witness witness;
    uint32_t number; /* of the claim */
};

static stemma_status estimate(struct stm_sql_guess *guess, stemma_error *error)
{
    const stemma_counts *counts = &guess->base->counts;
    double each =
        counts->claims != 0 ? (double)counts->assertions / (double)counts->claims : 1;
    (void)error;
    guess->unique = guess->way == BY_ASSERTION;
    guess->rows = guess->way == BY_ASSERTION ? 1
                  : guess->way == BY_DOCUMENT
                      ? stm_sql_each_document(guess->base, counts->assertions)
                      : each * stm_sql_guess_numbers(guess, S_CLAIM, counts->claims);
    guess->cost = (guess->way == BY_CLAIM || guess->way == ALL ? 4 : 20) + 3 * guess->rows;
    return STEMMA_OK;
}

static unsigned order(const struct stm_sql_guess *guess, const struct stm_sql_order *wanted)
{
    return (guess->way == BY_CLAIM || guess->way == ALL) && !wanted->by[0].descending &&
           wanted->by[0].column == CLAIM &&
           (wanted->count == 1 ||
            (wanted->by[1].column == ASSERTION && !wanted->by[1].descending));
}

static stemma_status filter(struct stm_sql_cursor *cursor, const struct stm_sql_plan *plan)
{
    struct cursor *self = (struct cursor *)cursor;
    struct stm_sql_numbers documents = {0, (int64_t)cursor->base->documents - 1};
    self->way = plan->way;
    self->range = stm_sql_plan_numbers(plan, S_CLAIM, cursor->base->counts.claims);
    self->claim.witness_count = self->at = 0;
    if (plan->way == BY_ASSERTION) {
        return stm_sql_walk_one(cursor, &self->walk, plan->value[S_ASSERTION]);
    }
    if (plan->way == BY_DOCUMENT) {
        stm_sql_narrow(&documents, plan->value[S_DOCUMENT], STM_SQL_EQ, false);
        stm_sql_walk_begin(&self->walk, &documents);
    }
    return stm_sql_need(cursor, &cursor->list);
}

static stemma_status next_walked(struct cursor *self)
{
    stemma_status status = stm_sql_walk_assertion(&self->shared, &self->walk);
    if (status == STEMMA_OK) {
        self->witness = (stemma_witness){self->walk.number, self->walk.ordinal};
        status = stemma_claim_of(self->shared.item, self->witness, &self->number,
                                 &self->shared.error);
    }
    return status == STEMMA_NOT_FOUND ? STEMMA_E_DAMAGED : status;
}

static stemma_status next(struct stm_sql_cursor *cursor)
{
    struct cursor *self = (struct cursor *)cursor;
    if (self->way == BY_DOCUMENT || self->way == BY_ASSERTION) {
        return next_walked(self);
    }
    cursor->rows = 0; /* the item holds the claim */
    while (self->at >= self->claim.witness_count) {
        if (stm_sql_none(&self->range)) {
            return STEMMA_END;
        }
        stemma_snapshot_reset(cursor->item);
        self->number = (uint32_t)self->range.first++;
        self->at = 0;
        stemma_status status =
            stemma_claim_get(cursor->item, self->number, &self->claim, &cursor->error);
        if (status != STEMMA_OK) {
            self->claim.witness_count = 0;
        }
        if (status != STEMMA_OK && status != STEMMA_NOT_FOUND) {
            return status;
        }
    }
    self->witness = self->claim.witnesses[self->at++];
    return STEMMA_OK;
}

static stemma_status column(struct stm_sql_cursor *cursor, sqlite3_context *context, int number)
{
    const struct cursor *self = (const struct cursor *)cursor;
    if (number == ASSERTION) {
        sqlite3_result_int64(context,
                             stm_sql_place(self->witness.document, self->witness.assertion));
    } else {
        stm_sql_number(context, number == CLAIM ? self->number : self->witness.document);
    }
    return STEMMA_OK;
}

/* An assertion is a witness of one claim. */
static int64_t rowid(struct stm_sql_cursor *cursor)
{
    const struct cursor *self = (const struct cursor *)cursor;
    return stm_sql_place(self->witness.document, self->witness.assertion);
}

static void end_walk(struct stm_sql_cursor *cursor)
{
    stm_sql_walk_end(&((struct cursor *)cursor)->walk);
}

const struct stm_sql_table stm_sql_witness = {
    .name = "witness", .columns = columns,
    .slots = slots, .slot_count = sizeof slots / sizeof slots[0],
    .ways = ways, .way_count = sizeof ways / sizeof ways[0],
    .cursor_size = sizeof(struct cursor),
    .estimate = estimate, .order = order,
    .filter = filter, .next = next, .column = column, .rowid = rowid, .close = end_walk,
};
