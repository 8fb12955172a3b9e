/* SPDX-License-Identifier: MIT */
/* Objects of verbs where the tree has none: behind an amount that begins with a preposition ("up to 16
   men"), or behind words that stand between ("attacked on Monday a convoy"); and two objects of one verb. */
#include "pack/extract/event_clause.h"
#include "pack/extract/event_participant.h"
#include "pack/extract/event_word.h"
#include "pack/extract/lexicon.h"

enum {
    BETWEEN = 6,  /**< Tokens at most between a verb and its object. */
    FAR = 12,     /**< Tokens from a verb within which its second object begins. */
    ADDITION = 10 /**< Tokens at most of what is added to a name between commas. */
};

/** "killed up to 16 men", "arrested as many as 30": what an amount right behind the verb counts, or
    its number; STEMMA_NONE when it measures and does not count. */
static uint32_t counted_behind(const struct stm_annotation *ann, uint32_t verb)
{
    uint32_t next = verb + 1;
    uint32_t q = next < ann->token_count ? ann->tokens[next].quantity : STEMMA_NONE;
    if (q == STEMMA_NONE || ann->tokens[next].time != STEMMA_NONE ||
        ann->quantities[q].first != next || ann->quantities[q].value.unit.size != 0 ||
        ann->tokens[next].sentence != ann->tokens[verb].sentence) {
        return STEMMA_NONE;
    }
    const struct stm_quantity_mention *quantity = &ann->quantities[q];
    return quantity->head != STEMMA_NONE ? quantity->head : quantity->first + quantity->count - 1;
}

/** Behind the words that may stand between a verb and its object: a time, "in absentia", "as
    illegal"; `at` itself when nothing of the kind stands there. */
static uint32_t behind_between(const struct stm_annotation *ann, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    if (stm_ann_is(ann, i, "as")) {
        int noun = 0; /* "as illegal the arrest", "as a crime X's attack" */
        for (i++; i < end && i < at + BETWEEN && !noun; i++) {
            uint8_t pos = ann->tokens[i].pos;
            if (pos != STM_POS_JJ && pos != STM_POS_RB && pos != STM_POS_CC && pos != STM_POS_NN &&
                !(pos == STM_POS_DT && i == at + 1)) {
                break;
            }
            noun = pos == STM_POS_NN;
        }
        return i > at + 1 ? i : at;
    }
    if (stm_ann_is(ann, i, "in") && stm_ann_is(ann, i + 1, "absentia")) {
        return i + 2;
    }
    if (ann->tokens[i].time == STEMMA_NONE && ann->tokens[i].pos == STM_POS_IN &&
        i + 1 < end && ann->tokens[i + 1].time != STEMMA_NONE) {
        i++;
    }
    while (i < end && i < at + BETWEEN && ann->tokens[i].time != STEMMA_NONE) {
        i++;
    }
    return i;
}

/** "handed over their weapons": behind the particle of a verb that has one, whatever it was tagged; or `at`. */
static uint32_t behind_particle(const struct stm_annotation *ann, uint32_t verb, uint32_t at)
{
    static const char *const verbs[] = {"hand", "turn", "give",  "call", "carry", "take",
                                        "set",  "shut", "bring", "send", "throw", "blow", "swear"};
    static const char *const words[] = {"over", "out", "off", "up", "down", "back", "in"};
    return STM_LEMMA_IS_ANY(ann, verb, verbs) && STM_TOKEN_IS_ANY(ann, at, words) ? at + 1 : at;
}

/** Whether a finite verb follows what a noun heads at once: then the noun is its subject. */
static int is_subject_of_next(const struct stm_annotation *ann, uint32_t noun, uint32_t end)
{
    uint8_t pos = noun + 1 < end ? ann->tokens[noun + 1].pos : (uint8_t)STM_POS_NONE;
    return pos == STM_POS_VBD || pos == STM_POS_VBZ || pos == STM_POS_VBP || pos == STM_POS_MD ||
           ann->tokens[noun].relation == STM_RELATION_NSUBJ ||
           ann->tokens[noun].relation == STM_RELATION_NSUBJ_PASS;
}

uint32_t stm_object_behind(const struct stm_annotation *ann, uint32_t verb)
{
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[verb].sentence);
    uint32_t object = counted_behind(ann, verb);
    if (object != STEMMA_NONE || verb + 2 >= end) {
        return object;
    }
    uint32_t at = behind_particle(ann, verb, verb + 1);
    at = at == verb + 1 ? behind_between(ann, at, end) : at;
    if (at == verb + 1 || at >= end) {
        return STEMMA_NONE;
    }
    uint8_t pos = ann->tokens[at].pos;
    if (pos != STM_POS_DT && pos != STM_POS_PRPS && pos != STM_POS_CD && pos != STM_POS_NNP &&
        pos != STM_POS_NNS && !(pos == STM_POS_NN && stm_is_people_word(ann, at))) {
        return STEMMA_NONE;
    }
    if (pos == STM_POS_NNS && stm_ann_is(ann, verb + 1, "as")) {
        return STEMMA_NONE; /* "fled as river rises" */
    }
    object = stm_phrase_head(ann, at);
    return object == STEMMA_NONE || ann->tokens[object].time != STEMMA_NONE ||
                   is_subject_of_next(ann, object, end)
               ? STEMMA_NONE
               : object;
}

