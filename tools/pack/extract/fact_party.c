/* SPDX-License-Identifier: MIT */
/* Parties and faiths by the name of their members: "a Republican", "Social Democrat X", "a Muslim". */
#include "pack/extract/fact_emit.h"

#include "pack/extract/event_word.h"

int stm_is_partisan(const struct stm_annotation *ann, uint32_t token)
{
    static const char *const words[] = {"republican", "democrat", "socialist",    "conservative",
                                        "communist",  "liberal",  "tory",         "nationalist"};
    return (ann->tokens[token].flags & STM_TOKEN_CAPITALISED) != 0 &&
           (ann->tokens[token].pos == STM_POS_NNP || ann->tokens[token].pos == STM_POS_NN) &&
           STM_TOKEN_IS_ANY(ann, token, words);
}

stemma_status stm_fact_partisan(const struct stm_fact_scan *scan, uint32_t subject,
                                uint32_t token, const struct stm_fact_stand *stand)
{
    struct stm_annotation *ann = scan->ann;
    uint32_t start = ann->sentences[ann->tokens[token].sentence].first;
    uint32_t first = token > start && (stm_ann_is(ann, token - 1, "social") ||
                                       stm_ann_is(ann, token - 1, "christian") ||
                                       stm_ann_is(ann, token - 1, "liberal"))
                         ? token - 1
                         : token;
    struct stm_fact fact = stm_fact_of(
        subject, "member", stm_object_text(stm_ann_words(ann, first, token + 1 - first)), token,
        first, token + 1, 700);
    fact.negated = stand->negated;
    fact.tense = stand->tense;
    return stm_emit_fact(scan, &fact);
}

int stm_is_faith(const struct stm_annotation *ann, uint32_t token)
{
    static const char *const words[] = {"muslim",   "catholic", "christian",  "jew",     "hindu",
                                        "buddhist", "sikh",     "protestant", "atheist", "mormon"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (stm_ann_is(ann, token, words[i])) {
            return 1;
        }
    }
    return 0;
}
