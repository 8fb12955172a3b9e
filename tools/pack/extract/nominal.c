/* SPDX-License-Identifier: MIT */
/* Nominals ("the president", "123 prisoners", "her sister") and pronouns, found and not yet
   resolved. Only heads that matter as actors, owners and places are looked at. */
#include "pack/extract/nominal.h"

#include "pack/extract/lexicon.h"

#define WIDEST_NOMINAL 9u /* tokens */

struct head_kind {
    enum stm_entity_type type;
    uint8_t plural;
};

static int is_in(const struct stm_annotation *ann, enum stm_lexicon_list list, uint32_t i)
{
    return stm_lexicon_has(list, ann->tokens[i].lower);
}

static int is_organization_noun(stemma_text lemma)
{
    static const char *const more[] = {"government", "opposition", "regime", "military",
                                       "ministry",   "embassy",    "police", "court",
                                       "leadership", "cabinet",    "junta",  "side"};
    for (size_t i = 0; i < sizeof more / sizeof *more; i++) {
        if (stemma_text_equal(lemma, stemma_text_of(more[i]))) {
            return 1;
        }
    }
    return (stm_lexicon_has(STM_LEXICON_ORG_NOUN, lemma) ||
            stm_lexicon_has(STM_LEXICON_ORG_HEAD, lemma)) &&
           !stm_lexicon_has(STM_LEXICON_ROLE, lemma) &&
           !stm_lexicon_has(STM_LEXICON_CONNECTOR, lemma);
}

/* "the wounded", "the dead": an article before them and no noun behind make them people. */
static int is_people_adjective(const struct stm_annotation *ann, uint32_t i)
{
    static const char *const words[] = {"wounded", "injured",  "dead",      "sick",     "homeless",
                                        "elderly", "stranded", "displaced", "unemployed", "disabled"};
    if (i == 0 || !stm_ann_is(ann, i - 1, "the") || ann->tokens[i].sentence != ann->tokens[i - 1].sentence) {
        return 0;
    }
    uint8_t next = i + 1 < ann->token_count ? ann->tokens[i + 1].tag : (uint8_t)STM_TAG_PUNCTUATION;
    if (next == STM_TAG_NOUN || next == STM_TAG_PLURAL || next == STM_TAG_PROPN ||
        next == STM_TAG_ADJECTIVE || next == STM_TAG_NUMBER || stm_ann_is(ann, i + 1, "-")) {
        return 0;
    }
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
        if (stm_ann_is(ann, i, words[k])) {
            return 1;
        }
    }
    return 0;
}

/* "the 24-year-old", with no noun behind: somebody by the age. */
static int is_age(const struct stm_annotation *ann, uint32_t i)
{
    static const char ending[] = "-year-old";
    stemma_text word = ann->tokens[i].lower;
    size_t tail = sizeof ending - 1;
    if (i == 0 || word.size <= tail || memcmp(word.data + word.size - tail, ending, tail) != 0 ||
        !stm_ann_is(ann, i - 1, "the") || ann->tokens[i].sentence != ann->tokens[i - 1].sentence) {
        return 0;
    }
    uint8_t next = i + 1 < ann->token_count ? ann->tokens[i + 1].tag : (uint8_t)STM_TAG_PUNCTUATION;
    int lives = next == STM_TAG_PLURAL && stm_ann_is(ann, i + 1, "lives"); /* a verb */
    return (next != STM_TAG_NOUN && next != STM_TAG_PLURAL && next != STM_TAG_PROPN &&
            next != STM_TAG_ADJECTIVE) || lives;
}

