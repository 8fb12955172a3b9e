/* SPDX-License-Identifier: MIT */
#include "pack/judge/entity_matcher.h"

#include <stdio.h>

#define BEARERS_SCANNED 256u
#define SAMPLE          4u /* members of a cluster whose context is looked at */
#define UNSURE_OF_NODE  2u /* doubts that are recorded of one referent */

static stemma_referent_id id_of(const struct stm_matcher *matcher, uint32_t node)
{
    stemma_referent_id id = {matcher->entities->nodes[node].document,
                             matcher->entities->nodes[node].referent};
    return id;
}

/* The best context between members of the clusters of `a` and `b`, beginning with these two, which
   are set to the members that have it. */
static uint32_t best_context(struct stm_matcher *matcher, uint32_t *a, uint32_t *b)
{
    uint32_t best = 0;
    uint32_t first_a = *a;
    uint32_t first_b = *b;
    const struct stm_entity *nodes = matcher->entities->nodes;
    uint32_t x = first_a;
    for (uint32_t i = 0; i < SAMPLE; i++) {
        uint32_t y = first_b;
        for (uint32_t k = 0; k < SAMPLE; k++) {
            uint32_t shared = stm_context_shared(matcher->contexts, matcher->entities, x, y);
            if (stm_stories_same(matcher->stories, nodes[x].document, nodes[y].document)) {
                shared += STM_CONTEXT_STORY;
            }
            if (shared > best) {
                best = shared;
                *a = x;
                *b = y;
            }
            y = matcher->cluster->next[y];
            if (y == first_b) {
                break;
            }
        }
        x = matcher->cluster->next[x];
        if (x == first_a) {
            break;
        }
    }
    return best;
}

struct stm_proposal stm_matcher_propose(struct stm_matcher *matcher, uint32_t a, uint32_t b,
                                        uint32_t name_score)
{
    struct stm_proposal proposal = {a, b, name_score, 0};
    proposal.context = best_context(matcher, &proposal.a, &proposal.b);
    return proposal;
}

static uint32_t score_of(const struct stm_proposal *proposal)
{
    uint32_t context = proposal->context < 300 ? proposal->context : 300;
    return proposal->name_score * 7 / 10 + context;
}

static int is_settled(const struct stm_matcher *matcher, uint32_t a, uint32_t b)
{
    const uint8_t *judged = matcher->input->judged;
    return (judged != NULL && judged[matcher->entities->nodes[a].document] &&
            judged[matcher->entities->nodes[b].document]) ||
           stm_pairs_have(matcher->known, id_of(matcher, a), id_of(matcher, b));
}

stemma_status stm_matcher_doubt(struct stm_matcher *matcher, const struct stm_proposal *proposal,
                                stemma_verdict verdict, const char *why)
{
    if (matcher->doubts[proposal->a] >= UNSURE_OF_NODE ||
        matcher->doubts[proposal->b] >= UNSURE_OF_NODE ||
        is_settled(matcher, proposal->a, proposal->b)) {
        return STEMMA_OK;
    }
    char reason[160];
    (void)snprintf(reason, sizeof reason, "names alike %u/1000, context %u; %s",
                   proposal->name_score, proposal->context, why);
    matcher->doubts[proposal->a]++;
    matcher->doubts[proposal->b]++;
    return stm_verdicts_add(matcher->verdicts, id_of(matcher, proposal->a),
                            id_of(matcher, proposal->b), verdict, score_of(proposal), reason);
}

stemma_status stm_matcher_join(struct stm_matcher *matcher, uint32_t a, uint32_t b)
{
    uint32_t x = stm_cluster_find(matcher->cluster, a);
    uint32_t y = stm_cluster_find(matcher->cluster, b);
    if (x == y) {
        return STEMMA_OK;
    }
    stemma_status status = stm_cluster_join(matcher->cluster, x, y);
    uint32_t root = stm_cluster_find(matcher->cluster, x);
    stm_profile_merge(&matcher->profiles[root], &matcher->profiles[root == x ? y : x]);
    return status;
}

/* Whether a place is told apart from others by the register that it is found in. */
static int is_registered(const struct stm_matcher *matcher, uint32_t node)
{
    const struct stm_entity *entity = &matcher->entities->nodes[node];
    return matcher->input->documents[entity->document]
               ->referents[entity->referent]
               .external_id_count != 0;
}

/* Whether the clusters may be joined. When not, `*why` says why, or is NULL if nothing is to be
   recorded. `one_name`: the full name that both bear, or NULL. Places of one name may well be
   mentioned apart in one document ("the US", "America") without being two. */
int stm_matcher_may_join(struct stm_matcher *matcher, uint32_t a, uint32_t b,
                         const struct stm_entity_name *one_name, const char **why)
{
    uint32_t x = stm_cluster_find(matcher->cluster, a);
    uint32_t y = stm_cluster_find(matcher->cluster, b);
    *why = NULL;
    enum stm_cluster_answer answer = stm_cluster_ask(matcher->cluster, x, y);
    if (answer == STM_CLUSTER_JOINED || answer == STM_CLUSTER_FORBIDDEN) {
        return 0;
    }
    *why = stm_profile_contradiction(&matcher->profiles[x], &matcher->profiles[y],
                                     matcher->entities, one_name != NULL);
    if (*why != NULL) {
        return 0;
    }
    return answer == STM_CLUSTER_FREE ||
           (one_name != NULL && one_name->kind == STEMMA_NAME_CLASS_PLACE &&
            !is_registered(matcher, a) && !is_registered(matcher, b));
}

stemma_status stm_matcher_accept(struct stm_matcher *matcher, const struct stm_proposal *proposal,
                                 const char *kind)
{
    if (is_settled(matcher, proposal->a, proposal->b)) {
        return STEMMA_OK;
    }
    char reason[160];
    (void)snprintf(reason, sizeof reason, "%s; names alike %u/1000, context %u", kind,
                   proposal->name_score, proposal->context);
    stemma_status status = stm_matcher_join(matcher, proposal->a, proposal->b);
    if (status != STEMMA_OK) {
        return status;
    }
    return stm_verdicts_add(matcher->verdicts, id_of(matcher, proposal->a),
                            id_of(matcher, proposal->b), STEMMA_VERDICT_SAME, score_of(proposal),
                            reason);
}

/* One node of each cluster that bears `name`, the first few. */
uint32_t stm_matcher_clusters(struct stm_matcher *matcher, uint32_t name,
                              uint32_t nodes[STM_CLUSTERS_OF_NAME])
{
    const struct stm_entity_name *entry = &matcher->entities->names[name];
    uint32_t count = 0;
    for (uint32_t i = 0; i < entry->bearer_count && i < BEARERS_SCANNED; i++) {
        uint32_t node = matcher->entities->bearers[entry->first_bearer + i];
        uint32_t root = stm_cluster_find(matcher->cluster, node);
        int known = 0;
        for (uint32_t k = 0; k < count; k++) {
            known |= stm_cluster_find(matcher->cluster, nodes[k]) == root;
        }
        if (!known) {
            nodes[count++] = node;
            if (count == STM_CLUSTERS_OF_NAME) {
                break;
            }
        }
    }
    return count;
}
