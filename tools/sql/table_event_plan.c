/* SPDX-License-Identifier: MIT */
/* event: what a question costs. */
#include "sql/table_event.h"

/* The part of all events that the types of a slot are. */
static double share_of_types(const struct stm_sql_guess *guess)
{
    const struct stm_sql_base *base = guess->base;
    char prefix[64];
    stemma_text text = {NULL, 0};
    uint64_t events = 0;
    uint32_t first = 0;
    uint32_t end = 0;
    sqlite3_value *equal = guess->value[S_TYPE];
    sqlite3_value *like = guess->value[S_TYPE_LIKE];
    if ((guess->used & TYPES) == 0) {
        return 1;
    }
    if (equal != NULL) {
        (void)stm_sql_value_text(equal, &text);
    } else if (like != NULL) {
        text = (stemma_text){prefix, stm_sql_pattern_prefix(like, prefix, sizeof prefix)};
    } else {
        return 0.05;
    }
    stm_sql_terms_below(base, STEMMA_TERM_EVENT_TYPE, text, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        events += equal == NULL || base->terms[i].name.size == text.size ? base->type_counts[i] : 0;
    }
    return base->counts.events != 0 ? (double)events / (double)base->counts.events : 0;
}

static stemma_status guess_who(struct stm_sql_guess *guess, double *rows, stemma_error *error)
{
    const stemma_counts *counts = &guess->base->counts;
    double average = counts->entities != 0 ? 2.0 * (double)counts->events / (double)counts->entities
                                           : 1;
    *rows = (double)counts->events;
    for (unsigned i = S_WHO; i <= S_WITH_WHO; i++) {
        double found = average;
        if ((guess->used & STM_SQL_SLOT(i)) == 0) {
            continue;
        }
        if (guess->value[i] != NULL) {
            stemma_status status = stm_sql_count_of(guess->base, guess->value[i], &found, error);
            if (status != STEMMA_OK) {
                return status;
            }
        }
        *rows = found < *rows ? found : *rows;
    }
    *rows *= (guess->used & STM_SQL_SLOT(S_WITH_WHO)) != 0 ? 0.2 : 1;
    return STEMMA_OK;
}

stemma_status stm_sql_event_estimate(struct stm_sql_guess *guess, stemma_error *error)
{
    double events = (double)guess->base->counts.events;
    double days = events;
    double rows;
    guess->unique = guess->way == BY_NUMBER || guess->way == BY_ID;
    if (guess->unique) {
        guess->rows = 1;
        guess->cost = guess->way == BY_ID ? 4 : 2;
        return STEMMA_OK;
    }
    stemma_status status = stm_sql_guess_days(guess, S_DAY, &days, error);
    double share = events > 0 ? days / events : 1;
    if (status != STEMMA_OK) {
        return status;
    }
    if (guess->way == ALL) {
        rows = stm_sql_guess_numbers(guess, S_NUMBER, (uint64_t)events);
        guess->rows = rows < days ? rows : days;
        guess->cost = 2 + guess->rows;
        return STEMMA_OK;
    }
    rows = events;
    if ((guess->used & WHOM) != 0) {
        status = guess_who(guess, &rows, error);
    }
    rows *= share * share_of_types(guess);
    rows *= (guess->used & STM_SQL_SLOT(S_PLACE)) != 0 ? 0.01 : 1;
    guess->rows = rows;
    guess->cost = 4 + rows * 1.5;
    return status;
}

unsigned stm_sql_event_order(const struct stm_sql_guess *guess, const struct stm_sql_order *wanted)
{
    bool down = wanted->by[0].descending;
    bool by_time = wanted->by[0].column == EARLIEST;
    unsigned at = by_time ? 1 : 0;
    if (stm_sql_is_dated(guess->base) || guess->way == BY_NUMBER || guess->way == BY_ID) {
        return 0;
    }
    if (guess->way == ALL && wanted->by[0].column == TYPE && (guess->used & RANGE) == 0 &&
        (wanted->count == 1 || (wanted->by[1].column == NUMBER && !wanted->by[1].descending))) {
        return down ? ORDER_TYPE_DOWN : ORDER_TYPE; /* of each type events go up */
    }
    if (wanted->count > at &&
        (wanted->by[at].column != NUMBER || wanted->by[at].descending != down)) {
        return 0;
    }
    if (guess->way != ALL) { /* lists go up, what has no known time comes last */
        return down || (by_time && (guess->used & DAYS) == 0) ? 0 : ORDER_UP;
    }
    if (by_time) {
        return down ? ORDER_TIME_DOWN : ORDER_TIME_UP;
    }
    return down ? ORDER_DOWN : ORDER_UP;
}

bool stm_sql_event_limits(const struct stm_sql_guess *guess)
{
    return guess->way == ALL && guess->order != ORDER_TYPE && guess->order != ORDER_TYPE_DOWN &&
           !stm_sql_is_dated(guess->base);
}
