/* SPDX-License-Identifier: MIT */
/* Happenings that verbs tell. */
#include "pack/extract/event_find.h"

#include "pack/extract/event_circumstance.h"
#include "pack/extract/event_clause.h"
#include "pack/extract/event_modality.h"
#include "pack/extract/event_participant.h"
#include "pack/extract/event_word.h"
#include "pack/extract/lexicon.h"
#include "pack/extract/syntax.h"

enum { CHILDREN = 300 };

/** Whether a node or one coordinated with it is of one of the classes; which one, or STEMMA_NONE.
 */
static uint32_t of_class(const struct stm_annotation *ann, uint32_t head, uint64_t classes)
{
    uint32_t members[8];
    uint32_t count = stm_syntax_conjuncts(ann, head, members, 8);
    for (uint32_t i = 0; i < count; i++) {
        if (stm_noun_classes_at(ann, members[i]) & classes) {
            return members[i];
        }
        /* "some of the sanctions", "a number of sanctions" */
        uint32_t of = stm_syntax_oblique(ann, members[i], "of");
        if (of != STEMMA_NONE && (stm_noun_classes_at(ann, of) & classes)) {
            return of;
        }
    }
    return STEMMA_NONE;
}

/** A noun of a class that stands near a verb although the tree hangs it elsewhere: behind it, or of
    a passive before it, with no other verb or comma between. */
static uint32_t class_near(const struct stm_annotation *ann, const struct stm_clause *clause,
                           uint64_t classes)
{
    uint32_t start = ann->sentences[ann->tokens[clause->verb].sentence].first;
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[clause->verb].sentence);
    for (uint32_t steps = 1; steps <= (clause->passive ? 12u : 6u); steps++) {
        uint32_t i;
        if (clause->passive) {
            if (clause->verb < start + steps) {
                break;
            }
            i = clause->verb - steps;
        } else {
            i = clause->verb + steps;
            if (i >= end) {
                break;
            }
        }
        uint8_t pos = ann->tokens[i].pos;
        if (stm_noun_classes_at(ann, i) & classes) {
            return i;
        }
        if (stm_ann_is(ann, i, ",") || pos == STM_POS_VBD || pos == STM_POS_VBZ ||
            pos == STM_POS_VB || pos == STM_POS_WP || pos == STM_POS_WDT ||
            (!clause->passive && (pos == STM_POS_IN || pos == STM_POS_TO) &&
             !stm_ann_is(ann, i, "of"))) {
            if (!(clause->passive && steps < 4 && ann->tokens[i].relation != STM_RELATION_ROOT &&
                  (stm_ann_has_lemma(ann, i, "be") || stm_ann_has_lemma(ann, i, "have")))) {
                break;
            }
        }
    }
    return STEMMA_NONE;
}

static int is_child_of(const struct stm_annotation *ann, uint32_t verb, const char *word)
{
    uint32_t looked = 0;
    for (uint32_t i = ann->tokens[verb].child; i != STEMMA_NONE && looked < CHILDREN;
         i = ann->tokens[i].sibling, looked++) {
        if (i > verb &&
            (stm_ann_has_lemma(ann, i, word) || stm_ann_is(ann, stm_syntax_case(ann, i), word))) {
            return 1;
        }
    }
    return stm_clause_case(ann, verb, word) != STEMMA_NONE;
}

/** "in jail", "behind bars", "hostage", "without trial", "since May". */
static int has_custody(const struct stm_annotation *ann, const struct stm_clause *clause)
{
    static const char *const words[] = {"hostage", "captive", "incommunicado", "prisoner"};
    uint32_t looked = 0;
    for (uint32_t i = ann->tokens[clause->verb].child; i != STEMMA_NONE && looked < CHILDREN;
         i = ann->tokens[i].sibling, looked++) {
        if (i < clause->verb) {
            continue;
        }
        if (STM_TOKEN_IS_ANY(ann, i, words) ||
            ((stm_noun_classes_at(ann, i) & STM_NOUN_CUSTODY) != 0 &&
             (stm_ann_is(ann, stm_syntax_case(ann, i), "in") ||
              stm_ann_is(ann, stm_syntax_case(ann, i), "behind")))) {
            return 1;
        }
    }
    return 0;
}

