/* SPDX-License-Identifier: MIT */
/* Where people live, by the words: "at her home in X", "X, 38, of Canal Street, Lund,", and "lives in" where the
   tagger took the verb for a noun. */
#include "pack/extract/fact_emit.h"

#include "pack/extract/event_clause.h"
#include "pack/extract/event_word.h"

/** The named place that begins at a token, behind an article; of a street the town behind it. A
    mention or STEMMA_NONE. */
static uint32_t town_at(const struct stm_annotation *ann, uint32_t at, uint32_t end)
{
    static const char *const streets[] = {"street", "road",   "avenue", "lane",  "drive", "close",
                                          "square", "crescent", "way",  "place", "terrace"};
    at += at < end && stm_ann_is(ann, at, "the");
    uint32_t place = at < end ? stm_fact_name_at(ann, at) : STEMMA_NONE;
    if (place == STEMMA_NONE || ann->mentions[place].first != at ||
        ann->mentions[place].type != STM_ENTITY_PLACE) {
        return STEMMA_NONE;
    }
    uint32_t behind = at + ann->mentions[place].count;
    if (!STM_TOKEN_IS_ANY(ann, behind - 1, streets)) {
        return place;
    }
    uint32_t town = behind + 1 < end && stm_ann_is(ann, behind, ",")
                        ? stm_fact_name_at(ann, behind + 1)
                        : STEMMA_NONE;
    return town != STEMMA_NONE && ann->mentions[town].type == STM_ENTITY_PLACE ? town : STEMMA_NONE;
}

stemma_status stm_fact_address_behind(const struct stm_fact_scan *scan, uint32_t mention)
{
    const struct stm_annotation *ann = scan->ann;
    const struct stm_mention *name = &ann->mentions[mention];
    struct stm_fact_stand stand = {STEMMA_TENSE_PRESENT, 0, 0};
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[name->first].sentence);
    uint32_t at = name->first + name->count;
    int bracket = stm_ann_is(ann, at, "(");
    if (at + 4 >= end || !(bracket || stm_ann_is(ann, at, ","))) {
        return STEMMA_OK;
    }
    at += 1u + (stm_ann_is(ann, at + 1, "aged") != 0);
    if (!(ann->tokens[at].flags & STM_TOKEN_DIGIT) || !stm_ann_is(ann, at + 1, bracket ? ")" : ",")) {
        return STEMMA_OK;
    }
    at += 2u + (bracket && stm_ann_is(ann, at + 2, ","));
    if (at + 1 >= end || !(stm_ann_is(ann, at, "of") || stm_ann_is(ann, at, "from"))) {
        return STEMMA_OK;
    }
    return stm_emit_relation(scan, name->referent, "residence", town_at(ann, at + 1, end), at,
                             &stand, stm_ann_is(ann, at, "of") ? 700 : 600);
}

/** The person who owns the noun at `token`: "her home", "Bell's home"; a referent or STEMMA_NONE. */
static uint32_t owner_of(const struct stm_annotation *ann, uint32_t token, uint32_t start)
{
    uint32_t at = token;
    while (at > start && ann->tokens[at - 1].pos == STM_POS_JJ) {
        at--;
    }
    uint32_t owner = STEMMA_NONE;
    if (at > start && ann->tokens[at - 1].pos == STM_POS_PRPS) {
        owner = ann->tokens[at - 1].mention;
    } else if (at > start + 1 && (ann->tokens[at - 1].flags & STM_TOKEN_POSSESSIVE)) {
        owner = ann->tokens[at - 2].mention;
    }
    return owner != STEMMA_NONE && ann->mentions[owner].referent != STEMMA_NONE &&
                   ann->referents[ann->mentions[owner].referent].entity_type == STM_ENTITY_PERSON
               ? ann->mentions[owner].referent
               : STEMMA_NONE;
}

stemma_status stm_fact_home(const struct stm_fact_scan *scan, uint32_t token)
{
    static const char *const homes[] = {"home", "house", "apartment", "flat", "farm"};
    const struct stm_annotation *ann = scan->ann;
    if (ann->tokens[token].pos != STM_POS_NN && ann->tokens[token].pos != STM_POS_NNS) {
        return STEMMA_OK;
    }
    struct stm_fact_stand stand = {STEMMA_TENSE_PRESENT, 0, 0};
    uint32_t start = ann->sentences[ann->tokens[token].sentence].first;
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[token].sentence);
    if (token + 2 >= end || !(stm_ann_is(ann, token + 1, "in") || stm_ann_is(ann, token + 1, "near"))) {
        return STEMMA_OK;
    }
    uint32_t who = STEMMA_NONE;
    if (STM_TOKEN_IS_ANY(ann, token, homes)) {
        who = owner_of(ann, token, start);
    } else if (stm_ann_is(ann, token, "lives") && ann->tokens[token].pos == STM_POS_NNS &&
               token > start && ann->tokens[token - 1].mention != STEMMA_NONE) {
        who = ann->mentions[ann->tokens[token - 1].mention].referent;
    }
    if (who == STEMMA_NONE || ann->referents[who].entity_type != STM_ENTITY_PERSON) {
        return STEMMA_OK;
    }
    return stm_emit_relation(scan, who, "residence", town_at(ann, token + 2, end), token, &stand, 700);
}
