/* SPDX-License-Identifier: MIT */
/**
 * @file time_relative.h
 * Points of time told by their distance from another: from the day of publication, or from the date
 * that the text told last.
 */
#ifndef STEMMA_EXTRACT_TIME_RELATIVE_H
#define STEMMA_EXTRACT_TIME_RELATIVE_H

#include "pack/extract/time_scan.h"

/** "summer 2023", "summer" with `relation` -1 last, 0 this, 1 next, 2 none. */
struct stm_time_match stm_match_season(const struct stm_time_scan *scan, uint32_t i, int relation);

/** "yesterday", "this week", "last Thursday", "the weekend". */
struct stm_time_match stm_match_relative(const struct stm_time_scan *scan, uint32_t i);

/** "three days ago", "two years later", "in two weeks", "the past three years", "recent weeks". */
struct stm_time_match stm_match_distance(const struct stm_time_scan *scan, uint32_t i);

/** "the following day", "the same week", "that year", "the day before". */
struct stm_time_match stm_match_narrated(const struct stm_time_scan *scan, uint32_t i);

#endif
