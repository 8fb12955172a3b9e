/* SPDX-License-Identifier: MIT */
#include "index/index_fold.h"

#include <stdlib.h>

/* ---- Taking in ------------------------------------------------------------------------------- */

static stemma_status check_terms(const stm_index *index, const stm_row_set *set)
{
    if (index->term_type == STEMMA_NONE ||
        (set->time_texts.count > 0 && index->term_time == STEMMA_NONE) ||
        (set->places != NULL && index->term_place == STEMMA_NONE) ||
        (set->rares != NULL && index->term_content == STEMMA_NONE)) {
        return STEMMA_E_INVALID;
    }
    for (uint32_t i = 0; i < set->shape_count; i++) {
        if (set->shape_list[i].type >= index->term_count) {
            return STEMMA_E_INVALID;
        }
    }
    for (uint32_t i = 0; i < set->role_count; i++) {
        if (set->roles[i] >= index->term_count) {
            return STEMMA_E_INVALID;
        }
    }
    return STEMMA_OK;
}

stemma_status stm_fold_add(stm_index *index, stm_row_set *set)
{
    uint32_t document = index->document_count - 1;
    uint32_t first = index->document_first[document];
    stemma_status status = check_terms(index, set);
    if (status != STEMMA_OK) {
        return status;
    }
    if (set->actor_count != index->referent_count - first) {
        return STEMMA_E_INVALID;
    }
    stm_row_set **sets = stm_memory_grow(index->memory, index->row_sets, &index->row_set_capacity,
                                         (size_t)index->row_set_count + 1, sizeof(stm_row_set *));
    uint32_t *uses = stm_memory_zeroed(index->memory, set->actor_count, sizeof *uses);
    if (sets != NULL) {
        index->row_sets = sets;
    }
    if (sets == NULL || uses == NULL) {
        stm_memory_free(uses);
        return STEMMA_E_NO_MEMORY;
    }
    if (index->row_count + set->count > UINT32_MAX / 2) {
        stm_memory_free(uses);
        return STEMMA_E_LIMIT;
    }
    sets[index->row_set_count++] = set;
    stm_memory_free(set->uses);
    set->document = document;
    set->first_node = first;
    set->uses = uses;
    stm_row_set_uses(set, uses);
    for (uint32_t a = 0; a < set->actor_count; a++) {
        index->referents[first + a].mentions += uses[a];
        index->mention_count += uses[a];
    }
    index->row_count += set->count;
    index->row_assertion_count += set->assertion_count;
    index->evidence_count += set->assertion_count;
    return STEMMA_OK;
}

static stm_row_set *set_of(const stm_index *index, uint32_t document)
{
    uint32_t low = 0;
    uint32_t high = index->row_set_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (index->row_sets[middle]->document < document) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < index->row_set_count && index->row_sets[low]->document == document
               ? index->row_sets[low]
               : NULL;
}

stemma_status stm_fold_node(stm_index *index, uint32_t document, uint32_t row, uint32_t *node)
{
    const stm_row_set *set = set_of(index, document);
    uint32_t pair[2] = {document, row};
    stemma_text id = {(const char *)pair, sizeof pair};
    uint32_t number = 0;
    if (set == NULL || row >= set->count) {
        return STEMMA_E_INVALID;
    }
    index->row_ids.memory = index->memory;
    stemma_status status = stm_strings_add(&index->row_ids, id, &number);
    *node = index->referent_count + number;
    return status;
}

static void row_id(const stm_index *index, uint32_t number, uint32_t pair[2])
{
    memcpy(pair, stm_strings_get(&index->row_ids, number).data, 2 * sizeof *pair);
}

