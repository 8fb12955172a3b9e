/* SPDX-License-Identifier: MIT */
#include "pack/extract/event_clause.h"

#include "pack/extract/event_participant.h"
#include "pack/extract/event_word.h"
#include "pack/extract/lexicon.h"
#include "pack/extract/syntax.h"

enum { CHILDREN = 300, REACH = 30, STEPS = 40, WHOM_REACH = 8 };

static const char *const be_words[] = {"be", "is",  "are", "was",  "were", "been",    "being",
                                       "am", "'re", "get", "gets", "got",  "getting", "'s"};
static const char *const have_words[] = {"has", "have", "had", "having", "'ve"};

int stm_is_verb(const struct stm_annotation *ann, uint32_t token)
{
    uint8_t pos = ann->tokens[token].pos;
    return pos >= STM_POS_VB && pos <= STM_POS_VBZ;
}

int stm_is_be_or_have(const struct stm_annotation *ann, uint32_t token)
{
    return STM_TOKEN_IS_ANY(ann, token, be_words) || STM_TOKEN_IS_ANY(ann, token, have_words);
}

uint32_t stm_clause_of(const struct stm_annotation *ann, uint32_t token)
{
    for (uint32_t steps = 0; steps < STEPS; steps++) {
        const struct stm_token *it = &ann->tokens[token];
        if (it->head == STEMMA_NONE) {
            return token;
        }
        switch (it->relation) {
        case STM_RELATION_ACL:
        case STM_RELATION_ACL_RELCL:
        case STM_RELATION_ADVCL:
        case STM_RELATION_ADVCL_RELCL:
        case STM_RELATION_CCOMP:
        case STM_RELATION_CSUBJ:
        case STM_RELATION_CSUBJ_PASS:
        case STM_RELATION_PARATAXIS:
        case STM_RELATION_ROOT:
            return token;
        case STM_RELATION_XCOMP:
        case STM_RELATION_CONJ:
            if (stm_is_verb(ann, token)) {
                return token;
            }
            break;
        default:
            break;
        }
        token = it->head;
    }
    return token;
}

uint32_t stm_clause_case(const struct stm_annotation *ann, uint32_t verb, const char *word)
{
    uint32_t first;
    uint32_t end;
    stm_syntax_range(ann, verb, &first, &end);
    for (uint32_t i = verb + 1; i < end && i < verb + REACH; i++) {
        uint32_t noun = ann->tokens[i].head;
        if (ann->tokens[i].relation == STM_RELATION_CASE && stm_ann_is(ann, i, word) &&
            noun != STEMMA_NONE && noun > i && ann->tokens[noun].time == STEMMA_NONE &&
            stm_clause_of(ann, noun) == verb) {
            return noun;
        }
    }
    return STEMMA_NONE;
}

struct stm_voice stm_voice_of(const struct stm_annotation *ann, uint32_t verb)
{
    struct stm_voice voice = {0, 0, 0};
    uint32_t looked = 0;
    for (uint32_t i = ann->tokens[verb].child; i != STEMMA_NONE && looked < CHILDREN;
         i = ann->tokens[i].sibling, looked++) {
        uint8_t relation = ann->tokens[i].relation;
        if (relation == STM_RELATION_AUX_PASS || relation == STM_RELATION_AUX ||
            (relation == STM_RELATION_COP && i < verb)) {
            voice.be |= STM_TOKEN_IS_ANY(ann, i, be_words);
            voice.have |= STM_TOKEN_IS_ANY(ann, i, have_words);
            voice.other = 1;
        }
    }
    /* An auxiliary right before the participle that the tree hangs elsewhere. */
    uint32_t start = ann->sentences[ann->tokens[verb].sentence].first;
    uint32_t before = verb;
    while (before > start && (ann->tokens[before - 1].pos == STM_POS_RB)) {
        before--;
    }
    if (before > start && STM_TOKEN_IS_ANY(ann, before - 1, be_words) &&
        !(ann->tokens[before - 1].flags & STM_TOKEN_POSSESSIVE)) {
        voice.be = 1;
    }
    return voice;
}

