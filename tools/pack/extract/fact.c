/* SPDX-License-Identifier: MIT */
#include "pack/extract/fact.h"

#include "pack/extract/attribution.h"
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

/** "Vilnius, Lithuania": a place inside a country. */
static stemma_status find_country(const struct stm_fact_scan *scan)
{
    struct stm_annotation *ann = scan->ann;
    if (scan->end + 1 >= scan->sentence_end || !stm_ann_is(ann, scan->end, ",")) {
        return STEMMA_OK;
    }
    uint32_t mention = ann->tokens[scan->end + 1].mention;
    if (mention == STEMMA_NONE || ann->mentions[mention].kind != STEMMA_MENTION_NAME ||
        ann->mentions[mention].type != STM_ENTITY_PLACE ||
        ann->mentions[mention].first != scan->end + 1 ||
        ann->mentions[mention].referent == STEMMA_NONE ||
        ann->mentions[mention].referent == scan->referent) {
        return STEMMA_OK;
    }
    uint32_t end = scan->end + 1 + ann->mentions[mention].count;
    stemma_text words = stm_ann_words(ann, scan->end + 1, end - scan->end - 1);
    char lower[64];
    if (words.size >= sizeof lower || (end < scan->sentence_end && stm_ann_is(ann, end, "and"))) {
        return STEMMA_OK; /* "Minsk, Lithuania and Poland" is a list */
    }
    stemma_text inner = stm_ann_words(ann, scan->first, scan->end - scan->first);
    const struct stm_place_entry *place = NULL;
    const struct stm_place_entry *city = NULL;
    for (size_t i = 0; i < words.size; i++) {
        char c = words.data[i];
        lower[i] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    stemma_text key = {lower, words.size};
    place = stm_lexicon_place(key);
    if (place == NULL || (place->kind != STM_PLACE_COUNTRY && place->kind != STM_PLACE_REGION)) {
        return STEMMA_OK;
    }
    if (inner.size < sizeof lower) {
        char own[64];
        for (size_t i = 0; i < inner.size; i++) {
            char c = inner.data[i];
            own[i] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
        }
        stemma_text own_key = {own, inner.size};
        city = stm_lexicon_place(own_key);
    }
    if (city != NULL && city->kind == STM_PLACE_COUNTRY) {
        return STEMMA_OK; /* two countries beside each other are a list */
    }
    stemma_object object = stm_object_referent(ann->mentions[mention].referent);
    return stm_emit_fact(scan, scan->referent, "located", &object, 0, 800, scan->first, end,
                         scan->end + 1, end);
}

stemma_status stm_extract_facts(struct stm_annotation *ann)
{
    uint32_t since = ann->assertion_count;
    uint32_t mentions = ann->mention_count;
    stemma_status status = STEMMA_OK;
    for (uint32_t m = 0; m < mentions && status == STEMMA_OK; m++) {
        const struct stm_mention *mention = &ann->mentions[m];
        if (mention->kind != STEMMA_MENTION_NAME || mention->referent == STEMMA_NONE) {
            continue;
        }
        uint32_t sentence = ann->tokens[mention->first].sentence;
        struct stm_fact_scan scan = {ann,
                                     since,
                                     m,
                                     mention->referent,
                                     mention->first,
                                     mention->first + mention->count,
                                     ann->sentences[sentence].first,
                                     stm_ann_sentence_end(ann, sentence)};
        if (mention->type == STM_ENTITY_PERSON) {
            status = stm_find_roles(&scan);
            if (status == STEMMA_OK) {
                status = stm_find_kin(&scan);
            }
        } else if (mention->type == STM_ENTITY_PLACE) {
            status = find_country(&scan);
        }
    }
    return status;
}
