/* SPDX-License-Identifier: MIT */
/* What appositions, titles and copulas say of people: office, nationality, age, kin; and in which
   country a place is. */
#include "pack/extract/fact_kin.h"
#include "pack/extract/fact_role.h"
#include "pack/extract/lexicon.h"

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
