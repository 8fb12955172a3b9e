/* SPDX-License-Identifier: MIT */
/* What newspapers print around the text: datelines, credits, their own name, acronyms in brackets. */
#include "pack/extract/name.h"

#include "pack/model/sequence.h"

#define DATELINE_SENTENCES 6u  /* of a document, in which a dateline may stand */
#define DATELINE_TOKENS    16u /* of a sentence, before the dash */
#define LONGEST_OWN_NAME   96u /* bytes of a publisher's name */

static int is_dash(const struct stm_annotation *ann, uint32_t i)
{
    return stm_ann_is(ann, i, "-") || stm_ann_is(ann, i, "\xe2\x80\x93") ||
           stm_ann_is(ann, i, "\xe2\x80\x94") || stm_ann_is(ann, i, "--");
}

static int is_capital(const struct stm_annotation *ann, uint32_t i)
{
    return (ann->tokens[i].flags & STM_TOKEN_CAPITALISED) != 0;
}

static void label(struct stm_name_finder *finder, uint32_t first, uint32_t end, unsigned name_class)
{
    for (uint32_t i = first; i < end; i++) {
        finder->labels[i] =
            i == first ? stm_label_begin(name_class) : stm_label_inside(name_class);
        finder->settled[i] = 1;
    }
    if (end > first && end < finder->ann->token_count &&
        stm_label_is_inside(finder->labels[end])) {
        finder->labels[end] = stm_label_begin(stm_label_class(finder->labels[end]));
    }
}

/* The token after a run of capitalised words from `first`, small words between them bridged. */
static uint32_t capitals_end(const struct stm_annotation *ann, uint32_t first, uint32_t end)
{
    uint32_t i = first;
    while (i < end && is_capital(ann, i) &&
           !stm_lexicon_has(STM_LEXICON_CALENDAR, ann->tokens[i].lower)) {
        i++;
        if (i + 1 < end && i > first && stm_lexicon_has(STM_LEXICON_PARTICLE, ann->tokens[i].lower) &&
            is_capital(ann, i + 1)) {
            i++;
        }
    }
    return i;
}

/* "VESSIN, Verania, March 3 (Signal) -" and "Vessin (Signal) -" and "Vessin - The search" and
   "Vessin, 3 March (Signal).": where the text was written, and by whom it is sent. */
static void label_dateline(struct stm_name_finder *finder, uint32_t s)
{
    const struct stm_annotation *ann = finder->ann;
    uint32_t start = ann->sentences[s].first;
    uint32_t end = stm_ann_sentence_end(ann, s);
    uint32_t stop = end - start < DATELINE_TOKENS ? end : start + DATELINE_TOKENS;
    uint32_t dash = start;
    uint32_t open = STEMMA_NONE;
    uint32_t dated = STEMMA_NONE;
    while (dash < stop && !is_dash(ann, dash)) {
        const struct stm_token *token = &ann->tokens[dash];
        open = open == STEMMA_NONE && stm_ann_is(ann, dash, "(") ? dash : open;
        int calendar = stm_lexicon_has(STM_LEXICON_CALENDAR, token->lower) ||
                       (token->flags & STM_TOKEN_DIGIT) != 0;
        dated = dated == STEMMA_NONE && calendar ? dash : dated;
        int allowed = (token->flags & (STM_TOKEN_PUNCTUATION | STM_TOKEN_CAPITALISED)) != 0 ||
                      calendar || open != STEMMA_NONE ||
                      stm_lexicon_has(STM_LEXICON_PARTICLE, token->lower);
        if (!allowed) {
            return; /* words of a sentence */
        }
        dash++;
    }
    int dashed = dash < stop && dash > start;
    uint32_t first_end = capitals_end(ann, start, dash);
    int loud = (ann->tokens[start].flags & STM_TOKEN_ALL_CAPS) != 0;
    int alone = dash == end && !dashed; /* the line has nothing else */
    if (first_end == start || first_end - start > 4 ||
        (ann->tokens[start].flags & STM_TOKEN_INITIAL) != 0 ||
        (dashed ? (open == STEMMA_NONE && dated == STEMMA_NONE && !loud &&
                   (ann->tokens[dash].flags & STM_TOKEN_SPACE_BEFORE) == 0)
                : !(alone && (dated != STEMMA_NONE || open != STEMMA_NONE) &&
                    stm_ann_is(ann, first_end, ",")))) {
        return;
    }
    if (dashed && open == STEMMA_NONE && dated == STEMMA_NONE && !loud &&
        (dash != first_end || dash + 1 >= end || !is_capital(ann, dash + 1) ||
         ann->sentences[s].is_title)) {
        return; /* "Vessin - The search": nothing else may stand there */
    }
    if (!dashed && dated == STEMMA_NONE) {
        return;
    }
    /* "Ruth Amsel, 12 May": who, not where */
    if (!dashed && finder->labels[start] == stm_label_begin(STM_NAME_PERSON)) {
        return;
    }
    label(finder, start, first_end, STM_NAME_PLACE);
    uint32_t limit = open == STEMMA_NONE ? dash : open;
    for (uint32_t i = first_end; i + 1 < limit && stm_ann_is(ann, i, ",");) {
        uint32_t next = capitals_end(ann, i + 1, limit);
        if (next == i + 1) {
            break;
        }
        label(finder, i + 1, next,
              dated != STEMMA_NONE && dated < i ? STM_NAME_ORGANIZATION : STM_NAME_PLACE);
        i = next;
    }
    if (open != STEMMA_NONE && open + 1 < dash) {
        uint32_t close = capitals_end(ann, open + 1, dash);
        if (close > open + 1 && stm_ann_is(ann, close, ")")) {
            label(finder, open + 1, close, STM_NAME_ORGANIZATION);
        }
    }
}

