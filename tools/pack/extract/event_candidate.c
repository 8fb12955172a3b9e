/* SPDX-License-Identifier: MIT */
#include "pack/extract/event_candidate.h"

#include "pack/extract/lexicon.h"

stemma_status stm_add_filler(struct stm_events *events, struct stm_candidate *candidate,
                             const struct stm_filler *filler)
{
    for (uint32_t i = 0; i < candidate->filler_count; i++) {
        const struct stm_filler *other = &events->fillers[candidate->filler_first + i];
        if (strcmp(other->role, filler->role) == 0 && other->mention == filler->mention &&
            other->quantity == filler->quantity && other->text == filler->text &&
            (!filler->text || other->first == filler->first)) {
            return STEMMA_OK;
        }
    }
    stemma_status status =
        stm_arena_grow(events->ann->arena, &events->fillers, events->filler_count,
                       &events->filler_capacity, sizeof *events->fillers);
    if (status != STEMMA_OK) {
        return status;
    }
    events->fillers[events->filler_count++] = *filler;
    candidate->filler_count++;
    return STEMMA_OK;
}

/** Whether what a quantity counts can fill a role that takes `types`. */
static int counts_fit(const struct stm_annotation *ann, uint32_t quantity, uint32_t types)
{
    const struct stm_quantity_mention *count = &ann->quantities[quantity];
    if (count->value.unit.size != 0) {
        return 0;
    }
    if (count->head == STEMMA_NONE || stm_ann_is(ann, count->head, "others") ||
        stm_ann_is(ann, count->head, "people")) {
        return 1;
    }
    uint32_t mention = stm_ann_outer_mention_at_token(ann, count->head);
    if (mention == STEMMA_NONE) {
        return (types & STM_TYPES_PEOPLE) != 0 &&
               (stm_lexicon_has(STM_LEXICON_ROLE, ann->tokens[count->head].lemma) ||
                stm_lexicon_has(STM_LEXICON_GROUP_NOUN, ann->tokens[count->head].lower));
    }
    return mention != STEMMA_NONE && ann->mentions[mention].type != STM_ENTITY_NONE &&
           (types & STM_TYPE_BIT(ann->mentions[mention].type)) != 0;
}

