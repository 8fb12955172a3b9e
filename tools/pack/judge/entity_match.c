/* SPDX-License-Identifier: MIT */
#include "pack/judge/entity_match.h"

#include "pack/judge/entity_bare.h"
#include "pack/judge/entity_bearer.h"
#include "pack/judge/entity_misread.h"
#include "pack/judge/entity_namesake.h"
#include "pack/judge/entity_nominal.h"
#include "pack/judge/entity_part.h"

#include <stdlib.h>

/* The context that names so alike need, or UINT32_MAX when no context is enough. */
static uint32_t context_needed(const struct stm_entity_name *a, const struct stm_entity_name *b,
                               uint32_t score)
{
    if (a->kind != b->kind) {
        return STM_COMPANY_SOME;
    }
    switch (a->kind) {
    case STEMMA_NAME_CLASS_PERSON:
        if (score >= 900) {
            return STM_COMPANY_SOME;
        }
        /* Other spellings of one name sound the same; "John" and "Joan" in one story do not. */
        if (!stm_sounds_equal(a->plain, b->plain)) {
            return score >= 800 ? STM_COMPANY_STRONG : UINT32_MAX;
        }
        return score >= 800 ? STM_COMPANY_GOOD : STM_COMPANY_STRONG;
    case STEMMA_NAME_CLASS_ORGANIZATION:
        if (a->generic || b->generic) {
            return score >= 950 ? STM_COMPANY_GOOD : UINT32_MAX;
        }
        return score >= 900 ? STM_COMPANY_SOME : STM_COMPANY_STRONG;
    case STEMMA_NAME_CLASS_PLACE:
        return STM_CONTEXT_PLACE;
    default:
        return score >= 950 ? STM_CONTEXT_PLACE : UINT32_MAX;
    }
}

static int compare_proposals(const void *left, const void *right)
{
    const struct stm_proposal *a = left;
    const struct stm_proposal *b = right;
    if (a->context != b->context) {
        return a->context > b->context ? -1 : 1;
    }
    if (a->a != b->a) {
        return a->a < b->a ? -1 : 1;
    }
    return (a->b > b->b) - (a->b < b->b);
}

/* Joins clusters whose names are alike, the ones with most in common first. */
static stemma_status join_alike(struct stm_matcher *matcher, const struct stm_name_pair *pair)
{
    const struct stm_entity_name *x = &matcher->entities->names[pair->left];
    const struct stm_entity_name *y = &matcher->entities->names[pair->right];
    if (x->kind == STEMMA_NAME_CLASS_PERSON && (x->words < 2 || y->words < 2)) {
        return STEMMA_OK; /* bare surnames come later */
    }
    if (pair->score < STEMMA_NAME_LIKELY) {
        return STEMMA_OK; /* and so do organisations called by one word */
    }
    uint32_t left[STM_CLUSTERS_OF_NAME];
    uint32_t right[STM_CLUSTERS_OF_NAME];
    uint32_t m = stm_matcher_clusters(matcher, pair->left, left);
    uint32_t n = stm_matcher_clusters(matcher, pair->right, right);
    struct stm_proposal proposals[STM_CLUSTERS_OF_NAME * STM_CLUSTERS_OF_NAME];
    size_t count = 0;
    for (uint32_t i = 0; i < m; i++) {
        for (uint32_t k = 0; k < n; k++) {
            if (stm_cluster_find(matcher->cluster, left[i]) !=
                stm_cluster_find(matcher->cluster, right[k])) {
                proposals[count++] = stm_matcher_propose(matcher, left[i], right[k], pair->score);
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
        int allowed = stm_matcher_may_join(matcher, proposals[i].a, proposals[i].b, NULL, &why);
        if (allowed && proposals[i].context >= needed) {
            status = stm_matcher_accept(matcher, &proposals[i], "names alike");
        } else if (why != NULL) {
            status = stm_matcher_doubt(matcher, &proposals[i], STEMMA_VERDICT_NOT_SAME, why);
        } else if (allowed && needed != UINT32_MAX && proposals[i].context >= STM_COMPANY_SOME) {
            status = stm_matcher_doubt(matcher, &proposals[i], STEMMA_VERDICT_UNSURE,
                                       "too little in common");
        }
    }
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
static stemma_status join_externals(struct stm_matcher *matcher, stm_memory *memory)
{
    struct stm_arena scratch;
    struct external *list = NULL;
    size_t count = 0;
    size_t capacity = 0;
    stemma_status status = STEMMA_OK;
    stm_arena_init_in(&scratch, memory);
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
        stm_arena_sort(&scratch, list, count, sizeof *list, compare_externals);
    }
    for (size_t i = 1; status == STEMMA_OK && i < count; i++) {
        if (stemma_text_equal(list[i].id, list[i - 1].id) &&
            stm_cluster_ask(matcher->cluster, list[i].node, list[i - 1].node) == STM_CLUSTER_FREE) {
            struct stm_proposal proposal = {list[i - 1].node, list[i].node, 1000, 300};
            status = stm_matcher_accept(matcher, &proposal, "same identifier");
        }
    }
    stm_arena_free(&scratch);
    return status;
}

/* Puts in force what came in judged. */
static stemma_status apply_known(struct stm_matcher *matcher)
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
            stemma_status status = STEMMA_OK;
            if (pass == 0 && judgement->verdict == STEMMA_VERDICT_SAME) {
                status = stm_matcher_join(matcher, a, b);
            } else if (pass == 1 && judgement->verdict == STEMMA_VERDICT_NOT_SAME) {
                status = stm_cluster_forbid(matcher->cluster, a, b);
            }
            if (status != STEMMA_OK) {
                return status;
            }
        }
    }
    return STEMMA_OK;
}

