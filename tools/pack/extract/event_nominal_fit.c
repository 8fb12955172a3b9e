/* SPDX-License-Identifier: MIT */
/* Whether a noun tells of a happening, by the words around it. */
#include "pack/extract/event_nominal_fit.h"

#include "pack/extract/event_clause.h"
#include "pack/extract/event_participant.h"
#include "pack/extract/event_word.h"
#include "pack/extract/lexicon.h"
#include "pack/extract/syntax.h"

enum {
    CHILDREN = 300,
    PHRASE = 9, /**< Tokens behind a noun within which "by" is its own. */
    CLAIM = 6   /**< Tokens from "responsibility" to what it is for. */
};

static int is_name_at(const struct stm_annotation *ann, uint32_t token)
{
    uint32_t mention = ann->tokens[token].mention;
    return mention != STEMMA_NONE && ann->mentions[mention].kind == STEMMA_MENTION_NAME;
}

int stm_is_weather(const struct stm_annotation *ann, uint32_t token)
{
    static const char *const words[] = {"weather", "wind",    "rain",  "rainfall", "snow",    "snowfall", "storm",
                                        "gale",    "flood",   "flooding", "tsunami", "heat",  "heatwave", "frost",
                                        "ice",     "fog",     "hail",  "thunderstorm", "tornado", "hurricane",
                                        "typhoon", "cyclone", "avalanche", "landslide", "wildfire", "drought"};
    return STM_LEMMA_IS_ANY(ann, token, words);
}

/** "a red warning of wind", "a tsunami warning": nobody is threatened. */
static int is_forecast(const struct stm_annotation *ann, uint32_t token)
{
    static const char *const colours[] = {"red", "amber", "orange", "yellow", "severe"};
    uint32_t sentence = ann->tokens[token].sentence;
    uint32_t end = stm_ann_sentence_end(ann, sentence);
    if (!stm_ann_has_lemma(ann, token, "warning") && !stm_ann_has_lemma(ann, token, "alert")) {
        return 0;
    }
    if (token > ann->sentences[sentence].first &&
        (STM_TOKEN_IS_ANY(ann, token - 1, colours) || stm_is_weather(ann, token - 1))) {
        return 1;
    }
    for (uint32_t i = token + 1; i < end && i < token + 6; i++) {
        if (stm_is_weather(ann, i)) {
            return 1;
        }
    }
    return 0;
}

int stm_noun_is_other(const struct stm_annotation *ann, uint32_t token)
{
    if (is_forecast(ann, token) ||
        (stm_ann_has_lemma(ann, token, "outbreak") && stm_ann_is(ann, token + 1, "of") &&
         (stm_is_weather(ann, token + 2) || stm_is_weather(ann, token + 3)))) {
        return 1; /* "outbreaks of heavy rain" */
    }
    static const char *const words[] = {"heart", "panic", "asthma", "press",  "news", "album",
                                        "film",  "job",   "trade",  "labour", "word", "video"};
    static const char *const guns[] = {
        "rocket",      "artillery",  "mortar",   "gun",   "sniper", "tank",    "missile",
        "machine-gun", "small-arms", "friendly", "open",  "opened", "opening", "return",
        "returned",    "exchanged",  "ceased",   "cease", "under",  "crossing"};
    if (token > 0 && stm_ann_has_lemma(ann, token, "fire") &&
        (STM_TOKEN_IS_ANY(ann, token - 1, guns) || stm_ann_is(ann, token + 1, "against") ||
         stm_ann_has_lemma(ann, token - 1, "set"))) {
        return 1; /* of guns; "set fire to", which the verb tells */
    }
    if (stm_ann_has_lemma(ann, token, "release") &&
        stm_ann_is(ann, stm_syntax_case(ann, token), "according")) {
        return 1; /* "according to a release" */
    }
    uint32_t by = stm_ann_has_lemma(ann, token, "strike") ? stm_syntax_oblique(ann, token, "by")
                                                          : STEMMA_NONE;
    if (by != STEMMA_NONE && stm_types_at(ann, by) == STM_TYPE_BIT(STM_ENTITY_PERSON) &&
        is_name_at(ann, by) && !stm_is_several(ann, by) && !stm_ann_is(ann, token - 1, "hunger")) {
        return 1; /* "a late strike by Jonas Berg": at the goal */
    }
    if (token > 1 && stm_ann_is(ann, token - 1, "of") && stm_ann_is(ann, token - 2, "state")) {
        return 1; /* "a state of siege" */
    }
    return token > 0 && ann->tokens[token - 1].head == token &&
           STM_TOKEN_IS_ANY(ann, token - 1, words);
}

