/* SPDX-License-Identifier: MIT */
#include "row_set.h"

#include "error.h"
#include "limits.h"
#include "validate.h"

#include <stdio.h>
#include <stdlib.h>

#define PARTICIPANTS_FEW 16u

/* Room for so many elements, without a call when it is there; 0 when memory is refused. */
#define GROW(set, array, capacity, needed)                                                         \
    (((size_t)(needed) <= (capacity) && (array) != NULL)                                           \
         ? 1                                                                                       \
         : ((set)->grown = stm_memory_grow((set)->memory, (array), &(capacity), (needed),          \
                                           sizeof *(array))) != NULL                               \
               ? ((array) = (set)->grown, 1)                                                       \
               : 0)

/* The same for a column that may have its first value now: 0 for all rows so far. */
#define GROW_COLUMN(set, array, capacity)                                                          \
    ((array) != NULL ? GROW(set, array, capacity, (size_t)(set)->count + 1)                        \
     : GROW(set, array, capacity, (size_t)(set)->count + 1)                                        \
         ? (memset((array), 0, (set)->count * sizeof *(array)), 1)                                 \
         : 0)

void stm_row_set_begin(stm_row_set *set, stm_memory *memory)
{
    memset(set, 0, sizeof *set);
    set->memory = memory;
    set->time_texts.memory = memory;
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
    stm_memory_free(set->time_bounds);
    stm_memory_free(set->time_usual);
    stm_memory_free(set->gaps);
    stm_memory_free(set->promoted);
    stm_memory_free(set->variants);
    stm_memory_free(set->entities);
    stm_memory_free(set->numbers);
    free(set->shape_slots);
    stm_strings_free(&set->time_texts);
    memset(set, 0, sizeof *set);
}

stemma_status stm_row_set_handle(stm_row_set *set, uint8_t kind, stemma_text name,
                                 stemma_text roles)
{
    if (!GROW(set, set->handles, set->handle_capacity, (size_t)set->handle_count + 1)) {
        return STEMMA_E_NO_MEMORY;
    }
    stm_row_handle *handle = &set->handles[set->handle_count++];
    handle->name = name;
    handle->roles = roles;
    handle->kind = kind;
    handle->term = STEMMA_NONE;
    return STEMMA_OK;
}

/* ---- Shapes ---------------------------------------------------------------------------------- */

static stemma_status no_memory(stemma_error *error)
{
    return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "memory for rows was refused");
}

static int is_handle(const stm_row_set *set, uint32_t handle, uint8_t kind)
{
    return handle < set->handle_count && set->handles[handle].kind == kind;
}

/* Whether `name` is a word of `words`. */
static int has_word(stemma_text words, stemma_text name)
{
    size_t at = 0;
    while (at < words.size) {
        const char *gap = memchr(words.data + at, ' ', words.size - at);
        size_t end = gap != NULL ? (size_t)(gap - words.data) : words.size;
        if (end - at == name.size && memcmp(words.data + at, name.data, name.size) == 0) {
            return 1;
        }
        at = end + 1;
    }
    return 0;
}

static int is_plain_predicate(stemma_text name)
{
    static const char *const plain[] = {"type", "time", "place", "content", "quantity"};
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        if (stemma_text_equal(name, stemma_text_of(plain[i]))) {
            return 1;
        }
    }
    return 0;
}

/* A role of an event type: one that it lists, or any when it lists none. */
static int is_role(const stm_row_set *set, uint32_t type, uint32_t role)
{
    stemma_text name = set->handles[role].name;
    stemma_text roles = set->handles[type].roles;
    return !is_plain_predicate(name) && (roles.size == 0 || has_word(roles, name));
}

static stemma_status check_shape(const stm_row_set *set, uint32_t type, const uint32_t *roles,
                                 uint32_t count, const char *where, stemma_error *error)
{
    if (!is_handle(set, type, STEMMA_TERM_EVENT_TYPE)) {
        return stm_broken(error, "TYPE_UNKNOWN", where, "the type is no handle of an event type");
    }
    for (uint32_t i = 0; i < count; i++) {
        if (!is_handle(set, roles[i], STEMMA_TERM_PREDICATE)) {
            return stm_broken(error, "PREDICATE_UNKNOWN", where,
                              "a role is no handle of a predicate");
        }
        if (!is_role(set, type, roles[i])) {
            stemma_text role = set->handles[roles[i]].name;
            return stm_broken(error, "ROLE_UNKNOWN", where, "%.*s is no role of %.*s",
                              (int)(role.size < 60 ? role.size : 60), role.data,
                              (int)(set->handles[type].name.size < 60 ? set->handles[type].name.size
                                                                      : 60),
                              set->handles[type].name.data);
        }
    }
    return STEMMA_OK;
}

