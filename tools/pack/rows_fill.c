/* SPDX-License-Identifier: MIT */
/* One row of a table into one row of the batch. */
#include "base/grow.h"
#include "pack/read/words.h"
#include "pack/rows_state.h"
#include "pack/rows_time.h"

static const stemma_text nothing = {NULL, 0};

static bool among(const stemma_text *values, uint32_t count, stemma_text cell)
{
    for (uint32_t i = 0; i < count; i++) {
        if (stemma_text_equal(values[i], cell)) {
            return true;
        }
    }
    return false;
}

stemma_status stm_rows_time_of(struct stm_rows *state, const struct stm_mapping_column *column,
                               stemma_text cell, stemma_text *time, struct stm_row_refusal *refusal)
{
    char *out = state->batch->text + state->batch->text_used;
    size_t size;
    if (column->time_form == STM_TIME_EDTF) {
        *time = cell;
        return STEMMA_OK;
    }
    size = stm_rows_time(column, cell, out);
    if (size == 0) {
        return stm_rows_refuse(refusal, "TIME_UNREADABLE", cell,
                               "\"%.*s\" is no date as the mapping says it is written",
                               (int)(cell.size < 60 ? cell.size : 60), cell.data);
    }
    *time = (stemma_text){out, size};
    return STEMMA_OK;
}

static stemma_status fill_time(struct stm_rows *state, const struct stm_mapping_column *column,
                               stemma_text cell, stemma_row *row, struct stm_row_refusal *refusal)
{
    const stemma_row *before = state->batch->count != 0 ? &state->batch->rows[state->batch->count - 1] : NULL;
    stemma_status status = stm_rows_time_of(state, column, cell, &row->time, refusal);
    if (status != STEMMA_OK || column->time_form == STM_TIME_EDTF) {
        return status;
    }
    /* Rows of one time share its text. */
    if (before != NULL && stemma_text_equal(before->time, row->time)) {
        row->time = before->time;
    } else {
        state->batch->text_used += row->time.size;
    }
    return STEMMA_OK;
}

static void fill_id(struct stm_rows *state, const struct stm_mapping_column *column,
                    stemma_text cell, stemma_row *row)
{
    char *out = state->batch->text + state->batch->text_used;
    size_t size = column->prefix.size;
    if (size == 0) {
        row->external_id = cell;
        return;
    }
    memcpy(out, column->prefix.data, size);
    out[size++] = ':';
    memcpy(out + size, cell.data, cell.size);
    size += cell.size;
    row->external_id = (stemma_text){out, size};
    state->batch->text_used += size;
}