static stemma_status match(struct stm_matcher *matcher, struct stm_arena *arena)
{
    stemma_status status = apply_known(matcher);
    if (status == STEMMA_OK) {
        status = join_externals(matcher, arena->memory);
    }
    if (status == STEMMA_OK) {
        status = stm_match_namesakes(matcher);
    }
    for (uint32_t n = 0; status == STEMMA_OK && n < matcher->entities->name_count; n++) {
        stm_judge_step(matcher->input, arena, "joining names", n, matcher->entities->name_count);
        const struct stm_entity_name *name = &matcher->entities->names[n];
        if (name->kind != STEMMA_NAME_CLASS_PERSON || name->words > 1) {
            status = stm_match_bearers(matcher, n, 0);
        }
    }
    if (status == STEMMA_OK) {
        status = stm_match_misread(matcher);
    }
    struct stm_name_pair *pairs = NULL;
    size_t count = 0;
    if (status == STEMMA_OK) {
        status = stm_blocks_compare(matcher->entities, matcher->input->jobs, arena, &pairs, &count);
    }
    for (size_t i = 0; status == STEMMA_OK && i < count; i++) {
        stm_judge_step(matcher->input, arena, "joining namesakes", i, count);
        status = join_alike(matcher, &pairs[i]);
    }
    if (status == STEMMA_OK) {
        status = stm_match_bare(matcher, pairs, count);
    }
    if (status == STEMMA_OK) {
        status = stm_match_nominals(matcher, arena->memory);
    }
    if (status == STEMMA_OK) {
        status = stm_match_parts(matcher, arena->memory);
    }
    return status;
}

stemma_status stm_judge_entities(const struct stm_judge_input *input, const struct stm_pairs *known,
                                 struct stm_arena *arena, struct stm_entities *entities,
                                 struct stm_contexts *contexts, const struct stm_stories *stories,
                                 struct stm_cluster *cluster, struct stm_verdicts *verdicts)
{
    struct stm_matcher matcher;
    memset(&matcher, 0, sizeof matcher);
    matcher.input = input;
    matcher.known = known;
    matcher.entities = entities;
    matcher.contexts = contexts;
    matcher.cluster = cluster;
    matcher.stories = stories;
    matcher.verdicts = verdicts;
    stemma_status status = stm_entities_collect(input, arena, entities);
    if (status == STEMMA_OK) {
        status = stm_contexts_collect(input, entities, verdicts->derivations,
                                      verdicts->derivation_count, arena, contexts);
    }
    if (status == STEMMA_OK) {
        status = stm_cluster_init(cluster, arena, entities->count, entities->document);
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
