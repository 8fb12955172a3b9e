/* SPDX-License-Identifier: MIT */
#include "pack/extract/event_lexicon.h"

static const struct stm_event_frame frames[STM_EVENT_KINDS] = {
    [STM_EVENT_RELEASE] = {"justice.release", "agent", "patient", STM_TYPES_PEOPLE},
    [STM_EVENT_ARREST] = {"justice.arrest", "agent", "patient", STM_TYPES_PEOPLE},
    [STM_EVENT_DETAIN] = {"justice.detain", "agent", "patient", STM_TYPES_PEOPLE},
    [STM_EVENT_SENTENCE] = {"justice.sentence", "agent", "patient", STM_TYPES_PEOPLE},
    [STM_EVENT_PARDON] = {"justice.pardon", "agent", "patient", STM_TYPES_PEOPLE},
    [STM_EVENT_CONVICT] = {"justice.convict", "agent", "patient", STM_TYPES_PEOPLE},
    [STM_EVENT_MEET] = {"contact.meet", "participant", "participant", STM_TYPES_ACTORS},
    [STM_EVENT_AGREE] = {"contact.agree", "participant", "participant", STM_TYPES_ACTORS},
    [STM_EVENT_IMPOSE] = {"sanction.impose", "agent", "target", STM_TYPES_ANY},
    [STM_EVENT_LIFT] = {"sanction.lift", "agent", "target", STM_TYPES_ANY},
    [STM_EVENT_TRANSFER] = {"movement.transfer", "agent", "patient", STM_TYPES_PEOPLE},
    [STM_EVENT_ATTACK] = {"conflict.attack", "agent", "target", STM_TYPES_ANY},
    [STM_EVENT_PROTEST] = {"protest.demonstrate", "agent", "target", STM_TYPES_ANY},
    [STM_EVENT_ELECT] = {"personnel.elect", "agent", "patient", STM_TYPES_PEOPLE},
    [STM_EVENT_AWARD] = {"award.give", "agent", "recipient",
                         STM_TYPES_PEOPLE | STM_TYPE_BIT(STM_ENTITY_ORGANIZATION)},
    [STM_EVENT_DIE] = {"life.die", "agent", "patient", STM_TYPES_PEOPLE},
    [STM_EVENT_INJURE] = {"life.injure", "agent", "patient", STM_TYPES_PEOPLE},
};

const struct stm_event_frame *stm_event_frame_of(enum stm_event_kind kind)
{
    return &frames[kind];
}

struct verb {
    const char *base;
    const char *past;       /**< Irregular past; NULL when regular. */
    const char *participle; /**< Irregular participle other than `past`; NULL when the same. */
    const char *particle;   /**< Must follow: "over", "guilty". */
    uint8_t kind;
    uint32_t flags;
};

#define OBJ STM_TRIGGER_OBJECT
#define SAN (STM_TRIGGER_OBJECT | STM_TRIGGER_SANCTIONS)

