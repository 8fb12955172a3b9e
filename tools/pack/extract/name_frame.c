/* SPDX-License-Identifier: MIT */
/* Names that the words around them give away where the model found none: "chief executive of X", "the
   weekly X", "X's shareholders" name bodies. Only capitalised words that nothing else knows. */
#include "pack/extract/name.h"

#include "pack/extract/event_word.h"
#include "pack/model/sequence.h"

enum { LONGEST = 4 /**< Words of a name found this way. */ };

/** A word that may be a name by itself: capitalised inside its sentence, tagged as a name, in no list. */
static int is_free(const struct stm_name_finder *finder, uint32_t i)
{
    const struct stm_annotation *ann = finder->ann;
    const struct stm_token *token = &ann->tokens[i];
    return finder->labels[i] == 0 && (token->flags & STM_TOKEN_CAPITALISED) != 0 &&
           (token->flags & (STM_TOKEN_SENTENCE_START | STM_TOKEN_PUNCTUATION)) == 0 &&
           (token->pos == STM_POS_NNP || token->pos == STM_POS_NNPS) && token->lower.size > 2 &&
           !stm_lexicon_has(STM_LEXICON_CALENDAR, token->lower) &&
           !stm_lexicon_has(STM_LEXICON_ROLE, token->lower) &&
           stm_lexicon_demonym(token->lower) == NULL &&
           stm_lexicon_closed_tag(token->lower) == STM_TAG_OTHER;
}

/** The end of the run of such words from `first`. */
static uint32_t run_end(const struct stm_name_finder *finder, uint32_t first)
{
    uint32_t end = stm_ann_sentence_end(finder->ann, finder->ann->tokens[first].sentence);
    uint32_t i = first;
    while (i < end && i < first + LONGEST && is_free(finder, i)) {
        i++;
    }
    /* what goes on in another name, or in too many words, is not understood */
    return i < end && i > first && (finder->ann->tokens[i].flags & STM_TOKEN_CAPITALISED) != 0
               ? first
               : i;
}

/** "chief executive of", "spokesman for", "a subsidiary of": only bodies have such. */
static int is_of_body(const struct stm_annotation *ann, uint32_t first)
{
    static const char *const nouns[] = {
        "executive",  "ceo",         "chairman",  "chairwoman",   "subsidiary",   "shareholder",
        "board",      "spokesman",   "employee",  "spokeswoman",  "spokesperson", "co-founder",
        "shares",     "unit",        "division",  "headquarters", "customer",     "founder"};
    uint32_t start = ann->sentences[ann->tokens[first].sentence].first;
    uint32_t at = first;
    at -= at > start && stm_ann_is(ann, at - 1, "the");
    return at >= start + 2 &&
           (stm_ann_is(ann, at - 1, "of") || stm_ann_is(ann, at - 1, "for") ||
            stm_ann_is(ann, at - 1, "at")) &&
           (STM_LEMMA_IS_ANY(ann, at - 2, nouns) || STM_TOKEN_IS_ANY(ann, at - 2, nouns));
}

/** "the weekly", "the steelmaker", "the charity": what follows is its name. */
static int is_behind_kind(const struct stm_annotation *ann, uint32_t first)
{
    uint32_t start = ann->sentences[ann->tokens[first].sentence].first;
    if (first < start + 2) {
        return 0;
    }
    stemma_text word = ann->tokens[first - 1].lower;
    uint8_t pos = ann->tokens[first - 1].pos;
    int maker = word.size > 6 && memcmp(word.data + word.size - 5, "maker", 5) == 0;
    return (pos == STM_POS_NN || pos == STM_POS_JJ) &&
           (ann->tokens[first - 1].flags & STM_TOKEN_CAPITALISED) == 0 &&
           (maker || (stm_lexicon_has(STM_LEXICON_ORG_NOUN, word) &&
                      !stm_lexicon_has(STM_LEXICON_ROLE, word)));
}

/** "X's shareholders", "X's chief executive". */
static int is_before_organ(const struct stm_annotation *ann, uint32_t end)
{
    static const char *const nouns[] = {"shareholders", "shares",    "shareholder", "subsidiary",
                                        "headquarters", "ceo",       "board",       "employees",
                                        "newsroom",     "franchise", "takeover",    "bankruptcy"};
    return end + 1 < ann->token_count && (ann->tokens[end].flags & STM_TOKEN_POSSESSIVE) != 0 &&
           (STM_TOKEN_IS_ANY(ann, end + 1, nouns) ||
            (stm_ann_is(ann, end + 1, "chief") && stm_ann_is(ann, end + 2, "executive")));
}

/** "Lomna, a town of 8,000 in the north of X", "Telbro, a subsidiary of X": what kind of thing bears a name
    of one word that was taken for a person's; NORP when nothing says it. */
static unsigned class_behind(const struct stm_annotation *ann, uint32_t name)
{
    static const char *const places[] = {"town",   "city",   "village", "port",     "suburb",
                                         "island", "region", "capital", "district", "province"};
    static const char *const bodies[] = {"company",   "subsidiary", "firm",    "airline", "newspaper",
                                         "bank",      "charity",    "retailer", "startup", "carmaker",
                                         "magazine",  "brewery"};
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[name].sentence);
    uint32_t at = name + 2;
    if (at + 1 >= end || !stm_ann_is(ann, name + 1, ",") || ann->tokens[at].pos != STM_POS_DT) {
        return STM_NAME_NORP;
    }
    for (at++; at + 1 < end && at < name + 6; at++) {
        uint8_t pos = ann->tokens[at].pos;
        uint8_t next = ann->tokens[at + 1].pos;
        int closed = next == STM_POS_IN || next == STM_POS_COMMA;
        if (closed && STM_TOKEN_IS_ANY(ann, at, places)) {
            return STM_NAME_PLACE;
        }
        if (closed && STM_TOKEN_IS_ANY(ann, at, bodies)) {
            return STM_NAME_ORGANIZATION;
        }
        if (pos != STM_POS_JJ && pos != STM_POS_NN && pos != STM_POS_JJS && pos != STM_POS_NNP &&
            pos != STM_POS_VBN) {
            break;
        }
    }
    return STM_NAME_NORP;
}

void stm_name_label_framed(struct stm_name_finder *finder)
{
    const struct stm_annotation *ann = finder->ann;
    for (uint32_t i = 0; i < ann->token_count; i++) {
        if (finder->labels[i] == stm_label_begin(STM_NAME_PERSON) && !finder->settled[i] &&
            i + 1 < ann->token_count && !stm_label_is_inside(finder->labels[i + 1]) &&
            class_behind(ann, i) != STM_NAME_NORP) {
            finder->labels[i] = stm_label_begin(class_behind(ann, i));
            finder->settled[i] = 1;
        }
        if (!is_free(finder, i)) {
            continue;
        }
        uint32_t end = run_end(finder, i);
        if (end > i &&
            (is_of_body(ann, i) || is_behind_kind(ann, i) || is_before_organ(ann, end))) {
            for (uint32_t k = i; k < end; k++) {
                finder->labels[k] = k == i ? stm_label_begin(STM_NAME_ORGANIZATION)
                                           : stm_label_inside(STM_NAME_ORGANIZATION);
                finder->settled[k] = 1;
            }
        }
        i = end > i ? end - 1 : i;
    }
}
