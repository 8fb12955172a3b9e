/* SPDX-License-Identifier: MIT */
/* Happenings that nouns tell: "the arrest of X", "talks between A and B", "held a rally". */
#include "pack/extract/event_nominal.h"

#include "pack/extract/event_circumstance.h"
#include "pack/extract/event_clause.h"
#include "pack/extract/event_headline.h"
#include "pack/extract/event_modality.h"
#include "pack/extract/event_nominal_fit.h"
#include "pack/extract/event_participant.h"
#include "pack/extract/event_whom.h"
#include "pack/extract/event_word.h"
#include "pack/extract/syntax.h"

enum { CHILDREN = 300 };

static int has_digit(stemma_text word)
{
    for (size_t i = 0; i < word.size; i++) {
        if (word.data[i] >= '0' && word.data[i] <= '9') {
            return 1;
        }
    }
    return 0;
}

/** What stands before the noun: possessors, "police raid", "Russian attack". */
static stemma_status add_before(struct stm_events *events, struct stm_candidate *candidate,
                                int has_object)
{
    const struct stm_annotation *ann = events->ann;
    const struct stm_event_frame *frame = stm_event_frame_of(candidate->kind);
    uint32_t token = candidate->first;
    stemma_status status = STEMMA_OK;
    uint32_t looked = 0;
    for (uint32_t i = ann->tokens[token].child;
         i != STEMMA_NONE && i < token && looked < CHILDREN && status == STEMMA_OK;
         i = ann->tokens[i].sibling, looked++) {
        uint8_t relation = ann->tokens[i].relation;
        int possessor = relation == STM_RELATION_NMOD_POSS;
        if (!possessor && relation != STM_RELATION_COMPOUND && relation != STM_RELATION_AMOD &&
            relation != STM_RELATION_NMOD && relation != STM_RELATION_NMOD_UNMARKED) {
            continue;
        }
        if (ann->tokens[i].time != STEMMA_NONE ||
            (ann->tokens[i].mention == STEMMA_NONE && has_digit(ann->tokens[i].lower))) {
            continue; /* "a N2bn fraud" */
        }
        if (relation == STM_RELATION_COMPOUND &&
            stm_noun_names_where(ann, i, token, (enum stm_event_kind)candidate->kind)) {
            uint32_t where = ann->tokens[i].mention;
            candidate->place_mention =
                where != STEMMA_NONE && ann->mentions[where].type == STM_ENTITY_PLACE ? where : STEMMA_NONE;
            continue;
        }
        int subject =
            frame->noun_subject || frame->object == NULL || (has_object && frame->subject != NULL);
        if (possessor || frame->noun_subject) {
            status =
                stm_add_participants(events, candidate, subject ? frame->subject : frame->object, i,
                                     subject ? frame->subject_types : frame->object_types);
        } else if (relation == STM_RELATION_COMPOUND || relation == STM_RELATION_AMOD) {
            /* "a police arrest", "the US release of prisoners"; "the Voss release" */
            uint32_t types = stm_types_at(ann, i);
            int person = (types & STM_TYPES_PEOPLE & frame->object_types) != 0 && !has_object &&
                         relation == STM_RELATION_COMPOUND;
            const char *role = person ? frame->object : frame->subject;
            status = stm_add_participants(events, candidate, role, i,
                                          person ? STM_TYPES_PEOPLE : frame->subject_types);
        }
    }
    return status;
}

/** "campaigned for her release": she who campaigns is not the one to be freed. */
static void drop_campaigner(struct stm_events *events, struct stm_candidate *candidate)
{
    const struct stm_annotation *ann = events->ann;
    const struct stm_event_frame *frame = stm_event_frame_of(candidate->kind);
    uint32_t verb = ann->tokens[candidate->first].head;
    if (candidate->stand.realis == STEMMA_REALIS_ACTUAL || verb == STEMMA_NONE ||
        !stm_is_verb(ann, verb) || candidate->filler_count == 0 ||
        frame->family != STM_FAMILY_PATIENT) {
        return;
    }
    uint32_t subject = stm_clause_subject(ann, verb);
    uint32_t mention = subject == STEMMA_NONE ? STEMMA_NONE : ann->tokens[subject].mention;
    const struct stm_filler *last =
        &events->fillers[candidate->filler_first + candidate->filler_count - 1];
    if (mention != STEMMA_NONE && last->mention != STEMMA_NONE &&
        ann->mentions[last->mention].kind == STEMMA_MENTION_PRONOUN &&
        ann->mentions[mention].referent != STEMMA_NONE &&
        ann->mentions[mention].referent == ann->mentions[last->mention].referent) {
        candidate->filler_count--;
        events->filler_count--;
    }
}

