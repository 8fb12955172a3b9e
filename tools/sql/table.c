/* SPDX-License-Identifier: MIT */
/* What the tables share: snapshots, ids, ranges of numbers. */
#include "sql/table.h"

stemma_status stm_sql_need(struct stm_sql_cursor *cursor, stemma_snapshot **snapshot)
{
    return *snapshot != NULL ? STEMMA_OK
                             : stm_sql_snapshot_take(cursor->base, snapshot, &cursor->error);
}

#define ROWS_OF_ITEM 64u

stemma_status stm_sql_next_item(struct stm_sql_cursor *cursor)
{
    if (cursor->item == NULL) {
        return stm_sql_need(cursor, &cursor->item);
    }
    if (++cursor->rows >= ROWS_OF_ITEM) {
        stemma_snapshot_reset(cursor->item);
        cursor->rows = 0;
    }
    return STEMMA_OK;
}

stemma_status stm_sql_id(struct stm_sql_cursor *cursor, sqlite3_context *context, uint8_t kind,
                         uint32_t number)
{
    char id[STEMMA_ID_SIZE];
    stemma_reference reference = {kind, number};
    stemma_status status = stemma_id_text(cursor->item, reference, id, &cursor->error);
    if (status == STEMMA_OK) {
        stm_sql_text(context, stemma_text_of(id));
    }
    return status;
}

stemma_status stm_sql_resolve(struct stm_sql_cursor *cursor, sqlite3_value *value, uint8_t kind,
                              uint32_t *number)
{
    stemma_reference reference = {0, 0};
    stemma_text id;
    if (!stm_sql_value_text(value, &id)) {
        return STEMMA_END; /* an id begins with a letter: it is no number's text */
    }
    stemma_status status = stm_sql_need(cursor, &cursor->list);
    if (status == STEMMA_OK) {
        status = stemma_resolve(cursor->list, id, &reference, &cursor->error);
    }
    if (status == STEMMA_NOT_FOUND || status == STEMMA_E_INVALID ||
        (status == STEMMA_OK && reference.kind != kind)) {
        return STEMMA_END;
    }
    *number = reference.number;
    return status;
}

struct stm_sql_numbers stm_sql_plan_numbers(const struct stm_sql_plan *plan, unsigned first,
                                            uint64_t count)
{
    struct stm_sql_numbers numbers = {0, (int64_t)count - 1};
    for (unsigned i = 0; i < 3; i++) {
        if ((plan->used & STM_SQL_SLOT(first + i)) != 0) {
            stm_sql_narrow(&numbers, plan->value[first + i], (enum stm_sql_op)i,
                           (plan->strict & STM_SQL_SLOT(first + i)) != 0);
        }
    }
    return numbers;
}

double stm_sql_guess_numbers(const struct stm_sql_guess *guess, unsigned first, uint64_t count)
{
    struct stm_sql_numbers numbers = {0, (int64_t)count - 1};
    double share = 1;
    for (unsigned i = 0; i < 3; i++) {
        if ((guess->used & STM_SQL_SLOT(first + i)) == 0) {
            continue;
        }
        if (guess->value[first + i] != NULL) {
            stm_sql_narrow(&numbers, guess->value[first + i], (enum stm_sql_op)i,
                           (guess->strict & STM_SQL_SLOT(first + i)) != 0);
        } else if (i == 0) {
            return 1;
        } else {
            share /= 4;
        }
    }
    return stm_sql_none(&numbers) ? 0 : (double)(numbers.last - numbers.first + 1) * share;
}
