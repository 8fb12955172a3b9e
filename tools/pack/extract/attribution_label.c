/* SPDX-License-Identifier: MIT */
/* Who speaks by a label before a colon: "Anna Bell: 'I will go.'", and the turns of an interview or a
   transcript, in which a name opens one paragraph after another. */
#include "pack/extract/attribution_statement.h"
#include "pack/extract/lexicon.h"

enum {
    TURNS = 3,      /**< Paragraphs that a label must open before words without marks are turns. */
    LONGEST_LABEL = 4 /**< Tokens of a name. */
};

/** The colon behind the name or role of a person that opens the first sentence of a paragraph; or STEMMA_NONE. */
static uint32_t label_end(const struct stm_annotation *ann, uint32_t sentence)
{
    uint32_t first = ann->sentences[sentence].first;
    uint32_t end = stm_ann_sentence_end(ann, sentence);
    while (first + 2 < end && ann->tokens[first].mention == STEMMA_NONE &&
           (stm_lexicon_has(STM_LEXICON_TITLE, ann->tokens[first].lower) ||
            stm_lexicon_has(STM_LEXICON_TITLE_PART, ann->tokens[first].lower))) {
        first++; /* "SENATOR BELL:" */
    }
    uint32_t mention = ann->tokens[first].mention;
    if (mention == STEMMA_NONE || ann->mentions[mention].first != first ||
        ann->mentions[mention].count > LONGEST_LABEL ||
        ann->mentions[mention].kind == STEMMA_MENTION_PRONOUN || ann->mentions[mention].plural ||
        ann->mentions[mention].type != STM_ENTITY_PERSON ||
        (sentence != 0 &&
         ann->sentences[sentence - 1].paragraph == ann->sentences[sentence].paragraph)) {
        return STEMMA_NONE;
    }
    uint32_t colon = first + ann->mentions[mention].count;
    return colon + 1 < end && stm_ann_is(ann, colon, ":") ? colon : STEMMA_NONE;
}

uint32_t stm_speech_labels(const struct stm_annotation *ann)
{
    uint32_t count = 0;
    for (uint32_t s = 0; s < ann->sentence_count; s++) {
        count += label_end(ann, s) != STEMMA_NONE;
    }
    return count;
}

/** Where the paragraph of a sentence ends, or too much has been said. */
static uint32_t turn_end(const struct stm_annotation *ann, uint32_t sentence, uint32_t from)
{
    uint32_t paragraph = ann->sentences[sentence].paragraph;
    uint32_t end = stm_ann_sentence_end(ann, sentence);
    while (sentence + 1 < ann->sentence_count &&
           ann->sentences[sentence + 1].paragraph == paragraph &&
           stm_ann_sentence_end(ann, sentence + 1) - from <= STM_SPEECH_REACH) {
        end = stm_ann_sentence_end(ann, ++sentence);
    }
    return end;
}

stemma_status stm_speech_labelled(struct stm_speech_scan *scan, uint32_t sentence, uint32_t labels)
{
    struct stm_annotation *ann = scan->ann;
    uint32_t colon = label_end(ann, sentence);
    if (colon == STEMMA_NONE) {
        return STEMMA_OK;
    }
    struct stm_statement it = stm_speech_asserted(colon - 1);
    uint32_t quote = (ann->tokens[colon + 1].flags & STM_TOKEN_QUOTE_OPEN) != 0
                         ? stm_speech_free_quote(scan, colon + 1)
                         : STEMMA_NONE;
    it.speakers[0] = ann->tokens[colon - 1].mention;
    it.speaker_count = 1;
    int found = 0;
    if (quote != STEMMA_NONE) {
        found = stm_speech_add_quote(scan, &it, quote);
    } else if (labels >= TURNS && !ann->sentences[sentence].is_title) {
        uint32_t end = turn_end(ann, sentence, colon);
        found = stm_speech_add_piece(scan, &it, colon + 1, end);
        if (stm_ann_is(ann, end - 1, "?")) {
            it.stance = STEMMA_STANCE_QUESTIONS;
        }
    }
    return found ? stm_speech_keep(scan, &it) : STEMMA_OK;
}