/** "moved to a penal colony near X", "driven to the Y crossing": people are carried somewhere that
    has a name, or is a prison. */
static int is_carried(const struct stm_annotation *ann, const struct stm_clause *clause)
{
    static const char *const words[] = {"to", "into"};
    if (!clause->passive || (stm_types_at(ann, clause->object) & STM_TYPES_PEOPLE) == 0) {
        return 0;
    }
    for (size_t i = 0; i < 2; i++) {
        uint32_t to = stm_clause_case(ann, clause->verb, words[i]);
        if (to != STEMMA_NONE &&
            ((stm_noun_classes_at(ann, to) & STM_NOUN_CUSTODY) != 0 ||
             stm_ann_has_lemma(ann, to, "colony") || stm_ann_has_lemma(ann, to, "exile") ||
             (stm_noun_classes_at(ann, to) & (STM_NOUN_BORDER | STM_NOUN_TERRITORY)) != 0 ||
             (stm_types_at(ann, to) & STM_TYPE_BIT(STM_ENTITY_PLACE)) != 0)) {
            return 1;
        }
    }
    return 0;
}

/** "marched to demand", "marched against": a protest, where soldiers only march. */
static int has_cause(const struct stm_annotation *ann, uint32_t verb)
{
    static const char *const causes[] = {"demand",  "demanding", "against",    "protest",
                                         "over",    "support",   "protesting", "demanded",
                                         "calling", "solidarity"};
    uint32_t first;
    uint32_t end;
    stm_syntax_range(ann, verb, &first, &end);
    for (uint32_t i = verb + 1; i < end && i < verb + 20; i++) {
        if (STM_TOKEN_IS_ANY(ann, i, causes)) {
            return 1;
        }
    }
    return 0;
}

static int has_clause(const struct stm_annotation *ann, uint32_t verb)
{
    return stm_syntax_child(ann, verb, STM_RELATION_XCOMP) != STEMMA_NONE ||
           stm_syntax_child(ann, verb, STM_RELATION_CCOMP) != STEMMA_NONE;
}

/** Whether the words around a verb are those that a sense needs. `*noun` gets the noun of a class
    that is its object. */
static int fits(const struct stm_annotation *ann, const struct stm_sense *sense,
                const struct stm_clause *clause, uint32_t *noun)
{
    uint32_t verb = clause->verb;
    *noun = STEMMA_NONE;
    if (sense->word != NULL) {
        uint32_t particle = stm_syntax_child(ann, verb, STM_RELATION_COMPOUND_PRT);
        if (!stm_ann_is(ann, verb + 1, sense->word) && !stm_ann_is(ann, particle, sense->word) &&
            !(clause->object == verb + 1 && stm_ann_is(ann, verb + 2, sense->word))) {
            return 0;
        }
    }
    if (sense->with != NULL && !is_child_of(ann, verb, sense->with)) {
        return 0;
    }
    if ((sense->flags & STM_SENSE_PASSIVE) && !clause->passive) {
        return 0;
    }
    if ((sense->flags & STM_SENSE_CLAUSE) && !has_clause(ann, verb) &&
        !(clause->passive && clause->second != STEMMA_NONE)) {
        return 0;
    }
    if ((sense->flags & STM_SENSE_INTRANSITIVE) && sense->types == 0 &&
        (clause->object != STEMMA_NONE || clause->passive)) {
        return 0;
    }
    if ((sense->flags & STM_SENSE_INTRANSITIVE) && sense->types != 0 && has_clause(ann, verb)) {
        return 0;
    }
    if ((sense->flags & STM_SENSE_CUSTODY) && !has_custody(ann, clause)) {
        return 0;
    }
    if ((sense->flags & STM_SENSE_CARRIED) && !is_carried(ann, clause)) {
        return 0;
    }
    if ((sense->flags & STM_SENSE_CAUSE) && !has_cause(ann, verb)) {
        return 0;
    }
    if (sense->subject != 0 && of_class(ann, clause->subject, sense->subject) == STEMMA_NONE) {
        return 0;
    }
    if (sense->object != 0) {
        *noun = of_class(ann, clause->object, sense->object);
        if (*noun == STEMMA_NONE && clause->second != STEMMA_NONE) {
            *noun = of_class(ann, clause->second, sense->object);
        }
        if (*noun == STEMMA_NONE) {
            *noun = class_near(ann, clause, sense->object);
        }
        return *noun != STEMMA_NONE || (sense->flags & STM_SENSE_OBJECT) != 0;
    }
    return (sense->flags & STM_SENSE_OBJECT) == 0 || clause->object != STEMMA_NONE;
}

