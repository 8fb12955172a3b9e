/* SPDX-License-Identifier: MIT */
/* Which meaning a verb has, by the words that stand around it. */
#include "pack/extract/event_fit.h"

#include "pack/extract/event_nominal_fit.h"
#include "pack/extract/event_participant.h"
#include "pack/extract/event_word.h"
#include "pack/extract/syntax.h"

enum {
    CHILDREN = 300,
    WARNING = 7,     /**< Tokens behind "warned" within which the weather stands. */
    INFINITIVE = 12 /**< Tokens behind a verb within which its infinitive begins. */
};

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

/** "rushed to Nakuru Hospital": whether a name ends in a word. */
static int ends_in(const struct stm_annotation *ann, uint32_t token, const char *word)
{
    uint32_t mention = ann->tokens[token].mention;
    return mention != STEMMA_NONE && ann->mentions[mention].kind == STEMMA_MENTION_NAME &&
           stm_ann_is(ann, ann->mentions[mention].first + ann->mentions[mention].count - 1, word);
}

static int is_child_of(const struct stm_annotation *ann, uint32_t verb, const char *word)
{
    uint32_t looked = 0;
    for (uint32_t i = ann->tokens[verb].child; i != STEMMA_NONE && looked < CHILDREN;
         i = ann->tokens[i].sibling, looked++) {
        if (i > verb && ann->tokens[i].time == STEMMA_NONE &&
            (stm_ann_has_lemma(ann, i, word) || ends_in(ann, i, word) || stm_ann_is(ann, stm_syntax_case(ann, i), word))) {
            return 1;
        }
    }
    return stm_clause_case(ann, verb, word) != STEMMA_NONE;
}

/** "granted the men bail", "gave the men ten years in prison": what goes to whom, or stands behind it. */
static int is_of_second(const struct stm_annotation *ann, const struct stm_clause *clause,
                        const char *word)
{
    uint32_t second = clause->second;
    if (!clause->passive && clause->object != STEMMA_NONE && clause->object > clause->verb &&
        (strcmp(word, "dead") == 0 || strcmp(word, "guilty") == 0) &&
        stm_ann_is(ann, clause->object + 1, word)) {
        return 1; /* "leaving five dead", "found the nurse guilty" */
    }
    return second != STEMMA_NONE && !clause->passive &&
           (stm_ann_has_lemma(ann, second, word) ||
            (stm_ann_is(ann, second + 1, "in") && stm_ann_has_lemma(ann, second + 2, word)));
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
        uint32_t word = stm_syntax_case(ann, i);
        if (clause->passive && (stm_ann_is(ann, word, "over") || stm_ann_is(ann, i, "suspicion") ||
                                stm_ann_is(ann, i, "questioning"))) {
            return 1; /* "held over tweets", "held on suspicion of theft" */
        }
    }
    return 0;
}

/** "moved to a penal colony near X", "driven to the Y crossing": people are carried somewhere that
    has a name, or is a prison. */
