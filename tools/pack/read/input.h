/* SPDX-License-Identifier: MIT */
/**
 * @file input.h
 * Opening what strangers name.
 */
#ifndef STEMMA_PACK_INPUT_H
#define STEMMA_PACK_INPUT_H

#include <stdbool.h>
#include <stdio.h>

/** Opens `path` for reading. A descriptor of the caller's, or -1 with `*reason`, a few English words
 *  in static storage or of strerror(), valid until the thread asks for the next.
 *
 *  A folder is refused, and so are devices, which may never end and do things when they are read;
 *  a terminal and the null device are not. A pipe that somebody names himself is waited for. What was
 *  `listed`, that is found in a folder, must be a regular file still: another may have put a pipe
 *  there, for which nobody should wait. */
int stm_input_open(const char *path, bool listed, const char **reason);

/** The same as a stream; NULL with `*reason`. */
FILE *stm_input_stream(const char *path, bool listed, const char **reason);

#endif
