/* SPDX-License-Identifier: MIT */
/* event: what happened, in order of time. */
#include "sql/label.h"
#include "sql/table_event.h"

static const char columns[] =
    "number INTEGER, id TEXT, type TEXT, label TEXT, time TEXT, earliest TEXT, latest TEXT, precision TEXT, "
    "place INTEGER, documents INTEGER, independent INTEGER, polarity TEXT, certainty TEXT, "
    "tense TEXT, realis TEXT, who INTEGER HIDDEN, with_who INTEGER HIDDEN";

static const struct stm_sql_slot slots[] = {
    {NUMBER, STM_SQL_EQ, STM_SQL_INTEGER, "number"},
    {NUMBER, STM_SQL_LOW, STM_SQL_INTEGER, "number range"},
    {NUMBER, STM_SQL_HIGH, STM_SQL_INTEGER, "number range"},
    {ID, STM_SQL_EQ, STM_SQL_TEXT, "id"},
    {TYPE, STM_SQL_EQ, STM_SQL_TEXT, "type"},
    {TYPE, STM_SQL_LIKE, STM_SQL_TEXT, "type prefix"},
    {PLACE, STM_SQL_EQ, STM_SQL_INTEGER, "place"},
    {EARLIEST, STM_SQL_EQ, STM_SQL_TIME, "earliest"},
    {EARLIEST, STM_SQL_LOW, STM_SQL_TIME, "earliest range"},
    {EARLIEST, STM_SQL_HIGH, STM_SQL_TIME, "earliest range"},
    {WHO, STM_SQL_EQ, STM_SQL_INPUT, "who"},
    {WITH_WHO, STM_SQL_EQ, STM_SQL_INPUT, "with_who"},
};

static const struct stm_sql_way ways[] = {
    {NULL, STM_SQL_SLOT(S_NUMBER), 0},
    {NULL, STM_SQL_SLOT(S_ID), 0},
    {NULL, STM_SQL_SLOT(S_WHO),
     STM_SQL_SLOT(S_WITH_WHO) | TYPES | DAYS | STM_SQL_SLOT(S_PLACE)},
    {NULL, STM_SQL_SLOT(S_PLACE), TYPES | DAYS},
    {NULL, STM_SQL_SLOT(S_TYPE), DAYS},
    {NULL, STM_SQL_SLOT(S_TYPE_LIKE), DAYS},
    {NULL, 0, RANGE | DAYS},
};

struct cursor {
    struct stm_sql_cursor shared;
    bool listed; /* by `list`, else by ranges of numbers */
    struct stm_sql_event_list list;
    struct stm_sql_numbers range; /* still to come */
    struct stm_sql_numbers then;  /* and after it */
    bool down;
    uint32_t number;
    int64_t who; /* -1: not given */
    int64_t with_who;
    struct stm_sql_day day;
    uint32_t type_first, type_end; /* going through the events of each type: all types; 0: not so */
    uint32_t type;    /* where those that are still to come begin, or end going down */
    uint32_t type_at; /* the one at hand */
    bool type_alone;  /* no other lies below it */
    stemma_event_query query; /* of each type */
    bool got;
    stemma_event event; /* as far as `got` */
    uint32_t wanted;    /* columns of a scan */
    stemma_event_columns block;
};

/* ---- Beginning ---- */

static void go_to_next_range(struct cursor *self)
{
    if (stm_sql_none(&self->range)) {
        self->range = self->then;
        self->then = (struct stm_sql_numbers){1, 0};
    }
}

static void skip(struct cursor *self, int64_t offset)
{
    for (int part = 0; part < 2 && offset > 0; part++) {
        int64_t count = stm_sql_none(&self->range) ? 0 : self->range.last - self->range.first + 1;
        int64_t step = offset < count ? offset : count;
        self->range.first += self->down ? 0 : step;
        self->range.last -= self->down ? step : 0;
        offset -= step;
        go_to_next_range(self);
    }
}

