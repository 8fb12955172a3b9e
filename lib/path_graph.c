/* SPDX-License-Identifier: MIT */
#include "path_graph.h"

#include "entity.h"
#include "error.h"
#include "event_query.h"
#include "key.h"

#include <stdlib.h>

#define CHUNK         256u  /* events at a time */
#define CLAIMS_OF_ONE 4096u /* claims of one entity that are looked at */
#define GONE_ON_FROM  4096u /* nodes of one level */
#define LOOKED_BACK   512u  /* nodes, and documents, whose claims are looked at for whom they name */

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
static stemma_status tie(stm_path_search *search, stm_path_side *side, uint32_t from,
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

/* ---- Events -------------------------------------------------------------------------------------- */

static int is_in(const stemma_event *event, uint32_t entity)
{
    for (uint32_t i = 0; i < event->participant_count; i++) {
        if (event->participants[i].entity == entity) {
            return 1;
        }
    }
    return event->place == entity;
}

/* Notes who is in an event beside `self`; nobody when it ties the two ends and those ties are left out.
   Returns 0, noting nobody, when there is no room for all. */
static int take_event(stm_path_search *search, const stemma_event *event, uint32_t place,
                      uint32_t self, uint32_t *count)
{
    uint32_t begin = *count;
    if (search->indirect && is_in(event, search->ends[0]) && is_in(event, search->ends[1])) {
        return 1;
    }
    for (uint32_t i = 0; i <= event->participant_count; i++) {
        uint32_t entity =
            i < event->participant_count ? event->participants[i].entity : event->place;
        int again = entity == self || entity == STEMMA_NONE;
        for (uint32_t k = begin; k < *count && !again; k++) { /* in two roles */
            again = search->taken[k].entity == entity;
        }
        if (!again && *count == STM_PATH_TAKEN) {
            *count = begin;
            return 0;
        }
        if (!again) {
            search->taken[(*count)++] = (stm_path_taken){entity, place};
        }
    }
    return 1;
}

/* Ties who is in some events; `*done` of them, at least one. What the events hold is given back before
   anything is tied, since ties are kept. */
static stemma_status tie_chunk(stm_path_search *search, stm_path_side *side, uint32_t from,
                               const uint32_t *numbers, uint32_t count, uint32_t *done,
                               stemma_error *error)
{
    stemma_snapshot *snapshot = search->snapshot;
    stemma_path_edge edges[CHUNK];
    uint32_t taken = 0, self = side->nodes[from].entity;
    stm_mark mark = stm_snapshot_mark(snapshot);
    stemma_event *events = stm_snapshot_array(snapshot, count, sizeof *events, error);
    if (events == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    stemma_status status = stemma_event_get_many(snapshot, numbers, count, events, error);
    *done = 0;
    while (status == STEMMA_OK && *done < count) {
        const stemma_event *event = &events[*done];
        if (!take_event(search, event, *done, self, &taken)) {
            if (*done != 0) {
                break;
            }
            search->cut = 1; /* more are in one event than anybody wants to see */
        }
        edges[(*done)++] = (stemma_path_edge){STEMMA_REFERENCE_EVENT, event->number,
                                              event->documents, event->independent, 0};
    }
    stm_snapshot_rewind(snapshot, mark);
    for (uint32_t i = 0; status == STEMMA_OK && i < taken; i++) {
        status = tie(search, side, from, search->taken[i].entity, &edges[search->taken[i].event],
                     error);
    }
    return status;
}

/* Ties who is in the events of one query, at most `*left` of them. */
static stemma_status tie_events(stm_path_search *search, stm_path_side *side, uint32_t from,
                                const stemma_event_query *query, uint32_t *left,
                                stemma_error *error)
{
    stemma_event_cursor *cursor = NULL;
    stemma_status status = stemma_events(&cursor, search->snapshot, query, error);
    while (status == STEMMA_OK) {
        uint32_t numbers[CHUNK], count = 0, done = 0;
        status = stemma_event_next_many(cursor, numbers, CHUNK, &count, error);
        if (status == STEMMA_OK && count > *left) {
            count = *left;
            search->cut = 1;
        }
        for (uint32_t at = 0; status == STEMMA_OK && at < count; at += done) {
            status = tie_chunk(search, side, from, numbers + at, count - at, &done, error);
        }
        if (status == STEMMA_OK) {
            *left -= count;
            if (*left == 0) {
                break;
            }
        }
    }
    if (cursor != NULL) {
        stm_event_lists_return(cursor);
    }
    return status == STEMMA_END ? STEMMA_OK : status;
}

/* ---- Events of a cut snapshot --------------------------------------------------------------------- */

/* stemma_events() sorts events by the time as of then, which takes all of them; here their order does
   not matter. */

/* Whether somebody known speaks of an event. */
static stemma_status is_known(stemma_snapshot *snapshot, uint32_t event, int *known,
                              stemma_error *error)
{
    const stm_event_block *block;
    stemma_status status = stm_snapshot_event_block(snapshot, event, &block, error);
    if (status == STEMMA_OK) {
        int64_t document = stm_event_block_get(block, STM_EVENT_FIRST_DOCUMENT,
                                               event % STEMMA_EVENT_BLOCK);
        *known = document < (int64_t)snapshot->until;
    }
    return status;
}

/* Ties who is in one event as it is known. */
static stemma_status tie_known(stm_path_search *search, stm_path_side *side, uint32_t from,
                               uint32_t number, stemma_error *error)
{
    stemma_event event;
    uint32_t taken = 0, self = side->nodes[from].entity;
    stm_mark mark = stm_snapshot_mark(search->snapshot);
    stemma_status status = stemma_event_get(search->snapshot, number, &event, error);
    int fits = status == STEMMA_OK && is_in(&event, self) &&
               (search->events.polarities & STEMMA_BIT(event.polarity)) != 0;
    if (fits && !take_event(search, &event, 0, self, &taken)) {
        search->cut = 1;
    }
    stm_snapshot_rewind(search->snapshot, mark);
    stemma_path_edge edge = {STEMMA_REFERENCE_EVENT, number, event.documents, event.independent, 0};
    for (uint32_t i = 0; fits && status == STEMMA_OK && i < taken; i++) {
        status = tie(search, side, from, search->taken[i].entity, &edge, error);
    }
    return status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
}

/* Ties who is in the known events of a list, at most `*left` of them. */
static stemma_status tie_list(stm_path_search *search, stm_path_side *side, uint32_t from,
                              stm_table table, uint32_t *left, stemma_error *error)
{
    stemma_snapshot *snapshot = search->snapshot;
    stm_posting_source source;
    stm_posting_cursor cursor;
    stm_list_key key;
    uint32_t event = 0, last = STEMMA_NONE;
    stemma_status status = stm_snapshot_source(snapshot, table, &source, error);
    if (status != STEMMA_OK) {
        return status;
    }
    stm_list_key_u32(&key, side->nodes[from].entity);
    status = stm_posting_cursor_open(&cursor, &source, stm_list_key_bytes(&key),
                                     snapshot->file->bounds.events);
    while (status == STEMMA_OK && *left != 0) {
        int known = 0;
        status = stm_posting_cursor_next(&cursor, &event, NULL);
        if (status < 0) {
            status = stm_damaged(error, table, side->nodes[from].entity, "POSTINGS");
        }
        if (status == STEMMA_OK && event != last) { /* it may be there in several roles */
            last = event;
            status = is_known(snapshot, event, &known, error);
        }
        if (status == STEMMA_OK && known) {
            --*left;
            status = tie_known(search, side, from, event, error);
        }
    }
    stm_snapshot_source_return(&source);
    search->cut |= status == STEMMA_OK; /* and not at the end */
    return status == STEMMA_END ? STEMMA_OK : status;
}

/* ---- Claims -------------------------------------------------------------------------------------- */

uint32_t stm_path_object(const stemma_claim *claim)
{
    uint32_t entity = claim->object.kind == STEMMA_OBJECT_REFERENT ? claim->object.as.referent
                      : claim->object.kind == STEMMA_OBJECT_PLACE
                          ? claim->object.as.place.referent
                          : STEMMA_NONE;
    return claim->object_referent_kind == STEMMA_REFERENT_ENTITY ? entity : STEMMA_NONE;
}

/* One claim as an edge, and whom it names; STEMMA_NONE when that counts for nothing. */
static stemma_status take_claim(stm_path_search *search, uint32_t number, stemma_path_edge *edge,
                                uint32_t *object, stemma_error *error)
{
    stemma_claim claim;
    stm_mark mark = stm_snapshot_mark(search->snapshot);
    stemma_status status = stemma_claim_get(search->snapshot, number, &claim, error);
    *object = STEMMA_NONE;
    if (status == STEMMA_OK && (search->denied || claim.polarity != STEMMA_POLARITY_NEGATIVE)) {
        *edge = (stemma_path_edge){STEMMA_REFERENCE_CLAIM, number, claim.documents,
                                   claim.independent, 0};
        *object = stm_path_object(&claim);
    }
    stm_snapshot_rewind(search->snapshot, mark);
    return status == STEMMA_NOT_FOUND ? STEMMA_OK : status; /* not made yet */
}

/* The claims about an entity, those that are not made yet among them. */
static stemma_status claims_of(stm_path_search *search, uint32_t entity, uint32_t *first,
                               uint32_t *count, stemma_error *error)
{
    stemma_entity subject;
    stemma_status status = stm_entity_whole(search->snapshot, entity, false, &subject, error);
    *count = 0;
    if (status == STEMMA_OK) {
        *first = subject.claim_first;
        *count = subject.claim_count < CLAIMS_OF_ONE ? subject.claim_count : CLAIMS_OF_ONE;
        search->cut |= *count < subject.claim_count;
    }
    return status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
}

/* Ties whom the claims about node `node` name. */
static stemma_status tie_claims(stm_path_search *search, stm_path_side *side, uint32_t node,
                                stemma_error *error)
{
    uint32_t first = 0, count;
    stemma_status status = claims_of(search, side->nodes[node].entity, &first, &count, error);
    for (uint32_t i = 0; status == STEMMA_OK && i < count; i++) {
        stemma_path_edge edge;
        uint32_t object;
        status = take_claim(search, first + i, &edge, &object, error);
        if (status == STEMMA_OK && object != STEMMA_NONE) {
            status = tie(search, side, node, object, &edge, error);
        }
    }
    return status;
}

/* Ties an entity to whom of the last but one level of `side` the claims about it name. */
static stemma_status tie_back(stm_path_search *search, stm_path_side *side, uint32_t entity,
                              stemma_error *error)
{
    uint32_t first = 0, count;
    stemma_status status = claims_of(search, entity, &first, &count, error);
    for (uint32_t i = 0; status == STEMMA_OK && i < count; i++) {
        stemma_path_edge edge;
        uint32_t object, node;
        status = take_claim(search, first + i, &edge, &object, error);
        node = status == STEMMA_OK && object != STEMMA_NONE ? stm_path_find(side, object)
                                                            : STEMMA_NONE;
        if (node != STEMMA_NONE && side->nodes[node].level + 1u == side->level) {
            status = tie(search, side, node, entity, &edge, error);
        }
    }
    return status;
}

stemma_status stm_path_claims_back(stm_path_search *search, stm_path_side *side,
                                   const stm_path_side *other, stemma_error *error)
{
    uint32_t end = other->count;
    stemma_status status = STEMMA_OK;
    if (side->level == 0 || (side->level == 1 && side->by_documents)) {
        return STEMMA_OK;
    }
    if (end - other->frontier > LOOKED_BACK) {
        end = other->frontier + LOOKED_BACK;
        search->cut = 1;
    }
    search->backwards = 1;
    for (uint32_t i = other->frontier; status == STEMMA_OK && i < end; i++) {
        status = tie_back(search, side, other->nodes[i].entity, error);
    }
    search->backwards = 0;
    return status;
}

/* Whom the assertions of one document are about that name one of its referents: entities, each once,
   into search->taken from `*count` on. */
static stemma_status take_subjects(stm_path_search *search, stemma_referent_id named,
                                   uint32_t *count, stemma_error *error)
{
    stemma_snapshot *snapshot = search->snapshot;
    stemma_document document;
    stemma_status status = stemma_document_get(snapshot, named.document, &document, error);
    if (status == STEMMA_OK && document.row_count == 0) {
        status = stemma_testimony_get(snapshot, named.document, &document, error);
    }
    if (status != STEMMA_OK || document.row_count != 0) {
        return status; /* rows tell of events, not of entities */
    }
    for (uint32_t i = 0; status == STEMMA_OK && i < document.assertion_count; i++) {
        const stemma_assertion *one = &document.assertions[i];
        uint32_t object = one->object.kind == STEMMA_OBJECT_REFERENT ? one->object.as.referent
                          : one->object.kind == STEMMA_OBJECT_PLACE
                              ? one->object.as.place.referent
                              : STEMMA_NONE;
        stemma_referent_id subject = {named.document, one->subject};
        stemma_reference owner;
        if (object != named.referent) {
            continue;
        }
        status = stemma_member_of(snapshot, subject, &owner, error);
        int again = status != STEMMA_OK || owner.kind != STEMMA_REFERENCE_ENTITY;
        for (uint32_t k = 0; k < *count && !again; k++) {
            again = search->taken[k].entity == owner.number;
        }
        if (!again && *count < STM_PATH_TAKEN) {
            search->taken[(*count)++] = (stm_path_taken){owner.number, 0};
        } else if (!again) {
            search->cut = 1;
        }
    }
    return status;
}

/* Ties those to an end whose claims name it, by the documents that speak of the end, unless there are
   too many: then only the other side can tell. */
static stemma_status tie_subjects(stm_path_search *search, stm_path_side *side, stemma_error *error)
{
    stemma_snapshot *snapshot = search->snapshot;
    stemma_reference end = {STEMMA_REFERENCE_ENTITY, side->nodes[0].entity};
    const stemma_referent_id *members = NULL;
    uint32_t member_count = 0, count = 0;
    stm_mark mark = stm_snapshot_mark(snapshot);
    stemma_status status = stemma_members(snapshot, end, &members, &member_count, error);
    side->by_documents = status == STEMMA_OK && member_count <= LOOKED_BACK;
    search->cut |= !side->by_documents;
    for (uint32_t i = 0; status == STEMMA_OK && side->by_documents && i < member_count; i++) {
        stm_mark inner = stm_snapshot_mark(snapshot);
        status = take_subjects(search, members[i], &count, error);
        stm_snapshot_rewind(snapshot, inner);
        status = status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
    }
    stm_snapshot_rewind(snapshot, mark);
    search->backwards = 1;
    for (uint32_t i = 0; status == STEMMA_OK && i < count; i++) {
        status = tie_back(search, side, search->taken[i].entity, error);
    }
    search->backwards = 0;
    return status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
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

stemma_status stm_path_degree(stemma_snapshot *snapshot, uint32_t entity, uint64_t *out,
                              stemma_error *error)
{
    *out = 0;
    stemma_status status = count_list(snapshot, STM_TABLE_PARTICIPATION, entity, out, error);
    return status == STEMMA_OK ? count_list(snapshot, STM_TABLE_PLACE, entity, out, error) : status;
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
        status = tie_list(search, side, node, STM_TABLE_PARTICIPATION, left, error);
        if (status == STEMMA_OK && *left != 0) {
            status = tie_list(search, side, node, STM_TABLE_PLACE, left, error);
        }
        return status == STEMMA_OK ? tie_claims(search, side, node, error) : status;
    }
    status = tie_events(search, side, node, &query, left, error);
    if (status == STEMMA_OK && *left != 0) {
        query.entities = NULL;
        query.entity_count = 0;
        query.place = entity;
        status = tie_events(search, side, node, &query, left, error);
    }
    return status == STEMMA_OK ? tie_claims(search, side, node, error) : status;
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
        status = stm_path_degree(search->snapshot, side->nodes[one->node].entity, &one->degree,
                                 error);
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
    return status == STEMMA_OK && side->level == 1 ? tie_subjects(search, side, error)
                                                   : status;
}
