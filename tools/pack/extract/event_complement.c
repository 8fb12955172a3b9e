/* SPDX-License-Identifier: MIT */
#include "pack/extract/event_complement.h"

#include "pack/extract/attribution_range.h"
#include "pack/extract/event_participant.h"
#include "pack/extract/event_word.h"
#include "pack/extract/syntax.h"

static int has_topic(enum stm_event_kind kind)
{
    switch (kind) {
    case STM_EVENT_STATEMENT_DEMAND:
    case STM_EVENT_STATEMENT_PROMISE:
    case STM_EVENT_STATEMENT_REJECT:
    case STM_EVENT_STATEMENT_THREATEN:
    case STM_EVENT_CONTACT_AGREE:
        return 1;
    default:
        return 0;
    }
}

static int has_office(enum stm_event_kind kind)
{
    switch (kind) {
    case STM_EVENT_PERSONNEL_APPOINT:
    case STM_EVENT_PERSONNEL_ELECT:
    case STM_EVENT_PERSONNEL_NOMINATE:
        return 1;
    default:
        return 0;
    }
}

/** "threatened on Monday to strike": the infinitive behind a verb and its time. */
static uint32_t infinitive_behind(const struct stm_annotation *ann, uint32_t verb)
{
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[verb].sentence);
    for (uint32_t i = verb + 1; i + 1 < end && i < verb + 6; i++) {
        if (stm_ann_is(ann, i, "to") && ann->tokens[i + 1].pos == STM_POS_VB) {
            return i + 1;
        }
        if (ann->tokens[i].time == STEMMA_NONE && ann->tokens[i].pos != STM_POS_RB &&
            !stm_ann_is(ann, i, "on")) {
            break;
        }
    }
    return STEMMA_NONE;
}

/** "demanded that X leave", "threatened to strike X": who is to do it, or to suffer it. */
static stemma_status add_addressee(struct stm_events *events, struct stm_candidate *candidate,
                                   uint32_t complement)
{
    const struct stm_annotation *ann = events->ann;
    const struct stm_event_frame *frame = stm_event_frame_of(candidate->kind);
    uint32_t who = STEMMA_NONE;
    if (frame->object == NULL || !stm_is_verb(ann, complement) ||
        stm_has_role(events, candidate, frame->object)) {
        return STEMMA_OK;
    }
    if (candidate->kind == STM_EVENT_STATEMENT_DEMAND) {
        who = stm_syntax_child(ann, complement, STM_RELATION_NSUBJ);
    } else if (candidate->kind == STM_EVENT_STATEMENT_THREATEN &&
               ann->tokens[complement].relation == STM_RELATION_XCOMP) {
        who = stm_syntax_object(ann, complement);
    }
    if (candidate->kind == STM_EVENT_STATEMENT_PROMISE ||
        candidate->kind == STM_EVENT_STATEMENT_REJECT) {
        who = stm_clause_case(ann, complement, "with"); /* "refused to hold talks with X" */
        uint32_t mention = who == STEMMA_NONE ? STEMMA_NONE : ann->tokens[who].mention;
        if (mention == STEMMA_NONE || ann->mentions[mention].kind != STEMMA_MENTION_NAME) {
            return STEMMA_OK;
        }
    }
    if (who == STEMMA_NONE || ann->tokens[who].pos == STM_POS_PRP) {
        return STEMMA_OK;
    }
    return stm_add_participants(events, candidate, frame->object, who, frame->object_types);
}

/** What is demanded, as far as the attribution has found it where the tree has no clause. */
static stemma_status add_content(struct stm_events *events, struct stm_candidate *candidate,
                                 uint32_t verb)
{
    const struct stm_annotation *ann = events->ann;
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[verb].sentence);
    for (uint32_t i = verb + 1; i < end && i < verb + 6; i++) {
        const struct stm_attributed *said = stm_attributed_at(ann, i);
        if (said == NULL || said->cue != verb || said->first != i || said->end <= i ||
            said->end > end) {
            continue;
        }
        struct stm_filler filler = {
            "topic", i, said->end - i, STEMMA_NONE, STEMMA_NONE, STEMMA_NONE, 1, 0};
        stemma_status status = stm_add_filler(events, candidate, &filler);
        for (uint32_t k = i; status == STEMMA_OK && k < said->end && k < i + 10; k++) {
            if (ann->tokens[k].relation == STM_RELATION_NSUBJ &&
                ann->tokens[k].pos != STM_POS_PRP) {
                return stm_add_participants(events, candidate, "target", k, STM_TYPES_ACTORS);
            }
        }
        return status;
    }
    return STEMMA_OK;
}

/** "named Anna Bell head of the bank": the words behind the name. */
static stemma_status add_office_behind(struct stm_events *events, struct stm_candidate *candidate,
                                       const struct stm_clause *clause)
{
    const struct stm_annotation *ann = events->ann;
    uint32_t first;
    uint32_t end;
    uint32_t mention = ann->tokens[clause->object].mention;
    uint32_t behind = mention == STEMMA_NONE
                          ? clause->object + 1
                          : ann->mentions[mention].first + ann->mentions[mention].count;
    stm_words_of(ann, clause->second, STM_WORDS_BARE, &first, &end);
    first = first < behind ? behind : first;
    for (uint32_t i = first; i < clause->second; i++) {
        if (stm_ann_is(ann, i, ",")) {
            first = i + 1; /* "Ama Boadu, a farmer, mayor" */
        }
    }
    if (first > clause->second) {
        return STEMMA_OK;
    }
    struct stm_filler filler = {"office",    first,       end - first, STEMMA_NONE,
                                STEMMA_NONE, STEMMA_NONE, 1,           0};
    return stm_add_filler(events, candidate, &filler);
}

