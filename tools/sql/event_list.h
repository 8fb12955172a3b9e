/* SPDX-License-Identifier: MIT */
/* Events that posting lists lead to, and bounds in time. */
#ifndef STEMMA_SQL_EVENT_LIST_H
#define STEMMA_SQL_EVENT_LIST_H

#include "sql/table.h"

#define STM_SQL_LIST_AHEAD 256u

struct stm_sql_event_list {
    stemma_event_cursor *cursor;
    uint32_t at, count;
    uint32_t step; /* how many are taken at once: few at first */
    uint32_t events[STM_SQL_LIST_AHEAD];
};

/* Begins to look, in the cursor's `list`. */
stemma_status stm_sql_list_begin(struct stm_sql_event_list *list, struct stm_sql_cursor *cursor,
                                 const stemma_event_query *query);

/* STEMMA_END when there are no more. */
stemma_status stm_sql_list_next(struct stm_sql_event_list *list, struct stm_sql_cursor *cursor,
                                uint32_t *event);

/* The seconds that the slots `first` (=), `first + 1` (>=) and `first + 2` (<=) leave. */
struct stm_sql_numbers stm_sql_plan_days(const struct stm_sql_plan *plan, unsigned first);

/* Narrows numbers of events to those that start in these seconds. */
stemma_status stm_sql_events_of_days(struct stm_sql_base *base, struct stm_sql_numbers *numbers,
                                     const struct stm_sql_numbers *seconds, stemma_error *error);

/* How many events those slots leave, as far as that is known. */
stemma_status stm_sql_guess_days(const struct stm_sql_guess *guess, unsigned first, double *events,
                                 stemma_error *error);

/* How many events an entity, given by its number, takes part in. */
stemma_status stm_sql_count_of(struct stm_sql_base *base, sqlite3_value *entity, double *events,
                               stemma_error *error);

/* The word for a stemma_precision. */
void stm_sql_precision(sqlite3_context *context, uint8_t precision);

#endif
