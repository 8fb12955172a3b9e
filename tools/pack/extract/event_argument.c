/* SPDX-License-Identifier: MIT */
#include "pack/extract/event_argument.h"

/** "convicted on Monday of fraud" */
static int only_time_between(const struct stm_annotation *ann, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++) {
        if (ann->tokens[i].time == STEMMA_NONE && !stm_ann_is(ann, i, "on") &&
            !stm_ann_is(ann, i, "in")) {
            return 0;
        }
    }
    return 1;
}

stemma_status stm_find_penalty(struct stm_events *events, struct stm_candidate *candidate,
                               uint32_t after)
{
    const struct stm_annotation *ann = events->ann;
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[candidate->first].sentence);
    for (uint32_t i = after; i + 1 < end && i < after + 14; i++) {
        const char *role = NULL;
        uint32_t start = i + 1;
        if (ann->tokens[i].time != STEMMA_NONE) {
            continue;
        }
        if (stm_ann_is(ann, i, ",") || stm_ann_is(ann, i, ".") || stm_is_clause_break(ann, i)) {
            break;
        }
        if ((stm_ann_is(ann, i, "to") || stm_ann_is(ann, i, "for")) &&
            candidate->kind == STM_EVENT_SENTENCE && !stm_has_role(events, candidate, "penalty") &&
            (ann->tokens[start].quantity != STEMMA_NONE || stm_ann_is(ann, start, "life") ||
             stm_ann_is(ann, start, "death") || stm_ann_is(ann, start, "a"))) {
            role = "penalty";
        } else if (stm_ann_is(ann, i, "charges") && stm_ann_is(ann, start, "of")) {
            role = "charge";
            start++;
        } else if ((stm_ann_is(ann, i, "of") && candidate->kind == STM_EVENT_CONVICT &&
                    (i < after + 2 || only_time_between(ann, after, i))) ||
                   (stm_ann_is(ann, i, "for") && !stm_ann_is(ann, start, "life") &&
                    (candidate->kind == STM_EVENT_CONVICT || candidate->kind == STM_EVENT_ARREST ||
                     candidate->kind == STM_EVENT_SENTENCE))) {
            role = "charge";
        }
        if (role == NULL) {
            continue;
        }
        uint32_t stop = start;
        while (stop < end && stop < start + 12 && ann->tokens[stop].time == STEMMA_NONE &&
               !stm_is_clause_break(ann, stop) && !stm_is_finite(ann, stop) &&
               !(ann->tokens[stop].flags & STM_TOKEN_PUNCTUATION) &&
               !(stm_ann_is(ann, stop, "for") || stm_ann_is(ann, stop, "on")) &&
               !(stm_ann_is(ann, stop, "and") &&
                 (stop + 1 >= end || ann->tokens[stop + 1].tag == STM_TAG_PARTICIPLE ||
                  ann->tokens[stop + 1].tag == STM_TAG_PAST || stm_is_finite(ann, stop + 1)))) {
            stop++;
        }
        if (stop > start && ann->tokens[stop - 1].tag == STM_TAG_PREPOSITION) {
            stop--;
        }
        if (stop == start) {
            continue;
        }
        struct stm_filler filler = {
            role, start, stop - start, STEMMA_NONE, STEMMA_NONE, STEMMA_NONE, 1, 0};
        stemma_status status = stm_add_filler(events, candidate, &filler);
        if (status != STEMMA_OK) {
            return status;
        }
        i = stop - 1;
    }
    return STEMMA_OK;
}

stemma_status stm_find_sanction_target(struct stm_events *events, struct stm_candidate *candidate)
{
    const struct stm_annotation *ann = events->ann;
    uint32_t start = stm_sentence_first(ann, candidate->first);
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[candidate->first].sentence);
    uint32_t word = STEMMA_NONE;
    for (uint32_t reach = 1; reach <= 14 && word == STEMMA_NONE; reach++) {
        if (candidate->first + reach < end && stm_is_sanction_word(ann, candidate->first + reach)) {
            word = candidate->first + reach;
        } else if (candidate->first >= start + reach &&
                   stm_is_sanction_word(ann, candidate->first - reach)) {
            word = candidate->first - reach;
        }
    }
    if (word == STEMMA_NONE) {
        return STEMMA_OK;
    }
    for (uint32_t i = word + 1; i < end && i <= word + 6; i++) {
        if (stm_ann_is(ann, i, "on") || stm_ann_is(ann, i, "against")) {
            struct stm_chain chain;
            if (i + 1 < end && ann->tokens[i + 1].time != STEMMA_NONE) {
                continue;
            }
            stm_chain_read(ann, i + 1, end, STM_CHAIN_COMPLEMENT, &chain);
            stemma_status status =
                stm_add_chain(events, candidate, "target", &chain, STM_TYPES_ANY);
            if (status == STEMMA_OK && chain.count != 0 &&
                !stm_has_role(events, candidate, "target")) {
                struct stm_filler filler = {"target",
                                            chain.items[0].first,
                                            chain.items[0].end - chain.items[0].first,
                                            STEMMA_NONE,
                                            STEMMA_NONE,
                                            STEMMA_NONE,
                                            1,
                                            0};
                status = stm_add_filler(events, candidate, &filler); /* "sanctions on copper" */
            }
            return status;
        }
        if (stm_ann_is(ann, i, ",") || stm_is_clause_break(ann, i)) {
            break;
        }
    }
    return STEMMA_OK;
}

