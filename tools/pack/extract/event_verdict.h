/* SPDX-License-Identifier: MIT */
/**
 * @file event_verdict.h
 * What a governor makes of the clause or noun under it: "refused to", "after releasing", "rumours
 * that", "calls for".
 */
#ifndef STEMMA_EXTRACT_EVENT_VERDICT_H
#define STEMMA_EXTRACT_EVENT_VERDICT_H

#include "pack/extract/event_kind.h"

enum stm_verdict {
    STM_VERDICT_GOES_ON = 0, /**< As real as the governor itself: "began to". */
    STM_VERDICT_FACT,        /**< Real, whatever stands above: "after releasing". */
    STM_VERDICT_OTHER,       /**< Wanted, planned, asked for. */
    STM_VERDICT_POSSIBLE,    /**< Rumoured, feared, charged. */
    STM_VERDICT_NEGATED,     /**< "refused to", "without" */
    STM_VERDICT_HEARSAY      /**< "is said to" */
};

/** What the governor of a verb's clause makes of it. */
enum stm_verdict stm_verdict_on_verb(const struct stm_annotation *ann, uint32_t verb,
                                     enum stm_event_kind kind);

/** What stands around a noun and takes its reality away. */
enum stm_verdict stm_verdict_on_noun(const struct stm_annotation *ann, uint32_t noun);

/** Whether a word of this form introduces a clause: "to", "that". */
int stm_has_mark(const struct stm_annotation *ann, uint32_t verb, const char *word);

#endif
