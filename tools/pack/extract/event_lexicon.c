/* SPDX-License-Identifier: MIT */
#include "pack/extract/event_lexicon.h"

#include "pack/extract/event_word.h"
#include "pack/extract/syntax.h"

static const struct stm_sense *senses_of(const struct stm_sense *table, size_t count,
                                         stemma_text lemma, size_t *found)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) { /* the first that is not less */
        size_t middle = low + (high - low) / 2;
        if (stm_word_order(lemma, table[middle].lemma) > 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    high = low;
    while (high < count && stm_word_order(lemma, table[high].lemma) == 0) {
        high++;
    }
    *found = high - low;
    return table + low;
}

const struct stm_sense *stm_verb_senses(stemma_text lemma, size_t *found)
{
    if (lemma.size != 0 && lemma.data[0] >= 's') {
        return senses_of(stm_event_verbs_s, stm_event_verbs_s_count, lemma, found);
    }
    if (lemma.size != 0 && lemma.data[0] >= 'l') {
        return senses_of(stm_event_verbs_l, stm_event_verbs_l_count, lemma, found);
    }
    if (lemma.size != 0 && lemma.data[0] >= 'f') {
        return senses_of(stm_event_verbs_f, stm_event_verbs_f_count, lemma, found);
    }
    return senses_of(stm_event_verbs, stm_event_verbs_count, lemma, found);
}

const struct stm_sense *stm_noun_senses(stemma_text lemma, size_t *found)
{
    return senses_of(stm_event_nouns, stm_event_nouns_count, lemma, found);
}

/** Curbs on daily life are no sanctions: "restrictions on travel". */
static int is_domestic(const struct stm_annotation *ann, uint32_t token)
{
    static const char *const words[] = {
        "travel",  "movement", "movements",   "gatherings",  "entry",    "visa",    "visas",
        "media",   "covid",    "immigration", "abortion",    "smoking",  "driving", "gun",
        "guns",    "visitors", "tourists",    "internet",    "water",    "speech",  "lockdown",
        "alcohol", "parking",  "press",       "coronavirus", "building", "planning"};
    uint32_t first;
    uint32_t end;
    stm_syntax_range(ann, token, &first, &end);
    for (uint32_t i = first; i < end && i < token + 8; i++) {
        if (STM_TOKEN_IS_ANY(ann, i, words)) {
            return 1;
        }
    }
    return 0;
}

uint64_t stm_noun_classes_at(const struct stm_annotation *ann, uint32_t token)
{
    if (token >= ann->token_count) {
        return 0;
    }
    stemma_text lemma = ann->tokens[token].lemma;
    if (stm_ann_has_lemma(ann, token, "restriction") || stm_ann_has_lemma(ann, token, "curb") ||
        stm_ann_has_lemma(ann, token, "ban")) {
        /* "curbs on the port": of trade, when nothing says that they are of daily life */
        return stm_syntax_oblique(ann, token, "on") != STEMMA_NONE && !is_domestic(ann, token)
                   ? STM_NOUN_SANCTION
                   : 0;
    }
    int late = lemma.size != 0 && lemma.data[0] >= 'l';
    const struct stm_noun_class *table = late ? stm_noun_classes_l : stm_noun_classes;
    size_t low = 0;
    size_t high = late ? stm_noun_class_count_l : stm_noun_class_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = stm_word_order(lemma, table[middle].lemma);
        if (order == 0) {
            return table[middle].classes;
        }
        if (order > 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return 0;
}
