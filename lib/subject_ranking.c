/* SPDX-License-Identifier: MIT */
#include "subject_ranking.h"

#include "entity_block.h"

static uint16_t capped(int64_t number)
{
    return number < 0 || number >= UINT16_MAX ? UINT16_MAX : (uint16_t)number;
}

int stm_bound_order(uint32_t a_independent, uint32_t a_documents, uint32_t b_independent,
                    uint32_t b_documents)
{
    if (a_independent != b_independent) {
        return a_independent > b_independent ? -1 : 1;
    }
    return (a_documents < b_documents) - (a_documents > b_documents);
}

/* ---- Heaps ------------------------------------------------------------------------------------------ */

static int order_of(bool by_documents, const stm_ranked_subject *a, const stm_ranked_subject *b)
{
    return stm_bound_order(a->independent, by_documents ? a->documents : 0, b->independent,
                           by_documents ? b->documents : 0);
}

static bool comes_before(bool by_documents, const stm_ranked_subject *a,
                         const stm_ranked_subject *b)
{
    int order = order_of(by_documents, a, b);
    return order < 0 || (order == 0 && a->number < b->number);
}

static void sift(bool by_documents, stm_ranked_subject *heap, uint32_t count, uint32_t at)
{
    stm_ranked_subject moved = heap[at];
    for (uint32_t child; (child = 2 * at + 1) < count && child > at; at = child) {
        if (child + 1 < count && comes_before(by_documents, &heap[child + 1], &heap[child])) {
            child++;
        }
        if (!comes_before(by_documents, &heap[child], &moved)) {
            break;
        }
        heap[at] = heap[child];
    }
    heap[at] = moved;
}

static void make_heap(bool by_documents, stm_ranked_subject *heap, uint32_t count)
{
    for (uint32_t i = count / 2; i > 0; i--) {
        sift(by_documents, heap, count, i - 1);
    }
}

bool stm_ranking_top(const stm_subject_ranking *ranking, stemma_reference *subject,
                     stm_ranked_subject *bound)
{
    const stm_ranked_subject *event = ranking->event_count != 0 ? &ranking->events[0] : NULL;
    const stm_ranked_subject *entity = ranking->entity_count != 0 ? &ranking->entities[0] : NULL;
    bool is_event = event != NULL && (entity == NULL ||
                                      order_of(ranking->by_documents, event, entity) <= 0);
    if (event == NULL && entity == NULL) {
        return false;
    }
    *bound = is_event ? *event : *entity;
    subject->kind = is_event ? STEMMA_REFERENCE_EVENT : STEMMA_REFERENCE_ENTITY;
    subject->number = bound->number;
    return true;
}

/* The heap that the greatest is in; NULL when there is none. */
static stm_ranked_subject *top_heap(stm_subject_ranking *ranking, uint32_t **count)
{
    stemma_reference subject;
    stm_ranked_subject bound;
    if (!stm_ranking_top(ranking, &subject, &bound)) {
        return NULL;
    }
    *count = subject.kind == STEMMA_REFERENCE_EVENT ? &ranking->event_count
                                                    : &ranking->entity_count;
    return subject.kind == STEMMA_REFERENCE_EVENT ? ranking->events : ranking->entities;
}

void stm_ranking_pop(stm_subject_ranking *ranking)
{
    uint32_t *count = NULL;
    stm_ranked_subject *heap = top_heap(ranking, &count);
    if (heap == NULL) {
        return;
    }
    heap[0] = heap[--*count];
    if (*count != 0) {
        sift(ranking->by_documents, heap, *count, 0);
    }
}

void stm_ranking_lower(stm_subject_ranking *ranking, uint32_t independent)
{
    uint32_t *count = NULL;
    stm_ranked_subject *heap = top_heap(ranking, &count);
    if (heap == NULL) {
        return;
    }
    if (independent < heap[0].independent) {
        heap[0].independent = (uint16_t)independent;
    }
    heap[0].documents = 1;
    sift(ranking->by_documents, heap, *count, 0);
}

/* ---- Events ------------------------------------------------------------------------------------------ */

/* Columns of a block. */
typedef struct event_columns {
    stm_column claims, folded, independent, documents, first;
} event_columns;

static void open_columns(const stm_event_block *block, event_columns *out)
{
    out->claims = stm_event_block_column(block, STM_EVENT_CLAIM_COUNT);
    out->folded = stm_event_block_column(block, STM_EVENT_FOLDED);
    out->independent = stm_event_block_column(block, STM_EVENT_INDEPENDENT);
    out->documents = stm_event_block_column(block, STM_EVENT_DOCUMENTS);
    out->first = stm_event_block_column(block, STM_EVENT_FIRST_DOCUMENT);
}

/* Puts an event of a block into `out`, when it is of use; true then. */
static bool take_event(const event_columns *columns, const stemma_snapshot *snapshot,
                       stm_ranking_need need, uint32_t event, stm_ranked_subject *out)
{
    uint32_t row = event % STEMMA_EVENT_BLOCK;
    if (stm_column_get(&columns->claims, row) < need.claims ||
        (need.stored && stm_column_get(&columns->folded, row) != 0) ||
        (snapshot->until != STEMMA_NONE &&
         stm_column_get(&columns->first, row) >= snapshot->until)) {
        return false;
    }
    out->independent = capped(stm_column_get(&columns->independent, row));
    out->documents = need.documents ? capped(stm_column_get(&columns->documents, row)) : 0;
    out->number = event;
    return true;
}

