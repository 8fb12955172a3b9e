/* SPDX-License-Identifier: MIT */
#include "index/index_postings.h"

#include "index/index_fold.h"
#include "index/index_order.h"
#include "index/index_rows.h"
#include "bits.h"

#include <stdlib.h>

/* ---- Tables whose lists are numbers ---------------------------------------------------------- */

/* Lists of numbers, distributed by counting: every list is as long as it was counted, and is filled in the order of ids. A
   posting is one number where that can hold id and payload, as filling is all about memory. */
typedef struct number_lists {
    const stm_index *index;
    stm_table table;
    uint32_t count;
    uint32_t *starts; /* of each list in `ids`, while filling its end; and one past the last */
    uint32_t *ids;    /* id << bits | code of the payload; ids alone when they are apart */
    uint16_t *codes;  /* when they are apart */
    uint64_t total;
    unsigned bits;    /* of a code; 0: no payloads, or but one, or they are apart */
    uint16_t *code_of; /* of each term that is a payload, in the order of terms; participation only */
    uint32_t *payloads; /* the reverse */
    uint32_t payload_count;
} number_lists;

/* Numbers the roles that any participant may have. */
static stemma_status number_roles(number_lists *l)
{
    const stm_index *index = l->index;
    l->code_of = stm_memory_zeroed(index->memory, index->term_count, sizeof *l->code_of);
    l->payloads = stm_memory_zeroed(index->memory, index->term_count, sizeof *l->payloads);
    if (l->code_of == NULL || l->payloads == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < index->participant_count; i++) {
        l->code_of[index->participants[i].role] = 1;
    }
    for (uint32_t s = 0; s < index->row_set_count; s++) {
        for (uint32_t i = 0; i < index->row_sets[s]->role_count; i++) {
            l->code_of[index->row_sets[s]->roles[i]] = 1;
        }
    }
    for (uint32_t term = 0; term < index->term_count; term++) {
        if (l->code_of[term] != 0) {
            l->code_of[term] = (uint16_t)l->payload_count;
            l->payloads[l->payload_count++] = term;
        }
    }
    l->bits = l->payload_count > 1 ? stm_bits_width(l->payload_count - 1u) : 0;
    return l->payload_count <= UINT16_MAX ? STEMMA_OK : STEMMA_E_LIMIT;
}

static inline void fill_one(number_lists *l, uint32_t list, uint32_t id, uint32_t code)
{
    uint32_t at = l->starts[list]++;
    l->ids[at] = id << l->bits | code;
    if (l->codes != NULL) {
        l->ids[at] = id;
        l->codes[at] = (uint16_t)code;
    }
}

static inline void fill_event(number_lists *l, const stm_index_event *event)
{
    const stm_index *index = l->index;
    if (l->table == STM_TABLE_TYPE) {
        fill_one(l, event->type, event->number, 0);
    } else if (l->table == STM_TABLE_PLACE) {
        if (event->place != STEMMA_NONE) {
            fill_one(l, event->place, event->number, 0);
        }
    } else {
        for (uint32_t k = 0; k < event->participant_count; k++) {
            const stm_index_participant *one = &index->participants[event->participant_first + k];
            fill_one(l, one->entity, event->number, l->code_of[one->role]);
        }
    }
}

static inline void fill_row(number_lists *l, const stm_row_set *set, uint32_t row, uint32_t event)
{
    const stm_row_shape *shape = stm_row_shape_of(set, row);
    if (l->table == STM_TABLE_TYPE) {
        fill_one(l, shape->type, event, 0);
    } else if (l->table == STM_TABLE_PLACE) {
        if (stm_row_place(set, row) != STEMMA_NONE) {
            fill_one(l, set->entities[stm_row_place(set, row)], event, 0);
        }
    } else {
        const uint32_t *roles = set->roles + shape->role_first;
        const uint32_t *actors = set->actors + stm_row_first(set, row);
        for (uint32_t i = 0; i < shape->role_count; i++) {
            fill_one(l, set->entities[actors[i]], event, l->code_of[roles[i]]);
        }
    }
}

/* Counts what folded rows have, list by list, where it was not counted before. */
static void count_rows(number_lists *l, const stm_row_set *set)
{
    uint32_t *counts = l->starts + 1;
    for (uint32_t k = 0; k < set->count; k++) {
        stm_memory_step(l->index->memory, k);
        if (!stm_row_is_folded(set, k)) {
            continue;
        }
        if (l->table == STM_TABLE_TYPE) {
            counts[stm_row_shape_of(set, k)->type]++;
        } else if (stm_row_place(set, k) != STEMMA_NONE) {
            counts[set->entities[stm_row_place(set, k)]]++;
        }
    }
}

