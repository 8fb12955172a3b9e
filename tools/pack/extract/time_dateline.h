/* SPDX-License-Identifier: MIT */
/**
 * @file time_dateline.h
 * The day that a dateline tells: "LUND, May 3 (Agency) - The council ...".
 */
#ifndef STEMMA_EXTRACT_TIME_DATELINE_H
#define STEMMA_EXTRACT_TIME_DATELINE_H

#include "pack/extract/time_scan.h"

/** The token after the dash (or colon) of a dateline whose first token is `first`, the first of a
    paragraph; STEMMA_NONE when no dateline begins there. A place in capitals, a month and a day, or
    an agency in brackets tell it from "Chelsea - Arsenal". Needs tokens only. */
uint32_t stm_dateline_end(const struct stm_annotation *ann, uint32_t first);

/** Moves `scan->anchor` to the day of the dateline that begins the text, when there is one that
    fits: with a year of its own, or within a few days of publication. An article that was published
    again a day later still means the day on which it was written by "today". */
void stm_dateline_anchor(struct stm_time_scan *scan);

#endif
