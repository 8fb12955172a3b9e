/* SPDX-License-Identifier: MIT */
/* document: what bears witness, in order of publication. */
#include <stdlib.h>

#include "sql/table.h"

enum {
    NUMBER, ID, URI, TITLE, PUBLISHER, AGENCY, BYLINE, PUBLISHED, EARLIEST, LATEST, RETRIEVED,
    LANGUAGE, MEDIA_TYPE, LICENCE, GROUP, SIZE, ROWS, TEXT
};

static const char columns[] =
    "number INTEGER, id TEXT, uri TEXT, title TEXT, publisher TEXT, agency TEXT, byline TEXT, "
    "published TEXT, earliest TEXT, latest TEXT, retrieved TEXT, language TEXT, media_type TEXT, "
    "licence TEXT, independence_group INTEGER, size INTEGER, rows INTEGER, text TEXT";

enum { S_NUMBER, S_FROM, S_TO, S_ID, S_DAY, S_DAY_FROM, S_DAY_TO, S_WORDS };

static const struct stm_sql_slot slots[] = {
    {NUMBER, STM_SQL_EQ, STM_SQL_INTEGER, "number"},
    {NUMBER, STM_SQL_LOW, STM_SQL_INTEGER, "number range"},
    {NUMBER, STM_SQL_HIGH, STM_SQL_INTEGER, "number range"},
    {ID, STM_SQL_EQ, STM_SQL_TEXT, "id"},
    {EARLIEST, STM_SQL_EQ, STM_SQL_TIME, "earliest"},
    {EARLIEST, STM_SQL_LOW, STM_SQL_TIME, "earliest range"},
    {EARLIEST, STM_SQL_HIGH, STM_SQL_TIME, "earliest range"},
    {TEXT, STM_SQL_MATCH, STM_SQL_INPUT, "words of the text"},
};

#define RANGE (STM_SQL_SLOT(S_FROM) | STM_SQL_SLOT(S_TO))
#define DAYS  (STM_SQL_SLOT(S_DAY) | STM_SQL_SLOT(S_DAY_FROM) | STM_SQL_SLOT(S_DAY_TO))

enum { BY_NUMBER, BY_ID, BY_WORDS, ALL };

static const struct stm_sql_way ways[] = {
    {NULL, STM_SQL_SLOT(S_NUMBER), 0},
    {NULL, STM_SQL_SLOT(S_ID), 0},
    {NULL, STM_SQL_SLOT(S_WORDS), RANGE | DAYS},
    {NULL, 0, RANGE | DAYS},
};

/* Numbers are in order of time; NULL comes first in SQL, last in numbers. */
enum { ORDER_NONE, ORDER_UP, ORDER_DOWN, ORDER_TIME_UP, ORDER_TIME_DOWN };

#define WORDS_AT_ONCE 128u

struct cursor {
    struct stm_sql_cursor shared;
    struct stm_sql_numbers range; /* still to come */
    struct stm_sql_numbers then;  /* and after it */
    bool down;
    uint32_t number;
    bool loaded;
    stemma_document document;
    stemma_text words; /* of a search; in `list` */
    uint32_t hits[WORDS_AT_ONCE];
    uint32_t hit, hit_count;
};

/* ---- Planning ---- */

/* The first document whose earliest moment is `seconds` or later. */
static stemma_status document_from(struct stm_sql_base *base, int64_t seconds, uint32_t *out,
                                   stemma_error *error)
{
    return stemma_documents_until(base->whole, seconds - 1, out, error);
}

/* Narrows numbers by days, which they are in order of. */
static stemma_status narrow_days(struct stm_sql_base *base, struct stm_sql_numbers *numbers,
                                 const struct stm_sql_numbers *seconds, stemma_error *error)
{
    uint32_t first = 0;
    uint32_t end = 0;
    if (stm_sql_none(seconds)) {
        *numbers = (struct stm_sql_numbers){1, 0};
        return STEMMA_OK;
    }
    stemma_status status = STEMMA_OK;
    if (seconds->first != INT64_MIN) {
        status = document_from(base, seconds->first, &first, error);
    }
    end = base->dated_documents;
    if (status == STEMMA_OK && seconds->last < INT64_MAX - 1) {
        status = document_from(base, seconds->last + 1, &end, error);
    }
    numbers->first = first > numbers->first ? first : numbers->first;
    numbers->last = (int64_t)end - 1 < numbers->last ? (int64_t)end - 1 : numbers->last;
    return status;
}