int stm_is_plain_noun(const struct stm_annotation *ann, uint32_t token)
{
    uint8_t pos = ann->tokens[token].pos;
    uint32_t mention = ann->tokens[token].mention;
    return (pos == STM_POS_NN || pos == STM_POS_NNS || pos == STM_POS_NNP || pos == STM_POS_NNPS ||
            (mention != STEMMA_NONE && ann->mentions[mention].kind == STEMMA_MENTION_NAME)) &&
           ann->tokens[token].time == STEMMA_NONE;
}

int stm_stands_as_verb(const struct stm_annotation *ann, uint32_t token)
{
    uint32_t start = ann->sentences[ann->tokens[token].sentence].first;
    return token > start && stm_is_plain_noun(ann, token - 1);
}

static int has_own_subject(const struct stm_annotation *ann, uint32_t verb)
{
    return stm_syntax_child(ann, verb, STM_RELATION_NSUBJ) != STEMMA_NONE ||
           stm_syntax_child(ann, verb, STM_RELATION_NSUBJ_PASS) != STEMMA_NONE;
}

/** "flew", "took": pasts whose participle is another word. */
static int is_only_past(const struct stm_annotation *ann, uint32_t verb)
{
    const struct stm_form_entry *form = stm_lexicon_form(ann->tokens[verb].lower);
    if (form == NULL || form->tag != STM_TAG_PAST) {
        return 0;
    }
    /* the lexicon gives the participle a row of its own where it is another word */
    for (size_t i = 0; i < stm_lexicon_form_count; i++) {
        if (stm_lexicon_forms[i].tag == STM_TAG_PARTICIPLE &&
            strcmp(stm_lexicon_forms[i].lemma, form->lemma) == 0) {
            return 1;
        }
    }
    return 0;
}

/** "Teacher shot dead outside school": nobody whom he shot stands behind it. */
static int is_shot_dead(const struct stm_annotation *ann, uint32_t verb)
{
    static const char *const behind[] = {"in", "at", "by", "on", "outside", "inside", "near", "after", "during",
                                         "as", "while", "over", "during", "from", "beside", "amid"};
    return stm_ann_is(ann, verb, "shot") && stm_ann_is(ann, verb + 1, "dead") &&
           (verb + 2 >= stm_ann_sentence_end(ann, ann->tokens[verb].sentence) ||
            STM_TOKEN_IS_ANY(ann, verb + 2, behind) || ann->tokens[verb + 2].time != STEMMA_NONE ||
            (ann->tokens[verb + 2].flags & STM_TOKEN_PUNCTUATION) != 0);
}

/** "Police chief suspended over leaked tape", whatever the tree makes of the tape. */
static int is_headline_participle(const struct stm_annotation *ann, uint32_t verb, uint32_t object)
{
    static const char *const behind[] = {"over", "after", "amid", "for"};
    return ann->sentences[ann->tokens[verb].sentence].is_title && object > verb + 1 &&
           STM_TOKEN_IS_ANY(ann, verb + 1, behind);
}

/** "Orbit Metals on Tuesday named Carla Ruiz": between a body and the name of a person it is no participle, whatever
    the tree says; but "a man named Carl". */
static int is_naming(const struct stm_annotation *ann, uint32_t verb)
{
    static const char *const verbs[] = {"name", "appoint", "elect", "hire", "nominate", "promote", "choose"};
    uint32_t start = ann->sentences[ann->tokens[verb].sentence].first;
    uint32_t next = verb + 1 < ann->token_count ? ann->tokens[verb + 1].mention : STEMMA_NONE;
    uint32_t i = verb;
    if (next == STEMMA_NONE || ann->mentions[next].kind != STEMMA_MENTION_NAME ||
        ann->mentions[next].type != STM_ENTITY_PERSON || !STM_LEMMA_IS_ANY(ann, verb, verbs)) {
        return 0;
    }
    while (i > start && (ann->tokens[i - 1].time != STEMMA_NONE || stm_ann_is(ann, i - 1, "on"))) {
        i--;
    }
    uint32_t before = i > start ? ann->tokens[i - 1].mention : STEMMA_NONE;
    return before != STEMMA_NONE && ann->mentions[before].kind == STEMMA_MENTION_NAME &&
           ann->mentions[before].type == STM_ENTITY_ORGANIZATION;
}

