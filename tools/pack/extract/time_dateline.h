/* SPDX-License-Identifier: MIT */
/**
 * @file time_dateline.h
 * The day that a dateline tells: "LUND, May 3 (Agency) - The council ...".
 */
#ifndef STEMMA_EXTRACT_TIME_DATELINE_H
#define STEMMA_EXTRACT_TIME_DATELINE_H

#include "pack/extract/time_scan.h"

/** Moves `scan->anchor` to the day of the dateline that begins the text, when there is one that
    fits: with a year of its own, or within a few days of publication. An article that was published
    again a day later still means the day on which it was written by "today". */
void stm_dateline_anchor(struct stm_time_scan *scan);

#endif