int stm_noun_names_where(const struct stm_annotation *ann, uint32_t place, uint32_t noun,
                       enum stm_event_kind kind)
{
    static const char *const deeds[] = {"stabbing", "shooting", "murder", "robbery", "rape",
                                        "massacre", "riot",     "killing", "looting", "burglary"};
    uint32_t mention = ann->tokens[place].mention;
    int name = mention != STEMMA_NONE && ann->mentions[mention].kind == STEMMA_MENTION_NAME;
    if (!name || ann->mentions[mention].type != STM_ENTITY_PLACE) {
        return kind == STM_EVENT_PERSONNEL_ELECT && (stm_types_at(ann, place) & STM_TYPES_PEOPLE) == 0;
    }
    int site = 0;
    for (uint32_t i = ann->mentions[mention].first + ann->mentions[mention].count; i < noun; i++) {
        site |= stm_lexicon_has(STM_LEXICON_PLACE_NOUN, ann->tokens[i].lemma) ||
                (stm_noun_classes_at(ann, i) & (STM_NOUN_BUILDING | STM_NOUN_PREMISES)) != 0;
    }
    return site || kind == STM_EVENT_PERSONNEL_ELECT || STM_LEMMA_IS_ANY(ann, noun, deeds);
}

int stm_noun_is_attempt(const struct stm_annotation *ann, uint32_t token)
{
    static const char *const words[] = {"attempt", "bid", "plot"};
    uint32_t head = ann->tokens[token].head;
    return head == token + 1 && STM_LEMMA_IS_ANY(ann, head, words);
}

uint32_t stm_noun_effort(const struct stm_annotation *ann, uint32_t token, enum stm_event_kind kind)
{
    static const char *const words[] = {"effort", "mission", "process", "round", "session"};
    uint32_t head = ann->tokens[token].head;
    return (kind == STM_EVENT_CONTACT_MEDIATE || kind == STM_EVENT_CONTACT_MEET) &&
                   head == token + 1 && ann->tokens[token].relation == STM_RELATION_COMPOUND &&
                   STM_LEMMA_IS_ANY(ann, head, words)
               ? head
               : STEMMA_NONE;
}

int stm_noun_is_charge(const struct stm_annotation *ann, uint32_t token, enum stm_event_kind kind)
{
    static const char *const words[] = {"of", "with", "to", "for", "on"};
    static const char *const heads[] = {"charge",  "accuse", "convict",  "acquit", "guilty",
                                        "suspect", "try",    "sentence", "put",    "wanted",
                                        "count",   "trial",  "plead",    "indict", "arrest"};
    uint32_t head = ann->tokens[token].head;
    if (stm_event_frame_of(kind)->family != STM_FAMILY_PATIENT &&
        kind != STM_EVENT_CONFLICT_ATTACK && kind != STM_EVENT_PROTEST_RIOT) {
        return 0;
    }
    if (head == STEMMA_NONE || !STM_TOKEN_IS_ANY(ann, stm_syntax_case(ann, token), words) ||
        stm_syntax_oblique(ann, token, "of") != STEMMA_NONE) {
        return 0;
    }
    return STM_LEMMA_IS_ANY(ann, head, heads);
}

/** Whether a noun under the happening, before it or behind "of" or "to", is of a class: "sanctions
    relief", "the easing of sanctions". */
static uint32_t class_under(const struct stm_annotation *ann, uint32_t token, uint64_t classes)
{
    uint32_t looked = 0;
    for (uint32_t i = ann->tokens[token].child; i != STEMMA_NONE && looked < CHILDREN;
         i = ann->tokens[i].sibling, looked++) {
        uint8_t relation = ann->tokens[i].relation;
        if ((relation == STM_RELATION_COMPOUND || relation == STM_RELATION_NMOD ||
             relation == STM_RELATION_AMOD || relation == STM_RELATION_NMOD_POSS) &&
            (stm_noun_classes_at(ann, i) & classes)) {
            return i;
        }
    }
    return STEMMA_NONE;
}

int stm_noun_fits(const struct stm_annotation *ann, const struct stm_sense *sense, uint32_t token,
                uint32_t *noun)
{
    *noun = STEMMA_NONE;
    if ((sense->flags & STM_SENSE_PLURAL) && ann->tokens[token].pos != STM_POS_NNS) {
        return 0;
    }
    if ((sense->flags & STM_SENSE_OF) && stm_syntax_oblique(ann, token, "of") == STEMMA_NONE &&
        stm_syntax_child(ann, token, STM_RELATION_NMOD_POSS) == STEMMA_NONE) {
        return 0;
    }
    if (sense->object != 0) {
        *noun = class_under(ann, token, sense->object);
        return *noun != STEMMA_NONE;
    }
    return sense->subject == 0 || class_under(ann, token, sense->subject) != STEMMA_NONE ||
           (sense->subject == STM_NOUN_WEAPON && token > 0 &&
            stm_ann_is(ann, token - 1, "air")); /* "an air strike" */
}

