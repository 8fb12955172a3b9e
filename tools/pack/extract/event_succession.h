/* SPDX-License-Identifier: MIT */
/**
 * @file event_succession.h
 * Who takes over an office from whom: "X replaced Y as Z", "Y was succeeded by X", "X takes over from Y". The one
 * who comes is appointed, whoever does it; the one before did nothing.
 */
#ifndef STEMMA_EXTRACT_EVENT_SUCCESSION_H
#define STEMMA_EXTRACT_EVENT_SUCCESSION_H

#include "pack/extract/event_candidate.h"

/** Tokens, or STEMMA_NONE. */
struct stm_succession {
    uint32_t newcomer; /**< Head of who comes. */
    uint32_t before;   /**< Head of who held the office. */
    uint32_t office;   /**< Head of the office. */
    uint32_t office_first;
    uint32_t office_end;
};

/** Whether the verb at a token tells that a person comes in the place of another, or into an office. */
int stm_succession_at(const struct stm_annotation *ann, uint32_t verb,
                      struct stm_succession *succession);

/** The appointment that such a verb tells, if it does. */
STEMMA_NODISCARD stemma_status stm_find_succession(struct stm_events *events, uint32_t token);

#endif
