/* SPDX-License-Identifier: MIT */
#include "write/writer_folded.h"

#include "event_amount.h"
#include "index/index_fold.h"
#include "index/index_order.h"

#include <stdlib.h>

/* Room for the numbers of a column; NULL when memory is refused. */
static int64_t *room_of(stm_folded *block, stm_event_column id, size_t count)
{
    int64_t *room = stm_grow(block->room[id], &block->room_capacity[id], count, sizeof *room);
    if (room != NULL) {
        block->room[id] = room;
    }
    return room;
}

static void say(stm_folded *block, stm_event_column id, const int64_t *values, uint32_t count)
{
    block->columns[id] = (stm_event_numbers){values, 0, 0, count};
}

static void say_even(stm_folded *block, stm_event_column id, int64_t first, int64_t step)
{
    block->columns[id] = (stm_event_numbers){NULL, first, step, block->count};
}

/* ---- Rows ------------------------------------------------------------------------------------ */

/* Which rows the events are; 0 when they are not all rows of one set. */
static int find_rows(stm_folded *block, const stm_index *index, uint32_t first)
{
    const stm_event_source source = stm_index_source(index, first);
    const stm_row_set *set = block->set = source.set;
    if (set == NULL) {
        return 0;
    }
    if (index->event_sources == NULL) {
        for (uint32_t i = 0; i < block->count; i++) {
            block->rows[i] = source.row + i;
        }
        say_even(block, STM_EVENT_FIRST_REFERENT, (int64_t)set->actor_count + source.row, 1);
        return 1;
    }
    const uint32_t *sources = index->event_sources + first;
    uint32_t most = 0;
    for (uint32_t i = 0; i < block->count; i++) {
        block->rows[i] = sources[i] - set->row_base; /* of another set: much more than its rows */
        most = block->rows[i] > most ? block->rows[i] : most;
    }
    return most < set->count;
}

static stemma_status take_referents(stm_folded *block)
{
    int64_t *numbers;
    if (block->columns[STM_EVENT_FIRST_REFERENT].count != 0) {
        return STEMMA_OK;
    }
    numbers = room_of(block, STM_EVENT_FIRST_REFERENT, block->count);
    for (uint32_t i = 0; numbers != NULL && i < block->count; i++) {
        numbers[i] = (int64_t)block->set->actor_count + block->rows[i];
    }
    say(block, STM_EVENT_FIRST_REFERENT, numbers, block->count);
    return numbers != NULL ? STEMMA_OK : STEMMA_E_NO_MEMORY;
}

/* ---- Times ----------------------------------------------------------------------------------- */

static int is_known(const stemma_time_bounds *bounds)
{
    return bounds->start_earliest != STEMMA_TIME_UNKNOWN_EARLY &&
           bounds->start_latest != STEMMA_TIME_UNKNOWN_LATE &&
           bounds->end_earliest != STEMMA_TIME_UNKNOWN_EARLY &&
           bounds->end_latest != STEMMA_TIME_UNKNOWN_LATE;
}

/* What a column says of a time; 0 when it does not fit. */
static int number_of_time(const stemma_time_bounds *bounds, stm_event_column id, int64_t *out)
{
    switch (id) {
    case STM_EVENT_START_EARLIEST:
        *out = bounds->start_earliest;
        return 1;
    case STM_EVENT_START_LATEST:
        return stm_sub_i64(bounds->start_latest, bounds->start_earliest, out);
    case STM_EVENT_END_EARLIEST:
        return stm_sub_i64(bounds->end_earliest, bounds->start_earliest, out);
    case STM_EVENT_END_LATEST:
        return stm_sub_i64(bounds->end_latest, bounds->start_earliest, out);
    default:
        *out = stm_event_precision(bounds);
        return 1;
    }
}

/* Finds the runs of one time; 0 when one is not known whole. */
static int find_times(stm_folded *block)
{
    const stm_row_set *set = block->set;
    uint32_t last = 0;
    block->times = 0;
    for (uint32_t i = 0; i < block->count; i++) {
        uint32_t time = set->times[block->rows[i]];
        if (time == last && time != 0) {
            continue;
        }
        if (time == 0 || !is_known(&set->time_bounds[time - 1])) {
            return 0;
        }
        block->time_first[block->times] = (uint16_t)i;
        block->time_bounds[block->times++] = &set->time_bounds[time - 1];
        last = time;
    }
    return 1;
}

