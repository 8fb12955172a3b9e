/* SPDX-License-Identifier: MIT */
#include "pack/judge/entity_misread.h"

#define BEARERS_JOINED 4096u
#define MOST_READINGS  2u /* documents with the place for one with something else, at least */

/* The names of one class stand together, by key. */
static uint32_t find_name(const struct stm_entities *entities, uint8_t kind, stemma_text plain)
{
    uint32_t low = 0;
    uint32_t high = entities->name_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct stm_entity_name *name = &entities->names[middle];
        int order = name->kind != kind ? (name->kind < kind ? -1 : 1)
                                       : stemma_text_compare(name->plain, plain);
        if (order == 0) {
            return middle;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return STEMMA_NONE;
}

/* Nothing is known of it but the word. */
static int is_bare(const struct stm_matcher *matcher, uint32_t node)
{
    const struct stm_entity *entity = &matcher->entities->nodes[node];
    const struct stm_profile *profile =
        &matcher->profiles[stm_cluster_find(matcher->cluster, node)];
    return entity->name_count == 1 && entity->role_count == 0 && profile->name_count == 1 &&
           profile->genders == 0 && profile->born_most == 0;
}

static stemma_status join_readings(struct stm_matcher *matcher, const struct stm_entity_name *place,
                                   uint8_t kind)
{
    const struct stm_entities *entities = matcher->entities;
    uint32_t other = find_name(entities, kind, place->plain);
    if (other == STEMMA_NONE) {
        return STEMMA_OK;
    }
    const struct stm_entity_name *name = &entities->names[other];
    if (name->words > 1 || place->bearer_count < MOST_READINGS * name->bearer_count) {
        return STEMMA_OK;
    }
    uint32_t to = entities->bearers[place->first_bearer];
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; status == STEMMA_OK && i < name->bearer_count && i < BEARERS_JOINED; i++) {
        uint32_t node = entities->bearers[name->first_bearer + i];
        enum stm_cluster_answer answer = stm_cluster_ask(matcher->cluster, to, node);
        if (!is_bare(matcher, node) || answer == STM_CLUSTER_JOINED ||
            answer == STM_CLUSTER_FORBIDDEN) {
            continue;
        }
        struct stm_proposal proposal = {to, node, 1000, STM_CONTEXT_PLACE};
        status = stm_matcher_accept(matcher, &proposal, "one bare name, mostly of a place");
    }
    return status;
}

stemma_status stm_match_misread(struct stm_matcher *matcher)
{
    stemma_status status = STEMMA_OK;
    for (uint32_t n = 0; status == STEMMA_OK && n < matcher->entities->name_count; n++) {
        const struct stm_entity_name *place = &matcher->entities->names[n];
        if (place->kind != STEMMA_NAME_CLASS_PLACE || place->words != 1) {
            continue;
        }
        status = join_readings(matcher, place, STEMMA_NAME_CLASS_PERSON);
        if (status == STEMMA_OK) {
            status = join_readings(matcher, place, STEMMA_NAME_CLASS_ORGANIZATION);
        }
    }
    return status;
}
