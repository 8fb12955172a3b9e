/* SPDX-License-Identifier: MIT */
#include "pack/extract/fact_emit.h"

#include "pack/extract/attribution_range.h"
#include "pack/extract/lexicon.h"
#include "pack/extract/mention_head.h"
#include "pack/extract/syntax.h"

int stm_is_role_word(const struct stm_annotation *ann, uint32_t token)
{
    const struct stm_token *word = &ann->tokens[token];
    if ((word->flags & STM_TOKEN_PUNCTUATION) || stm_kin_predicate(ann, token) != NULL) {
        return 0;
    }
    stemma_text stem = word->lower;
    if (stem.size > 6 && memcmp(stem.data + stem.size - 6, "-elect", 6) == 0) {
        stem.size -= 6; /* "president-elect" */
    }
    return stm_lexicon_has(STM_LEXICON_ROLE, stem) || stm_lexicon_has(STM_LEXICON_TITLE, stem);
}

const char *stm_kin_predicate(const struct stm_annotation *ann, uint32_t token)
{
    static const struct {
        const char *word;
        const char *predicate;
    } table[] = {
        {"aunt", "relative"},
        {"boyfriend", "partner"},
        {"brother", "sibling"},
        {"brother-in-law", "relative"},
        {"child", "child"},
        {"cousin", "relative"},
        {"daughter", "child"},
        {"daughter-in-law", "relative"},
        {"ex-husband", "spouse"},
        {"ex-wife", "spouse"},
        {"father", "parent"},
        {"father-in-law", "relative"},
        {"fianc\xC3\xA9", "partner"},
        {"fianc\xC3\xA9"
         "e",
         "partner"},
        {"girlfriend", "partner"},
        {"granddaughter", "relative"},
        {"grandfather", "relative"},
        {"grandmother", "relative"},
        {"grandson", "relative"},
        {"half-brother", "sibling"},
        {"half-sister", "sibling"},
        {"husband", "spouse"},
        {"mother", "parent"},
        {"mother-in-law", "relative"},
        {"nephew", "relative"},
        {"niece", "relative"},
        {"parent", "parent"},
        {"partner", "partner"},
        {"relative", "relative"},
        {"sibling", "sibling"},
        {"sister", "sibling"},
        {"sister-in-law", "relative"},
        {"son", "child"},
        {"son-in-law", "relative"},
        {"spouse", "spouse"},
        {"stepbrother", "sibling"},
        {"stepdaughter", "child"},
        {"stepfather", "parent"},
        {"stepmother", "parent"},
        {"stepsister", "sibling"},
        {"stepson", "child"},
        {"twin", "sibling"},
        {"uncle", "relative"},
        {"widow", "spouse"},
        {"widower", "spouse"},
        {"wife", "spouse"},
    };
    const struct stm_token *word = &ann->tokens[token];
    if (word->pos != STM_POS_NN && word->pos != STM_POS_NNS && word->pos != STM_POS_NNP) {
        return NULL;
    }
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (table[i].word[0] == word->lower.data[0] && stm_ann_is(ann, token, table[i].word)) {
            return table[i].predicate;
        }
    }
    return NULL;
}

uint32_t stm_fact_name_at(const struct stm_annotation *ann, uint32_t token)
{
    uint32_t m = ann->tokens[token].mention;
    return m != STEMMA_NONE && ann->mentions[m].kind == STEMMA_MENTION_NAME ? m : STEMMA_NONE;
}

uint32_t stm_fact_entity(const struct stm_annotation *ann, uint32_t token,
                         enum stm_entity_type type, enum stm_entity_type other)
{
    uint32_t mention = stm_mention_headed(ann, token);
    if (mention == STEMMA_NONE || ann->mentions[mention].referent == STEMMA_NONE) {
        return STEMMA_NONE;
    }
    uint8_t is = ann->referents[ann->mentions[mention].referent].entity_type;
    return is == type || is == other ? mention : STEMMA_NONE;
}

uint32_t stm_fact_named(const struct stm_annotation *ann, uint32_t token, enum stm_entity_type type,
                        enum stm_entity_type other)
{
    uint32_t mention = stm_fact_entity(ann, token, type, other);
    return mention != STEMMA_NONE && ann->mentions[mention].kind == STEMMA_MENTION_NAME
               ? mention
               : STEMMA_NONE;
}