/* Events without a known time are the last numbers, but the first going up in SQL. */
static void part(struct cursor *self)
{
    int64_t known = self->shared.base->known_events;
    struct stm_sql_numbers timed = {self->range.first,
                                    self->range.last < known ? self->range.last : known - 1};
    struct stm_sql_numbers other = {self->range.first > known ? self->range.first : known,
                                    self->range.last};
    self->range = self->down ? timed : other;
    self->then = self->down ? other : timed;
}

static stemma_status by_range(struct cursor *self, const struct stm_sql_plan *plan)
{
    struct stm_sql_base *base = self->shared.base;
    stemma_status status = STEMMA_OK;
    self->range = stm_sql_plan_numbers(plan, S_NUMBER, base->counts.events);
    self->then = (struct stm_sql_numbers){1, 0};
    self->down = plan->order == ORDER_DOWN || plan->order == ORDER_TIME_DOWN;
    if ((plan->used & DAYS) != 0 && !stm_sql_is_dated(base)) {
        struct stm_sql_numbers seconds = stm_sql_plan_days(plan, S_DAY);
        status = stm_sql_events_of_days(base, &self->range, &seconds, &self->shared.error);
    }
    if (plan->order == ORDER_TIME_UP || plan->order == ORDER_TIME_DOWN) {
        part(self);
    }
    go_to_next_range(self);
    skip(self, plan->offset);
    return status;
}

/* Sets a condition of the list; STEMMA_END when nothing can fulfil it. */
static stemma_status set_entity(struct cursor *self, sqlite3_value *value, uint32_t *out)
{
    struct stm_sql_numbers numbers = {0, (int64_t)self->shared.base->counts.entities - 1};
    stm_sql_narrow(&numbers, value, STM_SQL_EQ, false);
    if (stm_sql_none(&numbers)) {
        return STEMMA_END;
    }
    *out = (uint32_t)numbers.first;
    return STEMMA_OK;
}

/* Whether no event is of this very type: those below it are found with it, in vain then. */
static bool has_none(const struct stm_sql_base *base, stemma_text type)
{
    uint32_t at = 0, end = 0;
    if (stm_sql_is_dated(base)) {
        return false; /* types may be others as of a date */
    }
    stm_sql_terms_below(base, STEMMA_TERM_EVENT_TYPE, type, &at, &end);
    return at == end || base->terms[at].name.size != type.size || base->type_counts[at] == 0;
}

static stemma_status by_list(struct cursor *self, const struct stm_sql_plan *plan)
{
    stemma_event_query query = STEMMA_EVENT_QUERY_INIT;
    struct stm_sql_numbers seconds = stm_sql_plan_days(plan, S_DAY);
    uint32_t who[2] = {STEMMA_NONE, STEMMA_NONE};
    char prefix[64];
    stemma_status status = STEMMA_OK;
    for (unsigned i = S_WHO; i <= S_WITH_WHO && status == STEMMA_OK; i++) {
        if ((plan->used & STM_SQL_SLOT(i)) != 0) {
            status = set_entity(self, plan->value[i], &who[query.entity_count++]);
        }
    }
    if (status == STEMMA_OK && (plan->used & STM_SQL_SLOT(S_PLACE)) != 0) {
        status = set_entity(self, plan->value[S_PLACE], &query.place);
    }
    if (status != STEMMA_OK || stm_sql_none(&seconds)) {
        return STEMMA_END;
    }
    self->who = query.entity_count != 0 ? (int64_t)who[0] : -1;
    self->with_who = query.entity_count == 2 ? (int64_t)who[1] : -1;
    query.entities = who;
    query.from = seconds.first;
    query.to = seconds.last;
    if ((plan->used & DAYS) != 0 && query.from == INT64_MIN) {
        query.from = INT64_MIN + 1; /* a bound leaves out what has no known time */
    }
    if ((plan->used & STM_SQL_SLOT(S_TYPE)) != 0) {
        (void)stm_sql_value_text(plan->value[S_TYPE], &query.type); /* others: all are looked at */
        if (query.type.size != 0 && has_none(self->shared.base, query.type)) {
            return STEMMA_END;
        }
    } else if ((plan->used & STM_SQL_SLOT(S_TYPE_LIKE)) != 0) {
        query.type.data = prefix;
        query.type.size =
            stm_sql_pattern_prefix(plan->value[S_TYPE_LIKE], prefix, sizeof prefix);
        while (query.type.size != 0 && prefix[query.type.size - 1] != '.') {
            query.type.size--; /* types are found by their whole parts */
        }
        query.type.size -= query.type.size != 0;
    }
    return stm_sql_list_begin(&self->list, &self->shared, &query);
}

