/* SPDX-License-Identifier: MIT */
/**
 * @file time_tense.h
 * Whether the clause around a time speaks of what has been or of what is to come.
 */
#ifndef STEMMA_EXTRACT_TIME_TENSE_H
#define STEMMA_EXTRACT_TIME_TENSE_H

#include "pack/extract/time_scan.h"

/** 1 when the words around token `i` speak of time to come, -1 otherwise. */
int stm_time_direction(const struct stm_time_scan *scan, uint32_t i);

#endif
