/* SPDX-License-Identifier: MIT */
/**
 * @file event_modality.h
 * Whether it happened, as far as the clause of a verb says.
 */
#ifndef STEMMA_EXTRACT_EVENT_MODALITY_H
#define STEMMA_EXTRACT_EVENT_MODALITY_H

#include "pack/extract/event_emit.h"
#include "pack/extract/event_verb.h"

/** Polarity, tense, realis and speaker, from the verb group and what governs it. */
struct stm_stand stm_judge_verb(const struct stm_annotation *ann,
                                const struct stm_verb_group *group, uint16_t confidence);

#endif