static int is_carried(const struct stm_annotation *ann, const struct stm_clause *clause)
{
    static const char *const words[] = {"to", "into"};
    static const char *const whom[] = {"him", "her", "them"};
    if (clause->passive ? (stm_types_at(ann, clause->object) & STM_TYPES_PEOPLE) == 0
                        : clause->object != clause->verb + 1 ||
                              !STM_TOKEN_IS_ANY(ann, clause->object, whom)) {
        return 0; /* people, or "sent them by bus to X" */
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

/** "Cells were attacked by a virus", "the protein arrests the cycle": what happens in bodies is no news of this
    kind. */
static int is_biology(const struct stm_annotation *ann, const struct stm_clause *clause,
                      enum stm_event_kind kind)
{
    static const char *const nouns[] = {"cell",     "virus",    "bacterium", "tumour",   "tumor",
                                        "antibody", "gene",     "protein",   "enzyme",   "molecule",
                                        "antigen",  "pathogen", "bacteria",  "hormone",  "receptor"};
    if ((stm_types_at(ann, clause->object) & STM_TYPES_PEOPLE) != 0 || stm_is_people_word(ann, clause->object)) {
        return 0; /* "the Narcotics Cell nabbed three men" */
    }
    return ((kind >= STM_EVENT_CONFLICT_ATTACK && kind <= STM_EVENT_CONFLICT_WITHDRAW) ||
            (kind >= STM_EVENT_JUSTICE_ACQUIT && kind <= STM_EVENT_JUSTICE_TRY)) &&
           (STM_LEMMA_IS_ANY(ann, clause->object, nouns) ||
            STM_LEMMA_IS_ANY(ann, clause->subject, nouns));
}

/** "fired home", "fired wide": of a ball. */
static int is_shot_of_game(const struct stm_annotation *ann, uint32_t verb)
{
    static const char *const behind[] = {"home", "wide", "over", "past", "in", "into", "low", "high"};
    uint32_t next = verb + 1 + (verb + 1 < ann->token_count && ann->tokens[verb + 1].pos == STM_POS_CD);
    return stm_ann_has_lemma(ann, verb, "fire") && STM_TOKEN_IS_ANY(ann, next, behind);
}

/** "told the army to leave", "was told by the army to leave" */
static int has_infinitive(const struct stm_annotation *ann, uint32_t verb)
{
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[verb].sentence);
    for (uint32_t i = verb + 1; i + 1 < end && i < verb + INFINITIVE; i++) {
        uint8_t pos = ann->tokens[i].pos;
        if (stm_ann_is(ann, i, "to") && ann->tokens[i + 1].pos == STM_POS_VB) {
            return 1;
        }
        if (pos == STM_POS_VBD || pos == STM_POS_VBZ || pos == STM_POS_VBP || pos == STM_POS_MD ||
            stm_ann_is(ann, i, ",") || stm_ann_is(ann, i, "that")) {
            break;
        }
    }
    return 0;
}

/** "found the nurse not guilty" */
static int is_cleared(const struct stm_annotation *ann, uint32_t verb)
{
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[verb].sentence);
    for (uint32_t i = verb + 1; i < end && i < verb + INFINITIVE; i++) {
        if (stm_ann_is(ann, i, "guilty")) {
            return stm_ann_is(ann, i - 1, "not");
        }
    }
    return 0;
}

/** "a man named Carl Voss" got no office. */
static int is_called(const struct stm_annotation *ann, const struct stm_clause *clause)
{
    uint32_t next = clause->verb + 1 < ann->token_count ? ann->tokens[clause->verb + 1].mention : STEMMA_NONE;
    return clause->passive && next != STEMMA_NONE && stm_ann_has_lemma(ann, clause->verb, "name") &&
           ann->mentions[next].kind == STEMMA_MENTION_NAME &&
           ann->mentions[next].type == STM_ENTITY_PERSON;
}

/** "beating five other writers" to a prize, "beat her rival in the final": nobody is struck. */
static int beats_at_game(const struct stm_annotation *ann, uint32_t verb)
{
    static const char *const words[] = {"prize",  "award", "title",  "final",    "medal",     "championship",
                                        "match",  "game",  "trophy", "cup",      "tournament", "election",
                                        "vote",   "race",  "rival",  "candidate", "challenger", "contest"};
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[verb].sentence);
    if (!stm_ann_has_lemma(ann, verb, "beat")) {
        return 0;
    }
    for (uint32_t i = ann->sentences[ann->tokens[verb].sentence].first; i < end; i++) {
        if (STM_LEMMA_IS_ANY(ann, i, words)) {
            return 1;
        }
    }
    return 0;
}

