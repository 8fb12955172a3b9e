/* SPDX-License-Identifier: MIT */
/**
 * @file complaint.h
 * Lines for people that quote names, paths and words of strangers.
 */
#ifndef STEMMA_TOOLS_COMPLAINT_H
#define STEMMA_TOOLS_COMPLAINT_H

#include <stdarg.h>
#include <stdio.h>

#include "stemma/status.h"

/** Writes one line, made safe for a terminal as stm_buffer_add_safe() does, and a line feed.
 *  Without memory for that it writes nothing but that. Any thread. */
void stm_complain(FILE *file, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** The same with the words after `name`, a colon and a space. */
void stm_complain_of(FILE *file, const char *name, const char *format, va_list arguments)
    __attribute__((format(printf, 3, 0)));

/** What to do when an output stands there already: words to put after the error's message, empty
 *  for every other error. Static storage. */
const char *stm_existing_hint(const stemma_error *error);

#endif
