/* SPDX-License-Identifier: MIT */
#include "index/claim_group.h"

#include "index/index_order.h"

#include <stdlib.h>

static uint64_t minor_key(uint32_t predicate, uint8_t object_kind, uint8_t referent_kind,
                          uint32_t object, uint8_t polarity)
{
    return (uint64_t)predicate << 48 | (uint64_t)object_kind << 44 | (uint64_t)referent_kind << 40 |
           (uint64_t)object << 8 | polarity;
}

static stm_sort_key assertion_key(const stm_index *index, uint32_t position)
{
    const stm_index_assertion *a = &index->assertions[position];
    int refers = a->object_kind == STEMMA_OBJECT_REFERENT;
    stm_sort_key key = {index->cluster[a->subject], 0, position};
    key.minor =
        minor_key(a->predicate, a->object_kind, refers ? index->referent_kinds[a->object] : 0,
                  refers ? index->cluster[a->object] : a->object, a->polarity);
    return key;
}

/* Fills the numbers of a claim from its witnesses, which are by (document, ordinal). */
static void count_witnesses(const stm_index *index, stm_index_claim *claim, uint32_t *scratch)
{
    const stm_index_assertion *witness = &index->assertions[claim->witness_first];
    size_t documents = 0;
    size_t speakers = 0;
    for (uint32_t i = 0; i < claim->witness_count; i++) {
        if (i == 0 || witness[i].document != witness[i - 1].document) {
            scratch[documents++] = index->group[witness[i].document];
        }
    }
    claim->documents = (uint32_t)documents;
    claim->independent = (uint32_t)stm_sort_distinct(scratch, documents);
    for (uint32_t i = 0; i < claim->witness_count; i++) {
        if (witness[i].speaker != STEMMA_NONE) {
            scratch[speakers++] = index->cluster[witness[i].speaker];
        }
    }
    claim->speakers = (uint32_t)stm_sort_distinct(scratch, speakers);
}

