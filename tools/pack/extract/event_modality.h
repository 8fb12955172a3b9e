/* SPDX-License-Identifier: MIT */
/**
 * @file event_modality.h
 * Whether it happened, as far as the clause of a trigger and those above it say.
 */
#ifndef STEMMA_EXTRACT_EVENT_MODALITY_H
#define STEMMA_EXTRACT_EVENT_MODALITY_H

#include "pack/extract/event_emit.h"
#include "pack/extract/event_lexicon.h"

/** Polarity, certainty, tense, realis and speaker of what the verb or noun at `token` tells. */
struct stm_stand stm_stand_at(const struct stm_annotation *ann, uint32_t token,
                              enum stm_event_kind kind, uint16_t confidence);

/** The verb that a noun's happening is told with: "held" of "held talks", "began" of "the talks
    began"; or STEMMA_NONE. */
uint32_t stm_light_verb(const struct stm_annotation *ann, uint32_t noun);

#endif
