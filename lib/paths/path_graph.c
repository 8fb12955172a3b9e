/* SPDX-License-Identifier: MIT */
#include "paths/path_tie.h"

#include "base/error.h"
#include "key.h"

#include <stdlib.h>

#define GONE_ON_FROM  4096u /* nodes of one level */

/* ---- Nodes and ties ------------------------------------------------------------------------------ */

static void *grown(stemma_snapshot *snapshot, const void *array, uint32_t *capacity, uint32_t count,
                   size_t size, stemma_error *error)
{
    uint32_t wanted = *capacity == 0 ? 256u : *capacity * 2u;
    void *bigger = stm_snapshot_array(snapshot, wanted, size, error);
    if (bigger != NULL) {
        if (count != 0) {
            memcpy(bigger, array, count * size);
        }
        *capacity = wanted;
    }
    return bigger;
}

static uint32_t slot_of(const stm_path_side *side, uint32_t entity)
{
    uint32_t slot = (entity * UINT32_C(2654435761)) & (side->slot_count - 1u);
    while (side->slots[slot] != 0 && side->nodes[side->slots[slot] - 1u].entity != entity) {
        slot = (slot + 1u) & (side->slot_count - 1u);
    }
    return slot;
}

uint32_t stm_path_find(const stm_path_side *side, uint32_t entity)
{
    uint32_t held = side->slots[slot_of(side, entity)];
    return held == 0 ? STEMMA_NONE : held - 1u;
}