static uint32_t hash_shape(uint32_t type, const uint32_t *roles, uint32_t count)
{
    uint64_t hash = (uint64_t)type * UINT64_C(0x9e3779b97f4a7c15) + count;
    for (uint32_t i = 0; i < count; i++) {
        hash = (hash ^ roles[i]) * UINT64_C(0xff51afd7ed558ccd);
        hash ^= hash >> 29;
    }
    return (uint32_t)(hash ^ hash >> 32);
}

static uint32_t shape_slot(const stm_row_set *set, uint32_t hash, uint32_t type,
                           const uint32_t *roles, uint32_t count)
{
    uint32_t mask = set->shape_slot_count - 1;
    uint32_t slot = hash & mask;
    while (set->shape_slots[slot] != 0) {
        const stm_row_shape *known = &set->shape_list[set->shape_slots[slot] - 1];
        if (known->hash == hash && known->type == type && known->role_count == count &&
            (count == 0 ||
             memcmp(set->roles + known->role_first, roles, count * sizeof *roles) == 0)) {
            break;
        }
        slot = (slot + 1) & mask;
    }
    return slot;
}

static int grow_shapes(stm_row_set *set)
{
    uint32_t wanted = set->shape_slot_count == 0 ? 1024 : set->shape_slot_count * 2;
    uint32_t *slots = calloc(wanted, sizeof *slots);
    if (slots == NULL) {
        return 0;
    }
    free(set->shape_slots);
    set->shape_slots = slots;
    set->shape_slot_count = wanted;
    for (uint32_t i = 0; i < set->shape_count; i++) {
        uint32_t slot = set->shape_list[i].hash & (wanted - 1);
        while (slots[slot] != 0) {
            slot = (slot + 1) & (wanted - 1);
        }
        slots[slot] = i + 1;
    }
    return 1;
}

/* Number of the shape of a type and ascending roles, which is checked when it is new. */
static stemma_status find_shape(stm_row_set *set, uint32_t type, const uint32_t *roles,
                                uint32_t count, const char *where, uint32_t *shape,
                                stemma_error *error)
{
    uint32_t hash = hash_shape(type, roles, count);
    if (set->shape_count >= set->shape_slot_count / 2 && !grow_shapes(set)) {
        return no_memory(error);
    }
    uint32_t slot = shape_slot(set, hash, type, roles, count);
    if (set->shape_slots[slot] != 0) {
        *shape = set->shape_slots[slot] - 1;
        return STEMMA_OK;
    }
    stemma_status status = check_shape(set, type, roles, count, where, error);
    if (status != STEMMA_OK) {
        return status;
    }
    if (!GROW(set, set->shape_list, set->shape_list_capacity, (size_t)set->shape_count + 1) ||
        !GROW(set, set->roles, set->role_capacity, (size_t)set->role_count + count)) {
        return no_memory(error);
    }
    stm_row_shape *added = &set->shape_list[set->shape_count];
    added->type = type;
    added->role_first = set->role_count;
    added->role_count = count;
    added->hash = hash;
    if (count > 0) {
        memcpy(set->roles + set->role_count, roles, count * sizeof *roles);
    }
    set->role_count += count;
    *shape = set->shape_count++;
    set->shape_slots[slot] = set->shape_count;
    return STEMMA_OK;
}

/* ---- Times ----------------------------------------------------------------------------------- */

