/* SPDX-License-Identifier: MIT */
/**
 * @file time_match.h
 * Points of time in text: the longest match of a small grammar from a token.
 */
#ifndef STEMMA_EXTRACT_TIME_MATCH_H
#define STEMMA_EXTRACT_TIME_MATCH_H

#include "pack/extract/time_scan.h"

/** The point of time that begins at a token, "early", "mid-" and the like included. */
struct stm_time_match stm_time_match_at(const struct stm_time_scan *scan, uint32_t i);

#endif
