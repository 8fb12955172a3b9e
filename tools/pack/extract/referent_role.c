/* SPDX-License-Identifier: MIT */
/* What the document says that its persons are, as far as it helps to tell whom "the president"
   means: titles before names, and appositions. */
#include "pack/extract/referent_role.h"

#define MOST_ROLES 512u /* a page names fewer; more would only slow hostile ones */

static int is_finite(uint8_t tag)
{
    return tag == STM_TAG_PAST || tag == STM_TAG_VERB_S || tag == STM_TAG_BE ||
           tag == STM_TAG_HAVE || tag == STM_TAG_MODAL || tag == STM_TAG_DO || tag == STM_TAG_VERB;
}

static stemma_text country_of_token(const struct stm_annotation *ann, uint32_t i)
{
    stemma_text none = {NULL, 0};
    const struct stm_demonym_entry *demonym = stm_lexicon_demonym(ann->tokens[i].lower);
    if ((ann->tokens[i].flags & STM_TOKEN_CAPITALISED) == 0) {
        return none;
    }
    if (demonym != NULL) {
        return stemma_text_of(demonym->country);
    }
    const struct stm_place_entry *place = stm_lexicon_place(ann->tokens[i].lower);
    return place != NULL && place->kind == STM_PLACE_COUNTRY ? stemma_text_of(place->canonical)
                                                             : none;
}

stemma_text stm_role_country(const struct stm_annotation *ann, uint32_t first, uint32_t end)
{
    stemma_text country = {NULL, 0};
    for (uint32_t i = first; i < end && country.size == 0; i++) {
        country = country_of_token(ann, i);
    }
    return country;
}

stemma_text stm_role_modifier(const struct stm_annotation *ann, uint32_t first, uint32_t head)
{
    static const char *const passing[] = {"former",   "ex",       "special", "acting",
                                          "then",     "late",     "current", "incumbent",
                                          "outgoing", "incoming", "new",     "interim"};
    stemma_text none = {NULL, 0};
    if (head <= first) {
        return none;
    }
    const struct stm_token *token = &ann->tokens[head - 1];
    for (size_t i = 0; i < sizeof passing / sizeof *passing; i++) {
        if (stemma_text_equal(token->lower, stemma_text_of(passing[i]))) {
            return none;
        }
    }
    int counts =
        token->mention == STEMMA_NONE || ann->mentions[token->mention].kind != STEMMA_MENTION_NAME;
    return counts && (token->tag == STM_TAG_NOUN || token->tag == STM_TAG_PLURAL ||
                      stm_lexicon_has(STM_LEXICON_TITLE_PART, token->lower))
               ? token->lower
               : none;
}

uint32_t stm_role_owner(const struct stm_annotation *ann, const struct stm_mention *nominal)
{
    for (uint32_t i = nominal->first; i < nominal->head; i++) {
        int owns = ann->tokens[i].tag == STM_TAG_POSSESSIVE ||
                   (ann->tokens[i + 1].flags & STM_TOKEN_POSSESSIVE) != 0;
        uint32_t mention = ann->tokens[i].mention;
        if (owns && mention != STEMMA_NONE &&
            ann->mentions[mention].kind != STEMMA_MENTION_NOMINAL) {
            return ann->mentions[mention].referent;
        }
    }
    return STEMMA_NONE;
}

stemma_status stm_role_add(struct stm_roles *roles, struct stm_annotation *ann,
                           struct stm_role role)
{
    if (roles->count >= MOST_ROLES) {
        return STEMMA_OK;
    }
    for (size_t i = 0; i < roles->count; i++) {
        const struct stm_role *known = &roles->items[i];
        if (known->referent == role.referent && known->owner == role.owner &&
            stemma_text_equal(known->head, role.head) &&
            stemma_text_equal(known->modifier, role.modifier) &&
            stemma_text_equal(known->country, role.country)) {
            return STEMMA_OK;
        }
    }
    if (stm_arena_grow(ann->arena, &roles->items, roles->count, &roles->capacity,
                       sizeof *roles->items) != STEMMA_OK) {
        return STEMMA_E_NO_MEMORY;
    }
    roles->items[roles->count++] = role;
    if (ann->referents[role.referent].role.size == 0) {
        ann->referents[role.referent].role = role.head;
    }
    return STEMMA_OK;
}

stemma_status stm_role_from_title(struct stm_roles *roles, struct stm_annotation *ann,
                                  const struct stm_mention *name)
{
    uint32_t start = ann->sentences[ann->tokens[name->first].sentence].first;
    if (name->first == start) {
        return STEMMA_OK;
    }
    uint32_t head = name->first - 1;
    if (!stm_lexicon_has(STM_LEXICON_ROLE, ann->tokens[head].lower) &&
        !stm_lexicon_has(STM_LEXICON_TITLE, ann->tokens[head].lower)) {
        return STEMMA_OK;
    }
    uint32_t first = head;
    while (first > start && head - first < 5) {
        const struct stm_token *token = &ann->tokens[first - 1];
        if (token->tag != STM_TAG_ADJECTIVE && token->tag != STM_TAG_NOUN &&
            token->tag != STM_TAG_PROPN && (token->flags & STM_TOKEN_POSSESSIVE) == 0) {
            break;
        }
        first--;
    }
    struct stm_role role = {name->referent, ann->tokens[head].lower,
                            stm_role_modifier(ann, first, head), stm_role_country(ann, first, head),
                            STEMMA_NONE};
    return stm_role_add(roles, ann, role);
}

