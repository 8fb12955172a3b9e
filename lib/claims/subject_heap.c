/* SPDX-License-Identifier: MIT */
#include "claims/subject_heap.h"

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

void stm_heap_make(bool by_documents, stm_ranked_subject *heap, uint32_t count)
{
    for (uint32_t i = count / 2; i > 0; i--) {
        sift(by_documents, heap, count, i - 1);
    }
}

bool stm_heap_top(const stm_subject_ranking *ranking, stemma_reference *subject,
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
    if (!stm_heap_top(ranking, &subject, &bound)) {
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
