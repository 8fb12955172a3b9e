/* SPDX-License-Identifier: MIT */
/* Participants that stand in lists: "including A and B", "A was among 40 who". */
#include "pack/extract/event_participant.h"
#include "pack/extract/event_word.h"
#include "pack/extract/syntax.h"

enum {
    MEMBERS = 40,  /**< Names of one list; a longer list is cut, never mis-read. */
    CHILDREN = 300 /**< Dependents looked at: bounds the work on what is no sentence. */
};

static int is_name(const struct stm_annotation *ann, uint32_t mention)
{
    return mention != STEMMA_NONE && ann->mentions[mention].kind == STEMMA_MENTION_NAME;
}

stemma_status stm_add_included(struct stm_events *events, struct stm_candidate *candidate,
                               const char *role, uint32_t node, uint32_t types)
{
    const struct stm_annotation *ann = events->ann;
    static const char *const words[] = {"including", "notably", "like", "such"};
    stemma_status status = STEMMA_OK;
    uint32_t looked = 0;
    for (uint32_t i = ann->tokens[node].child;
         i != STEMMA_NONE && looked < CHILDREN && status == STEMMA_OK;
         i = ann->tokens[i].sibling, looked++) {
        if (i < node) {
            continue;
        }
        uint32_t member = i;
        if (stm_ann_is(ann, i, "including")) {
            member = stm_syntax_child(ann, i, STM_RELATION_OBJ);
        } else {
            uint32_t first = stm_syntax_case(ann, i);
            if (!STM_TOKEN_IS_ANY(ann, first, words) &&
                !(stm_ann_is(ann, first, "among") && stm_ann_is(ann, i, "them"))) {
                continue;
            }
        }
        if (member != STEMMA_NONE) {
            status = stm_add_members(events, candidate, role, member, types, 1);
        }
    }
    return status;
}

/** Whether a name in a list only says whose somebody is: "A, the husband of the exiled leader B",
    "B's husband A". */
static int says_whose(const struct stm_annotation *ann, uint32_t mention, uint32_t from)
{
    uint32_t first = ann->mentions[mention].first;
    if (stm_ann_is(ann, first + ann->mentions[mention].count, "'s")) {
        return 1;
    }
    for (uint32_t i = first; i-- > from;) {
        if (stm_ann_is(ann, i, ",") || ann->tokens[i].pos == STM_POS_CC ||
            (i + 1 == first && is_name(ann, ann->tokens[i].mention))) {
            return 0; /* "the mayor of Lund Anna Bell" */
        }
        if (stm_ann_is(ann, i, "of") || stm_ann_is(ann, i, "to")) {
            return ann->mentions[mention].type == STM_ENTITY_PERSON && i > from &&
                   ann->tokens[i - 1].pos == STM_POS_NN;
        }
    }
    return 0;
}

stemma_status stm_add_listed(struct stm_events *events, struct stm_candidate *candidate,
                             const char *role, uint32_t from, uint32_t types, uint8_t part)
{
    const struct stm_annotation *ann = events->ann;
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[from].sentence);
    stemma_status status = STEMMA_OK;
    uint32_t gap = 0;
    uint32_t found = 0;
    for (uint32_t i = from; i < end && found < MEMBERS && gap < 12 && status == STEMMA_OK;) {
        uint32_t mention = ann->tokens[i].mention;
        uint8_t pos = ann->tokens[i].pos;
        if (is_name(ann, mention) && (types & STM_TYPE_BIT(ann->mentions[mention].type)) != 0 &&
            ann->mentions[mention].type != STM_ENTITY_GROUP) {
            if (found != 0 && says_whose(ann, mention, from)) {
                i = ann->mentions[mention].first + ann->mentions[mention].count;
                continue;
            }
            struct stm_filler filler = {role,
                                        ann->mentions[mention].first,
                                        ann->mentions[mention].count,
                                        mention,
                                        STEMMA_NONE,
                                        STEMMA_NONE,
                                        0,
                                        part};
            status = stm_add_filler(events, candidate, &filler);
            i = ann->mentions[mention].first + ann->mentions[mention].count;
            found++;
            gap = 0;
            continue;
        }
        /* Between members: commas, "and", and what they are. */
        if ((pos >= STM_POS_VBD && pos <= STM_POS_VBZ && pos != STM_POS_VBN &&
             pos != STM_POS_VBG) ||
            pos == STM_POS_WP || pos == STM_POS_WDT || stm_ann_is(ann, i, ";") ||
            stm_ann_is(ann, i, "after") || stm_ann_is(ann, i, "while") ||
            (ann->tokens[i].flags & (STM_TOKEN_QUOTE_OPEN | STM_TOKEN_QUOTE_CLOSE)) != 0 ||
            (found == 0 && stm_ann_is(ann, i, ",")) || pos == STM_POS_MD) {
            break;
        }
        i++;
        gap++;
    }
    return status;
}

