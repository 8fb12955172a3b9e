/* SPDX-License-Identifier: MIT */
/**
 * @file event_read.h
 * Who takes part in what a verb tells.
 */
#ifndef STEMMA_EXTRACT_EVENT_READ_H
#define STEMMA_EXTRACT_EVENT_READ_H

#include "pack/extract/event_candidate.h"
#include "pack/extract/event_clause.h"
#include "pack/extract/event_lexicon.h"

/** Adds those who take part in what the verb of `clause` tells by a sense that fits. `noun`: the object that
    decided the sense, or STEMMA_NONE. `*enough` says whether they suffice for the sense. */
stemma_status stm_read_participants(struct stm_events *events, struct stm_candidate *candidate,
                                    const struct stm_sense *sense, const struct stm_clause *clause,
                                    uint32_t noun, int *enough);

#endif