static stemma_status find_time(stm_row_set *set, stemma_text text, const char *where,
                               uint32_t *time, stemma_error *error)
{
    stemma_time_bounds bounds;
    if (text.size == 0) {
        *time = 0;
        return STEMMA_OK;
    }
    const unsigned char *end = (const unsigned char *)text.data + text.size;
    uint32_t few = end[-1];
    if (text.size >= 8) {
        few = few * 3 + end[-2] * 31u + end[-4] * 7u + end[-5] * 57u + end[-7] * 11u;
    }
    uint32_t *cached = &set->time_cache[few & 0xff];
    if (*cached != 0 && stemma_text_equal(stm_strings_get(&set->time_texts, *cached - 1), text)) {
        *time = *cached;
        return STEMMA_OK;
    }
    if (text.size > STEMMA_LIMIT_FIELD || stemma_edtf_bounds(text, &bounds) != STEMMA_OK) {
        return stm_broken(error, "EDTF", where, "the time is not EDTF");
    }
    uint32_t known = set->time_texts.count;
    uint32_t number = 0;
    stemma_status status = stm_strings_add(&set->time_texts, text, &number);
    if (status != STEMMA_OK) {
        return no_memory(error);
    }
    if (number == known) {
        if (!GROW(set, set->time_bounds, set->time_bounds_capacity, (size_t)number + 1) ||
            !GROW(set, set->time_usual, set->time_usual_capacity, (size_t)number + 1)) {
            return no_memory(error);
        }
        char usual[STM_ROW_TIME_SIZE];
        stemma_text usual_text = {usual, stm_row_time_text(&bounds, usual)};
        set->time_bounds[number] = bounds;
        set->time_usual[number] = (uint8_t)stemma_text_equal(usual_text, text);
        set->has_unusual_times |= !set->time_usual[number];
    }
    *cached = *time = number + 1;
    return STEMMA_OK;
}

/* ---- Rare fields ----------------------------------------------------------------------------- */

static int has_rare(const stemma_row *row)
{
    return row->external_id.size != 0 || row->content.size != 0 ||
           row->quantity_predicate != STEMMA_NONE || row->amount.size != 0 || row->unit.size != 0;
}

static stemma_status check_quantity(stm_row_set *set, const stemma_row *row, const char *where,
                                    stemma_error *error)
{
    uint32_t predicate = row->quantity_predicate;
    if (predicate == STEMMA_NONE) {
        return row->amount.size == 0 && row->unit.size == 0
                   ? STEMMA_OK
                   : stm_broken(error, "PREDICATE_UNKNOWN", where,
                                "an amount or unit needs a predicate");
    }
    if (row->type != set->known_quantity[0] || predicate != set->known_quantity[1]) {
        if (!is_handle(set, predicate, STEMMA_TERM_PREDICATE)) {
            return stm_broken(error, "PREDICATE_UNKNOWN", where,
                              "the predicate of the quantity is no handle of a predicate");
        }
        if (!stemma_text_equal(set->handles[predicate].name, stemma_text_of("quantity")) &&
            !is_role(set, row->type, predicate)) {
            return stm_broken(error, "ROLE_UNKNOWN", where,
                              "the quantity fills no role of the type");
        }
        set->known_quantity[0] = row->type;
        set->known_quantity[1] = predicate;
    }
    if (row->amount.size == 0 || !stm_is_decimal(row->amount)) {
        return stm_broken(error, "DECIMAL", where, "the amount is not a decimal number");
    }
    return stm_validate_text(row->unit, STEMMA_LIMIT_FIELD, "unit", where, error);
}

static stemma_status check_rare(stm_row_set *set, const stemma_row *row, const char *where,
                                stemma_error *error)
{
    stemma_text id = row->external_id;
    stemma_status status = stm_validate_text(id, STEMMA_LIMIT_NAME, "external id", where, error);
    if (status == STEMMA_OK && id.size > 0) {
        const char *colon = memchr(id.data, ':', id.size);
        if (colon == NULL || colon == id.data || colon + 1 == id.data + id.size) {
            return stm_broken(error, "EXTERNAL_ID", where,
                              "an external id is a source, a colon and an id");
        }
    }
    if (status == STEMMA_OK) {
        status = stm_validate_text(row->content, STEMMA_LIMIT_FIELD, "content", where, error);
    }
    return status == STEMMA_OK ? check_quantity(set, row, where, error) : status;
}

static int keep_rare(stm_row_set *set, const stemma_row *row)
{
    const stemma_text texts[] = {row->external_id, row->content, row->amount, row->unit};
    stm_row_rare_head head = {row->quantity_predicate, (uint16_t)texts[0].size,
                              (uint16_t)texts[1].size, (uint16_t)texts[2].size,
                              (uint16_t)texts[3].size};
    size_t size = sizeof head;
    for (int i = 0; i < 4; i++) {
        size += texts[i].size;
    }
    if (!GROW_COLUMN(set, set->rares, set->rare_capacity) ||
        !GROW(set, set->rare_bytes, set->rare_bytes_capacity, set->rare_size + size)) {
        return 0;
    }
    set->rares[set->count] = set->rare_size + 1;
    char *at = set->rare_bytes + set->rare_size;
    memcpy(at, &head, sizeof head);
    at += sizeof head;
    for (int i = 0; i < 4; i++) {
        if (texts[i].size > 0) {
            memcpy(at, texts[i].data, texts[i].size);
            at += texts[i].size;
        }
    }
    set->rare_size += size;
    return 1;
}