/* "(Longwire)" alone on its line or at the end of a headline. */
static void label_credit(struct stm_name_finder *finder, uint32_t s)
{
    const struct stm_annotation *ann = finder->ann;
    uint32_t start = ann->sentences[s].first;
    uint32_t end = stm_ann_sentence_end(ann, s);
    if (end - start < 3 || !stm_ann_is(ann, end - 1, ")")) {
        return;
    }
    uint32_t open = end - 1;
    while (open > start && end - open < 6 && !stm_ann_is(ann, open, "(")) {
        open--;
    }
    uint32_t close = capitals_end(ann, open + 1, end);
    if (stm_ann_is(ann, open, "(") && close == end - 1 && close > open + 1 &&
        (open == start || ann->sentences[s].is_title)) {
        label(finder, open + 1, close, STM_NAME_ORGANIZATION);
    }
}

/* The words of a publisher's name, lower-case; 0 when it is none. */
static size_t own_words(stemma_text name, char *buffer, stemma_text *words, size_t most)
{
    size_t count = 0;
    if (name.size < 3 || name.size > LONGEST_OWN_NAME) {
        return 0;
    }
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];
        buffer[i] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    for (size_t i = 0; i < name.size && count < most;) {
        size_t end = i;
        while (end < name.size && buffer[end] != ' ') {
            end++;
        }
        stemma_text word = {buffer + i, end - i};
        if (word.size != 0 && (count != 0 || !stemma_text_equal(word, stemma_text_of("the")))) {
            words[count++] = word;
        }
        i = end + 1;
    }
    return count;
}

static void label_own_name(struct stm_name_finder *finder, stemma_text name)
{
    const struct stm_annotation *ann = finder->ann;
    char buffer[LONGEST_OWN_NAME];
    stemma_text words[8];
    size_t count = own_words(name, buffer, words, sizeof words / sizeof *words);
    for (uint32_t i = 0; count != 0 && i + count <= ann->token_count; i++) {
        size_t same = 0;
        while (same < count && stemma_text_equal(ann->tokens[i + same].lower, words[same])) {
            same++;
        }
        uint32_t end = i + (uint32_t)count;
        if (same == count && is_capital(ann, i) &&
            ann->tokens[end - 1].sentence == ann->tokens[i].sentence &&
            (finder->labels[i] == 0 || !stm_label_is_inside(finder->labels[i])) &&
            (end >= ann->token_count || !stm_label_is_inside(finder->labels[end]))) {
            label(finder, i, end, STM_NAME_ORGANIZATION);
        }
    }
}

/* "Movement for Clean Rivers (MCR)": the first letters of the capitalised words before. */
static void label_acronym(struct stm_name_finder *finder, uint32_t open)
{
    const struct stm_annotation *ann = finder->ann;
    uint32_t short_form = open + 1;
    if (open < 2 || short_form + 1 >= ann->token_count || !stm_ann_is(ann, short_form + 1, ")") ||
        !is_capital(ann, short_form) || finder->labels[open - 1] == 0) {
        return;
    }
    uint32_t first = open - 1;
    while (first > 0 && open - first < 16 && stm_label_is_inside(finder->labels[first])) {
        first--;
    }
    stemma_text letters = ann->tokens[short_form].lower;
    size_t at = 0;
    for (uint32_t i = first; i < open; i++) {
        if (is_capital(ann, i) && at < letters.size &&
            ann->tokens[i].lower.data[0] == letters.data[at]) {
            at++;
        }
    }
    unsigned name_class = stm_label_class(finder->labels[first]);
    if (at > 1 && at + 1 >= letters.size && name_class != STM_NAME_NORP &&
        name_class != STM_NAME_PERSON) {
        label(finder, short_form, short_form + 1, name_class);
    }
}

void stm_name_label_furniture(struct stm_name_finder *finder)
{
    const struct stm_annotation *ann = finder->ann;
    for (uint32_t s = 0; s < ann->sentence_count; s++) {
        if (s < DATELINE_SENTENCES) {
            label_dateline(finder, s);
        }
        label_credit(finder, s);
    }
    if (ann->document != NULL) {
        label_own_name(finder, ann->document->publisher);
        label_own_name(finder, ann->document->agency);
    }
    for (uint32_t i = 0; i < ann->token_count; i++) {
        if (stm_ann_is(ann, i, "(")) {
            label_acronym(finder, i);
        }
    }
}
