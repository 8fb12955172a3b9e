/* SPDX-License-Identifier: MIT */
/**
 * @file time_clock.h
 * Times of day: "10:30", "3 p.m.", "half past six" not, "noon", "midnight".
 */
#ifndef STEMMA_EXTRACT_TIME_CLOCK_H
#define STEMMA_EXTRACT_TIME_CLOCK_H

#include "pack/extract/time_scan.h"

/** Tokens that a time of day at `i` takes, its zone ("GMT", "local time") included; 0: none is
    there. `*minutes` since midnight; may be NULL. */
uint32_t stm_time_clock_at(const struct stm_time_scan *scan, uint32_t i, int *minutes);

#endif
