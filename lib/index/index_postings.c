/* SPDX-License-Identifier: MIT */
#include "index/index_postings.h"

#include "index/index_fold.h"
#include "index/index_order.h"
#include "index/index_rows.h"

#include <stdlib.h>

/* ---- Tables whose lists are numbers ---------------------------------------------------------- */

/* Lists of numbers, distributed by counting: every list is as long as it was counted, and is filled
   in the order of ids. */
typedef struct number_lists {
    uint32_t count;
    uint32_t *starts; /* of each list in `ids`, while filling its end; and one past the last */
    uint32_t *ids;
    uint16_t *payloads; /* terms; NULL when the table has none */
} number_lists;

/* Tells every posting of an event. */
typedef void visit_posting(number_lists *l, uint32_t list, uint32_t id, uint32_t payload);

static void count_posting(number_lists *l, uint32_t list, uint32_t id, uint32_t payload)
{
    (void)id;
    (void)payload;
    l->starts[list + 1]++;
}

static void fill_posting(number_lists *l, uint32_t list, uint32_t id, uint32_t payload)
{
    uint32_t at = l->starts[list]++;
    l->ids[at] = id;
    if (l->payloads != NULL) {
        l->payloads[at] = (uint16_t)payload;
    }
}

static inline void visit_event(const stm_index *index, const stm_index_event *event,
                               stm_table table, number_lists *l, visit_posting *visit)
{
    if (table == STM_TABLE_TYPE) {
        visit(l, event->type, event->number, 0);
    } else if (table == STM_TABLE_PLACE) {
        if (event->place != STEMMA_NONE) {
            visit(l, event->place, event->number, 0);
        }
    } else {
        for (uint32_t k = 0; k < event->participant_count; k++) {
            const stm_index_participant *one = &index->participants[event->participant_first + k];
            visit(l, one->entity, event->number, one->role);
        }
    }
}

static inline void visit_row(const stm_row_set *set, uint32_t row, uint32_t event, stm_table table,
                             number_lists *l, visit_posting *visit)
{
    const stm_row_shape *shape = stm_row_shape_of(set, row);
    if (table == STM_TABLE_TYPE) {
        visit(l, shape->type, event, 0);
    } else if (table == STM_TABLE_PLACE) {
        if (stm_row_place(set, row) != STEMMA_NONE) {
            visit(l, set->entities[stm_row_place(set, row)], event, 0);
        }
    } else {
        const uint32_t *roles = set->roles + shape->role_first;
        const uint32_t *actors = set->actors + stm_row_first(set, row);
        for (uint32_t i = 0; i < shape->role_count; i++) {
            visit(l, set->entities[actors[i]], event, roles[i]);
        }
    }
}

static void count_all(const stm_index *index, stm_table table, number_lists *l)
{
    for (uint32_t i = 0; i < index->event_count; i++) {
        visit_event(index, &index->events[i], table, l, count_posting);
    }
    for (uint32_t s = 0; s < index->row_set_count; s++) {
        const stm_row_set *set = index->row_sets[s];
        for (uint32_t k = 0; k < set->count; k++) {
            if (table == STM_TABLE_PLACE && set->places == NULL) {
                break;
            }
            if (stm_row_is_folded(set, k)) {
                visit_row(set, k, 0, table, l, count_posting);
            }
            stm_memory_step(index->memory, k);
        }
    }
    for (uint32_t i = 0; i < index->entity_count && table == STM_TABLE_TYPE; i++) {
        count_posting(l, index->entities[i].type, i, 0);
    }
}

static void fill_all(const stm_index *index, stm_table table, number_lists *l)
{
    if (index->event_sources == NULL && index->row_set_count > 0) {
        const stm_row_set *set = index->row_sets[0];
        for (uint32_t k = 0; k < set->count; k++) {
            visit_row(set, k, k, table, l, fill_posting);
            stm_memory_step(index->memory, k);
        }
    } else {
        for (uint32_t e = 0; e < index->event_total; e++) {
            stm_event_source source = stm_index_source(index, e);
            if (source.set != NULL) {
                visit_row(source.set, source.row, e, table, l, fill_posting);
            } else {
                visit_event(index, source.event, table, l, fill_posting);
            }
            stm_memory_step(index->memory, e);
        }
    }
    for (uint32_t i = 0; i < index->entity_count && table == STM_TABLE_TYPE; i++) {
        fill_posting(l, index->entities[i].type, i, 0);
    }
}

