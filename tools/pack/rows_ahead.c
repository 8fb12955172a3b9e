/* SPDX-License-Identifier: MIT */
/* Rows are read a few at a time. Names of actors are many, and so far apart in memory: those of the rows are fetched
   before the first of these is filled. */
#include "pack/rows_state.h"

_Static_assert(STM_ROWS_AHEAD < STM_DELIMITED_KEPT, "rows that are read stand until they are filled");

/* The cells of a row that are looked up; all of them are added to `list`. */
static size_t foresee(const struct stm_rows *state, struct stm_row_ahead *ahead, struct stm_cell **list)
{
    const struct stm_row_plan *plan = &state->plan;
    size_t count = 0;
    for (uint32_t i = 0; i < plan->foreseen_count; i++) {
        const uint32_t at = plan->slots[plan->foreseen[i]].at;
        struct stm_cell *cell = &ahead->cells[plan->foreseen[i]];
        if (at < ahead->row.count) {
            stemma_text text = stm_rows_trim(ahead->row.fields[at]);
            cell->data = text.data;
            cell->size = text.size;
            list[count++] = cell;
        }
    }
    return count;
}

static void fetch(const struct stm_rows *state, struct stm_row_ahead *ahead)
{
    const struct stm_row_plan *plan = &state->plan;
    for (uint32_t i = 0; i < plan->foreseen_count; i++) {
        const struct stm_row_slot *slot = &plan->slots[plan->foreseen[i]];
        if (slot->at >= ahead->row.count) {
            continue;
        }
        if (slot->column->fill == STM_FILL_TYPE) {
            stm_rows_foresee_type(state, &ahead->cells[plan->foreseen[i]]);
        } else {
            stm_rows_foresee_actor(state, &ahead->cells[plan->foreseen[i]]);
        }
    }
}

static void read_ahead(struct stm_rows *state, struct stm_delimited *table, size_t most)
{
    struct stm_cell *cells[STM_ROWS_AHEAD * STM_ROWS_FORESEEN];
    size_t cell_count = 0;
    unsigned count = 0;
    stemma_status status = STEMMA_OK;
    while (status != STEMMA_END && count < most && count < STM_ROWS_AHEAD) {
        struct stm_row_ahead *ahead = &state->ahead[count++];
        status = stm_delimited_row(table, &ahead->row, &ahead->fault);
        ahead->status = status;
        if (status == STEMMA_OK) {
            cell_count += foresee(state, ahead, cells + cell_count);
        }
    }
    if (cell_count != 0) {
        stm_cells_hash(cells, cell_count);
    }
    for (unsigned i = 0; i < count; i++) {
        if (state->ahead[i].status == STEMMA_OK) {
            fetch(state, &state->ahead[i]);
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
    state->cells = next->cells;
    return next;
}