static const struct verb verbs[] = {
    {"release", NULL, NULL, NULL, STM_EVENT_RELEASE, OBJ},
    {"free", NULL, NULL, NULL, STM_EVENT_RELEASE, OBJ},
    {"liberate", NULL, NULL, NULL, STM_EVENT_RELEASE, OBJ},
    {"set", "set", NULL, "free", STM_EVENT_RELEASE, OBJ},
    {"arrest", NULL, NULL, NULL, STM_EVENT_ARREST, OBJ},
    {"rearrest", NULL, NULL, NULL, STM_EVENT_ARREST, OBJ},
    {"detain", NULL, NULL, NULL, STM_EVENT_ARREST, OBJ | STM_TRIGGER_JAIL},
    {"apprehend", NULL, NULL, NULL, STM_EVENT_ARREST, OBJ},
    {"round", NULL, NULL, "up", STM_EVENT_ARREST, OBJ},
    {"jail", NULL, NULL, NULL, STM_EVENT_ARREST, OBJ | STM_TRIGGER_JAIL},
    {"imprison", NULL, NULL, NULL, STM_EVENT_ARREST, OBJ | STM_TRIGGER_JAIL},
    {"incarcerate", NULL, NULL, NULL, STM_EVENT_ARREST, OBJ | STM_TRIGGER_JAIL},
    {"lock", NULL, NULL, "up", STM_EVENT_DETAIN, OBJ},
    {"hold", "held", NULL, NULL, STM_EVENT_DETAIN, OBJ | STM_TRIGGER_CUSTODY},
    {"keep", "kept", NULL, NULL, STM_EVENT_DETAIN, OBJ | STM_TRIGGER_CUSTODY},
    {"remain", NULL, NULL, NULL, STM_EVENT_DETAIN, STM_TRIGGER_UNDERGO | STM_TRIGGER_CUSTODY},
    {"stay", NULL, NULL, NULL, STM_EVENT_DETAIN, STM_TRIGGER_UNDERGO | STM_TRIGGER_CUSTODY},
    {"languish", NULL, NULL, NULL, STM_EVENT_DETAIN, STM_TRIGGER_UNDERGO | STM_TRIGGER_CUSTODY},
    {"sentence", NULL, NULL, NULL, STM_EVENT_SENTENCE, OBJ},
    {"give", "gave", "given", NULL, STM_EVENT_SENTENCE, OBJ | STM_TRIGGER_PENALTY},
    {"hand", NULL, NULL, NULL, STM_EVENT_SENTENCE, OBJ | STM_TRIGGER_PENALTY},
    {"receive", NULL, NULL, NULL, STM_EVENT_SENTENCE, STM_TRIGGER_UNDERGO | STM_TRIGGER_PENALTY},
    {"pardon", NULL, NULL, NULL, STM_EVENT_PARDON, OBJ},
    {"amnesty", NULL, NULL, NULL, STM_EVENT_PARDON, OBJ},
    {"convict", NULL, NULL, NULL, STM_EVENT_CONVICT, OBJ},
    {"find", "found", NULL, "guilty", STM_EVENT_CONVICT, OBJ},
    {"meet", "met", NULL, NULL, STM_EVENT_MEET, OBJ},
    {"visit", NULL, NULL, NULL, STM_EVENT_MEET, OBJ},
    {"talk", NULL, NULL, NULL, STM_EVENT_MEET, STM_TRIGGER_WITH},
    {"speak", "spoke", "spoken", NULL, STM_EVENT_MEET, STM_TRIGGER_WITH},
    {"negotiate", NULL, NULL, NULL, STM_EVENT_MEET, STM_TRIGGER_WITH},
    {"confer", NULL, NULL, NULL, STM_EVENT_MEET, STM_TRIGGER_WITH},
    {"phone", NULL, NULL, NULL, STM_EVENT_MEET, OBJ},
    {"telephone", NULL, NULL, NULL, STM_EVENT_MEET, OBJ},
    {"host", NULL, NULL, NULL, STM_EVENT_MEET, OBJ},
    {"hold", "held", NULL, NULL, STM_EVENT_MEET, STM_TRIGGER_TALKS},
    {"start", NULL, NULL, NULL, STM_EVENT_MEET, STM_TRIGGER_TALKS},
    {"begin", "began", "begun", NULL, STM_EVENT_MEET, STM_TRIGGER_TALKS},
    {"renew", NULL, NULL, NULL, STM_EVENT_MEET, STM_TRIGGER_TALKS},
    {"continue", NULL, NULL, NULL, STM_EVENT_MEET, STM_TRIGGER_TALKS},
    {"conduct", NULL, NULL, NULL, STM_EVENT_MEET, STM_TRIGGER_TALKS},
    {"resume", NULL, NULL, NULL, STM_EVENT_MEET, STM_TRIGGER_TALKS},
    {"agree", NULL, NULL, NULL, STM_EVENT_AGREE, 0},
    {"sign", NULL, NULL, NULL, STM_EVENT_AGREE, STM_TRIGGER_TALKS},
    {"reach", NULL, NULL, NULL, STM_EVENT_AGREE, STM_TRIGGER_TALKS},
    {"strike", "struck", NULL, NULL, STM_EVENT_AGREE, STM_TRIGGER_TALKS},
    {"secure", NULL, NULL, NULL, STM_EVENT_AGREE, STM_TRIGGER_TALKS},
    {"impose", NULL, NULL, NULL, STM_EVENT_IMPOSE, SAN},
    {"reimpose", NULL, NULL, NULL, STM_EVENT_IMPOSE, SAN},
    {"place", NULL, NULL, NULL, STM_EVENT_IMPOSE, SAN},
    {"slap", NULL, NULL, NULL, STM_EVENT_IMPOSE, SAN},
    {"introduce", NULL, NULL, NULL, STM_EVENT_IMPOSE, SAN},
    {"levy", NULL, NULL, NULL, STM_EVENT_IMPOSE, SAN},
    {"tighten", NULL, NULL, NULL, STM_EVENT_IMPOSE, SAN},
    {"toughen", NULL, NULL, NULL, STM_EVENT_IMPOSE, SAN},
    {"announce", NULL, NULL, NULL, STM_EVENT_IMPOSE, SAN},
    {"adopt", NULL, NULL, NULL, STM_EVENT_IMPOSE, SAN},
    {"sanction", NULL, NULL, NULL, STM_EVENT_IMPOSE, OBJ},
    {"blacklist", NULL, NULL, NULL, STM_EVENT_IMPOSE, OBJ},
    {"lift", NULL, NULL, NULL, STM_EVENT_LIFT, SAN},
    {"ease", NULL, NULL, NULL, STM_EVENT_LIFT, SAN},
    {"relieve", NULL, NULL, NULL, STM_EVENT_LIFT, SAN},
    {"remove", NULL, NULL, NULL, STM_EVENT_LIFT, SAN},
    {"waive", NULL, NULL, NULL, STM_EVENT_LIFT, SAN},
    {"suspend", NULL, NULL, NULL, STM_EVENT_LIFT, SAN},
    {"relax", NULL, NULL, NULL, STM_EVENT_LIFT, SAN},
    {"drop", NULL, NULL, NULL, STM_EVENT_LIFT, SAN},
    {"scrap", NULL, NULL, NULL, STM_EVENT_LIFT, SAN},
    {"end", NULL, NULL, NULL, STM_EVENT_LIFT, SAN},
    {"revoke", NULL, NULL, NULL, STM_EVENT_LIFT, SAN},
    {"loosen", NULL, NULL, NULL, STM_EVENT_LIFT, SAN},
    {"hand", NULL, NULL, "over", STM_EVENT_TRANSFER, OBJ},
    {"force", NULL, NULL, "into", STM_EVENT_TRANSFER, OBJ},
    {"send", "sent", NULL, "into", STM_EVENT_TRANSFER, OBJ},
    {"deport", NULL, NULL, NULL, STM_EVENT_TRANSFER, OBJ},
    {"expel", NULL, NULL, NULL, STM_EVENT_TRANSFER, OBJ},
    {"exile", NULL, NULL, NULL, STM_EVENT_TRANSFER, OBJ},
    {"extradite", NULL, NULL, NULL, STM_EVENT_TRANSFER, OBJ},
    {"evacuate", NULL, NULL, NULL, STM_EVENT_TRANSFER, OBJ},
    {"repatriate", NULL, NULL, NULL, STM_EVENT_TRANSFER, OBJ},
    {"transfer", NULL, NULL, NULL, STM_EVENT_TRANSFER, OBJ},
    {"transport", NULL, NULL, NULL, STM_EVENT_TRANSFER, OBJ},
    {"relocate", NULL, NULL, NULL, STM_EVENT_TRANSFER, OBJ},
    {"move", NULL, NULL, NULL, STM_EVENT_TRANSFER, OBJ | STM_TRIGGER_CARRIED},
    {"drive", "drove", "driven", NULL, STM_EVENT_TRANSFER, OBJ | STM_TRIGGER_CARRIED},
    {"fly", "flew", "flown", NULL, STM_EVENT_TRANSFER, OBJ | STM_TRIGGER_CARRIED},
    {"take", "took", "taken", NULL, STM_EVENT_TRANSFER, OBJ | STM_TRIGGER_CARRIED},
    {"bring", "brought", NULL, NULL, STM_EVENT_TRANSFER, OBJ | STM_TRIGGER_CARRIED},
    {"send", "sent", NULL, NULL, STM_EVENT_TRANSFER, OBJ | STM_TRIGGER_CARRIED},
    {"bus", NULL, NULL, NULL, STM_EVENT_TRANSFER, OBJ | STM_TRIGGER_CARRIED},
    {"banish", NULL, NULL, NULL, STM_EVENT_TRANSFER, OBJ},
    {"attack", NULL, NULL, NULL, STM_EVENT_ATTACK, OBJ},
    {"bomb", NULL, NULL, NULL, STM_EVENT_ATTACK, OBJ},
    {"bombard", NULL, NULL, NULL, STM_EVENT_ATTACK, OBJ},
    {"shell", NULL, NULL, NULL, STM_EVENT_ATTACK, OBJ},
    {"raid", NULL, NULL, NULL, STM_EVENT_ATTACK, OBJ},
    {"ambush", NULL, NULL, NULL, STM_EVENT_ATTACK, OBJ},
    {"assault", NULL, NULL, NULL, STM_EVENT_ATTACK, OBJ},
    {"invade", NULL, NULL, NULL, STM_EVENT_ATTACK, OBJ},
    {"storm", NULL, NULL, NULL, STM_EVENT_ATTACK, OBJ},
    {"kidnap", NULL, NULL, NULL, STM_EVENT_ATTACK, OBJ},
    {"abduct", NULL, NULL, NULL, STM_EVENT_ATTACK, OBJ},
    {"torture", NULL, NULL, NULL, STM_EVENT_ATTACK, OBJ},
    {"beat", "beat", "beaten", "up", STM_EVENT_ATTACK, OBJ},
    {"blow", "blew", "blown", "up", STM_EVENT_ATTACK, OBJ},
    {"stab", NULL, NULL, NULL, STM_EVENT_ATTACK, OBJ},
    {"hit", "hit", NULL, NULL, STM_EVENT_ATTACK, OBJ | STM_TRIGGER_WEAPON},
    {"strike", "struck", NULL, NULL, STM_EVENT_ATTACK, OBJ | STM_TRIGGER_WEAPON},
    {"shoot", "shot", NULL, "dead", STM_EVENT_DIE, OBJ},
    {"shoot", "shot", NULL, NULL, STM_EVENT_ATTACK, OBJ},
    {"protest", NULL, NULL, NULL, STM_EVENT_PROTEST, 0},
    {"demonstrate", NULL, NULL, NULL, STM_EVENT_PROTEST, 0},
    {"riot", NULL, NULL, NULL, STM_EVENT_PROTEST, 0},
    {"stage", NULL, NULL, NULL, STM_EVENT_PROTEST, STM_TRIGGER_TALKS},
    {"hold", "held", NULL, NULL, STM_EVENT_PROTEST, STM_TRIGGER_TALKS},
    {"organize", NULL, NULL, NULL, STM_EVENT_PROTEST, STM_TRIGGER_TALKS},
    {"organise", NULL, NULL, NULL, STM_EVENT_PROTEST, STM_TRIGGER_TALKS},
    {"begin", "began", "begun", NULL, STM_EVENT_PROTEST, STM_TRIGGER_TALKS},
    {"start", NULL, NULL, NULL, STM_EVENT_PROTEST, STM_TRIGGER_TALKS},
    {"join", NULL, NULL, NULL, STM_EVENT_PROTEST, STM_TRIGGER_TALKS},
    {"rally", NULL, NULL, NULL, STM_EVENT_PROTEST, STM_TRIGGER_WEAK},
    {"march", NULL, NULL, NULL, STM_EVENT_PROTEST, STM_TRIGGER_MARCH},
    {"elect", NULL, NULL, NULL, STM_EVENT_ELECT, OBJ},
    {"re-elect", NULL, NULL, NULL, STM_EVENT_ELECT, OBJ},
    {"reelect", NULL, NULL, NULL, STM_EVENT_ELECT, OBJ},
    {"swear", "swore", "sworn", "in", STM_EVENT_ELECT, OBJ},
    {"win", "won", NULL, NULL, STM_EVENT_ELECT, STM_TRIGGER_ELECTION},
    {"win", "won", NULL, NULL, STM_EVENT_AWARD, STM_TRIGGER_PRIZE},
    {"co-win", "co-won", NULL, NULL, STM_EVENT_AWARD, STM_TRIGGER_PRIZE},
    {"receive", NULL, NULL, NULL, STM_EVENT_AWARD, STM_TRIGGER_PRIZE},
    {"award", NULL, NULL, NULL, STM_EVENT_AWARD, OBJ},
    {"die", NULL, NULL, NULL, STM_EVENT_DIE, STM_TRIGGER_UNDERGO},
    {"perish", NULL, NULL, NULL, STM_EVENT_DIE, STM_TRIGGER_UNDERGO},
    {"drown", NULL, NULL, NULL, STM_EVENT_DIE, STM_TRIGGER_UNDERGO},
    {"kill", NULL, NULL, NULL, STM_EVENT_DIE, OBJ},
    {"murder", NULL, NULL, NULL, STM_EVENT_DIE, OBJ},
    {"assassinate", NULL, NULL, NULL, STM_EVENT_DIE, OBJ},
    {"execute", NULL, NULL, NULL, STM_EVENT_DIE, OBJ},
    {"behead", NULL, NULL, NULL, STM_EVENT_DIE, OBJ},
    {"injure", NULL, NULL, NULL, STM_EVENT_INJURE, OBJ},
    {"wound", NULL, NULL, NULL, STM_EVENT_INJURE, OBJ},
    {"hurt", "hurt", NULL, NULL, STM_EVENT_INJURE, OBJ},
};

