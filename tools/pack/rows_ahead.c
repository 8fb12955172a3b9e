/* SPDX-License-Identifier: MIT */
/* Rows are read a few at a time. Names of actors are many, and so far apart in memory: those of the rows are fetched
   before the first of these is filled. */
#include "pack/rows_state.h"

_Static_assert(STM_ROWS_AHEAD < STM_DELIMITED_KEPT, "rows that are read stand until they are filled");

static void foresee(const struct stm_rows *state, struct stm_row_ahead *ahead)
{
    const struct stm_delimited_row *fields = &ahead->row;
    for (uint32_t i = 0; i < state->plan.slot_count && i < STM_ROWS_FORESEEN; i++) {
        const struct stm_row_slot *slot = &state->plan.slots[i];
        uint8_t fill = slot->column->fill;
        stemma_text cell;
        ahead->foreseen[i].data = NULL;
        if (slot->at >= fields->count || slot->column->separator.size != 0 ||
            (fill != STM_FILL_ROLE && fill != STM_FILL_PLACE && fill != STM_FILL_SOURCE)) {
            continue;
        }
        cell = stm_rows_trim(fields->fields[slot->at]);
        if (cell.size != 0) {
            stm_rows_foresee(state, &ahead->foreseen[i], cell);
        }
    }
}

static void read_ahead(struct stm_rows *state, struct stm_delimited *table, size_t most)
{
    unsigned count = 0;
    stemma_status status = STEMMA_OK;
    while (status != STEMMA_END && count < most && count < STM_ROWS_AHEAD) {
        struct stm_row_ahead *ahead = &state->ahead[count++];
        status = stm_delimited_row(table, &ahead->row, &ahead->fault);
        ahead->status = status;
        if (status == STEMMA_OK) {
            foresee(state, ahead);
        }
    }
    state->ahead_first = 0;
    state->ahead_end = count;
}

const struct stm_row_ahead *stm_rows_next(struct stm_rows *state, struct stm_delimited *table, size_t most)
{
    const struct stm_row_ahead *next;
    if (state->ahead_first == state->ahead_end) {
        read_ahead(state, table, most);
    }
    next = &state->ahead[state->ahead_first++];
    state->foreseen = next->foreseen;
    return next;
}
