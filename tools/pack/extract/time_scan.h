/* SPDX-License-Identifier: MIT */
/**
 * @file time_scan.h
 * The sentence in which points of time are looked for, and what its words say by themselves.
 */
#ifndef STEMMA_EXTRACT_TIME_SCAN_H
#define STEMMA_EXTRACT_TIME_SCAN_H

#include "pack/extract/annotation.h"
#include "pack/extract/time_date.h"

/** The sentence that is being read, when the document was published, and what was told last. */
struct stm_time_scan {
    struct stm_annotation *ann;
    struct stm_anchor anchor;   /**< Publication, or the day of the dateline. */
    struct stm_anchor narrated; /**< The date told last, for "the next day"; all 0: none near. */
    uint32_t first;             /**< First token of the sentence. */
    uint32_t end;               /**< Token after the sentence. */
};

/** What was recognised, from its first token on. */
struct stm_time_match {
    uint32_t count;    /**< 0: none. */
    uint8_t ranged;    /**< From `date` to `to`, with all between. */
    uint8_t anaphoric; /**< Counted from the date told last. */
    struct stm_date date;
    struct stm_date to;
};

/** Whether a token of the sentence is this word, a dash; the year, month (1..12) or weekday (1..7)
    that it names by itself, or 0. All take tokens beyond the sentence as nothing. */
static inline int stm_time_is_at(const struct stm_time_scan *scan, uint32_t i, const char *word)
{
    return i < scan->end && stm_ann_is(scan->ann, i, word);
}
int stm_time_is_dash(const struct stm_time_scan *scan, uint32_t i);
int stm_time_year_at(const struct stm_time_scan *scan, uint32_t i);
int stm_time_month_at(const struct stm_time_scan *scan, uint32_t i);
int stm_time_weekday_at(const struct stm_time_scan *scan, uint32_t i);

/** The day of a month that it is, 1..31, "5" or "5th" in digits; 0 otherwise. `last`, when not
    NULL, receives the second day of "5-7" in one token, or 0; when NULL that form is refused. */
int stm_time_day_at(const struct stm_time_scan *scan, uint32_t i, int *last);

/** A token that must be in range. */
const struct stm_token *stm_time_token(const struct stm_time_scan *scan, uint32_t i);

/** The lower-case word of a token without "mid-", "early-", "late-" before it; empty beyond the
    sentence. */
stemma_text stm_time_word(const struct stm_time_scan *scan, uint32_t i);

/** The coarse tag of a token; STM_TAG_PUNCTUATION beyond the sentence. */
uint8_t stm_time_tag(const struct stm_time_scan *scan, uint32_t i);

/** Whether a token of the sentence is one of `count` words. */
int stm_time_is_any(const struct stm_time_scan *scan, uint32_t i, const char *const *words,
                    size_t count);

#define STM_TIME_IS_ANY(scan, i, words)                                                            \
    stm_time_is_any((scan), (i), (words), sizeof(words) / sizeof((words)[0]))

/** The unit of time that a token names, singular (1) or plural (2) only; STM_UNIT_NONE else. */
enum stm_time_unit stm_time_unit_at(const struct stm_time_scan *scan, uint32_t i, int number);

/** "morning", "evening", "night". */
int stm_time_is_daypart(const struct stm_time_scan *scan, uint32_t i);

int stm_time_is_capitalised(const struct stm_time_scan *scan, uint32_t i);

/** ", 2021", "of 2021", "2021", "last year" or "of this year" from token `i`: tokens taken, and the
    year; 0 when there is none. */
uint32_t stm_time_year_after(const struct stm_time_scan *scan, uint32_t i, int *year);

#endif