static void count_all(number_lists *l)
{
    const stm_index *index = l->index;
    uint32_t *counts = l->starts + 1;
    if (l->table == STM_TABLE_PARTICIPATION && index->participations != NULL) {
        memcpy(counts, index->participations, index->entity_count * sizeof *counts);
    }
    for (uint32_t s = 0; s < index->row_set_count && l->table != STM_TABLE_PARTICIPATION; s++) {
        if (l->table == STM_TABLE_TYPE || index->row_sets[s]->places != NULL) {
            count_rows(l, index->row_sets[s]);
        }
    }
    for (uint32_t i = 0; i < index->event_count; i++) {
        const stm_index_event *event = &index->events[i];
        if (l->table == STM_TABLE_TYPE) {
            counts[event->type]++;
        } else if (l->table == STM_TABLE_PLACE && event->place != STEMMA_NONE) {
            counts[event->place]++;
        }
    }
    for (uint32_t i = 0; i < index->participant_count && l->table == STM_TABLE_PARTICIPATION; i++) {
        counts[index->participants[i].entity]++;
    }
    for (uint32_t i = 0; i < index->entity_count && l->table == STM_TABLE_TYPE; i++) {
        counts[index->entities[i].type]++;
    }
}

/* Participations of folded rows that are events as they stand. Who stores numbers must not forget where the lists are: all
   that does not change is at hand. */
static void fill_participants(number_lists *l, const stm_row_set *set)
{
    uint32_t *const starts = l->starts, *const ids = l->ids;
    const uint32_t *const entities = set->entities;
    const uint16_t *const code_of = l->code_of;
    const unsigned bits = l->bits;
    for (uint32_t k = 0; k < set->count; k++) {
        const stm_row_shape *shape = stm_row_shape_of(set, k);
        const uint32_t *roles = set->roles + shape->role_first;
        const uint32_t *actors = set->actors + stm_row_first(set, k);
        for (uint32_t i = 0, count = shape->role_count; i < count; i++) {
            ids[starts[entities[actors[i]]]++] = k << bits | code_of[roles[i]];
        }
        stm_memory_step(l->index->memory, k);
    }
}

static void fill_types(number_lists *l, const stm_row_set *set)
{
    uint32_t *const starts = l->starts, *const ids = l->ids;
    for (uint32_t k = 0; k < set->count; k++) {
        ids[starts[stm_row_shape_of(set, k)->type]++] = k;
        stm_memory_step(l->index->memory, k);
    }
}

/* Rows of the only set, in order of time, all folded. */
static void fill_set(number_lists *l, const stm_row_set *set)
{
    if (l->table == STM_TABLE_PARTICIPATION && l->codes == NULL) {
        fill_participants(l, set);
        return;
    }
    if (l->table == STM_TABLE_TYPE) {
        fill_types(l, set);
        return;
    }
    for (uint32_t k = 0; k < set->count; k++) {
        fill_row(l, set, k, k);
        stm_memory_step(l->index->memory, k);
    }
}

static void fill_all(number_lists *l)
{
    const stm_index *index = l->index;
    if (index->event_sources == NULL && index->row_set_count > 0) {
        fill_set(l, index->row_sets[0]);
    } else {
        for (uint32_t e = 0; e < index->event_total; e++) {
            stm_event_source source = stm_index_source(index, e);
            if (source.set != NULL) {
                fill_row(l, source.set, source.row, e);
            } else {
                fill_event(l, source.event);
            }
            stm_memory_step(index->memory, e);
        }
    }
    for (uint32_t i = 0; i < index->entity_count && l->table == STM_TABLE_TYPE; i++) {
        fill_one(l, index->entities[i].type, i, 0);
    }
}

/* Hands out `count` postings from `at` on. */
static stemma_status post_piece(const number_lists *l, stemma_bytes key, uint32_t at, uint32_t count,
                                stm_index_post_list *post, void *context)
{
    uint32_t ids[STM_INDEX_PIECE], payloads[STM_INDEX_PIECE];
    const uint32_t mask = (1u << l->bits) - 1u;
    if (l->payload_count == 0) {
        return post(context, key, l->ids + at, NULL, count);
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t code = l->codes != NULL ? l->codes[at + i] : l->ids[at + i] & mask;
        ids[i] = l->ids[at + i] >> l->bits;
        payloads[i] = l->payloads[code];
    }
    return post(context, key, ids, payloads, count);
}

