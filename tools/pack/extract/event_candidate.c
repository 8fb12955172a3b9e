/* SPDX-License-Identifier: MIT */
#include "pack/extract/event_candidate.h"

#include "pack/extract/event_headline.h"
#include "pack/extract/event_others.h"
#include "pack/extract/event_owner.h"
#include "pack/extract/event_word.h"
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
    if (filler->mention != STEMMA_NONE && filler->quantity == STEMMA_NONE &&
        events->ann->mentions[filler->mention].kind == STEMMA_MENTION_NOMINAL &&
        events->ann->mentions[filler->mention].head == candidate->first) {
        return STEMMA_OK; /* "the council meeting": it does not take part in itself */
    }
    if (filler->quantity != STEMMA_NONE && events->ann->quantities[filler->quantity].head == candidate->first &&
        strcmp(filler->role, "agent") == 0) {
        return STEMMA_OK; /* "eleven deaths": the deaths caused none */
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
    static const char *const wrongly[] = {"wrongly", "incorrectly", "mistakenly", "erroneously", "inaccurately"};
    static const char *const said[] = {"say", "state", "report", "describe", "give", "write", "claim", "imply"};
    for (uint32_t i = start; i + 1 < token; i++) {
        if (ann->tokens[i].pos == STM_POS_RB && STM_TOKEN_IS_ANY(ann, i, wrongly) &&
            (STM_LEMMA_IS_ANY(ann, i + 1, said) || (i > start && STM_LEMMA_IS_ANY(ann, i - 1, said)))) {
            return 1; /* "an article on May 9 wrongly said that she had been convicted" */
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
    stemma_status others = stm_add_owners(events, candidate);
    if (others == STEMMA_OK) {
        others = stm_add_others(events, candidate);
    }
    if (others != STEMMA_OK) {
        return others;
    }
    for (uint32_t i = 0; i < candidate->filler_count; i++) {
        struct stm_filler filler = events->fillers[candidate->filler_first + i];
        if (is_none(ann, &filler)) {
            candidate->stand.polarity = STEMMA_POLARITY_NEGATIVE;
        }
        if (filler.mention != STEMMA_NONE && !(candidate->in_title && stm_is_called_anew(ann, filler.mention))) {
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
    uint8_t family = stm_event_frame_of(candidate->kind)->family;
    int clear = !candidate->nominal || family == STM_FAMILY_LOOSE || family == STM_FAMILY_MUTUAL ||
                candidate->kind == STM_EVENT_CONFLICT_ATTACK ||
                candidate->kind == STM_EVENT_PERSONNEL_ELECT ||
                candidate->kind == STM_EVENT_CONFLICT_COUP;
    /* "police broke up protests", "a blast": no more need be known of these */
    int plain = family == STM_FAMILY_LOOSE || candidate->kind == STM_EVENT_CONFLICT_ATTACK ||
                candidate->kind == STM_EVENT_CONFLICT_CLASH;
    int stands = kept != 0 || plain || candidate->nobody ||
                 (clear && candidate->time != STEMMA_NONE) ||
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