/* ---- Adding ---------------------------------------------------------------------------------- */

/* Sorts and drops what repeats; most rows have two participants. */
static uint32_t sort_participants(stemma_row_participant *list, uint32_t count)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        stemma_row_participant moving = list[i];
        uint32_t at = kept;
        while (at > 0 && (list[at - 1].role > moving.role ||
                          (list[at - 1].role == moving.role && list[at - 1].actor > moving.actor))) {
            at--;
        }
        if (at > 0 && list[at - 1].role == moving.role && list[at - 1].actor == moving.actor) {
            continue;
        }
        memmove(list + at + 1, list + at, (kept - at) * sizeof *list);
        list[at] = moving;
        kept++;
    }
    return kept;
}

static int compare_participants(const void *a, const void *b)
{
    const stemma_row_participant *left = a;
    const stemma_row_participant *right = b;
    if (left->role != right->role) {
        return left->role > right->role ? 1 : -1;
    }
    return (left->actor > right->actor) - (left->actor < right->actor);
}

static int note_number(stm_row_set *set, uint32_t number)
{
    if (number != set->last_number + 1) {
        if (!GROW(set, set->gaps, set->gap_capacity, set->gap_size + 10)) {
            return 0;
        }
        set->gap_size += stm_store_varint(set->gaps + set->gap_size, set->since_gap);
        set->gap_size +=
            stm_store_varint(set->gaps + set->gap_size, number - set->last_number - 1);
        set->since_gap = 0;
    }
    set->since_gap++;
    set->last_number = number;
    return 1;
}

/* Where each row's participants end has to be said from now on. */
static int begin_ends(stm_row_set *set)
{
    if (!GROW(set, set->ends, set->end_capacity, (size_t)set->count + 1)) {
        return 0;
    }
    for (uint32_t i = 0; i < set->count; i++) {
        set->ends[i] = (i + 1) * set->width;
    }
    return 1;
}

static int store(stm_row_set *set, const stemma_row *row, const stemma_row_participant *list,
                 uint32_t count, uint32_t shape, uint32_t time)
{
    uint32_t k = set->count;
    size_t wanted = (size_t)k + 1;
    uint32_t says = 1 + count + (time != 0) + (row->place != STEMMA_NONE) +
                    (row->content.size != 0) + (row->quantity_predicate != STEMMA_NONE);
    if (k == 0) {
        set->width = count;
    }
    if (!GROW(set, set->shapes, set->shape_capacity, wanted) ||
        !GROW(set, set->times, set->time_capacity, wanted) ||
        !GROW(set, set->actors, set->actor_capacity, (size_t)set->actor_use_count + count) ||
        (set->ends == NULL && count != set->width && !begin_ends(set)) ||
        (set->ends != NULL && !GROW(set, set->ends, set->end_capacity, wanted)) ||
        ((row->place != STEMMA_NONE || set->places != NULL) &&
         !GROW_COLUMN(set, set->places, set->place_capacity)) ||
        ((row->source != STEMMA_NONE || set->sources != NULL) &&
         !GROW_COLUMN(set, set->sources, set->source_capacity)) ||
        (set->rares != NULL &&
         !GROW_COLUMN(set, set->rares, set->rare_capacity))) {
        return 0;
    }
    if (set->rares != NULL) {
        set->rares[k] = 0;
    }
    if ((has_rare(row) && !keep_rare(set, row)) || !note_number(set, row->number)) {
        return 0;
    }
    for (uint32_t i = 0; i < count; i++) {
        set->actors[set->actor_use_count + i] = list[i].actor;
    }
    set->actor_use_count += count;
    set->shapes[k] = shape;
    set->times[k] = time;
    if (set->ends != NULL) {
        set->ends[k] = set->actor_use_count;
    }
    if (set->places != NULL) {
        set->places[k] = row->place + 1;
    }
    if (set->sources != NULL) {
        set->sources[k] = row->source + 1;
    }
    set->stride = says > set->stride ? says : set->stride;
    set->assertion_count += says;
    set->count++;
    return 1;
}