/** Verbs that take whom it goes to and then what it is, or whom and then what he becomes. */
static int takes_two(const struct stm_annotation *ann, uint32_t verb, int *naming)
{
    static const char *const giving[] = {"give", "award", "grant", "hand",  "offer", "send", "promise",
                                         "deny", "lend",  "pay",   "fine",  "sell",  "owe",  "guarantee",
                                         "dock", "issue", "deal",  "slap",  "serve", "bring", "refuse"};
    static const char *const names[] = {"name",  "elect", "appoint",   "crown", "declare", "choose",
                                        "make",  "vote",  "re-elect", "reelect", "proclaim", "dub"};
    *naming = STM_LEMMA_IS_ANY(ann, verb, names);
    return *naming || STM_LEMMA_IS_ANY(ann, verb, giving);
}

int stm_is_people_word(const struct stm_annotation *ann, uint32_t token)
{
    static const char *const several[] = {"gang", "mob",  "crew", "couple", "family", "crowd",
                                          "trio", "duo",  "pair", "band",   "squad",  "bunch"};
    if (token == STEMMA_NONE) {
        return 0;
    }
    stemma_text word = ann->tokens[token].lemma;
    if (word.size > 3 && memcmp(word.data, "ex-", 3) == 0) {
        word = (stemma_text){word.data + 3, word.size - 3}; /* "ex-nurse" */
    }
    return (STM_LEMMA_IS_ANY(ann, token, several) || stm_lexicon_has(STM_LEXICON_ROLE, word) ||
            stm_lexicon_has(STM_LEXICON_PERSON_NOUN, word) || stm_lexicon_has(STM_LEXICON_ROLE, ann->tokens[token].lemma) ||
            stm_lexicon_has(STM_LEXICON_PERSON_NOUN, ann->tokens[token].lemma) ||
            stm_lexicon_has(STM_LEXICON_GROUP_NOUN, ann->tokens[token].lower));
}

/** Whether a sum or another measured amount begins at a token. */
static int begins_measure(const struct stm_annotation *ann, uint32_t token)
{
    uint32_t q = ann->tokens[token].quantity;
    return q != STEMMA_NONE && ann->quantities[q].first == token &&
           ann->quantities[q].value.unit.size != 0;
}

/** "Ama Boadu, a farmer, mayor of Tamsin": behind what is added to a name between commas; or `comma`. */
static uint32_t behind_addition(const struct stm_annotation *ann, uint32_t comma, uint32_t end)
{
    for (uint32_t i = comma + 2; i + 1 < end && i < comma + ADDITION; i++) {
        if (stm_ann_is(ann, i, ",")) {
            uint8_t pos = ann->tokens[i + 1].pos;
            return pos == STM_POS_NN || pos == STM_POS_JJ || pos == STM_POS_NNP ? i + 1 : comma;
        }
        if (stm_is_verb(ann, i) && ann->tokens[i].pos != STM_POS_VBN) {
            break;
        }
    }
    return comma;
}

/** Where a second phrase begins behind the one that begins at `first`; STEMMA_NONE when none does. */
static uint32_t second_phrase(const struct stm_annotation *ann, uint32_t first, uint32_t end,
                              int naming)
{
    uint32_t behind_name = STEMMA_NONE;
    for (uint32_t i = first + 1; i < end && i < first + FAR; i++) {
        uint8_t pos = ann->tokens[i].pos;
        uint32_t mention = ann->tokens[i - 1].mention;
        int noun = stm_is_plain_noun(ann, i - 1) || ann->tokens[i - 1].pos == STM_POS_PRP;
        int nominal = pos == STM_POS_NN || pos == STM_POS_NNS || pos == STM_POS_JJ;
        int named = mention != STEMMA_NONE && mention != ann->tokens[i].mention &&
                    ann->mentions[mention].kind == STEMMA_MENTION_NAME &&
                    ann->mentions[mention].type == STM_ENTITY_PERSON;
        if (begins_measure(ann, i) && i > first + 1) {
            return i;
        }
        if (noun && (pos == STM_POS_DT || pos == STM_POS_PRPS ||
                     (pos == STM_POS_CD && ann->tokens[i].mention == STEMMA_NONE))) {
            return i;
        }
        if (ann->tokens[i - 1].pos == STM_POS_PRP && nominal) {
            return i; /* "gave him bail" */
        }
        if (named && nominal && behind_name == STEMMA_NONE) {
            behind_name = i;
        }
        if (!naming && ann->tokens[i - 1].pos == STM_POS_NNS && nominal &&
            stm_is_people_word(ann, i - 1) && stm_types_at(ann, stm_phrase_head(ann, i)) == 0) {
            return i; /* "awarded the divers medals" */
        }
        if (naming && named && stm_ann_is(ann, i, ",")) {
            uint32_t behind = behind_addition(ann, i, end);
            return behind == i ? STEMMA_NONE : behind;
        }
        if ((!stm_is_plain_noun(ann, i) && !nominal && pos != STM_POS_POS && pos != STM_POS_CD &&
             pos != STM_POS_NNP && pos != STM_POS_VBN && pos != STM_POS_JJR) ||
            ann->tokens[i].time != STEMMA_NONE) {
            break;
        }
    }
    return behind_name;
}

