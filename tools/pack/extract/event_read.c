/* SPDX-License-Identifier: MIT */
#include "pack/extract/event_read.h"

#include "pack/extract/event_complement.h"
#include "pack/extract/event_participant.h"
#include "pack/extract/event_whom.h"
#include "pack/extract/event_word.h"
#include "pack/extract/lexicon.h"
#include "pack/extract/syntax.h"

/** Nouns of bodies that are charged, fined and sued. */
#define STM_BODIES (STM_NOUN_AUTHORITY | STM_NOUN_COMPANY | STM_NOUN_PARTY | STM_NOUN_TROOPS | STM_NOUN_MISSION)

/** Whether a noun tells of a happening of its own: "demanded the withdrawal from X". */
static int is_happening(const struct stm_annotation *ann, uint32_t token)
{
    size_t count = 0;
    if (ann->tokens[token].pos == STM_POS_NN || ann->tokens[token].pos == STM_POS_NNS) {
        (void)stm_noun_senses(ann->tokens[token].lemma, &count);
    }
    return count != 0 && stm_noun_classes_at(ann, token) == 0;
}

/** "crossed the border into neighbouring Lund": the named place behind a preposition and a word
   that only describes it, whatever the tree makes of that word; or STEMMA_NONE. */
static uint32_t place_behind(const struct stm_annotation *ann, uint32_t verb, const char *word)
{
    static const char *const describing[] = {"neighbouring", "neighboring", "nearby"};
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[verb].sentence);
    for (uint32_t i = verb + 1; i + 2 < end && i < verb + 8 && !stm_ann_is(ann, i, ","); i++) {
        uint32_t mention = ann->tokens[i + 2].mention;
        if (stm_ann_is(ann, i, word) && STM_TOKEN_IS_ANY(ann, i + 1, describing) &&
            mention != STEMMA_NONE && ann->mentions[mention].kind == STEMMA_MENTION_NAME) {
            return ann->mentions[mention].head;
        }
    }
    return STEMMA_NONE;
}

/** What prepositions of the clause introduce, wherever the tree hangs them: "handed 40 men over to
    Poland" may put "to Poland" under the men. Only roles of entities that are still open. */
static stemma_status add_loose_cases(struct stm_events *events, struct stm_candidate *candidate,
                                     uint32_t verb)
{
    const struct stm_annotation *ann = events->ann;
    const struct stm_event_frame *frame = stm_event_frame_of(candidate->kind);
    stemma_status status = STEMMA_OK;
    for (size_t k = 0; frame->cases[k].word != NULL && status == STEMMA_OK; k++) {
        const struct stm_event_case *its = &frame->cases[k];
        int of = strcmp(its->word, "of") == 0;
        if ((of && its->types != 0) ||
            (frame->family != STM_FAMILY_MUTUAL && stm_has_role(events, candidate, its->role))) {
            continue;
        }
        uint32_t noun = stm_clause_case(ann, verb, its->word);
        uint32_t place = its->types == STM_TYPE_BIT(STM_ENTITY_PLACE)
                             ? place_behind(ann, verb, its->word)
                             : STEMMA_NONE;
        if (place != STEMMA_NONE && !stm_has_role(events, candidate, its->role)) {
            status = stm_add_participants(events, candidate, its->role, place, its->types);
            continue;
        }
        if (noun == STEMMA_NONE ||
            (ann->tokens[noun].relation != STM_RELATION_NMOD &&
             !stm_ann_is(ann, ann->tokens[noun].head, "guilty"))) {
            continue;
        }
        if (its->types == 0) {
            /* "convicted on Monday of fraud", "charged him with fraud" */
            uint32_t head = ann->tokens[noun].head;
            if (strcmp(its->role, "charge") == 0 &&
                (ann->tokens[head].time != STEMMA_NONE || stm_ann_is(ann, head, "guilty") ||
                 (!of && (stm_types_at(ann, head) & STM_TYPES_PEOPLE) != 0))) {
                status = stm_add_case(events, candidate, noun, stm_syntax_case(ann, noun));
            }
        } else if (!is_happening(ann, ann->tokens[noun].head) ||
                   (candidate->kind == STM_EVENT_STATEMENT_DEMAND &&
                    stm_ann_has_lemma(ann, ann->tokens[noun].head, "apology"))) {
            status = stm_add_participants(events, candidate, its->role, noun, its->types);
        }
    }
    return status;
}

