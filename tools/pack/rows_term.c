/* SPDX-License-Identifier: MIT */
/* Types and roles of rows: terms of the vocabulary, which grows where the mapping lets it. */
#include <sys/mman.h>

#include "digest.h"
#include "base/grow.h"
#include "base/large.h"
#include "pack/read/words.h"
#include "pack/rows_state.h"
#include "vocabulary_record.h"

#define SLUG_SIZE 96u /* of a value's words; what is longer goes on as a digest */
#define NAME_SIZE 1024u

#define SHOWN(text) (int)((text).size < 100 ? (text).size : 100), (text).data

/* Lower-case ASCII words joined by underscores: "Make statement" is make_statement. Values that
   lose letters by it get a digest behind, and codes that begin with a digit a 'c' in front. */
static size_t slug(stemma_text value, char out[SLUG_SIZE + 16])
{
    static const char hex[] = "0123456789abcdef";
    uint32_t digest =
        (uint32_t)stm_hash64((stemma_bytes){(const uint8_t *)value.data, value.size}, 0);
    bool lost = false;
    size_t size = 0;
    for (size_t i = 0; i < value.size; i++) {
        char c = stm_to_lower(value.data[i]);
        if (size >= SLUG_SIZE) {
            lost = true;
            break;
        }
        if (stm_is_digit(c) && size == 0) {
            out[size++] = 'c';
        }
        if (stm_is_lower(c) || stm_is_digit(c)) {
            out[size++] = c;
        } else if ((unsigned char)c >= 0x80) {
            lost = true;
        } else if (size != 0 && out[size - 1] != '_') {
            out[size++] = '_';
        }
    }
    while (size != 0 && out[size - 1] == '_') {
        size--;
    }
    if (lost || size == 0) {
        out[size] = size == 0 ? 'x' : '_';
        size++;
        for (unsigned shift = 32; shift != 0; shift -= 4) {
            out[size++] = hex[(digest >> (shift - 4)) & 15];
        }
    }
    return size;
}

/* The name of the term that is made for a value. */
static stemma_text made_name(const struct stm_mapping_column *column, stemma_text value,
                             char out[NAME_SIZE])
{
    stemma_text space = column->name_space.size != 0 ? column->name_space : stemma_text_of("event");
    size_t size = space.size < NAME_SIZE / 2 ? space.size : NAME_SIZE / 2;
    if (column->name_space.size == 0 && value.size < NAME_SIZE && stm_term_name_valid(value)) {
        return value;
    }
    memcpy(out, space.data, size);
    out[size++] = '.';
    size += slug(value, out + size);
    return (stemma_text){out, size};
}

/* The handle of an event type; one that the vocabulary lacks is added when `make` says so. */
static stemma_status event_type(struct stm_rows *state, stemma_text name, bool make,
                                stemma_text value, struct stm_row_type *type,
                                struct stm_row_refusal *refusal)
{
    stemma_error error = {0};
    stemma_status status = state->sink->term(state->sink->context, STEMMA_TERM_EVENT_TYPE, name,
                                             &type->handle, &error);
    if (status == STEMMA_E_INVALID && make) {
        stemma_term term = {
            STEMMA_TERM_EVENT_TYPE,  name,     stm_mapping_label(state->mapping, value), 0,
            state->plan.event_roles, {NULL, 0}};
        status = state->sink->add_term(state->sink->context, &term, &error);
        if (status == STEMMA_OK) {
            status = state->sink->term(state->sink->context, STEMMA_TERM_EVENT_TYPE, name,
                                       &type->handle, &error);
        }
    }
    if (status == STEMMA_OK && state->mapping->join_ids) {
        return stm_rows_note_type(state, type->handle, name);
    }
    return stm_rows_sink_said(state, status, &error, value, refusal);
}

static stemma_status resolve(struct stm_rows *state, const struct stm_mapping_column *column,
                             stemma_text cell, struct stm_row_type *type,
                             struct stm_row_refusal *refusal)
{
    const struct stm_type_rule *rule = stm_mapping_type(state->mapping, cell);
    char name[NAME_SIZE];
    type->renames = 0;
    if (rule != NULL) {
        type->renames = rule->renames;
        return event_type(state, rule->term, true, cell, type, refusal);
    }
    switch (column->unmapped) {
    case STM_UNMAPPED_DEFAULT:
        return event_type(state, column->unmapped_default, true, column->unmapped_default, type,
                          refusal);
    case STM_UNMAPPED_REFUSE:
        return stm_rows_refuse(refusal, "TYPE_UNMAPPED", cell,
                               "The mapping has no type for \"%.*s\"", SHOWN(cell));
    default:
        return event_type(state, made_name(column, cell, name), true, cell, type, refusal);
    }
}