/* Room for one more node, in the list and in a table that is at most half full. */
static stemma_status make_room(stm_path_search *search, stm_path_side *side, stemma_error *error)
{
    if (side->count < side->capacity) {
        return STEMMA_OK;
    }
    stm_path_node *nodes = grown(search->snapshot, side->nodes, &side->capacity, side->count,
                                 sizeof *nodes, error);
    if (nodes == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    side->nodes = nodes;
    side->slot_count = 2u * side->capacity;
    side->slots = stm_snapshot_array(search->snapshot, side->slot_count, sizeof *side->slots, error);
    if (side->slots == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    memset(side->slots, 0, side->slot_count * sizeof *side->slots);
    for (uint32_t i = 0; i < side->count; i++) {
        side->slots[slot_of(side, side->nodes[i].entity)] = i + 1u;
    }
    return STEMMA_OK;
}

/* The node of an entity, made at `level` when there is none; STEMMA_NONE when there is no room. */
static stemma_status reach(stm_path_search *search, stm_path_side *side, uint32_t entity,
                           uint32_t level, uint32_t *node, stemma_error *error)
{
    stemma_status status = make_room(search, side, error);
    if (status != STEMMA_OK) {
        return status;
    }
    uint32_t slot = slot_of(side, entity);
    if (side->slots[slot] == 0 && side->count < STM_PATH_NODES) {
        side->nodes[side->count] = (stm_path_node){entity, level, 0, 0, 0};
        side->slots[slot] = ++side->count;
    }
    search->cut |= side->slots[slot] == 0;
    *node = side->slots[slot] == 0 ? STEMMA_NONE : side->slots[slot] - 1u;
    return STEMMA_OK;
}

static int is_better(const stemma_path_edge *edge, const stemma_path_edge *held)
{
    if (edge->independent != held->independent) {
        return edge->independent > held->independent;
    }
    if (edge->kind != held->kind) {
        return edge->kind == STEMMA_REFERENCE_EVENT;
    }
    return edge->number < held->number;
}

/* The tie of a node to `from`, or NULL. While one goes on from node after node it is the latest. */
static stm_path_tie *tie_to(const stm_path_search *search, const stm_path_side *side,
                            const stm_path_node *node, uint32_t from)
{
    if (node->from == from + 1u) {
        return &side->ties[node->latest];
    }
    for (uint32_t i = search->backwards ? node->ties : 0; i != 0; i = side->ties[i - 1u].next) {
        if (side->ties[i - 1u].from == from) {
            return &side->ties[i - 1u];
        }
    }
    return NULL;
}

/* Ties `entity` to node `from`, which is one nearer to the end. */
stemma_status stm_path_tie_add(stm_path_search *search, stm_path_side *side, uint32_t from,
                         uint32_t entity, const stemma_path_edge *edge, stemma_error *error)
{
    uint32_t self = side->nodes[from].entity, level = side->nodes[from].level + 1u, at;
    if (entity == self || entity >= search->snapshot->file->bounds.entities ||
        (search->indirect && ((self == search->ends[0] && entity == search->ends[1]) ||
                              (self == search->ends[1] && entity == search->ends[0])))) {
        return STEMMA_OK;
    }
    stemma_status status = reach(search, side, entity, level, &at, error);
    if (status != STEMMA_OK || at == STEMMA_NONE || side->nodes[at].level != level) {
        return status;
    }
    stm_path_node *node = &side->nodes[at];
    stm_path_tie *held = tie_to(search, side, node, from);
    if (held != NULL) {
        uint32_t more = held->edge.more + 1u;
        if (is_better(edge, &held->edge)) {
            held->edge = *edge;
        }
        held->edge.more = more;
        return STEMMA_OK;
    }
    if (side->tie_count == STM_PATH_TIES) {
        search->cut = 1;
        return STEMMA_OK;
    }
    if (side->tie_count == side->tie_capacity) {
        stm_path_tie *ties = grown(search->snapshot, side->ties, &side->tie_capacity,
                                   side->tie_count, sizeof *ties, error);
        if (ties == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
        side->ties = ties;
    }
    side->ties[side->tie_count] = (stm_path_tie){from, node->ties, *edge};
    node->latest = side->tie_count++;
    node->ties = side->tie_count;
    node->from = from + 1u;
    return STEMMA_OK;
}

stemma_status stm_path_side_begin(stm_path_search *search, stm_path_side *side, uint32_t end,
                                  stemma_error *error)
{
    uint32_t node;
    memset(side, 0, sizeof *side);
    return reach(search, side, end, 0, &node, error);
}
/* ---- Levels -------------------------------------------------------------------------------------- */

static stemma_status count_list(stemma_snapshot *snapshot, stm_table table, uint32_t entity,
                                uint64_t *out, stemma_error *error)
{
    stm_posting_source source;
    stm_list_key key;
    uint64_t count = 0;
    stemma_status status = stm_snapshot_source(snapshot, table, &source, error);
    if (status != STEMMA_OK) {
        return status;
    }
    stm_list_key_u32(&key, entity);
    if (stm_posting_count(&source, stm_list_key_bytes(&key), &count) != STEMMA_OK) {
        status = stm_damaged(error, table, entity, "POSTINGS");
    }
    stm_snapshot_source_return(&source);
    *out += count;
    return status;
}

/* The postings of a list whose events were known, until there are more than `most`. */
static stemma_status count_known(stemma_snapshot *snapshot, stm_table table, uint32_t entity,
                                 uint64_t most, uint64_t *out, stemma_error *error)
{
    uint32_t events[256], count = 0;
    stm_posting_source source;
    stm_posting_cursor cursor;
    stm_list_key key;
    stemma_status status = stm_snapshot_source(snapshot, table, &source, error);
    if (status != STEMMA_OK) {
        return status;
    }
    stm_list_key_u32(&key, entity);
    status = stm_posting_cursor_open(&cursor, &source, stm_list_key_bytes(&key),
                                     snapshot->file->bounds.events);
    while (status == STEMMA_OK && *out <= most) {
        status = stm_posting_cursor_next_many(&cursor, events, NULL, 256, &count);
        if (status < 0) {
            status = stm_damaged(error, table, entity, "POSTINGS");
        }
        for (uint32_t i = 0; status == STEMMA_OK && i < count; i++) {
            int known = 0;
            status = stm_path_event_known(snapshot, events[i], &known, error);
            *out += known != 0;
        }
    }
    stm_snapshot_source_return(&source);
    return status == STEMMA_END ? STEMMA_OK : status;
}

stemma_status stm_path_degree(stemma_snapshot *snapshot, uint32_t entity, uint64_t most,
                              uint64_t *out, stemma_error *error)
{
    static const stm_table tables[] = {STM_TABLE_PARTICIPATION, STM_TABLE_PLACE};
    int cut = snapshot->until < snapshot->file->bounds.documents;
    stemma_status status = STEMMA_OK;
    *out = 0;
    for (int i = 0; i < 2 && status == STEMMA_OK; i++) {
        status = cut ? count_known(snapshot, tables[i], entity, most, out, error)
                     : count_list(snapshot, tables[i], entity, out, error);
    }
    return status;
}

/* Ties all whom a node's events and claims name. */
static stemma_status go_on_from(stm_path_search *search, stm_path_side *side, uint32_t node,
                                uint32_t *left, stemma_error *error)
{
    uint32_t entity = side->nodes[node].entity;
    stemma_event_query query = search->events;
    stemma_status status;
    query.entities = &entity;
    query.entity_count = 1;
    if (search->by_lists) {
        status = stm_path_tie_list(search, side, node, STM_TABLE_PARTICIPATION, left, error);
        if (status == STEMMA_OK && *left != 0) {
            status = stm_path_tie_list(search, side, node, STM_TABLE_PLACE, left, error);
        }
        return status == STEMMA_OK ? stm_path_tie_claims(search, side, node, error) : status;
    }
    status = stm_path_tie_events(search, side, node, &query, left, error);
    if (status == STEMMA_OK && *left != 0) {
        query.entities = NULL;
        query.entity_count = 0;
        query.place = entity;
        status = stm_path_tie_events(search, side, node, &query, left, error);
    }
    return status == STEMMA_OK ? stm_path_tie_claims(search, side, node, error) : status;
}

typedef struct ranked_node {
    uint64_t degree;
    uint32_t node;
} ranked_node;

static int rarest_first(const void *left, const void *right)
{
    const ranked_node *a = left, *b = right;
    if (a->degree != b->degree) {
        return a->degree < b->degree ? -1 : 1;
    }
    return (a->node > b->node) - (a->node < b->node);
}

/* The nodes of the last level that one may go on from, the rarest first. */
static stemma_status rank(stm_path_search *search, stm_path_side *side, ranked_node **out,
                          uint32_t *count, stemma_error *error)
{
    uint32_t all = side->count - side->frontier, taken = all < GONE_ON_FROM ? all : GONE_ON_FROM;
    stemma_status status = STEMMA_OK;
    *count = 0;
    *out = stm_snapshot_array(search->snapshot, taken, sizeof **out, error);
    if (*out == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    search->cut |= taken < all;
    for (uint32_t i = 0; status == STEMMA_OK && i < taken; i++) {
        ranked_node *one = &(*out)[*count];
        one->node = side->frontier + i;
        status = stm_path_degree(search->snapshot, side->nodes[one->node].entity,
                                 STEMMA_PATHS_HUB, &one->degree, error);
        if (one->degree <= STEMMA_PATHS_HUB) {
            ++*count;
        } else {
            search->cut = 1;
        }
    }
    if (*count > 1) {
        qsort(*out, *count, sizeof **out, rarest_first);
    }
    return status;
}

stemma_status stm_path_expand(stm_path_search *search, stm_path_side *side, stemma_error *error)
{
    uint32_t end = side->count, count = 0;
    ranked_node *ranked = NULL;
    stemma_status status = STEMMA_OK;
    if (side->level == 0) {
        uint32_t left = STEMMA_PATHS_END;
        status = go_on_from(search, side, 0, &left, error);
    } else {
        status = rank(search, side, &ranked, &count, error);
    }
    for (uint32_t i = 0; status == STEMMA_OK && i < count; i++) {
        if (search->budget == 0) {
            search->cut = 1;
            break;
        }
        status = go_on_from(search, side, ranked[i].node, &search->budget, error);
    }
    side->frontier = end;
    side->level++;
    return status == STEMMA_OK && side->level == 1 ? stm_path_tie_subjects(search, side, error)
                                                   : status;
}
