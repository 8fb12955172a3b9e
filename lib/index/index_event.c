/* SPDX-License-Identifier: MIT */
#include "index/index_rows.h"

#include "event_amount.h"
#include "index/claim_group.h"

#include <stdlib.h>

/* Claims by cluster: stm_claims_group() leaves them ascending by cluster. */
typedef struct claim_range {
    uint32_t first;
    uint32_t end;
} claim_range;

static int is_role(const stm_index *index, uint32_t predicate)
{
    return predicate != index->term_type && predicate != index->term_time &&
           predicate != index->term_place && predicate != index->term_content &&
           predicate != index->term_quantity;
}

static int refers_to_entity(const stm_index_claim *claim)
{
    return claim->object_kind == STEMMA_OBJECT_REFERENT &&
           claim->object_referent_kind == STEMMA_REFERENT_ENTITY;
}

/* ---- Time ------------------------------------------------------------------------------------ */

static const stemma_time_bounds unknown_bounds = {STEMMA_TIME_UNKNOWN_EARLY,
                                                  STEMMA_TIME_UNKNOWN_LATE,
                                                  STEMMA_TIME_UNKNOWN_EARLY,
                                                  STEMMA_TIME_UNKNOWN_LATE,
                                                  STEMMA_PRECISION_UNKNOWN,
                                                  0,
                                                  0,
                                                  0};

/* Most independent documents, then finest precision, then earliest, then least EDTF. */
static void choose_time(const stm_index *index, claim_range range, stemma_time_bounds *bounds)
{
    const stm_index_claim *best = NULL;
    *bounds = unknown_bounds;
    for (uint32_t i = range.first; i < range.end; i++) {
        const stm_index_claim *claim = &index->claims[i];
        stemma_time_bounds found;
        if (claim->predicate != index->term_time || claim->object_kind != STEMMA_OBJECT_TIME ||
            claim->polarity == STEMMA_POLARITY_NEGATIVE) {
            continue;
        }
        stemma_text key = stm_strings_get(&index->keys, claim->object);
        if (key.size < 2 || key.data[0] != 'e') {
            continue;
        }
        stemma_text edtf = {key.data + 1, key.size - 1};
        if (stemma_edtf_bounds(edtf, &found) != STEMMA_OK) {
            continue;
        }
        int better = best == NULL;
        if (!better && claim->independent != best->independent) {
            better = claim->independent > best->independent;
        } else if (!better && found.precision != bounds->precision) {
            better = found.precision > bounds->precision;
        } else if (!better && found.start_earliest != bounds->start_earliest) {
            better = found.start_earliest < bounds->start_earliest;
        } else if (!better) {
            better = index->key_rank[claim->object] < index->key_rank[best->object];
        }
        if (better) {
            best = claim;
            *bounds = found;
        }
    }
}

/* ---- Place ----------------------------------------------------------------------------------- */

static uint32_t choose_place(const stm_index *index, claim_range range)
{
    uint32_t place = STEMMA_NONE;
    uint32_t independent = 0;
    for (uint32_t i = range.first; i < range.end; i++) {
        const stm_index_claim *claim = &index->claims[i];
        if (claim->predicate != index->term_place || !refers_to_entity(claim) ||
            claim->polarity == STEMMA_POLARITY_NEGATIVE) {
            continue;
        }
        uint32_t entity = index->cluster_number[claim->object];
        if (place == STEMMA_NONE || claim->independent > independent ||
            (claim->independent == independent && entity < place)) {
            place = entity;
            independent = claim->independent;
        }
    }
    return place;
}

/* ---- Whether it happened --------------------------------------------------------------------- */

static uint32_t factuality_of(const stm_index_assertion *a)
{
    return (uint32_t)(a->polarity | a->certainty << 2 | a->tense << 4 | a->realis << 6);
}

/* One witness who says that it happened outweighs any number who expect or demand it. */
static stemma_status choose_factuality(const stm_index *index, claim_range range, uint32_t **values,
                                       size_t *capacity, stm_index_event *event)
{
    size_t actual = 0;
    size_t other = 0;
    for (int wanted = 1; wanted >= 0; wanted--) {
        for (uint32_t i = range.first; i < range.end; i++) {
            const stm_index_claim *claim = &index->claims[i];
            if (claim->predicate != index->term_type) {
                continue;
            }
            for (uint32_t w = 0; w < claim->witness_count; w++) {
                const stm_index_assertion *a = &index->assertions[claim->witness_first + w];
                int happened =
                    a->realis == STEMMA_REALIS_ACTUAL && a->polarity == STEMMA_POLARITY_POSITIVE;
                if (happened != wanted || (wanted == 0 && actual > 0)) {
                    continue;
                }
                uint32_t *grown = stm_memory_grow(index->memory, *values, capacity, actual + other + 1, sizeof *grown);
                if (grown == NULL) {
                    return STEMMA_E_NO_MEMORY;
                }
                *values = grown;
                grown[actual + other] = factuality_of(a);
                actual += (size_t)wanted;
                other += (size_t)!wanted;
            }
        }
    }
    if (actual + other > 0) {
        uint32_t packed = stm_most_frequent(*values, actual + other);
        event->polarity = packed & 3;
        event->certainty = packed >> 2 & 3;
        event->tense = packed >> 4 & 3;
        event->realis = packed >> 6 & 3;
    }
    return STEMMA_OK;
}

