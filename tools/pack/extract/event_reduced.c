/* SPDX-License-Identifier: MIT */
/* Participles without auxiliary, and the inverted and copular clauses that they stand in. */
#include "pack/extract/event_reduced.h"

#include "pack/extract/event_argument.h"

static int is_be(const struct stm_annotation *ann, uint32_t token)
{
    return stm_ann_is(ann, token, "was") || stm_ann_is(ann, token, "were") ||
           stm_ann_is(ann, token, "is") || stm_ann_is(ann, token, "are");
}

int stm_copula_subject(const struct stm_annotation *ann, uint32_t phrase_first,
                       struct stm_chain *chain)
{
    uint32_t start = stm_sentence_first(ann, phrase_first);
    uint32_t i = phrase_first;
    for (uint32_t hops = 0; hops < 5 && i > start; hops++) {
        i--;
        if (is_be(ann, i)) {
            struct stm_verb_group group = stm_verb_group_at(ann, i, STM_FORM_ED);
            stm_subject_of(ann, &group, chain);
            return chain->count != 0;
        }
        if (!(stm_ann_is(ann, i, "among") || stm_ann_is(ann, i, "also") ||
              stm_ann_is(ann, i, "those") || stm_ann_is(ann, i, "the") ||
              ann->tokens[i].tag == STM_TAG_ADVERB || ann->tokens[i].quantity != STEMMA_NONE)) {
            return 0;
        }
    }
    return 0;
}

static int passive_conjunct(const struct stm_annotation *ann, const struct stm_verb_group *group)
{
    uint32_t start = stm_sentence_first(ann, group->main);
    if (group->first <= start ||
        !(stm_ann_is(ann, group->first - 1, "and") || stm_ann_is(ann, group->first - 1, "or"))) {
        return 0;
    }
    uint32_t verb = stm_verb_before(ann, group->first - 1);
    if (verb == STEMMA_NONE) {
        return 0;
    }
    return stm_verb_group_at(ann, verb, STM_FORM_ED).has_be || is_be(ann, verb);
}

static int other_finite(const struct stm_annotation *ann, uint32_t main)
{
    uint32_t start = stm_sentence_first(ann, main);
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[main].sentence);
    uint32_t from = main - start > 60 ? main - 60 : start;
    for (uint32_t i = from; i < end && i < main + 60; i++) {
        if (i != main && (stm_is_finite(ann, i) || ann->tokens[i].tag == STM_TAG_VERB)) {
            return 1;
        }
    }
    return 0;
}

/** Participle without auxiliary: "the 30 freed on Monday", "Also released were A and B". */
stemma_status stm_read_reduced(struct stm_events *events, struct stm_candidate *candidate,
                               const struct stm_verb_group *group,
                               const struct stm_event_frame *frame, uint32_t after)
{
    const struct stm_annotation *ann = events->ann;
    uint32_t start = stm_sentence_first(ann, group->main);
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[group->main].sentence);
    struct stm_chain chain;
    stemma_status status = STEMMA_OK;
    /* Inverted: the patients stand behind "were". */
    uint32_t be = after;
    while (be < end && be < after + 4 && !is_be(ann, be) &&
           (ann->tokens[be].time != STEMMA_NONE || ann->tokens[be].tag == STM_TAG_PREPOSITION)) {
        be++;
    }
    int opens_among = 0;
    for (uint32_t i = start; i < group->main && i < start + 8; i++) {
        opens_among |= stm_ann_is(ann, i, "among") || stm_ann_is(ann, i, "also");
    }
    if (be < end && is_be(ann, be) && opens_among && group->main < start + 9) {
        uint32_t object = be + 1;
        while (object < end && (stm_ann_is(ann, object, ",") || stm_ann_is(ann, object, ":"))) {
            object++; /* copy that lost a word: "were , the" */
        }
        candidate->definite = 1;
        candidate->anaphoric = 1;
        stm_chain_read(ann, object, end, STM_CHAIN_OBJECT, &chain);
        status = stm_add_chain(events, candidate, frame->object, &chain, frame->object_types);
        if (status == STEMMA_OK) {
            stm_chain_ending(ann, group->main, &chain);
            if (chain.count == 0 && group->main > start) {
                stm_chain_read(ann, group->main - 1, group->main, STM_CHAIN_OBJECT, &chain);
            }
            for (uint32_t i = 0; i < chain.count && status == STEMMA_OK; i++) {
                chain.items[i].mention = STEMMA_NONE; /* "the 30": only the count is news */
            }
            if (status == STEMMA_OK) {
                status =
                    stm_add_chain(events, candidate, frame->object, &chain, frame->object_types);
            }
        }
        return status;
    }
    if (passive_conjunct(ann, group)) {
        stm_subject_of(ann, group, &chain);
        status = stm_add_chain(events, candidate, frame->object, &chain, frame->object_types);
        return status == STEMMA_OK ? stm_find_included(events, candidate, frame, after) : status;
    }
    uint32_t those = group->main > start ? group->main - 1 : start;
    if (stm_ann_is(ann, those, "those") || ann->tokens[those].quantity != STEMMA_NONE) {
        struct stm_chain subject;
        uint32_t first = those;
        if (ann->tokens[those].quantity != STEMMA_NONE) {
            first = ann->quantities[ann->tokens[those].quantity].first;
            struct stm_filler filler = {frame->object,
                                        first,
                                        those + 1 - first,
                                        STEMMA_NONE,
                                        ann->tokens[those].quantity,
                                        STEMMA_NONE,
                                        0,
                                        0};
            if (ann->quantities[filler.quantity].value.unit.size == 0) {
                status = stm_add_filler(events, candidate, &filler);
            }
        }
        if (status == STEMMA_OK && stm_copula_subject(ann, first, &subject)) {
            candidate->definite = 1;
            candidate->anaphoric = 1;
            status = stm_add_chain(events, candidate, frame->object, &subject, frame->object_types);
        }
        return status;
    }
    stm_chain_ending(ann, group->main, &chain);
    if (chain.count == 0 || (!candidate->in_title && !other_finite(ann, group->main))) {
        return STEMMA_OK; /* without another verb it is that of the clause */
    }
    int comma = group->main > start && stm_ann_is(ann, group->main - 1, ",");
    if (chain.count > 1 && comma) {
        chain.items[0] = chain.items[chain.count - 1]; /* "A and B, arrested in May": B */
        chain.count = 1;
    }
    struct stm_chain subject;
    if (!comma && stm_copula_subject(ann, chain.first, &subject)) {
        candidate->definite = 1;
        candidate->anaphoric = 1;
        chain = subject;
    } else {
        candidate->definite = (uint8_t)(stm_ann_is(ann, chain.first, "the") && !comma);
    }
    return stm_add_chain(events, candidate, frame->object, &chain, frame->object_types);
}
