/* SPDX-License-Identifier: MIT */
#include "pack/judge/entity_bare.h"

#include "pack/judge/entity_bearer.h"

/* The pairs of names, listed under each of the two. */
struct pair_lists {
    uint32_t *first;
    uint32_t *pairs; /* numbers of pairs, best first under each name */
};

static stemma_status list_pairs(const struct stm_matcher *matcher,
                                const struct stm_name_pair *pairs, size_t count,
                                struct stm_arena *arena, struct pair_lists *lists)
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

/* Whether some place of the corpus has this name: then it is no short form of an organisation. */
static int is_place_name(const struct stm_entities *entities, stemma_text plain)
{
    uint32_t low = 0;
    uint32_t high = entities->name_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct stm_entity_name *name = &entities->names[middle];
        if (name->kind < STEMMA_NAME_CLASS_PLACE || (name->kind == STEMMA_NAME_CLASS_PLACE &&
                                                     stemma_text_compare(name->plain, plain) < 0)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < entities->name_count && entities->names[low].kind == STEMMA_NAME_CLASS_PLACE &&
           stemma_text_equal(entities->names[low].plain, plain);
}

/* Whether a name is one word that may stand for a longer name. */
static int is_bare(const struct stm_entities *entities, const struct stm_entity_name *name)
{
    if (name->words != 1) {
        return 0;
    }
    return name->kind == STEMMA_NAME_CLASS_PERSON ||
           (name->kind == STEMMA_NAME_CLASS_ORGANIZATION && !name->generic &&
            !is_place_name(entities, name->plain));
}

/* Joins one bearer of a bare surname to the one full name in its company. */
static stemma_status join_bare(struct stm_matcher *matcher, uint32_t node, uint32_t name,
                               const struct stm_name_pair *pairs, const struct pair_lists *lists)
{
    const struct stm_entity_name *bare = &matcher->entities->names[name];
    struct stm_proposal best = {0, 0, 0, 0};
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
        uint32_t needed = STM_COMPANY_STRONG;
        if (bare->kind == STEMMA_NAME_CLASS_PERSON) {
            /* A surname, or a given name, which tells less. */
            needed = stemma_name_token_similarity(stm_last_word(bare->plain),
                                                  stm_last_word(full->plain)) >= 800
                         ? STM_COMPANY_GOOD
                         : STM_COMPANY_STRONG + STM_COMPANY_GOOD;
        }
        uint32_t nodes[STM_CLUSTERS_OF_NAME];
        uint32_t count = stm_matcher_clusters(matcher, other, nodes);
        for (uint32_t i = 0; i < count; i++) {
            const char *why;
            if (!stm_matcher_may_join(matcher, nodes[i], node, NULL, &why)) {
                /* Who stands in the document under the full name was not meant, or it is open who
                 * was. */
                if (why == NULL && bare->kind == STEMMA_NAME_CLASS_PERSON &&
                    stm_cluster_ask(matcher->cluster, nodes[i], node) == STM_CLUSTER_ONE_DOCUMENT) {
                    uint32_t context =
                        stm_matcher_propose(matcher, nodes[i], node, pair->score).context;
                    rival = context > rival ? context : rival;
                }
                continue;
            }
            uint32_t root = stm_cluster_find(matcher->cluster, nodes[i]);
            struct stm_proposal proposal =
                stm_matcher_propose(matcher, nodes[i], node, pair->score);
            if (root == best_root) {
                continue;
            }
            if (proposal.context > best.context || best_root == STEMMA_NONE) {
                rival = best_root != STEMMA_NONE && best.context > rival ? best.context : rival;
                best = proposal;
                best_root = root;
                best_needed = needed;
            } else if (proposal.context > rival) {
                rival = proposal.context;
            }
        }
    }
    if (best_root == STEMMA_NONE) {
        return STEMMA_OK;
    }
    if (best.context >= best_needed && rival * 10 < best.context * 6) {
        return stm_matcher_accept(matcher, &best, "one bearer of the bare name");
    }
    if (best.context < STM_COMPANY_SOME) {
        return STEMMA_OK; /* only a name: nobody would think of it */
    }
    return stm_matcher_doubt(matcher, &best, STEMMA_VERDICT_UNSURE,
                             rival * 10 >= best.context * 6 ? "more than one bearer of the name"
                                                            : "too little in common");
}

stemma_status stm_match_bare(struct stm_matcher *matcher, const struct stm_name_pair *pairs,
                             size_t count)
{
    struct stm_arena scratch;
    struct pair_lists lists;
    stm_arena_init(&scratch, 0);
    stemma_status status = list_pairs(matcher, pairs, count, &scratch, &lists);
    for (uint32_t n = 0; status == STEMMA_OK && n < matcher->entities->name_count; n++) {
        const struct stm_entity_name *name = &matcher->entities->names[n];
        if (!is_bare(matcher->entities, name)) {
            continue;
        }
        for (uint32_t i = 0; status == STEMMA_OK && i < name->bearer_count; i++) {
            uint32_t node = matcher->entities->bearers[name->first_bearer + i];
            if (!matcher->profiles[stm_cluster_find(matcher->cluster, node)].full) {
                status = join_bare(matcher, node, n, pairs, &lists);
            }
        }
        if (status == STEMMA_OK && name->kind == STEMMA_NAME_CLASS_PERSON) {
            status = stm_match_bearers(matcher, n, STM_COMPANY_STRONG);
        }
    }
    stm_arena_free(&scratch);
    return status;
}