/* Types are numbered by their names: one after the other they are in order of type. */
static stemma_status by_types(struct cursor *self, const struct stm_sql_plan *plan)
{
    struct stm_sql_numbers seconds = stm_sql_plan_days(plan, S_DAY);
    self->query = (stemma_event_query)STEMMA_EVENT_QUERY_INIT;
    self->query.from = seconds.first;
    self->query.to = seconds.last;
    if ((plan->used & DAYS) != 0 && self->query.from == INT64_MIN) {
        self->query.from = INT64_MIN + 1;
    }
    stm_sql_terms_below(self->shared.base, STEMMA_TERM_EVENT_TYPE, (stemma_text){NULL, 0},
                        &self->type_first, &self->type_end);
    self->down = plan->order == ORDER_TYPE_DOWN;
    self->type = self->down ? self->type_end : self->type_first;
    self->list.at = self->list.count = 0;
    self->list.cursor = NULL;
    self->listed = true;
    return stm_sql_none(&seconds) ? STEMMA_END : stm_sql_need(&self->shared, &self->shared.list);
}

/* Whether a term has others below it, whose events are found with it. */
static bool has_below(const struct stm_sql_base *base, uint32_t term)
{
    stemma_text name = base->terms[term].name;
    for (uint32_t i = term + 1; i < base->term_count; i++) {
        stemma_text other = base->terms[i].name;
        if (other.size <= name.size || memcmp(other.data, name.data, name.size) != 0) {
            return false;
        }
        if (other.data[name.size] == '.') {
            return true;
        }
    }
    return false;
}

static stemma_status filter(struct stm_sql_cursor *cursor, const struct stm_sql_plan *plan)
{
    struct cursor *self = (struct cursor *)cursor;
    uint32_t number = 0;
    stemma_status status;
    self->type_end = 0;
    self->who = self->with_who = -1;
    self->listed = plan->way == BY_WHO || plan->way == BY_PLACE || plan->way == BY_TYPE ||
                   plan->way == BY_PREFIX;
    self->block.count = 0;
    self->got = false;
    if (self->listed) {
        return by_list(self, plan);
    }
    if (plan->order == ORDER_TYPE || plan->order == ORDER_TYPE_DOWN) {
        return by_types(self, plan);
    }
    status = by_range(self, plan);
    if (status == STEMMA_OK && plan->way == BY_ID) {
        status = stm_sql_resolve(cursor, plan->value[S_ID], STEMMA_REFERENCE_EVENT, &number);
        self->range = (struct stm_sql_numbers){number, number};
    }
    return status;
}

/* ---- Going on ---- */

static stemma_status get(struct cursor *self)
{
    if (self->got) {
        return STEMMA_OK;
    }
    stemma_status status =
        stemma_event_get(self->shared.item, self->number, &self->event, &self->shared.error);
    self->got = status == STEMMA_OK;
    return status;
}

/* Goes on to the next type that has events. STEMMA_END when there is none. */
static stemma_status next_type(struct cursor *self)
{
    const struct stm_sql_base *base = self->shared.base;
    while (self->down ? self->type > self->type_first : self->type < self->type_end) {
        uint32_t type = self->down ? --self->type : self->type++;
        if (base->type_counts[type] != 0) {
            self->type_at = type;
            self->type_alone = !has_below(base, type);
            self->query.type = base->terms[type].name;
            stemma_snapshot_reset(self->shared.list);
            return stm_sql_list_begin(&self->list, &self->shared, &self->query);
        }
    }
    return STEMMA_END;
}

/* The next event of the type at hand, or the first of the next type. */
static stemma_status next_of_types(struct cursor *self)
{
    stemma_status status = STEMMA_END;
    if (self->list.cursor != NULL) {
        status = stm_sql_list_next(&self->list, &self->shared, &self->number);
    }
    while (status == STEMMA_END) {
        self->list.cursor = NULL;
        status = next_type(self);
        if (status == STEMMA_END) {
            return STEMMA_END;
        }
        if (status == STEMMA_OK) {
            status = stm_sql_list_next(&self->list, &self->shared, &self->number);
        }
    }
    return status;
}