static stemma_status estimate(struct stm_sql_guess *guess, stemma_error *error)
{
    struct stm_sql_numbers seconds = {INT64_MIN, INT64_MAX};
    struct stm_sql_numbers numbers = {0, (int64_t)guess->base->documents - 1};
    double rows = stm_sql_guess_numbers(guess, S_NUMBER, guess->base->documents);
    double share = 1;
    if (guess->way == BY_NUMBER || guess->way == BY_ID) {
        guess->unique = true;
        guess->rows = 1;
        guess->cost = guess->way == BY_ID ? 4 : 2;
        return STEMMA_OK;
    }
    for (unsigned i = S_DAY; i <= S_DAY_TO; i++) {
        if ((guess->used & STM_SQL_SLOT(i)) != 0 && guess->value[i] != NULL) {
            stm_sql_narrow_time(&seconds, guess->value[i], (enum stm_sql_op)(i - S_DAY),
                                (guess->strict & STM_SQL_SLOT(i)) != 0);
        } else if ((guess->used & STM_SQL_SLOT(i)) != 0) {
            share /= i == S_DAY ? 100 : 4;
        }
    }
    if ((guess->used & DAYS) != 0) {
        stemma_status status = narrow_days(guess->base, &numbers, &seconds, error);
        if (status != STEMMA_OK) {
            return status;
        }
        double days = stm_sql_none(&numbers) ? 0 : (double)(numbers.last - numbers.first + 1);
        rows = days < rows ? days : rows;
    }
    rows *= share * (guess->way == BY_WORDS ? 0.05 : 1);
    guess->rows = rows;
    guess->cost = 2 + rows * 2 + (guess->way == BY_WORDS ? 20 : 0);
    return STEMMA_OK;
}

static unsigned order(const struct stm_sql_guess *guess, const struct stm_sql_order *wanted)
{
    bool down = wanted->by[0].descending;
    bool by_time = wanted->by[0].column == EARLIEST;
    unsigned at = by_time ? 1 : 0;
    if (guess->way == BY_NUMBER || guess->way == BY_ID) {
        return 0;
    }
    if ((guess->way == BY_WORDS) && (down || by_time)) {
        return 0;
    }
    if (wanted->count > at && (wanted->by[at].column != NUMBER || wanted->by[at].descending != down)) {
        return 0;
    }
    if (by_time) {
        return down ? ORDER_TIME_DOWN : ORDER_TIME_UP;
    }
    return down ? ORDER_DOWN : ORDER_UP;
}

static bool limits(const struct stm_sql_guess *guess)
{
    return guess->way == ALL;
}

/* ---- Rows ---- */

/* Skips `offset` rows, a range at a time. */
static void skip(struct cursor *self, int64_t offset)
{
    for (int part = 0; part < 2 && offset > 0; part++) {
        int64_t count = stm_sql_none(&self->range) ? 0 : self->range.last - self->range.first + 1;
        int64_t step = offset < count ? offset : count;
        self->range.first += self->down ? 0 : step;
        self->range.last -= self->down ? step : 0;
        offset -= step;
        if (stm_sql_none(&self->range)) {
            self->range = self->then;
            self->then = (struct stm_sql_numbers){1, 0};
        }
    }
}

/* Parts the range at the first document without a date, which come first going up. */
static void part(struct cursor *self)
{
    int64_t known = self->shared.base->dated_documents;
    struct stm_sql_numbers dated = {self->range.first,
                                    self->range.last < known ? self->range.last : known - 1};
    struct stm_sql_numbers other = {self->range.first > known ? self->range.first : known,
                                    self->range.last};
    self->range = self->down ? dated : other;
    self->then = self->down ? other : dated;
}

