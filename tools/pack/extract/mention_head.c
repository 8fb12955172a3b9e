/* SPDX-License-Identifier: MIT */
#include "pack/extract/mention_head.h"

#include "pack/extract/lexicon.h"
#include "pack/extract/syntax.h"

/** The innermost or outermost mention over a token that has it for its head. */
static uint32_t headed_by(const struct stm_annotation *ann, uint32_t token)
{
    const struct stm_token *word = &ann->tokens[token];
    if (word->mention != STEMMA_NONE && ann->mentions[word->mention].head == token) {
        return word->mention;
    }
    if (word->outer != STEMMA_NONE && ann->mentions[word->outer].head == token) {
        return word->outer;
    }
    /* Trees put the head of "Anna Bell" on its first word, mentions on its last. */
    if (word->mention != STEMMA_NONE && ann->mentions[word->mention].kind == STEMMA_MENTION_NAME) {
        return word->mention;
    }
    return STEMMA_NONE;
}

/** "the UN envoy Marta Bell", "the rights group Open Door": the name right behind a nominal of the
    same type, or in apposition between commas. */
static uint32_t name_behind(const struct stm_annotation *ann, uint32_t nominal)
{
    if (nominal == STEMMA_NONE || ann->mentions[nominal].plural) {
        return STEMMA_NONE;
    }
    const struct stm_mention *own = &ann->mentions[nominal];
    uint32_t end = ann->sentences[ann->tokens[own->first].sentence].first +
                   ann->sentences[ann->tokens[own->first].sentence].count;
    uint32_t at = own->first + own->count;
    int apart = at < end && stm_ann_is(ann, at, ",");
    at += apart != 0;
    uint32_t name = at < end ? ann->tokens[at].mention : STEMMA_NONE;
    if (name == STEMMA_NONE || ann->mentions[name].kind != STEMMA_MENTION_NAME ||
        ann->mentions[name].first != at ||
        !(ann->mentions[name].type == own->type ||
          (!apart && own->type == STM_ENTITY_ORGANIZATION &&
           ann->mentions[name].type == STM_ENTITY_THING)) ||
        (apart && own->generic)) {
        return STEMMA_NONE;
    }
    at += ann->mentions[name].count;
    return !apart || (at < end && stm_ann_is(ann, at, ",")) ? name : STEMMA_NONE;
}

uint32_t stm_mention_headed(const struct stm_annotation *ann, uint32_t token)
{
    static const enum stm_relation inner[] = {STM_RELATION_FLAT, STM_RELATION_APPOS,
                                              STM_RELATION_COMPOUND, STM_RELATION_NMOD_DESC};
    if (token == STEMMA_NONE) {
        return STEMMA_NONE;
    }
    uint32_t own = headed_by(ann, token);
    if (own != STEMMA_NONE && ann->mentions[own].kind != STEMMA_MENTION_NOMINAL) {
        return own;
    }
    uint32_t behind = name_behind(ann, own);
    if (behind != STEMMA_NONE) {
        return behind;
    }
    /* "President Karl Voss", "Trump's envoy, John Coale": the name says it best. */
    for (size_t r = 0; r < sizeof inner / sizeof inner[0]; r++) {
        for (uint32_t child = stm_syntax_child(ann, token, inner[r]); child != STEMMA_NONE;
             child = stm_syntax_next(ann, child, inner[r])) {
            uint32_t mention = headed_by(ann, child);
            if (child > token && mention != STEMMA_NONE &&
                ann->mentions[mention].kind == STEMMA_MENTION_NAME &&
                (ann->mentions[mention].type == STM_ENTITY_PERSON ||
                 (inner[r] == STM_RELATION_APPOS &&
                  ann->mentions[mention].type == STM_ENTITY_ORGANIZATION))) {
                return mention;
            }
        }
    }
    /* "Director Anna Bell was born": the title is a subject, the name another */
    uint32_t next = token + 1 < ann->token_count && own == STEMMA_NONE ? ann->tokens[token + 1].mention : STEMMA_NONE;
    if (next != STEMMA_NONE && ann->tokens[token + 1].sentence == ann->tokens[token].sentence &&
        ann->mentions[next].first == token + 1 && ann->mentions[next].kind == STEMMA_MENTION_NAME &&
        ann->mentions[next].type == STM_ENTITY_PERSON &&
        (stm_lexicon_has(STM_LEXICON_ROLE, ann->tokens[token].lower) ||
         stm_lexicon_has(STM_LEXICON_TITLE, ann->tokens[token].lower))) {
        return next;
    }
    return own;
}