/** "talks in Oslo with X": the partners, wherever the tree hangs them. */
static stemma_status add_partners(struct stm_events *events, struct stm_candidate *candidate)
{
    const struct stm_annotation *ann = events->ann;
    const struct stm_event_frame *frame = stm_event_frame_of(candidate->kind);
    uint32_t token = candidate->first;
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[token].sentence);
    if (frame->family != STM_FAMILY_MUTUAL) {
        return STEMMA_OK;
    }
    for (uint32_t i = token + 1; i + 1 < end && i < token + 9; i++) {
        if (stm_ann_is(ann, i, "with") || stm_ann_is(ann, i, "between")) {
            uint32_t noun = ann->tokens[i].head;
            if (noun == STEMMA_NONE || noun < i || stm_types_at(ann, noun) == 0) {
                noun = stm_phrase_head(ann, i + 1);
            }
            return stm_add_participants(events, candidate, frame->subject, noun,
                                        frame->subject_types);
        }
        if (stm_is_verb(ann, i) || stm_ann_is(ann, i, ",") || stm_ann_is(ann, i, "that") ||
            stm_ann_is(ann, i, "and")) {
            break;
        }
    }
    return STEMMA_OK;
}

/** "Voss signed the pardons after two days of talks with the envoy": who acts on it has talked. Only
    where one partner is known, and by name. */
static stemma_status add_who_acted(struct stm_events *events, struct stm_candidate *candidate)
{
    const struct stm_annotation *ann = events->ann;
    const struct stm_event_frame *frame = stm_event_frame_of(candidate->kind);
    uint32_t noun = candidate->first;
    uint32_t verb = ann->tokens[noun].head;
    if (frame->family != STM_FAMILY_MUTUAL || candidate->filler_count != 1) {
        return STEMMA_OK;
    }
    if (ann->tokens[noun].relation == STM_RELATION_NMOD && verb != STEMMA_NONE &&
        ann->tokens[verb].quantity != STEMMA_NONE) {
        noun = verb; /* "two days of talks" */
        verb = ann->tokens[noun].head;
    }
    uint32_t preposition = stm_syntax_case(ann, noun);
    if (verb == STEMMA_NONE || !stm_is_verb(ann, verb) ||
        ann->tokens[noun].relation != STM_RELATION_OBL ||
        (!stm_ann_is(ann, preposition, "after") && !stm_ann_is(ann, preposition, "following"))) {
        return STEMMA_OK;
    }
    struct stm_clause clause = stm_clause_at(ann, verb);
    uint32_t who = clause.subject == STEMMA_NONE || clause.passive
                       ? STEMMA_NONE
                       : ann->tokens[clause.subject].mention;
    if (who == STEMMA_NONE || ann->mentions[who].kind != STEMMA_MENTION_NAME) {
        return STEMMA_OK;
    }
    return stm_add_participants(events, candidate, frame->subject, clause.subject,
                                frame->subject_types);
}

