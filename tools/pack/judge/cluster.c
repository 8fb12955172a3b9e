/* SPDX-License-Identifier: MIT */
#include "pack/judge/cluster.h"

stemma_status stm_cluster_init(struct stm_cluster *cluster, struct stm_arena *arena, uint32_t count,
                               const uint32_t *document, const uint32_t *first)
{
    memset(cluster, 0, sizeof *cluster);
    cluster->arena = arena;
    cluster->count = count;
    cluster->document = document;
    cluster->first = first;
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

static stemma_status add_ban(struct stm_cluster *cluster, uint32_t node, uint32_t other)
{
    if (cluster->ban_count >= STEMMA_NONE) {
        return STEMMA_E_NO_MEMORY;
    }
    stemma_status status =
        stm_arena_grow(cluster->arena, &cluster->ban_next, cluster->ban_count,
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
        uint32_t document = cluster->document[member];
        for (uint32_t i = cluster->first[document]; i < cluster->first[document + 1]; i++) {
            if (stm_cluster_find(cluster, i) == b) {
                return STM_CLUSTER_ONE_DOCUMENT;
            }
        }
        member = cluster->next[member];
    } while (member != a);
    return STM_CLUSTER_FREE;
}

void stm_cluster_join(struct stm_cluster *cluster, uint32_t a, uint32_t b)
{
    a = stm_cluster_find(cluster, a);
    b = stm_cluster_find(cluster, b);
    if (a == b) {
        return;
    }
    if (cluster->size[a] < cluster->size[b] || (cluster->size[a] == cluster->size[b] && b < a)) {
        uint32_t swap = a;
        a = b;
        b = swap;
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
}