int stm_noun_is_definite(const struct stm_annotation *ann, uint32_t token)
{
    static const char *const known[] = {"the", "this", "these", "that", "those"};
    static const char *const fresh[] = {"another", "new",  "second", "third",
                                        "further", "mass", "other"};
    int definite = 0;
    uint32_t looked = 0;
    for (uint32_t i = ann->tokens[token].child; i != STEMMA_NONE && i < token && looked < CHILDREN;
         i = ann->tokens[i].sibling, looked++) {
        if (STM_TOKEN_IS_ANY(ann, i, known) || ann->tokens[i].relation == STM_RELATION_NMOD_POSS) {
            definite = 1;
        }
        if (STM_TOKEN_IS_ANY(ann, i, fresh)) {
            return 0;
        }
    }
    return definite;
}

int stm_noun_is_offensive(const struct stm_annotation *ann, uint32_t token)
{
    return ann->tokens[token].pos == STM_POS_JJ && stm_ann_is(ann, token, "offensive") &&
           token + 1 < ann->token_count && ann->tokens[token + 1].pos == STM_POS_IN && token > 0 &&
           ann->tokens[token - 1].pos != STM_POS_VBD && ann->tokens[token - 1].pos != STM_POS_VBZ;
}

int stm_noun_is_fighting(const struct stm_annotation *ann, uint32_t token)
{
    return stm_ann_is(ann, token, "fighting") &&
           (ann->tokens[token].flags & STM_TOKEN_SENTENCE_START) != 0 &&
           (stm_ann_is(ann, token + 1, "between") || stm_ann_is(ann, token + 1, "in") ||
            stm_ann_is(ann, token + 1, "near"));
}

/** "the visit to Lund by the king": who stands behind "by", with no verb between; or STEMMA_NONE. */
static uint32_t by_behind(const struct stm_annotation *ann, uint32_t token)
{
    /* "a protest against violations by X": X violates */
    static const char *const others[] = {"against", "over", "about", "after", "before", "for", "that"};
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[token].sentence);
    for (uint32_t i = token + 1; i + 1 < end && i < token + PHRASE; i++) {
        if (stm_ann_is(ann, i, "by")) {
            uint32_t head = stm_phrase_head(ann, i + 1);
            int actor = head != STEMMA_NONE && ann->tokens[head].time == STEMMA_NONE &&
                        ann->tokens[i].head != STEMMA_NONE && ann->tokens[i + 1].pos != STM_POS_VBG &&
                        ((stm_types_at(ann, head) & STM_TYPES_ACTORS) != 0 ||
                         (ann->tokens[head].pos == STM_POS_NNS &&
                          ann->tokens[i + 1].quantity == STEMMA_NONE));
            return actor ? head : STEMMA_NONE;
        }
        if (stm_is_verb(ann, i) || ann->tokens[i].pos == STM_POS_MD || stm_ann_is(ann, i, ",") ||
            stm_is_relative(ann, i) || STM_TOKEN_IS_ANY(ann, i, others)) {
            break;
        }
    }
    return STEMMA_NONE;
}

/** "claimed responsibility for the bombing": who claims it; or STEMMA_NONE. */
static uint32_t who_claims(const struct stm_annotation *ann, uint32_t token)
{
    static const char *const claims[] = {"claim", "take", "accept", "assume", "admit"};
    uint32_t start = ann->sentences[ann->tokens[token].sentence].first;
    for (uint32_t i = token; i > start + 2 && token - i < CLAIM; i--) {
        if (stm_ann_is(ann, i - 1, "responsibility") && stm_ann_is(ann, i, "for")) {
            uint32_t verb = i - 2;
            return stm_is_verb(ann, verb) && STM_LEMMA_IS_ANY(ann, verb, claims) &&
                           !stm_voice_of(ann, verb).be
                       ? stm_clause_subject(ann, verb)
                       : STEMMA_NONE;
        }
    }
    return STEMMA_NONE;
}

uint32_t stm_noun_doer(const struct stm_annotation *ann, uint32_t token)
{
    uint32_t by = by_behind(ann, token);
    return by != STEMMA_NONE ? by : who_claims(ann, token);
}