/** "A landslide buried the bus", "the fire that gutted the synagogue": what a disaster struck. */
static stemma_status add_struck(struct stm_events *events, struct stm_candidate *candidate)
{
    static const char *const verbs[] = {"bury",   "destroy", "hit",    "strike",    "gut",
                                        "damage", "flood",   "engulf", "devastate", "ravage",
                                        "tear",   "sweep",   "rip",    "shake",     "rock",
                                        "jolt",   "wreck",   "level",  "flatten",   "batter"};
    const struct stm_annotation *ann = events->ann;
    const struct stm_event_frame *frame = stm_event_frame_of(candidate->kind);
    uint32_t token = candidate->first;
    uint32_t verb = stm_syntax_child(ann, token, STM_RELATION_ACL_RELCL);
    if (ann->tokens[token].relation == STM_RELATION_NSUBJ) {
        verb = ann->tokens[token].head;
    }
    if (frame->subject != NULL || frame->family != STM_FAMILY_LOOSE || verb == STEMMA_NONE ||
        !STM_LEMMA_IS_ANY(ann, verb, verbs)) {
        return STEMMA_OK;
    }
    struct stm_clause clause = stm_clause_at(ann, verb);
    uint32_t before = candidate->filler_count;
    stemma_status status =
        stm_add_participants(events, candidate, frame->object, clause.object, frame->object_types);
    if (status == STEMMA_OK && candidate->filler_count == before && clause.object != STEMMA_NONE &&
        stm_types_at(ann, clause.object) == 0 && ann->tokens[clause.object].time == STEMMA_NONE &&
        !clause.passive) {
        status = stm_add_words(events, candidate, frame->object, clause.object, STM_WORDS_WHOLE);
    }
    return status;
}

/** "to launch his invasion", of a verb whose subject is read as a country: "his" says that a person did. */
static int is_of_another(const struct stm_annotation *ann, uint32_t noun, uint32_t verb)
{
    uint32_t whose = stm_syntax_child(ann, noun, STM_RELATION_NMOD_POSS);
    uint32_t subject = stm_clause_subject(ann, verb);
    return (stm_ann_is(ann, whose, "his") || stm_ann_is(ann, whose, "her")) &&
           subject != STEMMA_NONE &&
           (stm_types_at(ann, subject) &
            (STM_TYPE_BIT(STM_ENTITY_PLACE) | STM_TYPE_BIT(STM_ENTITY_ORGANIZATION))) != 0;
}

/** Who holds, stages, signs, orders it: the subject of the verb that the noun is told with. */
static stemma_status add_of_verb(struct stm_events *events, struct stm_candidate *candidate,
                                 uint32_t verb)
{
    static const char *const undergone[] = {"face", "undergo", "suffer", "survive", "win", "await"};
    static const char *const travels[] = {"arrive", "fly",    "travel", "come",   "go",  "gather",
                                          "meet",   "return", "visit",  "attend", "join"};
    const struct stm_annotation *ann = events->ann;
    const struct stm_event_frame *frame = stm_event_frame_of(candidate->kind);
    stemma_status status = STEMMA_OK;
    uint32_t token = candidate->first;
    uint32_t head = ann->tokens[token].head;
    if (verb == STEMMA_NONE) {
        /* "arrived in Oslo for talks with X": the traveller talks too */
        if (frame->family == STM_FAMILY_MUTUAL && head != STEMMA_NONE && stm_is_verb(ann, head) &&
            ann->tokens[token].relation == STM_RELATION_OBL &&
            (stm_ann_is(ann, stm_syntax_case(ann, token), "for") ||
             stm_ann_is(ann, stm_syntax_case(ann, token), "at")) &&
            STM_LEMMA_IS_ANY(ann, head, travels)) {
            return stm_add_participants(events, candidate, frame->subject,
                                        stm_clause_subject(ann, head), frame->subject_types);
        }
        return STEMMA_OK;
    }
    uint8_t relation = ann->tokens[token].relation;
    if (relation == STM_RELATION_OBJ && !is_of_another(ann, token, verb)) {
        int undergoes = STM_LEMMA_IS_ANY(ann, verb, undergone);
        status = stm_add_participants(events, candidate, undergoes ? frame->object : frame->subject,
                                      stm_clause_subject(ann, verb),
                                      undergoes ? frame->object_types : frame->subject_types);
        if (status == STEMMA_OK && !undergoes && frame->subject != NULL &&
            !stm_has_role(events, candidate, frame->subject)) {
            status = stm_add_doers(events, candidate, frame->subject, stm_clause_subject(ann, verb));
        }
    } else if (relation == STM_RELATION_NSUBJ_PASS) {
        uint32_t agent = stm_syntax_child(ann, verb, STM_RELATION_OBL_AGENT);
        if (agent == STEMMA_NONE) {
            agent = stm_syntax_oblique(ann, verb, "by");
        }
        status =
            stm_add_participants(events, candidate, frame->subject, agent, frame->subject_types);
    }
    if (status == STEMMA_OK && relation != STM_RELATION_NSUBJ) {
        status = stm_add_cases(events, candidate, verb);
    }
    return status;
}