static int is_passive(const struct stm_annotation *ann, uint32_t verb, int *bare, int *weak)
{
    const struct stm_token *token = &ann->tokens[verb];
    uint8_t pos = token->pos;
    *bare = 0;
    *weak = 0;
    if (pos == STM_POS_JJ && verb > 0 && stm_ann_is(ann, verb - 1, "to")) {
        return 0; /* "to free them" */
    }
    if (pos == STM_POS_JJ || pos == STM_POS_NN || pos == STM_POS_NNS) {
        *weak = !stm_voice_of(ann, verb).be;
        return 1; /* "were injured", "those freed" */
    }
    if (pos == STM_POS_VB && (stm_ann_is(ann, verb, "let") || stm_ann_is(ann, verb, "hit") ||
                              stm_ann_is(ann, verb, "hurt"))) {
        return stm_voice_of(ann, verb).be; /* "were let out": all its forms look alike */
    }
    if (pos != STM_POS_VBN && pos != STM_POS_VBD) {
        return 0;
    }
    struct stm_voice voice = stm_voice_of(ann, verb);
    uint32_t object = stm_syntax_child(ann, verb, STM_RELATION_OBJ);
    uint32_t two[2];
    if (voice.be || (!voice.have && is_shot_dead(ann, verb))) {
        return 1;
    }
    if (!voice.other && is_naming(ann, verb)) {
        return 0;
    }
    if (voice.have || voice.other || stm_two_objects(ann, verb, &two[0], &two[1])) {
        return 0;
    }
    if (object != STEMMA_NONE && object > verb && is_headline_participle(ann, verb, object)) {
        return 1;
    }
    if (object != STEMMA_NONE && object > verb &&
        !(pos == STM_POS_VBN && ann->tokens[verb + 1].pos == STM_POS_IN &&
          stm_syntax_child(ann, verb, STM_RELATION_COMPOUND_PRT) == STEMMA_NONE)) {
        return 0; /* but "the 52 pardoned on Thursday join 314 others" */
    }
    if (token->relation == STM_RELATION_CONJ && token->head != STEMMA_NONE && token->head < verb &&
        !has_own_subject(ann, verb) &&
        (stm_is_verb(ann, token->head) || ann->tokens[token->head].pos == STM_POS_JJ)) {
        /* "was arrested and jailed", but "has arrested and jailed" */
        struct stm_voice first = stm_voice_of(ann, token->head);
        if (first.be && !first.have) {
            return 1;
        }
        if (first.be && (ann->tokens[token->head].pos == STM_POS_VBN ||
                         ann->tokens[token->head].pos == STM_POS_JJ)) {
            return 1; /* "has been arrested and jailed" */
        }
        if (first.have) {
            return 0;
        }
    }
    if (pos == STM_POS_VBN && token->relation == STM_RELATION_AMOD &&
        stm_stands_as_verb(ann, verb)) {
        return 0; /* "the Union imposed sanctions" */
    }
    if (pos == STM_POS_VBN && token->relation == STM_RELATION_ROOT &&
        stm_syntax_child(ann, verb, STM_RELATION_NSUBJ) != STEMMA_NONE &&
        stm_object_behind(ann, verb) != STEMMA_NONE) {
        return 0; /* "a court convicted in absentia the mayor" */
    }
    if (pos == STM_POS_VBN) {
        *weak = 1;
        return 1; /* "the men freed on Monday", "Arrested at dawn, he ..." */
    }
    *bare = !is_only_past(ann, verb);
    return 0;
}

int stm_is_relative(const struct stm_annotation *ann, uint32_t token)
{
    uint8_t pos = ann->tokens[token].pos;
    return pos == STM_POS_WP || pos == STM_POS_WDT;
}

/** "Peter Lund hours after": whether a span of time begins right behind the name of a person. */
static int is_name_before_span(const struct stm_annotation *ann, uint32_t name, uint32_t token)
{
    static const char *const spans[] = {"seconds", "minutes", "hours",  "days",
                                        "weeks",   "months",  "years",  "decades", "moments"};
    uint32_t mention = ann->tokens[name].mention;
    return mention != STEMMA_NONE && ann->mentions[mention].kind == STEMMA_MENTION_NAME &&
           ann->mentions[mention].type == STM_ENTITY_PERSON && STM_TOKEN_IS_ANY(ann, token, spans);
}

