/* SPDX-License-Identifier: MIT */
#include "pack/judge/entity_bearer.h"

#include "pack/extract/lexicon.h"

#define ROOMY 4u /* features from which on a document without anything in common says something */

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
static int look_like_strangers(const struct stm_matcher *matcher,
                               const struct stm_proposal *proposal)
{
    const struct stm_entity *a = &matcher->entities->nodes[proposal->a];
    const struct stm_entity *b = &matcher->entities->nodes[proposal->b];
    /* One story may well have both: it takes company of their own. */
    uint32_t story =
        stm_stories_same(matcher->stories, a->document, b->document) ? STM_CONTEXT_STORY : 0;
    uint32_t own = proposal->context > story ? proposal->context - story : 0;
    if (own >= STM_COMPANY_SOME) {
        return 0;
    }
    if (a->role_count != 0 && b->role_count != 0 && !shares_role_words(a, b)) {
        return 1;
    }
    return own == 0 &&
           stm_context_size(matcher->contexts, matcher->entities, proposal->a) >= ROOMY &&
           stm_context_size(matcher->contexts, matcher->entities, proposal->b) >= ROOMY;
}

/* Whether one name, borne by both, is enough with the context there is. */
static int same_name_suffices(const struct stm_matcher *matcher, const struct stm_entity_name *name,
                              const struct stm_proposal *proposal)
{
    switch (name->kind) {
    case STEMMA_NAME_CLASS_PERSON:
        return name->words > 1 && !look_like_strangers(matcher, proposal);
    case STEMMA_NAME_CLASS_ORGANIZATION:
        if (name->generic) {
            return proposal->context >= STM_COMPANY_SOME;
        }
        /* Four letters may stand for anything, unless every newspaper reader knows them. */
        return name->plain.size > 4 || stm_lexicon_has(STM_LEXICON_ORG_KNOWN, name->plain) ||
               !look_like_strangers(matcher, proposal);
    default:
        return 1;
    }
}

stemma_status stm_match_bearers(struct stm_matcher *matcher, uint32_t name, uint32_t least)
{
    const struct stm_entity_name *entry = &matcher->entities->names[name];
    uint32_t heads[STM_CLUSTERS_OF_NAME];
    uint32_t head_count = 0;
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; status == STEMMA_OK && i < entry->bearer_count; i++) {
        uint32_t node = matcher->entities->bearers[entry->first_bearer + i];
        struct stm_proposal best = {0, 0, 0, 0};
        struct stm_proposal refused = {0, 0, 0, 0};
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
            int allowed =
                stm_matcher_may_join(matcher, heads[k], node, least == 0 ? entry : NULL, &why);
            if (!allowed && why == NULL) {
                continue;
            }
            struct stm_proposal proposal = stm_matcher_propose(matcher, heads[k], node, 1000);
            int enough = least != 0 ? proposal.context >= least
                                    : same_name_suffices(matcher, entry, &proposal);
            if (allowed && enough && (!found || proposal.context > best.context)) {
                best = proposal;
                found = 1;
            } else if (!(allowed && enough) && refused_why == NULL && (why == NULL || least == 0)) {
                refused = proposal;
                contradicted = why != NULL;
                refused_why = why != NULL ? why : "too little in common";
            }
        }
        if (inside) {
            continue;
        }
        if (found) {
            status = stm_matcher_accept(matcher, &best, "same name");
        } else {
            if (refused_why != NULL) {
                status = stm_matcher_doubt(
                    matcher, &refused,
                    contradicted ? STEMMA_VERDICT_NOT_SAME : STEMMA_VERDICT_UNSURE, refused_why);
            }
            if (head_count < STM_CLUSTERS_OF_NAME) {
                heads[head_count++] = node;
            }
        }
    }
    return status;
}