/* ---- Amounts --------------------------------------------------------------------------------- */

/* The first of some numbers divided by '|', taken off them. */
static stemma_text take_number(stemma_text *key)
{
    const char *bar = key->size != 0 ? memchr(key->data, '|', key->size) : NULL;
    size_t size = bar != NULL ? (size_t)(bar - key->data) : key->size;
    stemma_text number = {key->data, size};
    size_t taken = size + (bar != NULL ? 1 : 0);
    key->data += taken;
    key->size -= taken;
    return number;
}

stemma_quantity stm_quantity_of_key(stemma_text key)
{
    stemma_quantity quantity;
    memset(&quantity, 0, sizeof quantity);
    if (key.size > 2) { /* "n", the modifier, and then the numbers */
        quantity.modifier = (uint8_t)(key.data[1] - '0');
        key.data += 2;
        key.size -= 2;
        quantity.amount = take_number(&key);
        quantity.lower = take_number(&key);
        quantity.upper = take_number(&key);
    }
    return quantity;
}

static void reach_amounts(const stm_index *index, claim_range range, stm_index_event *event)
{
    stm_amount_reach reach = {0, 0};
    for (uint32_t i = range.first; i < range.end; i++) {
        const stm_index_claim *claim = &index->claims[i];
        if (claim->object_kind == STEMMA_OBJECT_QUANTITY &&
            claim->polarity != STEMMA_POLARITY_NEGATIVE) {
            stemma_quantity quantity =
                stm_quantity_of_key(stm_strings_get(&index->keys, claim->object));
            stm_amount_reach_join(&reach, stm_amount_reach_of(&quantity));
        }
    }
    event->amount = (uint16_t)reach.least;
    event->amount_above = (uint16_t)stm_amount_above(reach);
}

/* ---- Participants ---------------------------------------------------------------------------- */

static int compare_participants(const void *a, const void *b)
{
    const stm_index_participant *left = a;
    const stm_index_participant *right = b;
    if (left->role != right->role) {
        return left->role > right->role ? 1 : -1;
    }
    return (left->entity > right->entity) - (left->entity < right->entity);
}

