/* SPDX-License-Identifier: MIT */
/**
 * @file table_event.h
 * What planning (table_event_plan.c) and going through rows (table_event.c) share of the table "event".
 */
#ifndef STEMMA_SQL_TABLE_EVENT_H
#define STEMMA_SQL_TABLE_EVENT_H

#include "sql/event_list.h"

/** Columns. */
enum {
    NUMBER, ID, TYPE, LABEL, TIME, EARLIEST, LATEST, PRECISION, PLACE, DOCUMENTS, INDEPENDENT, POLARITY,
    CERTAINTY, TENSE, REALIS, WHO, WITH_WHO
};

/** Slots. */
enum {
    S_NUMBER, S_FROM, S_TO, S_ID, S_TYPE, S_TYPE_LIKE, S_PLACE, S_DAY, S_DAY_FROM, S_DAY_TO, S_WHO,
    S_WITH_WHO
};

#define RANGE (STM_SQL_SLOT(S_FROM) | STM_SQL_SLOT(S_TO))
#define TYPES (STM_SQL_SLOT(S_TYPE) | STM_SQL_SLOT(S_TYPE_LIKE))
#define DAYS  (STM_SQL_SLOT(S_DAY) | STM_SQL_SLOT(S_DAY_FROM) | STM_SQL_SLOT(S_DAY_TO))
#define WHOM  (STM_SQL_SLOT(S_WHO) | STM_SQL_SLOT(S_WITH_WHO))

/** Ways. */
enum { BY_NUMBER, BY_ID, BY_WHO, BY_PLACE, BY_TYPE, BY_PREFIX, ALL };

/** Orders. */
enum { ORDER_NONE, ORDER_UP, ORDER_DOWN, ORDER_TIME_UP, ORDER_TIME_DOWN, ORDER_TYPE, ORDER_TYPE_DOWN };

/** How many rows a way finds, and what that costs. */
stemma_status stm_sql_event_estimate(struct stm_sql_guess *guess, stemma_error *error);

/** The order that a way can keep, or 0. */
unsigned stm_sql_event_order(const struct stm_sql_guess *guess, const struct stm_sql_order *wanted);

/** Whether a way can leave rows out itself. */
bool stm_sql_event_limits(const struct stm_sql_guess *guess);

#endif