stemma_status stm_add_chain(struct stm_events *events, struct stm_candidate *candidate,
                            const char *role, const struct stm_chain *chain, uint32_t types)
{
    const struct stm_annotation *ann = events->ann;
    for (uint32_t i = 0; i < chain->count; i++) {
        const struct stm_item *item = &chain->items[i];
        struct stm_filler filler = {role,        item->first, item->end - item->first,
                                    STEMMA_NONE, STEMMA_NONE, STEMMA_NONE,
                                    0,           item->part};
        int named = item->mention != STEMMA_NONE &&
                    ann->mentions[item->mention].kind == STEMMA_MENTION_NAME &&
                    ann->mentions[item->mention].type != STM_ENTITY_GROUP;
        if (item->quantity != STEMMA_NONE && !named) {
            const struct stm_quantity_mention *count = &ann->quantities[item->quantity];
            int labelled = count->head == STEMMA_NONE && item->first < count->first &&
                           ann->tokens[item->first].tag != STM_TAG_DETERMINER;
            /* "hit posts 542 and 543": a bare number is no target */
            int bare = count->head == STEMMA_NONE && candidate->kind == STM_EVENT_ATTACK &&
                       chain->count > 1;
            if (labelled || bare || !counts_fit(ann, item->quantity, types)) {
                continue;
            }
            filler.quantity = item->quantity;
            filler.first = ann->quantities[item->quantity].first;
            filler.count = ann->quantities[item->quantity].count;
        } else if (item->mention != STEMMA_NONE) {
            const struct stm_mention *mention = &ann->mentions[item->mention];
            int known =
                mention->type != STM_ENTITY_NONE && (types & STM_TYPE_BIT(mention->type)) != 0;
            if (mention->kind == STEMMA_MENTION_PRONOUN) {
                known = mention->referent != STEMMA_NONE;
            }
            if (!known) {
                continue;
            }
            filler.mention = item->mention;
            filler.first = mention->first;
            filler.count = mention->count;
        } else {
            continue;
        }
        stemma_status status = stm_add_filler(events, candidate, &filler);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    return STEMMA_OK;
}

int stm_has_role(const struct stm_events *events, const struct stm_candidate *candidate,
                 const char *role)
{
    for (uint32_t i = 0; i < candidate->filler_count; i++) {
        if (strcmp(events->fillers[candidate->filler_first + i].role, role) == 0) {
            return 1;
        }
    }
    return 0;
}

/** "No journalists were arrested", "none of the men was freed": it did not happen to them. */
static int is_none(const struct stm_annotation *ann, const struct stm_filler *filler)
{
    uint32_t first = filler->first;
    if (filler->text || (filler->mention == STEMMA_NONE && filler->quantity == STEMMA_NONE)) {
        return 0;
    }
    if (stm_ann_is(ann, first, "no") || stm_ann_is(ann, first, "neither")) {
        return 1;
    }
    uint32_t start = ann->sentences[ann->tokens[first].sentence].first;
    int of = first >= start + 2 && stm_ann_is(ann, first - 1, "of");
    return (first > start && stm_ann_is(ann, first - 1, "no")) ||
           (of && (stm_ann_is(ann, first - 2, "none") || stm_ann_is(ann, first - 2, "neither")));
}

/** "Correction: an earlier version of this article said that 78 were freed" tells of no freeing. */
static int is_correction(const struct stm_annotation *ann, uint32_t token)
{
    uint32_t start = ann->sentences[ann->tokens[token].sentence].first;
    for (uint32_t i = start; i + 1 < token && i < start + 8; i++) {
        if (stm_ann_is(ann, i + 1, "version") &&
            (stm_ann_is(ann, i, "earlier") || stm_ann_is(ann, i, "previous"))) {
            return 1;
        }
    }
    return 0;
}

stemma_status stm_keep_candidate(struct stm_events *events, struct stm_candidate *candidate)
{
    struct stm_annotation *ann = events->ann;
    uint32_t kept = 0;
    if (is_correction(ann, candidate->first)) {
        events->filler_count = candidate->filler_first;
        return STEMMA_OK;
    }
    for (uint32_t i = 0; i < candidate->filler_count; i++) {
        struct stm_filler filler = events->fillers[candidate->filler_first + i];
        if (is_none(ann, &filler)) {
            candidate->stand.polarity = STEMMA_POLARITY_NEGATIVE;
        }
        if (filler.mention != STEMMA_NONE) {
            stemma_status status =
                stm_ann_referent_for_mention(ann, filler.mention, &filler.referent);
            if (status != STEMMA_OK) {
                return status;
            }
            if (filler.referent == STEMMA_NONE) {
                continue;
            }
        }
        events->fillers[candidate->filler_first + kept++] = filler;
    }
    candidate->filler_count = kept;
    events->filler_count = candidate->filler_first + kept;
    /* "a release in 2009" may be that of a film; "protests in May" are protests. */
    int clear = !candidate->nominal || candidate->kind == STM_EVENT_PROTEST ||
                candidate->kind == STM_EVENT_ELECT || candidate->kind == STM_EVENT_ATTACK ||
                candidate->kind == STM_EVENT_MEET || candidate->kind == STM_EVENT_AGREE;
    int stands = kept != 0 || (clear && candidate->time != STEMMA_NONE) ||
                 (candidate->nominal && candidate->definite) ||
                 (candidate->nominal && clear && candidate->place_mention != STEMMA_NONE);
    if (!stands) {
        return STEMMA_OK;
    }
    stemma_status status = stm_arena_grow(ann->arena, &events->candidates, events->count,
                                          &events->capacity, sizeof *events->candidates);
    if (status == STEMMA_OK) {
        events->candidates[events->count++] = *candidate;
    }
    return status;
}
