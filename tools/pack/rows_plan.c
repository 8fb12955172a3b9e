/* SPDX-License-Identifier: MIT */
#include "pack/rows_state.h"

#define SHOWN(text) (int)((text).size < 100 ? (text).size : 100), (text).data

static void missing(struct stm_rows *state, const struct stm_mapping_column *column,
                    stemma_text name)
{
    stm_problem problem = {STM_SEVERITY_ERROR, state->input->name, 1, 0, "MAPPING_COLUMN_MISSING"};
    stm_problems_add(state->problems, &problem, "The table has no column \"%.*s\" (%.*s:%llu)",
                     SHOWN(name), SHOWN(state->mapping->file), (unsigned long long)column->line);
}

/* Position of a name, from 0; STEMMA_NONE. */
static uint32_t position_of(const stemma_text *names, uint32_t count, stemma_text name)
{
    for (uint32_t i = 0; i < count; i++) {
        if (stemma_text_equal(names[i], name)) {
            return i;
        }
    }
    return STEMMA_NONE;
}

static uint32_t role_of(struct stm_row_plan *plan, stemma_text name)
{
    uint32_t at = position_of(plan->roles, plan->role_count, name);
    if (at == STEMMA_NONE) {
        at = plan->role_count++;
        plan->roles[at] = name;
    }
    return at;
}

/* "3" of [actor-type = column 3], unless a column is called so. */
static uint32_t by_number(stemma_text name)
{
    uint32_t number = 0;
    for (size_t i = 0; i < name.size; i++) {
        if (name.data[i] < '0' || name.data[i] > '9' || number > STM_MAPPING_POSITION) {
            return STEMMA_NONE;
        }
        number = number * 10 + (uint32_t)(name.data[i] - '0');
    }
    return number != 0 && number <= STM_MAPPING_POSITION ? number - 1 : STEMMA_NONE;
}

static stemma_status bind_column(struct stm_rows *state, const struct stm_mapping_column *column,
                                 const stemma_text *names, uint32_t count,
                                 struct stm_row_slot *slot)
{
    struct stm_row_plan *plan = &state->plan;
    slot->column = column;
    slot->type_at = STEMMA_NONE;
    slot->at =
        column->position != 0 ? column->position - 1 : position_of(names, count, column->name);
    if (slot->at == STEMMA_NONE || (count != 0 && slot->at >= count)) {
        char number[16];
        snprintf(number, sizeof number, "%u", column->position);
        missing(state, column, column->position != 0 ? stemma_text_of(number) : column->name);
        return STEMMA_E_INVALID;
    }
    if (column->actor_type_column.size != 0) {
        slot->type_at = position_of(names, count, column->actor_type_column);
        if (slot->type_at == STEMMA_NONE) {
            slot->type_at = by_number(column->actor_type_column);
        }
        if (slot->type_at == STEMMA_NONE || (count != 0 && slot->type_at >= count)) {
            missing(state, column, column->actor_type_column);
            return STEMMA_E_INVALID;
        }
        plan->needed = slot->type_at + 1 > plan->needed ? slot->type_at + 1 : plan->needed;
    }
    plan->needed = slot->at + 1 > plan->needed ? slot->at + 1 : plan->needed;
    return STEMMA_OK;
}

/* Space-separated names of roles. */
static stemma_status join_roles(struct stm_rows *state, uint32_t count)
{
    struct stm_row_plan *plan = &state->plan;
    size_t size = 0;
    char *text;
    for (uint32_t i = 0; i < count; i++) {
        size += plan->roles[i].size + 1;
    }
    text = stm_arena_alloc(&state->arena, size, 1);
    if (text == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    size = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (i != 0) {
            text[size++] = ' ';
        }
        memcpy(text + size, plan->roles[i].data, plan->roles[i].size);
        size += plan->roles[i].size;
    }
    plan->event_roles = (stemma_text){text, size};
    return STEMMA_OK;
}

/* Constants are looked up as cells of the table are: rows_cell.h. */
static bool open_constant(struct stm_rows *state, struct stm_row_slot *slot)
{
    char *text = stm_arena_alloc(&state->arena, slot->constant.size + STM_CELL_OPEN, 1);
    if (text == NULL) {
        return false;
    }
    if (slot->constant.size != 0) {
        memcpy(text, slot->constant.data, slot->constant.size);
    }
    slot->constant.data = text;
    return true;
}

static void foresee(struct stm_row_plan *plan, struct stm_row_slot *slot)
{
    const uint8_t fill = slot->column->fill;
    slot->looked_up = fill == STM_FILL_TYPE || fill == STM_FILL_ROLE || fill == STM_FILL_PLACE ||
                      fill == STM_FILL_SOURCE;
    slot->foreseen = slot->looked_up && slot->at != STEMMA_NONE && slot->column->separator.size == 0 &&
                     slot - plan->slots < (ptrdiff_t)STM_ROWS_FORESEEN;
    if (slot->foreseen) {
        plan->foreseen[plan->foreseen_count++] = (uint32_t)(slot - plan->slots);
    }
}

stemma_status stm_row_plan_make(struct stm_rows *state, const stemma_text *names, uint32_t count)
{
    const struct stm_mapping *mapping = state->mapping;
    struct stm_row_plan *plan = &state->plan;
    uint32_t total = mapping->fill_count + mapping->constant_count;
    uint32_t event_roles;
    stemma_status status = STEMMA_OK;
    memset(plan, 0, sizeof *plan);
    plan->expected = count;
    plan->slots = stm_arena_alloc(&state->arena, total, sizeof *plan->slots);
    plan->roles = stm_arena_alloc(&state->arena, total, sizeof *plan->roles);
    if (plan->slots == NULL || plan->roles == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < total; i++) {
        struct stm_row_slot *slot = &plan->slots[plan->slot_count++];
        if (i < mapping->fill_count) {
            stemma_status bound = bind_column(state, &mapping->fills[i], names, count, slot);
            status = bound != STEMMA_OK ? bound : status;
        } else {
            const struct stm_mapping_constant *constant =
                &mapping->constants[i - mapping->fill_count];
            *slot = (struct stm_row_slot){.column = &constant->column,
                                          .at = STEMMA_NONE,
                                          .constant = constant->value,
                                          .type_at = STEMMA_NONE};
        }
        if (slot->at == STEMMA_NONE && !open_constant(state, slot)) {
            return STEMMA_E_NO_MEMORY;
        }
        foresee(plan, slot);
        slot->always = slot->column->skip_if_count == 0 && slot->column->only_if_count == 0 &&
                       slot->column->absent_count == 0;
        slot->actor_type = stm_rows_actor_type(state, slot->column->actor_type);
        if (slot->actor_type == STEMMA_NONE) {
            return STEMMA_E_NO_MEMORY;
        }
        if (slot->column->fill == STM_FILL_ROLE) {
            slot->role = role_of(plan, slot->column->role);
        }
    }
    event_roles = plan->role_count;
    for (uint32_t i = 0; i < total; i++) {
        if (plan->slots[i].column->fill == STM_FILL_QUANTITY) {
            plan->slots[i].role = role_of(plan, plan->slots[i].column->predicate);
        }
    }
    return status == STEMMA_OK ? join_roles(state, event_roles) : status;
}