/* What a common noun heads, if anything that is looked for. */
static struct head_kind kind_of_head(const struct stm_annotation *ann, uint32_t i)
{
    const struct stm_token *token = &ann->tokens[i];
    struct head_kind none = {STM_ENTITY_NONE, 0};
    struct head_kind people = {STM_ENTITY_PERSON, 1};
    if ((token->tag == STM_TAG_ADJECTIVE || token->tag == STM_TAG_PARTICIPLE ||
         token->tag == STM_TAG_NOUN || token->tag == STM_TAG_PLURAL) &&
        is_people_adjective(ann, i)) {
        return people;
    }
    if (is_age(ann, i)) {
        people.plural = 0;
        return people;
    }
    int noun = token->tag == STM_TAG_NOUN || token->tag == STM_TAG_PLURAL ||
               ((token->tag == STM_TAG_ADJECTIVE || token->tag == STM_TAG_PROPN) &&
                is_in(ann, STM_LEXICON_ROLE, i));
    if (!noun) {
        return none;
    }
    struct head_kind kind = {STM_ENTITY_NONE, token->tag == STM_TAG_PLURAL};
    if (is_in(ann, STM_LEXICON_GROUP_NOUN, i)) {
        kind.type = STM_ENTITY_PERSON;
        kind.plural = 1;
    } else if (stm_lexicon_has(STM_LEXICON_ROLE, token->lemma) ||
               stm_lexicon_has(STM_LEXICON_KIN, token->lemma) ||
               stm_lexicon_has(STM_LEXICON_PERSON_NOUN, token->lemma) ||
               stm_ann_is(ann, i, "relatives")) {
        kind.type = STM_ENTITY_PERSON;
    } else if (is_organization_noun(token->lemma)) {
        kind.type = STM_ENTITY_ORGANIZATION;
    } else if (stm_lexicon_has(STM_LEXICON_PLACE_NOUN, token->lemma)) {
        kind.type = STM_ENTITY_PLACE;
    }
    return kind;
}

/* A verb form that governs the phrase and does not describe it: "the court freed 12 men", where
   "the 12 freed men" are meant. */
static int governs(const struct stm_annotation *ann, uint32_t i, uint32_t head)
{
    const struct stm_token *token = &ann->tokens[i];
    int counted = ann->tokens[i + 1].tag == STM_TAG_NUMBER && i + 1 < head;
    int above = token->head == STEMMA_NONE ? token->relation == STM_RELATION_ROOT
                                           : token->head < i || token->head > head;
    return counted || above;
}

static int is_modifier(const struct stm_annotation *ann, uint32_t i, uint32_t start, uint32_t head)
{
    switch (ann->tokens[i].tag) {
    case STM_TAG_PARTICIPLE:
        return !governs(ann, i, head);
    case STM_TAG_NUMBER: /* but not "16:42 Mayor urges" */
        return memchr(ann->tokens[i].lower.data, ':', ann->tokens[i].lower.size) == NULL;
    case STM_TAG_ADJECTIVE:
    case STM_TAG_PROPN:
    case STM_TAG_NOUN:
        return 1;
    case STM_TAG_PAST:
    case STM_TAG_PLURAL:
    case STM_TAG_GERUND:
        /* "the freed men", but "the court freed men" */
        return (ann->tokens[i].tag == STM_TAG_PLURAL || !governs(ann, i, head)) &&
               (i == start || ann->tokens[i - 1].tag == STM_TAG_DETERMINER ||
                ann->tokens[i - 1].tag == STM_TAG_POSSESSIVE ||
                ann->tokens[i - 1].tag == STM_TAG_ADJECTIVE);
    default:
        return 0;
    }
}

/* The first token of the phrase that `head` heads. `*definite` says whether it points to something.
 */
static uint32_t phrase_start(const struct stm_annotation *ann, uint32_t head, int *definite)
{
    uint32_t start = ann->sentences[ann->tokens[head].sentence].first;
    uint32_t at = head;
    *definite = 0;
    while (at > start && head - at < WIDEST_NOMINAL) {
        uint32_t before = at - 1;
        const struct stm_token *token = &ann->tokens[before];
        if (token->tag == STM_TAG_DETERMINER || token->tag == STM_TAG_POSSESSIVE) {
            *definite = token->tag == STM_TAG_POSSESSIVE || token->lower.data[0] == 't';
            return before;
        }
        if ((token->flags & STM_TOKEN_POSSESSIVE) != 0 && before > start) {
            uint32_t owner = ann->tokens[before - 1].mention;
            *definite = 1;
            return owner == STEMMA_NONE ? at : ann->mentions[owner].first;
        }
        if (!is_modifier(ann, before, start, head)) {
            return at;
        }
        at = before;
    }
    return at;
}