static enum stm_verb_form form_of(stemma_text word, const struct verb *verb)
{
    if ((verb->past != NULL && stemma_text_equal(word, stemma_text_of(verb->past))) ||
        (verb->participle != NULL && stemma_text_equal(word, stemma_text_of(verb->participle)))) {
        return STM_FORM_ED;
    }
    enum stm_verb_form form = stm_verb_form_of(word, verb->base);
    return verb->past != NULL && form == STM_FORM_ED ? STM_FORM_NONE : form;
}

int stm_any_word_ahead(const struct stm_annotation *ann, uint32_t token, uint32_t reach,
                       int (*is_word)(const struct stm_annotation *, uint32_t))
{
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[token].sentence);
    for (uint32_t i = token + 1; i < end && i <= token + reach; i++) {
        /* "a suspended sentence": a participle before its noun */
        int before_noun =
            ann->tokens[i].tag == STM_TAG_PAST && i + 1 < end &&
            (ann->tokens[i + 1].tag == STM_TAG_NOUN || ann->tokens[i + 1].tag == STM_TAG_PLURAL);
        if (is_word(ann, i)) {
            return 1;
        }
        if (stm_is_clause_break(ann, i) || stm_ann_is(ann, i, ",") ||
            (stm_is_finite(ann, i) && ann->tokens[i].mention == STEMMA_NONE && !before_noun)) {
            break;
        }
    }
    return 0;
}

