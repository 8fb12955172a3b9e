/* SPDX-License-Identifier: MIT */
#include "pack/judge/entity_match.h"

#include "pack/judge/entity_block.h"
#include "pack/judge/entity_context.h"
#include "pack/judge/entity_profile.h"

#include <stdio.h>
#include <stdlib.h>

#define CLUSTERS_OF_NAME 8u /* clusters that bear one name and are considered */
#define BEARERS_SCANNED 256u
#define SAMPLE 4u         /* members of a cluster whose context is looked at */
#define UNSURE_OF_NODE 2u /* doubts that are recorded of one referent */
#define CONTEXT_SOME 60u
#define CONTEXT_GOOD 100u
#define CONTEXT_STRONG 200u
#define ROOMY 4u /* features from which on a document without anything in common says something */

struct matcher {
    const struct stm_judge_input *input;
    const struct stm_pairs *known;
    const struct stm_entities *entities;
    const struct stm_contexts *contexts;
    struct stm_cluster *cluster;
    struct stm_profile *profiles; /* of roots */
    uint8_t *doubts;              /* recorded, of each node */
    struct stm_verdicts *verdicts;
};

/* A possible join: two nodes that stand for their clusters. */
struct proposal {
    uint32_t a;
    uint32_t b;
    uint32_t name_score;
    uint32_t context;
};

static stemma_referent_id id_of(const struct matcher *matcher, uint32_t node)
{
    stemma_referent_id id = {matcher->entities->nodes[node].document,
                             matcher->entities->nodes[node].referent};
    return id;
}

/* The best context between members of the clusters of `a` and `b`, beginning with these two, which
   are set to the members that have it. */
