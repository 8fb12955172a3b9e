/* SPDX-License-Identifier: MIT */
/**
 * @file event_fit.h
 * Which meaning a verb has, by the words that stand around it.
 */
#ifndef STEMMA_EXTRACT_EVENT_FIT_H
#define STEMMA_EXTRACT_EVENT_FIT_H

#include "pack/extract/event_clause.h"
#include "pack/extract/event_lexicon.h"

/** Whether the words around a verb are those that a sense needs. `*noun` gets the noun of a class
    that decides it, "sanctions" of "lifted sanctions", or STEMMA_NONE. */
int stm_sense_fits(const struct stm_annotation *ann, const struct stm_sense *sense,
                   const struct stm_clause *clause, uint32_t *noun);

#endif
