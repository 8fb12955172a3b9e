/* SPDX-License-Identifier: MIT */
/* Who is whose kin. */
#include "pack/extract/fact_role.h"

#include "pack/extract/mention_head.h"
#include "pack/extract/syntax.h"

enum { MOST_KIN = 8 };

/** "parent" seen from the other side is "child". */
static const char *inverse(const char *predicate)
{
    if (strcmp(predicate, "parent") == 0) {
        return "child";
    }
    return strcmp(predicate, "child") == 0 ? "parent" : predicate;
}

static uint32_t person(const struct stm_annotation *ann, uint32_t token)
{
    return stm_fact_entity(ann, token, STM_ENTITY_PERSON, STM_ENTITY_PERSON);
}

/** "X, whose mother": the name before the relative; a mention or STEMMA_NONE. */
static uint32_t before_whose(const struct stm_annotation *ann, uint32_t whose)
{
    uint32_t start = ann->sentences[ann->tokens[whose].sentence].first;
    uint32_t at = whose;
    at -= at > start && stm_ann_is(ann, at - 1, ",");
    uint32_t name = at > start ? stm_fact_name_at(ann, at - 1) : STEMMA_NONE;
    return name != STEMMA_NONE && ann->mentions[name].type == STM_ENTITY_PERSON ? name
                                                                               : STEMMA_NONE;
}

/** "survived by his wife, A, and two sons": the owner of the kin before in the sentence, where the
    word itself has none but a number. */
static uint32_t owner_before(const struct stm_annotation *ann, uint32_t word)
{
    uint32_t start = ann->sentences[ann->tokens[word].sentence].first;
    if (word == start || ann->tokens[word - 1].pos != STM_POS_CD) {
        return STEMMA_NONE;
    }
    uint32_t survived = STEMMA_NONE;
    for (uint32_t at = start; at < word; at++) {
        if (stm_ann_is(ann, at, "survived") || stm_ann_has_lemma(ann, at, "leave")) {
            survived = at;
        }
    }
    if (survived == STEMMA_NONE) {
        return STEMMA_NONE;
    }
    for (uint32_t at = word; at-- > survived;) {
        uint32_t owner = ann->tokens[at].pos == STM_POS_PRPS ? ann->tokens[at].mention : STEMMA_NONE;
        if (owner != STEMMA_NONE && ann->mentions[owner].type == STM_ENTITY_PERSON) {
            return owner;
        }
    }
    return person(ann, stm_syntax_subject(ann, survived));
}

/** The person whose kin is meant: "X's", "his", "of X". */
static uint32_t owner_of(const struct stm_annotation *ann, uint32_t word)
{
    static const char *const of[] = {"of", "to"};
    uint32_t owner = stm_syntax_child(ann, word, STM_RELATION_NMOD_POSS);
    if (owner != STEMMA_NONE && ann->tokens[owner].pos == STM_POS_WPS) {
        return before_whose(ann, owner);
    }
    for (size_t i = 0; i < sizeof of / sizeof of[0] && owner == STEMMA_NONE; i++) {
        owner = stm_syntax_oblique(ann, word, of[i]);
    }
    if (owner != STEMMA_NONE) {
        /* The possessor itself and nobody in apposition to it, unless it is no mention. */
        uint32_t own = ann->tokens[owner].mention;
        if (own != STEMMA_NONE && ann->mentions[own].referent != STEMMA_NONE &&
            ann->referents[ann->mentions[own].referent].entity_type == STM_ENTITY_PERSON &&
            ann->mentions[own].kind != STEMMA_MENTION_NOMINAL) {
            return own;
        }
        return person(ann, owner);
    }
    uint32_t verb = ann->tokens[word].head;
    if (verb != STEMMA_NONE && ann->tokens[word].relation == STM_RELATION_OBJ &&
        stm_ann_has_lemma(ann, verb, "have")) {
        return person(ann, stm_syntax_subject(ann, verb)); /* "they have a daughter, X" */
    }
    /* The same from the words: "X's sister", "his late wife". */
    uint32_t start = ann->sentences[ann->tokens[word].sentence].first;
    uint32_t at = word;
    while (at > start && ann->tokens[at - 1].pos == STM_POS_JJ) {
        at--;
    }
    if (at == start) {
        return STEMMA_NONE;
    }
    if (ann->tokens[at - 1].pos == STM_POS_WPS) {
        return before_whose(ann, at - 1);
    }
    if (ann->tokens[at - 1].pos == STM_POS_CD) {
        return owner_before(ann, at);
    }
    uint32_t mention = STEMMA_NONE;
    if (ann->tokens[at - 1].flags & STM_TOKEN_POSSESSIVE) {
        mention = at - 1 > start ? ann->tokens[at - 2].mention : STEMMA_NONE;
    } else if (ann->tokens[at - 1].pos == STM_POS_PRPS) {
        mention = ann->tokens[at - 1].mention;
    }
    return mention != STEMMA_NONE && ann->mentions[mention].type == STM_ENTITY_PERSON ? mention
                                                                                      : STEMMA_NONE;
}