static uint32_t best_context(struct matcher *matcher, uint32_t *a, uint32_t *b)
{
    uint32_t best = 0;
    uint32_t first_a = *a;
    uint32_t first_b = *b;
    uint32_t x = first_a;
    for (uint32_t i = 0; i < SAMPLE; i++) {
        uint32_t y = first_b;
        for (uint32_t k = 0; k < SAMPLE; k++) {
            uint32_t shared = stm_context_shared(matcher->contexts, matcher->entities, x, y);
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

static struct proposal propose(struct matcher *matcher, uint32_t a, uint32_t b, uint32_t name_score)
{
    struct proposal proposal = {a, b, name_score, 0};
    proposal.context = best_context(matcher, &proposal.a, &proposal.b);
    return proposal;
}

static uint32_t score_of(const struct proposal *proposal)
{
    uint32_t context = proposal->context < 300 ? proposal->context : 300;
    return proposal->name_score * 7 / 10 + context;
}

static int is_settled(const struct matcher *matcher, uint32_t a, uint32_t b)
{
    const uint8_t *judged = matcher->input->judged;
    return (judged != NULL && judged[matcher->entities->nodes[a].document] &&
            judged[matcher->entities->nodes[b].document]) ||
           stm_pairs_have(matcher->known, id_of(matcher, a), id_of(matcher, b));
}

static stemma_status doubt(struct matcher *matcher, const struct proposal *proposal,
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

static void join(struct matcher *matcher, uint32_t a, uint32_t b)
{
    uint32_t x = stm_cluster_find(matcher->cluster, a);
    uint32_t y = stm_cluster_find(matcher->cluster, b);
    if (x == y) {
        return;
    }
    stm_cluster_join(matcher->cluster, x, y);
    uint32_t root = stm_cluster_find(matcher->cluster, x);
    stm_profile_merge(&matcher->profiles[root], &matcher->profiles[root == x ? y : x]);
}

/* Whether a place is told apart from others by the register that it is found in. */
static int is_registered(const struct matcher *matcher, uint32_t node)
{
    const struct stm_entity *entity = &matcher->entities->nodes[node];
    return matcher->input->documents[entity->document]
               ->referents[entity->referent]
               .external_id_count != 0;
}

/* Whether the clusters may be joined. When not, `*why` says why, or is NULL if nothing is to be
   recorded. `one_name`: the full name that both bear, or NULL. Places of one name may well be
   mentioned apart in one document ("the US", "America") without being two. */
static int may_join(struct matcher *matcher, uint32_t a, uint32_t b,
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
           (one_name != NULL && one_name->kind == STEMMA_NAME_CLASS_PLACE && !is_registered(matcher, a) &&
            !is_registered(matcher, b));
}

static stemma_status accept(struct matcher *matcher, const struct proposal *proposal,
                            const char *kind)
{
    if (is_settled(matcher, proposal->a, proposal->b)) {
        return STEMMA_OK;
    }
    char reason[160];
    (void)snprintf(reason, sizeof reason, "%s; names alike %u/1000, context %u", kind,
                   proposal->name_score, proposal->context);
    join(matcher, proposal->a, proposal->b);
    return stm_verdicts_add(matcher->verdicts, id_of(matcher, proposal->a),
                            id_of(matcher, proposal->b), STEMMA_VERDICT_SAME, score_of(proposal),
                            reason);
}

static int shares_role_words(const struct stm_entity *a, const struct stm_entity *b)
{
    for (uint32_t i = 0; i < a->role_count; i++) {
        for (uint32_t k = 0; k < b->role_count; k++) {
            if (a->roles[i] == b->roles[k]) {
                return 1;
            }
        }
    }
    return 0;
}

/* Whether two bearers of one full name look like namesakes: other offices, or other company. */
static int look_like_strangers(const struct matcher *matcher, const struct proposal *proposal)
{
    const struct stm_entity *a = &matcher->entities->nodes[proposal->a];
    const struct stm_entity *b = &matcher->entities->nodes[proposal->b];
    if (proposal->context >= CONTEXT_SOME) {
        return 0;
    }
    if (a->role_count != 0 && b->role_count != 0 && !shares_role_words(a, b)) {
        return 1;
    }
    return proposal->context == 0 &&
           stm_context_size(matcher->contexts, matcher->entities, proposal->a) >= ROOMY &&
           stm_context_size(matcher->contexts, matcher->entities, proposal->b) >= ROOMY;
}

/* Whether one name, borne by both, is enough with the context there is. */
static int same_name_suffices(const struct matcher *matcher, const struct stm_entity_name *name,
                              const struct proposal *proposal)
{
    switch (name->kind) {
    case STEMMA_NAME_CLASS_PERSON:
        return name->words > 1 && !look_like_strangers(matcher, proposal);
    case STEMMA_NAME_CLASS_ORGANIZATION:
        if (name->generic) {
            return proposal->context >= CONTEXT_SOME;
        }
        return name->plain.size > 4 || !look_like_strangers(matcher, proposal);
    default:
        return 1;
    }
}

/* The context that names so alike need, or UINT32_MAX when no context is enough. */
static uint32_t context_needed(const struct stm_entity_name *a, const struct stm_entity_name *b,
                               uint32_t score)
{
    if (a->kind != b->kind) {
        return CONTEXT_SOME;
    }
    switch (a->kind) {
    case STEMMA_NAME_CLASS_PERSON:
        if (score >= 900) {
            return CONTEXT_SOME;
        }
        /* Other spellings of one name sound the same; "John" and "Joan" in one story do not. */
        if (!stm_sounds_equal(a->plain, b->plain)) {
            return score >= 800 ? CONTEXT_STRONG : UINT32_MAX;
        }
        return score >= 800 ? CONTEXT_GOOD : CONTEXT_STRONG;
    case STEMMA_NAME_CLASS_ORGANIZATION:
        if (a->generic || b->generic) {
            return score >= 950 ? CONTEXT_GOOD : UINT32_MAX;
        }
        return score >= 900 ? CONTEXT_SOME : CONTEXT_STRONG;
    case STEMMA_NAME_CLASS_PLACE:
        return STM_CONTEXT_PLACE;
    default:
        return score >= 950 ? STM_CONTEXT_PLACE : UINT32_MAX;
    }
}

/* One node of each cluster that bears `name`, the first few. */
static uint32_t clusters_of_name(struct matcher *matcher, uint32_t name,
                                 uint32_t nodes[CLUSTERS_OF_NAME])
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
            if (count == CLUSTERS_OF_NAME) {
                break;
            }
        }
    }
    return count;
}

/* Joins the bearers of one name, each to the cluster whose company fits best. `least` is the context
   that a bare surname needs; 0 for names that are judged by their kind. */
static stemma_status join_bearers(struct matcher *matcher, uint32_t name, uint32_t least)
{
    const struct stm_entity_name *entry = &matcher->entities->names[name];
    uint32_t heads[CLUSTERS_OF_NAME];
    uint32_t head_count = 0;
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; status == STEMMA_OK && i < entry->bearer_count; i++) {
        uint32_t node = matcher->entities->bearers[entry->first_bearer + i];
        struct proposal best = {0, 0, 0, 0};
        struct proposal refused = {0, 0, 0, 0};
        const char *refused_why = NULL;
        int contradicted = 0;
        int found = 0;
        int inside = 0;
        for (uint32_t k = 0; k < head_count && !inside; k++) {
            const char *why;
            inside = stm_cluster_find(matcher->cluster, heads[k]) ==
                     stm_cluster_find(matcher->cluster, node);
            if (inside) {
                break;
            }
            int allowed = may_join(matcher, heads[k], node, least == 0 ? entry : NULL, &why);
            if (!allowed && why == NULL) {
                continue;
            }
            struct proposal proposal = propose(matcher, heads[k], node, 1000);
            int enough = least != 0 ? proposal.context >= least
                                    : same_name_suffices(matcher, entry, &proposal);
            if (allowed && enough && (!found || proposal.context > best.context)) {
                best = proposal;
                found = 1;
            } else if (!(allowed && enough) && refused_why == NULL &&
                       (why == NULL || least == 0)) {
                refused = proposal;
                contradicted = why != NULL;
                refused_why = why != NULL ? why : "too little in common";
            }
        }
        if (inside) {
            continue;
        }
        if (found) {
            status = accept(matcher, &best, "same name");
        } else {
            if (refused_why != NULL) {
                status = doubt(matcher, &refused,
                               contradicted ? STEMMA_VERDICT_NOT_SAME : STEMMA_VERDICT_UNSURE,
                               refused_why);
            }
            if (head_count < CLUSTERS_OF_NAME) {
                heads[head_count++] = node;
            }
        }
    }
    return status;
}

