/* SPDX-License-Identifier: MIT */
/**
 * @file json_memory.h
 * Reading JSON with jansson, of which released versions end the program by an assertion when memory is
 * refused to them in the middle of a string.
 */
#ifndef STEMMA_TOOLS_JSON_MEMORY_H
#define STEMMA_TOOLS_JSON_MEMORY_H

#include <jansson.h>

/** Has jansson take its memory here. Once, before its first use. */
void stm_json_memory_begin(void);

/** json_loadb(). NULL, and stm_refusal_met() from then on, when memory was refused: the work is left where
 *  it stood, `error` says json_error_out_of_memory, and what jansson had of this text stays taken until
 *  the program ends. Any thread. */
json_t *stm_json_load(const char *data, size_t size, size_t flags, json_error_t *error);

#endif