/* Over "at the town's clinic" to the comma behind it; or `at`. */
static uint32_t over_complement(const struct stm_annotation *ann, uint32_t at, uint32_t end)
{
    if (at >= end || ann->tokens[at].tag != STM_TAG_PREPOSITION) {
        return at;
    }
    for (uint32_t i = at + 1; i < end && i < at + 9; i++) {
        if (stm_ann_is(ann, i, ",")) {
            return i;
        }
        uint8_t tag = ann->tokens[i].tag;
        /* "an envoy of the president, Ana Orlova," names the president */
        uint32_t mention = ann->tokens[i].mention;
        if (mention != STEMMA_NONE && ann->mentions[mention].type == STM_ENTITY_PERSON) {
            break;
        }
        if (is_finite(tag) || tag == STM_TAG_PUNCTUATION || tag == STM_TAG_CONJUNCTION ||
            tag == STM_TAG_WH || tag == STM_TAG_SUBORDINATOR) {
            break;
        }
    }
    return at;
}

/* From a comma over "General" or "Foreign Minister" to the token before the name. */
static uint32_t over_titles(const struct stm_annotation *ann, uint32_t comma, uint32_t end)
{
    uint32_t at = comma;
    while (at + 2 < end && at < comma + 3 && ann->tokens[at + 1].mention == STEMMA_NONE &&
           (stm_lexicon_has(STM_LEXICON_TITLE, ann->tokens[at + 1].lower) ||
            stm_lexicon_has(STM_LEXICON_TITLE_PART, ann->tokens[at + 1].lower))) {
        at++;
    }
    return at;
}

/* From a comma over "known as" to the token before the name. */
static uint32_t over_naming(const struct stm_annotation *ann, uint32_t comma, uint32_t end)
{
    return comma + 2 < end && stm_ann_is(ann, comma + 1, "known") &&
                   stm_ann_is(ann, comma + 2, "as")
               ? comma + 2
               : comma;
}

/* A comma, or a dash that stands for one. */
static int is_break(const struct stm_annotation *ann, uint32_t at)
{
    return stm_ann_is(ann, at, ",") || stm_ann_is(ann, at, "\xe2\x80\x93") ||
           stm_ann_is(ann, at, "\xe2\x80\x94");
}

/* A nominal and a name side by side with a comma between: "the mayor, Ana Orlova," or the reverse.
 */
static uint32_t apposed_name(const struct stm_annotation *ann, const struct stm_mention *nominal)
{
    uint32_t sentence = ann->tokens[nominal->first].sentence;
    uint32_t start = ann->sentences[sentence].first;
    uint32_t end = stm_ann_sentence_end(ann, sentence);
    uint32_t after = nominal->first + nominal->count;
    after = over_complement(ann, after, end);
    if (after + 1 < end && stm_ann_is(ann, after, ",")) {
        after = over_titles(ann, over_naming(ann, after, end), end);
        uint32_t name = ann->tokens[after + 1].mention;
        if (name != STEMMA_NONE && ann->mentions[name].kind == STEMMA_MENTION_NAME &&
            ann->mentions[name].type == STM_ENTITY_PERSON &&
            ann->mentions[name].first == after + 1) {
            uint32_t close = after + 1 + ann->mentions[name].count;
            if (close >= end || stm_ann_is(ann, close, ",") || stm_ann_is(ann, close, ".")) {
                return name;
            }
        }
    }
    after = nominal->first + nominal->count;
    if (nominal->first >= start + 2 && is_break(ann, nominal->first - 1)) {
        uint32_t name = ann->tokens[nominal->first - 2].mention;
        int verb_next = after < end && is_finite(ann->tokens[after].tag);
        if (name != STEMMA_NONE && !verb_next && ann->mentions[name].kind == STEMMA_MENTION_NAME &&
            ann->mentions[name].type == STM_ENTITY_PERSON && ann->mentions[name].count > 1) {
            return name;
        }
    }
    return STEMMA_NONE;
}

uint32_t stm_role_apposition(const struct stm_annotation *ann, const struct stm_mention *nominal)
{
    if (nominal->plural || nominal->type == STM_ENTITY_PLACE) {
        return STEMMA_NONE;
    }
    uint32_t sentence = ann->tokens[nominal->head].sentence;
    uint32_t title_of = stm_ann_mention_at_token(ann, nominal->head + 1);
    if (title_of != STEMMA_NONE && nominal->head + 1 < stm_ann_sentence_end(ann, sentence) && ann->mentions[title_of].first == nominal->head + 1 &&
        ann->mentions[title_of].kind == STEMMA_MENTION_NAME &&
        ann->mentions[title_of].type == STM_ENTITY_PERSON) {
        return ann->mentions[title_of].referent; /* "host Ana Orlova" */
    }
    if (nominal->type != STM_ENTITY_PERSON) {
        return STEMMA_NONE;
    }
    uint8_t opening = ann->tokens[nominal->first].tag;
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[nominal->first].sentence);
    uint32_t after = nominal->first + nominal->count;
    int complemented =
        over_complement(ann, after, end) != after; /* "Co-founder of X, Ana Orlova," */
    if (nominal->generic && opening != STM_TAG_DETERMINER && !complemented) {
        return STEMMA_NONE; /* "a lawyer" may be apposed, "lawyers" and "lawyer" are of a list */
    }
    uint32_t name = apposed_name(ann, nominal);
    if (name == STEMMA_NONE || ann->mentions[name].referent == STEMMA_NONE) {
        return STEMMA_NONE;
    }
    uint8_t gender = ann->referents[ann->mentions[name].referent].gender;
    return nominal->gender != STM_GENDER_UNKNOWN && gender != STM_GENDER_UNKNOWN &&
                   nominal->gender != gender
               ? STEMMA_NONE
               : ann->mentions[name].referent;
}
