/* SPDX-License-Identifier: MIT */
/* run and term: which programs made records, and in which words. */
#include "sql/table.h"

static const struct stm_sql_slot slots[] = {
    {0, STM_SQL_EQ, STM_SQL_INTEGER, "number"},
    {0, STM_SQL_LOW, STM_SQL_INTEGER, "number range"},
    {0, STM_SQL_HIGH, STM_SQL_INTEGER, "number range"},
};

static const struct stm_sql_way ways[] = {
    {NULL, STM_SQL_SLOT(0), 0},
    {NULL, 0, STM_SQL_SLOT(1) | STM_SQL_SLOT(2)},
};

struct cursor {
    struct stm_sql_cursor shared;
    struct stm_sql_numbers range;
    uint32_t number;
    stemma_run run;
};

static stemma_status estimate(struct stm_sql_guess *guess, uint64_t count)
{
    guess->unique = guess->way == 0;
    guess->rows = guess->unique ? 1 : stm_sql_guess_numbers(guess, 0, count);
    guess->cost = 1 + guess->rows;
    return STEMMA_OK;
}

static unsigned order(const struct stm_sql_guess *guess, const struct stm_sql_order *wanted)
{
    (void)guess;
    return wanted->by[0].column == 0 && !wanted->by[0].descending;
}

static stemma_status next(struct stm_sql_cursor *cursor)
{
    struct cursor *self = (struct cursor *)cursor;
    if (stm_sql_none(&self->range)) {
        return STEMMA_END;
    }
    self->number = (uint32_t)self->range.first++;
    return STEMMA_OK;
}

static int64_t rowid(struct stm_sql_cursor *cursor)
{
    return ((struct cursor *)cursor)->number;
}

/* ---- run ---- */

static stemma_status guess_runs(struct stm_sql_guess *guess, stemma_error *error)
{
    (void)error;
    return estimate(guess, guess->base->counts.runs);
}

static stemma_status filter_runs(struct stm_sql_cursor *cursor, const struct stm_sql_plan *plan)
{
    ((struct cursor *)cursor)->range = stm_sql_plan_numbers(plan, 0, cursor->base->counts.runs);
    return STEMMA_OK;
}

static stemma_status next_run(struct stm_sql_cursor *cursor)
{
    struct cursor *self = (struct cursor *)cursor;
    stemma_status status = next(cursor);
    return status == STEMMA_OK
               ? stemma_run_get(cursor->item, self->number, &self->run, &cursor->error)
               : status;
}

static stemma_status run_column(struct stm_sql_cursor *cursor, sqlite3_context *context, int number)
{
    const struct cursor *self = (const struct cursor *)cursor;
    switch (number) {
    case 0: stm_sql_number(context, self->number); break;
    case 1: stm_sql_text(context, self->run.name); break;
    case 2: stm_sql_text(context, self->run.version); break;
    case 3: stm_sql_word(context, STM_ENUM_RUN_KIND, self->run.kind, true); break;
    default: stm_sql_text(context, self->run.settings); break;
    }
    return STEMMA_OK;
}

const struct stm_sql_table stm_sql_run = {
    .name = "run",
    .columns = "number INTEGER, name TEXT, version TEXT, kind TEXT, settings TEXT",
    .slots = slots, .slot_count = sizeof slots / sizeof slots[0],
    .ways = ways, .way_count = sizeof ways / sizeof ways[0],
    .cursor_size = sizeof(struct cursor), .numbered = true,
    .estimate = guess_runs, .order = order,
    .filter = filter_runs, .next = next_run, .column = run_column, .rowid = rowid,
};

/* ---- term ---- */

static stemma_status guess_terms(struct stm_sql_guess *guess, stemma_error *error)
{
    (void)error;
    return estimate(guess, guess->base->term_count);
}

static stemma_status filter_terms(struct stm_sql_cursor *cursor, const struct stm_sql_plan *plan)
{
    ((struct cursor *)cursor)->range = stm_sql_plan_numbers(plan, 0, cursor->base->term_count);
    return STEMMA_OK;
}

static stemma_status term_column(struct stm_sql_cursor *cursor, sqlite3_context *context,
                                 int number)
{
    const struct cursor *self = (const struct cursor *)cursor;
    const stemma_term *term = &cursor->base->terms[self->number];
    switch (number) {
    case 0: stm_sql_number(context, self->number); break;
    case 1: stm_sql_word(context, STM_ENUM_TERM_KIND, term->kind, true); break;
    case 2: stm_sql_lasting(context, term->name); break;
    case 3: stm_sql_lasting(context, term->label); break;
    case 4: stm_sql_number(context, term->single_valued); break;
    case 5: stm_sql_lasting(context, term->roles); break;
    default: stm_sql_lasting(context, term->crosswalk); break;
    }
    return STEMMA_OK;
}

const struct stm_sql_table stm_sql_term = {
    .name = "term",
    .columns = "number INTEGER, kind TEXT, name TEXT, label TEXT, single_valued INTEGER, "
               "roles TEXT, crosswalk TEXT",
    .slots = slots, .slot_count = sizeof slots / sizeof slots[0],
    .ways = ways, .way_count = sizeof ways / sizeof ways[0],
    .cursor_size = sizeof(struct cursor), .numbered = true,
    .estimate = guess_terms, .order = order,
    .filter = filter_terms, .next = next, .column = term_column, .rowid = rowid,
};