static stemma_status add_sorted(stm_row_set *set, const stemma_row *row,
                                const stemma_row_participant *list, uint32_t *roles, uint32_t count,
                                const char *where, stemma_error *error)
{
    uint32_t shape = 0;
    uint32_t time = 0;
    for (uint32_t i = 0; i < count; i++) {
        roles[i] = list[i].role;
        if (list[i].actor >= set->actor_count) {
            return stm_broken(error, "ACTOR_OUT_OF_RANGE", where, "a participant is no actor");
        }
    }
    if ((row->place != STEMMA_NONE && row->place >= set->actor_count) ||
        (row->source != STEMMA_NONE && row->source >= set->actor_count)) {
        return stm_broken(error, "ACTOR_OUT_OF_RANGE", where, "the place or source is no actor");
    }
    stemma_status status = find_shape(set, row->type, roles, count, where, &shape, error);
    if (status == STEMMA_OK) {
        status = find_time(set, row->time, where, &time, error);
    }
    if (status == STEMMA_OK && has_rare(row)) {
        status = check_rare(set, row, where, error);
    }
    if (status == STEMMA_OK && !store(set, row, list, count, shape, time)) {
        status = no_memory(error);
    }
    return status;
}

stemma_status stm_row_set_add(stm_row_set *set, const stemma_row *row, stemma_error *error)
{
    stemma_row_participant few[PARTICIPANTS_FEW];
    uint32_t few_roles[PARTICIPANTS_FEW];
    static const char where[] = "row";
    uint32_t count = row->participant_count;
    if (row->number <= set->last_number || row->number == UINT32_MAX) {
        return stm_broken(error, "ROW_ORDER", where, "row numbers begin at 1 and ascend");
    }
    if (set->count >= UINT32_MAX / 4 || count > UINT32_MAX / 2 - set->actor_use_count) {
        return stm_fail(error, STEMMA_E_LIMIT, "CORPUS_TOO_LARGE", where,
                        "the data set is beyond what one file can number");
    }
    if (count <= PARTICIPANTS_FEW) {
        if (count > 0) {
            memcpy(few, row->participants, count * sizeof *few);
        }
        count = sort_participants(few, count);
        return add_sorted(set, row, few, few_roles, count, where, error);
    }
    stemma_row_participant *list = calloc(count, sizeof *list + sizeof(uint32_t));
    if (list == NULL) {
        return no_memory(error);
    }
    uint32_t kept = 0;
    memcpy(list, row->participants, count * sizeof *list);
    qsort(list, count, sizeof *list, compare_participants);
    for (uint32_t i = 0; i < count; i++) {
        if (kept == 0 || compare_participants(&list[i], &list[kept - 1]) != 0) {
            list[kept++] = list[i];
        }
    }
    stemma_status status =
        add_sorted(set, row, list, (uint32_t *)(void *)(list + count), kept, where, error);
    free(list);
    return status;
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
    uint32_t first; /* in `moves` */
    uint8_t moves;  /* roles change places */
    uint8_t repeats; /* a role occurs twice: its actors have to be sorted */
} shape_order;

/* Turns a shape's roles into terms, ascending; `moves[i]` is where the i-th came from. */
static void resolve_shape(stm_row_set *set, stm_row_shape *shape, shape_order *order,
                          uint32_t *moves)
{
    uint32_t *roles = set->roles + shape->role_first;
    order->first = shape->role_first;
    shape->type = set->handles[shape->type].term;
    for (uint32_t i = 0; i < shape->role_count; i++) {
        uint32_t term = set->handles[roles[i]].term;
        uint32_t at = i;
        while (at > 0 && roles[at - 1] > term) {
            roles[at] = roles[at - 1];
            moves[at] = moves[at - 1];
            at--;
        }
        order->moves |= at != i;
        order->repeats |= at > 0 && roles[at - 1] == term;
        roles[at] = term;
        moves[at] = i;
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
    if (orders == NULL || moves == NULL) {
        free(orders);
        free(moves);
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < set->shape_count; i++) {
        stm_row_shape *shape = &set->shape_list[i];
        resolve_shape(set, shape, &orders[i], moves + shape->role_first);
        widest = shape->role_count > widest ? shape->role_count : widest;
        plain &= !orders[i].moves && !orders[i].repeats;
    }
    uint32_t *spare = stm_zeroed(widest, sizeof *spare);
    for (uint32_t k = 0; k < set->count && !plain && spare != NULL; k++) {
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
    free(spare);
    return spare != NULL ? STEMMA_OK : STEMMA_E_NO_MEMORY;
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