static stemma_status post_lists(const number_lists *l, stm_index_post_list *post, void *context)
{
    stemma_status status = STEMMA_OK;
    uint32_t at = 0;
    for (uint32_t list = 0; list < l->count && status == STEMMA_OK; list++) {
        uint8_t bytes[4];
        stemma_bytes key = {bytes, sizeof bytes};
        stm_key_u32(bytes, list);
        while (at < l->starts[list] && status == STEMMA_OK) {
            uint32_t left = l->starts[list] - at;
            uint32_t count = left < STM_INDEX_PIECE ? left : STM_INDEX_PIECE;
            status = post_piece(l, key, at, count, post, context);
            at += count;
        }
    }
    return status;
}

/* Makes room for all postings, and for payloads of their own when they do not fit beside the ids. */
static stemma_status have_room(number_lists *l)
{
    stm_memory *memory = l->index->memory;
    size_t none = 0;
    for (uint32_t list = 0; list < l->count; list++) {
        l->total += l->starts[list + 1];
        l->starts[list + 1] = (uint32_t)l->total;
    }
    if (l->total >= UINT32_MAX) {
        return STEMMA_E_LIMIT;
    }
    l->ids = stm_memory_grow(memory, NULL, &none, (size_t)l->total, sizeof *l->ids);
    if (l->ids != NULL && (uint64_t)l->index->event_total << l->bits > UINT32_MAX) {
        l->bits = 0;
        none = 0;
        l->codes = stm_memory_grow(memory, NULL, &none, (size_t)l->total, sizeof *l->codes);
        return l->codes != NULL ? STEMMA_OK : STEMMA_E_NO_MEMORY;
    }
    return l->ids != NULL ? STEMMA_OK : STEMMA_E_NO_MEMORY;
}

static stemma_status post_numbers(const stm_index *index, stm_table table,
                                  stm_index_post_list *post, void *context)
{
    number_lists l = {.index = index, .table = table};
    stemma_status status = table == STM_TABLE_PARTICIPATION ? number_roles(&l) : STEMMA_OK;
    l.count = table == STM_TABLE_TYPE ? index->term_count : index->entity_count;
    l.starts = stm_memory_zeroed(index->memory, (size_t)l.count + 1, sizeof *l.starts);
    if (l.starts == NULL) {
        status = STEMMA_E_NO_MEMORY;
    }
    if (status == STEMMA_OK) {
        count_all(&l);
        status = have_room(&l);
    }
    if (status == STEMMA_OK && l.total > 0) {
        fill_all(&l);
        status = post_lists(&l, post, context);
    }
    stm_memory_free(l.starts);
    stm_memory_free(l.ids);
    stm_memory_free(l.codes);
    stm_memory_free(l.code_of);
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

/* ---- All ------------------------------------------------------------------------------------- */

/* Who wants one posting at a time, and who wants lists. */
typedef struct one_by_one {
    stm_index_post *post;
    void *context;
} one_by_one;

static stemma_status post_each(void *context, stemma_bytes list, const uint32_t *ids,
                               const uint32_t *payloads, uint32_t count)
{
    const one_by_one *to = context;
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        status = to->post(to->context, list, ids[i], payloads != NULL ? payloads[i] : 0);
    }
    return status;
}

typedef struct as_lists {
    stm_index_post_list *post;
    void *context;
} as_lists;

static stemma_status post_alone(void *context, stemma_bytes list, uint32_t id, uint32_t payload)
{
    const as_lists *to = context;
    return to->post(to->context, list, &id, &payload, 1);
}

static int has_numbers(stm_table table)
{
    return table == STM_TABLE_PARTICIPATION || table == STM_TABLE_TYPE || table == STM_TABLE_PLACE;
}

stemma_status stm_index_postings(const stm_index *index, stm_table table, stm_index_post *post,
                                 void *context)
{
    one_by_one to = {post, context};
    if (has_numbers(table)) {
        return post_numbers(index, table, post_each, &to);
    }
    switch (table) {
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

stemma_status stm_index_posting_lists(const stm_index *index, stm_table table,
                                      stm_index_post_list *post, void *context)
{
    as_lists to = {post, context};
    return has_numbers(table) ? post_numbers(index, table, post, context)
                              : stm_index_postings(index, table, post_alone, &to);
}