/* A noun before another noun, or right before a name, heads nothing: "prison officials", "leader
   Ana Orlova". */
static int is_head(const struct stm_annotation *ann, uint32_t i)
{
    uint32_t next = i + 1;
    if (next >= stm_ann_sentence_end(ann, ann->tokens[i].sentence)) {
        return 1;
    }
    const struct stm_token *after = &ann->tokens[next];
    if (after->tag == STM_TAG_PROPN) {
        return ann->tokens[i].tag == STM_TAG_PLURAL;
    }
    return after->tag != STM_TAG_NOUN && after->tag != STM_TAG_PLURAL &&
           !(after->tag == STM_TAG_GERUND && ann->tokens[i].tag == STM_TAG_NOUN);
}

static uint8_t gender_of(const struct stm_annotation *ann, uint32_t head)
{
    stemma_text lemma = ann->tokens[head].lemma;
    if (stm_lexicon_has(STM_LEXICON_ROLE_FEMALE, lemma) ||
        stm_lexicon_has(STM_LEXICON_KIN_FEMALE, lemma)) {
        return STM_GENDER_FEMALE;
    }
    if (stm_lexicon_has(STM_LEXICON_ROLE_MALE, lemma) ||
        stm_lexicon_has(STM_LEXICON_KIN_MALE, lemma)) {
        return STM_GENDER_MALE;
    }
    return STM_GENDER_UNKNOWN;
}

static stemma_status try_nominal(struct stm_annotation *ann, uint32_t i)
{
    if (ann->tokens[i].mention != STEMMA_NONE) {
        return STEMMA_OK;
    }
    struct head_kind kind = kind_of_head(ann, i);
    if (kind.type == STM_ENTITY_NONE || !(is_head(ann, i) || is_age(ann, i))) {
        return STEMMA_OK;
    }
    int definite;
    uint32_t first = phrase_start(ann, i, &definite);
    if (kind.type != STM_ENTITY_PERSON && !definite) {
        return STEMMA_OK;
    }
    uint32_t mention;
    stemma_status status = stm_ann_add_mention(ann, STEMMA_MENTION_NOMINAL, kind.type, first,
                                               i + 1 - first, i, STEMMA_NONE, &mention);
    if (status == STEMMA_OK) {
        ann->mentions[mention].plural = kind.plural;
        ann->mentions[mention].generic = !definite;
        ann->mentions[mention].gender = gender_of(ann, i);
    }
    return status;
}

struct pronoun {
    const char *word;
    uint8_t gender;
    uint8_t plural;
};

/* The pronoun at a token, or NULL. */
static const struct pronoun *pronoun_at(const struct stm_annotation *ann, uint32_t i)
{
    static const struct pronoun pronouns[] = {
        {"he", STM_GENDER_MALE, 0},        {"him", STM_GENDER_MALE, 0},
        {"his", STM_GENDER_MALE, 0},       {"himself", STM_GENDER_MALE, 0},
        {"she", STM_GENDER_FEMALE, 0},     {"her", STM_GENDER_FEMALE, 0},
        {"hers", STM_GENDER_FEMALE, 0},    {"herself", STM_GENDER_FEMALE, 0},
        {"they", STM_GENDER_UNKNOWN, 1},   {"them", STM_GENDER_UNKNOWN, 1},
        {"their", STM_GENDER_UNKNOWN, 1},  {"themselves", STM_GENDER_UNKNOWN, 1},
        {"it", STM_GENDER_UNKNOWN, 0},     {"its", STM_GENDER_UNKNOWN, 0},
        {"itself", STM_GENDER_UNKNOWN, 0}, {"i", STM_GENDER_UNKNOWN, 0},
        {"me", STM_GENDER_UNKNOWN, 0},     {"my", STM_GENDER_UNKNOWN, 0},
        {"myself", STM_GENDER_UNKNOWN, 0}, {"who", STM_GENDER_UNKNOWN, 0},
        {"whom", STM_GENDER_UNKNOWN, 0},   {"whose", STM_GENDER_UNKNOWN, 0},
        {"which", STM_GENDER_UNKNOWN, 0},  {"that", STM_GENDER_UNKNOWN, 0}};
    for (size_t k = 0; k < sizeof pronouns / sizeof *pronouns; k++) {
        if (stm_ann_is(ann, i, pronouns[k].word)) {
            return &pronouns[k];
        }
    }
    return NULL;
}