stemma_status stm_add_complement(struct stm_events *events, struct stm_candidate *candidate,
                                 const struct stm_clause *clause)
{
    const struct stm_annotation *ann = events->ann;
    uint32_t complement = stm_syntax_child(ann, clause->verb, STM_RELATION_XCOMP);
    if (has_topic(candidate->kind)) {
        if (complement == STEMMA_NONE) {
            complement = stm_syntax_child(ann, clause->verb, STM_RELATION_CCOMP);
        }
        if (complement == STEMMA_NONE || complement < clause->verb) {
            complement = infinitive_behind(ann, clause->verb);
        }
        if (complement != STEMMA_NONE && complement > clause->verb &&
            (ann->tokens[complement].pos != STM_POS_VBG || clause->object == STEMMA_NONE)) {
            stemma_status status = add_addressee(events, candidate, complement);
            return status == STEMMA_OK
                       ? stm_add_words(events, candidate, "topic", complement, STM_WORDS_WHOLE)
                       : status;
        }
        /* "demanded a ransom", "promised aid": what is asked or promised is no person */
        uint32_t thing = clause->second != STEMMA_NONE ? clause->second : clause->object;
        if (thing != STEMMA_NONE && candidate->kind != STM_EVENT_STATEMENT_REJECT &&
            stm_types_at(ann, thing) == 0 && ann->tokens[thing].time == STEMMA_NONE) {
            return stm_add_topic(events, candidate, "topic", thing);
        }
        if (candidate->kind == STM_EVENT_STATEMENT_DEMAND) {
            return add_content(events, candidate, clause->verb);
        }
    } else if (has_office(candidate->kind)) {
        uint32_t first;
        uint32_t end;
        if (clause->second != STEMMA_NONE && (complement == STEMMA_NONE || !clause->passive)) {
            complement = clause->second; /* "was named head of the bank", "named her head" */
        }
        if (complement != STEMMA_NONE && !stm_is_verb(ann, complement) &&
            !stm_ann_has_lemma(ann, complement, "winner") &&
            !stm_has_role(events, candidate, "office")) {
            if (complement == clause->second && !clause->passive) {
                return add_office_behind(events, candidate, clause);
            }
            stm_words_of(ann, complement, STM_WORDS_BARE, &first, &end);
            if (clause->passive && first <= clause->verb && complement > clause->verb) {
                first = clause->verb + 1; /* the tree hangs the verb on its office: "Voss named chair" */
            }
            struct stm_filler filler = {"office",    first,       end - first, STEMMA_NONE,
                                        STEMMA_NONE, STEMMA_NONE, 1,           0};
            return stm_add_filler(events, candidate, &filler);
        }
    }
    return STEMMA_OK;
}

stemma_status stm_add_given(struct stm_events *events, struct stm_candidate *candidate,
                            const struct stm_clause *clause, uint32_t noun)
{
    const struct stm_annotation *ann = events->ann;
    if (candidate->kind == STM_EVENT_AWARD_GIVE) {
        uint32_t prize = noun != STEMMA_NONE ? noun : clause->second;
        if (prize == STEMMA_NONE) {
            return STEMMA_OK;
        }
        uint32_t before = candidate->filler_count;
        stemma_status status =
            stm_add_participants(events, candidate, "award", prize, STM_TYPE_BIT(STM_ENTITY_THING));
        if (status == STEMMA_OK && candidate->filler_count == before) {
            status = stm_add_words(events, candidate, "award", prize, STM_WORDS_BARE);
        }
        return status;
    }
    if (candidate->kind == STM_EVENT_JUSTICE_SENTENCE && noun != STEMMA_NONE) {
        /* "received a two-year suspended sentence": all between article and noun */
        uint32_t first = clause->verb + 1;
        uint32_t from;
        uint32_t end;
        stm_words_of(ann, noun, STM_WORDS_BARE, &from, &end);
        while (first < noun &&
               (ann->tokens[first].pos == STM_POS_DT || ann->tokens[first].pos == STM_POS_PRPS)) {
            first++;
        }
        if (noun < first || noun - first > 5 || first > from) {
            first = from;
        }
        struct stm_filler filler = {"penalty",   first,       end - first, STEMMA_NONE,
                                    STEMMA_NONE, STEMMA_NONE, 1,           0};
        return stm_add_filler(events, candidate, &filler);
    }
    if (candidate->kind == STM_EVENT_JUSTICE_SENTENCE &&
        !stm_has_role(events, candidate, "penalty")) {
        /* "given 11 years in prison" */
        uint32_t end = stm_ann_sentence_end(ann, ann->tokens[clause->verb].sentence);
        for (uint32_t i = clause->verb + 1; i < end && i < clause->verb + 6; i++) {
            if ((stm_ann_has_lemma(ann, i, "year") || stm_ann_has_lemma(ann, i, "month")) &&
                stm_clause_of(ann, i) == clause->verb) {
                return stm_add_words(events, candidate, "penalty", i, STM_WORDS_BARE);
            }
        }
    }
    return STEMMA_OK;
}