/** "met its targets", "met with doubt": nobody is met. */
static int meets_nobody(const struct stm_annotation *ann, const struct stm_clause *clause)
{
    uint32_t object = clause->object;
    if (clause->passive || object == STEMMA_NONE || object < clause->verb ||
        !stm_ann_has_lemma(ann, clause->verb, "meet") || ann->tokens[object].mention != STEMMA_NONE ||
        ann->tokens[object].time != STEMMA_NONE) {
        return 0;
    }
    uint8_t pos = ann->tokens[object].pos;
    return (pos == STM_POS_NN || pos == STM_POS_NNS) && !stm_is_people_word(ann, object) &&
           ann->tokens[object].quantity == STEMMA_NONE &&
           (stm_noun_classes_at(ann, object) &
            (STM_NOUN_AUTHORITY | STM_NOUN_COMPANY | STM_NOUN_OFFICIAL | STM_NOUN_PARTY | STM_NOUN_ENVOY |
             STM_NOUN_TROOPS | STM_NOUN_MISSION | STM_NOUN_WORKER)) == 0;
}

/** "warned of heavy rain": a forecast is no threat. */
static int warns_of_weather(const struct stm_annotation *ann, uint32_t verb)
{
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[verb].sentence);
    if (!stm_ann_has_lemma(ann, verb, "warn")) {
        return 0;
    }
    for (uint32_t i = verb + 1; i < end && i < verb + WARNING; i++) {
        if (stm_is_weather(ann, i)) {
            return 1;
        }
    }
    return 0;
}

int stm_sense_fits(const struct stm_annotation *ann, const struct stm_sense *sense,
                   const struct stm_clause *clause, uint32_t *noun)
{
    uint32_t verb = clause->verb;
    *noun = STEMMA_NONE;
    if ((sense->kind == STM_EVENT_PERSONNEL_APPOINT && is_called(ann, clause)) ||
        (sense->kind == STM_EVENT_CONFLICT_ATTACK && beats_at_game(ann, verb)) ||
        (sense->kind == STM_EVENT_CONTACT_MEET && meets_nobody(ann, clause)) ||
        (sense->kind == STM_EVENT_STATEMENT_THREATEN && warns_of_weather(ann, verb))) {
        return 0;
    }
    if (is_biology(ann, clause, sense->kind) ||
        (sense->kind == STM_EVENT_PERSONNEL_DISMISS && !stm_voice_of(ann, verb).be &&
         is_shot_of_game(ann, verb))) {
        return 0;
    }
    if (sense->word != NULL) {
        uint32_t particle = stm_syntax_child(ann, verb, STM_RELATION_COMPOUND_PRT);
        if (!stm_ann_is(ann, verb + 1, sense->word) && !stm_ann_is(ann, particle, sense->word) &&
            !(clause->object == verb + 1 && stm_ann_is(ann, verb + 2, sense->word))) {
            return 0;
        }
    }
    if (sense->with != NULL && !is_child_of(ann, verb, sense->with) &&
        !is_of_second(ann, clause, sense->with)) {
        return 0;
    }
    if (sense->with != NULL && strcmp(sense->with, "guilty") == 0 &&
        is_cleared(ann, verb) != (sense->kind == STM_EVENT_JUSTICE_ACQUIT)) {
        return 0;
    }
    if ((sense->flags & STM_SENSE_PASSIVE) && !clause->passive) {
        return 0;
    }
    if ((sense->flags & STM_SENSE_CLAUSE) && !has_clause(ann, verb) &&
        clause->second == STEMMA_NONE && !(clause->passive && has_infinitive(ann, verb))) {
        return 0;
    }
    if (sense->kind == STM_EVENT_STATEMENT_DEMAND && strcmp(sense->lemma, "tell") == 0 &&
        !has_infinitive(ann, verb)) {
        return 0; /* "told reporters that he would leave" */
    }
    if ((sense->flags & STM_SENSE_INTRANSITIVE) && sense->types == 0 &&
        (clause->object != STEMMA_NONE || clause->passive)) {
        return 0;
    }
    if ((sense->flags & STM_SENSE_INTRANSITIVE) && sense->types != 0 && has_clause(ann, verb)) {
        return 0;
    }
    if ((sense->flags & STM_SENSE_PLAIN) && has_clause(ann, verb)) {
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