#define TYPE_CACHE_SIZE (STM_ROWS_TYPE_SLOTS * sizeof(struct stm_row_type_cache))
#define FORM_CACHE_SIZE (STM_ROWS_FORM_SLOTS * sizeof(struct stm_row_form_cache))

bool stm_rows_types_open(struct stm_rows *state)
{
    _Static_assert((TYPE_CACHE_SIZE + FORM_CACHE_SIZE) % 4096 == 0, "whole pages");
    char *map = stm_large_map(TYPE_CACHE_SIZE + FORM_CACHE_SIZE);
    if (map == NULL) {
        return false;
    }
    /* Pages that are read before they are written cost twice. */
    memset(map, 0, TYPE_CACHE_SIZE + FORM_CACHE_SIZE);
    state->type_cache = (struct stm_row_type_cache *)(void *)map;
    state->form_cache = (struct stm_row_form_cache *)(void *)(map + TYPE_CACHE_SIZE);
    return true;
}

void stm_rows_types_close(struct stm_rows *state)
{
    if (state->type_cache != NULL) {
        munmap(state->type_cache, TYPE_CACHE_SIZE + FORM_CACHE_SIZE);
    }
    state->type_cache = NULL;
    state->form_cache = NULL;
}

void stm_rows_foresee_type(const struct stm_rows *state, const struct stm_cell *cell)
{
    const char *line = (const char *)&state->type_cache[cell->hash & (STM_ROWS_TYPE_SLOTS - 1)];
    __builtin_prefetch(line);
    __builtin_prefetch(line + 64);
}

static struct stm_row_type_cache *find_type(struct stm_rows *state, stemma_text cell, uint64_t hash)
{
    struct stm_row_type_cache *cached = NULL;
    for (uint64_t i = 0; i < STM_ROWS_PROBES; i++) {
        cached = &state->type_cache[(hash + i) & (STM_ROWS_TYPE_SLOTS - 1)];
        if (cached->size == 0 ||
            (cached->size == cell.size + 1 && stm_cell_equal(cached->cell, cell.data, cell.size))) {
            break;
        }
    }
    return cached;
}

static bool holds(const struct stm_row_type_cache *cached, stemma_text cell)
{
    return cached->size == cell.size + 1 && stm_cell_equal(cached->cell, cell.data, cell.size);
}

static void remember(struct stm_row_type_cache *cached, stemma_text cell, struct stm_row_type type)
{
    cached->type = type;
    cached->size = (uint8_t)(cell.size + 1);
    memcpy(cached->cell, cell.data, cell.size);
}

stemma_status stm_rows_type(struct stm_rows *state, const struct stm_mapping_column *column,
                            const struct stm_cell *of, struct stm_row_type *type,
                            struct stm_row_refusal *refusal)
{
    const stemma_text cell = {of->data, of->size};
    struct stm_row_type_cache *cached = find_type(state, cell, of->hash);
    stemma_status status;
    if (holds(cached, cell)) {
        *type = cached->type;
        return STEMMA_OK;
    }
    stm_rows_ask_in_turn(state);
    status = resolve(state, column, cell, type, refusal);
    stm_rows_answered(state);
    if (status == STEMMA_OK && cell.size <= STM_ROWS_TYPE_SHORT) {
        remember(cached, cell, *type);
        if (state->fresh_type_count < STM_ROWS_FRESH) {
            state->fresh_types[state->fresh_type_count++] = (uint16_t)(cached - state->type_cache);
        }
    }
    return status;
}

void stm_rows_types_tell(struct stm_rows *state, struct stm_rows *other)
{
    size_t roles = ((size_t)state->mapping->rename_count + 1) * state->plan.role_count;
    for (uint32_t i = 0; i < state->fresh_type_count; i++) {
        const struct stm_row_type_cache *fresh = &state->type_cache[state->fresh_types[i]];
        stemma_text cell = {fresh->cell, fresh->size - 1u};
        struct stm_row_type_cache *cached = find_type(other, cell, stm_cell_hash(cell.data, cell.size));
        if (cached->size == 0) {
            remember(cached, cell, fresh->type);
        }
    }
    state->fresh_type_count = 0;
    for (size_t i = 0; i < roles; i++) {
        if (other->role_handles[i] == STEMMA_NONE) {
            other->role_handles[i] = state->role_handles[i];
        }
    }
}

