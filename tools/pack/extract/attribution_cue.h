/* SPDX-License-Identifier: MIT */
/**
 * @file attribution_cue.h
 * The verbs by which English news attributes words.
 */
#ifndef STEMMA_EXTRACT_ATTRIBUTION_CUE_H
#define STEMMA_EXTRACT_ATTRIBUTION_CUE_H

#include "pack/extract/event_verb.h"

enum stm_cue_frame {
    STM_CUE_THAT = 1u << 0,      /**< Takes a "that" clause. */
    STM_CUE_BARE = 1u << 1,      /**< ... whose "that" may be missing. */
    STM_CUE_ADDRESSEE = 1u << 2, /**< "told X" */
    STM_CUE_DENIES = 1u << 3,
    STM_CUE_ASKS = 1u << 4,
    STM_CUE_DEMANDS = 1u << 5, /**< "called for X", "urged X to" */
    STM_CUE_PHRASE = 1u << 6,  /**< Takes a quoted phrase only: "condemned the “...”" */
    STM_CUE_QUOTED = 1u << 7,  /**< "quoted X as saying" */
    STM_CUE_ACCUSES = 1u << 8, /**< "accused X of" */
    STM_CUE_LOOSE = 1u << 9    /**< What follows without "that" is its clause, no object. */
};

/** Frames of the cue verb that a token is, and its form; 0 when it is none. */
uint32_t stm_cue_at(const struct stm_annotation *ann, uint32_t token, enum stm_verb_form *form);

#endif