/** Kinds of happenings that are mostly of things: plans, laws, goods. */
static int is_of_things(enum stm_event_kind kind)
{
    return kind == STM_EVENT_STATEMENT_REJECT || kind == STM_EVENT_STATEMENT_CRITICIZE ||
           kind == STM_EVENT_JUSTICE_CONFISCATE || kind == STM_EVENT_LAW_PASS;
}

static stemma_status read_noun(struct stm_events *events, struct stm_candidate *candidate,
                               uint32_t noun, uint32_t verb)
{
    const struct stm_annotation *ann = events->ann;
    const struct stm_event_frame *frame = stm_event_frame_of(candidate->kind);
    uint32_t token = candidate->first;
    uint32_t of = stm_syntax_oblique(ann, token, "of");
    int has_object = of != STEMMA_NONE && (stm_types_at(ann, of) & frame->object_types) != 0;
    stemma_status status = add_before(events, candidate, has_object);
    if (status == STEMMA_OK && of != STEMMA_NONE && of != noun) {
        int subject = frame->noun_subject && !stm_has_role(events, candidate, frame->subject);
        for (size_t i = 0; frame->cases[i].word != NULL; i++) {
            subject = subject && strcmp(frame->cases[i].word, "of") != 0;
        }
        if (!subject || frame->object == NULL) {
            status = stm_add_participants(
                events, candidate,
                frame->object != NULL && !subject ? frame->object : frame->subject, of,
                frame->object != NULL && !subject ? frame->object_types : frame->subject_types);
        } else {
            status =
                stm_add_participants(events, candidate, frame->subject, of, frame->subject_types);
        }
    }
    if (status == STEMMA_OK && is_of_things(candidate->kind) && of != STEMMA_NONE &&
        !stm_has_role(events, candidate, frame->object) && ann->tokens[of].time == STEMMA_NONE &&
        (ann->tokens[of].pos == STM_POS_NN || ann->tokens[of].pos == STM_POS_NNS)) {
        uint32_t first;
        uint32_t end;
        stm_words_of(ann, of, STM_WORDS_BARE, &first, &end);
        struct stm_filler filler = {frame->object, first,       of + 1 - first, STEMMA_NONE,
                                    STEMMA_NONE,   STEMMA_NONE, 1,              0};
        status = stm_add_filler(events, candidate, &filler); /* "the rejection of the plan" */
    }
    if (status == STEMMA_OK) {
        uint32_t by = stm_syntax_oblique(ann, token, "by");
        if (by == STEMMA_NONE && of != STEMMA_NONE) {
            by = stm_syntax_oblique(ann, of, "by"); /* "the killing of six men by the army" */
        }
        if (by == STEMMA_NONE) {
            by = stm_noun_doer(ann, token);
            if (by < token && candidate->kind == STM_EVENT_PERSONNEL_ELECT) {
                by = STEMMA_NONE; /* "the Lund election" */
            }
        }
        uint32_t before = candidate->filler_count;
        status = stm_add_participants(events, candidate, frame->subject, by, frame->subject_types);
        if (status == STEMMA_OK && candidate->filler_count == before && frame->subject != NULL &&
            by != STEMMA_NONE) {
            status = stm_add_doers(events, candidate, frame->subject, by);
        }
    }
    if (status == STEMMA_OK) {
        status = stm_add_cases(events, candidate, token);
    }
    if (status == STEMMA_OK) {
        status = stm_add_whom_of_noun(events, candidate);
    }
    if (status == STEMMA_OK && frame->family == STM_FAMILY_LOOSE && frame->subject != NULL &&
        !stm_has_role(events, candidate, "topic") &&
        !stm_has_role(events, candidate, frame->object)) {
        status = stm_add_behind_noun(events, candidate, token); /* "in protest against X" */
    }
    if (status == STEMMA_OK && noun != STEMMA_NONE) {
        /* "the easing of US sanctions on X" */
        status = stm_add_behind_noun(events, candidate, noun);
        if (status == STEMMA_OK) {
            status = stm_add_cases(events, candidate, noun);
        }
    }
    if (status == STEMMA_OK && candidate->kind == STM_EVENT_JUSTICE_INVESTIGATE &&
        stm_ann_is(ann, stm_syntax_case(ann, token), "under")) {
        int predicate = stm_syntax_child(ann, token, STM_RELATION_COP) != STEMMA_NONE;
        status = stm_add_participants(events, candidate, frame->object,
                                      predicate ? stm_syntax_subject(ann, token)
                                                : ann->tokens[token].head,
                                      frame->object_types);
    }
    if (status == STEMMA_OK) {
        status = add_of_verb(events, candidate, verb);
    }
    if (status == STEMMA_OK) {
        status = add_partners(events, candidate);
    }
    if (status == STEMMA_OK) {
        status = add_who_acted(events, candidate);
    }
    if (status == STEMMA_OK) {
        status = add_struck(events, candidate);
    }
    return status;
}