/* What a role is called in types with this list of renames: "old=new old=new". */
static stemma_text renamed(const struct stm_mapping *mapping, uint32_t renames, stemma_text role)
{
    stemma_text list = renames != 0 ? mapping->renames[renames - 1] : (stemma_text){NULL, 0};
    for (size_t at = 0; at < list.size;) {
        const char *word = list.data + at;
        const char *space = memchr(word, ' ', list.size - at);
        size_t size = space != NULL ? (size_t)(space - word) : list.size - at;
        if (size > role.size && word[role.size] == '=' && memcmp(word, role.data, role.size) == 0) {
            return (stemma_text){word + role.size + 1, size - role.size - 1};
        }
        at += size + 1;
    }
    return role;
}

/* A role that no row of these types has had. */
static stemma_status new_role(struct stm_rows *state, uint32_t renames, uint32_t role,
                              uint32_t *handle, struct stm_row_refusal *refusal)
{
    stemma_text name = renamed(state->mapping, renames, state->plan.roles[role]);
    stemma_error error = {0};
    stemma_status status;
    stm_rows_ask_in_turn(state);
    status = state->sink->term(state->sink->context, STEMMA_TERM_PREDICATE, name, handle, &error);
    if (status == STEMMA_E_INVALID) {
        stemma_term term = {STEMMA_TERM_PREDICATE, name, name, 0, {NULL, 0}, {NULL, 0}};
        status = state->sink->add_term(state->sink->context, &term, &error);
        if (status == STEMMA_OK) {
            status = state->sink->term(state->sink->context, STEMMA_TERM_PREDICATE, name, handle,
                                       &error);
        }
    }
    stm_rows_answered(state);
    return stm_rows_sink_said(state, status, &error, (stemma_text){NULL, 0}, refusal);
}

stemma_status stm_rows_role(struct stm_rows *state, uint32_t renames, uint32_t role,
                            uint32_t *handle, struct stm_row_refusal *refusal)
{
    uint32_t *known = &state->role_handles[renames * state->plan.role_count + role];
    if (*known == STEMMA_NONE) {
        uint32_t made;
        stemma_status status = new_role(state, renames, role, &made, refusal);
        if (status != STEMMA_OK) {
            return status;
        }
        *known = made;
    }
    *handle = *known;
    return STEMMA_OK;
}

/* ---- Types of joined rows -------------------------------------------------------------------- */

/* Makes room for index `at`; new ones are STEMMA_NONE. */
static stemma_status widen(uint32_t **numbers, size_t *capacity, size_t at)
{
    size_t before = *capacity;
    uint32_t *wider = stm_grow(*numbers, capacity, at + 1, sizeof *wider);
    if (wider == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    *numbers = wider;
    for (size_t i = before; i < *capacity; i++) {
        wider[i] = STEMMA_NONE;
    }
    return STEMMA_OK;
}

stemma_status stm_rows_note_type(struct stm_rows *state, uint32_t handle, stemma_text name)
{
    uint32_t number = stm_row_joins_type(state->input->joins, name);
    if (number == STEMMA_NONE ||
        widen(&state->join_types, &state->join_type_capacity, handle) != STEMMA_OK ||
        widen(&state->joined_handles, &state->joined_handle_capacity, number) != STEMMA_OK) {
        return STEMMA_E_NO_MEMORY;
    }
    state->join_types[handle] = number;
    state->joined_handles[number] = handle;
    return STEMMA_OK;
}

stemma_status stm_rows_joined_type(struct stm_rows *state, stemma_text id, uint32_t *handle)
{
    uint32_t number = stm_row_joins_find(state->input->joins, id);
    stemma_status status = STEMMA_OK;
    *handle = STEMMA_NONE;
    if (number == STEMMA_NONE) {
        return STEMMA_OK;
    }
    if (number >= state->joined_handle_capacity || state->joined_handles[number] == STEMMA_NONE) {
        stemma_text name = state->input->joins->types[number];
        uint32_t found;
        status = state->sink->term(state->sink->context, STEMMA_TERM_EVENT_TYPE, name, &found,
                                   state->error);
        if (status == STEMMA_OK) {
            status = stm_rows_note_type(state, found, name);
        }
    }
    if (status == STEMMA_OK) {
        *handle = state->joined_handles[number];
    }
    return status;
}
