/* SPDX-License-Identifier: MIT */
/**
 * @file program_folder.h
 * Where the program itself lies: an installation may be moved, and what came with the program is
 * found beside it.
 */
#ifndef STEMMA_TOOLS_PROGRAM_FOLDER_H
#define STEMMA_TOOLS_PROGRAM_FOLDER_H

#include <stdbool.h>
#include <stddef.h>

/** Writes the folder of the running program, without a slash at its end, into `size` bytes. False
 *  when the system does not say or there is too little room. Any thread. */
bool stm_program_folder(char *out, size_t size);

#endif
