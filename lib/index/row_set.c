/* SPDX-License-Identifier: MIT */
#include "index/row_set.h"

#include <stdlib.h>

void stm_row_set_begin(stm_row_set *set, stm_memory *memory)
{
    memset(set, 0, sizeof *set);
    set->memory = memory;
    set->time_texts.memory = memory;
    set->form_keys.memory = memory;
    set->known_quantity[0] = set->known_quantity[1] = STEMMA_NONE;
}

void stm_row_set_free(stm_row_set *set)
{
    stm_memory_free(set->handles);
    stm_memory_free(set->shapes);
    stm_memory_free(set->times);
    stm_memory_free(set->ends);
    stm_memory_free(set->actors);
    stm_memory_free(set->places);
    stm_memory_free(set->sources);
    stm_memory_free(set->rares);
    stm_memory_free(set->rare_bytes);
    stm_memory_free(set->shape_list);
    stm_memory_free(set->roles);
    stm_memory_free(set->forms);
    stm_memory_free(set->time_bounds);
    stm_memory_free(set->time_usual);
    stm_memory_free(set->gaps);
    stm_memory_free(set->promoted);
    stm_memory_free(set->variants);
    stm_memory_free(set->entities);
    stm_memory_free(set->uses);
    stm_memory_free(set->numbers);
    free(set->shape_slots);
    stm_strings_free(&set->form_keys);
    stm_strings_free(&set->time_texts);
    memset(set, 0, sizeof *set);
}

/* ---- Afterwards ------------------------------------------------------------------------------ */

void stm_row_set_uses(const stm_row_set *set, uint32_t *uses)
{
    memset(uses, 0, set->actor_count * sizeof *uses);
    for (uint32_t i = 0; i < set->actor_use_count; i++) {
        uses[set->actors[i]]++;
    }
    for (uint32_t k = 0; k < set->count && (set->places != NULL || set->sources != NULL); k++) {
        if (stm_row_place(set, k) != STEMMA_NONE) {
            uses[stm_row_place(set, k)]++;
        }
        if (stm_row_source(set, k) != STEMMA_NONE) {
            uses[stm_row_source(set, k)]++;
        }
    }
}

void stm_row_set_renumber(stm_row_set *set, const uint32_t *to)
{
    for (uint32_t i = 0; i < set->actor_use_count; i++) {
        set->actors[i] = to[set->actors[i]];
    }
    for (uint32_t k = 0; k < set->count && set->places != NULL; k++) {
        set->places[k] = set->places[k] == 0 ? 0 : to[set->places[k] - 1] + 1;
    }
    for (uint32_t k = 0; k < set->count && set->sources != NULL; k++) {
        set->sources[k] = set->sources[k] == 0 ? 0 : to[set->sources[k] - 1] + 1;
    }
}

/* How the participants of a shape's rows have to be moved. */
typedef struct shape_order {
    uint32_t first;  /* in `moves` */
    uint8_t moves;   /* roles change places */
    uint8_t repeats; /* a role occurs twice: its actors have to be sorted */
} shape_order;

/* A role of a shape and the place among its participants that it came from. */
typedef struct moved_role {
    uint32_t term;
    uint32_t from;
} moved_role;

static int compare_moved(const void *a, const void *b)
{
    const moved_role *left = a;
    const moved_role *right = b;
    if (left->term != right->term) {
        return left->term > right->term ? 1 : -1;
    }
    return (left->from > right->from) - (left->from < right->from);
}

/* Turns a shape's roles into terms, ascending; `moves[i]` is where the i-th came from. `list` has
   room for the roles. */
static void resolve_shape(stm_row_set *set, stm_row_shape *shape, shape_order *order,
                          uint32_t *moves, moved_role *list)
{
    uint32_t *roles = set->roles + shape->role_first;
    order->first = shape->role_first;
    shape->type = set->handles[shape->type].term;
    for (uint32_t i = 0; i < shape->role_count; i++) {
        list[i].term = set->handles[roles[i]].term;
        list[i].from = i;
    }
    if (shape->role_count > 1) {
        qsort(list, shape->role_count, sizeof *list, compare_moved);
    }
    for (uint32_t i = 0; i < shape->role_count; i++) {
        roles[i] = list[i].term;
        moves[i] = list[i].from;
        order->moves |= moves[i] != i;
        order->repeats |= i > 0 && roles[i] == roles[i - 1];
    }
}

static void order_row(const stm_row_set *set, const stm_row_shape *shape, const shape_order *order,
                      const uint32_t *moves, uint32_t *spare, uint32_t *actors)
{
    const uint32_t *roles = set->roles + shape->role_first;
    if (order->moves) {
        memcpy(spare, actors, shape->role_count * sizeof *actors);
        for (uint32_t i = 0; i < shape->role_count; i++) {
            actors[i] = spare[moves[i]];
        }
    }
    for (uint32_t i = 0; i < shape->role_count && order->repeats;) {
        uint32_t end = i + 1;
        while (end < shape->role_count && roles[end] == roles[i]) {
            end++;
        }
        stm_sort_numbers(actors + i, end - i);
        i = end;
    }
}