/** "jail", "prison", "custody", "bars" */
static int is_custody_word(const struct stm_annotation *ann, uint32_t token)
{
    static const char *const words[] = {"jail",    "jails",     "prison", "prisons",
                                        "custody", "detention", "bars",   "captivity"};
    return STM_TOKEN_IS_ANY(ann, token, words);
}

/** "in jail", "behind bars": the custody word within reach of its preposition. */
static int custody_ahead(const struct stm_annotation *ann, uint32_t token)
{
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[token].sentence);
    for (uint32_t i = token + 1; i < end && i <= token + 8; i++) {
        if (stm_ann_is(ann, i, "hostage") || stm_ann_is(ann, i, "captive") ||
            ((stm_ann_is(ann, i, "in") || stm_ann_is(ann, i, "behind")) &&
             (is_custody_word(ann, i + 1) || is_custody_word(ann, i + 2) ||
              is_custody_word(ann, i + 3)))) {
            return 1;
        }
        if (stm_ann_is(ann, i, ",") || stm_is_clause_break(ann, i)) {
            break;
        }
    }
    return 0;
}

/** "was moved to a penal colony near X", "were driven to the Y crossing": people are carried
    somewhere that has a name, or is a prison. */
static int carried_somewhere(const struct stm_annotation *ann, uint32_t token)
{
    uint32_t start = ann->sentences[ann->tokens[token].sentence].first;
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[token].sentence);
    if (token == start || ann->tokens[token - 1].tag != STM_TAG_BE) {
        return 0;
    }
    for (uint32_t i = token + 1; i + 1 < end && i <= token + 7; i++) {
        if (stm_ann_is(ann, i, ",") || stm_is_clause_break(ann, i) || stm_is_finite(ann, i)) {
            return 0;
        }
        if (!stm_ann_is(ann, i, "to") && !stm_ann_is(ann, i, "into")) {
            continue;
        }
        for (uint32_t k = i + 1; k < end && k <= i + 4; k++) {
            uint32_t m = ann->tokens[k].mention;
            if (is_custody_word(ann, k) || stm_ann_is(ann, k, "colony") ||
                (m != STEMMA_NONE && ann->mentions[m].kind == STEMMA_MENTION_NAME &&
                 ann->mentions[m].type == STM_ENTITY_PLACE)) {
                return 1;
            }
        }
    }
    return 0;
}