uint32_t stm_phrase_head(const struct stm_annotation *ann, uint32_t first)
{
    uint32_t head = STEMMA_NONE;
    if (first >= ann->token_count) {
        return STEMMA_NONE;
    }
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[first].sentence);
    for (uint32_t i = first; i < end && i < first + 12; i++) {
        const struct stm_token *token = &ann->tokens[i];
        if (token->time != STEMMA_NONE && token->quantity == STEMMA_NONE) {
            break;
        }
        if (head != STEMMA_NONE && head + 1 == i && token->mention == STEMMA_NONE &&
            is_name_before_span(ann, head, i)) {
            break; /* "sacked Peter Lund hours after the match" */
        }
        if (stm_is_plain_noun(ann, i)) {
            head = i;
            continue;
        }
        switch (token->pos) {
        case STM_POS_NN:
        case STM_POS_NNS:
        case STM_POS_NNP:
        case STM_POS_NNPS:
        case STM_POS_CD:
            head = i;
            continue;
        case STM_POS_PRP:
            return head == STEMMA_NONE ? i : head;
        case STM_POS_DT:
        case STM_POS_PRPS:
            if (head != STEMMA_NONE) {
                break;
            }
            continue;
        case STM_POS_JJ:
        case STM_POS_JJR:
        case STM_POS_JJS:
        case STM_POS_POS:
        case STM_POS_VBN:
        case STM_POS_RBR:
            continue;
        default:
            if (token->quantity != STEMMA_NONE && head == STEMMA_NONE) {
                continue; /* "more than 40 men" */
            }
            break;
        }
        break;
    }
    if (head != STEMMA_NONE && ann->tokens[head].mention != STEMMA_NONE) {
        const struct stm_mention *mention = &ann->mentions[ann->tokens[head].mention];
        if (mention->head <= head && mention->first >= first) {
            return mention->head;
        }
    }
    return head;
}

static uint32_t agent_of(const struct stm_annotation *ann, uint32_t verb)
{
    uint32_t agent = stm_syntax_child(ann, verb, STM_RELATION_OBL_AGENT);
    if (agent == STEMMA_NONE) {
        agent = stm_clause_case(ann, verb, "by");
    }
    return agent != STEMMA_NONE && ann->tokens[agent].time == STEMMA_NONE ? agent : STEMMA_NONE;
}

/** The head of the noun phrase right behind a verb, in its sentence; or STEMMA_NONE. */
static uint32_t phrase_behind(const struct stm_annotation *ann, uint32_t verb)
{
    return verb + 1 < stm_ann_sentence_end(ann, ann->tokens[verb].sentence)
               ? stm_phrase_head(ann, verb + 1)
               : STEMMA_NONE;
}

/** "the men whom police arrested": the noun before the "whom" that stands before a verb's subject;
    or STEMMA_NONE. */
static uint32_t whom_of(const struct stm_annotation *ann, uint32_t subject)
{
    if (subject == STEMMA_NONE) {
        return STEMMA_NONE;
    }
    uint32_t start = ann->sentences[ann->tokens[subject].sentence].first;
    for (uint32_t i = subject; i > start && subject - i < WHOM_REACH; i--) {
        if (!stm_ann_is(ann, i, "whom")) {
            continue;
        }
        uint32_t before = stm_ann_is(ann, i - 1, ",") && i > start + 1 ? i - 2 : i - 1;
        uint32_t mention = ann->tokens[before].mention;
        return !stm_is_plain_noun(ann, before) ? STEMMA_NONE /* "with whom he met" */
               : mention != STEMMA_NONE        ? ann->mentions[mention].head
                                               : before;
    }
    return STEMMA_NONE;
}