/** Who is meant by an object that only decides the sense: "sanctions on X", "the ambassador to X".
 */
static stemma_status add_of_noun(struct stm_events *events, struct stm_candidate *candidate,
                                 const struct stm_sense *sense, uint32_t noun)
{
    const struct stm_annotation *ann = events->ann;
    const struct stm_event_frame *frame = stm_event_frame_of(candidate->kind);
    uint32_t before = candidate->filler_count;
    stemma_status status = STEMMA_OK;
    if ((sense->flags & STM_SENSE_UNDERGO) == 0 && candidate->kind != STM_EVENT_AWARD_GIVE &&
        candidate->kind != STM_EVENT_JUSTICE_SENTENCE &&
        candidate->kind != STM_EVENT_CONFLICT_ATTACK) {
        status = stm_add_participants(events, candidate, frame->object, noun, frame->object_types);
    }
    if (status == STEMMA_OK && frame->object_words) {
        status = stm_add_behind_noun(events, candidate, noun);
    }
    if (status == STEMMA_OK) {
        status = stm_add_cases(events, candidate, noun);
    }
    if (status != STEMMA_OK || candidate->filler_count != before || !frame->object_words) {
        return status;
    }
    for (size_t i = 0; frame->cases[i].word != NULL; i++) {
        uint32_t node = stm_syntax_oblique(ann, noun, frame->cases[i].word);
        if (node == STEMMA_NONE) {
            node = stm_syntax_oblique(ann, candidate->first, frame->cases[i].word);
        }
        if (node != STEMMA_NONE && ann->tokens[node].time == STEMMA_NONE &&
            frame->cases[i].types != 0 && strcmp(frame->cases[i].role, frame->object) == 0) {
            return stm_add_words(events, candidate, frame->object, node,
                                 STM_WORDS_BARE); /* "sanctions on copper" */
        }
    }
    switch (candidate->kind) {
    case STM_EVENT_SANCTION_IMPOSE:
    case STM_EVENT_SANCTION_LIFT:
    case STM_EVENT_CONFLICT_ATTACK:
        return STEMMA_OK; /* the sanctions, the rocket are not what was struck */
    default:
        return stm_add_words(events, candidate, frame->object, noun, STM_WORDS_WHOLE);
    }
}

/** "Nobody was arrested", "no one died", "none of them". */
static int is_nobody(const struct stm_annotation *ann, uint32_t token)
{
    return stm_ann_is(ann, token, "nobody") || stm_ann_is(ann, token, "none") ||
           (stm_ann_is(ann, token, "one") && token > 0 && stm_ann_is(ann, token - 1, "no"));
}

/** A pronoun for people of which it is not known whom it means. */
static int is_somebody(const struct stm_annotation *ann, uint32_t token, uint32_t types)
{
    static const char *const words[] = {"him", "her", "them", "he", "she", "they"};
    return (types & STM_TYPES_PEOPLE) != 0 && STM_TOKEN_IS_ANY(ann, token, words);
}

/** "X, along with 40 others, was freed": the noun behind "with", between X and the verb; or
    STEMMA_NONE. */
static uint32_t along_with(const struct stm_annotation *ann, uint32_t noun, uint32_t verb)
{
    static const char *const words[] = {"along", "together"};
    for (uint32_t i = noun + 1; i + 2 < verb && i < noun + 8; i++) {
        if (STM_TOKEN_IS_ANY(ann, i, words) && stm_ann_is(ann, i + 1, "with")) {
            uint32_t other = stm_phrase_head(ann, i + 2);
            return other != STEMMA_NONE && other < verb ? other : STEMMA_NONE;
        }
    }
    return STEMMA_NONE;
}