/** "X is in prison", "is behind bars": the noun is the predicate. */
static int is_held(const struct stm_annotation *ann, uint32_t token)
{
    uint32_t preposition = stm_syntax_case(ann, token);
    return (stm_noun_classes_at(ann, token) & STM_NOUN_CUSTODY) != 0 &&
           stm_syntax_child(ann, token, STM_RELATION_COP) != STEMMA_NONE &&
           (stm_ann_is(ann, preposition, "in") || stm_ann_is(ann, preposition, "behind"));
}

static void begin(const struct stm_events *events, struct stm_candidate *candidate, uint32_t token,
                  enum stm_event_kind kind)
{
    *candidate = (struct stm_candidate){.kind = (uint8_t)kind,
                                        .nominal = 1,
                                        .first = token,
                                        .count = 1,
                                        .filler_first = (uint32_t)events->filler_count,
                                        .time = STEMMA_NONE,
                                        .place_mention = STEMMA_NONE,
                                        .noun = STEMMA_NONE,
                                        .cluster = STEMMA_NONE};
    candidate->in_title = events->ann->sentences[events->ann->tokens[token].sentence].is_title;
}

/** The noun before a relative clause that stands between it and its verb, wherever the tree hangs
    it: "120 fighters whom they had promised to free are in prison"; or STEMMA_NONE. */
static uint32_t before_relative(const struct stm_annotation *ann, uint32_t copula)
{
    uint32_t start = ann->sentences[ann->tokens[copula].sentence].first;
    for (uint32_t i = copula; i > start + 1 && copula - i < 40; i--) {
        uint8_t pos = ann->tokens[i - 1].pos;
        if (pos == STM_POS_WP || pos == STM_POS_WDT) {
            return ann->tokens[i - 2].pos == STM_POS_NNS || ann->tokens[i - 2].pos == STM_POS_NN
                       ? i - 2
                       : STEMMA_NONE;
        }
    }
    return STEMMA_NONE;
}

static stemma_status find_held(struct stm_events *events, uint32_t token)
{
    struct stm_candidate candidate;
    const struct stm_annotation *ann = events->ann;
    uint32_t subject = stm_syntax_subject(ann, token);
    if (subject == STEMMA_NONE) {
        subject = before_relative(ann, stm_syntax_child(ann, token, STM_RELATION_COP));
    }
    if (subject == STEMMA_NONE) {
        subject = stm_clause_subject(ann, token);
    }
    begin(events, &candidate, token, STM_EVENT_JUSTICE_DETAIN);
    candidate.nominal = 0;
    stemma_status status =
        stm_add_participants(events, &candidate, "patient", subject, STM_TYPES_PEOPLE);
    if (status != STEMMA_OK || candidate.filler_count == 0) {
        return status;
    }
    uint32_t copula = stm_syntax_child(ann, token, STM_RELATION_COP);
    candidate.stand = stm_stand_at(ann, token, STM_EVENT_JUSTICE_DETAIN, 700);
    candidate.stand.tense =
        (uint8_t)(stm_ann_is(ann, copula, "is") || stm_ann_is(ann, copula, "are")
                      ? STEMMA_TENSE_PRESENT
                      : STEMMA_TENSE_PAST);
    stm_find_circumstance(events, &candidate, STEMMA_NONE);
    return stm_keep_candidate(events, &candidate);
}

