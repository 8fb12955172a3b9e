/* SPDX-License-Identifier: MIT */
#include "pack/extract/event_whom.h"

#include "pack/extract/event_participant.h"
#include "pack/extract/event_word.h"
#include "pack/extract/syntax.h"

enum { FAR = 12 /**< Tokens from a verb within which what it applies to is looked for. */ };

/** To whom an object goes: the noun behind it and "to", wherever the tree hangs it, when it names
    somebody; or STEMMA_NONE. */
static uint32_t receiver_behind(const struct stm_annotation *ann, uint32_t object)
{
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[object].sentence);
    if (object + 2 >= end || !stm_ann_is(ann, object + 1, "to") ||
        ann->tokens[object + 2].pos == STM_POS_VB) {
        return STEMMA_NONE;
    }
    uint32_t head = stm_phrase_head(ann, object + 2);
    return head != STEMMA_NONE && (stm_types_at(ann, head) & STM_TYPES_ACTORS) != 0 ? head
                                                                                    : STEMMA_NONE;
}

uint32_t stm_whom_instead(const struct stm_annotation *ann, enum stm_event_kind kind,
                          const struct stm_clause *clause, uint32_t object)
{
    if (object == STEMMA_NONE || clause->passive) {
        return object;
    }
    if (kind == STM_EVENT_CONFLICT_ATTACK && stm_types_at(ann, object) == 0 &&
        stm_ann_has_lemma(ann, clause->verb, "fire")) {
        return STEMMA_NONE;
    }
    uint32_t receiver =
        kind == STM_EVENT_STATEMENT_PROMISE && clause->second == STEMMA_NONE
            ? receiver_behind(ann, object)
            : STEMMA_NONE;
    return receiver != STEMMA_NONE ? receiver : object;
}

/** The place or body behind one of two prepositions after a noun, with nothing between but a time. */
static uint32_t behind_noun(const struct stm_annotation *ann, uint32_t noun, const char *const *words,
                            size_t count, uint32_t types)
{
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[noun].sentence);
    for (uint32_t i = noun + 1; i + 1 < end && i < noun + FAR; i++) {
        if (stm_token_is_any(ann, i, words, count) && ann->tokens[i + 1].time == STEMMA_NONE) {
            uint32_t head = stm_phrase_head(ann, i + 1);
            uint32_t name = ann->tokens[i + 1].mention;
            if (head != STEMMA_NONE && stm_types_at(ann, head) == 0 && name != STEMMA_NONE) {
                head = ann->mentions[name].head; /* "in Harrow province" */
            }
            return head != STEMMA_NONE && (stm_types_at(ann, head) & types) != 0 ? head
                                                                                 : STEMMA_NONE;
        }
        int passes = ann->tokens[i].time != STEMMA_NONE || stm_ann_is(ann, i, "on") ||
                     stm_ann_is(ann, i, "measures") || stm_ann_is(ann, i, "rule");
        if (!passes) {
            break;
        }
    }
    return STEMMA_NONE;
}

/** "lifted the curfew in X", "a blockade of X": measures that hold in a place are laid on it. */
static uint32_t laid_on(const struct stm_annotation *ann, uint32_t noun)
{
    static const char *const in[] = {"in", "across", "throughout"};
    static const char *const of[] = {"of", "around", "in"};
    const uint32_t places = STM_TYPE_BIT(STM_ENTITY_PLACE);
    if ((stm_noun_classes_at(ann, noun) & STM_NOUN_EMERGENCY) != 0) {
        return behind_noun(ann, noun, in, sizeof in / sizeof *in, places);
    }
    if (stm_ann_has_lemma(ann, noun, "blockade")) {
        return behind_noun(ann, noun, of, sizeof of / sizeof *of, places);
    }
    return STEMMA_NONE;
}

