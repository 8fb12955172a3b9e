/* SPDX-License-Identifier: MIT */
/* The state of entity matching and its moves: propose a join, ask whether it may be, accept it or
   record a doubt. The stages that decide which joins to propose stand in files of their own. */
#ifndef STEMMA_PACK_JUDGE_ENTITY_MATCHER_H
#define STEMMA_PACK_JUDGE_ENTITY_MATCHER_H

#include "pack/judge/cluster.h"
#include "pack/judge/entity_block.h"
#include "pack/judge/entity_context.h"
#include "pack/judge/entity_profile.h"
#include "pack/judge/pairs.h"
#include "pack/judge/story.h"

#define STM_CLUSTERS_OF_NAME 8u /* clusters that bear one name and are considered */
#define STM_COMPANY_SOME     60u
#define STM_COMPANY_GOOD     100u
#define STM_COMPANY_STRONG   200u

struct stm_matcher {
    const struct stm_judge_input *input;
    const struct stm_pairs *known;
    const struct stm_entities *entities;
    const struct stm_contexts *contexts;
    struct stm_cluster *cluster;
    struct stm_profile *profiles; /* of roots */
    uint8_t *doubts;              /* recorded, of each node */
    const struct stm_stories *stories;
    struct stm_verdicts *verdicts;
};

/* A possible join: two nodes that stand for their clusters. */
struct stm_proposal {
    uint32_t a;
    uint32_t b;
    uint32_t name_score;
    uint32_t context;
};

/* The join of the clusters of `a` and `b`, by the members that have most company in common. */
struct stm_proposal stm_matcher_propose(struct stm_matcher *matcher, uint32_t a, uint32_t b,
                                        uint32_t name_score);

/* Whether the clusters may be joined. When not, `*why` says why, or is NULL if nothing is to be
   recorded. `one_name`: the full name that both bear, or NULL. Places of one name may well be
   mentioned apart in one document ("the US", "America") without being two. */
int stm_matcher_may_join(struct stm_matcher *matcher, uint32_t a, uint32_t b,
                         const struct stm_entity_name *one_name, const char **why);

/* Joins, and records why. */
stemma_status stm_matcher_accept(struct stm_matcher *matcher, const struct stm_proposal *proposal,
                                 const char *kind);

/* Joins what came in joined: nothing is recorded. */
stemma_status stm_matcher_join(struct stm_matcher *matcher, uint32_t a, uint32_t b);

/* Records that the two are not joined, and why; a few times for each referent. */
stemma_status stm_matcher_doubt(struct stm_matcher *matcher, const struct stm_proposal *proposal,
                                stemma_verdict verdict, const char *why);

/* One node of each cluster that bears `name`, the first few. Returns their number. */
uint32_t stm_matcher_clusters(struct stm_matcher *matcher, uint32_t name,
                              uint32_t nodes[STM_CLUSTERS_OF_NAME]);

#endif
