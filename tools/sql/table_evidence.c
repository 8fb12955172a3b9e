/* SPDX-License-Identifier: MIT */
/* evidence: the words of a document that support an assertion. */
#include "sql/walk.h"

enum { ASSERTION, DOCUMENT, PART, START, END, QUOTE };

static const char columns[] =
    "assertion INTEGER, document INTEGER, part TEXT, start INTEGER, end INTEGER, quote TEXT";

enum { S_ASSERTION, S_DOCUMENT, S_FROM, S_TO };

static const struct stm_sql_slot slots[] = {
    {ASSERTION, STM_SQL_EQ, STM_SQL_INTEGER, "assertion"},
    {DOCUMENT, STM_SQL_EQ, STM_SQL_INTEGER, "document"},
    {DOCUMENT, STM_SQL_LOW, STM_SQL_INTEGER, "document range"},
    {DOCUMENT, STM_SQL_HIGH, STM_SQL_INTEGER, "document range"},
};

enum { BY_ASSERTION, BY_DOCUMENT, ALL };

static const struct stm_sql_way ways[] = {
    {NULL, STM_SQL_SLOT(S_ASSERTION), 0},
    {NULL, STM_SQL_SLOT(S_DOCUMENT), 0},
    {NULL, 0, STM_SQL_SLOT(S_FROM) | STM_SQL_SLOT(S_TO)},
};

struct cursor {
    struct stm_sql_cursor shared;
    struct stm_sql_walk walk;
    uint32_t piece; /* of the assertion, plus one */
};

static stemma_status estimate(struct stm_sql_guess *guess, stemma_error *error)
{
    const stemma_counts *counts = &guess->base->counts;
    (void)error;
    guess->rows = guess->way == BY_ASSERTION ? 2
                                             : stm_sql_each_document(guess->base, counts->evidence);
    if (guess->way == ALL) {
        guess->rows *= stm_sql_guess_numbers(guess, S_DOCUMENT, guess->base->documents);
    }
    guess->cost = 20 + 2 * guess->rows;
    return STEMMA_OK;
}

static unsigned order(const struct stm_sql_guess *guess, const struct stm_sql_order *wanted)
{
    (void)guess;
    return wanted->count == 1 && !wanted->by[0].descending &&
           (wanted->by[0].column == ASSERTION || wanted->by[0].column == DOCUMENT);
}

static stemma_status filter(struct stm_sql_cursor *cursor, const struct stm_sql_plan *plan)
{
    struct cursor *self = (struct cursor *)cursor;
    struct stm_sql_numbers documents =
        stm_sql_plan_numbers(plan, S_DOCUMENT, cursor->base->documents);
    stm_sql_walk_begin(&self->walk, &documents);
    self->piece = 0;
    self->walk.assertion.evidence_count = 0;
    return plan->way == BY_ASSERTION
               ? stm_sql_walk_one(cursor, &self->walk, plan->value[S_ASSERTION])
               : STEMMA_OK;
}

static stemma_status next(struct stm_sql_cursor *cursor)
{
    struct cursor *self = (struct cursor *)cursor;
    stemma_status status = STEMMA_OK;
    bool pending = self->walk.one; /* the assertion is there, but was not begun */
    while (status == STEMMA_OK && (pending || self->piece >= self->walk.assertion.evidence_count)) {
        pending = false;
        self->piece = 0;
        cursor->rows = 0; /* the item may hold the assertion */
        status = stm_sql_walk_assertion(cursor, &self->walk);
    }
    self->piece++;
    return status;
}

static stemma_status column(struct stm_sql_cursor *cursor, sqlite3_context *context, int number)
{
    struct cursor *self = (struct cursor *)cursor;
    struct stm_sql_walk *walk = &self->walk;
    const stemma_evidence *piece = &walk->assertion.evidence[self->piece - 1];
    switch (number) {
    case ASSERTION:
        sqlite3_result_int64(context, stm_sql_place(walk->number, walk->ordinal));
        break;
    case DOCUMENT: stm_sql_number(context, walk->number); break;
    case PART: stm_sql_word(context, STM_ENUM_EVIDENCE_PART, piece->part, true); break;
    case START: return stm_sql_walk_offset(cursor, walk, context, piece->spans[0].start);
    case END:
        return stm_sql_walk_offset(cursor, walk, context, piece->spans[piece->span_count - 1].end);
    default:
        return stm_sql_walk_words(cursor, walk, context, piece->spans, piece->span_count);
    }
    return STEMMA_OK;
}

static int64_t rowid(struct stm_sql_cursor *cursor)
{
    const struct cursor *self = (const struct cursor *)cursor;
    const struct stm_sql_walk *walk = &self->walk;
    uint32_t before = self->piece - 1;
    for (uint32_t i = 0; i < walk->ordinal && i < walk->document.assertion_count; i++) {
        before += walk->document.assertions[i].evidence_count;
    }
    return stm_sql_place(walk->number, before);
}

static void end_walk(struct stm_sql_cursor *cursor)
{
    stm_sql_walk_end(&((struct cursor *)cursor)->walk);
}

const struct stm_sql_table stm_sql_evidence = {
    .name = "evidence", .columns = columns,
    .slots = slots, .slot_count = sizeof slots / sizeof slots[0],
    .ways = ways, .way_count = sizeof ways / sizeof ways[0],
    .cursor_size = sizeof(struct cursor),
    .estimate = estimate, .order = order,
    .filter = filter, .next = next, .column = column, .rowid = rowid, .close = end_walk,
};