/** "awarded the divers medals", "fined the haulier": people or a body that are whom it befalls, and no mention. */
static int is_bare_person(const struct stm_annotation *ann, enum stm_event_kind kind,
                          const struct stm_clause *clause, uint32_t object)
{
    if (object != clause->object) {
        return 0;
    }
    if (clause->second != STEMMA_NONE && !clause->passive && stm_is_people_word(ann, object)) {
        return 1;
    }
    if ((stm_noun_classes_at(ann, object) & STM_BODIES) == 0 && !stm_is_people_word(ann, object) &&
        !stm_lexicon_has(STM_LEXICON_ORG_NOUN, ann->tokens[object].lemma)) {
        return 0;
    }
    if (stm_event_frame_of(kind)->family == STM_FAMILY_PATIENT && stm_is_people_word(ann, object)) {
        return 1;
    }
    switch (kind) {
    case STM_EVENT_JUSTICE_ACQUIT:
    case STM_EVENT_JUSTICE_CHARGE:
    case STM_EVENT_JUSTICE_CONVICT:
    case STM_EVENT_JUSTICE_FINE:
    case STM_EVENT_JUSTICE_SUE:
    case STM_EVENT_JUSTICE_TRY:
    case STM_EVENT_STATEMENT_ACCUSE:
        return 1;
    default:
        return 0;
    }
}

/** "Fined 320 pounds, disqualified": no sum is banned or searched. */
static int is_sum_of_case(const struct stm_annotation *ann, const struct stm_candidate *candidate,
                          uint32_t object)
{
    uint32_t q = ann->tokens[object].quantity;
    return candidate->kind >= STM_EVENT_JUSTICE_ACQUIT && candidate->kind <= STM_EVENT_JUSTICE_TRY &&
           candidate->kind != STM_EVENT_JUSTICE_CONFISCATE && q != STEMMA_NONE &&
           ann->quantities[q].value.unit.size != 0;
}