/** Detained, jailed: an arrest, a state, or a sentence. */
static enum stm_event_kind settle_jail(const struct stm_annotation *ann,
                                       const struct stm_clause *clause)
{
    static const char *const terms[] = {"year", "month", "day", "life", "week"};
    uint32_t term = stm_syntax_oblique(ann, clause->verb, "for");
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
        if (stm_ann_has_lemma(ann, term, terms[i])) {
            return stm_ann_has_lemma(ann, clause->verb, "detain") ? STM_EVENT_JUSTICE_DETAIN
                                                                  : STM_EVENT_JUSTICE_SENTENCE;
        }
    }
    uint32_t aux = stm_syntax_child(ann, clause->verb, STM_RELATION_AUX_PASS);
    if (stm_syntax_oblique(ann, clause->verb, "since") != STEMMA_NONE ||
        stm_ann_is(ann, aux, "is") || stm_ann_is(ann, aux, "are") ||
        stm_ann_is(ann, clause->verb + 1, "since")) {
        return STM_EVENT_JUSTICE_DETAIN;
    }
    return STM_EVENT_JUSTICE_ARREST;
}

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

/** What prepositions of the clause introduce, wherever the tree hangs them: "handed 40 men over to
    Poland" may put "to Poland" under the men. Only roles of entities that are still open. */
static stemma_status add_loose_cases(struct stm_events *events, struct stm_candidate *candidate,
                                     uint32_t verb)
{
    const struct stm_annotation *ann = events->ann;
    const struct stm_event_frame *frame = stm_event_frame_of(candidate->kind);
    stemma_status status = STEMMA_OK;
    for (size_t k = 0; k < STM_EVENT_CASES && frame->cases[k].word != NULL && status == STEMMA_OK;
         k++) {
        const struct stm_event_case *its = &frame->cases[k];
        int of = strcmp(its->word, "of") == 0;
        if ((of && its->types != 0) ||
            (frame->family != STM_FAMILY_MUTUAL && stm_has_role(events, candidate, its->role))) {
            continue;
        }
        uint32_t noun = stm_clause_case(ann, verb, its->word);
        if (noun == STEMMA_NONE || ann->tokens[noun].relation != STM_RELATION_NMOD) {
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
        } else {
            status = stm_add_participants(events, candidate, its->role, noun, its->types);
        }
    }
    return status;
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

/** The clause that says what is asked for, promised, refused; the office that somebody is given. */
static stemma_status add_complement(struct stm_events *events, struct stm_candidate *candidate,
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
        if (complement != STEMMA_NONE && complement > clause->verb) {
            return stm_add_words(events, candidate, "topic", complement, STM_WORDS_WHOLE);
        }
        /* "demanded a ransom", "promised aid": what is asked or promised is no person */
        uint32_t thing = clause->second != STEMMA_NONE ? clause->second : clause->object;
        if (thing != STEMMA_NONE && candidate->kind != STM_EVENT_STATEMENT_REJECT &&
            stm_types_at(ann, thing) == 0 && ann->tokens[thing].time == STEMMA_NONE) {
            return stm_add_words(events, candidate, "topic", thing, STM_WORDS_WHOLE);
        }
    } else if (has_office(candidate->kind)) {
        if (complement == STEMMA_NONE && clause->passive) {
            complement = clause->second; /* "was named head of the bank" */
        }
        if (complement != STEMMA_NONE && !stm_is_verb(ann, complement) &&
            !stm_has_role(events, candidate, "office")) {
            return stm_add_words(events, candidate, "office", complement, STM_WORDS_BARE);
        }
    }
    return STEMMA_OK;
}

