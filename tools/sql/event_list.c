/* SPDX-License-Identifier: MIT */
#include "sql/event_list.h"

#define FIRST_STEP 16u

stemma_status stm_sql_list_begin(struct stm_sql_event_list *list, struct stm_sql_cursor *cursor,
                                 const stemma_event_query *query)
{
    stemma_status status = stm_sql_need(cursor, &cursor->list);
    list->at = list->count = 0;
    list->step = FIRST_STEP;
    if (status == STEMMA_OK) {
        status = stemma_events(&list->cursor, cursor->list, query, &cursor->error);
    }
    return status;
}

stemma_status stm_sql_list_next(struct stm_sql_event_list *list, struct stm_sql_cursor *cursor,
                                uint32_t *event)
{
    if (list->at == list->count) {
        stemma_status status = stemma_event_next_many(list->cursor, list->events, list->step,
                                                      &list->count, &cursor->error);
        list->at = 0;
        list->step = STM_SQL_LIST_AHEAD;
        if (status != STEMMA_OK) {
            list->count = 0;
            return status;
        }
    }
    *event = list->events[list->at++];
    return STEMMA_OK;
}

struct stm_sql_numbers stm_sql_plan_days(const struct stm_sql_plan *plan, unsigned first)
{
    struct stm_sql_numbers seconds = {INT64_MIN, INT64_MAX};
    for (unsigned i = 0; i < 3; i++) {
        if ((plan->used & STM_SQL_SLOT(first + i)) != 0) {
            stm_sql_narrow_time(&seconds, plan->value[first + i], (enum stm_sql_op)i,
                                (plan->strict & STM_SQL_SLOT(first + i)) != 0);
        }
    }
    return seconds;
}

stemma_status stm_sql_events_of_days(struct stm_sql_base *base, struct stm_sql_numbers *numbers,
                                     const struct stm_sql_numbers *seconds, stemma_error *error)
{
    uint32_t first = 0;
    uint32_t end = base->known_events;
    stemma_status status = STEMMA_OK;
    if (stm_sql_none(seconds)) {
        *numbers = (struct stm_sql_numbers){1, 0};
        return STEMMA_OK;
    }
    if (seconds->first != INT64_MIN) {
        status = stm_sql_event_from(base, seconds->first, &first, error);
    }
    if (status == STEMMA_OK && seconds->last != INT64_MAX) {
        status = stm_sql_event_from(base, seconds->last + 1, &end, error);
    }
    numbers->first = first > numbers->first ? first : numbers->first;
    numbers->last = (int64_t)end - 1 < numbers->last ? (int64_t)end - 1 : numbers->last;
    return status;
}

stemma_status stm_sql_guess_days(const struct stm_sql_guess *guess, unsigned first, double *events,
                                 stemma_error *error)
{
    struct stm_sql_numbers seconds = {INT64_MIN, INT64_MAX};
    struct stm_sql_numbers numbers = {0, (int64_t)guess->base->counts.events - 1};
    bool any = false;
    double share = 1;
    for (unsigned i = 0; i < 3; i++) {
        if ((guess->used & STM_SQL_SLOT(first + i)) == 0) {
            continue;
        }
        any = true;
        if (guess->value[first + i] != NULL) {
            stm_sql_narrow_time(&seconds, guess->value[first + i], (enum stm_sql_op)i,
                                (guess->strict & STM_SQL_SLOT(first + i)) != 0);
        } else {
            share /= i == 0 ? 1000 : 4;
        }
    }
    *events = (double)guess->base->counts.events;
    if (!any) {
        return STEMMA_OK;
    }
    stemma_status status = stm_sql_events_of_days(guess->base, &numbers, &seconds, error);
    *events = stm_sql_none(&numbers) ? 0 : (double)(numbers.last - numbers.first + 1) * share;
    return status;
}

stemma_status stm_sql_count_of(struct stm_sql_base *base, sqlite3_value *entity, double *events,
                               stemma_error *error)
{
    struct stm_sql_numbers numbers = {0, (int64_t)base->counts.entities - 1};
    stemma_event_query query = STEMMA_EVENT_QUERY_INIT;
    uint64_t count = 0;
    stm_sql_narrow(&numbers, entity, STM_SQL_EQ, false);
    if (stm_sql_none(&numbers)) {
        *events = 0;
        return STEMMA_OK;
    }
    uint32_t number = (uint32_t)numbers.first;
    query.entities = &number;
    query.entity_count = 1;
    stemma_status status = stemma_events_count(base->whole, &query, &count, error);
    *events = (double)count;
    return status;
}

void stm_sql_precision(sqlite3_context *context, uint8_t precision)
{
    static const char *const words[] = {NULL,    "decade", "year",  "season",
                                        "month", "day",    "second"};
    if (precision < sizeof words / sizeof words[0] && words[precision] != NULL) {
        sqlite3_result_text(context, words[precision], -1, SQLITE_STATIC);
    }
}
