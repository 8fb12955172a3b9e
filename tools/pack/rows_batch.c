/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "pack/rows_state.h"

bool stm_rows_batch_full(const struct stm_rows *state)
{
    return state->batch->count == STM_ROWS_BATCH || state->batch->text_used > STM_ROWS_TEXT - STM_ROWS_TEXT_ROW;
}

struct stm_row_batch *stm_row_batch_new(bool columns)
{
    struct stm_row_batch *batch = calloc(1, sizeof *batch);
    if (batch == NULL) {
        return NULL;
    }
    batch->text = malloc(STM_ROWS_TEXT);
    if (columns) {
        batch->columns = calloc(1, sizeof *batch->columns);
    } else {
        batch->rows = calloc(STM_ROWS_BATCH, sizeof *batch->rows);
    }
    if (batch->text == NULL || (batch->rows == NULL && batch->columns == NULL)) {
        stm_row_batch_free(batch);
        return NULL;
    }
    return batch;
}

void stm_row_batch_free(struct stm_row_batch *batch)
{
    if (batch != NULL) {
        free(batch->text);
        free(batch->rows);
        free(batch->columns);
        free(batch->participants);
        free(batch);
    }
}