static int compare_proposals(const void *left, const void *right)
{
    const struct proposal *a = left;
    const struct proposal *b = right;
    if (a->context != b->context) {
        return a->context > b->context ? -1 : 1;
    }
    if (a->a != b->a) {
        return a->a < b->a ? -1 : 1;
    }
    return (a->b > b->b) - (a->b < b->b);
}

/* Joins clusters whose names are alike, the ones with most in common first. */
static stemma_status join_alike(struct matcher *matcher, const struct stm_name_pair *pair)
{
    const struct stm_entity_name *x = &matcher->entities->names[pair->left];
    const struct stm_entity_name *y = &matcher->entities->names[pair->right];
    if (x->kind == STEMMA_NAME_CLASS_PERSON && (x->words < 2 || y->words < 2)) {
        return STEMMA_OK; /* bare surnames come later */
    }
    uint32_t left[CLUSTERS_OF_NAME];
    uint32_t right[CLUSTERS_OF_NAME];
    uint32_t m = clusters_of_name(matcher, pair->left, left);
    uint32_t n = clusters_of_name(matcher, pair->right, right);
    struct proposal proposals[CLUSTERS_OF_NAME * CLUSTERS_OF_NAME];
    size_t count = 0;
    for (uint32_t i = 0; i < m; i++) {
        for (uint32_t k = 0; k < n; k++) {
            if (stm_cluster_find(matcher->cluster, left[i]) !=
                stm_cluster_find(matcher->cluster, right[k])) {
                proposals[count++] = propose(matcher, left[i], right[k], pair->score);
            }
        }
    }
    if (count != 0) {
        qsort(proposals, count, sizeof *proposals, compare_proposals);
    }
    uint32_t needed = context_needed(x, y, pair->score);
    stemma_status status = STEMMA_OK;
    for (size_t i = 0; status == STEMMA_OK && i < count; i++) {
        const char *why;
        int allowed = may_join(matcher, proposals[i].a, proposals[i].b, NULL, &why);
        if (allowed && proposals[i].context >= needed) {
            status = accept(matcher, &proposals[i], "names alike");
        } else if (why != NULL) {
            status = doubt(matcher, &proposals[i], STEMMA_VERDICT_NOT_SAME, why);
        } else if (allowed && needed != UINT32_MAX && proposals[i].context >= CONTEXT_SOME) {
            status = doubt(matcher, &proposals[i], STEMMA_VERDICT_UNSURE, "too little in common");
        }
    }
    return status;
}

/* The pairs of names, listed under each of the two. */
struct pair_lists {
    uint32_t *first;
    uint32_t *pairs; /* numbers of pairs, best first under each name */
};

static stemma_status list_pairs(const struct matcher *matcher, const struct stm_name_pair *pairs,
                                size_t count, struct stm_arena *arena, struct pair_lists *lists)
{
    size_t names = matcher->entities->name_count;
    lists->first = stm_arena_alloc(arena, names + 2, sizeof *lists->first);
    lists->pairs = stm_arena_alloc(arena, 2 * count, sizeof *lists->pairs);
    if (lists->first == NULL || lists->pairs == NULL || count >= STEMMA_NONE / 2) {
        return STEMMA_E_NO_MEMORY;
    }
    for (size_t i = 0; i < count; i++) {
        lists->first[pairs[i].left + 2]++;
        lists->first[pairs[i].right + 2]++;
    }
    for (size_t n = 0; n < names; n++) {
        lists->first[n + 2] += lists->first[n + 1];
    }
    for (size_t i = 0; i < count; i++) {
        lists->pairs[lists->first[pairs[i].left + 1]++] = (uint32_t)i;
        lists->pairs[lists->first[pairs[i].right + 1]++] = (uint32_t)i;
    }
    return STEMMA_OK;
}