static stemma_status add_participant(struct stm_rows *state, uint32_t role, uint32_t actor)
{
    stemma_row_participant *list = stm_grow(state->batch->participants, &state->batch->participant_capacity,
                                            state->batch->participant_count + 1, sizeof *list);
    if (list == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    state->batch->participants = list;
    list[state->batch->participant_count++] = (stemma_row_participant){role, actor};
    return STEMMA_OK;
}

/* `role` is an index of the plan until the type of the row is known. */
static stemma_status fill_role(struct stm_rows *state, const struct stm_row_slot *slot,
                               uint32_t actor_type, const struct stm_cell *cell,
                               struct stm_row_refusal *refusal)
{
    stemma_text separator = slot->column->separator;
    size_t at = 0;
    for (;;) {
        size_t end = cell->size;
        uint32_t actor;
        stemma_status status;
        if (separator.size != 0) {
            const char *found =
                memmem(cell->data + at, cell->size - at, separator.data, separator.size);
            end = found != NULL ? (size_t)(found - cell->data) : cell->size;
        }
        struct stm_cell part = *cell;
        if (separator.size != 0) {
            part = (struct stm_cell){cell->data + at, end - at, stm_cell_hash(cell->data + at, end - at),
                                     STEMMA_NONE};
        }
        status = stm_rows_actor(state, slot, actor_type, &part, &actor, refusal);
        if (status == STEMMA_OK && actor != STEMMA_NONE) {
            status = add_participant(state, slot->role, actor);
        }
        if (status != STEMMA_OK || end == cell->size) {
            return status;
        }
        at = end + separator.size;
    }
}

static stemma_status fill_slot(struct stm_rows *state, const struct stm_row_slot *slot,
                               uint32_t actor_type, const struct stm_cell *of, stemma_row *row,
                               struct stm_row_type *type, struct stm_row_refusal *refusal)
{
    const struct stm_mapping_column *column = slot->column;
    const stemma_text cell = {of->data, of->size};
    switch ((enum stm_fill)column->fill) {
    case STM_FILL_TIME:
        return fill_time(state, column, cell, row, refusal);
    case STM_FILL_TYPE:
        return stm_rows_type(state, column, of, type, refusal);
    case STM_FILL_PLACE:
        return stm_rows_actor(state, slot, actor_type, of, &row->place, refusal);
    case STM_FILL_SOURCE:
        return stm_rows_actor(state, slot, actor_type, of, &row->source, refusal);
    case STM_FILL_ID:
        fill_id(state, column, cell, row);
        return STEMMA_OK;
    case STM_FILL_CONTENT:
        row->content = cell;
        return STEMMA_OK;
    case STM_FILL_QUANTITY:
        row->amount = cell;
        row->unit = column->unit;
        row->quantity_predicate = slot->role;
        return STEMMA_OK;
    case STM_FILL_ROLE:
        return fill_role(state, slot, actor_type, of, refusal);
    case STM_FILL_NOTHING:
        break;
    }
    return STEMMA_OK;
}

uint32_t stm_rows_actor_type_of(struct stm_rows *state, const struct stm_row_slot *slot,
                                const struct stm_delimited_row *fields)
{
    if (slot->type_at == STEMMA_NONE) {
        return slot->actor_type;
    }
    return stm_rows_actor_type(
        state, stm_mapping_actor_type(state->mapping, stm_rows_trim(fields->fields[slot->type_at]),
                                      slot->column->actor_type));
}

stemma_status stm_rows_look(const struct stm_row_slot *slot, stemma_text cell)
{
    const struct stm_mapping_column *column = slot->column;
    if ((column->skip_if_count != 0 && among(column->skip_if, column->skip_if_count, cell)) ||
        (column->only_if_count != 0 && !among(column->only_if, column->only_if_count, cell))) {
        return STEMMA_NOT_FOUND;
    }
    return column->absent_count != 0 && among(column->absent, column->absent_count, cell) ? STEMMA_END
                                                                                         : STEMMA_OK;
}

static stemma_status fill_slots(struct stm_rows *state, const struct stm_delimited_row *fields,
                                stemma_row *row, struct stm_row_type *type,
                                struct stm_row_refusal *refusal)
{
    for (uint32_t i = 0; i < state->plan.slot_count; i++) {
        const struct stm_row_slot *slot = &state->plan.slots[i];
        const struct stm_cell of = stm_rows_cell(state, slot, fields);
        const stemma_text cell = {of.data, of.size};
        uint32_t actor_type;
        stemma_status status;
        status = slot->always ? STEMMA_OK : stm_rows_look(slot, cell);
        if (status == STEMMA_NOT_FOUND) {
            return status;
        }
        if (cell.size == 0 || status == STEMMA_END) {
            continue;
        }
        actor_type = stm_rows_actor_type_of(state, slot, fields);
        if (actor_type == STEMMA_NONE) {
            return STEMMA_E_NO_MEMORY;
        }
        status = fill_slot(state, slot, actor_type, &of, row, type, refusal);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    return STEMMA_OK;
}

/* The handles of the row's roles, which its type may call otherwise. */
static stemma_status name_roles(struct stm_rows *state, size_t first,
                                const struct stm_row_type *type, stemma_row *row,
                                struct stm_row_refusal *refusal)
{
    stemma_status status = STEMMA_OK;
    for (size_t i = first; i < state->batch->participant_count && status == STEMMA_OK; i++) {
        status = stm_rows_role(state, type->renames, state->batch->participants[i].role,
                               &state->batch->participants[i].role, refusal);
    }
    if (status == STEMMA_OK && row->quantity_predicate != STEMMA_NONE) {
        status = stm_rows_role(state, type->renames, row->quantity_predicate,
                               &row->quantity_predicate, refusal);
    }
    return status;
}

stemma_status stm_rows_fill(struct stm_rows *state, const struct stm_delimited_row *fields,
                            struct stm_row_refusal *refusal)
{
    const size_t first = state->batch->participant_count;
    const size_t text_mark = state->batch->text_used;
    struct stm_row_type type = {STEMMA_NONE, 0};
    stemma_row *row;
    stemma_status status = STEMMA_OK;
    if (state->plan.expected != 0 ? fields->count != state->plan.expected
                                  : fields->count < state->plan.needed) {
        return stm_rows_refuse(
            refusal, "ROW_COLUMNS", nothing, "The row has %u fields where there should be %s%u",
            fields->count, state->plan.expected != 0 ? "" : "at least ",
            state->plan.expected != 0 ? state->plan.expected : state->plan.needed);
    }
    if (state->batch->columns != NULL) {
        return stm_rows_fill_columns(state, fields, refusal);
    }
    row = &state->batch->rows[state->batch->count];
    *row = (stemma_row){.number = fields->number,
                        .type = STEMMA_NONE,
                        .place = STEMMA_NONE,
                        .source = STEMMA_NONE,
                        .quantity_predicate = STEMMA_NONE};
    status = fill_slots(state, fields, row, &type, refusal);
    if (status == STEMMA_OK && state->mapping->joined_type && row->external_id.size != 0) {
        uint32_t joined;
        status = stm_rows_joined_type(state, row->external_id, &joined);
        if (joined != STEMMA_NONE) {
            type.handle = joined;
        }
    }
    if (status == STEMMA_OK && type.handle == STEMMA_NONE) {
        status = stm_rows_refuse(refusal, "ROW_TYPE_MISSING", nothing,
                                 "The row does not say what happened");
    }
    if (status == STEMMA_OK) {
        status = name_roles(state, first, &type, row, refusal);
    }
    if (status != STEMMA_OK) {
        state->batch->participant_count = first;
        state->batch->text_used = text_mark;
        return status;
    }
    row->type = type.handle;
    row->participant_count = (uint32_t)(state->batch->participant_count - first);
    state->batch->first_participant[state->batch->count] = first;
    state->batch->lines[state->batch->count] = fields->line;
    state->batch->count++;
    return STEMMA_OK;
}