static stemma_status take_time(stm_folded *block, stm_event_column id)
{
    int64_t first = 0, number = 0;
    int varies = 0;
    for (uint32_t t = 0; t < block->times; t++) {
        if (!number_of_time(block->time_bounds[t], id, &number)) {
            return STEMMA_NOT_FOUND;
        }
        first = t == 0 ? number : first;
        varies |= number != first;
    }
    if (!varies) {
        say_even(block, id, first, 0);
        return STEMMA_OK;
    }
    int64_t *numbers = room_of(block, id, block->count);
    if (numbers == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t t = 0; t < block->times; t++) {
        uint32_t end = t + 1 < block->times ? block->time_first[t + 1] : block->count;
        (void)number_of_time(block->time_bounds[t], id, &number);
        for (uint32_t i = block->time_first[t]; i < end; i++) {
            numbers[i] = number;
        }
    }
    say(block, id, numbers, block->count);
    return STEMMA_OK;
}

static stemma_status take_times(stm_folded *block)
{
    static const stm_event_column columns[] = {STM_EVENT_START_EARLIEST, STM_EVENT_START_LATEST,
                                               STM_EVENT_END_EARLIEST, STM_EVENT_END_LATEST,
                                               STM_EVENT_PRECISION};
    stemma_status status = find_times(block) ? STEMMA_OK : STEMMA_NOT_FOUND;
    for (size_t i = 0; i < sizeof columns / sizeof columns[0] && status == STEMMA_OK; i++) {
        status = take_time(block, columns[i]);
    }
    return status;
}

/* ---- Types and roles ------------------------------------------------------------------------- */

static int same_roles(const stm_row_set *set, const stm_row_shape *a, const stm_row_shape *b)
{
    return a->role_count == b->role_count &&
           (a->role_count == 0 || memcmp(set->roles + a->role_first, set->roles + b->role_first,
                                         a->role_count * sizeof *set->roles) == 0);
}

/* Notes a shape that this block has not had; 0 when there are too many sequences of roles. */
static int meet_shape(stm_folded *block, const stm_row_shape *shape, stm_folded_shape *known)
{
    const stm_row_set *set = block->set;
    uint32_t frame = 0;
    while (frame < block->frames && !same_roles(set, block->frame_shapes[frame], shape)) {
        frame++;
    }
    if (frame == STM_FOLDED_FRAMES) {
        return 0;
    }
    if (frame == block->frames) {
        block->frame_shapes[block->frames++] = shape;
    }
    known->block = block->blocks;
    known->frame = (uint8_t)frame;
    known->repeats = 0;
    for (uint32_t i = 1; i < shape->role_count; i++) {
        known->repeats |= set->roles[shape->role_first + i] == set->roles[shape->role_first + i - 1];
    }
    return 1;
}

/* A place for what is known of each shape; blocks count from 1, so zeros are of none. */
static int have_shapes(stm_folded *block)
{
    if (block->set->shape_count <= block->shape_capacity) {
        return 1;
    }
    free(block->shapes);
    block->shape_capacity = block->set->shape_count;
    block->shapes = calloc(block->shape_capacity, sizeof *block->shapes);
    if (block->shapes == NULL) {
        block->shape_capacity = 0;
    }
    return block->shapes != NULL;
}

static stemma_status take_shapes(stm_folded *block)
{
    const stm_row_set *set = block->set;
    int64_t *types = room_of(block, STM_EVENT_TYPE, block->count);
    int64_t *frames = room_of(block, STM_EVENT_FRAME, block->count);
    if (types == NULL || frames == NULL || !have_shapes(block)) {
        return STEMMA_E_NO_MEMORY;
    }
    block->blocks++;
    block->frames = block->participants = 0;
    for (uint32_t i = 0; i < block->count; i++) {
        uint32_t number = set->shapes[block->rows[i]];
        const stm_row_shape *shape = &set->shape_list[number];
        stm_folded_shape *known = &block->shapes[number];
        if (known->block != block->blocks && !meet_shape(block, shape, known)) {
            return STEMMA_NOT_FOUND;
        }
        types[i] = shape->type;
        frames[i] = known->frame;
        if (!stm_add_u32(block->participants, shape->role_count, &block->participants)) {
            return STEMMA_NOT_FOUND;
        }
    }
    say(block, STM_EVENT_TYPE, types, block->count);
    if (block->frames > 1) {
        say(block, STM_EVENT_FRAME, frames, block->count);
    }
    return STEMMA_OK;
}