static stemma_status add_claim(stm_index *index, uint32_t first, uint32_t count, uint32_t *scratch)
{
    const stm_index_assertion *a = &index->assertions[first];
    stm_index_claim *claims = stm_memory_grow(index->memory, index->claims, &index->claim_capacity,
                                              (size_t)index->claim_count + 1, sizeof *claims);
    if (claims == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    index->claims = claims;
    stm_index_claim *claim = &claims[index->claim_count++];
    memset(claim, 0, sizeof *claim);
    claim->subject = index->cluster[a->subject];
    claim->subject_kind = index->referent_kinds[a->subject];
    claim->predicate = a->predicate;
    claim->object_kind = a->object_kind;
    claim->object = a->object;
    if (a->object_kind == STEMMA_OBJECT_REFERENT) {
        claim->object = index->cluster[a->object];
        claim->object_referent_kind = index->referent_kinds[a->object];
    }
    claim->polarity = a->polarity;
    claim->witness_first = first;
    claim->witness_count = count;
    count_witnesses(index, claim, scratch);
    return STEMMA_OK;
}

static int compare_witnesses(const void *a, const void *b)
{
    const stm_index_assertion *left = a;
    const stm_index_assertion *right = b;
    if (left->document != right->document) {
        return left->document > right->document ? 1 : -1;
    }
    return (left->ordinal > right->ordinal) - (left->ordinal < right->ordinal);
}

static stemma_status group_sorted(stm_index *index, const stm_sort_key *keys)
{
    uint32_t *scratch = stm_memory_zeroed(index->memory, index->assertion_count, sizeof *scratch);
    stm_index_assertion *sorted =
        stm_memory_zeroed(index->memory, index->assertion_count, sizeof *sorted);
    stemma_status status = STEMMA_OK;
    if (scratch == NULL || sorted == NULL) {
        stm_memory_free(scratch);
        stm_memory_free(sorted);
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < index->assertion_count; i++) {
        sorted[i] = index->assertions[keys[i].position];
    }
    stm_memory_free(index->assertions);
    index->assertions = sorted;
    index->assertion_capacity = index->assertion_count;
    uint32_t first = 0;
    while (first < index->assertion_count && status == STEMMA_OK) {
        uint32_t end = first + 1;
        while (end < index->assertion_count && keys[end].major == keys[first].major &&
               keys[end].minor == keys[first].minor) {
            end++;
        }
        /* Assertions of rows stand behind those of all documents. */
        if (end - first > 1 && keys[end - 1].position >= index->assertion_explicit) {
            qsort(sorted + first, end - first, sizeof *sorted, compare_witnesses);
        }
        status = add_claim(index, first, end - first, scratch);
        first = end;
    }
    stm_memory_free(scratch);
    return status;
}

stemma_status stm_claims_group(stm_index *index)
{
    stm_sort_key *keys = stm_memory_zeroed(index->memory, index->assertion_count, sizeof *keys);
    if (keys == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < index->assertion_count; i++) {
        keys[i] = assertion_key(index, i);
    }
    stm_sort_keys(index->memory, keys, index->assertion_count);
    stemma_status status = group_sorted(index, keys);
    stm_memory_free(keys);
    return status;
}

/* Claims of the events, stored and not, in the order of the events; gives how many. */
static uint64_t give_events_ranges(stm_index *index)
{
    uint64_t next = 0;
    if (index->event_count == 0) { /* all events are folded rows */
        return index->row_assertion_count - (index->assertion_count - index->assertion_explicit);
    }
    if (index->row_set_count == 0) {
        for (uint32_t i = 0; i < index->event_count; i++) {
            index->events[i].claim_first = (uint32_t)next;
            next += index->events[i].claim_count;
        }
        return next;
    }
    for (uint32_t e = 0; e < index->event_total; e++) {
        stm_event_source source = stm_index_source(index, e);
        if (source.set != NULL) {
            next += stm_row_set_says(source.set, source.row);
            continue;
        }
        stm_index_event *event = &index->events[source.event - index->events];
        event->claim_first = (uint32_t)next;
        next += event->claim_count;
    }
    return next;
}

/* A subject without claims gets the place where they would be, so that firsts ascend. */
static stemma_status give_ranges(stm_index *index)
{
    uint32_t e = 0;
    for (uint32_t i = 0; i < index->entity_count; i++) {
        index->entities[i].claim_count = 0;
    }
    for (uint32_t i = 0; i < index->event_count; i++) {
        index->events[i].claim_count = 0;
    }
    for (uint32_t i = 0; i < index->claim_count; i++) {
        const stm_index_claim *claim = &index->claims[i];
        if (claim->subject_kind == STEMMA_REFERENT_EVENT) {
            while (index->events[e].number < claim->subject) {
                e++;
            }
            index->events[e].claim_count++;
        } else {
            index->entities[claim->subject].claim_count++;
        }
    }
    uint64_t next = give_events_ranges(index);
    for (uint32_t i = 0; i < index->entity_count; i++) {
        index->entities[i].claim_first = (uint32_t)next;
        next += index->entities[i].claim_count;
    }
    index->claim_total = next;
    return next < UINT32_MAX ? STEMMA_OK : STEMMA_E_LIMIT;
}

stemma_status stm_claims_number(stm_index *index)
{
    stm_sort_key *keys = stm_memory_zeroed(index->memory, index->claim_count, sizeof *keys);
    stm_index_claim *sorted = stm_memory_zeroed(index->memory, index->claim_count, sizeof *sorted);
    if (keys == NULL || sorted == NULL) {
        stm_memory_free(keys);
        stm_memory_free(sorted);
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < index->claim_count; i++) {
        stm_index_claim *claim = &index->claims[i];
        claim->subject = index->cluster_number[claim->subject];
        uint32_t place = 0;
        if (claim->object_kind == STEMMA_OBJECT_REFERENT) {
            claim->object = index->cluster_number[claim->object];
            place = claim->object;
        } else {
            place = index->key_rank[claim->object];
        }
        keys[i].major =
            (uint64_t)(claim->subject_kind == STEMMA_REFERENT_ENTITY) << 32 | claim->subject;
        keys[i].minor = minor_key(claim->predicate, claim->object_kind, claim->object_referent_kind,
                                  place, claim->polarity);
        keys[i].position = i;
    }
    stm_sort_keys(index->memory, keys, index->claim_count);
    for (uint32_t i = 0; i < index->claim_count; i++) {
        sorted[i] = index->claims[keys[i].position];
    }
    stm_memory_free(keys);
    stm_memory_free(index->claims);
    index->claims = sorted;
    index->claim_capacity = index->claim_count;
    return give_ranges(index);
}