struct stm_clause stm_clause_at(const struct stm_annotation *ann, uint32_t verb)
{
    struct stm_clause clause = {verb, STEMMA_NONE, STEMMA_NONE, STEMMA_NONE, 0, 0, 0};
    if (stm_headline_passive(ann, verb, &clause.object, &clause.second)) {
        clause.passive = 1;
        clause.subject = agent_of(ann, verb);
        return clause;
    }
    clause.object = clause.second = STEMMA_NONE;
    clause.passive = is_passive(ann, verb, &clause.bare, &clause.weak);
    if (clause.passive) {
        uint32_t start = ann->sentences[ann->tokens[verb].sentence].first;
        clause.object = stm_clause_subject(ann, verb);
        if (clause.weak && verb > start + 1 && stm_ann_is(ann, verb - 1, ",") &&
            ann->tokens[verb - 2].mention != STEMMA_NONE && stm_types_at(ann, verb - 2) != 0) {
            /* "A and B, arrested in May": B */
            clause.object = ann->mentions[ann->tokens[verb - 2].mention].head;
        }
        clause.second = stm_syntax_child(ann, verb, STM_RELATION_OBJ);
        clause.subject = agent_of(ann, verb);
    } else {
        clause.subject = stm_clause_subject(ann, verb);
        clause.object = stm_syntax_object(ann, verb);
        if (clause.object != STEMMA_NONE && stm_is_relative(ann, clause.object)) {
            clause.object = STEMMA_NONE;
        }
        if (clause.object == STEMMA_NONE) {
            /* an object that follows at once, taken for an adjunct: "killed three ethnic Poles" */
            uint32_t next = stm_syntax_child(ann, verb, STM_RELATION_OBL_UNMARKED);
            if (next != STEMMA_NONE && next > verb && next < verb + 6 &&
                ann->tokens[next].time == STEMMA_NONE && stm_types_at(ann, next) != 0) {
                clause.object = next;
            }
        }
        if (clause.object == STEMMA_NONE) {
            /* what follows at once, though the tree gave it to another verb */
            uint32_t next = phrase_behind(ann, verb);
            if (next != STEMMA_NONE && ann->tokens[next].time == STEMMA_NONE &&
                ann->tokens[next].relation != STM_RELATION_OBL) {
                clause.object = next;
            }
        }
        if (clause.object == STEMMA_NONE) {
            clause.object = stm_object_behind(ann, verb);
        }
        uint32_t close = phrase_behind(ann, verb);
        if (clause.object != STEMMA_NONE && clause.object != close && close != STEMMA_NONE &&
            stm_types_at(ann, clause.object) == 0 && stm_types_at(ann, close) != 0) {
            clause.object = close; /* "the hacker Jan Lask", with the article as the object */
        }
        uint32_t indirect = stm_syntax_child(ann, verb, STM_RELATION_IOBJ);
        if (indirect != STEMMA_NONE) {
            clause.second = clause.object;
            clause.object = indirect;
        }
        uint32_t second;
        if (stm_two_objects(ann, verb, &close, &second)) {
            clause.object = close;
            clause.second = second;
        }
        if (clause.subject == clause.object && clause.object != STEMMA_NONE) {
            clause.object = STEMMA_NONE;
        }
        uint32_t whom = whom_of(ann, clause.subject);
        if (whom != STEMMA_NONE && clause.subject < verb) {
            clause.object = whom;
        }
    }
    clause.bare = clause.bare && clause.object == STEMMA_NONE && clause.subject != STEMMA_NONE;
    if (clause.passive && stm_ann_is(ann, verb, "opposed") && stm_ann_is(ann, verb + 1, "to")) {
        clause.passive = clause.weak = 0; /* "is opposed to the plan" */
        clause.subject = clause.object;
        clause.object = stm_phrase_head(ann, verb + 2);
    }
    return clause;
}

void stm_clause_make_passive(struct stm_clause *clause)
{
    if (clause->bare) {
        clause->passive = 1;
        clause->bare = 0;
        clause->object = clause->subject;
        clause->subject = STEMMA_NONE;
    }
}

void stm_clause_make_active(struct stm_clause *clause)
{
    if (clause->weak) {
        clause->passive = 0;
        clause->weak = 0;
        clause->subject = clause->object;
        clause->object = STEMMA_NONE;
    }
}
