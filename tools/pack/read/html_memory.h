/* SPDX-License-Identifier: MIT */
/**
 * @file html_memory.h
 * Memory for libxml2, of which released versions go on with half a parser when memory is refused, and
 * crash or never end.
 */
#ifndef STEMMA_TOOLS_HTML_MEMORY_H
#define STEMMA_TOOLS_HTML_MEMORY_H

#include <stdbool.h>

/** Has libxml2 take its memory here. Once, before its first use. */
void stm_html_memory_begin(void);

/** Does work that parses with libxml2. False when memory was refused, which stm_refusal_met() tells from
 *  then on: the work was left where it stood, and what libxml2 had stays taken until the program ends,
 *  as its state is not to be trusted any more. Not from within such work; any thread. */
bool stm_html_guard(void (*work)(void *context), void *context);

#endif
