/* SPDX-License-Identifier: MIT */
/**
 * @file time_scan.h
 * The sentence in which points of time are looked for, and what its words say by themselves.
 */
#ifndef STEMMA_EXTRACT_TIME_SCAN_H
#define STEMMA_EXTRACT_TIME_SCAN_H

#include "pack/extract/annotation.h"
#include "pack/extract/time_date.h"

/** The sentence that is being read, and when the document was published. */
struct stm_time_scan {
    struct stm_annotation *ann;
    struct stm_anchor anchor;
    uint32_t end; /**< Token after the sentence. */
};

/** What was recognised, from its first token on. */
struct stm_time_match {
    uint32_t count; /**< 0: none. */
    struct stm_date date;
};

/** Whether a token of the sentence is this word, a dash; the year, month (1..12) or weekday (1..7)
    that it names by itself, or 0. All take tokens beyond the sentence as nothing. */
int stm_time_is_at(const struct stm_time_scan *scan, uint32_t i, const char *word);
int stm_time_is_dash(const struct stm_time_scan *scan, uint32_t i);
int stm_time_year_at(const struct stm_time_scan *scan, uint32_t i);
int stm_time_month_at(const struct stm_time_scan *scan, uint32_t i);
int stm_time_weekday_at(const struct stm_time_scan *scan, uint32_t i);

/** The day of a month that it is, 1..31, "5" or "5th" in digits; 0 otherwise. */
int stm_time_day_at(const struct stm_time_scan *scan, uint32_t i);

/** A token that must be in range. */
const struct stm_token *stm_time_token(const struct stm_time_scan *scan, uint32_t i);

/** Whether a token of the sentence is one of `count` words. */
int stm_time_is_any(const struct stm_time_scan *scan, uint32_t i, const char *const *words,
                    size_t count);

#define STM_TIME_IS_ANY(scan, i, words)                                                            \
    stm_time_is_any((scan), (i), (words), sizeof(words) / sizeof((words)[0]))

int stm_time_is_capitalised(const struct stm_time_scan *scan, uint32_t i);

/** 1 when the words around speak of time to come, -1 otherwise. */
int stm_time_direction(const struct stm_time_scan *scan, uint32_t i);

/** ", 2021", "of 2021" or "2021" from token `i`: tokens taken, and the year; 0 when there is none.
 */
uint32_t stm_time_year_after(const struct stm_time_scan *scan, uint32_t i, int *year);

#endif