/** Over "the surgeon" of "her husband, the surgeon X"; or `at`. */
static uint32_t over_description(const struct stm_annotation *ann, uint32_t at, uint32_t end)
{
    uint32_t next = at;
    if (at >= end || (!stm_ann_is(ann, at, "the") && !stm_fact_is_occupation(ann, at) &&
                      !stm_fact_is_address(ann, at))) {
        return at;
    }
    next += stm_ann_is(ann, at, "the");
    while (next < end && next < at + 5 && stm_fact_name_at(ann, next) == STEMMA_NONE &&
           stm_fact_in_title(ann, next)) {
        next++;
    }
    uint32_t name = next < end ? stm_fact_name_at(ann, next) : STEMMA_NONE;
    return name != STEMMA_NONE && ann->mentions[name].type == STM_ENTITY_PERSON ? next : at;
}

/** Who it is: the name beside the word, what it is in apposition to or predicated of, or the name
    that the document gives such a nominal elsewhere. `*stand` gets how it is said. */
static uint32_t kin_of(const struct stm_annotation *ann, uint32_t word, uint32_t owner,
                       struct stm_fact_stand *stand)
{
    const struct stm_token *token = &ann->tokens[word];
    uint32_t end = ann->sentences[token->sentence].first + ann->sentences[token->sentence].count;
    stand->tense = STEMMA_TENSE_PRESENT;
    if (word + 2 < end && ann->tokens[word].pos == STM_POS_NN &&
        (stm_ann_is(ann, word + 1, "is") || stm_ann_is(ann, word + 1, "was"))) {
        /* "whose mother was the singer X" */
        uint32_t at = over_description(ann, word + 2, end);
        uint32_t name = stm_fact_name_at(ann, at);
        if (name != STEMMA_NONE && ann->mentions[name].type == STM_ENTITY_PERSON &&
            ann->mentions[name].first == at) {
            return name;
        }
    }
    if (stm_syntax_child(ann, word, STM_RELATION_COP) != STEMMA_NONE) {
        *stand = stm_fact_stand_of(ann, word);
        return person(ann, stm_syntax_subject(ann, word));
    }
    /* "her sister Tatiana", "X's husband, Y": the name right behind. */
    uint32_t behind = word + 1;
    if (behind < end && stm_ann_is(ann, behind, ",")) {
        behind++;
    }
    behind = over_description(ann, behind, end);
    uint32_t next = behind < end ? stm_fact_name_at(ann, behind) : STEMMA_NONE;
    if (token->pos != STM_POS_NNS && next != STEMMA_NONE && ann->mentions[next].first == behind &&
        ann->mentions[next].type == STM_ENTITY_PERSON && next != owner) {
        uint32_t after = behind + ann->mentions[next].count;
        int closed = behind == word + 1 || after >= end ||
                     (ann->tokens[after].flags & STM_TOKEN_PUNCTUATION);
        int apposed = token->relation == STM_RELATION_APPOS && behind != word + 1;
        if (closed && !apposed) {
            return next;
        }
    }
    if (token->relation == STM_RELATION_APPOS && token->head != STEMMA_NONE) {
        uint32_t who = person(ann, token->head);
        if (who != STEMMA_NONE && who != owner) {
            return who;
        }
    }
    uint32_t mention = stm_mention_headed(ann, word);
    if (mention != STEMMA_NONE && ann->mentions[mention].referent != STEMMA_NONE &&
        token->pos == STM_POS_NN) {
        const struct stm_referent *referent = &ann->referents[ann->mentions[mention].referent];
        if (referent->entity_type == STM_ENTITY_PERSON && referent->name_count != 0 &&
            referent->names[0].kind != STEMMA_NAME_NOMINAL) {
            return mention;
        }
    }
    return STEMMA_NONE;
}

