/* SPDX-License-Identifier: MIT */
#include "pack/extract/time_dateline.h"

enum {
    OPENING = 3,      /**< Sentences of the body that may begin with the dateline. */
    LONGEST = 16,     /**< Tokens of a dateline. */
    MOST_DAYS_OLD = 7 /**< Days from writing to publication. */
};

/** The token of the dash that ends a dateline at `first`; STEMMA_NONE when none begins there. */
static uint32_t dash_of(const struct stm_time_scan *scan, uint32_t first)
{
    const struct stm_annotation *ann = scan->ann;
    if (first + 3 >= ann->token_count || !(ann->tokens[first].flags & STM_TOKEN_CAPITALISED)) {
        return STEMMA_NONE;
    }
    for (uint32_t i = first + 1; i < first + LONGEST && i < ann->token_count; i++) {
        const struct stm_token *token = &ann->tokens[i];
        if (stm_ann_is(ann, i, "-") || stm_ann_is(ann, i, "--") ||
            stm_ann_is(ann, i, "\xE2\x80\x93") || stm_ann_is(ann, i, "\xE2\x80\x94")) {
            return i;
        }
        int word = (token->flags & (STM_TOKEN_CAPITALISED | STM_TOKEN_DIGIT)) != 0 ||
                   (token->flags & STM_TOKEN_PUNCTUATION) != 0;
        if (!word) {
            return STEMMA_NONE;
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

void stm_dateline_anchor(struct stm_time_scan *scan)
{
    const struct stm_annotation *ann = scan->ann;
    for (uint32_t s = 0; s < ann->sentence_count && s < OPENING; s++) {
        uint32_t first = ann->sentences[s].first;
        scan->first = first;
        scan->end = first + LONGEST < ann->token_count ? first + LONGEST : ann->token_count;
        uint32_t dash = ann->sentences[s].is_title ? STEMMA_NONE : dash_of(scan, first);
        if (dash == STEMMA_NONE) {
            continue;
        }
        struct stm_date date = date_between(scan, first, dash);
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