static stemma_status add_participants(stm_index *index, claim_range range, stm_index_event *event)
{
    uint32_t first = index->participant_count;
    for (uint32_t i = range.first; i < range.end; i++) {
        const stm_index_claim *claim = &index->claims[i];
        if (!refers_to_entity(claim) || !is_role(index, claim->predicate) ||
            claim->polarity == STEMMA_POLARITY_NEGATIVE) {
            continue;
        }
        stm_index_participant *grown =
            stm_memory_grow(index->memory, index->participants, &index->participant_capacity,
                     (size_t)index->participant_count + 1, sizeof *grown);
        if (grown == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
        index->participants = grown;
        grown[index->participant_count].role = claim->predicate;
        grown[index->participant_count].entity = index->cluster_number[claim->object];
        index->participant_count++;
    }
    uint32_t count = index->participant_count - first;
    if (count > 1) { /* the same with and without polarity is still one participant */
        stm_index_participant *list = index->participants + first;
        uint32_t kept = 1;
        qsort(list, count, sizeof *list, compare_participants);
        for (uint32_t i = 1; i < count; i++) {
            if (compare_participants(&list[i], &list[kept - 1]) != 0) {
                list[kept++] = list[i];
            }
        }
        index->participant_count = first + kept;
        count = kept;
    }
    event->participant_first = first;
    event->participant_count = count;
    return STEMMA_OK;
}

/* ---- All ------------------------------------------------------------------------------------- */

static stemma_status fill_event(stm_index *index, uint32_t cluster, claim_range range,
                                uint32_t **scratch, size_t *capacity, stm_index_event *event)
{
    uint32_t first = index->cluster_first[cluster];
    uint32_t count = index->cluster_first[cluster + 1] - first;
    uint32_t *grown = stm_memory_grow(index->memory, *scratch, capacity, count, sizeof *grown);
    if (grown == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    *scratch = grown;
    event->cluster = cluster;
    event->first = index->cluster_members[first];
    stm_cluster_documents(index, cluster, grown, &event->documents, &event->independent);
    for (uint32_t i = 0; i < count; i++) {
        grown[i] = index->referents[index->cluster_members[first + i]].type;
    }
    event->type = stm_index_event_type(grown, count, index->terms);
    choose_time(index, range, &event->bounds);
    event->place = choose_place(index, range);
    reach_amounts(index, range, event);
    stemma_status status = choose_factuality(index, range, scratch, capacity, event);
    return status == STEMMA_OK ? add_participants(index, range, event) : status;
}

/* Participants follow the order of events. */
static stemma_status sort_events(stm_index *index, const stm_index_event *unsorted,
                                 const stm_sort_key *keys, uint32_t count)
{
    index->events = stm_memory_zeroed(index->memory, count, sizeof *index->events);
    stm_index_participant *moved = stm_memory_zeroed(index->memory, index->participant_count, sizeof *moved);
    if (index->events == NULL || moved == NULL) {
        stm_memory_free(moved);
        return STEMMA_E_NO_MEMORY;
    }
    uint32_t next = 0;
    index->event_count = count;
    for (uint32_t i = 0; i < count; i++) {
        stm_index_event *event = &index->events[i];
        *event = unsorted[keys[i].position];
        for (uint32_t p = 0; p < event->participant_count; p++) {
            moved[next + p] = index->participants[event->participant_first + p];
        }
        event->participant_first = next;
        next += event->participant_count;
    }
    stm_memory_free(index->participants);
    index->participants = moved;
    index->participant_capacity = index->participant_count;
    return STEMMA_OK;
}

static void count_events_of_entities(stm_index *index, uint32_t *last_event)
{
    for (uint32_t i = 0; i < index->event_count; i++) {
        const stm_index_event *event = &index->events[i];
        for (uint32_t p = 0; p < event->participant_count; p++) {
            uint32_t entity = index->participants[event->participant_first + p].entity;
            if (last_event[entity] != i + 1) { /* two roles in one event are one event */
                last_event[entity] = i + 1;
                index->entities[entity].events++;
            }
        }
    }
}

static uint64_t first_referent(const stm_index *index, uint32_t node)
{
    return (uint64_t)index->referents[node].document << 32 | index->referents[node].ordinal;
}

static stemma_status fill_events(stm_index *index, stm_index_event *unsorted, stm_sort_key *keys,
                                 uint32_t *event_count)
{
    uint32_t *scratch = NULL;
    size_t capacity = 0;
    uint32_t count = 0;
    uint32_t claim = 0;
    stemma_status status = STEMMA_OK;
    for (uint32_t c = 0; c < index->cluster_count && status == STEMMA_OK; c++) {
        claim_range range = {claim, claim};
        while (range.end < index->claim_count && index->claims[range.end].subject == c) {
            range.end++;
        }
        claim = range.end;
        if (stm_index_cluster_kind(index, c) != STEMMA_REFERENT_EVENT) {
            continue;
        }
        status = fill_event(index, c, range, &scratch, &capacity, &unsorted[count]);
        int64_t start = unsorted[count].bounds.start_earliest;
        /* Shifted so that unsigned order is signed order; unknown comes last. */
        keys[count].major = start == STEMMA_TIME_UNKNOWN_EARLY
                                ? UINT64_MAX
                                : (uint64_t)start ^ UINT64_C(0x8000000000000000);
        keys[count].minor = first_referent(index, unsorted[count].first);
        keys[count].position = count;
        count++;
    }
    stm_memory_free(scratch);
    *event_count = count;
    return status;
}

stemma_status stm_index_events(stm_index *index)
{
    uint32_t count = 0;
    stm_sort_key *keys = stm_memory_zeroed(index->memory, index->cluster_count, sizeof *keys);
    stm_index_event *unsorted = stm_memory_zeroed(index->memory, index->cluster_count, sizeof *unsorted);
    uint32_t *last_event = stm_memory_zeroed(index->memory, index->entity_count, sizeof *last_event);
    stemma_status status = STEMMA_E_NO_MEMORY;
    if (keys != NULL && unsorted != NULL && last_event != NULL) {
        status = fill_events(index, unsorted, keys, &count);
    }
    if (status == STEMMA_OK) {
        stm_sort_keys(index->memory, keys, count);
        status = sort_events(index, unsorted, keys, count);
    }
    if (status == STEMMA_OK) {
        count_events_of_entities(index, last_event);
    }
    stm_memory_free(keys);
    stm_memory_free(unsorted);
    stm_memory_free(last_event);
    return status;
}