static stemma_status set_range(struct cursor *self, const struct stm_sql_plan *plan)
{
    struct stm_sql_numbers seconds = {INT64_MIN, INT64_MAX};
    stemma_status status = STEMMA_OK;
    self->range = stm_sql_plan_numbers(plan, S_NUMBER, self->shared.base->documents);
    self->then = (struct stm_sql_numbers){1, 0};
    for (unsigned i = S_DAY; i <= S_DAY_TO; i++) {
        if ((plan->used & STM_SQL_SLOT(i)) != 0) {
            stm_sql_narrow_time(&seconds, plan->value[i], (enum stm_sql_op)(i - S_DAY),
                                (plan->strict & STM_SQL_SLOT(i)) != 0);
        }
    }
    if ((plan->used & DAYS) != 0) {
        status = narrow_days(self->shared.base, &self->range, &seconds, &self->shared.error);
    }
    self->down = plan->order == ORDER_DOWN || plan->order == ORDER_TIME_DOWN;
    if (plan->order == ORDER_TIME_UP || plan->order == ORDER_TIME_DOWN) {
        part(self);
    }
    if (stm_sql_none(&self->range)) {
        self->range = self->then;
        self->then = (struct stm_sql_numbers){1, 0};
    }
    skip(self, plan->offset);
    return status;
}