/* The same, passing over those of types below the one at hand, which are found with it. */
static stemma_status next_of_type_alone(struct cursor *self)
{
    const struct stm_sql_base *base = self->shared.base;
    stemma_status status = next_of_types(self);
    while (status == STEMMA_OK && !self->type_alone) {
        self->got = false;
        status = get(self);
        if (status == STEMMA_OK &&
            stemma_text_equal(self->event.type, base->terms[self->type_at].name)) {
            break;
        }
        status = status == STEMMA_OK ? next_of_types(self) : status;
    }
    return status;
}

static stemma_status next(struct stm_sql_cursor *cursor)
{
    struct cursor *self = (struct cursor *)cursor;
    self->got = false;
    if (self->type_end != 0) {
        return next_of_type_alone(self);
    }
    if (self->listed) {
        stemma_status status = stm_sql_list_next(&self->list, cursor, &self->number);
        return status == STEMMA_OK && stm_sql_is_dated(cursor->base) ? get(self) : status;
    }
    go_to_next_range(self);
    if (stm_sql_none(&self->range)) {
        return STEMMA_END;
    }
    self->number = (uint32_t)(self->down ? self->range.last-- : self->range.first++);
    /* As of a date some numbers are of nothing. */
    return stm_sql_is_dated(cursor->base) ? get(self) : STEMMA_OK;
}

/* ---- Columns ---- */

/* What a scan unpacks for a column; 0: it has no such column. */
static uint32_t scanned(int column)
{
    switch (column) {
    case TYPE: return STEMMA_SCAN_TYPE;
    case EARLIEST: return STEMMA_SCAN_START;
    case LATEST: case PRECISION: return STEMMA_SCAN_BOUNDS;
    case PLACE: return STEMMA_SCAN_PLACE;
    case DOCUMENTS: case INDEPENDENT: return STEMMA_SCAN_DOCUMENTS;
    case POLARITY: case CERTAINTY: case TENSE: case REALIS: return STEMMA_SCAN_FACTUALITY;
    default: return 0;
    }
}

#define SCAN_LEAST 64 /* events still to come that make unpacking a block worth while */

/* Events that follow each other are read a block at a time, only the columns that are asked for. */
static bool scans(const struct cursor *self)
{
    return !self->listed && !self->down && !self->got && !stm_sql_is_dated(self->shared.base) &&
           (self->block.count != 0 || self->range.last - self->range.first >= SCAN_LEAST);
}

static stemma_status scan(struct cursor *self, uint32_t wanted)
{
    const stemma_event_columns *block = &self->block;
    stemma_status status = STEMMA_OK;
    if (self->number < block->first || self->number - block->first >= block->count ||
        (self->wanted & wanted) != wanted) {
        self->wanted |= wanted;
        status = stm_sql_need(&self->shared, &self->shared.list);
        if (status == STEMMA_OK) {
            status = stemma_event_scan(self->shared.list, self->number, self->wanted, &self->block,
                                       &self->shared.error);
        }
        if (status != STEMMA_OK) {
            self->block.count = 0;
        }
    }
    return status;
}

static stemma_status type_of(struct cursor *self, uint32_t term, sqlite3_context *context)
{
    const struct stm_sql_base *base = self->shared.base;
    if (term >= base->term_count || base->terms[term].kind != STEMMA_TERM_EVENT_TYPE) {
        return STEMMA_E_DAMAGED;
    }
    stm_sql_lasting(context, base->terms[term].name);
    return STEMMA_OK;
}