/* Adds a node for a row. */
static stemma_status add_node(stm_index *index, const stm_row_set *set, uint32_t row)
{
    size_t needed = (size_t)index->referent_count + 1;
    stm_index_referent *referents = stm_memory_grow(
        index->memory, index->referents, &index->referent_capacity, needed, sizeof *referents);
    if (referents == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    index->referents = referents;
    uint8_t *kinds = stm_memory_grow(index->memory, index->referent_kinds, &index->kind_capacity,
                                     needed, sizeof *kinds);
    if (kinds == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    index->referent_kinds = kinds;
    stm_index_referent *to = &referents[index->referent_count];
    to->document = set->document;
    to->ordinal = set->actor_count + row;
    to->type = stm_row_shape_of(set, row)->type;
    to->name_first = index->name_use_count;
    to->mentions = 0;
    kinds[index->referent_count++] = STEMMA_REFERENT_EVENT;
    return STEMMA_OK;
}

stemma_status stm_fold_nodes(stm_index *index)
{
    stemma_status status = STEMMA_OK;
    index->referent_explicit = index->referent_count;
    for (uint32_t i = 0; i < index->row_ids.count && status == STEMMA_OK; i++) {
        uint32_t pair[2];
        row_id(index, i, pair);
        status = add_node(index, set_of(index, pair[0]), pair[1]);
    }
    return status;
}

/* ---- Which rows are folded ------------------------------------------------------------------- */

static stemma_status promote(stm_row_set *set, uint32_t row)
{
    if (set->promoted == NULL) {
        set->promoted =
            stm_memory_zeroed(set->memory, (size_t)set->count / 64 + 1, sizeof *set->promoted);
        if (set->promoted == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
    }
    if (stm_row_is_folded(set, row)) {
        set->promoted[row / 64] |= UINT64_C(1) << (row % 64);
        set->promoted_count++;
    }
    return STEMMA_OK;
}

/* Whether two participants of a row in one role have become one entity. `last` has a place for each
   cluster; `*stamp` counts up. */
static int collapses(const stm_index *index, const stm_row_set *set, uint32_t row, uint64_t *last,
                     uint64_t *stamp)
{
    const stm_row_shape *shape = stm_row_shape_of(set, row);
    const uint32_t *roles = set->roles + shape->role_first;
    const uint32_t *actors = set->actors + stm_row_first(set, row);
    const uint32_t *cluster = index->cluster + set->first_node;
    int found = 0;
    for (uint32_t i = 0; i < shape->role_count; i++) {
        *stamp += i == 0 || roles[i] != roles[i - 1];
        found |= last[cluster[actors[i]]] == *stamp;
        last[cluster[actors[i]]] = *stamp;
    }
    return found;
}

/* Whether any two actors of a set have become one entity. `seen` has a zeroed place for each
   cluster, and is zeroed again. */
static int has_joined_actors(const stm_index *index, const stm_row_set *set, uint8_t *seen)
{
    const uint32_t *cluster = index->cluster + set->first_node;
    int joined = 0;
    for (uint32_t a = 0; a < set->actor_count; a++) {
        joined |= seen[cluster[a]];
        seen[cluster[a]] = 1;
    }
    for (uint32_t a = 0; a < set->actor_count; a++) {
        seen[cluster[a]] = 0;
    }
    return joined;
}

static stemma_status promote_collapsed(stm_index *index)
{
    uint8_t *seen = stm_memory_zeroed(index->memory, index->cluster_count, 1);
    uint64_t *last = stm_memory_zeroed(index->memory, index->cluster_count, sizeof *last);
    uint64_t stamp = 0;
    stemma_status status = seen != NULL && last != NULL ? STEMMA_OK : STEMMA_E_NO_MEMORY;
    for (uint32_t s = 0; s < index->row_set_count && status == STEMMA_OK; s++) {
        stm_row_set *set = index->row_sets[s];
        if (!has_joined_actors(index, set, seen)) {
            continue;
        }
        set->variants = stm_memory_zeroed(index->memory, set->actor_count, sizeof *set->variants);
        status = set->variants != NULL ? STEMMA_OK : STEMMA_E_NO_MEMORY;
        for (uint32_t k = 0; k < set->count && status == STEMMA_OK; k++) {
            if (collapses(index, set, k, last, &stamp)) {
                status = promote(set, k);
            }
        }
    }
    stm_memory_free(seen);
    stm_memory_free(last);
    return status;
}

/* Rows that a judgement names and that are joined to something. */
static stemma_status promote_joined(stm_index *index)
{
    uint32_t *members = stm_memory_zeroed(index->memory, index->cluster_count, sizeof *members);
    stemma_status status = members != NULL ? STEMMA_OK : STEMMA_E_NO_MEMORY;
    for (uint32_t i = 0; i < index->referent_count && status == STEMMA_OK; i++) {
        members[index->cluster[i]]++;
    }
    for (uint32_t i = 0; i < index->row_ids.count && status == STEMMA_OK; i++) {
        uint32_t pair[2];
        if (members[index->cluster[index->referent_explicit + i]] > 1) {
            row_id(index, i, pair);
            status = promote(set_of(index, pair[0]), pair[1]);
        }
    }
    stm_memory_free(members);
    return status;
}

/* ---- Assertions of rows that are not folded -------------------------------------------------- */

static void object_of(const stm_index *index, const stm_row_record *row,
                      const stm_row_assertion *from, stemma_object *object)
{
    memset(object, 0, sizeof *object);
    object->kind = from->kind;
    switch (from->kind) {
    case STEMMA_OBJECT_REFERENT:
        object->as.referent = from->actor;
        break;
    case STEMMA_OBJECT_PLACE:
        object->as.place.referent = from->actor;
        object->as.place.latitude = STEMMA_NO_DEGREES;
        object->as.place.longitude = STEMMA_NO_DEGREES;
        break;
    case STEMMA_OBJECT_TIME:
        object->as.time.edtf = row->time;
        break;
    case STEMMA_OBJECT_QUANTITY:
        object->as.quantity.amount = row->rare.amount;
        object->as.quantity.unit = row->rare.unit;
        break;
    default:
        object->as.text =
            from->predicate == index->term_type ? index->terms[row->type].name : row->rare.content;
    }
}

static stemma_status add_assertions(stm_index *index, const stm_row_set *set, uint32_t row,
                                    uint32_t node, const stm_row_record *record,
                                    const stm_row_assertion *list, uint32_t count)
{
    stm_index_assertion *assertions =
        stm_memory_grow(index->memory, index->assertions, &index->assertion_capacity,
                        (size_t)index->assertion_count + count, sizeof *assertions);
    if (assertions == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    index->assertions = assertions;
    for (uint32_t j = 0; j < count; j++) {
        stm_index_assertion *to = &assertions[index->assertion_count];
        stemma_object object;
        memset(to, 0, sizeof *to);
        to->document = set->document;
        to->ordinal = row * set->stride + j;
        to->subject = node;
        to->predicate = list[j].predicate;
        to->speaker = STEMMA_NONE;
        to->polarity = STEMMA_POLARITY_POSITIVE;
        to->realis = STEMMA_REALIS_ACTUAL;
        object_of(index, record, &list[j], &object);
        stemma_status status = stm_index_add_object(index, &object, set->first_node, to);
        if (status != STEMMA_OK) {
            return status;
        }
        index->assertion_count++;
    }
    return STEMMA_OK;
}

static stemma_status expand(stm_index *index, const stm_row_set *set, uint32_t row, uint32_t node)
{
    const stm_row_predicates predicates = {index->term_type, index->term_time, index->term_place,
                                           index->term_content};
    uint32_t participants = stm_row_shape_of(set, row)->role_count;
    uint32_t count = stm_row_set_says(set, row);
    stm_row_participant *few = stm_zeroed(participants, sizeof *few);
    stm_row_assertion *list = stm_zeroed(count, sizeof *list);
    stemma_status status = STEMMA_E_NO_MEMORY;
    if (few != NULL && list != NULL) {
        stm_row_record record;
        stm_row_record_of(set, row, few, &record);
        stm_row_assertions(&record, &predicates, list);
        status = add_assertions(index, set, row, node, &record, list, count);
    }
    free(few);
    free(list);
    return status;
}

/* ---- Nodes anew ------------------------------------------------------------------------------ */

/* Clusters without the nodes of rows, numbered by their first node; `*next` is how many. The nodes
   of rows that stay keep the cluster of what they are joined to. */
static stemma_status renumber_clusters(stm_index *index, uint32_t **numbers, uint32_t *next)
{
    uint32_t *number = stm_memory_zeroed(index->memory, index->cluster_count, sizeof *number);
    *numbers = number;
    *next = 0;
    if (number == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < index->referent_explicit; i++) {
        if (number[index->cluster[i]] == 0) {
            number[index->cluster[i]] = ++*next;
        }
        index->cluster[i] = number[index->cluster[i]] - 1;
    }
    return STEMMA_OK;
}

/* The cluster of a promoted row: that of its node when it has one, else one of its own. */
static uint32_t cluster_of_row(const stm_index *index, const uint32_t *old, uint32_t *numbers,
                               const stm_row_set *set, uint32_t row, uint32_t *next)
{
    uint32_t pair[2] = {set->document, row};
    stemma_text id = {(const char *)pair, sizeof pair};
    uint32_t known = stm_strings_find(&index->row_ids, id);
    if (known == STEMMA_NONE) {
        return (*next)++;
    }
    uint32_t *number = &numbers[old[known]];
    if (*number == 0) {
        *number = ++*next;
    }
    return *number - 1;
}

/* Makes the nodes of promoted rows, in the order of their documents, and their assertions. */
static stemma_status rebuild(stm_index *index, const uint32_t *old, uint32_t *numbers,
                             uint32_t *next)
{
    uint64_t promoted = 0;
    stemma_status status = STEMMA_OK;
    for (uint32_t s = 0; s < index->row_set_count; s++) {
        promoted += index->row_sets[s]->promoted_count;
    }
    size_t capacity = 0;
    uint32_t *clusters = NULL;
    clusters = stm_memory_grow(index->memory, clusters, &capacity,
                               (size_t)index->referent_explicit + promoted, sizeof *clusters);
    if (clusters == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    memcpy(clusters, index->cluster, index->referent_explicit * sizeof *clusters);
    stm_memory_free(index->cluster);
    index->cluster = clusters;
    index->referent_count = index->referent_explicit;
    for (uint32_t s = 0; s < index->row_set_count; s++) {
        const stm_row_set *set = index->row_sets[s];
        for (uint32_t k = 0; k < set->count && set->promoted != NULL && status == STEMMA_OK; k++) {
            if (!stm_row_is_folded(set, k)) {
                uint32_t node = index->referent_count;
                index->cluster[node] = cluster_of_row(index, old, numbers, set, k, next);
                status = add_node(index, set, k);
                if (status == STEMMA_OK) {
                    status = expand(index, set, k, node);
                }
            }
        }
    }
    return status;
}

stemma_status stm_fold_promote(stm_index *index)
{
    if (index->row_set_count == 0) {
        return STEMMA_OK;
    }
    uint32_t candidates = index->row_ids.count;
    uint32_t *old = stm_memory_zeroed(index->memory, candidates, sizeof *old);
    uint32_t *numbers = NULL;
    uint32_t next = 0;
    stemma_status status = old != NULL ? promote_collapsed(index) : STEMMA_E_NO_MEMORY;
    if (status == STEMMA_OK) {
        status = promote_joined(index);
    }
    if (status == STEMMA_OK) {
        memcpy(old, index->cluster + index->referent_explicit, candidates * sizeof *old);
        status = renumber_clusters(index, &numbers, &next);
    }
    if (status == STEMMA_OK) {
        status = rebuild(index, old, numbers, &next);
        index->cluster_count = next;
    }
    stm_memory_free(old);
    stm_memory_free(numbers);
    return status;
}