stemma_status stm_read_participants(struct stm_events *events, struct stm_candidate *candidate,
                                    const struct stm_sense *sense, const struct stm_clause *clause,
                                    uint32_t noun, int *enough)
{
    const struct stm_annotation *ann = events->ann;
    const struct stm_event_frame *frame = stm_event_frame_of(candidate->kind);
    uint32_t types = sense->types != 0 ? sense->types : frame->object_types;
    stemma_status status = STEMMA_OK;
    *enough = 0;
    if (noun != STEMMA_NONE) {
        status = add_of_noun(events, candidate, sense, noun);
    }
    uint32_t object =
        (sense->flags & STM_SENSE_UNDERGO) && !clause->passive ? clause->subject : clause->object;
    if (sense->with != NULL && object != STEMMA_NONE &&
        stm_ann_has_lemma(ann, object, sense->with)) {
        object = STEMMA_NONE; /* "opened fire": the fire is not what was struck */
    }
    if (candidate->kind == STM_EVENT_STATEMENT_PROMISE && object != STEMMA_NONE &&
        object == clause->object && !clause->passive && clause->second == STEMMA_NONE &&
        stm_clause_case(ann, clause->verb, "to") != STEMMA_NONE) {
        object = STEMMA_NONE; /* "offered troops to X" */
    }
    object = stm_whom_instead(ann, candidate->kind, clause, object);
    if (status == STEMMA_OK && object != STEMMA_NONE && frame->object != NULL &&
        (sense->object == 0 || (sense->flags & (STM_SENSE_OBJECT | STM_SENSE_UNDERGO)) != 0 ||
         clause->second != STEMMA_NONE)) {
        uint32_t before = candidate->filler_count;
        status = stm_add_participants(events, candidate, frame->object, object, types);
        if (status == STEMMA_OK && candidate->filler_count != before) {
            status = stm_add_included(events, candidate, frame->object, clause->verb, types);
            if (status == STEMMA_OK && clause->passive) {
                status = stm_add_participants(events, candidate, frame->object,
                                              stm_clause_listed_before(ann, object), types);
            }
            uint32_t other = along_with(ann, object, clause->verb);
            if (status == STEMMA_OK && other != STEMMA_NONE) {
                status = stm_add_participants(events, candidate, frame->object, other, types);
            }
        } else if (status == STEMMA_OK && is_bare_person(ann, candidate->kind, clause, object)) {
            status = stm_add_doers(events, candidate, frame->object, object);
        }
        if (status == STEMMA_OK && candidate->filler_count == before && frame->object_words &&
            sense->types == 0 && sense->object == 0 && !is_sum_of_case(ann, candidate, object) &&
            (ann->tokens[object].pos == STM_POS_NN || ann->tokens[object].pos == STM_POS_NNS) &&
            ann->tokens[object].time == STEMMA_NONE) {
            status = stm_add_words(events, candidate, frame->object, object, STM_WORDS_WHOLE);
        }
        if (status == STEMMA_OK && candidate->filler_count == before && !frame->object_words &&
            candidate->kind == STM_EVENT_PROTEST_DEMONSTRATE && object == clause->object &&
            !clause->passive && sense->object == 0 &&
            (ann->tokens[object].pos == STM_POS_NN || ann->tokens[object].pos == STM_POS_NNS)) {
            status = stm_add_topic(events, candidate, "topic", object); /* "to protest the ban" */
        }
        if (candidate->filler_count == before && is_nobody(ann, object)) {
            candidate->nobody = 1;
        } else if (candidate->filler_count == before && (sense->flags & STM_SENSE_OBJECT) &&
                   noun == STEMMA_NONE && !is_somebody(ann, object, types)) {
            return status;
        }
    } else if ((sense->flags & STM_SENSE_UNDERGO) && object == STEMMA_NONE) {
        return status;
    }
    uint32_t before = candidate->filler_count;
    if (status == STEMMA_OK && !(sense->flags & STM_SENSE_UNDERGO && !clause->passive)) {
        status = stm_add_participants(events, candidate, frame->subject, clause->subject,
                                      frame->subject_types);
        uint32_t second = clause->passive ? STEMMA_NONE
                                          : stm_clause_second_subject(ann, clause->subject);
        if (status == STEMMA_OK && second != STEMMA_NONE && candidate->filler_count == before) {
            status = stm_add_doers(events, candidate, frame->subject, clause->subject);
        }
        if (status == STEMMA_OK) {
            status = stm_add_participants(events, candidate, frame->subject, second,
                                          frame->subject_types);
        }
    }
    if (status == STEMMA_OK && candidate->filler_count == before && frame->subject != NULL &&
        (frame->subject_types & STM_TYPE_BIT(STM_ENTITY_GROUP)) != 0 &&
        !((sense->flags & STM_SENSE_UNDERGO) && !clause->passive)) {
        status = stm_add_doers(events, candidate, frame->subject, clause->subject);
    }
    int acting = candidate->filler_count != before ||
                 (clause->subject != STEMMA_NONE && candidate->filler_count != 0 &&
                  ann->tokens[clause->subject].pos == STM_POS_PRP);
    if (status == STEMMA_OK) {
        status = stm_add_cases(events, candidate, clause->verb);
    }
    if (status == STEMMA_OK) {
        status = add_loose_cases(events, candidate, clause->verb);
    }
    if (status == STEMMA_OK) {
        status = stm_add_complement(events, candidate, clause);
    }
    if (status == STEMMA_OK) {
        status = stm_add_given(events, candidate, clause, noun);
    }
    if (status == STEMMA_OK) {
        status = stm_add_whom(events, candidate, clause, noun);
    }
    if ((sense->flags & STM_SENSE_SUBJECT) && !acting) {
        return status;
    }
    if ((sense->flags & STM_SENSE_WITH) && candidate->filler_count < 2) {
        return status; /* "he spoke": a meeting needs another */
    }
    if ((sense->flags & STM_SENSE_WEAK) && candidate->filler_count < 2) {
        return status;
    }
    if ((sense->flags & STM_SENSE_MUTUAL) && candidate->filler_count < 2 &&
        !(clause->object == STEMMA_NONE && stm_is_several(ann, clause->subject)) &&
        !(acting && clause->object != STEMMA_NONE)) {
        return status;
    }
    *enough = 1;
    return status;
}
