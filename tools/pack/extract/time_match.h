/* SPDX-License-Identifier: MIT */
/**
 * @file time_match.h
 * Points of time in text: the longest match of a small grammar from a token.
 */
#ifndef STEMMA_EXTRACT_TIME_MATCH_H
#define STEMMA_EXTRACT_TIME_MATCH_H

#include "pack/extract/annotation.h"
#include "pack/extract/time_date.h"

struct stm_time_scan {
    struct stm_annotation *ann;
    struct stm_anchor anchor;
    uint32_t end; /**< Token after the sentence. */
};

struct stm_time_match {
    uint32_t count; /**< 0: none. */
    struct stm_date date;
};

/** The point of time that begins at a token, "early", "mid-" and the like included. */
struct stm_time_match stm_time_match_at(const struct stm_time_scan *scan, uint32_t i);

/** Whether a token of the sentence is this word, a dash; the year, month (1..12) or weekday (1..7)
    that it names by itself, or 0. All take tokens beyond the sentence as nothing. */
int stm_time_is_at(const struct stm_time_scan *scan, uint32_t i, const char *word);
int stm_time_is_dash(const struct stm_time_scan *scan, uint32_t i);
int stm_time_year_at(const struct stm_time_scan *scan, uint32_t i);
int stm_time_month_at(const struct stm_time_scan *scan, uint32_t i);
int stm_time_weekday_at(const struct stm_time_scan *scan, uint32_t i);

#endif
