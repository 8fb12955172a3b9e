/* SPDX-License-Identifier: MIT */
/* Which files passed the page check, remembered in the user's cache folder, so that a large file is
   walked once and not for every question.
 *
 * What is remembered is the file's identity at the moment it passed: device, inode, size, times of
 * its last change of contents and of inode. No user can set the latter back, so a file that was
 * changed since does not look the same. The memory is a convenience: whatever goes wrong with it
 * means that the file is checked, never that something fails. */
#ifndef STEMMA_LIB_VERDICT_H
#define STEMMA_LIB_VERDICT_H

#include <stdbool.h>
#include <sys/stat.h>

/* Files below this many bytes are checked in less time than a memory of them takes to read. */
#define STM_VERDICT_WORTHWHILE ((off_t)4 << 20)

/* Whether this very file is remembered to have passed. Only memories count that nobody but this
   user could have written. */
bool stm_verdict_recall(const struct stat *file);

/* Remembers that the file passed; a file that was changed in the last two seconds is not, since it
   could change again within the same tick of its times. */
void stm_verdict_remember(const struct stat *file);

#endif
