/* SPDX-License-Identifier: MIT */
#include "pack/extract/time_dateline.h"

#include "pack/extract/lexicon.h"

enum {
    OPENING = 3,      /**< Sentences of the body that may begin with the dateline. */
    LONGEST = 16,     /**< Tokens of a dateline. */
    MOST_DAYS_OLD = 7 /**< Days from writing to publication. */
};

static int is_dash(const struct stm_annotation *ann, uint32_t i)
{
    return stm_ann_is(ann, i, "-") || stm_ann_is(ann, i, "--") ||
           stm_ann_is(ann, i, "\xE2\x80\x93") || stm_ann_is(ann, i, "\xE2\x80\x94");
}

/** Whether a token may stand in a dateline: names, numbers, commas, brackets, slashes. */
static int may_stand(const struct stm_annotation *ann, uint32_t i)
{
    static const char *const words[] = {",",  "(",  ")",  "/",  ".",   "and", "of",
                                        "de", "al", "el", "la", "del", "do",  "da"};
    const struct stm_token *token = &ann->tokens[i];
    if ((token->flags & (STM_TOKEN_CAPITALISED | STM_TOKEN_DIGIT)) != 0) {
        return 1;
    }
    for (size_t w = 0; w < sizeof words / sizeof words[0]; w++) {
        if (stm_ann_is(ann, i, words[w])) {
            return 1;
        }
    }
    return 0;
}

uint32_t stm_dateline_end(const struct stm_annotation *ann, uint32_t first)
{
    int dated = 0;
    int capitals = 1;
    int comma = 0;
    uint32_t letters = 0;
    uint32_t paragraph = ann->tokens[first].sentence;
    if (!(ann->tokens[first].flags & STM_TOKEN_CAPITALISED) && !stm_ann_is(ann, first, "(")) {
        return STEMMA_NONE;
    }
    for (uint32_t i = first; i < first + LONGEST && i + 1 < ann->token_count; i++) {
        const struct stm_token *token = &ann->tokens[i];
        if (token->sentence != paragraph) {
            return STEMMA_NONE;
        }
        int bracket = i > first && stm_ann_is(ann, i - 1, ")");
        int ends = is_dash(ann, i) || (bracket && stm_ann_is(ann, i, ":"));
        if (ends && i > first && ann->tokens[i + 1].sentence == paragraph) {
            int tight = !(token->flags & STM_TOKEN_SPACE_BEFORE) && !bracket;
            int place = capitals && letters >= 3 &&
                        (comma || stm_lexicon_place(ann->tokens[first].lower) != NULL);
            int stated = bracket && letters >= 2;
            return !tight && (dated || place || stated) ? i + 1 : STEMMA_NONE;
        }
        if (!may_stand(ann, i)) {
            return STEMMA_NONE;
        }
        comma |= stm_ann_is(ann, i, ",") || stm_ann_is(ann, i, "/");
        dated |= stm_month_of_word(token->lower) != 0 && i > first &&
                 ((ann->tokens[i + 1].flags | ann->tokens[i - 1].flags) & STM_TOKEN_DIGIT) != 0;
        if (!comma && !stm_ann_is(ann, i, "(") && (token->flags & STM_TOKEN_CAPITALISED) != 0) {
            capitals &= (token->flags & STM_TOKEN_ALL_CAPS) != 0;
            letters += (uint32_t)token->lower.size;
        }
    }
    return STEMMA_NONE;
}

/** The month and day between `first` and `dash`. */
static struct stm_date date_between(const struct stm_time_scan *scan, uint32_t first, uint32_t dash)
{
    struct stm_date none = {0};
    for (uint32_t i = first + 1; i < dash; i++) {
        int month = stm_month_of_word(stm_time_token(scan, i)->lower);
        int day = 0;
        int year = 0;
        if (month == 0) {
            continue;
        }
        if (i + 1 < dash && (day = stm_time_day_at(scan, i + 1, NULL)) != 0) {
            (void)stm_time_year_after(scan, i + 2, &year);
        } else if ((day = stm_time_day_at(scan, i - 1, NULL)) != 0) {
            (void)stm_time_year_after(scan, i + 1, &year);
        }
        if (day == 0) {
            return none;
        }
        if (year != 0) {
            return stm_date_civil(year, month, day);
        }
        if (!scan->anchor.has_day) {
            return none;
        }
        struct stm_anchor later = scan->anchor;
        later.day++; /* a dateline may be a day ahead of a publisher further west */
        return stm_date_bare_day(&later, month, day, -1);
    }
    return none;
}

/** Whether a sentence is a dateline: first of its paragraph, and ending in the dash. */
static int is_dateline(const struct stm_annotation *ann, uint32_t s)
{
    uint32_t last = stm_ann_sentence_end(ann, s) - 1;
    return (s == 0 || ann->sentences[s - 1].paragraph != ann->sentences[s].paragraph) &&
           s + 1 < ann->sentence_count && ann->sentences[s].count <= LONGEST &&
           (is_dash(ann, last) || stm_ann_is(ann, last, ":"));
}

void stm_dateline_anchor(struct stm_time_scan *scan)
{
    const struct stm_annotation *ann = scan->ann;
    for (uint32_t s = 0; s < ann->sentence_count && s < OPENING; s++) {
        uint32_t first = ann->sentences[s].first;
        scan->first = first;
        scan->end = stm_ann_sentence_end(ann, s);
        /* sentence.c made a sentence of the dateline */
        if (ann->sentences[s].is_title || !is_dateline(ann, s)) {
            continue;
        }
        struct stm_date date = date_between(scan, first, scan->end);
        if (date.kind != STM_DATE_DAY) {
            continue;
        }
        int64_t age = scan->anchor.day - date.day;
        if (!scan->anchor.has_day || (age <= MOST_DAYS_OLD && age >= -1)) {
            scan->anchor = stm_anchor_at(&date);
        }
        return;
    }
}