/** "demanded the resignation of X": it is X who is to go. */
static uint32_t to_go(const struct stm_annotation *ann, const struct stm_clause *clause)
{
    static const char *const ends[] = {"resignation", "removal",   "ouster",    "dismissal",
                                       "departure",   "overthrow", "impeachment"};
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[clause->verb].sentence);
    for (uint32_t i = clause->verb + 1; i < end && i < clause->verb + 6; i++) {
        uint8_t pos = ann->tokens[i].pos;
        if (STM_LEMMA_IS_ANY(ann, i, ends)) {
            uint32_t of = stm_syntax_oblique(ann, i, "of");
            return of != STEMMA_NONE ? of : stm_syntax_child(ann, i, STM_RELATION_NMOD_POSS);
        }
        if (stm_is_verb(ann, i) || pos == STM_POS_COMMA) {
            break;
        }
    }
    return STEMMA_NONE;
}

/** "blocked roads in defiance of X", "set fire to X". */
static uint32_t behind_phrase(const struct stm_annotation *ann, uint32_t verb, const char *word,
                              const char *preposition)
{
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[verb].sentence);
    for (uint32_t i = verb + 1; i + 2 < end && i < verb + FAR; i++) {
        if (stm_ann_is(ann, i, word) && stm_ann_is(ann, i + 1, preposition)) {
            return stm_phrase_head(ann, i + 2);
        }
    }
    return STEMMA_NONE;
}

stemma_status stm_add_whom(struct stm_events *events, struct stm_candidate *candidate,
                           const struct stm_clause *clause, uint32_t noun)
{
    static const char *const conveying[] = {"pay", "express", "extend", "convey", "give", "offer"};
    static const char *const striking[] = {"lash", "hit", "rail", "take", "swipe"};
    const struct stm_annotation *ann = events->ann;
    const struct stm_event_frame *frame = stm_event_frame_of(candidate->kind);
    uint32_t whom = STEMMA_NONE;
    if (frame->object != NULL && stm_ann_has_lemma(ann, clause->verb, "come")) {
        /* "came under fire from X" */
        return stm_add_participants(events, candidate, frame->subject,
                                    stm_clause_case(ann, clause->verb, "from"),
                                    frame->subject_types);
    }
    if (frame->object == NULL || stm_has_role(events, candidate, frame->object)) {
        return STEMMA_OK;
    }
    switch (candidate->kind) {
    case STM_EVENT_SANCTION_IMPOSE:
    case STM_EVENT_SANCTION_LIFT:
        whom = noun == STEMMA_NONE ? STEMMA_NONE : laid_on(ann, noun);
        break;
    case STM_EVENT_CONFLICT_KIDNAP:
        /* "took 12 hostages" */
        whom = noun != STEMMA_NONE                               ? noun
               : stm_ann_is(ann, clause->object, "hostages")     ? clause->object
                                                                 : STEMMA_NONE;
        break;
    case STM_EVENT_STATEMENT_CRITICIZE:
        whom = stm_clause_case(ann, clause->verb, "to"); /* "protested to X" */
        if (STM_LEMMA_IS_ANY(ann, clause->verb, striking)) {
            whom = stm_clause_case(ann, clause->verb, "at"); /* "hit out at X" */
        }
        break;
    case STM_EVENT_STATEMENT_PRAISE:
        if (STM_LEMMA_IS_ANY(ann, clause->verb, conveying)) {
            whom = stm_clause_case(ann, clause->verb, "to"); /* "paid tribute to X" */
        }
        break;
    case STM_EVENT_STATEMENT_PROMISE:
        whom = behind_phrase(ann, clause->verb, "support", "for");
        break;
    case STM_EVENT_STATEMENT_DEMAND:
        whom = to_go(ann, clause);
        if (whom == STEMMA_NONE && stm_ann_has_lemma(ann, clause->verb, "appeal")) {
            whom = stm_clause_case(ann, clause->verb, "to");
        }
        break;
    case STM_EVENT_CONFLICT_ATTACK:
        if (stm_ann_has_lemma(ann, clause->verb, "set")) {
            whom = behind_phrase(ann, clause->verb, "fire", "to");
            if (whom != STEMMA_NONE && stm_types_at(ann, whom) == 0) {
                return stm_add_words(events, candidate, frame->object, whom, STM_WORDS_WHOLE);
            }
        }
        break;
    case STM_EVENT_PROTEST_DEMONSTRATE:
    case STM_EVENT_PROTEST_RIOT:
    case STM_EVENT_PROTEST_STRIKE:
        whom = behind_phrase(ann, clause->verb, "defiance", "of");
        break;
    default:
        break;
    }
    return stm_add_participants(events, candidate, frame->object, whom, frame->object_types);
}

