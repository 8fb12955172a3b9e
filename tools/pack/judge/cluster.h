/* SPDX-License-Identifier: MIT */
/* Sets of referents that are joined step by step, with joins that are forbidden.
 *
 * Two clusters may not be joined when a pair of their
 * members is forbidden, or when one document speaks of both as two different things. */
#ifndef STEMMA_PACK_JUDGE_CLUSTER_H
#define STEMMA_PACK_JUDGE_CLUSTER_H

#include "common/arena.h"

enum stm_cluster_answer {
    STM_CLUSTER_FREE = 0,         /* may be joined */
    STM_CLUSTER_JOINED = 1,       /* one cluster already */
    STM_CLUSTER_FORBIDDEN = 2,    /* a pair was judged to be two */
    STM_CLUSTER_ONE_DOCUMENT = 3, /* one document tells them apart */
};

struct stm_cluster {
    struct stm_arena *arena;
    uint32_t count;
    uint32_t *parent;
    uint32_t *size;
    uint32_t *next;           /* members as rings */
    const uint32_t *document; /* of each node */
    uint64_t *places; /* hash set of (root, document): where clusters of several have members */
    size_t place_count;
    size_t place_capacity; /* a power of two, or 0 */
    uint32_t *ban_head;    /* of each root: bans as lists */
    uint32_t *ban_tail;
    uint32_t *ban_next;
    uint32_t *ban_node;
    size_t ban_count;
    size_t ban_next_capacity;
    size_t ban_node_capacity;
};

/* `document` is borrowed; the rest lives in the arena. */
stemma_status stm_cluster_init(struct stm_cluster *cluster, struct stm_arena *arena, uint32_t count,
                               const uint32_t *document);

/* The node that stands for all of its cluster. */
uint32_t stm_cluster_find(struct stm_cluster *cluster, uint32_t node);

/* The same, for threads that look at clusters at once while nobody joins any: changes nothing. */
uint32_t stm_cluster_root(const struct stm_cluster *cluster, uint32_t node);

/* Forbids that `a` and `b` are ever in one cluster. */
stemma_status stm_cluster_forbid(struct stm_cluster *cluster, uint32_t a, uint32_t b);

enum stm_cluster_answer stm_cluster_ask(struct stm_cluster *cluster, uint32_t a, uint32_t b);

/* Joins without asking. */
stemma_status stm_cluster_join(struct stm_cluster *cluster, uint32_t a, uint32_t b);

#endif