/** The predicate for a word of kin, also of several: "sons", "children". NULL when it is none. */
static const char *kin_word(const struct stm_annotation *ann, uint32_t word)
{
    static const struct {
        const char *word;
        const char *predicate;
    } several[] = {{"sons", "child"},       {"daughters", "child"},  {"children", "child"},
                   {"brothers", "sibling"}, {"sisters", "sibling"},  {"parents", "parent"},
                   {"siblings", "sibling"}, {"stepsons", "child"},   {"stepdaughters", "child"}};
    const char *predicate = stm_kin_predicate(ann, word);
    if (ann->tokens[word].pos != STM_POS_NNS) {
        return predicate;
    }
    for (size_t i = 0; predicate == NULL && i < sizeof several / sizeof several[0]; i++) {
        if (stm_ann_is(ann, word, several[i].word)) {
            predicate = several[i].predicate;
        }
    }
    return predicate;
}

/** "his sons, A, B and C": the names behind a plural; how many. */
static uint32_t all_behind(const struct stm_annotation *ann, uint32_t word, uint32_t *kin)
{
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[word].sentence);
    uint32_t at = word + 1;
    uint32_t count = 0;
    while (at < end && count < MOST_KIN) {
        if (stm_ann_is(ann, at, ",") || stm_ann_is(ann, at, "and") || stm_ann_is(ann, at, ":")) {
            at++;
            continue;
        }
        uint32_t name = stm_fact_name_at(ann, at);
        if (name == STEMMA_NONE || ann->mentions[name].type != STM_ENTITY_PERSON ||
            ann->mentions[name].first != at) {
            break;
        }
        kin[count++] = name;
        at += ann->mentions[name].count;
    }
    /* "his sons and Karl Voss": a name that is no more than added */
    return count != 0 && stm_ann_is(ann, word + 1, "and") ? 0 : count;
}

stemma_status stm_fact_kin(const struct stm_fact_scan *scan, uint32_t word)
{
    const struct stm_annotation *ann = scan->ann;
    const char *predicate = kin_word(ann, word);
    struct stm_fact_stand stand = {STEMMA_TENSE_PRESENT, 0, 0};
    if (predicate == NULL) {
        return STEMMA_OK;
    }
    uint32_t owner = owner_of(ann, word);
    if (owner == STEMMA_NONE || ann->mentions[owner].referent == STEMMA_NONE) {
        return STEMMA_OK;
    }
    uint32_t kin[MOST_KIN];
    uint32_t count = 0;
    int plural = stm_kin_predicate(ann, word) == NULL;
    if (plural) {
        count = all_behind(ann, word, kin);
    } else {
        kin[0] = kin_of(ann, word, owner, &stand);
        count = kin[0] != STEMMA_NONE;
    }
    for (uint32_t at = ann->tokens[word].child; at != STEMMA_NONE && at < word;
         at = ann->tokens[at].sibling) {
        if (stm_ann_is(ann, at, "former") || stm_ann_is(ann, at, "ex") ||
            stm_ann_is(ann, at, "late") || stm_ann_is(ann, at, "estranged")) {
            stand.tense = STEMMA_TENSE_PAST;
        }
    }
    if (memcmp(ann->tokens[word].lower.data, "ex-", 3) == 0) {
        stand.tense = STEMMA_TENSE_PAST;
    }
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        uint32_t who = ann->mentions[kin[i]].referent;
        if (who == STEMMA_NONE) {
            continue;
        }
        status = stm_emit_relation(scan, ann->mentions[owner].referent, predicate, kin[i], word,
                                   &stand, 850);
        if (status == STEMMA_OK) {
            status = stm_emit_relation(scan, who, inverse(predicate), owner, word, &stand, 850);
        }
    }
    return status;
}
