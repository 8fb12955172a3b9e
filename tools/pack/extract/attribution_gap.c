/* SPDX-License-Identifier: MIT */
/* Content whose subject stands before the cue. */
#include "pack/extract/attribution_statement.h"

enum { NEAR = 12, INSERTION = 30 };

int stm_content_has_gap(const struct stm_speech_scan *scan, const struct stm_statement *it)
{
    const struct stm_speech_piece *piece = &it->pieces[0];
    return piece->quote == STEMMA_NONE && it->piece_count == 1 && piece->first > it->cue &&
           !stm_speech_is_at(scan, piece->first - 1, "that") &&
           stm_speech_is_finite(scan->ann, piece->first);
}

/** The noun that a relative clause behind token `last` is about: "sanctions" of "sanctions to stay
   in place, which". */
static uint32_t antecedent(const struct stm_speech_scan *scan, uint32_t last)
{
    const struct stm_annotation *ann = scan->ann;
    uint32_t at = last;
    for (int steps = 0; steps < 6; steps++) {
        uint8_t pos = ann->tokens[at].pos;
        int noun =
            pos == STM_POS_NN || pos == STM_POS_NNS || pos == STM_POS_NNP || pos == STM_POS_NNPS;
        uint32_t above = ann->tokens[at].head;
        for (uint32_t child = ann->tokens[at].child; !noun && child != STEMMA_NONE && child < last;
             child = ann->tokens[child].sibling) {
            uint8_t relation = ann->tokens[child].relation;
            if (child > at && (relation == STM_RELATION_OBJ || relation == STM_RELATION_OBL) &&
                at != ann->tokens[last].head) {
                return child; /* "called for sanctions to stay in place, which" */
            }
        }
        if ((noun && stm_syntax_case(ann, at) == STEMMA_NONE) || above == STEMMA_NONE ||
            above > at || above < scan->first) {
            return at;
        }
        at = above;
    }
    return at;
}

int stm_content_fill_gap(struct stm_speech_scan *scan, struct stm_statement *it)
{
    const struct stm_annotation *ann = scan->ann;
    const struct stm_speech_piece said = it->pieces[0];
    uint32_t limit = it->cue > scan->first + INSERTION ? it->cue - INSERTION : scan->first;
    uint32_t at = it->cue;
    while (at > limit && ann->tokens[at].pos != STM_POS_WDT && ann->tokens[at].pos != STM_POS_WP) {
        at--;
    }
    it->piece_count = 0;
    if (at > limit && !stm_speech_is_at(scan, at, "what")) {
        uint32_t end = at - stm_speech_is_at(scan, at - 1, ",");
        uint32_t head = antecedent(scan, end > scan->first ? end - 1 : end);
        uint32_t first = head;
        while (first > scan->first && head - first < NEAR &&
               (ann->tokens[first - 1].relation == STM_RELATION_DET ||
                ann->tokens[first - 1].relation == STM_RELATION_AMOD ||
                ann->tokens[first - 1].relation == STM_RELATION_COMPOUND ||
                ann->tokens[first - 1].relation == STM_RELATION_NUMMOD)) {
            first--;
        }
        uint8_t pos = ann->tokens[head].pos;
        if (pos == STM_POS_NN || pos == STM_POS_NNS || pos == STM_POS_NNP || pos == STM_POS_NNPS) {
            uint32_t close = said.end;
            for (uint32_t i = said.first; i < said.end; i++) {
                if (stm_speech_is_at(scan, i, ",") &&
                    !(ann->tokens[i].flags & STM_TOKEN_IN_QUOTE)) {
                    close = i; /* where the relative clause ends */
                    break;
                }
            }
            it->joined = 1;
            return stm_speech_add_piece(scan, it, first, head + 1) &&
                   stm_speech_add_piece(scan, it, said.first, close);
        }
    }
    for (uint32_t i = said.first; i < said.end; i++) {
        uint32_t quote = (ann->tokens[i].flags & STM_TOKEN_QUOTE_OPEN)
                             ? stm_speech_free_quote(scan, i)
                             : STEMMA_NONE;
        if (quote != STEMMA_NONE) {
            return stm_speech_add_quote(scan, it, quote);
        }
    }
    it->silent = 1; /* what happens in it is theirs all the same */
    it->pieces[it->piece_count++] = said;
    return 1;
}
