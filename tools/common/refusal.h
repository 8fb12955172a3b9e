/* SPDX-License-Identifier: MIT */
/**
 * @file refusal.h
 * Whether the system has refused memory to this program.
 *
 * Words that are put together for an answer go through many hands. Each may look whether it got all of
 * its memory; none has to, because a program that was refused any does not end as if it had answered:
 * stm_finish_output() looks here. Any thread.
 */
#ifndef STEMMA_TOOLS_REFUSAL_H
#define STEMMA_TOOLS_REFUSAL_H

#include <stdbool.h>

/** Notes that memory was refused. */
void stm_refusal_note(void);

/** True from the first refusal on. */
bool stm_refusal_met(void);

#endif
