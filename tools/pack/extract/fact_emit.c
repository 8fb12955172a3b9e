/* SPDX-License-Identifier: MIT */
#include "pack/extract/fact_emit.h"

#include "pack/extract/attribution_range.h"
#include "pack/extract/lexicon.h"

int stm_is_role_word(const struct stm_annotation *ann, uint32_t token)
{
    const struct stm_token *word = &ann->tokens[token];
    if ((word->flags & STM_TOKEN_PUNCTUATION) || stm_kin_predicate(ann, token) != NULL) {
        return 0;
    }
    return stm_lexicon_has(STM_LEXICON_ROLE, word->lower) ||
           stm_lexicon_has(STM_LEXICON_TITLE, word->lower);
}

const char *stm_kin_predicate(const struct stm_annotation *ann, uint32_t token)
{
    static const struct {
        const char *word;
        const char *predicate;
    } table[] = {
        {"sister", "sibling"},
        {"brother", "sibling"},
        {"sibling", "sibling"},
        {"twin", "sibling"},
        {"wife", "spouse"},
        {"husband", "spouse"},
        {"spouse", "spouse"},
        {"widow", "spouse"},
        {"widower", "spouse"},
        {"son", "child"},
        {"daughter", "child"},
        {"child", "child"},
        {"mother", "parent"},
        {"father", "parent"},
        {"parent", "parent"},
        {"uncle", "relative"},
        {"aunt", "relative"},
        {"cousin", "relative"},
        {"nephew", "relative"},
        {"niece", "relative"},
        {"grandson", "relative"},
        {"granddaughter", "relative"},
        {"grandfather", "relative"},
        {"grandmother", "relative"},
        {"relative", "relative"},
        {"son-in-law", "relative"},
        {"brother-in-law", "relative"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (stm_ann_is(ann, token, table[i].word)) {
            return table[i].predicate;
        }
    }
    return NULL;
}

stemma_status stm_emit_fact(const struct stm_fact_scan *scan, uint32_t subject,
                            const char *predicate, const stemma_object *object, int past,
                            uint16_t confidence, uint32_t trigger_first, uint32_t trigger_end,
                            uint32_t filler_first, uint32_t filler_end)
{
    struct stm_annotation *ann = scan->ann;
    struct stm_stand stand = stm_stand_plain(confidence);
    stemma_span none = {0, 0};
    stemma_span trigger = trigger_end > trigger_first
                              ? stm_ann_span(ann, trigger_first, trigger_end - trigger_first)
                              : none;
    stemma_span filler = filler_end > filler_first
                             ? stm_ann_span(ann, filler_first, filler_end - filler_first)
                             : none;
    stand.tense = (uint8_t)(past ? STEMMA_TENSE_PAST : STEMMA_TENSE_PRESENT);
    stm_attribute(ann, filler_end > filler_first ? filler_first : trigger_first, &stand);
    /* Whom the fact describes is named so by the reporter, even inside what somebody demands. */
    stand.realis = STEMMA_REALIS_ACTUAL;
    stand.certainty = STEMMA_CERTAINTY_CERTAIN;
    if (stand.speaker == STEMMA_NONE || stand.stance == STEMMA_STANCE_DENIES ||
        stand.stance == STEMMA_STANCE_QUESTIONS) {
        stand.attribution = STEMMA_ATTRIBUTION_NONE;
        stand.stance = STEMMA_STANCE_UNSPECIFIED;
        stand.speaker = STEMMA_NONE;
        stand.via = STEMMA_NONE;
    }
    return stm_emit(ann, scan->since, subject, predicate, object, &stand, trigger, filler,
                    scan->first);
}
