/* SPDX-License-Identifier: MIT */
/**
 * @file time_part.h
 * Dates in digits, and parts and bundles of years: decades, centuries, quarters, halves, fixed
 * holidays.
 */
#ifndef STEMMA_EXTRACT_TIME_PART_H
#define STEMMA_EXTRACT_TIME_PART_H

#include "pack/extract/time_scan.h"

/** "2025-03-04", "13/12/2025" where the order of day and month leaves no doubt, "2019-2023",
    "2023/24". */
struct stm_time_match stm_match_digits(const struct stm_time_scan *scan, uint32_t i);

/** "1990s", "the '90s", "the nineties", "19th century". */
struct stm_time_match stm_match_age(const struct stm_time_scan *scan, uint32_t i);

/** "the first quarter of 2024", "Q3", "the second half of the year", "the first three months of
    2023". */
struct stm_time_match stm_match_part(const struct stm_time_scan *scan, uint32_t i);

/** Holidays with a fixed date: "New Year's Eve", "Christmas Day 2023", "May Day". */
struct stm_time_match stm_match_holiday(const struct stm_time_scan *scan, uint32_t i);

#endif
