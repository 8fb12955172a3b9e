/* SPDX-License-Identifier: MIT */
/* Small questions about the words of a sentence that is read for statements. */
#include "pack/extract/attribution_statement.h"

int stm_speech_is_at(const struct stm_speech_scan *scan, uint32_t i, const char *word)
{
    return i >= scan->first && i < scan->end && stm_ann_is(scan->ann, i, word);
}

int stm_speech_has_flag(const struct stm_speech_scan *scan, uint32_t i, uint32_t flag)
{
    return i >= scan->first && i < scan->end && (scan->ann->tokens[i].flags & flag) != 0;
}

int stm_speech_is_finite(const struct stm_annotation *ann, uint32_t token)
{
    uint8_t pos = ann->tokens[token].pos;
    return pos == STM_POS_VBD || pos == STM_POS_VBZ || pos == STM_POS_VBP || pos == STM_POS_MD;
}

int stm_speech_has_finite(const struct stm_speech_scan *scan, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++) {
        if (stm_speech_is_finite(scan->ann, i)) {
            return 1;
        }
    }
    return 0;
}

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
    if (word->mention != STEMMA_NONE &&
        ann->mentions[word->mention].kind == STEMMA_MENTION_NAME) {
        return word->mention;
    }
    return STEMMA_NONE;
}

uint32_t stm_speech_mention_of(const struct stm_annotation *ann, uint32_t token)
{
    static const enum stm_relation inner[] = {STM_RELATION_FLAT, STM_RELATION_APPOS,
                                              STM_RELATION_COMPOUND};
    if (token == STEMMA_NONE) {
        return STEMMA_NONE;
    }
    uint32_t own = headed_by(ann, token);
    if (own != STEMMA_NONE && ann->mentions[own].kind != STEMMA_MENTION_NOMINAL) {
        return own;
    }
    /* "President Karl Voss", "Trump's envoy, John Coale": the name says it best. */
    for (size_t r = 0; r < sizeof inner / sizeof inner[0]; r++) {
        for (uint32_t child = stm_syntax_child(ann, token, inner[r]); child != STEMMA_NONE;
             child = stm_syntax_next(ann, child, inner[r])) {
            uint32_t mention = headed_by(ann, child);
            if (child > token && mention != STEMMA_NONE &&
                ann->mentions[mention].kind == STEMMA_MENTION_NAME &&
                ann->mentions[mention].type == STM_ENTITY_PERSON) {
                return mention;
            }
        }
    }
    return own;
}

uint32_t stm_speech_phrase_head(const struct stm_speech_scan *scan, uint32_t i)
{
    /* Up from the first word of the phrase while the head stands to the right of it and is none of
       its verbs. */
    const struct stm_annotation *ann = scan->ann;
    uint32_t at = i;
    for (int steps = 0; steps < 8; steps++) {
        uint32_t head = ann->tokens[at].head;
        uint8_t relation = ann->tokens[at].relation;
        if (head == STEMMA_NONE || head <= at || head >= scan->end ||
            !(relation == STM_RELATION_DET || relation == STM_RELATION_AMOD ||
              relation == STM_RELATION_COMPOUND || relation == STM_RELATION_NMOD_POSS ||
              relation == STM_RELATION_NUMMOD || relation == STM_RELATION_CASE ||
              relation == STM_RELATION_ADVMOD || relation == STM_RELATION_NMOD ||
              relation == STM_RELATION_PUNCT)) {
            return at;
        }
        at = head;
    }
    return at;
}