int stm_two_objects(const struct stm_annotation *ann, uint32_t verb, uint32_t *whom, uint32_t *what)
{
    int naming = 0;
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[verb].sentence);
    if (verb + 2 >= end || !takes_two(ann, verb, &naming)) {
        return 0;
    }
    uint8_t opens = ann->tokens[verb + 1].pos;
    if (opens == STM_POS_IN || opens == STM_POS_TO || opens == STM_POS_RP || opens == STM_POS_RB ||
        stm_is_verb(ann, verb + 1) || ann->tokens[verb + 1].time != STEMMA_NONE ||
        begins_measure(ann, verb + 1)) {
        return 0;
    }
    uint32_t second = second_phrase(ann, verb + 1, end, naming);
    if (second == STEMMA_NONE) {
        return 0;
    }
    uint32_t last = second - 1;
    while (naming && last > verb + 1 &&
           (stm_ann_is(ann, last, ",") || ann->tokens[last].mention == STEMMA_NONE ||
            ann->mentions[ann->tokens[last].mention].kind != STEMMA_MENTION_NAME)) {
        last--;
    }
    uint32_t mention = ann->tokens[last].mention;
    *whom = mention != STEMMA_NONE && ann->mentions[mention].head > verb &&
                    ann->mentions[mention].head <= last
                ? ann->mentions[mention].head
                : last;
    *what = stm_phrase_head(ann, second);
    return *what != STEMMA_NONE && *what > *whom &&
           (!naming || (stm_types_at(ann, *whom) & STM_TYPES_PEOPLE) != 0);
}

/** The head of whom a name or a word for people means right before a verb; or STEMMA_NONE. */
static uint32_t people_before(const struct stm_annotation *ann, uint32_t verb)
{
    uint32_t start = ann->sentences[ann->tokens[verb].sentence].first;
    uint32_t before = verb;
    while (before > start && ann->tokens[before - 1].pos == STM_POS_RB) {
        before--; /* "Voss finally named chair" */
    }
    if (before == start) {
        return STEMMA_NONE;
    }
    before--;
    uint32_t mention = ann->tokens[before].mention;
    before = mention != STEMMA_NONE ? ann->mentions[mention].head : before;
    return (mention != STEMMA_NONE && ann->mentions[mention].kind == STEMMA_MENTION_NAME) ||
                   (stm_types_at(ann, before) & STM_TYPES_PEOPLE) != 0 ||
                   stm_is_people_word(ann, before)
               ? before
               : STEMMA_NONE;
}

int stm_headline_passive(const struct stm_annotation *ann, uint32_t verb, uint32_t *whom,
                         uint32_t *what)
{
    static const char *const giving[] = {"award", "give", "grant", "hand", "offer", "fine"};
    static const char *const naming[] = {"name",   "appoint",  "elect",   "nominate",
                                         "crown",  "re-elect", "reelect", "reappoint",
                                         "choose", "declare",  "vote",    "dub"};
    const struct stm_token *token = &ann->tokens[verb];
    if (!ann->sentences[token->sentence].is_title) {
        return 0;
    }
    int names = STM_LEMMA_IS_ANY(ann, verb, naming);
    if ((token->pos != STM_POS_VBD && token->pos != STM_POS_VBN) ||
        (!names && !STM_LEMMA_IS_ANY(ann, verb, giving)) || verb + 1 >= ann->token_count ||
        ann->tokens[verb + 1].sentence != token->sentence || stm_voice_of(ann, verb).other) {
        return 0;
    }
    uint8_t next = ann->tokens[verb + 1].pos;
    if (next == STM_POS_PRPS || next == STM_POS_PRP || (names && next == STM_POS_DT)) {
        return 0; /* "Voss named the thief" */
    }
    *whom = people_before(ann, verb);
    *what = next == STM_POS_IN || next == STM_POS_TO ? STEMMA_NONE : stm_phrase_head(ann, verb + 1);
    if (*whom == STEMMA_NONE || *what == STEMMA_NONE) {
        return 0;
    }
    uint32_t mention = ann->tokens[*what].mention;
    int named = mention != STEMMA_NONE && ann->mentions[mention].kind == STEMMA_MENTION_NAME &&
                ann->mentions[mention].type == STM_ENTITY_PERSON;
    return !named && (names ? ann->tokens[*what].pos == STM_POS_NN
                            : (stm_types_at(ann, *what) & STM_TYPES_PEOPLE) == 0);
}
