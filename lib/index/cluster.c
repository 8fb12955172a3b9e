/* SPDX-License-Identifier: MIT */
#include "index/cluster.h"

#include "index/index_memory.h"
#include "base/memory_sort.h"

#include <stdlib.h>

/* A blocked pair is found through a hash set of pairs of roots. Each root also lists whom it is
   blocked from; when two clusters join, the shorter list moves, so that every entry moves at most
   log n times and no hostile set of judgements costs more than n log n. */
typedef struct block_link {
    uint32_t other;
    uint32_t next; /* link number + 1 */
} block_link;

typedef struct forest {
    stm_memory *memory;
    uint32_t *parent;
    uint32_t *head; /* of a root's block list: link number + 1 */
    uint32_t *degree;
    uint32_t *members;
    block_link *links;
    size_t link_count, link_capacity;
    uint64_t *pairs; /* open addressing; 0 is free: no pair of distinct roots has the key 0 */
    size_t pair_count, pair_slots;
} forest;

static uint32_t find_root(uint32_t *parent, uint32_t node)
{
    while (parent[node] != node) {
        parent[node] = parent[parent[node]];
        node = parent[node];
    }
    return node;
}

static uint64_t pair_key(uint32_t a, uint32_t b)
{
    return a < b ? (uint64_t)a << 32 | b : (uint64_t)b << 32 | a;
}

static size_t pair_slot(const forest *f, uint64_t key)
{
    uint64_t mixed = key;
    mixed ^= mixed >> 33;
    mixed *= UINT64_C(0xff51afd7ed558ccd);
    mixed ^= mixed >> 29;
    mixed *= UINT64_C(0xc4ceb9fe1a85ec53);
    mixed ^= mixed >> 32;
    size_t slot = (size_t)mixed & (f->pair_slots - 1);
    while (f->pairs[slot] != 0 && f->pairs[slot] != key) {
        slot = (slot + 1) & (f->pair_slots - 1);
    }
    return slot;
}

static int is_blocked(const forest *f, uint32_t a, uint32_t b)
{
    return f->pair_count > 0 && f->pairs[pair_slot(f, pair_key(a, b))] != 0;
}