/** Rockets hit and strike a town; people hit a ball. */
static int is_struck_by_weapon(const struct stm_annotation *ann, uint32_t token)
{
    static const char *const weapons[] = {"rocket",  "rockets", "missile",  "missiles",  "shell",
                                          "shells",  "drone",   "drones",   "bomb",      "bombs",
                                          "mortars", "mortar",  "artillery", "airstrike", "airstrikes"};
    uint32_t start = ann->sentences[ann->tokens[token].sentence].first;
    for (uint32_t i = token; i-- > start && token - i <= 4;) {
        if (STM_TOKEN_IS_ANY(ann, i, weapons)) {
            return 1;
        }
    }
    return 0;
}

static int is_election_word(const struct stm_annotation *ann, uint32_t token)
{
    static const char *const words[] = {"election", "elections", "presidency", "vote", "runoff"};
    return STM_TOKEN_IS_ANY(ann, token, words);
}

static int fits(const struct stm_annotation *ann, uint32_t token, const struct verb *verb,
                enum stm_verb_form form)
{
    if (verb->flags & STM_TRIGGER_CARRIED) {
        return form == STM_FORM_ED && carried_somewhere(ann, token);
    }
    if (verb->flags & STM_TRIGGER_MARCH) {
        static const char *const causes[] = {"demand", "demanding", "against", "protest", "over",
                                             "protesting", "support", "demanded"};
        uint32_t end = stm_ann_sentence_end(ann, ann->tokens[token].sentence);
        for (uint32_t i = token + 1; i < end && i < token + 18; i++) {
            if (STM_TOKEN_IS_ANY(ann, i, causes)) {
                return 1;
            }
        }
        return 0;
    }
    if (verb->flags & STM_TRIGGER_WEAPON) {
        return is_struck_by_weapon(ann, token);
    }
    if (verb->flags & STM_TRIGGER_CUSTODY) {
        return custody_ahead(ann, token);
    }
    if (verb->flags & STM_TRIGGER_TALKS) {
        if (verb->kind == STM_EVENT_AGREE && form == STM_FORM_ED && token >= 2 &&
            ann->tokens[token - 1].tag == STM_TAG_BE && stm_is_talks_word(ann, token - 2)) {
            return 1; /* "the ceasefire was signed" */
        }
        return stm_any_word_ahead(ann, token, 5,
                                  verb->kind == STM_EVENT_PROTEST ? stm_is_protest_word
                                                                  : stm_is_talks_word);
    }
    if (verb->flags & STM_TRIGGER_PENALTY) {
        return stm_any_word_ahead(ann, token, 9, stm_is_penalty_word);
    }
    if (verb->flags & STM_TRIGGER_PRIZE) {
        return stm_any_word_ahead(ann, token, 7, stm_is_prize_word);
    }
    if (verb->flags & STM_TRIGGER_ELECTION) {
        return stm_any_word_ahead(ann, token, 7, is_election_word);
    }
    if (verb->flags & STM_TRIGGER_SANCTIONS) {
        if (stm_any_word_ahead(ann, token, 8, stm_is_sanction_word)) {
            return 1;
        }
        if (form != STM_FORM_ED) {
            return 0;
        }
        /* Passive or reduced: the sanctions stand before. */
        uint32_t start = ann->sentences[ann->tokens[token].sentence].first;
        for (uint32_t i = token; i-- > start && token - i <= 14;) {
            if (stm_is_sanction_word(ann, i)) {
                return 1;
            }
            if (stm_ann_is(ann, i, ",") || stm_is_clause_break(ann, i)) {
                break;
            }
        }
        return 0;
    }
    return 1;
}