static stemma_status take_frames(stm_folded *block)
{
    uint32_t roles = 0;
    for (uint32_t frame = 0; frame < block->frames; frame++) {
        if (!stm_add_u32(roles, block->frame_shapes[frame]->role_count, &roles)) {
            return STEMMA_NOT_FOUND;
        }
    }
    int64_t *ends = room_of(block, STM_EVENT_FRAME_END, block->frames);
    int64_t *list = room_of(block, STM_EVENT_FRAME_ROLE, roles);
    if (ends == NULL || list == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    roles = 0;
    for (uint32_t frame = 0; frame < block->frames; frame++) {
        const stm_row_shape *shape = block->frame_shapes[frame];
        for (uint32_t i = 0; i < shape->role_count; i++) {
            list[roles++] = block->set->roles[shape->role_first + i];
        }
        ends[frame] = roles;
    }
    say(block, STM_EVENT_FRAME_END, ends, block->frames);
    say(block, STM_EVENT_FRAME_ROLE, list, roles);
    return STEMMA_OK;
}

/* ---- Participants ---------------------------------------------------------------------------- */

/* Where each event's participants begin. */
static stemma_status take_offsets(stm_folded *block)
{
    const stm_row_set *set = block->set;
    uint32_t at = 0;
    if (block->frames == 1) {
        say_even(block, STM_EVENT_PARTICIPANT_OFFSET, 0, block->frame_shapes[0]->role_count);
        return STEMMA_OK;
    }
    int64_t *offsets = room_of(block, STM_EVENT_PARTICIPANT_OFFSET, block->count);
    if (offsets == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < block->count; i++) {
        offsets[i] = at;
        at += stm_row_shape_of(set, block->rows[i])->role_count;
    }
    say(block, STM_EVENT_PARTICIPANT_OFFSET, offsets, block->count);
    return STEMMA_OK;
}

/* Actors that share a role are in the order of entities. */
static stemma_status sort_few(stm_folded *block, uint32_t row, uint32_t count, int64_t *entities,
                              int64_t *variants)
{
    stm_event_participant *few = stm_grow(block->few, &block->few_capacity, count, sizeof *few);
    if (few == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    block->few = few;
    stm_fold_participants(block->set, row, few);
    for (uint32_t i = 0; i < count; i++) {
        entities[i] = few[i].entity;
        if (variants != NULL) {
            variants[i] = few[i].variant;
        }
    }
    return STEMMA_OK;
}

static stemma_status take_participants(stm_folded *block)
{
    const stm_row_set *set = block->set;
    int64_t *entities = room_of(block, STM_EVENT_ENTITY, block->participants);
    int64_t *variants =
        set->variants != NULL ? room_of(block, STM_EVENT_VARIANT, block->participants) : NULL;
    uint32_t at = 0;
    if (entities == NULL || (set->variants != NULL && variants == NULL)) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < block->count; i++) {
        uint32_t row = block->rows[i];
        uint32_t count = stm_row_shape_of(set, row)->role_count;
        const uint32_t *actors = set->actors + stm_row_first(set, row);
        if (block->shapes[set->shapes[row]].repeats) {
            stemma_status status =
                sort_few(block, row, count, entities + at, variants != NULL ? variants + at : NULL);
            if (status != STEMMA_OK) {
                return status;
            }
        } else {
            for (uint32_t j = 0; j < count; j++) {
                entities[at + j] = set->entities[actors[j]];
            }
            for (uint32_t j = 0; j < count && variants != NULL; j++) {
                variants[at + j] = set->variants[actors[j]];
            }
        }
        at += count;
    }
    say(block, STM_EVENT_ENTITY, entities, at);
    if (variants != NULL) {
        say(block, STM_EVENT_VARIANT, variants, at);
    }
    return STEMMA_OK;
}

/* ---- Place, source, amount ------------------------------------------------------------------- */

/* `actors`: that of each row + 1; NULL: no row has one. */
static stemma_status take_actor(stm_folded *block, const uint32_t *actors, stm_event_column entity,
                                stm_event_column variant)
{
    const stm_row_set *set = block->set;
    if (actors == NULL) {
        return STEMMA_OK;
    }
    int64_t *entities = room_of(block, entity, block->count);
    int64_t *variants = set->variants != NULL ? room_of(block, variant, block->count) : NULL;
    if (entities == NULL || (set->variants != NULL && variants == NULL)) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < block->count; i++) {
        uint32_t actor = actors[block->rows[i]];
        entities[i] = actor == 0 ? 0 : (int64_t)set->entities[actor - 1] + 1;
        if (variants != NULL) {
            variants[i] = actor == 0 ? 0 : set->variants[actor - 1];
        }
    }
    say(block, entity, entities, block->count);
    if (variants != NULL) {
        say(block, variant, variants, block->count);
    }
    return STEMMA_OK;
}

static stemma_status take_actors(stm_folded *block)
{
    stemma_status status =
        take_actor(block, block->set->places, STM_EVENT_PLACE, STM_EVENT_PLACE_VARIANT);
    return status == STEMMA_OK
               ? take_actor(block, block->set->sources, STM_EVENT_VIA, STM_EVENT_VIA_VARIANT)
               : status;
}