struct stm_fact_stand stm_fact_stand_of(const struct stm_annotation *ann, uint32_t token)
{
    struct stm_fact_stand stand = {STEMMA_TENSE_PRESENT, 0, 0};
    uint8_t pos = ann->tokens[token].pos;
    if (pos == STM_POS_VBD || pos == STM_POS_VBN) {
        stand.tense = STEMMA_TENSE_PAST;
    }
    for (uint32_t at = ann->tokens[token].child; at != STEMMA_NONE; at = ann->tokens[at].sibling) {
        const struct stm_token *word = &ann->tokens[at];
        switch (word->relation) {
        case STM_RELATION_COP:
            stand.tense =
                (uint8_t)(word->pos == STM_POS_VBD || word->pos == STM_POS_VBN ? STEMMA_TENSE_PAST
                                                                               : stand.tense);
            break;
        case STM_RELATION_AUX:
            if (stm_ann_is(ann, at, "will") || stm_ann_is(ann, at, "'ll")) {
                stand.tense = STEMMA_TENSE_FUTURE;
            } else if (word->pos == STM_POS_MD) {
                stand.unreal = 1;
            }
            break;
        case STM_RELATION_ADVMOD:
            if (stm_ann_is(ann, at, "longer") && at > 0 && stm_ann_is(ann, at - 1, "no")) {
                stand.tense = STEMMA_TENSE_PAST; /* "is no longer head of" */
            }
            stand.negated |= stm_ann_is(ann, at, "not") || stm_ann_is(ann, at, "n't") ||
                             stm_ann_is(ann, at, "never");
            break;
        case STM_RELATION_MARK:
            stand.unreal |= stm_ann_is(ann, at, "if") || stm_ann_is(ann, at, "to") ||
                            stm_ann_is(ann, at, "unless") || stm_ann_is(ann, at, "whether");
            break;
        default:
            break;
        }
    }
    return stand;
}

struct stm_fact stm_fact_of(uint32_t subject, const char *predicate, stemma_object object,
                            uint32_t trigger, uint32_t filler_first, uint32_t filler_end,
                            uint16_t confidence)
{
    struct stm_fact fact = {.subject = subject,
                            .predicate = predicate,
                            .object = object,
                            .tense = STEMMA_TENSE_PRESENT,
                            .confidence = confidence,
                            .trigger_first = trigger,
                            .trigger_end = trigger + 1,
                            .filler_first = filler_first,
                            .filler_end = filler_end};
    return fact;
}

stemma_status stm_emit_fact(const struct stm_fact_scan *scan, const struct stm_fact *fact)
{
    struct stm_annotation *ann = scan->ann;
    struct stm_stand stand = stm_stand_plain(fact->confidence);
    stemma_span trigger =
        stm_ann_span(ann, fact->trigger_first, fact->trigger_end - fact->trigger_first);
    stemma_span filler =
        stm_ann_span(ann, fact->filler_first, fact->filler_end - fact->filler_first);
    stm_attribute(ann, fact->filler_first, &stand);
    stand.tense = fact->tense;
    stand.polarity = (uint8_t)(fact->negated ? STEMMA_POLARITY_NEGATIVE : STEMMA_POLARITY_POSITIVE);
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
    return stm_emit(ann, scan->since, fact->subject, fact->predicate, &fact->object, &stand,
                    trigger, filler, fact->trigger_first);
}

stemma_status stm_emit_relation(const struct stm_fact_scan *scan, uint32_t subject,
                                const char *predicate, uint32_t object, uint32_t trigger,
                                const struct stm_fact_stand *stand, uint16_t confidence)
{
    const struct stm_annotation *ann = scan->ann;
    if (object == STEMMA_NONE || subject == STEMMA_NONE ||
        ann->mentions[object].referent == STEMMA_NONE ||
        ann->mentions[object].referent == subject || stand->unreal) {
        return STEMMA_OK;
    }
    const struct stm_mention *named = &ann->mentions[object];
    struct stm_fact fact =
        stm_fact_of(subject, predicate, stm_object_referent(named->referent), trigger, named->first,
                    named->first + named->count, confidence);
    fact.tense = stand->tense;
    fact.negated = stand->negated;
    return stm_emit_fact(scan, &fact);
}
