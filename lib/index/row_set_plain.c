/* SPDX-License-Identifier: MIT */
/* Rows that are given as columns: row_set.h. Those that say nothing unusual are stored as they stand, all others one
   by one as stm_row_set_add() does it. */
#include "index/row_set.h"

#include "base/error.h"

#define ROWS_MOST    (UINT32_MAX / 4) /* as stm_row_set_add() has it, and the next */
#define ACTORS_MOST  (UINT32_MAX / 2)
#define ORDINAL_MOST UINT32_MAX

_Static_assert(STEMMA_NONE + 1u == 0, "a time that is none is number 0");

/* ---- Forms ----------------------------------------------------------------------------------- */

/* Whether the roles are few and each another; then where the actors of a row go. */
static uint8_t order_roles(const uint32_t *roles, uint32_t count, uint8_t order[STM_ROW_FORM_PLAIN])
{
    if (count > STM_ROW_FORM_PLAIN) {
        return 0;
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = i;
        for (; at > 0 && roles[order[at - 1]] >= roles[i]; at--) {
            if (roles[order[at - 1]] == roles[i]) {
                return 0;
            }
            order[at] = order[at - 1];
        }
        order[at] = (uint8_t)i;
    }
    return 1;
}

stemma_status stm_row_set_form(stm_row_set *set, uint32_t type, const uint32_t *roles,
                               uint32_t count, uint32_t *form)
{
    uint32_t key[STM_ROW_FORM_ROLES + 1] = {type};
    if (count != 0) {
        memcpy(key + 1, roles, count * sizeof *key);
    }
    stm_row_form *forms = stm_memory_grow(set->memory, set->forms, &set->form_capacity,
                                          (size_t)set->form_keys.count + 1, sizeof *forms);
    if (forms == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    set->forms = forms;
    const uint32_t known = set->form_keys.count;
    stemma_text text = {(const char *)key, (count + 1) * sizeof *key};
    stemma_status status = stm_strings_add(&set->form_keys, text, form);
    if (status != STEMMA_OK || *form < known) {
        return status == STEMMA_OK ? status : STEMMA_E_NO_MEMORY;
    }
    forms[*form] = (stm_row_form){.count = count};
    forms[*form].plain = order_roles(roles, count, forms[*form].order);
    set->form_width = forms[*form].plain && count > set->form_width ? count : set->form_width;
    return STEMMA_OK;
}

/* ---- Rows as they stand ---------------------------------------------------------------------- */

/* Room for rows behind those that there are. */
static int reserve(stm_row_set *set, size_t rows, size_t actors)
{
    uint32_t *shapes =
        stm_memory_grow(set->memory, set->shapes, &set->shape_capacity, rows, sizeof *shapes);
    set->shapes = shapes != NULL ? shapes : set->shapes;
    uint32_t *times =
        stm_memory_grow(set->memory, set->times, &set->time_capacity, rows, sizeof *times);
    set->times = times != NULL ? times : set->times;
    uint32_t *list =
        stm_memory_grow(set->memory, set->actors, &set->actor_capacity, actors, sizeof *list);
    set->actors = list != NULL ? list : set->actors;
    uint32_t *ends = set->ends != NULL ? stm_memory_grow(set->memory, set->ends, &set->end_capacity,
                                                         rows, sizeof *ends)
                                       : NULL;
    set->ends = ends != NULL ? ends : set->ends;
    return shapes != NULL && times != NULL && list != NULL && (ends != NULL || set->ends == NULL);
}

/* The actors of a plain form's row, in the order of its shape. */
static int store_actors(const stm_row_set *set, const stm_row_form *form, const uint32_t *actors,
                        uint32_t *out)
{
    uint32_t highest = 0;
    for (uint32_t i = 0; i < form->count; i++) {
        out[i] = actors[form->order[i]];
        highest = out[i] > highest ? out[i] : highest;
    }
    return form->count == 0 || highest < set->actor_count;
}

/* Stores rows from the first on, to the first that is not plain; `*used` of the actors are theirs. Nobody counts
   beyond what is free: how many there are at most is the caller's. */
static uint32_t store_plain(stm_row_set *set, const stemma_plain_rows *columns, size_t first,
                            size_t most, const uint32_t *actors, size_t *used)
{
    const uint32_t *numbers = columns->numbers + first;
    const uint32_t *forms = columns->forms + first;
    const uint32_t *times = columns->times + first;
    uint32_t *out = set->actors + set->actor_use_count;
    uint32_t stride = set->stride;
    uint64_t says = 0;
    uint32_t n = 0;
    *used = 0;
    for (; n < most && numbers[n] == set->last_number + 1 + n && forms[n] < set->form_keys.count; n++) {
        const stm_row_form *form = &set->forms[forms[n]];
        const uint32_t time = times[n] + 1;
        const uint32_t row_says = 1 + form->count + (time != 0);
        if (form->shape == 0 || (set->ends == NULL && form->count != set->width) ||
            time > set->time_texts.count || !store_actors(set, form, actors + *used, out + *used)) {
            break;
        }
        *used += form->count;
        set->shapes[set->count + n] = form->shape - 1;
        set->times[set->count + n] = time;
        if (set->ends != NULL) {
            set->ends[set->count + n] = set->actor_use_count + (uint32_t)*used;
        }
        stride = row_says > stride ? row_says : stride;
        says += row_says;
    }
    set->count += n;
    set->actor_use_count += (uint32_t)*used;
    set->last_number += n;
    set->since_gap += n;
    set->stride = stride;
    set->assertion_count += says;
    return n;
}

/* How many rows may be stored without a look at any limit: none near one, or when rows have columns of their own. */
static size_t may_store(const stm_row_set *set, size_t wanted)
{
    const uint64_t stride = set->stride > STM_ROW_FORM_PLAIN + 2 ? set->stride : STM_ROW_FORM_PLAIN + 2;
    const uint64_t rows = set->count + (uint64_t)wanted;
    return set->count != 0 && set->places == NULL && set->sources == NULL && set->rares == NULL &&
                   rows < ROWS_MOST && rows * stride < ORDINAL_MOST &&
                   set->actor_use_count + (uint64_t)wanted * STM_ROW_FORM_PLAIN < ACTORS_MOST &&
                   (uint64_t)set->last_number + wanted < UINT32_MAX
               ? wanted
               : 0;
}

/* ---- All others ------------------------------------------------------------------------------ */

static stemma_status add_one(stm_row_set *set, const stemma_plain_rows *columns, size_t at,
                             const uint32_t *actors, stemma_error *error)
{
    uint32_t key[STM_ROW_FORM_ROLES + 1];
    stemma_row_participant participants[STM_ROW_FORM_ROLES];
    stm_row_form *form = &set->forms[columns->forms[at]];
    stemma_text text = stm_strings_get(&set->form_keys, columns->forms[at]);
    memcpy(key, text.data, text.size);
    for (uint32_t i = 0; i < form->count; i++) {
        participants[i] = (stemma_row_participant){key[i + 1], actors[i]};
    }
    stemma_row row = {.number = columns->numbers[at],
                      .type = key[0],
                      .place = STEMMA_NONE,
                      .source = STEMMA_NONE,
                      .participants = participants,
                      .participant_count = form->count,
                      .quantity_predicate = STEMMA_NONE};
    if (columns->times[at] != STEMMA_NONE) {
        row.time = stm_strings_get(&set->time_texts, columns->times[at]);
    }
    stemma_status status = stm_row_set_add(set, &row, error);
    if (status == STEMMA_OK && form->plain) {
        form->shape = set->shapes[set->count - 1] + 1;
    }
    return status;
}

static stemma_status no_handle(const char *what, stemma_error *error)
{
    return stm_fail(error, STEMMA_E_MISUSE, "MISUSE", "", "a row has no handle of a %s", what);
}

stemma_status stm_row_set_add_plain(stm_row_set *set, const stemma_plain_rows *columns,
                                      size_t *taken, stemma_error *error)
{
    const uint32_t *actors = columns->actors;
    size_t at = 0;
    stemma_status status = STEMMA_OK;
    for (*taken = 0; at < columns->count && status == STEMMA_OK; *taken = at) {
        size_t most = may_store(set, columns->count - at);
        size_t used = 0;
        if (most != 0 &&
            !reserve(set, set->count + most, set->actor_use_count + most * set->form_width)) {
            return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "memory for rows was refused");
        }
        if (most != 0) {
            at += store_plain(set, columns, at, most, actors, &used);
            actors += used;
            if (at == columns->count) {
                continue;
            }
            *taken = at;
        }
        if (columns->forms[at] >= set->form_keys.count) {
            return no_handle("form", error);
        }
        if (columns->times[at] != STEMMA_NONE && columns->times[at] >= set->time_texts.count) {
            return no_handle("time", error);
        }
        status = add_one(set, columns, at, actors, error);
        actors += set->forms[columns->forms[at]].count;
        at += status == STEMMA_OK;
    }
    return status;
}