static stemma_text last_word(stemma_text plain)
{
    size_t start = plain.size;
    while (start > 0 && plain.data[start - 1] != ' ') {
        start--;
    }
    stemma_text word = {plain.data + start, plain.size - start};
    return word;
}

/* Joins one bearer of a bare surname to the one full name in its company. */
static stemma_status join_bare(struct matcher *matcher, uint32_t node, uint32_t name,
                               const struct stm_name_pair *pairs, const struct pair_lists *lists)
{
    const struct stm_entity_name *bare = &matcher->entities->names[name];
    struct proposal best = {0, 0, 0, 0};
    uint32_t rival = 0;
    uint32_t best_root = STEMMA_NONE;
    uint32_t best_needed = 0;
    for (uint32_t k = lists->first[name]; k < lists->first[name + 1]; k++) {
        const struct stm_name_pair *pair = &pairs[lists->pairs[k]];
        uint32_t other = pair->left == name ? pair->right : pair->left;
        const struct stm_entity_name *full = &matcher->entities->names[other];
        if (full->words < 2) {
            continue;
        }
        int by_surname = stemma_name_token_similarity(last_word(bare->plain),
                                                      last_word(full->plain)) >= 800;
        uint32_t nodes[CLUSTERS_OF_NAME];
        uint32_t count = clusters_of_name(matcher, other, nodes);
        for (uint32_t i = 0; i < count; i++) {
            const char *why;
            if (!may_join(matcher, nodes[i], node, NULL, &why)) {
                continue;
            }
            uint32_t root = stm_cluster_find(matcher->cluster, nodes[i]);
            struct proposal proposal = propose(matcher, nodes[i], node, pair->score);
            if (root == best_root) {
                continue;
            }
            if (proposal.context > best.context || best_root == STEMMA_NONE) {
                rival = best_root == STEMMA_NONE ? 0 : best.context;
                best = proposal;
                best_root = root;
                best_needed = by_surname ? CONTEXT_GOOD : CONTEXT_STRONG + CONTEXT_GOOD;
            } else if (proposal.context > rival) {
                rival = proposal.context;
            }
        }
    }
    if (best_root == STEMMA_NONE) {
        return STEMMA_OK;
    }
    if (best.context >= best_needed && rival * 10 < best.context * 6) {
        return accept(matcher, &best, "one bearer of the bare name");
    }
    if (best.context < CONTEXT_SOME) {
        return STEMMA_OK; /* only a name: nobody would think of it */
    }
    return doubt(matcher, &best, STEMMA_VERDICT_UNSURE,
                 rival * 10 >= best.context * 6 ? "more than one bearer of the name" : "too little in common");
}

static stemma_status join_all_bare(struct matcher *matcher, const struct stm_name_pair *pairs,
                                   size_t count)
{
    struct stm_arena scratch;
    struct pair_lists lists;
    stm_arena_init(&scratch, 0);
    stemma_status status = list_pairs(matcher, pairs, count, &scratch, &lists);
    for (uint32_t n = 0; status == STEMMA_OK && n < matcher->entities->name_count; n++) {
        const struct stm_entity_name *name = &matcher->entities->names[n];
        if (name->kind != STEMMA_NAME_CLASS_PERSON || name->words != 1) {
            continue;
        }
        for (uint32_t i = 0; status == STEMMA_OK && i < name->bearer_count; i++) {
            uint32_t node = matcher->entities->bearers[name->first_bearer + i];
            if (!matcher->profiles[stm_cluster_find(matcher->cluster, node)].full) {
                status = join_bare(matcher, node, n, pairs, &lists);
            }
        }
        if (status == STEMMA_OK) {
            status = join_bearers(matcher, n, CONTEXT_STRONG);
        }
    }
    stm_arena_free(&scratch);
    return status;
}

struct external {
    stemma_text id;
    uint32_t node;
};

static int compare_externals(const void *left, const void *right)
{
    const struct external *a = left;
    const struct external *b = right;
    int order = stemma_text_compare(a->id, b->id);
    return order != 0 ? order : (a->node > b->node) - (a->node < b->node);
}