static stemma_status post_lists(const number_lists *l, stm_index_post *post, void *context)
{
    stemma_status status = STEMMA_OK;
    uint32_t at = 0;
    for (uint32_t list = 0; list < l->count && status == STEMMA_OK; list++) {
        uint8_t bytes[4];
        stemma_bytes key = {bytes, sizeof bytes};
        stm_key_u32(bytes, list);
        for (; at < l->starts[list] && status == STEMMA_OK; at++) {
            status = post(context, key, l->ids[at], l->payloads != NULL ? l->payloads[at] : 0);
        }
    }
    return status;
}

static stemma_status post_numbers(const stm_index *index, stm_table table, stm_index_post *post,
                                  void *context)
{
    number_lists l = {0};
    stemma_status status = STEMMA_E_NO_MEMORY;
    size_t none = 0;
    uint64_t total = 0;
    l.count = table == STM_TABLE_TYPE ? index->term_count : index->entity_count;
    l.starts = stm_memory_zeroed(index->memory, (size_t)l.count + 1, sizeof *l.starts);
    if (l.starts != NULL) {
        count_all(index, table, &l);
        for (uint32_t list = 0; list < l.count; list++) {
            total += l.starts[list + 1];
            l.starts[list + 1] = (uint32_t)total;
        }
        l.ids = stm_memory_grow(index->memory, NULL, &none, (size_t)total, sizeof *l.ids);
        none = 0;
        if (table == STM_TABLE_PARTICIPATION) {
            l.payloads = stm_memory_grow(index->memory, NULL, &none, total, sizeof *l.payloads);
        }
        if (l.ids != NULL && (l.payloads != NULL || table != STM_TABLE_PARTICIPATION)) {
            status = total < UINT32_MAX ? STEMMA_OK : STEMMA_E_LIMIT;
        }
    }
    if (status == STEMMA_OK) {
        if (total > 0) {
            fill_all(index, table, &l);
        }
        status = post_lists(&l, post, context);
    }
    stm_memory_free(l.starts);
    stm_memory_free(l.ids);
    stm_memory_free(l.payloads);
    return status;
}

/* ---- Membership: clusters list their members already ------------------------------------------
 */

static stemma_status post_members(const stm_index *index, uint8_t kind, uint32_t number,
                                  uint32_t cluster, stm_index_post *post, void *context)
{
    stm_list_key key;
    stemma_status status = STEMMA_OK;
    stm_list_key_membership(&key, kind, number);
    if (index->cluster_first[cluster + 1] - index->cluster_first[cluster] < 2) {
        return STEMMA_OK; /* the only member is the first one */
    }
    for (uint32_t i = index->cluster_first[cluster];
         i < index->cluster_first[cluster + 1] && status == STEMMA_OK; i++) {
        const stm_index_referent *referent = &index->referents[index->cluster_members[i]];
        status = post(context, stm_list_key_bytes(&key), referent->document, referent->ordinal);
    }
    return status;
}

static stemma_status post_membership(const stm_index *index, stm_index_post *post, void *context)
{
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < index->entity_count && status == STEMMA_OK; i++) {
        status = post_members(index, STM_MEMBERSHIP_ENTITY, i, index->entities[i].cluster, post,
                              context);
    }
    for (uint32_t i = 0; i < index->event_count && status == STEMMA_OK; i++) {
        status = post_members(index, STM_MEMBERSHIP_EVENT, index->events[i].number,
                              index->events[i].cluster, post, context);
    }
    return status;
}

stemma_status stm_index_postings(const stm_index *index, stm_table table, stm_index_post *post,
                                 void *context)
{
    switch (table) {
    case STM_TABLE_PARTICIPATION:
    case STM_TABLE_TYPE:
    case STM_TABLE_PLACE:
        return post_numbers(index, table, post, context);
    case STM_TABLE_MEMBERSHIP:
        return post_membership(index, post, context);
    case STM_TABLE_SPEAKER:
        return stm_index_post_speakers(index, post, context);
    case STM_TABLE_TERM:
        return stm_index_post_words(index, post, context);
    case STM_TABLE_NEIGHBOUR:
        return stm_index_post_pairs(index, post, context);
    default:
        return STEMMA_E_MISUSE;
    }
}
