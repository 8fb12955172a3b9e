/* SPDX-License-Identifier: MIT */
#include "pack/judge/cluster.h"

stemma_status stm_cluster_init(struct stm_cluster *cluster, struct stm_arena *arena, uint32_t count,
                               const uint32_t *document)
{
    memset(cluster, 0, sizeof *cluster);
    cluster->arena = arena;
    cluster->count = count;
    cluster->document = document;
    cluster->parent = stm_arena_alloc(arena, count, sizeof(uint32_t));
    cluster->size = stm_arena_alloc(arena, count, sizeof(uint32_t));
    cluster->next = stm_arena_alloc(arena, count, sizeof(uint32_t));
    cluster->ban_head = stm_arena_alloc(arena, count, sizeof(uint32_t));
    cluster->ban_tail = stm_arena_alloc(arena, count, sizeof(uint32_t));
    if (cluster->parent == NULL || cluster->size == NULL || cluster->next == NULL ||
        cluster->ban_head == NULL || cluster->ban_tail == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < count; i++) {
        cluster->parent[i] = i;
        cluster->size[i] = 1;
        cluster->next[i] = i;
        cluster->ban_head[i] = STEMMA_NONE;
        cluster->ban_tail[i] = STEMMA_NONE;
    }
    return STEMMA_OK;
}

uint32_t stm_cluster_find(struct stm_cluster *cluster, uint32_t node)
{
    while (cluster->parent[node] != node) {
        cluster->parent[node] = cluster->parent[cluster->parent[node]];
        node = cluster->parent[node];
    }
    return node;
}

uint32_t stm_cluster_root(const struct stm_cluster *cluster, uint32_t node)
{
    while (cluster->parent[node] != node) {
        node = cluster->parent[node];
    }
    return node;
}

static stemma_status add_ban(struct stm_cluster *cluster, uint32_t node, uint32_t other)
{
    if (cluster->ban_count >= STEMMA_NONE) {
        return STEMMA_E_NO_MEMORY;
    }
    stemma_status status = stm_arena_grow(cluster->arena, &cluster->ban_next, cluster->ban_count,
                                          &cluster->ban_next_capacity, sizeof(uint32_t));
    if (status == STEMMA_OK) {
        status = stm_arena_grow(cluster->arena, &cluster->ban_node, cluster->ban_count,
                                &cluster->ban_node_capacity, sizeof(uint32_t));
    }
    if (status != STEMMA_OK) {
        return status;
    }
    uint32_t root = stm_cluster_find(cluster, node);
    uint32_t ban = (uint32_t)cluster->ban_count++;
    cluster->ban_node[ban] = other;
    cluster->ban_next[ban] = STEMMA_NONE;
    if (cluster->ban_head[root] == STEMMA_NONE) {
        cluster->ban_head[root] = ban;
    } else {
        cluster->ban_next[cluster->ban_tail[root]] = ban;
    }
    cluster->ban_tail[root] = ban;
    return STEMMA_OK;
}

stemma_status stm_cluster_forbid(struct stm_cluster *cluster, uint32_t a, uint32_t b)
{
    stemma_status status = add_ban(cluster, a, b);
    return status == STEMMA_OK ? add_ban(cluster, b, a) : status;
}

static size_t place_slot(const struct stm_cluster *cluster, uint64_t place)
{
    size_t mask = cluster->place_capacity - 1;
    size_t slot = (size_t)(place * 0x9E3779B97F4A7C15u >> 20) & mask;
    while (cluster->places[slot] != 0 && cluster->places[slot] != place) {
        slot = (slot + 1) & mask;
    }
    return slot;
}

/* Never 0, which marks a free slot. */
static uint64_t place_of(uint32_t root, uint32_t document)
{
    return ((uint64_t)root + 1) << 32 | document;
}

static stemma_status add_place(struct stm_cluster *cluster, uint32_t root, uint32_t document)
{
    if ((cluster->place_count + 1) * 2 > cluster->place_capacity) {
        struct stm_cluster old = *cluster;
        cluster->place_capacity = old.place_capacity == 0 ? 1024 : old.place_capacity * 2;
        cluster->places =
            stm_arena_alloc(cluster->arena, cluster->place_capacity, sizeof *cluster->places);
        if (cluster->places == NULL) {
            *cluster = old;
            return STEMMA_E_NO_MEMORY;
        }
        for (size_t i = 0; i < old.place_capacity; i++) {
            if (old.places[i] != 0) {
                cluster->places[place_slot(cluster, old.places[i])] = old.places[i];
            }
        }
    }
    uint64_t place = place_of(root, document);
    size_t slot = place_slot(cluster, place);
    cluster->place_count += cluster->places[slot] == 0;
    cluster->places[slot] = place;
    return STEMMA_OK;
}

static int has_member_in(const struct stm_cluster *cluster, uint32_t root, uint32_t document)
{
    if (cluster->size[root] == 1) {
        return cluster->document[root] == document;
    }
    return cluster->places[place_slot(cluster, place_of(root, document))] != 0;
}

enum stm_cluster_answer stm_cluster_ask(struct stm_cluster *cluster, uint32_t a, uint32_t b)
{
    a = stm_cluster_find(cluster, a);
    b = stm_cluster_find(cluster, b);
    if (a == b) {
        return STM_CLUSTER_JOINED;
    }
    if (cluster->size[a] > cluster->size[b]) {
        uint32_t swap = a;
        a = b;
        b = swap;
    }
    /* Every ban stands in the lists of both sides: the smaller cluster's are enough. */
    for (uint32_t ban = cluster->ban_head[a]; ban != STEMMA_NONE; ban = cluster->ban_next[ban]) {
        if (stm_cluster_find(cluster, cluster->ban_node[ban]) == b) {
            return STM_CLUSTER_FORBIDDEN;
        }
    }
    uint32_t member = a;
    do {
        if (has_member_in(cluster, b, cluster->document[member])) {
            return STM_CLUSTER_ONE_DOCUMENT;
        }
        member = cluster->next[member];
    } while (member != a);
    return STM_CLUSTER_FREE;
}

stemma_status stm_cluster_join(struct stm_cluster *cluster, uint32_t a, uint32_t b)
{
    a = stm_cluster_find(cluster, a);
    b = stm_cluster_find(cluster, b);
    if (a == b) {
        return STEMMA_OK;
    }
    if (cluster->size[a] < cluster->size[b] || (cluster->size[a] == cluster->size[b] && b < a)) {
        uint32_t swap = a;
        a = b;
        b = swap;
    }
    /* The smaller one's members move: over all joins each moves as often as its cluster doubles. */
    stemma_status status =
        cluster->size[a] == 1 ? add_place(cluster, a, cluster->document[a]) : STEMMA_OK;
    uint32_t member = b;
    do {
        if (status == STEMMA_OK) {
            status = add_place(cluster, a, cluster->document[member]);
        }
        member = cluster->next[member];
    } while (member != b && status == STEMMA_OK);
    if (status != STEMMA_OK) {
        return status;
    }
    cluster->parent[b] = a;
    cluster->size[a] += cluster->size[b];
    uint32_t next = cluster->next[a];
    cluster->next[a] = cluster->next[b];
    cluster->next[b] = next;
    if (cluster->ban_head[b] != STEMMA_NONE) {
        if (cluster->ban_head[a] == STEMMA_NONE) {
            cluster->ban_head[a] = cluster->ban_head[b];
        } else {
            cluster->ban_next[cluster->ban_tail[a]] = cluster->ban_head[b];
        }
        cluster->ban_tail[a] = cluster->ban_tail[b];
    }
    return STEMMA_OK;
}