stemma_status stm_find_nominal(struct stm_events *events, uint32_t token)
{
    struct stm_annotation *ann = events->ann;
    const struct stm_token *word = &ann->tokens[token];
    uint32_t mention = word->mention;
    if ((word->pos != STM_POS_NN && word->pos != STM_POS_NNS && word->pos != STM_POS_VBG &&
         !stm_noun_is_offensive(ann, token)) ||
        (mention != STEMMA_NONE && ann->mentions[mention].kind == STEMMA_MENTION_NAME)) {
        return STEMMA_OK;
    }
    if (is_held(ann, token)) {
        return find_held(events, token);
    }
    if (word->pos == STM_POS_VBG && !stm_noun_is_fighting(ann, token) &&
        stm_syntax_child(ann, token, STM_RELATION_DET) == STEMMA_NONE) {
        return STEMMA_OK; /* "the killing of", but "killing them" */
    }
    size_t count;
    /* The lemma of a verbal noun may be that of the verb: "bombings", "shelling". */
    stemma_text lemma = word->lemma;
    const struct stm_sense *senses = stm_noun_senses(lemma, &count);
    if (count == 0 && word->lower.size > lemma.size) {
        lemma = word->lower;
        senses = stm_noun_senses(lemma, &count);
    }
    if (count == 0 || stm_noun_is_other(ann, token) ||
        (word->relation == STM_RELATION_COMPOUND && !stm_noun_is_attempt(ann, token) &&
         stm_noun_effort(ann, token, senses->kind) == STEMMA_NONE)) {
        return STEMMA_OK; /* "protest leader" */
    }
    for (size_t i = 0; i < count; i++) {
        const struct stm_sense *sense = &senses[i];
        uint32_t noun;
        struct stm_candidate candidate;
        if (!stm_noun_fits(ann, sense, token, &noun) || stm_noun_is_charge(ann, token, sense->kind)) {
            continue;
        }
        begin(events, &candidate, token, sense->kind);
        uint32_t verb = stm_light_verb(ann, token);
        if (verb != STEMMA_NONE && (stm_noun_classes_at(ann, token) & STM_NOUN_TRUCE) != 0 &&
            (stm_ann_has_lemma(ann, verb, "declare") || stm_ann_has_lemma(ann, verb, "announce"))) {
            return STEMMA_OK; /* the verb has told it: a truce of one side is no agreement */
        }
        candidate.definite = (uint8_t)stm_noun_is_definite(ann, token);
        candidate.stand = stm_stand_at(ann, token, candidate.kind, 700);
        uint32_t effort = stm_noun_effort(ann, token, sense->kind);
        if (word->relation == STM_RELATION_COMPOUND && effort == STEMMA_NONE) {
            candidate.stand.realis = STEMMA_REALIS_OTHER;
        }
        stemma_status status = read_noun(events, &candidate, noun, verb);
        if (status == STEMMA_OK && effort != STEMMA_NONE) {
            status = stm_add_cases(events, &candidate, effort);
        }
        if (status != STEMMA_OK) {
            return status;
        }
        if (((sense->flags & STM_SENSE_WEAK) && candidate.filler_count == 0) ||
            ((sense->flags & STM_SENSE_OF) && candidate.filler_count == 0)) {
            events->filler_count = candidate.filler_first;
            continue;
        }
        drop_campaigner(events, &candidate);
        uint32_t of = stm_syntax_oblique(ann, token, "of");
        if (of != STEMMA_NONE && candidate.filler_count == 0) {
            candidate.definite = 0; /* "the arrest of ...": of somebody that was not understood */
        }
        stm_find_circumstance(events, &candidate, verb);
        stm_place_by_text(ann, &candidate);
        return stm_keep_candidate(events, &candidate);
    }
    return STEMMA_OK;
}