stemma_status stm_find_partners(struct stm_events *events, struct stm_candidate *candidate,
                                uint32_t after)
{
    const struct stm_annotation *ann = events->ann;
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[candidate->first].sentence);
    for (uint32_t i = after; i < end && i < after + 9; i++) {
        if (stm_ann_is(ann, i, "with") ||
            (stm_ann_is(ann, i, "between") && candidate->noun != STEMMA_NONE) ||
            (i == after && stm_ann_is(ann, i, "to"))) {
            struct stm_chain chain;
            stm_chain_read(ann, i + 1, end, STM_CHAIN_COMPLEMENT, &chain);
            return stm_add_chain(events, candidate, "participant", &chain, STM_TYPES_ACTORS);
        }
        if (stm_ann_is(ann, i, ",") || stm_is_clause_break(ann, i) || stm_is_finite(ann, i)) {
            break;
        }
    }
    return STEMMA_OK;
}

stemma_status stm_find_by_agent(struct stm_events *events, struct stm_candidate *candidate,
                                const char *role, uint32_t after)
{
    const struct stm_annotation *ann = events->ann;
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[candidate->first].sentence);
    for (uint32_t i = after; i + 1 < end && i < after + 9; i++) {
        if (stm_ann_is(ann, i, "by") && ann->tokens[i].time == STEMMA_NONE &&
            ann->tokens[i + 1].time == STEMMA_NONE) {
            struct stm_chain chain;
            stm_chain_read(ann, i + 1, end, STM_CHAIN_COMPLEMENT, &chain);
            return stm_add_chain(events, candidate, role, &chain, STM_TYPES_ACTORS);
        }
        if (stm_ann_is(ann, i, ",") || stm_is_clause_break(ann, i) || stm_is_finite(ann, i)) {
            break;
        }
    }
    return STEMMA_OK;
}

stemma_status stm_add_thing(struct stm_events *events, struct stm_candidate *candidate,
                            const struct stm_event_frame *frame, const struct stm_chain *chain)
{
    const struct stm_annotation *ann = events->ann;
    if (candidate->kind != STM_EVENT_ATTACK || chain->count == 0 ||
        stm_has_role(events, candidate, frame->object) ||
        stm_ann_has_lemma(ann, candidate->first, "shoot")) { /* "shoot a film" */
        return STEMMA_OK;
    }
    const struct stm_item *item = &chain->items[0];
    uint8_t tag = ann->tokens[item->end - 1].tag;
    if (item->mention != STEMMA_NONE || (tag != STM_TAG_NOUN && tag != STM_TAG_PLURAL)) {
        return STEMMA_OK;
    }
    struct stm_filler filler = {frame->object,
                                item->first,
                                item->end - item->first,
                                STEMMA_NONE,
                                STEMMA_NONE,
                                STEMMA_NONE,
                                1,
                                0};
    return stm_add_filler(events, candidate, &filler);
}

stemma_status stm_find_included(struct stm_events *events, struct stm_candidate *candidate,
                                const struct stm_event_frame *frame, uint32_t after)
{
    const struct stm_annotation *ann = events->ann;
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[candidate->first].sentence);
    for (uint32_t i = after; i + 2 < end && i < after + 25; i++) {
        uint8_t tag = ann->tokens[i].tag;
        if (stm_ann_is(ann, i, ",") && stm_ann_is(ann, i + 1, "including")) {
            struct stm_chain chain;
            stm_chain_read(ann, i + 2, end, STM_CHAIN_OBJECT, &chain);
            for (uint32_t k = 0; k < chain.count; k++) {
                chain.items[k].part = 1;
            }
            return stm_add_chain(events, candidate, frame->object, &chain, frame->object_types);
        }
        if (stm_is_clause_break(ann, i) || tag == STM_TAG_BE || tag == STM_TAG_HAVE ||
            tag == STM_TAG_MODAL || tag == STM_TAG_VERB_S ||
            (ann->tokens[i].quantity != STEMMA_NONE &&
             ann->quantities[ann->tokens[i].quantity].value.unit.size == 0)) {
            break;
        }
    }
    return STEMMA_OK;
}