static stemma_status try_pronoun(struct stm_annotation *ann, uint32_t i)
{
    const struct pronoun *pronoun =
        ann->tokens[i].tag == STM_TAG_PRONOUN || ann->tokens[i].tag == STM_TAG_POSSESSIVE
            ? pronoun_at(ann, i)
            : NULL;
    if (pronoun == NULL) {
        return STEMMA_OK;
    }
    uint32_t mention;
    stemma_status status = stm_ann_add_mention(ann, STEMMA_MENTION_PRONOUN, STM_ENTITY_PERSON, i, 1,
                                               i, STEMMA_NONE, &mention);
    if (status == STEMMA_OK) {
        ann->mentions[mention].gender = pronoun->gender;
        ann->mentions[mention].plural = pronoun->plural;
    }
    return status;
}

uint32_t stm_nominal_head(const struct stm_annotation *ann, uint32_t first, uint32_t count)
{
    uint32_t head = first;
    for (uint32_t i = first; i < first + count; i++) {
        uint8_t tag = ann->tokens[i].tag;
        int noun = tag == STM_TAG_NOUN || tag == STM_TAG_PLURAL || tag == STM_TAG_PROPN;
        int stops = tag == STM_TAG_PREPOSITION || tag == STM_TAG_WH || tag == STM_TAG_PUNCTUATION ||
                    tag == STM_TAG_SUBORDINATOR || tag == STM_TAG_TO;
        if (stops && i > first && (ann->tokens[i].flags & STM_TOKEN_POSSESSIVE) == 0) {
            break;
        }
        if (noun || (tag == STM_TAG_NUMBER && head == first)) {
            head = i;
        }
    }
    return head;
}

struct stm_mention stm_nominal_describe(const struct stm_annotation *ann, uint32_t first,
                                        uint32_t count)
{
    struct stm_mention mention;
    memset(&mention, 0, sizeof mention);
    mention.first = first;
    mention.count = count;
    mention.head = stm_nominal_head(ann, first, count);
    mention.referent = STEMMA_NONE;
    const struct pronoun *pronoun = count == 1 ? pronoun_at(ann, first) : NULL;
    if (pronoun != NULL) {
        mention.kind = STEMMA_MENTION_PRONOUN;
        mention.type = STM_ENTITY_PERSON;
        mention.gender = pronoun->gender;
        mention.plural = pronoun->plural;
        return mention;
    }
    const struct stm_token *head = &ann->tokens[mention.head];
    struct head_kind kind = kind_of_head(ann, mention.head);
    int named = head->tag == STM_TAG_PROPN && (head->flags & STM_TOKEN_CAPITALISED) != 0 &&
                kind.type != STM_ENTITY_PERSON; /* a "Surgeon General" is an office */
    int definite;
    (void)phrase_start(ann, mention.head, &definite);
    mention.kind = named ? STEMMA_MENTION_NAME : STEMMA_MENTION_NOMINAL;
    mention.type = (uint8_t)(kind.type == STM_ENTITY_NONE ? STM_ENTITY_THING : kind.type);
    if (named && count > 1 && stm_lexicon_given(ann->tokens[first].lower) != NULL) {
        mention.type = STM_ENTITY_PERSON;
    }
    mention.plural = kind.plural || head->tag == STM_TAG_PLURAL;
    mention.gender = gender_of(ann, mention.head);
    mention.generic = !definite;
    return mention;
}

stemma_status stm_extract_nominals(struct stm_annotation *ann)
{
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < ann->token_count && status == STEMMA_OK; i++) {
        status = try_pronoun(ann, i);
        if (status == STEMMA_OK) {
            status = try_nominal(ann, i);
        }
    }
    return status;
}
