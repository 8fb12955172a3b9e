/* SPDX-License-Identifier: MIT */
/* Rows that say what, when and who, and nothing else: they are filled and given away as columns. */
#include "pack/rows_state.h"

#define FORM_TAKEN 0x8000u /* in `slots` of the cache of forms */
#define AT_ONCE    1024u   /* rows that are added while the other thread may ask for nothing */

_Static_assert(STM_ROWS_FORESEEN < 15, "a bit for each slot, and FORM_TAKEN");

bool stm_rows_may_be_columns(const struct stm_rows *state)
{
    const struct stm_row_sink *sink = state->sink;
    uint32_t times = 0;
    if (sink->form == NULL || sink->time == NULL || sink->columns == NULL ||
        state->plan.slot_count > STM_ROWS_FORESEEN || state->mapping->join_ids ||
        state->mapping->joined_type) {
        return false;
    }
    for (uint32_t i = 0; i < state->plan.slot_count; i++) {
        const struct stm_mapping_column *column = state->plan.slots[i].column;
        switch ((enum stm_fill)column->fill) {
        case STM_FILL_TIME:
            times++;
            break;
        case STM_FILL_ROLE:
            if (column->separator.size != 0) {
                return false;
            }
            break;
        case STM_FILL_TYPE:
        case STM_FILL_NOTHING:
            break;
        case STM_FILL_PLACE:
        case STM_FILL_SOURCE:
        case STM_FILL_ID:
        case STM_FILL_CONTENT:
        case STM_FILL_QUANTITY:
            return false;
        }
    }
    return times <= 1;
}

/* ---- Filling --------------------------------------------------------------------------------- */

/* Rows of one time, and tables in order of time have many, share its text. */
static stemma_status fill_time(struct stm_rows *state, const struct stm_mapping_column *column,
                               stemma_text cell, uint32_t *time, struct stm_row_refusal *refusal)
{
    struct stm_row_batch_columns *columns = state->batch->columns;
    if (columns->time_count == 0 || columns->time_cell.size != cell.size ||
        !stm_cell_equal(columns->time_cell.data, cell.data, cell.size)) {
        stemma_text *text = &columns->time_texts[columns->time_count];
        stemma_status status = stm_rows_time_of(state, column, cell, text, refusal);
        if (status != STEMMA_OK) {
            return status;
        }
        state->batch->text_used += text->data != cell.data ? text->size : 0;
        columns->time_cell = cell;
        columns->time_count++;
    }
    *time = columns->time_count - 1;
    return STEMMA_OK;
}

/* A form that is not in the cache. The roles are asked for in the order in which rows have them. */
static stemma_status new_form(struct stm_rows *state, const struct stm_row_type *type, uint16_t slots,
                              struct stm_row_form_cache *cached, struct stm_row_refusal *refusal)
{
    static const stemma_text nowhere = {NULL, 0};
    uint32_t roles[STM_ROWS_FORESEEN];
    uint32_t count = 0;
    uint32_t handle;
    stemma_error error = {0};
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < state->plan.slot_count; i++) {
        if ((slots >> i & 1u) != 0) {
            status = stm_rows_role(state, type->renames, state->plan.slots[i].role, &roles[count++],
                                   refusal);
            if (status != STEMMA_OK) {
                return status;
            }
        }
    }
    stm_rows_ask(state);
    status = state->sink->form(state->sink->context, type->handle, roles, count, &handle, &error);
    stm_rows_answered(state);
    if (status == STEMMA_OK) {
        *cached = (struct stm_row_form_cache){type->handle, (uint16_t)type->renames,
                                              (uint16_t)(slots | FORM_TAKEN), handle};
    }
    return stm_rows_sink_said(state, status, &error, nowhere, refusal);
}