static stemma_status scanned_column(struct cursor *self, sqlite3_context *context, int column)
{
    const stemma_event_columns *block = &self->block;
    uint32_t at = self->number - block->first;
    switch (column) {
    case TYPE: return type_of(self, block->type[at], context);
    case EARLIEST: stm_sql_earliest(context, &self->day, block->start_earliest[at]); break;
    case LATEST: stm_sql_time(context, block->end_latest[at], true); break;
    case PRECISION: stm_sql_precision(context, (uint8_t)(block->precision[at] & 15)); break;
    case PLACE:
        if (block->place[at] != STEMMA_NONE &&
            block->place[at] >= self->shared.base->counts.entities) {
            return STEMMA_E_DAMAGED;
        }
        stm_sql_number(context, block->place[at]);
        break;
    case DOCUMENTS: stm_sql_number(context, block->documents[at]); break;
    case INDEPENDENT: stm_sql_number(context, block->independent[at]); break;
    case POLARITY:
        stm_sql_word(context, STM_ENUM_POLARITY, block->factuality[at] & 3, false);
        break;
    case CERTAINTY:
        stm_sql_word(context, STM_ENUM_CERTAINTY, block->factuality[at] >> 2 & 3, false);
        break;
    case TENSE:
        stm_sql_word(context, STM_ENUM_TENSE, block->factuality[at] >> 4 & 3, false);
        break;
    default:
        stm_sql_word(context, STM_ENUM_REALIS, block->factuality[at] >> 6 & 3, false);
        break;
    }
    return STEMMA_OK;
}

static stemma_status who_of(sqlite3_context *context, int64_t who)
{
    if (who < 0) {
        sqlite3_result_error(
            context, "event.who and with_who have a value only where it is given: who = NUMBER", -1);
    } else {
        sqlite3_result_int64(context, who);
    }
    return STEMMA_OK;
}

static stemma_status column(struct stm_sql_cursor *cursor, sqlite3_context *context, int number)
{
    struct cursor *self = (struct cursor *)cursor;
    const stemma_event *event = &self->event;
    uint32_t wanted = scanned(number);
    stemma_status status;
    switch (number) {
    case NUMBER: stm_sql_number(context, self->number); return STEMMA_OK;
    case ID: return stm_sql_id(cursor, context, STEMMA_REFERENCE_EVENT, self->number);
    case LABEL: return stm_sql_event_label(cursor, context, self->number);
    case TIME: return stm_sql_event_time(cursor, context, self->number);
    case WHO: return who_of(context, self->who);
    case WITH_WHO: return who_of(context, self->with_who);
    default: break;
    }
    if (number == TYPE && self->type_end != 0) {
        return type_of(self, self->type_at, context);
    }
    if (wanted != 0 && scans(self)) {
        status = scan(self, wanted);
        return status == STEMMA_OK ? scanned_column(self, context, number) : status;
    }
    status = get(self);
    if (status != STEMMA_OK) {
        return status;
    }
    switch (number) {
    case TYPE: stm_sql_text(context, event->type); break;
    case EARLIEST: stm_sql_earliest(context, &self->day, event->bounds.start_earliest); break;
    case LATEST: stm_sql_time(context, event->bounds.end_latest, true); break;
    case PRECISION: stm_sql_precision(context, event->bounds.precision); break;
    case PLACE: stm_sql_number(context, event->place); break;
    case DOCUMENTS: stm_sql_number(context, event->documents); break;
    case INDEPENDENT: stm_sql_number(context, event->independent); break;
    case POLARITY: stm_sql_word(context, STM_ENUM_POLARITY, event->polarity, false); break;
    case CERTAINTY: stm_sql_word(context, STM_ENUM_CERTAINTY, event->certainty, false); break;
    case TENSE: stm_sql_word(context, STM_ENUM_TENSE, event->tense, false); break;
    default: stm_sql_word(context, STM_ENUM_REALIS, event->realis, false); break;
    }
    return STEMMA_OK;
}

static int64_t rowid(struct stm_sql_cursor *cursor)
{
    return ((struct cursor *)cursor)->number;
}

const struct stm_sql_table stm_sql_event = {
    .name = "event", .columns = columns,
    .slots = slots, .slot_count = sizeof slots / sizeof slots[0],
    .ways = ways, .way_count = sizeof ways / sizeof ways[0],
    .cursor_size = sizeof(struct cursor), .numbered = true,
    .estimate = stm_sql_event_estimate, .order = stm_sql_event_order, .limits = stm_sql_event_limits,
    .filter = filter, .next = next, .column = column, .rowid = rowid,
};