/* The same identifier of some register is the same thing. */
static stemma_status join_externals(struct matcher *matcher)
{
    struct stm_arena scratch;
    struct external *list = NULL;
    size_t count = 0;
    size_t capacity = 0;
    stemma_status status = STEMMA_OK;
    stm_arena_init(&scratch, 0);
    for (uint32_t i = 0; status == STEMMA_OK && i < matcher->entities->count; i++) {
        const struct stm_entity *node = &matcher->entities->nodes[i];
        const stemma_referent *referent =
            &matcher->input->documents[node->document]->referents[node->referent];
        for (uint32_t k = 0; status == STEMMA_OK && k < referent->external_id_count; k++) {
            status = stm_arena_grow(&scratch, &list, count, &capacity, sizeof *list);
            if (status == STEMMA_OK) {
                list[count].id = referent->external_ids[k];
                list[count++].node = i;
            }
        }
    }
    if (status == STEMMA_OK && count != 0) {
        qsort(list, count, sizeof *list, compare_externals);
    }
    for (size_t i = 1; status == STEMMA_OK && i < count; i++) {
        if (stemma_text_equal(list[i].id, list[i - 1].id) &&
            stm_cluster_ask(matcher->cluster, list[i].node, list[i - 1].node) ==
                STM_CLUSTER_FREE) {
            struct proposal proposal = {list[i - 1].node, list[i].node, 1000, 300};
            status = accept(matcher, &proposal, "same identifier");
        }
    }
    stm_arena_free(&scratch);
    return status;
}

/* Puts in force what came in judged. */
static stemma_status apply_known(struct matcher *matcher)
{
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < matcher->input->judgement_count; i++) {
            const stemma_judgement *judgement = &matcher->input->judgements[i];
            uint32_t a = stm_entities_node(matcher->entities, judgement->left.document,
                                           judgement->left.referent);
            uint32_t b = stm_entities_node(matcher->entities, judgement->right.document,
                                           judgement->right.referent);
            if (a == STEMMA_NONE || b == STEMMA_NONE || judgement->retracted.size != 0) {
                continue;
            }
            if (pass == 0 && judgement->verdict == STEMMA_VERDICT_SAME) {
                join(matcher, a, b);
            } else if (pass == 1 && judgement->verdict == STEMMA_VERDICT_NOT_SAME) {
                stemma_status status = stm_cluster_forbid(matcher->cluster, a, b);
                if (status != STEMMA_OK) {
                    return status;
                }
            }
        }
    }
    return STEMMA_OK;
}

static stemma_status match(struct matcher *matcher, struct stm_arena *arena)
{
    stemma_status status = apply_known(matcher);
    if (status == STEMMA_OK) {
        status = join_externals(matcher);
    }
    for (uint32_t n = 0; status == STEMMA_OK && n < matcher->entities->name_count; n++) {
        const struct stm_entity_name *name = &matcher->entities->names[n];
        if (name->kind != STEMMA_NAME_CLASS_PERSON || name->words > 1) {
            status = join_bearers(matcher, n, 0);
        }
    }
    struct stm_name_pair *pairs = NULL;
    size_t count = 0;
    if (status == STEMMA_OK) {
        status = stm_blocks_compare(matcher->entities, arena, &pairs, &count);
    }
    for (size_t i = 0; status == STEMMA_OK && i < count; i++) {
        status = join_alike(matcher, &pairs[i]);
    }
    if (status == STEMMA_OK) {
        status = join_all_bare(matcher, pairs, count);
    }
    return status;
}

stemma_status stm_judge_entities(const struct stm_judge_input *input, const struct stm_pairs *known,
                                 struct stm_arena *arena, struct stm_entities *entities,
                                 struct stm_contexts *contexts, struct stm_cluster *cluster,
                                 struct stm_verdicts *verdicts)
{
    struct matcher matcher;
    memset(&matcher, 0, sizeof matcher);
    matcher.input = input;
    matcher.known = known;
    matcher.entities = entities;
    matcher.contexts = contexts;
    matcher.cluster = cluster;
    matcher.verdicts = verdicts;
    stemma_status status = stm_entities_collect(input, arena, entities);
    if (status == STEMMA_OK) {
        status = stm_contexts_collect(input, entities, verdicts->derivations,
                                      verdicts->derivation_count, arena, contexts);
    }
    if (status == STEMMA_OK) {
        status = stm_cluster_init(cluster, arena, entities->count, entities->document,
                                  entities->first);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    matcher.profiles = stm_arena_alloc(arena, entities->count, sizeof *matcher.profiles);
    matcher.doubts = stm_arena_alloc(arena, entities->count, 1);
    if (matcher.profiles == NULL || matcher.doubts == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < entities->count; i++) {
        stm_profile_init(&matcher.profiles[i], entities, i);
    }
    return match(&matcher, arena);
}