/** Whether who is named behind "from" does what a noun tells: "a demand from X". */
static int comes_from(enum stm_event_kind kind)
{
    switch (kind) {
    case STM_EVENT_STATEMENT_DEMAND:
    case STM_EVENT_STATEMENT_THREATEN:
    case STM_EVENT_STATEMENT_CRITICIZE:
    case STM_EVENT_STATEMENT_PRAISE:
    case STM_EVENT_STATEMENT_PROMISE:
    case STM_EVENT_STATEMENT_APOLOGIZE:
    case STM_EVENT_STATEMENT_ACCUSE:
        return 1;
    default:
        return 0;
    }
}

/** "arrived in X on a visit": who travels visits, and where the way leads is visited. */
static stemma_status add_visitor(struct stm_events *events, struct stm_candidate *candidate)
{
    static const char *const travels[] = {"arrive", "fly", "travel", "come",  "go",
                                          "return", "be",  "head",   "depart", "leave"};
    const struct stm_annotation *ann = events->ann;
    const struct stm_event_frame *frame = stm_event_frame_of(candidate->kind);
    uint32_t verb = ann->tokens[candidate->first].head;
    if (verb == STEMMA_NONE || stm_has_role(events, candidate, frame->subject) ||
        !stm_is_verb(ann, verb) || !STM_LEMMA_IS_ANY(ann, verb, travels) ||
        !stm_ann_is(ann, stm_syntax_case(ann, candidate->first), "on")) {
        return STEMMA_OK;
    }
    stemma_status status =
        stm_add_participants(events, candidate, frame->subject, stm_clause_subject(ann, verb),
                             frame->subject_types);
    if (status == STEMMA_OK && !stm_has_role(events, candidate, frame->object)) {
        status = stm_add_cases(events, candidate, verb);
    }
    return status;
}

/** "a rally outside the embassy of X": whose house it is before which a protest is held; or STEMMA_NONE. */
static uint32_t before_house(const struct stm_annotation *ann, uint32_t noun)
{
    static const char *const where[] = {"outside", "at", "near"};
    static const char *const houses[] = {"embassy", "consulate", "headquarters", "ministry"};
    for (size_t i = 0; i < sizeof where / sizeof *where; i++) {
        uint32_t house = stm_syntax_oblique(ann, noun, where[i]);
        if (STM_LEMMA_IS_ANY(ann, house, houses)) {
            return house;
        }
    }
    return STEMMA_NONE;
}

stemma_status stm_add_whom_of_noun(struct stm_events *events, struct stm_candidate *candidate)
{
    const struct stm_annotation *ann = events->ann;
    const struct stm_event_frame *frame = stm_event_frame_of(candidate->kind);
    if (candidate->kind == STM_EVENT_PROTEST_DEMONSTRATE &&
        !stm_has_role(events, candidate, frame->object)) {
        return stm_add_participants(events, candidate, frame->object,
                                    before_house(ann, candidate->first),
                                    STM_TYPE_BIT(STM_ENTITY_ORGANIZATION));
    }
    if (candidate->kind == STM_EVENT_CONTACT_VISIT) {
        return add_visitor(events, candidate);
    }
    if (!comes_from(candidate->kind)) {
        return STEMMA_OK;
    }
    return stm_add_participants(events, candidate, frame->subject,
                                stm_syntax_oblique(ann, candidate->first, "from"),
                                frame->subject_types);
}
