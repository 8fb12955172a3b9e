/* SPDX-License-Identifier: MIT */
/* "Freed with 84 other prisoners": who is named and the others are 85. */
#include "pack/extract/event_others.h"

#include "pack/extract/event_clause.h"
#include "pack/extract/event_kind.h"
#include "pack/extract/quantity_number.h"

#include <stdio.h>

enum { REACH = 14, /**< Tokens from who is named to the others. */ OTHERS_MOST = 1000000 };

/** People with a name who fill a role of the candidate, and where the last of them ends. */
static uint32_t named_people(const struct stm_events *events, const struct stm_candidate *candidate,
                             const char *role, uint32_t *behind)
{
    const struct stm_annotation *ann = events->ann;
    uint32_t sentence = ann->tokens[candidate->first].sentence;
    uint32_t count = 0;
    *behind = 0;
    for (uint32_t i = 0; i < candidate->filler_count; i++) {
        const struct stm_filler *filler = &events->fillers[candidate->filler_first + i];
        if (strcmp(filler->role, role) != 0 || filler->mention == STEMMA_NONE || filler->part ||
            ann->mentions[filler->mention].kind != STEMMA_MENTION_NAME ||
            ann->mentions[filler->mention].type != STM_ENTITY_PERSON ||
            ann->tokens[ann->mentions[filler->mention].first].sentence != sentence) {
            continue;
        }
        uint32_t end = ann->mentions[filler->mention].first + ann->mentions[filler->mention].count;
        *behind = end > *behind ? end : *behind;
        count++;
    }
    return count;
}

/** Whether "other" or "others" stands in or right behind a count. */
static int counts_others(const struct stm_annotation *ann,
                         const struct stm_quantity_mention *quantity)
{
    uint32_t end = quantity->first + quantity->count;
    for (uint32_t i = quantity->first + 1; i <= end && i < ann->token_count; i++) {
        if (stm_ann_is(ann, i, "other") || stm_ann_is(ann, i, "others")) {
            return 1;
        }
    }
    return 0;
}

/** The count of others that is tied to those before it: "with 84 other prisoners", "and of 84
    others"; or STEMMA_NONE. */
static uint32_t others_behind(const struct stm_annotation *ann, uint32_t from)
{
    if (from >= ann->token_count) {
        return STEMMA_NONE;
    }
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[from].sentence);
    for (uint32_t i = from; i < end && i < from + REACH; i++) {
        uint32_t q = ann->tokens[i].quantity;
        if (q == STEMMA_NONE || ann->tokens[i].time != STEMMA_NONE) {
            if (i > from && (stm_is_relative(ann, i) || stm_ann_is(ann, i, ";"))) {
                return STEMMA_NONE;
            }
            continue;
        }
        const struct stm_quantity_mention *quantity = &ann->quantities[q];
        uint32_t first = quantity->first;
        int tied =
            first > 1 && (stm_ann_is(ann, first - 1, "with") || stm_ann_is(ann, first - 1, "and") ||
                          (stm_ann_is(ann, first - 1, "of") && stm_ann_is(ann, first - 2, "and")));
        return tied && counts_others(ann, quantity) ? q : STEMMA_NONE;
    }
    return STEMMA_NONE;
}

/** "and 20 others were hurt": the others are what another verb speaks of. */
static int does_something(const struct stm_annotation *ann,
                          const struct stm_quantity_mention *quantity)
{
    uint32_t end = quantity->first + quantity->count;
    if (quantity->head != STEMMA_NONE && quantity->head >= end) {
        end = quantity->head + 1;
    }
    while (end < ann->token_count &&
           (stm_ann_is(ann, end, "other") || stm_ann_is(ann, end, "others"))) {
        end++;
    }
    return end < ann->token_count &&
           (stm_is_be_or_have(ann, end) || ann->tokens[end].pos == STM_POS_VBD ||
            ann->tokens[end].pos == STM_POS_MD);
}

stemma_status stm_add_others(struct stm_events *events, struct stm_candidate *candidate)
{
    struct stm_annotation *ann = events->ann;
    const struct stm_event_frame *frame = stm_event_frame_of(candidate->kind);
    uint32_t behind;
    if (frame->family != STM_FAMILY_PATIENT || frame->object == NULL || candidate->state) {
        return STEMMA_OK;
    }
    uint32_t named = named_people(events, candidate, frame->object, &behind);
    uint32_t q = named == 0 ? STEMMA_NONE : others_behind(ann, behind);
    if (q == STEMMA_NONE && named != 0 && candidate->first > behind) {
        q = others_behind(ann, candidate->first);
    }
    if (q != STEMMA_NONE && ann->quantities[q].first > candidate->first &&
        does_something(ann, &ann->quantities[q])) {
        return STEMMA_OK;
    }
    uint32_t others;
    if (q == STEMMA_NONE || ann->quantities[q].with_named ||
        ann->quantities[q].value.unit.size != 0 ||
        ann->quantities[q].value.modifier != STEMMA_MODIFIER_NONE ||
        !stm_number_of_word(ann->quantities[q].value.amount, &others) || others > OTHERS_MOST) {
        return STEMMA_OK;
    }
    struct stm_quantity_mention *quantity = &ann->quantities[q];
    char text[STM_NUMBER_TEXT];
    stm_number_text((uint64_t)(others + named) * STM_NUMBER_SCALE, text);
    stemma_text amount = stm_arena_text(ann->arena, stemma_text_of(text));
    if (amount.data == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    quantity->with_named = 1;
    quantity->value.amount = amount;
    quantity->value.lower = amount;
    quantity->value.upper = amount;
    if (stemma_text_equal(quantity->value.counted, stemma_text_of("other"))) {
        quantity->value.counted = stemma_text_of("person");
    }
    struct stm_filler filler = {
        frame->object, quantity->first, quantity->count, STEMMA_NONE, q, STEMMA_NONE, 0, 0};
    return stm_add_filler(events, candidate, &filler);
}