/* Whether all events of a block are rows alone in theirs. */
static bool is_folded(const event_columns *columns)
{
    return columns->folded.width == 0 && columns->folded.form == STM_COLUMN_PLAIN &&
           columns->folded.minimum != 0;
}

/* Counts the events of use, and fills them in where `out` is not NULL. */
static stemma_status scan_events(stemma_snapshot *snapshot, stm_ranking_need need,
                                 stm_ranked_subject *out, uint32_t *count, stemma_error *error)
{
    uint32_t events = snapshot->file->bounds.events;
    *count = 0;
    for (uint32_t first = 0; first < events; first += STEMMA_EVENT_BLOCK) {
        const stm_event_block *block = NULL;
        event_columns columns;
        stemma_status status = stm_snapshot_event_block(snapshot, first, &block, error);
        if (status != STEMMA_OK) {
            return status;
        }
        open_columns(block, &columns);
        if (need.stored && is_folded(&columns)) {
            continue;
        }
        for (uint32_t row = 0; row < block->rows && first + row < events; row++) {
            stm_ranked_subject one;
            if (take_event(&columns, snapshot, need, first + row, &one)) {
                if (out != NULL) {
                    out[*count] = one;
                }
                (*count)++;
            }
        }
    }
    return STEMMA_OK;
}

stemma_status stm_rank_events(stemma_snapshot *snapshot, const uint32_t *events, uint32_t count,
                              stm_ranking_need need, stm_subject_ranking *out,
                              stemma_error *error)
{
    out->events = stm_snapshot_array(snapshot, count, sizeof *out->events, error);
    out->event_count = 0;
    out->by_documents = need.documents;
    if (out->events == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < count; i++) {
        const stm_event_block *block = NULL;
        event_columns columns;
        stemma_status status =
            events[i] < snapshot->file->bounds.events
                ? stm_snapshot_event_block(snapshot, events[i], &block, error)
                : STEMMA_NOT_FOUND;
        if (status == STEMMA_NOT_FOUND) {
            continue;
        }
        if (status != STEMMA_OK) {
            return status;
        }
        open_columns(block, &columns);
        if (events[i] % STEMMA_EVENT_BLOCK < block->rows &&
            take_event(&columns, snapshot, need, events[i], &out->events[out->event_count])) {
            out->event_count++;
        }
    }
    make_heap(out->by_documents, out->events, out->event_count);
    return STEMMA_OK;
}

/* ---- Entities ----------------------------------------------------------------------------------------- */

/* Claims about an entity may have as many sources as there are documents that speak of it. */
static stemma_status scan_entities(stemma_snapshot *snapshot, stm_ranking_need need,
                                   stm_ranked_subject *out, uint32_t *count, stemma_error *error)
{
    uint32_t entities = snapshot->file->bounds.entities;
    *count = 0;
    for (uint32_t first = 0; first < entities; first += STM_ENTITY_BLOCK) {
        const stm_entity_block *block = NULL;
        stemma_status status = stm_snapshot_entity_block(snapshot, first, &block, error);
        if (status != STEMMA_OK) {
            return status;
        }
        for (uint32_t row = 0; row < block->rows && first + row < entities; row++) {
            if (stm_column_get(&block->column[STM_ENTITY_CLAIM_COUNT], row) < need.claims) {
                continue;
            }
            if (out != NULL) {
                uint16_t documents =
                    capped(stm_column_get(&block->column[STM_ENTITY_DOCUMENTS], row));
                out[*count] = (stm_ranked_subject){need.documents ? documents : 0, documents,
                                                   first + row};
            }
            (*count)++;
        }
    }
    return STEMMA_OK;
}

stemma_status stm_rank_entity(stemma_snapshot *snapshot, uint32_t entity, stm_subject_ranking *out,
                              stemma_error *error)
{
    out->entities = stm_snapshot_array(snapshot, 1, sizeof *out->entities, error);
    if (out->entities == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    out->entities[0] = (stm_ranked_subject){out->by_documents ? UINT16_MAX : 0, UINT16_MAX, entity};
    out->entity_count = 1;
    return STEMMA_OK;
}

stemma_status stm_rank_all(stemma_snapshot *snapshot, stm_ranking_need need,
                           stm_subject_ranking *out, stemma_error *error)
{
    uint32_t events = 0, entities = 0;
    out->by_documents = need.documents;
    stemma_status status = scan_events(snapshot, need, NULL, &events, error);
    if (status == STEMMA_OK) {
        status = scan_entities(snapshot, need, NULL, &entities, error);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    out->events = stm_snapshot_array(snapshot, events, sizeof *out->events, error);
    out->entities = stm_snapshot_array(snapshot, entities, sizeof *out->entities, error);
    if (out->events == NULL || out->entities == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    status = scan_events(snapshot, need, out->events, &out->event_count, error);
    if (status == STEMMA_OK) {
        status = scan_entities(snapshot, need, out->entities, &out->entity_count, error);
    }
    make_heap(out->by_documents, out->events, out->event_count);
    make_heap(out->by_documents, out->entities, out->entity_count);
    return status;
}
