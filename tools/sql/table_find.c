/* SPDX-License-Identifier: MIT */
/* find('name') and search('words'): tables that are called like functions. */
#include <stdlib.h>

#include "sql/table.h"

/* Rows when no limit is given. */
#define FOUND_MOST UINT32_C(100000)

static uint32_t limit_of(const struct stm_sql_plan *plan)
{
    return plan->limit < 1           ? 1 /* 0 would be the library's choice; SQLite stops before */
           : plan->limit < FOUND_MOST ? (uint32_t)plan->limit
                                      : FOUND_MOST;
}

static stemma_text text_of(sqlite3_value *value)
{
    stemma_text text = {(const char *)sqlite3_value_text(value), 0};
    text.size = text.data != NULL ? (size_t)sqlite3_value_bytes(value) : 0;
    return text;
}

/* ---- find ---- */

enum { F_ENTITY, F_SCORE, F_NAME, F_TYPE };

static const struct stm_sql_slot find_slots[] = {
    {F_NAME, STM_SQL_EQ, STM_SQL_INPUT, "name"},
    {F_TYPE, STM_SQL_EQ, STM_SQL_INPUT, "type"},
};

static const struct stm_sql_way find_ways[] = {{NULL, STM_SQL_SLOT(0), STM_SQL_SLOT(1)}};

struct finder {
    struct stm_sql_cursor shared;
    const stemma_found *found; /* in `list` */
    uint32_t at, count;        /* at hand, plus one */
};

static stemma_status guess_few(struct stm_sql_guess *guess, stemma_error *error)
{
    (void)error;
    guess->rows = 20;
    guess->cost = 200;
    return STEMMA_OK;
}

static unsigned order_found(const struct stm_sql_guess *guess, const struct stm_sql_order *wanted)
{
    (void)guess;
    return wanted->by[0].column == F_SCORE && wanted->by[0].descending &&
           (wanted->count == 1 || (wanted->count == 2 && wanted->by[1].column == F_ENTITY &&
                                   !wanted->by[1].descending));
}

static bool limits_found(const struct stm_sql_guess *guess)
{
    (void)guess;
    return true;
}

static stemma_status filter_find(struct stm_sql_cursor *cursor, const struct stm_sql_plan *plan)
{
    struct finder *self = (struct finder *)cursor;
    stemma_find_options options = STEMMA_FIND_OPTIONS_INIT;
    self->at = self->count = 0;
    if (sqlite3_value_type(plan->value[0]) == SQLITE_NULL ||
        (plan->value[1] != NULL && sqlite3_value_type(plan->value[1]) == SQLITE_NULL)) {
        return STEMMA_END;
    }
    if (plan->value[1] != NULL) {
        options.type = text_of(plan->value[1]);
    }
    struct stm_sql_plan all = *plan;
    all.limit = plan->limit == INT64_MAX ? INT64_MAX : plan->limit + plan->offset;
    options.limit = limit_of(&all);
    stemma_status status = stm_sql_need(cursor, &cursor->list);
    if (status == STEMMA_OK) {
        status = stemma_find(cursor->list, text_of(plan->value[0]), &options, &self->found,
                             &self->count, &cursor->error);
    }
    self->at = plan->offset < self->count ? (uint32_t)plan->offset : self->count;
    return status;
}

static stemma_status next_found(struct stm_sql_cursor *cursor)
{
    struct finder *self = (struct finder *)cursor;
    return self->at < self->count ? (self->at++, STEMMA_OK) : STEMMA_END;
}

static void only_input(sqlite3_context *context)
{
    sqlite3_result_error(context, "this column is an argument and has no value", -1);
}

static stemma_status find_column(struct stm_sql_cursor *cursor, sqlite3_context *context,
                                 int number)
{
    const struct finder *self = (const struct finder *)cursor;
    const stemma_found *found = &self->found[self->at - 1];
    if (number == F_ENTITY) {
        stm_sql_number(context, found->entity);
    } else if (number == F_SCORE) {
        stm_sql_score(context, found->score);
    } else {
        only_input(context);
    }
    return STEMMA_OK;
}

static int64_t find_rowid(struct stm_sql_cursor *cursor)
{
    return ((struct finder *)cursor)->at;
}

const struct stm_sql_table stm_sql_find = {
    .name = "find",
    .columns = "entity INTEGER, score REAL, wanted TEXT HIDDEN, wanted_type TEXT HIDDEN",
    .slots = find_slots, .slot_count = sizeof find_slots / sizeof find_slots[0],
    .ways = find_ways, .way_count = sizeof find_ways / sizeof find_ways[0],
    .cursor_size = sizeof(struct finder),
    .estimate = guess_few, .order = order_found, .limits = limits_found,
    .filter = filter_find, .next = next_found, .column = find_column, .rowid = find_rowid,
};

/* ---- search ---- */

enum { H_DOCUMENT, H_SCORE, H_SNIPPET, H_WORDS };

static const struct stm_sql_slot search_slots[] = {
    {H_WORDS, STM_SQL_EQ, STM_SQL_INPUT, "words"},
};

