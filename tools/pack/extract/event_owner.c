/* SPDX-License-Identifier: MIT */
#include "pack/extract/event_owner.h"

#include "pack/extract/event_clause.h"
#include "pack/extract/event_participant.h"
#include "pack/extract/event_word.h"
#include "pack/extract/syntax.h"

#include <string.h>

enum { CHILDREN = 300, REACH = 12, STEPS = 16 };

/** Whether what one thinks of a deed is meant for those who did it. */
static int is_about_deeds(enum stm_event_kind kind)
{
    switch (kind) {
    case STM_EVENT_STATEMENT_CRITICIZE:
    case STM_EVENT_STATEMENT_PRAISE:
    case STM_EVENT_STATEMENT_REJECT:
    case STM_EVENT_STATEMENT_DENY:
    case STM_EVENT_PROTEST_DEMONSTRATE:
    case STM_EVENT_PROTEST_RIOT:
    case STM_EVENT_PROTEST_STRIKE:
    case STM_EVENT_CONFLICT_DISPERSE:
        return 1;
    default:
        return 0;
    }
}

/** The word on which all others of a run of words hang. */
static uint32_t head_of_words(const struct stm_annotation *ann, const struct stm_filler *filler)
{
    uint32_t end = filler->first + filler->count;
    uint32_t head = filler->first;
    for (uint32_t steps = 0; steps < STEPS; steps++) {
        uint32_t above = ann->tokens[head].head;
        if (above == STEMMA_NONE || above < filler->first || above >= end) {
            return head;
        }
        head = above;
    }
    return head;
}

static int is_actor(const struct stm_annotation *ann, uint32_t node)
{
    return node != STEMMA_NONE && ann->tokens[node].pos != STM_POS_PRPS &&
           ann->tokens[node].pos != STM_POS_PRP &&
           (stm_types_at(ann, node) & STM_TYPES_ACTORS) != 0;
}

/** "X's plan", "a plan by X", "a plan made by X", "an X plan": X; or STEMMA_NONE. */
static uint32_t owner_of(const struct stm_annotation *ann, uint32_t noun)
{
    uint32_t owner = stm_syntax_child(ann, noun, STM_RELATION_NMOD_POSS);
    if (is_actor(ann, owner)) {
        return owner;
    }
    owner = stm_syntax_oblique(ann, noun, "by");
    if (is_actor(ann, owner)) {
        return owner;
    }
    uint32_t made = stm_syntax_child(ann, noun, STM_RELATION_ACL);
    if (made != STEMMA_NONE && ann->tokens[made].pos == STM_POS_VBN) {
        owner = stm_syntax_child(ann, made, STM_RELATION_OBL_AGENT);
        owner = owner == STEMMA_NONE ? stm_syntax_oblique(ann, made, "by") : owner;
        if (is_actor(ann, owner)) {
            return owner;
        }
    }
    uint32_t looked = 0;
    for (uint32_t i = ann->tokens[noun].child; i < noun && looked < CHILDREN;
         i = ann->tokens[i].sibling, looked++) {
        uint32_t mention = ann->tokens[i].mention;
        if (ann->tokens[i].relation == STM_RELATION_COMPOUND && is_actor(ann, i) &&
            mention != STEMMA_NONE && ann->mentions[mention].kind == STEMMA_MENTION_NAME) {
            return i;
        }
    }
    return STEMMA_NONE;
}

/** The noun of what a filler tells of that is nobody: words, or something described, "a resolution"; or
    STEMMA_NONE. */
static uint32_t thing_of(const struct stm_annotation *ann, const struct stm_filler *filler)
{
    if (filler->text) {
        return head_of_words(ann, filler);
    }
    uint32_t mention = filler->mention;
    return mention != STEMMA_NONE && ann->mentions[mention].kind == STEMMA_MENTION_NOMINAL &&
                   (stm_types_at(ann, ann->mentions[mention].head) & STM_TYPES_ACTORS) == 0
               ? ann->mentions[mention].head
               : STEMMA_NONE;
}

/** Whether what a token names takes part already. */
static int fills(const struct stm_events *events, const struct stm_candidate *candidate,
                 uint32_t token)
{
    const struct stm_annotation *ann = events->ann;
    uint32_t mention = token == STEMMA_NONE ? STEMMA_NONE : ann->tokens[token].mention;
    for (uint32_t i = 0; i < candidate->filler_count && mention != STEMMA_NONE; i++) {
        if (events->fillers[candidate->filler_first + i].mention == mention) {
            return 1;
        }
    }
    return 0;
}

static stemma_status add_owners_of_words(struct stm_events *events, struct stm_candidate *candidate,
                                         const char *role)
{
    const struct stm_annotation *ann = events->ann;
    stemma_status status = STEMMA_OK;
    uint32_t count = candidate->filler_count;
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        struct stm_filler filler = events->fillers[candidate->filler_first + i];
        uint32_t noun = thing_of(ann, &filler);
        if (noun == STEMMA_NONE ||
            (strcmp(filler.role, "topic") != 0 && strcmp(filler.role, role) != 0)) {
            continue;
        }
        uint32_t owner = owner_of(ann, noun);
        if (fills(events, candidate, owner)) {
            continue; /* "protests put down by the police": not against them */
        }
        status = owner != STEMMA_NONE
                     ? stm_add_participants(events, candidate, role, owner, STM_TYPES_ACTORS)
                     /* "violations by the security forces": doers who are no entity yet */
                     : stm_add_doers(events, candidate, role, stm_syntax_oblique(ann, noun, "by"));
    }
    return status;
}

/** "staged a rally in the town against X", "the attack in May against X": whom the first "against" behind the
    happening introduces. */
static stemma_status add_against(struct stm_events *events, struct stm_candidate *candidate,
                                 const struct stm_event_case *its)
{
    const struct stm_annotation *ann = events->ann;
    uint32_t last = candidate->first + candidate->count - 1;
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[last].sentence);
    for (uint32_t i = last + 1; i + 1 < end && i <= last + REACH; i++) {
        uint8_t pos = ann->tokens[i].pos;
        if (stm_ann_is(ann, i, "against")) {
            uint32_t noun = ann->tokens[i].head;
            if (noun == STEMMA_NONE || noun < i || (stm_types_at(ann, noun) & its->types) == 0) {
                noun = stm_phrase_head(ann, i + 1);
            }
            return stm_add_participants(events, candidate, its->role, noun, its->types);
        }
        if (stm_is_verb(ann, i) || pos == STM_POS_WDT || pos == STM_POS_WP || pos == STM_POS_WRB ||
            stm_ann_is(ann, i, ",") || stm_ann_is(ann, i, "that")) {
            break;
        }
    }
    return STEMMA_OK;
}

stemma_status stm_add_owners(struct stm_events *events, struct stm_candidate *candidate)
{
    const struct stm_event_frame *frame = stm_event_frame_of(candidate->kind);
    stemma_status status = STEMMA_OK;
    for (size_t k = 0; frame->cases[k].word != NULL && status == STEMMA_OK; k++) {
        const struct stm_event_case *its = &frame->cases[k];
        if (its->types != 0 && strcmp(its->word, "against") == 0 &&
            !stm_has_role(events, candidate, its->role)) {
            status = add_against(events, candidate, its);
        }
    }
    if (status == STEMMA_OK && is_about_deeds((enum stm_event_kind)candidate->kind)) {
        const char *role = frame->object != NULL ? frame->object : "target";
        status = add_owners_of_words(events, candidate, role);
    }
    return status;
}