/** "X and Y sign ceasefire": between a name and a noun of a headline stands a verb. */
static int is_headline_verb(const struct stm_annotation *ann, uint32_t token)
{
    const struct stm_token *word = &ann->tokens[token];
    if (!ann->sentences[word->sentence].is_title || token + 1 >= ann->token_count || token == 0) {
        return 0;
    }
    uint32_t before = ann->tokens[token - 1].mention;
    uint8_t next = ann->tokens[token + 1].tag;
    return before != STEMMA_NONE && ann->mentions[before].kind == STEMMA_MENTION_NAME &&
           (next == STM_TAG_NOUN || next == STM_TAG_PLURAL || next == STM_TAG_ADJECTIVE);
}

int stm_verb_trigger_at(const struct stm_annotation *ann, uint32_t token,
                        struct stm_trigger *trigger)
{
    const struct stm_token *word = &ann->tokens[token];
    uint8_t tag = word->tag;
    if (word->lower.size < 3 || (word->flags & STM_TOKEN_PUNCTUATION) || tag == STM_TAG_PLURAL) {
        return 0;
    }
    uint32_t mention = word->mention;
    if (mention != STEMMA_NONE && ann->mentions[mention].kind == STEMMA_MENTION_NAME) {
        return 0;
    }
    if (tag == STM_TAG_BE) {
        uint32_t next = token + 1;
        if (stm_ann_is(ann, next, "still") || stm_ann_is(ann, next, "currently")) {
            next++;
        }
        if ((stm_ann_is(ann, next, "in") || stm_ann_is(ann, next, "behind")) &&
            is_custody_word(ann, next + 1)) {
            int present = stm_ann_is(ann, token, "is") || stm_ann_is(ann, token, "are");
            trigger->kind = STM_EVENT_DETAIN;
            trigger->form = (uint8_t)(present ? STM_FORM_S : STM_FORM_ED);
            trigger->count = (uint8_t)(next + 2 - token);
            trigger->flags = STM_TRIGGER_UNDERGO;
            return 1;
        }
        return 0;
    }
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        const struct verb *verb = &verbs[i];
        if (verb->base[0] != word->lower.data[0]) {
            continue;
        }
        enum stm_verb_form form = form_of(word->lower, verb);
        if (form == STM_FORM_NONE) {
            continue;
        }
        if ((form == STM_FORM_BASE || form == STM_FORM_S) &&
            !(verb->flags & STM_TRIGGER_TALKS && is_headline_verb(ann, token)) &&
            (tag == STM_TAG_NOUN || tag == STM_TAG_ADJECTIVE || tag == STM_TAG_PROPN)) {
            continue;
        }
        /* The guess "noun" is believed of "shot", not of "died". */
        int regular =
            word->lower.size > 3 && memcmp(word->lower.data + word->lower.size - 2, "ed", 2) == 0;
        if (form == STM_FORM_ED && ((tag == STM_TAG_NOUN && !regular) || tag == STM_TAG_PROPN)) {
            continue;
        }
        if (form == STM_FORM_ING &&
            (stm_ann_is(ann, token + 1, "of") ||
             (token > 0 && (ann->tokens[token - 1].tag == STM_TAG_DETERMINER ||
                            ann->tokens[token - 1].tag == STM_TAG_POSSESSIVE ||
                            ann->tokens[token - 1].tag == STM_TAG_ADJECTIVE ||
                            ann->tokens[token - 1].tag == STM_TAG_NUMBER ||
                            stm_ann_is(ann, token - 1, "with"))))) {
            continue; /* "the easing of", "the shooting": nouns */
        }
        uint8_t count = 1;
        if (verb->particle != NULL) {
            if (!stm_ann_is(ann, token + 1, verb->particle)) {
                continue;
            }
            count = 2;
            if (stm_ann_is(ann, token + 1, "into")) {
                if (!stm_ann_is(ann, token + 2, "exile")) {
                    continue;
                }
                count = 3;
            }
        }
        if (!fits(ann, token, verb, form)) {
            continue;
        }
        trigger->kind = verb->kind;
        trigger->form = (uint8_t)form;
        trigger->count = count;
        trigger->flags = verb->flags;
        return 1;
    }
    return 0;
}