static const struct stm_sql_way search_ways[] = {{NULL, STM_SQL_SLOT(0), 0}};

struct searcher {
    struct stm_sql_cursor shared;
    char *words;
    const stemma_hit *hits; /* in `list` */
    uint32_t at, count;     /* at hand, plus one */
    bool snippets;          /* the hits have them */
    uint32_t limit;         /* of what was looked for last ... */
    uint32_t most;          /* ... and of all that is wanted */
};

/* Hits that are looked for first; as many again, and more, when they are used up. */
#define HITS_FIRST 64u

static unsigned order_hits(const struct stm_sql_guess *guess, const struct stm_sql_order *wanted)
{
    (void)guess;
    return wanted->by[0].column == H_SCORE && wanted->by[0].descending &&
           (wanted->count == 1 || (wanted->count == 2 && wanted->by[1].column == H_DOCUMENT &&
                                   !wanted->by[1].descending));
}

/* Hits are looked for without snippets, which is quicker, until somebody wants one. */
static stemma_status look(struct searcher *self, bool snippets)
{
    stemma_search_options options = STEMMA_SEARCH_OPTIONS_INIT;
    options.limit = self->limit;
    options.flags = snippets ? 0 : STEMMA_SEARCH_NO_SNIPPETS;
    stemma_snapshot_reset(self->shared.list);
    stemma_status status =
        stemma_search(self->shared.list, stemma_text_of(self->words), &options, &self->hits,
                      &self->count, &self->shared.error);
    self->snippets = snippets;
    return status;
}

static stemma_status filter_search(struct stm_sql_cursor *cursor, const struct stm_sql_plan *plan)
{
    struct searcher *self = (struct searcher *)cursor;
    struct stm_sql_plan all = *plan;
    self->at = self->count = 0;
    if (sqlite3_value_type(plan->value[0]) == SQLITE_NULL) {
        return STEMMA_END;
    }
    sqlite3_free(self->words);
    self->words = sqlite3_mprintf("%s", sqlite3_value_text(plan->value[0]));
    if (self->words == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    all.limit = plan->limit == INT64_MAX ? INT64_MAX : plan->limit + plan->offset;
    self->most = limit_of(&all);
    self->limit = plan->offset > 0 || self->most < HITS_FIRST ? self->most : HITS_FIRST;
    stemma_status status = stm_sql_need(cursor, &cursor->list);
    if (status == STEMMA_OK) {
        status = look(self, false);
    }
    self->at = plan->offset < self->count ? (uint32_t)plan->offset : self->count;
    return status;
}

static stemma_status next_hit(struct stm_sql_cursor *cursor)
{
    struct searcher *self = (struct searcher *)cursor;
    if (self->at == self->count && self->count == self->limit && self->limit < self->most) {
        self->limit = self->limit < self->most / 8 ? self->limit * 8 : self->most;
        stemma_status status = look(self, self->snippets);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    return self->at < self->count ? (self->at++, STEMMA_OK) : STEMMA_END;
}

static stemma_status snippet_of(struct searcher *self, sqlite3_context *context)
{
    stemma_status status = self->snippets ? STEMMA_OK : look(self, true);
    stemma_text text;
    if (status != STEMMA_OK || self->at > self->count) {
        return status != STEMMA_OK ? status : STEMMA_E_DAMAGED;
    }
    const stemma_hit *hit = &self->hits[self->at - 1];
    if (hit->snippet.end <= hit->snippet.start) {
        return STEMMA_OK;
    }
    status = stemma_text_get(self->shared.item, hit->document, hit->snippet, &text,
                             &self->shared.error);
    if (status == STEMMA_OK) {
        stm_sql_text(context, text);
    }
    return status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
}

static stemma_status search_column(struct stm_sql_cursor *cursor, sqlite3_context *context,
                                   int number)
{
    struct searcher *self = (struct searcher *)cursor;
    const stemma_hit *hit = &self->hits[self->at - 1];
    switch (number) {
    case H_DOCUMENT: stm_sql_number(context, hit->document); break;
    case H_SCORE: sqlite3_result_double(context, hit->score); break;
    case H_SNIPPET: return snippet_of(self, context);
    default: only_input(context); break;
    }
    return STEMMA_OK;
}

static int64_t search_rowid(struct stm_sql_cursor *cursor)
{
    return ((struct searcher *)cursor)->at;
}

static void close_search(struct stm_sql_cursor *cursor)
{
    sqlite3_free(((struct searcher *)cursor)->words);
}

const struct stm_sql_table stm_sql_search = {
    .name = "search",
    .columns = "document INTEGER, score REAL, snippet TEXT, words TEXT HIDDEN",
    .slots = search_slots, .slot_count = sizeof search_slots / sizeof search_slots[0],
    .ways = search_ways, .way_count = sizeof search_ways / sizeof search_ways[0],
    .cursor_size = sizeof(struct searcher),
    .estimate = guess_few, .order = order_hits, .limits = limits_found,
    .filter = filter_search, .next = next_hit, .column = search_column, .rowid = search_rowid,
    .close = close_search,
};