/** "40 men were freed on Friday, including X": wherever the tree hangs it. */
static stemma_status add_included_behind(struct stm_events *events, struct stm_candidate *candidate,
                                         const char *role, uint32_t head, uint32_t types)
{
    const struct stm_annotation *ann = events->ann;
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[head].sentence);
    for (uint32_t i = head + 1; i + 1 < end && i < head + 25; i++) {
        if (stm_ann_is(ann, i, "including") ||
            (stm_ann_is(ann, i, "among") && stm_ann_is(ann, i + 1, "them"))) {
            uint32_t from = stm_ann_is(ann, i, "among") ? i + 2 : i + 1;
            if (stm_ann_is(ann, i, "among") && from < end && stm_ann_is(ann, from, ",")) {
                from++;
            }
            return from < end ? stm_add_listed(events, candidate, role, from, types, 1) : STEMMA_OK;
        }
        if (stm_ann_is(ann, i, ";") || stm_ann_is(ann, i, "after") || stm_ann_is(ann, i, "who") ||
            (i > head + 1 && ann->tokens[i].quantity != STEMMA_NONE &&
             ann->tokens[i].time == STEMMA_NONE &&
             ann->tokens[i].quantity != ann->tokens[head].quantity)) {
            break;
        }
    }
    return STEMMA_OK;
}

/** "X was among 87 people who were pardoned": X too. */
static stemma_status add_one_among(struct stm_events *events, struct stm_candidate *candidate,
                                   const char *role, uint32_t head, uint32_t types)
{
    const struct stm_annotation *ann = events->ann;
    uint32_t start = ann->sentences[ann->tokens[head].sentence].first;
    for (uint32_t i = head; i-- > start + 1 && head - i < 8;) {
        if (ann->tokens[i].pos == STM_POS_WP || ann->tokens[i].pos == STM_POS_WDT) {
            break; /* "among 87 whom X freed": X is not among them */
        }
        int among = stm_ann_is(ann, i, "among") ||
                    (stm_ann_is(ann, i, "of") && stm_ann_is(ann, i - 1, "one"));
        if (!among || i < start + 3) {
            continue;
        }
        uint32_t be = stm_ann_is(ann, i, "of") ? i - 2 : i - 1;
        static const char *const words[] = {"was", "were", "is", "are", "be", "been"};
        while (be > start && ann->tokens[be].pos == STM_POS_RB) {
            be--;
        }
        if (be <= start || !STM_TOKEN_IS_ANY(ann, be, words)) {
            break;
        }
        uint32_t mention = ann->tokens[be - 1].mention;
        if (mention == STEMMA_NONE || stm_types_at(ann, be - 1) == 0 ||
            (stm_types_at(ann, be - 1) & types) == 0) {
            break;
        }
        return stm_add_members(events, candidate, role, ann->mentions[mention].head, types, 0);
    }
    return STEMMA_OK;
}

stemma_status stm_add_participants(struct stm_events *events, struct stm_candidate *candidate,
                                   const char *role, uint32_t head, uint32_t types)
{
    if (head == STEMMA_NONE || role == NULL) {
        return STEMMA_OK;
    }
    uint32_t before = candidate->filler_count;
    stemma_status status = stm_add_members(events, candidate, role, head, types, 0);
    if (status == STEMMA_OK && candidate->filler_count > before) {
        status = stm_add_included(events, candidate, role, head, types);
        if (status == STEMMA_OK && stm_is_several(events->ann, head)) {
            status = add_included_behind(events, candidate, role, head, types);
        }
        if (status == STEMMA_OK) {
            status = add_one_among(events, candidate, role, head, types);
        }
    }
    return status;
}
