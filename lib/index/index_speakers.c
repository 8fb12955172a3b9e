/* SPDX-License-Identifier: MIT */
/* Who is quoted on which events: the lists of table `speaker`. */
#include "index/index_rows.h"

/* Lists of events, distributed by counting. Claims are in the order of their events, so that lists
   ascend as they are filled. */
typedef struct speakers {
    uint32_t *starts; /* of each entity's list; and one past the last */
    uint32_t *ends;   /* of what it holds so far */
    uint32_t *events;
    uint32_t *documents; /* the first that quotes the entity on the event, minus the event's first */
} speakers;

/* The entity that a witness quotes, or STEMMA_NONE. */
static uint32_t speaker_of(const stm_index *index, const stm_index_assertion *witness)
{
    return witness->speaker == STEMMA_NONE ||
                   index->referent_kinds[witness->speaker] != STEMMA_REFERENT_ENTITY
               ? STEMMA_NONE
               : index->cluster_number[index->cluster[witness->speaker]];
}

static void put(speakers *to, uint32_t entity, uint32_t event, uint32_t document)
{
    uint32_t end = to->ends[entity];
    if (end == to->starts[entity] || to->events[end - 1] != event) {
        to->events[end] = event;
        to->documents[end] = document;
        to->ends[entity]++;
    } else if (document < to->documents[end - 1]) {
        to->documents[end - 1] = document;
    }
}

/* Counts the places that lists need, or (`to` has them) fills them. */
static void visit(const stm_index *index, speakers *to, uint32_t *counts)
{
    uint32_t event = 0;
    for (uint32_t i = 0; i < index->claim_count; i++) {
        const stm_index_claim *claim = &index->claims[i];
        stm_memory_step(index->memory, i);
        if (claim->subject_kind != STEMMA_REFERENT_EVENT) {
            break; /* claims of events come first */
        }
        while (index->events[event].number < claim->subject) {
            event++;
        }
        uint32_t first = index->referents[index->events[event].first].document;
        for (uint32_t w = 0; w < claim->witness_count && claim->speakers != 0; w++) {
            const stm_index_assertion *witness = &index->assertions[claim->witness_first + w];
            uint32_t entity = speaker_of(index, witness);
            if (entity != STEMMA_NONE && to == NULL) {
                counts[entity + 1]++;
            } else if (entity != STEMMA_NONE) {
                put(to, entity, claim->subject, witness->document - first);
            }
        }
    }
}

static stemma_status post_list(const speakers *of, uint32_t entity, stm_index_post *post,
                               void *context)
{
    uint8_t bytes[4];
    stemma_bytes key = {bytes, sizeof bytes};
    stemma_status status = STEMMA_OK;
    stm_key_u32(bytes, entity);
    for (uint32_t i = of->starts[entity]; i < of->ends[entity] && status == STEMMA_OK; i++) {
        status = post(context, key, of->events[i], of->documents[i]);
    }
    return status;
}

static stemma_status allocate(const stm_index *index, speakers *to)
{
    uint64_t total = 0;
    size_t none = 0;
    to->starts = stm_memory_zeroed(index->memory, (size_t)index->entity_count + 1, sizeof *to->starts);
    to->ends = stm_memory_zeroed(index->memory, index->entity_count, sizeof *to->ends);
    if (to->starts == NULL || to->ends == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    visit(index, NULL, to->starts);
    for (uint32_t i = 0; i < index->entity_count; i++) {
        to->ends[i] = (uint32_t)total;
        total += to->starts[i + 1];
        to->starts[i + 1] = (uint32_t)total;
    }
    if (total >= UINT32_MAX) {
        return STEMMA_E_LIMIT;
    }
    to->events = stm_memory_grow(index->memory, NULL, &none, (size_t)total, sizeof *to->events);
    none = 0;
    to->documents =
        stm_memory_grow(index->memory, NULL, &none, (size_t)total, sizeof *to->documents);
    return to->events != NULL && to->documents != NULL ? STEMMA_OK : STEMMA_E_NO_MEMORY;
}

stemma_status stm_index_post_speakers(const stm_index *index, stm_index_post *post, void *context)
{
    speakers of = {NULL, NULL, NULL, NULL};
    stemma_status status = allocate(index, &of);
    if (status == STEMMA_OK) {
        visit(index, &of, NULL);
    }
    for (uint32_t entity = 0; entity < index->entity_count && status == STEMMA_OK; entity++) {
        status = post_list(&of, entity, post, context);
    }
    stm_memory_free(of.starts);
    stm_memory_free(of.ends);
    stm_memory_free(of.events);
    stm_memory_free(of.documents);
    return status;
}
