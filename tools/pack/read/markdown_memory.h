/* SPDX-License-Identifier: MIT */
/**
 * @file markdown_memory.h
 * Memory for cmark, which ends the program when memory is refused, and expects of every other
 * allocator that it does not return then.
 */
#ifndef STEMMA_TOOLS_MARKDOWN_MEMORY_H
#define STEMMA_TOOLS_MARKDOWN_MEMORY_H

#include <cmark.h>
#include <stdbool.h>

/** Does work that uses cmark with the memory of stm_markdown_memory(). False when memory was refused:
 *  the work was then left where it stood, and all that cmark had is freed. What else the work owns
 *  lies in `context`, where it is found whole. Not from within such work; any thread. */
bool stm_markdown_guard(void (*work)(void *context), void *context);

/** What the work gives to cmark_parser_new_with_mem(). Of this thread, while the work goes on. */
cmark_mem *stm_markdown_memory(void);

#endif