static stemma_status set_words(struct cursor *self, sqlite3_value *value)
{
    stemma_text text;
    self->hit = self->hit_count = 0;
    if (sqlite3_value_type(value) == SQLITE_NULL) {
        return STEMMA_END;
    }
    text.data = (const char *)sqlite3_value_text(value);
    text.size = text.data != NULL ? (size_t)sqlite3_value_bytes(value) : 0;
    char *copy = realloc((void *)(uintptr_t)self->words.data, text.size + 1);
    if (copy == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    if (text.size != 0) {
        memcpy(copy, text.data, text.size);
    }
    self->words = (stemma_text){copy, text.size};
    return stm_sql_need(&self->shared, &self->shared.list);
}

static stemma_status filter(struct stm_sql_cursor *cursor, const struct stm_sql_plan *plan)
{
    struct cursor *self = (struct cursor *)cursor;
    stemma_status status = stm_sql_need(cursor, &cursor->document);
    self->number = STEMMA_NONE;
    self->loaded = false;
    if (status == STEMMA_OK) {
        status = set_range(self, plan);
    }
    if (status == STEMMA_OK && plan->way == BY_ID) {
        uint32_t number = 0;
        status = stm_sql_resolve(cursor, plan->value[S_ID], STEMMA_REFERENCE_DOCUMENT, &number);
        self->range = (struct stm_sql_numbers){number, number};
    }
    if (status == STEMMA_OK && plan->way == BY_WORDS) {
        status = set_words(self, plan->value[S_WORDS]);
    } else {
        self->words.size = 0;
        free((void *)(uintptr_t)self->words.data);
        self->words.data = NULL;
    }
    return status;
}

/* The next document that holds the words. */
static stemma_status next_hit(struct cursor *self)
{
    if (self->hit == self->hit_count) {
        if (stm_sql_none(&self->range)) {
            return STEMMA_END;
        }
        stemma_snapshot_reset(self->shared.list);
        stemma_status status = stemma_search_documents(
            self->shared.list, self->words, NULL, (uint32_t)self->range.first, self->hits,
            WORDS_AT_ONCE, &self->hit_count, &self->shared.error);
        self->hit = 0;
        if (status != STEMMA_OK || self->hit_count == 0) {
            return status != STEMMA_OK ? status : STEMMA_END;
        }
        self->range.first = (int64_t)self->hits[self->hit_count - 1] + 1;
    }
    self->number = self->hits[self->hit++];
    return (int64_t)self->number <= self->range.last ? STEMMA_OK : STEMMA_END;
}

static stemma_status next(struct stm_sql_cursor *cursor)
{
    struct cursor *self = (struct cursor *)cursor;
    self->loaded = false;
    if (self->words.data != NULL) {
        return next_hit(self);
    }
    if (stm_sql_none(&self->range)) {
        self->range = self->then;
        self->then = (struct stm_sql_numbers){1, 0};
    }
    if (stm_sql_none(&self->range)) {
        return STEMMA_END;
    }
    self->number = (uint32_t)(self->down ? self->range.last-- : self->range.first++);
    return STEMMA_OK;
}

static stemma_status load(struct cursor *self)
{
    if (self->loaded) {
        return STEMMA_OK;
    }
    stemma_snapshot_reset(self->shared.document);
    stemma_status status = stemma_document_get(self->shared.document, self->number,
                                               &self->document, &self->shared.error);
    self->loaded = status == STEMMA_OK;
    return status;
}

static stemma_status text_of(struct cursor *self, sqlite3_context *context)
{
    stemma_text text;
    if (self->document.text_withheld) {
        return STEMMA_OK;
    }
    stemma_status status = stemma_text_get(self->shared.document, self->number,
                                           stemma_whole_span(&self->document), &text,
                                           &self->shared.error);
    if (status == STEMMA_OK) {
        sqlite3_result_text64(context, text.size != 0 ? text.data : "", text.size,
                              SQLITE_TRANSIENT, SQLITE_UTF8);
    }
    return status;
}

static stemma_status group_of(struct cursor *self, sqlite3_context *context)
{
    uint32_t group = STEMMA_NONE;
    stemma_status status = stemma_independence_group(self->shared.document, self->number, &group,
                                                     &self->shared.error);
    if (status == STEMMA_OK) {
        stm_sql_number(context, group);
    }
    return status;
}

static void time_of(const struct cursor *self, sqlite3_context *context, bool latest)
{
    stemma_time_bounds bounds;
    if (stemma_edtf_bounds(self->document.published.edtf, &bounds) == STEMMA_OK) {
        stm_sql_time(context, latest ? bounds.end_latest : bounds.start_earliest, latest);
    }
}

static stemma_status column(struct stm_sql_cursor *cursor, sqlite3_context *context, int number)
{
    struct cursor *self = (struct cursor *)cursor;
    const stemma_document *document = &self->document;
    if (number == NUMBER) {
        stm_sql_number(context, self->number);
        return STEMMA_OK;
    }
    if (number == ID) {
        return stm_sql_id(cursor, context, STEMMA_REFERENCE_DOCUMENT, self->number);
    }
    if (number == GROUP) {
        return group_of(self, context);
    }
    stemma_status status = load(self);
    if (status != STEMMA_OK) {
        return status;
    }
    switch (number) {
    case URI: stm_sql_text(context, document->uri); break;
    case TITLE: stm_sql_text(context, document->title); break;
    case PUBLISHER: stm_sql_text(context, document->publisher); break;
    case AGENCY: stm_sql_text(context, document->agency); break;
    case BYLINE: stm_sql_text(context, document->byline); break;
    case PUBLISHED: stm_sql_text(context, document->published.edtf); break;
    case EARLIEST: time_of(self, context, false); break;
    case LATEST: time_of(self, context, true); break;
    case RETRIEVED: stm_sql_text(context, document->retrieved); break;
    case LANGUAGE: stm_sql_text(context, document->language); break;
    case MEDIA_TYPE: stm_sql_text(context, document->media_type); break;
    case LICENCE: stm_sql_text(context, document->licence); break;
    case SIZE: sqlite3_result_int64(context, (int64_t)document->text_size); break;
    case ROWS: stm_sql_number(context, document->row_count); break;
    default: return text_of(self, context);
    }
    return STEMMA_OK;
}

static int64_t rowid(struct stm_sql_cursor *cursor)
{
    return ((struct cursor *)cursor)->number;
}

static void close_words(struct stm_sql_cursor *cursor)
{
    free((void *)(uintptr_t)((struct cursor *)cursor)->words.data);
}

const struct stm_sql_table stm_sql_document = {
    .name = "document", .columns = columns,
    .slots = slots, .slot_count = sizeof slots / sizeof slots[0],
    .ways = ways, .way_count = sizeof ways / sizeof ways[0],
    .cursor_size = sizeof(struct cursor), .numbered = true,
    .estimate = estimate, .order = order, .limits = limits,
    .filter = filter, .next = next, .column = column, .rowid = rowid, .close = close_words,
};