/** Prizes and penalties: what is given. */
static stemma_status add_given(struct stm_events *events, struct stm_candidate *candidate,
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
        return stm_add_words(events, candidate, "penalty", noun, STM_WORDS_BARE);
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
    for (size_t i = 0; i < STM_EVENT_CASES && frame->cases[i].word != NULL; i++) {
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

/** Those who take part in what a verb tells, by a sense that fits. `*enough`: they suffice. */
static stemma_status read_participants(struct stm_events *events, struct stm_candidate *candidate,
                                       const struct stm_sense *sense,
                                       const struct stm_clause *clause, uint32_t noun, int *enough)
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
    if (status == STEMMA_OK && object != STEMMA_NONE && frame->object != NULL &&
        (sense->object == 0 || (sense->flags & (STM_SENSE_OBJECT | STM_SENSE_UNDERGO)) != 0 ||
         clause->second != STEMMA_NONE)) {
        uint32_t before = candidate->filler_count;
        status = stm_add_participants(events, candidate, frame->object, object, types);
        if (status == STEMMA_OK && candidate->filler_count != before) {
            status = stm_add_included(events, candidate, frame->object, clause->verb, types);
        }
        if (status == STEMMA_OK && candidate->filler_count == before && frame->object_words &&
            sense->types == 0 && sense->object == 0 &&
            (ann->tokens[object].pos == STM_POS_NN || ann->tokens[object].pos == STM_POS_NNS) &&
            ann->tokens[object].time == STEMMA_NONE) {
            status = stm_add_words(events, candidate, frame->object, object, STM_WORDS_WHOLE);
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
        if (status == STEMMA_OK && !clause->passive) {
            status = stm_add_participants(events, candidate, frame->subject,
                                          stm_clause_second_subject(ann, clause->subject),
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
        status = add_complement(events, candidate, clause);
    }
    if (status == STEMMA_OK) {
        status = add_given(events, candidate, clause, noun);
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

/** "the jailed activist Anna Bell": a state or deed of one who is named. */
static int is_attributive(const struct stm_annotation *ann, uint32_t token)
{
    return ann->tokens[token].relation == STM_RELATION_AMOD && !stm_stands_as_verb(ann, token);
}

static stemma_status read_attributive(struct stm_events *events, struct stm_candidate *candidate,
                                      const struct stm_sense *sense, int *enough)
{
    const struct stm_annotation *ann = events->ann;
    const struct stm_event_frame *frame = stm_event_frame_of(sense->kind);
    uint32_t head = ann->tokens[candidate->first].head;
    *enough = 0;
    if ((sense->flags & STM_SENSE_OBJECT) == 0 || frame->family != STM_FAMILY_PATIENT ||
        ann->tokens[candidate->first].pos == STM_POS_VBG || head < candidate->first ||
        (stm_types_at(ann, head) & STM_TYPES_PEOPLE) == 0) {
        return STEMMA_OK;
    }
    if (sense->flags & STM_SENSE_JAIL) {
        candidate->kind = STM_EVENT_JUSTICE_DETAIN;
    }
    candidate->anaphoric = 1;
    candidate->stand.confidence = 500;
    stemma_status status =
        stm_add_participants(events, candidate, frame->object, head, STM_TYPES_PEOPLE);
    for (uint32_t i = 0; i < candidate->filler_count; i++) {
        uint32_t mention = events->fillers[candidate->filler_first + i].mention;
        /* "the 14 freed prisoners", but not "240 captured fighters" */
        *enough |=
            events->fillers[candidate->filler_first + i].quantity != STEMMA_NONE &&
            (candidate->kind == STM_EVENT_JUSTICE_RELEASE || candidate->kind == STM_EVENT_LIFE_DIE);
        *enough |= mention != STEMMA_NONE && ann->mentions[mention].kind == STEMMA_MENTION_NAME;
    }
    return status;
}

/** The senses of a participle that is tagged as an adjective or a noun: "were injured", "those
    freed". `lemma` is its place for the verb. */
static const struct stm_sense *senses_of_participle(const struct stm_annotation *ann,
                                                    uint32_t token, size_t *count)
{
    char verb[32];
    stemma_text word = ann->tokens[token].lower;
    const struct stm_sense *senses = NULL;
    *count = 0;
    for (size_t low = 0, high = stm_lexicon_form_count; low < high;) {
        size_t middle = low + (high - low) / 2;
        const struct stm_form_entry *entry = &stm_lexicon_forms[middle];
        int order = stemma_text_compare(stemma_text_of(entry->form), word);
        if (order == 0) {
            return entry->tag == STM_TAG_PAST || entry->tag == STM_TAG_PARTICIPLE
                       ? stm_senses_of(stm_event_verbs, stm_event_verbs_count,
                                       stemma_text_of(entry->lemma), count)
                       : NULL;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    /* "were hurt", "is to free"; but "is free" tells of no freeing */
    if (token > 0 && (stm_ann_is(ann, token - 1, "to") || stm_ann_is(ann, token, "hurt") ||
                      stm_ann_is(ann, token, "hit"))) {
        senses =
            stm_senses_of(stm_event_verbs, stm_event_verbs_count, ann->tokens[token].lemma, count);
        if (*count != 0) {
            return senses;
        }
    }
    if (word.size < 5 || word.size >= sizeof verb ||
        memcmp(word.data + word.size - 2, "ed", 2) != 0) {
        return NULL;
    }
    /* "arrested", "released", "deported"; "pardoned"; "kidnapped" */
    for (size_t cut = 1; cut <= 3 && *count == 0; cut++) {
        senses = stm_senses_of(stm_event_verbs, stm_event_verbs_count,
                               (stemma_text){word.data, word.size - cut}, count);
    }
    return senses;
}

/** Whether a participle that is tagged otherwise is a predicate or stands for people. */
static int is_hidden_participle(const struct stm_annotation *ann, uint32_t token)
{
    uint32_t start = ann->sentences[ann->tokens[token].sentence].first;
    uint8_t pos = ann->tokens[token].pos;
    if (token == start || (pos != STM_POS_JJ && pos != STM_POS_NN && pos != STM_POS_NNS)) {
        return 0;
    }
    uint32_t mention = ann->tokens[token].mention;
    uint8_t next = token + 1 < ann->token_count ? ann->tokens[token + 1].pos : STM_POS_NONE;
    if (stm_ann_is(ann, token - 1, "to") && pos == STM_POS_JJ) {
        return stm_phrase_head(ann, token + 1) != STEMMA_NONE; /* "is to free 40 men" */
    }
    return stm_ann_has_lemma(ann, token - 1, "be") || stm_ann_is(ann, token - 1, "those") ||
           stm_ann_is(ann, token - 1, "got") ||
           (pos == STM_POS_JJ && mention == STEMMA_NONE && stm_stands_as_verb(ann, token) &&
            next != STM_POS_NN && next != STM_POS_NNS);
}

/** Whether a participle stands behind "those" or a sentence begins with "also" or "among". */
static int is_inverted(const struct stm_annotation *ann, uint32_t token)
{
    uint32_t start = ann->sentences[ann->tokens[token].sentence].first;
    return token > start && (stm_ann_is(ann, token - 1, "those") ||
                             (token - start <= 4 &&
                              (stm_ann_is(ann, start, "also") || stm_ann_is(ann, start, "among"))));
}

/** "Also released were A and B", "Among those freed last month was C", "D was among those freed":
    adds to a happening told elsewhere. 1 in `*inverted` when the clause is one of these. */
static stemma_status read_inverted(struct stm_events *events, struct stm_candidate *candidate,
                                   const struct stm_sense *sense, int *inverted)
{
    static const char *const be_words[] = {"was", "were", "is", "are"};
    const struct stm_annotation *ann = events->ann;
    const struct stm_event_frame *frame = stm_event_frame_of(candidate->kind);
    uint32_t token = candidate->first;
    uint32_t start = ann->sentences[ann->tokens[token].sentence].first;
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[token].sentence);
    uint32_t types = sense->types != 0 ? sense->types : frame->object_types;
    *inverted = 0;
    if ((sense->flags & STM_SENSE_OBJECT) == 0 || !is_inverted(ann, token)) {
        return STEMMA_OK;
    }
    int those = stm_ann_is(ann, token - 1, "those");
    int opens =
        token - start <= 4 && (stm_ann_is(ann, start, "also") || stm_ann_is(ann, start, "among"));
    candidate->definite = 1;
    candidate->anaphoric = 1;
    if (opens) {
        for (uint32_t i = token + 1; i + 1 < end && i < token + 8; i++) {
            if (STM_TOKEN_IS_ANY(ann, i, be_words)) {
                uint32_t from = i + 1;
                while (from < end && (stm_ann_is(ann, from, ",") || stm_ann_is(ann, from, ":"))) {
                    from++; /* copy that lost a word: "were , the" */
                }
                *inverted = 1;
                stemma_status status =
                    stm_add_listed(events, candidate, frame->object, from, types, 0);
                uint32_t counted = ann->tokens[token - 1].quantity;
                if (status == STEMMA_OK && counted != STEMMA_NONE) {
                    status =
                        stm_add_participants(events, candidate, frame->object, token - 1, types);
                }
                return status;
            }
            if (ann->tokens[i].time == STEMMA_NONE && ann->tokens[i].pos != STM_POS_IN &&
                ann->tokens[i].pos != STM_POS_RB) {
                break;
            }
        }
    }
    if (those && token >= start + 4) {
        uint32_t be = token - 3; /* "was among those freed" */
        if (stm_ann_is(ann, token - 2, "of") && stm_ann_is(ann, token - 3, "one")) {
            be = token - 4;
        } else if (!stm_ann_is(ann, token - 2, "among")) {
            return STEMMA_OK;
        }
        while (be > start && (ann->tokens[be].pos == STM_POS_RB)) {
            be--;
        }
        if (be > start && STM_TOKEN_IS_ANY(ann, be, be_words) &&
            ann->tokens[be - 1].mention != STEMMA_NONE) {
            *inverted = 1;
            return stm_add_participants(events, candidate, frame->object,
                                        ann->mentions[ann->tokens[be - 1].mention].head, types);
        }
    }
    return STEMMA_OK;
}

stemma_status stm_find_verbal(struct stm_events *events, uint32_t token)
{
    struct stm_annotation *ann = events->ann;
    const struct stm_token *word = &ann->tokens[token];
    uint32_t mention = word->mention;
    int attributive = is_attributive(ann, token);
    int hidden = !stm_is_verb(ann, token) && is_hidden_participle(ann, token);
    if (!stm_is_verb(ann, token) && !hidden && !(attributive && word->pos == STM_POS_JJ)) {
        return STEMMA_OK;
    }
    if (mention != STEMMA_NONE && ann->mentions[mention].kind == STEMMA_MENTION_NAME) {
        return STEMMA_OK;
    }
    size_t count;
    const struct stm_sense *senses =
        stm_senses_of(stm_event_verbs, stm_event_verbs_count, word->lemma, &count);
    char longer[32];
    if (!stm_is_verb(ann, token)) {
        senses = senses_of_participle(ann, token, &count);
    }
    if (count == 0 && word->pos != STM_POS_VB && word->lemma.size + 1 < sizeof longer) {
        /* "telephon" of "telephoned" */
        memcpy(longer, word->lemma.data, word->lemma.size);
        longer[word->lemma.size] = 'e';
        senses = stm_senses_of(stm_event_verbs, stm_event_verbs_count,
                               (stemma_text){longer, word->lemma.size + 1}, &count);
    }
    if (count == 0) {
        return STEMMA_OK;
    }
    if (hidden) {
        attributive = 0;
    }
    if (word->relation == STM_RELATION_AUX || word->relation == STM_RELATION_COP ||
        word->relation == STM_RELATION_AUX_PASS || word->relation == STM_RELATION_COMPOUND) {
        return STEMMA_OK;
    }
    struct stm_clause own = stm_clause_at(ann, token);
    for (size_t i = 0; i < count; i++) {
        const struct stm_sense *sense = &senses[i];
        uint32_t noun = STEMMA_NONE;
        struct stm_clause clause = own;
        if (clause.bare && (sense->flags & (STM_SENSE_OBJECT | STM_SENSE_PASSIVE)) != 0 &&
            (sense->flags & (STM_SENSE_MUTUAL | STM_SENSE_CLAUSE)) == 0) {
            stm_clause_make_passive(&clause); /* "30 men freed on Monday" */
        } else if (clause.weak && (sense->flags & (STM_SENSE_OBJECT | STM_SENSE_PASSIVE)) == 0 &&
                   sense->object == 0) {
            stm_clause_make_active(&clause); /* "thousands demonstrated" */
        }
        if (!attributive && !fits(ann, sense, &clause, &noun) &&
            !(is_inverted(ann, token) && (sense->flags & STM_SENSE_OBJECT) != 0 &&
              sense->word == NULL && sense->with == NULL && sense->object == 0 &&
              sense->subject == 0)) {
            continue;
        }
        struct stm_candidate candidate = {.kind = sense->kind,
                                          .first = token,
                                          .count = 1,
                                          .filler_first = (uint32_t)events->filler_count,
                                          .time = STEMMA_NONE,
                                          .place_mention = STEMMA_NONE,
                                          .noun = noun,
                                          .cluster = STEMMA_NONE};
        if (sense->word != NULL && stm_ann_is(ann, token + 1, sense->word)) {
            candidate.count = 2;
        }
        if (sense->with != NULL && noun == STEMMA_NONE) {
            /* "left nine dead", "filed for bankruptcy": the words that tell it together */
            for (uint32_t k = token + 1; k < token + 5 && k < ann->token_count; k++) {
                if (stm_ann_has_lemma(ann, k, sense->with) && ann->tokens[k].pos != STM_POS_IN &&
                    ann->tokens[k].pos != STM_POS_TO) {
                    candidate.count = k + 1 - token;
                }
            }
        }
        candidate.in_title = ann->sentences[word->sentence].is_title;
        int enough = 0;
        stemma_status status;
        if (attributive) {
            candidate.stand = stm_stand_plain(500);
            candidate.stand.tense = STEMMA_TENSE_PAST;
            status = read_attributive(events, &candidate, sense, &enough);
        } else {
            if (sense->flags & STM_SENSE_JAIL) {
                candidate.kind = (uint8_t)settle_jail(ann, &clause);
            }
            int inverted = 0;
            status = read_inverted(events, &candidate, sense, &inverted);
            if (status == STEMMA_OK && !inverted) {
                status = read_participants(events, &candidate, sense, &clause, noun, &enough);
            }
            enough |= inverted && candidate.filler_count != 0;
            candidate.stand = stm_stand_at(ann, token, candidate.kind, 800);
            if (candidate.nobody) {
                candidate.stand.polarity = STEMMA_POLARITY_NEGATIVE;
            }
        }
        if (status != STEMMA_OK) {
            return status;
        }
        if (!enough) {
            events->filler_count = candidate.filler_first;
            continue;
        }
        if (!attributive) {
            stm_find_circumstance(events, &candidate, STEMMA_NONE);
        }
        return stm_keep_candidate(events, &candidate);
    }
    return STEMMA_OK;
}