/* Remembers that two roots are blocked; `*added` is 0 when they already were. */
static stemma_status add_pair(forest *f, uint32_t a, uint32_t b, int *added)
{
    if (f->pair_count >= f->pair_slots / 2) {
        size_t wanted = f->pair_slots == 0 ? 256 : f->pair_slots * 2;
        uint64_t *old = f->pairs;
        size_t old_slots = f->pair_slots;
        uint64_t *pairs = stm_memory_zeroed(f->memory, wanted, sizeof *pairs);
        if (pairs == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
        f->pairs = pairs;
        f->pair_slots = wanted;
        for (size_t i = 0; i < old_slots; i++) {
            if (old[i] != 0) {
                pairs[pair_slot(f, old[i])] = old[i];
            }
        }
        stm_memory_free(old);
    }
    size_t slot = pair_slot(f, pair_key(a, b));
    *added = f->pairs[slot] == 0;
    if (*added) {
        f->pairs[slot] = pair_key(a, b);
        f->pair_count++;
    }
    return STEMMA_OK;
}

static stemma_status add_link(forest *f, uint32_t root, uint32_t other)
{
    block_link *links = stm_memory_grow(f->memory, f->links, &f->link_capacity, f->link_count + 1, sizeof *links);
    if (links == NULL || f->link_count >= UINT32_MAX - 1) {
        return STEMMA_E_NO_MEMORY;
    }
    f->links = links;
    links[f->link_count].other = other;
    links[f->link_count].next = f->head[root];
    f->link_count++;
    f->head[root] = (uint32_t)f->link_count;
    f->degree[root]++;
    return STEMMA_OK;
}

static stemma_status block(forest *f, uint32_t left, uint32_t right)
{
    uint32_t a = find_root(f->parent, left);
    uint32_t b = find_root(f->parent, right);
    int added = 0;
    if (a == b) { /* joined by a stronger judgement: nothing left to block */
        return STEMMA_OK;
    }
    stemma_status status = add_pair(f, a, b, &added);
    if (status == STEMMA_OK && added) {
        status = add_link(f, a, b);
        if (status == STEMMA_OK) {
            status = add_link(f, b, a);
        }
    }
    return status;
}

static stemma_status join(forest *f, uint32_t left, uint32_t right)
{
    uint32_t kept = find_root(f->parent, left);
    uint32_t gone = find_root(f->parent, right);
    if (kept == gone || is_blocked(f, kept, gone)) {
        return STEMMA_OK;
    }
    if ((uint64_t)f->degree[kept] + f->members[kept] <
        (uint64_t)f->degree[gone] + f->members[gone]) {
        uint32_t swapped = kept;
        kept = gone;
        gone = swapped;
    }
    f->parent[gone] = kept;
    f->members[kept] += f->members[gone];
    uint32_t link = f->head[gone];
    while (link != 0) {
        block_link moved = f->links[link - 1];
        uint32_t other = find_root(f->parent, moved.other);
        int added = 0;
        stemma_status status = add_pair(f, kept, other, &added);
        if (status != STEMMA_OK) {
            return status;
        }
        if (added) { /* the links are reused: a moved block takes no new memory */
            f->links[link - 1].next = f->head[kept];
            f->links[link - 1].other = other;
            f->head[kept] = link;
            f->degree[kept]++;
        }
        link = moved.next;
    }
    f->head[gone] = 0;
    return STEMMA_OK;
}

/* People before programs, then NOT_SAME before SAME, then falling score, then canonical order. */
static int compare_edges(const void *a, const void *b)
{
    const stm_cluster_edge *left = a;
    const stm_cluster_edge *right = b;
    int left_score = left->score == STEMMA_NO_CONFIDENCE ? -1 : left->score;
    int right_score = right->score == STEMMA_NO_CONFIDENCE ? -1 : right->score;
    if (left->person != right->person) {
        return right->person - left->person;
    }
    if (left->verdict != right->verdict) {
        return right->verdict - left->verdict;
    }
    if (left_score != right_score) {
        return right_score - left_score;
    }
    return (left->order > right->order) - (left->order < right->order);
}

static stemma_status apply(forest *f, const stm_cluster_edge *edges, size_t count,
                           const uint8_t *kinds)
{
    stemma_status status = STEMMA_OK;
    for (size_t i = 0; i < count && status == STEMMA_OK; i++) {
        const stm_cluster_edge *edge = &edges[i];
        if (edge->verdict == STEMMA_VERDICT_NOT_SAME) {
            status = block(f, edge->left, edge->right);
        } else if (edge->verdict == STEMMA_VERDICT_SAME &&
                   kinds[edge->left] == kinds[edge->right]) {
            status = join(f, edge->left, edge->right);
        }
    }
    return status;
}

stemma_status stm_cluster_referents(stm_memory *memory, stm_cluster_edge *edges, size_t edge_count,
                                    const uint8_t *kinds, uint32_t referent_count,
                                    uint32_t *cluster, uint32_t *cluster_count)
{
    forest f = {.memory = memory};
    f.parent = stm_memory_zeroed(f.memory, referent_count, sizeof *f.parent);
    f.head = stm_memory_zeroed(f.memory, referent_count, sizeof *f.head);
    f.degree = stm_memory_zeroed(f.memory, referent_count, sizeof *f.degree);
    f.members = stm_memory_zeroed(f.memory, referent_count, sizeof *f.members);
    stemma_status status = STEMMA_E_NO_MEMORY;
    if (f.parent != NULL && f.head != NULL && f.degree != NULL && f.members != NULL) {
        for (uint32_t i = 0; i < referent_count; i++) {
            f.parent[i] = i;
            f.members[i] = 1;
        }
        if (edge_count > 1) {
            stm_memory_sort_plain(memory, edges, edge_count, sizeof *edges, compare_edges);
        }
        status = apply(&f, edges, edge_count, kinds);
    }
    if (status == STEMMA_OK) {
        uint32_t *number = f.head; /* reused: number + 1 of a root's cluster */
        uint32_t next = 0;
        memset(number, 0, (size_t)referent_count * sizeof *number);
        for (uint32_t i = 0; i < referent_count; i++) {
            uint32_t root = find_root(f.parent, i);
            if (number[root] == 0) {
                number[root] = ++next;
            }
            cluster[i] = number[root] - 1;
        }
        *cluster_count = next;
    }
    stm_memory_free(f.parent);
    stm_memory_free(f.head);
    stm_memory_free(f.degree);
    stm_memory_free(f.members);
    stm_memory_free(f.links);
    stm_memory_free(f.pairs);
    return status;
}

int stm_derivation_joins(const stemma_derivation *derivation)
{
    return derivation->retracted.size == 0 && derivation->kind != STEMMA_DERIVATION_QUOTES;
}

void stm_independence_groups(const stemma_derivation *derivations, size_t count,
                             uint32_t document_count, uint32_t *group)
{
    for (uint32_t i = 0; i < document_count; i++) {
        group[i] = i;
    }
    for (size_t i = 0; i < count; i++) {
        if (!stm_derivation_joins(&derivations[i])) {
            continue;
        }
        uint32_t a = find_root(group, derivations[i].from);
        uint32_t b = find_root(group, derivations[i].to);
        if (a < b) { /* the least document stays the root: it is the name of the group */
            group[b] = a;
        } else {
            group[a] = b;
        }
    }
    for (uint32_t i = 0; i < document_count; i++) {
        group[i] = find_root(group, i);
    }
}