void stm_folded_amount(const stm_row_set *set, uint32_t row, uint32_t *amount, uint32_t *above)
{
    *amount = *above = 0;
    if (set->rares != NULL && set->rares[row] != 0) {
        stm_row_rare rare;
        stm_row_rare_of(set, row, &rare);
        if (rare.quantity_predicate != STEMMA_NONE) {
            stemma_quantity quantity = {.amount = rare.amount};
            stm_amount_reach reach = stm_amount_reach_of(&quantity);
            *amount = reach.least;
            *above = stm_amount_above(reach);
        }
    }
}

static stemma_status take_amounts(stm_folded *block)
{
    if (block->set->rares == NULL) {
        return STEMMA_OK;
    }
    int64_t *amounts = room_of(block, STM_EVENT_AMOUNT, block->count);
    int64_t *aboves = room_of(block, STM_EVENT_AMOUNT_ABOVE, block->count);
    if (amounts == NULL || aboves == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < block->count; i++) {
        uint32_t amount, above;
        stm_folded_amount(block->set, block->rows[i], &amount, &above);
        amounts[i] = amount;
        aboves[i] = above;
    }
    say(block, STM_EVENT_AMOUNT, amounts, block->count);
    say(block, STM_EVENT_AMOUNT_ABOVE, aboves, block->count);
    return STEMMA_OK;
}

/* ---- Claims ---------------------------------------------------------------------------------- */

/* All rows say as much: only the numbers of their claims are needed, which grow evenly. */
static void take_even_claims(stm_folded *block, uint64_t claims, uint64_t unstored)
{
    uint32_t stride = block->set->stride;
    say_even(block, STM_EVENT_CLAIM_COUNT, stride, 0);
    say_even(block, STM_EVENT_CLAIM_FIRST, (int64_t)claims, stride);
    say_even(block, STM_EVENT_UNSTORED, (int64_t)unstored, stride);
    block->says = (uint64_t)stride * block->count;
}

static stemma_status take_claims(stm_folded *block, uint64_t claims, uint64_t unstored)
{
    const stm_row_set *set = block->set;
    if (set->assertion_count == (uint64_t)set->stride * set->count) {
        take_even_claims(block, claims, unstored);
        return STEMMA_OK;
    }
    int64_t *counts = room_of(block, STM_EVENT_CLAIM_COUNT, block->count);
    int64_t *firsts = room_of(block, STM_EVENT_CLAIM_FIRST, block->count);
    int64_t *before = room_of(block, STM_EVENT_UNSTORED, block->count);
    if (counts == NULL || firsts == NULL || before == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    block->says = 0;
    for (uint32_t i = 0; i < block->count; i++) {
        counts[i] = stm_row_set_says(set, block->rows[i]);
        firsts[i] = (int64_t)(claims + block->says);
        before[i] = (int64_t)(unstored + block->says);
        block->says += (uint64_t)counts[i];
    }
    say(block, STM_EVENT_CLAIM_COUNT, counts, block->count);
    say(block, STM_EVENT_CLAIM_FIRST, firsts, block->count);
    say(block, STM_EVENT_UNSTORED, before, block->count);
    return STEMMA_OK;
}

/* ---- All ------------------------------------------------------------------------------------- */

static void take_constants(stm_folded *block)
{
    say_even(block, STM_EVENT_DOCUMENTS, 1, 0);
    say_even(block, STM_EVENT_INDEPENDENT, 1, 0);
    say_even(block, STM_EVENT_FOLDED, 1, 0);
    say_even(block, STM_EVENT_FIRST_DOCUMENT, block->set->document, 0);
    say_even(block, STM_EVENT_FACTUALITY,
             stm_event_factuality(STEMMA_POLARITY_POSITIVE, STEMMA_CERTAINTY_UNSPECIFIED,
                                  STEMMA_TENSE_UNSPECIFIED, STEMMA_REALIS_ACTUAL),
             0);
}

stemma_status stm_folded_take(stm_folded *block, const stm_index *index, uint32_t first, uint32_t count,
                              uint64_t claims, uint64_t unstored)
{
    static stemma_status (*const steps[])(stm_folded *) = {
        take_times, take_shapes, take_frames, take_offsets, take_participants,
        take_actors, take_amounts, take_referents};
    memset(block->columns, 0, sizeof block->columns);
    block->count = count;
    if (claims > UINT32_MAX / 2 || !find_rows(block, index, first)) {
        return STEMMA_NOT_FOUND;
    }
    stemma_status status = STEMMA_OK;
    for (size_t i = 0; i < sizeof steps / sizeof steps[0] && status == STEMMA_OK; i++) {
        status = steps[i](block);
    }
    if (status == STEMMA_OK) {
        status = take_claims(block, claims, unstored);
    }
    take_constants(block);
    return status;
}

void stm_folded_free(stm_folded *block)
{
    for (int id = 0; id <= STM_EVENT_COLUMNS; id++) {
        free(block->room[id]);
    }
    free(block->shapes);
    free(block->few);
}