static stemma_status find_form(struct stm_rows *state, const struct stm_row_type *type, uint16_t slots,
                               uint32_t *form, struct stm_row_refusal *refusal)
{
    uint64_t hash = stm_cell_mix((uint64_t)type->renames << 32 | type->handle, slots);
    struct stm_row_form_cache *cached = &state->form_cache[hash & (STM_ROWS_FORM_SLOTS - 1)];
    if (cached->slots != (slots | FORM_TAKEN) || cached->type != type->handle ||
        cached->renames != type->renames) {
        stemma_status status = new_form(state, type, slots, cached, refusal);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    *form = cached->handle;
    return STEMMA_OK;
}

/* What a row is filled with. */
struct filling {
    struct stm_row_type type;
    uint32_t time;
    uint16_t slots; /* those that gave an actor */
    uint32_t *actors;
    uint32_t actor_count;
};

static stemma_status fill_slot(struct stm_rows *state, const struct stm_row_slot *slot,
                               const struct stm_delimited_row *fields, const struct stm_cell *cell,
                               struct filling *row, struct stm_row_refusal *refusal)
{
    uint32_t actor_type = slot->actor_type;
    uint32_t actor;
    stemma_status status;
    if (slot->column->fill == STM_FILL_TIME) {
        return fill_time(state, slot->column, (stemma_text){cell->data, cell->size}, &row->time, refusal);
    }
    if (slot->column->fill == STM_FILL_TYPE) {
        return stm_rows_type(state, slot->column, cell, &row->type, refusal);
    }
    if (slot->column->fill != STM_FILL_ROLE) {
        return STEMMA_OK;
    }
    if (slot->type_at != STEMMA_NONE) {
        actor_type = stm_rows_actor_type_of(state, slot, fields);
        if (actor_type == STEMMA_NONE) {
            return STEMMA_E_NO_MEMORY;
        }
    }
    status = stm_rows_actor(state, slot, actor_type, cell, &actor, refusal);
    if (status == STEMMA_OK && actor != STEMMA_NONE) {
        row->actors[row->actor_count++] = actor;
        row->slots |= (uint16_t)(1u << (slot - state->plan.slots));
    }
    return status;
}

static stemma_status fill_slots(struct stm_rows *state, const struct stm_delimited_row *fields,
                                struct filling *row, struct stm_row_refusal *refusal)
{
    for (uint32_t i = 0; i < state->plan.slot_count; i++) {
        const struct stm_row_slot *slot = &state->plan.slots[i];
        const struct stm_cell cell = stm_rows_cell(state, slot, fields);
        stemma_status status =
            slot->always ? STEMMA_OK : stm_rows_look(slot, (stemma_text){cell.data, cell.size});
        if (status == STEMMA_NOT_FOUND) {
            return status;
        }
        if (cell.size == 0 || status == STEMMA_END) {
            continue;
        }
        status = fill_slot(state, slot, fields, &cell, row, refusal);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    return STEMMA_OK;
}

stemma_status stm_rows_fill_columns(struct stm_rows *state, const struct stm_delimited_row *fields,
                                    struct stm_row_refusal *refusal)
{
    struct stm_row_batch *batch = state->batch;
    struct stm_row_batch_columns *columns = batch->columns;
    const size_t text_mark = batch->text_used;
    const uint32_t time_mark = columns->time_count;
    struct filling row = {.type = {STEMMA_NONE, 0},
                          .time = STEMMA_NONE,
                          .actors = columns->actors + columns->actor_count};
    stemma_status status = fill_slots(state, fields, &row, refusal);
    if (status == STEMMA_OK && row.type.handle == STEMMA_NONE) {
        status = stm_rows_refuse(refusal, "ROW_TYPE_MISSING", (stemma_text){NULL, 0},
                                 "The row does not say what happened");
    }
    if (status == STEMMA_OK) {
        status = find_form(state, &row.type, row.slots, &columns->forms[batch->count], refusal);
    }
    if (status != STEMMA_OK) {
        batch->text_used = text_mark;
        if (columns->time_count != time_mark) { /* the cell before is not known any more */
            columns->time_count = time_mark;
            columns->time_cell = (stemma_text){NULL, SIZE_MAX};
        }
        return status;
    }
    columns->numbers[batch->count] = fields->number;
    columns->times[batch->count] = row.time;
    batch->first_participant[batch->count] = columns->actor_count;
    columns->actor_count += row.actor_count;
    batch->lines[batch->count] = fields->line;
    batch->count++;
    return STEMMA_OK;
}

/* ---- Giving them away ------------------------------------------------------------------------ */

#define NO_TIME (STEMMA_NONE - 1) /* stands for the handle of what is no time */

static stemma_status ask_time(struct stm_rows *state, stemma_text time, uint32_t *handle,
                              stemma_error *error)
{
    stemma_status status;
    stm_rows_ask(state);
    status = state->sink->time(state->sink->context, time, handle, error);
    stm_rows_answered(state);
    return status;
}

/* The handles of the rows' times. */
static stemma_status name_times(struct stm_rows *state, const struct stm_row_batch *batch, bool *all)
{
    struct stm_row_batch_columns *columns = batch->columns;
    uint32_t last = STEMMA_NONE;
    uint32_t handle = STEMMA_NONE;
    *all = true;
    for (size_t i = 0; i < batch->count; i++) {
        const uint32_t time = columns->times[i];
        if (time != last) {
            stemma_error error = {0};
            stemma_status status = STEMMA_OK;
            handle = STEMMA_NONE;
            last = time;
            if (time != STEMMA_NONE) {
                status = ask_time(state, columns->time_texts[time], &handle, &error);
            }
            if (status == STEMMA_E_INVALID) {
                handle = NO_TIME;
                *all = false;
            } else if (status != STEMMA_OK) {
                *state->error = error;
                return status;
            }
        }
        columns->time_handles[i] = handle;
    }
    return STEMMA_OK;
}

/* Whether the sink means the row only. */
static bool is_about_row(stemma_status status, const stemma_error *error)
{
    return status == STEMMA_E_INVALID ||
           (status == STEMMA_E_LIMIT && strcmp(error->code, "CORPUS_TOO_LARGE") != 0);
}

/* How many rows from the first on can be given at once: none whose time is none. */
static size_t rows_at_once(const struct stm_row_batch *batch, size_t first, bool all)
{
    size_t most = batch->count - first < AT_ONCE ? batch->count - first : AT_ONCE;
    size_t count = 0;
    while (!all && count < most && batch->columns->time_handles[first + count] != NO_TIME) {
        count++;
    }
    return all ? most : count;
}

/* Some rows from `first` on; `*taken` of them were. */
static stemma_status add_some(struct stm_rows *state, const struct stm_row_batch *batch, size_t first,
                              bool all, size_t *taken, stemma_error *error)
{
    const struct stm_row_batch_columns *columns = batch->columns;
    stemma_plain_rows some = {.count = rows_at_once(batch, first, all),
                               .numbers = columns->numbers + first,
                               .forms = columns->forms + first,
                               .times = columns->time_handles + first,
                               .actors = columns->actors + batch->first_participant[first]};
    stemma_status status;
    *taken = 0;
    if (some.count == 0) { /* said once more why */
        uint32_t handle;
        return ask_time(state, columns->time_texts[columns->times[first]], &handle, error);
    }
    stm_rows_ask(state);
    status = state->sink->columns(state->sink->context, &some, taken, error);
    stm_rows_answered(state);
    return status;
}

stemma_status stm_rows_add_columns(struct stm_rows *state, struct stm_row_batch *batch,
                                   stm_rows_report *report)
{
    size_t done = 0;
    bool all = true;
    stemma_status status = name_times(state, batch, &all);
    while (done < batch->count && status == STEMMA_OK) {
        stemma_error error = {0};
        size_t taken;
        status = add_some(state, batch, done, all, &taken, &error);
        state->taken += (uint32_t)taken;
        state->result->rows += taken;
        done += taken;
        if (is_about_row(status, &error)) {
            report(state, batch->lines[done], 0, error.code, error.message);
            done++;
            status = STEMMA_OK;
        } else if (status != STEMMA_OK) {
            *state->error = error;
        }
    }
    batch->count = 0;
    batch->text_used = 0;
    batch->columns->actor_count = 0;
    batch->columns->time_count = 0;
    return status;
}
