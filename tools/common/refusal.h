/* SPDX-License-Identifier: MIT */
/**
 * @file refusal.h
 * Whether the system has refused memory to this program.
 *
 * Words that are put together for an answer go through many hands, and libraries that read for us take a
 * text that they have no memory for to be wrong. Each may look whether it got all of its memory; none
 * has to, because a program that was refused any does not end as if it had answered: stm_finish_output()
 * looks here, and stemma-pack before it finishes a file. Any thread.
 */
#ifndef STEMMA_TOOLS_REFUSAL_H
#define STEMMA_TOOLS_REFUSAL_H

#include <stdbool.h>
#include <stddef.h>

/** Notes that memory was refused. */
void stm_refusal_note(void);

/** True from the first refusal on. */
bool stm_refusal_met(void);

/** malloc(), realloc() and strdup() that note it when they fail: for libraries that take such
 *  functions. What they give is freed with free(). */
void *stm_noted_malloc(size_t size);
void *stm_noted_realloc(void *old, size_t size);
char *stm_noted_strdup(const char *string);

#endif