int stm_is_penalty_word(const struct stm_annotation *ann, uint32_t token)
{
    if (stm_ann_is(ann, token, "sentence")) {
        return 1;
    }
    /* Presidents have terms too. */
    return stm_ann_is(ann, token, "term") && token > 0 &&
           (is_custody_word(ann, token - 1) || ann->tokens[token - 1].quantity != STEMMA_NONE);
}

int stm_is_protest_word(const struct stm_annotation *ann, uint32_t token)
{
    static const char *const words[] = {"protest", "protests", "demonstration", "demonstrations",
                                        "rally",   "rallies",  "march",         "sit-in"};
    return STM_TOKEN_IS_ANY(ann, token, words) ||
           (stm_ann_is(ann, token, "hunger") && stm_ann_is(ann, token + 1, "strike"));
}

int stm_is_sanction_word(const struct stm_annotation *ann, uint32_t token)
{
    static const char *const words[] = {"sanctions", "sanction", "embargo", "embargoes"};
    static const char *const others[] = {"restrictions", "curbs"};
    static const char *const domestic[] = {
        "travel",  "movement", "movements", "gatherings", "entry",   "visa",   "visas", "speech",
        "media",   "covid",    "immigration", "abortion", "smoking", "driving", "gun",  "guns",
        "visitors", "tourists", "internet", "water",      "coronavirus", "lockdown"};
    if (STM_TOKEN_IS_ANY(ann, token, words)) {
        return 1;
    }
    /* "curbs on the port": of trade, when nothing says that they are of daily life */
    if (!STM_TOKEN_IS_ANY(ann, token, others) || !stm_ann_is(ann, token + 1, "on") ||
        (token > 0 && STM_TOKEN_IS_ANY(ann, token - 1, domestic))) {
        return 0;
    }
    for (uint32_t i = token + 2; i < token + 6; i++) {
        if (STM_TOKEN_IS_ANY(ann, i, domestic)) {
            return 0;
        }
    }
    return 1;
}

int stm_is_prize_word(const struct stm_annotation *ann, uint32_t token)
{
    static const char *const words[] = {"prize",  "award", "medal",    "prizes",
                                        "awards", "nobel", "pulitzer", "oscar"};
    return STM_TOKEN_IS_ANY(ann, token, words);
}

int stm_is_talks_word(const struct stm_annotation *ann, uint32_t token)
{
    static const char *const words[] = {"talks",  "meeting", "negotiations", "discussions",
                                        "summit", "deal",    "agreement",    "accord",
                                        "pact",   "treaty",  "ceasefire"};
    return STM_TOKEN_IS_ANY(ann, token, words);
}
