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