stemma_status stm_row_set_resolve(stm_row_set *set)
{
    uint32_t widest = 0;
    int plain = 1;
    shape_order *orders = stm_zeroed(set->shape_count, sizeof *orders);
    uint32_t *moves = stm_zeroed(set->role_count, sizeof *moves);
    for (uint32_t i = 0; i < set->shape_count; i++) {
        uint32_t count = set->shape_list[i].role_count;
        widest = count > widest ? count : widest;
    }
    moved_role *list = stm_zeroed(widest, sizeof *list);
    uint32_t *spare = stm_zeroed(widest, sizeof *spare);
    if (orders == NULL || moves == NULL || list == NULL || spare == NULL) {
        free(orders);
        free(moves);
        free(list);
        free(spare);
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < set->shape_count; i++) {
        stm_row_shape *shape = &set->shape_list[i];
        resolve_shape(set, shape, &orders[i], moves + shape->role_first, list);
        plain &= !orders[i].moves && !orders[i].repeats;
    }
    for (uint32_t k = 0; k < set->count && !plain; k++) {
        const shape_order *order = &orders[set->shapes[k]];
        if (order->moves || order->repeats) {
            order_row(set, stm_row_shape_of(set, k), order, moves + order->first, spare,
                      set->actors + stm_row_first(set, k));
        }
    }
    for (size_t at = 0; at < set->rare_size;) {
        stm_row_rare_head head;
        memcpy(&head, set->rare_bytes + at, sizeof head);
        if (head.quantity_predicate != STEMMA_NONE) {
            head.quantity_predicate = set->handles[head.quantity_predicate].term;
            memcpy(set->rare_bytes + at, &head, sizeof head);
        }
        at += sizeof head + head.external_id + head.content + head.amount + head.unit;
    }
    free(orders);
    free(moves);
    free(list);
    free(spare);
    return STEMMA_OK;
}

/* ---- Single rows ----------------------------------------------------------------------------- */

const stemma_time_bounds *stm_row_bounds(const stm_row_set *set, uint32_t row)
{
    static const stemma_time_bounds unknown = {STEMMA_TIME_UNKNOWN_EARLY,
                                               STEMMA_TIME_UNKNOWN_LATE,
                                               STEMMA_TIME_UNKNOWN_EARLY,
                                               STEMMA_TIME_UNKNOWN_LATE,
                                               STEMMA_PRECISION_UNKNOWN,
                                               0,
                                               0,
                                               0};
    return set->times[row] == 0 ? &unknown : &set->time_bounds[set->times[row] - 1];
}

stemma_text stm_row_time(const stm_row_set *set, uint32_t row)
{
    stemma_text none = {NULL, 0};
    return set->times[row] == 0 ? none : stm_strings_get(&set->time_texts, set->times[row] - 1);
}

void stm_row_rare_of(const stm_row_set *set, uint32_t row, stm_row_rare *out)
{
    static const stm_row_rare none = STM_ROW_RARE_NONE;
    stm_row_rare_head head;
    *out = none;
    if (set->rares == NULL || set->rares[row] == 0) {
        return;
    }
    const char *at = set->rare_bytes + set->rares[row] - 1;
    memcpy(&head, at, sizeof head);
    at += sizeof head;
    out->quantity_predicate = head.quantity_predicate;
    out->external_id.data = at;
    out->external_id.size = head.external_id;
    out->content.data = at + head.external_id;
    out->content.size = head.content;
    out->amount.data = out->content.data + head.content;
    out->amount.size = head.amount;
    out->unit.data = out->amount.data + head.amount;
    out->unit.size = head.unit;
}

uint32_t stm_row_set_says(const stm_row_set *set, uint32_t row)
{
    uint32_t says = 1u + stm_row_shape_of(set, row)->role_count + (set->times[row] != 0 ? 1u : 0u) +
                    (set->places != NULL && set->places[row] != 0 ? 1u : 0u);
    if (set->rares != NULL && set->rares[row] != 0) {
        stm_row_rare_head head;
        memcpy(&head, set->rare_bytes + set->rares[row] - 1, sizeof head);
        says += head.content != 0 ? 1u : 0u;
        says += head.quantity_predicate != STEMMA_NONE ? 1u : 0u;
    }
    return says;
}

void stm_row_record_of(const stm_row_set *set, uint32_t row, stm_row_participant *participants,
                       stm_row_record *out)
{
    const stm_row_shape *shape = stm_row_shape_of(set, row);
    uint32_t first = stm_row_first(set, row);
    out->type = shape->type;
    out->time = stm_row_time(set, row);
    out->place = stm_row_place(set, row);
    out->source = stm_row_source(set, row);
    out->participants = participants;
    out->participant_count = shape->role_count;
    for (uint32_t i = 0; i < shape->role_count; i++) {
        participants[i].role = set->roles[shape->role_first + i];
        participants[i].actor = set->actors[first + i];
    }
    stm_row_rare_of(set, row, &out->rare);
}
