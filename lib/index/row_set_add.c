/* SPDX-License-Identifier: MIT */
/* Checking and adding rows: the first half of row_set.h. */
#include "index/row_set.h"

#include "base/error.h"
#include "limits.h"
#include "write/validate.h"

#include <stdlib.h>

#define PARTICIPANTS_FEW 16u

/* Room for so many elements, without a call when it is there; 0 when memory is refused. */
#define GROW(set, array, capacity, needed)                                                         \
    (((size_t)(needed) <= (capacity) && (array) != NULL) ? 1                                       \
     : ((set)->grown = stm_memory_grow((set)->memory, (array), &(capacity), (needed),              \
                                       sizeof *(array))) != NULL                                   \
         ? ((array) = (set)->grown, 1)                                                             \
         : 0)

/* The same for a column that may have its first value now: 0 for all rows so far. */
#define GROW_COLUMN(set, array, capacity)                                                          \
    ((array) != NULL ? GROW(set, array, capacity, (size_t)(set)->count + 1)                        \
     : GROW(set, array, capacity, (size_t)(set)->count + 1)                                        \
         ? (memset((array), 0, (set)->count * sizeof *(array)), 1)                                 \
         : 0)

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
            return stm_broken(
                error, "ROLE_UNKNOWN", where, "%.*s is no role of %.*s",
                (int)(role.size < 60 ? role.size : 60), role.data,
                (int)(set->handles[type].name.size < 60 ? set->handles[type].name.size : 60),
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

/* Roles are few: a loop is quicker than a call. */
static int same_roles(const uint32_t *a, const uint32_t *b, uint32_t count)
{
    uint32_t i = 0;
    while (i < count && a[i] == b[i]) {
        i++;
    }
    return i == count;
}

static uint32_t shape_slot(const stm_row_set *set, uint32_t hash, uint32_t type,
                           const uint32_t *roles, uint32_t count)
{
    uint32_t mask = set->shape_slot_count - 1;
    uint32_t slot = hash & mask;
    while (set->shape_slots[slot] != 0) {
        const stm_row_shape *known = &set->shape_list[set->shape_slots[slot] - 1];
        if (known->hash == hash && known->type == type && known->role_count == count &&
            same_roles(set->roles + known->role_first, roles, count)) {
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

/* Number + 1 of a time that is not the last row's. */
static stemma_status find_other_time(stm_row_set *set, stemma_text text, const char *where,
                                     uint32_t *time, stemma_error *error)
{
    stemma_time_bounds bounds;
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

/* Tables are often in order of time, and most times are days: the last one is compared first, and
   that of ten bytes without a call. */
static int is_last_time(const stm_row_set *set, stemma_text text)
{
    if (set->last_time_size != text.size) {
        return 0;
    }
    return text.size == 10 ? memcmp(set->last_time_text, text.data, 10) == 0
                           : memcmp(set->last_time_text, text.data, text.size) == 0;
}

static stemma_status find_time(stm_row_set *set, stemma_text text, const char *where,
                               uint32_t *time, stemma_error *error)
{
    if (text.size == 0) {
        *time = 0;
        return STEMMA_OK;
    }
    if (is_last_time(set, text)) {
        *time = set->last_time;
        return STEMMA_OK;
    }
    stemma_status status = find_other_time(set, text, where, time, error);
    if (status == STEMMA_OK && text.size <= sizeof set->last_time_text) {
        memcpy(set->last_time_text, text.data, text.size);
        set->last_time_size = text.size;
        set->last_time = *time;
    }
    return status;
}

stemma_status stm_row_set_time(stm_row_set *set, stemma_text text, uint32_t *time,
                               stemma_error *error)
{
    return find_time(set, text, "row", time, error);
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
        while (at > 0 && (list[at - 1].role > moving.role || (list[at - 1].role == moving.role &&
                                                              list[at - 1].actor > moving.actor))) {
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
        set->gap_size += stm_store_varint(set->gaps + set->gap_size, number - set->last_number - 1);
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

static uint32_t says_of(const stemma_row *row, uint32_t participants, uint32_t time)
{
    return 1u + participants + (time != 0 ? 1u : 0u) + (row->place != STEMMA_NONE ? 1u : 0u) +
           (row->content.size != 0 ? 1u : 0u) + (row->quantity_predicate != STEMMA_NONE ? 1u : 0u);
}

/* Whether all assertions have ordinals when there is one more row that says so much. */
static int can_be_numbered(const stm_row_set *set, uint32_t says)
{
    uint32_t stride = says > set->stride ? says : set->stride;
    return ((uint64_t)set->count + 1) * stride < UINT32_MAX;
}

static int store(stm_row_set *set, const stemma_row *row, const stemma_row_participant *list,
                 uint32_t count, uint32_t shape, uint32_t time)
{
    uint32_t k = set->count;
    size_t wanted = (size_t)k + 1;
    uint32_t says = says_of(row, count, time);
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
        (set->rares != NULL && !GROW_COLUMN(set, set->rares, set->rare_capacity))) {
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

static stemma_status too_large(const char *where, stemma_error *error)
{
    return stm_fail(error, STEMMA_E_LIMIT, "CORPUS_TOO_LARGE", where,
                    "the data set is beyond what one file can number");
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
    if (status == STEMMA_OK && !can_be_numbered(set, says_of(row, count, time))) {
        return too_large(where, error);
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
        return too_large(where, error);
    }
    if (count == 2 && row->participants[0].role < row->participants[1].role) {
        return add_sorted(set, row, row->participants, few_roles, count, where, error);
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
