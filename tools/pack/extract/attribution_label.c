/* SPDX-License-Identifier: MIT */
/* Who speaks by a label before a colon: "Anna Bell: 'I will go.'", and the turns of an interview or a
   transcript, in which a name or the letter of question and answer opens one paragraph after another. */
#include "pack/extract/attribution_statement.h"
#include "pack/extract/event_word.h"
#include "pack/extract/lexicon.h"
#include "pack/extract/syntax.h"

enum {
    TURNS = 3,      /**< Paragraphs that a label must open before words without marks are turns. */
    LONGEST_LABEL = 4,  /**< Tokens of a name. */
    INTERVIEW_REACH = 8 /**< Tokens from "interview with" to the name of who was asked. */
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

/** What stands behind "Q:" or "A." that opens a line; or STEMMA_NONE. */
static uint32_t behind_letter(const struct stm_annotation *ann, uint32_t sentence, int *answer)
{
    static const char *const dotted[] = {"q.", "a."};
    static const char *const bare[] = {"q", "a"};
    uint32_t first = ann->sentences[sentence].first;
    uint32_t behind = STEMMA_NONE;
    uint32_t start = ann->tokens[first].start;
    if ((ann->tokens[first].flags & STM_TOKEN_CAPITALISED) == 0 ||
        (start != 0 && ann->text.data[start - 1] != '\n')) {
        return STEMMA_NONE;
    }
    if (STM_TOKEN_IS_ANY(ann, first, dotted)) {
        behind = first + 1;
    } else if (STM_TOKEN_IS_ANY(ann, first, bare) &&
               (stm_ann_is(ann, first + 1, ":") || stm_ann_is(ann, first + 1, "."))) {
        behind = first + 2;
    }
    *answer = ann->tokens[first].lower.data[0] == 'a';
    int same = behind != STEMMA_NONE && behind < ann->token_count &&
               ann->sentences[ann->tokens[behind].sentence].paragraph == ann->sentences[sentence].paragraph;
    return same ? behind : STEMMA_NONE;
}

uint32_t stm_speech_labels(const struct stm_annotation *ann)
{
    uint32_t count = 0;
    int answer;
    for (uint32_t s = 0; s < ann->sentence_count; s++) {
        count += label_end(ann, s) != STEMMA_NONE || behind_letter(ann, s, &answer) != STEMMA_NONE;
    }
    return count;
}

static int is_person_at(const struct stm_annotation *ann, uint32_t token)
{
    uint32_t mention = token == STEMMA_NONE ? STEMMA_NONE : ann->tokens[token].mention;
    uint32_t referent = mention == STEMMA_NONE ? STEMMA_NONE : ann->mentions[mention].referent;
    return referent != STEMMA_NONE && ann->referents[referent].entity_type == STM_ENTITY_PERSON;
}

/** "Norland's" */
static int is_owner(const struct stm_annotation *ann, const struct stm_mention *mention)
{
    uint32_t end = mention->first + mention->count;
    return end < ann->token_count && (ann->tokens[end].flags & STM_TOKEN_POSSESSIVE) != 0;
}

/** Who asks and who answers, as what stands before the first letter says: "an interview with X", "X spoke to Y", or
    the one person who is named there, who answers. Mentions, or STEMMA_NONE. */
static void find_parties(const struct stm_annotation *ann, uint32_t end, uint32_t parties[2])
{
    static const char *const talks[] = {"speak", "talk", "sit"};
    uint32_t only = STEMMA_NONE;
    int several = 0;
    parties[0] = parties[1] = STEMMA_NONE;
    for (uint32_t i = 0; i < end; i++) {
        uint32_t mention = ann->tokens[i].mention;
        if (mention != STEMMA_NONE && ann->mentions[mention].kind == STEMMA_MENTION_NAME && is_person_at(ann, i) &&
            !is_owner(ann, &ann->mentions[mention])) {
            several |= only != STEMMA_NONE && ann->mentions[only].referent != ann->mentions[mention].referent;
            only = only == STEMMA_NONE ? mention : only;
            if (parties[1] == STEMMA_NONE && ann->mentions[mention].first >= 2) {
                uint32_t before = ann->mentions[mention].first - 1;
                for (uint32_t k = before; k > 0 && before - k < INTERVIEW_REACH; k--) {
                    if (stm_ann_is(ann, k, "with") && stm_ann_is(ann, k - 1, "interview")) {
                        parties[1] = mention;
                    }
                }
            }
        }
        if (STM_LEMMA_IS_ANY(ann, i, talks) && ann->tokens[i].pos != STM_POS_NN) {
            uint32_t who = stm_syntax_subject(ann, i);
            uint32_t to = stm_syntax_oblique(ann, i, "to");
            to = to == STEMMA_NONE ? stm_syntax_oblique(ann, i, "with") : to;
            if (is_person_at(ann, who) && is_person_at(ann, to)) {
                parties[1] = parties[1] == STEMMA_NONE ? ann->tokens[who].mention : parties[1];
                parties[0] = parties[0] == STEMMA_NONE ? ann->tokens[to].mention : parties[0];
            }
        }
    }
    if (parties[1] == STEMMA_NONE && !several) {
        parties[1] = only;
    }
    if (parties[0] != STEMMA_NONE && parties[1] != STEMMA_NONE &&
        ann->mentions[parties[0]].referent == ann->mentions[parties[1]].referent) {
        parties[0] = STEMMA_NONE;
    }
}

/** The first sentence that a letter opens. */
static uint32_t first_letter(const struct stm_annotation *ann)
{
    int answer;
    uint32_t s = 0;
    while (s + 1 < ann->sentence_count && behind_letter(ann, s, &answer) == STEMMA_NONE) {
        s++;
    }
    return s;
}

/** Where the paragraph of a sentence ends, or too much has been said. */
static uint32_t turn_end(const struct stm_annotation *ann, uint32_t sentence, uint32_t from)
{
    uint32_t paragraph = ann->sentences[sentence].paragraph;
    uint32_t end = stm_ann_sentence_end(ann, sentence);
    int answer;
    while (sentence + 1 < ann->sentence_count &&
           ann->sentences[sentence + 1].paragraph == paragraph &&
           behind_letter(ann, sentence + 1, &answer) == STEMMA_NONE &&
           stm_ann_sentence_end(ann, sentence + 1) - from <= STM_SPEECH_REACH) {
        end = stm_ann_sentence_end(ann, ++sentence);
    }
    return end;
}

/** A question or an answer of an interview. */
static stemma_status keep_lettered(struct stm_speech_scan *scan, uint32_t sentence)
{
    struct stm_annotation *ann = scan->ann;
    uint32_t parties[2];
    int answer = 0;
    uint32_t from = behind_letter(ann, sentence, &answer);
    find_parties(ann, ann->sentences[first_letter(ann)].first, parties);
    if (parties[answer] == STEMMA_NONE) {
        return STEMMA_OK;
    }
    struct stm_statement it = stm_speech_asserted(ann->sentences[sentence].first);
    it.speakers[0] = parties[answer];
    it.speaker_count = 1;
    uint32_t end = turn_end(ann, ann->tokens[from].sentence, from);
    if (stm_ann_is(ann, end - 1, "?")) {
        it.stance = STEMMA_STANCE_QUESTIONS;
    }
    return stm_speech_add_piece(scan, &it, from, end) ? stm_speech_keep(scan, &it) : STEMMA_OK;
}

stemma_status stm_speech_labelled(struct stm_speech_scan *scan, uint32_t sentence, uint32_t labels)
{
    struct stm_annotation *ann = scan->ann;
    uint32_t colon = label_end(ann, sentence);
    int answer;
    if (colon == STEMMA_NONE) {
        return labels >= TURNS && behind_letter(ann, sentence, &answer) != STEMMA_NONE
                   ? keep_lettered(scan, sentence)
                   : STEMMA_OK;
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
